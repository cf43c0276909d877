"""Facts written in one line by their names, as in 'age: 52; ECOG: 1' or 'KPS 80': read all together or not at all."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from her2board.case.fields import CaseField, case_fields
from her2board.gui.base.words import cell_words
from her2board.gui.form.fields import read_fact
from her2board.wording import tr

_NAME_AND_NUMBER = re.compile(r"(?P<name>[^\W\d_][^:=\d]*?)\s+(?P<rest>[<>~]?\d[^:=]*)")
"""'KPS 80': nothing but a number follows the whole name of a field."""


class Fact(NamedTuple):
    """One fact that was written, and how it is read."""

    field: CaseField
    value: Any

    @property
    def words(self) -> str:
        """The fact in words."""
        return f"{tr(self.field.info.label)}: {cell_words(self.field, self.value)}"


def read_facts(text: str, day: date) -> tuple[Fact, ...] | str | None:
    """Return the facts of a line, or why it is not read; None where it does not begin with the name of a field."""
    parts: list[tuple[CaseField, str]] = []
    for part in text.split(";"):
        name, rest, found = _parted(part)
        if len(found) == 1:
            parts.append((found[0], rest))
        elif found:
            names = ", ".join(tr(field.info.label) for field in found)
            return tr("'{name}' is one of several: {names}").format(name=name, names=names)
        elif parts and parts[-1][0].info.long:
            parts[-1] = (parts[-1][0], f"{parts[-1][1]};{part}")
        elif parts:
            return tr("'{text}': which field? Name it, as in 'age: 52'").format(text=part.strip())
        else:
            return None
    return _read(parts, day)


def _read(parts: Sequence[tuple[CaseField, str]], day: date) -> tuple[Fact, ...] | str:
    facts: dict[str, Fact] = {}
    for field, text in parts:
        typed = read_fact(field, text, day)
        label = tr(field.info.label)
        if typed.problem or typed.value is None:
            return tr("{column}: {problem}").format(column=label, problem=typed.problem or tr("nothing is written"))
        if field.path in facts:
            return tr("{label} is written twice").format(label=label)
        facts[field.path] = Fact(field, typed.value)
    return tuple(facts.values())


def _parted(part: str) -> tuple[str, str, tuple[CaseField, ...]]:
    """Return the name and the rest of 'KPS: 80', 'KPS = 80' or 'KPS 80', and the fields of that name."""
    if match := re.match(r"([^:=]*)[:=](.*)", part, re.DOTALL):
        return match[1].strip(), match[2].strip(), _named(match[1].strip())
    match = _NAME_AND_NUMBER.fullmatch(part.strip())
    return (match["name"], match["rest"], _called(match["name"])) if match else ("", "", ())


def _named(name: str) -> tuple[CaseField, ...]:
    """Return the field of a name, else all whose names begin with it; lists have a line of their own."""
    wanted = name.casefold()
    return _called(name) or (tuple(field for label, field in _labels() if label.startswith(wanted)) if wanted else ())


def _called(name: str) -> tuple[CaseField, ...]:
    """Return the fields of a whole name: their label, else what others call them."""
    wanted = name.casefold()
    exact = tuple(field for label, field in _labels() if label == wanted)
    return exact or tuple(field for _, field in _labels() if wanted in filter(None, field.info.aliases.split(", ")))


def _labels() -> list[tuple[str, CaseField]]:
    fields = (field for field in case_fields() if field.kind not in ("table", "mapping"))
    return [(tr(field.info.label).casefold(), field) for field in fields]
