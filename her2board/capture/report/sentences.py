"""Cuts a report into sentences, rows and items, and gives each the role of its section."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from her2board.capture.report.copied import copied_sections, without_copied
from her2board.capture.report.headings import BLANK, LABEL, heading
from her2board.capture.report.model import EXAMINATIONS, Kind, Role, Sentence, Span
from her2board.capture.report.normal import Normal
from her2board.capture.report.patterns import named
from her2board.capture.report.persons import without_others
from her2board.capture.report.resources import alternatives, pattern_of, read_resource

LONGEST_SENTENCE = 1200
"""Characters of a sentence; in a longer one nothing is read, as no clause of it is certain."""
_LONGEST_TITLE = 100
MOST_SENTENCES = 2000
"""Sentences of a report; a text of more, some forty pages, is no report, and what follows is not read."""
_ABBREVIATIONS = re.compile(
    r"(?:\b(?:approx|ca|ref|prev|dr|mr|mrs|ms|prof|e\.g|i\.e|eg|ie|resp|vs|max|min|no|nr|st|incl|z\.b|bzw|ggf|v\.a|sog|inkl"
    r"|dx|sx|tx|hx|pt|pts|cf|fig|al|inj|tab|abs|rec|p\.o|i\.v|env|soc|sig|dott|sra|dra|mme|tgl|li|re|bds|"
    r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|okt|dez|janv|fevr|avr|juil|gen|mag|giu|lug|ago|ott|dic|ene)"
    r"|(?<![a-z0-9])(?<!\d\s)(?<!\w/)[a-z])$"
)
_AGO = re.compile(r"(?:days?|weeks?|months?|years?|yrs?|hours?|wks?) ago$")
"""'10 days ago', and no August of an Italian text."""
_STOP = re.compile(r"(?:[.!]|(?<=[^\s?(])\?(?!\s*\||\s{3}|\)?:))(?=[\s)\"']*\s)|;")
_OF_A_LINE = re.compile(r"\s?linie(?!\w)")
"""Behind the number of '1. Linie'."""
_ORDINAL = re.compile(r"(?:^|[^\d.,/])\d{1,2}$")
_NUMBERED_INSIDE = re.compile(r"[,:] \d{1,2}$")
_MONTH_NEXT = re.compile(
    r"\s{1,3}(?:jan|feb|mar|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez|avr|gen|mag|giu|lug|ago|ott|dic|ene|abr)"
)
_BULLET = re.compile(r"\s{0,12}(?:[-*\u2022>+]|\(?\d{1,2}[.)]|\(?(?:[a-h]|i{1,3}|iv|vi{0,3})[.)])\s")
_COLUMN = re.compile(r"(?<!\s)\s{3,200}(?=[^\W\d_][^:\n|]{0,40}?:)")
_ROW = re.compile(r"\S {3,}\S.* {3,}\S")
_DATED_ENTRY = re.compile(
    r"(?:\d{1,2}[/.])?(?:\d{1,2}[/.])?(?:19|20)\d\d\s?(?:-|:|to\b|until\b)"
    r"|(?:jan|feb|fev|mar|apr|avr|abr|may|mai|mag|jun|juin|giu|jul|juil|lug|aug|aou|ago|sep|set|oct|okt|ott|nov|dec|dez|dic"
    r"|ene|gen)[a-z]{0,7}\.? (?:19|20)\d\d\s?[-:]"
)
LINE_OF_THERAPY = re.compile(
    r"(?:\d(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth)[ -]line(?!\w)|line \d(?!\d)|\dl(?!\w)"
    r"|\d ?(?:a|o|e|er|re|ere|eme|\.)? ?(?:linea|ligne|linie)(?!\w)|(?:linea|ligne|linie) \d(?!\d)|l\d(?=\s?:)"
    r"|(?:erst|zweit|dritt|viert)linie|(?:prima|seconda|terza|quarta|primera|segunda|tercera|cuarta) linea"
    r"|(?:premiere|deuxieme|troisieme|quatrieme) ligne"
)
_TARGET = re.compile(r"(?:lesion|target|met|metastasis|gtv|ptv|course|isocent(?:re|er)) ?#?\d{1,2}(?:\s{2,}|\s?[:.)])")
_ENTRIES = (_DATED_ENTRY, LINE_OF_THERAPY, _TARGET)
"""How a line begins that is an entry of a history by itself."""
_FEWEST_ENTRIES = 3
"""Lines that begin with a date, in a text that is a list of such entries."""
_COMPARES = re.compile(r"compar(?:ed|ison)(?: (?:is|was|made))* (?:with|to)\b")
_IN_CAPITALS = re.compile(r"[^a-z\n]*[A-Z][^a-z\n]{8,}")
_NARROWEST, _SHORT_LABELLED = 60, 75
"""Characters: a text that is nowhere wider was not broken at a margin; nor was a short line of 'label: value'."""
_ENDED = re.compile(r"[.;:!?]\s*$")
_ENTRY_ENDED = re.compile(r"\d\)?$|\)$")
"""How a line ends that is an entry of a list: with a year or a bracket, before a line with a capital."""
_FULL = 0.75
"""Of the widest line: a shorter one before a capital ended of itself."""
_EXAMINED: tuple[Kind, ...] = (*EXAMINATIONS, "emergency_note", "discharge_summary", "board_note")
_ONE_LINE: tuple[Role, ...] = ("family", "drugs", "allergies", "person", "past_history", "comparison")
_LISTS: tuple[Role, ...] = ("earlier", "drugs", "plan", "past_history")
"""Sections whose items are often a list: the line after the last item is none of theirs."""
_LISTED = re.compile(r"\n\s{0,12}(?:[-*\u2022>]|\(?\d{1,2}[.)])\s")
_TO_THE_BLANK: tuple[Role, ...] = ("request", "explanation", "technique", *_ONE_LINE)


def sentences(normal: Normal, kind: Kind) -> tuple[tuple[Sentence, ...], tuple[Sentence, ...]]:
    """Return the sentences of a report that are read, in their order, and those that are too long for it."""
    copied = tuple(copied_sections(normal))
    found = tuple(islice(_with_roles(normal, kind, copied), MOST_SENTENCES))
    found = without_others(normal, without_copied(normal, kind, copied, found))
    too_long = tuple(sentence for sentence in found if sentence.end - sentence.start > LONGEST_SENTENCE)
    return (tuple(one for one in found if one not in too_long) if too_long else found), too_long


def cut(normal: Normal, sections: tuple[Span, ...]) -> list[Span]:
    """Return the places of sentences, rows of a table and items of a list; none goes over the edge of a section."""
    plain = normal.plain
    edges = (edge for section in sections for edge in section)
    places = sorted({*_line_cuts(normal), *_inner_cuts(plain), *edges, len(plain)})
    found = []
    start = 0
    for end in places:
        piece = plain[start:end]
        if piece.strip():
            left = start + len(piece) - len(piece.lstrip())
            found.append((left, start + len(piece.rstrip())))
        start = end
    return found


def _line_cuts(normal: Normal) -> Iterator[int]:
    """Yield where a line begins that does not continue the one before it."""
    lines = normal.plain.split("\n")
    widest = max((len(line) for line in lines if len(line) < 200), default=0)
    dated = named("sentences_dated_line")
    entries = {number for number, line in enumerate(lines) if dated.match(line.strip())}
    entries = entries if len(entries) >= _FEWEST_ENTRIES else set()
    at, before, above, first = 0, "", "", True
    for number, (line, written) in enumerate(zip(lines, normal.cased.split("\n"), strict=True)):
        bare = line.strip()
        capital = written.lstrip()[:1].isupper()
        if bare and not (
            number not in entries and not (first and capital) and _continues(before, line, widest, capital, above)
        ):
            yield at
        first = first and not before
        before, above = (line, written) if bare else ("", "")
        at += len(line) + 1


def _continues(before: str, line: str, widest: int, capital: bool, written: str) -> bool:
    """Tell whether a line goes on with the one before: that was broken at the margin of the page."""
    if not before.strip() or _ENDED.search(before) or _BULLET.match(line) or before.count("|") or line.count("|") > 1:
        return False
    if _ROW.search(before) or _ROW.search(line) or any(entry.match(line.strip()) for entry in _ENTRIES):
        return False
    if capital and (
        widest < _NARROWEST
        or _COMPARES.match(line.strip())
        or LABEL.match(line.strip())
        or _IN_CAPITALS.fullmatch(written.strip())
    ):
        return False
    entry = LINE_OF_THERAPY.match(before.strip())
    if capital and (entry or _ENTRY_ENDED.search(before.rstrip()) or len(before) < widest * _FULL):
        return False
    alone = LABEL.match(before.strip()) and len(before) < _SHORT_LABELLED and capital
    return not alone and len(before) >= widest * 0.6


def _inner_cuts(plain: str) -> Iterator[int]:
    """Yield where a sentence ends inside a line, or another column of 'label: value' begins."""
    depth_ends = _bracketed(plain)
    for stop in _STOP.finditer(plain):
        at = stop.start()
        if at in depth_ends and plain[at] == ";":
            continue
        if plain[at] == "." and not _ends_sentence(plain, at):
            continue
        yield stop.end()
    for column in _COLUMN.finditer(plain):
        yield column.end()


def _bracketed(plain: str) -> frozenset[int]:
    """Return the places of semicolons inside brackets of one line or two."""
    found = (match for match in re.finditer(r"\([^()]{0,300}\)", plain) if "\n\n" not in match[0])
    return frozenset(match.start() + n for match in found for n, letter in enumerate(match[0]) if letter == ";")


def _ends_sentence(plain: str, at: int) -> bool:
    before = plain[max(at - 12, 0) : at]
    if before.endswith((" ca", "\nca")):
        return not plain[at + 1 : at + 4].strip()[:1].isdigit()
    if _AGO.search(before):
        return True
    if _ABBREVIATIONS.search(before):
        return before.endswith(": no") or (before.endswith((" no", "\nno")) and plain[at + 1 : at + 3].isspace())
    if _NUMBERED_INSIDE.search(before) or (before[-1:].isdigit() and _OF_A_LINE.match(plain, at + 1)):
        return False
    line = plain.rfind("\n", max(at - 14, 0), at) + 1
    if _BULLET.match(plain[line : at + 2]) and line:
        return False
    return not (_ORDINAL.search(before) and _MONTH_NEXT.match(plain, at + 1))


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    return {role: pattern_of(alternatives(patterns)) for role, patterns in read_resource("sections")["cues"].items()}


def _with_roles(normal: Normal, kind: Kind, copied: tuple[Span, ...]) -> Iterator[Sentence]:
    plain = normal.plain
    role: Role = "title"
    inline, last_end, opened = False, 0, 0
    for start, end in cut(normal, copied):
        found = heading(plain, start, end)
        between = plain[last_end:start]
        new_line = not last_end or "\n" in between
        if found is not None:
            role, inline = _of_kind(found[0], plain, start, end, kind), found[1]
            opened = start
        elif not last_end:
            role = "title"
        elif _is_over(role, inline, between, plain, start, end, opened):
            role = "body"
        last_end = end
        elsewhere = () if any(start == label for label, _ in copied) else ("copied", "said_elsewhere")
        before = _of_before(plain, start, end, role, kind, elsewhere)
        yield Sentence(start, end, before or _as_read(role, kind), new_line)


def _of_kind(role: Role, plain: str, start: int, end: int, kind: Kind) -> Role:
    """Return the role of a heading that is another thing in some kinds of report."""
    if role == "explanation" and kind in ("brain_mri", "echo") and named("sentences_comment").match(plain, start, end):
        return "impression"
    if role == "findings" and kind in EXAMINATIONS and named("sentences_present_history").match(plain, start, end):
        return "request"
    if role == "earlier" and kind == "brain_mri":
        return "comparison"
    if role == "impression" and kind == "board_note" and named("sentences_case_summary").match(plain, start, end):
        return "body"
    if role == "person" and kind == "emergency_note" and named("sentences_complaint").match(plain, start, end):
        return "body"
    return role


def _of_before(plain: str, start: int, end: int, role: Role, kind: Kind, elsewhere: tuple[str, ...]) -> Role | None:
    """Return the role of a sentence that begins with an earlier examination or specimen; None for any other.

    ``elsewhere``: the patterns of what is copied or said elsewhere; none for the label of a copied section.
    """
    if role not in ("request", "explanation", "person") and named("sentences_not_hers").search(plain, start, end):
        return "family"
    if role == "explanation" and kind == "pathology" and named("sentences_of_before").match(plain, start, end):
        return "earlier"
    if role in ("request", "explanation", "person", "plan", "family"):
        return None
    if any(named(f"sentences_{name}").search(plain, start, end) for name in elsewhere):
        return "comparison"
    not_this = ("had_shown", "outside_report")
    if kind == "brain_mri" and any(named(f"sentences_{name}").search(plain, start, end) for name in not_this):
        return "comparison"
    if kind not in _EXAMINED or role in ("request", "plan", "family", "person", "explanation"):
        return None
    match = named("sentences_of_before").match(plain, start, end)
    if match is None and kind == "brain_mri" and role != "title":
        match = named("sentences_another_scan").match(plain, start, end)
    return None if match is None else "comparison" if kind == "brain_mri" else "earlier"


def _as_read(role: Role, kind: Kind) -> Role:
    """Return the role for this kind: a history reports the past, and what a board concludes is a plan."""
    if kind in EXAMINATIONS:
        return role
    if role == "impression" and kind == "board_note":
        return "plan"
    if (role, kind) in (("earlier", "systemic_history"), ("drugs", "radiotherapy_summary")):
        return "body"
    return "body" if role in ("request", "technique") else role


def _begins_a_list(plain: str, start: int, opened: int) -> bool:
    """Tell whether an item begins here and the label above it was none: 'Contrast: Dotarem', then the findings."""
    return bool(_BULLET.match(plain[start : start + 20])) and not _BULLET.match(plain[opened : opened + 20])


def _is_over(role: Role, inline: bool, between: str, plain: str, start: int, end: int, opened: int) -> bool:
    """Tell whether a section ended before this sentence, though no heading follows."""
    if role == "title":
        if named("sentences_still_title").match(plain, start, end):
            return False
        return plain[end - 1] in ".;?!" or end - start > _LONGEST_TITLE or "\n" not in between
    cue = _cues().get("request" if role in ("request", "technique") else role)
    if cue is not None and cue.match(plain, start):
        return True
    if role == "person" and LABEL.match(plain, start, end):
        return True
    if role == "technique" and inline and "\n" in between and _begins_a_list(plain, start, opened):
        return True
    if role in _ONE_LINE and inline and "\n" in between and not _BULLET.match(plain[start : start + 20]):
        return True
    if role in _LISTS and not inline and "\n" in between and not _BULLET.match(plain[start : start + 20]):
        return bool(_LISTED.search(plain, opened, start))
    blank = bool(BLANK.search(between))
    if role == "earlier" and inline and blank:
        return not (_BULLET.match(plain[start : start + 20]) or named("sentences_dated_line").match(plain, start, end))
    return blank and role in _TO_THE_BLANK and plain[opened:start].count("\n") > (0 if inline else 2)
