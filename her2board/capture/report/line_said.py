"""Cuts a history into its entries, and says of a clause its setting, and whether it reports what was given."""

import re
from collections.abc import Iterator

from msgspec import Struct, field

from her2board.capture.proposal import Reason
from her2board.capture.report.context import CONTEXTS, is_said
from her2board.capture.report.drug_words import DrugGroup
from her2board.capture.report.line_clauses import steps
from her2board.capture.report.line_dates import EACH
from her2board.capture.report.line_days import with_days_above
from her2board.capture.report.matching import first_context
from her2board.capture.report.model import DATE, Document, Role, Sentence
from her2board.capture.report.patterns import named
from her2board.capture.report.sentences import LINE_OF_THERAPY
from her2board.case.drugs import Vocabulary

_BLINDED = named("lines_blinded")
_PLACEBO = re.compile(r"(?<![\w-])pla[cz]ebo(?![\w-])")
_TALKED_AFTER, _TALKED_BEFORE = named("lines_talked_after"), named("lines_talked_before")
_AGAINST_AFTER, _AGAINST_BEFORE = named("lines_against_after"), named("lines_against_before")
HISTORIES = ("systemic_history", "discharge_summary", "clinic_letter", "board_note", "emergency_note")
_SETTINGS = tuple((name, named(f"lines_{name}")) for name in ("neoadjuvant", "adjuvant", "metastatic"))
DONE = named("lines_done")
REFERS = named("lines_refers")
READ: tuple[Role, ...] = ("title", "body", "findings", "impression", "technique", "earlier", "past_history", "drugs")


class Item(Struct):
    """One entry of a history: its sentences, from a bullet or a new line with a date to the next."""

    sentences: list[Sentence] = field(default_factory=list)


def items_of(document: Document, vocabulary: Vocabulary) -> Iterator[Item]:
    """Yield the entries of a history; of a letter each sentence is one, unless it refers to the one before."""
    item = Item()
    for sentence in with_days_above(document, vocabulary):
        begins = sentence.starts_line and (
            EACH.match(document.plain[sentence.start : sentence.end])
            or document.marked[sentence.start] == DATE
            or LINE_OF_THERAPY.match(document.plain, sentence.start)
        )
        follows = REFERS.match(document.plain, sentence.start, sentence.end) or _is_beside(document, sentence)
        apart = document.kind != "systemic_history" and not follows
        if begins or apart or sentence.role in ("drugs", "plan", "family"):
            yield item
            item = Item()
        item.sentences += steps(document, sentence)
    yield item


def _is_beside(document: Document, sentence: Sentence) -> bool:
    """Tell whether a sentence is behind a semicolon: 'Second line T-DM1; progression in the liver'."""
    at = sentence.start - 1
    while at > 0 and document.plain[at].isspace():
        at -= 1
    return not sentence.starts_line and at >= 0 and document.plain[at] == ";"


def is_unsure(document: Document, clause: Sentence, main: DrugGroup) -> bool:
    """Tell whether a clause says that a line was planned, denied, another person's or of another record."""
    return bool(why_not(document, clause, main) or DONE.search(document.marked, clause.start, clause.end))


def why_not(document: Document, sentence: Sentence, group: DrugGroup) -> Reason | None:
    """Return why drugs of a sentence were not given, or not to her; None where nothing says so."""
    if is_said("negated", document.marked, group.start, group.end, sentence.start, sentence.end):
        return "negated"
    if is_one_of_two(document, sentence, group):
        return "uncertain"
    if _is_talked_of(document, sentence, group):
        return "planned"
    forbidden = tuple(context for context in CONTEXTS if context not in ("earlier", "negated", "uncertain"))
    return first_context(forbidden, document, sentence, group.start, group.end)


def _is_talked_of(document: Document, sentence: Sentence, group: DrugGroup) -> bool:
    """Tell whether drugs are only talked of: 'we talked about changing to', 'would be an option', 'was applied for'."""
    if _TALKED_AFTER.match(document.marked, group.end, sentence.end):
        return True
    return _TALKED_BEFORE.search(document.marked, sentence.start, group.start) is not None


def is_blinded(document: Document, start: int, end: int) -> bool:
    """Tell whether a part of a text speaks of a placebo, or of a treatment that was blinded."""
    return any(one.search(document.plain, start, end) for one in (_PLACEBO, _BLINDED))


def is_one_of_two(document: Document, sentence: Sentence, group: DrugGroup) -> bool:
    """Tell whether drugs are one arm of two, and nobody said which she had: 'T-DXd vs T-DM1', 'blinded'.

    Where a placebo is named beside the drug that it may have been, the others were given.
    """
    text = document.marked
    if _AGAINST_AFTER.match(text, group.end, sentence.end) or _AGAINST_BEFORE.search(text, sentence.start, group.start):
        return True
    named_placebo = _PLACEBO.search(document.plain, sentence.start, sentence.end)
    return not named_placebo and _BLINDED.search(document.plain, sentence.start, sentence.end) is not None


def setting_of(text: str) -> str:
    """Return the one setting that a text names, else nothing."""
    found = [name for name, pattern in _SETTINGS if pattern.search(text)]
    return found[0] if len(found) == 1 else ""
