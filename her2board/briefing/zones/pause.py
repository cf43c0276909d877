"""Before whole-brain radiation: who was heard, what else may be chosen, and when radiation is reasonable."""

from collections.abc import Callable, Container, Iterable, Iterator
from typing import Literal, get_args

from msgspec import Struct
from msgspec.structs import replace

from her2board.assessment.model import Assessment, PauseItem
from her2board.briefing.formats import joined, listed_runs, lower, says, sentence, sentences
from her2board.briefing.model import Line, Part, Run, Words
from her2board.briefing.zones import around_wbrt as around
from her2board.briefing.zones.base import Form, Note, Sources, Zone, alone
from her2board.briefing.zones.choices import (
    Answer,
    ChoiceRow,
    NamedChoice,
    choices,
    named_words,
    without_access,
    without_reason,
)
from her2board.briefing.zones.pause_counts import PauseCounts, pause_counts
from her2board.briefing.zones.texts import FEWEST, clip_rows, text_forms
from her2board.case.model import Case
from her2board.case.terms import URGENT_SIGNS, Discipline
from her2board.case.wishes import refusals_of_any_kind
from her2board.evidence.terms import PauseGroup
from her2board.logic.evaluate import SOURCE
from her2board.logic.values import Among, Facts
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
_POINTS = 6
"""Points to be known that are named; the others are counted."""
_LONGEST_NAME = 60
"""Characters that a typed name of a discipline may have as a name."""
_SEVERAL = 3
"""Rows from which on one is of whole-brain radiation, which all of them are beside."""
_OWN_CELL = 6
"""Disciplines that sources name; others were added by a person."""


class DisciplineRow(Struct, frozen=True):
    """One discipline: a sign, its name, and what it said or when it will."""

    sign: Sign
    name: str
    words: Words
    origin: tuple[str, ...] = ()
    """What the name says of the case."""
    heard: bool = True
    """False where nothing is recorded of it."""
    several: bool = False
    """Whether the same is said of several disciplines here."""


class PauseZone(Struct, frozen=True):
    """Before whole-brain radiotherapy."""

    title: str
    counts: PauseCounts
    urgency: str
    """What is recorded of urgency, in words."""
    proposed: bool
    """Whether it is recorded as proposed."""
    about: Words
    """Which disease it is about, where that is not metastases of the brain, and whether a refusal may concern all."""
    disciplines: tuple[DisciplineRow, ...]
    must_know: Words
    choices: tuple[str, ...]
    """The name of every choice, whether it has a row of its own or not."""
    rows: tuple[ChoiceRow, ...]
    named: tuple[NamedChoice, ...]
    """The choices in one phrase each: those that do not apply, and those there is no row for."""
    reasonable: Words
    context: Words
    if_waiting: Words
    """What a wait would need; empty while urgency is recorded."""
    if_chosen: Words
    origin: tuple[str, ...] = ()
    """What the words about urgency say."""
    reasonable_brief: Words = ()
    """When it is reasonable, without what speaks against it here."""
    further: int = 0
    """Disciplines whose words are left to the annex."""

    @property
    def status(self) -> Words:
        """Counts and urgency in one line."""
        origin = ("count:disciplines heard, points known",)
        said = (Run(self.counts.words, origin=origin), Run(f", {self.urgency}", origin=self.origin))
        return (Run(tr("WBRT proposed, "), origin=says("meeting.wbrt_proposed")), *said) if self.proposed else said

    @property
    def below(self) -> tuple[Words, ...]:
        """What is below the table, a paragraph for each; the trials and what is still open last."""
        several = (*named_words(self.named), self.reasonable, self.if_chosen, self.if_waiting, self.context)
        return tuple(words for words in (*several, self.must_know) if words)


def disciplines(zone: PauseZone, signs: Container[Sign] = get_args(Sign)) -> tuple[Line, ...]:
    """Return the disciplines whose sign is one of ``signs``, those of whom the same is said on one line."""
    together: dict[Words, list[str]] = {}
    for row in zone.disciplines:
        if row.sign in signs:
            together.setdefault(row.words, []).append(row.name)
    return tuple(Line(", ".join(names), words) for words, names in together.items())


def _compose(sources: Sources) -> PauseZone:
    assessment = sources.assessment
    pause = assessment.pause
    unknown = [item for item in pause.of(PauseGroup.MUST_KNOW) if item.state == "open"]
    rows, named = choices(sources)
    against = around.against(sources)
    return PauseZone(
        title=tr("Before whole-brain radiation"),
        counts=pause_counts(pause),
        urgency=tr("urgent: complete afterwards") if pause.bypass.open else _urgency_words(assessment),
        proposed=bool(sources.case.meeting.wbrt_proposed),
        about=joined((_about(assessment.facts), _refusal(sources)), "; "),
        disciplines=_cells(_discipline_row(item, sources.case) for item in pause.of(PauseGroup.DISCIPLINE)),
        must_know=_still_open(unknown, pause.bypass.open),
        choices=tuple(item.label for item in pause.of(PauseGroup.ALTERNATIVE)),
        rows=rows,
        named=named,
        reasonable=around.reasonable(pause.of(PauseGroup.REASONABLE), against),
        reasonable_brief=around.reasonable(pause.of(PauseGroup.REASONABLE), against, brief=True),
        context=around.context(pause.of(PauseGroup.CONTEXT)),
        if_waiting=around.deferral(sources),
        origin=_no_urgency(assessment),
        if_chosen=around.if_chosen(pause.of(PauseGroup.IF_CHOSEN), sources.library),
    )


def _about(facts: Facts) -> Words:
    """Return which disease the choices are about, where it is the meninges or the cord, or nothing in the brain."""
    brain, meninges = facts.read("brain_metastases").value, facts.read("leptomeningeal_disease").value
    cords = ("cord_compression", "spinal_cord_lesion")
    cord = any(facts.read(name).value == Among.exactly(True) for name in cords)
    without = brain == Among.exactly(False)
    names = ("brain_metastases", "prior_local_therapy", "leptomeningeal_disease", *cords)
    if meninges == Among.exactly(True):
        words = tr("Leptomeningeal disease, no brain metastases") if without else tr("With leptomeningeal disease")
    elif cord:
        words = tr("Spinal cord, no brain metastases") if without else tr("With disease of the spinal cord")
    elif without and facts.read("prior_local_therapy").value == Among.exactly(True):
        words = tr("No brain metastasis left after local therapy")
    elif without:
        words = tr("No brain metastases recorded: the choices below presuppose them")
    else:
        return ()
    return (Run(words, "bold", origin=tuple(f"fact:{name}" for name in names)),)


def _refusal(sources: Sources) -> Words:
    """Return that a refusal recorded in words that name no kind of option may concern each choice."""
    if not refusals_of_any_kind(sources.case, sources.library.vocabulary):
        return ()
    words = tr("What the patient declines may concern any choice")
    return (Run(words, "bold", origin=("fact:declines",)),)


def _discipline_row(item: PauseItem, case: Case) -> DisciplineRow:
    """Return what a discipline said or when it will; name and view are as long as somebody typed them."""
    entries = [f"board.disciplines[{n}]" for n, said in enumerate(case.board.disciplines) if said.key == item.id]
    named = says(*(f"{entry}.{name}" for entry in entries for name in ("discipline", "discipline_name")))
    origin = ("case:board.disciplines", *named, *says(*(f"{entry}.status" for entry in entries)))
    words = tuple(Run(piece.text, origin=origin, free=piece.typed) for piece in item.said)
    name = item.label
    if len(name) > _LONGEST_NAME:  # typed; among the words it can be cut, and what is cut is counted
        words = (Run(name, origin=named, free=True), Run("; ", origin=origin), *words)
        name = sentence(tr(Discipline.OTHER.label))
    return DisciplineRow(_SIGNS[item.state], name, words, named or ("gap:board.disciplines",), bool(entries))


def _cells(rows: Iterable[DisciplineRow]) -> tuple[DisciplineRow, ...]:
    """Return disciplines in a cell each, those together of whom nothing is recorded."""
    said: dict[object, list[DisciplineRow]] = {}
    for number, row in enumerate(rows):
        said.setdefault(row.words if not row.heard else number, []).append(row)
    return tuple(_one_cell(several) for several in said.values())


def _one_cell(rows: list[DisciplineRow]) -> DisciplineRow:
    names, origin = ", ".join(row.name for row in rows), tuple(place for row in rows for place in row.origin)
    return replace(rows[0], name=names, origin=origin, several=len(rows) > 1)


def _urgency_words(assessment: Assessment) -> str:
    recorded = assessment.facts.recorded("urgency")
    return tr("no urgency recorded") if recorded else tr("urgency not fully asked")


def _no_urgency(assessment: Assessment) -> tuple[str, ...]:
    """Return the signs that were all recorded as absent, which is said in one phrase."""
    absent = assessment.facts.recorded("urgency") and not assessment.pause.bypass.open
    return says(*(f"urgency.{sign}" for sign in URGENT_SIGNS)) if absent else ("fact:urgency",)


def _still_open(unknown: list[PauseItem], urgent: bool) -> Words:
    if not unknown:
        return (Run(tr("Every point to be known is recorded.")),)
    points = (Run(lower(item.label), origin=_asked(item.facts_missing)) for item in unknown)
    names = listed_runs(points, _POINTS, tr(" and {n} more in the annex"))
    label = tr("To complete afterwards: ") if urgent else tr("Still to be known: ")
    return (Run(label, "bold"), *names, Run("."))


def _asked(facts: Iterable[str]) -> tuple[str, ...]:
    """Return where facts that are missing may be recorded; what no source states is nowhere."""
    return tuple(f"fact:{name}" for name in facts if not name.startswith(SOURCE))


def _outline(zone: PauseZone) -> Iterator[Part]:
    heard = tuple(Line(row.name, row.words) for row in zone.disciplines)
    status = Line("", tuple(replace(run, style="bold") for run in zone.status))
    yield Part(zone.title, (status, *alone(zone.about), *heard))
    rows = (Line(row.name, sentences(row.says, row.here, _warned(row))) for row in zone.rows)
    yield Part(tr("Choices"), (*rows, *alone(*named_words(zone.named))))
    yield Part(
        tr("Around the decision"),
        alone(zone.reasonable, zone.if_chosen, zone.if_waiting, zone.must_know, zone.context),
    )


def _warned(row: ChoiceRow) -> Words:
    return (Run(tr("Caution: "), "bold"), *row.caution) if row.caution else ()


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
    return replace(zone, disciplines=tuple(map(_one_cell, said.values())), further=len(further))


def _without_optional(zone: PauseZone) -> PauseZone:
    """Leave out disciplines that no recorded fact calls for and nobody asked; the annex has them."""
    return replace(zone, disciplines=tuple(row for row in zone.disciplines if row.sign != "optional" or row.heard))


def _without_named_access(zone: PauseZone) -> PauseZone:
    """Leave to the annex what the clinic says of choices that are only named."""
    rows = (replace(row, brief=replace(row.brief, local=())) for row in zone.rows)
    return replace(zone, rows=tuple(rows), named=tuple(replace(choice, local=()) for choice in zone.named))


def _each(change: Callable[[ChoiceRow], ChoiceRow]) -> Callable[[PauseZone], PauseZone]:
    return lambda zone: replace(zone, rows=tuple(map(change, zone.rows)))


def _rows(at: int, most: int) -> Form[PauseZone]:
    """Name the last rows in one phrase each: every choice stays on the page with its answer."""

    def shorten(zone: PauseZone) -> PauseZone:
        kept = _kept(zone.rows, most)
        folded = [row for row in zone.rows if row not in kept]
        rows = tuple(row for row in zone.rows if row not in folded)
        named = (*(row.brief for row in zone.rows if row in folded), *zone.named)
        return replace(zone, rows=rows, named=named)

    return Form(at, shorten, _NAMED)


def _kept(rows: tuple[ChoiceRow, ...], most: int) -> list[ChoiceRow]:
    """Return the rows of the first classes; where there are several, whole-brain radiation is one of them."""
    ranked = sorted(rows, key=lambda row: row.rank)
    kept, whole_brain = ranked[:most], [row for row in ranked if row.whole_brain]
    if most < _SEVERAL or not whole_brain or any(row in whole_brain for row in kept):
        return kept
    return [*kept[:-1], whole_brain[0]]


def _cautions(at: int, most: int) -> Form[PauseZone]:
    """Name so many cautions of a choice; the annex has them all."""

    def fewer(row: ChoiceRow) -> ChoiceRow:
        left = max(len(row.cautions) - most, 0)
        return replace(row, cautions=row.cautions[:most], left_out=row.left_out + left)

    note: Note[PauseZone] = Note(
        "choice_cautions", lambda n: tr("cautions of a choice: beyond {n}").format(n=n), lambda _: most
    )
    return Form(at, _each(fewer), note)


def _without_why(at: int, answers: Container[Answer]) -> Form[PauseZone]:
    """Name choices of some answers without saying why; the annex says it."""

    def shorten(zone: PauseZone) -> PauseZone:
        named = (without_reason(choice) if choice.answer in answers else choice for choice in zone.named)
        return replace(zone, named=tuple(named))

    return Form(at, shorten, _WHY)


_NAMED: Note[PauseZone] = Note(
    "choices_named", lambda n: tr("choices in one phrase: {n}").format(n=n), lambda zone: len(zone.named)
)
_BARE: Note[PauseZone] = Note("facts_behind", lambda _: tr("what applies here: without the facts"))
_SAID: Note[PauseZone] = Note(
    "disciplines",
    lambda n: tr("what further disciplines said: {n} in the annex").format(n=n),
    lambda zone: zone.further,
)
_WHY: Note[PauseZone] = Note("choices_why", lambda _: tr("why choices are only named: in the annex"))
_UNSTRONG: Note[PauseZone] = Note("strengths", lambda _: tr("strengths of what guidelines say: in the annex"))
_ONE_FACT: Note[PauseZone] = Note("facts_behind", lambda _: tr("what applies here: with one fact"))
_ACCESS: Note[PauseZone] = Note("local_choices", lambda _: tr("local access to choices: in the annex"))
_OPEN: Note[PauseZone] = Note("points_open", lambda _: tr("points not known yet: in the annex"))
_UNSAID: Note[PauseZone] = Note("choices", lambda _: tr("what sources say of choices: in the annex"))
ZONE = Zone(
    PauseZone,
    _compose,
    shorter=(
        *text_forms(_clipped, _fewest),
        _rows(100, 5),
        _rows(228, 4),
        _rows(305, 3),
        Form(314, _each(lambda row: replace(row, facts=row.facts[:1])), _ONE_FACT),
        Form(313, _each(lambda row: replace(row, strength=())), _UNSTRONG),
        _rows(345, 2),
        _rows(447, 0),
        Form(22, _without_optional),
        Form(28, lambda zone: replace(zone, must_know=()), _OPEN),
        _without_why(35, ("applies", "stated")),
        _without_why(312, ("cannot_tell",)),
        _without_why(343, get_args(Answer)),
        replace(_without_why(449, get_args(Answer)), note=None),  # said above; here of the last rows
        Form(309, _without_named_access, _ACCESS),
        Form(348, _each(without_access), _ACCESS),
        Form(346, _each(lambda row: replace(row, facts=())), _BARE),
        Form(349, _each(lambda row: replace(row, text=())), _UNSAID),
        Form(430, lambda zone: replace(zone, reasonable=zone.reasonable_brief), _WHY),
        Form(440, _together, _SAID),
        *(_cautions(at, most) for at, most in ((65, 2), (185, 1), (450, 0))),
    ),
    outline=_outline,
)
