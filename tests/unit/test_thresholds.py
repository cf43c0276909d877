"""A number of days, months or years that decides something about evidence or a case is in the release, not in code."""

import ast
import re
from collections.abc import Iterator
from datetime import date

from support.pages import ROOT
from support.releases import release
from support.strategies import case_of

from her2board.case.ages import AGE_HOLDS_DAYS
from her2board.case.contradictions import contradictions
from her2board.evidence.terms import LocalKind
from her2board.logic.criteria import leaves

_PACKAGES = ("assessment", "briefing", "casebook", "evidence", "packs")
_OF_TIME = re.compile(r"day|week|month|year|hour", re.IGNORECASE)
_KNOWN = {
    "briefing/evidence_age.py _YEAR": "days of a year: from there on the age is said in years too",
    "briefing/meeting/self_audit.py _DAY": "seconds of a day",
    "evidence/curation/watch.py _Days": "what may be written at all",
    "evidence/overlay.py _Days": "what may be written at all",
    "evidence/references.py Year": "what may be written at all",
    "packs/ceremony.py ROOT_YEARS": "how long keys hold; a rule of their makers, nothing clinical",
    "packs/ceremony.py timedelta": "days of a year",
    "packs/trust.py _ANY_DAY": "a day before all signatures",
}
"""Every number of the kind that may be in code, and why: none that a clinic or a release would change."""


def _numbers(tree: ast.AST) -> list[float]:
    found = (one.value for one in ast.walk(tree) if isinstance(one, ast.Constant))
    return [one for one in found if isinstance(one, int | float) and not isinstance(one, bool) and abs(one) > 1]


def _named(text: str) -> Iterator[str]:
    """Yield the names of what holds such a number: a constant, a default of a field, the length of a time."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("timedelta") and _numbers(node):
            yield "timedelta"
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None and _numbers(node.value):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            kind = ast.unparse(node.annotation) if isinstance(node, ast.AnnAssign) else ""
            if isinstance(target, ast.Name) and _OF_TIME.search(f"{target.id} {kind}"):
                yield target.id


def test_no_number_of_days_decides_in_code() -> None:
    found = set()
    for package in _PACKAGES:
        for path in sorted((ROOT / "her2board" / package).rglob("*.py")):
            text = path.read_text(encoding="utf-8")
            if _OF_TIME.search(text) or "timedelta" in text:
                found |= {f"{path.relative_to(ROOT / 'her2board').as_posix()} {name}" for name in _named(text)}
    assert found == set(_KNOWN)
    assert list(_named("class A:\n    red_after_days: int = 180")) == ["red_after_days"]
    assert list(_named("class A:\n    trials: _Days = 60\nx = timedelta(days=90)")) == ["trials", "timedelta"]


def test_the_release_states_the_limits_that_were_once_in_code() -> None:
    said = release().release
    assert said.red_after_days == 2 * said.amber_after_days == 180
    assert (date.fromisoformat(said.review_by) - date.fromisoformat(said.as_of)).days == said.amber_after_days
    assert {limit.kind: limit.days for limit in said.look_again} == {
        LocalKind.FORMULARY: 180, LocalKind.RADIOTHERAPY: 365, LocalKind.TRIALS: 60, LocalKind.STATEMENTS: 365,
    }  # fmt: skip
    assert {limit.field: limit.days for limit in said.freshness}["patient.age_on"] == AGE_HOLDS_DAYS


def _renal_range_doubted(clearance: float) -> bool:
    case = case_of({"organs.renal": "in_range", "organs.creatinine_clearance": clearance})
    return any("renal function in range" in one.text for one in contradictions(case, release().vocabulary))


def test_renal_function_in_range_is_doubted_below_the_clearance_that_the_release_cautions_at() -> None:
    caution = next(one for one in release().cautions if one.id == "renal-capecitabine")
    (limit,) = (leaf.operand for leaf in leaves(caution.when) if leaf.operator == "below")
    assert isinstance(limit, int | float)
    assert _renal_range_doubted(limit - 0.1)
    assert not _renal_range_doubted(limit)


def test_cautions_statements_and_choices_of_the_release_draw_the_line_at_one_clearance() -> None:
    library = release()
    whens = [one.when for one in library.cautions]
    whens += [one.when for group in library.guidelines for one in group.statements if one.when is not None]
    whens += [one.when for option in library.options for one in option.conditions]
    found = {
        (leaf.operator, leaf.operand) for when in whens for leaf in leaves(when) if leaf.fact == "creatinine_clearance"
    }
    assert found == {("below", 30), ("at_least", 30), ("between", (30, 50))}
