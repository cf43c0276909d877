"""What to ask next: for every unrecorded fact, what each possible answer would settle; pairs where one does not."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import combinations

from her2board.assessment.model import Ask, CohortResult, OptionResult, PauseResult
from her2board.assessment.options import standing_of
from her2board.case.facts import FactSpec
from her2board.case.fields import field_by_path
from her2board.case.model import Absence, Case
from her2board.evidence.library import EvidenceLibrary
from her2board.logic.criteria import Criterion, Leaf
from her2board.logic.evaluate import SOURCE, evaluate, truth_of
from her2board.logic.truth import Truth
from her2board.logic.values import Among, Day, Facts, Never, Span, Subset, Value
from her2board.wording import tr

_LONG_AGO = date(1950, 1, 1)
_BEYOND = 1
"""A representative point lies this far on the other side of a threshold."""


@dataclass
class _Settled:
    """What answers to one field, or to the two of a pair, would settle."""

    facts: dict[str, None] = field(default_factory=dict)
    cohorts: set[str] = field(default_factory=set)
    options: set[str] = field(default_factory=set)
    points: set[str] = field(default_factory=set)


def ask_next(
    library: EvidenceLibrary,
    case: Case,
    facts: Facts,
    cohorts: Iterable[CohortResult],
    options: Iterable[OptionResult],
    pause: PauseResult,
) -> tuple[Ask, ...]:
    """Return the fields to ask for, those that settle most first; equal ones in the order of the form.

    Where a criterion is open and no single fact decides it, the pairs that do are asked for together.
    """
    settled: dict[tuple[str, ...], _Settled] = defaultdict(_Settled)
    answers = _Answers(library, facts)
    waiting: dict[tuple[str, bool], list[str]] = defaultdict(list)
    for result in cohorts:
        for asked in result.asked:
            waiting[asked].append(result.id)
    for (name, plainly), ids in waiting.items():
        if plainly or answers.settles(name):
            _note(settled, library, name).cohorts.update(ids)
    for option in options:
        missing = (finding.facts_missing for finding in option.findings)
        triggers = (caution.facts_missing for caution in option.to_ask)
        for name in _asked(n for group in (*missing, *triggers) for n in group):
            if answers.changes_standing(name, option):
                _note(settled, library, name).options.add(option.id)
    for item in pause.items:
        for name in _asked(item.facts_missing):
            _note(settled, library, name).points.add(f"{item.group}/{item.id}")
    cannot_tell = {option.id for option in options if option.standing == "cannot_tell"}
    for knot in library.knots:
        pairs = answers.together(knot.criterion)
        of_one_field = tuple(pair for pair in pairs if len({library.catalogue[name].fields[0] for name in pair}) == 1)
        for pair in of_one_field or pairs:  # where one field answers for both, nothing else need be asked
            found = _note(settled, library, *pair)
            found.cohorts.update(knot.cohorts)
            found.options.update(cannot_tell.intersection(knot.options))
    asks = [_ask(case, library, paths, found) for paths, found in settled.items()]
    form = list(field_by_path())
    ordered = sorted(asks, key=lambda ask: (-ask.weight, *map(form.index, ask.fields)))
    return tuple(ask for ask in ordered if ask.weight)


def as_outstanding(ask: Ask, path: str, case: Case) -> Absence:
    """Return the reason for absence that notes a field of an ask as asked: who usually knows brings it for the meeting.

    Whoever and whatever somebody named before stays; so does a reason that says no answer will come.
    """
    known = case.absences.get(path, Absence(reason="pending"))
    if known.reason in ("declined", "not_applicable"):
        return known
    named = {"owner": known.owner or ask.asks or None, "due": known.due or case.meeting.date}
    return known.model_copy(update={"reason": "pending", **named})


def _asked(names: Iterable[str]) -> Iterator[str]:
    return (name for name in dict.fromkeys(names) if not name.startswith(SOURCE))


def _note(settled: dict[tuple[str, ...], _Settled], library: EvidenceLibrary, *names: str) -> _Settled:
    """Return the entry of the fields where ``names`` are recorded, with the names noted in it."""
    form = list(field_by_path())
    entry = settled[tuple(sorted({library.catalogue[name].fields[0] for name in names}, key=form.index))]
    entry.facts.update(dict.fromkeys(names))
    return entry


def _ask(case: Case, library: EvidenceLibrary, paths: tuple[str, ...], found: _Settled) -> Ask:
    facts = tuple(found.facts)
    recorded_in = [[name for name in facts if library.catalogue[name].fields[0] == path] for path in paths]
    labels = [_label(library, path, names) for path, names in zip(paths, recorded_in, strict=True)]
    absence = next((case.absences[path] for path in paths if path in case.absences), None)
    return Ask(
        field=paths[0],
        also="".join(paths[1:]),
        label=tr(", together with: ").join(labels),
        asks=tr(" and ").join(dict.fromkeys(library.catalogue[one[0]].asks for one in recorded_in)),
        facts=facts,
        cohorts=len(found.cohorts),
        options=len(found.options),
        points=len(found.points),
        owner=(absence.owner or "") if absence else "",
        due=absence.due.shown() if absence and absence.due else "",
    )


def _label(library: EvidenceLibrary, path: str, facts: list[str]) -> str:
    return field_by_path()[path].info.label if len(facts) > 1 else library.catalogue[facts[0]].label


class _Answers:
    """Tries every answer a fact could have, with representative points taken from the criteria."""

    def __init__(self, library: EvidenceLibrary, facts: Facts) -> None:
        self._library = library
        self._facts = facts

    def settles(self, name: str) -> bool:
        """Tell whether some answer decides some criterion that is open now."""
        beside = self._library.facts_beside.get(name, frozenset())
        return self._facts.once(("settles", name), beside | {name}, lambda: self._settles(name))

    def _settles(self, name: str) -> bool:
        criteria = self._library.criteria_by_fact.get(name, ())
        return any(
            truth_of(criterion, self._facts) is Truth.UNKNOWN and truth_of(criterion, answered) is not Truth.UNKNOWN
            for answered in self._answered(name)
            for criterion in criteria
        )

    def changes_standing(self, name: str, option: OptionResult) -> bool:
        """Tell whether some answer gives an option another standing, or settles what it is asked for."""
        if any(name in caution.facts_missing for caution in option.to_ask):
            return True
        return self.settles(name) or any(
            standing_of(self._library, option.option, answered) != option.standing for answered in self._answered(name)
        )

    def together(self, criterion: Criterion) -> tuple[tuple[str, str], ...]:
        """Return the pairs of facts that decide a criterion which is open and which no single fact decides."""
        return self._facts.once(("together", id(criterion)), criterion.names, partial(self._together, criterion))

    def _together(self, criterion: Criterion) -> tuple[tuple[str, str], ...]:
        if truth_of(criterion, self._facts) is not Truth.UNKNOWN:
            return ()
        missing = tuple(_asked(evaluate(criterion, self._facts).facts_missing))
        if any(self._decided(criterion, answered) for name in missing for answered in self._answered(name)):
            return ()
        return tuple(
            (one, other)
            for one, other in combinations(missing, 2)
            if any(
                self._decided(criterion, both)
                for answered in self._answered(one)
                for both in self._answered(other, answered)
            )
        )

    @staticmethod
    def _decided(criterion: Criterion, facts: Facts) -> bool:
        return truth_of(criterion, facts) is not Truth.UNKNOWN

    def _answered(self, name: str, facts: Facts | None = None) -> Iterator[Facts]:
        """Yield the facts with each answer in turn."""
        return ((facts or self._facts).replacing(name, value, "") for value in self._domain(name))

    def _domain(self, name: str) -> list[Value]:
        spec = self._library.catalogue[name]
        thresholds = self._library.comparisons.get(name, ())
        return domain(spec, thresholds, self._facts)


def domain(spec: FactSpec, leaves_: Iterable[Leaf], facts: Facts) -> list[Value]:
    """Return representative values: every category, both sides of every threshold."""
    match spec.kind:
        case "flag":
            return [Among.exactly(True), Among.exactly(False)]
        case "choice":
            return [Among.exactly(option) for option in spec.options]
        case "set":
            return [Subset(frozenset({option})) for option in spec.options]
        case "words":
            return [Among.exactly("recorded")]
        case "number":
            points = {0.0}
            for leaf in leaves_:
                operands = leaf.operand if isinstance(leaf.operand, tuple) else (leaf.operand,)
                numbers = [float(operand) for operand in operands if isinstance(operand, int | float)]
                points |= {number + step for number in numbers for step in (-_BEYOND, 0, _BEYOND)}
            return [Span.exactly(point) for point in sorted(points) if point >= 0]
        case _:
            return [
                Never(),
                Day(facts.as_of, facts.as_of),
                Day(_LONG_AGO, _LONG_AGO),
            ]
