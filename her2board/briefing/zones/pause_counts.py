"""Who was heard and what is known before whole-brain radiation, counted."""

from msgspec import Struct

from her2board.assessment.model import PauseResult
from her2board.evidence.terms import PauseGroup
from her2board.wording import tr


class PauseCounts(Struct, frozen=True):
    """Who was heard and what is known before whole-brain radiation, of how many."""

    heard: int
    disciplines: int
    known: int
    points: int

    @property
    def open(self) -> int:
        """Disciplines not heard and points not known."""
        return self.disciplines - self.heard + self.points - self.known

    @property
    def parts(self) -> tuple[str, str]:
        """Each count in words."""
        return (
            tr("{n}/{all} disciplines heard").format(n=self.heard, all=self.disciplines),
            tr("{n}/{all} points known").format(n=self.known, all=self.points),
        )

    @property
    def words(self) -> str:
        """Both counts in words."""
        return ", ".join(self.parts)


def pause_counts(pause: PauseResult) -> PauseCounts:
    """Count the disciplines that every case or this one calls for, and the points that must be known."""
    roles, points = pause.of(PauseGroup.DISCIPLINE), pause.of(PauseGroup.MUST_KNOW)
    return PauseCounts(
        heard=sum(item.state == "heard" for item in roles),
        disciplines=sum(item.state not in ("not_needed", "cannot_tell") for item in roles),
        known=sum(item.state != "open" for item in points),
        points=len(points),
    )
