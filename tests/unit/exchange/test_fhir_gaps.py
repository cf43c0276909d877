"""What FHIR files say of themselves: pages, answers that were refused, resources they delete."""

import json
from typing import Any

import pytest
from support.fhir import Body, order, patient, read_text

LINE = order("m", "Enhertu", "2024-03-01")


def _bundle(kind: str, *entries: Body, **more: Any) -> str:
    return json.dumps({"resourceType": "Bundle", "type": kind, "entry": list(entries), **more})


def _entry(body: Body, **more: Any) -> Body:
    return {"fullUrl": f"urn:uuid:{body['id']}", "resource": body, **more}


def _problems(*texts: str) -> list[str]:
    return [problem.what for problem in read_text(*texts)[0].problems]


def _next(url: str) -> list[Body]:
    return [{"relation": "next", "url": url}]


PATIENT = _entry(patient())


def test_a_page_without_the_others_says_so_and_pages_together_do_not() -> None:
    first = _bundle("searchset", PATIENT, total=2, link=_next("https://x.test?page=2"))
    second = _bundle("searchset", _entry(LINE), total=2, link=[{"relation": "self", "url": "https://x.test?page=2"}])
    assert _problems(first) == ["this is one page of several; bring in the others together with it"]
    assert _problems(first, second) == []


def test_a_page_whose_next_is_read_needs_no_total() -> None:
    first = _bundle("searchset", PATIENT, link=_next("https://x.test?page=2"))
    second = _bundle("searchset", _entry(LINE), link=[{"relation": "self", "url": "https://x.test?page=2"}])
    assert _problems(first, second) == []


@pytest.mark.parametrize(("total", "said"), [(2, False), (1, False), (300, True)])
def test_a_total_that_is_not_reached_is_said(total: int, said: bool) -> None:
    expected = [f"the file says that {total} were found, and holds 2: what else is there?"] if said else []
    assert _problems(_bundle("searchset", PATIENT, _entry(LINE), total=total)) == expected


@pytest.mark.parametrize(("severity", "said"), [("warning", True), ("error", True), ("information", False)])
def test_what_the_sender_says_went_wrong_is_said(severity: str, said: bool) -> None:
    issue = {"severity": severity, "code": "incomplete", "diagnostics": "Results truncated to 100"}
    outcome = {"resource": {"resourceType": "OperationOutcome", "issue": [issue]}}
    expected = ["the sender says of this file: 'Results truncated to 100'"] if said else []
    assert _problems(_bundle("searchset", PATIENT, outcome)) == expected


def test_an_answer_that_was_refused_is_said() -> None:
    done = _entry(LINE, response={"status": "200 OK"})
    assert _problems(_bundle("batch-response", PATIENT, done, {"response": {"status": "403 Forbidden"}})) == [
        "one question to the sender was answered '403 Forbidden'"
    ]


@pytest.mark.parametrize(
    ("kind", "entries", "offered"),
    [
        ("transaction", [_entry(LINE, request={"method": "DELETE", "url": "MedicationRequest/m"})], False),
        ("transaction", [_entry(LINE, request={"method": "PUT", "url": "MedicationRequest/m"})], True),
        (
            "history",
            [
                {"request": {"method": "DELETE", "url": "MedicationRequest/m"}},
                _entry(LINE, request={"method": "PUT", "url": "MedicationRequest/m"}),
            ],
            False,
        ),
        (
            "history",
            [
                _entry(LINE, request={"method": "PUT", "url": "MedicationRequest/m"}),
                {"request": {"method": "DELETE", "url": "https://x.test/MedicationRequest/m/_history/2"}},
            ],
            True,
        ),
    ],
)
def test_what_a_bundle_deletes_is_seen_and_not_offered(kind: str, entries: list[Body], offered: bool) -> None:
    (found,) = read_text(_bundle(kind, PATIENT, *entries))
    lines = [one for one in found.offer.proposals if one.field == "systemic.lines[]"]
    seen = [(one.because, one.note) for one in found.offer.not_offered]
    assert (bool(lines), seen) == (offered, [] if offered else [("entered_in_error", "the file deletes it")])


def test_a_resource_of_which_a_part_was_sent_is_looked_at() -> None:
    part = LINE | {"meta": {"tag": [{"code": "SUBSETTED"}]}}
    (found,) = read_text(_bundle("searchset", PATIENT, _entry(part)))
    (line,) = [one for one in found.offer.proposals if one.field == "systemic.lines[]"]
    assert line.asks == "the file holds only a part of it"


@pytest.mark.parametrize(
    "odd", [{"link": [None, {"relation": "next"}], "total": "x"}, {"total": True}, {"link": "next"}]
)
def test_what_is_no_link_and_no_total_says_nothing(odd: Body) -> None:
    assert _problems(_bundle("searchset", PATIENT, **odd)) == []
