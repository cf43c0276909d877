"""Numbers, sizes, percentages and counts: a fraction or a missing unit is asked, a range stays a range."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from her2board.capture.shown_numbers import show_size
from her2board.capture.typed_numbers import (
    Interval,
    Size,
    read_count,
    read_diameter,
    read_interval,
    read_number,
    read_percent,
    read_size,
)


@pytest.mark.parametrize("text", ["0.61", "0,61", "0.95", "0.5", "1.0", "1,00", "0.055"])
def test_a_fraction_where_a_percentage_belongs_is_asked(text: str) -> None:
    found = read_number(text, "%")
    assert found.value is None
    assert "%" in found.problem
    number = float(text.replace(",", "."))
    assert [candidate.value for candidate in found.candidates] == [pytest.approx(number * 100), number]


def test_the_question_about_a_fraction_names_both_meanings() -> None:
    found = read_number("0.61", "%")
    assert found.problem == "0.61: 61 % or 0.61 %? Write the number with the sign"
    assert [candidate.words for candidate in found.candidates] == ["61 %", "0.61 %"]


@pytest.mark.parametrize(("text", "value"), [("61", 61), ("61 %", 61), ("0.5 %", 0.5), ("1", 1), ("0", 0)])
def test_a_percentage_is_read(text: str, value: float) -> None:
    assert read_number(text, "%").value == value


def test_a_fraction_of_something_else_is_a_number() -> None:
    assert read_number("0.61").value == 0.61


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("95%", Interval(95, 95)),
        ("<1%", Interval(None, 1, high_included=False)),
        ("< 10 %", Interval(None, 10, high_included=False)),
        ("≤ 10 %", Interval(None, 10)),
        (">90%", Interval(90, None, low_included=False)),
        ("≥ 20", Interval(20, None)),
        ("30-40%", Interval(30, 40)),
        ("30\N{EN DASH}40 %", Interval(30, 40)),
        ("90% to 95%", Interval(90, 95)),
        ("up to 5 %", Interval(None, 5)),
        ("less than 1 %", Interval(None, 1, high_included=False)),
    ],
)
def test_a_percentage_may_be_a_range(text: str, interval: Interval) -> None:
    assert read_percent(text).value == interval


@pytest.mark.parametrize("text", ["110 %", "90-110%", ">120", "high", "40-30%", "3 mm"])
def test_what_is_no_percentage_is_refused_with_the_reason(text: str) -> None:
    found = read_percent(text)
    assert found.value is None
    assert found.problem


@pytest.mark.parametrize(("text", "number"), [("~25 %", 25), ("ca. 25", 25), ("about 25 %", 25), ("0.95", 95)])
def test_about_so_much_is_asked(text: str, number: float) -> None:
    found = read_percent(text)
    assert found.value is None
    assert found.candidates[0].value == Interval(number, number)


@pytest.mark.parametrize(
    ("text", "interval", "shown"),
    [
        ("10-15 mm", Interval(10, 15), "10 to 15 mm"),
        ("1-1.5 cm", Interval(10, 15), "10 to 15 mm"),
        ("<10 mm", Interval(None, 10, high_included=False), "<10 mm"),
        ("up to 2 cm", Interval(None, 20), "≤20 mm"),
        (">20", Interval(20, None, low_included=False), ">20 mm"),
        ("at least 3 cm", Interval(30, None), "≥30 mm"),
        ("subcentimetre", Interval(None, 10, high_included=False), "<10 mm"),
    ],
)
def test_a_size_may_be_a_range(text: str, interval: Interval, shown: str) -> None:
    found = read_interval(text, "mm")
    assert found.value == interval
    assert found.reading == shown


@pytest.mark.parametrize(
    ("text", "axes"),
    [
        ("12 x 8 mm", (12, 8)),
        ("8 x 12 mm", (12, 8)),
        ("12×8×6 mm", (12, 8, 6)),
        ("1.2 × 0.8 cm", (12, 8)),
        ("1,2 x 0,8 x 0,6 cm", (12, 8, 6)),
        ("12 mm x 8 mm", (12, 8)),
        ("1.2 cm x 8 mm", (12, 8)),
        ("9 mm", (9,)),
        ("16mm*12mm", (16, 12)),
    ],
)
def test_the_axes_of_a_lesion_are_put_in_order(text: str, axes: tuple[float, ...]) -> None:
    found = read_size(text).value
    assert isinstance(found, Size)
    assert found.axes_mm == axes


def test_a_size_says_when_its_axes_were_turned() -> None:
    assert read_size("8 x 12 mm").value.reordered
    assert not read_size("12 x 8 mm").value.reordered


@pytest.mark.parametrize("text", ["1.4", "2.1", "12 x 8", "1.2 × 0.8 × 0.6", "9", "3.5"])
def test_a_size_without_unit_is_asked(text: str) -> None:
    found = read_size(text)
    assert found.value is None
    assert found.problem == f"'{text}': mm or cm?"
    assert len(found.candidates) == 2


def test_a_size_no_lesion_can_have_in_centimetres_is_offered_in_millimetres_only() -> None:
    assert [candidate.words for candidate in read_size("25 x 18").candidates] == ["25 × 18 mm"]


def test_the_unit_of_a_column_answers_the_question() -> None:
    assert read_size("1.4", "cm").value.axes_mm == (14,)
    assert read_size("14", "mm").value.axes_mm == (14,)


@pytest.mark.parametrize("text", ["12 x", "x", "12 x 8 x 6 x 4 mm", "0 x 3 mm", "-3 mm", "12 x 8 in", "tiny"])
def test_what_is_no_size_is_refused(text: str) -> None:
    assert read_size(text).problem
    assert read_size(text).value is None


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("3-4 lesions", {"low": 3, "high": 4}),
        (">20", {"low": 21}),
        ("3 +", {"low": 3}),
        ("at least 5", {"low": 5}),
        ("up to 4", {"low": 1, "high": 4}),
        ("fewer than 5", {"low": 1, "high": 4}),
        ("numerous", {"low": 2, "diffuse": True}),
        ("two", {"low": 2, "high": 2}),
        ("solitary metastasis", {"low": 1, "high": 1}),
        ("2\N{EN DASH}4", {"low": 2, "high": 4}),
        ("innumerable", {"low": 2, "diffuse": True}),
    ],
)
def test_a_number_of_lesions_may_be_a_range(text: str, count: dict) -> None:
    assert read_count(text).value == count


@pytest.mark.parametrize("text", ["4-2", "<1", "lesions", "a few", "3 or 4?", "-2"])
def test_what_is_no_number_of_lesions_is_refused(text: str) -> None:
    assert read_count(text).value is None
    assert read_count(text).problem


@given(st.text("0123456789.,<>≤~%-xX×cm ", max_size=12))
def test_no_text_is_read_as_a_size_or_percentage_out_of_bounds(text: str) -> None:
    percent = read_percent(text).value
    assert percent is None or all(end is None or 0 <= end <= 100 for end in (percent.low, percent.high))
    size = read_size(text).value
    assert size is None or list(size.axes_mm) == sorted(size.axes_mm, reverse=True)


@pytest.mark.parametrize(
    ("text", "offered"),
    [("<1", ["<1", "<10"]), ("1-2", ["1-2", "10-20"]), ("up to 3", ["≤3", "≤30"])],
)
def test_a_small_range_without_unit_may_be_centimetres(text: str, offered: list[str]) -> None:
    found = read_diameter(text)
    assert found.value is None
    values = [candidate.value for candidate in found.candidates]
    assert list(map(show_size, values)) == offered
    assert read_diameter(f"{text} cm").value == values[1]


@pytest.mark.parametrize("text", ["LVEF 61", "EF: 61 %", "lvef=61"])
def test_the_name_of_the_ejection_fraction_may_be_typed_with_it(text: str) -> None:
    assert read_number(text, "%").value == 61
    assert read_number(text, "mm").problem


@pytest.mark.parametrize("text", ["mehrere", "plusieurs", "multiples"])
def test_many_lesions_in_other_languages_are_two_or_more(text: str) -> None:
    assert read_count(text).value == {"low": 2}


def test_the_longest_of_several_axes_is_the_diameter() -> None:
    found = read_diameter("2,1 x 1,8 cm")
    assert (found.value, found.reading) == (21, "the longest of 21 \xd7 18 mm")
    assert [one.value for one in read_diameter("21 x 18").candidates] == [21]
    assert [one.value for one in read_diameter("2.1 x 1.8").candidates] == [2.1, 21]


def test_about_so_many_lesions_are_asked() -> None:
    found = read_count("approx. 10")
    assert (found.value, [one.value for one in found.candidates]) == (None, [{"low": 10, "high": 10}])
