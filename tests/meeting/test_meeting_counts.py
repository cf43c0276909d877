"""The counts of a year: what is not recorded is counted apart, in values, table and plot."""

import csv
import io
from datetime import date

import openpyxl
import pytest
from support.meetings import DAY, DECIDED, listed, meeting
from support.pages import grey, pages_of
from support.tags import tags_of

from her2board.briefing.meeting.counts import Counts, Measure, counts, counts_table, years
from her2board.casebook.model import Attendance, BoardMeeting, Listing, Outcome
from her2board.office.spreadsheet import comma_separated, workbook
from her2board.pdf.counts import counts_pdf

UNTIL = date(2026, 12, 31)


def measure(found: Counts, label: str) -> Measure:
    (one,) = [one for one in found.measures if one.label == label]
    return one


def numbers(one: Measure) -> dict[str, int]:
    return {part.label: part.n for part in one.parts}


def discussed(case_id: str, **outcome: object) -> Listing:
    return listed(case_id, status="discussed", outcome=Outcome(**outcome))  # type: ignore[arg-type]  # reason: by name


@pytest.fixture(scope="module")
def year() -> Counts:
    first = meeting(
        listed("a", status="discussed", prospective=True, outcome=DECIDED.model_copy(update={"due": date(2027, 1, 7)})),
        listed("b", status="discussed", prospective=False, outcome=Outcome(decision="x", carried_out="in_part")),
        discussed("c", deferred=True, deferral_reason="MRI  missing", trial_mentioned=False, wbrt_proposed=False),
        discussed("d", deferred=True, deferral_reason="mri missing", wbrt_proposed=True, wbrt_outcome="postponed"),
        discussed("e", deferred=True),
        listed("f", list_only=True),
        listed("g"),
    )
    roles = (
        Attendance(discipline="neurosurgery", present=True),
        Attendance(discipline="other", discipline_name="Genetics", present=True),
    )
    second = meeting(discussed("a", decision="y", carried_out="no"), day=date(2026, 6, 4), attendance=roles)
    other = meeting(discussed("z", decision="z"), day=date(2025, 6, 4))
    return counts([first, second, other], 2026, UNTIL)


def test_every_answer_is_counted_and_none_of_them_is_made_from_what_is_not_recorded(year: Counts) -> None:
    assert (year.meetings, year.cases) == (2, 7)
    assert year.lead == "2 meetings, 7 cases on their lists"
    assert {one.label: numbers(one) for one in year.measures} == {
        "Cases on the lists": {"discussed": 6, "named only": 1, "neither": 1},
        "Discussed before treatment": {"yes": 1, "no": 1, "not recorded": 4},
        "Trial mentioned": {"yes": 1, "no": 1, "not recorded": 4},
        "Deferred": {"yes": 3, "no": 0, "not recorded": 3},
        "Reason for deferral": {"MRI missing": 2, "not recorded": 1},
        "Whole-brain radiotherapy proposed": {"yes": 2, "no": 1, "not recorded": 3},
        "What became of that proposal": {
            "decided": 0,
            "decided, hippocampal-avoidance": 0,
            "another treatment decided": 0,
            "postponed": 1,
            "not recorded": 1,
        },
        "Decision carried out": {
            "carried out": 0,
            "carried out in part": 1,
            "not carried out": 1,
            "not yet due": 1,
            "not recorded": 0,
        },
        "Attended: Medical oncology": {"present": 1, "absent": 0, "not recorded": 1},
        "Attended: Radiation oncology": {"present": 1, "absent": 0, "not recorded": 1},
        "Attended: Neurosurgery": {"present": 1, "absent": 1, "not recorded": 0},
        "Attended: Neuroradiology": {"present": 0, "absent": 0, "not recorded": 2},
        "Attended: Genetics": {"present": 1, "absent": 0, "not recorded": 1},
    }


def test_a_share_is_of_those_recorded_and_there_is_none_where_nobody_said_anything(year: Counts) -> None:
    before = measure(year, "Discussed before treatment")
    assert [before.share(part) for part in before.parts] == [50.0, 50.0, None]
    assert before.words == "yes 1 (50\N{NO-BREAK SPACE}% of 2 recorded), no 1, not recorded 4; discussed cases: 6"
    nobody = measure(year, "Attended: Neuroradiology")
    assert nobody.words == "present 0, absent 0, not recorded 2; meetings: 2"
    done = measure(year, "Decision carried out")
    assert [done.share(part) for part in done.parts] == [0.0, 50.0, 50.0, None, None]


def test_the_parts_of_a_bar_fill_it_and_kinds_begin_at_its_left(year: Counts) -> None:
    before = measure(year, "Discussed before treatment").segments()
    assert [(round(part.start, 3), round(part.share, 3)) for part in before] == [
        (0.0, 0.167), (0.167, 0.167), (0.333, 0.667),
    ]  # fmt: skip
    assert {part.start for part in measure(year, "Reason for deferral").segments()} == {0.0}
    empty = counts([], 2026, UNTIL)
    assert {segment.share for one in empty.measures for segment in one.segments()} == {0.0}


def test_a_meeting_that_is_still_to_come_is_not_counted() -> None:
    held = meeting(discussed("a", decision="x"))
    assert counts([held], 2026, date(2026, 12, 2)).meetings == 0
    assert counts([held], 2026, DAY).meetings == 1


def test_a_decision_is_not_yet_due_until_its_day_and_then_not_recorded() -> None:
    held = meeting(listed("a", status="discussed", outcome=DECIDED))
    for until, part in ((date(2026, 12, 16), "not yet due"), (date(2026, 12, 17), "not recorded")):
        assert numbers(measure(counts([held], 2026, until), "Decision carried out"))[part] == 1


def test_years_are_those_with_meetings_the_latest_first() -> None:
    assert years([meeting(day=date(2025, 1, 1)), meeting(), meeting()]) == (2026, 2025)


def test_the_table_has_how_many_gave_no_answer_beside_each_answer(year: Counts) -> None:
    table = counts_table(year)
    rows = {(row[1], row[2]): row for row in table.rows}
    assert rows["Trial mentioned", "yes"] == (2026, "Trial mentioned", "yes", 1, 4, 6, "discussed cases", 50.0)
    assert rows["Attended: Neuroradiology", "present"][3:] == (0, 2, 2, "meetings", "none recorded")
    assert rows["Decision carried out", "not yet due"][-1] == "not counted"
    assert table.columns[4] == "Not recorded"
    (sheet,) = openpyxl.load_workbook(io.BytesIO(workbook((table,), table.name)))
    assert list(sheet.iter_rows(values_only=True)) == [table.columns, *table.rows]
    head, *cells = csv.reader(io.StringIO(comma_separated(table).decode("utf-8-sig")))
    assert tuple(head) == table.columns
    assert [row[1:4] for row in cells] == [[*map(str, row[1:4])] for row in table.rows]


def test_the_plot_says_in_words_what_it_draws(year: Counts) -> None:
    data = counts_pdf(year, "a4")
    text = " ".join(pages_of(data))
    assert text.startswith("Tumour-board meetings of 2026 2 meetings, 7 cases on their lists")
    for one in year.measures:
        assert one.label in text
        if one.stacked:
            assert one.words.replace("\N{NO-BREAK SPACE}", " ") in text.replace("\N{NO-BREAK SPACE}", " ")
    assert "never as no" in text
    assert counts_pdf(year, "a4") == data
    assert grey(data).getextrema() == (0, 255)


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_any_number_of_reasons_in_any_script_runs_over_as_many_sheets_as_it_takes(paper) -> None:
    texts = [
        f"{n} {script}" for n in range(20) for script in ("x" * 250, "\N{ARABIC LETTER MEEM}" * 90, "\u75c5" * 200)
    ]
    held = [meeting(*(discussed(text, deferred=True, deferral_reason=text) for text in texts))]
    pages = pages_of(counts_pdf(counts(held, 2026, UNTIL), paper))
    assert len(pages) > 2
    assert all(any(f"{n} xxx" in page for page in pages) for n in range(20))


def test_a_year_without_meetings_has_its_papers_too() -> None:
    nothing: list[BoardMeeting] = []
    (page,) = pages_of(counts_pdf(counts(nothing, 2026, UNTIL), "a4"))
    assert "0 meetings, 0 cases on their lists" in page
    assert "yes 0, no 0, not recorded 0; discussed cases: 0" in page


def test_every_bar_is_read_as_a_figure_with_its_numbers(year: Counts) -> None:
    figures = [tag.alternative for tag in tags_of(counts_pdf(year, "a4")).within() if tag.kind == "Figure"]
    wanted = [f"{one.label}: {one.words}" for one in year.measures if one.stacked]
    assert [words for words in figures if words in wanted] == wanted
    assert "MRI missing: 2 (100\N{NO-BREAK SPACE}%)" in figures
