"""Measured values, and which of them may stand on one axis."""

from typing import Any

import pytest
from pydantic import ValidationError

from her2board.evidence.references import Source
from her2board.evidence.values import Endpoint, comparable

SOURCE = {"ref": "one", "locator": "abstract", "read_in": "primary_abstract"}


def endpoint(**more: Any) -> Endpoint:
    given = {"kind": "cns_response", "unit": "percent", "value": 50.0, "criteria": "RECIST 1.1", "assessor": "central"}
    return Endpoint.model_validate({**given, "source": SOURCE, **more})


def test_equal_endpoints_may_stand_on_one_axis() -> None:
    assert comparable(endpoint(), endpoint(value=70.0)) == ""


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"kind": "overall_response"}, "kind differs: cns_response and overall_response"),
        ({"kind": "intracranial_response_rano_bm"}, "kind differs: cns_response and intracranial_response_rano_bm"),
        ({"criteria": "RANO-BM"}, "criteria differs: RECIST 1.1 and RANO-BM"),
        ({"assessor": "investigator"}, "assessor differs: central and investigator"),
        ({"unit": "patients"}, "unit differs: percent and patients"),
        ({"in_whom": "measurable disease"}, "counted in different patients: all and measurable disease"),
        ({"at_months": 12.0}, "at months differs: None and 12.0"),
    ],
)
def test_unlike_endpoints_never_stand_side_by_side(other: dict[str, Any], why: str) -> None:
    assert comparable(endpoint(), endpoint(**other)) == why


@pytest.mark.parametrize("silent", ["criteria", "assessor"])
def test_what_the_source_does_not_state_cannot_be_compared_even_with_its_like(silent: str) -> None:
    one = endpoint(**{silent: "not stated"})
    assert comparable(one, one) == f"{silent} not stated"


@pytest.mark.parametrize(
    "given",
    [
        {"value": None, "not_reached": True},
        {"interval": {"low": None, "high": 60.0}},
        {"interval": {"low": 40.0, "high": None}},
        {"counts": {"of": 20}},
        {"counts": {"n": 10, "of": 20}},
        {"unit": "months", "value": 101.0},
        {"value": None, "not_reached": True, "interval": {"low": 55.0, "high": None}},
    ],
)
def test_a_coherent_value_is_taken(given: dict[str, Any]) -> None:
    assert endpoint(**given).kind == "cns_response"


@pytest.mark.parametrize("value", [-1.0, 100.1])
def test_a_percentage_lies_between_nought_and_a_hundred(value: float) -> None:
    with pytest.raises(ValidationError, match="is outside 0 to 100"):
        endpoint(value=value)


def test_a_value_missing_without_saying_so_is_refused() -> None:
    with pytest.raises(ValidationError, match="either given or 'not_reached: true'"):
        endpoint(value=None)


def test_only_a_secondary_report_carries_the_mark() -> None:
    marks = {
        read_in: Source.model_validate({**SOURCE, "read_in": read_in}).secondary
        for read_in in (
            "primary_abstract",
            "full_text",
            "registry",
            "label",
            "guideline",
            "secondary_report",
            "program",
        )
    }
    assert [read_in for read_in, marked in marks.items() if marked] == ["secondary_report"]
