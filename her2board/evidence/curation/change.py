"""Changes and withdraws single values: the edited text of the file, and the entries of the change list."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct
from pydantic import BaseModel

from her2board.evidence import yaml as strict_yaml
from her2board.evidence.checks import Document
from her2board.evidence.curation.edit import EditError, edited, written
from her2board.evidence.curation.log import Change
from her2board.evidence.curation.units import Value, values_of
from her2board.evidence.naming import Names
from her2board.evidence.references import Source, Withdrawable
from her2board.wording import did_you_mean, tr

_ABSENT = object()


class Why(Struct, frozen=True):
    """What every change needs: the release that is changed, the reason, who, which day, what was read."""

    release: str
    because: str
    by: str
    on: date
    source: Source | None = None


def change(
    text: str, value: Value, document: Document, fields: Mapping[str, str], why: Why
) -> tuple[str, tuple[Change, ...]]:
    """Return the text of the file with fields of a value changed, and an entry for each.

    A field is a name or a path ('interval.low'); what it shall hold is as it would be written in the file, and a text
    stays a text. ``why.source`` becomes the source of the value where it has one. Raises EditError.
    """
    wanted: dict[str, Any] = {field: _typed(words, _at(value.content, field)) for field, words in fields.items()}
    if fields and why.source is not None and isinstance(value.content, dict) and "source" in value.content:
        wanted["source"] = why.source.model_dump(mode="json")
    entries = []
    for field, new in wanted.items():
        old = _at(value.content, field)
        if old is not _ABSENT and _shown(old) == _shown(new):
            if field == "source":
                continue
            raise EditError(
                tr("{value}: {field} is {old} already").format(value=value.address, field=field, old=_shown(old))
            )
        text = _with_field(text, value, document, field, new)
        entries.append(_entry(why, _address_after(text, value, document), field, old, new))
    return text, tuple(entries)


def withdraw(text: str, value: Value, document: Document, why: Why) -> tuple[str, tuple[Change, ...]]:
    """Return the text of the file with a value marked as withdrawn, and the entry for it. Raises EditError."""
    kind = _kind(value, document)
    if kind is None or not issubclass(kind, Withdrawable):
        words = tr(
            "{value}: a value of this kind is not withdrawn; change it, or withdraw the trial, cohort, figure, "
            "statement, caution, note or disagreement it belongs to"
        )
        raise EditError(words.format(value=value.address))
    if isinstance(value.content, dict) and value.content.get("withdrawn"):
        raise EditError(tr("{value}: withdrawn already").format(value=value.address))
    mark: dict[str, Any] = {"because": why.because, "by": why.by, "on": why.on.isoformat()}
    if why.source is not None:
        mark["source"] = why.source.model_dump(mode="json")
    text = edited(text, (*value.place, "withdrawn"), mark, value.file, first=True)
    return text, (_entry(why, value.address, "withdrawn", _ABSENT, mark),)


def whole_record(value: Value, why: Why) -> tuple[Change, ...]:
    """Return the entry for a record that is new, or was edited by hand."""
    return (
        Change(
            release=why.release,
            value=value.address,
            because=why.because,
            by=why.by,
            on=why.on.isoformat(),
            source=why.source,
        ),
    )


def _typed(words: str, old: Any) -> Any:
    """Return what is meant: a text where there was one, else what YAML reads."""
    if isinstance(old, str):
        return words
    read, problem = strict_yaml.read(words, "")
    return words if problem is not None else read


def _at(content: Any, field: str) -> Any:
    for step in field.split("."):
        if isinstance(content, dict) and step in content:
            content = content[step]
        elif isinstance(content, tuple) and step.isdigit() and int(step) < len(content):
            content = content[int(step)]
        else:
            return _ABSENT
    return content


def _with_field(text: str, value: Value, document: Document, field: str, new: Any) -> str:
    steps = tuple(int(step) if step.isdigit() else step for step in field.split("."))
    known = _fields(value, document)
    if known and steps[0] not in known:
        words = tr("{value}: there is no field '{field}'").format(value=value.address, field=field)
        raise EditError(words + did_you_mean(str(steps[0]), known))
    place = (*value.place, *steps)
    inside = [
        other.address
        for other in values_of({value.file: document}).values()
        if other.place != value.place and other.place[: len(place)] == place
    ]
    if inside:
        words = tr("{value}: what is under '{field}' are values of their own: {inside}")
        raise EditError(words.format(value=value.address, field=field, inside=", ".join(inside[:5])))
    return edited(text, place, new, value.file)


def _fields(value: Value, document: Document) -> tuple[str, ...]:
    """Return the keys a value may have."""
    kind = _kind(value, document)
    return tuple(kind.model_fields) if kind else ()


def _kind(value: Value, document: Document) -> type[BaseModel] | None:
    """Return what kind of record a value is."""
    kinds = (kind for place, kind, _ in document.parts if place == value.place)
    return next((kind for kind in kinds if not isinstance(kind, Names)), None)


def _address_after(text: str, value: Value, document: Document) -> str:
    """Return the address once changed: that of a criterion names its facts."""
    data, _ = strict_yaml.read(text, value.file)
    after = values_of({value.file: Document(document.model, data)}).values()
    return next((other.address for other in after if other.place == value.place), value.address)


def _entry(why: Why, address: str, field: str, old: Any, new: Any) -> Change:
    return Change(
        release=why.release,
        value=address,
        field=field,
        before=None if old is _ABSENT else _shown(old),
        after=_shown(new),
        because=why.because,
        by=why.by,
        on=why.on.isoformat(),
        source=why.source,
    )


def _shown(value: Any) -> str:
    """Return a value on one line, as it is in the file."""
    return value if isinstance(value, str) else written(value, 0)
