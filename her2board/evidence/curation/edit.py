"""Changes one value inside a YAML file and nothing else: comments, order and every other character stay.

The new value is put in the place of the old text; then the result is read again and compared with what it should hold.
What cannot be changed safely in this way is refused, to be edited by hand.
"""

import re
from textwrap import wrap
from typing import Any

import yaml

from her2board.evidence import yaml as strict_yaml
from her2board.evidence.naming import Place
from her2board.evidence.values import Printed
from her2board.wording import tr

_WIDTH = 118
_PLAIN = re.compile(r"[^\W\d_][\w. /()%-]*(?<! )")
"""Text that needs no quotes, wherever it is."""
_WORDS = {"true", "false", "null"}
_COMMENT = re.compile(r"(^|\s)#")


class EditError(Exception):
    """The file is not changed: says where, and what to do instead."""


def edited(text: str, place: Place, value: Any, file: str, *, first: bool = False) -> str:
    """Return the text with ``value`` at a place: keys, and positions in lists.

    A key that is not there is added to what is around it, near its beginning if ``first``. Raises EditError.
    """
    before, problem = strict_yaml.read(text, file)
    if problem is not None:
        raise EditError(str(problem))
    node = strict_yaml.node_at(text, place)
    if node is None:
        made = _added(text, place, value, file, first=first)
    else:
        made = _replaced(text, node, value, _by_hand(text, place, file))
    after, problem = strict_yaml.read(made, file)
    if problem is not None or not _same(after, _with(before, place, value)):
        raise EditError(_by_hand(text, place, file))
    return made


def _by_hand(text: str, place: Place, file: str) -> str:
    words = tr(
        "{file}:{line}: '{field}' cannot be changed without touching what is around it; edit the file by hand, "
        "then 'her2board evidence change RECORD --because ...' records why"
    )
    field = ".".join(map(str, place)) or file
    return words.format(file=file, line=strict_yaml.line_of(text, place), field=field)


def _replaced(text: str, node: Any, value: Any, refusal: str) -> str:
    start, end = node.start_mark.index, node.end_mark.index
    old = text[start:end]
    if not isinstance(node, yaml.ScalarNode):
        if not node.flow_style or _COMMENT.search(old):
            raise EditError(refusal)
        return text[:start] + written(value, node.start_mark.column) + text[end:]
    if node.style in ("|", ">"):
        old = old.rstrip()
        end = start + len(old)
        if isinstance(value, str) and _foldable(value):
            indent = re.search(r"\n( +)\S", old)
            return text[:start] + _folded(value, len(indent[1]) if indent else 2) + text[end:]
    # a key without a value has no text of its own: a space keeps the two apart
    space = " " if not old and text[start - 1 : start] == ":" else ""
    return text[:start] + space + written(value, node.start_mark.column) + text[end:]


def _added(text: str, place: Place, value: Any, file: str, *, first: bool) -> str:
    """Return the text with one more key in a mapping."""
    *outer, key = place
    around = strict_yaml.node_at(text, tuple(outer))
    if not isinstance(around, yaml.MappingNode) or not isinstance(key, str):
        raise EditError(tr("{file}: there is no '{field}'").format(file=file, field=".".join(map(str, place))))
    if around.flow_style:
        end = around.end_mark.index - 1
        separator = ", " if around.value else ""
        return f"{text[:end].rstrip()}{separator}{key}: {written(value, 0)}{text[end:]}"
    one_line = [inner for _, inner in around.value if _on_one_line(inner)]
    if not one_line:
        raise EditError(_by_hand(text, place, file))
    after = one_line[0 if first else -1].end_mark.index
    line_end = text.find("\n", after)
    line_end = len(text) if line_end < 0 else line_end
    column = around.start_mark.column
    line = f"\n{' ' * column}{key}: {written(value, column + len(key) + 2)}"
    return text[:line_end] + line + text[line_end:]


def _on_one_line(node: Any) -> bool:
    return node.start_mark.line == node.end_mark.line and getattr(node, "style", None) not in ("|", ">")


def written(value: Any, column: int) -> str:
    """Return a value as YAML that means the same inside and outside of brackets, from a column on."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Printed):
        return value.text
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {written(inner, 0)}" for key, inner in value.items()) + "}"
    if isinstance(value, tuple | list):
        return "[" + ", ".join(written(inner, 0) for inner in value) + "]"
    return _text(str(value), column)


def _text(value: str, column: int) -> str:
    if _PLAIN.fullmatch(value) and value.casefold() not in _WORDS and column + len(value) <= _WIDTH:
        return value
    quoted = "'" + value.replace("'", "''") + "'"
    if column + len(quoted) <= _WIDTH or not _foldable(value):
        return quoted
    lines = wrap(quoted, _WIDTH - column, break_long_words=False, break_on_hyphens=False)
    return f"\n{' ' * column}".join(lines)


def _folded(value: str, indent: int) -> str:
    lines = wrap(value, _WIDTH - indent, break_long_words=False, break_on_hyphens=False)
    return ">-\n" + "\n".join(" " * indent + line for line in lines)


def _foldable(value: str) -> bool:
    """Return whether a text is the same once its spaces may have become line ends."""
    return value == " ".join(value.split())


def _with(data: Any, place: Place, value: Any) -> Any:
    """Return data with another value at a place."""
    if not place:
        return value
    step, *rest = place
    if isinstance(data, dict):
        return {**data, step: _with(data.get(step), tuple(rest), value)}
    return tuple(_with(inner, tuple(rest), value) if n == step else inner for n, inner in enumerate(data))


def _same(one: Any, other: Any) -> bool:
    """Return whether two documents are the same, types and printed digits included."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(inner, other[key]) for key, inner in one.items())
    if isinstance(one, tuple | list) and isinstance(other, tuple | list):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, Printed) and isinstance(other, Printed):
        return one.text == other.text
    return type(one) is type(other) and bool(one == other)
