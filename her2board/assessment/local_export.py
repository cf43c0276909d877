"""What the clinic's local file says beside a case, as plain JSON values."""

from typing import Any

from her2board.assessment.local_model import LocalResult, LocalTrialResult
from her2board.logic.evaluate import Finding


def local_json(local: LocalResult) -> dict[str, Any]:
    """Return it with the keys clinic, number, changed_on, access, not_stated, trials and statements."""
    return {
        "clinic": local.clinic,
        "number": local.number,
        "changed_on": local.changed_on,
        "access": [
            {
                "option": option,
                "about": entry.about or None,
                "status": entry.status,
                "words": entry.words,
                "note": entry.note or None,
                "looked_at": entry.looked_at,
                "stale": entry.stale,
            }
            for option, access in local.access.items()
            for entry in access.said
        ],
        "not_stated": {option: list(access.not_said) for option, access in local.access.items() if access.not_said},
        "trials": [_trial(result) for result in local.trials],
        "statements": [
            {
                "id": said.id,
                "text": said.text,
                "author": said.author,
                "looked_at": said.looked_at,
                "stale": stale,
                "options": list(said.options),
            }
            for said, stale in local.statements
        ],
    }


def _trial(result: LocalTrialResult) -> dict[str, Any]:
    trial = result.trial
    return {
        "id": trial.id,
        "name": trial.name,
        "registry": trial.registry,
        "contact": trial.contact,
        "patients": trial.patients,
        "looked_at": trial.looked_at,
        "stale": result.stale,
        "truth": result.truth.value if result.truth else None,
        "findings": [_finding(finding) for finding in result.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "criterion": finding.criterion,
        "truth": finding.truth.value,
        "reason": finding.reason,
        "facts_used": list(finding.facts_used),
        "facts_missing": list(finding.facts_missing),
    }
