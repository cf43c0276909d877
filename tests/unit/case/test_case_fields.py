"""Every value of the model is a field with a label, and every row of the field list has its place."""

from typing import Any

import pytest
from pydantic import BaseModel
from support.strategies import full_case

from her2board.case.fields import CaseField, case_fields, field_by_path, item_fields
from her2board.case.model import Case, Count, LocalTherapy, SystemicLine
from her2board.case.terms import Info

_WITHOUT_FIELD = {"absences", "sentences", "texts"}
"""Reasons for absence stand beside every field; they are no field of their own."""
_COMPUTED_ROWS = {18, 34}
"""18: hormone receptors stand in the specimens of row 17; 34: the cohorts are the program's answer."""


def _leaves(model: type[BaseModel], prefix: str = "") -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for name, field in model.model_fields.items():
        info = next((entry for entry in field.metadata if isinstance(entry, Info)), None)
        bare = field.annotation
        if info is None and isinstance(bare, type) and issubclass(bare, BaseModel):
            found += _leaves(bare, f"{prefix}{name}.")
        else:
            found.append((f"{prefix}{name}", info))
    return found


def test_every_value_of_the_model_says_what_it_is() -> None:
    silent = {path for path, info in _leaves(Case) if info is None}
    assert silent == _WITHOUT_FIELD


def test_every_value_of_the_model_is_a_field_in_the_order_of_the_model() -> None:
    assert [field.path for field in case_fields()] == [path for path, info in _leaves(Case) if info]
    assert list(field_by_path()) == [field.path for field in case_fields()]


def test_every_row_of_the_field_list_has_a_field() -> None:
    assert {field.info.row for field in case_fields()} - {0} == set(range(1, 39)) - _COMPUTED_ROWS


def test_hormone_receptors_stand_in_the_specimens() -> None:
    specimens = field_by_path()["tumour.specimens"]
    assert specimens.item is not None
    assert {"er", "pr", "er_percent", "pr_percent"} <= {column.path for column in item_fields(specimens.item)}


def test_labels_are_unique_inside_a_section_and_never_empty() -> None:
    seen = [(field.section, field.info.label) for field in case_fields()]
    assert len(seen) == len(set(seen))
    assert all(label.strip() for _, label in seen)


def test_every_dated_value_names_a_date_field() -> None:
    dated = [field for field in case_fields() if field.info.dated_by]
    assert {"patient.ecog", "organs.lvef_percent", "brain.lesion_count"} <= {field.path for field in dated}
    assert all(field_by_path()[field.info.dated_by].kind == "date" for field in dated)


@pytest.mark.parametrize("section", ["identity"])
def test_names_of_a_person_stand_apart_and_are_marked(section: str) -> None:
    identifying = {field.section for field in case_fields() if field.info.identifying}
    assert identifying == {section}


def test_every_kind_of_field_is_distinguished() -> None:
    kinds = {path: field.kind for path, field in field_by_path().items()}
    assert kinds["urgency.urgent"] == "flag"
    assert kinds["brain.modality"] == "choice"
    assert kinds["brain.cns_class"] == "choices"
    assert kinds["patient.age"] == "integer"
    assert kinds["brain.largest_mm"] == "size"
    assert kinds["meeting.date"] == "date"
    assert kinds["meeting.question"] == "text"
    assert kinds["brain.sites"] == "texts"
    assert kinds["brain.lesion_count"] == "count"
    assert kinds["systemic.lines"] == "table"
    assert kinds["board.disciplines"] == "table"
    assert kinds["systemic.exposure"] == "mapping"
    assert kinds["access.drugs"] == "mapping"
    assert field_by_path()["systemic.lines"].item is SystemicLine
    assert field_by_path()["access.drugs"].item is None


TABLES = [field for field in case_fields() if field.item]


@pytest.mark.parametrize("table", TABLES, ids=lambda field: field.path)
def test_every_column_of_a_table_carries_its_own_label(table: CaseField) -> None:
    columns = item_fields(table.item)
    assert [column.path for column in columns] == list(table.item.model_fields)
    assert len({(column.info.label, column.info.unit) for column in columns}) == len(columns)


@pytest.mark.parametrize("table", TABLES, ids=lambda field: field.path)
def test_a_heading_of_a_copied_table_names_one_column_at_most(table: CaseField) -> None:
    named = [name for column in item_fields(table.item) for name in column.names]
    assert sorted(named) == sorted(set(named))


def test_a_column_says_its_unit_and_what_copied_tables_call_it() -> None:
    dose = next(column for column in item_fields(LocalTherapy) if column.path == "dose_gy")
    assert (dose.info.label, dose.info.unit) == ("Dose", "Gy")
    assert {"dose", "dose gy", "gesamtdosis", "total dose"} <= dose.names


def test_a_choice_is_shown_in_its_words_also_where_only_its_key_is_known() -> None:
    kind = next(column for column in item_fields(LocalTherapy) if column.path == "kind")
    assert [kind.words(key) for key in ("whole_brain", "other_brain_radiotherapy")] == [
        "whole-brain radiotherapy",
        "other brain radiotherapy",
    ]
    assert field_by_path()["tumour.origin"].words("de_novo") == "de novo"


def test_a_new_case_holds_its_code_and_nothing_else() -> None:
    body = Case(code="X").model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    assert body == {"code": "X"}


def test_the_full_case_fills_every_field_and_every_column() -> None:
    case = full_case()
    for field in case_fields():
        value: Any = case
        for name in field.path.split("."):
            value = getattr(value, name)
        assert value not in (None, (), {}), field.path
        for entry in getattr(value, "items", value) if field.kind == "table" else ():
            empty = {name for name, inner in entry if inner is None}
            assert empty <= {"ongoing"}, field.path


def test_no_value_of_a_new_case_is_recorded_by_a_default() -> None:
    """A clinical value with a default other than None would be recorded by nobody."""
    allowed = {"code", "origin", "status"}
    for field in case_fields():
        if field.kind in ("table", "mapping") or field.path in allowed:
            continue
        model: Any = Case
        *parents, name = field.path.split(".")
        for parent in parents:
            model = model.model_fields[parent].annotation
        assert model.model_fields[name].default is None, field.path
    assert Count.model_fields["diffuse"].default is False
