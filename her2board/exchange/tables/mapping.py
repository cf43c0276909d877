"""What a person said the columns of a project hold: kept as a file, used for every export of the project."""

from collections.abc import Collection, Mapping
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from her2board.case.fields import CaseField, field_by_path
from her2board.case.kept import place_of
from her2board.case.table_rows import entries_of
from her2board.exchange.model import UnreadableError
from her2board.wording import tr

FORMAT = "her2board-columns"


class Column(BaseModel):
    """What one column holds: a field, what its codes mean, the unit of its numbers."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    field: str
    """'patient.ecog', or of a list 'systemic.lines[].start'."""
    entry: str = ""
    """Of a list: columns of one name in a row are one entry, 'primary' and 'brain' are two."""
    unit: str = ""
    """Of the numbers as they are written: 'cm' where the case holds mm."""
    ticked: str = ""
    """For a tick box: what it adds to the field when it is ticked."""
    gives: Mapping[str, Any] = {}
    """What a value here says as well: the kind of treatment whose date it is, the modality of the scan."""
    values: Mapping[str, Any] = {}
    """What codes mean. Null is not known; an object fills several columns of the entry, or several fields."""


class TableMap(BaseModel):
    """The columns of a project. What is not listed is not read."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    format: str = FORMAT
    record: str = ""
    """Heading of the column that says which patient a row is of; without one the file is one patient's."""
    date_order: Literal["", "dmy", "mdy"] = ""
    """'dmy' or 'mdy' where dates are written with numbers and neither shows which."""
    columns: Mapping[str, Column] = {}
    ignored: tuple[str, ...] = ()
    """Headings that were looked at and hold nothing for a case."""
    labels: bool = False
    """The cells hold the labels of choices, not their codes; the label of one may be the code of another."""
    drafted: bool = False
    """The program proposed it and nobody has looked at it yet: everything read with it needs an eye."""

    @property
    def headings(self) -> frozenset[str]:
        """Return the headings of what is read."""
        return frozenset({self.record, *self.columns} - {""})

    @property
    def looked_at(self) -> frozenset[str]:
        """Return every heading that something is said of: what is read, and what holds nothing for a case."""
        return self.headings | frozenset(self.ignored)

    def fits(self, headings: Collection[str], *, labels: bool) -> bool:
        """Return whether a table has every column that this says something of, in the same form."""
        return bool(self.columns) and self.labels == labels and self.headings <= frozenset(headings)


def field_of(path: str) -> CaseField | None:
    """Return the field or the column of a list that a path of a map names; None where there is none."""
    name, entry, inner = path.partition("[].")
    if not entry:
        place = place_of(path)
        return place.field if place is not None and not place.is_entry else None
    table = field_by_path().get(name)
    if table is None or table.item is None:
        return None
    return next((column for column in entries_of(table).columns if column.path == inner), None)


def read_map(text: str, file: str) -> TableMap:
    """Return the map in a file of YAML or JSON. Raises UnreadableError naming column, value and remedy."""
    try:
        body = yaml.load(text, _Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = tr("line {n}").format(n=mark.line + 1) if mark else ""
        raise UnreadableError(
            file, tr("not YAML ({reason})").format(reason=getattr(error, "problem", error)), where
        ) from error
    except RecursionError as error:
        raise UnreadableError(file, tr("nested too deeply to be a map")) from error
    found_in: dict[str, Any] = body if isinstance(body, dict) else {}
    if found_in.get("format") != FORMAT:
        raise UnreadableError(file, tr("this is not a map of columns: 'format' is not '{name}'").format(name=FORMAT))
    try:
        found = TableMap.model_validate({**dict[str, Any](body), "ignored": tuple(body.get("ignored") or ())})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(step) for step in first["loc"])
        raise UnreadableError(file, first["msg"], place) from error
    for heading, column in found.columns.items():
        if field_of(column.field) is None:
            words = tr("no field of a case is called {name!r}").format(name=column.field)
            raise UnreadableError(file, words, f"columns.{heading}.field")
    return found


class _Loader(yaml.CSafeLoader):
    """Keeps texts as they are written: codes such as 012 or 1:30 are no numbers; a duplicate key is refused."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        if key in found:
            raise yaml.constructor.ConstructorError(
                None, None, tr("duplicate key '{name}'").format(name=key), key_node.start_mark
            )
        found[key] = loader.construct_object(value_node, deep=True)
    return found


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def write_map(found: TableMap) -> str:
    """Return a map as the YAML that a person reads and changes."""
    body = found.model_dump(exclude_defaults=True)
    ordered: dict[str, Any] = {
        "format": FORMAT,
        **{name: body[name] for name in ("drafted", "labels", "record", "date_order", "columns") if name in body},
    }
    if found.ignored:
        ordered["ignored"] = list(found.ignored)
    head = tr("# What the columns hold. Correct it, take out 'drafted', and keep it with the project.\n")
    return head + yaml.safe_dump(ordered, allow_unicode=True, sort_keys=False, width=120)
