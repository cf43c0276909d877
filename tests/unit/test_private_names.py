"""What a library does not offer to others is used in one module for each, so that a new version breaks there only."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "her2board"
BACKENDS = ("pdf/backend.py", "office/backend.py")
_OWN = ("self", "cls")
_PYTHON = frozenset((*dir(dict), "_exit"))
"""Names of the language itself, and the one that ``os`` offers so."""


def private_names(source: str) -> Iterator[str]:
    """Yield every name with a leading underscore that is read from, or written to, something else than oneself."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            owner, name = node.value, node.attr
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("getattr", "setattr", "hasattr"):
            owner, name = node.args[0], getattr(node.args[1], "value", "")
        else:
            continue
        own = isinstance(owner, ast.Name) and owner.id in _OWN
        if isinstance(name, str) and name.startswith("_") and not own and name not in _PYTHON:
            yield f"{name} (line {node.lineno})"


@pytest.mark.parametrize("package", ["pdf", "office"])
def test_no_module_but_the_backend_uses_private_names_of_a_library(package: str) -> None:
    found = {
        path.relative_to(PACKAGE).as_posix(): names
        for path in sorted((PACKAGE / package).rglob("*.py"))
        if (names := list(private_names(path.read_text(encoding="utf-8"))))
    }
    assert set(found) == {name for name in BACKENDS if name.startswith(package)}, found


@pytest.mark.parametrize(
    "line", ["canvas._doc", "page.__NoDefault__ = []", "getattr(package, '_rels', None)", "a.b()._c"]
)
def test_a_private_name_is_noticed(line: str) -> None:
    assert list(private_names(line))


@pytest.mark.parametrize("line", ["self._y = 1", "super().__init__()", "canvas.setFont('regular', 8)"])
def test_what_is_ones_own_or_offered_is_not(line: str) -> None:
    assert not list(private_names(line))
