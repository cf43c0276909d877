"""What once brought a reader down, or kept it busy for ever, each with the message that a person gets now."""

import json
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from support.pages import AS_OF, FOLDER, golden
from support.releases import frozen

from her2board.assessment.assess import assess
from her2board.briefing.compose import compose
from her2board.capture.clean_text import clean
from her2board.capture.dated_sizes import read_dated_sizes
from her2board.capture.drug_names import read_drugs
from her2board.capture.durations import read_duration, read_relative
from her2board.capture.radiotherapy import read_radiotherapy
from her2board.capture.receptors import read_hormone
from her2board.capture.tables.cells import cells_of, too_large
from her2board.capture.tables.columns import heading_target, targets_of
from her2board.capture.typed_dates import read_date
from her2board.capture.typed_numbers import read_count, read_number, read_percent, read_size
from her2board.case.checks import CaseError
from her2board.case.edit import with_value
from her2board.case.fields import field_by_path, item_fields
from her2board.case.model import Case
from her2board.case.reading import UnreadableError, read_whole
from her2board.case.storage import parse
from her2board.evidence import yaml as strict_yaml
from her2board.gui.base.recent import RecentFiles
from her2board.gui.document.case_lock import CaseLock
from her2board.gui.document.left_behind import Unreadable, examined
from her2board.gui.document.unsaved import left_behind
from her2board.gui.window.appearance import Appearance
from her2board.pdf.enclosure import content_hash
from her2board.pdf.reading import read_pdf
from her2board.wording import speak, spoken_language

_NINES = "9" * 5000
_BOMB = "a: &a [1, 1]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in pairwise("abcdefghijklmnopqrst"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[" * 100_000, "more than 30 lists and keys inside each other"),
        ("- " * 100_000 + "a", "more than 30 lists and keys inside each other"),
        (_BOMB, "more than 200,000 values"),
        ("a: !!int abc", "write the value without it"),
        ("a: !!timestamp 2026-02-30", "write the value without it"),
        ("a: !!bool maybe", "write the value without it"),
        ("a: !!map [1]", "write the value without it"),
        ("a: {{b: 1}: 2}", "a key is one word"),
        ("a: &a [*a]", "recursive"),
    ],
    ids=["flow", "dashes", "aliases", "int", "timestamp", "bool", "map", "key", "recursion"],
)
def test_a_record_that_is_no_plain_data_is_a_problem_of_its_file_and_line(text: str, said: str) -> None:
    data, problem = strict_yaml.read(text, "trials/x.yaml")
    assert data is None
    assert problem is not None
    assert problem.line
    assert said in str(problem)


def test_a_number_of_thousands_of_digits_in_a_record_stays_text() -> None:
    data, _ = strict_yaml.read(f"a: {_NINES}\nb: 0.{_NINES}", "trials/x.yaml")
    assert data == {"a": _NINES, "b": f"0.{_NINES}"}


@pytest.mark.parametrize("text", [_NINES, f"{_NINES}.61", f"{_NINES} mm", f"7/{_NINES}", f"{_NINES} fx"])
def test_a_text_too_long_for_an_entry_is_refused_as_such(text: str) -> None:
    problems = [read(text).problem for read in (read_number, read_percent, read_size, read_count, read_date)]
    problems += [read_number(text, whole=True).problem, read_hormone(text, "er").problem]
    problems.append(read_radiotherapy(text).question)
    for problem in problems:
        assert problem == f"{len(text)} characters, where one entry has at most 300: shorten it"
    assert read_duration(text) is None


@pytest.mark.parametrize("text", ["il y a 1900 ans", "9999999999 years ago", "after 99999 months"])
def test_a_length_that_nobody_lives_is_no_duration(text: str) -> None:
    assert read_relative(text) is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("0-05-01", "'2001-05-00' is not a date: May 2001 has no day 0"),
        ("3/4/0026", "'0026-04-03' is not a plausible date: the year lies outside 1900 to 2200"),
        ("2026-03-32T23:00:00Z", "'2026-03-32' is not a date: Mar 2026 has no day 32"),
        ("0 March", "the year is missing"),
    ],
)
def test_a_day_that_does_not_exist_is_offered_to_nobody(text: str, problem: str) -> None:
    found = read_date(text, meeting=date(2026, 11, 26))
    assert (found.value, found.candidates, found.problem) == (None, (), problem)


def test_a_text_of_many_symbols_is_cleaned_sign_by_sign() -> None:
    assert clean("<" + "\uf0b7" * 100_000).text == "<" + "\uf0b7" * 100_000


def test_sizes_with_their_days_are_parted_in_one_look_at_each_space() -> None:
    found = read_dated_sizes("8 mm 2025-10" + " " * 100_000 + "x", "mm", read_date)
    assert found.problem
    assert read_dated_sizes("8 mm 2025-10 -> 12 mm 2026-01", "mm", read_date).value


def test_a_heading_as_long_as_a_page_names_no_column() -> None:
    columns = item_fields(_item("tumour.specimens"))
    assert heading_target("[" * 30_000 + "mm", columns) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("drug\tstart\n" + "x\t2024\n" * 501, "More than 500 lines are on the clipboard; nothing was read"),
        ("a" + "\tb" * 10_000, "More than 60 columns are on the clipboard; nothing was read"),
        ("a\tb\n" * 300_000, "More than 1,000,000 characters are on the clipboard; nothing was read"),
        ("drug\tstart\nx\t2024", ""),
    ],
    ids=["lines", "columns", "characters", "fine"],
)
def test_a_copied_text_too_large_for_a_table_is_refused_by_its_size(text: str, said: str) -> None:
    rows = cells_of(text)
    assert too_large(text, rows) == said
    if not said:
        assert all(targets_of(rows, item_fields(_item("systemic.lines")), headed=True))


def _item(path: str) -> type:
    item = field_by_path()[path].item
    assert item is not None
    return item


def test_a_case_with_a_number_of_hundreds_of_digits_is_refused_by_field() -> None:
    body = {"code": "x", "patient": {"ecog": int("9" * 400)}}
    with pytest.raises(CaseError, match=r"patient\.ecog: 9{57}"):
        parse(json.dumps({"format": "her2board-case", "schema_version": 2, "case": body}))


def test_a_case_with_one_of_very_many_keys_twice_is_refused_by_its_name() -> None:
    keys = "".join(f'"k{n}": 1, ' for n in range(150_000))
    with pytest.raises(CaseError, match="k149999: duplicate field in the file; keep one"):
        parse('{"case": {' + keys + '"k149999": 2}}')


@pytest.mark.parametrize("start", [{"__class__": {}}, None, 5, [], "tomorrow"])
def test_an_entry_that_no_table_takes_hides_neither_its_case_nor_the_next(start: object, tmp_path: Path) -> None:
    case = (FOLDER / "cr03-almost-empty.her2case").read_text(encoding="utf-8")
    unfinished = [{"path": "systemic.lines", "entry": {"start": start}}, {"path": "patient.ecog", "text": "two"}]
    kept = {"file": None, "digest": "", "case": case, "unfinished": unfinished}
    (tmp_path / "1.unsaved").write_text(json.dumps(kept), encoding="utf-8")
    (tmp_path / "2.unsaved").write_text(json.dumps({**kept, "unfinished": []}), encoding="utf-8")
    (tmp_path / "0.unsaved").write_text("{", encoding="utf-8")
    damaged, *found = [each for slot in left_behind(tmp_path) if (each := examined(slot)) is not None]
    assert isinstance(damaged, Unreadable)
    assert damaged.why == "it is damaged, or from another version of the program"
    assert [[entry.path for entry in each.unfinished] for each in found] == [["patient.ecog"], []]
    assert [label for label, *_ in found[0].lines][-1] == "Systemic treatment, cannot be entered again"
    for each in (damaged, *found):
        each.slot.release()


def test_what_was_left_behind_of_a_file_with_an_impossible_name_is_still_offered(tmp_path: Path) -> None:
    case = '{"format": "her2board-case", "schema_version": 2, "case": {"code": "X-1"}}'
    kept = {"file": "\0", "digest": "", "case": case, "unfinished": []}
    (tmp_path / "1.unsaved").write_text(json.dumps(kept), encoding="utf-8")
    (found,) = [each for slot in left_behind(tmp_path) if (each := examined(slot)) is not None]
    assert not isinstance(found, Unreadable)
    assert found.case.code == "X-1"
    found.slot.release()


def test_a_name_with_a_null_character_is_refused_in_words() -> None:
    with pytest.raises(UnreadableError, match="that no name of a file can have"):
        read_whole(Path("a\0b"), 10)


def _refused(case: str) -> str:
    with pytest.raises(CaseError) as error:
        parse('{"format": "her2board-case", "schema_version": 2, "case": ' + case + "}")
    return str(error.value)


@pytest.mark.parametrize("levels", [11, 300, 900, 100_000])
def test_a_case_nested_without_end_is_refused(levels: int) -> None:
    assert _refused('{"code": ' + "[" * levels + "]" * levels + "}").endswith("nested too deeply to be a case file")


def test_a_list_longer_than_any_history_is_refused_before_anything_is_made_of_it() -> None:
    items = ",".join(["{}"] * 301)
    said = _refused('{"code": "x", "brain": {"lesions": {"completeness": "complete", "items": [' + items + "]}}}")
    assert said == "brain.lesions.items: 301 entries, and at most 300 fit; keep those that matter for the discussion"
    with pytest.raises(CaseError, match=r"brain\.lesions\.items: 301 entries"):
        with_value(Case(code="x"), "brain.lesions", {"completeness": "complete", "items": [{}] * 301})


def test_a_file_with_problems_without_number_lists_a_hundred_and_counts_the_rest() -> None:
    items = ",".join(['{"a": 0, "b": 0}'] * 300)
    lines = _refused(
        '{"code": "x", "brain": {"lesions": {"completeness": "complete", "items": [' + items + "]}}}"
    ).split("\n")
    assert (len(lines), lines[-1]) == (101, "and 500 more problems")


def test_the_longest_lists_are_assessed_and_put_into_words() -> None:
    lines = [{"drugs": ["trastuzumab"], "start": f"20{n % 26:02d}-0{1 + n % 9}"} for n in range(60)]
    case = Case(code="x")
    case = with_value(case, "systemic.lines", {"completeness": "complete", "items": lines})
    case = with_value(case, "brain.lesions", {"completeness": "complete", "items": [{}] * 300})
    assert compose(case, assess(case, frozen(), AS_OF), frozen())


def test_a_drug_name_of_brackets_alone_is_not_known() -> None:
    case = with_value(Case(code="x"), "systemic.lines", {"completeness": "partial", "items": [{"drugs": ["(" * 300]}]})
    assert frozen().vocabulary.resolve("(" * 300) == ()
    assert compose(case, assess(case, frozen(), AS_OF), frozen())


def test_a_page_of_words_is_offered_no_drug() -> None:
    text = " ".join(f"word{n}x" for n in range(20_000))
    assert read_drugs(text, frozen().vocabulary).typed.candidates == ()


@pytest.mark.parametrize("since", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", -1e13, "x" * 400])
def test_a_lock_of_no_day_that_can_be_shown_holds_its_case_all_the_same(since: object, tmp_path: Path) -> None:
    path = tmp_path / "x.her2case"
    path.write_text("")
    note = {"token": "x", "user": "anna", "host": "ward", "machine": "ward/1", "process": 1, "since": since}
    (tmp_path / ".x.her2case.lock").write_text(json.dumps(note))
    assert str(CaseLock().take(path)).startswith("a window that does not say whose it is (since ")


@pytest.mark.parametrize(
    "line", ["text_size=" + _NINES, "recent_files=" + "x" * 5000, "language=" + "it" * 5000, "language=../it"]
)
def test_a_setting_that_nobody_chose_is_as_if_there_were_none(line: str, tmp_path: Path) -> None:
    path = tmp_path / "her2board.ini"
    path.write_text(f"[General]\n{line}\n")
    settings = QSettings(str(path), QSettings.Format.IniFormat)
    personal = Appearance(settings).personal()
    assert personal.text_size == 100
    assert RecentFiles(settings).paths() == ()
    speak(personal.language)
    assert spoken_language() == "en"


def test_a_page_of_text_that_is_none_is_hashed_all_the_same() -> None:
    found = read_pdf(golden("cr03-almost-empty").data)
    assert len(content_hash("{}", found.index.cases[0].basis, "\ud800")) == 12
