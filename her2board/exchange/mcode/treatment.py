"""Writes systemic lines, one request for each drug, the present steroid and the decision of the board."""

from her2board.case.model import SystemicLine
from her2board.case.terms import spoken
from her2board.exchange import codes
from her2board.exchange.fhir.medications import OWN_LINE
from her2board.exchange.fhir.steroids import OWN_STEROID
from her2board.exchange.mcode.pieces import OWN, Body, Writing, amount, coded, extension, iso

_CODED_REASONS = ("toxicity", "patient_choice", "completed", "progression")
_INTENTS = {"metastatic": "palliative", "neoadjuvant": "curative", "adjuvant": "curative"}


def write_lines(writing: Writing) -> None:
    """Write each line whose drugs are recorded; the drugs of one line are marked as such."""
    for number, line in enumerate(writing.case.systemic.lines.items):
        path = f"systemic.lines[{number}]"
        shared, paths = _shared(line, path)
        for n, drug in enumerate(line.drugs or (), 1):
            writing.add(
                "MedicationRequest",
                f"line-{number + 1}-drug-{n}",
                "cancer-related-medication-request",
                f"{path}.drugs",
                *paths,
                groupIdentifier={"system": OWN_LINE, "value": str(number + 1)},
                intent="order",
                medicationCodeableConcept=_drug(writing, drug),
                reasonReference=[writing.refer("primary")],
                **shared,
            )


def _drug(writing: Writing, name: str) -> Body:
    ids = writing.vocabulary.resolve(name)
    code = codes.drug_code(ids[0]) if len(ids) == 1 else ""
    if not code:
        return {"text": name}
    display = writing.vocabulary.drugs[ids[0]].name
    return {"coding": [{"system": codes.address("rxnorm"), "code": code, "display": display}], "text": name}


def _shared(line: SystemicLine, path: str) -> tuple[Body, list[str]]:
    """Return what the requests of one line have in common, and which columns that is."""
    start, stop = iso(line.start), iso(line.stop)
    ended = bool(line.stop or line.reason_stopped)
    body: Body = {"status": "stopped" if ended else "active" if line.ongoing else "unknown"}
    paths = []
    if start or stop:
        bounds = {name: day for name, day in (("start", start), ("end", stop)) if day}
        body["dosageInstruction"] = [{"timing": {"repeat": {"boundsPeriod": bounds}}}]
        body["authoredOn"] = start
        paths += [f"{path}.{name}" for name, day in (("start", start), ("stop", stop)) if day]
    extensions: list[Body] = []
    if line.setting:
        body["category"] = [{"text": line.setting}]
        paths.append(f"{path}.setting")
        if intent := _INTENTS.get(line.setting):
            extensions.append(extension("procedure-intent", valueCodeableConcept=coded(f"intent.{intent}", "snomed")))
    if line.reason_stopped:
        known = line.reason_stopped in _CODED_REASONS
        words = {"text": spoken(line.reason_stopped)}
        body["statusReason"] = coded(f"stop.{line.reason_stopped}", "snomed") if known else words
        paths.append(f"{path}.reason_stopped")
    if line.ongoing is not None:
        extensions.append({"url": f"{OWN}ongoing", "valueBoolean": line.ongoing})
        paths.append(f"{path}.ongoing")
    return body | ({"extension": extensions} if extensions else {}), paths


def write_steroid(writing: Writing) -> None:
    """Write that a steroid is given now, with the dose as the case records it: as dexamethasone equivalent."""
    neurology = writing.case.neurology
    if not neurology.steroid_given:
        return
    paths, dosage = ["neurology.steroid_given"], []
    if neurology.dexamethasone_mg:
        quantity = amount(neurology.dexamethasone_mg, "mg")
        timing = {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d"}}
        dosage = [{"timing": timing, "doseAndRate": [{"doseQuantity": quantity}]}]
        paths.append("neurology.dexamethasone_mg")
    intent = extension("procedure-intent", valueCodeableConcept=coded("intent.supportive", "snomed"))
    writing.add(
        "MedicationRequest",
        "steroid",
        "cancer-related-medication-request",
        *paths,
        status="active",
        intent="order",
        medicationCodeableConcept={"text": OWN_STEROID},
        dosageInstruction=dosage,
        extension=[intent],
    )


def write_decision(writing: Writing) -> None:
    """Write the decision of the board as it is recorded."""
    board = writing.case.board
    if board.decision:
        day = iso(board.decision_date)
        paths = ["board.decision", *(["board.decision_date"] if day else [])]
        follow = [{"text": board.decision}]
        code = coded("decision", "ncit")
        done = {"status": "completed", "performedDateTime": day}
        writing.add("Procedure", "decision", "", *paths, code=code, followUp=follow, **done)
