"""How a fact is declared: its name, kind, fields and rule above the function that reads it."""

from collections.abc import Callable
from datetime import date
from typing import Literal, NamedTuple

from msgspec import Struct

from her2board.case.drugs import Vocabulary
from her2board.case.model import Case
from her2board.case.regimens import Regimen, Rows
from her2board.case.treatment import Answer, named_drugs
from her2board.logic.values import Among, Value, Waits
from her2board.wording import Marked

FactKind = Literal["flag", "choice", "set", "number", "day", "words"]
Found = tuple[Value | None, str, str]
"""Value, what the case says in words, why it is open."""
NOT_RECORDED: Found = (None, "", "")
ReadT = Callable[[Case], Found]
ReadOnDayT = Callable[[Case, date], Found]
ReadWithDrugsT = Callable[[Case, Vocabulary], Found]
ReadOfDrugT = Callable[[Case, Vocabulary, str, date], Found]
ReadOfRegimenT = Callable[[Rows, Regimen], Found]
ReadWaitsT = Callable[[Case], Waits | None]


class Subject:
    """A case, the vocabulary its drug names are read with, the day, and what is read of it once for many facts."""

    def __init__(self, case: Case, vocabulary: Vocabulary, as_of: date) -> None:
        self.case = case
        self.vocabulary = vocabulary
        self.as_of = as_of
        self.named = named_drugs(case, vocabulary)
        self.of_unnamed: dict[str, Found] = {}
        self.rows = Rows(case, vocabulary)


class FactSpec(Struct, frozen=True):
    """One named fact: type, unit, label, the fields it is read from, who usually knows, and its rule."""

    name: str
    kind: FactKind
    label: Marked
    fields: tuple[str, ...]
    """Paths of the fields it is read from; the first is where to record it."""
    asks: str
    read: Callable[[Subject], Found]
    unit: str = ""
    options: tuple[str, ...] = ()
    rule: str = ""
    """How it is derived, with the source of the rule; empty when taken as recorded."""
    family: str = ""
    """For a fact that exists for every drug and class: what is said of the drug, 'given' or 'progressed_on'."""
    drug: str = ""
    """Id of that drug or class."""
    section: str = ""
    """Of the case, where it is recorded; empty for a fact of every drug or regimen."""


class FactOfRegimens(NamedTuple):
    """A yes or no that exists for every regimen."""

    family: str
    label: Marked
    """With a place for the regimen."""
    fields: tuple[str, ...]
    rule: str
    read: ReadOfRegimenT


class FactOfDrugs(NamedTuple):
    """What exists for every drug and class."""

    family: str
    label: Marked
    """With a place for the drug."""
    fields: tuple[str, ...]
    rule: str
    read: ReadOfDrugT
    """On a case, with the vocabulary, the drug, and the day the case is judged for."""
    kind: FactKind = "flag"


DERIVED: dict[str, FactSpec] = {}
"""Derived facts by name. Label, who knows, unit and options are empty where they are those of the first field."""
PER_DRUG: dict[str, FactOfDrugs] = {}
"""Facts of every drug by family."""
PER_REGIMEN: dict[str, FactOfRegimens] = {}
"""Facts of every regimen by family."""
WAITING: dict[str, ReadWaitsT] = {}
"""By fact: what finds the other fact that leaves it open."""


def fact(
    name: str,
    kind: FactKind,
    *fields: str,
    rule: str = "",
    label: Marked = "",
    asks: str = "",
    options: tuple[str, ...] = (),
) -> Callable[[ReadT], ReadT]:
    """Declare the fact that the decorated function reads from a case."""

    def declared(read: ReadT) -> ReadT:
        _add(FactSpec(name, kind, label, fields, asks, lambda subject: read(subject.case), "", options, rule))
        return read

    return declared


def waits(name: str) -> Callable[[ReadWaitsT], ReadWaitsT]:
    """Declare what finds the other fact that leaves ``name`` open, if one does."""

    def declared(read: ReadWaitsT) -> ReadWaitsT:
        WAITING[name] = read
        return read

    return declared


def fact_on_day(name: str, kind: FactKind, *fields: str, rule: str) -> Callable[[ReadOnDayT], ReadOnDayT]:
    """Declare a fact whose function must know the day the case is judged for."""

    def declared(read: ReadOnDayT) -> ReadOnDayT:
        _add(FactSpec(name, kind, "", fields, "", lambda s: read(s.case, s.as_of), rule=rule))
        return read

    return declared


def fact_with_drugs(
    name: str, kind: FactKind, *fields: str, rule: str, label: Marked = "", options: tuple[str, ...] = ()
) -> Callable[[ReadWithDrugsT], ReadWithDrugsT]:
    """Declare a fact whose function must know the names of drugs."""

    def declared(read: ReadWithDrugsT) -> ReadWithDrugsT:
        _add(FactSpec(name, kind, label, fields, "", lambda s: read(s.case, s.vocabulary), options=options, rule=rule))
        return read

    return declared


def fact_per_drug(
    family: str, *fields: str, label: Marked, rule: str, kind: FactKind = "flag"
) -> Callable[[ReadOfDrugT], ReadOfDrugT]:
    """Declare what exists for every drug and class, named 'family.drug'; ``label`` has a {drug}."""

    def declared(read: ReadOfDrugT) -> ReadOfDrugT:
        PER_DRUG[family] = FactOfDrugs(family, label, fields, rule, read, kind)
        return read

    return declared


def fact_per_regimen(family: str, *fields: str, label: Marked, rule: str) -> Callable[[ReadOfRegimenT], ReadOfRegimenT]:
    """Declare a yes or no that exists for every regimen, named 'family.regimen'; ``label`` has a {regimen}."""

    def declared(read: ReadOfRegimenT) -> ReadOfRegimenT:
        PER_REGIMEN[family] = FactOfRegimens(family, label, fields, rule, read)
        return read

    return declared


def _add(spec: FactSpec) -> None:
    if spec.name in DERIVED:
        raise ValueError(f"two facts are named {spec.name}")
    DERIVED[spec.name] = spec


def answered(answer: Answer) -> Found:
    """Return a yes, a no or an open answer as what was found."""
    value = None if answer.value is None else Among.exactly(answer.value)
    return value, answer.shown, answer.why
