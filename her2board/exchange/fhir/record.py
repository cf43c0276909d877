"""The resources of one patient, by kind, each with its status."""

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct, field

from her2board.capture.date_readings import show_date
from her2board.capture.proposal import Element
from her2board.case.drugs import Vocabulary
from her2board.exchange.fhir.files import Held, Resource
from her2board.exchange.fhir.found import Found, Said
from her2board.exchange.fhir.part import Part
from her2board.exchange.fhir.status import Gate, gate_of
from her2board.exchange.model import Stop, StoppedError, never
from her2board.wording import tr

_OF_THE_PAST = ("Observation", "Condition", "Procedure", "DiagnosticReport")
_DAYS = ("effectiveDateTime", "effectiveInstant", "onsetDateTime", "performedDateTime")
_A_DAY = 10


class Item(Struct, frozen=True, eq=False):
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


def _of_what_holds_it(outer: Gate, inner: Gate) -> Gate:
    """Return what the status of a resource allows that is inside another: no more than that of the other."""
    return outer if outer.because else Gate(asks="; ".join(filter(None, (inner.asks, outer.asks))), note=inner.note)


class Record(Struct):
    """What one patient's resources are, and what is found in them."""

    label: str
    held: Held
    vocabulary: Vocabulary
    found: Found = field(default_factory=Found)
    resources: list[Resource] = field(default_factory=list)
    read: set[str] = field(default_factory=set)
    """Labels of resources that something was read from."""
    stop: Stop = never
    _items: dict[int, Item] = field(default_factory=dict)
    _by_kind: dict[str, list[Item]] = field(default_factory=dict)

    def item(self, resource: Resource) -> Item:
        """Return a resource ready to be read."""
        known = self._items.get(id(resource))
        if known is None:
            if self.stop():
                raise StoppedError
            known = self._items[id(resource)] = self._item(resource)
        return known

    def _item(self, resource: Resource) -> Item:
        body = Part(resource.body, Element(resource.label, "", resource.file), self.found.report)
        gate = gate_of(resource.kind, body)
        if not gate.because and (other := self._another(resource, body)):
            gate = Gate("another_person", note=tr("it is about '{name}'").format(name=other))
        if not gate.because and resource.inside is not None and resource.inside.kind != "Patient":
            gate = _of_what_holds_it(self.item(resource.inside).gate, gate)
        if not gate.because and resource.label in self.held.deleted:
            gate = Gate("entered_in_error", note=tr("the file deletes it"))
        if not gate.because and resource.label in self.held.unsure:
            gate = Gate("open", note=tr("two different resources of this name"))
        if not gate.because and (when := self._after(resource)):
            note = tr("dated {day}, after the file was made ({made})").format(
                day=_shown(when), made=show_date(self.held.made)
            )
            self.found.problem(note, body.where)
            gate = Gate("open", note=note)
        return Item(resource, body, gate)

    def _another(self, resource: Resource, body: Part) -> str:
        """Return the person an observation says it is about who is not the patient: a relative, a donor, a child."""
        for reference in body.references("focus") if resource.kind == "Observation" else ():
            about = self.held.resolve(reference, resource)
            label = about.label if about is not None else reference
            kind = about.kind if about is not None else (["", *reference.split("/")])[-2]
            if kind in ("Patient", "RelatedPerson") and label != self.label and not self.label.endswith(f"/{label}"):
                return reference
        return ""

    def _after(self, resource: Resource) -> str:
        """Return the day of what was done or found, where it is later than the file."""
        if not self.held.made or resource.kind not in _OF_THE_PAST:
            return ""
        period = resource.body.get("performedPeriod")
        days = [resource.body.get(name) for name in _DAYS]
        days += [period.get(name) for name in ("start", "end")] if isinstance(period, dict) else []
        latest = (date.fromisoformat(self.held.made) + timedelta(days=1)).isoformat()  # of any time zone
        return next((d[:_A_DAY] for d in days if isinstance(d, str) and d[:_A_DAY] > latest), "")

    def each(self, *kinds: str) -> Iterator[Item]:
        """Yield the resources of some kinds, in the order of the file."""
        if len(kinds) == 1:
            if not self._by_kind:
                for resource in self.resources:
                    self._by_kind.setdefault(resource.kind, []).append(self.item(resource))
            for item in self._by_kind.get(kinds[0], ()):
                if self.stop():
                    raise StoppedError
                yield item
            return
        yield from (self.item(resource) for resource in self.resources if resource.kind in kinds)

    def follow(self, reference: str, origin: Item) -> Item | None:
        """Return what a reference refers to; None where it is not in the file."""
        resource = self.held.resolve(reference, origin.resource) if reference else None
        return self.item(resource) if resource else None


def _shown(day: str) -> str:
    """Return a day that nobody checked as days are shown, or as it is written."""
    try:
        return show_date(day)
    except ValueError:
        return day
