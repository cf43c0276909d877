"""Each rule once where it must speak and once where it must be silent."""

from typing import Any

import pytest
from support.strategies import case_of, lines, listed, local_therapies, specimens

from her2board.case.contradictions import contradictions
from her2board.case.terms import URGENT_SIGNS
from her2board.evidence.library import EvidenceLibrary

CLASS, COUNT, LARGEST = "brain.cns_class", "brain.lesion_count", "brain.largest_mm"
SRS, SURGERY = {"kind": "radiosurgery"}, {"kind": "surgery"}
NO_SYMPTOMS = {"neurology.symptoms_present": False}


def table(*items: dict[str, Any], completeness: str = "complete") -> dict[str, Any]:
    return {"brain.lesions": listed(*items, completeness=completeness)}


def exposure(name: str, **given: bool) -> dict[str, Any]:
    return {"systemic.exposure": {name: given}}


def numbered(first: int, second: int, start: str) -> dict[str, Any]:
    rows = (
        {"drugs": ["T-DM1"], "start": "2025-03-01", "line": first},
        {"drugs": ["T-DXd"], "start": start, "line": second},
    )
    return lines(*({**row, "setting": "metastatic"} for row in rows))


METASTATIC_TUCATINIB, METASTATIC_T_DXD, METASTATIC_T_DM1 = (
    lines({"drugs": [drug], "setting": "metastatic"}) for drug in ("tucatinib", "T-DXd", "T-DM1")
)

ADJUVANT = {
    **lines({"drugs": ["Herceptin"], "setting": "adjuvant", "stop": "2022-03-10"}),
    "tumour.metastatic_date": "2022-09-30",
}
NEOADJUVANT = {"drugs": ["docetaxel"], "setting": "neoadjuvant"}
MONTHS = "tumour.months_since_adjuvant_her2"

IN_QUESTION, COMPARED_ON = "brain.necrosis_in_question", "brain.comparison_date"
SHRUNK = ({"mm": 8.0, "day": "2026-05"}, {"mm": 15.0, "day": "2026-01"})
BELOW_10 = {"high": 10.0, "high_included": False}
BORN = {"patient.birth_year": 1972}

SPEAKS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    (
        "age 60, yet born in 1972, which makes 52 or 53 on Mar 2025",
        {**BORN, "patient.age": 60, "patient.age_on": "2025-03"},
        {**BORN, "patient.age": 52, "patient.age_on": "2025-03"},
    ),
    (
        "age 51, yet born in 1972",
        {**BORN, "patient.age": 51, "patient.age_on": "2025-03"},
        {**BORN, "patient.age": 51, "meeting.date": "2025-03-01"},
    ),
    (
        "age 54, yet born in 1972, which makes 52 or 53 on 1 Mar 2025",
        {**BORN, "patient.age": 54, "meeting.date": "2025-03-01"},
        {**BORN, "patient.age": 54},
    ),
    ("born 1972, after primary diagnosed 1971", {**BORN, "tumour.primary_date": "1971"}, BORN),
    (
        "by the age recorded born no earlier than 1995, after primary diagnosed 1994",
        {"patient.age": 30, "patient.age_on": "2026-03", "tumour.primary_date": "1994"},
        {"patient.age": 30, "tumour.primary_date": "1994"},
    ),
    (
        "by the age recorded born no earlier than 1995, after line 1 starts as neoadjuvant therapy 1992",
        {"patient.age": 30, "patient.age_on": "2026-03", **lines({**NEOADJUVANT, "start": "1992"})},
        {"patient.age": 30, "patient.age_on": "2026-03", **lines({**NEOADJUVANT, "start": "1995"})},
    ),
    (
        "recorded as not proposed, yet who proposes it is recorded",
        {"meeting.wbrt_proposed": False, "meeting.wbrt_proposed_by": "neurology"},
        {"meeting.wbrt_proposed": True, "meeting.wbrt_proposed_by": "neurology"},
    ),
    (
        "not pregnant, yet in the second trimester",
        {"patient.pregnant": False, "patient.trimester": "second"},
        {"patient.pregnant": True, "patient.trimester": "second"},
    ),
    (
        "pregnant, yet postmenopausal",
        {"patient.trimester": "first", "patient.menopause": "postmenopausal"},
        {"patient.trimester": "first", "patient.menopause": "premenopausal"},
    ),
    (
        "measurable CNS disease recorded as yes, the sizes say otherwise",
        {"brain.measurable": True, LARGEST: 9.0},
        {"brain.measurable": False, LARGEST: 9.0},
    ),
    (
        "measurable CNS disease recorded as no, the sizes say otherwise",
        {"brain.measurable": False, "brain.contrast": True}
        | table({"diameter_mm": 12.0, "perpendicular_mm": 8.0, "state": "new"}),
        {"brain.measurable": False, **table({"diameter_mm": 12.0, "perpendicular_mm": 8.0, "state": "new"})},
    ),
    (
        "measurable CNS disease recorded as yes, the sizes say otherwise",
        {"brain.measurable": True, COUNT: {"low": 0, "high": 0}},
        {"brain.measurable": True, COUNT: {"low": 0, "high": 1}},
    ),
    ("6 months from adjuvant", {MONTHS: 6.0, **ADJUVANT}, {MONTHS: 6.5, **ADJUVANT}),
    ("the dates say 6 months 20 days", {MONTHS: 7.0, **ADJUVANT}, {MONTHS: 6.1, **ADJUVANT}),
    ("the dates say no (neo)adjuvant", {MONTHS: 6.0, **lines()}, {MONTHS: 6.0, **lines(completeness="partial")}),
    (
        "yet immediate local therapy is recorded as not needed",
        {"urgency.hydrocephalus": True, "urgency.immediate_local_therapy": False},
        {"urgency.hydrocephalus": True, "urgency.immediate_local_therapy": True},
    ),
    (
        "urgency is described in words, yet every urgent sign is recorded as absent",
        {f"urgency.{sign}": False for sign in URGENT_SIGNS} | {"urgency.note": "drowsy"},
        {f"urgency.{sign}": False for sign in URGENT_SIGNS[1:]} | {"urgency.note": "drowsy"},
    ),
    (
        "yet mass effect",
        {**NO_SYMPTOMS, "urgency.mass_effect": True},
        {"neurology.symptoms_present": True, "urgency.mass_effect": True},
    ),
    ("yet symptoms are named", {**NO_SYMPTOMS, "neurology.symptoms": ["ataxia"]}, {"neurology.symptoms": ["ataxia"]}),
    ("yet worsening", {**NO_SYMPTOMS, "neurology.trend": "worsening"}, {**NO_SYMPTOMS, "neurology.trend": "stable"}),
    (
        "yet the steroid dose is rising",
        {**NO_SYMPTOMS, "neurology.steroid_trend": "rising"},
        {**NO_SYMPTOMS, "neurology.steroid_trend": "falling"},
    ),
    (
        "steroid recorded as given: no, with a dose of 4 mg",
        {"neurology.steroid_given": False, "neurology.dexamethasone_mg": 4.0},
        {"neurology.steroid_given": False, "neurology.dexamethasone_mg": 0.0},
    ),
    (
        "steroid recorded as given: yes, with a dose of 0 mg",
        {"neurology.steroid_given": True, "neurology.dexamethasone_mg": 0.0},
        {"neurology.steroid_given": True, "neurology.dexamethasone_mg": 4.0},
    ),
    (
        "CNS disease status recorded as stable, the lesion table says stable, untreated",
        {CLASS: ["stable"], **table({"state": "new"}, {"state": "treated_stable"}, completeness="partial")},
        {CLASS: ["stable"], **table({"state": "resected"}, {"state": "treated_stable"})},
    ),
    (
        "CNS disease status recorded as stable, untreated, the lesion table says stable",
        {CLASS: ["stable", "untreated"], **table({"state": "treated_stable"})},
        {CLASS: ["stable", "untreated"], **table({"state": "treated_stable"}, completeness="partial")},
    ),
    (
        "metastases recorded as treated, yet no local therapy was given",
        {CLASS: ["stable"], **local_therapies()},
        {CLASS: ["stable"], **local_therapies(SRS)},
    ),
    (
        "metastases recorded as treated, yet no local therapy was given",
        {**table({"state": "treated_stable"}), **local_therapies()},
        {**table({"state": "treated_stable"}), **local_therapies(completeness="partial")},
    ),
    (
        "radiation necrosis in question, yet no radiotherapy of the brain was given",
        {"brain.necrosis_in_question": True, **local_therapies(SURGERY)},
        {"brain.necrosis_in_question": True, **local_therapies(SRS)},
    ),
    (
        "a lesion is recorded as resected, yet no surgery of the brain was given",
        {**table({"state": "resected"}), **local_therapies(SRS)},
        {**table({"state": "resected"}), **local_therapies(SURGERY)},
    ),
    (
        "the number of metastases does not fit the lesion table, which lists 2",
        {COUNT: {"low": 1, "high": 1}, **table({"state": "new"}, {"state": "new"}, completeness="partial")},
        {COUNT: {"low": 1, "high": 1}, **table({"state": "new"}, {"state": "resected"}, completeness="partial")},
    ),
    (
        "the number of metastases does not fit the lesion table, which lists 1",
        {COUNT: {"low": 2}, **table({"state": "new"})},
        {COUNT: {"low": 2}, **table({"state": "new"}, completeness="partial")},
    ),
    (
        "the number of metastases does not fit the lesion table, which lists 0",
        {COUNT: {"low": 2}, **table()},
        {COUNT: {"low": 0}, **table()},
    ),
    (
        "no brain metastases counted, yet recorded: CNS disease status",
        {COUNT: {"low": 0, "high": 0}, CLASS: ["stable"]},
        {COUNT: {"low": 0, "high": 1}, CLASS: ["stable"]},
    ),
    (
        "no brain metastases counted, yet recorded: Largest diameter",
        {COUNT: {"low": 0, "high": 0}, LARGEST: 16.0},
        {COUNT: {"low": 0, "high": 0}, "brain.brainstem": False},
    ),
    (
        "the complete lesion table leaves none, yet recorded: CNS disease status",
        {CLASS: ["untreated"], **table()},
        table({"state": "resected", "diameter_mm": 40.0}),
    ),
    (
        "the complete lesion table leaves none, yet recorded: CNS disease status",
        {CLASS: ["stable"], **table({"state": "resected"})},
        {CLASS: ["stable"], **table({"state": "resected"}, completeness="partial")},
    ),
    (
        "radiation necrosis in question, yet no lesion is recorded as progressing",
        {IN_QUESTION: True, CLASS: ["stable"]},
        {IN_QUESTION: True, CLASS: ["progressing", "stable"]},
    ),
    (
        "radiation necrosis in question, yet no lesion is recorded as progressing",
        {IN_QUESTION: True, **table({"state": "treated_stable"}, {"state": "new"})},
        {IN_QUESTION: True, **table({"state": "treated_stable"}, {"state": "new"}, completeness="partial")},
    ),
    (
        "largest diameter 10 mm, the lesion table has 16 mm or more",
        {LARGEST: 10.0, **table({"diameter_mm": 16.0, "state": "new"}, completeness="partial")},
        {LARGEST: 10.0, **table({"diameter_mm": 16.0, "state": "resected"}, completeness="partial")},
    ),
    (
        "largest diameter 20 mm, the lesion table has 16 mm",
        {LARGEST: 20.0, **table({"diameter_mm": 16.0, "state": "new"})},
        {LARGEST: 20.0, **table({"diameter_mm": 16.0, "state": "new"}, {"state": "new"})},
    ),
    (
        "largest diameter less than 10 mm, the lesion table has 10 to 15 mm",
        {LARGEST: BELOW_10, **table({"diameter_mm": {"low": 10.0, "high": 15.0}, "state": "new"})},
        {LARGEST: BELOW_10, **table({"diameter_mm": {"low": 9.0, "high": 15.0}, "state": "new"})},
    ),
    (
        "a lesion measures 12 mm across, more than its longest diameter of less than 10 mm",
        table({"diameter_mm": BELOW_10, "perpendicular_mm": 12.0}),
        table({"diameter_mm": BELOW_10, "perpendicular_mm": {"low": 8.0, "high": 12.0}}),
    ),
    (
        "CSF cytology is positive, yet leptomeningeal disease is recorded as none",
        {"brain.csf_cytology": "positive", "brain.leptomeninges": "none"},
        {"brain.csf_cytology": "negative", "brain.leptomeninges": "none"},
    ),
    (
        "CSF cytology is positive, yet leptomeningeal disease is recorded as probable",
        {"brain.csf_cytology": "positive", "brain.leptomeninges": "probable"},
        {"brain.csf_cytology": "positive", "brain.leptomeninges": "stated"},
    ),
    (
        "brain metastases recorded as present, yet none is left by number or table",
        {"brain.metastases_present": True, COUNT: {"low": 0, "high": 0}},
        {"brain.metastases_present": True, COUNT: {"low": 0, "high": 1}},
    ),
    (
        "brain metastases recorded as not present, yet number or table has some",
        {"brain.metastases_present": False, **table({"state": "new"})},
        {"brain.metastases_present": False, **table({"state": "resected"})},
    ),
    (
        "brain metastases recorded as not present, yet recorded: CNS disease status",
        {"brain.metastases_present": False, CLASS: ["progressing"]},
        {"brain.metastases_present": False, "brain.total_volume_ml": 0.0},
    ),
    (
        "a lesion is recorded as smaller, with 8 mm before and 12 mm now",
        table({"growth": "smaller", "diameter_mm": 12.0, "earlier_sizes": [{"mm": 8.0}]}),
        table({"growth": "smaller", "diameter_mm": 12.0, "earlier_sizes": [{"mm": {"low": 8.0, "high": 12.0}}]}),
    ),
    (
        "a lesion is recorded as smaller, with 8 mm before and 12 mm now",
        table({"growth": "smaller", "diameter_mm": 12.0, "earlier_sizes": [*SHRUNK]}),
        table({"growth": "grown", "diameter_mm": 12.0, "earlier_sizes": [*SHRUNK]}),
    ),
    (
        "a lesion is recorded as grown, with 12 mm before and less than 10 mm now",
        table({"growth": "grown", "diameter_mm": BELOW_10, "earlier_sizes": [{"mm": 12.0}]}),
        table({"growth": "grown", "diameter_mm": BELOW_10, "earlier_sizes": [{"mm": 8.0}]}),
    ),
    (
        "a lesion is recorded as new, with 5 mm before and no size now",
        table({"growth": "new", "earlier_sizes": [{"mm": 5.0}]}),
        table({"growth": "new", "earlier_sizes": [{"mm": 0.0}]}),
    ),
    (
        "the earlier size of a lesion is of Mar 2026, after the imaging of Jan 2026",
        {"brain.imaging_date": "2026-01", **table({"earlier_sizes": [{"mm": 5.0, "day": "2026-03"}]})},
        {"brain.imaging_date": "2026-01", **table({"earlier_sizes": [{"mm": 5.0, "day": "2026-01"}]})},
    ),
    (
        "a lesion has two sizes of one day: 5 mm, 3 Jan 2026 and 8 mm, 3 Jan 2026",
        table({"earlier_sizes": [{"mm": 5.0, "day": "2026-01-03"}, {"mm": 8.0, "day": "2026-01-03"}]}),
        table({"earlier_sizes": [{"mm": 5.0, "day": "2026-01"}, {"mm": 8.0, "day": "2026-01"}]}),
    ),
    (
        "rows 1 and 2 have the numbers 1 and 2, yet their dates, drugs and reasons make one line",
        numbered(1, 2, "2025-03-01"),
        numbered(1, 2, "2025-06-01"),
    ),
    (
        "rows 1 and 2 both have the number 1, yet their dates, drugs and reasons make two lines",
        numbered(1, 1, "2025-06-01"),
        numbered(1, 1, "2025-03-01"),
    ),
    (
        "line 1 is recorded as stopped for another reason (planned switch), yet with progression",
        lines({"drugs": ["T-DM1"], "reason_stopped": "planned_switch", "best_response": "progression"}),
        lines({"drugs": ["T-DM1"], "reason_stopped": "progression", "best_response": "progression"}),
    ),
    (
        "line 1 is recorded as stopped for another reason (completed), yet with progression",
        lines({"drugs": ["T-DM1"], "setting": "metastatic", "reason_stopped": "completed", "progressed_in": "brain"}),
        lines({"drugs": ["T-DM1"], "setting": "adjuvant", "reason_stopped": "completed", "progressed_in": "brain"}),
    ),
    (
        "row 1 is recorded as adjuvant, yet as line 2 of metastatic therapy",
        lines({"drugs": ["T-DM1"], "setting": "adjuvant", "line": 2}),
        lines({"drugs": ["T-DM1"], "setting": "metastatic", "line": 2}),
    ),
    (
        "a lesion is recorded as untreated, yet as treated on Mar 2026",
        table({"state": "untreated", "treated_on": "2026-03"}),
        table({"state": "treated_stable", "treated_on": "2026-03"}),
    ),
    (
        "a lesion is recorded as progressing, yet as smaller",
        {"brain.comparison_date": "2026-01", **table({"state": "treated_progressing", "growth": "smaller"})},
        {"brain.comparison_date": "2026-01", **table({"state": "treated_progressing", "growth": "grown"})},
    ),
    (
        "histology shows necrosis only, yet the lesion is recorded as treated progressing",
        {COMPARED_ON: "2026-01", **table({"state": "treated_progressing", "histology": "necrosis"})},
        {COMPARED_ON: "2026-01", **table({"state": "treated_progressing", "histology": "necrosis_and_tumour"})},
    ),
    (
        "radiation necrosis in question, yet histology shows tumour in every progressing lesion",
        {IN_QUESTION: True, COMPARED_ON: "2026-01", **table({"state": "treated_progressing", "histology": "tumour"})},
        {
            IN_QUESTION: True,
            COMPARED_ON: "2026-01",
            **table({"state": "treated_progressing", "histology": "tumour"}, completeness="partial"),
        },
    ),
    (
        "histology shows radiation necrosis, yet no radiotherapy of the brain was given",
        {**table({"histology": "necrosis"}), **local_therapies(SURGERY)},
        {**table({"histology": "necrosis"}), **local_therapies({"kind": "kind_not_known"})},
    ),
    (
        "a steroid for another reason is recorded with a dose of 0 mg",
        {"neurology.other_steroid_mg": 0.0, "neurology.other_steroid_reason": "spinal_cord"},
        {"neurology.other_steroid_mg": 4.0, "neurology.other_steroid_reason": "spinal_cord"},
    ),
    (
        "imaging of Jan 2026 is older than the local therapy of Mar 2026",
        {"brain.imaging_date": "2026-01", **local_therapies({**SRS, "day": "2026-03"})},
        {"brain.imaging_date": "2026-03", **local_therapies({**SRS, "day": "2026-03"})},
    ),
    (
        "HER2 stated as negative, the assay reads positive",
        specimens({"her2_stated": "negative", "ihc": "3+"}),
        specimens({"her2_stated": "negative", "ihc": "0"}),
    ),
    (
        "HER2 stated as positive, the assay reads low or negative",
        specimens({"her2_stated": "positive", "ish": "negative"}),
        specimens({"her2_stated": "low", "ish": "negative"}),
    ),
    (
        "HER2 stated as ultralow, the assay reads low",
        specimens({"her2_stated": "ultralow", "ihc": "1+"}),
        specimens({"her2_stated": "ultralow", "ihc": "0"}),
    ),
    (
        "HER2 stated as positive, the assay reads low",
        specimens({"her2_stated": "positive", "ihc": "1+"}),
        specimens({"her2_stated": "positive", "ihc": "2+"}),
    ),
    (
        "HER2 recorded as not tested, with a result",
        specimens({"her2_tested": False, "ihc": "3+"}),
        specimens({"her2_tested": True, "ihc": "3+"}),
    ),
    (
        "ISH recorded as positive, ratio and copies read negative",
        specimens({"ish": "positive", "ish_ratio": 1.2, "her2_copies": 2.0}),
        specimens({"ish": "positive", "ish_ratio": 2.4, "her2_copies": 6.0}),
    ),
    (
        "IHC 3+ with ISH negative: the two disagree",
        specimens({"ihc": "3+", "ish": "negative"}),
        specimens({"ihc": "2+", "ish": "negative"}),
    ),
    (
        "IHC 1+ with ISH positive: the two disagree",
        specimens({"ihc": "1+", "ish": "positive"}),
        specimens({"ihc": "1+", "ish": "negative"}),
    ),
    (
        "ER positive with 0 % stained",
        specimens({"er": "positive", "er_percent": 0.0}),
        specimens({"er": "positive", "er_percent": 1.0}),
    ),
    (
        "PR negative with 20 % stained",
        specimens({"pr": "negative", "pr_percent": 20.0}),
        specimens({"pr": "negative", "pr_percent": 0.5}),
    ),
    (
        "ILD history and its grade 2 disagree",
        {"organs.ild_history": False, "organs.ild_grade": 2},
        {"organs.ild_history": False, "organs.ild_grade": 0},
    ),
    (
        "ILD history and its grade 0 disagree",
        {"organs.ild_history": True, "organs.ild_grade": 0},
        {"organs.ild_history": True, "organs.ild_grade": 1},
    ),
    (
        "pregnant, yet postmenopausal",
        {"patient.pregnant": True, "patient.menopause": "postmenopausal"},
        {"patient.pregnant": True, "patient.menopause": "premenopausal"},
    ),
    ("pregnant, yet male", {"patient.pregnant": True, "patient.sex": "male"}, {"patient.sex": "male"}),
    (
        "ECOG 1 and Karnofsky 40 are far apart",
        {"patient.ecog": 1, "patient.kps": 40},
        {"patient.ecog": 1, "patient.kps": 60},
    ),
    (
        "line 1 stops May 2026, after line 2 starts Mar 2026",
        lines({"drugs": ["docetaxel"], "stop": "2026-05"}, {"drugs": ["docetaxel"], "start": "2026-03"}),
        lines({"drugs": ["docetaxel"], "stop": "2026-03"}, {"drugs": ["docetaxel"], "start": "2026-03"}),
    ),
    (
        "line 1 is recorded as ongoing, yet line 2 starts Mar 2026",
        lines({"drugs": ["docetaxel"], "ongoing": True}, {"drugs": ["docetaxel"], "start": "2026-03"}),
        lines(
            {"drugs": ["docetaxel"], "ongoing": True},
            {"drugs": ["letrozole"], "start": "2026-03", "continues_line": True},
        ),
    ),
    (
        "line 1 is recorded as ongoing, yet with a reason for stopping",
        lines({"drugs": ["docetaxel"], "ongoing": True, "reason_stopped": "toxicity"}),
        lines({"drugs": ["docetaxel"], "ongoing": False, "reason_stopped": "toxicity"}),
    ),
    (
        "line 1 stops May 2026, after line 3 starts Mar 2026",
        lines({"drugs": ["docetaxel"], "stop": "2026-05"}, {"drugs": ["docetaxel"]}, {"start": "2026-03"}),
        lines({"drugs": ["docetaxel"], "stop": "2026-02"}, {"drugs": ["docetaxel"]}, {"start": "2026-03"}),
    ),
    (
        "HER2 stated as positive, the assay reads negative",
        specimens({"her2_stated": "positive", "ihc": "0"}),
        specimens({"her2_stated": "negative", "ihc": "1+"}),
    ),
    (
        "tucatinib: recorded as not given, other entries say otherwise",
        {**METASTATIC_TUCATINIB, **exposure("tucatinib", ever=False)},
        {**METASTATIC_TUCATINIB, **exposure("tucatinib", ever=True)},
    ),
    (
        "tucatinib: recorded as not given, other entries say otherwise",
        {**METASTATIC_TUCATINIB, **exposure("tucatinib", metastatic=False)},
        {**lines({"drugs": ["tucatinib"], "setting": "adjuvant"}), **exposure("tucatinib", metastatic=False)},
    ),
    (
        "tucatinib: recorded as not given, other entries say otherwise",
        exposure("tucatinib", ever=False, metastatic=True),
        exposure("tucatinib", ever=True, metastatic=True),
    ),
    (
        "lapatinib: recorded as given, other entries say otherwise",
        {**METASTATIC_TUCATINIB, **exposure("lapatinib", ever=True)},
        {**lines({"drugs": ["tucatinib"]}, completeness="partial"), **exposure("lapatinib", ever=True)},
    ),
    (
        "lapatinib: recorded as given, other entries say otherwise",
        {
            **lines(
                {"drugs": ["tucatinib"], "setting": "metastatic"}, completeness="partial", metastatic_complete=True
            ),
            **exposure("lapatinib", metastatic=True),
        },
        {**lines({"drugs": ["lapatinib"]}), **exposure("lapatinib", metastatic=True)},
    ),
    (
        "HER2 tyrosine kinase inhibitor: recorded as not given, other entries say otherwise",
        {"systemic.exposure": {"her2_tki": {"ever": False}, "tucatinib": {"ever": True}}},
        {"systemic.exposure": {"her2_tki": {"ever": True}, "tucatinib": {"ever": False}}},
    ),
    (
        "Enhertu: recorded as not given, other entries say otherwise",
        {"systemic.exposure": {"T-DXd": {"metastatic": True}, "Enhertu": {"metastatic": False}}},
        {"systemic.exposure": {"T-DXd": {"ever": True}, "Enhertu": {"metastatic": False}}},
    ),
    (
        "trastuzumab: recorded as not given, other entries say otherwise",
        {"systemic.exposure": {"Phesgo": {"ever": True}, "trastuzumab": {"ever": False}}},
        {"systemic.exposure": {"Phesgo": {"ever": False}, "trastuzumab": {"ever": True}}},
    ),
    (
        "Phesgo: recorded as given, other entries say otherwise",
        {**lines({"drugs": ["pertuzumab"]}), **exposure("Phesgo", ever=True)},
        {**lines({"drugs": ["pertuzumab", "trastuzumab"]}), **exposure("Phesgo", ever=True)},
    ),
    (
        "access to T-DXd recorded as yes and as no",
        {"access.drugs": {"T-DXd": True, "Enhertu": False}},
        {"access.drugs": {"T-DXd": True, "Enhertu": True}},
    ),
    (
        "primary diagnosed Mar 2024, after metastatic since Mar 2021",
        {"tumour.primary_date": "2024-03", "tumour.metastatic_date": "2021-03"},
        {"tumour.primary_date": "2024-03", "tumour.metastatic_date": "2024"},
    ),
    (
        "primary diagnosed Mar 2024, after line 1 starts as neoadjuvant therapy Jan 2024",
        {"tumour.primary_date": "2024-03", **lines({**NEOADJUVANT, "start": "2024-01"})},
        {"tumour.primary_date": "2024-03", **lines({**NEOADJUVANT, "start": "2024-03"})},
    ),
    (
        "line 2 starts as adjuvant therapy 5 May 2024, after metastatic since 4 May 2024",
        {
            **lines(
                {**NEOADJUVANT, "start": "2019"}, {"drugs": ["T-DM1"], "setting": "adjuvant", "start": "2024-05-05"}
            ),
            "tumour.metastatic_date": "2024-05-04",
        },
        {
            **lines(
                {**NEOADJUVANT, "start": "2019"}, {"drugs": ["T-DM1"], "setting": "adjuvant", "start": "2024-05-04"}
            ),
            "tumour.metastatic_date": "2024-05-04",
        },
    ),
    (
        "metastatic since 2025, after line 1 starts for metastatic disease Dec 2024",
        {**lines({"drugs": ["T-DXd"], "setting": "metastatic", "start": "2024-12"}), "tumour.metastatic_date": "2025"},
        {**lines({"drugs": ["T-DXd"], "setting": "metastatic", "start": "2025-12"}), "tumour.metastatic_date": "2025"},
    ),
    (
        "metastatic since 2025, after brain metastases since 2024",
        {"tumour.metastatic_date": "2025", "tumour.brain_date": "2024"},
        {"tumour.metastatic_date": "2025", "tumour.brain_date": "2025-01"},
    ),
    (
        "brain metastases since Nov 2025, after local therapy 2 of the brain Oct 2025",
        {"tumour.brain_date": "2025-11", **local_therapies({**SRS, "day": "2025-12"}, {**SURGERY, "day": "2025-10"})},
        {"tumour.brain_date": "2025-10", **local_therapies({**SRS, "day": "2025-12"}, {**SURGERY, "day": "2025-10"})},
    ),
    (
        "primary diagnosed 2025, after local therapy 1 of the brain 2024",
        {"tumour.primary_date": "2025", **local_therapies({**SRS, "day": "2024"})},
        {"tumour.primary_date": "2025", **local_therapies({**SRS, "day": ">2024"})},
    ),
    (
        "LVEF 0.61 %: is 61 % meant?",
        {"organs.lvef_percent": 0.61},
        {"organs.lvef_percent": 1.5},
    ),
    (
        "ER 0.6 % stained: is 60 % meant?",
        specimens({"er_percent": 0.6}),
        specimens({"er_percent": 1.0, "pr_percent": 0.0}),
    ),
    (
        "a lesion of 140 mm: is 14 mm meant?",
        {"brain.largest_mm": 140.0},
        {"brain.largest_mm": 99.0},
    ),
    (
        "a lesion of 110 mm: is 11 mm meant?",
        {"brain.lesions": listed({"diameter_mm": 110.0})},
        {"brain.lesions": listed({"diameter_mm": 11.0})},
    ),
    (
        "line 1 is recorded as ongoing, yet line 2 starts May 2024",
        lines({"drugs": ["docetaxel"], "start": "2024-03", "ongoing": True}, {"drugs": ["T-DXd"], "start": "2024-05"}),
        lines(
            {"drugs": ["dexamethasone"], "start": "2024-03", "ongoing": True},
            {"drugs": ["docetaxel"], "start": "2024-05-01", "stop": "2024-09"},
            {"drugs": ["trastuzumab"], "start": "2024-05-20", "stop": "2025-01"},
        ),
    ),
    (
        "recorded as metastatic from the start, yet line 1 as adjuvant therapy",
        {"tumour.origin": "de_novo", **lines({"drugs": ["docetaxel"], "setting": "adjuvant"})},
        {"tumour.origin": "recurrent", **lines({"drugs": ["docetaxel"], "setting": "adjuvant"})},
    ),
    (
        "line 1 has a drug for HER2-positive disease, yet no specimen is HER2 positive",
        {**METASTATIC_TUCATINIB, **specimens({"ihc": "0"}, {"ihc": "1+"})},
        {**METASTATIC_TUCATINIB, **specimens({"ihc": "0"}, {"ihc": "1+"}, completeness="partial")},
    ),
    (
        "line 1 has a drug for HER2-positive disease, yet no specimen is HER2 positive",
        {**METASTATIC_TUCATINIB, **specimens({"ihc": "1+", "day": "2026-01"})},
        {**METASTATIC_TUCATINIB, **specimens({"ihc": "1+", "day": "2026-01"}, {"ihc": "3+", "day": "2020"})},
    ),
    (
        "line 1 has a drug for HER2-positive disease, yet no specimen is HER2 positive",
        {**METASTATIC_T_DXD, **specimens({"ihc": "0"})},
        {**METASTATIC_T_DXD, **specimens({"ihc": "1+"})},
    ),
    (
        "line 1 has a drug for HER2-positive disease, yet no specimen is HER2 positive",
        {**METASTATIC_T_DXD, **specimens({"ihc": "0"})},
        {**METASTATIC_T_DXD, **specimens({"ihc": "ultralow"})},
    ),
    (
        "line 1 has a drug for HER2-positive disease, yet no specimen is HER2 positive",
        {**METASTATIC_TUCATINIB, **specimens({"ihc": "0"})},
        {**METASTATIC_TUCATINIB, **specimens({"ihc": "2+"})},
    ),
    (
        "line 1 has a drug for HER2-positive disease, yet no specimen is HER2 positive",
        {**METASTATIC_T_DM1, **specimens({"ihc": "1+"})},
        {**METASTATIC_T_DM1, **specimens({"ihc": "3+"})},
    ),
    (
        "'study drug X' is not a known drug name: kept as written, and no drug can be excluded",
        lines({"drugs": ["study drug X"]}),
        lines({"drugs": ["docetaxel"]}),
    ),
    (
        "no neurological symptoms recorded, yet fast neurological decline, uncontrolled seizures",
        {**NO_SYMPTOMS, "urgency.uncontrolled_seizures": True, "urgency.fast_decline": True},
        {"neurology.symptoms_present": True, "urgency.uncontrolled_seizures": True},
    ),
    (
        "no neurological symptoms recorded, yet haemorrhage with deficit",
        {**NO_SYMPTOMS, "urgency.haemorrhage_with_deficit": True},
        {**NO_SYMPTOMS, "urgency.hydrocephalus": True},
    ),
    (
        "fast neurological decline recorded, yet the symptoms as stable",
        {"urgency.fast_decline": True, "neurology.trend": "stable"},
        {"urgency.fast_decline": True, "neurology.trend": "worsening"},
    ),
    (
        "crowded posterior fossa recorded, yet no lesion in the posterior fossa",
        {"urgency.posterior_fossa_crowding": True, "brain.posterior_fossa": False},
        {"urgency.posterior_fossa_crowding": True, "brain.posterior_fossa": True},
    ),
    (
        "neurological symptoms recorded, yet none of them by name",
        {"neurology.symptoms_present": True, "neurology.symptoms": []},
        {"neurology.symptoms_present": True},
    ),
    (
        "no steroid given, yet given since 20 Nov 2026",
        {"neurology.steroid_given": False, "neurology.steroid_start": "2026-11-20"},
        {"neurology.steroid_given": True, "neurology.steroid_start": "2026-11-20"},
    ),
    (
        "no steroid given, yet its dose is rising",
        {"neurology.steroid_given": False, "neurology.steroid_trend": "rising"},
        {"neurology.steroid_given": False, "neurology.steroid_trend": "falling"},  # tapered off
    ),
    (
        "renal function in range, yet a creatinine clearance of 29 mL/min",
        {"organs.renal": "in_range", "organs.creatinine_clearance": 29.0},
        {"organs.renal": "in_range", "organs.creatinine_clearance": 30.0},
    ),
    (
        "pregnant, yet without child-bearing potential",
        {"patient.pregnant": True, "patient.child_bearing": False},
        {"patient.pregnant": False, "patient.child_bearing": False},
    ),
    (
        "a man, yet premenopausal",
        {"patient.sex": "male", "patient.menopause": "premenopausal"},
        {"patient.sex": "female", "patient.menopause": "premenopausal"},
    ),
    (
        "histology recorded as not confirmed, yet a specimen has a HER2 assay",
        {"tumour.histology_confirmed": False, **specimens({"ihc": "3+"})},
        {"tumour.histology_confirmed": False, **specimens({"her2_stated": "positive"})},
    ),
    (
        "recorded as de novo, yet primary Feb 2020 and metastatic Mar 2025",
        {"tumour.origin": "de_novo", "tumour.primary_date": "2020-02", "tumour.metastatic_date": "2025-03"},
        {"tumour.origin": "de_novo", "tumour.primary_date": "2024", "tumour.metastatic_date": "2025"},
    ),
    (
        "recorded as recurrent, yet primary 1 Feb 2025 and metastatic 4 Mar 2025",
        {"tumour.origin": "recurrent", "tumour.primary_date": "2025-02-01", "tumour.metastatic_date": "2025-03-04"},
        {"tumour.origin": "recurrent", "tumour.primary_date": "2025-02-01", "tumour.metastatic_date": "2025-03-05"},
    ),
    (
        "disease outside the brain recorded as absent, yet in: liver, bone",
        {"systemic.extracranial": "absent", "systemic.extracranial_sites": ["liver", "bone"]},
        {"systemic.extracranial": "absent", "systemic.extracranial_sites": []},
    ),
    (
        "total volume 21 mL, more than 3 metastases of at most 13 mm can have",
        {COUNT: {"low": 3, "high": 3}, LARGEST: 13.0, "brain.total_volume_ml": 21.0},
        {COUNT: {"low": 3, "high": 3}, LARGEST: 13.0, "brain.total_volume_ml": 6.9},
    ),
    (
        "T-DXd: recorded as given, other entries say otherwise",
        {**METASTATIC_TUCATINIB, **exposure("trastuzumab_deruxtecan", ever=True)},
        {**METASTATIC_T_DXD, **exposure("trastuzumab_deruxtecan", ever=True)},
    ),
]


@pytest.mark.parametrize(
    ("text", "contradicted", "coherent"), SPEAKS, ids=[f"{n}-{row[0][:40]}" for n, row in enumerate(SPEAKS)]
)
def test_facts_that_disagree_are_named_and_facts_that_agree_are_not(
    text: str, contradicted: dict[str, Any], coherent: dict[str, Any], library: EvidenceLibrary
) -> None:
    found = [one.text for one in contradictions(case_of(contradicted), library.vocabulary)]
    assert any(text in one for one in found), found
    assert contradictions(case_of(coherent), library.vocabulary) == ()


@pytest.mark.parametrize("row", SPEAKS, ids=[f"{n}" for n in range(len(SPEAKS))])
def test_a_contradiction_names_fields_and_facts_that_exist(row: Any, library: EvidenceLibrary) -> None:
    for one in contradictions(case_of(row[1]), library.vocabulary):
        assert one.fields
        assert set(one.facts) <= set(library.catalogue)


@pytest.mark.parametrize(
    "recorded",
    [
        {CLASS: ["progressing"]},
        table({"state": "treated_progressing"}),
        {"meeting.wbrt_proposed": True},
        {"urgency.cord_compression": True, "urgency.immediate_local_therapy": False},
        {"urgency.urgent": True, "urgency.immediate_local_therapy": False},
    ],
    ids=["no comparison scan", "none for a lesion", "leptomeninges not asked", "the cord", "urgent, not said of what"],
)
def test_something_missing_or_said_of_something_else_is_no_contradiction(
    recorded: dict[str, Any], library: EvidenceLibrary
) -> None:
    assert contradictions(case_of(recorded), library.vocabulary) == ()


UNSETTLED: list[tuple[dict[str, Any], set[str], set[str]]] = [
    (
        {"brain.imaging_date": "2026-01", **local_therapies({**SRS, "day": "2026-03"})},
        {"cns_class", "lesion_count", "largest_lesion_mm", "total_volume_ml", "measurable_cns"},
        {"brain_metastases", "prior_radiosurgery", "leptomeningeal_disease"},
    ),
    (
        {**NO_SYMPTOMS, "neurology.steroid_trend": "rising"},
        {"symptoms", "neurologically_stable"},
        {"dexamethasone_mg", "steroid_trend"},
    ),
    (
        {**NO_SYMPTOMS, "urgency.uncontrolled_seizures": True},
        {"symptoms"},
        {"urgency", "uncontrolled_seizures", "immediate_local_therapy"},
    ),
    (
        {"organs.renal": "in_range", "organs.creatinine_clearance": 20.0},
        {"renal", "creatinine_clearance"},
        {"liver", "blood_counts"},
    ),
    (
        {"systemic.extracranial": "absent", "systemic.extracranial_sites": ["liver"]},
        {"extracranial"},
        {"brain_metastases"},
    ),
    (
        {"urgency.hydrocephalus": True, "urgency.immediate_local_therapy": False},
        {"immediate_local_therapy"},
        {"urgency", "hydrocephalus"},
    ),
    (
        {CLASS: ["stable"], **local_therapies()},
        {"cns_class", "prior_local_therapy", "prior_wbrt", "last_radiosurgery"},
        {"brain_metastases", "lesion_count"},
    ),
    (
        {**METASTATIC_TUCATINIB, **exposure("her2_tki", ever=False)},
        {"given.her2_tki", "given.tucatinib", "given_metastatic.tucatinib", "progressed_on.tucatinib"},
        {"given.lapatinib", "given.trastuzumab"},
    ),
    (
        {"tumour.origin": "de_novo", **lines({"drugs": ["T-DM1"], "setting": "adjuvant"})},
        {"origin", "months_since_adjuvant_her2", "early_only.trastuzumab_emtansine"},
        {"given.trastuzumab_emtansine"},
    ),
    (
        lines({"drugs": ["tucatinib"], "setting": "metastatic", "ongoing": True, "reason_stopped": "toxicity"}),
        {"her2_therapy_ongoing", "progressed_on.tucatinib", "progressed_on.her2_tki"},
        {"given.tucatinib", "progressed_on.trastuzumab"},
    ),
    (
        lines({"drugs": ["T-DM1"], "setting": "metastatic", "reason_stopped": "toxicity", "progressed_in": "brain"}),
        {"metastatic_lines", "progressed_on.trastuzumab_emtansine", "progressed_on.anti_her2"},
        {"given.trastuzumab_emtansine", "progressed_on.tucatinib"},
    ),
    (
        {**METASTATIC_TUCATINIB, **specimens({"ihc": "0"})},
        {"her2_status"},
        {"given.tucatinib", "hr_status"},
    ),
    (
        {CLASS: ["stable"], **table({"state": "new"}, completeness="partial")},
        {"cns_class", "necrosis_in_question"},
        {"lesion_count", "brain_metastases"},
    ),
    (
        {COUNT: {"low": 0, "high": 0}, LARGEST: 16.0},
        {"lesion_count", "brain_metastases", "largest_lesion_mm"},
        {"leptomeningeal_disease"},
    ),
    (
        {COUNT: {"low": 0, "high": 0}, **table({"state": "new"}, completeness="partial")},
        {"lesion_count", "brain_metastases", "cns_class", "largest_lesion_mm"},
        {"leptomeningeal_disease"},
    ),
    (
        {"tumour.metastatic_date": "2020", **lines({**NEOADJUVANT, "start": "2022"})},
        {"months_since_adjuvant_her2"},
        {"metastatic_lines", "her2_status"},
    ),
    (
        specimens({"ihc": "3+", "her2_stated": "negative", "day": "2026"}),
        {"her2_status"},
        {"hr_status"},
    ),
    (
        specimens({"ihc": "3+", "her2_stated": "negative", "day": "2020"}, {"ihc": "3+", "day": "2026"}),
        set(),
        {"her2_status"},
    ),
]


@pytest.mark.parametrize(("recorded", "unsettled", "settled"), UNSETTLED, ids=[f"{n}" for n in range(len(UNSETTLED))])
def test_a_contradiction_unsettles_what_it_speaks_of_and_nothing_else(
    recorded: dict[str, Any], unsettled: set[str], settled: set[str], library: EvidenceLibrary
) -> None:
    (found,) = contradictions(case_of(recorded), library.vocabulary)
    assert unsettled <= set(found.facts) <= set(library.catalogue)
    assert not settled & set(found.facts)


def test_a_new_case_contradicts_nothing(library: EvidenceLibrary) -> None:
    assert contradictions(case_of(), library.vocabulary) == ()


def test_a_combination_denied_does_not_contradict_its_drugs_given_apart(library: EvidenceLibrary) -> None:
    case = case_of({**lines({"drugs": ["trastuzumab"]}), **exposure("Phesgo", ever=False)})
    assert contradictions(case, library.vocabulary) == ()


def test_a_drug_given_may_be_in_a_line_that_names_none(library: EvidenceLibrary) -> None:
    case = case_of({**lines({"setting": "metastatic"}), **exposure("lapatinib", ever=True)})
    assert contradictions(case, library.vocabulary) == ()


def test_several_contradictions_are_listed_in_the_order_of_the_form(library: EvidenceLibrary) -> None:
    case = case_of({"patient.pregnant": True, "patient.sex": "male", "urgency.mass_effect": True, **NO_SYMPTOMS})
    assert [one.text for one in contradictions(case, library.vocabulary)] == [
        "no neurological symptoms recorded, yet mass effect or herniation",
        "pregnant, yet male",
    ]
