"""Addresses: where some words of a page come from, and so where a click on them leads."""

from functools import lru_cache
from typing import Literal, get_args

from msgspec import Struct

Kind = Literal[
    "field",
    "absence",
    "gap",
    "fact",
    "value",
    "cohort",
    "statement",
    "option",
    "caution",
    "conflict",
    "pause",
    "trial",
    "local",
    "clinic",
    "note",
    "evidence",
    "reference",
    "count",
    "axis",
    "day",
    "release",
    "program",
    "form",
]
"""What an address names; ``Address.place`` says what of it.

field       a field of the case by its path, 'systemic.lines[2].stop_reason'
absence     why a field is not recorded, of whom it was asked; by the path of the field
gap         a field that nobody recorded
fact        a fact of the catalogue by its name
value       an outcome of a cohort: 'trial/cohort', with its number among the outcomes from 0 on as ``number``
cohort      a cohort, 'trial/cohort'
statement   a statement of a guideline, label or panel by its id
option      a systemic option by its id
caution     a caution by its id
conflict    statements that disagree by the id of the conflict
pause       a choice, point or situation of the box before whole-brain radiation by its id
trial       a trial by its id
local       a trial of radiotherapy or surgery by its id
clinic      an entry of the clinic's own file: 'option/id', 'trial/id', 'statement/id', or 'file'
note        a note on the background by its id
evidence    a reference by its id, with the place in it as ``locator``
reference   a reference by its id, with the number it has on the page as ``number``
count       a number counted here: of what
axis        an end or tick of an axis
day         the day the page is made for
release     version, hash and dates of the evidence
program     version of the program, hash of the content
form        fixed words of the page: a label, a title, a sign between others
"""
KINDS: tuple[Kind, ...] = get_args(Kind)
FIXED: frozenset[Kind] = frozenset(("form", "axis", "count", "day", "release", "program"))
"""Kinds that lead nowhere: there is no field and no source card behind them."""
_CARDLESS: frozenset[Kind] = frozenset(("field", "absence", "gap", "fact"))
"""Kinds that lead to a field of the form."""
_KIND_OF: dict[str, Kind] = {"case": "field", "says": "field", "run": "day", "date": "day"}
"""Where a run's origin is written otherwise than the kind is called."""


class Address(Struct, frozen=True):
    """Where some words come from."""

    kind: Kind
    place: str = ""
    locator: str = ""
    """Where in a reference."""
    number: int | None = None
    """Of a reference on the page; of an outcome among those of its cohort."""

    @property
    def card(self) -> str:
        """Return the address of the source card, as ``Cards.of`` takes it; empty for what no card is about."""
        if self.kind in _CARDLESS or not self.leads:
            return ""
        if self.kind == "value":
            return f"value:{self.place}#{self.number}"
        return f"evidence:{self.place}, {self.locator}" if self.kind == "evidence" else f"{self.kind}:{self.place}"

    @property
    def leads(self) -> bool:
        """Return whether there is something to go to: a field, a fact, a record, a reference."""
        return self.kind not in FIXED


FORM = Address("form")
"""The address of fixed words."""


@lru_cache(maxsize=20_000)
def address(origin: str) -> Address:
    """Return an origin as a run carries it, 'case:brain.largest_mm', as an address. Raises ValueError."""
    written, _, place = origin.partition(":")
    kind: str = _KIND_OF.get(written, written)
    if kind == "field" and place.startswith("absences."):
        return Address("absence", place.removeprefix("absences."))
    if kind == "evidence":
        reference, _, locator = place.partition(", ")
        return Address("evidence", reference, locator)
    if kind == "reference":
        number, _, reference = place.partition(" ")
        return Address("reference", reference, number=int(number))
    if kind == "value":
        cohort, _, number = place.rpartition("#")
        return Address("value", cohort, number=int(number))
    for known in KINDS:
        if kind == known:
            return Address(known, place)
    raise ValueError(origin)
