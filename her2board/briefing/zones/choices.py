"""The choices before whole-brain radiation: a few in a table, the others in one phrase each with the reason."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from her2board.assessment.local_model import LocalResult
from her2board.assessment.model import PauseItem
from her2board.assessment.options import context_only_words
from her2board.briefing.formats import cited, joined, listed, lower, sentence
from her2board.briefing.local_words import local_access, local_access_in_brief
from her2board.briefing.model import Run, Words
from her2board.briefing.zones.alert import alarming_first
from her2board.briefing.zones.base import Sources
from her2board.briefing.zones.few_words import awaited, few_words
from her2board.case.terms import OptionKind
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.records import SequencingOption
from her2board.evidence.terms import PauseGroup
from her2board.logic.evaluate import truth_of
from her2board.logic.truth import Truth
from her2board.logic.values import Facts
from her2board.wording import Marked, tr

Answer = Literal["applies", "cannot_tell", "stated", "does_not_apply"]
"""What this case says to a choice; 'stated': it is compared with nothing."""
MOST_ROWS = 6
_NAMED = 2
"""Facts named beside a choice before the rest is counted."""
_WAITING = 2
"""Class from which on a choice that waits for a fact makes way for one that waits for another; so do those of one
disease that is in question."""
_WHOLE_BRAIN = (OptionKind.WBRT_CONVENTIONAL, OptionKind.WBRT_HIPPOCAMPAL_MEMANTINE)
_GOALS = "goals"
"""That they are known; what they are speaks for no choice, so it is named only where a choice needs nothing else."""
_SHORT = 30
"""Characters that a fact may take with its label beside a choice."""
_ANSWERS: dict[Answer, Marked] = {
    "applies": "Also applies",
    "stated": "Also",
    "cannot_tell": "Needs recording first",
    "does_not_apply": "Does not apply",
}


class NamedChoice(Struct, frozen=True):
    """A choice in one phrase: its name, and why it has no row of its own."""

    name: str
    answer: Answer
    reason: str
    named_from: tuple[str, ...] = ()
    """Where numbers in its name come from."""
    because: tuple[str, ...] = ()
    """Where the reason comes from."""
    local: Words = ()
    """What the clinic says of the access to it, marked; of a choice that may apply."""
    left_out: bool = False
    """Whether its reason is left to the annex, unless that of another choice is the same."""


class ChoiceRow(Struct, frozen=True):
    """A row of the table: what guidelines say, what this case says, and what it warns of."""

    name: str
    brief: NamedChoice
    """The same in one phrase, for where a row does not fit."""
    rank: int
    """Its class among the rows; those of the highest are named first where there is no room."""
    text: Words
    strength: Words
    """Strength of the statement in the words of its source."""
    answer: Words
    facts: Words
    """The facts behind the answer, a run for each."""
    cautions: Words
    """What recorded facts trigger of a choice that applies or waits for a fact, a run for each."""
    left_out: int = 0
    """How many of them are left to the annex."""
    local: Words = ()
    """What the clinic says of the access to it, marked."""
    whole_brain: bool = False
    """Whether it is a kind of whole-brain radiotherapy."""

    @property
    def says(self) -> Words:
        """What guidelines or trials say of it, with the strength."""
        return (*self.text, *self.strength) if self.text else ()

    @property
    def here(self) -> Words:
        """What this case says to it, with the facts."""
        facts = joined(((fact,) for fact in self.facts), "; ")
        answer = (*self.answer, Run(": "), *facts) if facts else self.answer
        return joined((answer, self.local), " ")

    @property
    def caution(self) -> Words:
        """The cautions, with how many more there are."""
        words: list[Run] = []
        for caution in self.cautions:
            words += [Run("; "), caution] if words else [caution]
        if self.left_out:
            more = f"+{self.left_out}"
            words += [Run(("; " if words else "") + more, "italic", origin=("count:cautions left out",))]
        return tuple(words)


def choices(sources: Sources) -> tuple[tuple[ChoiceRow, ...], tuple[NamedChoice, ...]]:
    """Return the rows of the table, and the choices that are only named.

    A row have those of the recorded kind of disease, then the others that apply or wait for a fact, variants of
    another choice last; in the order of the release. What there is no row for is named.
    """
    assessment, library = sources.assessment, sources.library
    items = assessment.pause.of(PauseGroup.ALTERNATIVE)
    ranks = dict(_ranked(items, library))
    kept = sorted(ranks, key=lambda place: (ranks[place], place))[:MOST_ROWS]
    rows = tuple(_row(items[place], ranks[place], sources) for place in sorted(kept))
    others = [item for place, item in enumerate(items) if place not in kept]
    return rows, tuple(_in_families(others, sources))


def _ranked(items: Iterable[PauseItem], library: EvidenceLibrary) -> Iterator[tuple[int, int]]:
    """Yield the place and the class of each choice that may have a row, 0 first."""
    known = {item.id: item for item in library.pause.alternatives}
    waited_for: set[tuple[str, tuple[str, ...]]] = set()
    for place, item in enumerate(items):
        if item.state == "does_not_apply" or not item.presupposed:
            continue
        rank = 1 if item.state != "cannot_tell" else 2
        if known[item.id].when is not None:
            rank -= 1
        elif known[item.id].variant:
            rank += 2
        if item.state == "cannot_tell" and (rank >= _WAITING or known[item.id].family):
            waits = known[item.id].family or "", item.facts_missing[:1]
            rank += waits in waited_for
            waited_for.add(waits)
        yield place, rank


def _in_families(items: Iterable[PauseItem], sources: Sources) -> Iterator[NamedChoice]:
    """Yield choices in one phrase each; those of a disease or treatment that is not recorded by their common name."""
    facts, library = sources.assessment.facts, sources.library
    families = {item.id: item.family for item in library.pause.alternatives if item.family}
    items = tuple(items)
    apart = {families[id_] for id_ in families.keys() - {item.id for item in items if not item.presupposed}}
    together: dict[str, list[PauseItem]] = {}
    for item in items:
        family = families.get(item.id)
        together.setdefault(item.id if family is None or family in apart else family, []).append(item)
    for name, several in together.items():
        choice = _named(_speaking(several, library), facts, library)
        if name in families.values():
            choice = replace(choice, name=name, named_from=tuple(f"pause:{item.id}" for item in several))
        else:
            choice = replace(choice, local=_local(several[0], sources, local_access_in_brief))
        yield choice


def _speaking(several: list[PauseItem], library: EvidenceLibrary) -> PauseItem:
    """Return which of a family says why: what waits for a fact, else what its own disease or treatment decides."""
    about = {item.id: item.when.names for item in library.pause.alternatives if item.when is not None}
    open_ = (item for item in several if item.state == "cannot_tell")
    own = (item for item in several if not about.get(item.id, frozenset()).isdisjoint(item.facts_used))
    return next(open_, next(own, several[0]))


def _row(item: PauseItem, rank: int, sources: Sources) -> ChoiceRow:
    facts, library = sources.assessment.facts, sources.library
    brief = replace(_named(item, facts, library), local=_local(item, sources, local_access_in_brief))
    text = cited(item.brief or item.words, item.source, of=f"pause:{item.id}")
    strength = _strength(item, library)
    ordered = alarming_first(item.cautions, item.option, sources)
    cautions = (cited(lower(caution.name), caution.source, of=f"caution:{caution.id}") for caution in ordered)
    return ChoiceRow(
        name=item.label,
        brief=brief,
        rank=rank,
        text=(text,),
        strength=strength,
        answer=(Run(_answer(item, brief.answer, sources), "bold"),) if brief.answer in _HERE else (),
        facts=tuple(Run(said, origin=brief.because) for said in _facts(item, facts, library) if brief.answer in _HERE),
        cautions=tuple(cautions) if brief.answer in _HERE else (),
        local=_local(item, sources, local_access),
        whole_brain=_kind(item, library) in _WHOLE_BRAIN,
    )


def _kind(item: PauseItem, library: EvidenceLibrary) -> OptionKind | None:
    option = library.options_by_id.get(item.option or "")
    return option.kind if option else None


def _answer(item: PauseItem, answer: Answer, sources: Sources) -> str:
    """Return whether a choice applies; of one that an urgent case does not wait for, that it is context."""
    context = any(result.context_only for result in sources.assessment.options if result.id == item.option)
    if not context:
        return tr(_HERE[answer])
    words = sentence(context_only_words())
    return f"{words}; {lower(tr(_HERE[answer]))}" if answer == "cannot_tell" else words


def _local(item: PauseItem, sources: Sources, access: Callable[[LocalResult | None, SequencingOption], Words]) -> Words:
    """Return what the clinic says of the access to a choice that may apply."""
    option = sources.library.options_by_id.get(item.option or "")
    return access(sources.assessment.local, option) if option and item.state != "does_not_apply" else ()


def without_access(row: ChoiceRow) -> ChoiceRow:
    """Leave what the clinic says of the access to a choice to the annex."""
    return replace(row, local=(), brief=replace(row.brief, local=()))


def _facts(item: PauseItem, facts: Facts, library: EvidenceLibrary) -> list[str]:
    if item.state == "cannot_tell":
        missing = (awaited(name, library, facts) for name in item.facts_missing if name in facts.readings)
        return [words] if (words := listed(missing, _NAMED)) else []
    used = [name for name in item.facts_used if name != _GOALS] or item.facts_used
    short = dict.fromkeys(few_words(facts.read(name)) for name in used)
    said = [words for words in short if words and len(words) <= _SHORT]
    return said[:_NAMED]


_HERE: dict[Answer, Marked] = {"applies": "Applies", "cannot_tell": "Needs recording"}


def _strength(item: PauseItem, library: EvidenceLibrary) -> Words:
    """Return the strength in the source's own words; nothing where the place that is cited has several or none."""
    if item.source is None or item.option is None:
        return ()
    place = (item.source.ref, item.source.locator)
    found = [
        statement
        for _, statement in library.statements_by_option.get(item.option, ())
        if (statement.source.ref, statement.source.locator) == place
    ]
    strengths = {statement.strength for statement in found}
    if len(strengths) != 1 or not found[0].strength:
        return ()
    origin = (*(f"statement:{statement.id}" for statement in found), *cited("", item.source).origin)
    return (Run(f" ({found[0].strength})", "muted", origin=origin),)


def _named(item: PauseItem, facts: Facts, library: EvidenceLibrary) -> NamedChoice:
    """Return a choice with the first fact that decides it, or that it waits for."""
    if item.state == "cannot_tell":
        missing = [awaited(name, library, facts) for name in item.facts_missing if name in facts.readings]
        answer, reason = "cannot_tell", missing[0] if missing else ""
    else:
        answer, reason = item.state, reason_of(item, facts, library)
        if answer == "does_not_apply" and _absent(item, facts, library):
            reason = tr("none here")
    read = dict.fromkeys((*item.facts_used, *item.facts_missing))
    option = library.options_by_id.get(item.option or "")
    name = (option.brief if option else None) or item.label
    because = (*(f"fact:{name}" for name in read), "count:further facts")
    return NamedChoice(name, _ANSWER_OF[answer], reason, cited("", item.source, of=f"pause:{item.id}").origin, because)


def reason_of(item: PauseItem, facts: Facts, library: EvidenceLibrary) -> str:
    """Return the first fact that decides a choice, in few words; first of those that it is about."""
    own = _about(item, library)
    used = (few_words(facts.read(name)) for name in sorted(item.facts_used, key=lambda name: name not in own))
    return next(filter(None, used), "")


def _about(item: PauseItem, library: EvidenceLibrary) -> frozenset[str]:
    """Return the facts of the disease or the treatment that a choice is about."""
    about = next((one.when for one in library.pause.alternatives if one.id == item.id), None)
    return frozenset() if about is None else frozenset(about.names)


def _absent(item: PauseItem, facts: Facts, library: EvidenceLibrary) -> bool:
    """Return whether the disease or the treatment that a choice is about is recorded as absent."""
    about = next((one.when for one in library.pause.alternatives if one.id == item.id), None)
    return about is not None and truth_of(about, facts) is Truth.NOT_MET


_ANSWER_OF: dict[str, Answer] = {name: name for name in _ANSWERS}


def named_words(named: Iterable[NamedChoice]) -> Iterator[Words]:
    """Yield a paragraph for each answer: the names of its choices, those of one reason together."""
    order = [*_ANSWERS]
    ordered = sorted(named, key=lambda choice: order.index(choice.answer))
    for answer, several in groupby(ordered, key=lambda choice: choice.answer):
        together: dict[str, list[NamedChoice]] = {}
        for choice in several:
            together.setdefault(choice.reason, []).append(choice)
        yield (Run(f"{tr(_ANSWERS[answer])}: ", "bold"), *_with_reasons(together), Run("."))


def _with_reasons(together: dict[str, list[NamedChoice]]) -> Iterator[Run]:
    """Yield each reason after the names of its choices, which are cited in the annex: nothing is said of them here."""
    unsaid = [choice for several in together.values() if _left_out(several) for choice in several]
    said = {reason: several for reason, several in together.items() if not _left_out(several)}
    for number, (reason, several) in enumerate([*said.items(), *([("", unsaid)] if unsaid else [])]):
        if number:
            yield Run("; ")
        for index, choice in enumerate(several):
            name = choice.name if index or number else sentence(choice.name)
            yield Run(f", {name}" if index else name, origin=choice.named_from)
            if choice.local:
                yield from (Run(" "), *choice.local)
        if reason:
            origins = dict.fromkeys(origin for choice in several for origin in choice.because)
            yield Run(f" ({reason})", "italic", origin=tuple(origins))


def _left_out(several: Iterable[NamedChoice]) -> bool:
    return all(choice.left_out for choice in several)


def without_reason(choice: NamedChoice) -> NamedChoice:
    """Leave the reason to the annex, unless another choice says the same."""
    return replace(choice, left_out=True)
