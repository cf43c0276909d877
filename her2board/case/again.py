"""A case presented to the board a second time: what holds on is carried over, what has to be asked anew is not."""

from typing import Any

from her2board.case.kept import without_outdated
from her2board.case.model import Case
from her2board.case.terms import URGENT_SIGNS

_ASKED_ANEW = {
    "meeting": (
        "date",
        "question",
        "new_since",
        "last_decision_carried_out",
        "last_decision_note",
        "wbrt_proposed",
        "wbrt_proposed_by",
    ),
    "board": (
        "disciplines",
        "decision",
        "dissent",
        "fallback",
        "decision_owner",
        "decision_date",
        "tells_patient",
        "next_mri_date",
        "next_mri_owner",
    ),
}
"""An old plan or question read as today's would be worse than an empty line."""
_BESIDE_URGENCY = ("recorded_by", "recorded_on", "note")


def presented_again(case: Case) -> Case:
    """Return the case for its next discussion.

    Recorded urgency stays; that there was none has to be asked again. Everything dated keeps its date and ages. What
    was decided becomes the last decision, of which nobody has said yet whether it was carried out.
    """
    body = case.model_dump(mode="json", exclude_none=True)
    held, decided = body["meeting"].get("date"), body["board"].get("decision")
    if held or decided:
        body["meeting"].pop("last_decision", None)  # it was that of an earlier discussion
    for part, names in _ASKED_ANEW.items():
        body[part] = {name: value for name, value in body[part].items() if name not in names}
    if decided:
        body["meeting"]["last_decision"] = decided
    if held:
        body["meeting"]["last_discussed"] = held
        if case.patient.age is not None and case.patient.age_on is None:
            body["patient"]["age_on"] = held  # the age that was shown there
    body["urgency"] = _urgency(body["urgency"])
    body["board"]["outstanding"] = [entry for entry in body["board"]["outstanding"] if not entry.get("done")]
    body["status"] = "draft"
    return without_outdated(Case.model_validate(body, strict=False))


def _urgency(recorded: dict[str, Any]) -> dict[str, Any]:
    """Return the signs recorded as there and what is described in words, with who recorded it."""
    signs = {name: value for name, value in recorded.items() if value is True}
    beside = {name: recorded[name] for name in _BESIDE_URGENCY if name in recorded}
    return {**signs, **beside} if "note" in beside or any(name in URGENT_SIGNS for name in signs) else signs
