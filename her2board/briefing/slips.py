"""The decision slip of a case once it is filled in: what was asked, who was there, what was decided, who does it."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from her2board.briefing.formats import joined, sentence, typed
from her2board.briefing.model import Line, Run, Words
from her2board.briefing.packet import Agenda, Item
from her2board.case.terms import Discipline, spoken
from her2board.casebook.model import Attendance, Outcome
from her2board.wording import day_words, tr


class FilledSlip(Struct, frozen=True):
    """Every part of a slip with its title; 'not recorded' where nothing is recorded."""

    parts: tuple[Line, ...]


def is_decided(outcome: Outcome | None) -> bool:
    """Return whether a meeting decided something, or recorded that it deferred."""
    return outcome is not None and (bool(outcome.decision) or outcome.deferred is True)


def filled_slip(item: Item, agenda: Agenda) -> FilledSlip | None:
    """Return what a slip says; None where nothing was decided yet, and there is a slip to write on."""
    listed = item.listed
    if listed is None or listed.outcome is None or not is_decided(listed.outcome):
        return None
    before = (Line(tr("Before"), listed.before),) if listed.before else ()
    return FilledSlip(
        (
            Line(tr("Question for the board"), item.question or missing()),
            *before,
            Line(tr("Who attended"), attended_words(agenda.attendance)),
            *decision_lines(listed.outcome),
            *_beside(listed.outcome, listed.minutes),
        )
    )


def decision_lines(outcome: Outcome) -> Iterator[Line]:
    """Yield what was decided, part by part; a deferral only where one is recorded."""
    if outcome.deferred:
        yield Line(tr("Deferred"), _text(outcome.deferral_reason, tr("reason not recorded")))
    yield Line(tr("Decision"), _text(outcome.decision))
    yield Line(tr("Dissent"), _text(outcome.dissent))
    yield Line(tr("Fallback"), _text(outcome.fallback))
    yield Line(tr("Owner of the decision"), _text(outcome.owner))
    yield Line(tr("Due"), (Run(day_words(outcome.due)),) if outcome.due else missing())
    yield Line(tr("Who tells the patient"), _text(outcome.tells_patient))


def _beside(outcome: Outcome, minutes: str) -> Iterator[Line]:
    """Yield what was noted beside the decision, and what became of it once somebody said so."""
    yield Line(tr("Trial mentioned"), _answer(outcome.trial_mentioned))
    yield Line(tr("Whole-brain radiotherapy proposed"), _answer(outcome.wbrt_proposed))
    if outcome.wbrt_proposed:
        became = (Run(tr(outcome.wbrt_outcome.label)),) if outcome.wbrt_outcome else missing()
        yield Line(tr("What became of that proposal"), became)
    if minutes:
        yield Line(tr("Minutes"), typed("", minutes))
    if outcome.carried_out is not None:
        yield Line(tr("Decision carried out"), carried_out_words(outcome))


def carried_out_words(outcome: Outcome) -> Words:
    """Return whether a decision was carried out, when, and what is said of it; 'not recorded' where nobody has said."""
    if outcome.carried_out is None:
        done: Words = (Run(tr("carried out: ")), Run(tr("not recorded"), "italic"))
    else:
        done = (Run(tr(outcome.carried_out.label), "plain" if outcome.carried_out == "yes" else "bold"),)
    when = (Run(f", {day_words(outcome.carried_out_on)}"),) if outcome.carried_out_on else ()
    why = (Run(" ("), *typed("", outcome.carried_out_note), Run(")")) if outcome.carried_out_note else ()
    return (*done, *when, *why)


def _answer(flag: bool | None) -> Words:
    return missing() if flag is None else (Run(tr("yes") if flag else tr("no")),)


def attended_words(attendance: Iterable[Attendance]) -> Words:
    """Return who attended, then who did not, and of whom it is not recorded, each by discipline."""
    several = list(attendance)
    groups: tuple[tuple[str, bool | None], ...] = (
        (tr("present: "), True),
        (tr("absent: "), False),
        (tr("not recorded: "), None),
    )
    found = []
    for label, present in groups:
        names = [_of_discipline(one) for one in several if one.present is present]
        found.append((Run(label, "bold"), *joined(names, ", ")) if names else ())
    return joined(found, "; ") or missing()


def _of_discipline(one: Attendance) -> Words:
    names = (Run(" ("), *typed("", one.names), Run(")")) if one.names else ()
    return (Run(discipline_words(one.discipline, one.discipline_name)), *names)


def discipline_words(discipline: Discipline, name: str = "") -> str:
    """Return a discipline in words; one without an entry of its own by the name typed."""
    return name if discipline == Discipline.OTHER and name else tr(discipline.label or spoken(discipline))


def missing(words: str = "") -> Words:
    """Return the mark for what is not recorded."""
    return (Run(words or tr("not recorded"), "italic"),)


def _text(text: str, otherwise: str = "") -> Words:
    return typed("", text) if text else missing(otherwise)


def sentence_of(discipline: Discipline, name: str = "") -> str:
    """Return a discipline with a capital letter, for where it heads a row."""
    return sentence(discipline_words(discipline, name))
