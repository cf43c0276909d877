"""A course of radiotherapy as clinics write it: kind, dose, fractions, or a question."""

import pytest

from her2board.capture.radiotherapy import Radiotherapy, read_radiotherapy, shown

SRS, WBRT = "radiosurgery", "whole_brain"


@pytest.mark.parametrize(
    ("text", "kind", "dose", "fractions"),
    [
        ("20 Gy/1 fx", None, 20, 1),
        ("2000 cGy", None, 20, None),
        ("30 Gy in 10", None, 30, 10),
        ("30 Gy in 10 fractions", None, 30, 10),
        ("5 x 4 Gy", None, 20, 5),
        ("5x4Gy", None, 20, 5),
        ("3 × 9 Gy", None, 27, 3),
        ("10 x 300 cGy", None, 30, 10),
        ("27 Gy / 3", None, 27, 3),
        ("20 Gy single fraction", None, 20, 1),
        ("18,5 Gy", None, 18.5, None),
        ("30", None, 30, None),
        ("SRS 20 Gy/1 fx", SRS, 20, 1),
        ("Gamma Knife", SRS, None, None),
        ("Gamma Knife 2000 cGy", SRS, 20, None),
        ("GKRS 22 Gy", SRS, 22, None),
        ("CyberKnife 27 Gy in 3 fractions", SRS, 27, 3),
        ("LINAC SRS 18 Gy", SRS, 18, None),
        ("SRT 30 Gy/5", SRS, 30, 5),
        ("FSRT 5 x 6 Gy", SRS, 30, 5),
        ("HFSRT 27/3", SRS, 27, 3),
        ("stereotactic radiosurgery", SRS, None, None),
        ("fractionated stereotactic radiotherapy 25 Gy, 5 fx", SRS, 25, 5),
        ("WBRT 30/10", WBRT, 30, 10),
        ("whole-brain radiotherapy 30 Gy in 10", WBRT, 30, 10),
        ("WBI 5 x 4 Gy", WBRT, 20, 5),
        ("Ganzhirnbestrahlung 30 Gy", WBRT, 30, None),
        ("HA-WBRT 30/10", WBRT, 30, 10),
        ("2 Gy x 20", None, 40, 20),
        ("WBRT 3 Gy × 10 fractions", WBRT, 30, 10),
        ("SRS 18Gy x1 (GK)", SRS, 18, 1),
        ("\N{GREEK SMALL LETTER GAMMA}-knife 22Gy", SRS, 22, None),
        ("radiocirugía 20 Gy", SRS, 20, None),
        ("定位照射 20 Gy", SRS, 20, None),
        ("全脳照射 30 Gy/10", WBRT, 30, 10),
    ],
)
def test_kind_dose_and_fractions_are_read(
    text: str, kind: str | None, dose: float | None, fractions: int | None
) -> None:
    found = read_radiotherapy(text)
    assert (found.kind, found.dose_gy, found.fractions, found.question) == (kind, dose, fractions, "")


@pytest.mark.parametrize(
    "text",
    [
        "HA-WBRT",
        "HA WBRT 30/10",
        "hippocampal avoidance WBRT",
        "hippocampus-sparing WBRT",
        "HS-WBRT",
        "WBRT with hippocampal avoidance",
    ],
)
def test_avoiding_the_hippocampus_is_read_with_the_whole_brain(text: str) -> None:
    found = read_radiotherapy(text)
    assert (found.kind, found.hippocampal_avoidance) == (WBRT, True)


def test_whole_brain_alone_says_nothing_of_the_hippocampus() -> None:
    assert read_radiotherapy("WBRT 30/10").hippocampal_avoidance is None


@pytest.mark.parametrize(
    "text",
    [
        "brachytherapy",
        "boost",
        "proton therapy 54 GyE",
        "IMRT",
        "surgery",
        "18-20 Gy",
        "20 Gy BED 50 Gy",
        "max 40 Gy",
        "30/10",
    ],
)
def test_what_is_not_known_stays_in_the_note(text: str) -> None:
    found = read_radiotherapy(text)
    assert (found.kind, found.dose_gy, found.fractions) == (None, None, None)
    assert found.note == text


@pytest.mark.parametrize(
    "text",
    [
        "WBRT 30/10 + SRS boost 18 Gy",
        "SRS 20 Gy, WBRT 30 Gy",
        "20 Gy and 24 Gy",
        "2000",
        "3000",
        "0 Gy",
        "500 Gy",
        "0 x 4 Gy",
    ],
)
def test_two_readings_or_a_dose_nobody_gives_are_asked(text: str) -> None:
    found = read_radiotherapy(text)
    assert found.dose_gy is None
    assert found.question


@pytest.mark.parametrize(
    "text",
    ["no WBRT", "WBRT declined", "SRS planned", "SRS?", "✗ WBRT 30/10", "SRS → WBRT", "keine Radiochirurgie"],
)
def test_radiotherapy_that_may_not_have_been_given_is_asked(text: str) -> None:
    found = read_radiotherapy(text)
    assert (found.kind, found.dose_gy) == (None, None)
    assert found.question == f"'{text}': was it given?"


def test_a_number_too_large_for_gray_offers_centigray() -> None:
    found = read_radiotherapy("2000")
    assert found.question == "'2000': 20 Gy (2000 cGy)?"
    assert [(candidate.value, candidate.words) for candidate in found.candidates] == [(20, "20 Gy")]


def test_device_isodose_and_technique_stay_as_a_note() -> None:
    assert read_radiotherapy("Gamma Knife 20 Gy (50 % isodose)").note == "Gamma Knife 50 % isodose"
    assert read_radiotherapy("SRS 20 Gy VMAT").note == "VMAT"
    assert read_radiotherapy("WBRT 30/10").note == ""


def test_a_course_is_shown_in_words() -> None:
    course = Radiotherapy("whole_brain", 30, 10, hippocampal_avoidance=True)
    assert list(shown(course)) == ["whole brain", "30 Gy", "in 10", "hippocampal avoidance"]
    assert list(shown(Radiotherapy())) == []


@pytest.mark.parametrize("text", ["20 Gy x 5", "30 Gy x 10"])
def test_a_dose_before_the_number_of_fractions_that_may_be_that_of_the_course_is_asked(text: str) -> None:
    found = read_radiotherapy(text)
    assert (found.dose_gy, found.fractions) == (None, None)
    assert found.question == f"'{text}': the dose of one fraction, or of the course?"


@pytest.mark.parametrize(
    ("text", "avoided"),
    [("WBI 30/10 HA", True), ("WBRT 30 Gy (HA)", True), ("WBRT in hand", None), ("SRS HA", None), ("WBRT 30/10", None)],
)
def test_hippocampal_avoidance_behind_the_course_is_read(text: str, avoided: bool | None) -> None:
    assert read_radiotherapy(text).hippocampal_avoidance is avoided
