"""Trials nobody ran, for what no single record of the release shows alone."""

from typing import Any

from her2board.evidence.records import Trial

SOURCE = {"ref": "harbeck-2024", "locator": "abstract", "read_in": "primary_abstract"}
HER2 = {"text": "HER2-positive", "when": {"fact": "her2_status", "is": "positive"}, "source": SOURCE}
ECOG = {"text": "ECOG 0 or 1", "when": {"fact": "ecog", "at_most": 1}, "source": SOURCE}


def trial(id_: str = "made-up", *cohorts: dict[str, Any], **more: Any) -> Trial:
    """Return a trial of one cohort, or of those described, which are called c0, c1 and so on."""
    body = {
        "id": id_,
        "name": id_.upper(),
        "year": 2024,
        "design": "single_arm",
        "prospective": True,
        "regimen": "tucatinib",
        "study_drugs": (),
        "source": SOURCE,
        "criteria_read": "abstract",
        "criteria_read_on": "2026-11-20",
        "cohorts": tuple(
            {"id": f"c{n}", "label": "C", "cns_class": "mixed", **cohort} for n, cohort in enumerate(cohorts or ({},))
        ),
    }
    return Trial.model_validate({**body, **more})
