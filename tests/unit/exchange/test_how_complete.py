"""What a list says of itself leaves with a case, and comes back as a proposal that a person settles."""

import json
from typing import Any

import pytest
from support.filled import FILLED
from support.releases import release
from support.round_trip import covered, everything, read_back, written
from support.strategies import case_of, listed

from her2board.case.model import Case
from her2board.exchange.fhir.reading import read_fhir
from her2board.exchange.into import recorded_beside, taken_into
from her2board.exchange.mcode.bundle import to_bundle
from her2board.exchange.model import Brought
from her2board.exchange.registry import registry_csv, registry_dictionary
from her2board.exchange.review import accepted_in, direct, document, listed_in, numbered
from her2board.exchange.sources import NamedBytes, bring

LINES, WHOLE = "systemic.lines", "systemic.lines.completeness"
ONE = {"drugs": ["tucatinib"], "start": "2025-01"}


def as_fhir(case: Case) -> Brought:
    (brought,) = read_fhir([("case.json", json.dumps(written(case)).encode())], release().vocabulary)
    return brought


def as_table(case: Case) -> Brought:
    (brought,) = bring([NamedBytes("t.csv", registry_csv([(case.code, case)]).encode())], release().vocabulary)
    return brought


def as_described_table(case: Case) -> Brought:
    files = [NamedBytes("t.csv", registry_csv([(case.code, case)]).encode())]
    files.append(NamedBytes("d.csv", registry_dictionary().encode()))
    (brought,) = bring(files, release().vocabulary)
    return brought


def said(brought: Brought, field: str = WHOLE) -> dict[Any, str]:
    """Return what is offered of a list as a whole, with what is asked."""
    return {one.value: one.asks for one in brought.offer.proposals if one.field == field}


def left_out(case: Case) -> tuple[str, ...]:
    return to_bundle(case, release().vocabulary).left_out


FORMS = pytest.mark.parametrize("form", [as_fhir, as_table, as_described_table])


@FORMS
def test_that_a_list_is_complete_is_asked_and_never_taken_with_others(form: Any) -> None:
    brought = form(case_of({LINES: listed(ONE)}))
    assert said(brought) == {"complete": "this entry and no other: is that so?"}
    assert WHOLE not in {one.field for one in direct([brought])}


@FORMS
def test_an_empty_list_that_is_complete_is_none_and_one_that_nobody_asked_about_says_nothing(form: Any) -> None:
    assert said(form(case_of({LINES: listed()}))) == {"complete": "there is none: is that so?"}
    assert said(form(case_of({"patient.ecog": 1}))) == {}
    assert said(form(case_of({LINES: listed(completeness="partial")}))) == {"partial": ""}


@FORMS
def test_that_the_metastatic_lines_are_complete_comes_back(form: Any) -> None:
    case = case_of({LINES: listed(ONE, completeness="partial", metastatic_complete=True)})
    assert said(form(case), "systemic.lines.metastatic_complete") == {True: "this entry and no other: is that so?"}
    none = case_of({LINES: listed(metastatic_complete=False, completeness="partial")})
    assert said(form(none), "systemic.lines.metastatic_complete") == {False: ""}


def test_a_list_of_which_an_entry_cannot_be_written_is_not_written_as_complete() -> None:
    case = case_of({"brain.lesions": listed({"diameter_mm": 9.0}, {"site": "pons"})})
    assert "brain.lesions.completeness" in left_out(case)
    assert said(as_fhir(case), "brain.lesions.completeness") == {}


def test_a_list_of_which_an_entry_is_not_read_is_not_offered_as_complete() -> None:
    bundle = written(case_of({LINES: listed(ONE, {"drugs": ["lapatinib"], "start": "2023-01"})}))
    order = next(e["resource"] for e in bundle["entry"] if e["resource"]["id"] == "line-2-drug-1")
    order["status"] = "entered-in-error"
    (brought,) = read_fhir([("case.json", json.dumps(bundle).encode())], release().vocabulary)
    assert said(brought) == {}
    assert [one.note for one in brought.offer.not_offered if one.field == WHOLE] == ["1 entries are read of 2"]


def test_what_a_person_accepts_closes_the_list_of_the_case_and_keeps_where_it_was_said() -> None:
    brought = as_fhir(case_of({LINES: listed(ONE)}))
    ids = [one.id for one in numbered([brought]) if one.proposal.field.startswith(LINES)]
    after, changes = taken_into(Case(code="x"), listed_in([brought], ids))
    assert after.systemic.lines.completeness == "complete"
    assert "systemic.lines.completeness: partial -> complete" in changes
    assert [one.field for one in after.sentences][-1] == WHOLE
    entries_alone, _ = taken_into(Case(code="x"), listed_in([brought], ids[:1]))
    assert entries_alone.systemic.lines.completeness == "partial"


def test_a_case_that_says_otherwise_is_shown_and_not_filled() -> None:
    partial = case_of({LINES: listed(ONE, completeness="partial")})
    assert recorded_beside(partial, WHOLE, ("complete",)).state == "differs"
    assert recorded_beside(case_of({LINES: listed(ONE)}), WHOLE, ("complete",)).state == "same"
    assert recorded_beside(case_of(), WHOLE, ("complete",)).state == "new"
    absent = case_of(absences={LINES: {"reason": "not_available"}})
    assert recorded_beside(absent, WHOLE, ("complete",)).state == "differs"
    brought = as_fhir(case_of({LINES: listed()}))
    (number,) = (one.id for one in numbered([brought]) if one.proposal.field == WHOLE)
    after, _ = taken_into(absent, listed_in([brought], [number]))
    assert (after.systemic.lines.completeness, after.absences) == ("complete", {})


def test_it_is_accepted_in_a_file_that_a_person_reviewed() -> None:
    body = document([as_fhir(case_of({LINES: listed()}))])
    body["accepted"] = [one["id"] for one in body["proposals"] if one["field"] == WHOLE]
    (accepted,) = accepted_in(json.dumps(body), "r.json")
    assert (accepted.field, accepted.value) == (WHOLE, "complete")


def test_a_full_case_says_of_every_list_that_it_is_complete() -> None:
    _, back = read_back(FILLED)
    lists = [path for path in everything(back) if path.endswith(".completeness")]
    assert lists == [path for path in covered(FILLED) if path.endswith(".completeness")]
    assert len(lists) == 4


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        ("brain.local_therapies", {"kind": "whole_brain", "hippocampal_avoidance": False}, "hippocampal_avoidance"),
        ("brain.local_therapies", {"kind": "whole_brain", "memantine": False}, "memantine"),
        ("brain.local_therapies", {"kind": "kind_not_known", "dose_gy": 20.0}, "dose_gy"),
        ("tumour.specimens", {"site": "breast", "her2_tested": False}, "her2_tested"),
        (
            "brain.lesions",
            {"diameter_mm": 9.0, "earlier_sizes": [{"mm": 7.0, "day": "2024"}, {"mm": 5.0}]},
            "earlier_sizes",
        ),
    ],
)
def test_a_no_and_what_is_written_in_part_are_named_as_left_out(path: str, value: Any, named: str) -> None:
    case = case_of({path: listed(value), "brain.imaging_date": "2025-05-05"})
    assert f"{path}[0].{named}" in left_out(case)


def test_why_something_is_not_recorded_is_named_as_left_out() -> None:
    case = case_of(absences={"patient.kps": {"reason": "declined"}})
    assert left_out(case) == ("absences.patient.kps",)


def test_the_words_of_an_age_are_named_where_the_year_does_not_say_them() -> None:
    case = case_of({"patient": {"birth_year": 1968, "age_note": "in her late fifties"}})
    assert "patient.age_note" in left_out(case)
    assert "patient.age_note" not in left_out(case_of({"patient": {"birth_year": 1968, "age_note": "born 1968"}}))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("brain.local_therapies", listed({"kind": "kind_not_known", "site": "left insula"})),
        (LINES, listed({**ONE, "ongoing": False})),
    ],
)
def test_an_entry_comes_back_with_what_it_leaves_open_and_what_it_denies(path: str, value: dict[str, Any]) -> None:
    brought, back = read_back(case_of({path: value}))
    assert brought.problems == ()
    assert everything(back) == {path: value["items"], f"{path}.completeness": "complete"}


def test_that_there_are_brain_metastases_comes_back_beside_their_date() -> None:
    _, back = read_back(case_of({"brain.metastases_present": True, "tumour.brain_date": "2024-05"}))
    assert back.brain.metastases_present is True
    _, dated = read_back(case_of({"tumour.brain_date": "2024-05"}))
    assert dated.brain.metastases_present is None


def test_a_dose_that_nobody_gives_is_said_and_not_dropped_in_silence() -> None:
    brought = as_fhir(case_of({"neurology": {"steroid_given": True, "dexamethasone_mg": 120.0}}))
    assert "neurology.dexamethasone_mg" not in {one.field for one in brought.offer.proposals}
    assert "120 mg is no daily dose of dexamethasone" in brought.problems[0].what
