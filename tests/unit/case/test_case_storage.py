"""The case file: lossless, refused with field and remedy, and never lost on the way to the disk."""

import errno
import json
import os
import re
import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from support.strategies import case_of, cases, full_case, lines
from support.version_1 import as_version_1

from her2board.case import storage
from her2board.case.checks import CaseError
from her2board.case.model import Case
from her2board.case.reading import CASE_FILE
from her2board.case.storage import dump, load, parse, save


def document(case: dict[str, Any] | None = None, **more: Any) -> str:
    body = {"format": "her2board-case", "schema_version": 2, "case": case or {"code": "T1"}, **more}
    return json.dumps(body)


def problems_of(text: str) -> str:
    with pytest.raises(CaseError) as error:
        parse(text)
    return str(error.value)


def test_a_case_with_every_field_filled_comes_back_as_it_was() -> None:
    case = full_case()
    assert parse(dump(case)) == case


@given(cases())
def test_any_case_comes_back_as_it_was(case: Case) -> None:
    assert parse(dump(case)) == case


def test_the_same_case_gives_the_same_text() -> None:
    assert dump(full_case()) == dump(parse(dump(full_case())))


def test_what_is_not_recorded_is_left_out_of_the_file() -> None:
    text = dump(case_of({"patient.age": 56}))
    assert "null" not in text
    assert json.loads(text)["case"]["patient"] == {"age": 56}
    assert "neurology" not in json.loads(text)["case"]


def test_an_asked_and_empty_list_is_kept_apart_from_one_not_asked() -> None:
    case = parse(dump(case_of({"brain.local_therapies": {"completeness": "complete"}})))
    assert case.brain.local_therapies.completeness == "complete"
    assert parse(dump(case_of())).brain.local_therapies.completeness == "not_asked"


def test_text_in_any_script_survives(tmp_path: Path) -> None:
    case = case_of({"patient.goals": '<b>&\u202e עברית 😀 Größe \\ " \n'})
    save(case, tmp_path / "a.her2case")
    assert load(tmp_path / "a.her2case") == case


@pytest.mark.parametrize(
    ("case", "path"),
    [
        ({"code": "T1", "patient": {"agee": 3}}, "patient.agee: no such field"),
        ({"code": "T1", "nickname": "x"}, "nickname: no such field"),
        (
            {"code": "T1", "brain": {"lesions": {"completeness": "complete", "items": [{"mm": 3}]}}},
            "brain.lesions.items[0].mm: no such field",
        ),
        (
            {"code": "T1", "absences": {"patient.agee": {"reason": "pending"}}},
            "absences.patient.agee: no field is called",
        ),
    ],
)
def test_an_unknown_key_is_refused_with_its_path(case: dict[str, Any], path: str) -> None:
    assert path in problems_of(document(case))


@pytest.mark.parametrize(
    ("recorded", "message"),
    [
        ({"patient": {"age": "56"}}, "patient.age: '56' does not fit"),
        ({"patient": {"age": 56.5}}, "patient.age: 56.5 does not fit"),
        ({"urgency": {"urgent": "yes"}}, "urgency.urgent: 'yes' does not fit"),
        ({"urgency": {"urgent": 1}}, "urgency.urgent: 1 does not fit"),
        ({"brain": {"largest_mm": -3}}, "brain.largest_mm: -3 is below the smallest possible value 0"),
        ({"patient": {"ecog": 7}}, "patient.ecog: 7 is above the largest possible value 4"),
        ({"patient": {"kps": 75}}, "patient.kps: 75 is not a multiple of 10"),
        (
            {"tumour": {"specimens": {"completeness": "complete", "items": [{"ihc": "4+"}]}}},
            "tumour.specimens.items[0].ihc: '4+' is not one of '0', 'ultralow', '1+', '2+' or '3+'",
        ),
        (
            {"brain": {"local_therapies": {"completeness": "complete", "items": [{"kind": "surgery", "dose_gy": 0}]}}},
            "brain.local_therapies.items[0].dose_gy: 0 is not above 0",
        ),
        (
            {"brain": {"imaging_date": "2025-02-30"}},
            "brain.imaging_date: '2025-02-30' is not a date: Feb 2025 has no day 30",
        ),
        ({"brain": {"imaging_date": 20250228}}, "brain.imaging_date: a date is written as text"),
        ({"brain": {"cns_class": []}}, "brain: cns_class names at least one class"),
        ({"brain": {"cns_class": ["stable", "stable"]}}, "brain: cns_class names a class twice"),
        ({"brain": {"lesion_count": {"low": 5, "high": 2}}}, "the upper number 2 is below the lower number 5"),
        ({"brain": {"lesions": {"items": [{}]}}}, "a list with entries is 'complete' or 'partial', not 'not_asked'"),
        (
            {"brain": {"local_therapies": {"completeness": "complete", "items": [{}]}}},
            "brain.local_therapies.items[0].kind: this field is required",
        ),
        ({"patient": {"frailty": "x" * 301}}, "patient.frailty: 301 characters, at most 300 fit; shorten the text"),
        ({"patient": []}, "patient: this value does not fit"),
        ({"patient": {"age": "9" * 100}}, "9999…' does not fit"),
    ],
)
def test_a_wrong_value_is_refused_with_field_value_and_remedy(recorded: dict[str, Any], message: str) -> None:
    assert message in problems_of(document({"code": "T1", **recorded}))


def test_stop_before_start_is_refused_with_both_dates() -> None:
    line = {"drugs": ["tucatinib"], "start": "2026-03", "stop": "2026-02"}
    message = problems_of(
        document({"code": "T1", "systemic": {"lines": {"completeness": "complete", "items": [line]}}})
    )
    assert message == ("systemic.lines.items[0]: stop 2026-02 lies before start 2026-03: correct one of the two dates")


def test_a_stop_in_the_month_of_the_start_is_kept() -> None:
    assert case_of(lines({"start": "2026-03-20", "stop": "2026-03"})).systemic.lines.items[0].stop is not None


def test_a_line_that_is_ongoing_has_no_stop() -> None:
    line = {"ongoing": True, "stop": "2026-02"}
    body = {"code": "T1", "systemic": {"lines": {"completeness": "complete", "items": [line]}}}
    assert "ongoing, but stopped 2026-02: clear one of the two" in problems_of(document(body))


def test_all_problems_of_a_case_are_reported_together() -> None:
    message = problems_of(document({"code": "", "patient": {"ecog": 7, "age": "x"}, "brain": {"nothing": 1}}))
    assert len(message.splitlines()) == 4


def test_a_newer_version_is_refused_and_says_to_update() -> None:
    assert problems_of(document(schema_version=3)) == (
        "schema_version: version 3 is newer than this program reads (2); update the program"
    )


@pytest.mark.parametrize("version", [0, "1", True, None, 1.0])
def test_a_version_that_is_no_number_is_refused(version: object) -> None:
    assert "is not a version number" in problems_of(document(schema_version=version))


@pytest.mark.parametrize("text", ["[]", "{}", '"case"', '{"format": "other"}'])
def test_another_document_is_called_no_case_file(text: str) -> None:
    assert problems_of(text) == "format: this is not a case file: 'format' is not 'her2board-case'"


def test_keys_beside_the_case_are_refused() -> None:
    assert problems_of(document(extra=1, another=2)) == (
        "another: no such field; remove it\nextra: no such field; remove it"
    )


def test_a_file_without_its_case_is_refused() -> None:
    assert (
        problems_of(json.dumps({"format": "her2board-case", "schema_version": 2})) == "case: the case itself is missing"
    )


def test_a_duplicate_field_is_refused_by_name() -> None:
    text = '{"format": "her2board-case", "schema_version": 2, "case": {"code": "A", "patient": {"age": 5, "age": 6}}}'
    assert problems_of(text) == "age: duplicate field in the file; keep one"


def test_what_is_not_json_is_refused_with_its_line() -> None:
    assert problems_of('{\n  "format": "her2board-case",\n  oops\n}').startswith("line 3, column 3: not JSON")
    assert "line 1, column 1" in problems_of("")


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000])
def test_endless_nesting_is_refused(text: str) -> None:
    assert "nested too deeply" in problems_of(text)


def test_numbers_that_are_none_are_refused() -> None:
    text = document({"code": "T1", "brain": {"largest_mm": 1}}).replace('"largest_mm": 1', '"largest_mm": NaN')
    assert "brain.largest_mm" in problems_of(text)


def test_a_missing_file_a_folder_and_a_foreign_file_are_refused_in_words(tmp_path: Path) -> None:
    for path in (tmp_path / "none.her2case", tmp_path):
        with pytest.raises(CaseError, match="cannot be read"):
            load(path)
    (tmp_path / "b").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CaseError, match="not a text file in UTF-8"):
        load(tmp_path / "b")


def test_a_huge_file_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "huge.her2case"
    path.write_text(" " * (CASE_FILE + 1))
    with pytest.raises(CaseError, match="more than 2,000,000 bytes, and no more are read"):
        load(path)


def test_sixty_lines_of_therapy_are_kept(tmp_path: Path) -> None:
    case = case_of(lines(*({"drugs": [f"drug {n}"]} for n in range(60))))
    save(case, tmp_path / "long.her2case")
    assert load(tmp_path / "long.her2case") == case


def test_saving_keeps_one_backup_of_the_version_before(tmp_path: Path) -> None:
    path = tmp_path / "a.her2case"
    for age in (50, 51, 52):
        save(case_of({"patient.age": age}), path)
    assert load(path).patient.age == 52
    assert load(tmp_path / "a.her2case.bak").patient.age == 51
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a.her2case", "a.her2case.bak"]


def version_1_file(path: Path, age: int = 50) -> str:
    text = as_version_1(case_of({"patient.age": age}))
    path.write_text(text, encoding="utf-8")
    return text


def test_the_first_save_in_the_new_form_keeps_the_old_file_for_good(tmp_path: Path) -> None:
    path, kept = tmp_path / "a.her2case", tmp_path / "a.her2case.v1"
    text = version_1_file(path)
    path.chmod(0o640)
    assert save(case_of({"patient.age": 51}), path) == kept
    for age in (52, 53):
        assert save(case_of({"patient.age": age}), path) is None
    assert kept.read_text(encoding="utf-8") == text
    assert stat.S_IMODE(kept.stat().st_mode) == 0o640
    assert kept.stat().st_nlink == 1
    assert load(tmp_path / "a.her2case.bak").patient.age == 52
    assert load(kept).patient.age == 50


def test_a_copy_of_an_old_file_that_is_there_already_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "a.her2case"
    (tmp_path / "a.her2case.v1").write_text("something else", encoding="utf-8")
    text = version_1_file(path)
    assert save(case_of(), path) == tmp_path / "a.her2case.v1-2"
    assert (tmp_path / "a.her2case.v1").read_text(encoding="utf-8") == "something else"
    path.write_text(text, encoding="utf-8")
    assert save(case_of(), path) == tmp_path / "a.her2case.v1-2", "the same file is kept once"
    version_1_file(path, age=70)
    assert save(case_of(), path) == tmp_path / "a.her2case.v1-3"
    assert load(tmp_path / "a.her2case.v1-3").patient.age == 70


def test_the_copy_of_an_old_file_takes_a_name_the_file_system_takes(tmp_path: Path) -> None:
    path = tmp_path / ("a" * 240 + ".her2case")
    text = version_1_file(path)
    kept = save(case_of(), path)
    assert kept is not None
    assert kept.read_text(encoding="utf-8") == text
    assert len(kept.name) <= 255
    assert kept.name.endswith(".v1")


def test_without_links_the_copy_of_an_old_file_is_kept_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    text = version_1_file(tmp_path / "a.her2case")
    save(case_of(), tmp_path / "a.her2case")
    names = sorted(entry.name for entry in tmp_path.iterdir())
    assert names == ["a.her2case", "a.her2case.bak", "a.her2case.v1"]
    assert (tmp_path / "a.her2case.v1").read_text(encoding="utf-8") == text


def test_an_old_file_of_which_no_copy_can_be_kept_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    text = version_1_file(tmp_path / "a.her2case")
    monkeypatch.setattr("her2board.case.storage.keep_copy", full)
    with pytest.raises(OSError, match="No space left"):
        save(case_of(), tmp_path / "a.her2case")
    assert (tmp_path / "a.her2case").read_text(encoding="utf-8") == text
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.her2case"]


@pytest.mark.parametrize("text", ["{", "[1]", '{"format": "her2board-case"}', "\udcff"])
def test_what_is_no_case_file_is_kept_as_one_backup_only(text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.her2case"
    path.write_text(text, encoding="utf-8", errors="surrogateescape")
    assert save(case_of(), path) is None
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a.her2case", "a.her2case.bak"]


def test_the_first_save_leaves_no_backup(tmp_path: Path) -> None:
    save(case_of(), tmp_path / "a.her2case")
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.her2case"]


@pytest.mark.parametrize("broken", ["fsync", "replace"])
def test_a_full_disk_while_saving_leaves_the_old_file_and_nothing_else(
    broken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.her2case"
    save(case_of({"patient.age": 50}), path)

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, broken, full)
    if broken == "replace":
        monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        save(case_of({"patient.age": 51}), path)
    monkeypatch.undo()
    assert load(path).patient.age == 50
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.her2case"]


def test_a_folder_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        save(case_of(), tmp_path / "nowhere" / "a.her2case")
    assert list(tmp_path.iterdir()) == []


def test_the_schema_of_the_case_file_describes_every_section_and_finds_its_definitions() -> None:
    schema = storage.envelope_schema()
    text = json.dumps(schema)
    assert set(schema["properties"]) == {"format", "schema_version", "case"}
    sections = set(schema["properties"]["case"]["properties"])
    assert {"code", "brain", "patient", "tumour", "systemic", "organs", "board", "absences"} <= sections
    for reference in re.findall(r'"#/\$defs/([^"]+)"', text):
        assert reference in schema["$defs"]
