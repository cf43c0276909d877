"""Points to check: what disagrees in the case, and what is out of date."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from her2board.briefing.formats import sentence
from her2board.briefing.model import Line, Part, Run, Words
from her2board.briefing.zones.base import Form, Note, Sources, Zone
from her2board.briefing.zones.texts import FEWEST, beginning, text_forms
from her2board.case.fields import field_path
from her2board.wording import tr


class CheckZone(Struct, frozen=True):
    """Points to check, and how many more there are."""

    title: str
    points: tuple[Words, ...]
    left_out: int = 0


def _compose(sources: Sources) -> CheckZone | None:
    assessment = sources.assessment
    found = [(c.text, tuple(f"case:{field_path(path)}" for path in c.fields)) for c in assessment.contradictions]
    found += [
        (f"{gap.label}: {gap.words}", (f"case:{gap.path}", "count:days since then"))
        for gap in assessment.readiness.stale
    ]
    points = tuple((Run(sentence(text), origin=origin),) for text, origin in found)
    return CheckZone(tr("To check in this case"), points) if points else None


def _outline(zone: CheckZone) -> Iterator[Part]:
    yield Part(zone.title, tuple(Line("", words) for words in zone.points))


def _clipped(zone: CheckZone, most: int) -> CheckZone:
    return replace(zone, points=tuple(beginning(words, most) for words in zone.points))


def _fewest(zone: CheckZone) -> CheckZone:
    return _clipped(zone, 4 * FEWEST)


def _first(at: int, most: int) -> Form[CheckZone]:
    def shorten(zone: CheckZone) -> CheckZone:
        left = max(len(zone.points) - most, 0)
        return replace(zone, points=zone.points[:most], left_out=zone.left_out + left)

    return Form(at, shorten, _MORE)


_MORE: Note[CheckZone] = Note(
    "points_to_check", lambda n: tr("points to check: +{n}").format(n=n), lambda zone: zone.left_out
)
ZONE = Zone(
    CheckZone,
    _compose,
    shorter=(*text_forms(_clipped, _fewest), _first(50, 5), _first(160, 3), _first(300, 1)),
    outline=_outline,
)
