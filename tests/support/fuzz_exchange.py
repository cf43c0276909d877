"""The readers of other programs' records, as targets: whatever they offer fits a case."""

import json
from collections.abc import Iterable, Sequence
from functools import cache
from random import Random
from typing import Any

from her2board.case.checks import CaseError
from her2board.exchange.into import case_of
from her2board.exchange.model import Brought, UnreadableError
from her2board.exchange.record_text import record_text
from her2board.exchange.registry import registry_dictionary
from her2board.exchange.review import accepted_as, accepted_in, document, numbered
from her2board.exchange.sources import NamedBytes, bring, drafted
from her2board.exchange.tables.mapping import read_map, write_map
from support import mutations
from support.filled import FILLED
from support.fuzzing import Target
from support.releases import frozen
from support.round_trip import written


@cache
def _bundles() -> Sequence[Any]:
    bundle = written(FILLED)
    alone = [{"resourceType": "Bundle", "entry": [bundle["entry"][0], entry]} for entry in bundle["entry"]]
    return [bundle, *alone, *(entry["resource"] for entry in bundle["entry"])]


def _offers(records: Iterable[Brought]) -> None:
    """Accept each proposal alone, with each of its readings and its sentence; show where everything was read."""
    records = tuple(records)
    json.dumps(document(records), allow_nan=False)
    for one in numbered(records):
        for value in one.proposal.values:
            case_of("x", [accepted_as(one, value)])
    for record in records:
        laid_out = record_text(record)
        for source in record.sources():
            span = laid_out.place(source)
            assert 0 <= span.start <= span.end <= len(laid_out.text)


def _reads_bundle(data: bytes) -> None:
    _offers(bring([NamedBytes("x.json", data)], frozen().vocabulary))


@cache
def _tables() -> Sequence[str]:
    redcap = "record_id,redcap_repeat_instrument,ecog,mri_date,n_mets,her2_ihc,drugs,start\nA,,1,3/4/25,5,2+,,\n"
    drugs = "patient;drug;start;stop\nA;T-DXd;2024-01;\nA;docetaxel;14.03.2022;10.07.2022\n"
    wide = "case,kps,lvef,largest lesion (cm),leptomeningeal disease,er (%),sites (choice=Bone)\n"
    return [f"{redcap}A,lines,,,,,THP,2022\n", drugs, f"{wide}A,80,55,1.2,no,90,x\n"]


@cache
def _dictionary() -> bytes:
    return "".join(registry_dictionary().splitlines(keepends=True)[:8]).encode()


def _change_text(random: Random, seed: str, others: Sequence[str]) -> bytes:
    return mutations.text(random, seed, list(others)).encode("utf-8", "surrogatepass")


def _reads_table(data: bytes) -> None:
    files = [NamedBytes("x.csv", data), NamedBytes("d.csv", _dictionary())]
    for given in (files[:1], files):
        _offers(bring(given, frozen().vocabulary))
    assert read_map(write_map(drafted(files[:1])), "m")


def _maps() -> Sequence[str]:
    return [
        write_map(drafted([NamedBytes("x.csv", text.encode())])) for text in _tables() if text != registry_dictionary()
    ]


def _reads_map(data: bytes) -> None:
    columns = read_map(data.decode("utf-8", "replace"), "m")
    for text in _tables():
        _offers(bring([NamedBytes("x.csv", text.encode())], frozen().vocabulary, columns))


def _reviews() -> Sequence[Any]:
    body = document(bring([NamedBytes("x.json", json.dumps(written(FILLED)).encode())], frozen().vocabulary))
    return [body | {"accepted": [one["id"] for one in body["proposals"]]}]


def _reads_review(data: bytes) -> None:
    case_of("x", accepted_in(data.decode("utf-8", "replace"), "r.json"))


def exchange_targets() -> tuple[Target, ...]:
    """Return the targets. What a reader offers fits a case; what a person changed may not."""
    unreadable = (UnreadableError,)
    return (
        Target("bundle", _bundles, mutations.json_bytes, _reads_bundle, unreadable),
        Target("records table", _tables, _change_text, _reads_table, unreadable),
        Target("map of columns", _maps, _change_text, _reads_map, (UnreadableError, CaseError)),
        Target("reviewed proposals", _reviews, mutations.json_bytes, _reads_review, (UnreadableError, CaseError)),
    )
