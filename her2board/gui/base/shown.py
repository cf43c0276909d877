"""Words for what the case stores as terms and field names."""

from her2board.case.fields import CaseField
from her2board.case.terms import Term, spoken
from her2board.wording import Marked, tr

NOT_RECORDED: Marked = "not recorded"
NO_EVIDENCE: Marked = "No evidence is loaded: it is still being read, or cannot be used (Help, Evidence in use)"
"""Said wherever something needs the evidence before it is there, or when it never will be."""
LEVELS: dict[str, tuple[Marked, Marked]] = {
    "H": ("needed", "Needed before the case is ready; or say why it is not recorded"),
    "S": ("helpful", "Shown as a gap on the page when not recorded"),
    "O": ("optional", "Optional"),
}


def term(word: str) -> str:
    """Return a term of the case in words."""
    return tr(word.label if isinstance(word, Term) else spoken(word))


def chosen(field: CaseField, key: str) -> str:
    """Return what was chosen for a field or column in words."""
    return tr(field.words(key))


def heading(column: CaseField, unit: str | None = None) -> str:
    """Return the heading of a table column, with its own unit or another one."""
    info = column.info
    words = tr(info.heading or info.label)
    shown = tr(info.unit) if unit is None else unit
    return f"{words} ({shown})" if shown else words
