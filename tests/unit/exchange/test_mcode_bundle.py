"""Cases written as bundles: valid, the same whenever they are written, and the same case when they are read back."""

import json
from pathlib import Path

import pytest
from fhir.resources.R4B import get_fhir_model_class
from hypothesis import given
from support.filled import FILLED
from support.releases import release
from support.round_trip import covered, everything, read_back, resources, written
from support.strategies import case_of, coherent_cases, full_case

from her2board import paths
from her2board.case.model import Case
from her2board.case.storage import load
from her2board.exchange.mcode.bundle import to_bundle

EXAMPLES = sorted((paths.resources_dir() / "examples").glob("*.her2case"))


@pytest.mark.parametrize("case", [FILLED, full_case(), *map(load, EXAMPLES)], ids=lambda case: case.code)
def test_every_resource_is_valid(case: Case) -> None:
    for body in resources(case):
        get_fhir_model_class(body["resourceType"]).model_validate(body)
    bundle = written(case)
    assert get_fhir_model_class("Bundle").model_validate(bundle).type == "collection"


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_comes_back_as_it_was(path: Path) -> None:
    case = load(path)
    brought, back = read_back(case)
    assert everything(back) == covered(case)
    assert brought.problems == ()


def test_a_full_case_comes_back_as_it_was() -> None:
    brought, back = read_back(FILLED)
    assert everything(back) == covered(FILLED)
    assert brought.problems == ()
    left_out = to_bundle(FILLED, release().vocabulary).left_out
    assert left_out == ()


@given(coherent_cases(release()))
def test_what_comes_back_is_never_anything_else(case: Case) -> None:
    """Whatever a bundle says of a case, the case said before; and nothing is lost where nothing is asked."""
    brought, back = read_back(case)
    said, before = everything(back), covered(case)
    if not brought.problems:
        assert said == before
    else:
        plain = {path: value for path, value in said.items() if not isinstance(value, list)}
        assert plain.items() <= before.items()


def test_the_same_case_gives_the_same_bundle_and_another_case_other_addresses() -> None:
    assert json.dumps(written(FILLED)) == json.dumps(written(FILLED))
    other = FILLED.model_copy(update={"code": "other"})
    assert {e["fullUrl"] for e in written(FILLED)["entry"]}.isdisjoint(e["fullUrl"] for e in written(other)["entry"])


def test_every_reference_leads_to_a_resource_of_the_bundle() -> None:
    text = json.dumps(written(FILLED))
    named = {entry["fullUrl"] for entry in written(FILLED)["entry"]}
    referred = {part.split('"')[0] for part in text.split('"reference": "')[1:]}
    assert referred
    assert referred <= named


def test_what_is_not_recorded_is_not_written() -> None:
    kinds = [body["resourceType"] for body in resources(case_of({}))]
    assert kinds == ["Patient", "Condition"]
    assert "gender" not in next(resources(case_of({})))


def test_what_mcode_cannot_say_is_named() -> None:
    case = case_of({"brain": {"lesion_count": {"low": 3}}, "patient": {"goals": "time at home"}})
    left_out = to_bundle(case, release().vocabulary).left_out
    assert {"brain.lesion_count", "patient.goals"} <= set(left_out)


def test_names_leave_only_with_the_case_that_holds_them() -> None:
    named = FILLED.model_copy(update={"identity": FILLED.identity.model_copy(update={"name": "Nobody Nemo"})})
    assert "Nemo" in json.dumps(written(named))
    assert "masked" in json.dumps(written(FILLED))
