"""The question for the board, and what is new since the case was last discussed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from her2board.briefing.formats import not_recorded, typed
from her2board.briefing.model import Line, Part, Run, Words
from her2board.briefing.zones.base import Form, Sources, Zone
from her2board.briefing.zones.texts import FEWEST, QUESTION_TOO, QUESTION_TOO_AT, clip, text_forms
from her2board.wording import tr

_LEAST, _LEAST_NEW = 280, 180
"""Characters that the question and the news keep until little else is left."""


@dataclass(frozen=True, slots=True)
class QuestionZone:
    """What is asked, and what is new."""

    title: str
    asked: Words
    new: Words


def _compose(sources: Sources) -> QuestionZone:
    case, meeting = sources.case, sources.case.meeting
    asked = typed("meeting.question", meeting.question) if meeting.question else not_recorded(case, "meeting.question")
    since = meeting.last_discussed
    label = tr("New since {date}. ").format(date=since.shown()) if since else tr("New. ")
    news = (
        typed("meeting.new_since", meeting.new_since) if meeting.new_since else not_recorded(case, "meeting.new_since")
    )
    new = (Run(label, "muted", origin=("case:meeting.last_discussed",)), *news)
    return QuestionZone(tr("Question for the board"), asked, new)


def _outline(zone: QuestionZone) -> Iterator[Part]:
    yield Part(zone.title, (Line("", zone.asked), Line("", zone.new)))


def _clipped(zone: QuestionZone, most: int) -> QuestionZone:
    return replace(zone, asked=clip(zone.asked, max(most, _LEAST)), new=clip(zone.new, max(most, _LEAST_NEW)))


def _fewest(zone: QuestionZone) -> QuestionZone:
    return replace(zone, asked=clip(zone.asked, 6 * FEWEST), new=clip(zone.new, 2 * FEWEST))


def _short(zone: QuestionZone) -> QuestionZone:
    return replace(zone, asked=clip(zone.asked, 160), new=clip(zone.new, 60))


ZONE = Zone(
    QuestionZone,
    _compose,
    shorter=(*text_forms(_clipped, _fewest), Form(QUESTION_TOO_AT, _short, QUESTION_TOO)),
    outline=_outline,
)
