"""Applies rules to the sentences of a document: events that are offered, and those that are seen and not."""

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from her2board.capture.proposal import Reason
from her2board.capture.report.context import Context, is_said
from her2board.capture.report.copied import has_its_day, is_of_then
from her2board.capture.report.forms import whole_forms
from her2board.capture.report.model import Document, Event, Role, Sentence
from her2board.capture.report.moments import is_of_another_moment, is_stopped
from her2board.capture.report.needed import Words, letters_of, needed
from her2board.capture.report.patterns import named, searched
from her2board.capture.report.readers import read_value
from her2board.capture.report.rules import Rule
from her2board.capture.report.values import Value, span_of

REASON_OF_ROLE: dict[Role, Reason] = {
    "request": "request",
    "comparison": "earlier",
    "plan": "planned",
    "family": "another_person",
    "explanation": "reference",
    "earlier": "earlier",
    "past_history": "earlier",
    "allergies": "another_thing",
    "drugs": "another_thing",
    "person": "another_person",
    "not_given": "not_done",
}
"""Why what a section says is not offered where a rule does not read that section."""

MOST_EVENTS = 300
"""Times that one rule reads something in a report."""


def events(rules: Iterable[Rule], document: Document) -> Iterator[Event]:
    """Yield what rules read in a document, with the reason where it is not offered; after too many of one, none."""
    for rule, sentences in _searched(tuple(rules), document):
        found = (event for sentence in sentences for event in _events_in(rule, document, sentence))
        for number, event in enumerate(found):
            if number == MOST_EVENTS:
                yield replace(event, because="too_many")
                break
            yield event


def _searched(rules: tuple[Rule, ...], document: Document) -> Iterator[tuple[Rule, list[Sentence]]]:
    """Yield each rule with the sentences that hold letters which its pattern needs."""
    read = [sentence for sentence in document.sentences if sentence.role != "person"]
    letters = [Words() if rule.cased else needed(rule.pattern) for rule in rules]
    asked = Words().union(*letters)
    holding: dict[str, list[int]] = {}
    for number, sentence in enumerate(read):
        for held in asked & letters_of(document.marked[sentence.start : sentence.end]):
            holding.setdefault(held, []).append(number)
    for rule, of_rule in zip(rules, letters, strict=True):
        numbers = {number for held in of_rule & holding.keys() for number in holding[held]}
        yield rule, [read[number] for number in sorted(numbers)] if of_rule else read


def _events_in(rule: Rule, document: Document, sentence: Sentence) -> Iterator[Event]:
    """Yield what a rule reads in one sentence."""
    text = document.normal.cased if rule.cased else document.marked
    if rule.needs and not searched(rule.needs).search(document.marked, sentence.start, sentence.end):
        return
    for match in searched(rule.pattern).finditer(text, sentence.start, sentence.end):
        if _fits(rule, document, sentence, match) and (found := _read(rule, match, document, sentence)):
            yield found


_EMPTY_BOX = re.compile(r"\[\s?\]|\(\s?\)|\u2610")
_EMPTY_BOX_NEXT = re.compile(rf"\s{{0,3}}(?:{_EMPTY_BOX.pattern})")
_TICK = re.compile(r"\[x\]|\(x\)|[\u2611\u2612]", re.IGNORECASE)
_BEFORE_A_TICK = 6
"""Letters between the tick of a form and what it is the tick of."""


def _is_unticked(plain: str, match: re.Match[str]) -> bool:
    """Tell whether the words go over an empty box of a form, or are before one without a tick of their own."""
    if _EMPTY_BOX.search(plain[match.start() : match.end()]):
        return True
    if not _EMPTY_BOX_NEXT.match(plain, match.end()):
        return False
    return _TICK.search(plain, max(match.start() - _BEFORE_A_TICK, 0), match.end()) is None


def _fits(rule: Rule, document: Document, sentence: Sentence, match: re.Match[str]) -> bool:
    """Tell whether the match is of no empty box of a form, and the sentence holds nothing that speaks against it."""
    if _is_unticked(document.plain, match) or match.end() == match.start():
        return False
    return not (rule.without and searched(rule.without).search(document.marked, sentence.start, sentence.end))


def _read(rule: Rule, match: re.Match[str], document: Document, sentence: Sentence) -> Event | None:
    start, end = span_of(match, "at") or match.span()
    value: Value | None
    negated = "negated" in rule.forbids and is_said(
        "negated", document.marked, start, end, sentence.start, sentence.end
    )
    if rule.value in ("finding", "absent"):
        value = None if rule.value == "absent" and not negated else Value(not negated)
        negated = False
    else:
        value = read_value(rule.value, match, document)
    if value is None:
        return None
    because: Reason | None
    if sentence.role not in rule.roles and not has_its_day(sentence, rule.field):
        because = REASON_OF_ROLE.get(sentence.role, "another_thing")
    elif is_of_then(sentence, rule.field, value.value):
        because = "earlier"
    else:
        because = "negated" if negated else _because(rule, document, sentence, match, value)
    first, last = whole_forms(document, *match.span())
    return Event(
        rule=rule.id,
        field=rule.field,
        value=value.value,
        start=first,
        end=last,
        sentence=sentence,
        trust="two_readings"
        if value.readings
        else "worked_out"
        if value.derived and rule.trust == "stated"
        else rule.trust,
        derived=value.derived or rule.derived,
        readings=value.readings,
        asks=rule.asks,
        because=because,
    )


_CHOICE = named("matching_choice")
"""'yes / no' where nothing is chosen, or one answer for each of several days."""
_NOW_OTHER = named("matching_now_other")
_WHO_SHE_IS = ("patient.age", "patient.sex")
"""What no number of another kind takes the place of: 'a 74 year old lady, PS 2 today'."""


def _is_past(rule: Rule, document: Document, sentence: Sentence, match: re.Match[str]) -> bool:
    """Tell whether a number is followed by another that is called the one of now: '8 mg in April, now 2 mg'."""
    numbered = not rule.field.startswith(_WHO_SHE_IS) and any(letter.isdecimal() for letter in match[0])
    return numbered and _NOW_OTHER.match(document.marked, match.end(), sentence.end) is not None


def _is_of_then(rule: Rule, document: Document, sentence: Sentence, match: re.Match[str], value: Value) -> bool:
    """Tell whether what is read was so at another moment, or is a drug that is no longer taken."""
    read_at = span_of(match, "value") or (match.end(), match.end())
    if is_of_another_moment(rule.field, document, sentence, match.span(), read_at):
        return True
    return value.value is not False and is_stopped(rule.field, document, sentence, match.span())


def _because(rule: Rule, document: Document, sentence: Sentence, match: re.Match[str], value: Value) -> Reason | None:
    """Return why a value that a section of now gives is none of now; None where nothing in its sentence says so."""
    start, end = span_of(match, "at") or match.span()
    if context := first_context(rule.forbids, document, sentence, start, end):
        return context
    if _is_past(rule, document, sentence, match) or _is_of_then(rule, document, sentence, match, value):
        return "earlier"
    chosen = rule.value not in ("finding", "absent") or not _CHOICE.match(document.marked, end, sentence.end)
    return None if chosen else "open"


def first_context(
    forbidden: tuple[Context, ...], document: Document, sentence: Sentence, start: int, end: int
) -> Reason | None:
    """Return the first of some contexts, other than negation, that a place of a sentence is in."""
    return next(
        (
            context
            for context in forbidden
            if context != "negated" and is_said(context, document.marked, start, end, sentence.start, sentence.end)
        ),
        None,
    )
