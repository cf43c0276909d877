"""Runs the worked cases of the choices before whole-brain radiation: where each applies, does not, or needs a fact.

They are read and reviewed as text, one file per choice; ``choices/_bases.yaml`` holds what they start from.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from support.releases import release
from support.strategies import case_of
from support.worked import Located, document

from her2board.assessment.assess import assess
from her2board.assessment.model import Assessment, OptionResult
from her2board.logic.truth import Truth

HERE = Path(__file__).parent / "choices"
AS_OF = date(2026, 11, 20)
STATES = {
    "for_discussion": "applies",
    "caution": "applies",
    "facts_against": "does_not_apply",
    "already_used": "does_not_apply",
    "cannot_tell": "cannot_tell",
}
SAYS = {"statements": Truth.MET, "not": Truth.NOT_MET, "open": Truth.UNKNOWN}
KEYS = {"says", "from", "facts", "standing", "because", "needs", "asks", "cautions", *SAYS}
NO_CASE_AGAINST = {"supportive-care"}
"""Choices that no recorded fact speaks against but a refusal, in words the program does not place."""

BASES = document(HERE / "_bases.yaml")
FILES = {path.stem: document(path) for path in sorted(HERE.glob("*.yaml")) if not path.stem.startswith("_")}


def _facts(worked: dict[str, Any]) -> dict[str, Any]:
    under = _facts(BASES[worked["from"]]) if "from" in worked else {}
    return {**under, **worked.get("facts", {})}


def _assessed(worked: dict[str, Any]) -> Assessment:
    recorded = {path: value for path, value in _facts(worked).items() if value is not None}
    return assess(case_of(recorded), release(), AS_OF)


def _cases() -> Iterator[tuple[str, Located]]:
    for option, content in FILES.items():
        for worked in content["cases"]:
            yield option, worked


@cache
def _label(fact: str) -> str:
    return release().catalogue[fact].label


@pytest.mark.parametrize(("option", "worked"), [pytest.param(*case, id=case[1].where) for case in _cases()])
def test_a_choice_comes_out_as_its_case_says(option: str, worked: Located) -> None:
    assert set(worked) <= KEYS, "expectations nobody checks"
    assert {*SAYS} & {*worked}, "no statement is named"
    assessed = _assessed(worked)
    assert assessed.contradictions == (), "a worked case does not contradict itself"
    result = next(one for one in assessed.options if one.id == option)
    assert result.standing == worked["standing"], result.because
    for key, truth in SAYS.items():
        applies = {one.id: one.applies for one in result.statements}
        assert {id_: applies.get(id_) for id_ in worked.get(key, ())} == dict.fromkeys(worked.get(key, ()), truth)
    assert set(worked.get("cautions", ())) <= {one.id for one in result.cautions}
    _reasons(worked, result)
    shown = [one for one in assessed.pause.of("alternative") if one.option == option]
    assert [one.state for one in shown] == [STATES[result.standing]] * len(shown)


def _reasons(worked: Located, result: OptionResult) -> None:
    against = result.standing in ("facts_against", "already_used")
    assert ("because" in worked) is against
    assert ("needs" in worked) is (result.standing == "cannot_tell")
    assert ("cautions" in worked) is (result.standing == "caution")
    if against:
        assert any(worked["because"] in reason for reason in result.because), result.because
    if "needs" in worked:
        missing = [_label(name) for one in result.findings for name in one.facts_missing]
        assert worked["needs"] in missing, missing
    if "asks" in worked:
        asked = [_label(name) for one in result.to_ask for name in one.facts_missing]
        assert worked["asks"] in asked, asked


def test_every_choice_of_the_box_has_a_case_where_it_applies_does_not_and_needs_a_fact() -> None:
    wanted = {item.option for item in release().pause.alternatives}
    assert wanted <= set(FILES)
    for option, content in FILES.items():
        states = {STATES[worked["standing"]] for worked in content["cases"]}
        missing = {"does_not_apply"} if option in NO_CASE_AGAINST else set()
        assert states | missing == set(STATES.values()), option
    assert len(list(_cases())) >= 60


def test_every_file_is_named_after_its_option_and_every_base_is_used() -> None:
    assert {name: content["option"] for name, content in FILES.items()} == {name: name for name in FILES}
    used = {worked["from"] for _, worked in _cases()} | {base["from"] for base in BASES.values() if "from" in base}
    assert used == set(BASES)
    assert all(worked["says"].endswith(".") for _, worked in _cases())
