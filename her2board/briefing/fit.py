"""Shortens a briefing in a stated order until it fits. Whatever goes is counted where it stood.

Order: what says the same in fewer words; long free texts; earlier treatments; points to check beyond the first;
words of an option row; things to ask beyond the first three; option rows, down to one phrase each; the drawing of
the lesions; the drawing of the timeline; last of all what receptors rest on. Only what a person typed is ever
cut inside, and every text keeps its beginning: a recorded number, date or choice stays. The pause zone keeps every
discipline, alternative and situation; required fields keep their row.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import TypeVar

from her2board.briefing.formats import lower
from her2board.briefing.model import Bar, Briefing, DisciplineRow, Mark, PauseRow, Row, Run, Timeline, Words, map_runs
from her2board.evidence.library import EvidenceLibrary
from her2board.wording import tr

RowT = TypeVar("RowT", Row, DisciplineRow)
_TEXTS = (600, 400, 280, 180)
"""Characters a free text keeps, step by step."""
_SPARED = 30
"""Fewer characters than this are not worth the words that count them."""
_LEAST = 20
"""Every free text keeps as many characters, however full the page."""
_CRUMB = 12
"""What is left of a text on a page that holds everything a case can."""
_CUT = "\N{HORIZONTAL ELLIPSIS}"
_COUNTED = ("count:characters left out",)


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

    def number(run: Run) -> Run:
        if not run.refs:
            return run
        return _with_numbers(run, tuple(order.setdefault(ref, len(order) + 1) for ref in run.refs))

    found = map_runs(briefing, number)
    assert isinstance(found, Briefing)
    references = tuple(
        Run(f"{n}\N{NO-BREAK SPACE}{_short(library, ref)}", origin=(f"reference:{n} {ref}",))
        for ref, n in order.items()
    )
    return replace(found, footer=replace(briefing.footer, references=references))


@lru_cache(maxsize=2000)
def _with_numbers(run: Run, numbers: tuple[int, ...]) -> Run:
    """Return a run with the numbers of its references; remembered, as fitting asks again and again."""
    mark = "\N{DAGGER}" if run.secondary else ""
    listed = ",\N{NO-BREAK SPACE}".join(str(n) for n in sorted(numbers))
    text, tail = run.text.rstrip(), run.text[len(run.text.rstrip()) :]
    stop = text[-1:] if text[-1:] in ".;:," else ""
    text = text.removesuffix(stop) if stop else text
    text = f"{text}{mark}\N{NO-BREAK SPACE}[{listed}]{stop}{tail}"
    origin = (*run.origin, *(f"reference:{n} {ref}" for n, ref in zip(numbers, run.refs, strict=True)))
    return replace(run, text=text, refs=(), secondary=False, origin=origin)


def _short(library: EvidenceLibrary, ref: str) -> str:
    return library.references[ref].short.replace(" ", "\N{NO-BREAK SPACE}")


def _clip(words: Words, most: int, least: int = _LEAST) -> Words:
    """Cut what a person typed to about ``most`` characters in all, every text to its share; say how many are left.

    Whatever else stands there stays as it is.
    """
    if not any(run.free or run.origin == _COUNTED for run in words):
        return words
    words = tuple(run for run in words if run.origin != _COUNTED)
    lengths = [_whole(run) for run in words if run.free]
    if sum(lengths) > most + _SPARED:
        share = _share(lengths, most, least)
        words = tuple(_cut(run, share) if run.free else run for run in words)
    left = sum(run.left_out for run in words)
    return (*words, Run(_counted(left), "italic", origin=_COUNTED)) if left else words


def _clipped(rows: tuple[RowT, ...], most: int, least: int = _LEAST) -> tuple[RowT, ...]:
    """Cut the words of each row; a row with nothing to cut stays itself."""
    cut = [_clip(row.words, most, least) for row in rows]
    return tuple(row if words is row.words else replace(row, words=words) for row, words in zip(rows, cut, strict=True))


def _whole(run: Run) -> int:
    """Return how long a text was before anything was cut."""
    return len(run.text) - len(_CUT) + run.left_out if run.left_out else len(run.text)


def _share(lengths: list[int], most: int, least: int) -> int:
    """Return how long every text may be so that all together have ``most`` characters; short ones leave their rest."""
    room, texts = most, sorted(lengths)
    while texts and texts[0] * len(texts) <= room:
        room -= texts.pop(0)
    return max(room // len(texts), least) if texts else most


def _cut(run: Run, most: int) -> Run:
    """Return the beginning of a text, cut between words where there are any."""
    if _whole(run) <= most + len(_CUT) or len(run.text) <= most:
        return run
    head = run.text[:most].rsplit(" ", 1)[0].rstrip() or run.text[:most]
    return replace(run, text=head + _CUT, left_out=_whole(run) - len(head))


def _counted(characters: int) -> str:
    return tr(" (+{n} characters)").format(n=characters)


def _point(run: Run, most: int) -> Run:
    """Cut a point to check as one text, its count at its end."""
    text = replace(run, text=run.text.removesuffix(_counted(run.left_out)))
    if _whole(text) <= most + _SPARED:
        return run
    shorter = _cut(text, most)
    return replace(shorter, text=shorter.text + _counted(shorter.left_out)) if shorter.left_out else run


def _clipped_bar(bar: Bar, most: int) -> Bar:
    """Cut the names of a line of treatment that are longer than any drug's."""
    if len(bar.label) <= most + _SPARED:
        return bar
    known = bar.label if len(bar.label) == bar.length else bar.label.rpartition(f"{_CUT} (")[0]
    head = _cut(Run(known), most).text.removesuffix(_CUT)
    return replace(bar, label=head + _CUT + _counted(bar.length - len(head)))


def _texts(most: int) -> Callable[[Briefing], Briefing]:
    def step(briefing: Briefing) -> Briefing:
        header, line, pause = briefing.header, briefing.timeline, briefing.pause
        return _noted(
            replace(
                briefing,
                header=replace(
                    header,
                    meeting=_clip(header.meeting, max(most, 150)),
                    prepared=_clip(header.prepared, max(most, 150)),
                ),
                question=_clip(briefing.question, max(most, _TEXTS[2])),
                new=_clip(briefing.new, max(most, _TEXTS[3])),
                brain=_clipped(briefing.brain, most),
                patient=_clipped(briefing.patient, most),
                tumour=_clip(briefing.tumour, 3 * most),
                timeline=replace(
                    line,
                    bars=tuple(_clipped_bar(bar, max(most // 2, 100)) for bar in line.bars),
                    local_words=_clip(line.local_words, most),
                ),
                contradictions=tuple(_point(run, most) for run in briefing.contradictions),
                decision=_clip(briefing.decision, most),
                band=replace(briefing.band, words=_clip(briefing.band.words, most)) if briefing.band else None,
                pause=replace(pause, disciplines=_clipped(pause.disciplines, most // 3)),
            ),
            briefing,
            tr("long texts: after {n} characters, whole in the case").format(n=most),
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
        rows = tuple(replace(row, here=_drop(row.here, most)) for row in briefing.options.rows)
        shorter = replace(briefing, options=replace(briefing.options, rows=rows))
        return _noted(shorter, briefing, tr("cautions of an option: beyond {n}").format(n=most))

    return step


def _counted_cohorts(briefing: Briefing) -> Briefing:
    """Count, not name, what cannot be told of a cohort; the annex names it."""
    rows = tuple(replace(row, cohort=row.cohort_brief) for row in briefing.options.rows)
    shorter = replace(briefing, options=replace(briefing.options, rows=rows))
    return _noted(shorter, briefing, tr("what cannot be told of a cohort: counted, not named"))


def _drop(words: Words, most: int) -> Words:
    if len(words) <= most:
        return words
    more = tr("+{n} in the annex.").format(n=len(words) - most)
    return (*words[:most], Run(more, "italic", origin=("count:cautions left out",)))


def _terse(briefing: Briefing) -> Briefing:
    """Say once, not in every row of the pause zone, that it cannot be told yet."""
    pause = briefing.pause

    def brief(rows: tuple[PauseRow, ...]) -> tuple[PauseRow, ...]:
        return tuple(replace(row, here=row.here_brief) for row in rows)

    shorter = replace(pause, alternatives=brief(pause.alternatives), reasonable=brief(pause.reasonable), terse=True)
    return _noted(replace(briefing, pause=shorter), briefing, tr("what cannot be told yet: said once"))


def _timeline_in_words(briefing: Briefing) -> Briefing:
    """Give up the drawing: the last lines in their order, everything else counted."""
    line = briefing.timeline
    treatments = [mark for mark in line.brain if mark.treatment]
    left = max(len(line.bars) - 3, 0) + max(len(treatments) - 2, 0)
    local = tuple(
        Run(("; " if n else "") + f"{mark.label} {mark.when}", origin=mark.origin)
        for n, mark in enumerate(treatments[-2:])
    )
    joined = (*local, *((Run("; "),) if local and line.local_words else ()), *line.local_words)
    shorter = replace(
        line, bars=line.bars[-3:], brain=(), local_words=joined, drawn=False, left_out=line.left_out + left
    )
    return _noted(replace(briefing, timeline=shorter), briefing, tr("earlier treatments: not drawn"))


def _last_line(briefing: Briefing) -> Briefing:
    """Keep the last systemic line in words; the others are counted."""
    line = briefing.timeline
    left = max(len(line.bars) - 1, 0)
    bars = tuple(_clipped_bar(bar, 2 * _CRUMB) for bar in line.bars[-1:])
    shorter = replace(line, bars=bars, left_out=line.left_out + left)
    words = tr("earlier treatments: not drawn, +{n}").format(n=shorter.left_out)
    return _noted(replace(briefing, timeline=shorter), briefing, words)


def _plain_tumour(briefing: Briefing) -> Briefing:
    """Leave the reasons behind receptor status to the annex."""
    kept = tuple(run for run in briefing.tumour if run.style != "muted")
    left = sum(muted for muted, _ in groupby(briefing.tumour, key=lambda run: run.style == "muted"))
    shorter = replace(briefing, tumour=_clip(kept, sum(map(_whole, kept))))  # what was cut of them is not counted twice
    return _noted(shorter, briefing, tr("reasons behind receptors and lines: {n} in the annex").format(n=left))


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


def _snapshots(most: int, least: int) -> Callable[[Briefing], Briefing]:
    """Keep little of each free text about brain and patient; the rest is counted in place."""

    def step(briefing: Briefing) -> Briefing:
        brain, patient = _clipped(briefing.brain, most, least), _clipped(briefing.patient, most, least)
        shorter = replace(briefing, brain=brain, patient=patient)
        return _noted(shorter, briefing, tr("brain and patient: texts after {n} characters").format(n=most))

    return step


def _without_reasons(briefing: Briefing) -> Briefing:
    """Keep in the pause zone whether something speaks of this case; the annex names the facts."""
    pause = briefing.pause

    def bare(rows: tuple[PauseRow, ...]) -> tuple[PauseRow, ...]:
        return tuple(replace(row, here=row.here[:1]) for row in rows)

    shorter = replace(pause, alternatives=bare(pause.alternatives), reasonable=bare(pause.reasonable))
    return _noted(replace(briefing, pause=shorter), briefing, tr("what speaks of this case: without the facts"))


def _crumbs(briefing: Briefing) -> Briefing:
    """Keep a few characters of every free text, of the question some more."""
    head, pause, band = briefing.header, briefing.pause, briefing.band
    disciplines = _clipped(pause.disciplines, _CRUMB, _CRUMB // 2)
    return replace(
        briefing,
        header=replace(
            head,
            meeting=_clip(head.meeting, 3 * _CRUMB, _CRUMB),
            prepared=_clip(head.prepared, 2 * _CRUMB, _CRUMB),
        ),
        question=_clip(briefing.question, 6 * _CRUMB),
        new=_clip(briefing.new, 2 * _CRUMB),
        timeline=replace(briefing.timeline, local_words=_clip(briefing.timeline.local_words, 2 * _CRUMB, _CRUMB)),
        decision=_clip(briefing.decision, 2 * _CRUMB),
        contradictions=tuple(_point(run, 4 * _CRUMB) for run in briefing.contradictions),
        band=replace(band, words=_clip(band.words, 2 * _CRUMB, _CRUMB)) if band else None,
        pause=replace(pause, disciplines=disciplines),
    )


def _short_tumour(briefing: Briefing) -> Briefing:
    """Keep the beginning of what the receptor status rests on: of which specimen it is, by which rule."""
    return replace(briefing, tumour=_clip(briefing.tumour, 5 * _CRUMB, _CRUMB))


def _told_in_place(briefing: Briefing) -> Briefing:
    """Say in the footer only that things were shortened: each is counted where it stands."""
    return replace(briefing, shortened_told=False)


def _plain_lesions(briefing: Briefing) -> Briefing:
    """Give up the drawing of the lesions; number, largest and sites stand in words above it."""
    brain = tuple(replace(row, picture=None) for row in briefing.brain)
    return _noted(replace(briefing, brain=brain), briefing, tr("lesions: in words only"))


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
        bars, brain = line.bars[-most:], _latest(line.brain, most)
        left = len(line.bars) - len(bars) + len(line.brain) - len(brain)
        if left <= 0:
            return briefing
        shorter: Timeline = replace(line, bars=bars, brain=brain, left_out=line.left_out + left)
        words = tr("earlier treatments: +{n}").format(n=shorter.left_out)
        return _noted(replace(briefing, timeline=shorter), briefing, words)

    return step


def _latest(marks: tuple[Mark, ...], most: int) -> tuple[Mark, ...]:
    """Return events and the latest local therapies."""
    treatments = [mark for mark in marks if mark.treatment]
    by_day = sorted(treatments, key=lambda mark: (mark.low or mark.high or date.min, mark.label))
    kept = by_day[-most:]
    return tuple(mark for mark in marks if not mark.treatment or mark in kept)


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
    _gaps_together,
    _terse,
    _texts(_TEXTS[0]),
    _timeline(8),
    _contradictions(5),
    _option_rows(6),
    _texts(_TEXTS[1]),
    _option_words(3),
    _asks(5),
    _option_rows(5),
    _texts(_TEXTS[2]),
    _timeline(4),
    _plain_tumour,
    _counted_cohorts,
    _option_words(2),
    _contradictions(3),
    _asks(4),
    _bare_options,
    _option_rows(4),
    _asks(3),
    _option_words(1),
    _option_rows(3),
    _texts(_TEXTS[3]),
    _option_rows(2),
    _texts(120),
    _timeline(3),
    _asks(2),
    _option_rows(1),
    _asks(1),
    _contradictions(1),
    _option_rows(0),
    _plain_lesions,
    _timeline_in_words,
    _texts(80),
    _snapshots(50, _LEAST),
    _short_question,
    _asks(0),
    _without_reasons,
    _last_line,
    _crumbs,
    _snapshots(2 * _CRUMB, _CRUMB),
    _short_tumour,
    _told_in_place,
)
