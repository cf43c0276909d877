"""What the actions do that need an open case or open one."""

from collections.abc import Callable
from functools import partial

from her2board.gui.form.table_block import TableBlock
from her2board.gui.window.files import CaseFiles
from her2board.gui.window.workbench import Workbench


def act_on_case(id_: str, bench: Workbench, files: CaseFiles) -> None:
    """Do the action ``id_``."""
    if id_ in _IN_TABLE:
        table = bench.form.table_in_focus()
        if table is not None:
            _IN_TABLE[id_](table)
        return
    _verbs(bench, files)[id_]()


_IN_TABLE: dict[str, Callable[[TableBlock], None]] = {
    "add_row": TableBlock.add,
    "copy_row": TableBlock.copy,
    "remove_row": TableBlock.remove,
    "paste_rows": TableBlock.paste,
    "row_up": lambda table: table.move(-1),
    "row_down": lambda table: table.move(1),
}


def _verbs(bench: Workbench, files: CaseFiles) -> dict[str, Callable[[], object]]:
    tabs = {f"tab_{id_}": partial(bench.results.show_tab, id_) for id_ in ("page", *bench.results.trees)}
    return {
        **tabs,
        "new_case": files.new,
        "open_case": files.open,
        "present_again": files.present_again,
        "save": files.save,
        "save_as": files.save_as,
        "unsaved": files.look_for_unsaved,
        "export_a4": partial(files.export, "a4"),
        "export_letter": partial(files.export, "letter"),
        "export": partial(files.export, bench.live.clinic.paper),
        "print": files.print_page,
        "fill_in": bench.fill_in,
        "packet": bench.open_packet,
        "undo": bench.undo,
        "redo": bench.redo,
        "absence": partial(_offer_reasons, bench),
        "note_asked": bench.note_asked,
        "field_help": bench.form.show_help,
        "next_section": partial(bench.form.step, 1),
        "previous_section": partial(bench.form.step, -1),
        "next_needed": bench.next_needed,
        "back": bench.go_back,
        "to_form": bench.to_form,
        "to_cases": bench.to_cases,
        "find_result": bench.results.find_words,
        "evidence": bench.show_evidence,
        "zoom_in": partial(bench.results.page.zoom, 1),
        "zoom_out": partial(bench.results.page.zoom, -1),
        "zoom_fit": partial(bench.results.page.zoom, 0),
        "zoom_whole": bench.results.page.fit_whole,
        "tab_annex": bench.results.show_annex,
        "show_meeting": bench.toggle_meeting,
        "show_result": bench.toggle_result,
    }


def _offer_reasons(bench: Workbench) -> None:
    block = bench.form.block_in_focus()
    if block is not None:
        block.choose_reason()
