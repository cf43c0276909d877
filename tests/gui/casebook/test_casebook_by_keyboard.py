"""Every page of the casebook without a mouse: Tab goes round all of it, and each part has a name and a role."""

from pathlib import Path

from PySide6.QtWidgets import QApplication
from support.walking import tabbed, unnamed

from her2board.gui.casebook.area import TABS

LONG_MS = 30_000
"""How long a busy machine may take; nobody waits for it elsewhere."""


def test_every_page_of_the_casebook_is_used_by_keyboard(home, window, qtbot) -> None:
    area = window.casebook.area

    def look(name: str) -> None:
        qtbot.waitUntil(lambda: not window.worker.busy, timeout=LONG_MS)
        assert unnamed(window) == [], name
        assert len(tabbed(window)) > 3, name

    for name in (*TABS, "mode"):
        area.show_page(name)
        look(name)
    area.page("counts").tabs.setCurrentIndex(1)
    area.show_page("counts")
    area.page("counts").self_audit.switch.setFocus()
    look("self-audit")
    area.show_history(home.table.current_id)
    look("history")
    window.act("book_lock")
    QApplication.processEvents()
    window.casebook.opening.choose(Path("neuro.her2book"))
    look("locked")
