"""What is asked of lines of therapy that a history does not state in full."""

import pytest
from support.report_texts import offer_of

from her2board.capture.proposal import Proposal


def _lines(text: str) -> tuple[Proposal, ...]:
    return tuple(one for one in offer_of(text, "systemic_history").proposals if one.field == "systemic.lines[]")


def test_a_line_beside_a_placebo_is_to_be_looked_at() -> None:
    line = _lines("2L: T-DM1 with tucatinib or placebo 06/2022 - 02/2023.")[0]
    assert (line.value["drugs"], line.trust, line.asks) == (["T-DM1"], "needs_eye", "which drug was blinded?")


def test_one_time_of_several_treatments_is_asked_about() -> None:
    line = _lines("AC followed by docetaxel + trastuzumab (Mar–Aug 2021)")[0]
    assert (line.trust, line.asks) == ("needs_eye", "do the dates span all of these?")


def test_a_line_that_another_follows_asks_when_it_ended() -> None:
    lines = _lines("trastuzumab + pertuzumab since 2022\nT-DXd since May 2025")
    assert [(line.value.get("ongoing"), line.asks) for line in lines] == [(None, "until when?"), (True, "")]


def test_drugs_of_one_list_are_offered_as_one_line() -> None:
    lines = _lines("Medications:\n- tucatinib 300 mg\n- capecitabine 1500 mg\n- Keppra 500 mg")
    assert [line.asks for line in lines] == ["one line? dates and setting"]


def test_what_a_column_says_was_not_given_is_seen_as_not_done() -> None:
    text = "Treatment | Given? | When\nWBRT | no | 04/2024\nSRS left frontal | yes | 05/2024"
    seen = [one for one in offer_of(text, "clinic_letter").not_offered if one.field == "brain.local_therapies[]"]
    assert [(one.value["kind"], one.because) for one in seen] == [("whole_brain", "not_done")]


def _offered_lines(text: str) -> list[tuple[list[str], str | None, str]]:
    return [(line.value["drugs"], line.value.get("stop"), line.asks) for line in _lines(text)]


@pytest.mark.parametrize(
    "text",
    [
        "trastuzumab 3/2020-present, pertuzumab 3/2020-10/2023, lapatinib 11/2023-6/2024",
        "Pharmacy list\nTucatinib 300 mg bd since 04/2025\nCapecitabine 1500 mg bd since 04/2025\n"
        "Trastuzumab 600 mg sc q3w since 01/2024",
        "Drug | Start | Stop\nTucatinib | 04/2025 | 09/2025\nCapecitabine | 04/2025 | 09/2025\n"
        "Trastuzumab | 01/2024 | 09/2025",
        "Prescribing record\nDocetaxel 75 mg/m2 01/2023 - 05/2023\nTrastuzumab 6 mg/kg 01/2023 - 12/2023\n"
        "Pertuzumab 420 mg 01/2023 - 12/2023",
        "Apotheke:\nTucatinib 04/2025 - laufend\nTrastuzumab 01/2024 - laufend",
    ],
)
def test_single_drugs_that_were_given_beside_each_other_are_no_lines(text: str) -> None:
    assert _offered_lines(text) == []


def test_single_drugs_of_one_time_are_one_line_that_asks() -> None:
    text = "Drug | Start | Stop\nTucatinib | 04/2025 | 09/2025\nCapecitabine | 04/2025 | 09/2025"
    asks = "one line? dates and setting"
    assert _offered_lines(text) == [(["Tucatinib", "Capecitabine"], "2025-09", asks)]


def test_single_drugs_one_after_the_other_are_lines() -> None:
    text = "T-DM1 01/2023 - 05/2024\nT-DXd 05/2024 - 03/2025\nTrastuzumab 04/2025 - 08/2025"
    assert [drugs for drugs, *_ in _offered_lines(text)] == [["T-DM1"], ["T-DXd"], ["Trastuzumab"]]
