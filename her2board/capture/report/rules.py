"""Rules as data: what is read for which field, where, in which context, with sentences that show it."""

import json
from functools import cache
from typing import Any, get_args

from msgspec import Struct

from her2board.capture.proposal import Trust
from her2board.capture.report.context import CONTEXTS, Context
from her2board.capture.report.model import Kind, Role
from her2board.capture.report.patterns import searched, written_out
from her2board.capture.report.resources import read_resource

TOPICS = (
    "imaging",
    "staging",
    "heart",
    "pathology",
    "radiotherapy",
    "neurology",
    "patient",
    "toxicity",
    "systemic",
    "board",
    "disease",
    "status",
    "counts",
    "laboratory",
    "genetics",
    "allergies",
    "symptoms",
    "sheets",
)
_CURRENT: tuple[Role, ...] = ("title", "body", "findings", "impression", "technique")
_KEYS = frozenset(
    [
        "id",
        "kinds",
        "roles",
        "field",
        "pattern",
        "value",
        "needs",
        "without",
        "allows",
        "frame",
        "several",
        "trust",
        "derived",
        "asks",
        "matches",
        "misses",
        "cased",
    ]
)


class Rule(Struct, frozen=True):
    """One pattern for one field, where and in which context it holds."""

    id: str
    kinds: tuple[Kind, ...]
    roles: tuple[Role, ...]
    field: str
    pattern: str
    """As ``searched`` takes it."""
    value: str
    """How the value is read off the match: a reader, or '= value'."""
    needs: str
    """What the sentence must hold elsewhere; empty where that is nothing."""
    without: str
    """What the sentence must not hold."""
    forbids: tuple[Context, ...]
    frame: str
    """Which entry of a list it is a part of; empty for a field by itself."""
    several: str
    """What two values of one text are: a choice ('ask'), the first one ('first'), the earliest or latest day
    ('earliest', 'latest'), one list ('join'), or no offer ('silent')."""
    trust: Trust
    derived: str
    asks: str
    cased: bool
    """Capitals count: 'PR' is a receptor, 'pr' is not."""
    matches: tuple[tuple[str, Any], ...]
    misses: tuple[str, ...]


@cache
def rules() -> tuple[Rule, ...]:
    """Return every rule of every topic."""
    return tuple(_rule(entry) for topic in TOPICS for entry in read_resource(f"rules/{topic}"))


@cache
def rules_for(kind: Kind, frame: str = "") -> tuple[Rule, ...]:
    """Return the rules for a kind of report: those of a frame, or those of fields by themselves."""
    return tuple(rule for rule in rules() if kind in rule.kinds and rule.frame == frame)


def compile_rules() -> None:
    """Compile all of them, which reading a report does for those that its text may fit."""
    for rule in rules():
        for pattern in filter(None, (rule.pattern, rule.needs, rule.without)):
            searched(pattern)


def _rule(entry: dict[str, Any]) -> Rule:
    if unknown := entry.keys() - _KEYS:
        raise ValueError(f"rule {entry.get('id')}: unknown key {sorted(unknown)[0]}")
    allows = entry.get("allows", [])
    return Rule(
        id=entry["id"],
        kinds=_listed(entry["kinds"], get_args(Kind)),
        roles=_roles(entry.get("roles", [])),
        field=entry["field"],
        pattern=written_out(entry["pattern"]),
        value=entry["value"],
        needs=written_out(entry.get("needs", "")),
        without=written_out(entry.get("without", "")),
        forbids=tuple(context for context in CONTEXTS if context not in allows),
        frame=entry.get("frame", ""),
        several=entry.get("several", "silent"),
        trust=entry.get("trust", "stated"),
        derived=entry.get("derived", ""),
        asks=entry.get("asks", ""),
        cased=entry.get("cased", "") == "true",
        matches=tuple(map(_example, entry["matches"])),
        misses=tuple(entry["misses"]),
    )


def _listed(given: Any, known: tuple[Any, ...]) -> tuple[Any, ...]:
    if given == "any":
        return known
    if unknown := set(given) - set(known):
        raise ValueError(f"'{sorted(unknown)[0]}' is none of {', '.join(known)}")
    return tuple(given)


def _roles(given: list[str]) -> tuple[Role, ...]:
    """Return the sections that are read: those that speak of now, and those that a rule adds ('+') or names alone."""
    added = [role[1:] for role in given if role.startswith("+")]
    alone = [role for role in given if not role.startswith("+")]
    return _listed([*(alone or _CURRENT), *added], get_args(Role))


def _example(line: str) -> tuple[str, Any]:
    text, _, value = line.rpartition(" => ")
    return text, json.loads(value)
