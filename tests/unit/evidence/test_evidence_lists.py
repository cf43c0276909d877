"""The lists a case is compared with: which criteria stand together, and in which cohorts."""

from support.made_up import ECOG, HER2, SOURCE, trial

from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.lists import CriteriaLists, criteria_lists
from her2board.evidence.records import Condition, Trial
from her2board.evidence.release_records import KeptOpen
from her2board.logic.criteria import Leaf

SIZE = {"text": "20 mm or less", "when": {"fact": "largest_lesion_mm", "at_most": 20}, "source": SOURCE}
LVEF = {"text": "LVEF 50 % or more", "when": {"fact": "lvef_percent", "at_least": 50}, "source": SOURCE}


def listed(library: EvidenceLibrary, *trials: Trial, **implied: tuple[Leaf, ...]) -> CriteriaLists:
    cohorts = {f"{found.id}/{cohort.id}": (found, cohort) for found in trials for cohort in found.cohorts}
    return criteria_lists(
        cohorts, {id_: implied.get(id_.partition("/")[0], ()) for id_ in cohorts}, library.release.kept_open
    )


def words(found: CriteriaLists, id_: str) -> list[list[str]]:
    """Return the criteria on the population and on entry of a cohort, in order."""
    return [[word(one) for place in group for one in found.lists[place].criteria] for group in found.of_cohort[id_]]


def word(criterion: Condition | Leaf | KeptOpen) -> str:
    return criterion.text if isinstance(criterion, Condition) else criterion.fact


def test_what_a_trial_states_comes_before_what_a_cohort_adds_and_silence_comes_last(library: EvidenceLibrary) -> None:
    own = {"population": (SIZE,), "entry": (LVEF,), "not_read": ("immediate_local_therapy",)}
    made = trial("a", own, population=(HER2,), entry=(ECOG,), silent=("pregnant", "leptomeningeal_disease", "age"))
    found = listed(library, made, a=(Leaf(fact="given.tucatinib", operator="is", operand=False),))
    assert words(found, "a/c0") == [
        ["HER2-positive", "20 mm or less", "given.tucatinib", "leptomeningeal_disease", "immediate_local_therapy"],
        ["ECOG 0 or 1", "LVEF 50 % or more"],
    ]


def test_each_list_is_in_its_own_group(library: EvidenceLibrary) -> None:
    found = listed(library, trial("a", {}, population=(HER2,), entry=(ECOG,), not_read=("leptomeningeal_disease",)))
    assert [one.group for one in found.lists] == ["population", "entry", "population"]


def test_a_list_that_several_cohorts_have_is_kept_once_and_knows_them(library: EvidenceLibrary) -> None:
    made = trial("a", {}, {"population": (SIZE,)}, {}, population=(HER2,))
    found = listed(library, made)
    assert [word(one.criteria[0]) for one in found.lists] == ["HER2-positive", "20 mm or less"]
    assert [one.cohorts.bit_count() for one in found.lists] == [3, 1]
    assert found.lists[0].cohorts & found.lists[1].cohorts == found.lists[1].cohorts
    assert words(found, "a/c0") == words(found, "a/c2") == [["HER2-positive"], []]


def test_drugs_and_silence_alike_in_two_trials_are_kept_once(library: EvidenceLibrary) -> None:
    leaves = (Leaf(fact="given.tucatinib", operator="is", operand=False),)
    trials = [trial(name, {}, not_read=("leptomeningeal_disease",)) for name in ("a", "b")]
    found = listed(library, *trials, a=leaves, b=leaves)
    assert [one.cohorts.bit_count() for one in found.lists] == [2, 2]
    assert found.of_cohort["a/c0"] == found.of_cohort["b/c0"]


def test_different_drugs_and_different_silence_are_kept_apart(library: EvidenceLibrary) -> None:
    one, other = ((Leaf(fact=f"given.{drug}", operator="is", operand=False),) for drug in ("tucatinib", "neratinib"))
    trials = [
        trial("a", {}, not_read=("leptomeningeal_disease",)),
        trial("b", {}, silent=("immediate_local_therapy",)),
    ]
    found = listed(library, *trials, a=one, b=other)
    assert words(found, "a/c0") == [["given.tucatinib", "leptomeningeal_disease"], []]
    assert words(found, "b/c0") == [["given.neratinib", "immediate_local_therapy"], []]


def test_the_bits_of_the_cohorts_do_not_depend_on_the_order_of_the_trials(library: EvidenceLibrary) -> None:
    trials = [trial(name, {}, {"population": (SIZE,)}, population=(HER2,)) for name in ("a", "b", "c")]
    bits = [
        {id(one.criteria): one.cohorts for one in listed(library, *given).lists} for given in (trials, trials[::-1])
    ]
    assert bits[0] == bits[1]
