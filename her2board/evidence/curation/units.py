"""The values of a release, each with an address: what two people read, and what one change is about."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from her2board.evidence import files
from her2board.evidence.checks import Document
from her2board.evidence.naming import Names, Part, Place
from her2board.evidence.references import Withdrawn
from her2board.evidence.values import Comparator, Counts, Interval, Measured, Printed
from her2board.wording import did_you_mean, tr

_WITHIN = (Interval, Counts, Comparator, Measured, Withdrawn)
"""Parts of a value, read together with it."""
_MARKS = {"id", "name", "source", "primary"}
"""Fields of which a value of its own has one at least."""
_LEFT_OUT = {"cohorts", "endpoints", "statements", "notes", "conflicts"}
"""Keys that an address goes without: 'kamilla/measurable/pfs_median'."""
_SINGLE = ("release", "conflicts")
"""Records that are no file in a folder."""
_OF_THE_RELEASE = ("version", "as_of", "review_by", "content_hash")
"""What making a release writes into its own record: nothing that anybody reads in a source."""
_SEPARATE = re.compile(r"[^\w.+]+")
_LONGEST = 60


class Value(Struct, frozen=True):
    """One value, criterion or statement of a release, or what a record says of itself."""

    address: str
    """'trials/kamilla/measurable/overall_response'."""
    file: str
    place: Place
    content: Any
    """As it is in the file, without the values inside it."""
    digest: str
    """Of content and surroundings: it is the same only while both are."""


def values_of(documents: Mapping[str, Document]) -> dict[str, Value]:
    """Return every value of a release by its address, file by file."""
    return {value.address: value for file, document in documents.items() for value in _in_file(file, document)}


def record_of(address: str) -> str:
    """Return the record a value belongs to: its file, without the ending."""
    head, _, rest = address.partition("/")
    return head if head in _SINGLE else f"{head}/{rest.partition('/')[0]}"


def find(values: Mapping[str, Value], named: str) -> Value | str:
    """Return the value of an address, which may go without its folder; else why there is none."""
    wanted = named.strip().strip("/")
    found = [value for value in values.values() if wanted in (value.address, value.address.partition("/")[2])]
    if len(found) == 1:
        return found[0]
    if found:
        several = ", ".join(value.address for value in found)
        return tr("'{name}' is the name of several values: {several}").format(name=named, several=several)
    below = [address for address in values if f"/{address}/".startswith(f"/{wanted}") or f"/{wanted}" in address]
    known = [*values, *(address.partition("/")[2] for address in values)]
    hint = did_you_mean(wanted, known) or (tr("; there are: {some}").format(some=", ".join(below[:8])) if below else "")
    return tr("no value has the address '{name}'").format(name=named) + hint


def _in_file(file: str, document: Document) -> Iterator[Value]:
    found = [part for part in document.parts if _is_value(part)]
    places = {place for place, _, _ in found}
    addresses: dict[Place, str] = {(): file.removesuffix(".yaml")}
    taken: set[str] = set()
    for place, _, data in found:
        address, above = _address(place, document.data, addresses)
        same = 1
        while (name := address if same == 1 else f"{address}~{same}") in taken:
            same += 1
        taken.add(name)
        addresses[place] = name
        content = _without(data, place, places)
        if file == files.RELEASE and not place and isinstance(content, dict):
            content = {key: inner for key, inner in content.items() if key not in _OF_THE_RELEASE}
        yield Value(name, file, place, content, _digest(above, content))


def _is_value(part: Part) -> bool:
    place, kind, _ = part
    if isinstance(kind, Names) or kind in _WITHIN:
        return False
    return not place or bool(_MARKS & kind.model_fields.keys())


def _address(place: Place, document: Any, addresses: Mapping[Place, str]) -> tuple[str, str]:
    """Return the address of the value at a place, and that of what it is in, with the key it has there."""
    outer = next((place[:n] for n in range(len(place) - 1, -1, -1) if place[:n] in addresses), ())
    if not place:
        return addresses[()], ""
    data = document
    for step in outer:
        data = data[step]
    above = addresses[outer]
    names = []
    for step in place[len(outer) :]:
        data = data[step]
        names.append(entry_name(data, step) if isinstance(step, int) else step)
    keys = [str(name) for name in names if name not in _LEFT_OUT]
    around = "/".join((above, *map(str, (step for step in place[len(outer) :] if not isinstance(step, int)))))
    return "/".join((above, *keys)), around


def entry_name(entry: Any, position: int) -> str:
    """Return what an entry of a list is called in an address."""
    if not isinstance(entry, dict):
        return str(position)
    if "id" in entry:
        return str(entry["id"])
    if "kind" in entry:
        return _slug(entry.get(key) for key in ("kind", "arm", "event", "at_months", "at_weeks", "in_whom"))
    for key in ("fact", "field", "discipline", "arm", "about", "name"):
        if key in entry:
            return _slug((entry[key],))
    named = list(dict.fromkeys(_facts(entry.get("when"))))
    return "+".join(named[:3]) or str(position)


def _slug(words: Iterator[Any] | tuple[Any, ...]) -> str:
    text = " ".join(str(word) for word in words if word is not None)
    return _SEPARATE.sub("-", text.casefold()).strip("-")[:_LONGEST].rstrip("-")


def _facts(criterion: Any) -> Iterator[str]:
    """Yield the facts a criterion compares, as they come."""
    if isinstance(criterion, dict):
        if isinstance(criterion.get("fact"), str):
            yield criterion["fact"]
        for inner in criterion.values():
            yield from _facts(inner)
    elif isinstance(criterion, tuple):
        for inner in criterion:
            yield from _facts(inner)


_GONE = object()


def _without(data: Any, place: Place, places: set[Place]) -> Any:
    """Return data without the values inside it."""
    if isinstance(data, dict):
        entries = ((key, _inner(inner, (*place, key), places)) for key, inner in data.items())
        return {key: inner for key, inner in entries if inner is not _GONE}
    if isinstance(data, tuple):
        kept = (_inner(inner, (*place, index), places) for index, inner in enumerate(data))
        return tuple(inner for inner in kept if inner is not _GONE)
    return data


def _inner(data: Any, place: Place, places: set[Place]) -> Any:
    if place in places:
        return _GONE
    left = _without(data, place, places)
    return _GONE if left == () and data != () else left


def _digest(above: str, content: Any) -> str:
    text = json.dumps([above, as_printed(content)], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def as_printed(content: Any) -> Any:
    """Return content as JSON can hold it; decimal numbers with the digits they have in the file."""
    if isinstance(content, dict):
        return {str(key): as_printed(inner) for key, inner in content.items()}
    if isinstance(content, tuple):
        return [as_printed(inner) for inner in content]
    return content.text if isinstance(content, Printed) else content
