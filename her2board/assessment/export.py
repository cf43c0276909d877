"""The assessment as plain JSON values."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from her2board import builds
from her2board.assessment.local_export import local_json
from her2board.assessment.model import (
    Assessment,
    CautionResult,
    CohortFinding,
    CohortResult,
    OptionResult,
    PauseResult,
    StatementResult,
    Tally,
)
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.references import Source
from her2board.logic.values import Among, Day, Never, Nothing, Reading, Span, Subset


def to_json(assessment: Assessment, library: EvidenceLibrary) -> dict[str, Any]:
    """Return the assessment with the keys case, as_of, build, intended_use, evidence_release, facts,
    contradictions, cohorts, options, pause and ask_next; what the clinic's local file says is apart, under local."""
    local = {"local": local_json(assessment.local)} if assessment.local else {}
    return _evidence(assessment, library) | local


def _evidence(assessment: Assessment, library: EvidenceLibrary) -> dict[str, Any]:
    return {
        "case": assessment.case_code,
        "as_of": assessment.as_of.isoformat(),
        "build": builds.build(),
        "intended_use": builds.intended_use(),
        "evidence_release": {
            "version": assessment.release,
            "hash": library.content_hash,
            "as_reviewed": library.as_reviewed,
            **_old(library, assessment.as_of),
        },
        "facts": {name: _reading(reading) for name, reading in sorted(assessment.facts.readings.items())},
        "contradictions": [
            {"text": found.text, "fields": list(found.fields), "facts": list(found.facts)}
            for found in assessment.contradictions
        ],
        "cohorts": _cohorts(assessment.cohorts),
        "options": [_option(result) for result in assessment.options],
        "pause": _pause(assessment.pause),
        "ask_next": [
            {
                "fields": list(ask.fields),
                "label": ask.label,
                "asks": ask.asks,
                "facts": list(ask.facts),
                "detail": ask.detail,
                "decides": {
                    "consequence": ask.consequence or None,
                    "options": list(ask.named),
                    "points": list(ask.before),
                },
                "settles": {"cohorts": ask.cohorts, "options": ask.options, "pause_items": ask.points},
                "owner": ask.owner or None,
                "due": ask.due or None,
            }
            for ask in assessment.ask_next
        ],
    }


def _old(library: EvidenceLibrary, day: date) -> dict[str, Any]:
    """Return the age of a release whose review is due; nothing before."""
    state = library.release.age_state(day)
    return {} if state == "current" else {"state": state, "age_days": library.age_days(day)}


def _reading(reading: Reading) -> dict[str, Any]:
    return {
        "label": reading.label,
        "value": _value(reading),
        "shown": reading.shown or None,
        "why": reading.why or None,
        "marks": list(reading.marks),
    }


def _value(reading: Reading) -> Any:
    match reading.value:
        case Among(possible):
            ordered = sorted(possible, key=str)
            return ordered[0] if len(ordered) == 1 else {"one_of": ordered}
        case Span(low, high, low_open, high_open):
            ends = {"low": low, "high": high}
            ends |= {"low_included": False} if low_open else {}
            return low if low == high else ends | ({"high_included": False} if high_open else {})
        case Subset(has, maybe):
            return {"has": sorted(has), "maybe": sorted(maybe)}
        case Day(low, high):
            return {
                "earliest": low.isoformat() if low else None,
                "latest": high.isoformat() if high else None,
            }
        case Never():
            return "never"
        case Nothing():
            return "nothing"
        case _:
            return None


def _source(source: Source | None) -> dict[str, str] | None:
    return {"ref": source.ref, "locator": source.locator, "read_in": source.read_in} if source else None


def _tally(tally: Tally) -> dict[str, Any]:
    return {"truth": tally.truth.value, "met": tally.met, "not_met": tally.not_met, "unknown": tally.unknown}


def _finding(finding: CohortFinding) -> dict[str, Any]:
    return {
        "criterion": finding.criterion,
        "group": finding.group,
        "truth": finding.truth.value,
        "reason": finding.reason,
        "facts_used": list(finding.facts_used),
        "facts_missing": list(finding.facts_missing),
        "source": _source(finding.source),
    }


def _cohorts(results: Sequence[CohortResult]) -> list[dict[str, Any]]:
    """Return every cohort; the findings of a list that many cohorts share are written once."""
    findings: dict[int, list[dict[str, Any]]] = {}
    for part in (part for result in results for part in result.compared):
        if id(part) not in findings:
            findings[id(part)] = [_finding(finding) for finding in part.findings]
    return [_cohort(result, [one for part in result.compared for one in findings[id(part)]]) for result in results]


def _cohort(result: CohortResult, findings: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": result.id,
        "outcome": result.outcome,
        "population": _tally(result.population),
        "entry": _tally(result.entry),
        "kind": result.kind.value,
        "findings": findings,
        "remarks": [{"fact": one.fact, "why": one.why, "words": one.words} for one in result.remarks],
        "not_stated": [{"fact": fact, "why": why} for fact, why in result.not_stated],
    }


def _option(result: OptionResult) -> dict[str, Any]:
    return {
        "id": result.id,
        "kind": result.kind,
        "standing": result.standing,
        "standing_words": result.standing_words,
        "because": list(result.because),
        "cautions": [_caution(caution) for caution in result.cautions],
        "to_ask": [_caution(caution) for caution in result.to_ask],
        "statements": [_statement(statement) for statement in result.statements],
        "conflicts": [
            {
                "id": conflict.id,
                "topic": conflict.topic,
                "note": conflict.note,
                "sides": [_statement(side) for side in conflict.sides],
            }
            for conflict in result.conflicts
        ],
        "cohorts": list(result.cohorts),
    }


def _caution(caution: CautionResult) -> dict[str, Any]:
    return {
        "id": caution.id,
        "name": caution.name,
        "text": caution.text,
        "because": caution.because,
        "facts_missing": list(caution.facts_missing),
        "source": _source(caution.source),
    }


def _statement(statement: StatementResult) -> dict[str, Any]:
    return {
        "id": statement.id,
        "text": statement.text,
        "body": statement.body,
        "year": statement.year,
        "strength": statement.strength,
        "direction": statement.direction,
        "opinion": statement.opinion,
        "applies": statement.applies.value,
        "reason": statement.reason or None,
        "source": _source(statement.source),
    }


def _pause(pause: PauseResult) -> dict[str, Any]:
    return {
        "bypass": {
            "open": pause.bypass.open,
            "reasons": list(pause.bypass.reasons),
            "recorded": pause.bypass.recorded or None,
        },
        "items": [
            {
                "id": item.id,
                "group": item.group,
                "label": item.label,
                "state": item.state,
                "words": item.words,
                "here": item.here or None,
                "source": _source(item.source),
                "facts_missing": list(item.facts_missing),
            }
            for item in pause.items
        ],
    }
