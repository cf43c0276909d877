"""Lines, exposure by drug and earlier brain treatment: 'no' only from a complete list."""

from datetime import date
from typing import Any

import pytest
from support.strategies import case_of, lines, local_therapies, read

from her2board.case.kept import entry_of_value, place_of
from her2board.case.model import Case
from her2board.case.treatment import brain_therapies, last_local, unknown_drugs
from her2board.evidence.library import EvidenceLibrary
from her2board.logic.values import Among, Day, Never, Span


def answer(name: str, case: Case, library: EvidenceLibrary) -> bool | None:
    value = read(name, case, library).value
    if value is None:
        return None
    assert isinstance(value, Among)
    (only,) = value.possible
    assert isinstance(only, bool)
    return only


FIRST = {"drugs": ["docetaxel", "Phesgo"], "setting": "metastatic", "reason_stopped": "progression"}
ADJUVANT = {"drugs": ["Herceptin"], "setting": "adjuvant", "reason_stopped": "completed"}


@pytest.mark.parametrize("completeness", ["complete", "partial"])
def test_a_drug_in_a_line_was_given_by_any_of_its_names(completeness: str, library: EvidenceLibrary) -> None:
    case = case_of(
        lines({"drugs": ["Enhertu"], "setting": "metastatic", "start": "2025-02"}, completeness=completeness)
    )
    assert answer("given.trastuzumab_deruxtecan", case, library) is True
    assert answer("given_metastatic.trastuzumab_deruxtecan", case, library) is True
    assert read("given.trastuzumab_deruxtecan", case, library).shown == "yes, metastatic Feb 2025"


def test_a_drug_not_in_the_list_was_not_given_only_when_the_list_is_complete(library: EvidenceLibrary) -> None:
    assert answer("given.tucatinib", case_of(lines(FIRST)), library) is False
    partial = case_of(lines(FIRST, completeness="partial"))
    assert answer("given.tucatinib", partial, library) is None
    assert read("given.tucatinib", partial, library).why == "treatment list not complete"
    assert answer("given.tucatinib", case_of(), library) is None
    assert answer("given.tucatinib", case_of(lines()), library) is False


def test_a_product_of_two_drugs_gives_both(library: EvidenceLibrary) -> None:
    case = case_of(lines(FIRST))
    assert answer("given.trastuzumab", case, library) is True
    assert answer("given.pertuzumab", case, library) is True


def test_an_antibody_drug_conjugate_is_neither_trastuzumab_nor_chemotherapy(library: EvidenceLibrary) -> None:
    case = case_of(lines({"drugs": ["T-DM1"], "setting": "metastatic"}))
    assert answer("given.trastuzumab", case, library) is False
    assert answer("given.chemotherapy", case, library) is False
    assert answer("given.anti_her2", case, library) is True


def test_a_class_was_given_when_one_of_its_drugs_was(library: EvidenceLibrary) -> None:
    assert answer("given.her2_tki", case_of(lines({"drugs": ["Tyverb"]})), library) is True
    assert answer("given.her2_tki", case_of(lines(FIRST)), library) is False


def test_every_line_with_a_drug_is_named(library: EvidenceLibrary) -> None:
    later = {"drugs": ["Herceptin"], "setting": "metastatic", "start": "2025-02"}
    case = case_of(lines(ADJUVANT, later))
    assert read("given.trastuzumab", case, library).shown == "yes, adjuvant; metastatic Feb 2025"


@pytest.mark.parametrize(
    "line",
    [{"drugs": ["study drug X"]}, {"drugs": ["docetaxel", "study drug X"]}, {"setting": "adjuvant"}, {"drugs": []}],
)
def test_a_line_with_an_unknown_or_no_name_lets_no_drug_be_excluded(
    line: dict[str, Any], library: EvidenceLibrary
) -> None:
    case = case_of(lines(FIRST, line))
    assert answer("given.tucatinib", case, library) is None
    assert "does not name its drugs, or names one that is not known" in read("given.tucatinib", case, library).why
    assert answer("given.pertuzumab", case, library) is True


def test_what_a_metastatic_line_may_hold_is_not_excluded_for_metastatic_disease(library: EvidenceLibrary) -> None:
    for names, excluded in ((["study drug X"], None), (["her2_tki"], None), (["docetaxel"], False)):
        case = case_of(lines(FIRST, {"drugs": names, "setting": "metastatic"}))
        assert answer("given_metastatic.tucatinib", case, library) is excluded
        early = case_of(lines(FIRST, {"drugs": names, "setting": "adjuvant"}))
        assert answer("given_metastatic.tucatinib", early, library) is False


def test_a_line_says_what_is_recorded_of_it(library: EvidenceLibrary) -> None:
    for line, words in (
        ({"setting": "metastatic"}, "metastatic"),
        ({"start": "2025-02"}, "setting not recorded Feb 2025"),
    ):
        case = case_of(lines({"drugs": ["Tukysa"], **line}))
        assert read("given.tucatinib", case, library).shown == f"yes, {words}"


def test_a_name_nobody_knows_is_kept_and_listed(library: EvidenceLibrary) -> None:
    case = case_of(
        {
            **lines({"drugs": ["study drug X", "docetaxel", "study drug X"]}),
            "systemic.exposure": {"other X": {"ever": True}},
            "access.drugs": {"third X": True},
        }
    )
    assert unknown_drugs(case, library.vocabulary) == ("study drug X", "other X", "third X")


def test_given_for_metastatic_disease_needs_the_setting(library: EvidenceLibrary) -> None:
    assert answer("given_metastatic.trastuzumab", case_of(lines(ADJUVANT)), library) is False
    unsettled = case_of(lines({"drugs": ["trastuzumab"]}))
    assert answer("given.trastuzumab", unsettled, library) is True
    assert answer("given_metastatic.trastuzumab", unsettled, library) is None
    assert "the setting is not recorded" in read("given_metastatic.trastuzumab", unsettled, library).why
    maintenance = case_of(lines({"drugs": ["trastuzumab"], "setting": "maintenance"}))
    assert answer("given_metastatic.trastuzumab", maintenance, library) is True


def test_a_list_complete_for_metastatic_disease_alone_excludes_there_and_not_ever(library: EvidenceLibrary) -> None:
    case = case_of(lines(FIRST, completeness="partial", metastatic_complete=True))
    assert answer("given_metastatic.tucatinib", case, library) is False
    assert answer("given.tucatinib", case, library) is None


def exposure(**drugs: dict[str, bool]) -> dict[str, Any]:
    return {"systemic.exposure": {name.replace("_", "-"): given for name, given in drugs.items()}}


def test_the_grid_answers_where_the_lines_are_not_known(library: EvidenceLibrary) -> None:
    case = case_of(exposure(Enhertu={"ever": True}, tucatinib={"ever": False}, lapatinib={"metastatic": True}))
    assert answer("given.trastuzumab_deruxtecan", case, library) is True
    assert answer("given.tucatinib", case, library) is False
    assert answer("given_metastatic.tucatinib", case, library) is False
    assert answer("given.lapatinib", case, library) is True
    assert answer("given.her2_tki", case, library) is True
    assert answer("given.neratinib", case, library) is None


def test_a_class_denied_denies_its_drugs_and_a_drug_denied_not_its_class(library: EvidenceLibrary) -> None:
    denied = case_of({"systemic.exposure": {"her2_tki": {"ever": False}}})
    assert answer("given.tucatinib", denied, library) is False
    assert answer("given.her2_tki", denied, library) is False
    one = case_of(exposure(tucatinib={"ever": False}))
    assert answer("given.her2_tki", one, library) is None


def test_a_class_given_says_nothing_about_one_drug(library: EvidenceLibrary) -> None:
    case = case_of({"systemic.exposure": {"her2_tki": {"ever": True}}})
    assert answer("given.her2_tki", case, library) is True
    assert answer("given.tucatinib", case, library) is None


def test_a_combination_denied_says_nothing_about_its_drugs_alone(library: EvidenceLibrary) -> None:
    """Who never had Phesgo may well have had trastuzumab."""
    case = case_of(exposure(Phesgo={"ever": False}))
    assert answer("given.trastuzumab", case, library) is None


def test_denied_for_metastatic_disease_answers_a_line_without_setting(library: EvidenceLibrary) -> None:
    case = case_of({**lines({"drugs": ["trastuzumab"]}), **exposure(trastuzumab={"metastatic": False})})
    assert answer("given_metastatic.trastuzumab", case, library) is False
    assert answer("given.trastuzumab", case, library) is True


def test_given_for_metastatic_disease_is_given_ever_though_ever_is_denied(library: EvidenceLibrary) -> None:
    case = case_of(exposure(tucatinib={"ever": False, "metastatic": True}))
    assert answer("given.tucatinib", case, library) is True
    assert answer("given_metastatic.tucatinib", case, library) is True


@pytest.mark.parametrize(
    "sign", [{"progressed_in": "brain"}, {"best_response": "progression"}, {"reason_stopped": "progression"}], ids=str
)
@pytest.mark.parametrize("goes_on", [{}, {"ongoing": True}, {"stop": "2026-09"}], ids=str)
def test_progression_on_a_treatment_counts_whether_it_stopped_or_goes_on(
    sign: dict[str, Any], goes_on: dict[str, Any], library: EvidenceLibrary
) -> None:
    row = {"drugs": ["Tukysa"], "setting": "metastatic", **sign, **goes_on}
    assert answer("progressed_on.tucatinib", case_of(lines(row)), library) is True
    assert answer("progressed_on.her2_tki", case_of(lines(row)), library) is True


def test_an_entry_without_an_answer_says_nothing(library: EvidenceLibrary) -> None:
    assert answer("given.tucatinib", case_of(exposure(tucatinib={})), library) is None


def test_progression_on_a_drug_needs_a_line_that_stopped_for_it(library: EvidenceLibrary) -> None:
    assert answer("progressed_on.pertuzumab", case_of(lines(FIRST)), library) is True
    assert answer("progressed_on.tucatinib", case_of(lines(FIRST)), library) is False
    assert read("progressed_on.tucatinib", case_of(lines(FIRST)), library).shown == "no, not given"
    denied = case_of(lines(FIRST, completeness="partial") | exposure(tucatinib={"ever": False}))
    assert answer("progressed_on.tucatinib", denied, library) is False
    other = {"drugs": ["Tukysa"], "setting": "metastatic", "reason_stopped": "toxicity"}
    stopped = case_of(lines(other, {**FIRST, "reason_stopped": None}))
    assert answer("progressed_on.tucatinib", stopped, library) is False
    assert read("progressed_on.tucatinib", stopped, library).shown == "no, stopped for other reasons"
    partly = [{**other, "reason_stopped": None}, {**FIRST, "reason_stopped": None}]
    assert answer("progressed_on.tucatinib", case_of(lines(*partly)), library) is None
    relapse = {**ADJUVANT, "reason_stopped": "progression"}
    assert answer("progressed_on.trastuzumab", case_of(lines(relapse)), library) is True
    assert answer("progressed_on.trastuzumab", case_of(lines(ADJUVANT)), library) is False
    assert answer("progressed_on.trastuzumab", case_of(lines(ADJUVANT, completeness="partial")), library) is None
    assert answer("progressed_on.trastuzumab", case_of(lines({"drugs": ["Herceptin"]})), library) is None
    assert answer("progressed_on.trastuzumab", case_of(lines(ADJUVANT, {"drugs": ["what"]})), library) is None


def test_access_is_as_recorded_by_any_name(library: EvidenceLibrary) -> None:
    case = case_of({"access.drugs": {"Airuini": True, "Tukysa": False}})
    assert answer("access.pyrotinib", case, library) is True
    assert answer("access.tucatinib", case, library) is False
    assert answer("access.lapatinib", case, library) is None


METASTATIC = {"drugs": ["docetaxel"], "setting": "metastatic"}
ENDED = {**METASTATIC, "start": "2024-01", "stop": "2024-06", "reason_stopped": "progression"}
AGAIN = {**METASTATIC, "start": "2025-01"}
SWITCH = {**METASTATIC, "continues_line": True}
MAINTENANCE = {**METASTATIC, "setting": "maintenance"}
UNSETTLED = {"drugs": ["letrozole"]}


@pytest.mark.parametrize(
    ("recorded", "expected", "shown"),
    [
        (lines(), Span(0, 0), "0"),
        (lines(METASTATIC, METASTATIC), Span(1, 2), "1 to 2"),
        (lines(ENDED, AGAIN), Span(2, 2), "2"),
        (lines(METASTATIC, {**METASTATIC, "setting": "maintenance"}), Span(1, 1), "1"),
        (lines(METASTATIC, SWITCH, ADJUVANT), Span(1, 1), "1"),
        (lines(METASTATIC, UNSETTLED), Span(1, 2), "1 to 2"),
        (lines(METASTATIC, {**UNSETTLED, "continues_line": True}), Span(1, 1), "1"),
        (lines(SWITCH), Span(1, 1), "1"),
        (lines(ADJUVANT, SWITCH), Span(1, 1), "1"),
        (lines(UNSETTLED, SWITCH), Span(1, 1), "1"),
        (lines(UNSETTLED, {**UNSETTLED, "continues_line": True}), Span(0, 1), "0 to 1"),
        (
            lines(METASTATIC, MAINTENANCE, {**UNSETTLED, "continues_line": True}),
            Span(1, 1),
            "1",
        ),
        (lines(ENDED, MAINTENANCE, AGAIN), Span(2, 2), "2"),
        (lines(METASTATIC, completeness="partial"), Span(1, None), "1 or more"),
        (lines(METASTATIC, completeness="partial", metastatic_complete=True), Span(1, 1), "1"),
        (lines(ADJUVANT, completeness="partial"), None, ""),
        (lines({**ADJUVANT, "continues_line": True}, METASTATIC), Span(1, 1), "1"),
        (lines({**METASTATIC, "continues_line": True}), Span(1, 1), "1"),
        (lines(ENDED, {**ADJUVANT, "continues_line": True}, {**AGAIN, "continues_line": True}), Span(2, 2), "2"),
        (lines(completeness="not_asked", metastatic_complete=True), None, ""),
        ({}, None, ""),
    ],
)
def test_metastatic_lines_are_counted_by_the_settled_rule(
    recorded: dict[str, Any], expected: Span | None, shown: str, library: EvidenceLibrary
) -> None:
    reading = read("metastatic_lines", case_of(recorded), library)
    assert (reading.value, reading.shown) == (expected, shown)


@pytest.mark.parametrize(
    ("recorded", "why"),
    [
        (lines(METASTATIC), ""),
        (
            lines(METASTATIC, UNSETTLED),
            "row 2: setting not recorded; rows 1 and 2 may be one line: start of row 1 not recorded",
        ),
        (
            lines(*[UNSETTLED] * 5),
            "; ".join(
                [
                    *(f"row {n}: setting not recorded" for n in (1, 2, 3, 4, 5)),
                    "rows 1 and 2 may be one line: start of row 1 not recorded",
                    "9 more reasons",
                ]
            ),
        ),
        (lines(METASTATIC, completeness="partial"), "treatment list not complete"),
        (lines(ADJUVANT, completeness="partial"), ""),
        ({}, ""),
    ],
)
def test_an_open_number_of_lines_says_what_keeps_it_open(
    recorded: dict[str, Any], why: str, library: EvidenceLibrary
) -> None:
    assert read("metastatic_lines", case_of(recorded), library).why == why


SRS = {"kind": "radiosurgery", "day": "2026-11"}
WBRT = {"kind": "whole_brain", "day": "2025-03-10", "dose_gy": 30.0, "fractions": 10}


def test_earlier_brain_treatment_is_no_only_from_a_complete_list(library: EvidenceLibrary) -> None:
    case = case_of(local_therapies(SRS))
    assert answer("prior_radiosurgery", case, library) is True
    assert read("prior_radiosurgery", case, library).shown == "radiosurgery, Nov 2026"
    both = case_of(local_therapies({"kind": "surgery", "site": "frontal"}, {"kind": "radiosurgery", "dose_gy": 20.0}))
    assert read("prior_local_therapy", both, library).shown == (
        "surgery, frontal, date not recorded; radiosurgery, 20 Gy, date not recorded"
    )
    assert answer("prior_brain_radiotherapy", case, library) is True
    assert answer("prior_local_therapy", case, library) is True
    assert answer("prior_wbrt", case, library) is False
    partial = case_of(local_therapies(SRS, completeness="partial"))
    assert answer("prior_wbrt", partial, library) is None
    assert read("prior_wbrt", partial, library).why == "treatment list not complete"
    assert answer("prior_wbrt", case_of(), library) is None
    assert answer("prior_local_therapy", case_of(local_therapies()), library) is False


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        ("surgery", {"brain_surgery"}),
        ("radiosurgery", {"radiosurgery", "brain_radiotherapy"}),
        ("whole_brain", {"wbrt", "brain_radiotherapy"}),
        ("other_brain_radiotherapy", {"brain_radiotherapy"}),
    ],
)
def test_each_kind_of_local_therapy_is_what_it_is_and_nothing_else(
    kind: str, facts: set[str], library: EvidenceLibrary
) -> None:
    case = case_of(local_therapies({"kind": kind}))
    asked = ("brain_surgery", "radiosurgery", "wbrt", "brain_radiotherapy", "local_therapy")
    assert {name for name in asked if answer(f"prior_{name}", case, library)} == {*facts, "local_therapy"}


@pytest.mark.parametrize(
    ("recorded", "expected"),
    [
        (local_therapies(SRS), Day(date(2026, 11, 1), date(2026, 11, 30))),
        (local_therapies(SRS, completeness="partial"), Day(date(2026, 11, 1), None)),
        (local_therapies({"kind": "radiosurgery"}), Day(None, None)),
        (local_therapies(SRS, {"kind": "radiosurgery"}), Day(date(2026, 11, 1), None)),
        (local_therapies(SRS, {"kind": "radiosurgery", "day": "2020"}), Day(date(2026, 11, 1), date(2026, 11, 30))),
        (
            local_therapies({"kind": "radiosurgery", "day": "2026"}, {"kind": "radiosurgery", "day": "2026-02"}),
            Day(date(2026, 2, 1), date(2026, 12, 31)),
        ),
        (local_therapies({"kind": "radiosurgery", "day": "<2020"}), Day(None, date(2019, 12, 31))),
        (local_therapies(SRS, {"kind": "radiosurgery", "day": "<2020"}), Day(date(2026, 11, 1), date(2026, 11, 30))),
        (local_therapies({"kind": "radiosurgery", "day": ">2020"}), Day(date(2021, 1, 1), None)),
        (local_therapies(SRS, {"kind": "radiosurgery", "day": ">2020"}), Day(date(2026, 11, 1), None)),
        (local_therapies(WBRT), Never()),
        (local_therapies(WBRT, completeness="partial"), None),
        ({}, None),
    ],
)
def test_the_latest_treatment_is_an_interval_of_days(
    recorded: dict[str, Any], expected: Day | Never | None, library: EvidenceLibrary
) -> None:
    assert read("last_radiosurgery", case_of(recorded), library).value == expected


def test_a_local_therapy_is_put_into_words(library: EvidenceLibrary) -> None:
    case = case_of(local_therapies({**WBRT, "site": "brain"}, {"kind": "whole_brain", "dose_gy": 20.0}))
    assert read("last_wbrt", case, library).shown == (
        "whole brain, brain, 30 Gy in 10, 10 Mar 2025; whole brain, 20 Gy, date not recorded"
    )
    assert read("last_radiosurgery", case, library).shown == "none given"


def test_a_line_that_names_a_class_only_leaves_each_of_its_drugs_open(library: EvidenceLibrary) -> None:
    case = case_of(lines({"drugs": ["taxane"], "setting": "metastatic"}))
    assert answer("given.taxane", case, library) is True
    assert answer("given.paclitaxel", case, library) is None
    assert read("given.paclitaxel", case, library).why == "a line names a class only"


EARLY = {"drugs": ["trastuzumab"], "setting": "adjuvant", "stop": "2022-03-10"}
RELAPSE = {"tumour.metastatic_date": "2022-09-10"}


@pytest.mark.parametrize(
    ("recorded", "expected"),
    [
        (lines(EARLY) | RELAPSE, Span(6, 6)),
        (lines(EARLY) | {"tumour.metastatic_date": "2022-09-11"}, Span(6 + 1 / 32, 6 + 1 / 32)),
        (lines(EARLY) | {"tumour.metastatic_date": "2022-09-09"}, Span(5 + 30 / 32, 5 + 30 / 32)),
        (lines({**EARLY, "stop": "2022-03-31"}) | {"tumour.metastatic_date": "2022-06-30"}, Span(3, 3)),
        (lines({**EARLY, "stop": "2021"}) | RELAPSE, Span(8 + 10 / 32, 20 + 9 / 32)),
        (lines({**EARLY, "stop": None, "start": "2021-03-10"}) | RELAPSE, Span(0, 18)),
        (lines(EARLY, completeness="partial") | RELAPSE, Span(0, 6)),
        (lines(EARLY, {**EARLY, "setting": None, "stop": "2022-06-10"}) | RELAPSE, Span(3, 6)),
        (lines(EARLY, {"setting": "adjuvant"}) | RELAPSE, Span(0, 6)),
        (lines(EARLY, {"drugs": ["letrozole"], "setting": "adjuvant"}) | RELAPSE, Span(6, 6)),
        (lines({**EARLY, "setting": "neoadjuvant"}, EARLY | {"stop": "2022-08-10"}) | RELAPSE, Span(1, 1)),
        (lines(EARLY) | {"tumour.metastatic_date": "2022-01-10"}, Span(0, 0)),
        (lines({**EARLY, "setting": "neoadjuvant"}) | RELAPSE, Span(6, 6)),
        (lines(EARLY, {"drugs": ["docetaxel"], "setting": "adjuvant", "stop": "2022-06-10"}) | RELAPSE, Span(6, 6)),
        (lines(EARLY, {**EARLY, "stop": "<2020"}) | RELAPSE, Span(6, 6)),
        (lines(EARLY), None),
        (lines({**EARLY, "setting": "metastatic"}) | RELAPSE, Never()),
        (lines({**EARLY, "setting": "metastatic"}, completeness="partial") | RELAPSE, None),
        (lines({**EARLY, "setting": None}) | RELAPSE, Span(6, None)),
        (lines(EARLY) | RELAPSE | {"tumour.months_since_adjuvant_her2": 6.0}, Span(6, 6)),
    ],
)
def test_the_time_from_adjuvant_therapy_to_relapse_is_counted_in_calendar_months(
    recorded: dict[str, Any], expected: Span | Never | None, library: EvidenceLibrary
) -> None:
    assert read("months_since_adjuvant_her2", case_of(recorded), library).value == expected


@pytest.mark.parametrize(
    ("recorded", "words"),
    [
        (lines(EARLY) | RELAPSE, "6 months"),
        (lines({**EARLY, "stop": "2021"}) | RELAPSE, "8 months 10 days to 20 months 9 days"),
        (lines(EARLY, completeness="partial") | RELAPSE, "0 months to 6 months"),
        (lines(EARLY) | {"tumour.metastatic_date": ">2022"}, "9 months 22 days to more"),
        (lines({**EARLY, "setting": None}) | RELAPSE, "6 months to more, or none given"),
        (lines(), "no (neo)adjuvant anti-HER2 therapy in the complete list"),
    ],
)
def test_the_time_to_relapse_is_given_to_the_day(
    recorded: dict[str, Any], words: str, library: EvidenceLibrary
) -> None:
    assert read("months_since_adjuvant_her2", case_of(recorded), library).shown == words


@pytest.mark.parametrize(
    ("recorded", "why"),
    [
        (lines(EARLY) | RELAPSE, ""),
        (lines(), ""),
        (lines(EARLY), "date of metastatic disease not recorded"),
        (lines(completeness="partial"), ""),
        (lines({**EARLY, "stop": None}) | RELAPSE, "stop of the (neo)adjuvant anti-HER2 therapy not recorded"),
        (lines(completeness="partial") | RELAPSE, ""),
        (lines(EARLY, completeness="partial") | RELAPSE, "a date is not exact, or the list is not complete"),
    ],
)
def test_an_open_time_to_relapse_says_what_is_missing(
    recorded: dict[str, Any], why: str, library: EvidenceLibrary
) -> None:
    reading = read("months_since_adjuvant_her2", case_of(recorded), library)
    assert reading.why == why
    assert bool(reading.shown) == (reading.value is not None)


TH = {"drugs": ["docetaxel", "trastuzumab"], "setting": "neoadjuvant", "stop": "2022-01-10"}
LATER_T_DM1 = {"drugs": ["T-DM1"], "setting": "adjuvant", "start": "2022-02-10", "stop": "2023-06-10"}


@pytest.mark.parametrize(
    ("recorded", "trastuzumab", "any_her2"),
    [
        (lines(TH, LATER_T_DM1), Span(20, 20), Span(3, 3)),
        (lines(TH), Span(20, 20), Span(20, 20)),
        (lines(LATER_T_DM1), Never(), Span(3, 3)),
        (lines(TH) | {"tumour.months_since_adjuvant_her2": 20.5}, Span(20.5, 20.5), Span(20.5, 20.5)),
        (lines(TH, LATER_T_DM1) | {"tumour.months_since_adjuvant_her2": 3.5}, Span(20, 20), Span(3.5, 3.5)),
        (lines(TH, completeness="partial"), Span(0, 20), Span(0, 20)),
        (lines(), Never(), Never()),
    ],
)
def test_an_interval_counts_from_the_treatment_it_names_and_not_from_a_later_one(
    recorded: dict[str, Any], trastuzumab: Span | Never, any_her2: Span | Never, library: EvidenceLibrary
) -> None:
    case = case_of({**recorded, "tumour.metastatic_date": "2023-09-10"})
    assert read("months_since_early.trastuzumab", case, library).value == trastuzumab
    assert read("months_since_adjuvant_her2", case, library).value == any_her2


EARLY_T_DXD = {"drugs": ["T-DXd"], "setting": "adjuvant", "start": "2025-01", "stop": "2025-09-20"}
METASTATIC_T_DXD = {"drugs": ["T-DXd"], "setting": "metastatic"}


@pytest.mark.parametrize(
    ("recorded", "expected", "shown", "why"),
    [
        (lines(EARLY_T_DXD), True, "yes, adjuvant Jan 2025; ended 14 months before", ""),
        (
            lines(EARLY_T_DXD, {"drugs": ["capecitabine"], "setting": "adjuvant", "stop": "2026-06-20"}),
            True,
            "yes, adjuvant Jan 2025; ended 14 months before",
            "",
        ),
        (lines({**EARLY_T_DXD, "stop": None}), True, "yes, adjuvant Jan 2025", ""),
        (lines(EARLY_T_DXD, METASTATIC_T_DXD), False, "no", ""),
        (lines(METASTATIC), False, "no", ""),
        (lines(EARLY_T_DXD, {"drugs": ["T-DXd"]}), None, "", "given, but the setting is not recorded"),
        (lines(EARLY_T_DXD, completeness="partial"), None, "", "treatment list not complete"),
        (
            lines(METASTATIC, completeness="partial", metastatic_complete=True),
            None,
            "",
            "treatment list not complete",
        ),
    ],
    ids=[
        "ended",
        "another drug ended later",
        "end not recorded",
        "again for metastatic disease",
        "never",
        "setting of a row not recorded",
        "later rows may be missing",
        "early rows may be missing",
    ],
)
def test_a_drug_of_early_disease_only_is_shown_with_the_time_since_its_own_end(
    recorded: dict[str, Any], expected: bool | None, shown: str, why: str, library: EvidenceLibrary
) -> None:
    case = case_of(recorded)
    reading = read("early_only.trastuzumab_deruxtecan", case, library)
    assert answer("early_only.trastuzumab_deruxtecan", case, library) is expected
    assert (reading.shown, reading.why) == (shown, why)


def test_only_treatment_of_the_brain_is_listed_as_brain_treatment() -> None:
    case = case_of(local_therapies(SRS, {"kind": "spinal_radiotherapy"}, {"kind": "extracranial_surgery"}, WBRT))
    assert [therapy.kind.value for therapy in brain_therapies(case)] == ["radiosurgery", "whole_brain"]


def test_a_treatment_of_unknown_kind_is_brain_treatment_and_perhaps_one_of_each_kind() -> None:
    dated = case_of(local_therapies({"kind": "kind_not_known", "day": "2026-11-10"}))
    day = Day(date(2026, 11, 10), date(2026, 11, 10))
    assert last_local(dated, "local_therapy") == (day, "kind not known, 10 Nov 2026", "")
    undated = case_of(local_therapies({"kind": "kind_not_known"}))
    open_ = (None, "", "a treatment of the brain is recorded without its kind")
    assert last_local(undated, "radiosurgery") == open_


def test_a_drug_taken_over_as_never_given_is_recorded_under_its_name_as_people_write_it() -> None:
    place = place_of("systemic.exposure.trastuzumab_deruxtecan")
    assert place is not None
    assert entry_of_value(place, {"ever": False}) == {"drug": "trastuzumab deruxtecan", "ever": False}
