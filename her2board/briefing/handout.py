"""The handout: one row of five columns per case."""

from dataclasses import dataclass

from her2board.briefing.model import PauseZone, Row, Run, Words
from her2board.briefing.outline import disciplines, treatments
from her2board.briefing.packet import UNPRINTED, Item
from her2board.wording import tr

COLUMNS = (tr("Patient"), tr("History"), tr("Treatment"), tr("Imaging"), tr("Discussion"))
Cell = tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class HandoutRow:
    """A case across the five columns; each cell is paragraphs."""

    title: str
    cells: tuple[Cell, ...]


def handout_row(number: int, item: Item) -> HandoutRow:
    """Return the row of one case; a case that cannot be printed says so."""
    title = f"{number}. {item.code}"
    briefing = item.briefing
    if briefing is None:
        marked = (Run(tr("NOT A BRIEFING: this case could not be printed. "), "bold"),)
        told = tuple((Run(words),) for words in (*UNPRINTED, *item.problems))
        return HandoutRow(title, (((Run(title, "bold"),),), (), (), (), (marked, *told)))
    head, band, zone = briefing.header, briefing.band, briefing.pause
    who: list[Words] = [(Run(title, "bold"),)]
    if head.identity:
        who.append((Run(head.identity, "bold"),))
    if head.kind:
        who.append((Run(head.kind, "muted"),))
    who.append(head.state)
    urgent: Cell = ((Run(f"{band.title}: ", "bold"), *band.words),) if band else ()
    waiting = _not_heard(zone)
    checks = (Run(tr("To check: "), "bold"), Run("; ".join(run.text for run in briefing.contradictions) + "."))
    discussion: Cell = (
        *urgent,
        (Run(tr("Question: "), "bold"), *briefing.question),
        briefing.new,
        (Run(f"{zone.title}: ", "bold"), *zone.status, Run(".")),
        *((waiting,) if waiting else ()),
        zone.must_know,
        *((checks,) if briefing.contradictions else ()),
        *((briefing.decision,) if briefing.decision else ()),
    )
    bars = treatments(briefing.timeline)
    treated: Cell = tuple((Run(f"{line.label}: ", "muted"), *line.words) for line in bars)
    return HandoutRow(
        title,
        (
            (*who, *_rows(briefing.patient)),
            _apart(briefing.tumour),
            treated or ((Run(tr("no treatment recorded"), "italic"),),),
            _rows(briefing.brain),
            discussion,
        ),
    )


def _not_heard(zone: PauseZone) -> Words:
    """Return the disciplines not heard, those of one state together."""
    waiting = disciplines(zone, ("open", "late", "none"))
    if not waiting:
        return ()
    said = "; ".join(f"{line.label}: {''.join(run.text for run in line.words)}" for line in waiting)
    return Run(tr("Not heard. "), "bold"), Run(f"{said}.")


def _apart(words: Words) -> Cell:
    """Return words as one paragraph for each part between middle dots."""
    parts: list[list[Run]] = [[]]
    for run in words:
        if run.text == " \N{MIDDLE DOT} ":
            parts.append([])
        else:
            parts[-1].append(run)
    return tuple(tuple(part) for part in parts if part)


def _rows(rows: tuple[Row, ...]) -> Cell:
    return tuple((Run(f"{row.label}: ", "muted"), *row.words) for row in rows if row.words)
