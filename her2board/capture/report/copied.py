"""Finds what a text carries over from an older note: a block, a line, or a section whose label says so.

What is of a moment there is of the older note's day, and not of now; a history with dates is one all the same.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec.structs import replace

from her2board.capture.report.headings import BLANK, LABEL, heading
from her2board.capture.report.model import EXAMINATIONS, Event, Kind, Role, Sentence, Span
from her2board.capture.report.normal import Normal
from her2board.capture.report.patterns import named

_OF_NOW: tuple[Role, ...] = ("title", "body", "findings", "impression", "technique", "drugs", "earlier", "past_history")
"""Sections of what is offered: in a copied block they are of an earlier day."""
_OF_A_MOMENT = ("patient.ecog", "patient.kps", "patient.performance", "patient.anticoag", "neurology.", "organs.")
"""Fields, or their beginnings, that say how somebody is on one day."""
_OF_HISTORY = ("organs.ild_history", "organs.ild_grade")
_WITH_ITS_DAY = ("organs.lvef_percent", "organs.lvef_date")
_LABELS = tuple(
    named(f"copied_label_{name}") for name in ("bracketed", "in_capitals", "ended", "alone", "dated", "paper")
)
_DATED = tuple(named(f"copied_label_{name}") for name in ("dated", "paper"))
"""Labels that have the day of another paper: where it is that of the text itself, they are of now."""
_DAY = re.compile(r"(?<![\d./-])\d{1,4}[./-]\d{1,2}(?:[./-]\d{2,4})?(?![\d/])")
_CAPITALS = re.compile(r"[A-Z][A-Z /&'-]{3,40}(?=[:(\[]|\s*(?:\n|$))")
_TITLED = re.compile(r"[A-Z][^\d\n.:;?!()]{2,38}(?=\n|$)")
_LONGEST_HEADING = 60
_ALONE = re.compile(r"[\[(][^:\n\[\]()]{4,60}[\])]")
"""A label in brackets with nothing of its block."""
_ENDED = re.compile(r"[.:;?!)\]]\s*$")
_STOP = re.compile(r"[.;!?)\]]\s+")
_LISTED = re.compile(r"[-*\u2022>]\s")
_RULES = re.compile(r"[-=_*~#]{2,8} ?(?=[^\W\d_])")
"""Before a label between rules: '--- Oncology timeline, copied forward ---'."""
_RULED = re.compile(r"[-=_*]{4,}\s*$")


def is_of_then(sentence: Sentence, field: str, value: Any) -> bool:
    """Tell whether what a copied section says of a field is of the day of the older note, and not of now."""
    if not sentence.copied or has_its_day(sentence, field):
        return False
    return value is False if field in _OF_HISTORY else field.startswith(_OF_A_MOMENT)


def has_its_day(sentence: Sentence, field: str) -> bool:
    """Tell whether a field of a copied section is offered with the day that is written beside it, and not without."""
    return sentence.copied and sentence.role == "earlier" and field in _WITH_ITS_DAY


def without_state_of_then(events: Iterable[Event]) -> list[Event]:
    """Return events, those of copied sections without what is no longer certain: lines go on, a fraction is the last.

    A fraction of there is offered with its day, and only where the text reports no other one.
    """
    found = [_not_going_on(event) for event in events]
    offered = {(event.field, event.sentence) for event in found if event.because is None}
    newer = any(field in _WITH_ITS_DAY and not sentence.copied for field, sentence in offered)
    return [
        replace(event, because="earlier")
        if event.because is None
        and has_its_day(event.sentence, event.field)
        and (newer or any((field, event.sentence) not in offered for field in _WITH_ITS_DAY))
        else event
        for event in found
    ]


def _not_going_on(event: Event) -> Event:
    """Return a line of therapy of a copied section without the statement that it goes on."""
    if not event.sentence.copied or not isinstance(event.value, dict) or "ongoing" not in event.value:
        return event
    return replace(event, value={key: value for key, value in event.value.items() if key != "ongoing"})


def without_copied(
    normal: Normal, kind: Kind, sections: tuple[Span, ...], found: tuple[Sentence, ...]
) -> tuple[Sentence, ...]:
    """Return the sentences, those of a block or section copied from an older note as of an earlier day."""
    copied, mail, until, marked = named("sentences_copied"), named("sentences_mail_below"), 0, []
    for number, one in enumerate(found):
        if any(start <= one.start < end for start, end in sections):
            marked.append(_of_a_section(one, kind))
            continue
        if copied.search(normal.plain, one.start, one.end) or mail.match(normal.plain, one.start, one.end):
            until = max(until, _end_of_block(normal.plain, one, found[number + 1 :]))
        old = one.start < until and one.role in _OF_NOW
        marked.append(replace(one, role="comparison") if old else one)
    return tuple(marked)


def _of_a_section(one: Sentence, kind: Kind) -> Sentence:
    """Return a sentence of a section with such a label: as history, in a report of an examination as a comparison."""
    if one.role not in _OF_NOW:
        return replace(one, copied=True)
    past: Role = "comparison" if kind in EXAMINATIONS else "past_history" if one.role == "past_history" else "earlier"
    return replace(one, role=past, copied=True)


def copied_sections(normal: Normal) -> Iterator[Span]:
    """Yield the places of sections whose label says that they are copied, each to its own end."""
    plain, until = normal.plain, 0
    lines = _lines(plain)
    final = any(named("copied_final").match(plain, start, end) for start, end in lines)
    for number, (start, _) in enumerate(lines):
        label = _label_at(normal, start, final=final) if start >= until else None
        if label is None:
            continue
        until = _end_of_section(normal, label.end(), lines[number + 1 :])
        yield start, until


def _label_at(normal: Normal, start: int, *, final: bool) -> re.Match[str] | None:
    """Return the label at the beginning of a line that says its section is copied; None where there is none.

    ``final``: a final part is in the text, so that a preliminary one is no more than a draft of it.
    """
    ruled = _RULES.match(normal.plain, start)
    start = ruled.end() if ruled else start
    for pattern in (*_LABELS, named("copied_label_draft")) if final else _LABELS:
        match = pattern.match(normal.plain, start)
        if match is None or ("head" in pattern.groupindex and not normal.cased[slice(*match.span("head"))].isupper()):
            continue
        if pattern not in _DATED or _is_of_another_day(normal.plain[:start], match[0]):
            return match
    return None


def _is_of_another_day(before: str, label: str) -> bool:
    """Tell whether a label has a day that is not the one of the text itself, or has none."""
    own, days = set(_DAY.findall(before)), _DAY.findall(label)
    return not days or bool(own and not own & set(days))


def _lines(plain: str) -> list[Span]:
    """Return the lines that hold something, from their first letter on."""
    return [match.span() for match in re.finditer(r"[^\s][^\n]*", plain)]


def _end_of_section(normal: Normal, begins: int, lines: list[Span]) -> int:
    """Return where a section ends whose label ends at a place: before the first line or clause of another one."""
    plain = normal.plain
    line_end = plain.find("\n", begins)
    line_end = line_end if line_end >= 0 else len(plain)
    inline = bool(plain[begins:line_end].strip(" :.-"))
    before, until = begins, len(plain)
    for start, end in lines:
        if start < line_end:
            continue
        if _is_another(normal, start, end, before, inline=inline):
            until = start
            break
        before = start
    stops = (stop.end() for stop in _STOP.finditer(plain, begins, until))
    return next((stop for stop in stops if named("copied_now").match(plain, stop, until)), until)


def _is_another(normal: Normal, start: int, end: int, before: int, *, inline: bool) -> bool:
    """Tell whether a line begins another section than the copied one that the line before it is of."""
    plain = normal.plain
    if heading(plain, start, end) or _RULED.match(plain, start, end) or named("copied_now").match(plain, start, end):
        return True
    if named("copied_final").match(plain, start, end):
        return True
    if _CAPITALS.match(normal.cased, start, end) and not named("copied_value").match(plain, start, end):
        return True
    apart = bool(BLANK.search(plain, before, start))
    over = apart or bool(_ENDED.search(plain, before, start))
    labelled = LABEL.match(plain, start, end) is not None
    if (inline and (labelled or apart)) or (apart and labelled):
        return True
    listed = _LISTED.match(plain, before) is not None and not _LISTED.match(plain, start)
    if (inline or apart or listed) and over and named("copied_now_said").match(plain, start, end):
        return True
    follows = plain[end + 1 : end + 2].strip()
    return over and bool(follows) and end - start < _LONGEST_HEADING and bool(_TITLED.match(normal.cased, start, end))


def _end_of_block(plain: str, first: Sentence, later: tuple[Sentence, ...]) -> int:
    """Return where the block ends that a sentence begins: at the words that end it, else with its line or paragraph."""
    ends = named("sentences_copied_ends")
    if named("sentences_mail_below").match(plain, first.start, first.end):
        return len(plain)
    opened = plain.rfind("[", max(plain.rfind("\n", 0, first.start), 0), first.end)
    closed_at = plain.find("]", opened) if opened >= 0 else -1
    alone = _ALONE.match(plain, first.start) if first.starts_line else None
    if closed_at >= 0 and not alone:
        return max(closed_at, first.end)
    if ends.search(plain, first.start, first.end):
        return first.start
    closed = next((one.start for one in later if ends.search(plain, one.start, one.end)), 0)
    if closed:
        return closed
    today = named("sentences_copied_today")
    now = next((one.start for one in later if one.starts_line and today.match(plain, one.start, one.end)), len(plain))
    ruled = named("sentences_copied_ruled").match(plain, first.start, first.end)
    if first.starts_line and (ruled or (alone and alone.end() == first.end)):
        return now
    line = plain.find("\n", first.end)
    blank = BLANK.search(plain, first.end)
    if plain[first.end - 1] == ":" or alone:
        return min(now, blank.start() if blank else now)
    labelled = LABEL.match(plain, first.start, first.end)
    return first.end if not labelled else line if line >= 0 else len(plain)
