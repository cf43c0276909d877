"""The benchmark itself: its sections can be imported, and a result is compared with an earlier one."""

import importlib
import json
from dataclasses import asdict
from pathlib import Path

import pytest
from compared import earlier, table
from measure import Line

_SECTIONS = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("test_"))


def measured(what: str, cpu_ratio: float) -> Line:
    return Line(what, 20.0, 25.0, 20.0, "a floor", 10.0, 10.0, 2.0, cpu_ratio, "", None, 5)


@pytest.mark.parametrize("section", _SECTIONS)
def test_every_section_imports_what_the_program_still_has(section: str) -> None:
    importlib.import_module(section)


def test_without_an_earlier_result_the_table_says_nothing_of_before(tmp_path: Path) -> None:
    head, row = table([measured("one page", 2.0)], earlier(tmp_path / "none.json"))
    assert "before" not in head
    assert row.startswith("one page  20.0")


@pytest.mark.parametrize(("now", "said"), [(2.0, "+0%"), (2.1, "+5%"), (2.4, "+20% SLOWER"), (1.5, "-25%")])
def test_a_line_is_compared_with_the_same_line_of_an_earlier_result(now: float, said: str, tmp_path: Path) -> None:
    kept = tmp_path / "bench-before.json"
    kept.write_text(json.dumps({"lines": [asdict(measured("one page", 2.0))]}), encoding="utf-8")
    head, row = table([measured("one page", now)], earlier(kept))
    assert head.endswith("change")
    assert row.endswith(f"  2.00              {said}")


def test_a_line_no_earlier_result_has_is_called_new(tmp_path: Path) -> None:
    kept = tmp_path / "bench-before.json"
    kept.write_text(json.dumps({"lines": [asdict(measured("one page", 2.0))]}), encoding="utf-8")
    _, row = table([measured("another page", 2.0)], earlier(kept))
    assert row.endswith("new")
