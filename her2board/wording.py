"""Translation marks shared by the screen and the page."""

from datetime import date
from gettext import NullTranslations

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_catalogue = NullTranslations()
"""One catalogue for the run: looking it up on disk for every phrase costs more than an assessment."""


def tr(message: str) -> str:
    """Return ``message`` in the language of the program."""
    return _catalogue.gettext(message)


def trn(singular: str, plural: str, n: int) -> str:
    """Return the form for ``n`` things in the language of the program."""
    return _catalogue.ngettext(singular, plural, n)


def day_words(day: date) -> str:
    """Return a day as screen and page write it: '12 Mar 2026'."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
