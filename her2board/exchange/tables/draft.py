"""Proposes what the columns of a table hold, by their headings and their project's dictionary. A person corrects it."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import yaml

from her2board import paths
from her2board.capture.radiotherapy import read_radiotherapy
from her2board.capture.receptors import read_ihc, read_ish
from her2board.capture.tables.reading import Beside, read_cell
from her2board.case.fields import CaseField, case_fields
from her2board.case.table_rows import entries_of
from her2board.case.terms import Term
from her2board.exchange.codes import normal
from her2board.exchange.tables.dictionary import Dictionary, Question
from her2board.exchange.tables.mapping import Column, TableMap, field_of

_UNIT = re.compile(r"[(\[,]?\s*\b(mm|cm|c?gy|ml|cc|mg|years)\s*[)\]]?\s*$", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*\(([^)]*)\)")
_SPECIMENS = ("primary", "metastasis", "metastatic", "brain", "biopsy", "core", "surgery", "relapse", "recurrence")
UNITS = {"brain.largest_mm": ("mm", "cm"), "brain.local_therapies[].dose_gy": ("gy", "cgy")}
"""Units that numbers of a column may be written in, the first is that of the case."""


@cache
def _table() -> dict[str, Any]:
    text = (paths.resources_dir() / "exchange" / "columns.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.load(text, yaml.CBaseLoader)
    return found


@cache
def _by_name() -> dict[str, str]:
    found: dict[str, str] = {}
    for path, names in _table()["fields"].items():
        for name in names:
            found.setdefault(normal(name), path)
    return found


def own_name(path: str) -> str:
    """Return what this program's own registry calls a field: 'brain_imaging_date', 'lines_start'."""
    name, entry, inner = path.partition("[].")
    return f"{name.rpartition('.')[2]}_{inner}" if entry else path.replace(".", "_")


@cache
def own_names() -> dict[str, str]:
    """Return the paths of all fields and columns by the names of this program's registry."""
    found = {}
    for field in (field for field in case_fields() if field.section):
        found[own_name(field.path)] = field.path
        if field.kind in ("table", "mapping") and field.item is not None:
            for column in entries_of(field).columns:
                found[own_name(f"{field.path}[].{column.path}")] = f"{field.path}[].{column.path}"
    return found


def draft_map(headings: Sequence[str], dictionary: Dictionary, *, labels: bool = False) -> TableMap:
    """Return what the headings say the columns hold; those that say nothing known are ignored.

    ``labels``: the cells hold the labels of choices, not their codes. A code of one choice may be the label of another.
    """
    first = dictionary.questions[0].name if dictionary.questions else ""  # of a project, the number of the record
    record = first if first in headings else next((h for h in headings if normal(h) in _table()["record"]), "")
    beside = {normal(name) for name in _table()["beside"]}
    columns: dict[str, Column] = {}
    ignored: list[str] = []
    for heading in headings:
        if heading == record or normal(heading) in beside or heading.endswith("_complete") or not heading:
            continue
        column = _column(heading, dictionary.of(heading), labels)
        if column is None or heading in columns:
            ignored.append(heading)
        else:
            columns[heading] = column
    unread = tuple(dict.fromkeys(ignored))
    return TableMap(record=record, columns=_one_specimen(columns), ignored=unread, labels=labels, drafted=True)


def _one_specimen(columns: Mapping[str, Column]) -> dict[str, Column]:
    """Give columns of a specimen that is not named to the only one that is."""
    named = {c.entry for c in columns.values() if c.field.startswith("tumour.specimens[]") and c.entry}
    if len(named) != 1:
        return dict(columns)
    only = named.pop()
    return {
        heading: c.model_copy(update={"entry": only}) if c.field.startswith("tumour.specimens[]") else c
        for heading, c in columns.items()
    }


def _column(heading: str, question: Question | None, labels: bool) -> Column | None:
    label = question.label if question else heading
    box, ticked = _tick_box(heading, question)
    own = own_names().get(heading, "")
    for name in (own and heading, box or label, heading.partition("___")[0]):
        path, unit, entry = _path(name)
        field = field_of(path) if path else None
        if field is None:
            continue
        if ticked:
            return Column(field=path, ticked=ticked) if field.kind == "texts" else None
        return Column(
            field=path,
            entry=entry,
            unit=unit,
            values=_values(field, path, question, labels, own=bool(own)),
        )
    return None


def _tick_box(heading: str, question: Question | None) -> tuple[str, str]:
    """Return what a tick box is of, and what it adds: 'Extracranial sites (choice=Bone)'."""
    if match := re.fullmatch(r"(.+?)\s*\(choice=(.+)\)", heading):
        return match[1], match[2]
    if question is not None and question.kind == "checkbox" and "___" in heading:
        code = heading.partition("___")[2]
        return question.label, question.choices.get(code, question.choices.get(code.replace("_", "-"), ""))
    return "", ""


def _path(name: str) -> tuple[str, str, str]:
    """Return the field that a name means, the unit it gives, and which specimen it is of."""
    if path := own_names().get(name):
        return path, "", ""
    match = _UNIT.search(name)
    unit = match[1].casefold() if match else ""
    brackets = " ".join(_BRACKETS.findall(name))
    entry = next((word for word in _SPECIMENS if re.search(rf"\b{word}\b", f"{brackets} {name}".casefold())), "")
    bare = name[: match.start()] if match else name
    forms = [name, bare, _BRACKETS.sub("", bare), re.sub(r"\(\s*%\s*\)", "%", name)]
    forms += [re.sub(rf"\b(?:{'|'.join(_SPECIMENS)})\b", "", _BRACKETS.sub("", bare), flags=re.IGNORECASE)]
    percent = "%" in name
    for form in forms:
        key = normal(re.sub(r"[_:]+", " ", form)).strip(" ,-")
        for candidate in (f"{key} %" if percent and not key.endswith("%") else key, key, normal(form)):
            if path := _by_name().get(candidate):
                kept = unit if unit in UNITS.get(path, ()) else ""
                return path, kept, entry if path.startswith("tumour.specimens[]") else ""
    return "", "", ""


def _values(field: CaseField, path: str, question: Question | None, labels: bool, *, own: bool) -> dict[str, Any]:
    """Return what the codes of a question mean for a field; what is not understood is left for a person."""
    if question is None:
        return {"1": True, "0": False} if own and field.kind == "flag" else {}
    found: dict[str, Any] = {}
    for code, words in question.choices.items():
        meant = meaning_of(field, path, words)
        if meant is not ...:
            found[words if labels else code] = meant
    for code, words in question.noted.items():
        meant = meaning_of(field, path, words)
        if meant is not ...:
            found[code] = meant
    return found


def meaning_of(field: CaseField, path: str, words: str) -> Any:
    """Return the value that the words of a choice mean; None is not known, and an ellipsis not understood."""
    bare = normal(words)
    if bare in _table()["unknown"]:
        return None
    if bare in _table()["not_done"]:
        return {"her2_tested": False} if path.endswith((".ihc", ".ish")) else None
    if bare in _table()["too_many"] and field.kind == "count":
        return {"low": 2, "diffuse": True}
    if path == "brain.leptomeninges" and bare in ("yes", "no", "true", "false", "ja", "nein", "present", "absent"):
        return "stated" if bare in ("yes", "true", "ja", "present") else "none"
    if path.endswith(".reason_stopped"):
        return _reason(bare, field, words)
    if path.endswith(".kind"):
        return _kind(field, words)
    if path.endswith((".ihc", ".ish")):
        found = read_ihc(words) if path.endswith(".ihc") else read_ish(words)
        fields = dict(found.fields)
        return (fields[field.path] if set(fields) == {field.path} else fields) if fields else ...
    read = read_cell(field, words, Beside())
    return ... if read.typed.value is None or read.typed.problem else _plain(read.typed.value)


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Term) else value


def _reason(bare: str, field: CaseField, words: str) -> Any:
    if "progress" in bare or bare.startswith("pd"):
        brain = re.search(r"\b(?:cns|brain|intracranial|cerebral)\b", bare)
        body = re.search(r"\b(?:body|extracranial|systemic|visceral|non-cns|outside)\b", bare)
        where = "brain_and_body" if brain and body else "brain" if brain else "body" if body else ""
        return {"reason_stopped": "progression", "progressed_in": where} if where else "progression"
    if re.match(r"patient\b", bare):
        return "patient_choice"
    read = read_cell(field, words, Beside())
    return read.typed.value if read.typed.value is not None else ...


def _kind(field: CaseField, words: str) -> Any:
    """Return the kind of a brain treatment, with hippocampal avoidance where it is named."""
    read = read_cell(field, words, Beside())
    if read.typed.value is not None:
        return _plain(read.typed.value)
    found = read_radiotherapy(words)
    if not found.kind or found.question:
        return ...
    avoided = {"hippocampal_avoidance": True} if found.hippocampal_avoidance else {}
    return {"kind": found.kind, **avoided} if avoided else found.kind
