"""References, release, version, hash and intended use."""

from collections.abc import Iterator

from msgspec import Struct

from her2board import builds
from her2board.briefing.formats import changed_locally, joined, not_reviewed
from her2board.briefing.local_words import whose
from her2board.briefing.model import Part, Words
from her2board.briefing.zones.base import Sources, Zone, alone
from her2board.wording import tr


class FooterZone(Struct, frozen=True):
    """What the page rests on."""

    release: str
    program: str
    intended_use: str
    secondary: str
    """What the mark of a secondary figure means."""
    references: tuple[Words, ...] = ()
    local: str = ""
    """Whose the words marked as local are, where there are any."""
    content: str = ""
    """The hash of this page and its case, or what keeps room for it; empty where none is printed."""


def _compose(sources: Sources) -> FooterZone:
    library, release = sources.library, sources.library.release
    age = library.age_days(sources.assessment.as_of)
    words = tr("Evidence\N{NO-BREAK SPACE}{version} of {as_of}, review by {review_by}").format(
        version=f"{release.version}+{library.content_hash[:8]}", as_of=release.as_of, review_by=release.review_by
    )
    state = release.age_state(sources.assessment.as_of)
    if state == "out_of_date":
        words = tr("{words}; OUT OF DATE: {age} days old").format(words=words.upper(), age=age)
    elif state == "review_due":
        words = tr("{words}; {age} days old, review due").format(words=words, age=age)
    if not library.as_reviewed:
        words = f"{changed_locally()} {words}"
    if sources.unreviewed:
        words = f"{not_reviewed()} {words}"
    return FooterZone(
        release=words + tr("; recruitment not checked"),
        program=f"her2board {builds.version()}",
        intended_use=builds.intended_use(),
        secondary=tr("\N{DAGGER} secondary report."),
        local=whose(sources.assessment.local) if sources.assessment.local else "",
    )


def _outline(zone: FooterZone) -> Iterator[Part]:
    yield Part(tr("References"), alone(joined(zone.references)))


ZONE = Zone(FooterZone, _compose, outline=_outline)
