"""Where the words of a page lead: to a field of the case, to asking for it, or to a source card."""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from her2board.briefing.addresses import Address
from her2board.briefing.cards.lookup import Cards
from her2board.briefing.page_map import PageMap, PlacedRun
from her2board.case.catalogue import FactSpec
from her2board.case.fields import CaseField, field_by_path, field_path
from her2board.evidence.library import EvidenceLibrary
from her2board.wording import tr


class Way(Struct, frozen=True):
    """One place that words of the page lead to."""

    kind: Literal["field", "ask", "card"]
    place: str
    """Path of the field, with the number of an entry where it has one; address of the card."""
    words: str
    """What is there: 'Largest diameter', 'Figure: HER2CLIMB, CNS-PFS'."""


class Ways:
    """Leads from the words of pages made with one release."""

    def __init__(self, library: EvidenceLibrary) -> None:
        self._facts = library.catalogue
        self._cards = Cards(library)

    def of(self, run: PlacedRun, page: PageMap) -> tuple[Way, ...]:
        """Return where some words lead, the nearest first; fixed words lead where those beside them do.

        Empty for a title or a sign with nothing beside it.
        """
        about = page.beside(run)
        if about is None:
            return ()
        gap = run.gap or about.gap
        found = [way for address in about.addresses for way in self._of(address, gap)]
        return tuple({(way.kind, way.place): way for way in reversed(found)}.values())[::-1]

    def _of(self, address: Address, gap: bool) -> Iterator[Way]:
        match address.kind:
            case "field" | "absence":
                yield from _field(address.place, gap)
            case "gap":
                yield from _field(address.place, True)
            case "fact":
                for path in _fields(self._facts, address.place):
                    yield from _field(path, gap)
            case _ if (card := self._cards.of(address.card)) is not None:
                yield Way("card", card.address, f"{card.kind}: {card.title}")


def _field(path: str, gap: bool) -> Iterator[Way]:
    field = _holder(path)
    if field is None:
        return
    place = path if field_path(path) == field.path else field.path
    label = tr(field.info.label)
    if gap:
        yield Way("ask", field.path, tr("Ask for: {label}").format(label=label))
    yield Way("field", place, label)


def _holder(path: str) -> CaseField | None:
    """Return the field a path is in: of how complete a list is, the list."""
    within = field_path(path)
    while within and within not in field_by_path():
        within = within.rpartition(".")[0]
    return field_by_path().get(within)


def _fields(facts: dict[str, FactSpec], name: str) -> tuple[str, ...]:
    spec = facts.get(name)
    return spec.fields if spec is not None else ()
