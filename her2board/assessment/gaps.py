"""What to ask next: for every unrecorded fact, what each possible answer would settle; pairs where one does not."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import combinations

from her2board.assessment.model import Ask, CohortFinding, CohortResult, OptionResult, PauseResult
from her2board.case.facts import FactSpec
from her2board.case.fields import field_by_path
from her2board.case.model import Absence, Case
from her2board.evidence.library import EvidenceLibrary
from her2board.logic.criteria import Criterion, Leaf
from her2board.logic.evaluate import SOURCE, truth_of
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
    cohorts_of: dict[int, tuple[CohortFinding, list[str]]] = {}
    for result in cohorts:
        for waiting in result.waiting:  # the findings of a trial are the same objects in each of its cohorts
            cohorts_of.setdefault(id(waiting), (waiting, []))[1].append(result.id)
    for waiting, ids in cohorts_of.values():
        for names in answers.deciding(waiting.when, waiting.finding.facts_missing):
            _note(settled, library, names).cohorts.update(ids)
    for option in options:
        criteria = [(finding.when, finding.finding.facts_missing) for finding in option.findings]
        criteria += [(None, caution.facts_missing) for caution in option.to_ask]
        for criterion, missing in criteria:
            for names in answers.deciding(criterion, missing):
                _note(settled, library, names).options.add(option.id)
    for item in pause.items:
        for names in answers.deciding(None, item.facts_missing):
            _note(settled, library, names).points.add(f"{item.group}/{item.id}")
    asks = [_ask(case, library, paths, found) for paths, found in settled.items()]
    form = list(field_by_path())
    return tuple(sorted(asks, key=lambda ask: (-ask.weight, *map(form.index, ask.fields))))


def as_outstanding(ask: Ask, path: str, case: Case) -> Absence:
    """Return the reason for absence that notes a field of an ask as asked: who usually knows brings it for the meeting.

    Whoever and whatever somebody named before stays; so does a reason that says no answer will come.
    """
    known = case.absences.get(path, Absence(reason="pending"))
    if known.reason in ("declined", "not_applicable"):
        return known
    named = {"owner": known.owner or ask.asks, "due": known.due or case.meeting.date}
    return known.model_copy(update={"reason": "pending", **named})


def _asked(names: Iterable[str]) -> Iterator[str]:
    return (name for name in dict.fromkeys(names) if not name.startswith(SOURCE))


def _note(settled: dict[tuple[str, ...], _Settled], library: EvidenceLibrary, names: tuple[str, ...]) -> _Settled:
    """Return the entry of the fields where ``names`` are recorded, with the names noted in it."""
    paths = {library.catalogue[name].fields[0] for name in names}
    entry = settled[tuple(paths) if len(paths) == 1 else tuple(path for path in field_by_path() if path in paths)]
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
        self._tried: dict[str, tuple[Facts, ...]] = {}

    def deciding(self, criterion: Criterion | None, missing: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
        """Return each fact, of those missing, that has an answer which decides an open criterion.

        Where none does, the pairs that do together. What the program itself asks (None) any answer settles, and of
        one comparison the answers lie on both sides.
        """
        if criterion is None or isinstance(criterion, Leaf):
            return tuple((name,) for name in _asked(missing))
        key = ("deciding", id(criterion))
        return self._facts.once(key, criterion.names, partial(self._deciding, criterion, tuple(_asked(missing))))

    def _deciding(self, criterion: Criterion, missing: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
        alone = tuple((name,) for name in missing if self._decided(criterion, self._answers_to(name)))
        if alone:
            return alone
        pairs = tuple(
            (one, other)
            for one, other in combinations(missing, 2)
            if any(self._decided(criterion, self._answered(other, half)) for half in self._answers_to(one))
        )
        one_field = tuple(pair for pair in pairs if len({self._library.catalogue[n].fields[0] for n in pair}) == 1)
        return one_field or pairs  # where one field answers for both, nothing else need be asked

    @staticmethod
    def _decided(criterion: Criterion, answered: Iterable[Facts]) -> bool:
        return any(truth_of(criterion, facts) is not Truth.UNKNOWN for facts in answered)

    def _answers_to(self, name: str) -> tuple[Facts, ...]:
        """Return the facts of the case with each answer in turn; many criteria try the same ones."""
        if name not in self._tried:
            self._tried[name] = tuple(self._answered(name, self._facts))
        return self._tried[name]

    def _answered(self, name: str, facts: Facts) -> Iterator[Facts]:
        """Yield ``facts`` with each answer in turn."""
        return (facts.replacing(name, value, "") for value in self._domain(name))

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
