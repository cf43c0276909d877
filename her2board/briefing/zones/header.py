"""Who and when: case code, meeting, people, what is open, draft or final."""

from dataclasses import dataclass, replace
from datetime import date

from her2board.briefing.formats import MIDDLE_DOT, joined, typed, worded
from her2board.briefing.model import Run, Words
from her2board.briefing.zones.base import Form, Sources, Zone
from her2board.briefing.zones.texts import FEWEST, QUESTION_TOO, QUESTION_TOO_AT, clip, text_forms
from her2board.case.dates import PartialDate
from her2board.case.model import Case
from her2board.wording import tr, trn

_LEAST = 150
"""Characters that meeting and people keep together until little else is left."""


@dataclass(frozen=True, slots=True)
class HeaderZone:
    """Case code, meeting and people."""

    code: str
    subject: str
    meeting: Words
    prepared: Words
    state: Words
    """What is open, and draft or final: as in ``prepared``, for layouts without that."""
    status: str = ""
    """'Published case' or 'invented case' where it is one."""
    identity: str = ""
    """Name and record number; empty unless they were switched on for this export."""


def _compose(sources: Sources) -> HeaderZone:
    case, assessment = sources.case, sources.assessment
    missing = len(assessment.readiness.outstanding)
    open_items = trn("{n} required item open", "{n} required items open", missing).format(n=missing)
    today = "" if sources.dated else tr(" (today; no meeting date)")
    as_of = tr("as of {date}").format(date=_day(assessment.as_of)) + today
    state = (Run(open_items, origin=("count:required items open",)), Run(f"{MIDDLE_DOT}{_role(case, missing)}"))
    statuses = {"published": tr("published case"), "invented": tr("invented case")}
    return HeaderZone(
        code=tr("Case {code}").format(code=case.code),
        subject=tr("HER2-positive breast cancer, brain metastases"),
        meeting=_meeting(case),
        prepared=joined(((Run(as_of, origin=("run:day of the discussion",)),), state, _prepared_by(case))),
        state=state,
        status=statuses.get(case.origin, ""),
        identity=_identity(case) if sources.identified else "",
    )


def _meeting(case: Case) -> Words:
    """Return place, day and who presents, with the number to call back."""
    meeting = case.meeting
    board = tr("Tumour board {date}").format(date=meeting.date.shown()) if meeting.date else ""
    words = board or tr("Meeting date not recorded")
    who = (
        typed("meeting.consultant", meeting.consultant) if meeting.consultant else _plain(tr("presenter not recorded"))
    )
    call = (Run(" ("), *typed("meeting.call_back", meeting.call_back), Run(")")) if meeting.call_back else ()
    place = typed("meeting.place", meeting.place) if meeting.place else ()
    return joined((place, (Run(words, origin=("case:meeting.date",)),), (*who, *call)))


def _prepared_by(case: Case) -> Words:
    name = case.meeting.preparer
    return (
        worded(tr("by {name}"), name=typed("meeting.preparer", name)) if name else _plain(tr("preparer not recorded"))
    )


def _plain(text: str) -> Words:
    return (Run(text),)


def _role(case: Case, missing: int) -> str:
    """Return what the page is: a draft as long as anything required is open, whatever somebody called the case."""
    if case.status == "draft":
        return tr("DRAFT")
    return tr("DRAFT, although called final") if missing else tr("final")


def _identity(case: Case) -> str:
    name = case.identity.name or tr("name not recorded")
    number = case.identity.record_number
    record = tr("record number {number}").format(number=number) if number else tr("record number not recorded")
    return f"{name}{MIDDLE_DOT}{record}"


def _day(day: date) -> str:
    return PartialDate.from_day(day).shown()


def _clipped(zone: HeaderZone, most: int) -> HeaderZone:
    most = max(most, _LEAST)
    return replace(zone, meeting=clip(zone.meeting, most), prepared=clip(zone.prepared, most))


def _short(zone: HeaderZone) -> HeaderZone:
    return replace(zone, meeting=clip(zone.meeting, 70), prepared=clip(zone.prepared, 70))


def _fewest(zone: HeaderZone) -> HeaderZone:
    return replace(
        zone, meeting=clip(zone.meeting, 3 * FEWEST, FEWEST), prepared=clip(zone.prepared, 2 * FEWEST, FEWEST)
    )


ZONE = Zone(HeaderZone, _compose, shorter=(*text_forms(_clipped, _fewest), Form(QUESTION_TOO_AT, _short, QUESTION_TOO)))
