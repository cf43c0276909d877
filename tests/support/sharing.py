"""Divides the tests between processes so that what is expensive to make is made by one of them only."""

from xdist.scheduler import LoadFileScheduling

_FOLDERS = {"packaging": "wheel", "packet": "packets", "pdf": "pages", "briefing": "pages"}
"""What the tests of a folder share beyond their file: an installed wheel, the packets and the pages of the examples."""


class Sharing(LoadFileScheduling):
    """Gives all tests of a file to one process, and all tests of folders that share something.

    By their places, as the marks for groups of pytest-xdist 3.8 have no effect with pytest 9.2.
    """

    def _split_scope(self, nodeid: str) -> str:
        """Return what the tests that stay together have in common."""
        file = super()._split_scope(nodeid)
        return _FOLDERS.get(file.split("/")[1], file)
