"""Words of a briefing by what they are about, where a case may not have the zone or two zones are alike."""

from her2board.briefing.model import Briefing, Words
from her2board.briefing.zones.alert import AlertZone
from her2board.briefing.zones.brain import BrainZone
from her2board.briefing.zones.checks import CheckZone
from her2board.briefing.zones.patient import PatientZone
from her2board.briefing.zones.rows import Row


def labelled_rows(briefing: Briefing) -> tuple[Row, ...]:
    """Return the rows about brain and patient."""
    return (*briefing.get(BrainZone).rows, *briefing.get(PatientZone).rows)


def alert_words(briefing: Briefing) -> Words:
    """Return what is urgent; nothing where nothing is."""
    alert = briefing.find(AlertZone)
    return alert.words if alert else ()


def points_to_check(briefing: Briefing) -> tuple[Words, ...]:
    """Return the points to check; none where nothing disagrees."""
    checks = briefing.find(CheckZone)
    return checks.points if checks else ()


def points_left_out(briefing: Briefing) -> int:
    """Return how many points to check the page only counts."""
    checks = briefing.find(CheckZone)
    return checks.left_out if checks else 0
