"""The exact interval of a fraction, beside one found by adding up whole binomial terms."""

import pytest
from support.tracing.from_evidence import exact_by_sums

from her2board.evidence.exact import exact_interval


@pytest.mark.parametrize(("n", "of"), [(0, 10), (10, 10), (1, 1), (20, 44), (19, 23), (3, 25), (8, 251)])
def test_the_interval_is_that_of_clopper_and_pearson(n: int, of: int) -> None:
    assert exact_interval(n, of) == pytest.approx(exact_by_sums(n, of), abs=0.02)


def test_a_published_interval_is_found_again() -> None:
    low, high = exact_interval(55, 402)
    assert (round(low, 1), round(high, 1)) == (10.5, 17.4)
