"""The commands 'import' and 'export': files for review, cases of what was accepted, and nothing half-written."""

import json
from pathlib import Path
from typing import Any

import pytest
from support.command_line import Run
from support.fhir import LOINC, SNOMED, bundle, coded, condition, observation, patient

from her2board import paths
from her2board.case.edit import with_absence, with_value
from her2board.case.model import Absence, Case
from her2board.case.storage import load, save

EXAMPLE = paths.resources_dir() / "examples" / "b07-invented-complete.her2case"
ECOG = coded(LOINC, "89247-1")


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "record.json"
    bodies = [
        patient(gender="female", name=[{"family": "Nemo"}]),
        condition("bm", coded(SNOMED, "94225005"), "2024-03"),
        observation("a", ECOG, "2025-01-07", valueInteger=1),
        observation("b", ECOG, "2025-01-07", valueInteger=2),
        observation("k", "Karnofsky", "2025-01-07", valueString="80"),
    ]
    path.write_text(json.dumps(bundle(*bodies)), encoding="utf-8")
    return path


def test_proposals_are_printed_with_what_contradicts_itself_and_without_names(record: Path, run: Run) -> None:
    done = run("import", record)
    assert done.status == 0
    assert "Patient/p: 5 proposals, 1 problems, 1 seen and not offered" in done.out
    assert "tumour.brain_date = 2024-03  [stated]  Condition/bm" in done.out
    assert "! Observation/a, Observation/b: ECOG: 1 and 2 on the same day" in done.out
    assert "Nemo" not in done.out + done.err


def test_class_a_takes_over_what_is_stated_and_not_contradicted(record: Path, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "new.her2case"
    done = run("import", record, "--accept-class", "A", "-o", out)
    assert (done.status, done.out) == (0, "")
    case = load(out)
    assert (case.code, case.patient.sex, str(case.tumour.brain_date)) == ("new", "female", "2024-03")
    assert (case.patient.ecog, case.patient.kps, case.identity.name) == (None, None, None)
    (kept,) = (one for one in case.sentences if one.field == "tumour.brain_date")
    assert (kept.source.kind, kept.source.place) == ("record", "Condition/bm, onsetDateTime")
    assert "2024-03" in kept.sentence


def _reviewed(run: Run, record: Path, tmp_path: Path, into: Path | None = None, **changed: Any) -> Path:
    body = json.loads(run("import", record, "--json", *(("--into", into) if into else ())).out)
    for proposal in body["proposals"]:
        if proposal["field"] in changed:
            proposal["value"] = changed[proposal["field"]]
    body["accepted"] = [p["id"] for p in body["proposals"] if p["field"] in ("patient.ecog", "patient.kps")]
    path = tmp_path / "reviewed.json"
    path.write_text(json.dumps(body), encoding="utf-8")
    return path


def test_a_reviewed_file_gives_a_case_of_what_was_accepted_and_chosen(record: Path, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "case.her2case"
    reviewed = _reviewed(run, record, tmp_path, **{"patient.ecog": 2})
    assert run("import", reviewed, "-o", out, "--code", "K7").status == 0
    case = load(out)
    assert (case.code, case.patient.ecog, case.patient.kps, case.tumour.brain_date) == ("K7", 2, 80, None)
    assert {one.field for one in case.sentences} == {"patient.ecog", "patient.kps"}


def test_a_value_written_by_hand_into_a_reviewed_file_has_no_sentence(record: Path, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "case.her2case"
    reviewed = _reviewed(run, record, tmp_path, **{"patient.ecog": 3})
    assert run("import", reviewed, "-o", out).status == 0
    assert (load(out).patient.ecog, {one.field for one in load(out).sentences}) == (3, {"patient.kps"})
    body = json.loads(reviewed.read_text(encoding="utf-8"))
    body["proposals"][0]["sentences"] = [{"sentence": "made up"}]
    body["accepted"] = [body["proposals"][0]["id"]]
    reviewed.write_text(json.dumps(body), encoding="utf-8")
    done = run("import", reviewed, "-o", tmp_path / "other.her2case")
    assert done.status == 1
    assert "not those that the program wrote" in done.err


@pytest.mark.parametrize(
    ("value", "said"),
    [(None, "choose one of its readings"), (9, "patient.ecog: 9 is above"), ("two", "patient.ecog")],
)
def test_an_accepted_value_that_cannot_be_is_refused_and_nothing_is_written(
    value: Any, said: str, record: Path, run: Run, tmp_path: Path
) -> None:
    out = tmp_path / "case.her2case"
    done = run("import", _reviewed(run, record, tmp_path, **{"patient.ecog": value}), "-o", out)
    assert done.status == 1
    assert said in done.err
    assert not out.exists()


@pytest.fixture
def open_case(tmp_path: Path) -> Path:
    """A case that records Karnofsky 60 and asked for the sex."""
    path = tmp_path / "k1.her2case"
    save(with_absence(with_value(Case(code="K1"), "patient.kps", 60), "patient.sex", Absence(reason="pending")), path)
    return path


def test_into_a_case_the_recorded_value_is_beside_the_one_read_and_only_empty_fields_are_filled(
    record: Path, open_case: Path, run: Run, tmp_path: Path
) -> None:
    before = open_case.read_bytes()
    shown = run("import", record, "--into", open_case)
    assert "patient.kps = 80" in shown.out
    assert "recorded now: 60" in shown.out
    assert open_case.read_bytes() == before
    done = run("import", record, "--into", open_case, "--accept-class", "A")
    assert (done.status, "tumour.brain_date: not recorded -> 2024-03" in done.err) == (0, True)
    case = load(open_case)
    assert (case.patient.kps, str(case.tumour.brain_date), case.patient.sex) == (60, "2024-03", "female")
    assert case.absences == {}
    assert [one.source.place for one in case.sentences if one.field == "tumour.brain_date"] == [
        "Condition/bm, onsetDateTime"
    ]
    assert open_case.with_name("k1.her2case.bak").read_bytes() == before
    again = open_case.read_bytes()
    run("import", record, "--into", open_case, "--accept-class", "A")
    assert open_case.read_bytes() == again


def test_what_is_recorded_gives_way_only_to_what_a_person_lists(record: Path, open_case: Path, run: Run) -> None:
    proposals = json.loads(run("import", record, "--into", open_case, "--json").out)["proposals"]
    ids = {one["field"]: one["id"] for one in proposals}
    assert [one["recorded"] for one in proposals if one["field"] == "patient.kps"] == [60]
    refused = run("import", record, "--into", open_case, "--accept", ids["patient.ecog"])
    assert (refused.status, "choose one of its readings" in refused.err) == (1, True)
    assert "no proposal has the id 'p99'" in run("import", record, "--into", open_case, "--accept", "p99").err
    assert load(open_case).patient.kps == 60
    listed = f"{ids['patient.kps']},{ids['patient.ecog']}=2"
    assert "patient.kps: 60 -> 80" in run("import", record, "--into", open_case, "--accept", listed).err
    assert (load(open_case).patient.kps, load(open_case).patient.ecog) == (80, 2)


def test_a_file_that_was_reviewed_without_the_case_or_before_it_changed_replaces_nothing(
    record: Path, open_case: Path, run: Run, tmp_path: Path
) -> None:
    alone = _reviewed(run, record, tmp_path, **{"patient.ecog": 2})
    done = run("import", alone, "--into", open_case)
    assert (done.status, "patient.kps is recorded as 60" in done.err) == (1, True)
    beside = _reviewed(run, record, tmp_path, into=open_case, **{"patient.ecog": 2})
    save(with_value(load(open_case), "patient.kps", 50), open_case)
    assert "patient.kps is recorded as 50" in run("import", beside, "--into", open_case).err
    save(with_value(load(open_case), "patient.kps", 60), open_case)
    assert run("import", beside, "--into", open_case).status == 0
    assert (load(open_case).patient.kps, load(open_case).patient.ecog) == (80, 2)
    save(Case(code="K2"), open_case)
    assert "reviewed beside the case K1, not K2" in run("import", beside, "--into", open_case).err


def test_what_is_wrong_with_a_file_is_said_with_its_place(run: Run, tmp_path: Path, record: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text('{"resourceType": "Bundle",\n "entry": [1]}', encoding="utf-8")
    done = run("import", broken)
    assert (done.status, "broken.json: Bundle.entry[0]: an entry is no object" in done.err) == (1, True)
    assert "no record 'x': the files hold Patient/p" in run("import", record, "--record", "x").err
    assert "cannot be read" in run("import", tmp_path / "none.csv").err
    assert "name the case file" in run("import", record, "--accept-class", "A").err


def test_a_table_is_read_with_a_map_that_was_drafted_and_corrected(run: Run, tmp_path: Path) -> None:
    table, columns, out = tmp_path / "t.csv", tmp_path / "map.yaml", tmp_path / "c.her2case"
    table.write_text("case,ECOG,LVEF\nA,1,60\nB,2,55\n", encoding="utf-8")
    assert run("import", table, "--draft-map", columns).status == 0
    columns.write_text(columns.read_text(encoding="utf-8").replace("drafted: true\n", ""), encoding="utf-8")
    assert "several patients (A, B)" in run("import", table, "--map", columns, "--accept-class", "A", "-o", out).err
    assert run("import", table, "--map", columns, "--accept-class", "A", "--record", "B", "-o", out).status == 0
    assert (load(out).patient.ecog, load(out).organs.lvef_percent) == (2, 55)


def test_a_case_leaves_as_fhir_and_what_is_not_in_it_is_said(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "bundle.json"
    done = run("export", EXAMPLE, "--as", "fhir", "-o", out, "--reviewed")
    assert done.status == 0
    assert "mCODE cannot say" in done.err
    absent = tmp_path / "absent.her2case"
    save(with_absence(Case(code="x"), "patient.kps", Absence(reason="declined")), absent)
    assert "Karnofsky: reason for absence" in run("export", absent, "--as", "fhir", "-o", tmp_path / "b.json").err
    assert json.loads(out.read_text(encoding="utf-8"))["meta"]["profile"][0].endswith("mcode-patient-bundle")
    assert "tumour.brain_date = 2026-11-17" in run("import", out).out


def test_cases_leave_as_a_table_with_its_dictionary(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "registry.csv"
    assert run("export", EXAMPLE, "--as", "csv", "-o", out).status == 0
    assert out.read_text(encoding="utf-8").startswith("record_id,redcap_repeat_instrument")
    assert "Variable / Field Name" in (tmp_path / "registry-dictionary.csv").read_text(encoding="utf-8")
    assert "two cases have the code" in run("export", EXAMPLE, EXAMPLE, "--as", "csv", "-o", out).err


def test_a_case_leaves_as_json_and_never_over_a_case(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "copy.json"
    assert run("export", EXAMPLE, "--as", "json", "-o", out).status == 0
    assert load(out) == load(EXAMPLE)
    copy = tmp_path / "other.her2case"
    copy.write_bytes(EXAMPLE.read_bytes())
    done = run("export", EXAMPLE, "--as", "json", "-o", copy)
    assert (done.status, "it is a case file" in done.err) == (1, True)
    assert "one at a time" in run("export", EXAMPLE, copy, "--as", "fhir", "-o", out).err
