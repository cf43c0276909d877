"""A fact depends on the fields it declares, and on no other."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st
from support.erasing import places, without
from support.releases import release
from support.strategies import cases, coherent_cases, facts_of

from her2board.case.model import Case

LIBRARY = release()


def _undeclared(case: Case, random: Random) -> set[tuple[str, str]]:
    """Erase one value after the other; return the facts that change without naming its field, with the field."""
    found = set()
    before = facts_of(case, LIBRARY)
    where = places(case)
    for place in random.sample(where, min(12, len(where))):
        after = facts_of(without(case, place), LIBRARY)
        path = ".".join(place[:2])
        found |= {
            (name, path)
            for name, spec in LIBRARY.catalogue.items()
            if before.read(name).value != after.read(name).value and path not in spec.fields
        }
    return found


@given(cases(at_least=10), st.randoms(use_true_random=False))
def test_erasing_a_value_changes_only_facts_that_name_its_field(case: Case, random: Random) -> None:
    assert _undeclared(case, random) == set()


@given(coherent_cases(LIBRARY), st.randoms(use_true_random=False))
def test_the_same_holds_where_nothing_contradicts_itself(case: Case, random: Random) -> None:
    assert _undeclared(case, random) == set()
