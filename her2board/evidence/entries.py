"""What can be looked up beside trials: what is said by whom, options, cautions, local trials, publications."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from her2board.case.terms import Term
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.local_mark import marked
from her2board.evidence.references import Reference
from her2board.evidence.search import Wanted
from her2board.evidence.terms import SaidBy
from her2board.wording import tr


class EntryGroup(Term):
    """Under which heading an entry is listed, in the order of the list."""

    GUIDELINES = "guidelines"
    LABELS = "labels", "labels and approvals"
    PANELS = "panels", "expert panels"
    STUDIES = "studies", "what single studies say"
    OPTIONS = "options"
    CAUTIONS = "cautions"
    LOCAL = "local", "trials of radiotherapy and surgery"
    DISAGREEMENTS = "disagreements"
    NOTES = "notes", "explanations"
    PUBLICATIONS = "publications"
    WITHDRAWN = "withdrawn", "withdrawn, used nowhere"
    CLINIC = "clinic", "local, no evidence"


_SAID_BY = {
    SaidBy.GUIDELINE: EntryGroup.GUIDELINES,
    SaidBy.LABEL: EntryGroup.LABELS,
    SaidBy.APPROVAL: EntryGroup.LABELS,
    SaidBy.PANEL: EntryGroup.PANELS,
    SaidBy.STUDY: EntryGroup.STUDIES,
}


class Entry(Struct, frozen=True):
    """One entry of the list, with the address of its card."""

    address: str
    group: EntryGroup
    name: str
    said: str
    """What is said there, for those who hover."""
    year: int | None
    words: str
    """Everything a person might look it up by, in small letters."""
    drugs: frozenset[str]
    """Drugs and classes it is about."""


class Entries:
    """All that is no trial, gathered once."""

    def __init__(self, library: EvidenceLibrary) -> None:
        self._members = library.vocabulary.members
        order = list(EntryGroup)
        self._entries = tuple(sorted(_entries(library), key=lambda entry: order.index(entry.group)))

    def find(self, wanted: Wanted) -> tuple[Entry, ...]:
        """Return the entries with every word; none where a class or a design is asked for, which trials alone have."""
        if wanted.cns_class or wanted.design:
            return ()
        asked = wanted.words.casefold().split()
        drugs = self._members(wanted.drug) if wanted.drug else frozenset()
        return tuple(
            entry
            for entry in self._entries
            if all(word in entry.words for word in asked)
            and (not wanted.drug or drugs & entry.drugs)
            and (asked or entry.group is not EntryGroup.PUBLICATIONS)
        )


def _entries(library: EvidenceLibrary) -> Iterator[Entry]:
    for option in library.options:
        said = option.note or option.conditions[0].text
        drugs = _drugs(library, (option.id,))
        yield _entry(EntryGroup.OPTIONS, f"option:{option.id}", option.name, said, drugs=drugs, library=library)
    for group, statement in library.statements.values():
        yield _entry(
            _SAID_BY[group.kind],
            f"statement:{statement.id}",
            f"{group.body}: {statement.text}",
            statement.source.locator,
            group.title,
            statement.strength,
            *_cited(library.references[statement.source.ref]),
            year=group.year or library.references[statement.source.ref].year,
            drugs=_drugs(library, statement.options),
            library=library,
        )
    for caution in library.cautions:
        drugs, cited = _drugs(library, caution.options), _cited(library.references[caution.source.ref])
        address = f"caution:{caution.id}"
        yield _entry(EntryGroup.CAUTIONS, address, caution.name, caution.text, *cited, drugs=drugs, library=library)
    for local in library.local_therapy:
        reference = library.references[local.source.ref]
        said = f"{local.comparison}; {local.population}"
        more = _cited(reference)
        yield _entry(EntryGroup.LOCAL, f"local:{local.id}", local.name, said, *more, year=reference.year)
    for conflict in library.conflicts:
        drugs = _drugs(library, conflict.options)
        address = f"conflict:{conflict.id}"
        yield _entry(EntryGroup.DISAGREEMENTS, address, conflict.topic, conflict.note, drugs=drugs, library=library)
    for value in library.withdrawn:
        about = value.withdrawn
        yield _entry(EntryGroup.WITHDRAWN, f"withdrawn:{value.id}", value.name, about.because, value.id, about.by)
    for theme in library.background:
        for note in theme.notes:
            more = _cited(library.references[note.source.ref])
            yield _entry(EntryGroup.NOTES, f"note:{note.id}", note.text, note.source.locator, note.topic, *more)
    yield from _own(library)
    for reference in library.references.values():
        said, more = reference.title or reference.note or "", _cited(reference)
        address = f"reference:{reference.id}"
        yield _entry(EntryGroup.PUBLICATIONS, address, reference.short, said, *more, year=reference.year)


def _own(library: EvidenceLibrary) -> Iterator[Entry]:
    """Yield what the clinic's local file says, each name with its mark."""
    overlay = library.overlay
    if overlay is None:
        return
    for trial in overlay.trials:
        more = (trial.registry, overlay.clinic, trial.contact, *(one.text for one in trial.criteria))
        yield _entry(EntryGroup.CLINIC, f"clinic:trial/{trial.id}", marked(trial.name), trial.patients, *more)
    for one in overlay.statements:
        about = _drugs(library, one.options)
        address, clinic = f"clinic:statement/{one.id}", overlay.clinic
        yield _entry(EntryGroup.CLINIC, address, marked(one.text), one.author, clinic, drugs=about, library=library)
    for option in library.options:
        keys = (("option", option.id), *(("drug", drug) for drug in option.drugs))
        entries = [overlay.access[key] for key in keys if key in overlay.access]
        if entries:
            words = "; ".join(filter(None, (part for one in entries for part in (tr(one.status.label), one.note))))
            name, address = marked(f"{option.name}: {words}"), f"clinic:option/{option.id}"
            about = _drugs(library, (option.id,))
            yield _entry(EntryGroup.CLINIC, address, name, words, overlay.clinic, drugs=about, library=library)


def _entry(
    group: EntryGroup,
    address: str,
    name: str,
    said: str,
    *more: str | None,
    year: int | None = None,
    drugs: frozenset[str] = frozenset(),
    library: EvidenceLibrary | None = None,
) -> Entry:
    known = library.vocabulary.drugs if library else {}
    named = [word for id_ in sorted(drugs) if id_ in known for word in (known[id_].name, *known[id_].brands)]
    words = " ".join(part for part in (name, said, *more, str(year or ""), *named) if part).casefold()
    return Entry(address, group, name, said, year, words, drugs)


def _cited(reference: Reference) -> tuple[str | None, ...]:
    return (
        reference.short,
        reference.authors,
        reference.title,
        reference.journal,
        reference.doi,
        reference.pmid,
        reference.registry,
    )


def _drugs(library: EvidenceLibrary, options: Iterable[str]) -> frozenset[str]:
    """Return the drugs of options, those of their classes included."""
    named = [drug for id_ in options for drug in (library.options_by_id[id_].parts or library.options_by_id[id_].drugs)]
    return frozenset().union(*map(library.vocabulary.members, named))
