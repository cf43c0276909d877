"""A casebook that is opened, looked through and locked again and again leaves nothing behind in the program."""

import os
from pathlib import Path

from support.book_screen import PASSPHRASE
from support.left_over import grown

from her2board.gui.casebook.area import TABS

LONG_MS = 30_000
"""How long a busy machine may take; nobody waits for it elsewhere."""
ROUNDS = int(os.environ.get("HER2BOARD_OPENED", "1"))


def test_a_casebook_looked_through_and_locked_leaves_nothing(window, qtbot) -> None:
    def settle() -> None:
        qtbot.waitUntil(lambda: not window.worker.busy, timeout=LONG_MS)

    def deed() -> None:
        window.act("casebook")
        page = window.casebook.opening
        page.choose(Path("neuro.her2book"))
        page.passphrase.setText(PASSPHRASE)
        page.unlock_button.click()
        qtbot.waitUntil(lambda: window.casebook.unlocked and not window.worker.busy, timeout=LONG_MS)
        area = window.casebook.area
        for name in (*TABS, "mode", "meeting"):
            area.show_page(name)
            settle()
        area.home.table.go(1)
        area.show_history(area.home.table.current_id)
        settle()
        area.open_asked.emit(area.home.table.current_id)
        bench = window.open_workbench()
        qtbot.waitUntil(lambda: bench.live.assessment is not None and not window.worker.busy, timeout=LONG_MS)
        window.act("book_lock")
        settle()
        assert window.casebook.area is None

    assert grown(deed, ROUNDS) == {}
