"""What a case needs is one truth: the badge of a field, the counts of the window and the page agree."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from her2board import paths
from her2board.assessment.readiness import readiness
from her2board.briefing.zones import header
from her2board.briefing.zones.base import Sources
from her2board.case.fields import case_fields, field_by_path
from her2board.case.needed import EXCLUDED, is_recorded, needs
from her2board.case.sections import SECTIONS
from her2board.case.storage import load

OF_LISTS: dict[str, list[Any]] = {
    "brain.lesions": [None, {"completeness": "partial"}, {"completeness": "complete"}],
    "systemic.lines": [None, {"completeness": "partial"}, {"completeness": "complete"}],
    "brain.lesion_count": [None, {"low": 0, "high": 0}, {"low": 2, "high": 2}],
}
"""Values of parents that are no closed choice."""
PARENTS = tuple(dict.fromkeys(parent for rule in EXCLUDED for parent in rule.parents))


def values(path: str) -> list[Any]:
    field = field_by_path()[path]
    if path in OF_LISTS:
        return OF_LISTS[path]
    every = [True, False] if field.kind == "flag" else list(field.choices)
    return [*([None] if path != "origin" else []), *every]


def answers() -> Iterator[tuple[str, Any]]:
    for parent in PARENTS:
        for value in (*values(parent), None if parent != "origin" else "patient"):
            yield parent, value


def test_badge_section_strip_and_page_count_the_same_whatever_a_parent_says(screen, library) -> None:
    bench, form, found = screen.bench, screen.bench.form, screen.bench.live.assessment
    blocks = {path: block for section in SECTIONS for path, block in form.show_section(section.id).blocks.items()}
    seen: set[str] = set()
    for parent, value in answers():
        assert screen.document.set_value(parent, value) == ""
        case = screen.document.case
        found = replace(found, readiness=readiness(case, library, found.as_of))  # what all of them are made from
        bench.live._take_assessment(found)
        where = f"{parent}: {value}"
        badges = {path for path, block in blocks.items() if block.button.text() == "needed"}
        assert badges == set(needs(case).needed), where
        counts = [bench.sections.topLevelItem(n).text(1) for n in range(bench.sections.topLevelItemCount())]
        assert sum(int(count or 0) for count in counts) == len(badges), where
        assert bench.strip.button("needed").text() == f"{len(badges)} needed", where
        page = header.ZONE.compose(Sources(case, found, library, True, False, False))
        assert page.state[0].text.startswith(f"{len(badges)} required items open"), where
        greyed = {path for path, block in blocks.items() if block.button.text() == "does not apply"}
        assert greyed == set(needs(case).excluded), where
        seen |= greyed
    assert seen == {path for rule in EXCLUDED for path in rule.paths}


def test_a_row_that_cannot_apply_is_passed_over_by_tab_and_says_why(screen) -> None:
    row = screen.row("neurology.dexamethasone_mg")
    screen.document.set_value("neurology.steroid_given", False)
    assert row.button.text() == "does not apply"
    assert row.button.toolTip() == "No steroid is given"
    screen.row("neurology.steroid_given").focus()
    screen.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert screen.bench.form.block_in_focus().path == "neurology.antiseizure_drugs"
    screen.type("neurology.dexamethasone_mg", "4")  # recorded all the same, it counts and contradicts
    assert not row.button.isVisible()
    assert row.control.focusPolicy() == Qt.FocusPolicy.StrongFocus
    screen.wait(lambda: bool(row.note.text()))


def test_every_field_that_can_be_excluded_has_a_parent_and_none_excludes_itself() -> None:
    known = {field.path for field in case_fields()}
    for rule in EXCLUDED:
        assert set(rule.paths) <= known
        assert set(rule.parents) <= known
        assert not set(rule.paths) & set(rule.parents)


def test_no_published_case_records_what_an_answer_in_it_excludes() -> None:
    fields = field_by_path()
    for path in sorted(paths.examples_dir().glob("*.her2case")):
        case = load(path)
        excluded = [path for rule in EXCLUDED if rule.when(case) for path in rule.paths]
        assert not [path for path in excluded if is_recorded(case, fields[path])], path.stem
