"""From an edit to its findings, with the shipped release and with thousands of cohorts."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import Any

from measure import AS_OF, FRAME_MS, Line, Taken, in_turns, line, timed
from msgspec.structs import replace

from her2board import paths
from her2board.assessment.assess import assess
from her2board.assessment.cohorts import compare_cohorts
from her2board.assessment.gaps import ask_next
from her2board.assessment.options import stand_options
from her2board.case.checks import CaseError
from her2board.case.edit import with_value
from her2board.case.fields import CaseField, case_fields
from her2board.case.model import Case
from her2board.case.storage import load
from her2board.evidence.library import EvidenceLibrary
from her2board.logic.criteria import AllOf, AnyOf, Criterion, Negation
from her2board.logic.evaluate import truth_of
from her2board.logic.truth import Truth, all_of, any_of, negate
from her2board.logic.values import Facts

EMPTIEST = "cr03-almost-empty"
COHORTS = 5000
Closure = Callable[[Facts], Truth]


def answers(field: CaseField) -> tuple[Any, ...]:
    """Return values one could type into a field; none for tables."""
    simple: dict[str, tuple[Any, ...]] = {
        "flag": (True, False),
        "integer": (1, 2),
        "number": (7.0, 9.0),
        "text": ("a word", "two words"),
        "texts": (["one"], ["one", "two"]),
        "date": ("2026-10", "2026-11-02"),
        "size": (7.0, 9.0),
        "count": ({"low": 3, "high": 3}, {"low": 2}),
    }
    if field.kind == "choices":
        return tuple([choice] for choice in field.choices)
    return field.choices if field.kind == "choice" else simple.get(field.kind, ())


def edits(case: Case) -> Iterator[Callable[[], Case]]:
    """Yield changes of one field each, field after field, that a case takes."""
    for turn in range(9):
        for field in case_fields():
            values = answers(field)
            if turn < len(values):
                change = partial(with_value, case, field.path, values[turn])
                try:
                    change()
                except CaseError:
                    continue
                yield change


def findings(case: Case, library: EvidenceLibrary, more: int) -> list[Taken]:
    """Return the times from an edit to its findings."""
    changes = list(islice(edits(case), more))
    for change in changes[:5]:
        assess(change(), library, AS_OF)
    before = assess(case, library, AS_OF)
    return [timed(lambda change=change: assess(change(), library, AS_OF, before)) for change in changes]


def many_cohorts(library: EvidenceLibrary) -> EvidenceLibrary:
    """Return the release with its trials repeated under other ids until it holds 5,000 cohorts."""
    each = sum(1 for _ in library.cohorts())
    copies = range(1, -(-COHORTS // each))
    more = (trial.model_copy(update={"id": f"{trial.id}-copy-{n}"}) for n in copies for trial in library.trials)
    return replace(library, trials=(*library.trials, *more))


def keystrokes(case: Case, library: EvidenceLibrary) -> Iterator[Line]:
    """Measure one edit to its findings, with the release and with 5,000 cohorts."""
    shipped = sum(1 for _ in library.cohorts())
    yield line(
        f"edit to findings, {shipped} cohorts",
        findings(case, library, 200),
        "one frame of 16 ms",
        [(FRAME_MS, FRAME_MS)],
        "16 ms at the 99th percentile",
        lambda _, __, last: last <= FRAME_MS,
    )
    large = many_cohorts(library)
    yield line(
        f"edit to findings, {sum(1 for _ in large.cohorts())} cohorts",
        findings(case, large, 12),
        "one frame of 16 ms",
        [(FRAME_MS, FRAME_MS)],
        "100 ms",
        lambda _, __, last: last <= 100,
    )


def closure(criterion: Criterion) -> Closure:
    """Return a criterion as a plain function that returns its truth and explains nothing."""
    match criterion:
        case Negation(not_=part):
            turned = closure(part)
            return lambda facts: negate(turned(facts))
        case AllOf(all=parts):
            needed = [closure(part) for part in parts]
            return lambda facts: all_of([part(facts) for part in needed])
        case AnyOf(any=parts):
            enough = [closure(part) for part in parts]
            return lambda facts: any_of([part(facts) for part in enough])
        case _:
            return partial(truth_of, criterion)


def comparing(case: Case, library: EvidenceLibrary) -> Iterator[Line]:
    """Measure every cohort compared from nothing, beside closures over the same criteria without explanation."""
    for release in (library, many_cohorts(library)):
        facts = assess(case, release, AS_OF).facts
        criteria = [
            [closure(c.when) for c in (*trial.population, *trial.entry, *cohort.population, *cohort.entry)]
            + [closure(leaf) for leaf in release.implied[f"{trial.id}/{cohort.id}"]]
            + [closure(remark.when) for remark, _ in release.remarks_of_cohort[f"{trial.id}/{cohort.id}"]]
            for trial, cohort in release.cohorts()
        ]

        def explained(release: EvidenceLibrary = release, facts: Facts = facts) -> Taken:
            facts.memo.clear()
            return timed(lambda: compare_cohorts(release, facts))

        def plain(criteria: list[list[Closure]] = criteria, facts: Facts = facts) -> Taken:
            return timed(lambda: [all_of([holds(facts) for holds in group]) for group in criteria])

        times, baselines = in_turns(explained, plain, 12)
        yield line(
            f"{len(criteria)} cohorts compared from nothing",
            times,
            "closures without explanation",
            baselines,
            "3x",
            lambda ratio, _, __: ratio <= 3,
        )


def asking(library: EvidenceLibrary) -> Line:
    """Measure what every answer to every unrecorded fact of a nearly empty case would settle, from nothing."""
    case = load(paths.example_case(EMPTIEST))
    found = assess(case, library, AS_OF)

    def ask() -> Taken:
        found.facts.memo.clear()
        compare_cohorts(library, found.facts)
        stand_options(library, found.facts)
        return timed(lambda: ask_next(library, case, found.facts, found.pause))

    times = [ask() for _ in range(40)]
    return line(
        f"ask next, {len(found.ask_next)} questions of a nearly empty case",
        times,
        "one frame of 16 ms",
        [(FRAME_MS, FRAME_MS)],
        "100 ms",
        lambda _, __, last: last <= 100,
    )
