"""Cards of what is said: guideline statements, labels, approvals, cautions, options, disagreements, explanations."""

from collections.abc import Iterable, Iterator
from datetime import date
from textwrap import shorten

from her2board.briefing.annex import body_of
from her2board.briefing.cards.model import Lead, SourceCard
from her2board.briefing.cards.publications import links_of, reading
from her2board.briefing.comparison import cite
from her2board.briefing.formats import sentence
from her2board.briefing.trial_card import Line, Part, disagreement
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.records import (
    Background,
    Caution,
    Conflict,
    Consideration,
    DisciplineRole,
    GuidelineGroup,
    MustKnow,
    SequencingOption,
    Statement,
    WithdrawnValue,
)
from her2board.evidence.references import Source
from her2board.wording import day_words, tr

_BEGINNING = 70
"""Letters of a statement in the way that leads to it."""


def statement_card(library: EvidenceLibrary, group: GuidelineGroup, statement: Statement) -> SourceCard:
    """Return the card of what a guideline, label, regulator, panel or study says."""
    body = body_of(group.body, group.year)
    pairs = (
        ("", statement.text),
        (tr("Said by"), body),
        (tr("In"), group.title),
        (tr("Direction"), tr(statement.direction.label)),
        (tr("Strength"), statement.strength or tr("grade not read")),
        (tr("Opinion"), tr("panel or expert opinion") if statement.opinion else ""),
        (
            tr("Depends on"),
            ", ".join(_facts(library, group, statement)) or tr("no condition: it is shown in every case"),
        ),
        (tr("Superseded"), statement.superseded_note or ""),
    )
    conflicts = [conflict for conflict in library.conflicts if statement.id in conflict.sides]
    leads = [Lead(tr("Disagreement: {topic}").format(topic=c.topic), f"conflict:{c.id}") for c in conflicts]
    leads += _options(library, statement.options)
    return _card(
        library,
        (f"statement:{statement.id}", sentence(tr(group.kind.label)), f"{body}: {statement.source.locator}"),
        (Part(tr("What is said"), _lines(pairs)),),
        (statement.source,),
        leads,
    )


def _facts(library: EvidenceLibrary, group: GuidelineGroup, statement: Statement) -> list[str]:
    named = {name for criterion in (group.about, statement.when) if criterion for name in criterion.names}
    names = sorted(named, key=library.fact_places.__getitem__)
    return [library.catalogue[name].label for name in names]


def caution_card(library: EvidenceLibrary, caution: Caution) -> SourceCard:
    """Return the card of a caution."""
    facts = ", ".join(library.catalogue[name].label for name in sorted(caution.when.names))
    pairs = (("", caution.text), (tr("Depends on"), facts))
    keys = (f"caution:{caution.id}", tr("Caution"), caution.name)
    parts = (Part(tr("What is said"), _lines(pairs)),)
    return _card(library, keys, parts, (caution.source,), _options(library, caution.options))


def lead_to(group: GuidelineGroup, said: Statement) -> Lead:
    """Return the way to a statement: who says it, where, and how it begins, as one place holds several."""
    begins = shorten(said.text, _BEGINNING, placeholder=" …")
    return Lead(f"{body_of(group.body, group.year)}, {said.source.locator}: {begins}", f"statement:{said.id}")


def conflict_card(library: EvidenceLibrary, conflict: Conflict) -> SourceCard:
    """Return the card of a disagreement, both sides on it."""
    sides = [library.statements[id_] for id_ in conflict.sides]
    leads = [lead_to(group, said) for group, said in sides]
    keys = (f"conflict:{conflict.id}", tr("Where sources disagree"), conflict.topic)
    sources = [said.source for _, said in sides]
    parts = (disagreement(library, conflict),)
    return _card(library, keys, parts, sources, [*leads, *_options(library, conflict.options)])


def option_card(library: EvidenceLibrary, option: SequencingOption) -> SourceCard:
    """Return the card of an option: what it asks of a case, and everything that is said of it."""
    about = [Line(tr("Kind"), sentence(tr(option.kind.label)))]
    drugs = [library.vocabulary.drugs[id_].name for id_ in option.drugs]
    about += [Line(tr("Drugs"), ", ".join(drugs))] if drugs else []
    about += [Line(tr("Note"), option.note)] if option.note else []
    asked = tuple(Line("", entry.text, cite(library, entry.source)) for entry in option.conditions)
    leads = [
        Lead(tr("Caution: {name}").format(name=c.name), f"caution:{c.id}")
        for c in library.cautions_by_option[option.id]
    ]
    leads += [lead_to(group, said) for group, said in library.statements_by_option[option.id]]
    for id_ in library.cohorts_of_option[option.id]:
        trial, cohort = library.cohorts_by_id[id_]
        leads.append(Lead(f"{trial.name}: {cohort.label}", f"cohort:{id_}"))
    parts = (Part(option.name, tuple(about)), Part(tr("What it asks of a case"), asked))
    sources = [entry.source for entry in option.conditions]
    return _card(library, (f"option:{option.id}", tr("Option"), option.name), parts, sources, leads)


def pause_card(library: EvidenceLibrary, item: DisciplineRole | MustKnow | Consideration) -> SourceCard:
    """Return the card of a line shown before whole-brain radiotherapy."""
    address, title, said = pause_words(item)
    option = item.option if isinstance(item, Consideration) else None
    parts = (Part(tr("What is said"), (Line("", said),)),)
    keys = (address, tr("Before whole-brain radiotherapy"), title)
    return _card(library, keys, parts, (item.source,), _options(library, (option,) if option else ()))


def pause_words(item: DisciplineRole | MustKnow | Consideration) -> tuple[str, str, str]:
    """Return address, name and words of a line shown before whole-brain radiotherapy."""
    if isinstance(item, DisciplineRole):
        return f"pause:{item.discipline}", item.label, item.asks
    if isinstance(item, MustKnow):
        return f"pause:{item.id}", item.label, item.why
    return f"pause:{item.id}", item.name, item.text


def note_card(library: EvidenceLibrary, note: Background) -> SourceCard:
    """Return the card of an explanation for readers."""
    pairs = (
        ("", note.text),
        (tr("Opinion"), tr("panel or expert opinion") if note.opinion else ""),
        (tr("Corrected"), note.corrected or ""),
    )
    keys = (f"note:{note.id}", tr("Explanation"), sentence(note.topic))
    return _card(library, keys, (Part(tr("What is said"), _lines(pairs)),), (note.source,), ())


def withdrawn_card(library: EvidenceLibrary, value: WithdrawnValue) -> SourceCard:
    """Return the card of what is shown no more: what it said, and why it was withdrawn."""
    about = value.withdrawn
    pairs = (
        (tr("It said"), value.name),
        (tr("Withdrawn because"), about.because),
        (tr("On"), day_words(date.fromisoformat(about.on))),
        (tr("By"), about.by),
        (tr("Read for it"), cite(library, about.source) if about.source else ""),
    )
    kind, title = tr("Withdrawn"), tr("Withdrawn: {name}").format(name=value.name)
    links = links_of(library, (about.source.ref,) if about.source else ())
    return SourceCard(f"withdrawn:{value.id}", kind, title, (Part(kind, _lines(pairs)),), False, links, ())


def _card(
    library: EvidenceLibrary,
    keys: tuple[str, str, str],
    parts: tuple[Part, ...],
    sources: Iterable[Source],
    leads: Iterable[Lead],
) -> SourceCard:
    known = tuple(dict.fromkeys(sources))
    second_hand = any(source.secondary for source in known)
    links = links_of(library, (source.ref for source in known))
    return SourceCard(*keys, (*parts, reading(library, known)), second_hand, links, tuple(leads))


def _options(library: EvidenceLibrary, ids: Iterable[str]) -> Iterator[Lead]:
    for id_ in ids:
        yield Lead(tr("Option: {name}").format(name=library.options_by_id[id_].name), f"option:{id_}")


def _lines(pairs: Iterable[tuple[str, str]]) -> tuple[Line, ...]:
    return tuple(Line(label, words) for label, words in pairs if words)
