"""Holds lines without a date against the other lines of a text: each treatment is offered once, in full words."""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from her2board.capture.report.line_ends import members
from her2board.capture.report.model import Event
from her2board.case.drugs import Vocabulary

_PLACES = ("setting", "line")


def agreed(
    dated: list[Event], undated: Iterable[Event], denied: frozenset[str], vocabulary: Vocabulary
) -> Iterator[Event]:
    """Yield dated lines, and of those without a date what no other line says; ``denied`` are drugs never given."""
    kept: list[Event] = []
    for line in undated:
        drugs = drugs_of(line, vocabulary)
        listed = [one for one in dated if one.rule == "drug-list" and one.because is None]
        same = next((one for one in listed if drugs_of(one, vocabulary) == drugs), None)
        if drugs & denied:
            continue
        if same is not None and "reason_stopped" not in line.value:
            kept.append(replace(line, value={**line.value, "ongoing": True}))
            dated.remove(same)
        elif not any(
            _is_said(drugs, line, one, vocabulary)
            for one in dated
            if one.because in (None, "open") and not (one in listed and _is_of(one, line, vocabulary))
        ):
            kept.append(line)
    parts = [one for one in dated if one.rule == "drug-list" and any(_is_of(one, line, vocabulary) for line in kept)]
    yield from _numbered([*(one for one in dated if one not in parts), *_once(kept, vocabulary)])


def _is_of(listed: Event, line: Event, vocabulary: Vocabulary) -> bool:
    """Tell whether a list of present drugs gives one drug of a line that goes on."""
    return "ongoing" in line.value and drugs_of(listed, vocabulary) < drugs_of(line, vocabulary)


def _once(lines: list[Event], vocabulary: Vocabulary) -> Iterator[Event]:
    """Yield lines without those of which another says the same, or of which they are a part that goes on."""
    fullest = sorted(lines, key=lambda line: -len(line.value))
    kept: list[Event] = []
    for line in fullest:
        drugs = drugs_of(line, vocabulary)
        same = any(drugs == drugs_of(one, vocabulary) and not _is_apart(line, one) for one in kept)
        if not same and not any(_is_part(drugs, line, one, vocabulary) for one in lines):
            kept.append(line)
    yield from sorted(kept, key=lambda line: line.start)


def drugs_of(line: Event, vocabulary: Vocabulary) -> frozenset[str]:
    """Return the drugs that a line may hold."""
    return members(tuple(id_ for name in line.value["drugs"] for id_ in vocabulary.resolve(name)), vocabulary)


def _is_apart(line: Event, other: Event) -> bool:
    """Tell whether two lines are called of different settings, or numbers."""
    both = line.value.keys() & other.value.keys()
    return any(
        line.value[key] != other.value[key] for key in _PLACES if key in both and not _is_maintenance(line, other)
    )


def _is_maintenance(*lines: Event) -> bool:
    """Tell whether one of some lines is maintenance: it may be a part of any other."""
    return any(line.value.get("setting") == "maintenance" for line in lines)


def _is_part(drugs: frozenset[str], line: Event, other: Event, vocabulary: Vocabulary) -> bool:
    """Tell whether a line is only one drug, or the antibodies, of another, and of no setting of its own."""
    few = len(drugs) == 1 or drugs <= vocabulary.members("her2_antibody")
    own = "setting" in line.value and not _is_maintenance(line)
    return few and not own and drugs < drugs_of(other, vocabulary)


def _is_said(drugs: frozenset[str], line: Event, dated: Event, vocabulary: Vocabulary) -> bool:
    """Tell whether a dated line is, or may be, the same treatment: the same drugs or some, in no other setting."""
    others = drugs_of(dated, vocabulary)
    return (drugs <= others or others <= drugs) and not _is_apart(line, dated)


def _numbered(lines: list[Event]) -> Iterator[Event]:
    """Yield lines, without their numbers where these count treatment before or after surgery as well.

    The second of such lines may be adjuvant: that it is of metastatic disease is only said by its number.
    """
    early = any(line.value.get("setting") in ("neoadjuvant", "adjuvant") and "line" in line.value for line in lines)
    for line in lines:
        surgical = line.value.get("setting") in ("neoadjuvant", "adjuvant")
        if "line" not in line.value or not (early or surgical):
            yield line
            continue
        unsure = ("line",) if surgical else _PLACES
        yield replace(line, value={key: one for key, one in line.value.items() if key not in unsure})
