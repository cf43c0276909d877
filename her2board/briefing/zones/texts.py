"""What people typed, cut to fit: only their own words, from the end, with the characters left out counted."""

from collections.abc import Callable
from typing import Any, TypeVar

from msgspec.structs import replace

from her2board.briefing.model import Run, Style, Words, map_runs, runs
from her2board.briefing.zones.base import Form, Note
from her2board.wording import tr

Z = TypeVar("Z")
P = TypeVar("P")
STEPS = ((30, 600), (70, 400), (110, 280), (230, 180), (250, 120), (340, 80))
"""Place in the order of shortenings, and characters a text keeps from there on."""
FEWEST = 12
"""What is left of a text on a page that holds everything a case can."""
LAST_AT = 400
_KIND = "long_texts"
QUESTION_TOO_AT = 360
"""Place in the order from which even question and header are cut."""
QUESTION_TOO: Note[Any] = Note(_KIND, lambda _: tr("long texts: the question too"))
LEAST = 20
"""Every typed text keeps as many characters, however full the page."""
_KEPT = 30
"""Fewer characters than this are not worth the words that count them."""
_CUT = "\N{HORIZONTAL ELLIPSIS}"
_COUNTED = ("count:characters left out",)


def text_forms(cut: Callable[[Z, int], Z], fewest: Callable[[Z], Z] | None = None) -> tuple[Form[Z], ...]:
    """Return the forms of a zone with long texts: ``cut`` keeps so many characters of each, ``fewest`` the last few."""

    def step(at: int, most: int) -> Form[Z]:
        return Form(at, lambda zone: cut(zone, most), Note(_KIND, _after, lambda _: most))

    forms = tuple(step(at, most) for at, most in STEPS)
    return (*forms, Form(LAST_AT, fewest)) if fewest else forms


def _after(characters: int) -> str:
    return tr("long texts: after {n} characters, complete in the case").format(n=characters)


def clip(words: Words, most: int, least: int = LEAST) -> Words:
    """Cut what a person typed to about ``most`` characters in all, every text to its share; say how many are left.

    Everything else stays as it is.
    """
    if not any(run.free or run.origin == _COUNTED for run in words):
        return words
    words = clip_all(tuple(run for run in words if run.origin != _COUNTED), most, least)
    return (*words, *counted(words))


def clip_all(part: P, most: int, least: int = LEAST) -> P:
    """Cut what a person typed anywhere in ``part`` to about ``most`` characters in all, every text to its share."""
    lengths = [whole_length(run) for run in runs(part) if run.free]
    if sum(lengths) <= most + _KEPT:
        return part
    share = _share(lengths, most, least)
    cut: P = map_runs(part, lambda run: _cut(run, share) if run.free else run)
    return cut


def counted(part: Any) -> Words:
    """Return how many characters are left out of ``part`` in words; nothing where none is."""
    left = sum(run.left_out for run in runs(part))
    return (_count(left, "italic"),) if left else ()


def beginning(words: Words, most: int) -> Words:
    """Cut words as one text to its first ``most`` characters, whoever wrote them; the rest is counted behind it."""
    kept = tuple(run for run in words if run.origin != _COUNTED)
    left, text = sum(run.left_out for run in kept), "".join(run.text for run in kept)
    text = text[: -len(_CUT)] if left else text
    if len(text) + left <= most + _KEPT or len(text) <= most:
        return words
    head = text[:most].rsplit(" ", 1)[0].rstrip() or text[:most]
    left += len(text) - len(head)
    cut: list[Run] = []
    room = len(head)
    for run in kept:
        if len(run.text) >= room:
            return (*cut, replace(run, text=run.text[:room] + _CUT, left_out=left), _count(left))
        cut.append(replace(run, left_out=0))
        room -= len(run.text)
    return words


def clip_rows(rows: tuple[Any, ...], most: int, least: int = LEAST) -> tuple[Any, ...]:
    """Cut the ``words`` of each row; a row with nothing to cut stays itself."""
    cut = [clip(row.words, most, least) for row in rows]
    return tuple(row if words is row.words else replace(row, words=words) for row, words in zip(rows, cut, strict=True))


def whole_length(run: Run) -> int:
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
    if whole_length(run) <= most + len(_CUT) or len(run.text) <= most:
        return run
    head = run.text[:most].rsplit(" ", 1)[0].rstrip() or run.text[:most]
    return replace(run, text=head + _CUT, left_out=whole_length(run) - len(head))


def _count(characters: int, style: Style = "plain") -> Run:
    return Run(tr(" (+{n} characters)").format(n=characters), style, origin=_COUNTED)
