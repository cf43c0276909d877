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
