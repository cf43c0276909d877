"""The resources of one patient, by kind, each with its status."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from her2board.capture.proposal import Element
from her2board.case.drugs import Vocabulary
from her2board.exchange.fhir.files import Held, Resource
from her2board.exchange.fhir.found import Found, Said
from her2board.exchange.fhir.part import Part
from her2board.exchange.fhir.status import Gate, gate_of


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One resource to read, and what its status allows."""

    resource: Resource
    body: Part
    gate: Gate

    @property
    def where(self) -> Element:
        """The resource itself."""
        return self.body.where

    @property
    def label(self) -> str:
        """How it is referred to: 'Observation/h1'."""
        return self.resource.label

    def said(self, value: object, name: str, words: str, asks: str = "") -> Said:
        """Return a value read from an element of this resource; its status may ask for an eye."""
        asked = "; ".join(filter(None, (asks, self.gate.asks)))
        return Said(value, self.body.at(name), words, asked)


@dataclass(slots=True)
class Record:
    """What one patient's resources are, and what is found in them."""

    label: str
    held: Held
    vocabulary: Vocabulary
    found: Found = field(default_factory=Found)
    resources: list[Resource] = field(default_factory=list)
    read: set[str] = field(default_factory=set)
    """Labels of resources that something was read from."""

    def item(self, resource: Resource) -> Item:
        """Return a resource ready to be read."""
        body = Part(resource.body, Element(resource.label, "", resource.file), self.found.report)
        return Item(resource, body, gate_of(resource.kind, body))

    def each(self, *kinds: str) -> Iterator[Item]:
        """Yield the resources of some kinds, in the order of the file."""
        for resource in self.resources:
            if resource.kind in kinds:
                yield self.item(resource)

    def follow(self, reference: str, origin: Item) -> Item | None:
        """Return what a reference refers to; None where it is not in the file."""
        resource = self.held.resolve(reference, origin.resource) if reference else None
        return self.item(resource) if resource else None
