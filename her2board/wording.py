"""Translation marks shared by the screen and the page."""

from gettext import gettext as tr
from gettext import ngettext as trn

__all__ = ["tr", "trn"]
