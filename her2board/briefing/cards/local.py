"""Cards of what the clinic's local file says: whose it is comes first, for it is no source of the evidence."""

from collections.abc import Iterator
from datetime import date

from her2board.briefing.cards.model import Lead, SourceCard
from her2board.briefing.trial_card import Line, Part
from her2board.case.terms import spoken
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.local_mark import marked
from her2board.evidence.overlay import LocalAccess, LocalStatement, LocalTrial, Overlay
from her2board.wording import day_words, tr


def local_file_card(library: EvidenceLibrary, place: str) -> SourceCard | None:
    """Return the card of an entry: 'option/id', 'trial/id', 'statement/id' or 'file'; None where there is none."""
    overlay = library.overlay
    if overlay is None:
        return None
    kind, _, id_ = place.partition("/")
    match kind:
        case "trial":
            trial = next((one for one in overlay.trials if one.id == id_), None)
            return _card(overlay, place, trial.name, _trial(trial)) if trial else None
        case "statement":
            said = next((one for one in overlay.statements if one.id == id_), None)
            leads = _options(library, said.options) if said else ()
            return _card(overlay, place, said.author, _statement(said), leads) if said else None
        case "option" if option := library.options_by_id.get(id_):
            return _card(overlay, place, option.name, _access(overlay, library, id_), _options(library, (id_,)))
        case "file":
            return _card(overlay, place, overlay.clinic, ())
    return None


def local_places(overlay: Overlay) -> Iterator[str]:
    """Yield the place of every trial and statement, for finding them."""
    yield from (f"trial/{one.id}" for one in overlay.trials)
    yield from (f"statement/{one.id}" for one in overlay.statements)


def _card(overlay: Overlay, place: str, title: str, said: tuple[Line, ...], leads: tuple[Lead, ...] = ()) -> SourceCard:
    about = (
        Line(tr("Clinic"), overlay.clinic),
        Line(tr("File"), tr("number {n}").format(n=overlay.number)),
        Line(tr("Changed on"), _day(overlay.changed_on)),
        Line("", tr("Written by the clinic itself: no evidence, and not checked by this program.")),
    )
    parts = (Part(tr("What the clinic says"), said),) if said else ()
    return SourceCard(
        f"clinic:{place}", tr("Local"), marked(title), (*parts, Part(tr("Whose it is"), about)), leads=leads
    )


def _trial(trial: LocalTrial) -> tuple[Line, ...]:
    return (
        *((Line(tr("Registry number"), trial.registry),) if trial.registry else ()),
        Line(tr("Patients"), trial.patients),
        *(Line(tr("Criterion"), one.text) for one in trial.criteria),
        Line(tr("Contact"), trial.contact),
        Line(tr("Looked at on"), _day(trial.looked_at)),
    )


def _statement(said: LocalStatement) -> tuple[Line, ...]:
    return (Line("", said.text), Line(tr("Author"), said.author), Line(tr("Looked at on"), _day(said.looked_at)))


def _access(overlay: Overlay, library: EvidenceLibrary, option: str) -> tuple[Line, ...]:
    """Return the entries of the formulary about an option and its drugs, and those about radiotherapy."""
    drugs = library.options_by_id[option].drugs
    entries = [overlay.access.get(key) for key in (("option", option), *(("drug", drug) for drug in drugs))]
    services = (
        (tr("Radiosurgery"), overlay.radiotherapy.radiosurgery),
        (tr("Hippocampal avoidance"), overlay.radiotherapy.hippocampal_avoidance),
    )
    return (
        *(line for entry in entries if entry for line in _entry(library, entry)),
        *(
            Line(name, _joined(spoken(one.access), one.where, one.note, _day(one.looked_at)))
            for name, one in services
            if one and not any(entries)
        ),
    )


def _entry(library: EvidenceLibrary, entry: LocalAccess) -> Iterator[Line]:
    name = library.vocabulary.label(entry.drug) if entry.drug else tr("Access")
    yield Line(name, _joined(tr(entry.status.label), entry.note, _day(entry.looked_at)))


def _joined(*parts: str | None) -> str:
    return "; ".join(part for part in parts if part)


def _options(library: EvidenceLibrary, ids: tuple[str, ...]) -> tuple[Lead, ...]:
    return tuple(Lead(library.options_by_id[id_].name, f"option:{id_}") for id_ in ids)


def _day(looked_at: str) -> str:
    return day_words(date.fromisoformat(looked_at))
