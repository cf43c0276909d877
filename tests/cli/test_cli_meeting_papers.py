"""The papers of a meeting on the command line: agenda, packet, requests, slips, letters, calendar, export, counts."""

import io
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
from icalendar import Calendar
from support.casebooks import MemoryBook
from support.command_line import Run
from support.meetings import DAY, DECIDED, listed, with_section
from support.pages import example, pages_of

from her2board.casebook import opening
from her2board.casebook.model import Outcome
from her2board.cli import books, meeting_commands

CODES = ("CR11", "CR18")
STEMS = ("cr11-prior-ild", "cr18-untreated-asymptomatic")
NAME = "Ottilie Querfurth"


class _Book(MemoryBook):
    """A casebook in memory in the place of a file."""

    class place:  # noqa: N801  # reason: it takes the place of an attribute
        @staticmethod
        def words() -> str:
            return ""


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MemoryBook:
    """A casebook with a meeting of two cases, one of them decided; both name their patient."""
    made = _Book()
    cases = [with_section(example(stem).case, "identity", name=NAME) for stem in STEMS]
    ids = [made.add(case).key for case in cases]
    kept = made.add_meeting(DAY, "Neuro-oncology")
    outcome = DECIDED.model_copy(update={"decision": f"Radiosurgery for {NAME}."})
    listings = (listed(ids[0], outcome=outcome, status="discussed", prospective=True), listed(ids[1]))
    made.save_meeting(kept.value.model_copy(update={"listings": listings}), 1)
    (tmp_path / "board.her2book").touch()
    monkeypatch.setattr(opening, "open_casebook", lambda *_, **__: made)
    monkeypatch.setattr(books, "passphrase", lambda *_: "passphrase")
    monkeypatch.setattr(meeting_commands, "today", lambda: date(2026, 11, 30))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(made, "lock", lambda: None)
    return made


@pytest.fixture
def go(run: Run) -> Run:
    return lambda action, *words: run("casebook", "meeting", action, "board.her2book", *words)


def test_each_paper_of_a_meeting_is_written_and_noted_in_the_audit(book: MemoryBook, go: Run) -> None:
    done = {
        name: go(action, "2026-12-03", "-o", name)
        for action, name in (
            ("agenda", "agenda.pdf"),
            ("packet", "packet.pdf"),
            ("requests", "requests.pdf"),
            ("requests", "requests.txt"),
            ("slips", "slips.pdf"),
            ("letter", "letter.docx"),
            ("calendar", "days.ics"),
            ("export", "meeting.xlsx"),
            ("export", "meeting.csv"),
        )
    }
    assert [name for name, result in done.items() if result.status] == []
    read = {name: Path(name).read_bytes() for name in done}
    texts = {name: " ".join(pages_of(data)) for name, data in read.items() if name.endswith(".pdf")}
    texts |= {name: data.decode() for name, data in read.items() if name.endswith((".txt", ".csv", ".ics"))}
    texts["letter"] = " ".join(line.text for line in docx.Document(io.BytesIO(read["letter.docx"])).paragraphs)
    rows = openpyxl.load_workbook(io.BytesIO(read["meeting.xlsx"]))["Cases"].iter_rows(values_only=True)
    texts["workbook"] = repr(list(rows))
    assert [name for name, text in texts.items() if "Querfurth" in text] == []
    assert len(pages_of(read["packet.pdf"])) == 3
    assert len(pages_of(read["agenda.pdf"])) == 1
    assert "Decision slip 1: CR11" in texts["slips.pdf"]
    assert "Radiosurgery for" in texts["letter"]
    (event,) = Calendar.from_ical(read["days.ics"]).walk("VEVENT")
    assert event["SUMMARY"] == "CR11: decision due"
    entries = [entry for entry in book.audit() if entry.action == "exported"]
    assert [entry.detail for entry in entries] == [
        "agenda", "pages", "requests", "requests-text", "slips", "letter", "calendar", "export", "export",
    ]  # fmt: skip
    assert "no decision recorded, no letter: CR18" in done["letter.docx"].err
    assert "check before it leaves without names" in done["meeting.xlsx"].err


def test_cases_are_named_one_by_one_for_slips_letters_and_calendar(book: MemoryBook, go: Run) -> None:
    assert go("slips", "2026-12-03", "--case", "CR18", "-o", "slips.pdf").status == 0
    assert [page[:22] for page in pages_of(Path("slips.pdf").read_bytes())] == ["Decision slip 1: CR18 "]
    done = go("letter", "2026-12-03", "--case", "CR18", "-o", "letter.docx")
    assert (done.status, Path("letter.docx").exists()) == (1, False)
    assert "neither a decision nor a deferral is recorded" in done.err
    done = go("letter", "2026-12-03", "--case", "CR11", "-o", "letter.docx", "--identified")
    assert NAME in docx.Document("letter.docx").paragraphs[1].text
    assert go("calendar", "2026-12-03", "--case", "CR18", "-o", "days.ics").status == 1
    other = book.add(example(STEMS[0]).case.model_copy(update={"code": "ELSEWHERE"}))
    done = go("slips", "2026-12-03", "--case", other.key, "-o", "more.pdf")
    assert (done.status, Path("more.pdf").exists()) == (1, False)
    assert "'ELSEWHERE' is not on the list of this meeting" in done.err


def test_letters_of_a_whole_meeting_go_into_a_folder_one_file_a_case(book: MemoryBook, go: Run) -> None:
    (kept,) = book.meetings()
    decided = tuple(one.model_copy(update={"outcome": DECIDED}) for one in kept.value.listings)
    book.save_meeting(kept.value.model_copy(update={"listings": decided}), kept.version)
    refused = go("letter", "2026-12-03", "-o", "letter.docx")
    assert (refused.status, Path("letter.docx").exists()) == (1, False)
    assert "2 letters: name a folder that exists" in refused.err
    Path("letters").mkdir()
    assert go("letter", "2026-12-03", "-o", "letters").status == 0
    assert sorted(path.name for path in Path("letters").iterdir()) == ["CR11.docx", "CR18.docx"]


def test_a_file_of_another_kind_is_refused_before_the_casebook_is_opened(book: MemoryBook, go: Run) -> None:
    for action, name in (
        ("agenda", "a.docx"), ("packet", "a.txt"), ("requests", "a.csv"), ("slips", "a"), ("letter", "a.pdf"),
        ("calendar", "a.csv"), ("export", "a.xls"),
    ):  # fmt: skip
        done = go(action, "2026-12-03", "-o", name)
        assert (done.status, Path(name).exists()) == (1, False)
        assert "use that file extension" in done.err or "written as" in done.err
    assert not [entry for entry in book.audit() if entry.action == "exported"]


def test_no_paper_is_written_over_the_casebook(book: MemoryBook, go: Run) -> None:
    done = go("agenda", "2026-12-03", "-o", "board.her2book")
    assert done.status == 1
    assert Path("board.her2book").read_bytes() == b""


def test_the_counts_of_a_year_are_printed_or_written_without_names(book: MemoryBook, go: Run) -> None:
    (kept,) = book.meetings()
    nothing = go("counts")
    assert (nothing.status, "nothing to count" in nothing.err) == (1, True)
    late = {"deferred": True, "deferral_reason": f"{NAME} is away"}
    listings = tuple(one.model_copy(update={"outcome": Outcome(**late)}) for one in kept.value.listings)
    day = date(2026, 11, 12)
    book.save_meeting(kept.value.model_copy(update={"listings": listings, "day": day}), kept.version)
    printed = go("counts")
    assert "2026: 1 meeting, 2 cases on their lists" in printed.out
    assert "Deferred: yes 2 (100" in printed.out
    for name in ("counts.pdf", "counts.xlsx", "counts.csv"):
        assert go("counts", "--year", 2026, "-o", name).status == 0
    csv_text = Path("counts.csv").read_text("utf-8-sig")
    assert "2026,Deferred,yes,2,0,2,discussed cases,100.0" in csv_text
    for text in (printed.out, csv_text, *pages_of(Path("counts.pdf").read_bytes())):
        assert "Querfurth" not in text
    assert go("counts", "-o", "counts.docx").status == 1


def test_who_attended_is_recorded_by_discipline_and_taken_back(book: MemoryBook, go: Run) -> None:
    done = go("attendance", "2026-12-03", "--present", "neurosurgery", "pathology", "--absent", "medical_oncology")
    assert done.out == "present: neurosurgery, pathology; absent: medical oncology\n"
    assert "not recorded: neurosurgery" in go("attendance", "2026-12-03", "--not-recorded", "neurosurgery").out
    twice = go("attendance", "2026-12-03", "--present", "pathology", "--absent", "pathology")
    assert (twice.status, "named twice" in twice.err) == (1, True)
    assert go("attendance", "2026-12-03").out.startswith("present: pathology")


def test_a_case_listed_again_shows_its_last_decision_and_is_presented_again_where_asked(
    book: MemoryBook, go: Run
) -> None:
    book.add_meeting(date(2026, 12, 10))
    done = go("case", "2026-12-10", "CR11", "CR18")
    assert done.out.splitlines()[0] == "2 cases listed"
    assert done.out.splitlines()[1].startswith("CR11: Last decision, 3 Dec 2026. Radiosurgery for")
    assert len(done.out.splitlines()) == 2
    (kept,) = (one for one in book.meetings() if one.value.day == date(2026, 12, 10))
    key = kept.value.listings[0].case_id
    assert book.case(key).version == 1
    book.save_meeting(kept.value.model_copy(update={"listings": ()}), kept.version)
    assert go("case", "2026-12-10", "CR11", "--again").status == 0
    again = book.case(key)
    assert (again.version, again.value.meeting.question) == (2, None)
    assert str(again.value.meeting.last_discussed) == "2026-12-03"
    assert go("decide", "2026-12-10", "CR11", "--prospective", "no").status == 0
    assert next(one for one in book.meetings() if one.value.day.day == 10).value.listings[0].prospective is False
