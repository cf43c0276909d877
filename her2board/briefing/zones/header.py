"""Who and when: case code, meeting, people, what is open, draft or final."""

from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from her2board.briefing.evidence_age import age_brief, age_notice
from her2board.briefing.formats import MIDDLE_DOT, joined, listed_runs, sentence, typed, worded
from her2board.briefing.model import Run, Words
from her2board.briefing.zones.base import Form, Sources, Zone
from her2board.briefing.zones.texts import FEWEST, QUESTION_TOO, QUESTION_TOO_AT, clip, text_forms
from her2board.case.catalogue.tumour import her2_over_specimens
from her2board.case.dates import PartialDate
from her2board.case.model import Case
from her2board.case.terms import spoken
from her2board.logic.values import Among, Facts, Span
from her2board.wording import tr, trn

_NO_LINE_LEFT_AT = 449
"""After everything else: the age of the evidence is worth its line."""
_PLACE = 40
"""Characters that the site of a specimen keeps in the line of the subject."""
_LEAST = 150
"""Characters that meeting and people keep together until little else is left."""


class HeaderZone(Struct, frozen=True):
    """Case code, meeting and people."""

    code: str
    subject: Words
    """What the case is about, from its facts: receptor, number and status of the metastases, leptomeninges."""
    meeting: Words
    prepared: Words
    state: Words
    """How much is open, and draft or final: for layouts that do not name what is open."""
    status: str = ""
    """'Published case' or 'invented case' where it is one."""
    identity: str = ""
    """Name and record number; empty unless they were switched on for this export."""
    evidence: Words = ()
    """How old the evidence is, once its review is due."""
    evidence_brief: str = ""
    """The same in a few words, for a page that has no line left for it."""

    @property
    def about(self) -> Words:
        """The subject, and whether it is a published or an invented case."""
        return joined(
            (self.subject, (Run(self.status, "muted", origin=("case:origin",)),) if self.status else ()), "; "
        )


def _compose(sources: Sources) -> HeaderZone:
    case, assessment = sources.case, sources.assessment
    missing = len(assessment.readiness.outstanding)
    open_items = trn("{n} required item open", "{n} required items open", missing).format(n=missing)
    today = "" if sources.dated else tr(" (today)")
    as_of = tr("as of {date}").format(date=_day(assessment.as_of)) + today if today or not _on_its_day(sources) else ""
    as_of_words: Words = (Run(as_of, origin=("run:day of the discussion",)),) if as_of else ()
    role = Run(_role(case, missing), origin=("case:status",))
    state = (Run(f"{open_items}{MIDDLE_DOT}", origin=("count:required items open",)), role)
    statuses = {"published": tr("published case"), "invented": tr("invented case")}
    return HeaderZone(
        code=tr("Case {code}").format(code=case.code),
        subject=_subject(sources.case, assessment.facts),
        meeting=_meeting(case),
        prepared=joined((as_of_words, (role,), _prepared_by(case))),
        state=state,
        status=statuses.get(case.origin, ""),
        identity=_identity(case) if sources.identified else "",
        evidence=_dated(age_notice(sources.library, assessment.as_of)),
        evidence_brief=age_brief(sources.library, assessment.as_of),
    )


def _dated(words: str) -> Words:
    return (Run(words, "bold", origin=("release:dates",)),) if words else ()


def _on_its_day(sources: Sources) -> bool:
    """Return whether the page is made for the day of the meeting it names."""
    day = sources.case.meeting.date
    return day is not None and day.span.low == day.span.high == sources.assessment.as_of


def _subject(case: Case, facts: Facts) -> Words:
    return joined((_receptor(case, facts), _metastases(facts), _meninges(facts)), "; ")


def _receptor(case: Case, facts: Facts) -> Words:
    """Return the HER2 status; with the specimen it is of, where another disagrees or was not tested."""
    reading = facts.read("her2_status")
    possible = reading.value.possible if isinstance(reading.value, Among) else frozenset[str | bool]()
    unknown = tr("open") if her2_over_specimens(case).open else tr("not recorded")
    status = tr(" or ").join(sorted(spoken(str(one)) for one in possible)) or unknown
    said = Run(tr("HER2 {status}").format(status=status), "bold", origin=("fact:her2_status",))
    over = her2_over_specimens(case)
    one = over.of if over.discordant or over.untested else None
    if one is None or not possible:
        return (said,)
    site = typed("tumour.specimens", one.site, "bold") if one.site else ()
    day = one.day.span.low if one.day else None
    year = (Run(str(day.year), "bold", origin=("case:tumour.specimens",)),) if day else ()
    where = joined((site, year), ", ")
    return (said, Run(" (", "bold"), *where, Run(")", "bold")) if where else (said,)


def _metastases(facts: Facts) -> Words:
    """Return how many metastases the brain has, and their status."""
    count, class_ = facts.read("lesion_count"), facts.read("cns_class")
    origin = ("fact:brain_metastases", "fact:lesion_count", "fact:cns_class")
    if facts.read("brain_metastases").value == Among.exactly(False):
        treated = facts.read("prior_local_therapy").value == Among.exactly(True)
        words = tr("no brain metastasis left") if treated else tr("no brain metastases")
        return (Run(words, "bold", origin=(*origin, "fact:prior_local_therapy")),)
    if not facts.recorded("brain_metastases") and not count.is_recorded:
        return (Run(tr("brain metastases not recorded"), origin=origin),)
    if count.is_recorded:
        one = count.value == Span.exactly(1)
        words = trn("{n} brain metastasis", "{n} brain metastases", 1 if one else 2).format(n=count.shown)
    else:
        words = tr("brain metastases, number not recorded")
    status = f", {class_.shown}" if class_.is_recorded else tr(", status not recorded")
    return (Run(words + status, "bold", origin=origin),)


def _meninges(facts: Facts) -> Words:
    reading, origin = facts.read("leptomeningeal_status"), ("fact:leptomeningeal_status",)
    if not reading.is_recorded:
        return (Run(tr("leptomeninges not recorded"), origin=origin),)
    if facts.read("leptomeningeal_disease").value == Among.exactly(False):
        return (Run(tr("no leptomeningeal disease"), origin=origin),)
    return (Run(tr("leptomeningeal disease {status}").format(status=reading.shown), "bold", origin=origin),)


def _meeting(case: Case) -> Words:
    """Return place, day and who presents, with the number to call back; what is not recorded of them together."""
    meeting = case.meeting
    board = tr("Tumour board {date}").format(date=meeting.date.shown()) if meeting.date else ""
    who = typed("meeting.consultant", meeting.consultant) if meeting.consultant else ()
    call = (Run(" ("), *typed("meeting.call_back", meeting.call_back), Run(")")) if meeting.call_back else ()
    place = typed("meeting.place", meeting.place) if meeting.place else ()
    day = (Run(board, origin=("case:meeting.date",)),) if board else ()
    said = joined((place, day, (*who, *call)))
    return joined((said, _meeting_gaps(case, first=not said)))


def _meeting_gaps(case: Case, first: bool) -> Words:
    """Return 'meeting date, presenter not recorded', each leading to its field; nothing where all are recorded."""
    meeting = case.meeting
    parts = (
        (meeting.date, "meeting.date", tr("meeting date")),
        (meeting.consultant, "meeting.consultant", tr("presenter")),
        (meeting.preparer, "meeting.preparer", tr("preparer")),
    )
    missing = [Run(label, origin=(f"gap:{path}",)) for value, path, label in parts if not value]
    if missing and first:
        missing[0] = replace(missing[0], text=sentence(missing[0].text))
    return (*listed_runs(missing, len(missing)), Run(tr(" not recorded"))) if missing else ()


def _prepared_by(case: Case) -> Words:
    name = case.meeting.preparer
    return worded(tr("by {name}"), name=typed("meeting.preparer", name)) if name else ()


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
    subject = clip(zone.subject, _PLACE)
    return replace(zone, meeting=clip(zone.meeting, most), prepared=clip(zone.prepared, most), subject=subject)


def _short(zone: HeaderZone) -> HeaderZone:
    return replace(zone, meeting=clip(zone.meeting, 70), prepared=clip(zone.prepared, 70))


def _fewest(zone: HeaderZone) -> HeaderZone:
    return replace(
        zone,
        meeting=clip(zone.meeting, 3 * FEWEST, FEWEST),
        prepared=clip(zone.prepared, 2 * FEWEST, FEWEST),
        subject=clip(zone.subject, FEWEST, FEWEST),
    )


def _beside_the_meeting(zone: HeaderZone) -> HeaderZone:
    """Say how old the evidence is in the line of the meeting, without one of its own."""
    if not zone.evidence:
        return zone
    return replace(zone, evidence=(), meeting=joined((_dated(zone.evidence_brief), zone.meeting)))


ZONE = Zone(
    HeaderZone,
    _compose,
    shorter=(
        *text_forms(_clipped, _fewest),
        Form(QUESTION_TOO_AT, _short, QUESTION_TOO),
        Form(_NO_LINE_LEFT_AT, _beside_the_meeting),
    ),
)
