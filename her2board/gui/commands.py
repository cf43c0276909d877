"""Undoable steps. Each holds the case before and after, so that undo and redo cannot fail."""

from collections.abc import Callable
from zlib import crc32

from PySide6.QtGui import QUndoCommand

from her2board.case.model import Case


class ChangeCase(QUndoCommand):
    """Puts one checked case in the place of another."""

    def __init__(
        self, put: Callable[[Case, str], None], before: Case, after: Case, path: str, text: str, *, merges: bool
    ) -> None:
        super().__init__(text)
        self._put = put
        self._before = before
        self._after = after
        self._path = path
        self._merges = merges

    def id(self) -> int:
        """Return the same number for every step that may merge with this one; -1 for none."""
        return crc32(self._path.encode()) & 0x7FFFFFFF if self._merges else -1

    def mergeWith(self, other: QUndoCommand) -> bool:  # noqa: N802  # reason: Qt's name
        """Take a further edit of the same field into this step."""
        if not isinstance(other, ChangeCase) or other._path != self._path:
            return False
        self._after = other._after
        self.setObsolete(self._after == self._before)
        return True

    def redo(self) -> None:
        """Put the later case in place."""
        self._put(self._after, self._path)

    def undo(self) -> None:
        """Put the earlier case back."""
        self._put(self._before, self._path)
