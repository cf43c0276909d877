"""Every paper the screen may ask for is made by what the window is handed."""

from datetime import date

import pytest
from support.held import PLAIN, bare, held
from support.meetings import DECIDED, with_section
from support.pages import pages_of
from support.releases import release

from her2board.briefing.meeting.papers import PAPERS, PaperWanted
from her2board.cli.opened_books import paper_services
from her2board.cli.papers import file_name

TODAY = date(2026, 11, 30)
BEGINNINGS = {".pdf": b"%PDF", ".docx": b"PK", ".xlsx": b"PK", ".ics": b"BEGIN:VCALENDAR", ".csv": b"\xef\xbb\xbf"}


@pytest.mark.parametrize("kind", PAPERS)
def test_every_kind_of_paper_is_made_with_a_name_of_its_own(kind: str) -> None:
    steps: list[tuple[int, int]] = []
    found = held((bare(PLAIN, "A/1"), {"outcome": DECIDED}), (bare(PLAIN, "B"), {}))
    wanted = PaperWanted(kind, found.meeting.id)
    made = paper_services().make(found, wanted, release(), TODAY, lambda *step: steps.append(step))
    (file,) = made.files
    assert file.name == ("A-1.docx" if kind == "letters" else f"2026-12-03-{kind}{PAPERS[kind].suffix}")
    assert file.data.startswith(BEGINNINGS.get(PAPERS[kind].suffix, b"Subject: "))
    assert made.problems == ()
    assert steps[-1][0] == steps[-1][1]
    assert ("no decision recorded, no letter: B" in made.notes) == (kind == "letters")


def test_some_cases_of_a_meeting_are_chosen_by_their_ids() -> None:
    found = held((bare(PLAIN, "A"), {}), (bare(PLAIN, "B"), {}))
    wanted = PaperWanted("slips", found.meeting.id, case_ids=(found.cases[1].listing.case_id,))
    made = paper_services().make(found, wanted, release(), TODAY, lambda *_: None)
    assert [page[:19] for page in pages_of(made.files[0].data)] == ["Decision slip 1: B "]
    for kind in ("letters", "calendar"):
        nothing = paper_services().make(found, PaperWanted(kind, "m"), release(), TODAY, lambda *_: None)
        assert nothing.files == ()
        assert len(nothing.notes) == 1


def test_what_a_person_looks_at_is_of_the_case_and_of_what_the_list_says_of_it() -> None:
    case = with_section(bare(PLAIN, "A", question="For Ottilie Querfurth?"), "identity", name="Ottilie Querfurth")
    found = held((case, {"reason": "Querfurth is back"}), (bare(PLAIN, "B"), {}))
    (one,) = paper_services().to_review(found, release())
    assert one.code == "A"
    assert {each.label for each in one.found} >= {"Question for the board", "Reason for listing"}


def test_a_code_makes_a_file_name_on_any_system() -> None:
    names = [file_name(code) for code in ("A/1", "..", "a\tb", "x" * 300, "\u0645\u0631\u064a\u0636")]
    assert names == ["A-1", "-", "a-b", "x" * 80, "\u0645\u0631\u064a\u0636"]
