"""What to ask next: for every unrecorded fact, what each possible answer would settle; pairs where one does not."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import reduce
from itertools import chain, combinations, starmap
from operator import or_
from typing import NamedTuple

from her2board.assessment.cohorts import compare_cohorts, compare_list
from her2board.assessment.model import Ask, CohortFinding, OptionResult, PauseResult, Standing
from her2board.assessment.options import stand, stand_options
from her2board.case.catalogue import FactSpec
from her2board.case.fields import field_by_path, field_places
from her2board.case.model import Absence, Case
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.lists import CriteriaList
from her2board.evidence.records import SequencingOption
from her2board.evidence.release_records import NotAsked
from her2board.evidence.terms import PauseGroup
from her2board.logic.criteria import Criterion, Leaf
from her2board.logic.evaluate import SOURCE, truth_of
from her2board.logic.truth import Truth
from her2board.logic.values import Among, Day, Facts, Never, Span, Subset, Value
from her2board.wording import tr

_OPEN: tuple[Standing, ...] = ("for_discussion", "caution", "cannot_tell")
"""Standings of options that an answer can still change the sense of."""
_LONG_AGO = date(1950, 1, 1)
_BEYOND = 1
"""A representative point lies this far on the other side of a threshold."""


_Question = tuple[str, ...]
"""What a criterion waits for: one fact, or the two of a pair."""
_Questions = frozenset[_Question]


class _Point(NamedTuple):
    """A point before whole-brain radiotherapy, and the facts it misses."""

    label: str
    missing: tuple[str, ...]
    to_know: bool
    """Whether it asks no more than that these are known."""


def ask_next(library: EvidenceLibrary, case: Case, facts: Facts, pause: PauseResult) -> tuple[Ask, ...]:
    """Return the fields to ask for by what an answer decides: urgency, safety, kind of disease, the pause, an option.

    Of one consequence those come first that settle most, then in the order of the form. Only options still open count,
    with their cohorts that are open too. Where a criterion is open and no single fact decides it, the pairs that do
    are asked for together.
    """
    points = tuple([_Point(item.label, item.facts_missing, item.group is PauseGroup.MUST_KNOW) for item in pause.items])
    asks = facts.once(("asked", points), _asks, library, facts, points)
    return tuple([_noted(case, ask) for ask in asks])


def _asks(library: EvidenceLibrary, facts: Facts, points: tuple[_Point, ...]) -> tuple[Ask, ...]:
    """Return what to ask for, whoever may have been asked before."""
    waiting = _Waiting(library, facts, points)
    names: dict[tuple[str, ...], set[str]] = defaultdict(set)
    unasked = {entry.fact for entry in library.release.not_asked if _not_asked(entry, facts)}
    for question, fields in waiting.fields_of.items():
        if unasked.isdisjoint(question):
            names[fields].update(question)
    places, form = library.fact_places, field_places()
    asks = [waiting.ask(fields, tuple(sorted(found, key=places.__getitem__))) for fields, found in names.items()]
    return tuple(sorted(asks, key=lambda ask: (ask.rank, -ask.weight, *map(form.__getitem__, ask.fields))))


def _not_asked(entry: NotAsked, facts: Facts) -> bool:
    """Tell whether a question cannot apply, or another comes before it."""
    if entry.before is not None and facts.read(entry.before).value is None:
        return True
    return entry.when is not None and truth_of(entry.when, facts) is Truth.MET


class _Waiting:
    """What waits for each question: cohorts, options and points, one bit for each."""

    def __init__(self, library: EvidenceLibrary, facts: Facts, points: tuple[_Point, ...]) -> None:
        self._library, self._facts, self._points = library, facts, points
        still_open = [option for option in stand_options(library, facts) if option.standing in _OPEN]
        untold = {one.id: one for one in compare_cohorts(library, facts) if one.outcome == "cannot_tell"}
        bits_of = library.bits
        untold_bits = sum([bits_of[id_] for id_ in untold])
        cohorts_of = [facts.once(("bits", o.cohorts), _bits, library, o.cohorts) & untold_bits for o in still_open]
        bits = reduce(or_, cohorts_of, 0)
        asked = (result for id_, result in untold.items() if bits_of[id_] & bits)
        parts = {id(part): part.criteria for result in asked for part in result.compared if part.waiting}
        answers = _Answers(library, facts)
        groups = (
            [(answers.awaited_by(one), one.cohorts & bits) for one in parts.values()],
            [(answers.awaited_by_option(option), 1 << place) for place, option in enumerate(still_open)],
            [(answers.asked_for(point.missing), 1 << place) for place, point in enumerate(points) if point.missing],
        )
        self._options = [
            (option.option.name, 1 << place, of_option)
            for place, (option, of_option) in enumerate(zip(still_open, cohorts_of, strict=True))
        ]
        asked_for = frozenset[_Question]().union(*(questions for group in groups for questions, _ in group))
        self.fields_of = {
            question: facts.once(("fields", question), _fields_of, library, question) for question in asked_for
        }
        """By question: where its facts are recorded, in the order of the form; one field where both are in it."""
        self._settled = [_waiting(group, self.fields_of) for group in groups]

    def ask(self, fields: tuple[str, ...], asked: tuple[str, ...]) -> Ask:
        """Return a question about the facts of one field, or of the two of a pair, with what its answer decides."""
        cohorts, options, points = (group.get(fields, 0) for group in self._settled)
        rank, consequence = _consequence(self._library, self._facts, asked, points=bool(points), options=bool(options))
        label, who = self._facts.once(("words", fields, asked), _words, self._library, fields, asked)
        waiting = [point for n, point in enumerate(self._points) if points >> n & 1] if points else []
        itself = {point.label for point in waiting if point.to_know and set(asked).issuperset(point.missing)}
        return Ask(
            field=fields[0],
            also=fields[1] if len(fields) > 1 else "",
            label=label,
            asks=who,
            facts=asked,
            cohorts=cohorts.bit_count(),
            options=options.bit_count(),
            points=points.bit_count(),
            rank=rank,
            consequence=consequence,
            detail=next((why for name in asked if (why := self._facts.read(name).why)), ""),
            named=self._named(cohorts, options),
            before=tuple([point.label for point in waiting]),
            other_before=tuple([point.label for point in waiting if point.label not in itself]),
        )

    def _named(self, cohorts: int, options: int) -> tuple[str, ...]:
        """Return the names of the options that wait themselves, or of which a cohort does."""
        if not cohorts | options:
            return ()
        return tuple([name for name, bit, of_option in self._options if options & bit or cohorts & of_option])


def _consequence(
    library: EvidenceLibrary, facts: Facts, asked: Iterable[str], *, points: bool, options: bool
) -> tuple[int, str]:
    """Return the place of what an answer decides, and the words for it where the release has some."""
    known = [
        (place, entry.decides)
        for name in asked
        for place, entry in library.consequences_of.get(name, ())
        if entry.when is None or truth_of(entry.when, facts) is not Truth.NOT_MET
    ]
    if known:
        return min(known)
    beyond = len(library.release.consequences)
    return beyond + (0 if points else 1 if options else 2), ""


def as_outstanding(ask: Ask, path: str, case: Case) -> Absence:
    """Return the reason for absence that notes a field of an ask as asked: who usually knows brings it for the meeting.

    Whoever and whatever somebody named before stays; so does a reason that says no answer will come.
    """
    return noted_as_asked(ask.asks, path, case)


def noted_as_asked(asks: str, path: str, case: Case) -> Absence:
    """Return the reason for absence that notes a field as asked of ``asks``, unless somebody else was named before."""
    known = case.absences.get(path, Absence(reason="pending"))
    if known.reason in ("declined", "not_applicable"):
        return known
    named = {"owner": known.owner or asks or None, "due": known.due or case.meeting.date}
    return known.model_copy(update={"reason": "pending", **named})


def _bits(library: EvidenceLibrary, cohorts: tuple[str, ...]) -> int:
    return reduce(or_, map(library.bits.__getitem__, cohorts), 0)


def _fields_of(library: EvidenceLibrary, question: _Question) -> tuple[str, ...]:
    paths = {library.catalogue[name].fields[0] for name in question}
    return tuple(sorted(paths, key=field_places().__getitem__))


def _waiting(
    group: Iterable[tuple[_Questions, int]], fields_of: dict[_Question, tuple[str, ...]]
) -> dict[tuple[str, ...], int]:
    """Return in which of a group something waits for the fields of a question; each is one bit."""
    found: dict[tuple[str, ...], int] = defaultdict(int)
    for questions, bits in group:
        for question in questions:
            found[fields_of[question]] |= bits
    return dict(found)


def _noted(case: Case, ask: Ask) -> Ask:
    """Return a question with whom one of its fields was asked of, and until when."""
    absence = next((case.absences[path] for path in ask.fields if path in case.absences), None)
    if absence is None:
        return ask
    return ask._replace(owner=absence.owner or "", due=absence.due.shown() if absence.due else "")


def _words(library: EvidenceLibrary, fields: tuple[str, ...], facts: tuple[str, ...]) -> tuple[str, str]:
    """Return what a question is called, and who usually knows."""
    recorded_in = [[name for name in facts if library.catalogue[name].fields[0] == path] for path in fields]
    labels = [_label(library, path, names) for path, names in zip(fields, recorded_in, strict=True)]
    asks = dict.fromkeys(library.catalogue[one[0]].asks for one in recorded_in)
    return tr(", together with: ").join(labels), tr(" and ").join(asks)


def _label(library: EvidenceLibrary, path: str, facts: list[str]) -> str:
    labels = [library.catalogue[name].label for name in facts]
    if len(facts) > 1 and len({name.partition(".")[0] for name in facts}) > 1:
        return tr(field_by_path()[path].info.label)
    more = f" +{len(facts) - 1}" if len(facts) > 1 else ""
    return labels[0] + more


class _Answers:
    """Tries every answer a fact could have, with representative points taken from the criteria."""

    def __init__(self, library: EvidenceLibrary, facts: Facts) -> None:
        self._library = library
        self._facts = facts
        self._tried: dict[str, tuple[Facts, ...]] = {}

    def awaited_by(self, listed: CriteriaList) -> _Questions:
        """Return what a list of criteria waits for."""
        return self._facts.once(("awaited", id(listed)), self._awaited_by_list, listed)

    def _awaited_by_list(self, listed: CriteriaList) -> _Questions:
        return self._awaited_by(compare_list(self._library, self._facts, listed).waiting)

    def awaited_by_option(self, option: OptionResult) -> _Questions:
        """Return what the standing of an option and its cautions wait for."""
        return self._facts.once(("awaited", option.id), self._awaited_by_option, option.option)

    def _awaited_by_option(self, option: SequencingOption) -> _Questions:
        result = stand(self._library, self._facts, option)
        cautions = self._awaited([(None, caution.facts_missing) for caution in result.to_ask])
        return cautions | self._awaited_by(entry for entry in result.findings if entry.finding.facts_missing)

    def asked_for(self, missing: tuple[str, ...]) -> _Questions:
        """Return what waits for any answer at all on the facts missing."""
        return self._facts.once(("awaited", missing), lambda: self._awaited([(None, missing)]))

    def _awaited_by(self, findings: Iterable[CohortFinding]) -> _Questions:
        return self._awaited([(entry.when, entry.finding.facts_missing) for entry in findings])

    def _awaited(self, criteria: Iterable[tuple[Criterion | None, tuple[str, ...]]]) -> _Questions:
        """Return what open criteria wait for, each with the facts it misses."""
        return frozenset(chain.from_iterable(starmap(self.deciding, criteria)))

    def deciding(self, criterion: Criterion | None, missing: tuple[str, ...]) -> tuple[_Question, ...]:
        """Return each fact, of those missing, that has an answer which decides an open criterion.

        Where none does, the pairs that do together. What the program itself asks (None) any answer settles, and of
        one comparison the answers lie on both sides.
        """
        if criterion is None or type(criterion) is Leaf:
            return tuple([(name,) for name in missing if not name.startswith(SOURCE)])
        asked = tuple([name for name in dict.fromkeys(missing) if not name.startswith(SOURCE)])
        return self._facts.once(("deciding", id(criterion), asked), self._deciding, criterion, asked)

    def _deciding(self, criterion: Criterion, missing: tuple[str, ...]) -> tuple[_Question, ...]:
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
