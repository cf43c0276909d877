"""How lesions grew: computed here, between the sizes whose days can be put in order."""

from itertools import pairwise
from typing import NamedTuple

from her2board.case.dates import PartialDate
from her2board.case.model import Case, Lesion, Millimetres
from her2board.wording import tr


class Measured(NamedTuple):
    """A diameter and the day it was measured on."""

    day: PartialDate
    size: Millimetres

    @property
    def words(self) -> str:
        """Return '8 mm (Oct 2025)'."""
        return f"{self.size.shown()} ({self.day.shown()})"


class Step(NamedTuple):
    """The change of a diameter since an earlier day, in mm as least and most, and in percent of what it was."""

    since: PartialDate
    low_mm: float
    high_mm: float
    percent: float | None
    """None where one of the two sizes is a range."""

    @property
    def words(self) -> str:
        """Return '+4 mm (+33 %) since Jan 2026'."""
        exact = self.low_mm == self.high_mm
        size = f"{self.low_mm:+g}" if exact else tr("{low:+g} to {high:+g}").format(low=self.low_mm, high=self.high_mm)
        percent = "" if self.percent is None else f" ({self.percent:+.0f} %)"
        return tr("{size} mm{percent} since {day}").format(size=size, percent=percent, day=self.since.shown())


def in_order(lesion: Lesion) -> tuple[Measured, ...]:
    """Return the dated earlier sizes, first to last; none where the order of two is open."""
    dated = [Measured(one.day, one.mm) for one in lesion.earlier_sizes or () if one.day and one.mm]
    dated.sort(key=lambda one: one.day)
    ordered = all(later.day.surely_after(earlier.day) for earlier, later in pairwise(dated))
    return tuple(dated) if ordered else ()


def size_before(lesion: Lesion) -> Millimetres | None:
    """Return the last earlier size; None where there is none, or where it is open which was last."""
    sizes = lesion.earlier_sizes or ()
    if len(sizes) == 1:
        return sizes[0].mm
    dated = in_order(lesion)
    return dated[-1].size if dated and len(dated) == len(sizes) else None


def growth(case: Case, lesion: Lesion) -> tuple[Step, ...]:
    """Return the changes up to the present size: since the last dated one, and since the first where that differs."""
    now, before, imaged = lesion.diameter_mm, in_order(lesion), case.brain.imaging_date
    if now is None or not before or (imaged and before[-1].day.surely_after(imaged)):
        return ()
    measured = dict.fromkeys((before[-1], before[0]))
    return tuple(step for one in measured if (step := _step(one, now)))


def _step(before: Measured, now: Millimetres) -> Step | None:
    was = before.size
    if was.low is None or was.high is None or now.low is None or now.high is None:
        return None
    percent = (now.low - was.low) / was.low * 100 if was.exact and now.exact is not None else None
    return Step(before.day, round(now.low - was.high, 2), round(now.high - was.low, 2), percent)
