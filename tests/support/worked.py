"""Reads files of worked cases: strictly, with the line of every mapping, and with the file in every complaint."""

from collections import Counter
from pathlib import Path
from typing import Any

import yaml


class WorkedFileError(Exception):
    """A file of worked cases that cannot be read: file, line and what is wrong."""


class Located(dict[str, Any]):
    """A mapping of a file that knows where it begins."""

    file: str
    line: int

    @property
    def where(self) -> str:
        """File and line, as a failing test is named."""
        return f"{self.file}:{self.line}"

    def __missing__(self, key: str) -> Any:
        raise WorkedFileError(f"{self.where}: nothing is said of '{key}'")


class _Strict(yaml.CSafeLoader):
    """Refuses a key written twice; dates stay text, as in a case file."""


_Strict.yaml_implicit_resolvers = {
    start: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for start, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def _mapping(loader: _Strict, node: yaml.MappingNode) -> Located:
    keys = [loader.construct_object(key) for key, _ in node.value]
    twice = [str(key) for key, count in Counter(keys).items() if count > 1]
    if twice:
        raise yaml.constructor.ConstructorError(None, None, f"duplicate key {', '.join(twice)}", node.start_mark)
    values = [loader.construct_object(value, deep=True) for _, value in node.value]
    found = Located(zip(keys, values, strict=True))
    found.file, found.line = Path(node.start_mark.name).name, node.start_mark.line + 1
    return found


_Strict.add_constructor("tag:yaml.org,2002:map", _mapping)


def documents(path: Path) -> list[Located]:
    """Return the mappings of a file, one per document. Raises WorkedFileError."""
    return _mappings(path, _read(path))


def entries(path: Path) -> list[Located]:
    """Return the mappings of a file that lists them. Raises WorkedFileError."""
    return _mappings(path, [entry for part in _read(path) for entry in part])


def _read(path: Path) -> list[Any]:
    try:
        with path.open(encoding="utf-8") as stream:
            return list(yaml.load_all(stream, Loader=_Strict))
    except yaml.YAMLError as error:
        raise WorkedFileError(f"{path}: {error}") from error


def _mappings(path: Path, found: list[Any]) -> list[Located]:
    for each in found:
        if not isinstance(each, Located):
            raise WorkedFileError(f"{path}: a case is a mapping, not a {type(each).__name__}: {str(each)[:60]}")
    return found


def document(path: Path) -> Located:
    """Return the one mapping of a file. Raises WorkedFileError."""
    found = documents(path)
    if len(found) != 1:
        raise WorkedFileError(f"{path}: one document, not {len(found)}")
    return found[0]
