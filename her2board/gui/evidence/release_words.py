"""Version, date and age of a release in words, with a mark when it is due for review."""

from datetime import date

from her2board.briefing.formats import changed_locally
from her2board.case.dates import PartialDate
from her2board.evidence.library import EvidenceLibrary
from her2board.wording import tr, trn


def release_words(library: EvidenceLibrary, today: date) -> str:
    """Return version, date, age and review date of a release."""
    release, age = library.release, library.age_days(today)
    words = tr("Evidence {version} of {date} ({old}), review by {review}; recruitment not checked").format(
        version=release.version, date=_day(release.as_of), old=_age(age), review=_day(release.review_by)
    )
    if not library.as_reviewed:
        words = f"⚠ {changed_locally()} {words}"
    if age < 0:
        clock = tr("The clock of this computer says {today}: it may be set back, and ages of facts are counted by it")
        return f"⚠ {words}. {clock.format(today=PartialDate.from_day(today).shown())}"
    state = release.age_state(today)
    if state == "out_of_date":
        return f"⚠ {words}. " + tr("OUT OF DATE")
    return f"⚠ {words}. " + tr("Review due") if state == "review_due" else words


def release_line(library: EvidenceLibrary, today: date) -> str:
    """Return version, date and age of a release in a few words."""
    release, age = library.release, library.age_days(today)
    words = tr("Evidence {version}, {date} ({old})").format(
        version=release.version, date=_day(release.as_of), old=_age(age)
    )
    if not library.as_reviewed:
        return f"⚠ {tr('Evidence changed locally')}: {release.version}, {_day(release.as_of)}"
    if age < 0:
        return f"⚠ {words}: {tr('is the clock of this computer right?')}"
    state = release.age_state(today)
    if state == "out_of_date":
        return f"⚠ {words}: {tr('OUT OF DATE')}"
    return f"⚠ {words}: {tr('review due')}" if state == "review_due" else words


def _day(day: str) -> str:
    return PartialDate.parse(day).shown()


def _age(days: int) -> str:
    if days < 0:
        return tr("dated after today")
    return trn("{age} day old", "{age} days old", days).format(age=days)
