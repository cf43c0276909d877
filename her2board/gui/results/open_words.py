"""What is still open in a case, in words for one line."""

from collections.abc import Sequence

from her2board.assessment.model import Gap
from her2board.assessment.open_points import OpenPoints
from her2board.wording import tr

_NAMED = 4
"""Open points named in one line."""


def gap_words(gap: Gap) -> str:
    """Return the label of a gap with what is said about it."""
    return tr("{label}: {words}").format(label=tr(gap.label), words=gap.words) if gap.words else tr(gap.label)


def missing_words(points: OpenPoints) -> str:
    """Return what is open, group by group; empty when nothing is."""
    groups = (
        (tr("Not recorded: {fields}"), points.needed),
        (tr("Out of date: {fields}"), points.stale),
        (tr("Contradictions: {fields}"), points.contradicted),
        (tr("Not heard: {fields}"), points.unheard),
    )
    return " ".join(words.format(fields=_first_labels(gaps)) + "." for words, gaps in groups if gaps)


def _first_labels(gaps: Sequence[Gap]) -> str:
    """Return the first labels, and how many more there are."""
    labels = ", ".join(tr(gap.label).rstrip(".") for gap in gaps[:_NAMED])
    return labels + (tr(" and {n} more").format(n=len(gaps) - _NAMED) if len(gaps) > _NAMED else "")
