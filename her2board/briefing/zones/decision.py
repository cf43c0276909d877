"""The decision: what was recorded of it, or lines to write it on."""

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from her2board.briefing.formats import joined, typed, worded
from her2board.briefing.model import Line, Part, Run, Words
from her2board.briefing.zones.base import Form, Note, Sources, Zone
from her2board.briefing.zones.texts import FEWEST, clip, text_forms
from her2board.case.dates import PartialDate
from her2board.wording import tr


class DecisionZone(Struct, frozen=True):
    """What was decided; no words where nothing is recorded yet."""

    title: str
    words: Words
    signed: bool = False
    """Whether the owner of the decision is recorded, so that no line waits for a name."""
    brief: Words = ()
    """The same without who tells the patient, when it was decided and who owns the MRI, for the fullest pages."""


def _compose(sources: Sources) -> DecisionZone:
    board = sources.case.board
    owner = _said(tr("Owner: {text}"), "board.decision_owner", board.decision_owner)
    decided = _dated("{date}" if owner else tr("decided {date}"), "board.decision_date", board.decision_date)
    mri = _dated(tr("Next MRI: {date}"), "board.next_mri_date", board.next_mri_date)
    its_owner = _said("{text}" if mri else tr("owner of the MRI: {text}"), "board.next_mri_owner", board.next_mri_owner)
    teller = _said(tr("Tells the patient: {text}"), "board.tells_patient", board.tells_patient)
    first = (
        typed("board.decision", board.decision.rstrip(".")) if board.decision else (),
        _said(tr("Dissent: {text}"), "board.dissent", board.dissent),
        _said(tr("Fallback: {text}"), "board.fallback", board.fallback),
    )
    words = _sentences((*first, joined((owner, decided), ", "), teller, joined((mri, its_owner), ", ")))
    brief = _sentences((*first, owner, mri))
    return DecisionZone(tr("Decision"), words, bool(owner), brief if brief != words else ())


def _sentences(parts: Iterable[Words]) -> Words:
    words = joined(parts, ". ")
    return (*words, Run(".")) if words else ()


def _dated(template: str, path: str, day: PartialDate | None) -> Words:
    return worded(template, origin=(f"case:{path}",), date=day.shown()) if day else ()


def _said(template: str, path: str, text: str | None) -> Words:
    return worded(template, text=typed(path, text.rstrip("."))) if text else ()


def _outline(zone: DecisionZone) -> Iterator[Part]:
    blanks = tuple(Line(label, ()) for label in (tr("Decision"), tr("Owner"), tr("By")))
    yield Part(zone.title, (Line("", zone.words),) if zone.words else blanks)


def _clipped(zone: DecisionZone, most: int) -> DecisionZone:
    return replace(zone, words=clip(zone.words, most))


def _fewest(zone: DecisionZone) -> DecisionZone:
    return _clipped(zone, 2 * FEWEST)


def _in_brief(zone: DecisionZone) -> DecisionZone:
    """Leave to the annex when it was decided, who tells the patient, and who owns the MRI."""
    return _fewest(replace(zone, words=zone.brief, brief=())) if zone.brief else zone


_DETAILS: Note[DecisionZone] = Note("decision", lambda _: tr("who carries out the decision: in the annex"))
ZONE = Zone(
    DecisionZone,
    _compose,
    shorter=(*text_forms(_clipped, _fewest), Form(445, _in_brief, _DETAILS)),
    outline=_outline,
)
