"""The fact catalogue: every name a criterion may use, what it says, where it is recorded, and how it is read.

A plain fact is named on its field in ``case.model``; a derived one is declared above the function that reads it.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache, partial
from itertools import groupby, product
from operator import attrgetter

from msgspec.structs import replace

from her2board.case.by_section import BySection
from her2board.case.catalogue import (  # noqa: F401  # reason: importing them declares their facts
    board,
    brain,
    local_therapy,
    neurology,
    organs,
    person,
    systemic,
    tumour,
    urgency,
)
from her2board.case.catalogue.declare import (
    DERIVED,
    PER_DRUG,
    PER_REGIMEN,
    WAITING,
    FactKind,
    FactOfDrugs,
    FactOfRegimens,
    FactSpec,
    Found,
    Subject,
)
from her2board.case.catalogue.plain import plain_facts
from her2board.case.drugs import Vocabulary
from her2board.case.fields import field_by_path, field_places
from her2board.case.model import Case
from her2board.case.regimens import Regimen
from her2board.logic.values import Facts, Reading
from her2board.wording import tr

__all__ = ["FactKind", "FactSpec", "catalogue", "fields_of", "of_drug", "of_regimen", "read_facts"]

_COORDINATOR = "coordinator"
"""Asked for what nobody in particular usually knows."""


def catalogue(vocabulary: Vocabulary, regimens: Iterable[Regimen] = ()) -> dict[str, FactSpec]:
    """Return all facts by name in the order of the form; those of every drug, class and regimen come last."""
    specs = [replace(spec, label=tr(spec.label)) for spec in _general().values()]
    return {spec.name: spec for spec in (*specs, *_of_drugs(vocabulary), *_of_regimens(regimens))}


def read_facts(
    case: Case, specs: Mapping[str, FactSpec], vocabulary: Vocabulary, as_of: date, known: BySection | None = None
) -> Facts:
    """Return what ``case`` says on ``as_of`` of every fact in ``specs``: unknown as soon as a needed input is.

    ``known``, made for the case with the same facts and day, saves work.
    """
    known = known or BySection(case)
    readings: dict[str, Reading] = {}
    for _, together in groupby(specs.values(), attrgetter("section")):
        part = tuple(together)
        readings |= known.once(("facts", part[0].name), partial(_readings, part, vocabulary, as_of))
    waiting = tuple(name for name in WAITING if name in readings and readings[name].waits is not None)
    return Facts(as_of, readings, waiting)


def _readings(specs: tuple[FactSpec, ...], vocabulary: Vocabulary, as_of: date, case: Case) -> dict[str, Reading]:
    """Return by name what a case says of facts, each with the one it waits for."""
    subject = Subject(case, vocabulary, as_of)
    readings = {spec.name: Reading(spec.name, spec.label, *spec.read(subject)) for spec in specs}
    for name in readings.keys() & WAITING.keys():
        readings[name] = readings[name]._replace(waits=WAITING[name](case))
    return readings


def fields_of(name: str) -> tuple[str, ...]:
    """Return the paths of the fields a fact that is no drug's is read from; the first is where to record it."""
    return _general()[name].fields


def of_drug(family: str, id_: str) -> str:
    """Return the name of the fact that says ``family`` of a drug or class: 'given.tucatinib'."""
    return f"{family}.{id_}"


def of_regimen(family: str, id_: str) -> str:
    """Return the name of the fact that says ``family`` of a regimen: 'together.tucatinib_t_dm1'."""
    return f"{family}.{id_.replace('-', '_')}"


@cache
def _general() -> dict[str, FactSpec]:
    """Return the facts that are no drug's, untranslated, in the order of the fields to record them in."""
    declared = sorted((*DERIVED.values(), *plain_facts()), key=lambda spec: field_places()[spec.fields[0]])
    found = {spec.name: _completed(spec) for spec in declared}
    if len(found) < len(declared):
        names = [spec.name for spec in declared]
        raise ValueError(f"two facts are named {next(name for name in names if names.count(name) > 1)}")
    return found


def _completed(spec: FactSpec) -> FactSpec:
    """Return a fact with what it has in common with the field it is recorded in."""
    field = field_by_path()[spec.fields[0]]
    return replace(
        spec,
        label=spec.label or field.info.label,
        asks=spec.asks or field.info.asks or _COORDINATOR,
        unit="" if spec.kind in ("flag", "choice", "set") else field.info.unit,
        options=spec.options or (field.choices if spec.kind in ("choice", "set") else ()),
        section=field.path.partition(".")[0],
    )


def _of_drugs(vocabulary: Vocabulary) -> Iterator[FactSpec]:
    for shared in PER_DRUG.values():
        asks, label = field_by_path()[shared.fields[0]].info.asks, tr(shared.label)
        for id_ in vocabulary.ids:
            words = label.format(drug=vocabulary.label(id_))
            yield FactSpec(
                name=of_drug(shared.family, id_),
                kind=shared.kind,
                label=words[0].upper() + words[1:],
                fields=shared.fields,
                asks=asks,
                read=partial(_read_of_drug, shared, id_, vocabulary.members(id_)),
                rule=shared.rule,
                family=shared.family,
                drug=id_,
            )


def _of_regimens(regimens: Iterable[Regimen]) -> Iterator[FactSpec]:
    for shared, regimen in product(PER_REGIMEN.values(), regimens):
        yield FactSpec(
            name=of_regimen(shared.family, regimen.id),
            kind="flag",
            label=tr(shared.label).format(regimen=regimen.name),
            fields=shared.fields,
            asks=field_by_path()[shared.fields[0]].info.asks,
            read=partial(_read_of_regimen, shared, regimen),
            rule=shared.rule,
            family=shared.family,
        )


def _read_of_regimen(shared: FactOfRegimens, regimen: Regimen, subject: Subject) -> Found:
    return shared.read(subject.rows, regimen)


def _read_of_drug(shared: FactOfDrugs, id_: str, members: frozenset[str], subject: Subject) -> Found:
    """Read a fact of one drug; what is said of drugs that nothing recorded names is alike, and read once."""
    if not subject.named.isdisjoint(members):
        return shared.read(subject.case, subject.vocabulary, id_, subject.as_of)
    found = subject.of_unnamed.get(shared.family)
    if found is None:
        found = subject.of_unnamed[shared.family] = shared.read(subject.case, subject.vocabulary, id_, subject.as_of)
    return found
