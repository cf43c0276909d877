"""A clinic's formulary and open trial on page, annex and screen: marked wherever shown, and nothing shipped differs."""

import json
from datetime import date

import pytest
from support.overlays import RIVERSIDE, beside_riverside, long_overlay
from support.pages import AS_OF, EXAMPLES, FOLDER, make, text_of

from her2board.assessment.assess import assess
from her2board.assessment.export import to_json
from her2board.assessment.local_asks import local_asks
from her2board.assessment.model import Assessment
from her2board.assessment.published import PublishedAssessment
from her2board.briefing.annex import annex_blocks
from her2board.briefing.annex_short import short_annex
from her2board.briefing.cards.lookup import Cards
from her2board.briefing.model import Run, runs
from her2board.case.model import Case
from her2board.case.storage import load
from her2board.cli.errors import CommandError
from her2board.cli.pages import PageRequest, make_page
from her2board.evidence.entries import Entries, EntryGroup
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.search import Wanted
from her2board.gui.results.ask_nodes import ask_nodes
from her2board.gui.results.option_nodes import option_nodes
from her2board.gui.results.pause_nodes import pause_nodes
from her2board.gui.results.tree import Node

COMPLETE = "b07-invented-complete"


@pytest.fixture(scope="module")
def beside(library: EvidenceLibrary) -> EvidenceLibrary:
    return beside_riverside(library)


@pytest.fixture(scope="module")
def case() -> Case:
    return load(FOLDER / f"{COMPLETE}.her2case")


@pytest.fixture(scope="module")
def found(case: Case, beside: EvidenceLibrary) -> Assessment:
    return assess(case, beside, AS_OF)


def test_the_page_of_a_case_shows_formulary_referral_and_trial_each_marked_as_local(
    case: Case, beside: EvidenceLibrary
) -> None:
    text = " ".join(text_of(make(case, read=lambda: beside).data).split())
    for words in (
        "T-DXd needs recording: ILD or pneumonitis ever [local: on the formulary here]",
        "[local: tucatinib needs approval here]",
        "[local: not available here (not looked at since 1 Mar 2026)]",
        "Applies: 6 metastases [local: radiosurgery by referral to Lakeside Hospital]",
        "Local: Riverside Cancer Centre. [local: trial RIVER-BRAIN-1 (NCT09999999); looked at on 12 Nov 2026; "
        "1 of 2 local criteria met; needs recording: leptomeningeal disease",
        "[local]: Riverside Cancer Centre's own file of 20 Nov 2026, no evidence, not checked by this program.",
    ):
        assert words in text
    assert "recommend" not in text.casefold()


def test_nothing_of_the_evidence_reads_otherwise_beside_a_local_file(
    case: Case, library: EvidenceLibrary, beside: EvidenceLibrary, found: Assessment
) -> None:
    plain = beside_riverside(library).with_limits({})
    alone, with_it = to_json(assess(case, library, AS_OF), library), to_json(assess(case, plain, AS_OF), plain)
    assert with_it.pop("local")
    assert with_it == alone
    assert "local" not in alone
    stale = {gap.path for gap in found.readiness.stale}
    assert beside.limits == {"brain.imaging_date": 14}
    assert "brain.imaging_date" not in stale  # nine days old


def test_the_json_has_the_local_file_apart(found: Assessment, beside: EvidenceLibrary) -> None:
    document = to_json(found, beside)
    PublishedAssessment.model_validate_json(json.dumps(document))
    local = document["local"]
    assert (local["clinic"], local["number"]) == ("Riverside Cancer Centre", 3)
    (trial,) = local["trials"]
    assert (trial["truth"], trial["stale"], trial["looked_at"]) == ("UNKNOWN", False, "2026-11-12")
    said = [(finding["criterion"], finding["truth"]) for finding in trial["findings"]]
    assert said == [("ECOG 0 or 1", "MET"), ("no leptomeningeal disease", "UNKNOWN")]
    access = {entry["option"]: entry for entry in local["access"]}
    assert access["tucatinib-trastuzumab-capecitabine"]["note"] == "form of the drug commission"
    assert access["pyrotinib-capecitabine"]["stale"] is True
    assert local["not_stated"]["tucatinib-trastuzumab-capecitabine"] == ["trastuzumab", "capecitabine"]
    assert "t-dm1" not in access


def _local(found: list[Run]) -> list[Run]:
    return [run for run in found if any(origin.startswith("clinic:") for origin in run.origin)]


def test_both_annexes_have_every_entry_marked_and_each_leads_to_its_card(
    case: Case, beside: EvidenceLibrary, found: Assessment
) -> None:
    short = short_annex(case, found, beside, ())
    cards = Cards(beside)
    for said in (runs(tuple(annex_blocks(found, beside, case))), runs(tuple(short.paragraphs))):
        local = _local(said)
        text = " ".join(run.text for run in local)
        assert "contact: trials office, ext. 4711" in text
        assert "form of the drug commission" in text
        assert "The brain MRI shown at the meeting is at most 14 days old (Dr A. Keller, radiation oncology, 15" in text
        assert all("[local" in run.text for run in local)
        for run in local:
            card = cards.of(run.origin[0])
            assert card is not None, run
            assert card.kind == "Local"
            assert card.title.startswith("[local: ")
            assert "no evidence, and not checked by this program" in card.plain()


def test_the_screen_marks_every_line_of_the_local_file(beside: EvidenceLibrary, found: Assessment) -> None:
    def every(nodes: list[Node]) -> list[Node]:
        return [one for node in nodes for one in (node, *every(node.children))]

    nodes = every([*option_nodes(found, beside), *pause_nodes(found.pause, beside, found.local)])
    local = {node.key: node for node in nodes if node.card.startswith("clinic:")}
    assert {"option/t-dxd/local", "local/trial/river-brain-1", "local/statement/river-mri"} <= set(local)
    titles = {node.title: node.detail for node in nodes}
    assert titles["T-DXd"].endswith("\n[local: on the formulary here]"), "seen before the option is opened"
    assert titles["Clinical trial"].endswith("[local: RIVER-BRAIN-1, looked at on 12 Nov 2026]")
    assert "option/radiosurgery/local/river-mri" in local  # it is about this option
    assert all(node.title.startswith(("[local: ", "Local: ")) for node in local.values())
    assert any(key.startswith("pause/alternative/") for key in local)
    assert all(node.mark != "supports" for node in local.values())


def test_entries_past_their_limit_say_so(case: Case, library: EvidenceLibrary) -> None:
    old = beside_riverside(library)
    made = make(case, as_of=date(2027, 6, 1), read=lambda: old)
    text = " ".join(text_of(made.data).split())
    assert "RIVER-BRAIN-1 (NCT09999999); not looked at since 12 Nov 2026" in text
    assert "[local: on the formulary here (not looked at since 2 Nov 2026)]" in text


def test_criteria_of_an_open_trial_read_as_unknown_where_nothing_is_recorded(
    library: EvidenceLibrary, beside: EvidenceLibrary
) -> None:
    local = assess(Case(code="X"), beside, AS_OF).local
    assert local is not None
    (trial,) = local.trials
    assert trial.truth is not None
    assert trial.truth.value == "UNKNOWN"
    assert assess(Case(code="X"), library, AS_OF).local is None


def test_what_only_a_local_trial_asks_for_is_asked_last_and_marked(case: Case, library: EvidenceLibrary) -> None:
    criterion = "{text: PIK3CA mutated, when: {fact: pik3ca, is: mutated}}"
    text = RIVERSIDE.replace("  criteria:\n", f"  criteria:\n  - {criterion}\n")
    beside = beside_riverside(library, text)
    for stem, shown in (("cr03-almost-empty", True), (COMPLETE, False)):
        found = assess(load(FOLDER / f"{stem}.her2case"), beside, AS_OF)
        asks = local_asks(found, beside)
        nodes = ask_nodes(found.ask_next, (), asks)
        assert found.ask_next == assess(load(FOLDER / f"{stem}.her2case"), library, AS_OF).ask_next
        own = [node for node in nodes if node.key == "asks/local"]
        assert bool(own) is shown, stem
        for node in own:
            assert node.title == "To ask for local trials alone (1)"
            (line,) = node.children
            assert (line.title, line.jump) == ("PIK3CA", "tumour.pik3ca")
            assert [one.title for one in line.children] == ["[local: trial RIVER-BRAIN-1 needs it]"]
            assert nodes.index(node) == len(nodes) - 1
        marks = [one.title for line in nodes[0].children for one in line.children if one.key.startswith("local/")]
        assert set(marks) == {"[local: trial RIVER-BRAIN-1 needs it]"}  # what both ask for says so too


def test_what_a_clinic_says_is_found_by_its_words_and_marked(beside: EvidenceLibrary) -> None:
    entries = Entries(beside)

    def found(words: str) -> list[tuple[str, str]]:
        return [(one.address, one.name) for one in entries.find(Wanted(words)) if one.group is EntryGroup.CLINIC]

    assert found("RIVER-BRAIN") == [("clinic:trial/river-brain-1", "[local: RIVER-BRAIN-1]")]
    assert found("nct09999999 4711") == found("leptomeningeal river") == found("RIVER-BRAIN")
    assert found("keller") == [
        ("clinic:statement/river-mri", "[local: The brain MRI shown at the meeting is at most 14 days old.]")
    ]
    assert ("clinic:option/pyrotinib-capecitabine", "[local: Pyrotinib + capecitabine: not available here]") in found(
        ""
    )
    cards = Cards(beside)
    assert all(cards.of(address) for address, _ in found(""))
    assert entries.find(Wanted(""))[-1].group is EntryGroup.CLINIC


def test_limits_of_age_alone_leave_the_page_without_a_local_word(case: Case, library: EvidenceLibrary) -> None:
    head, _, tail = RIVERSIDE.partition("formulary:")
    limits = beside_riverside(library, head + tail[tail.index("limits:") :])
    assert limits.limits == {"brain.imaging_date": 14}
    assert "ocal:" not in text_of(make(case, read=lambda: limits).data)


@pytest.mark.parametrize("stem", EXAMPLES)
def test_a_page_stays_one_page_beside_the_longest_local_file(stem: str, library: EvidenceLibrary) -> None:
    longest = beside_riverside(library, long_overlay(library))
    case = load(FOLDER / f"{stem}.her2case")
    made = make(case, read=lambda: longest)
    text = text_of(made.data)
    assert "trials in the annex" in " ".join(text.split())
    assert "[local]: a text as long" in " ".join(text.split())


def test_letters_that_no_font_has_are_blamed_on_the_local_file_not_on_the_case(
    case: Case, library: EvidenceLibrary
) -> None:
    text = RIVERSIDE.replace("name: RIVER-BRAIN-1", "name: \U00012000 study")  # a sign of cuneiform
    with pytest.raises(CommandError, match=r"local file of Riverside Cancer Centre, trials\[0\].name: the page's font"):
        make_page(PageRequest(case=case, library=beside_riverside(library, text), day=AS_OF))
