"""Published figures side by side: one endpoint kind at a time, shared patients named, unlike measures apart."""

from collections.abc import Iterable

from msgspec import Struct

from her2board.briefing.formats import (
    endpoint_basis,
    endpoint_name,
    endpoint_sources,
    endpoint_value,
    number,
)
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.overlap import counted_once
from her2board.evidence.records import Cohort, Trial
from her2board.evidence.references import Source
from her2board.evidence.terms import EndpointKind, Unit
from her2board.evidence.values import Endpoint, Measured, comparable
from her2board.wording import Marked, tr


class Figure(Struct, frozen=True):
    """One published value with everything that must be read beside it."""

    trial: Trial
    cohort: Cohort
    endpoint: Endpoint
    alike: tuple[str, ...]
    """Ids of the other cohorts of the sheet that measured the same thing in the same way."""
    apart: str
    """Why nothing else may be shown beside it; empty where ``alike`` is not."""
    shared: tuple[str, ...]
    """Larger cohorts of the choice that hold some of the same patients."""

    @property
    def id(self) -> str:
        """Full id of the cohort."""
        return f"{self.trial.id}/{self.cohort.id}"

    @property
    def address(self) -> str:
        """Address of its source card."""
        place = next(place for place, entry in enumerate(self.cohort.endpoints) if entry is self.endpoint)
        return f"value:{self.id}#{place}"


class Sheet(Struct, frozen=True):
    """All figures of one kind, unit and time point."""

    id: str
    name: str
    unit: Unit
    figures: tuple[Figure, ...]


def sheets(library: EvidenceLibrary, cohorts: Iterable[tuple[Trial, Cohort]]) -> tuple[Sheet, ...]:
    """Return the sheets in the fixed order of endpoint kinds; figures in the neutral order of cohorts."""
    rows = sorted(cohorts, key=lambda entry: library.places[f"{entry[0].id}/{entry[1].id}"])
    aside = dict(counted_once(library, (f"{trial.id}/{cohort.id}" for trial, cohort in rows)).aside)
    groups: dict[tuple[int, str], list[tuple[Trial, Cohort, Endpoint]]] = {}
    kinds = list(EndpointKind)
    for trial, cohort in rows:
        for endpoint in cohort.endpoints:
            if not endpoint.superseded and endpoint.kind is not EndpointKind.HARM:
                name = _sheet_name(endpoint)
                groups.setdefault((kinds.index(endpoint.kind), name), []).append((trial, cohort, endpoint))
    return tuple(_sheet(name, groups[place, name], aside) for place, name in sorted(groups))


def _sheet_name(endpoint: Endpoint) -> str:
    bare = endpoint.model_copy(update={"event": None})
    return f"{endpoint_name(bare)} ({tr(endpoint.unit.label)})"


def _sheet(name: str, rows: list[tuple[Trial, Cohort, Endpoint]], aside: dict[str, tuple[str, ...]]) -> Sheet:
    figures = []
    for trial, cohort, endpoint in rows:
        id_ = f"{trial.id}/{cohort.id}"
        others = [(f"{t.id}/{c.id}", e) for t, c, e in rows if e is not endpoint]
        alike = tuple(dict.fromkeys(other for other, e in others if other != id_ and not comparable(e, endpoint)))
        apart = "" if alike else _apart(endpoint)
        figures.append(Figure(trial, cohort, endpoint, alike, apart, aside.get(id_, ())))
    return Sheet(f"{rows[0][2].kind}/{name}", name, rows[0][2].unit, tuple(figures))


_RULES: dict[str, Marked] = {"criteria": "criteria", "assessor": "assessor"}
"""What a figure can be without: by the name of its field."""


def _apart(endpoint: Endpoint) -> str:
    """Return why a figure is compared with no other."""
    silent = [tr(word) for name, word in _RULES.items() if getattr(endpoint, name) == "not stated"]
    if silent:
        return tr("{what} not stated").format(what=tr(" and ").join(silent))
    return tr("no other figure was measured in the same way")


def details(library: EvidenceLibrary, figure: Figure) -> tuple[tuple[str, str], ...]:
    """Return label and words of everything known about a figure."""
    end, cohort = figure.endpoint, figure.cohort
    size = str(cohort.n.value) if cohort.n else tr("not read")
    pairs = (
        (tr("Cohort"), f"{figure.trial.name}: {cohort.label} (n {size})"),
        (tr("Endpoint"), endpoint_name(end)),
        (tr("Arm"), end.arm or ""),
        (tr("Value"), endpoint_value(end)),
        (tr("Measured"), endpoint_basis(end)),
        (tr("Compared with"), f"{end.comparator.arm}: {measured(end.comparator)}" if end.comparator else ""),
        (tr("Hazard ratio"), measured(end.hazard_ratio) if end.hazard_ratio else ""),
        (tr("P value"), end.p or ""),
        (tr("Follow-up"), end.follow_up or ""),
        (tr("Note"), end.note or ""),
        (tr("Measured alike"), _named(library, figure.alike) or tr("none: {why}").format(why=figure.apart)),
        (tr("Same patients as"), _named(library, figure.shared)),
        (tr("Read in"), "; ".join(dict.fromkeys(cite(library, source) for source in endpoint_sources(end)))),
    )
    return tuple((label, words) for label, words in pairs if words)


def _named(library: EvidenceLibrary, ids: tuple[str, ...]) -> str:
    named = (library.cohorts_by_id[id_] for id_ in ids)
    return "; ".join(f"{trial.name}: {cohort.label}" for trial, cohort in named)


def cite(library: EvidenceLibrary, source: Source) -> str:
    """Return reference, place and kind of reading, with the mark of a secondary report."""
    mark = "\N{DAGGER}" if source.secondary else ""
    short = library.references[source.ref].short
    return f"{short}{mark}, {source.locator} ({tr(source.read_in.label)})"


def measured(value: Measured) -> str:
    """Return a value with its interval and P value."""
    words = tr("not reached") if value.value is None else number(value.value)
    if value.interval is not None:
        ends = [tr("not reached") if end is None else number(end) for end in (value.interval.low, value.interval.high)]
        words += f" ({ends[0]}\N{EN DASH}{ends[1]})"
    return words


COLUMNS: tuple[Marked, ...] = (
    "Trial",
    "Cohort",
    "n",
    "Class",
    "Value",
    "Measured",
    "Arm, patients",
    "Source",
)


def cells(library: EvidenceLibrary, figure: Figure) -> tuple[str, ...]:
    """Return the words of one row, in the order of ``COLUMNS``."""
    end = figure.endpoint
    whom = "; ".join(part for part in (end.event, end.arm, end.in_whom) if part)
    basis = endpoint_basis(end.model_copy(update={"in_whom": None}))
    mark = "\N{DAGGER}" if end.source.secondary else ""
    return (
        f"{figure.trial.name} ({figure.trial.year})",
        figure.cohort.label,
        str(figure.cohort.n.value) if figure.cohort.n else tr("not read"),
        tr(figure.cohort.cns_class.label),
        endpoint_value(end),
        basis,
        whom,
        library.references[end.source.ref].short + mark,
    )
