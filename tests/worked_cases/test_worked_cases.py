"""Runs the worked cases: a sentence, a case, a day, and what must come out. They are read and reviewed as text."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.strategies import case_of
from support.worked import Located, documents

from her2board import paths
from her2board.assessment.assess import assess
from her2board.assessment.model import Assessment, CohortResult
from her2board.case.storage import dump, load
from her2board.evidence.library import EvidenceLibrary
from her2board.logic.truth import Truth

HERE = Path(__file__).parent
PUBLISHED = (
    "cr01-declined-local-therapy",
    "cr03-almost-empty",
    "cr11-prior-ild",
    "cr18-untreated-asymptomatic",
    "cr20-receptor-conversion",
    "cr22-ihc2-fish-positive",
    "cr31-herniation",
)


@dataclass
class Worked:
    """One worked case with everything it expects."""

    left: dict[str, Any]

    def take(self, name: str, otherwise: Any = None) -> Any:
        return self.left.pop(name, otherwise)


WORKED = [case_file for path in sorted(HERE.glob("*.yaml")) for case_file in documents(path)]


@pytest.mark.parametrize("case_file", [pytest.param(case_file, id=case_file.where) for case_file in WORKED])
def test_a_worked_case_comes_out_as_it_says(case_file: Located, library: EvidenceLibrary) -> None:
    worked = Worked(dict(case_file))
    says, example = worked.take("says"), worked.take("example")
    assert says.strip().endswith(".")
    case = load(paths.example_case(example)) if example else case_of(worked.take("record"))
    assessed = assess(case, library, date.fromisoformat(worked.take("as_of")))
    _facts(worked, assessed)
    _cohorts(worked, assessed)
    _options(worked, assessed)
    _pause(worked, assessed)
    expected = worked.take("contradictions")
    assert expected is None or [one.text for one in assessed.contradictions] == expected
    assert worked.left == {}, "expectations nobody checks"


def _facts(worked: Worked, assessed: Assessment) -> None:
    for name, shown in worked.take("facts", {}).items():
        assert assessed.facts.read(name).shown == shown
    for name, why in worked.take("fact_says", {}).items():
        assert why in assessed.facts.read(name).why


def _cohorts(worked: Worked, assessed: Assessment) -> None:
    for id_, expected in worked.take("cohorts", {}).items():
        _cohort(assessed.cohort(id_), dict(expected))
    for name, expected in worked.take("classes", {}).items():
        results = [result for result in assessed.cohorts if result.cohort.cns_class == name]
        assert results
        for result in results:
            _of_class(result, expected)


def _cohort(result: CohortResult, expected: dict[str, Any]) -> None:
    for group in ("population", "entry"):
        if group in expected:
            assert getattr(result, group).truth == expected.pop(group), result.id
    without = expected.pop("population_without", None)
    against = [one.criterion for one in result.findings if one.group == "population" and one.truth == without]
    assert against == [], result.id
    for part, reason in expected.pop("reason", {}).items():
        assert any(reason in one.reason for one in result.findings if part in one.criterion), (result.id, part)
    for name, truth in (("met", Truth.MET), ("not_met", Truth.NOT_MET), ("unknown", Truth.UNKNOWN)):
        found = [one.criterion for one in result.of(truth)]
        for part in expected.pop(name, []):
            assert any(part in text for text in found), (result.id, part, truth, found)
    for part in expected.pop("remarks", []):
        assert any(part in one.words for one in result.remarks), (result.id, part, result.remarks)
    assert expected == {}, "expectations nobody checks"


def _of_class(result: CohortResult, expected: dict[str, str]) -> None:
    assert result.outcome != expected.get("outcome_is_not"), result.id
    if "population" in expected:
        assert result.population.truth == expected["population"], result.id
        against = [one.reason for one in result.findings if one.group == "population" and one.truth is Truth.NOT_MET]
        assert any(expected["reason"] in reason for reason in against), (result.id, against)


def _options(worked: Worked, assessed: Assessment) -> None:
    standings = {one.id: one.standing for one in assessed.options}
    for id_, standing in worked.take("options", {}).items():
        assert standings[id_] == standing, id_
    forbidden, allowed = worked.take("no_option", []), worked.take("every_option")
    for one in assessed.options:
        assert one.standing not in forbidden, one.id
        assert allowed is None or one.standing in allowed, one.id
        assert one.standing != "cannot_tell" or one.because, one.id
    for kind in worked.take("context_only", []):
        rows = [one for one in assessed.options if one.kind == kind]
        assert rows
        assert all("local pathway first" in one.standing_words for one in rows)
    statement = worked.take("statement")
    if statement:
        rows = next(one for one in assessed.options if one.id == statement["option"]).statements
        fitting = [one for one in rows if one.applies == statement["applies"] and statement["text"] in one.text.lower()]
        assert fitting, [one.text for one in rows]


def _pause(worked: Worked, assessed: Assessment) -> None:
    bypass = worked.take("bypass")
    assert bypass is None or assessed.pause.bypass.open is bypass
    for words in worked.take("bypass_says", []):
        assert any(words in reason for reason in assessed.pause.bypass.reasons), words
    for group in worked.take("no_pause_group", []):
        assert assessed.pause.of(group) == ()
    standing = [word for one in assessed.options for word in (one.standing_words, *one.because)]
    items = [text for one in assessed.pause.items for text in (one.label, one.state, one.words, one.here)]
    spoken = " | ".join([*standing, *items, *assessed.pause.bypass.reasons]).lower()
    for words in worked.take("never_says", []):
        assert words not in spoken, words


def test_the_nearly_empty_case_has_the_longest_list_of_what_to_ask(library: EvidenceLibrary) -> None:
    """Two others ask about as many fields; by what the answers would settle, the nearly empty one is ahead of all."""
    assessed = {
        name: assess(load(paths.example_case(name)), library, date.fromisoformat(library.release.as_of))
        for name in PUBLISHED
    }
    lengths = {name: len(one.ask_next) for name, one in assessed.items()}
    weights = {name: sum(ask.weight for ask in one.ask_next) for name, one in assessed.items()}
    empty = "cr03-almost-empty"
    assert lengths[empty] == max(lengths.values())
    assert all(weight < weights[empty] for name, weight in weights.items() if name != empty)


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_published_case_holds_facts_and_a_citation_and_no_person(name: str) -> None:
    case = load(paths.example_case(name))
    assert case.origin == "published"
    assert case.source is not None
    assert "Read: " in case.source
    assert "http" not in case.source
    assert (case.identity.name, case.identity.record_number, case.meeting.date) == (None, None, None)
    assert case.board.decision is None
    assert case.code == name[:4].upper()


@pytest.mark.parametrize("name", PUBLISHED)
def test_an_example_is_written_as_the_program_writes_it(name: str) -> None:
    path = paths.example_case(name)
    assert path.read_text(encoding="utf-8") == dump(load(path))


@pytest.mark.parametrize("name", PUBLISHED)
def test_every_published_case_keeps_every_kind_of_option(name: str, library: EvidenceLibrary) -> None:
    assessed = assess(load(paths.example_case(name)), library, date.fromisoformat(library.release.as_of))
    assert len(assessed.options) == len(library.options)
    assert len(assessed.cohorts) == len(list(library.cohorts()))
