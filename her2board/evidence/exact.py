"""The exact interval of a fraction (Clopper and Pearson), where a source gives counts and no interval."""

from collections.abc import Callable
from functools import lru_cache
from math import exp, fsum, lgamma, log

_HALVINGS = 50
"""Each halves what is left of the range from 0 to 1."""


@lru_cache(maxsize=1000)
def exact_interval(n: int, of: int) -> tuple[float, float]:
    """Return the exact 95 % interval of ``n`` of ``of`` in percent."""
    low = 0.0 if n == 0 else _where(lambda p: 1 - _at_most(n - 1, of, p), rising=True)
    high = 1.0 if n == of else _where(lambda p: _at_most(n, of, p), rising=False)
    return 100 * low, 100 * high


def _where(tail: Callable[[float], float], rising: bool) -> float:
    """Return the probability at which a tail of the distribution holds 2.5 %."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if (tail(middle) < 0.025) == rising:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _at_most(n: int, of: int, p: float) -> float:
    """Return how probable at most ``n`` of ``of`` are where each has probability ``p``."""
    one, other = log(p), log(1 - p)
    whole = lgamma(of + 1)
    return fsum(exp(whole - lgamma(k + 1) - lgamma(of - k + 1) + k * one + (of - k) * other) for k in range(n + 1))
