"""Rows of the choices before whole-brain radiation, and of the situations in which it is reasonable."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from her2board.assessment.model import PauseItem
from her2board.briefing.formats import MIDDLE_DOT, cited, listed, lower
from her2board.briefing.model import Run, Words
from her2board.logic.values import Facts, Reading
from her2board.wording import tr

Answer = Literal["applies", "does_not_apply", "cannot_tell", "stated"]
"""What this case says to a row; 'stated': it is compared with nothing."""
_SHORT = 30
"""Characters a fact may take beside a choice."""


@dataclass(frozen=True, slots=True)
class PauseRow:
    """A choice or a situation, what sources say of it, and what this case says to it."""

    name: str
    words: Words
    answer: Answer = "stated"
    answer_words: Words = ()
    because: Words = ()
    """The facts behind the answer."""
    cautions: Words = ()
    """The names of the cautions that recorded facts trigger of a choice that applies, a run for each."""
    left_out: int = 0
    """How many of them are left to the annex."""

    @property
    def here(self) -> Words:
        """What this case says, with the facts and cautions."""
        return (*self.answer_words, *self.because, *self._called_for())

    def _called_for(self) -> Words:
        if not self.cautions and not self.left_out:
            return ()
        words: list[Run] = [Run(tr(". Caution: "), "italic")]
        for index, caution in enumerate(self.cautions):
            words += [Run("; ", "italic"), caution] if index else [caution]
        if self.left_out:
            more = tr("; +{n} more") if self.cautions else tr("{n} in the annex")
            words.append(Run(more.format(n=self.left_out), "italic", origin=("count:cautions left out",)))
        return tuple(words)


def only_named(item: PauseItem) -> bool:
    """Return whether a choice does not apply, or is about a disease or treatment that nobody recorded."""
    return item.state == "does_not_apply" or not item.presupposed


def named_choices(items: Iterable[PauseItem], facts: Facts) -> Iterator[PauseRow]:
    """Yield the choices that are only named in a row each for why, those of one reason together."""
    labels: dict[Answer, str] = {
        "cannot_tell": tr("Choices that need recording first"),
        "does_not_apply": tr("Choices not applicable here"),
    }
    named = [item for item in items if only_named(item)]
    for answer, label in labels.items():
        together: dict[str, list[PauseItem]] = {}
        for item in named:
            if item.state == answer:
                together.setdefault(_reason(item, facts), []).append(item)
        if together:
            yield PauseRow(label, tuple(_with_reasons(together)), answer)


def _with_reasons(together: dict[str, list[PauseItem]]) -> Iterator[Run]:
    """Yield each reason after the names of its choices, which are cited in the annex: nothing is said of them here."""
    for number, (reason, items) in enumerate(together.items()):
        if number:
            yield Run(MIDDLE_DOT)
        for index, item in enumerate(items):
            if index:
                yield Run("; ")
            yield replace(cited(item.label, item.source), refs=(), secondary=False)
        read = dict.fromkeys(name for item in items for name in (*item.facts_used, *item.facts_missing))
        yield Run(f" ({reason})", "italic", origin=(*(f"fact:{name}" for name in read), "count:further facts"))


def _reason(item: PauseItem, facts: Facts) -> str:
    """Return the first fact that decides a choice, or that it waits for."""
    if item.state == "cannot_tell":
        return next(lower(facts.read(name).label) for name in item.facts_missing if name in facts.readings)
    return next(_recorded(facts.read(name)) for name in item.facts_used)


def situations(items: Iterable[PauseItem], facts: Facts) -> Iterator[PauseRow]:
    """Yield the situations of this case first, then those that need a fact; the others are only named."""
    by_state: dict[str, list[PauseItem]] = {}
    for item in items:
        by_state.setdefault(item.state, []).append(item)
    for state in ("applies", "cannot_tell"):
        yield from (pause_row(item, facts) for item in by_state.get(state, ()))
    yield from _named_only(tr("Also named"), by_state.get("stated", []))
    yield from _named_only(tr("Not applicable here"), by_state.get("does_not_apply", []), "does_not_apply")


def _named_only(label: str, items: list[PauseItem], answer: Answer = "stated") -> Iterator[PauseRow]:
    """Name situations in one row: those no fact decides, or those that do not apply."""
    if items:
        words = (cited(("; " if index else "") + lower(item.label), item.source) for index, item in enumerate(items))
        yield PauseRow(label, tuple(words), answer)


def pause_row(item: PauseItem, facts: Facts) -> PauseRow:
    """Return one line with what this case says to it: yes, no, what it needs; nothing where no fact is asked."""
    said = (cited(item.words, item.source),)
    origin = (*(f"fact:{name}" for name in item.facts_used), "count:further facts")
    recorded = [_recorded(facts.read(name)) for name in item.facts_used]
    because = listed(recorded, 1, tr("; +{n} more"))  # never bare behind a number
    answer: Answer
    match item.state:
        case "applies":
            answer, words, because = "applies", tr("Applies here"), f" ({because})"
        case "does_not_apply":
            answer, words, because = "does_not_apply", tr("Does not apply"), f" ({because})"
        case "cannot_tell":
            missing = [lower(facts.read(name).label) for name in item.facts_missing if name in facts.readings]
            answer, words, because = "cannot_tell", tr("Needs: "), listed(missing, 1)
        case _:  # compared with nothing
            return PauseRow(item.label, said)
    because_words = (Run(because, "italic", origin=origin),)
    cautions = item.cautions if answer == "applies" else ()
    names = tuple(cited(lower(caution.name), caution.source, style="italic") for caution in cautions)
    return PauseRow(item.label, said, answer, (Run(words, "italic"),), because_words, names)


def _recorded(reading: Reading) -> str:
    """Return a fact in few words: 'number of metastases: 20'; longer words only as 'recorded'."""
    shown = reading.shown if len(reading.shown) <= _SHORT else tr("recorded")
    return f"{lower(reading.label)}: {shown}"
