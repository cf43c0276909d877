"""The packet: an agenda, a page per case, slips, annexes; a case that cannot be printed does not stop the others."""

import io
import re

import pikepdf
import pytest
from support.packets import of_examples, of_files
from support.pages import EXAMPLES, PAPERS, URGENT, example, pages_of, text_of
from support.releases import frozen

from her2board.assessment.paper import Paper
from her2board.briefing.zones.header import HeaderZone

BROKEN = '{"format":"her2board-case","schema_version":1,"case":{"code":"X","brain":{"largest_mm":"Ottilie"}}}'


def labels_of(data: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [page.label for page in pdf.pages]


def outline_of(data: bytes) -> list[tuple[str, list[str]]]:
    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_outline() as outline:
        return [(str(item.title), [str(child.title) for child in item.children]) for item in outline.root]


def codes(data: bytes, count: int) -> list[str]:
    """Return the codes of the cases in the order of their pages."""
    return [re.match(r"Case (\S+)", page)[1] for page in pages_of(data)[1 : count + 1]]


@pytest.mark.parametrize("paper", PAPERS)
def test_an_agenda_then_exactly_one_page_per_case(paper: Paper) -> None:
    pages = pages_of(of_examples(paper=paper).data)
    assert len(pages) == 1 + len(EXAMPLES)
    assert pages[0].startswith("Tumour-board packet, 26 Nov 2026")
    assert f"{len(EXAMPLES)} cases" in pages[0]
    for page in pages[1:]:
        assert "Before whole-brain radiation" in page


def test_the_page_in_a_packet_says_what_the_page_alone_says() -> None:
    pages = pages_of(of_examples().data)
    alone, hashed = text_of(example(URGENT).data).rsplit(" ", 1)
    within = next(page for page in pages if page.startswith("Case CR31")).replace(f" item 1 of {len(EXAMPLES)}", "")
    assert within.rsplit(" ", 1)[0] == alone
    assert within.rsplit(" ", 1)[1] != hashed, "the hash holds for this sheet, its place in the packet included"


_CLASSES = {
    "urgency recorded": {"urgency.mass_effect": True},
    "immediate local therapy needed": {"urgency.immediate_local_therapy": True},
    "symptoms recorded": {"neurology.symptoms_present": True},
    "largest lesion 45 mm": {"brain.largest_mm": 45.0},
    "WBRT proposed": {"meeting.wbrt_proposed": True},
    "the rest": {},
}


def test_cases_are_in_the_order_of_what_comes_first_with_the_reason_beside_each(written) -> None:
    quiet = {"meeting.wbrt_proposed": False}
    paths = [written(f"c{n}", {"code": f"CODE{n}", **quiet, **changes}) for n, changes in enumerate(_CLASSES.values())]
    made = of_files(paths[::-1])
    assert codes(made.data, len(paths)) == [f"CODE{n}" for n in range(len(paths))]
    cover = pages_of(made.data)[0]
    assert [words for words in [*_CLASSES][1:-1] if words not in cover] == []


def test_of_one_kind_the_case_with_most_still_open_comes_first() -> None:
    pages = pages_of(of_examples().data)
    assert codes(of_examples().data, len(EXAMPLES))[0] == "CR31"
    counted = []
    for page in pages[2:]:
        heard, roles, known, points = map(
            int, re.search(r"(\d+)/(\d+) disciplines heard, (\d+)/(\d+) points known", page).groups()
        )
        kind = 2 if "Symptoms recorded" in page else 4 if "WBRT proposed" in page else 5
        counted.append((kind, points - known - heard + roles))
    assert counted == sorted(counted, key=lambda one: (one[0], -one[1]))
    assert len(set(counted)) > 2, "the examples differ in what is open"


def test_the_agenda_says_by_what_rule_it_is_ordered_and_that_it_can_be_changed() -> None:
    first = pages_of(of_examples().data)[0]
    assert "cases in which a person recorded urgency" in first
    assert "The coordinator can set another" in first
    assert "item 1" in first
    assert "URGENT, as recorded" in first


def test_as_named_the_cases_stand_as_they_were_named() -> None:
    wanted = (EXAMPLES[3], URGENT, EXAMPLES[0])
    made = of_examples(wanted, order="as-given")
    assert codes(made.data, 3) == [example(stem).case.code for stem in wanted]
    assert "as the coordinator named the cases" in pages_of(made.data)[0]


def test_pages_are_labelled_by_the_number_of_the_item_whatever_else_is_inside() -> None:
    stems = (URGENT, EXAMPLES[0])
    assert labels_of(of_examples(stems).data) == ["Agenda", "1", "2"]
    assert labels_of(of_examples(stems, slips=True).data) == ["Agenda", "1", "2", "Slip 1", "Slip 2"]
    labels = labels_of(of_examples(stems, frozen, annex="full").data)
    assert labels[:4] == ["Agenda", "1", "2", "Annex 1, 1"]
    assert "Annex 2, 1" in labels
    assert len(set(labels)) == len(labels)


def test_a_slip_names_the_case_and_leaves_room_for_who_decided_what() -> None:
    stems = (URGENT, EXAMPLES[0])
    one, two = pages_of(of_examples(stems, slips=True).data)[3:]
    assert one.startswith("Decision slip 1: CR31")
    assert "URGENT, as recorded" in one
    assert "URGENT" not in two
    for slip in (one, two):
        for blank in ("Discussed and decided", "Dissent", "Next MRI, if radiation waits", "Signature"):
            assert blank in slip
        for role in ("Medical oncology", "Radiation oncology", "Neurosurgery", "Neuroradiology"):
            assert role in slip


def test_bookmarks_lead_to_every_case_with_its_zones_below() -> None:
    outline = outline_of(of_examples((URGENT, EXAMPLES[0]), slips=True).data)
    titles = [title for title, _ in outline]
    assert titles[0] == "Agenda"
    assert titles[1] == "CR31 · urgent, as recorded"
    assert any("Before whole-brain radiation" in zone for zone in outline[1][1])
    assert titles[-1].startswith("Decision slip 2")


def test_a_broken_file_becomes_a_marked_page_and_the_others_go_on(written) -> None:
    bad, good = written("bad", text=BROKEN), written("good")
    made = of_files([good, bad], order="as-given")
    pages = pages_of(made.data)
    assert len(pages) == 3
    assert "NOT A BRIEFING: this case could not be printed" in pages[2]
    assert "Largest diameter" in pages[2]
    assert "Before whole-brain radiation" in pages[1]
    assert "1 that could not be printed" in pages[0]
    assert [str(bad) in line for line in made.problems] == [True]


def test_the_page_of_a_broken_case_says_where_it_broke_and_never_what_is_there(written) -> None:
    made = of_files([written("bad", text=BROKEN)])
    assert "Ottilie" in made.problems[0]
    assert all("Ottilie" not in page and "bad.her2case" not in page for page in pages_of(made.data))


def test_a_fault_in_a_table_is_named_by_the_table_and_the_entry(written) -> None:
    lines = {"completeness": "complete", "items": [{"drugs": ["T-DM1"]}, {"drugs": ["T-DXd"], "courses": 6}]}
    page = pages_of(of_files([written("bad", {"systemic.lines": lines})]).data)[1]
    assert "Systemic treatment, entry 2 (systemic.lines" in page


def test_a_character_no_font_has_in_the_annex_marks_that_case_alone(written) -> None:
    paths = [written("bad", {"patient.goals_asked_by": "\U0001f9e0 26"}), written("good")]
    pages = pages_of(of_files(paths, read=frozen, order="as-given", annex="full").data)
    assert "characters without a glyph: U+1F9E0" in pages[1]
    assert "Before whole-brain radiation" in pages[2]
    assert "NOT A BRIEFING" not in pages_of(of_files(paths, order="as-given").data)[1]


def test_the_annex_of_a_packet_is_the_annex_of_the_page_alone(written) -> None:
    path = written("one", {"patient.cognition": "fluent, 26 of 30"})
    text = " ".join(pages_of(of_files([path], frozen, annex="full").data)[2:])
    assert "Everything recorded" in text
    assert "fluent, 26 of 30" in text
    assert "Dated facts against their limits" in text


def test_a_case_that_could_not_be_printed_comes_right_after_the_urgent_ones(written) -> None:
    paths = [written("good"), written("bad", text=BROKEN), written("urgent", stem=URGENT)]
    pages = pages_of(of_files(paths).data)
    assert [page.split(" ")[0] for page in pages[1:]] == ["Case", "Case", "Case"]
    assert pages[1].startswith("Case CR31")
    assert "NOT A BRIEFING" in pages[2]
    assert "neither that the case is urgent nor that it is not" in pages[2]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"meeting.question": "\U0001f9e0 whole brain?"}, "characters without a glyph: U+1F9E0"),
        ({"meeting.date": "2026-11-01", "brain.imaging_date": "2026-12-24"}, "Imaging date"),
    ],
    ids=["a character no font has", "an image from after the meeting"],
)
def test_every_way_in_which_a_case_cannot_be_printed_is_marked(changes, said: str, written) -> None:
    made = of_files([written("bad", changes), written("good")], order="as-given")
    pages = pages_of(made.data)
    assert "NOT A BRIEFING" in pages[1]
    assert said in pages[1]
    assert "Before whole-brain radiation" in pages[2]


def test_a_fault_of_the_program_on_one_case_leaves_the_others_their_pages(written, monkeypatch) -> None:
    from her2board.cli import pages as maker

    assess = maker.assess

    def fail(case, *more):
        if case.code == "FAULT":
            raise ZeroDivisionError
        return assess(case, *more)

    monkeypatch.setattr(maker, "assess", fail)
    made = of_files([written("one", {"code": "FAULT"}), written("two")], order="as-given")
    pages = pages_of(made.data)
    assert pages[1].startswith("FAULT")
    assert "internal error on this case (ZeroDivisionError)" in pages[1]
    assert "Before whole-brain radiation" in pages[2]


def test_a_page_that_cannot_hold_its_case_is_marked_and_the_agenda_says_so(written, monkeypatch) -> None:
    from her2board.pdf import packet
    from her2board.pdf.page import PageTooFullError

    lay_out = packet.lay_out

    def full(briefing, *more):
        if "FULL" in briefing.get(HeaderZone).code:
            raise PageTooFullError("the page cannot hold this case")
        return lay_out(briefing, *more)

    monkeypatch.setattr(packet, "lay_out", full)
    made = of_files([written("one", {"code": "FULL"}), written("two")], order="as-given")
    pages = pages_of(made.data)
    assert len(pages) == 3
    assert "1 that could not be printed" in pages[0]
    assert "the page cannot hold this case" in pages[1]
    assert len(made.problems) == 1


def test_cases_of_several_meetings_say_their_own_day(written) -> None:
    paths = [written("one", {"meeting.date": "2026-11-26"}), written("two", {"meeting.date": "2026-11-25"})]
    first = pages_of(of_files(paths).data)[0]
    assert first.startswith("Tumour-board packet, several dates")
    assert "25 Nov 2026" in first
    assert "26 Nov 2026" in first


def test_an_agenda_of_many_cases_goes_on_overleaf_and_loses_none(written) -> None:
    paths = [written(f"n{n}", {"code": f"MANY-{n:03d}", "meeting.question": "Why? " * 60}) for n in range(30)]
    made = of_files(paths, read=frozen, order="as-given")
    pages = pages_of(made.data)
    agenda = [page for page in pages if "agenda 1 of 2" in page or "agenda 2 of 2" in page]
    assert len(agenda) == 2
    for n in range(30):
        assert f"MANY-{n:03d}" in " ".join(agenda)
    assert labels_of(made.data)[:3] == ["Agenda 1", "Agenda 2", "1"]
