"""What is worked out from a case is kept while the sections it read are the same, and only then."""

from support.strategies import case_of

from her2board.case.by_section import BySection
from her2board.case.edit import with_value
from her2board.case.model import Case


def test_only_what_read_a_changed_section_is_worked_out_again() -> None:
    made: list[str] = []

    def age(case: Case) -> int | None:
        made.append("age")
        return case.patient.age

    def largest(case: Case) -> bool:
        made.append("largest")
        return case.brain.largest_mm is None

    case = case_of({"patient.age": 56})
    first = BySection(case)
    assert (first.once("age", age), first.once("largest", largest)) == (56, True)
    changed = BySection(with_value(case, "patient.age", 57), first)
    assert (changed.once("age", age), changed.once("largest", largest)) == (57, True)
    assert made == ["age", "largest", "age"]
    assert (first.once("age", age), made[3:]) == (56, [])


def test_what_reads_a_case_as_a_whole_is_worked_out_again_after_any_change() -> None:
    case = case_of({"patient.age": 56})
    first = BySection(case)
    assert '"age":56' in first.once("text", lambda case: case.model_dump_json())
    changed = BySection(with_value(case, "patient.age", 57), first)
    assert '"age":57' in changed.once("text", lambda case: case.model_dump_json())
