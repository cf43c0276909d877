"""Numbers the references of a briefing in the order in which they appear."""

from functools import lru_cache, partial
from typing import Any

from msgspec.structs import replace

from her2board.briefing.addresses import Address
from her2board.briefing.model import Briefing, Run, Span, map_runs, runs
from her2board.briefing.zones.footer import FooterZone
from her2board.evidence.library import EvidenceLibrary


def numbered(briefing: Briefing, library: EvidenceLibrary) -> Briefing:
    """Return the briefing with reference numbers in order of appearance and the list in the footer."""
    return Numbering(library).numbered(briefing)


class Numbering:
    """Numbers the references of several forms of one briefing; a zone with the same numbers stays the very same."""

    def __init__(self, library: EvidenceLibrary) -> None:
        self._library = library
        self._zones: dict[int, tuple[Any, tuple[str, ...]]] = {}
        """By identity: the zone, kept so that no other can take its place in memory, and its references as read."""
        self._known: dict[tuple[int, tuple[int, ...]], Any] = {}
        """By identity and numbers: the zone with its numbers."""

    def numbered(self, briefing: Briefing) -> Briefing:
        """Return the briefing with reference numbers in order of appearance and the list in the footer."""
        order: dict[str, int] = {}
        found = replace(briefing, zones=tuple([self._zone(zone, order) for zone in briefing.zones]))
        references = tuple(
            (Run(f"{n}\N{NO-BREAK SPACE}{_short(self._library, ref)}", origin=(f"reference:{n} {ref}",)),)
            for ref, n in order.items()
        )
        return found.replacing(replace(found.get(FooterZone), references=references))

    def _zone(self, zone: Any, order: dict[str, int]) -> Any:
        """Return a zone with numbers, and take note of those it is the first to need."""
        if id(zone) not in self._zones:
            self._zones[id(zone)] = zone, tuple([ref for run in runs(zone) for ref in run.refs])
        refs = self._zones[id(zone)][1]
        if not refs:
            return zone
        for ref in refs:
            order.setdefault(ref, len(order) + 1)
        key = id(zone), tuple([order[ref] for ref in refs])
        if key not in self._known:
            self._known[key] = map_runs(zone, partial(_numbered, order))
        return self._known[key]


def _numbered(order: dict[str, int], run: Run) -> Run:
    return _with_numbers(run, tuple([order[ref] for ref in run.refs])) if run.refs else run


@lru_cache(maxsize=2000)
def _with_numbers(run: Run, numbers: tuple[int, ...]) -> Run:
    """Return a run with the numbers of its references; remembered, as fitting asks again and again."""
    mark = "\N{DAGGER}" if run.secondary else ""
    listed = ",".join(str(n) for n in sorted(numbers))
    text, tail = run.text.rstrip(), run.text[len(run.text.rstrip()) :]
    stop = text[-1:] if text[-1:] in ".;:," else ""
    text = text.removesuffix(stop) if stop else text
    before = f"{text}{mark}"
    origin = (*run.origin, *(f"reference:{n} {ref}" for n, ref in zip(numbers, run.refs, strict=True)))
    return replace(
        run,
        text=f"{before}[{listed}]{stop}{tail}",
        refs=(),
        secondary=False,
        origin=origin,
        spans=_spans(len(before), tuple(sorted(zip(numbers, run.refs, strict=True)))),
    )


def _spans(start: int, numbered: tuple[tuple[int, str], ...]) -> tuple[Span, ...]:
    """Return where each number of '[3,7]' is; the brackets belong to the numbers beside them."""
    spans = []
    for place, (number, ref) in enumerate(numbered, 1):
        wide = 1 + len(str(number)) + (place == len(numbered))
        spans.append(Span(start, start + wide, Address("reference", ref, number=number)))
        start += wide
    return tuple(spans)


def _short(library: EvidenceLibrary, ref: str) -> str:
    return library.references[ref].short.replace(" ", "\N{NO-BREAK SPACE}")
