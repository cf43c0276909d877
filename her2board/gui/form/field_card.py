"""The card of a field of the case: what is recorded in it, or that nothing is, why it matters and who knows it."""

from collections.abc import Iterator

from her2board.briefing.cards.model import SourceCard
from her2board.briefing.formats import sentence
from her2board.briefing.trial_card import Line, Part
from her2board.case.fields import CaseField, field_by_path, field_path
from her2board.case.model import Case
from her2board.case.recorded import recorded
from her2board.gui.form.help_words import why
from her2board.wording import tr


def field_card(case: Case, path: str) -> SourceCard | None:
    """Return the card of a field, or of one entry of a list where ``path`` names it; None where no field is there."""
    field = field_by_path().get(field_path(path))
    if field is None:
        return None
    entries = tuple(recorded(case))
    values = [entry for entry in entries if _within(entry.path, path)]
    reasons = [entry for entry in entries if _within(entry.path, f"absences.{field.path}")]
    lines = tuple(Line(entry.column or entry.label, ", ".join(entry.words)) for entry in (*values, *reasons))
    said = Part(tr("Recorded in the case"), lines or (Line("", sentence(tr("not recorded"))),))
    about = Part(tr("About the field"), tuple(_about(field)))
    parts = (said, about) if about.lines else (said,)
    return SourceCard(f"field:{path}", tr("Case"), tr(field.info.label), parts)


def _within(path: str, wanted: str) -> bool:
    return path == wanted or path.startswith((f"{wanted}.", f"{wanted}["))


def _about(field: CaseField) -> Iterator[Line]:
    if words := why(field):
        yield Line(tr("Why it matters"), words)
    if field.info.asks:
        yield Line(tr("Usually known by"), tr(field.info.asks))
