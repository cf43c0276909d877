"""Which resources say that something was done: the others are seen, and not offered."""

from msgspec import Struct

from her2board.capture.proposal import Reason
from her2board.exchange import codes
from her2board.exchange.fhir.part import Part
from her2board.wording import tr

_STATUS: dict[str, Reason] = {
    "entered-in-error": "entered_in_error",
    "cancelled": "not_done",
    "revoked": "not_done",
    "not-done": "not_done",
    "not-taken": "not_done",
    "abandoned": "not_done",
    "aborted": "not_done",
    "preparation": "planned",
    "draft": "planned",
    "intended": "planned",
    "registered": "not_done",
    "preliminary": "uncertain",
    "proposed": "planned",
    "planned": "planned",
}
_VERIFICATION: dict[str, Reason] = {
    "entered-in-error": "entered_in_error",
    "refuted": "refuted",
    "unconfirmed": "uncertain",
    "provisional": "uncertain",
    "differential": "uncertain",
}
_VERIFIED = ("", "confirmed")
_NEED_STATUS = (
    *("Observation", "Procedure", "DiagnosticReport", "MedicationRequest", "MedicationStatement"),
    *("MedicationAdministration", "MedicationDispense", "MedicationUsage"),
)
"""Resources that have to say how far they are done."""
_DONE = (
    *("final", "amended", "corrected", "appended", "modified", "completed", "active", "stopped", "ended", "recorded"),
    *("available", "current", "not-applicable"),
)
_NOT_TAKING = ("not-taking", "not-taken")
_PLANS = ("proposal", "plan", "option", "directive")
_NEVER = ("doNotPerform", "notDone", "notPerformed", "wasNotTaken", "wasNotGiven", "notGiven")
"""Flags of this and earlier versions that say that something was not done."""
_LOOKED_AT = ("unknown", "on-hold", "in-progress", "partial", "unsatisfactory")
_CERTAINTY: dict[str, Reason] = {"A": "refuted", "V": "uncertain", "Z": "earlier"}
"""What German diagnoses are marked with beside their code: excluded, suspected, and what is left after it."""
_PAST = ("inactive", "remission", "resolved")
PLANS_BY_KIND = ("ServiceRequest", "CarePlan", "RequestGroup", "Task", "Appointment", "ActivityDefinition")
"""Resources that say what is asked for or planned, whatever their status."""


class Gate(Struct, frozen=True):
    """Whether a resource is offered: ``because`` says why not; ``asks`` what is looked at where it is."""

    because: Reason | None = None
    asks: str = ""
    note: str = ""
    contrary: str = ""
    """What another part of the resource says against it."""


def gate_of(kind: str, body: Part) -> Gate:
    """Return what the status of a resource allows."""
    status = body.text("status").casefold()
    if url := _modified(body):
        return Gate("open", note=tr("qualified by '{url}', which is not known here").format(url=url))
    if kind == "Condition" and (gate := _of_diagnosis(body)) is not None:
        return gate
    if kind == "Procedure" and status == "in-progress":
        return Gate("planned", note=tr("not finished; what was given so far is not said"))
    if kind in PLANS_BY_KIND:
        return Gate("planned", note=kind)
    if (never := _said_not_done(body)) is not None:
        return never
    if body.text("intent").casefold() in _PLANS:
        return Gate("planned", note=tr("intent {word}").format(word=body.text("intent")))
    if status in _STATUS:
        return Gate(_STATUS[status], note=tr("status {word}").format(word=status))
    if body.part("dataAbsentReason"):
        return Gate("not_given", note=body.concept("dataAbsentReason").words)
    if status in _LOOKED_AT:
        return Gate(asks=tr("its status is '{word}'").format(word=status))
    if any(tag.text("code") == "SUBSETTED" for tag in body.part("meta").parts("tag")):
        return Gate(asks=tr("the file holds only a part of it"))
    if kind in _NEED_STATUS and status not in _DONE:
        return Gate(asks=tr("its status is '{word}'").format(word=status) if status else tr("it says no status"))
    return Gate()


def _said_not_done(body: Part) -> Gate | None:
    """Return the gate of what says in another place than its status that it was not done; None where nothing does."""
    for name in _NEVER:
        if body.body.get(name) is True:
            return Gate("not_done", note=name)
    if body.body.get("taken") == "n":  # of version 3
        return Gate("not_done", note="taken")
    adherence = _first_code(body.part("adherence"), "code")  # of version 5
    return Gate("not_done", note=adherence) if adherence in _NOT_TAKING else None


def _modified(body: Part) -> str:
    """Return what qualifies the whole resource and is not known here; it may turn everything in it round."""
    return next((part.text("url") or "?" for part in body.parts("modifierExtension")), "")


def _of_diagnosis(body: Part) -> Gate | None:
    """Return what the statuses of a diagnosis allow; None where they say nothing against it."""
    verified = _first_code(body, "verificationStatus")
    if because := _VERIFICATION.get(verified) or _because_of_words(body):
        return Gate(because, note=verified)
    if (mark := _certainty(body)) in _CERTAINTY:
        note = tr("marked as '{mark}' beside its code").format(mark=mark)
        return Gate(_CERTAINTY[mark], note=note, contrary=verified if mark in ("A", "V") else "")
    if (past := _first_code(body, "clinicalStatus")) in _PAST:
        return Gate(asks=tr("its clinical status is '{word}': does it still hold?").format(word=past))
    if ended := next((name for name in body.body if name.startswith("abatement") and body.body[name]), ""):
        return Gate(asks=tr("it says an end ({name}): does it still hold?").format(name=ended))
    if verified not in _VERIFIED:
        return Gate(asks=tr("its verification status is '{word}'").format(word=verified))
    return None


def _because_of_words(body: Part) -> Reason | None:
    """Return why a diagnosis is not sure by the words of its verification status; those of its code among them."""
    said, table = " ".join(body.concept("verificationStatus").all_words), codes.words()
    if codes.has_word(said, table["refuted"]):
        return "refuted"
    return "uncertain" if codes.has_word(said, (*table["suspected"], *table["open"])) else None


def _first_code(body: Part, name: str) -> str:
    concept = body.concept(name)
    return next((c.code.casefold() for c in concept.codings), "") or concept.text.casefold()


def _certainty(body: Part) -> str:
    """Return the letter that a German code carries for how sure the diagnosis is; empty where it has none."""
    codings = body.part("code").parts("coding")
    marks = (mark for part in (body, *codings) for mark in part.extensions("diagnosesicherheit"))
    return next((mark.part("valueCoding").text("code") or mark.text("valueCode") for mark in marks), "").upper()
