"""The lines of a review: each proposal beside what the case records now, and what accepting it records. No Qt."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from msgspec import Struct

from her2board.capture.proposal import REASON_WORDS, TRUST_WORDS, Offer, Proposal, SeenNotOffered, Source, TextSpan
from her2board.case.fields import CaseField, field_by_path
from her2board.case.kept import Place, entry_of_value, place_of
from her2board.case.model import KeptSentence
from her2board.case.sections import SECTIONS
from her2board.case.table_rows import entries_of
from her2board.exchange.into import as_held, entries_like
from her2board.gui.base.shown import NOT_RECORDED, heading, term
from her2board.gui.base.words import cell_words, entry_words
from her2board.gui.document.document import CaseDocument
from her2board.wording import tr


class Choice(Struct, frozen=True):
    """One answer to a line: a value to record, or to keep what is recorded."""

    value: Any
    words: str
    keeps: bool = False


class Remark(Struct, frozen=True):
    """What contradicts itself in a source, and where."""

    words: str
    spans: tuple[TextSpan, ...]


class Line(Struct, frozen=True):
    """One proposal as it is reviewed."""

    proposal: Proposal
    about: Place
    section: str
    """Title of the section of the form."""
    spans: tuple[TextSpan, ...]
    """Where it was read, and what is said against it."""

    @property
    def field(self) -> CaseField:
        """The field of the form."""
        return self.about.field

    @property
    def is_entry(self) -> bool:
        """Whether it adds an entry to a list or an answer about a drug."""
        return self.about.is_entry

    @property
    def path(self) -> str:
        """Path of the field, without the sign for a new entry."""
        return self.field.path

    @property
    def label(self) -> str:
        """Name of the field; of a list, that an entry is added."""
        label = heading(self.field) if self.about.home == self.field else self.about.label
        return tr("{label}: new entry").format(label=label) if self.is_entry else label

    @property
    def trust(self) -> str:
        """How sure it is, what was worked out and what a person settles, in words."""
        parts = (tr(TRUST_WORDS[self.proposal.trust]), self.proposal.derived, self.proposal.asks)
        return "; ".join(filter(None, parts))


def span_of(source: Source) -> TextSpan:
    """Return the place in a pasted text; an empty one for what comes from no text."""
    return source if isinstance(source, TextSpan) else TextSpan(0, 0)


def lines_of(
    offer: Offer, place: Callable[[Source], TextSpan] = span_of, *, by_field: bool = False
) -> tuple[Line, ...]:
    """Return the proposals in the order of the form; inside a section in that of the text, or ``by_field`` too."""
    found: list[tuple[int, int, Line]] = []
    for proposal in offer.proposals:
        about = place_of(proposal.field)
        assert about is not None
        number, section = next((n, s) for n, s in enumerate(SECTIONS) if about.home in s.fields)
        sources = (*proposal.sources, *(conflict.source for conflict in proposal.conflicts))
        spans = tuple(dict.fromkeys(map(place, sources)))
        at = section.fields.index(about.home) if by_field else spans[0].start
        found.append((number, at, Line(proposal, about, tr(section.title), spans)))
    return tuple(line for *_, line in sorted(found, key=lambda one: one[:2]))


def recorded(line: Line, document: CaseDocument) -> Any:
    """Return what the field records now; for a list None, as entries are added."""
    now = None if line.is_entry else document.value(line.path)
    return None if now == "not_asked" else now


def known(line: Line, document: CaseDocument) -> str:
    """Return in words what is recorded now where a line would be, or nothing; of a list, what may be about the same."""
    absence = document.case.absences.get(line.path) if document.case is not None else None
    if absence is not None:
        return term(absence.reason)
    if not line.is_entry:
        now = recorded(line, document)
        return "" if now is None else words(line.field, now)
    return "\n".join(words(line.field, row) for row in _like(line, document))


def _is_answered(line: Line, document: CaseDocument) -> bool:
    """Return whether the case records why there is no value, such as declined; that it was asked for is no answer."""
    absence = document.case.absences.get(line.path) if document.case is not None else None
    return absence is not None and absence.reason != "pending"


def _like(line: Line, document: CaseDocument) -> list[Any]:
    if document.case is None:
        return []
    same, like = entries_like(document.case, line.proposal.field, line.proposal.values)
    return [*same, *like]


def choices(line: Line, document: CaseDocument) -> tuple[Choice, ...]:
    """Return the answers to a line: one where it says one thing and nothing like it is recorded."""
    proposal = line.proposal
    values = [*proposal.values, *(conflict.value for conflict in proposal.conflicts)]
    found = [Choice(value, words(line.field, _entry(line, value))) for value in _distinct(values)]
    now = recorded(line, document)
    if now is not None and all(as_held(proposal.field, choice.value) != now for choice in found):
        kept = tr("keep {value}").format(value=words(line.field, now))
        found.insert(0, Choice(now, kept, keeps=True))
    elif _is_answered(line, document) or (line.is_entry and _like(line, document)):
        found.insert(0, Choice(None, tr("leave it as it is recorded"), keeps=True))
    return tuple(found)


def goes_with_others(line: Line, document: CaseDocument) -> bool:
    """Return whether a line may be taken over with others: it says one thing plainly, and nothing recorded differs.

    That a value is declined or not available, and that a list has no other entry, is recorded as well.
    """
    if document.case is None or not line.proposal.is_direct or len(choices(line, document)) > 1:
        return False
    now = document.value(line.path)
    return not (line.is_entry and isinstance(now, dict) and now.get("completeness") == "complete")


def other_day(lines: Iterable[Line], document: CaseDocument) -> str:
    """Return the name of a day that is recorded otherwise than the lines say: they are of another day; else nothing."""
    return next((line.label for line in lines if line.path in _dated() and _differs(line, document)), "")


def dates_another(line: Line, lines: Sequence[Line], document: CaseDocument) -> bool:
    """Return whether a line is the day of values of which one is recorded, and not as ``lines`` say it."""
    said = {other.path for other in lines if not _differs(other, document)}
    return any(path not in said and document.value(path) is not None for path in _dated().get(line.path, ()))


def _differs(line: Line, document: CaseDocument) -> bool:
    now = recorded(line, document)
    return now is not None and all(as_held(line.proposal.field, value) != now for value in line.proposal.values)


@cache
def _dated() -> dict[str, tuple[str, ...]]:
    """Return for each field that is the day of others the paths of those."""
    dated = [field for field in field_by_path().values() if field.info.dated_by]
    days = {field.info.dated_by for field in dated}
    return {day: tuple(field.path for field in dated if field.info.dated_by == day) for day in days}


def words(field: CaseField, value: Any) -> str:
    """Return a value, or an entry of a list, in words."""
    if value is None:
        return tr(NOT_RECORDED)
    if field.kind in ("table", "mapping"):
        return entry_words(field, value)
    return cell_words(field, value)


def times(line: Line, document: CaseDocument, value: Any) -> int:
    """Return how often the case records ``value`` where the line offers it: of a list, in how many entries."""
    if not line.is_entry:
        return int(document.value(line.path) == as_held(line.path, value))
    said = as_held(line.proposal.field, value)
    rows = entries_of(line.field).rows(document.value(line.path))
    return sum(1 for row in rows if all(row.get(name) == part for name, part in said.items()))


def take(line: Line, document: CaseDocument, value: Any, said: KeptSentence | None) -> str:
    """Record ``value`` with its sentence as one step that can be undone; return what is wrong with it, or nothing."""
    return document.accept(line.proposal.field, value, said, tr("Take over {label}").format(label=line.label))


def _entry(line: Line, value: Any) -> Any:
    return entry_of_value(line.about, value) if line.is_entry else value


def seen_words(seen: SeenNotOffered) -> tuple[str, str, str]:
    """Return what was seen and is not offered: of which field, in which words, and why."""
    about = place_of(seen.field)
    label = about.label if about else seen.field
    reason = tr(REASON_WORDS[seen.because])
    return label, seen.words, f"{reason}; {seen.note}" if seen.note else reason


def _distinct(values: list[Any]) -> list[Any]:
    found: list[Any] = []
    for value in values:
        if value not in found:
            found.append(value)
    return found
