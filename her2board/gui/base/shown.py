"""Words for what the case stores as terms and field names."""

from her2board.case.fields import CaseField
from her2board.case.terms import Term, spoken
from her2board.wording import Marked, tr

NOT_RECORDED: Marked = "not recorded"
_TERMS: dict[str, Marked] = {
    "whole_brain": "whole-brain radiotherapy",
    "patient": "a patient",
    "planned_switch": "planned switch",
    "neuro_oncology": "neuro-oncology",
}
_HEADINGS: dict[str, Marked] = {
    "diameter_mm": "Diameter (mm)",
    "perpendicular_mm": "Perpendicular (mm)",
    "day": "Date",
    "dose_gy": "Dose (Gy)",
    "volume_ml": "Volume (mL)",
    "her2_tested": "HER2 tested",
    "ihc": "IHC",
    "ish": "ISH",
    "ish_ratio": "ISH ratio",
    "her2_copies": "HER2 copies",
    "her2_stated": "HER2 as stated",
    "er": "ER",
    "er_percent": "ER (%)",
    "pr": "PR",
    "pr_percent": "PR (%)",
    "ki67_percent": "Ki-67 (%)",
    "ever": "Ever given",
    "metastatic": "For metastatic disease",
}
_UNITS: dict[str, Marked] = {"diameter_mm": "mm", "perpendicular_mm": "mm", "dose_gy": "Gy", "volume_ml": "mL"}
LEVELS: dict[str, tuple[Marked, Marked]] = {
    "H": ("needed", "Needed before the case is ready; or say why it is not recorded"),
    "S": ("helpful", "Shown as a gap on the page when not recorded"),
    "O": ("optional", "Optional"),
}


def term(word: str) -> str:
    """Return a term of the case in words."""
    return tr(untranslated(word))


def untranslated(word: str) -> str:
    """Return a term of the case in the program's own words."""
    return word.label if isinstance(word, Term) else _TERMS.get(word, spoken(word))


def heading(column: CaseField) -> str:
    """Return the heading of a table column."""
    return tr(_HEADINGS.get(column.path, column.info.label))


def unit(field: CaseField) -> str:
    """Return the unit a field or column is entered in."""
    return field.info.unit or _UNITS.get(field.path.rpartition(".")[2], "")
