"""The clinic's local file, edited in the program: shown at once, refused with its row, carried to another clinic."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit
from support.overlays import RIVERSIDE
from support.walking import reached, unnamed

from her2board.evidence.overlay_file import parse_overlay
from her2board.gui.window.local_dialog import LocalDialog
from her2board.packs.local_installed import overlay_in_use, read_state

TODAY = date(2026, 11, 30)


class Asked:
    """Answers what the dialog asks."""

    def __init__(self, path: Path) -> None:
        self.path: Path | None = path
        self.said: list[str] = []

    def local_to_read(self, _: Path) -> Path | None:
        return self.path

    def local_to_write(self, _: Path) -> Path | None:
        return self.path

    def own_file(self, name: str) -> bool:
        self.said.append(f"own {name}")
        return True

    def same_key(self, clinic: str, fingerprint: str) -> bool:
        self.said.append(f"{clinic} {fingerprint}")
        return True


@pytest.fixture
def made(qtbot, library, tmp_path):
    """A maker of dialogs, each of a clinic of its own."""

    def make(clinic: str) -> tuple[LocalDialog, Asked, Path]:
        asked, folder = Asked(tmp_path / "carried.her2local"), tmp_path / clinic
        dialog = LocalDialog(library, folder, TODAY, asked, None)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog, asked, folder

    return make


def _typed(dialog: LocalDialog) -> None:
    pages = dialog.pages
    pages.clinic.setText("Riverside Cancer Centre")
    pages.formulary.add_row(("Enhertu", "on_formulary", "", "2026-11-02"), None)
    pages.formulary.add_row(("pyrotinib + capecitabine", "not_available", "", "2026-03-01"), None)
    box, where, _, day = pages.access["radiosurgery"]
    box.setCurrentIndex(box.findData("by_referral"))
    where.setText("Lakeside Hospital")
    day.setText("2026-10-01")
    pages.trials.add_row(("HER2CLIMB", "", "active metastases", "ext. 4711", "2026-11-12"), None)
    pages.statements.add_row(("MRI at most 14 days old", "Dr A. Keller", "2026-09-15"), None)
    pages.limits["brain.imaging_date"].setText("14")


def test_what_is_typed_is_in_use_at_once_and_numbered(made, library) -> None:
    dialog, _, folder = made("one")
    _typed(dialog)
    dialog._save()
    assert dialog.result() == QDialog.DialogCode.Accepted
    overlay = overlay_in_use(folder, library)
    assert overlay.access[("drug", "trastuzumab_deruxtecan")].status == "on_formulary"
    assert overlay.access[("option", "pyrotinib-capecitabine")].status == "not_available"
    assert overlay.radiotherapy.radiosurgery.where == "Lakeside Hospital"
    assert [trial.id for trial in overlay.trials] == ["local-her2climb"]  # never the id of a shipped trial
    assert (overlay.number, overlay.days) == (1, {"brain.imaging_date": 14})
    again, _, _ = made("one")
    assert again.pages.formulary.rows()[0][0][0] == "T-DXd"
    again._save()
    assert overlay_in_use(folder, library).number == 1  # nothing was changed
    once_more, _, _ = made("one")
    once_more.pages.clinic.setText("Riverside")
    once_more._save()
    assert overlay_in_use(folder, library).number == 2


def test_what_cannot_be_used_is_named_by_row_and_the_dialog_stays(made) -> None:
    for table, values, words in (
        ("formulary", ("nosuchdrug", "on_formulary", "", "2026-11-02"), "Formulary, row 1: 'nosuchdrug' is no drug"),
        ("formulary", ("T-DXd", "", "", "2026-11-02"), "Formulary, row 1: Access: empty"),
        ("formulary", ("T-DXd", "on_formulary", "", "2 Nov"), "write the day as 2026-11-20 (found: '2 Nov')"),
        ("trials", ("X", "", "all", "", "2026-11-02"), "Trials, row 1: Contact: empty"),
        ("trials", ("X", "", "all", "me", "2026-11-31"), "Trials, row 1: looked_at: "),
        ("statements", ("MRI first", "", "2026-11-02"), "Statements, row 1: Author: empty"),
        ("statements", ("MRI first", "Dr A", "2027-11-02"), "2027-11-02 is after the file was last changed"),
    ):
        dialog, _, folder = made("two")
        dialog.pages.clinic.setText("Riverside")
        getattr(dialog.pages, table).add_row(values, None)
        dialog._save()
        assert words in dialog.problem.text()
        assert dialog.isVisible()
        assert not (folder / "installed.json").exists()


def test_rows_are_added_edited_and_removed_by_keyboard(made, qtbot) -> None:
    dialog, _, _ = made("three")
    dialog.tabs.setCurrentWidget(dialog.pages.formulary)
    table = dialog.pages.formulary.table
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Insert)
    editor = table.findChild(QLineEdit)
    QTest.keyClicks(editor, "tucatinib")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [values[0] for values, _ in dialog.pages.formulary.rows()] == ["tucatinib"])
    QTest.keyClick(table, Qt.Key.Key_Delete)
    assert dialog.pages.formulary.rows() == []


def test_everything_the_keyboard_reaches_has_a_name_on_every_page(made) -> None:
    dialog, _, _ = made("named")
    for place in range(dialog.tabs.count()):
        dialog.tabs.setCurrentIndex(place)
        assert reached(dialog)
        assert unnamed(dialog) == []


def test_a_file_is_carried_to_another_clinic_that_compares_the_key_once(made, library, tmp_path) -> None:
    ours, _, _ = made("ours")
    _typed(ours)
    ours._export()
    assert "signed with the key" in ours.problem.text()
    theirs, asked, folder = made("theirs")
    theirs._import()
    (said,) = asked.said
    assert said.removeprefix("Riverside Cancer Centre ") in ours.problem.text()
    assert read_state(folder).in_use.origin == "signed"
    assert "signed by Riverside Cancer Centre" in theirs.whose.text()
    theirs._import()
    assert len(asked.said) == 1
    theirs.pages.statements.add_row(("Ours", "Dr B", "2026-11-30"), None)
    theirs._save()
    assert "write the name of this clinic instead" in theirs.problem.text()
    theirs.pages.clinic.setText("Lakeside Hospital")
    theirs._save()
    assert read_state(folder).in_use.origin == "edited_here"
    (tmp_path / "carried.her2local").write_bytes((tmp_path / "carried.her2local").read_bytes() + b"#")
    again, _, _ = made("theirs")
    again._import()
    assert "was changed after it was signed" in again.problem.text()
    again.remove.click()
    assert overlay_in_use(folder, library) is None


def test_criteria_of_a_trial_written_in_the_file_stay_with_it(made, library, tmp_path) -> None:
    dialog, asked, folder = made("four")
    asked.path = tmp_path / "riverside.yaml"
    asked.path.write_text(RIVERSIDE, encoding="utf-8")
    dialog._import()
    assert asked.said == ["own riverside.yaml"]
    dialog.pages.formulary.table.selectRow(0)
    dialog.pages.formulary.remove_row()
    dialog._save()
    kept, before = overlay_in_use(folder, library), parse_overlay(RIVERSIDE, "x", library)
    assert kept.trials == before.trials
    assert kept.formulary == before.formulary[1:]
    assert kept.number == 4


def test_the_page_on_the_screen_shows_it_at_once(screen, tmp_path) -> None:
    screen.window._services = screen.window._services._replace(overlay_dir=tmp_path / "local")
    screen.bench.live._services = screen.window.settings._services = screen.window._services
    screen.act("local_file")
    dialog = screen.window.findChild(LocalDialog)
    _typed(dialog)
    dialog._save()
    assert screen.bench.live.library.overlay.clinic == "Riverside Cancer Centre"
    screen.wait(lambda: screen.bench.live.assessment is not None)
    assert screen.bench.live.assessment.local.access["t-dxd"].short == "on the formulary here"
