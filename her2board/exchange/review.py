"""The file of proposals that a person reviews, and the case of what was accepted in it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from her2board.capture.never import why_never
from her2board.capture.proposal import REASON_WORDS, TRUST_WORDS, Cell, Element, Proposal, Source, TextSpan
from her2board.case.checks import CaseError, CaseProblem, extent_problems, problems_from
from her2board.case.fields import field_by_path
from her2board.case.model import Case
from her2board.exchange.json_text import read_json
from her2board.exchange.model import Brought, UnreadableError
from her2board.wording import tr

FORMAT = "her2board-proposals"
CURRENT = 1


@dataclass(frozen=True, slots=True)
class Numbered:
    """A proposal with its number in the review, and the record it is of."""

    id: str
    brought: Brought
    proposal: Proposal

    @property
    def is_direct(self) -> bool:
        """Whether it says one thing plainly: class A, which can be accepted together."""
        proposal = self.proposal
        return proposal.trust == "stated" and not (proposal.asks or proposal.conflicts or proposal.readings)


@dataclass(frozen=True, slots=True)
class Accepted:
    """One value that a person accepted, by the number of its proposal."""

    id: str
    field: str
    value: Any


def numbered(records: Iterable[Brought]) -> tuple[Numbered, ...]:
    """Number the proposals of all records, in their order: 'p1', 'p2'."""
    found = ((brought, proposal) for brought in records for proposal in brought.offer.proposals)
    return tuple(Numbered(f"p{number}", brought, one) for number, (brought, one) in enumerate(found, 1))


def place(source: Source, brought: Brought) -> str:
    """Return what a place is called: 'Observation/h1', 'INV-1 brain_rt 2'."""
    if source in brought.labels:
        return brought.labels[source]
    if isinstance(source, Element):
        return source.resource
    return tr("row {n}").format(n=source.row) if isinstance(source, Cell) else f"{source.start}-{source.end}"


def part_of_place(source: Source) -> str:
    """Return the element or column that a place is in; empty where it is all of it."""
    return source.path if isinstance(source, Element) else source.column if isinstance(source, Cell) else ""


def document(records: Sequence[Brought]) -> dict[str, Any]:
    """Return the proposals of all records as the JSON that is reviewed; nothing is accepted in it."""
    return {
        "format": FORMAT,
        "schema_version": CURRENT,
        "accepted": [],
        "proposals": [_proposal(one) for one in numbered(records)],
        "problems": [
            _without_empty({"record": brought.record, "from": _places(problem.sources, brought), "what": problem.what,
                "where": _where(problem.sources), "readings": list(problem.readings)})
            for brought in records for problem in brought.problems
        ],
        "seen_not_offered": [
            {"record": brought.record, "field": seen.field, "value": seen.value, "quote": seen.words,
                "because": REASON_WORDS[seen.because], "note": seen.note, "from": [place(seen.source, brought)]}
            for brought in records for seen in brought.offer.not_offered
        ],
        "not_read": {brought.record: dict(brought.not_read) for brought in records if brought.not_read},
    }  # fmt: skip


def _proposal(one: Numbered) -> dict[str, Any]:
    proposal, brought = one.proposal, one.brought
    required = {"id": one.id, "record": brought.record, "field": proposal.field, "value": proposal.value}
    optional = {
        "from": _places(proposal.sources, brought),
        "where": _where(proposal.sources),
        "quote": list(proposal.words),
        "class": TRUST_WORDS[proposal.trust],
        "derived": proposal.derived,
        "choose": proposal.asks,
        "readings": [{"value": reading.value, "words": reading.words} for reading in proposal.readings],
        "conflicts": [
            {"value": other.value, "words": other.words, "from": place(other.source, brought)}
            for other in proposal.conflicts
        ],
        "rule": proposal.rule,
    }
    return required | _without_empty(optional)


def _places(sources: Iterable[Source], brought: Brought) -> list[str]:
    return list(dict.fromkeys(place(source, brought) for source in sources))


def _where(sources: Iterable[Source]) -> list[str]:
    named = (source for source in sources if not isinstance(source, TextSpan))
    files = (": ".join(filter(None, (source.file, part_of_place(source)))) for source in named)
    return list(dict.fromkeys(filter(None, files)))


def _without_empty(body: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if value not in ("", [], None)}


def is_review(text: str) -> bool:
    """Tell whether a text is a file of proposals, by its beginning."""
    return f'"{FORMAT}"' in text[:400]


def accepted_in(text: str, file: str) -> tuple[Accepted, ...]:
    """Return what a person accepted in a file of proposals. Raises UnreadableError naming the entry and the remedy."""
    body = read_json(text, file)
    if not isinstance(body, dict) or body.get("format") != FORMAT or body.get("schema_version") != CURRENT:
        raise UnreadableError(file, tr("this is not a file of proposals of this version"))
    listed, proposals = body.get("accepted"), body.get("proposals")
    if not isinstance(listed, list) or not isinstance(proposals, list):
        raise UnreadableError(file, tr("'accepted' and 'proposals' are lists"))
    known = {one["id"]: one for one in proposals if isinstance(one, dict) and isinstance(one.get("id"), str)}
    found: list[Accepted] = []
    for id_ in listed:
        one = known.get(id_) if isinstance(id_, str) else None
        if one is None:
            raise UnreadableError(file, tr("no proposal has the id {id!r}").format(id=id_), "accepted")
        field, value = one.get("field"), one.get("value")
        if not isinstance(field, str) or field.removesuffix("[]") not in field_by_path():
            raise UnreadableError(file, tr("no field of a case is called {name!r}").format(name=field), id_)
        if value is None:
            raise UnreadableError(file, tr("choose one of its readings: write it as 'value'"), id_)
        found.append(Accepted(id_, field, value))
    return tuple(found)


def direct(records: Iterable[Brought]) -> tuple[Accepted, ...]:
    """Return the proposals of class A: each says one thing plainly, and nothing else is said for its field."""
    listed = numbered(records)
    return tuple(Accepted(one.id, one.proposal.field, one.proposal.value) for one in listed if one.is_direct)


def case_of(code: str, accepted: Iterable[Accepted]) -> Case:
    """Return a case of what was accepted. Lists are partial: what is not in them is not known. Raises CaseError."""
    body: dict[str, Any] = {"code": code}
    taken: dict[str, Accepted] = {}
    problems: list[CaseProblem] = []
    for one in accepted:
        if why := why_never(one.field):
            problems.append(CaseProblem(one.field, tr("{id} is never taken over: {why}").format(id=one.id, why=why)))
            continue
        first = taken.setdefault(one.field, one)
        if one.field.endswith("[]"):
            _section(body, one.field.removesuffix("[]"), {"completeness": "partial", "items": []})["items"].append(
                one.value
            )
        elif first.value != one.value:
            words = tr("{first} and {second} say different things; accept one of them")
            problems.append(CaseProblem(one.field, words.format(first=first.id, second=one.id)))
        else:
            _section(body, one.field, one.value)
    problems += extent_problems(body)
    if problems:
        raise CaseError(tuple(problems))
    try:
        return Case.model_validate_json(json.dumps(body))
    except ValidationError as error:
        raise CaseError(problems_from(error)) from error


def _section(body: dict[str, Any], path: str, value: Any) -> Any:
    *parents, name = path.split(".")
    place_ = body
    for parent in parents:
        place_ = place_.setdefault(parent, {})
    return place_.setdefault(name, value)
