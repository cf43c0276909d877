"""Reads the boxes of a form: what is ticked stays behind its label, what is not ticked is taken out of the text.

A group of boxes without exactly one tick says nothing, and none of its words is read.
"""

import re
from collections.abc import Iterator
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from her2board.capture.report.model import Document, Form, Sentence
from her2board.capture.report.normal import Normal
from her2board.capture.report.patterns import named

_BOX = re.compile(
    r"(?P<tick>\[\s?[x\u2022\u2713\u2714]\s?\]|\(\s?[x\u2022\u2713\u2714]\s?\)|[\u2611\u2612\u2714\u25a0\u25c9]"
    r"|(?<=\n)\s{0,8}_{1,3}x_{1,3}(?=\s))"
    r"|\[[\s_]{0,3}\]|\([\s_]{1,3}\)|[\u2610\u25a1\u25cb\u274f\u2751]|(?<=\n)\s{0,8}_{3,}(?=\s)"
)
_CONTRARY = frozenset("\u2611\u2612")
"""Signs of two kinds of form: where both are used, a cross may be a 'no'."""
_LABELS, _OPTIONS = named("forms_labels"), named("forms_options")
_LABEL_NEXT = re.compile(
    r"(?:^|(?<=\n)|(?<=\s\s)|(?<=[|;,.]\s))(?P<label>[^\W\d_][^:|;\[\]\n]{0,40}?)"
    r"(?:\s?[:|]\s{0,30}[\w+/ -]{0,40}?)?\s{0,30}(?=[\[(\u2610-\u2612\u2714\u25a0\u25a1\u25c9\u25cb\u274f\u2751])"
)
_GAP = re.compile(r"\s{2,}|\s?[|;]")
MOST_FORMS, _MOST_BOXES = 200, 40
"""Groups of boxes of a report, and boxes of a line, that are read; no form has more."""
_BELOW = re.compile(r"[^\S\n]*\n\s*(?=\S)")
_COLUMN = re.compile(r"(?<!\s)\s{2,200}(?=[^\W\d_][^:|\n]{0,40}?:)")
"""Where another column with a label of its own begins behind the boxes."""
_LONGEST_LABEL = 90
"""Characters of the label above or before boxes."""


class _Option(Struct, frozen=True):
    """A box with its words, and whether it is ticked."""

    start: int
    end: int
    ticked: bool


class _Line(Struct, frozen=True):
    start: int
    end: int
    boxes: tuple[re.Match[str], ...]


def with_forms(document: Document) -> Document:
    """Return a document whose boxes are read: the text says what is ticked, and each group is one sentence."""
    forms = tuple(islice(_forms(document), MOST_FORMS))
    if not forms:
        return document
    normal = document.normal
    texts = (normal.text, normal.cased, normal.plain, document.marked)
    read, cased, plain, marked = (_rewritten(text, forms) for text in texts)
    merged = tuple(_merged(document.plain, document.sentences, forms))
    return replace(
        document,
        normal=Normal(read, cased, plain),
        marked=marked,
        sentences=merged,
        forms=forms,
        pasted=normal.text,
    )


def whole_forms(document: Document, start: int, end: int) -> tuple[int, int]:
    """Return a place of the text as read as the place that holds its words: the whole of a form that it reaches."""
    for form in document.forms:
        if start < form.end and form.start < end:
            start, end = min(start, form.start), max(end, form.end)
    return start, end


def _forms(document: Document) -> Iterator[Form]:
    """Yield the groups of boxes of what this program reads; a date in one is of an unknown option."""
    plain = document.plain
    mixed = set(plain) >= _CONTRARY
    for form in _groups(plain):
        dated = any(date.start < form.end and form.start < date.end for date in document.dates)
        yield replace(form, parts=()) if mixed or dated else form


def _groups(plain: str) -> Iterator[Form]:
    lines = list(_lines(plain))
    number = 0
    while number < len(lines):
        line = lines[number]
        below = number + 1
        if not line.boxes:
            while below < len(lines) and _is_stacked(plain, lines[below]):
                below += 1
            if below > number + 1 and (form := _stacked(plain, line, lines[number + 1 : below])):
                yield form
        elif len(line.boxes) <= _MOST_BOXES and not _is_stacked(plain, line):
            yield from _inline(plain, line)
        number = max(below, number + 1)


def _lines(plain: str) -> Iterator[_Line]:
    at = 0
    for text in plain.split("\n"):
        yield _Line(at, at + len(text), tuple(_BOX.finditer(plain, at, at + len(text))))
        at += len(text) + 1


def _is_stacked(plain: str, line: _Line) -> bool:
    """Tell whether a line is one option of a list: one box, before its words."""
    return len(line.boxes) == 1 and not plain[line.start : line.boxes[0].start()].strip(" -*\u2022")


def _stacked(plain: str, label: _Line, lines: list[_Line]) -> Form | None:
    """Return a group whose boxes are below each other under a label."""
    options = [_Option(line.boxes[0].end(), line.end, bool(line.boxes[0]["tick"])) for line in lines]
    if all(_LABELS.search(plain, one.start, one.end) for one in options):
        return _form((lines[0].start, lines[0].start), options, lines[-1].end)
    words = plain[label.start : label.end].strip()
    if not _LABELS.search(words) or len(words) > _LONGEST_LABEL:
        return None
    return _form((label.end - len(plain[label.start : label.end].lstrip()), label.end), options, lines[-1].end)


def _inline(plain: str, line: _Line) -> Iterator[Form]:
    """Yield the groups of one line, each behind its label."""
    starts = [
        match.start("label")
        for match in _LABEL_NEXT.finditer(plain, line.start, line.end)
        if _LABELS.search(match["label"])
    ]
    for start, end in zip(starts, [*starts[1:], line.end][: len(starts)], strict=True):
        boxes = [box for box in line.boxes if start <= box.start() < end]
        column = _COLUMN.search(plain, boxes[-1].end(), end) if boxes else None
        end = column.start() if column else end
        if boxes and (form := _of_boxes(plain, start, end, boxes)):
            yield form


def _of_boxes(plain: str, start: int, end: int, boxes: list[re.Match[str]]) -> Form | None:
    """Return the group of some boxes of a line: before their words, or behind them where the label has one too."""
    head = plain[start : boxes[0].start()]
    last = plain[boxes[-1].end() : end].strip(" .|,;")
    named_label = _LABELS.search(head)
    said = _OPTIONS.search(head, named_label.end() if named_label else 0)
    if said and not last:
        edges = [start + said.start(), *(box.end() for box in boxes)]
        options = [_Option(left, box.start(), bool(box["tick"])) for left, box in zip(edges, boxes, strict=False)]
        return _form((start, start + said.start()), options, end)
    if said or not last:
        return Form(start, end, ())
    edges = [*(box.start() for box in boxes[1:]), end]
    options = [_Option(box.end(), right, bool(box["tick"])) for box, right in zip(boxes, edges, strict=True)]
    label = (start, boxes[0].start())
    tail = _GAP.search(plain, options[-1].end - len(plain[options[-1].start : end].lstrip()), end)
    if tail is None or options[-1].ticked:
        return _form(label, options, end)
    return _form(label, [*options[:-1], replace(options[-1], end=tail.start())], end, tail.end())


def _form(label: tuple[int, int], options: list[_Option], end: int, tail: int = 0) -> Form:
    """Return a group: its label with the one option that is ticked, and what follows the last option."""
    ticked = [(one.start, one.end) for one in options if one.ticked]
    if len(ticked) != 1 or len(options) < 1:
        return Form(label[0], end, ())
    return Form(label[0], end, (label, ticked[0], *(((tail, end),) if tail else ())))


def _rewritten(text: str, forms: tuple[Form, ...]) -> str:
    """Return the text, each form as its label, a colon and what is ticked; nothing else moves."""
    for form in forms:
        said, room = "", form.end - form.start
        if form.parts:
            label, *words = (text[start:end].strip(" \n:|.,").lstrip("+*#") for start, end in form.parts)
            said = " ".join(words)
            said = f"{label}: {said}\n" if label and len(label) + len(said) + 3 <= room else f"{label} {said}".strip()
        text = text[: form.start] + said.ljust(room)[:room] + text[form.end :]
    return text


def _merged(plain: str, sentences: tuple[Sentence, ...], forms: tuple[Form, ...]) -> Iterator[Sentence]:
    """Yield the sentences, those of one form as one."""
    for form in forms:
        inside = [one for one in sentences if one.start < form.end and form.start < one.end]
        if len(inside) > 1:
            whole = replace(inside[0], end=inside[-1].end)
            sentences = tuple(whole if one is inside[0] else one for one in sentences if one not in inside[1:])
            inside = [whole]
        if inside and (below := _BELOW.match(plain, form.end, inside[0].end)):  # another line is another sentence
            rest = Sentence(below.end(), inside[0].end, inside[0].role, starts_line=True)
            parts = (replace(inside[0], end=form.end), rest)
            sentences = tuple(part for one in sentences for part in (parts if one is inside[0] else (one,)))
    yield from sentences
