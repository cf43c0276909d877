"""The handout: one row of five columns per case."""

from msgspec import Struct

from her2board.briefing.formats import joined
from her2board.briefing.model import Briefing, Run, Words
from her2board.briefing.packet import Item, list_words, short, unprinted
from her2board.briefing.zones.alert import AlertZone
from her2board.briefing.zones.brain import BrainZone
from her2board.briefing.zones.brief_options import in_brief
from her2board.briefing.zones.checks import CheckZone
from her2board.briefing.zones.choices import named_words
from her2board.briefing.zones.decision import DecisionZone
from her2board.briefing.zones.header import HeaderZone
from her2board.briefing.zones.option_row import OptionRow
from her2board.briefing.zones.options import OptionZone
from her2board.briefing.zones.patient import PatientZone
from her2board.briefing.zones.pause import PauseZone, disciplines
from her2board.briefing.zones.question import QuestionZone
from her2board.briefing.zones.rows import Row
from her2board.briefing.zones.timeline import treatments
from her2board.briefing.zones.tumour import TumourZone
from her2board.wording import Marked, tr

_COLUMNS: tuple[Marked, ...] = ("Patient", "History", "Treatment", "Imaging", "Discussion")
Cell = tuple[Words, ...]
_MOST = 90
"""Characters of what is said of a choice or an option; the page of the case has all of it."""


class HandoutRow(Struct, frozen=True):
    """A case across the five columns; each cell is paragraphs."""

    title: str
    cells: tuple[Cell, ...]


def columns() -> tuple[str, ...]:
    """Return the headings of the columns."""
    return tuple(map(tr, _COLUMNS))


def handout_row(number: int, item: Item, most: int = _MOST) -> HandoutRow:
    """Return the row of one case, with ``most`` characters of each choice and outcome; or why it is not printed."""
    title = f"{number}. {item.code}"
    briefing = item.briefing
    if briefing is None:
        marked = (Run(tr("NOT A BRIEFING: this case could not be printed. "), "bold"),)
        reasons = tuple((Run(words),) for words in (*unprinted(), *item.problems))
        return HandoutRow(title, (((Run(title, "bold"),),), (), (), (), (marked, *reasons)))
    tumour = briefing.get(TumourZone)
    return HandoutRow(
        title,
        (
            (*_who(title, briefing.get(HeaderZone), list_words(item)), *_rows(briefing.get(PatientZone).rows)),
            tuple((*part.words, *part.why) for part in tumour.parts),
            _treated(tumour),
            _rows(briefing.get(BrainZone).rows),
            _discussion(briefing, most),
        ),
    )


def _who(title: str, head: HeaderZone, listed: Cell) -> Cell:
    """Return whose row it is, and what is open of the case."""
    identity: Cell = ((Run(head.identity, "bold"),),) if head.identity else ()
    status: Cell = ((Run(head.status, "muted"),),) if head.status else ()
    return ((Run(title, "bold"),), *identity, *status, *listed, head.state)


def _treated(tumour: TumourZone) -> Cell:
    lines = treatments(tumour.timeline)
    treated: Cell = tuple((Run(f"{line.label}: ", "muted"), *line.words) for line in lines)
    return treated or ((Run(tr("no treatment recorded"), "italic"),),)


def _discussion(briefing: Briefing, most: int) -> Cell:
    """Return what is urgent, asked and new, what is open before whole-brain radiation, and what was decided."""
    alert, checks, pause = briefing.find(AlertZone), briefing.find(CheckZone), briefing.get(PauseZone)
    question = briefing.get(QuestionZone)
    several: Cell = (
        (Run(f"{alert.title}: ", "bold"), *alert.words) if alert else (),
        (Run(tr("Question: "), "bold"), *question.asked),
        question.new,
        (Run(f"{pause.title}: ", "bold"), *pause.status, Run(".")),
        _not_heard(pause),
        *_choices(pause, most),
        *_evidence(briefing.get(OptionZone), most),
        pause.must_know,
        (Run(tr("To check: "), "bold"), *joined(checks.points, "; "), Run(".")) if checks else (),
        briefing.get(DecisionZone).words,
    )
    return tuple(words for words in several if words)


def _choices(zone: PauseZone, most: int) -> Cell:
    """Return what this case says to each choice, and the choices that are only named."""
    rows = tuple(
        (Run(f"{row.name}: ", "muted"), *short(joined((row.here, row.caution), "; "), most)) for row in zone.rows
    )
    return ((Run(tr("Choices"), "bold"),), *rows, *(short(words, 2 * most) for words in named_words(zone.named)))


def _evidence(zone: OptionZone, most: int) -> Cell:
    """Return the options of drugs that have a row, with standing and outcome; the others by name and standing."""
    rows = tuple((Run(f"{row.name}: ", "muted"), *_of_option(row, most)) for row in zone.rows)
    others = (short(in_brief(zone.aside), 2 * most),) if zone.aside else ()
    return ((Run(f"{zone.title}. ", "bold"), *zone.note_in_words), *rows, *others)


def _of_option(row: OptionRow, most: int) -> Words:
    return joined((row.standing, short(row.outcome, most)), "; ")


def _not_heard(zone: PauseZone) -> Words:
    """Return the disciplines not heard, those of one state together."""
    waiting = disciplines(zone, ("open", "late", "none"))
    if not waiting:
        return ()
    return (
        Run(tr("Not heard. "), "bold"),
        *joined(((Run(f"{line.label}: "), *line.words) for line in waiting), "; "),
        Run("."),
    )


def _rows(rows: tuple[Row, ...]) -> Cell:
    return tuple((Run(f"{row.label}: ", "muted"), *row.words) for row in rows if row.words)
