"""What is asked of lines of therapy that a history does not state in full."""

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


def test_single_drugs_that_began_in_one_month_ask_whether_they_are_one_line() -> None:
    lines = _lines("trastuzumab 3/2020-present, pertuzumab 3/2020-10/2023, lapatinib 11/2023-6/2024")
    assert [(line.value["drugs"], line.asks) for line in lines] == [
        (["trastuzumab"], "one line with what began then?"),
        (["pertuzumab"], "one line with what began then?"),
        (["lapatinib"], ""),
    ]
