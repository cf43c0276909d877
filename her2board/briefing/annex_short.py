"""The short annex: what a page leaves out of a case, and what its choices and options rest on, in a few pages."""

from collections.abc import Iterator, Sequence

from her2board.assessment.model import Assessment
from her2board.briefing.annex import reference_words
from her2board.briefing.annex_local import local_paragraphs
from her2board.briefing.annex_pieces import Paragraph, Piece, ShortAnnex, heading
from her2board.briefing.annex_short_case import facts, outstanding, patient, read_from, unshown
from her2board.briefing.annex_short_evidence import choices, cohorts, options
from her2board.briefing.formats import MIDDLE_DOT
from her2board.briefing.model import Run, Words
from her2board.case.model import Case
from her2board.case.recorded import Recorded
from her2board.evidence.library import EvidenceLibrary
from her2board.wording import day_words, tr


def short_annex(case: Case, assessment: Assessment, library: EvidenceLibrary, left: Sequence[Recorded]) -> ShortAnnex:
    """Return the short annex of a case; ``left`` is what of it the page does not show in full."""

    def reference(id_: str, in_full: bool) -> Words:
        found = library.references[id_]
        if in_full:
            return reference_words(found)
        if found.doi:
            doi = f"https://doi.org/{found.doi}"
            return (Run(f"{found.short}: "), Run(doi, link=doi))
        place = f"PMID {found.pmid}" if found.pmid else found.registry or found.title
        return (Run(f"{found.short}: {place}" if place else found.short),)

    title = tr("Short annex to case {code}").format(code=assessment.case_code)
    return ShortAnnex(title, tuple(_lead(assessment)), tuple(_sections(case, assessment, library, left)), reference)


def _lead(assessment: Assessment) -> Iterator[Run]:
    bypass = assessment.pause.bypass
    if bypass.open:
        yield Run(tr("URGENT, as recorded: {reasons}. ").format(reasons=bypass.reasons[0]), "bold")
        yield Run(tr("Follow the local urgent pathway; local therapy first. "))
        yield Run(tr("Nothing in this annex is a reason to wait. "))
    day = tr("As of {day}.").format(day=day_words(assessment.as_of))
    about = tr("What the page shows in full is not repeated; figures of different cohorts are not compared.")
    yield Run(f"{day} {about}", "muted", origin=("date:as of",))


def _sections(
    case: Case, assessment: Assessment, library: EvidenceLibrary, left: Sequence[Recorded]
) -> Iterator[Paragraph]:
    yield heading(tr("To check in this case"))
    yield Paragraph((), tuple(Piece((Run(found.text),)) for found in assessment.contradictions), between=MIDDLE_DOT)
    open_ = tuple(outstanding(case, assessment))
    yield heading(tr("Outstanding"))
    yield from open_
    about = tuple(patient(case))
    yield heading(tr("Recorded, and not in full on the page"))
    yield from unshown(case, left, (*open_, *about), library)
    yield heading(tr("Drugs, frailty, cognition, social"))
    yield from about
    yield heading(tr("Facts, with dates and freshness"))
    yield from facts(case, assessment, library)
    yield from read_from(case)
    yield heading(tr("Choices before whole-brain radiation"))
    yield from choices(assessment, library)
    yield heading(tr("Options"))
    yield from options(assessment, library)
    yield from local_paragraphs(assessment, library)
    yield heading(tr("The nearest cohort of each option"))
    yield from cohorts(assessment, library)
