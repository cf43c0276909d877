"""Before whole-brain radiation: who was heard, what is known, what else may be discussed, and when it is reasonable."""

from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, replace
from typing import Literal, get_args

from her2board.assessment.model import Assessment, PauseItem, PauseResult
from her2board.briefing.formats import MIDDLE_DOT, cited, lower, says, sentence, sentences
from her2board.briefing.model import Line, Part, Run, Words
from her2board.briefing.zones.base import Form, Note, Sources, Zone, alone
from her2board.briefing.zones.pause_rows import (
    Answer,
    PauseRow,
    named_choices,
    only_named,
    pause_row,
    situations,
)
from her2board.briefing.zones.texts import FEWEST, clip_rows, text_forms
from her2board.case.model import Case
from her2board.case.terms import URGENT_SIGNS
from her2board.evidence.terms import PauseGroup
from her2board.wording import tr

Sign = Literal["done", "open", "late", "none", "optional"]
_SIGNS: dict[str, Sign] = {
    "heard": "done",
    "pending": "open",
    "late": "late",
    "not_asked": "none",
    "unavailable": "none",
    "not_needed": "optional",
    "cannot_tell": "optional",
}
_OWN_CELL = 6
"""Disciplines that sources name; others were added by a person."""


@dataclass(frozen=True, slots=True)
class DisciplineRow:
    """One discipline: a sign, its name, and what it said or when it will."""

    sign: Sign
    name: str
    words: Words
    origin: tuple[str, ...] = ()
    """What the name says of the case."""


@dataclass(frozen=True, slots=True)
class PauseCounts:
    """Who was heard and what is known before whole-brain radiation, of how many."""

    heard: int
    disciplines: int
    known: int
    points: int

    @property
    def open(self) -> int:
        """Disciplines not heard and points not known."""
        return self.disciplines - self.heard + self.points - self.known

    @property
    def parts(self) -> tuple[str, str]:
        """Each count in words."""
        return (
            tr("{n} of {all} disciplines heard").format(n=self.heard, all=self.disciplines),
            tr("{n} of {all} points known").format(n=self.known, all=self.points),
        )

    @property
    def words(self) -> str:
        """Both counts in words."""
        return MIDDLE_DOT.join(self.parts)


@dataclass(frozen=True, slots=True)
class PauseZone:
    """Before whole-brain radiotherapy."""

    title: str
    counts: PauseCounts
    urgency: str
    """What is recorded of urgency, in words."""
    disciplines: tuple[DisciplineRow, ...]
    must_know: Words
    choices: tuple[str, ...]
    """The name of every choice, whether it has a row of its own or not."""
    alternatives: tuple[PauseRow, ...]
    aside: tuple[PauseRow, ...]
    """The choices that are only named: those a fact is needed for first, and those that do not apply."""
    reasonable: tuple[PauseRow, ...]
    context: Words
    if_waiting: Words
    """What a wait would need; empty while urgency is recorded."""
    if_chosen: Words
    origin: tuple[str, ...] = ()
    """What the words about urgency say."""
    further: int = 0
    """Disciplines whose words are left to the annex."""

    @property
    def status(self) -> Words:
        """Counts and urgency in one line."""
        origin = ("count:disciplines heard, points known",)
        return Run(self.counts.words, origin=origin), Run(f"{MIDDLE_DOT}{self.urgency}", origin=self.origin)


def pause_counts(pause: PauseResult) -> PauseCounts:
    """Count the disciplines that every case or this one calls for, and the points that must be known."""
    roles, points = pause.of(PauseGroup.DISCIPLINE), pause.of(PauseGroup.MUST_KNOW)
    return PauseCounts(
        heard=sum(item.state == "heard" for item in roles),
        disciplines=sum(item.state not in ("not_needed", "cannot_tell") for item in roles),
        known=sum(item.state != "open" for item in points),
        points=len(points),
    )


def disciplines(zone: PauseZone, signs: Container[Sign] = get_args(Sign)) -> tuple[Line, ...]:
    """Return the disciplines whose sign is one of ``signs``, those of whom the same is said on one line."""
    together: dict[Words, list[str]] = {}
    for row in zone.disciplines:
        if row.sign in signs:
            together.setdefault(row.words, []).append(row.name)
    return tuple(Line(", ".join(names), words) for words, names in together.items())


def _compose(sources: Sources) -> PauseZone:
    assessment = sources.assessment
    pause, facts = assessment.pause, assessment.facts
    unknown = [item for item in pause.of(PauseGroup.MUST_KNOW) if item.state == "open"]
    roles, choices = pause.of(PauseGroup.DISCIPLINE), pause.of(PauseGroup.ALTERNATIVE)
    return PauseZone(
        title=tr("Before whole-brain radiation"),
        counts=pause_counts(pause),
        urgency=tr("urgent: complete afterwards") if pause.bypass.open else _urgency_words(assessment),
        disciplines=tuple(_discipline_row(item, sources.case) for item in roles),
        must_know=_still_open(unknown, pause.bypass.open),
        choices=tuple(item.label for item in choices),
        alternatives=tuple(pause_row(item, facts) for item in choices if not only_named(item)),
        aside=tuple(named_choices(choices, facts)),
        reasonable=tuple(situations(pause.of(PauseGroup.REASONABLE), facts)),
        context=_context(assessment),
        if_waiting=_deferral(pause),
        origin=_no_urgency(assessment),
        if_chosen=_joined(tr("If WBRT is chosen: "), pause.of(PauseGroup.IF_CHOSEN)),
    )


def _discipline_row(item: PauseItem, case: Case) -> DisciplineRow:
    """Return what a discipline said or when it will; name and view are as long as somebody typed them."""
    entries = [f"board.disciplines[{n}]" for n, said in enumerate(case.board.disciplines) if said.key == item.id]
    named = says(*(f"{entry}.{name}" for entry in entries for name in ("discipline", "discipline_name")))
    origin = ("case:board.disciplines", *named, *says(*(f"{entry}.status" for entry in entries)))
    words = tuple(Run(piece.text, origin=origin, free=piece.typed) for piece in item.said)
    return DisciplineRow(_SIGNS[item.state], item.label, words, named)


def _urgency_words(assessment: Assessment) -> str:
    recorded = assessment.facts.recorded("urgency")
    return tr("no urgency recorded") if recorded else tr("urgency not fully asked")


def _no_urgency(assessment: Assessment) -> tuple[str, ...]:
    """Return the signs that were all recorded as absent, which is said in one phrase."""
    absent = assessment.facts.recorded("urgency") and not assessment.pause.bypass.open
    return says(*(f"urgency.{sign}" for sign in URGENT_SIGNS)) if absent else ()


def _still_open(unknown: list[PauseItem], urgent: bool) -> Words:
    if not unknown:
        return (Run(tr("Every point to be known is recorded.")),)
    names = ", ".join(lower(item.label) for item in unknown)
    label = tr("To complete afterwards: ") if urgent else tr("Still to be known: ")
    return (Run(label, "bold"), Run(names + "."))


def _context(assessment: Assessment) -> Words:
    items = assessment.pause.of(PauseGroup.CONTEXT)
    words: list[Run] = []
    first = next(item for item in assessment.pause.items if item.group is PauseGroup.LOCAL_FIRST)
    if first.state == "applies" and not assessment.pause.bypass.open:
        words.append(cited(tr("Symptoms recorded: local therapy first. "), first.source, style="bold"))
    for index, item in enumerate(items):
        text = item.brief or item.words
        words.append(cited(("; " if index else "") + (text if index else sentence(text)), item.source))
    return (*words, Run("."))


def _deferral(pause: PauseResult) -> Words:
    """Return what a wait would need; nothing at all while urgency is recorded."""
    items = pause.of(PauseGroup.DEFERRAL)
    if not items:
        return ()
    words: list[Run] = [Run(tr("If radiation waits: "), "bold")]
    for index, item in enumerate(items):
        here = {"cannot_tell": tr(" (not recorded)"), "applies": tr(" (recorded)")}.get(item.state, "")
        words.append(
            cited(("; " if index else "") + f"{lower(item.label)}{here} {item.brief or item.words}", item.source)
        )
    return (*words, Run("."))


def _joined(label: str, items: tuple[PauseItem, ...]) -> Words:
    words: list[Run] = [Run(label, "bold")]
    for index, item in enumerate(items):
        words.append(cited(("; " if index else "") + (item.brief or f"{lower(item.label)}, {item.words}"), item.source))
    return (*words, Run("."))


def _outline(zone: PauseZone) -> Iterator[Part]:
    heard = tuple(Line(row.name, row.words) for row in zone.disciplines)
    yield Part(zone.title, (Line("", tuple(replace(run, style="bold") for run in zone.status)), *heard))
    for title, rows in (
        (tr("Choices"), (*zone.alternatives, *zone.aside)),
        (tr("When WBRT is reasonable"), zone.reasonable),
    ):
        yield Part(title, tuple(Line(row.name, sentences(row.words, row.here)) for row in rows))
    yield Part(tr("Around the decision"), alone(zone.if_chosen, zone.if_waiting, zone.must_know, zone.context))


# Shorter forms


def _clipped(zone: PauseZone, most: int) -> PauseZone:
    return replace(zone, disciplines=clip_rows(zone.disciplines, most // 3))


def _fewest(zone: PauseZone) -> PauseZone:
    return replace(zone, disciplines=clip_rows(zone.disciplines, FEWEST, FEWEST // 2))


def _together(zone: PauseZone) -> PauseZone:
    """Name disciplines of whom the same is said in one cell; of those no source names, only who was heard."""
    own, further = zone.disciplines[:_OWN_CELL], zone.disciplines[_OWN_CELL:]
    said: dict[tuple[Sign, Words], list[DisciplineRow]] = {}
    for row in (*own, *(replace(row, words=()) for row in further)):
        said.setdefault((row.sign, row.words), []).append(row)
    cells = tuple(
        DisciplineRow(sign, ", ".join(row.name for row in rows), words, tuple(o for row in rows for o in row.origin))
        for (sign, words), rows in said.items()
    )
    return replace(zone, disciplines=cells, further=len(further))


def _without_needs(zone: PauseZone) -> PauseZone:
    """Leave to the annex which facts a row needs."""

    def brief(row: PauseRow) -> PauseRow:
        return replace(row, answer_words=(), because=()) if row.answer == "cannot_tell" else row

    return _rows(zone, brief)


def _without_facts(zone: PauseZone) -> PauseZone:
    """Keep whether something applies; the annex names the facts."""
    return _rows(zone, lambda row: replace(row, because=()))


def _without_sources(at: int, answers: Container[Answer]) -> Form[PauseZone]:
    """Leave to the annex what sources say of choices with these answers; their names and answers stay."""

    def shorten(zone: PauseZone) -> PauseZone:
        rows = tuple(replace(row, words=()) if row.answer in answers else row for row in zone.alternatives)
        return replace(zone, alternatives=rows)

    return Form(at, shorten, _UNSAID)


def _cautions(at: int, most: int) -> Form[PauseZone]:
    """Name so many cautions of a choice; the annex has them all."""

    def fewer(row: PauseRow) -> PauseRow:
        left = max(len(row.cautions) - most, 0)
        return replace(row, cautions=row.cautions[:most], left_out=row.left_out + left)

    note: Note[PauseZone] = Note(
        "choice_cautions", lambda n: tr("cautions of a choice: beyond {n}").format(n=n), lambda _: most
    )
    return Form(at, lambda zone: _rows(zone, fewer), note)


def _without_why(zone: PauseZone) -> PauseZone:
    """Name the choices that do not apply, or wait for a fact, without saying why; the annex says it."""
    rows = tuple(replace(row, words=tuple(run for run in row.words if run.style != "italic")) for row in zone.aside)
    return replace(zone, aside=rows)


def _waiting_together(zone: PauseZone) -> PauseZone:
    """Name the choices, and the situations, that wait for a fact in a row each; the annex has the rest of them."""
    choices, waiting = _waiting(zone.alternatives, tr("Choices that wait for a fact"))
    situations_, others = _waiting(zone.reasonable, tr("Situations that wait for a fact"))
    return replace(zone, alternatives=choices, aside=(*waiting, *zone.aside), reasonable=(*others, *situations_))


def _waiting(rows: tuple[PauseRow, ...], label: str) -> tuple[tuple[PauseRow, ...], tuple[PauseRow, ...]]:
    """Return rows without those that wait for a fact, and one row that names these."""
    waiting = [row for row in rows if row.answer == "cannot_tell"]
    if len(waiting) < 2:
        return rows, ()
    names: list[Run] = []
    for row in waiting:
        origin = tuple(dict.fromkeys(one for run in row.words for one in run.origin))
        names += [*([Run("; ")] if names else ()), Run(row.name, origin=origin)]
    return tuple(row for row in rows if row not in waiting), (PauseRow(label, tuple(names), "cannot_tell"),)


def _without_other_situations(zone: PauseZone) -> PauseZone:
    """Leave to the annex the situations in which WBRT is reasonable that are not those of this case."""
    return replace(zone, reasonable=tuple(row for row in zone.reasonable if row.answer != "does_not_apply"))


def _rows(zone: PauseZone, change: Callable[[PauseRow], PauseRow]) -> PauseZone:
    alternatives, reasonable = tuple(map(change, zone.alternatives)), tuple(map(change, zone.reasonable))
    return replace(zone, alternatives=alternatives, reasonable=reasonable)


_NEEDS: Note[PauseZone] = Note("cannot_tell", lambda _: tr("what a choice still needs: in the annex"))
_BARE: Note[PauseZone] = Note("facts_behind", lambda _: tr("what applies here: without the facts"))
_SAID: Note[PauseZone] = Note(
    "disciplines",
    lambda n: tr("what further disciplines said: {n} in the annex").format(n=n),
    lambda zone: zone.further,
)
_WAITING: Note[PauseZone] = Note("choices_waiting", lambda _: tr("choices that wait for a fact: only named"))
_WHY: Note[PauseZone] = Note("choices_named", lambda _: tr("why choices are only named: in the annex"))
_OTHER: Note[PauseZone] = Note(
    "situations", lambda _: tr("situations not applicable here: in the annex"), lambda zone: len(zone.reasonable)
)
_UNSAID: Note[PauseZone] = Note("choices", lambda _: tr("what sources say of choices that apply: in the annex"))
ZONE = Zone(
    PauseZone,
    _compose,
    shorter=(
        Form(20, _without_needs, _NEEDS),
        *text_forms(_clipped, _fewest),
        Form(52, _without_why, _WHY),
        Form(55, _without_other_situations, _OTHER),
        Form(50, _waiting_together, _WAITING),
        Form(95, _without_facts, _BARE),
        _without_sources(188, ("cannot_tell", "applies", "stated")),
        Form(440, _together, _SAID),
        *(_cautions(at, most) for at, most in ((70, 3), (130, 2), (195, 1), (450, 0))),
    ),
    outline=_outline,
)
