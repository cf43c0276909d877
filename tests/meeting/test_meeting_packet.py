"""The packet of a meeting: agenda in its order, what is apart, requests by who owes, slips, names left out."""

import io
from datetime import date

import docx
import pptx
import pytest
from msgspec.structs import replace
from support.casebooks import MemoryBook
from support.held import OTHER, PLAIN, bare, held
from support.meetings import BEFORE, DAY, DECIDED, listed, with_section
from support.pages import URGENT, pages_of
from support.releases import frozen, release
from support.tags import tags_of

from her2board.briefing.meeting.gathered import Gathered, gathered
from her2board.briefing.packet import PacketOptions
from her2board.case.dates import PartialDate
from her2board.case.model import Case
from her2board.case.terms import CarriedOut
from her2board.casebook.model import Attendance, Listing, Outcome, RadiationOutcome
from her2board.cli.meeting_papers import meeting_packet

TODAY = date(2026, 11, 30)
NAME = "Ottilie Querfurth"


def made(found: Gathered, layout: str, **options: object) -> bytes:
    """Return a layout of its packet, of which every case could be printed."""
    packet = meeting_packet(found, PacketOptions(layout=layout, **options), release(), TODAY)  # type: ignore[arg-type]  # reason: options by name
    assert packet.problems == ()
    return packet.data


@pytest.fixture(scope="module")
def meeting() -> Gathered:
    """Four cases: one that comes back, one urgent that is not ready, one only named, one decided."""
    book = MemoryBook()
    ids = [
        book.add(case).key
        for case in (bare(URGENT, "LATE-1"), bare(PLAIN, "BACK-2"), bare(OTHER, "NAMED-3"), bare(PLAIN, "DONE-4"))
    ]
    earlier = book.add_meeting(BEFORE)
    book.save_meeting(earlier.value.model_copy(update={"listings": (listed(ids[1], outcome=DECIDED),)}), 1)
    kept = book.add_meeting(DAY, "Neuro-oncology board", "Room 4")
    listings = (
        listed(ids[0], not_ready_because="MRI of 1 Dec not reported", status="collecting"),
        listed(ids[2], list_only=True, reason="stable for a year"),
        listed(ids[3], outcome=Outcome(decision="Tucatinib, capecitabine and trastuzumab."), status="discussed"),
        listed(ids[1], reason="new symptoms"),
    )
    book.save_meeting(kept.value.model_copy(update={"listings": listings}), 1)
    return gathered(book, kept.key)


def test_the_agenda_follows_the_list_with_what_is_not_ready_and_what_is_only_named_apart(meeting: Gathered) -> None:
    (text,) = pages_of(made(meeting, "agenda"))
    places = [
        text.index(words)
        for words in (
            "Tumour-board packet, 3 Dec 2026",
            "Neuro-oncology board \N{MIDDLE DOT} Room 4 \N{MIDDLE DOT} 3 cases \N{MIDDLE DOT} 1 recorded as urgent",
            "1 not ready \N{MIDDLE DOT} 1 named only",
            "DONE-4",
            "BACK-2",
            "Last decision, 12 Nov 2026.",
            "carried out: not recorded",
            "Listed because: new symptoms",
            "Not ready",
            "URGENT, as recorded",
            "Not ready because: MRI of 1 Dec not reported",
            "Named to the board, not discussed; no page",
            "NAMED-3",
            "Listed because: stable for a year",
        )
    ]
    assert places == sorted(places)
    assert "the local urgent pathway comes first: item 3" in text
    assert text.count("prepared by: not recorded") == 4
    assert "status: discussed" in text


def test_the_packet_has_a_page_for_each_case_of_the_list_that_is_not_only_named(meeting: Gathered) -> None:
    _, *pages = pages_of(made(meeting, "pages"))
    assert ["DONE-4" in pages[0], "BACK-2" in pages[1], "LATE-1" in pages[2], len(pages)] == [True, True, True, 3]
    assert "Tumour board 3 Dec 2026" in pages[0]
    assert "Tucatinib, capecitabine and trastuzumab." in pages[0]
    assert "Last decision. Radiosurgery of three metastases" in pages[1]
    assert "whether it was carried out: not recorded" in pages[1]
    assert not any("NAMED-3" in page for page in pages)


@pytest.mark.parametrize("layout", ["document", "slides", "handout"])
def test_other_layouts_of_the_packet_lose_nothing_of_the_list(layout: str, meeting: Gathered) -> None:
    data = made(meeting, layout)
    if layout == "document":
        text = " ".join(line.text for line in docx.Document(io.BytesIO(data)).paragraphs)
    elif layout == "handout":
        text = " ".join(pages_of(data))
    else:
        shapes = pptx.Presentation(io.BytesIO(data)).slides[1].shapes
        text = " ".join(cell.text for shape in shapes if shape.has_table for cell in shape.table.iter_cells())
    for words in ("NAMED-3", "Not ready because: MRI of 1 Dec not reported", "Listed because: new symptoms"):
        assert words in text


def test_an_urgent_case_that_is_only_named_is_still_announced_as_urgent() -> None:
    (text,) = pages_of(made(held((bare(URGENT, "U-1"), {"list_only": True})), "agenda"))
    assert "1 recorded as urgent" in text
    assert "the local urgent pathway comes first: item U-1" in text


def test_a_slip_is_blank_until_something_is_decided_and_then_filled_in_with_nothing_left_out() -> None:
    long = " ".join(f"word{n}" for n in range(500))
    decided = DECIDED.model_copy(update={"decision": long, "dissent": long, "fallback": long, "tells_patient": ""})
    roles = (
        Attendance(discipline="neurosurgery", present=True, names="Dr Neri"),
        Attendance(discipline="pathology", present=False),
        Attendance(discipline="other", discipline_name="Genetics"),
    )
    found = held(
        (bare(PLAIN, "BLANK"), {}),
        (bare(PLAIN, "FULL"), {"outcome": decided}),
        (bare(PLAIN, "DEFERRED"), {"outcome": Outcome(deferred=True)}),
        attendance=roles,
    )
    pages = pages_of(made(found, "slips"))
    assert pages[0].startswith("Decision slip 1: BLANK")
    assert "Heard at this meeting" in pages[0]
    full = " ".join(page for page in pages if "slip 2 of 3" in page)
    assert "Decision slip 2: FULL, page 2" in full
    assert all(full.count(f"word{n} ") == 3 for n in range(500))
    assert "present: neurosurgery (Dr Neri); absent: pathology; not recorded: Genetics" in full
    assert "Owner of the decision Dr Rossi Due 17 Dec 2026 Who tells the patient not recorded" in full
    assert "Deferred reason not recorded Decision not recorded" in pages[-1]


def test_requests_are_put_together_by_who_owes_them_and_late_by_today() -> None:
    def owing(code: str, *owed: tuple[str, str, str]) -> Case:
        entries = [{"what": what, "owner": owner, "due": due} for what, owner, due in owed]
        body = bare(PLAIN, code).model_dump(mode="json", exclude_none=True)
        body["board"]["outstanding"] = entries
        return Case.model_validate(body, strict=False)

    found = held(
        (owing("A", ("fax of the MRI", "Dr Neri", "2026-11-25")), {}),
        (owing("B", ("copy of the letter", "dr  neri", "2026-12-01"), ("consent", "", "2026-12-01")), {}),
    )
    sheets = [page for page in pages_of(made(found, "requests")) if page.startswith("Requests to: Dr Neri")]
    assert len(sheets) == 1
    assert "1. A Fax of the MRI? asked Dr Neri due 25 Nov 2026: LATE" in sheets[0]
    assert "2. B Copy of the letter? asked dr neri due 1 Dec 2026" in sheets[0]
    assert "1 Dec 2026: LATE" not in sheets[0]
    mails = made(found, "requests-text").decode().split("-" * 72)
    (mail,) = [mail for mail in mails if "To: Dr Neri" in mail]
    assert "Subject: Tumour-board packet, 3 Dec 2026: requests to Dr Neri" in mail
    assert "- Fax of the MRI? (asked, Dr Neri, due 25 Nov 2026: LATE)" in mail
    assert any("To: Coordinator" in mail and "Consent?" in mail for mail in mails)


def test_a_case_still_as_it_was_discussed_last_says_so_and_is_not_read_as_todays() -> None:
    book = MemoryBook()
    case = with_section(bare(PLAIN, "OLD"), "board", decision="Old plan.")
    case = with_section(case, "meeting", date=PartialDate.from_day(BEFORE))
    key = book.add(case).key
    earlier = book.add_meeting(BEFORE)
    book.save_meeting(earlier.value.model_copy(update={"listings": (listed(key, outcome=DECIDED),)}), 1)
    kept = book.add_meeting(DAY)
    book.save_meeting(kept.value.model_copy(update={"listings": (listed(key),)}), 1)
    agenda, page = pages_of(made(gathered(book, kept.key), "pages"))
    assert "Not yet presented again: as of 12 Nov 2026" in agenda
    assert "case dated 12 Nov 2026" in agenda
    assert "Tumour board 12 Nov 2026" in page


def test_a_case_no_longer_in_the_casebook_keeps_its_place_with_a_marked_page(meeting: Gathered) -> None:
    gone = replace(meeting.cases[0], case=None, code="", last=None)
    found = replace(meeting, cases=(gone, *meeting.cases[1:]))
    packet = meeting_packet(found, PacketOptions(), release(), TODAY)
    assert [problem.splitlines()[1].strip() for problem in packet.problems] == ["the case is no longer in the casebook"]
    agenda, page, *_ = pages_of(packet.data)
    assert "1 that could not be printed" in agenda
    assert "NOT A BRIEFING: this case could not be printed" in page


@pytest.mark.parametrize("layout", ["pages", "slips", "requests", "requests-text"])
def test_no_paper_of_a_meeting_names_the_patient_unless_it_was_asked_to(layout: str) -> None:
    case = with_section(bare(PLAIN, "C"), "identity", name=NAME, record_number="4711-0815")
    typed = f"asked by {NAME}"
    texts = dict.fromkeys(("decision", "dissent", "fallback", "owner", "tells_patient", "carried_out_note"), typed)
    entry = {"reason": typed, "not_ready_because": typed, "minutes": typed, "outcome": Outcome(**texts)}
    found = held((case, entry))
    packet = meeting_packet(found, PacketOptions(layout=layout, slips=True), release(), TODAY)
    text = " ".join(pages_of(packet.data)) if packet.data.startswith(b"%PDF") else packet.data.decode()
    assert "Querfurth" not in text
    assert "Ottilie" not in text
    assert "NOT REVIEWED FOR NAMES" in text or layout == "slips"
    assert "Reason for listing: replaced: Ottilie Querfurth" in packet.unreviewed[0]
    if layout == "slips":
        shown = made(found, layout, identified=True)
        assert "Querfurth" in " ".join(pages_of(shown))


@pytest.mark.parametrize("layout", ["pages", "agenda", "slips", "requests", "requests-text"])
def test_an_empty_meeting_has_papers_too(layout: str) -> None:
    data = made(held(), layout)
    if layout not in ("requests-text", "slips"):
        assert len(pages_of(data)) == 1
    if layout == "requests":
        assert pages_of(data)[0].startswith("Requests: nothing is owed")


def test_sixty_cases_with_the_longest_texts_in_any_script_keep_their_order() -> None:
    texts = ("x" * 300, "\N{ARABIC LETTER MEEM}" * 300, "\N{CJK UNIFIED IDEOGRAPH-75C5}" * 300, "\N{GRINNING FACE}")
    plain = bare(PLAIN, "C")
    entries = [
        (plain.model_copy(update={"code": f"C-{n:02}"}), {"reason": texts[n % 4], "not_ready_because": ""})
        for n in range(60)
    ]
    roles = (Attendance(discipline="neurosurgery", present=True, names=texts[3]),)
    options = PacketOptions(layout="agenda")
    text = " ".join(pages_of(meeting_packet(held(*entries, attendance=roles), options, frozen(), TODAY).data))
    places = [text.index(f"C-{n:02}") for n in range(60)]
    assert places == sorted(places)
    assert "60 cases" in text
    assert "U+1F600" in text


def test_the_order_of_a_list_is_its_own() -> None:
    several: list[tuple[Case, dict[str, object]]] = [(bare(PLAIN, code), {}) for code in "CAB"]
    (text,) = pages_of(made(held(*several), "agenda"))
    assert [one.listing for one in held(*several).cases] == [Listing(case_id=f"case-{n}") for n in (2, 3, 4)]
    assert text.index(" C ") < text.index(" A ") < text.index(" B ")


def test_a_filled_slip_has_what_was_noted_beside_the_decision() -> None:
    noted = DECIDED.model_copy(
        update={
            "trial_mentioned": None,
            "wbrt_outcome": RadiationOutcome.POSTPONED,
            "carried_out": CarriedOut.NO,
            "carried_out_note": "fever",
        }
    )
    (text,) = pages_of(made(held((bare(PLAIN, "A"), {"outcome": noted, "minutes": "Long talk."})), "slips"))
    assert "Trial mentioned not recorded Whole-brain radiotherapy proposed yes" in text
    assert (
        "What became of that proposal postponed Minutes Long talk. Decision carried out not carried out (fever)" in text
    )


def test_a_slip_is_read_part_by_part_with_its_titles_as_headings() -> None:
    tags = tags_of(made(held((bare(PLAIN, "A"), {"outcome": DECIDED})), "slips"))
    read = [(tag.kind, tag.said()) for tag in tags.within()]
    assert read[read.index(("H2", "Decision")) + 1] == ("P", DECIDED.decision)
    assert read[read.index(("H2", "Fallback")) + 1] == ("P", DECIDED.fallback)
