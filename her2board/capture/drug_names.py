"""Reads a cell or line of drugs: names for the list, doses for the note, and what is asked of a shorthand."""

import re
from collections.abc import Iterator
from itertools import islice, product

from msgspec import Struct

from her2board.capture.clean_text import clean
from her2board.capture.typed import Candidate, Typed
from her2board.case.drug_reading import unsettles
from her2board.case.drug_text import fold
from her2board.case.drugs import Vocabulary
from her2board.wording import tr

_MOST_OFFERED = 12


class DrugCell(Struct, frozen=True):
    """One cell of drugs. ``typed.value`` is the list of names; a name nobody knows is in it as it was written."""

    typed: Typed
    note: str = ""
    """Dose, schedule and route as written."""
    supportive: bool = False
    """All of it supports treatment and makes no line of therapy: steroids, antiemetics, growth factors."""


def read_drugs(text: str, vocabulary: Vocabulary) -> DrugCell:
    """Read 'docetaxel + Phesgo', 'Enhertu 5.4 mg/kg q3w', 'THP'; what is not a known name is kept whole, and offered.

    ``typed.reading`` says what the names stand for; ``typed.candidates`` are lists of names to choose from instead:
    the drugs that a shorthand leaves open, or the known names inside a text that is not one.
    """
    written = " ".join(clean(text).text.split())
    if not written:
        return DrugCell(Typed())
    reading = vocabulary.read(clean(text).text)
    if not reading.ids:
        return _one_by_one(clean(text).text, vocabulary) or DrugCell(_not_known(written, vocabulary))
    names = [" ".join(name.split()) for name in reading.names]
    said = " + ".join(map(vocabulary.label, reading.ids))
    candidates = tuple(islice(_choices(reading.ids, reading.open, vocabulary), _MOST_OFFERED))
    if reading.open:
        groups = tr(" and ").join(vocabulary.label(id_) for id_ in reading.open)
        said = tr("{drugs}; which {groups}?").format(drugs=said, groups=groups)
    shown = "" if said.casefold() == ", ".join(names).casefold() else said
    return DrugCell(Typed(names, shown, candidates=candidates), reading.note, vocabulary.is_supportive(written))


def open_meanings(name: str, vocabulary: Vocabulary) -> tuple[Candidate, ...]:
    """Return the lists of names that a recorded name may stand for; none where it is settled."""
    return () if vocabulary.read(name).kind == "known" else read_drugs(name, vocabulary).typed.candidates


def _one_by_one(text: str, vocabulary: Vocabulary) -> DrugCell | None:
    """Read the names of a list each by itself where some are known; None where one says something of the others."""
    parts = [part for part in re.split(r"[,;\n]", text) if part.strip()]
    known = [bool(vocabulary.read(part).ids) for part in parts]
    unknown = [part for part, ok in zip(parts, known, strict=True) if not ok]
    plain = all(re.fullmatch(r"[a-z0-9\s-]+", fold(part).folded) for part in unknown)  # no mark, no other script
    inside = any(vocabulary.is_part_of_another(part) for part, ok in zip(parts, known, strict=True) if ok)
    if not unknown or not any(known) or not plain or inside or any(map(unsettles, unknown)):
        return None
    cells = [read_drugs(part, vocabulary) for part in parts]
    names = [cell.typed.value for cell in cells]
    number = next(n for n, ok in enumerate(known) if not ok)
    offered = tuple(
        Candidate(_joined([*names[:number], c.value, *names[number + 1 :]]), c.words)
        for c in cells[number].typed.candidates
    )
    notes = "; ".join(cell.note for cell in cells if cell.note)
    return DrugCell(Typed(_joined(names), cells[number].typed.reading, candidates=offered), notes)


def _joined(lists: list[list[str]]) -> list[str]:
    return [name for names in lists for name in names]


def _not_known(written: str, vocabulary: Vocabulary) -> Typed:
    """Keep a text that is no known name, with the names it may mean."""
    offered = tuple(Candidate([name], name) for name in vocabulary.suggestions(written))
    question = tr("'{text}' is not a known drug name: kept as written, and no drug can be excluded")
    return Typed([written], question.format(text=written), candidates=offered)


def _choices(ids: tuple[str, ...], open_ids: tuple[str, ...], vocabulary: Vocabulary) -> Iterator[Candidate]:
    """Yield the lists of drugs a shorthand may stand for, one drug of each open group."""
    if not open_ids:
        return
    certain = [vocabulary.label(id_) for id_ in ids if id_ not in open_ids]
    groups = [[drug for drug in vocabulary.drugs if drug in vocabulary.members(id_)] for id_ in open_ids]
    for chosen in product(*groups):
        if len(set(chosen)) == len(chosen):
            names = [*map(vocabulary.label, chosen), *certain]
            yield Candidate(names, " + ".join(names))
