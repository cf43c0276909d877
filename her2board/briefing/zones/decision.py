"""The decision: what was recorded of it, or lines to write it on."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from her2board.briefing.formats import joined, typed, worded
from her2board.briefing.model import Line, Part, Run, Words
from her2board.briefing.zones.base import Sources, Zone
from her2board.briefing.zones.texts import FEWEST, clip, text_forms
from her2board.wording import tr


class DecisionZone(Struct, frozen=True):
    """What was decided; no words where nothing is recorded yet."""

    title: str
    words: Words


def _compose(sources: Sources) -> DecisionZone:
    board = sources.case.board
    next_mri = board.next_mri_date
    parts = (
        typed("board.decision", board.decision.rstrip(".")) if board.decision else (),
        _said(tr("Dissent: {text}"), "board.dissent", board.dissent),
        _said(tr("Fallback: {text}"), "board.fallback", board.fallback),
        _said(tr("Owner: {text}"), "board.decision_owner", board.decision_owner),
        worded(tr("Next MRI: {date}"), origin=("case:board.next_mri_date",), date=next_mri.shown()) if next_mri else (),
    )
    words = joined(parts, ". ")
    return DecisionZone(tr("Decision"), (*words, Run(".")) if words else ())


def _said(template: str, path: str, text: str | None) -> Words:
    return worded(template, text=typed(path, text.rstrip("."))) if text else ()


def _outline(zone: DecisionZone) -> Iterator[Part]:
    blanks = tuple(Line(label, ()) for label in (tr("Decision"), tr("Owner"), tr("By")))
    yield Part(zone.title, (Line("", zone.words),) if zone.words else blanks)


def _clipped(zone: DecisionZone, most: int) -> DecisionZone:
    return replace(zone, words=clip(zone.words, most))


def _fewest(zone: DecisionZone) -> DecisionZone:
    return _clipped(zone, 2 * FEWEST)


ZONE = Zone(DecisionZone, _compose, shorter=text_forms(_clipped, _fewest), outline=_outline)
