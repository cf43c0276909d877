"""Which kept sentence belongs to which recorded value. One whose value was changed or deleted belongs to none.

An entry of a list has no name of its own, and its place changes with every entry before it: a sentence finds its entry
by what it says of it. Columns that were added since are not what it says.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from msgspec import Struct

from her2board.case.checks import LONGEST_LIST, CaseProblem
from her2board.case.fields import CaseField, field_by_path
from her2board.case.model import Case, KeptSentence, KeptText, SentenceSource
from her2board.case.model.kept import MOST_TEXTS
from her2board.case.plain import plain_at
from her2board.case.table_rows import beside_entries, entries_of
from her2board.case.terms import TRUST_WORDS
from her2board.wording import tr

Row = Mapping[str, Any]
_ENTRY = "[]"


class Place(Struct, frozen=True):
    """What a kept sentence is about."""

    field: CaseField
    is_entry: bool = False
    drug: str = ""
    """Of a mapping, the entry."""

    @property
    def home(self) -> CaseField:
        """The field of the form that it is in: of how complete a list is, the list."""
        return field_by_path().get(self.field.path) or field_by_path()[self.field.section]

    @property
    def label(self) -> str:
        """What it is called: of how complete a list is, which list."""
        if self.field.path == f"{self.home.path}.completeness":
            return tr("{label}: how complete").format(label=tr(self.home.info.label))
        return tr(self.field.info.label)


def place_of(path: str) -> Place | None:
    """Return the field that a path of a kept sentence names; None where there is none."""
    bare = path.removesuffix(_ENTRY)
    if (field := field_by_path().get(bare)) is not None:
        return Place(field, bare != path)
    listed, _, drug = path.rpartition(".")
    known = field_by_path().get(listed)
    if known is not None and known.kind == "table":
        return next((Place(beside) for beside in beside_entries(known) if beside.path == path), None)
    if known is None or known.kind != "mapping":
        return None
    return Place(known, is_entry=True, drug=drug.replace("_", " "))  # an id of the vocabulary, as people write it


def sentences_at(case: Case, path: str) -> tuple[KeptSentence, ...]:
    """Return the sentences that say the recorded value of a field as a whole, the latest first."""
    found = [one for one in case.sentences if one.field == path]
    value = plain_at(case, path) if found else None
    return tuple(one for one in reversed(found) if one.value == value)


def sentences_of_entries(case: Case, path: str) -> dict[int, tuple[KeptSentence, ...]]:
    """Return by its number, from 0 in the order of ``entries_of``, the sentences that an entry was read from.

    More entries that fit than sentences: nobody can say which of them was meant, and none has one.
    """
    about = [(one, where) for one in case.sentences if (where := place_of(one.field)) and where.is_entry]
    about = [(one, where) for one, where in about if where.field.path == path]
    if not about:
        return {}
    rows = entries_of(about[0][1].field).rows(plain_at(case, path))
    found: dict[int, tuple[KeptSentence, ...]] = {}
    for said, alike in _alike(about):
        fitting = _fitting(said, rows)
        if 0 < len(fitting) <= len(alike):
            for place, sentence in enumerate(alike):
                number = fitting[min(place, len(fitting) - 1)]
                found[number] = (sentence, *found.get(number, ()))
    return found


def sentences_of_row(case: Case, path: str, row: Row, column: str = "") -> tuple[KeptSentence, ...]:
    """Return the sentences an entry was read from that say its ``column``; without one, all of the entry."""
    by_number = sentences_of_entries(case, path)
    if not by_number:
        return ()
    rows = entries_of(field_by_path()[path]).rows(plain_at(case, path))
    found = (one for number, kept in by_number.items() if rows[number] == row for one in kept)
    return tuple(one for one in found if not column or column in columns_said(one))


def columns_said(sentence: KeptSentence) -> tuple[str, ...]:
    """Return the columns of an entry that a sentence says."""
    place = place_of(sentence.field)
    return tuple(said_of(sentence, place)) if place else ()


def said_of(sentence: KeptSentence, place: Place) -> Row:
    """Return the entry as a sentence says it; empty where its value is no entry."""
    return entry_of_value(place, sentence.value)


def entry_of_value(place: Place, value: Any) -> Row:
    """Return the entry that a value read for a place is; empty where it is none."""
    entry = value if isinstance(value, dict) else {}
    return {"drug": place.drug, **entry} if place.drug and entry else entry


def _alike(about: Iterable[tuple[KeptSentence, Place]]) -> list[tuple[Row, list[KeptSentence]]]:
    """Return the sentences in groups that say the same entry, each with that entry."""
    groups: list[tuple[Row, list[KeptSentence]]] = []
    for one, place in about:
        said = said_of(one, place)
        group = next((known for entry, known in groups if entry == said), None)
        if group is None:
            groups.append((said, [one]))
        else:
            group.append(one)
    return groups


def _fitting(said: Row, rows: Sequence[Row]) -> list[int]:
    """Return the numbers of the entries that hold all that is said; those that hold nothing else, where there are."""
    fitting = [n for n, row in enumerate(rows) if said and all(row.get(name) == part for name, part in said.items())]
    return [n for n in fitting if rows[n] == said] or fitting


def with_sentence(case: Case, sentence: KeptSentence) -> Case:
    """Return ``case`` with a sentence kept; of more than a file holds, the latest."""
    place = place_of(sentence.field)
    if place is None:
        return case
    others = tuple(one for one in case.sentences if place.is_entry or one != sentence)
    return case.model_copy(update={"sentences": (*others, sentence)[-LONGEST_LIST:]})


def with_text(case: Case, text: KeptText) -> Case:
    """Return ``case`` with the whole text of a report kept; of more than a file holds, the latest."""
    others = tuple(one for one in case.texts if one != text)
    return case.model_copy(update={"texts": (*others, text)[-MOST_TEXTS:]})


def without_text(case: Case, text: KeptText) -> Case:
    """Return ``case`` without one of the texts kept with it."""
    return case.model_copy(update={"texts": tuple(one for one in case.texts if one != text)})


def without_sentence(case: Case, sentence: KeptSentence) -> Case:
    """Return ``case`` without one of the sentences; what it says stays recorded."""
    return case.model_copy(update={"sentences": tuple(one for one in case.sentences if one is not sentence)})


def without_outdated(case: Case, path: str | None = None) -> Case:
    """Return ``case`` without the sentences whose value is not recorded any more; of one field where it is named."""
    kept = tuple(one for one in case.sentences if (path and not _about(one, path)) or says_something(case, one))
    return case if len(kept) == len(case.sentences) else case.model_copy(update={"sentences": kept})


def _about(sentence: KeptSentence, path: str) -> bool:
    place = place_of(sentence.field)
    return place is not None and (place.home.path == path or path.startswith(f"{place.home.path}."))


def sentences_about(case: Case, path: str) -> tuple[KeptSentence, ...]:
    """Return every sentence kept for a field or its entries."""
    return tuple(one for one in case.sentences if _about(one, path))


def with_sentences_of(case: Case, path: str, other: Case) -> Case:
    """Return ``case`` with the sentences that ``other`` keeps for a field in the place of its own."""
    ours, theirs = sentences_about(case, path), sentences_about(other, path)
    if ours == theirs:
        return case
    rest = tuple(one for one in case.sentences if one not in ours)
    return without_outdated(case.model_copy(update={"sentences": (*rest, *theirs)}), path)


def says_something(case: Case, sentence: KeptSentence) -> bool:
    """Return whether what a sentence says is recorded."""
    place = place_of(sentence.field)
    if place is None:
        return False
    value = plain_at(case, place.field.path)
    if not place.is_entry:
        return bool(value == sentence.value)
    return bool(_fitting(said_of(sentence, place), entries_of(place.field).rows(value)))


def unknown_sentences(case: Case) -> tuple[CaseProblem, ...]:
    """Return kept sentences that name no field."""
    words = tr("no field is called '{path}'; correct its name or remove it")
    return tuple(
        CaseProblem(f"sentences[{number}].field", words.format(path=one.field))
        for number, one in enumerate(case.sentences)
        if place_of(one.field) is None
    )


def source_words(source: SentenceSource | KeptText) -> str:
    """Return what something was read from, with its date and place: 'MRI of the brain, 12 Mar 2026'."""
    day = source.day.shown() if source.day else ""
    place = source.place if isinstance(source, SentenceSource) else None
    return ", ".join(filter(None, (tr(source.kind.label), day, place)))


def sentences_by_path(case: Case) -> Callable[[str], tuple[KeptSentence, ...]]:
    """Return what looks up the sentences of what is at a path as ``recorded`` has it; of an entry, all of it."""
    entries = cache(lambda listed: sentences_of_entries(case, listed))

    def look_up(path: str) -> tuple[KeptSentence, ...]:
        listed, _, rest = path.partition("[")
        key = rest.partition("]")[0]
        if not rest:
            return sentences_at(case, path)
        by_number: dict[int, tuple[KeptSentence, ...]] = entries(listed)
        if key.isdecimal() or not by_number:
            return by_number.get(int(key), ()) if by_number else ()
        rows = entries_of(field_by_path()[listed]).rows(plain_at(case, listed))
        return next((kept for number, kept in by_number.items() if rows[number].get("drug") == key), ())

    return look_up


def quoted(sentence: KeptSentence) -> str:
    """Return a sentence with where it is written: 'echocardiography, 12 May 2025: "LVEF 54 %"'.

    That it was worked out, was one of two readings or was quoted there from elsewhere, is said.
    """
    words = tr("{source}: \N{LEFT DOUBLE QUOTATION MARK}{sentence}\N{RIGHT DOUBLE QUOTATION MARK}")
    how = tr(TRUST_WORDS[sentence.trust]) if sentence.trust in _SAID else ""
    source = ", ".join(filter(None, (source_words(sentence.source), how)))
    return words.format(source=source, sentence=sentence.sentence)


_SAID = ("worked_out", "two_readings", "quoted")
"""What of how sure it was is said with a sentence that a person has looked at."""


def text_words(text: KeptText) -> str:
    """Return what a kept text is, with its length."""
    count = len(text.text)
    return tr("{what} ({n} characters)").format(what=source_words(text), n=count)
