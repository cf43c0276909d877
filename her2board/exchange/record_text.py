"""Lays a patient's resources or rows out as a text to read, and says where in it each value is."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct, field

from her2board.capture.clean_text import clean_line
from her2board.capture.proposal import Cell, Element, Source, TextSpan
from her2board.exchange.codes import system_name
from her2board.exchange.model import Brought, Origin

_LONGEST = 300
"""Characters of one value."""
_NOT_SHOWN = (
    *("resourceType", "id", "meta", "text", "contained", "implicitRules", "language", "subject", "patient"),
    *("identifier", "encounter", "performer", "recorder", "asserter", "requester"),
)
"""Of a resource: its name is the title, all are of one patient, and who wrote it is nothing of a case."""
_TYPES = (
    "CodeableConcept|Quantity|DateTime|Period|Reference|String|Integer|Boolean|Range|Ratio|Code|Coding|Age|Decimal|"
    "UnsignedInt|PositiveInt"
)
_TYPED = re.compile(rf"(?<=[a-z])(?:{_TYPES})$")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LAST_STEP = re.compile(r"(?:^|\.)[^.\[]*$|\[\d+\]$")
_PART = "  "


class RecordText(Struct):
    """The text, and the places of elements and cells in it."""

    text: str = ""
    _places: dict[tuple[str, str], dict[str, TextSpan]] = field(default_factory=dict)
    """By file and resource or row: the place of each element or column; '' is the title."""

    def place(self, source: Source) -> TextSpan:
        """Return where something was read; the element around it, or else the title, where it has no line itself."""
        if isinstance(source, TextSpan):
            return source
        inner, path = (source.path, source.resource) if isinstance(source, Element) else (source.column, source.row)
        places = self._places.get((source.file, str(path)), {})
        while inner not in places and inner:
            inner = _LAST_STEP.sub("", inner) if isinstance(source, Element) else ""
        return places.get(inner, TextSpan(0, 0))


def record_text(brought: Brought) -> RecordText:
    """Return what is of a patient as a text: every row, and the resources that something is said about."""
    said = {_key(source) for source in brought.sources() if not isinstance(source, TextSpan)}
    lines: list[str] = []
    made = RecordText()
    at = 0
    for origin in brought.origins:
        if isinstance(origin.where, Element) and _key(origin.where) not in said:
            continue
        places = made._places.setdefault(_key(origin.where), {})
        if lines:
            lines.append("")
            at += 1
        for path, depth, words in _lines(origin):
            line = _PART * depth + words
            lines.append(line)
            span = TextSpan(at + len(line) - len(words), at + len(line))
            if isinstance(origin.where, Element):
                _put(places, path, span)
            else:
                places.setdefault(path, span)
            at += len(line) + 1
    made.text = "\n".join(lines)
    return made


def _key(source: Element | Cell) -> tuple[str, str]:
    return source.file, source.resource if isinstance(source, Element) else str(source.row)


def _put(places: dict[str, TextSpan], path: str, span: TextSpan) -> None:
    """Note the place of an element; those around it, and a list it is in, reach to its end."""
    places.setdefault(path, span)
    around = path
    while around := _LAST_STEP.sub("", around):
        places[around] = TextSpan(places.get(around, span).start, span.end)
    if (bare := _TYPED.sub("", path)) != path:
        places.setdefault(bare, span)


def _lines(origin: Origin) -> Iterator[tuple[str, int, str]]:
    """Yield path, depth and words of each line."""
    yield "", 0, origin.title
    if isinstance(origin.where, Cell):
        for heading, text in origin.body.items():
            name = origin.names.get(heading)
            label = f"{clean_line(name)} [{heading}]" if name and name != heading else heading
            yield heading, 1, f"{label}: {_short(text)}"
        return
    for name, value in origin.body.items():
        if name not in _NOT_SHOWN:
            yield from _element(name, name, value, 1)


def _element(path: str, name: str, value: Any, depth: int) -> Iterator[tuple[str, int, str]]:
    if isinstance(value, list):
        for number, each in enumerate(value):
            yield from _element(f"{path}[{number}]", name, each, depth)
        return
    label = _label(name)
    if not isinstance(value, Mapping):
        yield path, depth, f"{label}: {_short(value)}"
        return
    if words := _in_one_line(value):
        yield path, depth, f"{label}: {words}"
        return
    url = value.get("url")
    if isinstance(url, str):
        label = _label(url.rstrip("/").rpartition("/")[2].replace("-", " "))
    yield path, depth, f"{label}:"
    for inner, part in value.items():
        if inner not in ("url", "id"):
            yield from _element(f"{path}.{inner}", inner, part, depth + 1)


def _in_one_line(value: Mapping[str, Any]) -> str:
    """Return a concept, quantity, period, reference or coding in one line; empty for what needs more."""
    names = value.keys() - {"id", "extension"}
    if "extension" in value:
        return ""
    if names and names <= {"coding", "text"}:
        codings = value.get("coding") or ()
        listed = [codings] if isinstance(codings, Mapping) else codings if isinstance(codings, list) else ()
        said = [_short(value["text"])] if value.get("text") else []
        return "; ".join([*said, *(_coding(each) for each in listed if isinstance(each, Mapping))])
    if names & {"code", "display"} and names <= {"system", "code", "display", "version", "userSelected"}:
        return _coding(value)
    if "value" in names and names <= {"value", "unit", "code", "system", "comparator"}:
        unit = value.get("unit") or value.get("code") or ""
        return " ".join(
            _short(part) for part in (value.get("comparator", ""), value["value"], unit) if part not in ("", "1")
        )
    if names and names <= {"start", "end"}:
        return " \N{EN DASH} ".join(_short(value.get(name, "")) for name in ("start", "end"))
    if names and names <= {"reference", "display", "type"}:
        return " ".join(_short(value[name]) for name in ("reference", "display") if value.get(name))
    return ""


def _coding(value: Mapping[str, Any]) -> str:
    """Return a code as 'Brain structure (SNOMED CT 12738006)'; a system that is not known by the end of its address."""
    system, code, display = (_short(value.get(name, "")) for name in ("system", "code", "display"))
    if display and not system_name(system):
        return display  # of a list of FHIR itself, or of a hospital
    name = " ".join(filter(None, (system_name(system) or system.rstrip("/").rpartition("/")[2], code)))
    return f"{display} ({name})" if display and name else display or name


def _label(name: str) -> str:
    bare = _TYPED.sub("", name)
    return " ".join(word if word.isupper() else word.lower() for word in _HUMP.split(bare))


def _short(value: Any) -> str:
    text = clean_line(str(value)[: 20 * _LONGEST])
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}\N{HORIZONTAL ELLIPSIS}"
