"""Every paper the screen may ask for is made by what the window is handed."""

import re
from datetime import date

import pytest
from support.casebooks import MemoryBook
from support.held import PLAIN, bare, held
from support.meetings import BEFORE, DAY, DECIDED, listed, with_section
from support.pages import pages_of
from support.releases import release
from support.unpacking import unpacked

from her2board.briefing.meeting.gathered import OUTCOME_TEXTS, TEXTS, gathered
from her2board.briefing.meeting.papers import PAPERS, PaperWanted
from her2board.case.model.board import Outstanding
from her2board.casebook.model import Listing, Outcome
from her2board.cli.opened_books import paper_services
from her2board.cli.papers import file_name

TODAY = date(2026, 11, 30)
NAME, NUMBER = "Ottilie Querfurth-Zwack", "MRN-4711-0815"
PLANTED = ("Ottilie", "Querfurth", "Zwack", NUMBER)
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


def test_every_typed_text_of_a_list_is_looked_through_for_names() -> None:
    typed = {
        model: {name for name, field in model.model_fields.items() if field.annotation is str}
        for model in (Listing, Outcome)
    }
    assert typed == {Listing: {*TEXTS, "case_id"}, Outcome: {*OUTCOME_TEXTS}}


@pytest.mark.parametrize("kind", PAPERS)
def test_no_paper_holds_a_planted_name_raw_or_unpacked_unless_it_was_asked_for(kind: str) -> None:
    typed = f"{NAME} ({NUMBER.lower()}) asks; Mrs Querfurth-Zwack, OTTILIE QUERFURTH-ZWACK."
    case = with_section(
        bare(PLAIN, NUMBER, question=typed, preparer=typed), "identity", name=NAME, record_number=NUMBER
    )
    case = with_section(case, "board", outstanding=(Outstanding(what=f"ask {NAME}", owner=NAME),))
    texts = dict.fromkeys(OUTCOME_TEXTS, typed)
    listing = dict.fromkeys(TEXTS, typed)
    book = MemoryBook()
    key = book.add(case).key
    earlier = book.add_meeting(BEFORE)
    before = listed(key, outcome=Outcome(**texts, due=DAY), status="discussed")
    book.save_meeting(earlier.value.model_copy(update={"listings": (before,)}), 1)
    kept = book.add_meeting(DAY)
    now = listed(key, **listing, outcome=Outcome(**texts, due=DAY))
    book.save_meeting(kept.value.model_copy(update={"listings": (now,)}), 1)
    found = gathered(book, kept.key)

    def planted(**chosen: bool) -> set[str]:
        wanted = PaperWanted(kind, kept.key, slips=True, **chosen)
        (file,) = paper_services().make(found, wanted, release(), TODAY, lambda *_: None).files
        read = [re.sub(r"\s+", " ", text).casefold() for text in (*unpacked(file.data), file.name)]
        return {word for word in PLANTED if any(word.casefold() in text for text in read)}

    assert planted() == set()
    assert planted(identified=True) == (set() if PAPERS[kind].nameless else {*PLANTED})


def test_a_code_makes_a_file_name_on_any_system() -> None:
    names = [file_name(code) for code in ("A/1", "..", "a\tb", "x" * 300, "\u0645\u0631\u064a\u0636")]
    assert names == ["A-1", "-", "a-b", "x" * 80, "\u0645\u0631\u064a\u0636"]
