"""Translation marks shared by the screen and the page."""

from gettext import NullTranslations

_catalogue = NullTranslations()
"""One catalogue for the run: looking it up on disk for every phrase costs more than an assessment."""


def tr(message: str) -> str:
    """Return ``message`` in the language of the program."""
    return _catalogue.gettext(message)


def trn(singular: str, plural: str, n: int) -> str:
    """Return the form for ``n`` things in the language of the program."""
    return _catalogue.ngettext(singular, plural, n)
