"""Case + assessment + library -> briefing. A pure function; nothing is measured here."""

from collections import Counter
from dataclasses import dataclass

from her2board import __version__
from her2board.assessment.model import Ask, Assessment, PauseItem, PauseResult
from her2board.briefing import compose_case as about
from her2board.briefing.compose_options import option_zone
from her2board.briefing.formats import bears_on, cited, listed, lower, sentence
from her2board.briefing.model import (
    AskZone,
    Briefing,
    DisciplineRow,
    Footer,
    PauseRow,
    PauseZone,
    Run,
    Sign,
    Words,
)
from her2board.case.model import Case
from her2board.evidence.library import EvidenceLibrary
from her2board.logic.values import Facts, Reading
from her2board.wording import spoken_language, tr, trn

_SIGNS: dict[str, Sign] = {
    "heard": "done",
    "pending": "open",
    "late": "late",
    "not_asked": "none",
    "unavailable": "none",
    "not_needed": "optional",
    "cannot_tell": "optional",
}


def compose(
    case: Case, assessment: Assessment, library: EvidenceLibrary, dated: bool = True, identified: bool = False
) -> Briefing:
    """Return the briefing of a case; ``dated`` false says that ``as_of`` is today, not a meeting date.

    Name and record number stand in it only when ``identified``; other texts are as the case has them.
    """
    question, new = about.question(case)
    head = about.header(case, assessment, dated, identified)
    return Briefing(
        title=tr("Tumour-board briefing, {code}").format(code=head.code),
        language=spoken_language(),
        header=head,
        band=about.urgency_band(case, assessment),
        question=question,
        new=new,
        brain=about.brain_rows(case, assessment),
        patient=about.patient_rows(case, assessment),
        tumour=about.tumour_line(case, assessment),
        timeline=about.timeline(case, assessment, library),
        contradictions=about.contradiction_words(assessment),
        contradictions_left_out=0,
        pause=_pause_zone(case, assessment),
        options=option_zone(assessment),
        ask=_ask_zone(assessment),
        decision=_decision(case),
        footer=_footer(assessment, library),
    )


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
    def words(self) -> str:
        """Both counts in words."""
        heard = tr("{n} of {all} disciplines heard").format(n=self.heard, all=self.disciplines)
        return f"{heard} \N{MIDDLE DOT} " + tr("{n} of {all} points known").format(n=self.known, all=self.points)


def pause_counts(pause: PauseResult) -> PauseCounts:
    """Count the disciplines that every case or this one calls for, and the points that must be known."""
    roles, points = pause.of("discipline"), pause.of("must_know")
    return PauseCounts(
        heard=sum(item.state == "heard" for item in roles),
        disciplines=sum(item.state not in ("not_needed", "cannot_tell") for item in roles),
        known=sum(item.state != "open" for item in points),
        points=len(points),
    )


def _pause_zone(case: Case, assessment: Assessment) -> PauseZone:
    pause = assessment.pause
    roles = pause.of("discipline")
    unknown = [item for item in pause.of("must_know") if item.state == "open"]
    urgency = tr("urgent: complete afterwards") if pause.bypass.open else _urgency_words(assessment)
    counts = pause_counts(pause).words
    reasonable = pause.of("reasonable")
    facts = assessment.facts
    return PauseZone(
        title=tr("Before whole-brain radiation"),
        status=(
            Run(counts, origin=("count:disciplines heard, points known",)),
            Run(f" \N{MIDDLE DOT} {urgency}"),
        ),
        disciplines=tuple(DisciplineRow(_SIGNS[item.state], item.label, _heard(item, case)) for item in roles),
        must_know=_still_open(unknown, pause.bypass.open),
        alternatives=tuple(_pause_row(item, facts) for item in pause.of("alternative")),
        reasonable=(
            *(_pause_row(item, facts) for item in reasonable if item.state == "applies"),
            *(_pause_row(item, facts) for item in reasonable if item.state == "cannot_tell"),
            *_named_only(tr("Also named"), [item for item in reasonable if item.state == "stated"]),
            *_named_only(tr("Speak of other cases"), [item for item in reasonable if item.state == "does_not_apply"]),
        ),
        context=_context(assessment),
        if_waiting=_deferral(pause),
        if_chosen=_joined(tr("If WBRT is chosen: "), pause.of("if_chosen")),
    )


def _heard(item: PauseItem, case: Case) -> Words:
    """Return what a discipline said or when it will; name and view are as long as somebody typed them."""
    origin = ("case:board.disciplines",)
    said = next((entry for entry in reversed(case.board.disciplines) if entry.discipline == item.id), None)
    words, rest = [], item.words
    for typed in (said.by, said.view) if said else ():
        before, found, after = rest.partition(typed) if typed else ("", "", "")
        if found:
            words += [Run(before, origin=origin), Run(found, origin=origin, free=True)]
            rest = after
    return (*words, Run(rest, origin=origin)) if rest else tuple(words)


def _named_only(label: str, items: list[PauseItem]) -> list[PauseRow]:
    """Name situations in one row: those no fact decides, or those that do not apply."""
    if not items:
        return []
    words: list[Run] = []
    for index, item in enumerate(items):
        words.append(cited(("; " if index else "") + lower(item.label), item.source))
    return [PauseRow(label, tuple(words), ())]


def _urgency_words(assessment: Assessment) -> str:
    recorded = assessment.facts.recorded("urgency")
    return tr("no urgency recorded") if recorded else tr("urgency not fully asked")


def _still_open(unknown: list[PauseItem], urgent: bool) -> Words:
    if not unknown:
        return (Run(tr("Every point to be known is recorded.")),)
    names = ", ".join(lower(item.label) for item in unknown)
    label = tr("To complete afterwards: ") if urgent else tr("Still to be known: ")
    return (Run(label, "bold"), Run(names + "."))


def _pause_row(item: PauseItem, facts: Facts) -> PauseRow:
    """Return one line with what this case says to it: yes, no, what would tell; nothing where no fact is asked."""
    label = item.label
    said = (cited(item.words, item.source),)
    if item.state == "stated":  # compared with nothing
        return PauseRow(label, said, ())
    origin = tuple(f"fact:{name}" for name in item.facts_used)
    here, because = _here(item, facts)
    words = (Run(here, "italic"), Run(f" ({because})", "italic", origin=(*origin, "count:further facts")))
    return PauseRow(label, said, words, () if item.state == "cannot_tell" else words)


def _here(item: PauseItem, facts: Facts) -> tuple[str, str]:
    """Return what this case says to an item, and the facts that say it."""
    recorded = [_recorded(facts.read(name)) for name in item.facts_used]
    missing = [lower(facts.read(name).label) for name in item.facts_missing if name in facts.readings]
    more = tr("; +{n} more")  # never bare behind a number
    match item.state:
        case "applies":
            return tr("Speaks of this case"), listed(recorded, 1, more)
        case "does_not_apply":
            return tr("Speaks of other cases"), listed(recorded, 1, more)
        case _:
            return tr("Cannot tell here"), tr("{facts} not recorded").format(facts=listed(missing, 1))


def _recorded(reading: Reading) -> str:
    """Return a fact in few words: 'number of metastases: 20'; longer words only as 'recorded'."""
    shown = reading.shown if len(reading.shown) <= _SHORT else tr("recorded")
    return f"{lower(reading.label)}: {shown}"


_SHORT = 30
"""Characters a fact may take beside an alternative."""


def _context(assessment: Assessment) -> Words:
    items = assessment.pause.of("context")
    words: list[Run] = []
    first = next(item for item in assessment.pause.items if item.group == "local_first")
    if first.state == "applies" and not assessment.pause.bypass.open:
        words.append(cited(tr("Symptoms recorded: local therapy first. "), first.source, style="bold"))
    for index, item in enumerate(items):
        text = item.brief or item.words
        words.append(cited(("; " if index else "") + (text if index else sentence(text)), item.source))
    return (*words, Run("."))


def _deferral(pause: PauseResult) -> Words:
    """Return what a wait would need; nothing at all while urgency is recorded."""
    items = pause.of("deferral")
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


def _ask_zone(assessment: Assessment) -> AskZone:
    rows = tuple(_ask(ask) for ask in assessment.ask_next)
    outstanding = assessment.readiness.outstanding
    if not outstanding:
        return AskZone(rows, (Run(tr("Every required field is recorded or has a reason.")),))
    sections = Counter(gap.path.partition(".")[0] for gap in outstanding)
    names = ", ".join(f"{section} {count}" for section, count in sections.items())
    n = len(outstanding)
    label = trn("{n} required field open: ", "{n} required fields open: ", n).format(n=n)
    origin = ("count:required fields open",)
    return AskZone(rows, (Run(label, "bold", origin=origin), Run(names + ".", origin=origin)))


def _ask(ask: Ask) -> Words:
    who = ask.owner or ask.asks
    when = tr(", due {due}").format(due=ask.due) if ask.due else tr(", not asked")
    return (
        Run(ask.label, "bold"),
        Run(
            tr(" ({who}{when}): {settles}").format(who=who, when=when, settles=bears_on(ask)),
            origin=(f"case:absences.{ask.field}", "count:what the answer bears on"),
        ),
    )


def _decision(case: Case) -> Words:
    board = case.board
    parts = (
        board.decision or "",
        tr("Dissent: {text}").format(text=board.dissent) if board.dissent else "",
        tr("Fallback: {text}").format(text=board.fallback) if board.fallback else "",
        tr("Owner: {name}").format(name=board.decision_owner) if board.decision_owner else "",
        tr("Next MRI: {date}").format(date=board.next_mri_date.shown()) if board.next_mri_date else "",
    )
    words = ". ".join(part.rstrip(".") for part in parts if part)
    return (Run(words + ".", origin=("case:board",), free=True),) if words else ()


def _footer(assessment: Assessment, library: EvidenceLibrary) -> Footer:
    release = library.release
    age = library.age_days(assessment.as_of)
    words = tr("Evidence\N{NO-BREAK SPACE}{version} of {as_of}, review by {review_by}").format(
        version=release.version, as_of=release.as_of, review_by=release.review_by
    )
    if age > release.red_after_days:
        words = tr("{words}; OUT OF DATE: {age} days old").format(words=words.upper(), age=age)
    elif age > release.amber_after_days:
        words = tr("{words}; {age} days old, review due").format(words=words, age=age)
    return Footer(
        references=(),
        release=words + tr("; recruitment not checked"),
        program=f"her2board {__version__} \N{MIDDLE DOT} {library.content_hash[:8]}",
        intended_use=tr(
            "Prepared for clinicians at a multidisciplinary meeting; lists and explains, does not decide or replace "
            "judgement. \N{DAGGER} read in a secondary report."
        ),
    )
