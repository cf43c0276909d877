"""What each department is asked for a meeting: a few plain questions per case, those that decide most first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from her2board.briefing.packet import Agenda, Item
from her2board.briefing.requests import DEPARTMENTS, Request
from her2board.wording import tr

MOST = 5
"""Questions to a department about one case; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What one department is asked about one case."""

    number: int
    """Of the case on the agenda."""
    item: Item
    requests: tuple[Request, ...]
    more: int
    """Questions beyond these."""

    @property
    def more_words(self) -> str:
        """How many more questions there are; empty where there are none."""
        return tr("+{n} more in the annex").format(n=self.more) if self.more else ""


def departments(agenda: Agenda) -> Iterator[str]:
    """Yield the departments that are asked anything."""
    for department in DEPARTMENTS:
        if any(request.department == department for item in agenda.items for request in item.requests):
            yield department


def asked_of(department: str, agenda: Agenda, most: int = MOST) -> tuple[Asked, ...]:
    """Return the cases about which a department is asked, with at most so many questions each."""
    found = []
    for number, item in enumerate(agenda.items, 1):
        owed = [request for request in item.requests if request.department == department]
        if owed:
            found.append(Asked(number, item, tuple(owed[:most]), max(len(owed) - most, 0)))
    return tuple(found)


def asked_words(request: Request) -> Sequence[str]:
    """Return whether something was asked before, of whom and by when; the due day last, marked where it is over."""
    due = tr("due {day}").format(day=request.due) if request.due else ""
    return [request.state, request.owner, tr("{due}: LATE").format(due=due) if due and request.late else due]
