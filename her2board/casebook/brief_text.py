"""The text a casebook keeps of a summary beside its case: short, as a page of the file then holds several."""

import json

from her2board.case.fields import field_by_path
from her2board.casebook.model import CaseSummary, Owed
from her2board.wording import tr


def brief_text(summary: CaseSummary) -> str:
    """Return a summary as it is stored; the searched text is not part of it."""
    kept = summary.model_dump(mode="json", exclude={"text", "owed"}, exclude_defaults=True)
    if summary.owed:
        kept["owed"] = [_row(one) for one in summary.owed]
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def summary_in(text: str) -> CaseSummary:
    """Return the summary stored as ``text``."""
    kept = json.loads(text)
    if "owed" in kept:
        kept["owed"] = [_owed(*row) for row in kept["owed"]]
    return CaseSummary.model_validate(kept)


def _row(owed: Owed) -> list[str]:
    """Return address, owner, due date and words without the empty ones at the end; a field's own label is left out."""
    what = "" if owed.what == _label(owed.field) else owed.what
    row = [owed.field, owed.by, owed.due.isoformat() if owed.due else "", what]
    while row and not row[-1]:
        row.pop()
    return row


def _owed(field: str = "", by: str = "", due: str = "", what: str = "") -> dict[str, str | None]:
    return {"field": field, "by": by, "due": due or None, "what": what or _label(field) or field}


def _label(path: str) -> str:
    """Return the label of a field in the language of whoever reads; empty where there is no such field."""
    known = field_by_path().get(path)
    return tr(known.info.label) if known else ""
