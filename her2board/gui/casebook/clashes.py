"""What two people changed differently, as lines to choose from: of a case, or of a meeting."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from msgspec import Struct

from her2board.case.differences import TEXTS, Difference, differences
from her2board.case.edit import with_absence, with_value
from her2board.case.kept import with_sentences_of
from her2board.case.model import Case
from her2board.case.plain import plain_at
from her2board.case.terms import Term
from her2board.casebook.meeting_edits import Clash, settled
from her2board.casebook.model import Attendance, BoardMeeting, Listing
from her2board.gui.base import shown
from her2board.gui.base.words import differing
from her2board.wording import Marked, day_words, tr

FIELDS: dict[str, Marked] = {
    "": "On the list",
    "order": "Order of the cases",
    "attendance": "Attendance",
    "day": "Day of the meeting",
    "board": "Board",
    "place": "Place",
    "closed": "Meeting closed",
    "reason": "Why it is listed",
    "status": "Status",
    "list_only": "List only",
    "prospective": "Discussed before treatment",
    "not_ready_because": "Not ready because",
    "minutes": "Minutes",
    "seconds": "Time discussed (seconds)",
    "outcome.decision": "Decision",
    "outcome.dissent": "Dissent",
    "outcome.fallback": "Fallback",
    "outcome.owner": "Owner of the decision",
    "outcome.due": "Due",
    "outcome.tells_patient": "Who tells the patient",
    "outcome.deferred": "Deferred",
    "outcome.deferral_reason": "Why deferred",
    "outcome.trial_mentioned": "Trial mentioned",
    "outcome.wbrt_proposed": "WBRT proposed",
    "outcome.wbrt_outcome": "What became of WBRT",
    "outcome.carried_out": "Carried out",
    "outcome.carried_out_on": "Carried out on",
    "outcome.carried_out_note": "What of it was carried out, or why it was not",
}
"""Names of what a meeting keeps, as the screens show them."""


class Line(Struct, frozen=True):
    """One thing that is not the same on both sides."""

    key: str
    label: str
    mine: str
    theirs: str
    side: str = ""
    """'mine' or 'theirs' where only that side changed it, which is then chosen to begin with; else empty."""


class MeetingClash(Struct, frozen=True):
    """A meeting as both sides' changes make it, and what is left to choose."""

    stored: BoardMeeting
    """As it is in the casebook."""
    both: BoardMeeting
    clashes: tuple[Clash, ...]
    version: int
    by: str
    at: datetime

    def lines(self, code: Callable[[str], str]) -> tuple[Line, ...]:
        """Return a line for each clash; ``code`` names a case."""
        return tuple(self._line(place, clash, code) for place, clash in enumerate(self.clashes))

    def _line(self, place: int, clash: Clash, code: Callable[[str], str]) -> Line:
        label = ": ".join(filter(None, (code(clash.case_id), tr(FIELDS[clash.field]))))
        return Line(str(place), label, _said(clash.ours, code), _said(clash.theirs, code))

    def settled(self, sides: Mapping[str, str]) -> BoardMeeting:
        """Return the meeting with the side chosen for each line."""
        return settled(self.both, [one for place, one in enumerate(self.clashes) if sides[str(place)] == "mine"])


def _said(value: Any, code: Callable[[str], str]) -> str:
    match value:
        case None | "":
            return tr(shown.NOT_RECORDED)
        case Term():
            return tr(value.label)
        case bool():
            return tr("yes") if value else tr("no")
        case date():
            return day_words(value)
        case Listing():
            return tr("on the list")
        case tuple() if value and isinstance(value[0], Attendance):
            return ", ".join(tr(one.discipline.label) for one in value if one.present)
        case tuple():
            return ", ".join(map(code, value))
        case _:
            return str(value)


class CaseClash(Struct, frozen=True):
    """A case that two people changed: as it was, as it is here, and as somebody else saved it."""

    base: Case | None
    """None where both share no version."""
    ours: Case
    theirs: Case
    version: int
    """Number of the version that is stored."""
    by: str
    at: datetime
    case_id: str = ""

    def lines(self) -> tuple[Line, ...]:
        """Return a line for every field that is not the same on both sides, in the order of the form."""
        here = _changed(self.base, self.ours) if self.base else _changed(self.theirs, self.ours)
        there = _changed(self.base, self.theirs) if self.base else here
        lines = []
        for path, found in _by_path(differences(self.theirs, self.ours)).items():
            said = [differing(one) for one in found]
            label = tr(found[0].field.info.label)
            side = "" if path in here and path in there else "mine" if path in here else "theirs"
            lines.append(Line(path, label, _sides(said, 2), _sides(said, 1), side))
        return tuple(lines)

    def settled(self, sides: Mapping[str, str]) -> Case:
        """Return the case with the side chosen for each line; CaseError where they do not go together."""
        case = self.theirs
        for path in (path for path, side in sides.items() if side == "mine"):
            if path == TEXTS.path:
                case = case.model_copy(update={"texts": self.ours.texts})
                continue
            absence = self.ours.absences.get(path)
            case = with_value(case, path, plain_at(self.ours, path))
            case = with_sentences_of(with_absence(case, path, absence), path, self.ours)
        return case


def _changed(before: Case, after: Case) -> set[str]:
    return {found.field.path for found in differences(before, after)}


def _by_path(found: Sequence[Difference]) -> dict[str, list[Difference]]:
    by_path: dict[str, list[Difference]] = {}
    for one in found:
        by_path.setdefault(one.field.path, []).append(one)
    return by_path


def _sides(said: Sequence[tuple[str, str, str]], place: int) -> str:
    """Return what one side has of a field; of several entries each with its name."""
    if len(said) == 1:
        return said[0][place]
    return "\n".join(f"{one[0]}: {one[place]}" for one in said)
