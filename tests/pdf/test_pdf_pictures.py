"""What is drawn: time as ranges, outcomes on their axes, lesions to scale; and every grey distinct."""

from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest
from support.generated import AS_OF
from support.pages import Made, example, grey, make, outside, text_of
from support.releases import release
from support.strategies import case_of, lines
from test_pdf_page import every_page

from her2board.assessment.paper import Paper
from her2board.briefing.fit import shortenings
from her2board.briefing.model import Figure, Run
from her2board.briefing.plots import drawable, percent_bar, plots
from her2board.briefing.zones.options import OptionZone
from her2board.briefing.zones.pause import PauseZone
from her2board.briefing.zones.tumour import TumourZone
from her2board.case.model import Case
from her2board.evidence.values import difference
from her2board.pdf.blocks import Shape, TextMark

Change = Callable[[str, Callable[[dict[str, Any]], None]], Case]
_LEAST_CONTRAST = 4.5


def contrast(one: float, other: float) -> float:
    """Return the contrast of two greys by WCAG, each from 0 (black) to 1."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def under(mark: TextMark, shapes: list[Shape]) -> float:
    """Return the grey a text is on: that of the last filled shape around its middle, else white paper."""
    x, y = mark.x + mark.width / 2, mark.y - mark.size * 0.3
    found = 1.0
    for shape in shapes:
        xs, ys = [p[0] for p in shape.points], [p[1] for p in shape.points]
        if shape.fill is not None and min(xs) <= x <= max(xs) and min(ys) <= y <= max(ys):
            found = shape.fill
    return found


@every_page
def test_all_text_contrasts_with_what_is_behind_it(stem: str, paper: Paper) -> None:
    made = example(stem, paper)
    weak = [m.text for m in made.sheet.texts if contrast(m.grey, under(m, made.sheet.shapes)) < _LEAST_CONTRAST]
    assert not weak
    assert any(under(mark, made.sheet.shapes) == 0.0 for mark in made.sheet.texts)


def test_a_light_grey_would_be_noticed() -> None:
    assert contrast(0.55, 1.0) < _LEAST_CONTRAST < contrast(0.33, 1.0)


def test_a_page_printed_in_greys_is_the_page() -> None:
    made = example("b07-invented-complete")
    picture = grey(made.data)
    assert picture.mode == "L"
    assert len({value for value in picture.tobytes() if value < 250}) > 20


@pytest.fixture
def timed(changed: Change) -> Made:
    def change(body: dict[str, Any]) -> None:
        body["patient"]["age_on"] = "2026-11-20"  # an age that is asked again takes the room of a line
        body["systemic"]["lines"] = {
            "completeness": "complete",
            "items": [
                {"drugs": ["docetaxel"], "setting": "metastatic", "start": "2022", "stop": "2023-03"},
                {"drugs": ["T-DM1"], "setting": "metastatic", "start": "2024-06-10", "stop": "2025-01-20"},
                {"drugs": ["lapatinib"], "setting": "metastatic", "start": "2025-06-01", "ongoing": True},
                {"drugs": ["letrozole"], "setting": "metastatic"},
            ],
        }
        body["brain"]["local_therapies"] = {
            "completeness": "complete",
            "items": [{"kind": "radiosurgery", "day": "2025-03-14"}, {"kind": "surgery", "day": "<2024"}],
        }

    return make(changed("cr03-almost-empty", change))


def between(made: Made, words: str) -> list[Shape]:
    """Return the shapes in the lane of the text that holds ``words``."""
    mark = next(mark for mark in made.sheet.texts if words in mark.text)
    return [s for s in made.sheet.shapes if all(mark.y - 12 <= y <= mark.y + 6 for _, y in s.points)]


def test_a_date_known_to_the_year_is_drawn_over_its_days_and_only_what_is_certain_is_filled(changed: Change) -> None:
    def change(body: dict[str, Any]) -> None:
        row = {"drugs": ["docetaxel"], "setting": "metastatic", "start": "2022", "stop": "2023-03"}
        body["systemic"]["lines"] = {"completeness": "complete", "items": [row]}

    lane = between(make(changed("cr03-almost-empty", change)), "docetaxel (")
    dashed = [s for s in lane if s.dash == (2, 2)]
    filled = [s for s in lane if s.fill is not None and 0.5 < s.fill < 1.0]
    assert dashed
    assert filled
    left = min(x for s in dashed for x, _ in s.points)
    assert min(x for x, _ in filled[0].points) > left + 20


def test_an_ongoing_line_ends_in_an_arrow_at_the_meeting(timed: Made) -> None:
    lane = between(timed, "lapatinib (")
    board = next(mark.x for mark in timed.sheet.texts if mark.text == "board")
    arrows = [s for s in lane if s.fill is not None and len(s.points) == 4]
    assert any(max(x for x, _ in s.points) > board for s in arrows)


def test_a_gap_between_lines_is_drawn_as_a_gap(timed: Made) -> None:
    assert [s for s in between(timed, "lapatinib (") if s.dash == (0.9, 2.4)]


def test_a_line_without_dates_is_in_words_with_its_number(timed: Made) -> None:
    assert "Undated 4 letrozole (metastatic" in text_of(timed.data)


def test_a_therapy_before_a_year_says_so_beside_its_arrow(timed: Made) -> None:
    assert "surgery, before 2024" in text_of(timed.data)
    assert any(mark.text == "radiosurgery" for mark in timed.sheet.texts)


def test_a_timeline_whose_only_date_lies_after_the_meeting_stays_within_the_margins(changed: Change) -> None:
    def change(body: dict[str, Any]) -> None:
        lines = [{"drugs": ["docetaxel"], "setting": "metastatic", "stop": ">2026"}]
        body["systemic"]["lines"] = {"completeness": "partial", "items": lines}
        body["brain"]["imaging_date"] = None
        body["tumour"] |= {"metastatic_date": None, "brain_date": None}

    made = make(changed("b07-invented-complete", change))
    assert any("docetaxel" in mark.text for mark in made.sheet.texts)
    assert not outside(made)


def test_a_line_too_long_for_the_axis_is_written_out_in_words_with_its_dates() -> None:
    line = {
        "drugs": ["Phesgo", "lapatinib", "pertuzumab"],
        "start": "2021",
        "ongoing": False,
        "best_response": "progression",
        "reason_stopped": "planned_switch",
        "progressed_in": "brain_and_body",
        "continues_line": True,
    }
    made = make(case_of({"brain.imaging_date": "2026-11", **lines(line, completeness="partial")}), as_of=AS_OF)
    assert not outside(made)
    assert "Systemic 1 pertuzumab + trastuzumab + lapatinib + pertuzumab (setting not" in text_of(made.data)
    assert "stop date not recorded), 2021 " in text_of(made.data)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({"stop": ">2026"}, "(metastatic) stopped after 2026"),
        ({"stop": "2025-03"}, "(metastatic) stopped Mar 2025"),
        ({"start": "2024", "stop": "2025-03"}, "(metastatic) 2024 to Mar 2025"),
        ({"start": "2024"}, "(metastatic, stop date not recorded) 2024"),
    ],
)
def test_a_date_in_words_says_which_end_of_the_treatment_it_is(
    days: dict[str, str], words: str, changed: Change
) -> None:
    def change(body: dict[str, Any]) -> None:
        lines = [{"drugs": ["docetaxel"], "setting": "metastatic", **days}]
        body["systemic"]["lines"] = {"completeness": "partial", "items": lines}

    [bar] = make(changed("cr03-almost-empty", change)).shown.get(TumourZone).timeline.bars
    assert f"{bar.label} {bar.when}" == f"docetaxel {words}"


def lesions(made: Made) -> list[Shape]:
    """Return the dots of the lesions: the only shapes with a round rim."""
    return [shape for shape in made.sheet.shapes if len(shape.points) == 17]


def test_lesions_are_drawn_one_by_one_to_the_scale_of_their_diameter(changed: Change) -> None:
    def change(body: dict[str, Any]) -> None:
        sizes = (20.0, 10.0, 5.0)
        items = [{"site": "frontal", "diameter_mm": mm, "state": "untreated"} for mm in sizes]
        body["brain"]["lesions"] = {"completeness": "complete", "items": items}
        body["brain"]["lesion_count"] = {"low": 4, "high": 4}

    dots = lesions(make(changed("cr03-almost-empty", change)))
    wide = [max(x for x, _ in dot.points) - min(x for x, _ in dot.points) for dot in dots]
    assert len(dots) == 4
    assert wide[0] == pytest.approx(2 * wide[1], rel=0.05)
    assert wide[1] == pytest.approx(2 * wide[2], rel=0.05)
    assert [dot.fill for dot in dots] == [0.0, 0.0, 0.0, 1.0]


def test_no_lesion_is_drawn_where_neither_number_nor_size_is_recorded() -> None:
    assert not lesions(example("cr20-receptor-conversion"))


def test_rows_share_an_axis_only_where_the_guard_finds_no_difference() -> None:
    endpoints = [endpoint for _, cohort in release().cohorts() for endpoint in cohort.endpoints if drawable(endpoint)]
    drawn, words = plots([Figure(endpoint, Run("n")) for endpoint in endpoints])
    shown = [(endpoint, plot.axis.shared) for endpoint, plot in zip(endpoints, drawn, strict=True) if plot]
    shared = [(one, other) for (one, left), (other, right) in combinations(shown, 2) if left and left == right]
    assert shared
    assert not [pair for pair in shared if difference(*pair) is not None]
    assert "Axis A is one for its rows" in words
    assert "A boxed axis belongs to its row alone" in words


def test_a_figure_without_an_interval_is_hollow_and_one_with_it_is_filled() -> None:
    made = example("cr18-untreated-asymptomatic")
    bars = [percent_bar(row.figure.endpoint) for row in made.shown.get(OptionZone).rows if row.figure]
    marks = [s for s in made.sheet.shapes if len(s.points) == 5 and _side(s) == pytest.approx(4.2)]
    assert marks
    assert [mark.fill for mark in marks] == [0.0 if bar.low is not None else 1.0 for bar in bars if bar]


def _side(shape: Shape) -> float:
    return max(x for x, _ in shape.points) - min(x for x, _ in shape.points)


def test_a_page_is_shortened_in_the_stated_order() -> None:
    """What says the same comes first; the last rows of options go late, and no choice loses its name."""
    made = example("b07-invented-complete")
    *_, last = shortenings(made.briefing)
    kinds = [entry.kind for entry in last.shortened]
    order = ["points_open", "choices_why", "choices_named", "options_in_brief"]
    assert [kind for kind in kinds if kind in order] == order
    before, after = made.briefing.get(PauseZone), last.get(PauseZone)
    kept = {choice.name for choice in (*(row.brief for row in after.rows), *after.named)}
    assert kept == {choice.name for choice in (*(row.brief for row in before.rows), *before.named)}
    assert after.reasonable
    named = [name for row in after.disciplines for name in row.name.split(", ")]
    assert sorted(named) == sorted(
        name for row in before.disciplines if row.heard or row.sign != "optional" for name in row.name.split(", ")
    )
