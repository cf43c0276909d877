"""Reads JSON of unknown origin: nothing nested without end, no key twice, no number that is none."""

import json
import math
from typing import Any

from her2board.exchange.model import UnreadableError
from her2board.wording import tr

LARGEST_FILE = 64_000_000
"""Bytes. A record of a decade in treatment has two million."""
_DEEPEST = 60
_MOST_PARTS = 2_000_000
_LONGEST_NUMBER = 40
"""Characters."""


def read_json(text: str, file: str, line: int = 0) -> Any:
    """Return the document in ``text``; ``line`` is its line in the file, where each line is one document.

    Raises UnreadableError naming file, line and what is wrong.
    """

    def refuse(what: str) -> UnreadableError:
        return UnreadableError(file, what, tr("line {n}").format(n=line) if line else "")

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        body = dict(found)
        if len(body) < len(found):
            names = [name for name, _ in found]
            twice = next(name for name in names if names.count(name) > 1)
            raise refuse(tr("duplicate key '{name}' in one object; keep one of the two").format(name=twice[:60]))
        return body

    def number(digits: str) -> float:
        value = float(digits) if len(digits) <= _LONGEST_NUMBER else math.inf
        if not math.isfinite(value):
            raise refuse(tr("{number} is no number of a record").format(number=digits[:_LONGEST_NUMBER]))
        return value

    def whole(digits: str) -> int:
        number(digits)
        return int(digits)

    try:
        document = json.loads(
            text, object_pairs_hook=pairs, parse_float=number, parse_int=whole, parse_constant=number_refused(refuse)
        )
    except json.JSONDecodeError as error:
        where = tr("line {line}, column {column}").format(line=(line or 1) + error.lineno - 1, column=error.colno)
        raise UnreadableError(file, tr("not JSON ({reason})").format(reason=error.msg), where) from error
    except RecursionError as error:
        raise refuse(tr("nested too deeply to be a record")) from error
    _check_extent(document, refuse)
    return document


def number_refused(refuse: Any) -> Any:
    """Return what is called for NaN and Infinity, which are no JSON."""

    def constant(name: str) -> None:
        raise refuse(tr("{number} is no number of a record").format(number=name))

    return constant


def _check_extent(document: Any, refuse: Any) -> None:
    waiting, parts = [(document, 0)], 0
    while waiting:
        value, depth = waiting.pop()
        parts += 1
        if depth > _DEEPEST:
            raise refuse(tr("nested too deeply to be a record"))
        if parts > _MOST_PARTS:
            raise refuse(tr("more than {n:,} values; export fewer records").format(n=_MOST_PARTS))
        if isinstance(value, dict):
            waiting += [(inner, depth + 1) for inner in value.values()]
        elif isinstance(value, list):
            waiting += [(inner, depth + 1) for inner in value]


def text_of(data: bytes, file: str) -> str:
    """Return the text of a file; UTF-8, or what its first bytes say. Raises UnreadableError."""
    if len(data) > LARGEST_FILE:
        raise UnreadableError(file, tr("larger than {n} MB; export fewer records").format(n=LARGEST_FILE // 1_000_000))
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableError(file, tr("not a text in UTF-8; save it as UTF-8")) from error
