"""Source cards: what a figure, statement or publication says, in whom, and where it was read."""

import re

import pytest
from support.pages import example

from her2board.briefing.cards.lookup import Cards, pause_lines
from her2board.briefing.cards.sayings import pause_words
from her2board.briefing.model import runs
from her2board.evidence.entries import Entries, EntryGroup
from her2board.evidence.search import Wanted


@pytest.fixture(scope="module")
def cards(library) -> Cards:
    return Cards(library)


def said(cards: Cards, address: str) -> dict[str, str]:
    lines = (line for part in cards.of(address).parts for line in part.lines)
    return {line.label: line.words.replace("\N{NO-BREAK SPACE}", " ") for line in lines}


def test_a_figure_says_what_in_whom_n_interval_how_it_was_read_and_what_is_corrected(cards) -> None:
    card = cards.of("value:destiny-breast12/active#0")
    lines = said(cards, card.address)
    assert lines["What"] == "PFS at 12 months"
    assert lines["Value"] == "59.6 %"
    assert lines["Interval"] == "95 % CI 49.0–68.7"
    assert lines["n"] == "cohort n 106"
    assert lines["In whom"].startswith("DESTINY-Breast12: Active brain metastases")
    assert lines["First- or second-hand"].startswith("second-hand †")
    assert lines["Published"] == "2024"
    assert card.secondary
    assert [link.label for link in card.links] == ["DOI", "PubMed", "Registry"]
    assert any(part.title.startswith("Corrections") for part in card.parts)


def test_a_figure_without_an_interval_says_so(cards, library) -> None:
    for id_, (_, cohort) in library.cohorts_by_id.items():
        for place, endpoint in enumerate(cohort.endpoints):
            lines = said(cards, f"value:{id_}#{place}")
            assert (lines["Interval"] == "none stated, or not read") == (endpoint.interval is None)
            assert lines["n"]


def test_a_statement_names_its_body_strength_and_what_it_depends_on(cards) -> None:
    card = cards.of("statement:asco-bm-2-2")
    lines = said(cards, card.address)
    assert card.kind == "Guideline"
    assert lines["Said by"] == "ASCO 2022"
    assert lines["Strength"] == "Consensus; evidence intermediate; weak"
    assert "Largest diameter" in lines["Depends on"]
    assert "option:radiosurgery" in [lead.address for lead in card.leads]


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("tucatinib-cyp", "Label"),
        ("fda-first-line", "Approval"),
        ("adc-radionecrosis-concurrent", "Published study"),
        ("asco-bm-1-0", "Guideline"),
    ],
)
def test_labels_and_approvals_are_not_called_guidelines(cards, statement, kind) -> None:
    assert cards.of(f"statement:{statement}").kind == kind


def test_every_entry_of_the_release_and_all_it_leads_to_has_a_card_and_every_pause_line_one_of_its_own(
    cards, library
) -> None:
    lines = [pause_words(item)[0] for item in pause_lines(library)]
    assert len(lines) == len(set(lines))
    todo = {entry.address for entry in Entries(library).find(Wanted())} | set(lines) | set(cards.leads())
    todo |= {f"reference:{ref}" for ref in library.references}
    seen: set[str] = set()
    while todo:
        address = todo.pop()
        seen.add(address)
        card = cards.of(address)
        assert card is not None, address
        assert card.title, address
        assert all(part.lines for part in card.parts), address
        todo |= {lead.address for lead in card.leads} - seen


def test_an_address_that_leads_nowhere_has_no_card(cards) -> None:
    wrong = ("", "case:patient.age", "value:destiny-breast12/active#99", "value:nosuch/one#0", "value:tuxedo-1#x")
    for address in (*wrong, "statement:nosuch", "evidence:nosuch, page 1", "reference:3 nosuch", "count:lesions"):
        assert cards.of(address) is None, address


def test_every_citation_of_a_page_leads_to_a_card_that_names_the_place(cards) -> None:
    origins = {origin for run in runs(example("b07-invented-complete").shown) for origin in run.origin}
    cited = [origin for origin in origins if origin.startswith(("evidence:", "reference:"))]
    assert len(cited) > 20
    for origin in cited:
        card = cards.of(origin)
        assert card is not None, origin
        if origin.startswith("evidence:"):
            assert re.sub(r"^[^,]*, ", "", origin) in card.plain(), origin


def test_entries_are_found_by_body_author_brand_and_drug_and_not_by_a_class_that_only_trials_have(library) -> None:
    entries = Entries(library)
    bodies = {entry.name.partition(":")[0] for entry in entries.find(Wanted("astro")) if entry.group == "guidelines"}
    assert {"ASTRO", "ASCO-SNO-ASTRO"} <= bodies
    assert any(entry.name.startswith("ASTRO") for entry in entries.find(Wanted("gondi kq1")))
    assert any(entry.address == "option:t-dxd" for entry in entries.find(Wanted("enhertu")))
    of_drug = entries.find(Wanted(drug="tucatinib"))
    assert {EntryGroup.LABELS, EntryGroup.OPTIONS, EntryGroup.CAUTIONS} <= {entry.group for entry in of_drug}
    assert entries.find(Wanted(cns_class="stable")) == ()
    assert entries.find(Wanted("nosuchword")) == ()
