"""Compares the pages and attachments of a PDF with what was written, and says what is true of each."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from her2board.assessment.paper import PAPERS
from her2board.pdf.attached import INDEX
from her2board.pdf.enclosure import Index, bare
from her2board.pdf.extract import PageFound
from her2board.pdf.page_text import UNREADABLE
from her2board.pdf.quoting import quoted
from her2board.wording import tr, trn

Part = Literal["file", "page", "attachments", "hash"]
PARTS: tuple[Part, ...] = ("file", "page", "attachments", "hash")
_MOST_SAID = 12
"""Findings of one part of a file that are reported one by one."""
_AROUND = 12
"""Characters shown on either side of a change."""
_TOLERANCE = 2.0
"""Points by which programs round the size of a page."""


class Finding(Struct, frozen=True):
    """Something true of a PDF; a problem where it was changed or could not be checked."""

    part: Part
    words: str
    problem: bool = True


class Compared(Struct, frozen=True):
    """A page as written beside what is here: the text that holds for it, and what was found."""

    number: int
    """Of the page as written, from 1."""
    text: str
    """What the page says: as written where nothing contradicts it, else as read."""
    readable: bool
    findings: tuple[Finding, ...]


def compared_pages(index: Index, pages: Sequence[PageFound]) -> tuple[tuple[Compared, ...], tuple[Finding, ...]]:
    """Return each page that was written, compared, and what is to be said of pages that were not."""
    places = _placed(index, pages)
    compared = tuple(
        _compared(number, index, None if place is None else pages[place]) for number, place in enumerate(places, 1)
    )
    added = sorted(set(range(len(pages))) - set(places))
    further = tuple(Finding("page", tr("page {n} was added").format(n=place + 1)) for place in added)
    return compared, further


def _placed(index: Index, pages: Sequence[PageFound]) -> list[int | None]:
    """Return where each written page is: by what draws it, then by its text, then by what is left in order."""
    places: list[int | None] = [None] * len(index.pages)
    left = dict.fromkeys(range(len(pages)))
    if len(pages) == len(places):
        return [*left]
    _take_same(places, left, index.pages, [page.digest for page in pages])
    _take_same(places, left, [bare(text) for text in index.texts], [bare(page.text) for page in pages])
    for number, place in enumerate(places):
        if place is None and left:
            places[number] = next(iter(left))
            del left[next(iter(left))]
    return places


def _take_same(places: list[int | None], left: dict[int, None], written: Sequence[str], here: Sequence[str]) -> None:
    """Enter the first page that is left and the same, for each written page that has none yet."""
    found: dict[str, list[int]] = {}
    for at in reversed(left):
        found.setdefault(here[at], []).append(at)
    for number, wanted in enumerate(written):
        if places[number] is None and found.get(wanted):
            places[number] = place = found[wanted].pop()
            del left[place]


def _compared(number: int, index: Index, page: PageFound | None) -> Compared:
    written = index.texts[number - 1] if index.texts else None
    if page is None:
        return Compared(number, "", False, (Finding("page", tr("page {n} is missing").format(n=number)),))
    same_drawing = page.digest == index.pages[number - 1]
    readable = bool(set(page.text) - {UNREADABLE} - set(" \n"))
    seen = tuple(_seen(number, page, same_drawing))
    if written is None:
        words = tr("page {n} was changed or drawn anew, and its text was not noted when it was written")
        unnoted = [] if same_drawing else [Finding("page", words.format(n=number))]
        return Compared(number, page.text, readable, (*unnoted, *seen))
    if not readable and bare(written):
        words = tr("page {n} has no text that can be read: not checked").format(n=number)
        return Compared(number, written, False, (Finding("page", words), *seen))
    lost = lost_characters(written, page.text)
    if lost is None:
        return Compared(number, page.text, True, (Finding("page", _change(number, written, page.text)), *seen))
    said = tuple(_same_text(number, lost, same_drawing))
    return Compared(number, written, True, (*said, *seen))


def _same_text(number: int, lost: str, same_drawing: bool) -> Iterator[Finding]:
    if not same_drawing:
        words = tr("page {n} says the same, drawn anew by another program; position, colour and cover not checked")
        yield Finding("page", words.format(n=number), problem=False)
    if lost:
        words = trn(
            "{n} character of page {page} can no longer be read: not checked ({lost})",
            "{n} characters of page {page} can no longer be read: not checked ({lost})",
            len(lost),
        )
        yield Finding("page", words.format(n=len(lost), page=number, lost=" ".join(sorted(set(lost)))))


def _seen(number: int, page: PageFound, same_drawing: bool) -> Iterator[Finding]:
    if page.pictures and not same_drawing:
        yield Finding("page", tr("page {n} has a picture that was not written").format(n=number))
    if page.laid_over:
        yield Finding("page", tr("page {n} has something laid over it").format(n=number))
    if page.cropped or not _is_paper(page.size):
        yield Finding("page", tr("page {n} is cut or of another size: part of it may not show").format(n=number))
    if page.turned:
        words = tr("page {n} is turned by {degrees} degrees").format(n=number, degrees=page.turned)
        yield Finding("page", words, problem=False)


def _is_paper(size: tuple[float, float]) -> bool:
    papers = (paper.points for paper in PAPERS.values())
    return any(
        all(abs(a - b) <= _TOLERANCE for a, b in zip(sorted(size), sorted(paper), strict=True)) for paper in papers
    )


def lost_characters(written: str, here: str) -> str | None:
    """Return the characters of ``written`` that ``here`` lacks because they cannot be read; None for another text.

    Letters that are written from right to left are compared without their order: it is that of the drawing.
    """
    expected, found = _comparable(written), _comparable(here)
    if expected == found:
        return ""
    left, right = expected[0], found[0]
    if len(left) != len(right) or expected[1] != found[1]:
        return None
    lost = [a for a, b in zip(left, right, strict=True) if b == UNREADABLE != a]
    differ = any(a != b != UNREADABLE for a, b in zip(left, right, strict=True))
    return None if differ else "".join(lost)


def _comparable(text: str) -> tuple[str, str]:
    """Return a text in one form of each letter: what is written from left to right, and the rest sorted."""
    folded = unicodedata.normalize("NFKC", bare(text))
    turned = {letter for letter in set(folded) if unicodedata.bidirectional(letter) in ("R", "AL", "NSM", "BN")}
    others = (letter for letter in folded if letter not in turned)
    return "".join(others), "".join(sorted(letter for letter in folded if letter in turned))


def _change(number: int, written: str, here: str) -> str:
    """Say where a page first says something else, with a few words around it."""
    expected, found = bare(written), bare(here)
    start = next((at for at, (a, b) in enumerate(zip(expected, found, strict=False)) if a != b), None)
    start = min(len(expected), len(found)) if start is None else start
    end = 0
    while end < min(len(expected), len(found)) - start and expected[-1 - end] == found[-1 - end]:
        end += 1
    before, after = _excerpt(written, start, len(expected) - end), _excerpt(here, start, len(found) - end)
    words = tr("page {n} was changed: it says {here} where {written} was written")
    return words.format(n=number, here=after, written=before)


def _excerpt(text: str, start: int, end: int) -> str:
    """Return part of a text, its bounds given in characters without white space."""
    text = unicodedata.normalize("NFC", text)
    places = [place for place, character in enumerate(text) if not character.isspace()]
    first, last = max(start - _AROUND, 0), min(max(end, start) + _AROUND, len(places))
    if first >= last:
        return quoted("")
    cut = text[places[first] : places[last - 1] + 1]
    return quoted(" ".join(cut.split()))


def listed(findings: Iterable[Finding]) -> str:
    """Return findings in one line: the first of them, and how many more there are."""
    said = [finding.words for finding in findings]
    if len(said) > _MOST_SAID:
        more = len(said) - _MOST_SAID
        said[_MOST_SAID:] = [trn("and {n:,} more finding", "and {n:,} more findings", more).format(n=more)]
    return "; ".join(said)


def compared_files(index: Index, files: Mapping[str, str]) -> Iterator[Finding]:
    """Yield what is not as written among the attachments, given with their SHA-256."""
    for name, expected in index.files.items():
        if name not in files:
            yield Finding("attachments", tr("{name} is missing").format(name=quoted(name)))
        elif files[name] != expected:
            yield Finding("attachments", tr("{name} was changed").format(name=quoted(name)))
    for name in sorted(files.keys() - index.files.keys() - {INDEX}):
        yield Finding("attachments", tr("{name} was added").format(name=quoted(name)))
    for carried in index.cases:
        for name in (carried.case, carried.assessment):
            if name not in index.files:
                yield Finding("attachments", tr("{name} is not listed").format(name=quoted(name)))
