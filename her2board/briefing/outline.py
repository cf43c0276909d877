"""A briefing as titled parts of labelled lines, for layouts that flow: slides with notes, an editable document."""

from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from typing import get_args

from her2board.briefing.model import Briefing, PauseZone, Run, Sign, Timeline, Words
from her2board.wording import tr


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a part; the label is empty where the words stand alone."""

    label: str
    words: Words


@dataclass(frozen=True, slots=True)
class Part:
    """Lines under one title."""

    title: str
    lines: tuple[Line, ...]


def outline(briefing: Briefing) -> tuple[Part, ...]:
    """Return every part of ``briefing`` in the order of the page; a part without lines is left out."""
    return tuple(part for part in _parts(briefing) if part.lines)


def _parts(briefing: Briefing) -> Iterator[Part]:
    band = briefing.band
    if band is not None:
        yield Part(band.title, (Line("", band.words),))
    yield Part(tr("Question for the board"), _alone(briefing.question, briefing.new))
    yield Part(tr("Brain"), tuple(Line(row.label, row.words) for row in briefing.brain if row.words))
    yield Part(tr("Patient"), tuple(Line(row.label, row.words) for row in briefing.patient if row.words))
    yield Part(tr("Tumour and treatment"), (*_alone(briefing.tumour), *treatments(briefing.timeline)))
    yield Part(tr("To check in this case"), tuple(Line("", (run,)) for run in briefing.contradictions))
    yield from _pause(briefing)
    yield from _options(briefing)
    ask = briefing.ask
    asked = (*ask.rows[: ask.least], _after(ask.rows[ask.least :]), ask.required)
    yield Part(tr("Still missing: ask next"), _alone(*asked))
    blanks = tuple(Line(label, ()) for label in (tr("Decision"), tr("Owner"), tr("By")))
    yield Part(tr("Discussion and decision"), _alone(briefing.decision) or blanks)
    yield Part(tr("References"), _alone(_after(tuple((run,) for run in briefing.footer.references))))


def treatments(timeline: Timeline) -> tuple[Line, ...]:
    """Return systemic lines and local therapies in their order, with their dates in words."""
    when_unknown = tr("date not recorded")
    systemic = [
        Line(tr("Line {n}").format(n=bar.number), (Run(bar.label), Run(f", {bar.when or when_unknown}")))
        for bar in timeline.bars
    ]
    local = [(Run(mark.label), Run(f", {mark.when}")) for mark in timeline.brain if mark.treatment]
    further = [timeline.local_words] if timeline.local_words else []
    return (*systemic, *(Line(tr("Local therapy"), words) for words in (*local, *further)))


def disciplines(zone: PauseZone, signs: Container[Sign] = get_args(Sign)) -> tuple[Line, ...]:
    """Return the disciplines whose sign is one of ``signs``, those of whom the same is said on one line."""
    together: dict[Words, list[str]] = {}
    for row in zone.disciplines:
        if row.sign in signs:
            together.setdefault(row.words, []).append(row.name)
    return tuple(Line(", ".join(names), words) for words, names in together.items())


def _alone(*several: Words) -> tuple[Line, ...]:
    return tuple(Line("", words) for words in several if words)


def _after(several: tuple[Words, ...]) -> Words:
    """Return words one after the other, with middle dots between them."""
    joined: list[Run] = []
    for words in several:
        joined += [Run(" \N{MIDDLE DOT} "), *words] if joined else words
    return tuple(joined)


def _pause(briefing: Briefing) -> Iterator[Part]:
    zone = briefing.pause
    heard = tuple(Line(row.name, row.words) for row in zone.disciplines)
    yield Part(zone.title, (Line("", tuple(replace(run, style="bold") for run in zone.status)), *heard))
    for title, rows in (
        (tr("Alternatives on the table"), zone.alternatives),
        (tr("When WBRT is reasonable"), zone.reasonable),
    ):
        yield Part(title, tuple(Line(row.name, _sentences(row.words, row.here)) for row in rows))
    yield Part(tr("Around the decision"), _alone(zone.if_chosen, zone.if_waiting, zone.must_know, zone.context))


def _options(briefing: Briefing) -> Iterator[Part]:
    zone = briefing.options
    rows = tuple(
        Line(row.name, _sentences((Run(row.standing, "muted"),), row.cohort, row.outcome, row.here))
        for row in zone.rows
    )
    aside = tuple(
        Line(option.name, (Run(f"{option.standing} ({option.reason})" if option.reason else option.standing),))
        for option in zone.aside
    )
    note = _alone(zone.note) if rows or not aside else ()
    yield Part(zone.title, (*rows, *aside, *note))


def _sentences(*several: Words) -> Words:
    """Return words one after the other, each ending in a full stop."""
    joined: list[Run] = []
    for words in several:
        if not words:
            continue
        if joined:
            joined.append(Run(" " if joined[-1].text.rstrip().endswith(".") else ". "))
        joined += words
    return tuple(joined)
