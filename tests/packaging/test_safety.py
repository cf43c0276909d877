"""The hazard log: every control is held by tests that exist, run and assert what the log says."""

import importlib
from pathlib import Path
from types import ModuleType

import pytest
from support.pages import EXAMPLES, ROOT, example, text_of


@pytest.fixture
def safety(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(ROOT / "packaging")
    return importlib.import_module("safety")


def test_every_control_and_requirement_is_held_by_a_test_that_asserts_it(safety: ModuleType) -> None:
    assert list(safety.problems()) == []
    hazards = safety.read("hazards")
    assert len(hazards) > 20
    assert all(hazard["controls"] for hazard in hazards)


def test_the_safety_case_holds_every_hazard_and_is_up_to_date(safety: ModuleType) -> None:
    written = safety.MADE.read_text(encoding="utf-8")
    assert written == safety.safety(), "run packaging/safety.py"
    for hazard in safety.read("hazards"):
        assert f"\n| {hazard['id']} | {hazard['hazard']} |" in written


TEST = """import pytest

def test_passes() -> None:
    assert "waiting" in words

@pytest.mark.skip(reason="slow")
def test_marked() -> None:
    assert "waiting" in words

def test_gives_up() -> None:
    pytest.skip("not here")
    assert "waiting" in words
"""


@pytest.mark.parametrize(
    ("test", "words", "fault"),
    [
        ("test_a.py::test_passes", "waiting", ""),
        ("test_a.py::test_passes", "urgent", "asserts nothing about 'urgent'"),
        ("test_a.py::test_gone", "waiting", "does not exist"),
        ("test_b.py::test_passes", "waiting", "is in no file"),
        ("test_a.py::test_marked", "waiting", "is skipped"),
        ("test_a.py::test_gives_up", "waiting", "is skipped"),
    ],
)
def test_a_test_that_no_longer_holds_its_control_is_reported(
    safety: ModuleType, tmp_path: Path, test: str, words: str, fault: str
) -> None:
    (tmp_path / "test_a.py").write_text(TEST, encoding="utf-8")
    assert safety.fault_of(tmp_path, test, words) == fault


def test_a_removed_test_is_reported_with_its_hazard(safety: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    hazard = safety.read("hazards")[0]
    first, words = next(iter(hazard["controls"][0]["tests"].items()))
    claim = safety.Claim(hazard["id"], "passes the pause", {f"{first}_as_it_was": words})
    monkeypatch.setattr(safety, "claims", lambda: iter([claim]))
    assert list(safety.problems()) == [f"H1 'passes the pause': {first}_as_it_was does not exist"]


def test_a_run_in_which_a_control_was_skipped_fails(
    pytester: pytest.Pytester, safety: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "tests"))
    claim = next(iter(safety.claims()))
    file, _, name = next(iter(claim.tests)).partition("::")
    place = pytester.mkdir("tests").joinpath(*Path(file).parts[1:])
    place.parent.mkdir(parents=True)
    place.write_text(f"import pytest\n\ndef {name}() -> None:\n    pytest.skip('not here')\n", encoding="utf-8")
    # In a process of its own: in this one a module of that name is imported already.
    done = pytester.runpytest_subprocess("-p", "support.controls", "--rootdir", str(pytester.path), str(place))
    done.assert_outcomes(failed=1)
    done.stdout.fnmatch_lines([f"*{claim.owner}*must not be skipped*not here*"])


@pytest.mark.parametrize("stem", EXAMPLES)
def test_every_page_says_that_recruitment_was_not_checked(stem: str) -> None:
    assert "recruitment not checked" in text_of(example(stem).data)
