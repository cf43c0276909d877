"""Reads the cells of a copied table that hold dates: one day, both ends of a treatment, or that it goes on."""

import re
from collections.abc import Callable
from functools import partial

from her2board.capture.calendar_weeks import says_week
from her2board.capture.clean_text import clean_line
from her2board.capture.date_readings import show_date
from her2board.capture.date_words import is_ongoing, is_part_of, may_be_ongoing, starts_since, without_until
from her2board.capture.periods import split_period
from her2board.capture.tables.readings import Beside, CellReading
from her2board.capture.typed import Candidate, Typed, asked
from her2board.capture.typed_dates import read_date
from her2board.case.dates import PartialDate
from her2board.case.fields import CaseField
from her2board.wording import tr


def read_date_cell(column: CaseField, text: str, beside: Beside) -> CellReading:
    """Read a date; 'ongoing' in place of the end is another fact of the entry."""
    if column.path == "stop" and "ongoing" in beside.paths:
        if is_ongoing(text):
            return CellReading(Typed(), {"ongoing": True})
        if may_be_ongoing(text):
            question = tr("'{text}': is it ongoing?").format(text=clean_line(text))
            return CellReading(asked(question, Candidate({"ongoing": True}, tr("ongoing"))))
        if starts_since(text):
            return CellReading(Typed(problem=tr("'{text}' says when it began, not when it ended").format(text=text)))
        text = without_until(text)
    if column.path == "start" and "stop" in beside.paths and (ends := split_period(clean_line(text))):
        return read_period(ends, beside)
    read = partial(read_date, meeting=beside.meeting, past=column.info.past, order=beside.order)
    found = read(text)
    of_course = column.path == "day" and "dose_gy" in beside.paths
    if of_course and found.problem and not found.candidates and (last := _last_day(text, read)):
        return last
    if found.problem and not found.candidates:
        found = _one_of_two(text, read) or _date_with_rest(text, read) or found
    decided = found.value is not None and read_date(text).value is None  # by the meeting or by the rest of the table
    in_part = found.value is not None and (is_part_of(text) or says_week(text))
    return CellReading(
        found, left=(clean_line(text),) if in_part else (), marks=(found.reading,) * (decided or in_part)
    )


_SHORT_FIRST = re.compile(r"(?P<first>\d{1,2}\.?(?:\s?\d{1,2}\.)?)\s?[-\N{EN DASH}]\s?(?P<last>\d{1,2}\D.*\d{4})")
_BOTH_IN_FULL = re.compile(
    r"(?P<first>.*?\d{4}(?:-\d\d){0,2})\s(?:[-\N{EN DASH}]|to|until|bis|au|al)\s(?P<last>\S.*)", re.IGNORECASE
)


def _last_day(text: str, read: Callable[[str], Typed]) -> CellReading | None:
    """Read the days of a course, '3-14 Mar 2025', as the last of them; the text is kept and the reading marked."""
    line = clean_line(text)
    short, both = _SHORT_FIRST.fullmatch(line), _BOTH_IN_FULL.fullmatch(line)
    match = short or both
    last = read(match["last"]).value if match and re.search(r"\d{4}", match["last"]) else None
    first = read(both["first"]).value if both and not short else None
    if last is None or "-" not in last or (not short and first is None):
        return None
    if short and len(days := re.findall(r"\d+", short["first"])) == 1 and int(days[0]) > int(last[8:10] or 0):
        return None
    if first and PartialDate.parse(first).surely_after(PartialDate.parse(last)):
        return None
    words = tr("{day}, the last day").format(day=show_date(last))
    return CellReading(Typed(last, words), left=(line,), marks=(words,))


def stop_without_year(text: str, start: str, stop: str) -> Typed | None:
    """Ask in which year a treatment of an earlier year stopped whose end was written without one: 2022 to 'Sept.'."""
    bare = read_date(text)
    if bare.value is not None or bare.candidates or not re.fullmatch(r"\d{4}(?:-\d{2}){1,2}", stop):
        return None
    began = PartialDate.parse(start)
    first = next((iso for year in (began.year, began.year + 1) if not _before(iso := f"{year}{stop[4:]}", began)), stop)
    if first >= stop:
        return None
    offered = (Candidate(iso, show_date(iso)) for iso in (first, stop))
    return asked(tr("'{text}': in which year?").format(text=clean_line(text)), *offered)


def _before(iso: str, began: PartialDate) -> bool:
    try:
        return began.surely_after(PartialDate.parse(iso))
    except ValueError:  # 29 February
        return True


def read_period(ends: tuple[str, str], beside: Beside) -> CellReading:
    """Read both ends of a treatment that are written into one cell; where one is asked, neither is taken."""
    read = partial(read_date, meeting=beside.meeting, past=True, order=beside.order)
    start, ongoing = read(ends[0]), "ongoing" in beside.paths and is_ongoing(ends[1])
    stop = Typed(True) if ongoing else read(ends[1])
    if start.value is None or stop.value is None:
        return CellReading(Typed(problem=start.problem or stop.problem))
    return CellReading(start, {"ongoing": True} if ongoing else {"stop": stop.value})


_STOPPED = (
    r"(?:stopped|ended|discontinued|completed|finished|stop|last(?:\s(?:dose|given|cycle|on))?|beendet|gestoppt|abgesetzt"
    r"|arr[eê]t[eé]?|sospes[oa]|terminato)\s(?:on\s|in\s|am\s|le\s|il\s)?"
)
_BEHIND = r"(?:\s*[(,;]\s*|\s[-\N{EN DASH}]\s*|\s(?=(?:due|for|because|after|wegen|per|pour|with|pd\b|tox)))"
WITH_REST = re.compile(
    rf"(?:{_STOPPED})?(?P<day>[^(]*?\d[^(]*?){_BEHIND}(?P<rest>[^\W\d_].*)|{_STOPPED}(?P<alone>.*\d.*)", re.IGNORECASE
)
"""A date with words around it: '09/2024 (PD brain)', 'stopped 02/24 due to thrombocytopenia'."""
_EITHER = re.compile(r"(?P<first>.*\d.*?)\s(?:or|oder|ou|o)\s(?P<second>.*\d.*)", re.IGNORECASE)


def _date_with_rest(text: str, read: Callable[[str], Typed]) -> Typed | None:
    """Ask whether a date is meant that has more beside it; the words are kept once it is taken."""
    match = WITH_REST.fullmatch(clean_line(text))
    found = read(match["day"] or match["alone"]) if match else Typed()
    if found.value is None:
        return None
    question = tr("'{text}': is it {day}?").format(text=clean_line(text), day=show_date(found.value))
    return asked(question, Candidate(found.value, show_date(found.value)))


def _one_of_two(text: str, read: Callable[[str], Typed]) -> Typed | None:
    """Ask which of two dates is meant: '01/24 or 02/24'."""
    match = _EITHER.fullmatch(clean_line(text))
    days = [read(match[name]).value for name in ("first", "second")] if match else []
    if not days or None in days:
        return None
    offered = (Candidate(day, show_date(day)) for day in days)
    return asked(tr("'{text}': which of these?").format(text=clean_line(text)), *offered)
