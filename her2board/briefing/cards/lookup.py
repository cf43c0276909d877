"""Finds the card behind an address of the page, the annex or the search; publications list all that rests on them."""

from collections.abc import Callable, Iterator
from functools import cached_property

from her2board.briefing.cards import figures, sayings
from her2board.briefing.cards.local import local_file_card
from her2board.briefing.cards.model import Lead, SourceCard
from her2board.briefing.cards.publications import details_of, hand, links_of
from her2board.briefing.comparison import cite
from her2board.briefing.formats import endpoint_name, endpoint_value
from her2board.briefing.trial_card import Line, Part
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.records import (
    Background,
    Cohort,
    Consideration,
    DisciplineRole,
    LocalTherapyTrial,
    MustKnow,
    Trial,
)
from her2board.evidence.references import Source
from her2board.wording import tr

PauseLine = DisciplineRole | MustKnow | Consideration


class Cards:
    """Every card of one release, made when it is asked for first."""

    def __init__(self, library: EvidenceLibrary) -> None:
        self._library = library
        self._made: dict[str, SourceCard | None] = {}
        """Cards asked for before: who moves over a page asks for the same ones again and again."""
        self._makers: dict[str, Callable[[str], SourceCard | None]] = {
            "value": self._value,
            "cohort": self._cohort,
            "trial": self._trial,
            "local": self._local,
            "option": self._option,
            "statement": self._statement,
            "caution": self._caution,
            "conflict": self._conflict,
            "pause": self._pause,
            "note": self._note,
            "reference": self._reference,
            "evidence": self._passage,
            "withdrawn": self._withdrawn,
            "clinic": self._clinic,
        }

    def of(self, address: str) -> SourceCard | None:
        """Return the card of an address; None where there is none, as for a field of the case."""
        if address not in self._made:
            kind, _, id_ = address.partition(":")
            make = self._makers.get(kind)
            self._made[address] = make(id_) if make is not None else None
        return self._made[address]

    def leads(self) -> Iterator[str]:
        """Yield the address of everything that was read somewhere."""
        yield from dict.fromkeys(lead.address for lead, *_ in self._read)

    def _value(self, id_: str) -> SourceCard | None:
        owner, _, place = id_.partition("#")
        found = self._library.cohorts_by_id.get(owner)
        if found is None or not place.isdecimal() or int(place) >= len(found[1].endpoints):
            return None
        return figures.value_card(self._library, *found, int(place))

    def _cohort(self, id_: str) -> SourceCard | None:
        found = self._library.cohorts_by_id.get(id_)
        return figures.cohort_card(self._library, *found) if found else None

    def _trial(self, id_: str) -> SourceCard | None:
        found = self._library.trials_by_id.get(id_)
        return figures.whole_trial(self._library, found) if found else None

    def _local(self, id_: str) -> SourceCard | None:
        found = next((trial for trial in self._library.local_therapy if trial.id == id_), None)
        return figures.local_card(self._library, found) if found else None

    def _option(self, id_: str) -> SourceCard | None:
        found = self._library.options_by_id.get(id_)
        return sayings.option_card(self._library, found) if found else None

    def _statement(self, id_: str) -> SourceCard | None:
        found = self._library.statements.get(id_)
        return sayings.statement_card(self._library, *found) if found else None

    def _caution(self, id_: str) -> SourceCard | None:
        found = next((entry for entry in self._library.cautions if entry.id == id_), None)
        return sayings.caution_card(self._library, found) if found else None

    def _conflict(self, id_: str) -> SourceCard | None:
        found = next((entry for entry in self._library.conflicts if entry.id == id_), None)
        return sayings.conflict_card(self._library, found) if found else None

    def _pause(self, id_: str) -> SourceCard | None:
        found = next((item for item in pause_lines(self._library) if _id_of(item) == id_), None)
        return sayings.pause_card(self._library, found) if found else None

    def _clinic(self, id_: str) -> SourceCard | None:
        return local_file_card(self._library, id_)

    def _note(self, id_: str) -> SourceCard | None:
        found = next((note for note in _notes(self._library) if note.id == id_), None)
        return sayings.note_card(self._library, found) if found else None

    def _withdrawn(self, id_: str) -> SourceCard | None:
        found = next((value for value in self._library.withdrawn if value.id == id_), None)
        return sayings.withdrawn_card(self._library, found) if found else None

    def _reference(self, id_: str) -> SourceCard | None:
        """Return the card of a publication; its number on the page may precede its id."""
        ref = id_.rpartition(" ")[2]
        reference = self._library.references.get(ref)
        if reference is None:
            return None
        resting = [(lead, source) for lead, said, source in self._read if source.ref == ref]
        read = sorted({f"{source.locator} ({tr(source.read_in.label)})" for _, source in resting})
        about = (
            Line(tr("Publication"), details_of(reference)),
            Line(tr("Date"), str(reference.year) if reference.year else tr("year not read")),
            *(Line(tr("Read in"), place) for place in read),
            *(Line(tr("First- or second-hand"), words) for words in dict.fromkeys(hand(s) for _, s in resting)),
        )
        return SourceCard(
            f"reference:{ref}",
            tr("Publication"),
            reference.short,
            (Part(reference.short, about),),
            any(source.secondary for _, source in resting),
            links_of(self._library, (ref,)),
            tuple(dict.fromkeys(lead for lead, _ in resting)),
        )

    def _passage(self, id_: str) -> SourceCard | None:
        """Return the card of what was read at one place of a publication; that of the entry itself where it is one."""
        ref, _, locator = id_.partition(", ")
        found = [entry for entry in self._read if entry[2].ref == ref and entry[2].locator == locator]
        addresses = dict.fromkeys(lead.address for lead, *_ in found)
        if len(addresses) == 1:
            return self.of(next(iter(addresses)))
        if not found:
            return self._reference(ref)
        reference, source = self._library.references[ref], found[0][2]
        said = tuple(dict.fromkeys(Line(lead.label, words) for lead, words, _ in found))
        about = (
            Line(tr("Read in"), cite(self._library, source)),
            Line(tr("First- or second-hand"), hand(source)),
            Line(reference.short, details_of(reference)),
        )
        return SourceCard(
            f"evidence:{id_}",
            tr("Publication"),
            f"{reference.short}, {locator}",
            (Part(tr("What was read there"), said), Part(tr("How it was read"), about)),
            any(entry.secondary for *_, entry in found),
            links_of(self._library, (ref,)),
            tuple(dict.fromkeys(lead for lead, *_ in found)),
        )

    @cached_property
    def _read(self) -> tuple[tuple[Lead, str, Source], ...]:
        """Everything that was read somewhere: the card it is on, its words, where."""
        return tuple(_everything(self._library))


def card_of(library: EvidenceLibrary, address: str) -> SourceCard | None:
    """Return the card of an address, for one that is asked for once; ``Cards`` remembers what was read where."""
    return Cards(library).of(address)


def pause_lines(library: EvidenceLibrary) -> Iterator[PauseLine]:
    """Yield every line that is shown before whole-brain radiotherapy."""
    pause = library.pause
    yield from pause.disciplines
    yield from pause.must_know
    for group in (pause.alternatives, pause.reasonable, pause.context, pause.if_chosen, pause.deferral):
        yield from group
    yield pause.local_first


def _id_of(item: PauseLine) -> str:
    return sayings.pause_words(item)[0].partition(":")[2]


def _notes(library: EvidenceLibrary) -> Iterator[Background]:
    for theme in library.background:
        yield from theme.notes


def _everything(library: EvidenceLibrary) -> Iterator[tuple[Lead, str, Source]]:
    for trial in library.trials:
        lead = Lead(trial.name, f"trial:{trial.id}")
        yield lead, trial.regimen, trial.source
        yield from ((lead, said, source) for said, source in _stated(trial))
        for found in trial.discrepancies:
            yield lead, found.primary_says, found.primary
            yield lead, found.secondary_says, found.secondary
        for cohort in trial.cohorts:
            yield from _of_cohort(trial, cohort)
    for group, statement in library.statements.values():
        yield sayings.lead_to(group, statement), statement.text, statement.source
    for caution in library.cautions:
        yield Lead(caution.name, f"caution:{caution.id}"), caution.text, caution.source
    for option in library.options:
        lead = Lead(option.name, f"option:{option.id}")
        yield from ((lead, entry.text, entry.source) for entry in option.conditions)
    for local in library.local_therapy:
        yield from _of_local(local)
    for item in pause_lines(library):
        address, title, said = sayings.pause_words(item)
        yield Lead(title, address), said, item.source
    for note in _notes(library):
        yield Lead(note.topic, f"note:{note.id}"), note.text, note.source


def _of_cohort(trial: Trial, cohort: Cohort) -> Iterator[tuple[Lead, str, Source]]:
    id_, name = f"{trial.id}/{cohort.id}", f"{trial.name}: {cohort.label}"
    lead = Lead(name, f"cohort:{id_}")
    if cohort.n is not None:
        yield lead, f"n {cohort.n.value}", cohort.n.source
    yield from ((lead, f"{arm.arm}: n {arm.n.value}", arm.n.source) for arm in cohort.arms)
    yield from ((lead, said, source) for said, source in _stated(cohort))
    if cohort.follow_up is not None:
        yield lead, cohort.follow_up.text, cohort.follow_up.source
    for place, endpoint in enumerate(cohort.endpoints):
        figure = Lead(f"{name}, {endpoint_name(endpoint)}", f"value:{id_}#{place}")
        yield from ((figure, endpoint_value(endpoint), source) for source in figures.sources_of(endpoint))


def _of_local(trial: LocalTherapyTrial) -> Iterator[tuple[Lead, str, Source]]:
    lead = Lead(trial.name, f"local:{trial.id}")
    yield lead, trial.comparison, trial.source
    if trial.n is not None:
        yield lead, f"n {trial.n.value}", trial.n.source
    for endpoint in trial.endpoints:
        words = f"{endpoint_name(endpoint)}: {endpoint_value(endpoint)}"
        yield from ((lead, words, source) for source in figures.sources_of(endpoint))


def _stated(owner: Trial | Cohort) -> Iterator[tuple[str, Source]]:
    yield from ((entry.text, entry.source) for entry in (*owner.population, *owner.entry))
    yield from ((entry.text, entry.source) for entry in owner.allowed)
