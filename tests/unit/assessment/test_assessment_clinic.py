"""What a clinic sets for itself."""

import json
from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from her2board.assessment.assess import assess
from her2board.assessment.clinic import Clinic, ClinicError, applied, as_file, filled_in, read_clinic
from her2board.case.model import Case

DAY = date(2026, 11, 26)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    clinic = Clinic(institution="City", paper="letter", freshness={"brain.imaging_date": 14}, drugs={"T-DXd": False})
    path = tmp_path / "clinic.json"
    path.write_bytes(as_file(clinic))
    assert read_clinic(path) == clinic
    lines = path.read_text(encoding="utf-8").split("\n")
    assert lines[1] == ' "institution": "City",'
    assert (lines[-2], lines[-1]) == ("}", "")
    assert as_file(Clinic()) == b"{}\n"


def test_a_file_that_is_not_there_is_reported_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(ClinicError, match=r"nothing\.json: cannot be read"):
        read_clinic(tmp_path / "nothing.json")


def test_an_unknown_setting_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "clinic.json"
    path.write_text('{"colour": "red"}', encoding="utf-8")
    with pytest.raises(ClinicError, match="colour"):
        read_clinic(path)
    path.write_text('{"colour": "red", "paper": "a0"}', encoding="utf-8")
    with pytest.raises(ClinicError, match=r"(paper.*; .*colour|colour.*; .*paper)"):
        read_clinic(path)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('{"matching": "no"}', "matching"),
        ('{"freshness": {"brain.imaging_date": "14"}}', "freshness"),
        ('{"freshness": {"brain.imaging_date": 0}}', "freshness"),
        ('{"drugs": {"T-DXd": 1}}', "drugs"),
        ('{"paper": ""}', "paper"),
    ],
)
def test_a_value_of_another_kind_is_refused_not_guessed(text: str, named: str, tmp_path: Path) -> None:
    path = tmp_path / "clinic.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ClinicError, match=named):
        read_clinic(path)


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_either_paper_is_taken_and_a4_where_none_is_named(paper: str, tmp_path: Path) -> None:
    path = tmp_path / "clinic.json"
    path.write_text(json.dumps({"paper": paper}), encoding="utf-8")
    assert read_clinic(path).paper == paper
    assert Clinic().paper == "a4"


def test_settings_once_read_do_not_change() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Clinic().paper = "letter"


def test_a_clinic_without_wishes_leaves_the_release_as_it_is(library) -> None:
    assert applied(Clinic(), library, "x") is library


def test_the_limits_of_the_clinic_take_the_place_of_the_release(library) -> None:
    assert applied(Clinic(freshness={"brain.imaging_date": 3}), library, "x").limits == {"brain.imaging_date": 3}


def test_a_limit_for_a_field_without_one_is_refused(library) -> None:
    with pytest.raises(ClinicError, match=r"no limit exists for brain\.class"):
        applied(Clinic(freshness={"brain.class": 3}), library, "x")


def test_without_matching_nothing_is_compared_and_completeness_stays(library) -> None:
    plain = applied(Clinic(matching=False), library, "x")
    case = Case.model_validate_json(json.dumps({"code": "X", "urgency": {"mass_effect": True}}))
    found, full = assess(case, plain, DAY), assess(case, library, DAY)
    assert (found.cohorts, found.options) == ((), ())
    assert found.readiness == full.readiness
    assert {item.label for item in found.pause.of("alternative")} == {i.label for i in full.pause.of("alternative")}
    assert {item.state for item in found.pause.items if item.group in ("alternative", "reasonable")} == {"stated"}
    assert found.pause.bypass.open


def test_the_evidence_itself_is_never_changed(library) -> None:
    applied(Clinic(matching=False, freshness={"brain.imaging_date": 1}), library, "x")
    assert library.trials
    assert library.limits == {}


def test_a_new_case_shows_what_is_available_here(library) -> None:
    here = {"radiosurgery": "by_referral", "drugs": {"T-DXd": True, "tucatinib": False}}
    clinic = Clinic(institution="City", **here)
    avoiding = filled_in(Clinic(hippocampal_avoidance="here"), Case(code="X"))
    assert (avoiding.access.hippocampal_avoidance, avoiding.access.drugs) == ("here", {})
    case = filled_in(clinic, Case(code="X"))
    assert case.meeting.place == "City"
    assert case.access.radiosurgery == "by_referral"
    assert case.access.hippocampal_avoidance is None
    assert case.access.drugs == {"T-DXd": True, "tucatinib": False}


def test_what_the_case_records_stays() -> None:
    body = {"code": "X", "access": {"radiosurgery": "here", "drugs": {"T-DXd": False}}}
    case = Case.model_validate_json(json.dumps(body))
    clinic = Clinic(radiosurgery="not_available", drugs={"T-DXd": True, "tucatinib": True})
    filled = filled_in(clinic, case)
    assert filled.access.radiosurgery == "here"
    assert filled.access.drugs == {"T-DXd": False, "tucatinib": True}
    assert filled_in(Clinic(), case) == case
