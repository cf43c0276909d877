"""Facts written in one line by their names, as in 'age: 52; ECOG: 1': read all together or not at all."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from her2board.case.fields import CaseField, case_fields
from her2board.gui.base.words import cell_words
from her2board.gui.form.fields import read_fact
from her2board.wording import tr


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
        name, colon, rest = part.partition(":")
        found = _named(name.strip()) if colon else ()
        if len(found) == 1:
            parts.append((found[0], rest.strip()))
        elif found:
            names = ", ".join(tr(field.info.label) for field in found)
            return tr("'{name}' is one of several: {names}").format(name=name.strip(), names=names)
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


def _named(name: str) -> tuple[CaseField, ...]:
    """Return the field of a name, else all whose names begin with it; lists have a line of their own."""
    wanted = name.casefold()
    fields = [field for field in case_fields() if field.kind not in ("table", "mapping")]
    labels = [(tr(field.info.label).casefold(), field) for field in fields]
    exact = tuple(field for label, field in labels if label == wanted)
    return exact or (tuple(field for label, field in labels if label.startswith(wanted)) if wanted else ())
