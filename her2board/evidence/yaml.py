"""Reads YAML strictly: no duplicate keys, no YAML 1.1 surprises, lists as tuples."""

import re
from collections.abc import Hashable
from functools import lru_cache
from typing import Any

import yaml

from her2board.evidence.problems import Problem
from her2board.evidence.values import Printed

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


_DEEPEST = 30
"""Levels of lists and keys inside each other; a record has a third of it."""
_MOST_VALUES = 200_000
"""Of a file, with everything counted again that an alias repeats; a record has a hundredth of it."""


class StrictLoader(_Base):  # type: ignore[misc]  # reason: the C loader carries no types
    """A safe loader for which ``no`` is text, ``012`` and ``1:30`` are text, and equal keys are an error."""


def _mapping(loader: Any, node: Any) -> dict[Hashable, Any]:
    result: dict[Hashable, Any] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            raise yaml.MarkedYAMLError(problem="a key is one word", problem_mark=key_node.start_mark)
        key = loader.construct_object(key_node, deep=True)
        if key in result:
            raise yaml.MarkedYAMLError(problem=f"the key '{key}' is a duplicate", problem_mark=key_node.start_mark)
        result[key] = loader.construct_object(value_node, deep=True)
    return result


def _sequence(loader: Any, node: Any) -> tuple[Any, ...]:
    return tuple(loader.construct_object(item, deep=True) for item in node.value)


def _decimal(_: Any, node: Any) -> Printed:
    return Printed(node.value)


def _resolvers() -> dict[str, list[tuple[str, Any]]]:
    integer = re.compile(r"-?(0|[1-9]\d{0,17})$", re.ASCII)
    decimal = re.compile(r"-?(0|[1-9]\d{0,17})\.\d{1,18}$", re.ASCII)
    boolean = re.compile(r"(true|false)$")
    null = re.compile(r"(null|~|)$")
    table: dict[str, list[tuple[str, Any]]] = {}
    for tag, pattern, starts in (
        ("int", integer, "-0123456789"),
        ("float", decimal, "-0123456789"),
        ("bool", boolean, "tf"),
        ("null", null, ["~", "n", ""]),
    ):
        for start in starts:
            table.setdefault(start, []).append((f"tag:yaml.org,2002:{tag}", pattern))
    return table


StrictLoader.yaml_implicit_resolvers = _resolvers()
StrictLoader.add_constructor("tag:yaml.org,2002:map", _mapping)
StrictLoader.add_constructor("tag:yaml.org,2002:float", _decimal)
StrictLoader.add_constructor("tag:yaml.org,2002:seq", _sequence)


def read(text: str, file: str) -> tuple[Any, Problem | None]:
    """Return the document in ``text``, or the problem that keeps it from being read."""
    try:
        _check_extent(text)
        return yaml.load(text, Loader=StrictLoader), None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        return None, Problem(file, mark.line + 1 if mark else 0, f"not readable as YAML: {error.problem}")
    except yaml.YAMLError as error:
        return None, Problem(file, 0, f"not readable as YAML: {error}")


def _check_extent(text: str) -> None:
    """Go through a document without building it: MarkedYAMLError where it is too deep, too large or not plain data.

    What an alias repeats costs nothing in the file and everything in memory.
    """
    values = 0
    begun: list[tuple[str | None, int]] = []
    sizes: dict[str, int] = {}
    for event in iter(StrictLoader(text).get_event, None):
        if isinstance(event, yaml.ScalarEvent):  # most of them, so asked first
            values += 1
        elif isinstance(event, yaml.CollectionStartEvent):
            values += 1
            begun.append((event.anchor, values))
        elif isinstance(event, yaml.CollectionEndEvent):
            anchor, before = begun.pop()
            if anchor:
                sizes[anchor] = values - before + 1
            continue
        elif isinstance(event, yaml.AliasEvent):
            values += sizes.get(event.anchor or "", 0)
        else:
            continue
        if len(begun) > _DEEPEST:
            raise _refused(event, f"more than {_DEEPEST} lists and keys inside each other")
        if values > _MOST_VALUES:
            raise _refused(event, f"more than {_MOST_VALUES:,} values, what aliases repeat counted each time")
        if (tag := getattr(event, "tag", None)) not in (None, "!"):
            raise _refused(event, f"the tag '{tag}': write the value without it")


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


@lru_cache(maxsize=1)
def _composed(text: str) -> Any:
    """Return the nodes of a document; a file with many problems asks for each of them."""
    return yaml.compose(text, Loader=StrictLoader)


def _child(node: Any, step: Any) -> Any:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return value
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step]
    return None
