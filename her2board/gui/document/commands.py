"""Undoable steps. Each holds the case before and after, so that undo and redo cannot fail."""

from collections.abc import Callable

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

    def takes(self, path: str) -> bool:
        """Return whether a further edit of the field at ``path`` belongs to this step."""
        return self._merges and path == self._path

    def extend(self, after: Case) -> None:
        """Lead to ``after`` from now on; a step that leads back to where it began is obsolete."""
        self._after = after
        self.setObsolete(after == self._before)
        self.redo()

    def redo(self) -> None:
        """Put the later case in place."""
        self._put(self._after, self._path)

    def undo(self) -> None:
        """Put the earlier case back."""
        self._put(self._before, self._path)
