"""The file of proposals that a person reviews, and the case of what was accepted in it."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct
from pydantic import TypeAdapter, ValidationError

from her2board.capture.kept import kept_sentence
from her2board.capture.proposal import REASON_WORDS, TRUST_WORDS, Cell, Element, Proposal, Source, TextSpan
from her2board.case.kept import place_of
from her2board.case.model import KeptSentence
from her2board.exchange.json_text import read_json
from her2board.exchange.model import Brought, UnreadableError
from her2board.wording import tr

FORMAT = "her2board-proposals"
CURRENT = 1


class Numbered(Struct, frozen=True):
    """A proposal with its number in the review, and the record it is of."""

    id: str
    brought: Brought
    proposal: Proposal


class Accepted(Struct, frozen=True):
    """One value that a person accepted, by the number of its proposal."""

    id: str
    field: str
    value: Any
    said: KeptSentence | None = None
    """The sentence that says it, which is kept with it."""
    seen: Any = ...
    """What was recorded in its place when a person accepted it; an ellipsis where no case was looked at."""


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


def document(records: Sequence[Brought], code: str = "", recorded: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return the proposals of all records as the JSON that is reviewed; nothing is accepted in it.

    ``recorded``: what the case with a ``code`` records in place of each proposal, by its number.
    """
    return {
        "format": FORMAT,
        "schema_version": CURRENT,
        **({"into": code} if recorded is not None else {}),
        "accepted": [],
        "proposals": [
            _proposal(one) | ({"recorded": recorded[one.id]} if recorded is not None else {})
            for one in numbered(records)
        ],
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
        "sentences": [said.model_dump(mode="json", exclude_none=True) for said in _sentences(one)],
    }
    return required | _without_empty(optional)


def _sentences(one: Numbered) -> Iterator[KeptSentence]:
    """Yield the sentence for each value that may be accepted."""
    proposal, brought = one.proposal, one.brought
    for value in (*proposal.values, *(other.value for other in proposal.conflicts)):
        if said := kept_sentence(proposal, value, brought.offer, brought.labels):
            yield said


def _said(one: Mapping[str, Any], id_: str, file: str) -> KeptSentence | None:
    """Return the sentence that says the value of a proposal in a file; None where the value was written by hand."""
    try:
        sentences = _SENTENCES.validate_json(json.dumps(one.get("sentences", [])))
    except ValidationError as error:
        raise UnreadableError(file, tr("'sentences' are not those that the program wrote"), id_) from error
    return next((s for s in sentences if (s.field, s.value) == (one["field"], one["value"])), None)


_SENTENCES = TypeAdapter(tuple[KeptSentence, ...])


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


def accepted_in(text: str, file: str, code: str = "") -> tuple[Accepted, ...]:
    """Return what a person accepted in a file of proposals. Raises UnreadableError naming the entry and the remedy.

    ``code`` is that of the case they go into: a file that was reviewed beside another case is refused.
    """
    body = read_json(text, file)
    if not isinstance(body, dict) or body.get("format") != FORMAT or body.get("schema_version") != CURRENT:
        raise UnreadableError(file, tr("this is not a file of proposals of this version"))
    if code and body.get("into", code) != code:
        words = tr("it was reviewed beside the case {other}, not {code}")
        raise UnreadableError(file, words.format(other=body.get("into"), code=code))
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
        if not isinstance(field, str) or place_of(field) is None:
            raise UnreadableError(file, tr("no field of a case is called {name!r}").format(name=field), id_)
        if value is None:
            raise UnreadableError(file, tr("choose one of its readings: write it as 'value'"), id_)
        found.append(Accepted(id_, field, value, _said(one, id_, file), one.get("recorded", ...)))
    return tuple(found)


def direct(records: Iterable[Brought]) -> tuple[Accepted, ...]:
    """Return the proposals of class A: each says one thing plainly, and nothing else is said for its field."""
    listed = numbered(records)
    return tuple(accepted_as(one, one.proposal.value) for one in listed if one.proposal.is_direct)


def accepted_as(one: Numbered, value: Any) -> Accepted:
    """Return a proposal as it is accepted with one of its values, with the sentence that says it."""
    said = kept_sentence(one.proposal, value, one.brought.offer, one.brought.labels)
    return Accepted(one.id, one.proposal.field, value, said)


def listed_in(records: Iterable[Brought], ids: Iterable[str]) -> tuple[Accepted, ...]:
    """Return the proposals that are listed by id; of several readings 'p3=2' is the second. Raises UnreadableError."""
    known = {one.id: one for one in numbered(records)}
    found: list[Accepted] = []
    for each in ids:
        id_, _, reading = each.partition("=")
        one = known.get(id_)
        if one is None:
            raise UnreadableError("--accept", tr("no proposal has the id {id!r}").format(id=id_))
        values = one.proposal.values
        if len(values) > 1 and not (reading.isdecimal() and 1 <= int(reading) <= len(values)):
            words = tr("choose one of its readings: {id}=1 to {id}={n}")
            raise UnreadableError("--accept", words.format(id=id_, n=len(values)), id_)
        found.append(accepted_as(one, values[int(reading) - 1 if len(values) > 1 else 0]))
    return tuple(found)
