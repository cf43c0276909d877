"""What the actions do that need an open case or open one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from her2board.gui.window import case_steps
from her2board.gui.window.files import CaseFiles
from her2board.gui.window.report import read_report, show_read_from
from her2board.gui.window.workbench import Workbench
from her2board.wording import tr

if TYPE_CHECKING:  # imported with the first section that has a list
    from her2board.gui.form.table_block import TableBlock


def act_on_case(id_: str, bench: Workbench, files: CaseFiles) -> None:
    """Do the action ``id_``."""
    if id_ in _IN_FORM:
        bench.form_asked.emit()
    if id_ in _IN_TABLE:
        table = bench.form.table_in_focus()
        if table is not None:
            _IN_TABLE[id_](table)
        else:
            words = tr("Go to a list first: an entry is added, copied, moved or removed where the keyboard is")
            bench.reported.emit(words, False)
    elif id_ in _ON_FILES:
        _ON_FILES[id_](files)
    else:
        _ON_CASE[id_](bench)


def _offer_reasons(bench: Workbench) -> None:
    block = bench.form.block_in_focus()
    if block is not None:
        block.choose_reason()
    else:
        words = tr("Go to a field first: the reason is recorded for the one that the keyboard is in")
        bench.reported.emit(words, False)


_IN_FORM = frozenset(("to_form", "field_help", "next_section", "previous_section"))
"""Actions that nobody would see the effect of in the reading view: they leave it."""
_IN_TABLE: dict[str, Callable[[TableBlock], None]] = {
    "add_row": lambda table: table.add(),
    "copy_row": lambda table: table.copy(),
    "remove_row": lambda table: table.remove(),
    "paste_rows": lambda table: table.paste(),
    "row_up": lambda table: table.move(-1),
    "row_down": lambda table: table.move(1),
}
_ON_FILES: dict[str, Callable[[CaseFiles], object]] = {
    "new_case": CaseFiles.new,
    "open_case": CaseFiles.open,
    "present_again": CaseFiles.present_again,
    "read_records": lambda files: files.records.ask(),
    "save": CaseFiles.save,
    "save_as": CaseFiles.save_as,
    "unsaved": CaseFiles.look_for_unsaved,
    "export": CaseFiles.export,
    "export_a4": lambda files: files.export("a4"),
    "export_letter": lambda files: files.export("letter"),
    "print": CaseFiles.print_page,
}
_ON_CASE: dict[str, Callable[[Workbench], object]] = {
    "fill_in": case_steps.fill_in,
    "read_report": read_report,
    "read_from": show_read_from,
    "packet": Workbench.open_packet,
    "undo": Workbench.undo,
    "redo": Workbench.redo,
    "absence": _offer_reasons,
    "none": case_steps.record_none,
    "note_asked": case_steps.note_asked,
    "field_help": lambda bench: bench.form.show_help(),
    "next_section": lambda bench: bench.form.step(1),
    "previous_section": lambda bench: bench.form.step(-1),
    "next_needed": case_steps.next_needed,
    "back": Workbench.go_back,
    "to_form": Workbench.to_form,
    "to_cases": Workbench.to_cases,
    "find_result": lambda bench: bench.results.find_words(),
    "evidence": Workbench.show_evidence,
    "tab_page": lambda bench: bench.results.show_tab("page"),
    "tab_annex": lambda bench: bench.results.show_annex("short"),
    "tab_full_annex": lambda bench: bench.results.show_annex("full"),
    "tab_cohorts": lambda bench: bench.results.show_tab("cohorts"),
    "tab_options": lambda bench: bench.results.show_tab("options"),
    "tab_pause": lambda bench: bench.results.show_tab("pause"),
    "tab_ask": lambda bench: bench.results.show_tab("ask"),
    "zoom_in": lambda bench: bench.results.page_in_front().zoom(1),
    "zoom_out": lambda bench: bench.results.page_in_front().zoom(-1),
    "zoom_fit": lambda bench: bench.results.page_in_front().zoom(0),
    "zoom_whole": lambda bench: bench.results.page_in_front().fit_whole(),
    "show_meeting": Workbench.toggle_meeting,
    "show_result": Workbench.toggle_result,
}
CASE_ACTIONS = frozenset((*_IN_TABLE, *_ON_FILES, *_ON_CASE))
"""Ids of all of them."""
