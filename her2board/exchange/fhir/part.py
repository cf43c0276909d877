"""One part of a resource, read without trust: what has the wrong type is reported with its place and left out."""

import math
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from her2board.capture.clean_text import clean_line
from her2board.capture.proposal import Element
from her2board.exchange.codes import Coding, Concept
from her2board.wording import tr

LONGEST_TEXT = 300
"""Characters that a field of a case holds."""
Report = Callable[[Element, str], None]


class Part(Struct, frozen=True):
    """An object inside a resource, and where it is."""

    body: Mapping[str, Any]
    where: Element
    report: Report

    def __bool__(self) -> bool:
        return bool(self.body)

    def at(self, name: str) -> Element:
        """Return the place of an element of this part."""
        where = self.where
        return Element(where.resource, f"{where.path}.{name}" if where.path else name, where.file)

    def _wrong(self, name: str, value: Any, expected: str) -> None:
        shown = str(value)
        shown = shown if len(shown) <= 40 else f"{shown[:39]}…"
        self.report(self.at(name), tr("{value} where {what} is expected").format(value=shown, what=expected))

    def text(self, name: str) -> str:
        """Return a text of one line; empty where there is none."""
        value = self.body.get(name)
        if isinstance(value, str):
            return clean_line(value[: 20 * LONGEST_TEXT])
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        if value is not None:
            self._wrong(name, value, tr("a text"))
        return ""

    def number(self, name: str) -> float | None:
        """Return a number; None where there is none."""
        value = self.body.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
            return value
        if value is not None:
            self._wrong(name, value, tr("a number"))
        return None

    def flag(self, name: str) -> bool | None:
        """Return yes or no; None where neither is said."""
        value = self.body.get(name)
        if value is None or isinstance(value, bool):
            return value
        self._wrong(name, value, tr("true or false"))
        return None

    def parts(self, name: str) -> tuple["Part", ...]:
        """Return the objects of an element, one or a list of them."""
        value = self.body.get(name)
        listed = value if isinstance(value, list) else [] if value is None else [value]
        found = []
        for number, each in enumerate(listed):
            place = f"{name}[{number}]" if isinstance(value, list) else name
            if isinstance(each, dict):
                found.append(Part(each, self.at(place), self.report))
            elif each is not None:
                self._wrong(place, each, tr("an object"))
        return tuple(found)

    def part(self, name: str) -> "Part":
        """Return the first object of an element; an empty one where there is none."""
        return next(iter(self.parts(name)), Part({}, self.at(name), self.report))

    def concept(self, name: str) -> Concept:
        """Return what an element says in codes and words; of a list, the first entry."""
        return next(iter(self.concepts(name)), Concept())

    def concepts(self, name: str) -> tuple[Concept, ...]:
        """Return what each entry of an element says in codes and words; a text alone is taken as words."""
        value = self.body.get(name)
        if isinstance(value, str):
            return (Concept(text=clean_line(value)),)
        return tuple(part.as_concept() for part in self.parts(name))

    def as_concept(self) -> Concept:
        """Return this part as codes and words."""
        inner = self.part("concept")  # of a later version: a concept or a reference
        if inner and "coding" not in self.body:
            return inner.as_concept()
        codings = tuple(
            Coding(coding.text("system"), coding.text("code"), coding.text("display"))
            for coding in self.parts("coding")
        )
        return Concept(tuple(c for c in codings if c.code or c.display), self.text("text"))

    def reference(self, name: str) -> str:
        """Return what the first reference of an element refers to."""
        return next(iter(self.references(name)), "")

    def references(self, name: str) -> tuple[str, ...]:
        """Return what the references of an element refer to."""
        nested = (isinstance(part.body.get("reference"), dict) for part in self.parts(name))  # of a later version
        inner = (part.part("reference") if deep else part for part, deep in zip(self.parts(name), nested, strict=True))
        return tuple(filter(None, (part.text("reference") for part in inner)))

    def extensions(self, url_end: str) -> tuple["Part", ...]:
        """Return the extensions whose address ends so."""
        return tuple(part for part in self.parts("extension") if part.text("url").rstrip("/").endswith(url_end))

    def renamed(self, name: str, other: str) -> "Part":
        """Return this part with an element under another name."""
        return replace(self, body={other: self.body[name]} if name in self.body else {})

    def own(self, name: str) -> str:
        """Return what this program itself wrote as a marker of that name; empty where it wrote none."""
        marked = (part for part in self.parts("identifier") if part.text("system") == f"urn:her2board:{name}")
        return next((part.text("value") for part in marked), "")

    def values(self) -> tuple[str, ...]:
        """Return the names of the elements that hold a value: 'valueQuantity'."""
        named = (name for name in self.body if name.startswith("value") and name[5:6].isupper())
        return tuple(name for name in named if self.body[name] is not None)

    def value_concept(self) -> Concept:
        """Return the value as codes and words."""
        return self.concept("valueCodeableConcept")
