"""An invented case that fills everything a bundle can say."""

from support.strategies import case_of, listed

PD = "progression"
FILLED = case_of(
    {
        "patient": {"birth_year": 1968, "sex": "female", "ecog": 0, "performance_date": "2025-10"},
        "tumour": {
            "primary_date": "2019",
            "metastatic_date": "2021-05-02",
            "brain_date": "2024-02",
            "histology": "invasive carcinoma NST",
            "specimens": listed(
                {"site": "breast", "day": "2019-02-03", "ihc": "2+", "ish": "equivocal", "er": "positive"},
                {"site": "brain", "ihc": "ultralow", "her2_copies": 3.2, "ki67_percent": 0.0, "pr": "negative"},
                {"day": "2020", "her2_stated": "low", "er_percent": 90.0},
            ),
        },
        "brain": {
            "imaging_date": "2025-09-30",
            "modality": "MRI",
            "lesions": {
                "completeness": "complete",
                "items": [
                    {"site": "pons", "diameter_mm": 9.0, "earlier_sizes": [{"mm": 7.0, "day": "2025-06"}]},
                    {"site": "left insula", "diameter_mm": {"high": 10.0, "high_included": False}},
                ],
            },
            "local_therapies": listed(
                {"kind": "whole_brain", "day": "2024-03", "dose_gy": 30.0, "fractions": 10},
                {"kind": "radiosurgery", "site": "left insula", "dose_gy": 27.5, "fractions": 5},
                {"kind": "surgery", "day": "2024-02-20", "site": "right cerebellum, paramedian"},
                {"kind": "extracranial_radiotherapy", "site": "L4", "dose_gy": 8.0, "fractions": 1},
                {"kind": "kind_not_known"},
                {"kind": "spinal_surgery", "day": "2023"},
            ),
        },
        "systemic": {
            "lines": listed(
                {"drugs": ["THP"], "setting": "metastatic", "start": "2021-06", "stop": "2022", "reason_stopped": PD},
                {"drugs": ["T-DXd"], "start": "2022-02-01", "ongoing": True, "setting": "maintenance"},
                {"drugs": ["Wundermittel"], "setting": "adjuvant", "reason_stopped": "other"},
            ),
            "extracranial": "progressing",
            "extracranial_sites": ["Bone", "left adnexa"],
            "staging_date": "2025-09",
        },
        "neurology": {"steroid_given": True, "dexamethasone_mg": 6.0},
        "organs": {"lvef_percent": 61.0, "lvef_date": "2025-08-01"},
        "board": {"decision": "Radiosurgery", "decision_date": "2025-10-10"},
    }
)  # fmt: skip
