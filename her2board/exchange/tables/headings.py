"""Says which field of a case the heading of a column means: by its words, in any order, written out or shortened."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import yaml
from msgspec import Struct, field

from her2board import paths
from her2board.case.fields import case_fields
from her2board.case.table_rows import beside_entries, entries_of
from her2board.exchange.codes import normal, pieces

UNITS = {"brain.largest_mm": ("mm", "cm"), "brain.local_therapies[].dose_gy": ("gy", "cgy")}
"""Units that numbers of a column may be written in, the first is that of the case."""
_UNIT = re.compile(r"[(\[,]?\s*\b(mm|cm|c?gy|ml|cc|mg|years)\s*[)\]]?\s*$", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*\(([^)]*)\)")
_SPECIMENS = ("primary", "metastasis", "metastatic", "brain", "biopsy", "core", "surgery", "relapse", "recurrence")
_LOCAL = "brain.local_therapies[]."
_INNER = {
    "date": "day",
    "dose": "dose_gy",
    "gy": "dose_gy",
    "fraction": "fractions",
    "site": "site",
    "volume": "volume_ml",
}
"""Words of a column that is about one kind of treatment: 'SRS date', 'WBRT Gy'."""


class Heading(Struct, frozen=True):
    """What a heading means: nothing where ``path`` is empty."""

    path: str = ""
    unit: str = ""
    entry: str = ""
    """Which specimen or kind of treatment it is of, where the heading says so."""
    gives: Mapping[str, Any] = field(default_factory=dict)
    """What a value in the column says as well: an MRI date that the scan was an MRI."""


@cache
def table() -> dict[str, Any]:
    """Return the table of headings."""
    text = (paths.resources_dir() / "exchange" / "columns.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.load(text, yaml.CBaseLoader)
    return found


def own_name(path: str) -> str:
    """Return what this program's own registry calls a field: 'brain_imaging_date', 'lines_start'."""
    name, entry, inner = path.partition("[].")
    if name.endswith(".completeness"):
        return f"{name.split('.')[-2]}_list"
    if name.endswith(".metastatic_complete"):
        return f"metastatic_{name.split('.')[-2]}_list"
    return f"{name.rpartition('.')[2]}_{inner}" if entry else path.replace(".", "_")


@cache
def own_names() -> dict[str, str]:
    """Return the paths of all fields and columns by the names of this program's registry."""
    found = {}
    for each in (each for each in case_fields() if each.section):
        found[own_name(each.path)] = each.path
        found |= {own_name(beside.path): beside.path for beside in beside_entries(each)}
        if each.kind in ("table", "mapping") and each.item is not None:
            for column in entries_of(each).columns:
                found[own_name(f"{each.path}[].{column.path}")] = f"{each.path}[].{column.path}"
    return found


def is_record(heading: str) -> bool:
    """Tell whether a heading is that of the number of a patient."""
    return normal(heading) in table()["record"] or _words(heading) in {_words(name) for name in table()["record"]}


def read_heading(name: str) -> Heading:
    """Return what a heading means."""
    if path := own_names().get(name):
        return Heading(path)
    name = re.sub(r"_+(?=(?:mm|cm|c?gy|ml|cc|mg)$)", " ", name, flags=re.IGNORECASE)
    match = _UNIT.search(name)
    unit = match[1].casefold() if match else ""
    if of_kind := _of_kind(name, unit):
        return of_kind
    brackets = " ".join(_BRACKETS.findall(name))
    entry = next((word for word in _SPECIMENS if re.search(rf"\b{word}\b", f"{brackets} {name}".casefold())), "")
    bare = name[: match.start()] if match else name
    forms = [name, bare, _BRACKETS.sub("", bare), re.sub(r"\(\s*%\s*\)", "%", name)]
    forms += [re.sub(rf"\b(?:{'|'.join(_SPECIMENS)})\b", "", _BRACKETS.sub("", bare), flags=re.IGNORECASE)]
    path = next((found for form in forms if (found := _exactly(form, percent="%" in name))), "")
    path = path or next((found for form in forms if (found := _in_other_words(form, percent="%" in name))), "")
    if not path:
        return Heading()
    scans = [kind for kind in ("MRI", "CT") if kind.casefold() in pieces(name)]
    gives = {"brain.modality": scans[0]} if path == "brain.imaging_date" and len(scans) == 1 else {}
    kept = unit if unit in UNITS.get(path, ()) else ""
    return Heading(path, kept, entry if path.startswith("tumour.specimens[]") else "", gives)


@cache
def _by_name() -> dict[str, str]:
    found: dict[str, str] = {}
    for path, names in table()["fields"].items():
        for name in names:
            found.setdefault(normal(name), path)
    return found


def _exactly(form: str, *, percent: bool) -> str:
    key = normal(re.sub(r"[_:]+", " ", form)).strip(" ,-?:")
    candidates = (f"{key} %" if percent and not key.endswith("%") else key, key, normal(form))
    return next((path for candidate in candidates if (path := _by_name().get(candidate))), "")


@cache
def _by_words() -> dict[tuple[frozenset[str], bool], str]:
    """Return the paths by the words of their names and whether they are shares; words that name two are left out."""
    found: dict[tuple[frozenset[str], bool], set[str]] = {}
    for path, names in table()["fields"].items():
        for name in names:
            found.setdefault((_words(name), "%" in name or "percent" in name), set()).add(path)
    return {key: next(iter(named)) for key, named in found.items() if len(named) == 1 and key[0] - _GENERAL}


_GENERAL = frozenset(("date", "number", "status", "first", "year", "start", "stop", "percent", "mg"))
"""Words that alone say nothing of what a column is of."""


def _in_other_words(form: str, *, percent: bool) -> str:
    words = _words(form)
    for said in (words, words - {"mri", "ct"}):
        if percent and (path := _by_words().get((said, True))):
            return path
        if path := _by_words().get((said, False)):
            return path
    return ""


@cache
def _words(text: str) -> frozenset[str]:
    """Return the words of a heading written out, without those that say nothing."""
    listed = table()
    shortened: Mapping[str, str] = listed["shortened"]
    spaced = re.sub(r"(?<=[A-Za-z])#|#", " number ", text.replace("%", " percent "))
    found = (word for piece in pieces(spaced) for word in shortened.get(piece, piece).split())
    return frozenset(word for word in found if word not in listed["silent"])


def _of_kind(name: str, unit: str) -> Heading | None:
    """Return what a heading says of one kind of local treatment: 'SRS last date', 'WBRT #'; None where of none."""
    words = _words(name)
    for kind, names in table()["treatments"].items():
        said = next((one for one in map(_words, names) if one <= words), None)
        if said is None:
            continue
        rest = words - said - {"last", "stop", "completed", "completion", "total", "number"}
        rest |= {"fraction"} if "number" in words - said and not rest else set()
        rest = (rest - {"gy", "cgy"}) | ({"dose"} if rest & {"gy", "cgy"} else set())
        if len(rest) == 1 and (inner := _INNER.get(next(iter(rest)))):
            kept = unit if inner == "dose_gy" and unit in ("gy", "cgy") else ""
            return Heading(f"{_LOCAL}{inner}", kept, kind, {"kind": kind})
    return None


def why_not_given(text: str) -> str:
    """Return 'in_error', 'planned' or 'not_given' where a cell says that of its treatment; empty where it does not."""
    bare = normal(text)
    for why in ("in_error", "planned", "not_given"):
        if any(bare == word or bare.startswith(f"{word} ") for word in table()[why]):
            return why
    return ""


def is_planned(text: str) -> bool:
    """Tell whether a cell says that and nothing else: 'planned', and not 'planned switch'."""
    return normal(text) in table()["planned"]


def is_going_on(text: str) -> bool:
    """Tell whether a cell says that a treatment goes on."""
    return normal(text) in table()["ongoing"]


def names_date(label: str) -> bool:
    """Tell whether a heading says that it is a day, and not of what."""
    return _words(label) == {"date"}


def names_site(label: str) -> bool:
    """Tell whether a label asks where something is, without saying of what."""
    return _words(label) == {"site"}
