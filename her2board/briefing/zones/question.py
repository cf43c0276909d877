"""The question for the board, and what is new since the case was last discussed."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from her2board.briefing.formats import joined, not_recorded, says, sentences, typed
from her2board.briefing.model import Part, Run, Words
from her2board.briefing.zones.base import Form, Sources, Zone, alone
from her2board.briefing.zones.texts import FEWEST, QUESTION_TOO, QUESTION_TOO_AT, clip, text_forms
from her2board.case.model import Case
from her2board.wording import tr

_LEAST, _LEAST_NEW = 280, 180
"""Characters that the question and the news keep until little else is left."""


class QuestionZone(Struct, frozen=True):
    """What is asked, and what is new."""

    title: str
    asked: Words
    new: Words
    before: Words = ()
    """The last decision and whether it was carried out; who proposes whole-brain radiation."""

    @property
    def new_and_before(self) -> Words:
        """What is new, and what came before, in one paragraph."""
        return sentences(self.new, self.before)


def _compose(sources: Sources) -> QuestionZone:
    case, meeting = sources.case, sources.case.meeting
    asked = typed("meeting.question", meeting.question) if meeting.question else not_recorded(case, "meeting.question")
    since = meeting.last_discussed
    label = tr("New since {date}. ").format(date=since.shown()) if since else tr("New. ")
    news = (
        typed("meeting.new_since", meeting.new_since) if meeting.new_since else not_recorded(case, "meeting.new_since")
    )
    new = (Run(label, "muted", origin=("case:meeting.last_discussed",)), *news)
    before = joined((_last_decision(case), _proposal(case)), " ")
    return QuestionZone(tr("Question for the board"), asked, new, before)


def _last_decision(case: Case) -> Words:
    """Return what was decided last, whether it was carried out, and what was said of that; nothing of no decision."""
    meeting, carried_out = case.meeting, "meeting.last_decision_carried_out"
    decision, done, note = meeting.last_decision, meeting.last_decision_carried_out, meeting.last_decision_note
    if decision is None and done is None and note is None:
        return ()
    what = (
        typed("meeting.last_decision", decision.rstrip("."))
        if decision
        else not_recorded(case, "meeting.last_decision")
    )
    if done is not None:
        outcome: Words = (
            Run(
                tr(done.label), "plain" if done == "yes" else "bold", origin=(f"case:{carried_out}", *says(carried_out))
            ),
        )
    else:
        outcome = (
            Run(tr("whether it was carried out: "), origin=(f"gap:{carried_out}",)),
            *not_recorded(case, carried_out),
        )
    why = (Run(" ("), *typed("meeting.last_decision_note", note), Run(")")) if note else ()
    return (Run(tr("Last decision. "), "muted"), *what, Run(" \N{EN DASH} "), *outcome, *why, Run("."))


def _proposal(case: Case) -> Words:
    """Return who proposes whole-brain radiation; that nobody has said so where it is recorded as proposed."""
    by, path = case.meeting.wbrt_proposed_by, "meeting.wbrt_proposed_by"
    if by is None and not case.meeting.wbrt_proposed:
        return ()
    who = typed(path, by.rstrip(".")) if by else not_recorded(case, path)
    return (Run(tr("WBRT proposed by: "), "muted"), *who, Run("."))


def _outline(zone: QuestionZone) -> Iterator[Part]:
    yield Part(zone.title, alone(zone.asked, zone.new, zone.before))


def _clipped(zone: QuestionZone, most: int) -> QuestionZone:
    return replace(
        zone,
        asked=clip(zone.asked, max(most, _LEAST)),
        new=clip(zone.new, max(most, _LEAST_NEW)),
        before=clip(zone.before, max(most, _LEAST_NEW)),
    )


def _fewest(zone: QuestionZone) -> QuestionZone:
    return replace(
        zone,
        asked=clip(zone.asked, 6 * FEWEST),
        new=clip(zone.new, 2 * FEWEST),
        before=clip(zone.before, 2 * FEWEST, FEWEST),
    )


def _short(zone: QuestionZone) -> QuestionZone:
    return replace(zone, asked=clip(zone.asked, 160), new=clip(zone.new, 60), before=clip(zone.before, 60))


ZONE = Zone(
    QuestionZone,
    _compose,
    shorter=(*text_forms(_clipped, _fewest), Form(QUESTION_TOO_AT, _short, QUESTION_TOO)),
    outline=_outline,
)
