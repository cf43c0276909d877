"""What each department or person is asked for a meeting: few plain questions a case, what decides most first."""

from collections.abc import Sequence

from msgspec import Struct

from her2board.briefing.packet import Agenda, Grouping, Item
from her2board.briefing.requests import DEPARTMENTS, Request
from her2board.wording import tr

MOST = 5
"""Questions to one of them about one case; the rest is counted."""


class Asked(Struct, frozen=True):
    """What one of them is asked about one case."""

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


class Addressee(Struct, frozen=True):
    """A department, or a person of whom something was asked."""

    key: str
    name: str

    def is_asked(self, request: Request, grouped: Grouping) -> bool:
        """Return whether a request goes to this one."""
        return _key(request, grouped) == self.key


def addressees(agenda: Agenda, grouped: Grouping = "department") -> tuple[Addressee, ...]:
    """Return who is asked anything: persons by name, then departments in their order."""
    asked: dict[str, str] = {}
    for item in agenda.items:
        for request in item.requests:
            key = _key(request, grouped)
            asked.setdefault(key, key if key in DEPARTMENTS else request.owner.strip())
    persons = sorted((key for key in asked if key not in DEPARTMENTS), key=lambda key: asked[key].casefold())
    return tuple(Addressee(key, asked[key]) for key in (*persons, *DEPARTMENTS) if key in asked)


def _key(request: Request, grouped: Grouping) -> str:
    owner = " ".join(request.owner.split()).casefold()
    return owner if owner and grouped == "owner" else request.department


def asked_of(
    addressee: Addressee, agenda: Agenda, most: int = MOST, grouped: Grouping = "department"
) -> tuple[Asked, ...]:
    """Return the cases about which somebody is asked, with at most so many questions each.

    What was asked already, of somebody or for a day, is never left out.
    """
    found = []
    for number, item in enumerate(agenda.items, 1):
        owed = [request for request in item.requests if addressee.is_asked(request, grouped)]
        if owed:
            asked = {request.path for request in owed if request.owner or request.due}
            asked |= {request.path for request in owed[: max(most - len(asked), 0)]}
            kept = tuple(request for request in owed if request.path in asked)
            found.append(Asked(number, item, kept, len(owed) - len(kept)))
    return tuple(found)


def asked_words(request: Request) -> Sequence[str]:
    """Return whether something was asked before, of whom and by when; the due day last, marked where it is over."""
    due = tr("due {day}").format(day=request.due) if request.due else ""
    return [request.state, request.owner, tr("{due}: LATE").format(due=due) if due and request.late else due]
