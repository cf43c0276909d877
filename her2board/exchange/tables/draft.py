"""Proposes what the columns of a table hold, by their headings and their project's dictionary. A person corrects it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from her2board.capture.radiotherapy import read_radiotherapy
from her2board.capture.receptors import read_ihc, read_ish
from her2board.capture.tables.reading import read_cell
from her2board.capture.tables.readings import Beside
from her2board.case.fields import CaseField
from her2board.case.terms import Term
from her2board.exchange.codes import has_word, normal
from her2board.exchange.codes import words as listed_words
from her2board.exchange.tables.dictionary import Dictionary, Question
from her2board.exchange.tables.headings import (
    Heading,
    is_record,
    names_date,
    names_site,
    own_names,
    read_heading,
    table,
)
from her2board.exchange.tables.mapping import Column, TableMap, field_of

_OUTSIDE = (
    r"\b(?:outside|out of|not in|non|other than|extra)[ -]?(?:the )?(?:cns|brain|cranial|cerebral)\b"
    r"|\b(?:body|extracranial|systemic|visceral)\b"
)
_GRADED = re.compile(r"(?:ecog|who|kps|karnofsky|ps|performance status|grade)[ =:]*(\d{1,3})")


def draft_map(headings: Sequence[str], dictionary: Dictionary, *, labels: bool = False) -> TableMap:
    """Return what the headings say the columns hold; those that say nothing known are ignored.

    ``labels``: the cells hold the labels of choices, not their codes. A code of one choice may be the label of another.
    """
    first = dictionary.questions[0].name if dictionary.questions else ""  # of a project, the number of the record
    record = first if first in headings else next(filter(is_record, headings), "")
    beside = {normal(name) for name in table()["beside"]}
    kinds = _kinds_of_ticks(headings, dictionary)
    columns: dict[str, Column] = {}
    ignored: list[str] = []
    for heading in headings:
        if heading == record or normal(heading) in beside or heading.endswith("_complete") or not heading:
            continue
        column = Column(field=_KIND, ticked=kinds[heading]) if heading in kinds else None
        column = column or _column(heading, dictionary.of(heading), labels)
        if column is None or heading in columns:
            ignored.append(heading)
        else:
            columns[heading] = column
    found = _in_their_forms(columns, ignored, dictionary)
    found |= _only_date(columns, ignored)
    columns |= found
    unread = tuple(dict.fromkeys(heading for heading in ignored if heading not in found))
    return TableMap(record=record, columns=_one_specimen(columns), ignored=unread, labels=labels, drafted=True)


def _in_their_forms(columns: Mapping[str, Column], ignored: Sequence[str], dictionary: Dictionary) -> dict[str, Column]:
    """Return columns that say no more than 'site', of the list that the other columns of their form are of."""
    lists: dict[str, set[str]] = {}
    for heading, column in columns.items():
        if (question := dictionary.of(heading)) and "[]." in column.field:
            lists.setdefault(question.form, set()).add(column.field.partition("[].")[0])
    found = {}
    for heading in ignored:
        question = dictionary.of(heading)
        of = lists.get(question.form, set()) if question and names_site(question.label) else set[str]()
        if len(of) == 1 and field_of(path := f"{next(iter(of))}[].site") is not None:
            found[heading] = Column(field=path)
    return found


_DAY_OF = {"systemic.lines": "start", "brain.local_therapies": "day", "tumour.specimens": "day"}


def _only_date(columns: Mapping[str, Column], ignored: Sequence[str]) -> dict[str, Column]:
    """Return the column that is no more than a date, as the day of the only list that the others are of."""
    dates = [heading for heading in ignored if names_date(heading)]
    of = {column.field.partition("[].")[0] for column in columns.values()}
    day = _DAY_OF.get(next(iter(of)), "") if len(of) == 1 else ""
    path = f"{next(iter(of))}[].{day}" if day else ""
    taken = any(column.field == path for column in columns.values())
    return {dates[0]: Column(field=path)} if path and len(dates) == 1 and not taken else {}


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
        meant = read_heading(name)
        if question and not ticked and _asks_for_kinds(question):
            meant = Heading("brain.local_therapies[].kind")
        field = field_of(meant.path) if meant.path else None
        if field is None:
            continue
        if ticked:
            return _ticked(field, meant.path, ticked)
        values = _values(field, meant.path, question, labels, own=bool(own))
        return Column(field=meant.path, entry=meant.entry, unit=meant.unit, values=values, gives=meant.gives)
    return None


def _ticked(field: CaseField, path: str, ticked: str) -> Column | None:
    """Return the column of a tick box; one for 'none of these' or 'other' adds nothing."""
    nothing = has_word(ticked, table()["nothing"])
    return Column(field=path, ticked=ticked) if field.kind == "texts" and not nothing else None


_KIND = "brain.local_therapies[].kind"


def _kinds_of_ticks(headings: Sequence[str], dictionary: Dictionary) -> dict[str, str]:
    """Return the kind of local treatment that each tick box adds, of boxes that ask for kinds of brain treatment.

    'Surgery' beside chemotherapy may be of the breast: most boxes of the group say a kind, and one a kind of the brain.
    """
    groups: dict[str, dict[str, str]] = {}
    for heading in headings:
        box, ticked = _tick_box(heading, dictionary.of(heading))
        if ticked and has_word(box, table()["treatment_boxes"]) and read_heading(box).path in ("", _KIND):
            groups.setdefault(box, {})[heading] = _kind_of_tick(ticked)
    found: dict[str, str] = {}
    for kinds in groups.values():
        known = {heading: kind for heading, kind in kinds.items() if kind}
        if set(known.values()) & {"radiosurgery", "whole_brain"} and 2 * len(known) > len(kinds):
            found |= known
    return found


def _kind_of_tick(ticked: str) -> str:
    column = field_of(_KIND)
    assert column is not None
    if re.fullmatch(r"(?:extracranial|other sites?|outside (?:the )?brain|body|bone)\b.*", normal(ticked)):
        return "extracranial_radiotherapy"
    kind = _kind(column, ticked)
    return kind if isinstance(kind, str) else ""


def _asks_for_kinds(question: Question) -> bool:
    """Tell whether most choices of a question are kinds of local treatment, whatever it is called."""
    column = field_of("brain.local_therapies[].kind")
    assert column is not None
    read = [_kind(column, words) is not ... for words in question.choices.values()]
    return len(read) > 1 and 2 * sum(read) > len(read)


def _tick_box(heading: str, question: Question | None) -> tuple[str, str]:
    """Return what a tick box is of, and what it adds: 'Extracranial sites (choice=Bone)'."""
    if match := re.fullmatch(r"(.+?)\s*\(choice=(.+)\)", heading):
        return match[1], match[2]
    if question is not None and question.kind == "checkbox" and "___" in heading:
        code = heading.partition("___")[2]
        return question.label, question.choices.get(code, question.choices.get(code.replace("_", "-"), ""))
    return "", ""


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
    if bare in table()["unknown"]:
        return None
    if bare in table()["not_done"]:
        return {"her2_tested": False} if path.endswith((".ihc", ".ish")) else None
    if field.kind == "count" and has_word(words, table()["too_many"]):
        return {"low": 2, "diffuse": True}
    if path in _ANSWERED:
        return _answer(path, bare)
    if path.endswith(".setting"):
        return next((setting for setting, names in table()["settings"].items() if has_word(words, names)), ...)
    if path.endswith(".reason_stopped"):
        return _reason(bare, field, words)
    if field.kind == "integer" and (match := _GRADED.fullmatch(bare)):
        return int(match[1])
    if path.endswith(".kind"):
        return _kind(field, words)
    if path.endswith((".ihc", ".ish")):
        found = read_ihc(words) if path.endswith(".ihc") else read_ish(words)
        fields = dict(found.fields)
        return (fields[field.path] if set(fields) == {field.path} else fields) if fields else ...
    read = read_cell(field, words, Beside())
    return ... if read.typed.value is None or read.typed.problem else _plain(read.typed.value)


_ANSWERED = ("brain.leptomeninges", "patient.sex", "systemic.extracranial")


def _answer(path: str, bare: str) -> Any:
    """Return what an answer to one of three questions means; an ellipsis where it is not understood."""
    if (own := _typed(path, bare)) is not ...:
        return own
    if path == "brain.leptomeninges":
        said = listed_words()
        return "none" if bare in (*said["absent"], "false") else "stated" if bare in (*said["present"], "true") else ...
    names = table()["sexes" if path == "patient.sex" else "control"]
    return next((meant for meant, listed in names.items() if bare in listed), ...)


def _typed(path: str, words: str) -> Any:
    field = field_of(path)
    assert field is not None
    read = read_cell(field, words, Beside())
    return ... if read.typed.value is None or read.typed.problem else _plain(read.typed.value)


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Term) else value


def _reason(bare: str, field: CaseField, words: str) -> Any:
    if "progress" in bare or bare.startswith("pd"):
        body = re.search(_OUTSIDE, bare)
        brain = re.search(r"\b(?:cns|brain|intracranial|cerebral)\b", re.sub(_OUTSIDE, " ", bare))
        where = "brain_and_body" if brain and body else "brain" if brain else "body" if body else ""
        return {"reason_stopped": "progression", "progressed_in": where} if where else "progression"
    if re.match(r"patient\b", bare):
        return "patient_choice"
    if bare in table()["ongoing"]:
        return {"ongoing": True}
    if found := next((reason for reason, names in table()["reasons"].items() if has_word(words, names)), ""):
        return found
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
