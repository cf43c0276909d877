"""Every reader of what people, files and other programs bring, as a target to be tried."""

import atexit
import json
import math
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import chain, cycle, pairwise
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

from msgspec import Struct
from msgspec.structs import replace
from pydantic import ValidationError

from her2board.assessment.assess import assess
from her2board.assessment.clinic import ClinicError, applied, read_clinic
from her2board.briefing.compose import compose
from her2board.capture import durations, receptors, typed_numbers
from her2board.capture.date_order import DateOrder, date_order, is_two_ways
from her2board.capture.date_readings import show_date
from her2board.capture.date_words import is_ongoing
from her2board.capture.dated_sizes import read_dated_sizes
from her2board.capture.drug_names import open_meanings, read_drugs
from her2board.capture.radiotherapy import read_radiotherapy, shown
from her2board.capture.shown_numbers import show_dated_sizes
from her2board.capture.tables.cells import cells_of, is_running_text, too_large
from her2board.capture.tables.entries import PasteContext
from her2board.capture.typed import Typed, read_text, read_texts, show_texts
from her2board.capture.typed_dates import read_date
from her2board.case.checks import CaseError, future_dates
from her2board.case.dates import PartialDate
from her2board.case.edit import with_value
from her2board.case.fields import field_by_path, item_fields
from her2board.case.identity import matcher_for, without_identity
from her2board.case.identity_review import look_through
from her2board.case.model import Case
from her2board.case.storage import dump, load, parse
from her2board.case.terms import CaseOrigin
from her2board.cli.commands.packet import in_order
from her2board.cli.errors import CommandError
from her2board.evidence import yaml as strict_yaml
from her2board.evidence.files import FOLDERS
from her2board.evidence.loader import MODELS, load_release
from her2board.evidence.overlay_file import BrokenOverlayError, overlay_text, parse_overlay
from her2board.evidence.problems import BrokenReleaseError
from her2board.evidence.shape import shape_problems
from her2board.packs.errors import PackError
from her2board.packs.local_file import opened
from her2board.pdf.reading import ForeignPdfError, read_pdf
from her2board.wording import PSEUDO, speak, spoken_language
from support import mutations
from support.fuzz_exchange import exchange_targets
from support.fuzzing import Target
from support.identities import NAME, NUMBER, WORDS, WRITTEN
from support.overlays import RIVERSIDE
from support.pages import AS_OF, FOLDER, golden
from support.releases import FROZEN, frozen, release

SEEDS = Path(__file__).resolve().parents[1] / "fuzz" / "seeds"
_TABLES = ("systemic.lines", "brain.lesions", "brain.local_therapies", "tumour.specimens")
_MEETING = date(2026, 11, 26)
_ORDERS = (
    None,
    DateOrder("dmy"),
    DateOrder("mdy"),
    DateOrder(None, short="day_month"),
    DateOrder(None, short="month_year"),
)


@cache
def _scratch() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="her2board-fuzz-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _file(name: str, data: bytes) -> Path:
    path = _scratch() / name
    path.write_bytes(data)
    return path


def _lines(name: str) -> Callable[[], Sequence[str]]:
    return lambda: (SEEDS / f"{name}.txt").read_text(encoding="utf-8").splitlines()


def _documents(*paths: Path) -> Callable[[], Sequence[Any]]:
    return lambda: [json.loads(path.read_text(encoding="utf-8")) for path in paths]


def _cases() -> Sequence[Any]:
    return _documents(*sorted(FOLDER.glob("*.her2case")))()


# Files


def _reads_case(data: bytes) -> None:
    case = load(_file("x.her2case", data))
    assert parse(dump(case)) == case, "a case is another one once it was saved"


def _shows_case(data: bytes) -> None:
    """Read a case as a page does: whatever can be read can be assessed and put into words."""
    try:
        case = load(_file("y.her2case", data))
    except CaseError:
        return
    if future_dates(case, AS_OF):
        return
    compose(case, assess(case, frozen(), AS_OF), frozen())


def _reads_clinic(data: bytes) -> None:
    path = _file("clinic.json", data)
    applied(read_clinic(path), frozen(), path)


def _reads_local(data: bytes) -> None:
    overlay = parse_overlay(opened(data).text, "local.yaml", release())
    assert parse_overlay(overlay_text(overlay), "local.yaml", release()) == overlay


def _change_bytes(random: Random, seed: bytes, others: Sequence[bytes]) -> bytes:
    if random.random() < 0.3:
        return mutations.some_bytes(random, seed)
    words = [other.decode() for other in others]
    return mutations.text(random, seed.decode(), words).encode("utf-8", "surrogatepass")


def _reads_order(data: bytes) -> None:
    cases = sorted(FOLDER.glob("*.her2case"))
    assert sorted(in_order(cases, _file("order.txt", data))) == cases


def _unsaved() -> Sequence[Any]:
    unfinished = [
        {"path": "patient.ecog", "text": "two"},
        {"path": "brain.lesions", "row": 0, "column": "note", "text": "x"},
    ]
    unfinished += [{"path": "systemic.lines", "entry": {"start": "2024"}}]
    bodies = [json.dumps({"format": "her2board-case", "schema_version": 2, "case": {"code": "x"}})]
    bodies += [path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.her2case"))]
    return [
        {"file": file, "digest": "", "case": body, "unfinished": unfinished}
        for body in bodies
        for file in (None, str(FOLDER / "cr03-almost-empty.her2case"))
    ]


def _change_unsaved(random: Random, seed: Any, others: Sequence[Any]) -> bytes:
    """Change the case inside as a case, or the file around it."""
    if random.random() < 0.5:
        body = json.loads(seed["case"])
        seed = {**seed, "case": mutations.json_bytes(random, body, [body]).decode("utf-8", "replace")}
        return json.dumps(seed).encode()
    return mutations.json_bytes(random, seed, others)


def _reads_unsaved(data: bytes) -> None:
    """Look at work left behind as the window does; a slot that cannot be read is named."""
    from her2board.gui.document.left_behind import LeftBehind, examined
    from her2board.gui.document.unsaved import left_behind

    folder = _scratch() / "unsaved"
    folder.mkdir(exist_ok=True)
    (folder / "1-x.unsaved").write_bytes(data)
    for slot in left_behind(folder):
        if (found := examined(slot)) is not None:
            assert found.lines if isinstance(found, LeftBehind) else found.why
            found.slot.release()


def _reads_lock(data: bytes) -> None:
    from her2board.gui.document.case_lock import CaseLock

    path = _file("z.her2case", b"")
    (path.parent / ".z.her2case.lock").write_bytes(data)
    lock = CaseLock()
    str(lock.take(path))
    lock.take_over(path)
    assert lock.taken_by() is None
    lock.release()
    (path.parent / ".z.her2case.lock").unlink(missing_ok=True)


# Evidence


@cache
def _evidence() -> dict[str, str]:
    return {str(path.relative_to(FROZEN)): path.read_text(encoding="utf-8") for path in sorted(FROZEN.rglob("*.yaml"))}


def _change_evidence(random: Random, name: str, others: Sequence[str]) -> tuple[str, str]:
    made = mutations.yaml_text(random, _evidence()[name], [_evidence()[random.choice(others)]])
    return name, made.encode("utf-8", "replace").decode()  # as a file holds it


def _reads_record(made: tuple[str, str]) -> None:
    name, text = made
    data, problem = strict_yaml.read(text, name)
    if problem is not None:
        assert str(problem)
        return
    folder = name.partition("/")[0]
    model = MODELS[4 + FOLDERS.index(folder)] if folder in FOLDERS else None
    if model is None:
        return
    try:
        model.model_validate(data)
    except ValidationError as error:
        for place, message in shape_problems(error, data):
            assert strict_yaml.line_of(text, place)
            assert message


_read_yaml = strict_yaml.read
_read_again = cache(_read_yaml)


def _read_unchanged_once(text: str, file: str) -> Any:
    """Read a file of the release; those that are as ever only once for all inputs, which takes a third of the time."""
    return (_read_again if text == _evidence().get(file) else _read_yaml)(text, file)


def _reads_release(made: tuple[str, str]) -> None:
    folder = _scratch() / "evidence"
    if not folder.exists():
        shutil.copytree(FROZEN, folder)
    name, text = made
    (folder / name).write_text(text, encoding="utf-8", errors="surrogatepass")
    try:
        with patch.object(strict_yaml, "read", _read_unchanged_once):
            load_release(folder)
    finally:
        (folder / name).write_text(_evidence()[name], encoding="utf-8")


# Settings of the window


def _reads_settings(data: bytes) -> None:
    """Start as the window does with what its settings say."""
    from PySide6.QtCore import QSettings

    from her2board.gui.base.recent import RecentFiles
    from her2board.gui.window.appearance import Appearance

    settings = QSettings(str(_file("her2board.ini", data)), QSettings.Format.IniFormat)
    personal = Appearance(settings).personal()
    speak(personal.language)
    assert spoken_language() in ("en", "it", PSEUDO)
    speak("en")
    recent = RecentFiles(settings)
    recent.add(FOLDER / "cr03-almost-empty.her2case")
    assert recent.paths()


# Names


class _Named(Struct, frozen=True):
    """A patient and a text that a person typed."""

    name: str
    number: str
    text: str


def _patients() -> Sequence[_Named]:
    """Return a long name in each of its written forms, and names that are words, each beside a text of theirs."""
    long = [_Named(NAME, NUMBER, f"{written} asks; {word} 2024") for written, word in zip(WRITTEN, cycle(WORDS))]
    short = [_Named(f"{first} {last}", "4711", f"{last} {first}, in {last} 2024") for first, last in pairwise(WORDS)]
    return long + short


def _change_patient(random: Random, seed: _Named, others: Sequence[_Named]) -> _Named:
    changed = {
        name: mutations.text(random, getattr(seed, name), [getattr(random.choice(others), name)])
        for name in random.choice((["text"], ["text"], ["name", "text"], ["number", "text"], ["name", "number"]))
    }
    return replace(seed, **changed)


def _finds_patient(made: _Named) -> None:
    """Take the patient out of a text in every way there is: what is left holds none that would be taken out again."""
    case = Case(code="x")
    try:
        case = with_value(case, "identity.name", made.name)
        case = with_value(case, "identity.record_number", made.number)
        case = with_value(case, "meeting.question", made.text)
    except CaseError:
        return
    case = case.model_copy(update={"origin": CaseOrigin.PATIENT})
    known = frozen().vocabulary.words
    for found in look_through(case, known):
        assert found.label
        assert list(found.lines())
    left = without_identity(case, known)
    assert parse(dump(left)) == left
    found_again = matcher_for(case, known)
    kept = left.meeting.question or ""
    assert found_again is None or not found_again.cuts(kept), "something is left of the patient"


# What is typed


def _plain(value: Any) -> None:
    """Fail for a number that is none, or that no file can hold."""
    for part in chain([value], vars(value).values() if hasattr(value, "__dict__") else ()):
        assert not (isinstance(part, float) and not math.isfinite(part)), f"{part} was read"


def _usable(found: Typed, path: str) -> None:
    """Put what was read into a case: it fits, or the case says why not."""
    for value in (found.value, *(candidate.value for candidate in found.candidates)):
        if value is None:
            continue
        json.dumps(value, allow_nan=False).encode()
        _record(path, value)


def _record(path: str, value: Any) -> None:
    try:
        case = with_value(Case(code="x"), path, value)
    except CaseError:
        return
    assert parse(dump(case)) == case


def _reads_date(text: str) -> None:
    date_order([text, text])
    is_two_ways(text)
    is_ongoing(text)
    for order in _ORDERS:
        for past in (False, True):
            found = read_date(text, meeting=_MEETING if past else None, past=past, order=order)
            for value in (found.value, *(candidate.value for candidate in found.candidates)):
                assert value is None or PartialDate.parse(value).span
                assert value is None or read_date(show_date(value)).value == value, "a date is read otherwise as shown"


def _reads_number(text: str) -> None:
    for unit in ("", "mm", "%", "mg", "Gy"):
        for whole in (False, True):
            _plain(typed_numbers.read_number(text, unit, whole=whole).value)
        _interval(typed_numbers.read_interval(text, unit))
    _interval(typed_numbers.read_percent(text))
    typed_numbers.may_be_centimetres(text)
    for unit in ("", "mm", "cm"):
        size = typed_numbers.read_size(text, unit).value
        for axis in size.axes_mm if size else ():
            _plain(axis)
    _usable(typed_numbers.read_diameter(text), "brain.largest_mm")
    _usable(typed_numbers.read_count(text), "brain.number")
    _usable(typed_numbers.read_number(text, whole=True), "patient.ecog")
    _usable(typed_numbers.read_number(text, "%"), "organs.lvef_percent")
    texts = read_texts(text)
    if texts.value:
        show_texts(texts.value)
    read_text(text)


def _interval(found: Typed) -> None:
    for value in (found.value, *(candidate.value for candidate in found.candidates)):
        if value is not None:
            value.shown("mm")
            _plain(value.low)
            _plain(value.high)


def _reads_duration(text: str) -> None:
    durations.read_course(text)
    durations.read_months(text)
    for unit in ("", "mm", "cm"):
        if sizes := read_dated_sizes(text, unit, read_date).value:
            show_dated_sizes(sizes)
    length = durations.read_duration(text)
    relative = durations.read_relative(text)
    for anchor in (PartialDate(2024), PartialDate(1900, 1, 1), PartialDate(2200, 12, bound=">")):
        if relative is not None:
            durations.days_from(anchor, relative)
        if length is not None:
            durations.end_of(anchor, length)


def _reads_receptor(text: str) -> None:
    found = [receptors.read_ihc(text), receptors.read_ish(text), receptors.read_ki67(text)]
    found += [receptors.read_hormone(text, name) for name in ("er", "pr")]
    for receptor in found:
        json.dumps(dict(receptor.fields), allow_nan=False).encode()


def _reads_radiotherapy(text: str) -> None:
    found = read_radiotherapy(text)
    for value in (found.dose_gy, found.fractions, *(candidate.value for candidate in found.candidates)):
        _plain(value)
    list(shown(found))


def _reads_drugs(text: str) -> None:
    vocabulary = frozen().vocabulary
    found = read_drugs(text, vocabulary)
    for name in found.typed.value or ():
        open_meanings(name, vocabulary)
    vocabulary.resolve(text)


def _tables() -> Sequence[str]:
    return [path.read_text(encoding="utf-8") for path in (*sorted(SEEDS.glob("table-*.txt")), SEEDS / "letter.txt")]


def _columns(path: str) -> Sequence[Any]:
    field = field_by_path()[path]
    assert field.item is not None
    return item_fields(field.item)


def _reads_table(text: str) -> None:
    """Paste as the window does, take the first answer to each of the first questions, and add what was read."""
    from her2board.gui.form.paste_reading import PasteReading

    is_running_text(text)
    rows = cells_of(text)
    assert len({len(row) for row in rows}) < 2
    for path in _TABLES:
        if not rows or too_large(text, rows):
            return
        reading = PasteReading(_columns(path), rows, PasteContext(frozen().vocabulary, _MEETING))
        for _ in range(6):
            question = reading.question()
            if question is None:
                break
            question.candidates[0].value()
        entries = [line.entry.entry for line in reading.lines]
        for entry in entries:
            for value in entry.values():
                json.dumps(value, allow_nan=False)
        _record(path, {"completeness": "partial", "items": entries})
        _record(path, entries)


# PDF


def _pdfs() -> Sequence[bytes]:
    return [golden(stem).data for stem in ("cr18-untreated-asymptomatic", "cr03-almost-empty")]


def _reads_pdf(data: bytes) -> None:
    found = read_pdf(data)
    for finding in found.findings():
        assert str(finding)
    for carried in found.index.cases:
        found.case(carried)


def targets() -> Iterator[Target]:
    """Yield every reader."""
    change = mutations.json_bytes
    yield Target("case", _cases, change, _reads_case, (CaseError,), 12)
    yield Target("case shown", _cases, change, _shows_case, (), 2)
    yield Target("clinic", _documents(SEEDS / "clinic.json"), change, _reads_clinic, (ClinicError,), 8)
    local = [RIVERSIDE.encode()]
    yield Target("local file", lambda: local, _change_bytes, _reads_local, (PackError, BrokenOverlayError), 6)
    yield Target("order", lambda: [(SEEDS / "order.txt").read_bytes()], _change_bytes, _reads_order, (CommandError,), 6)
    settings = [(SEEDS / "settings.ini").read_bytes()]
    yield Target("settings", lambda: settings, _change_bytes, _reads_settings, (), 1)
    yield Target("names", _patients, _change_patient, _finds_patient, (), 3)
    yield Target("unsaved", _unsaved, _change_unsaved, _reads_unsaved, (), 4)
    yield Target("lock", _documents(SEEDS / "lock.json"), change, _reads_lock, (), 4)
    yield Target("record", lambda: list(_evidence()), _change_evidence, _reads_record, (), 8)
    yield Target("release", lambda: list(_evidence()), _change_evidence, _reads_release, (BrokenReleaseError,), 1)
    text = mutations.text
    yield Target("dates", _lines("dates"), text, _reads_date, (), 12)
    yield Target("numbers", _lines("numbers"), text, _reads_number, (), 10)
    yield Target("durations", _lines("durations"), text, _reads_duration, (), 8)
    yield Target("receptors", _lines("receptors"), text, _reads_receptor, (), 8)
    yield Target("radiotherapy", _lines("radiotherapy"), text, _reads_radiotherapy, (), 8)
    yield Target("drugs", _lines("drugs"), text, _reads_drugs, (), 4)
    yield Target("tables", _tables, text, _reads_table, (), 2)
    yield from exchange_targets()
    yield Target("pdf", _pdfs, mutations.pdf, _reads_pdf, (ForeignPdfError, CaseError), 1)
