"""Finds the resources in a file: a bundle of any type, bundles in bundles, one resource, or one resource a line."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from msgspec import Struct, field

from her2board.exchange.fhir.gaps import Document, Gap, bundles_in, deleted_in, gaps_of
from her2board.exchange.json_text import read_json, text_of
from her2board.exchange.model import UnreadableError
from her2board.wording import tr

_MOST_NESTED = 5
_WITH_RESULTS = ("DiagnosticReport", "Observation")
"""Resources whose results may all be inside them: a report, a panel."""


class Resource(Struct, frozen=True, eq=False):
    """One resource as a file holds it."""

    kind: str
    id: str
    body: dict[str, Any]
    file: str
    url: str = ""
    inside: "Resource | None" = None
    """The resource that contains it."""
    holder: dict[str, "Resource"] = field(default_factory=dict)
    """The resources it contains, by '#' and id."""

    @property
    def changed(self) -> str:
        """Return when it was last changed, as written; empty where it does not say so."""
        meta = self.body.get("meta")
        when = meta.get("lastUpdated") if isinstance(meta, dict) else None
        return when if isinstance(when, str) else ""

    @property
    def label(self) -> str:
        """Return how it is referred to: 'Observation/h1'."""
        return f"{self.kind}/{self.id}" if self.id else self.url or self.kind


class Held(Struct):
    """The resources of all files, and what is in them more than once."""

    resources: list[Resource] = field(default_factory=list)
    twice: list[Resource] = field(default_factory=list)
    """The same resource again, word for word."""
    versions: list[tuple[Resource, Resource]] = field(default_factory=list)
    """Two different resources of one name."""
    unsure: set[str] = field(default_factory=set)
    """Names of those of which nothing says which is newer."""
    deleted: set[str] = field(default_factory=set)
    """Names of those that a bundle deletes."""
    gaps: tuple[Gap, ...] = ()
    made: str = ""
    """The day a bundle says it was made, the latest of several, as ISO text."""
    _by_name: dict[str, Resource] = field(default_factory=dict)

    def take(self, resource: Resource) -> None:
        """Add a resource, or note that it is there already."""
        same = self._by_name.get(resource.label) if resource.id else None
        if same is None:
            self.resources.append(resource)
            self._by_name.setdefault(resource.label, resource)
            if resource.url:
                self._by_name.setdefault(resource.url, resource)
        elif json.dumps(same.body, sort_keys=True) == json.dumps(resource.body, sort_keys=True):
            self.twice.append(resource)
        else:
            self._versions_of(same, resource)

    def _versions_of(self, same: Resource, resource: Resource) -> None:
        """Keep the newer of two versions where they say when each was changed; else the first."""
        if "" < same.changed < resource.changed:
            self.resources[self.resources.index(same)] = resource
            self._by_name |= {name: resource for name, one in self._by_name.items() if one is same}
            same, resource = resource, same
        elif not "" < resource.changed < same.changed:
            self.unsure.add(same.label)
        self.versions.append((same, resource))

    def resolve(self, reference: str, origin: Resource) -> Resource | None:
        """Return what a reference of a resource refers to: contained, by full address, by 'Type/id' or by number."""
        if reference.startswith("#"):
            return (origin.inside or origin).holder.get(reference)
        bare = reference.partition("/_history/")[0].partition("|")[0].rstrip("/")
        return self._by_name.get(bare) or self._by_name.get("/".join(bare.split("/")[-2:]))


def is_fhir(data: bytes) -> bool:
    """Tell whether a file holds FHIR as JSON, by its first characters."""
    head = data[:4000].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head[:1] in (b"{", b"[") and b'"resourceType"' in data


def read_files(files: Iterable[tuple[str, bytes]]) -> Held:
    """Return the resources of files, each by its name and content. Raises UnreadableError."""
    held, bundles = Held(), list[Document]()
    for file, data in files:
        documents = _documents(file, data)
        bundles += bundles_in(file, documents)
        held.made = max(held.made, *map(_made, documents))
        for resource in _resources(file, documents):
            held.take(resource)
    held.deleted = {name for _, body in bundles for name in deleted_in(body)}
    held.gaps = gaps_of(bundles)
    return held


def _made(document: Any) -> str:
    """Return the day a bundle was made, or the document in it; empty where neither says so."""
    if not isinstance(document, dict) or document.get("resourceType") != "Bundle":
        return ""
    listed, meta = document.get("entry"), document.get("meta")
    bodies = [one.get("resource") for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    composed = [b.get("date") for b in bodies[:1] if isinstance(b, dict) and b.get("resourceType") == "Composition"]
    updated = meta.get("lastUpdated") if isinstance(meta, dict) else None
    when = document.get("timestamp") or next(iter(composed), None) or updated
    try:
        return date.fromisoformat(when[:10]).isoformat() if isinstance(when, str) else ""
    except ValueError:
        return ""


def _documents(file: str, data: bytes) -> list[Any]:
    text = text_of(data, file)
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(lines) > 1 and all(line.lstrip().startswith("{") for _, line in lines):
        return [read_json(line, file, n) for n, line in lines]
    return [read_json(text, file)]


def _resources(file: str, documents: Iterable[Any]) -> Iterator[Resource]:
    for document in documents:
        listed = document if isinstance(document, list) else [document]
        for number, body in enumerate(listed):
            yield from _of_body(body, file, f"[{number}]" if len(listed) > 1 else "", "", 0)


def _of_body(body: Any, file: str, place: str, url: str, depth: int) -> Iterator[Resource]:
    kind = body.get("resourceType") if isinstance(body, dict) else None
    if not isinstance(body, dict) or not isinstance(kind, str) or not kind:
        words = tr("no FHIR resource: 'resourceType' is missing")
        raise UnreadableError(file, words, place)
    if kind in ("Bundle", "Parameters"):
        yield from _of_bundle(body, file, place or kind, depth)
        return
    id_ = body.get("id")
    resource = Resource(kind, id_ if isinstance(id_, str) else "", body, file, url)
    contained = body.get("contained")
    for inner in contained if isinstance(contained, list) else []:
        if isinstance(inner, dict) and isinstance(inner.get("id"), str):
            kind_inside = str(inner.get("resourceType", ""))
            name = f"{resource.id or place}#{inner['id']}" if kind in _WITH_RESULTS else inner["id"]
            resource.holder[f"#{inner['id']}"] = Resource(kind_inside, name, inner, file, inside=resource)
    yield resource
    if kind in _WITH_RESULTS:
        yield from (inner for inner in resource.holder.values() if inner.kind == "Observation")


def _of_bundle(body: dict[str, Any], file: str, place: str, depth: int) -> Iterator[Resource]:
    name = "entry" if body["resourceType"] == "Bundle" else "parameter"
    entries = body.get(name, [])
    if not isinstance(entries, list):
        raise UnreadableError(file, tr("'{name}' is no list").format(name=name), place)
    if depth == _MOST_NESTED:
        raise UnreadableError(file, tr("bundles nested too deeply"), place)
    for number, entry in enumerate(entries):
        where = f"{place}.{name}[{number}]"
        if not isinstance(entry, dict):
            raise UnreadableError(file, tr("an entry is no object"), where)
        inner = entry.get("resource")
        url = entry.get("fullUrl")
        if inner is not None:
            yield from _of_body(inner, file, where, url if isinstance(url, str) else "", depth + 1)
