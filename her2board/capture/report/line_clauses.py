"""Cuts a sentence of a history into the parts that each report one line of therapy."""

import re

from msgspec.structs import replace

from her2board.capture.report.drug_words import DrugGroup, drug_groups
from her2board.capture.report.model import DATE, Document, Sentence
from her2board.capture.report.patterns import named
from her2board.case.drugs import Vocabulary

_ARROW = re.compile(r"\s(?:-{1,2}>|=>|\u2192|>{1,2})\s")
_THEN = named("lines_then")
_AND = named("lines_and")
_GOES_ON = re.compile(r"(?:ongoing|present|now|today|date|current|heute|laufend)(?!\w)")
_ONLY_A_DATE = re.compile(rf"[\s{DATE}:(),.*\u2022\d-]*")


def steps(document: Document, sentence: Sentence) -> list[Sentence]:
    """Return the parts of a sentence between arrows: 'THP (2022 to 2023) -> T-DM1 since 2023' is two lines.

    An arrow behind a date alone points from it to what was given then.
    """
    found = [match.span() for match in _ARROW.finditer(document.plain, sentence.start, sentence.end)]
    arrows = [span for span in found if not _is_of_dates(document.marked, sentence.start, *span)]
    if not arrows:
        return [sentence]
    starts = [sentence.start, *(end for _, end in arrows)]
    ends = [*(start for start, _ in arrows), sentence.end]
    return [replace(sentence, start=start, end=end) for start, end in zip(starts, ends, strict=True) if start < end]


def _is_of_dates(text: str, start: int, left: int, right: int) -> bool:
    """Tell whether an arrow is between two dates, or behind a date that a sentence begins with."""
    between = text[left - 1 : left] == DATE and (text[right : right + 1] == DATE or _GOES_ON.match(text, right))
    return bool(between or _ONLY_A_DATE.fullmatch(text, start, left))


def clauses(document: Document, sentence: Sentence, vocabulary: Vocabulary) -> list[tuple[Sentence, list[DrugGroup]]]:
    """Return the parts of a sentence that each name drugs: separated by 'then', or each with a date of its own."""
    groups = [one for one in drug_groups(document, vocabulary, sentence.start, sentence.end) if one.ids]
    if not groups:
        return [(sentence, [])]
    groups = spelled_out(document, groups)
    strong = _cut(document, sentence, groups, _THEN)
    found: list[tuple[Sentence, list[DrugGroup]]] = []
    for part, held in strong:
        weak = _cut(document, part, held, _AND)
        dated = all(document.dates_in(one.start, one.end) for one, _ in weak)
        found += weak if dated else [(part, held)]
    return found


def _cut(
    document: Document, sentence: Sentence, groups: list[DrugGroup], separator: re.Pattern[str]
) -> list[tuple[Sentence, list[DrugGroup]]]:
    """Return a sentence cut at the last separator between two groups of drugs, wherever there is one."""
    parts = [groups[:1]]
    starts = [sentence.start]
    for group in groups[1:]:
        cuts = [one.start() for one in separator.finditer(document.marked, parts[-1][-1].end, group.start)]
        if cuts:
            starts.append(cuts[-1])
            parts.append([group])
        else:
            parts[-1].append(group)
    ends = [*starts[1:], sentence.end]
    cut = (replace(sentence, start=start, end=end) for start, end in zip(starts, ends, strict=True))
    return list(zip(cut, parts, strict=True))


def spelled_out(document: Document, groups: list[DrugGroup]) -> list[DrugGroup]:
    """Return groups, a regimen that brackets spell out as the drugs they name: 'THP (docetaxel, ...)'."""
    kept: list[DrugGroup] = []
    for group in groups:
        opened = document.plain[max(group.start - 2, 0) : group.start].rstrip()
        if kept and opened.endswith("(") and kept[-1].open and len(group.ids) > 1:
            kept[-1] = replace(group, start=kept[-1].start)
        else:
            kept.append(group)
    return kept
