"""The annex: nothing left out, and every reference a step away."""

import io
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from support.annexes import STEM, pdf_with_annex, sheets_of, short_annex, whole_annex, words_of
from support.generated import overfull_case
from support.pages import AS_OF, PAPERS, URGENT, example, frozen, golden, make, overlapping, release

from her2board.assessment.paper import Paper
from her2board.briefing.zones.question import QuestionZone
from her2board.case.storage import save
from her2board.cli.main import main
from her2board.evidence.overlap import overlaps


@cache
def text() -> str:
    """Return the words of the whole annex."""
    return words_of(whole_annex())


def flat(words: str) -> str:
    return re.sub(r"\s+", " ", words)


def test_every_cohort_has_every_criterion_and_its_reason() -> None:
    cohorts = example(STEM).assessment.cohorts
    assert len(cohorts) > 100
    for result in cohorts:
        assert flat(f"{result.trial.name}: {result.cohort.label}") in text()
        for finding in result.findings:
            assert flat(finding.criterion) in text()
            assert flat(finding.reason) in text()


def test_the_annex_of_an_urgent_case_begins_with_the_urgency_and_others_do_not() -> None:
    urgent, other = (" ".join(mark.text for mark in short_annex(stem)[0].texts) for stem in (URGENT, STEM))
    assert urgent.index("URGENT, as recorded") < urgent.index("Outstanding")
    assert "Nothing in this annex is a reason to wait" in urgent
    assert "URGENT" not in other


def test_a_character_no_font_has_in_the_annex_is_named_with_its_field(tmp_path: Path, capsys) -> None:
    case = example(STEM).case
    path = tmp_path / "one.her2case"
    save(case.model_copy(update={"patient": case.patient.model_copy(update={"cognition": "\U0001f9e0 26"})}), path)
    assert main(["brief", str(path), "-o", str(tmp_path / "one.pdf"), "--annex", "--as-of", str(AS_OF)]) == 1
    assert "patient.cognition" in capsys.readouterr().err
    assert not (tmp_path / "one.pdf").exists()


def test_every_option_has_all_its_statements_and_cautions() -> None:
    for option in example(STEM).assessment.options:
        said = [*option.because, *(s.text for s in option.statements)]
        said += [caution.text for caution in (*option.cautions, *option.to_ask)]
        assert not [words for words in said if flat(words) not in text()]


def test_every_endpoint_has_its_value_and_place_in_its_source() -> None:
    for _, cohort in release().cohorts():
        for endpoint in cohort.endpoints:
            assert flat(endpoint.source.locator) in text()
            assert (
                endpoint.value is None or flat(getattr(endpoint.value, "text", "") or f"{endpoint.value:g}") in text()
            )


def test_both_sides_of_every_discrepancy_stand_there() -> None:
    found = [entry for trial in release().trials for entry in trial.discrepancies]
    assert len(found) > 10
    assert not [entry for entry in found if flat(entry.primary_says) not in text()]
    assert not [entry for entry in found if flat(entry.secondary_says) not in text()]


def test_everything_outstanding_is_there_with_who_owes_it() -> None:
    made = example(STEM)
    assert not [ask.label for ask in made.assessment.ask_next if ask.label not in text()]
    assert not [gap.label for gap in made.assessment.readiness.outstanding if gap.label not in text()]
    assert "asked of neuroradiology, due 25 Nov 2026" in text()


def test_facts_stand_with_dates_and_with_their_age_against_the_limit() -> None:
    assert "61 % (Sep 2026)" in text()
    assert "57\N{EN DASH}86 days old: within limit 90 days" in text()


def test_a_text_the_page_cuts_is_there_in_full() -> None:
    made = make(overfull_case(), "a4", AS_OF, read=frozen)
    assert any(run.left_out for run in made.shown.get(QuestionZone).asked)
    printed = "".join(run.text for sheet in sheets_of(made) for _, _, words in sheet.written for run in words)
    assert made.case.meeting.question
    assert made.case.meeting.question in printed


@pytest.mark.parametrize("paper", PAPERS)
def test_nothing_overlaps_or_leaves_the_margins(paper: Paper) -> None:
    room = example(STEM, paper).geometry
    for sheet in whole_annex(STEM, paper):
        assert not overlapping(sheet.texts)
        assert max(mark.x + mark.width for mark in sheet.texts) <= room.right + 0.4
        assert max(mark.y for mark in sheet.texts) <= room.floor
        assert min(mark.size for mark in sheet.texts) >= 8


def test_an_overfull_case_keeps_the_annex_inside_its_margins() -> None:
    made = make(overfull_case(), "letter", AS_OF, read=frozen)
    for sheet in sheets_of(made):
        assert not overlapping(sheet.texts)
        assert max(mark.x + mark.width for mark in sheet.texts) <= made.geometry.right + 0.4
        assert max(mark.y for mark in sheet.texts) <= made.geometry.floor


def links() -> Iterator[pikepdf.Dictionary]:
    with pikepdf.open(io.BytesIO(pdf_with_annex())) as pdf:
        for page in pdf.pages:
            yield from (entry for entry in page.get("/Annots", ()) if entry.Subtype == "/Link")


def test_every_doi_is_plain_text_and_a_link_to_it() -> None:
    dois = {f"https://doi.org/{reference.doi}" for reference in frozen().references.values() if reference.doi}
    assert len(dois) > 10
    printed = words_of(short_annex())
    assert not [doi for doi in dois if doi not in printed]
    linked = {str(link.A.URI) for link in links() if "/A" in link and "/URI" in link.A}
    assert linked == dois


def test_every_link_inside_leads_to_a_place_that_is_there() -> None:
    places = {place for sheet in short_annex() for place in sheet.places}
    targets = {link.target for sheet in short_annex() for link in sheet.links if link.target.startswith("#")}
    assert len(targets) > 60
    assert not {target for target in targets if target[1:] not in places}


def test_the_outline_leads_to_every_section_option_and_cohort() -> None:
    made = golden(STEM)
    with pikepdf.open(io.BytesIO(pdf_with_annex())) as pdf, pdf.open_outline() as outline:
        (top,) = (entry for entry in outline.root if entry.title.startswith("Annex"))
        sections = {entry.title: [child.title for child in entry.children] for entry in top.children}
    assert sections["Options"] == [option.option.name for option in made.assessment.options]
    assert len(sections["Cohorts, criterion by criterion"]) == len(made.assessment.cohorts)
    assert {"Glossary", "References", "Facts, with dates and freshness", "Everything recorded"} <= set(sections)


def test_only_outcomes_measured_alike_stand_on_one_axis_and_shared_patients_are_said() -> None:
    start = text().index("every other outcome is with its cohort below.")
    part = text()[start : text().index("Cohorts, criterion by criterion", start)]
    assert "RECIST 1.1, central; measurable CNS disease" in part
    assert "criteria not stated" not in part
    assert "assessor not stated" not in part
    assert overlaps(release())["destiny-breast12/all"] & {"destiny-breast12/stable"}
    assert "Some or all of the same patients: Brain metastases, all; Treated, stable brain metastases" in part
