"""Reads YAML strictly: plain data of a bounded size, no duplicate keys, no YAML 1.1 surprises, lists as tuples."""

import re
from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any

import yaml

from her2board.evidence.problems import Problem
from her2board.evidence.values import Printed

_Parser: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 30
"""Levels of lists and keys inside each other; a record has a third of it."""
_MOST_VALUES = 200_000
"""Of a file, with everything counted again that an alias repeats; a record has a hundredth of it."""
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
"""What words without quotes mean; every other, ``no`` among them, is text."""
_NUMBER = re.compile(r"-?(0|[1-9]\d{0,17})(\.\d{1,18})?", re.ASCII)
"""``012``, ``1:30`` and thousands of digits are text."""


def read(text: str, file: str) -> tuple[Any, Problem | None]:
    """Return the document in ``text``, or the problem that keeps it from being read."""
    try:
        return _Document(text).read(), None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        return None, Problem(file, mark.line + 1 if mark else 0, f"not readable as YAML: {error.problem}")
    except yaml.YAMLError as error:
        return None, Problem(file, 0, f"not readable as YAML: {error}")


class _Document:
    """Builds a document from the events of the parser, and stops where it is too deep, too large or not plain data.

    What an alias repeats costs nothing in the file and everything in memory, so it is counted.
    """

    def __init__(self, text: str) -> None:
        self._next: Callable[[], Any] = _Parser(text).get_event
        self._values = 0
        self._anchored: dict[str, tuple[Any, int] | None] = {}
        """Each with the number of its values; None while it is being read."""

    def read(self) -> Any:
        """Return the only document; None where there is none. Raises MarkedYAMLError."""
        self._next()  # the stream starts
        if isinstance(self._next(), yaml.StreamEndEvent):
            return None
        value = self._value(self._next(), 0)
        self._next()  # the document ends
        if not isinstance(end := self._next(), yaml.StreamEndEvent):
            raise _refused(end, "a second document in one file")
        return value

    def _value(self, event: Any, depth: int) -> Any:
        if isinstance(event, yaml.AliasEvent):
            return self._repeated(event)
        before = self._values
        self._count(event, 1)
        if event.tag not in (None, "!"):
            raise _refused(event, f"the tag '{event.tag}': write the value without it")
        if event.anchor:
            if event.anchor in self._anchored:
                raise _refused(event, f"the anchor '{event.anchor}' is a duplicate")
            self._anchored[event.anchor] = None
        value = _scalar(event) if isinstance(event, yaml.ScalarEvent) else self._collection(event, depth + 1)
        if event.anchor:
            self._anchored[event.anchor] = value, self._values - before
        return value

    def _collection(self, event: Any, depth: int) -> Any:
        if depth > _DEEPEST:
            raise _refused(event, f"more than {_DEEPEST} lists and keys inside each other")
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(depth)
        found = []
        while not isinstance(inner := self._next(), yaml.SequenceEndEvent):
            found.append(self._value(inner, depth))
        return tuple(found)

    def _mapping(self, depth: int) -> dict[Hashable, Any]:
        found: dict[Hashable, Any] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise _refused(event, "a key is one word")
            key = self._value(event, depth)
            if key in found:
                raise _refused(event, f"the key '{key}' is a duplicate")
            found[key] = self._value(self._next(), depth)
        return found

    def _repeated(self, event: Any) -> Any:
        if event.anchor not in self._anchored:
            raise _refused(event, f"no anchor '{event.anchor}' before this alias")
        repeated = self._anchored[event.anchor]
        if repeated is None:
            raise _refused(event, f"the alias '{event.anchor}' is recursive: it repeats what it is part of")
        value, size = repeated
        self._count(event, size)
        return value

    def _count(self, event: Any, values: int) -> None:
        self._values += values
        if self._values > _MOST_VALUES:
            raise _refused(event, f"more than {_MOST_VALUES:,} values, what aliases repeat counted each time")


def _scalar(event: Any) -> Any:
    text, (plain, _) = event.value, event.implicit
    if not plain:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if found := _NUMBER.fullmatch(text):
        return Printed(text) if found[2] else int(text)
    return text


def _refused(event: Any, problem: str) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)


def line_of(text: str, location: tuple[Any, ...]) -> int:
    """Return the line where the value at ``location`` (keys and positions) starts; its nearest parent if absent."""
    node = _composed(text)
    line = 1
    for step in location:
        inner = _child(node, step)
        if inner is None:
            continue
        node = inner
        line = node.start_mark.line + 1
    return line


def node_at(text: str, location: tuple[Any, ...]) -> Any:
    """Return the node at ``location``, with the places in the text where it starts and ends; None if absent."""
    node = _composed(text)
    for step in location:
        node = _child(node, step)
        if node is None:
            return None
    return node


@lru_cache(maxsize=1)
def _composed(text: str) -> Any:
    """Return the nodes of a document; a file with many problems asks for each of them."""
    return yaml.compose(text, Loader=_Parser)


def _child(node: Any, step: Any) -> Any:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return value
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step]
    return None
