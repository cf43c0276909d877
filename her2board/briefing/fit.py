"""Shortens a briefing in a stated order until it fits. Whatever goes is counted where it stood.

Order: long free texts; earlier treatments; points to check beyond the first; words of an option row; things
to ask beyond the first; option rows, down to one phrase each; last of all the drawing of the timeline. The
pause zone keeps every discipline, alternative and situation; required fields keep their row.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from her2board.briefing.formats import lower
from her2board.briefing.model import Briefing, PauseRow, Row, Run, Timeline, Words, map_runs, runs
from her2board.evidence.library import EvidenceLibrary
from her2board.wording import tr

_TEXTS = (600, 400, 280, 180)
"""Characters a free text keeps, step by step."""


def shortenings(briefing: Briefing) -> Iterator[Briefing]:
    """Yield the briefing, then ever shorter ones; each says what it left out."""
    yield briefing
    for step in _STEPS:
        shorter = step(briefing)
        if shorter is not None and shorter != briefing:
            briefing = shorter
            yield briefing


def numbered(briefing: Briefing, library: EvidenceLibrary) -> Briefing:
    """Return the briefing with reference numbers in order of appearance and the list in the footer."""
    order: dict[str, int] = {}
    for run in runs(replace(briefing, footer=replace(briefing.footer, references=()))):
        for ref in run.refs:
            order.setdefault(ref, len(order) + 1)

    def number(run: Run) -> Run:
        mark = "\N{DAGGER}" if run.secondary else ""
        if not run.refs:
            return run
        numbers = ",\N{NO-BREAK SPACE}".join(str(n) for n in sorted(order[ref] for ref in run.refs))
        text, tail = run.text.rstrip(), run.text[len(run.text.rstrip()) :]
        stop = text[-1:] if text[-1:] in ".;:," else ""
        text = text.removesuffix(stop) if stop else text
        return replace(run, text=f"{text}{mark}\N{NO-BREAK SPACE}[{numbers}]{stop}{tail}", refs=(), secondary=False)

    found = map_runs(briefing, number)
    assert isinstance(found, Briefing)
    references = tuple(f"{n}\N{NO-BREAK SPACE}{_short(library, ref)}" for ref, n in order.items())
    return replace(found, footer=replace(briefing.footer, references=references))


def _short(library: EvidenceLibrary, ref: str) -> str:
    return library.references[ref].short.replace(" ", "\N{NO-BREAK SPACE}")


def _clip(words: Words, most: int) -> Words:
    """Cut words after about ``most`` characters and say how many of the case are left out."""
    already = sum(run.left_out for run in words)
    words = tuple(run for run in words if not run.left_out)
    total = sum(len(run.text) for run in words)
    if total <= most + 30:
        return (*words, _left_out(already)) if already else words
    kept: list[Run] = []
    room = most
    for run in words:
        if len(run.text) > room:
            kept.append(replace(run, text=run.text[:room].rsplit(" ", 1)[0].rstrip()))
            break
        kept.append(run)
        room -= len(run.text)
    left = total - sum(len(run.text) for run in kept)
    return (*kept, _left_out(left + already))


def _left_out(characters: int) -> Run:
    words = tr("\N{HORIZONTAL ELLIPSIS} (+{n} characters in the case)").format(n=characters)
    return Run(words, "italic", left_out=characters)


def _texts(most: int) -> Callable[[Briefing], Briefing]:
    def step(briefing: Briefing) -> Briefing:
        def rows(found: tuple[Row, ...]) -> tuple[Row, ...]:
            return tuple(replace(row, words=_clip(row.words, most)) for row in found)

        return _noted(
            replace(
                briefing,
                header=replace(
                    briefing.header,
                    meeting=_clip(briefing.header.meeting, max(most, 150)),
                    prepared=_clip(briefing.header.prepared, max(most, 150)),
                ),
                question=_clip(briefing.question, max(most, _TEXTS[2])),
                new=_clip(briefing.new, max(most, _TEXTS[3])),
                brain=rows(briefing.brain),
                patient=rows(briefing.patient),
                tumour=_clip(briefing.tumour, 3 * most),
                decision=_clip(briefing.decision, most),
                band=replace(briefing.band, words=_clip(briefing.band.words, most + 200)) if briefing.band else None,
                pause=replace(
                    briefing.pause,
                    disciplines=tuple(
                        replace(row, words=_clip(row.words, most // 3)) for row in briefing.pause.disciplines
                    ),
                ),
            ),
            briefing,
            tr("long texts: after {n} characters").format(n=most),
        )

    return step


def _noted(shorter: Briefing, before: Briefing, words: str) -> Briefing:
    """Note what was left out; a later step on the same thing takes the place of the earlier one."""
    if shorter == before:
        return before
    kind = words.partition(":")[0]
    kept = tuple(entry for entry in before.shortened if entry.partition(":")[0] != kind)
    return replace(shorter, shortened=(*kept, words))


def _asks(least: int) -> Callable[[Briefing], Briefing]:
    def step(briefing: Briefing) -> Briefing:
        return replace(briefing, ask=replace(briefing.ask, least=least))

    return step


def _option_words(most: int) -> Callable[[Briefing], Briefing]:
    def step(briefing: Briefing) -> Briefing:
        rows = tuple(
            replace(row, here=_drop(row.here, most), cohort=_clip(row.cohort, 170)) for row in briefing.options.rows
        )
        shorter = replace(briefing, options=replace(briefing.options, rows=rows))
        return _noted(shorter, briefing, tr("cautions of an option: beyond {n}").format(n=most))

    return step


def _drop(words: Words, most: int) -> Words:
    if len(words) <= most:
        return words
    return (*words[:most], Run(tr("+{n} in the annex.").format(n=len(words) - most), "italic"))


def _terse(briefing: Briefing) -> Briefing:
    """Say once, not in every row of the pause zone, that it cannot be told yet."""
    pause = briefing.pause

    def brief(rows: tuple[PauseRow, ...]) -> tuple[PauseRow, ...]:
        return tuple(replace(row, here=row.here_brief) for row in rows)

    shorter = replace(pause, alternatives=brief(pause.alternatives), reasonable=brief(pause.reasonable), terse=True)
    return replace(briefing, pause=shorter)


def _timeline_in_words(briefing: Briefing) -> Briefing:
    """Give up the drawing: the last lines in their order, everything else counted."""
    line = briefing.timeline
    treatments = [mark for mark in line.brain if mark.treatment]
    left = max(len(line.bars) - 3, 0) + max(len(treatments) - 2, 0)
    local = tuple(Run(("; " if n else "") + f"{m.label} {m.when}") for n, m in enumerate(treatments[-2:]))
    joined = (*local, *((Run("; "),) if local and line.local_words else ()), *line.local_words)
    shorter = replace(
        line, bars=line.bars[-3:], brain=(), local_words=joined, drawn=False, left_out=line.left_out + left
    )
    return _noted(replace(briefing, timeline=shorter), briefing, tr("earlier treatments: not drawn"))


def _plain_tumour(briefing: Briefing) -> Briefing:
    """Leave the reasons behind receptor status to the annex."""
    return replace(briefing, tumour=tuple(run for run in briefing.tumour if run.style != "muted"))


def _bare_options(briefing: Briefing) -> Briefing:
    """Leave options in one phrase without their reason; the annex has it."""
    zone = briefing.options
    rows = tuple(replace(row, brief=replace(row.brief, reason="")) for row in zone.rows)
    aside = tuple(replace(option, reason="") for option in zone.aside)
    shorter = replace(briefing, options=replace(zone, rows=rows, aside=aside))
    return _noted(shorter, briefing, tr("options in one phrase: without reasons"))


def _short_question(briefing: Briefing) -> Briefing:
    """Cut question and header further than any other step does."""
    header = replace(
        briefing.header, meeting=_clip(briefing.header.meeting, 70), prepared=_clip(briefing.header.prepared, 70)
    )
    shorter = replace(briefing, header=header, question=_clip(briefing.question, 160), new=_clip(briefing.new, 60))
    return _noted(shorter, briefing, tr("long texts: the question too"))


def _snapshots(briefing: Briefing) -> Briefing:
    """Keep a line of each row about brain and patient; the rest is counted in place."""

    def line(rows: tuple[Row, ...]) -> tuple[Row, ...]:
        return tuple(replace(row, words=_clip(row.words, 50)) for row in rows)

    shorter = replace(briefing, brain=line(briefing.brain), patient=line(briefing.patient))
    return _noted(shorter, briefing, tr("brain and patient: a line each"))


def _gaps_together(briefing: Briefing) -> Briefing:
    """Name rows of which nothing is recorded in one row."""

    def together(rows: tuple[Row, ...]) -> tuple[Row, ...]:
        empty = [row for row in rows if len(row.words) == 1 and row.words[0] == Run(tr("not recorded"), "italic")]
        if len(empty) < 2:
            return rows
        names = ", ".join(lower(row.label) for row in empty)
        kept = tuple(row for row in rows if row not in empty)
        return (*kept, Row(tr("Not recorded"), (Run(names, "italic"),)))

    return replace(briefing, brain=together(briefing.brain), patient=together(briefing.patient))


def _timeline(most: int) -> Callable[[Briefing], Briefing]:
    def step(briefing: Briefing) -> Briefing:
        line = briefing.timeline
        bars, brain = line.bars[-most:], line.brain[-most:]
        left = len(line.bars) - len(bars) + len(line.brain) - len(brain)
        if left <= 0:
            return briefing
        shorter: Timeline = replace(line, bars=bars, brain=brain, left_out=line.left_out + left)
        words = tr("earlier treatments: +{n}").format(n=shorter.left_out)
        return _noted(replace(briefing, timeline=shorter), briefing, words)

    return step


def _contradictions(most: int) -> Callable[[Briefing], Briefing]:
    def step(briefing: Briefing) -> Briefing:
        left = len(briefing.contradictions) - most
        if left <= 0:
            return briefing
        shorter = replace(
            briefing,
            contradictions=briefing.contradictions[:most],
            contradictions_left_out=briefing.contradictions_left_out + left,
        )
        return _noted(shorter, briefing, tr("points to check: +{n}").format(n=shorter.contradictions_left_out))

    return step


def _option_rows(most: int) -> Callable[[Briefing], Briefing]:
    """Move the last option rows into one phrase each: every option stays on the page with its standing."""

    def step(briefing: Briefing) -> Briefing:
        zone = briefing.options
        rows, brief = zone.rows[:most], zone.rows[most:]
        aside = (*(row.brief for row in brief), *zone.aside)
        shorter = replace(briefing, options=replace(zone, rows=rows, aside=aside))
        cut = tr("options in one phrase: {n}").format(n=len(aside))
        return _noted(shorter, briefing, cut) if brief else briefing

    return step


_STEPS: tuple[Callable[[Briefing], Briefing], ...] = (
    _texts(_TEXTS[0]),
    _timeline(8),
    _contradictions(5),
    _option_rows(6),
    _texts(_TEXTS[1]),
    _option_words(3),
    _asks(5),
    _terse,
    _option_rows(5),
    _gaps_together,
    _texts(_TEXTS[2]),
    _timeline(4),
    _plain_tumour,
    _option_rows(4),
    _contradictions(3),
    _asks(4),
    _option_words(2),
    _option_rows(3),
    _texts(_TEXTS[3]),
    _asks(3),
    _bare_options,
    _option_rows(2),
    _texts(120),
    _timeline(3),
    _asks(2),
    _option_rows(1),
    _asks(1),
    _contradictions(1),
    _option_rows(0),
    _timeline_in_words,
    _texts(80),
    _snapshots,
    _short_question,
    _asks(0),
)
