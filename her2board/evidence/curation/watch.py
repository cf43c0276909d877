"""What is to be looked at again: searches and sites that are listed, and the sources of the release that may change."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Annotated, Literal

from msgspec import Struct
from pydantic import Field, ValidationError

from her2board.evidence import yaml as strict_yaml
from her2board.evidence.curation.log import Change, Look, Reading
from her2board.evidence.curation.readings import Released
from her2board.evidence.curation.units import Value
from her2board.evidence.problems import BrokenReleaseError, Problem
from her2board.evidence.references import RealDay, Record, Slug, Words
from her2board.evidence.shape import shape_problems
from her2board.wording import tr

WATCH, RELEASES = "watch.yaml", "releases.yaml"
Kind = Literal["search", "site", "registry", "label", "guideline", "abstract"]
_OF_REFERENCE: Mapping[str, Kind] = {
    "registry": "registry",
    "label": "label",
    "guideline": "guideline",
    "conference_abstract": "abstract",
}
"""Publications that may change, or be replaced by a full report; an article is what it is."""
_PMIDS = "{pmids}"
_Days = Annotated[int, Field(ge=1, le=3650)]


class EveryDays(Record):
    """Days between two looks, by kind of source."""

    search: _Days
    site: _Days
    registry: _Days
    label: _Days
    guideline: _Days
    abstract: _Days


class Search(Record):
    """A search to repeat; '{pmids}' in it are the numbers of all publications of the release."""

    id: Slug
    where: Words
    purpose: Annotated[Words, Field(alias="for")]
    query: Annotated[str, Field(min_length=1, max_length=2000)]


class Site(Record):
    """A place where news appear."""

    id: Slug
    name: Words
    purpose: Annotated[Words, Field(alias="for")]


class Watch(Record):
    """Everything that is looked at again, beside the sources of the release."""

    every_days: EveryDays
    searches: tuple[Search, ...]
    sites: tuple[Site, ...]


class ReleaseMade(Record):
    """A release, with the number of its pack."""

    version: Words
    number: Annotated[int, Field(ge=1)]
    as_of: RealDay
    valid_until: RealDay


class Due(Struct, frozen=True):
    """A source, when it was looked at last, and when that is due again."""

    what: str
    """'searches/ctis', 'references/label-t-dxd', 'trials/kamilla'."""
    kind: Kind
    name: str
    looked_on: date | None
    """None: not recorded."""
    how: str
    """Who looked, or for what it was read."""
    every_days: int
    query: str = ""

    @property
    def due_on(self) -> date | None:
        """The day the next look is due; None: it was never looked at, so at once."""
        return self.looked_on + timedelta(days=self.every_days) if self.looked_on else None


def read_watch(text: str, file: str) -> Watch:
    """Return what is looked at again. Raises BrokenReleaseError with file and line."""
    data, problem = strict_yaml.read(text, file)
    if problem is not None:
        raise BrokenReleaseError((problem,))
    try:
        return Watch.model_validate(data)
    except ValidationError as error:
        found = shape_problems(error, data)
        problems = (Problem(file, strict_yaml.line_of(text, place), words) for place, words in found)
        raise BrokenReleaseError(tuple(problems)) from error


class Seen(Struct, frozen=True):
    """What is known of when sources were looked at."""

    looks: tuple[Look, ...]
    readings: tuple[Reading, ...]
    changes: tuple[Change, ...]
    last: Mapping[str, Released]
    releases: tuple[ReleaseMade, ...]


def due(values: Mapping[str, Value], watch: Watch, seen: Seen) -> tuple[Due, ...]:
    """Return everything that is looked at again, what is due first at the top; what never was before all."""
    found = (*_listed(values, watch, seen), *_of_release(values, watch, seen))
    return tuple(sorted(found, key=lambda one: (one.due_on or date.min, one.kind, one.what)))


def _listed(values: Mapping[str, Value], watch: Watch, seen: Seen) -> Iterator[Due]:
    pmids = sorted(
        {str(value.content["pmid"]) for value in _records(values, "references") if value.content.get("pmid")}
    )
    numbers = " OR ".join(f"{pmid}[uid]" for pmid in pmids)
    for search in watch.searches:
        what, name = f"searches/{search.id}", f"{search.where}: {search.purpose}"
        query = search.query.replace(_PMIDS, numbers)
        yield Due(what, "search", name, *_last(_looks(what, seen)), watch.every_days.search, query)
    for site in watch.sites:
        what, name = f"sites/{site.id}", f"{site.name}: {site.purpose}"
        yield Due(what, "site", name, *_last(_looks(what, seen)), watch.every_days.site)


def _of_release(values: Mapping[str, Value], watch: Watch, seen: Seen) -> Iterator[Due]:
    for value in _records(values, "trials"):
        registry, read_on = value.content.get("registry"), value.content.get("criteria_read_on")
        if registry:
            read = [(str(read_on), tr("criteria read"))] if read_on else []
            days = (*_looks(value.address, seen), *read)
            name = f"{value.content.get('name')}, {registry}"
            yield Due(value.address, "registry", name, *_last(days), watch.every_days.registry)
    cited = _cited(values, seen)
    for value in _records(values, "references"):
        kind = _OF_REFERENCE.get(str(value.content.get("kind")))
        if kind is not None:
            days = (*_looks(value.address, seen), *_with_release(value, seen), *cited.get(value.address, ()))
            name = str(value.content.get("short"))
            yield Due(value.address, kind, name, *_last(days), getattr(watch.every_days, kind))


def _records(values: Mapping[str, Value], folder: str) -> Iterator[Value]:
    """Yield the records of a folder, without the values inside them."""
    for value in values.values():
        if value.file.startswith(f"{folder}/") and not value.place and isinstance(value.content, dict):
            yield value


_DayWords = tuple[str, str]


def _looks(what: str, seen: Seen) -> Iterator[_DayWords]:
    yield from ((look.on, tr("by {name}").format(name=look.by)) for look in seen.looks if look.what == what)


def _with_release(value: Value, seen: Seen) -> Iterator[_DayWords]:
    """Yield the day of the release a record came with: it counts as read in it."""
    version = next((one.version for one in seen.last.values() if one.digest == value.digest), None)
    days = (made.as_of for made in seen.releases if made.version == version)
    yield from ((day, tr("read for release {version}").format(version=version)) for day in days)


def _cited(values: Mapping[str, Value], seen: Seen) -> dict[str, list[_DayWords]]:
    """Return by publication when something was changed after reading it, or read beside it."""
    found: dict[str, list[_DayWords]] = {}
    for change in seen.changes:
        if change.source is not None:
            words = tr("read by {name}").format(name=change.by)
            found.setdefault(f"references/{change.source.ref}", []).append((change.on, words))
    for reading in seen.readings:
        value = values.get(reading.value)
        source = value.content.get("source") if value and isinstance(value.content, dict) else None
        if isinstance(source, dict) and value and value.digest == reading.digest:
            words = tr("read by {name}").format(name=reading.by)
            found.setdefault(f"references/{source.get('ref')}", []).append((reading.on, words))
    return found


def _last(days: Iterable[_DayWords]) -> tuple[date | None, str]:
    latest = max(days, default=None, key=lambda one: one[0])
    return (date.fromisoformat(latest[0]), latest[1]) if latest else (None, "")
