"""How old the evidence is, in words for every layout; nothing is said while it is current."""

from datetime import date

from her2board.case.dates import PartialDate
from her2board.evidence.library import EvidenceLibrary
from her2board.wording import tr

_YEAR = 365


def age_notice(library: EvidenceLibrary, day: date) -> str:
    """Return the age of the release once its review is due; empty before."""
    release = library.release
    state = release.age_state(day)
    if state == "current":
        return ""
    dates = {"date": _shown(release.as_of), "due": _shown(release.review_by), "age": _age(release.age_days(day))}
    if state == "review_due":
        return tr("Evidence of {date} is {age}; it was to be reviewed by {due}.").format(**dates)
    words = tr("EVIDENCE OUT OF DATE: of {date}, {age}. What was published or approved since is missing.")
    return words.format(**dates)


def age_brief(library: EvidenceLibrary, day: date) -> str:
    """Return the age of the release in a few words once its review is due; empty before."""
    state, age = library.release.age_state(day), _age(library.age_days(day))
    if state == "out_of_date":
        return tr("EVIDENCE OUT OF DATE: {age}").format(age=age)
    return tr("Evidence {age}").format(age=age) if state == "review_due" else ""


def out_of_date(library: EvidenceLibrary, day: date) -> str:
    """Return what is said beside cohorts and options of a release that is out of date; empty before."""
    if library.release.age_state(day) != "out_of_date":
        return ""
    return tr("Evidence out of date: {age}").format(age=_age(library.age_days(day)))


def _age(days: int) -> str:
    if days > _YEAR:
        return tr("more than a year old ({n} days)").format(n=days)
    return tr("{n} days old").format(n=days)


def _shown(day: str) -> str:
    return PartialDate.parse(day).shown()
