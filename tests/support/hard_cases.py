"""Cases in which a reading once turned instead of opening; each either contradicts itself or obeys."""

from typing import Any

from her2board.case.terms import URGENT_SIGNS
from support.strategies import lines, listed, local_therapies, specimens

_PROGRESSING = {"brain.cns_class": ["progressing"], "brain.comparison_date": "2026-09"}
_THREE = [{"state": "untreated"}, {"state": "new"}, {"state": "new"}]
_SURGERY = {"kind": "surgery"}

HARD: dict[str, dict[str, Any]] = {
    "necrosis in question without radiotherapy": {
        **_PROGRESSING,
        **local_therapies(_SURGERY),
        "brain.necrosis_in_question": True,
    },
    "a lesion without state, never treated": {
        "brain.lesions": listed({"site": "left"}, completeness="partial"),
        "brain.lesion_count": {"low": 1},
        **local_therapies(),
    },
    "treated lesions, no treatment": {
        "brain.lesions": listed({"state": "treated_stable"}),
        "brain.lesion_count": {"low": 1},
        **local_therapies(),
    },
    "all lesions resected": {
        "brain.lesion_count": {"low": 0, "high": 0},
        "brain.lesions": listed({"state": "resected"}),
        **local_therapies(_SURGERY),
    },
    "no lesion left after surgery": {"brain.lesion_count": {"low": 0, "high": 0}, **local_therapies(_SURGERY)},
    "no lesion left, and a size": {"brain.lesion_count": {"low": 0, "high": 0}, "brain.largest_mm": 40.0},
    "none present, and a lesion near a hippocampus": {
        "brain.metastases_present": False,
        "brain.near_hippocampus": True,
    },
    "none left by a table, and stable": {
        "brain.cns_class": ["stable"],
        "brain.lesions": listed({"state": "resected"}, {"state": "resected"}),
    },
    "a resected lesion beside one that is left": {
        "brain.lesions": listed({"state": "resected"}, {"state": "untreated"}),
        **local_therapies(_SURGERY),
    },
    "necrosis not asked of one of two that progress": {
        "brain.lesions": listed(
            {"state": "treated_progressing", "histology": "tumour"}, {"state": "treated_progressing"}
        ),
        **local_therapies({"kind": "radiosurgery"}),
    },
    "necrosis in question where all is stable": {"brain.cns_class": ["stable"], "brain.necrosis_in_question": True},
    "necrosis excluded after radiosurgery": {
        **_PROGRESSING,
        **local_therapies({"kind": "radiosurgery"}),
        "brain.necrosis_in_question": False,
    },
    "urgent in words, every sign absent": {
        "urgency.note": "drowsy",
        **{f"urgency.{sign}": False for sign in URGENT_SIGNS},
    },
    "urgent in words, one sign absent": {"urgency.note": "drowsy", "urgency.urgent": False},
    "stopped for toxicity, progressed in the brain": lines(
        {"drugs": ["tucatinib"], "setting": "metastatic", "reason_stopped": "toxicity", "progressed_in": "brain"}
    ),
    "ongoing, and stopped for toxicity": lines(
        {"drugs": ["tucatinib"], "setting": "metastatic", "reason_stopped": "toxicity", "ongoing": True}
    ),
    "progression on a running line": lines(
        {"drugs": ["tucatinib"], "setting": "metastatic", "ongoing": True, "best_response": "progression"}
    ),
    "relapse after trastuzumab and a later T-DM1": {
        **lines(
            {"drugs": ["trastuzumab"], "setting": "adjuvant", "stop": "2022-01-10"},
            {"drugs": ["T-DM1"], "setting": "adjuvant", "stop": "2023-06-10"},
        ),
        "tumour.metastatic_date": "2023-09-10",
    },
    "months since adjuvant therapy stated beside its only drug": {
        **lines({"drugs": ["trastuzumab"], "setting": "adjuvant", "stop": "2022-01-10"}),
        "tumour.metastatic_date": "2023-09-10",
        "tumour.months_since_adjuvant_her2": 20.0,
    },
    "a count wider than the table": {
        "brain.lesions": listed(*_THREE, completeness="partial"),
        "brain.lesion_count": {"low": 2, "high": 5},
    },
    "a lesion that was resected": {
        "brain.lesions": listed({"state": "new"}, {"state": "resected", "diameter_mm": 40.0})
    },
    "the only measured lesion was resected": {
        "brain.lesions": listed({"diameter_mm": 6.0, "state": "resected"}, completeness="partial")
    },
    "resected without surgery": {
        "brain.lesions": listed({"state": "resected"}),
        **local_therapies({"kind": "radiosurgery"}),
    },
    "a count and a table without entries": {"brain.lesion_count": {"low": 1}, "brain.lesions": listed()},
    "a count of copies without ratio": specimens({"ihc": "1+", "ish_ratio": 1.8, "her2_copies": 7.0}),
    "a group decided by IHC": specimens({"ish": "positive", "ish_ratio": 1.8, "her2_copies": 7.0}),
    "an equivocal ISH beside copies": specimens({"ish": "equivocal", "her2_copies": 7.0}),
    "IHC 3+ beside a negative ISH": specimens({"ihc": "3+", "ish": "negative"}),
    "ISH positive beside IHC 1+": specimens({"ihc": "1+", "ish": "positive"}),
    "ISH against its own numbers": specimens({"ish": "positive", "ish_ratio": 1.2, "her2_copies": 2.0}),
    "stated against an equivocal assay": specimens(
        {"day": "2010", "ihc": "3+"}, {"day": "2020", "ihc": "2+", "ish": "equivocal", "her2_stated": "negative"}
    ),
    "low beside low or negative": specimens({"ihc": "2+", "ish": "negative"}, {"ish": "negative"}),
    "two equivocal results": specimens({"ihc": "2+", "ish": "equivocal"}, {"ihc": "2+", "ish": "equivocal"}),
    "an equivocal result after a negative one": specimens(
        {"day": "2010", "ihc": "0"}, {"day": "2020", "ihc": "2+", "ish": "equivocal"}
    ),
    "not given late, in a line without setting": {
        **lines({"drugs": ["tucatinib"]}, {"drugs": ["docetaxel"], "setting": "metastatic"}),
        "systemic.exposure": {"tucatinib": {"metastatic": False}},
    },
    "given late, not in the complete late lines": {
        **lines({"drugs": ["docetaxel"], "setting": "metastatic"}, completeness="partial", metastatic_complete=True),
        "systemic.exposure": {"tucatinib": {"metastatic": True}},
    },
    "a class of metastases, none listed": {
        "brain.cns_class": ["untreated"],
        "brain.lesions": listed(),
        **local_therapies(),
    },
    "a combination of which one drug is listed": {
        **lines({"drugs": ["pertuzumab"]}, {"setting": "adjuvant"}),
        "systemic.exposure": {"Phesgo": {"metastatic": True}},
    },
    "a combination given, one of its drugs not": {
        "systemic.exposure": {"Phesgo": {"ever": True}, "trastuzumab": {"ever": False}}
    },
    "one drug given and not given under two names": {
        "systemic.exposure": {"T-DXd": {"metastatic": True}, "Enhertu": {"metastatic": False}},
    },
    "one drug at hand and not at hand under two names": {"access.drugs": {"T-DXd": True, "Enhertu": False}},
    "no metastases, beside necrosis in a lesion that may have been resected": {
        "brain.lesions": listed({"histology": "necrosis"}, {}),
        "brain.metastases_present": False,
    },
    "an early row that continues a line without setting": lines(
        {}, {"setting": "adjuvant", "continues_line": True}, {}
    ),
}
