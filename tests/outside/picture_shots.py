"""Every page and dialog of the window, one after the other, each with the name of its picture."""

import json
import shutil
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QTabWidget, QWidget
from support.casebooks import MemoryBook
from support.dialogs import questions_of
from support.fhir import LOINC, SNOMED, bundle, coded, condition, observation, order, patient
from support.fill_book import filled

import her2board.gui.window.app as app
from her2board import paths
from her2board.case.sections import SECTIONS
from her2board.gui.base.dialogs import Questions

FULL, URGENT = "b07-invented-complete", "cr31-herniation"
TABS = ("page", "annex", "cohorts", "options", "pause", "ask")
CARD = "value:destiny-breast12/active#0"
MODAL_AFTER_MS = 300
Shot = tuple[str, Callable[[], QWidget | None]]
"""Name, and what brings it to the front: returns the window to take, None for the one of the program."""
LETTER = """MRI BRAIN WITH AND WITHOUT CONTRAST, 14 November 2026

Comparison: MRI of 2 August 2026.

Findings: There are three enhancing metastases. The largest lies in the left frontal lobe and measures 18 x 15 mm. A
second lesion in the right cerebellum measures 9 mm. Moderate vasogenic oedema with effacement of the left lateral
ventricle. No midline shift. No hydrocephalus. No leptomeningeal enhancement.
"""
TABLE = "case;state;ECOG;size;day\nA;3;1;2.4;03/04/2025\nB;9;2;1.1;05/04/2025\n"
_ECOG = coded(LOINC, "89247-1", "ECOG score")
RECORD = json.dumps(
    bundle(
        patient(gender="female", birthDate="1973", name=[{"family": "Invented", "given": ["One"]}]),
        condition("brain", coded(SNOMED, "94225005", "Secondary malignant neoplasm of brain"), "2024-03"),
        condition("bone", coded(SNOMED, "94222008", "Secondary malignant neoplasm of bone"), "2024-02"),
        observation("a", _ECOG, "2025-01-07", valueInteger=1),
        observation("b", _ECOG, "2025-01-07", valueInteger=2),
        observation("k", "Karnofsky", "2025-01-07", valueString="80"),
        order("m", "lapatinib", "2022-01"),
    )
)


class Shots:
    """Brings one window to each state that a picture shows."""

    def __init__(self, window: app.MainWindow, folder: Path) -> None:
        self.window, self.folder = window, folder
        self.bench = window.open_workbench()
        self.questions = window.questions
        self.questions.unsaved = lambda *_, **__: "discard"
        self.questions.into_case = lambda _: "open"

    def all(self) -> Iterator[Shot]:
        """Yield every page and dialog."""
        yield "start", partial(self.window.show_page, self.window.start)
        yield "first-start", self._first_start
        yield from self._case()
        yield from self._dialogs()
        yield from self._reviews()
        yield from self._other_cases()
        yield from self._casebook()
        yield from self._asked()

    def settle(self) -> None:
        """Wait until everything that was asked for is there; the thread that does it needs pauses."""
        page, end = self.bench.results.page, time.monotonic() + 30
        QTest.qWait(60)
        while time.monotonic() < end and (
            self.window.worker.busy or any(timer.isActive() for timer in page.findChildren(QTimer))
        ):
            time.sleep(0.01)
            QApplication.processEvents()
        QTest.qWait(60)

    def act(self, id_: str) -> QWidget | None:
        """Do an action; return the window it opened."""
        self.window.act(id_)
        self.settle()
        opened = [other for other in QApplication.topLevelWidgets() if other is not self.window and other.isVisible()]
        return opened[-1] if opened else None

    def open(self, name: str) -> None:
        """Open a copy of an example."""
        copy = self.folder / f"{name}.her2case"
        shutil.copy(paths.example_case(name), copy)
        self.window.open_file(copy)
        self.settle()

    def _first_start(self) -> QWidget | None:
        self.window.remembered.set_flag("welcomed", False)
        self.window.settings.welcome()
        return self.act("to_form")

    def _section(self, id_: str) -> None:
        self.act("to_form")
        self.bench.form.enter(id_)

    def _case(self) -> Iterator[Shot]:
        self.open(FULL)
        for section in SECTIONS:
            yield f"form-{section.id}", partial(self._section, section.id)
        for tab in TABS:
            yield f"tab-{tab}", partial(self.act, f"tab_{tab}")
        self.bench.results.page_pane.show_annex("none")
        yield "reading", partial(self.act, "read")
        yield "reading-card", self._card
        self.act("read")
        for menu in self.window.menuBar().actions():
            yield f"menu-{menu.text().replace('&', '').lower()}", partial(self._menu, menu.menu())

    def _card(self) -> None:
        cards = self.window.leads.reading.cards
        assert cards is not None
        cards.show_address(CARD)

    def _menu(self, menu: QWidget) -> QWidget:
        menu.popup(self.window.mapToGlobal(self.window.rect().topLeft()))
        return menu

    def _dialogs(self) -> Iterator[Shot]:
        for id_ in ("preferences", "packet", "handbook", "evidence_release", "read_from", "absence"):
            yield id_.replace("_", "-"), partial(self.act, id_)
        for name, typed in (("find", ""), ("find-words", "brain"), ("find-facts", "age: 52; ECOG: 1")):
            yield name, partial(self._find, typed)
        for place, name in enumerate(("card", "compare", "corrections")):
            yield f"evidence-{name}", partial(self._evidence, place)
        for place in range(5):
            yield f"local-{place}", partial(self._local, place)

    def _find(self, words: str) -> QWidget:
        finder = self.act("find")
        finder.words.setText(words)
        return finder

    def _evidence(self, place: int) -> QWidget:
        self.act("evidence")
        evidence = self.bench.evidence
        evidence.resize(self.window.size() * 0.92)
        evidence.tabs.setCurrentIndex(place)
        evidence.found.setCurrentItem(evidence.found.topLevelItem(0).child(0))
        return evidence

    def _local(self, place: int) -> QWidget:
        dialog = self.act("local_file")
        dialog.findChild(QTabWidget).setCurrentIndex(place)
        return dialog

    def _reviews(self) -> Iterator[Shot]:
        yield "review-empty", partial(self._review, "", "")
        yield "review", partial(self._review, LETTER, "ANAR")
        yield "columns", partial(self._records, "table.csv", TABLE)
        yield "record", partial(self._records, "record.json", RECORD)

    def _review(self, text: str, keys: str) -> QWidget:
        QApplication.clipboard().setText(text)
        review = self.act("read_report")
        for key in keys:
            QTest.keyClick(review.tree, Qt.Key[f"Key_{key}"])
        return review

    def _records(self, name: str, text: str) -> QWidget | None:
        path = self.folder / name
        path.write_text(text)
        self.questions.records_to_read = lambda _: (path,)
        return self.act("read_records")

    def _other_cases(self) -> Iterator[Shot]:
        self.open(URGENT)
        yield "urgent", partial(self.act, "tab_page")
        self.act("new_case")
        for section in SECTIONS:
            yield f"empty-form-{section.id}", partial(self._section, section.id)
        for tab in TABS:
            yield f"empty-tab-{tab}", partial(self.act, f"tab_{tab}")
        self.bench.results.page_pane.show_annex("none")
        yield "out-of-range", self._out_of_range
        yield "message", self._message
        self.window.messages.hide()

    def _out_of_range(self) -> None:
        self.bench.form.go_to("patient.ecog")
        QTest.keyClicks(self.bench.form.show_section("patient").blocks["patient.ecog"].control, "77")

    def _message(self) -> None:
        offers = (("Evidence …", tuple), ("Use the evidence the program came with", tuple))
        self.window.messages.show_message("The installed evidence cannot be used", problem=True, offers=offers)

    def _casebook(self) -> Iterator[Shot]:
        door = self.window.casebook
        yield "book-opening", partial(self.act, "casebook")
        yield "book-chosen", lambda: door.opening.choose(Path("neuro.her2book"))
        door._take(MemoryBook(filled()), Path("neuro-oncology.her2book"), "")
        area = door.area
        assert area is not None
        yield "book-meeting", self._meeting
        yield "book-new-meeting", lambda: (self._meeting(), area.home.new_button.click())[-1]
        for name in ("cases", "chase", "counts", "moving"):
            yield f"book-{name}", partial(area.show_page, name)
        for on in (False, True):
            yield f"book-self-audit-{'on' if on else 'off'}", partial(self._self_audit, on)
        for id_ in ("book_mode", "book_history"):
            yield id_.replace("_", "-"), lambda id_=id_: (self._meeting(), self.act(id_))[-1]
        yield "book-take-in", self._take_in
        yield "book-case", lambda: (self._meeting(), area.open_asked.emit(area.home.table.current_id))[0]
        yield "book-locked", partial(self.act, "book_lock")

    def _meeting(self) -> None:
        self.act("casebook")
        self.window.casebook.area.home.table.go(1)

    def _self_audit(self, on: bool) -> None:
        area = self.window.casebook.area
        area.show_page("counts")
        counts = area.page("counts")
        counts.tabs.setCurrentIndex(1)
        counts.self_audit.switch.setChecked(on)

    def _take_in(self) -> None:
        QFileDialog.getExistingDirectory = staticmethod(lambda *_, **__: str(paths.examples_dir()))
        self._meeting()
        self.window.casebook.area.home.folder_button.click()

    def _asked(self) -> Iterator[Shot]:
        """Yield the questions that wait for an answer: each is taken while it waits, and refused."""
        for ask in questions_of(Questions(self.window)):
            yield f"question-{ask.func.__name__.replace('_', '-')}", ask
