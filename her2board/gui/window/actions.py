"""Every action of the window as data; menus and the list of keys are made from it."""

from typing import NamedTuple

from her2board.wording import Marked


class ActionSpec(NamedTuple):
    """One action: its menu, its text, its keys, and whether it needs an open case."""

    id: str
    menu: str
    text: Marked
    keys: str = ""
    tip: Marked = ""
    needs_case: bool = True
    needs_book: bool = False
    """Needs an open casebook."""
    divides: bool = False
    """A separator is above it in its menu."""


def _spec(id_: str, menu: str, text: Marked, keys: str = "", tip: Marked = "", **more: bool) -> ActionSpec:
    return ActionSpec(id_, menu, text, keys, tip, **more)


def _of_book(id_: str, text: Marked, keys: str = "", tip: Marked = "", **more: bool) -> ActionSpec:
    return ActionSpec(id_, "book", text, keys, tip, needs_case=False, needs_book=True, **more)


PLACES = {
    "row": ("absence", "note_asked", "none", "field_help"),
    "list": ("add_row", "copy_row", "remove_row", "row_up", "row_down", "paste_rows"),
    "result": ("evidence", "note_asked", "find_result"),
}
"""Where the menu of the right mouse button offers which actions."""


MENUS: dict[str, Marked] = {
    "file": "&File",
    "edit": "&Edit",
    "go": "&Go",
    "view": "&View",
    "book": "&Casebook",
    "help": "&Help",
}
SUBMENUS: dict[str, tuple[str, str, Marked]] = {
    "recent": ("file", "open_case", "Open &recent"),
    "examples": ("file", "open_case", "Open an e&xample"),
}
"""Menu id -> (menu it is in, action it follows, text)."""
ACTIONS: tuple[ActionSpec, ...] = (
    _spec("new_case", "file", "&New case", "Ctrl+N", "Start an empty case", needs_case=False),
    _spec("open_case", "file", "&Open…", "Ctrl+O", "Open a case file", needs_case=False),
    _spec(
        "read_records",
        "file",
        "Read recor&ds…",
        "Ctrl+Shift+I",
        "Take over what FHIR, CSV, Excel or REDCap files say, value by value",
        needs_case=False,
    ),
    _spec("present_again", "file", "Present a&gain", "Ctrl+Shift+N", "Start the next discussion from this case"),
    _spec("save", "file", "&Save", "Ctrl+S", "Save the case; the version before is kept as .bak", divides=True),
    _spec("save_as", "file", "Save &as…", "Ctrl+Shift+S", "Save the case under another name"),
    _spec(
        "unsaved",
        "file",
        "Restore &unsaved work…",
        "",
        "Look for work that was not saved when the program ended",
        needs_case=False,
    ),
    _spec("export", "file", "&Export page as PDF…", "Ctrl+E", "Write the one-page briefing", divides=True),
    _spec("export_a4", "file", "Export page as PDF, A&4…", "", "Write the briefing, A4"),
    _spec("export_letter", "file", "Export page as PDF, US &Letter…", "Ctrl+Shift+E", "Write the briefing, Letter"),
    _spec("print", "file", "Pr&int…", "Ctrl+P", "Send the page to a printer"),
    _spec(
        "packet",
        "file",
        "Make a &packet…",
        "Ctrl+Shift+P",
        "Agenda, pages, handout, requests or slides of several cases",
        needs_case=False,
    ),
    _spec("quit", "file", "&Quit", "Ctrl+Q", "Close the program", needs_case=False, divides=True),
    _spec("undo", "edit", "&Undo", "Ctrl+Z", "Undo the last change"),
    _spec("redo", "edit", "&Redo", "Ctrl+Shift+Z", "Redo the last change undone"),
    _spec(
        "find",
        "edit",
        "F&ind an action or field…",
        "Ctrl+K",
        "Find any action, field or trial by name; or record facts: 'age: 52; ECOG: 1'",
        needs_case=False,
        divides=True,
    ),
    _spec("absence", "edit", "Reason for &absence…", "F4", "Say why the current field is not recorded", divides=True),
    _spec(
        "note_asked",
        "edit",
        "As&k for it",
        "F7",
        "Note the current field, or the line chosen under Ask next, as asked for, with owner and day",
    ),
    _spec("fill_in", "edit", "Fill in what this clinic &has", "", "Write institution and access from the preferences"),
    _spec("read_report", "edit", "Read a repor&t…", "Ctrl+R", "Paste a report or letter and take over what it says"),
    _spec(
        "read_from",
        "edit",
        "&What it was read from…",
        "Ctrl+Shift+T",
        "Look at the sentences and texts kept with the case, and remove them",
    ),
    _spec(
        "none", "edit", "N&one given, none of these", "F5", "Record that there is none: of a list, a sign of urgency"
    ),
    _spec("add_row", "edit", "Add an &entry", "Ctrl+Return", "Add an entry to the current table", divides=True),
    _spec("copy_row", "edit", "Dupli&cate the entry", "Ctrl+D", "Add a copy of the current entry"),
    _spec("remove_row", "edit", "Re&move the entry", "Ctrl+Del", "Remove the current entry"),
    _spec("paste_rows", "edit", "Paste a ta&ble…", "Ctrl+Shift+V", "Read a copied table into the current table"),
    _spec("row_up", "edit", "Move the entry u&p", "Alt+Up", "Move the current entry one place up"),
    _spec("row_down", "edit", "Move the entry &down", "Alt+Down", "Move the current entry one place down"),
    _spec(
        "local_file",
        "edit",
        "This c&linic…",
        "Ctrl+Shift+L",
        "Edit formulary, radiotherapy, trials and statements of this clinic, shown as local",
        needs_case=False,
        divides=True,
    ),
    _spec("preferences", "edit", "Preference&s…", "Ctrl+,", "Set paper, limits, access, palette", needs_case=False),
    _spec("next_section", "go", "&Next section", "Ctrl+PgDown", "Show the next section of the form"),
    _spec("previous_section", "go", "&Previous section", "Ctrl+PgUp", "Show the section before"),
    _spec("next_needed", "go", "Next need&ed field", "F8", "Go to the next field that is needed or out of date"),
    _spec("back", "go", "&Back to the result", "Alt+Left", "Return to the result that led to this field"),
    _spec("to_form", "go", "To the for&m", "F6", "Return to the field edited last"),
    _spec("to_cases", "go", "To the cases of the mee&ting", "F9", "Find another case of this folder"),
    _spec("tab_page", "go", "Pa&ge", "Ctrl+1", "Show the page as it prints", divides=True),
    _spec("tab_annex", "go", "Anne&x", "Ctrl+6", "Show the short annex: what the page leaves out, nearest cohorts"),
    _spec("tab_full_annex", "go", "Fu&ll annex", "Ctrl+7", "Show the full annex: every cohort, option and reference"),
    _spec("tab_cohorts", "go", "&Cohorts", "Ctrl+2", "Show the published cohorts beside this case"),
    _spec("tab_options", "go", "&Options", "Ctrl+3", "Show the options for discussion"),
    _spec(
        "tab_pause",
        "go",
        "Before &WBRT",
        "Ctrl+4",
        "Show what to know and whom to hear before whole-brain radiotherapy",
    ),
    _spec("tab_ask", "go", "&Ask next", "Ctrl+5", "Show what to ask next"),
    _spec(
        "evidence",
        "view",
        "&Evidence",
        "Ctrl+B",
        "Browse trials, figures and corrections; on a cohort, its trial",
        needs_case=False,
    ),
    _spec(
        "find_result", "go", "&Find in the result", "Ctrl+F", "Show only the lines of a result that contain the words"
    ),
    _spec("read", "view", "Readin&g view", "F11", "Show the page without the form, with the source cards beside it"),
    _spec("zoom_in", "view", "Zoom &in", "Ctrl++", "Show the page larger"),
    _spec("zoom_out", "view", "Zoom &out", "Ctrl+-", "Show the page smaller"),
    _spec("zoom_fit", "view", "&Fit to width", "Ctrl+0", "Show the page as wide as its pane"),
    _spec("zoom_whole", "view", "&Whole page", "Ctrl+9", "Show the whole page at once"),
    _spec(
        "show_meeting", "view", "Show or hide &meeting", "Ctrl+Shift+M", "Show or hide the list of cases", divides=True
    ),
    _spec("show_result", "view", "Show or hide &result", "Ctrl+Shift+R", "Give the form the whole width, or share it"),
    _spec("show_tools", "view", "Show or hide the i&cons", "", "Show or hide the row of icons", needs_case=False),
    _spec("light", "view", "&Light", "", "Dark on light", needs_case=False, divides=True),
    _spec("dark", "view", "&Dark", "", "Light on dark", needs_case=False),
    _spec("contrast", "view", "&High contrast", "", "White and yellow on black", needs_case=False),
    _spec("text_larger", "view", "Larger &text", "", "Show all text larger", needs_case=False, divides=True),
    _spec("text_smaller", "view", "&Smaller text", "", "Show all text smaller", needs_case=False),
    _spec(
        "text_normal",
        "view",
        "Text as the s&ystem",
        "",
        "Use the system's text size",
        needs_case=False,
    ),
    _spec("casebook", "book", "&Meeting and its cases", "Ctrl+M", "Show the list of the meeting", needs_case=False),
    _of_book("book_cases", "&All cases", "Ctrl+Shift+F", "Find a case in the casebook, by words and filters"),
    _of_book("book_chase", "&Chase list", "Ctrl+Shift+C", "Show what is owed, by who owes it"),
    _of_book("book_mode", "Meeting m&ode", "Ctrl+Shift+O", "Step through the cases of the meeting and take decisions"),
    _of_book("book_history", "&History of the case", "Ctrl+H", "Show who changed what of the case, and when"),
    _of_book("book_lock", "&Lock", "Ctrl+L", "Hide everything of the casebook and forget its key", divides=True),
    _spec("handbook", "help", "&Handbook", "", "From the first case to the packet, in pictures", needs_case=False),
    _spec(
        "field_help",
        "help",
        "Help on this &field",
        "Shift+F1",
        "Show why the current field matters and what depends on it",
    ),
    _spec("keys", "help", "&Keys", "F1", "List every action with its keys", needs_case=False),
    _spec(
        "evidence_release",
        "help",
        "E&vidence in use…",
        "",
        "Age and origin of the evidence; look at a pack, what it changes, install it or go back",
        needs_case=False,
        divides=True,
    ),
    _spec("self_check", "help", "&Self-check", "", "Check that the installation is complete", needs_case=False),
    _spec("about", "help", "&About her2board", "", "Version, intended use and licences", needs_case=False),
)
