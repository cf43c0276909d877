"""Reads the rows of a mapped table as proposals, one record for each patient."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from her2board.capture.date_order import DateOrder, date_order
from her2board.capture.proposal import Cell, Reason
from her2board.capture.receptors import read_hormone
from her2board.capture.tables.reading import is_empty, read_cell
from her2board.capture.tables.readings import Beside
from her2board.case.drugs import Vocabulary
from her2board.case.fields import CaseField, field_by_path
from her2board.case.table_rows import entries_of
from her2board.case.terms import Term
from her2board.exchange.codes import normal
from her2board.exchange.fhir.found import Found, Said
from her2board.exchange.fhir.listed import offer_listed
from her2board.exchange.model import Brought, Origin, Stop, StoppedError, never
from her2board.exchange.tables.dictionary import Dictionary
from her2board.exchange.tables.draft import meaning_of
from her2board.exchange.tables.headings import is_going_on, is_planned, own_name, why_not_given
from her2board.exchange.tables.lines import lines_of
from her2board.exchange.tables.mapping import Column, TableMap, field_of
from her2board.exchange.tables.offering import CellValue, ReadEntry, of_now, offer_entry, offer_plain, specimens_once
from her2board.exchange.tables.sheets import FORMULA, Sheet
from her2board.wording import tr

_UNKNOWN_CODES = ("99", "999", "9999")
_TICKED = ("1", "checked", "yes", "true", "x")
_TREATMENTS = ("systemic.lines[]", "brain.local_therapies[]")
_LINES, _VISIT = "systemic.lines[]", "patient.performance_date"
_LOCAL = "brain.local_therapies[]"
_EVENTS = ("redcap_event_name", "event name")


class _Entry(Struct):
    """One entry of a list while its row is read."""

    value: dict[str, Any] = field(default_factory=dict)
    cells: list[CellValue] = field(default_factory=list)
    gives: dict[str, Any] = field(default_factory=dict)
    because: str = ""
    """'in_error', 'planned' or 'not_given' where a cell says so."""


class _Record(Struct):
    """One patient's rows while they are read."""

    name: str
    found: Found = field(default_factory=Found)
    plain: dict[str, list[CellValue]] = field(default_factory=dict)
    entries: list[ReadEntry] = field(default_factory=list)
    labels: dict[Any, str] = field(default_factory=dict)
    origins: list[Origin] = field(default_factory=list)
    instruments: Counter[str] = field(default_factory=Counter)
    """Rows of each repeating instrument."""


class TableReader:
    """Reads one sheet with its map."""

    def __init__(
        self, sheet: Sheet, columns: TableMap, vocabulary: Vocabulary, dictionary: Dictionary | None = None
    ) -> None:
        self._sheet, self._map, self._vocabulary = sheet, columns, vocabulary
        asked = {heading: dictionary.of(heading) for heading in sheet.headings} if dictionary else {}
        self._asked = {heading: question for heading, question in asked.items() if question is not None}
        self._names = {heading: question.label for heading, question in self._asked.items() if question.label}
        self._place = {heading: number for number, heading in reversed([*enumerate(sheet.headings)])}
        self._order = self._date_order()
        self._event = next((heading for heading in sheet.headings if normal(heading) in _EVENTS), "")

    def records(self, stop: Stop = never) -> tuple[Brought, ...]:
        """Return what each patient's rows give, in the order of the table. Raises StoppedError."""
        records: dict[str, _Record] = {}
        apart = not self._map.record and self._differ()
        for number, row in self._sheet.rows:
            if stop():
                raise StoppedError
            name = self._cell(row, self._map.record) or (self._sheet.label if not self._map.record else "")
            name = tr("row {n}").format(n=number) if apart else name
            record = records.setdefault(name, _Record(name))
            if not name:
                where = Cell(number, self._map.record, self._sheet.file)
                record.found.problem(tr("the row says no patient; nothing was read from it"), where)
                continue
            self._read_row(record, number, row)
        return tuple(self._finished(record) for record in records.values())

    def _differ(self) -> bool:
        """Tell whether rows without the name of a patient say different things of what a person has once."""
        plain = [heading for heading, column in self._map.columns.items() if "[]." not in column.field]
        said = ({self._cell(row, heading) for _, row in self._sheet.rows} - {""} for heading in plain)
        return any(len(values) > 1 for values in said)

    def _cell(self, row: tuple[str, ...], heading: str) -> str:
        return row[self._place[heading]] if heading in self._place else ""

    def _date_order(self) -> DateOrder:
        dated = [h for h, c in self._map.columns.items() if (f := field_of(c.field)) is not None and f.kind == "date"]
        shown = date_order(self._cell(row, heading) for _, row in self._sheet.rows for heading in dated)
        return shown.or_else(DateOrder(order=self._map.date_order)) if self._map.date_order else shown

    def _read_row(self, record: _Record, number: int, row: tuple[str, ...]) -> None:
        label = self._label(record.name, number, row)
        record.origins.append(self._origin(label, number, row))
        record.instruments[self._cell(row, "redcap_repeat_instrument")] += 1
        incomplete = self._incomplete(row)
        plain: list[tuple[str, CellValue]] = []
        entries: dict[tuple[str, str], _Entry] = {}
        for heading, column in self._map.columns.items():
            text = self._cell(row, heading)
            where = Cell(number, heading, self._sheet.file)
            record.labels[where] = label
            name, is_entry, _ = column.field.partition("[].")
            if text and (because := self._because(column, heading, text)):
                entries.setdefault((f"{name}[]", column.entry), _Entry()).because = because
            read = self._read(record, column, text, where, incomplete)
            if read is None:
                continue
            if not is_entry:
                plain += [(path, read) for path in read.values or {column.field: None}]
                plain += [(path, replace(read, values=dict(column.gives), readings=())) for path in column.gives]
            else:
                entry = entries.setdefault((f"{name}[]", column.entry), _Entry())
                _merge(record, entry.value, read, f"{name}[]")
                entry.cells.append(read)
                entry.gives |= dict(column.gives)
        self._take_plain(record, plain, self._cell(row, self._event))
        self._take_entries(record, row, entries, whole=not plain)

    def _because(self, column: Column, heading: str, text: str) -> str:
        """Return why the treatment of a cell was not given: by a day that is planned, or a reason that it was not."""
        if not column.field.startswith(_TREATMENTS):
            return ""
        words, target = self._words(heading, text), field_of(column.field)
        because = why_not_given(words)
        if target is None or not because:
            return ""
        of_reason = target.path == "reason_stopped" and (because != "planned" or is_planned(words))
        return because if target.kind == "date" or of_reason else ""

    def _words(self, heading: str, text: str) -> str:
        """Return what a cell says in words: the label of its code, where the dictionary has one."""
        question = self._asked.get(heading)
        return question.choices.get(text, text) if question and "___" not in heading else text

    def _take_plain(self, record: _Record, plain: Sequence[tuple[str, CellValue]], event: str) -> None:
        """Add what one row says of a patient, each value with the day and the event it is of."""
        said = {path: read.values.get(path) for path, read in plain}
        scored = {"patient.ecog", "patient.kps"} & said.keys() or own_name(_VISIT) in self._place
        for path, read in plain:
            if path == _VISIT and not scored:
                continue  # the day of a visit at which nobody scored
            target = field_of(path)
            own = path if target is not None and target.kind == "date" else target.info.dated_by if target else ""
            day = said.get(own) or said.get(_VISIT)
            record.plain.setdefault(path, []).append(
                replace(read, day=str(day or ""), visit=str(said.get(_VISIT) or ""), event=event)
            )

    def _take_entries(
        self, record: _Record, row: tuple[str, ...], entries: Mapping[tuple[str, str], _Entry], *, whole: bool
    ) -> None:
        """Add the entries of a row; one that was planned or not given is seen. A row of one entry says it anywhere."""
        filled = [key for key, entry in entries.items() if entry.value or entry.because]
        tall = whole and len(filled) == 1
        elsewhere = [self._words(h, self._cell(row, h)) for h in self._sheet.headings if h not in self._map.columns]
        for key in filled:
            entry = entries[key]
            said = elsewhere if tall else []
            because = entry.because or next(filter(None, map(why_not_given, said)), None)
            if key[0] == _LINES and entry.value.get("start") and because != "in_error":
                because = None  # why it ended, or what was planned then
            if entry.value.get("kind") == "extracranial_radiotherapy" and "local_therapies_kind" not in self._place:
                because = "another_thing"
            if because:
                cell = entry.cells[0].said if entry.cells else Said(None, record.origins[-1].where, "")
                note = "; ".join(text for text in said if why_not_given(text))
                reasons: dict[str, Reason] = {"planned": "planned", "another_thing": "another_thing"}
                reasons["in_error"] = "entered_in_error"
                reason = reasons.get(because, "not_done")
                record.found.skip(key[0], {**entry.gives, **entry.value}, reason, cell.where, cell.words, note)
                continue
            if key[0] == _LINES and "stop" not in entry.value and any(map(is_going_on, said)):
                entry.value["ongoing"] = True
            if key[0] == _LOCAL and entry.value and "kind" not in {**entry.gives, **entry.value}:
                note = tr("the row does not say what kind of treatment it is")
                cell = entry.cells[0].said
                record.found.skip(key[0], {**entry.gives, **entry.value}, "not_known", cell.where, cell.words, note)
                continue
            if entry.value:
                record.entries.append((key[0], {**entry.gives, **entry.value}, entry.cells))

    def _label(self, name: str, number: int, row: tuple[str, ...]) -> str:
        repeated = (
            self._cell(row, h) for h in ("redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance")
        )
        parts = [part for part in repeated if part]
        return " ".join((name, *parts)) if self._map.record else tr("row {n}").format(n=number)

    def _origin(self, label: str, number: int, row: tuple[str, ...]) -> Origin:
        """Return a row as a person reads it: codes with the words of the dictionary."""
        body = {}
        for heading, text in zip(self._sheet.headings, row, strict=True):
            if text:
                question = self._asked.get(heading)
                means = question.choices.get(text) if question and "___" not in heading else None
                body[heading] = f"{text} ({means})" if means and means != text else text
        title = label if not self._map.record else tr("{record}, row {n}").format(record=label, n=number)
        return Origin(Cell(number, "", self._sheet.file), title, body, self._names)

    def _incomplete(self, row: tuple[str, ...]) -> str:
        """Return what is looked at where a form of the row is not marked as complete."""
        states = {self._cell(row, h).casefold() for h in self._sheet.headings if h.endswith("_complete")} - {""}
        open_ = states & {"0", "1", "incomplete", "unverified"}
        return tr("the form is not marked as complete") if open_ else ""

    def _read(self, record: _Record, column: Column, text: str, where: Cell, incomplete: str) -> CellValue | None:
        """Return what a cell gives; None where it gives nothing."""
        target = field_of(column.field)
        assert target is not None  # the map was checked
        asks = [incomplete]
        if self._map.drafted and where.column != own_name(column.field):
            asks.append(
                tr("is '{heading}' the column of '{field}'?").format(heading=where.column, field=tr(target.info.label))
            )
        words = self._words(where.column, text)
        shown = text if words == text else f"{text} ({words})"
        said = Said(None, where, f"{where.column}: {shown}", "; ".join(filter(None, asks)))
        if column.ticked:
            ticked = text.casefold() in _TICKED
            path = target.path if "[]." in column.field else column.field
            adds = [column.ticked] if target.kind == "texts" else column.ticked
            return CellValue(said, {path: adds}, ticked=True) if ticked else None
        if text in column.values:
            return self._coded(record, column, target, text, said)
        if is_empty(text) or text.casefold() in column.values:
            return None
        if text == FORMULA:
            record.found.skip(column.field, None, "open", where, where.column, tr("a formula is not worked out"))
            return None
        if _may_be_unknown(target, text):
            note = tr("'{text}' may be a code for 'unknown'; say so in the map").format(text=text)
            record.found.skip(column.field, text, "open", where, said.words, note)
            return None
        return self._typed(record, column, target, text, said)

    def _coded(self, record: _Record, column: Column, target: CaseField, text: str, said: Said) -> CellValue | None:
        meant = column.values[text]
        if meant is None:
            record.found.skip(column.field, None, "not_given", said.where, said.words, tr("coded as not known"))
            return None
        several = isinstance(meant, dict) and target.kind not in ("count", "size")
        if several:
            return CellValue(said, meant)
        path = target.path if "[]." in column.field else column.field
        return CellValue(said, {path: meant})

    def _typed(self, record: _Record, column: Column, target: CaseField, text: str, said: Said) -> CellValue | None:
        inner = "[]." in column.field
        table = field_by_path().get(column.field.partition("[].")[0]) if inner else None
        paths = frozenset(c.path for c in entries_of(table).columns) if table is not None else frozenset[str]()
        read = read_cell(target, text, Beside(self._vocabulary, None, self._order, column.unit, paths))
        path = target.path if inner else column.field
        if read.typed.problem and read.typed.candidates and not inner:
            return CellValue(said, {}, read.typed.candidates)
        if (share := _limited_share(target, text)) is not None:
            return CellValue(said, share)
        if read.typed.problem and (meant := meaning_of(target, column.field, text)) is not ...:
            return self._coded(record, column.model_copy(update={"values": {text: meant}}), target, text, said)
        if read.typed.problem or (read.typed.value is None and not read.more):
            because: Reason = "open" if read.typed.candidates else "not_known"
            words = read.typed.problem or tr("'{text}' is not read").format(text=text)
            record.found.skip(column.field, None, because, said.where, said.words, words)
            return None
        values = {} if read.typed.value is None else {path: _plain(read.typed.value)}
        values |= {name: _plain(value) for name, value in read.more.items()}
        if path == "systemic.extracranial_sites":
            values = {
                path: [part.strip() for site in values[path] for part in re.split(r"[/+&]", site) if part.strip()]
            }
        if "drugs" in values and not any(map(self._vocabulary.resolve, values["drugs"])) and not self._own(column):
            note = tr("not a known drug name: {names}").format(names=text)
            record.found.skip(_LINES, {"drugs": values["drugs"]}, "not_known", said.where, said.words, note)
            return None
        derived = f"{text} {column.unit}" if column.unit in ("cm", "cgy") else ""
        other = next((unit for unit in ("mm", "cm") if column.unit and unit != column.unit and unit in text), "")
        against = tr("'{text}' in a column of {unit}").format(text=text, unit=column.unit) if other else ""
        derived = "" if other else derived
        asks = "; ".join(filter(None, (said.asks, against, *read.marks)))
        return CellValue(Said(None, said.where, said.words, asks), values, derived=derived)

    def _own(self, column: Column) -> bool:
        """Tell whether a column is one of this program's own registry: its unknown names were recorded."""
        return own_name(column.field) in self._place

    def _finished(self, record: _Record) -> Brought:
        listed = {}
        for path, reads in of_now(record.found, record.plain).items():
            if path not in field_by_path():
                listed[path] = reads
            else:
                offer_plain(record.found, path, reads)
        for name, value, cells in self._lines(record):
            offer_entry(record.found, name, value, cells)
        for path, reads in listed.items():  # what a list says of itself, once its entries are offered
            first, held = reads[0], record.instruments[path.split(".")[-2]]
            offer_listed(record.found, path, first.values.get(path), first.said.where, first.said.words, held)
        made = record.found.brought(record.name)
        return Brought(record.name, made.offer, made.problems, made.not_read, record.labels, tuple(record.origins))

    def _lines(self, record: _Record) -> Iterator[tuple[str, dict[str, Any], list[CellValue]]]:
        """Yield the entries; rows of one drug each that start together as one line, and no line of supportive drugs."""
        others = specimens_once([entry for entry in record.entries if entry[0] != _LINES])
        lines = []
        for entry in record.entries:
            drugs = entry[1].get("drugs") or ()
            if entry[0] == _LINES and drugs and all(map(self._vocabulary.is_supportive, drugs)):
                note = tr("supportive, makes no line of therapy")
                record.found.skip(
                    _LINES,
                    {"drugs": list(drugs)},
                    "another_thing",
                    entry[2][0].said.where,
                    entry[2][0].said.words,
                    note,
                )
            elif entry[0] == _LINES and not drugs and "lines_drugs" not in self._place:
                note = tr("the row names no drug that is read")
                record.found.skip(_LINES, entry[1], "not_known", entry[2][0].said.where, entry[2][0].said.words, note)
            elif entry[0] == _LINES:
                lines.append(entry)
        yield from others
        if "lines_drugs" in self._place:
            yield from lines  # of this program's own registry, whose lines were counted
            return
        for line in lines_of([value for _, value, _ in lines], self._vocabulary):
            cells = [read for number in line.rows for read in lines[number][2]]
            if line.derived:
                said = Said(None, cells[0].said.where, cells[0].said.words, line.asks)
                cells.append(CellValue(said, derived=line.derived))
            yield _LINES, dict(line.entry), cells


def _limited_share(target: CaseField, text: str) -> dict[str, Any] | None:
    """Return what a share of stained cells says that is written as a limit: of '<1' the status, and the words."""
    name = target.path.removesuffix("_percent")
    if target.path not in ("er_percent", "pr_percent") or text[:1] not in "<>≤≥":
        return None
    found = read_hormone(text if "%" in text else f"{text}%", name)
    return {**found.fields, f"{name}_said": text} if found.fields and not found.problem else None


def _plain(value: Any) -> Any:
    """Return a value as plain JSON: an entry of a closed list by its key, a whole number without a point."""
    if isinstance(value, float) and value == int(value):
        return int(value)
    return str(value) if isinstance(value, Term) else value


def _may_be_unknown(target: CaseField, text: str) -> bool:
    if target.kind not in ("integer", "number", "count", "size"):
        return False
    return text in _UNKNOWN_CODES or (text.startswith("-") and text[1:].replace(".", "").isdigit())


def _merge(record: _Record, value: dict[str, Any], read: CellValue, name: str) -> None:
    """Add what a cell gives to its entry; of two values for one column neither is kept."""
    for path, given in read.values.items():
        if read.ticked and isinstance(value.get(path), list):
            value[path] = [*value[path], *given]
        elif path in value and value[path] != given:
            what = tr("two values for one column: {a} and {b}").format(a=value[path], b=given)
            record.found.problem(what, read.said.where)
            record.found.skip(name, {path: given}, "open", read.said.where, read.said.words, what)
            value[path] = None
        else:
            value[path] = given
    for path in [path for path, given in value.items() if given is None]:
        del value[path]
