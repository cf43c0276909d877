"""The annex in words: what is open, facts, options, outcomes, cohorts, glossary, references. Nothing is left out;
where comparison is switched off there are no options and cohorts, and the references are those of what is said.
"""

from collections.abc import Iterable, Iterator

from her2board.assessment.model import Assessment, OptionResult
from her2board.briefing.annex_blocks import Block, contents, placed, row, section, source_words, subsection
from her2board.briefing.annex_case import case_blocks, open_blocks
from her2board.briefing.annex_cohorts import cohort_blocks, outcome_blocks
from her2board.briefing.annex_local import local_blocks
from her2board.briefing.glossary import glossary
from her2board.briefing.model import Run, Words
from her2board.case.model import Case
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.references import Reference
from her2board.logic.truth import Truth
from her2board.wording import tr

_SAID = (0.24, 0.50, 0.26)
_NAMED = (0.24, 0.76)


def annex_blocks(assessment: Assessment, library: EvidenceLibrary, case: Case | None = None) -> Iterator[Block]:
    """Yield the annex from top to bottom; dates, reasons for gaps and full texts only with the case itself."""
    found = placed(_sections(assessment, library, case))
    yield section(tr("Annex to case {code}").format(code=assessment.case_code), level=0)
    bypass = assessment.pause.bypass
    if bypass.open:
        yield Block(
            (
                Run(tr("URGENT, as recorded: {reasons}. ").format(reasons=bypass.reasons[0]), "bold"),
                Run(tr("Follow the local urgent pathway; local therapy first. ")),
                Run(tr("Nothing in this annex is a reason to wait.")),
            )
        )
    yield contents(found)
    yield from found


def _sections(assessment: Assessment, library: EvidenceLibrary, case: Case | None) -> Iterator[Block]:
    if assessment.contradictions:
        yield section(tr("To check in this case"))
        for found in assessment.contradictions:
            yield Block((Run(found.text),))
    yield from open_blocks(assessment, case)
    yield from case_blocks(assessment, library, case)
    if assessment.options:
        yield section(tr("Options"))
        for option in assessment.options:
            yield from _option(option, assessment, library)
        yield from _conflicts(library)
    pause = tuple(_pause(assessment, library))
    yield from pause
    yield from local_blocks(assessment, library)
    if assessment.options:
        yield from outcome_blocks(library)
        yield from cohort_blocks(assessment, library)
    yield section(tr("Glossary"))
    for term, meaning in glossary():
        yield row(_NAMED, (Run(term, "bold"),), (Run(meaning),))
    yield section(tr("References"))
    used = None if assessment.options else set(_links(pause))
    for reference in library.references.values():
        if used is None or f"#reference/{reference.id}" in used:
            yield Block(reference_words(reference), key=f"reference/{reference.id}", hang=True)


def _links(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        yield from (run.link for words in (block.words, *block.cells) for run in words if run.link)


def _pause(assessment: Assessment, library: EvidenceLibrary) -> Iterator[Block]:
    yield section(tr("Before whole-brain radiation: what is said, and where"))
    for item in assessment.pause.items:
        here = f" \N{EN DASH} {item.here}" if item.here and item.group != "discipline" else ""
        said = (Run(item.words + here),)
        yield row(_SAID, (Run(item.label, "bold"),), said, source_words(item.source, library))


def _conflicts(library: EvidenceLibrary) -> Iterator[Block]:
    yield section(tr("Where sources disagree"))
    for conflict in library.conflicts:
        yield Block((Run(f"{conflict.topic}: ", "bold"), Run(conflict.note)))
        for id_ in conflict.sides:
            group, statement = library.statements[id_]
            strength = statement.strength or tr("grade not read")
            body = (Run(f"{body_of(group.body, group.year)} ({strength})"),)
            yield row(_SAID, body, (Run(statement.text),), source_words(statement.source, library))


def body_of(body: str, year: int | None) -> str:
    """Return who says something, with the year where it is known."""
    return f"{body} {year}" if year else body


def _option(result: OptionResult, assessment: Assessment, library: EvidenceLibrary) -> Iterator[Block]:
    reasons = "; ".join(result.because)
    tail = f" \N{EN DASH} {reasons}" if reasons else ""
    yield subsection(result.option.name, f": {result.standing_words}{tail}", f"option/{result.id}")
    if result.option.note:
        yield Block((Run(result.option.note),))
    for caution in (*result.cautions, *result.to_ask):
        state = tr("Caution") if caution.truth is Truth.MET else tr("To ask")
        words = f"{caution.name}: {caution.text} ({caution.because})"
        yield row(_SAID, (Run(state, "bold"),), (Run(words),), source_words(caution.source, library))
    for statement in result.statements:
        opinion = tr(", opinion") if statement.opinion else ""
        strength = statement.strength or tr("grade not read")
        applies = {Truth.MET: "", Truth.NOT_MET: tr("Does not apply here: ")}.get(
            statement.applies, tr("Not known whether it applies here: ")
        )
        body = (Run(f"{body_of(statement.body, statement.year)} ({strength}{opinion})"),)
        said = (Run(applies, "italic"), Run(statement.text))
        yield row(_SAID, body, said, source_words(statement.source, library))
    if result.cohorts:
        yield Block((Run(tr("Cohorts, nearest first: "), "bold"), *_cohort_links(result, assessment)))


def _cohort_links(result: OptionResult, assessment: Assessment) -> Iterator[Run]:
    for index, id_ in enumerate(result.cohorts):
        found = assessment.cohort(id_)
        if index:
            yield Run("; ")
        yield Run(f"{found.trial.name}, {found.cohort.label}", link=f"#cohort/{id_}")


def reference_words(reference: Reference) -> Words:
    """Return a reference by its short name and in full."""
    return (Run(f"{reference.short}: ", "bold"), *reference_details(reference))


def reference_details(reference: Reference) -> Words:
    """Return a reference in full, as far as it was read; its DOI in plain text, and as a link."""
    parts = (
        reference.authors,
        reference.title,
        reference.journal,
        str(reference.year) if reference.year else None,
        reference.volume_pages,
        f"PMID {reference.pmid}" if reference.pmid else None,
        reference.registry,
        reference.note if reference.kind != "registry" else None,  # it reports recruitment, which is not checked
    )
    known = ". ".join(part.rstrip(".") for part in parts if part)
    words = Run(f"{known}." if known else tr("nothing more was read."))
    if reference.doi is None:
        return (words,)
    doi = f"https://doi.org/{reference.doi}"
    return (words, Run(" "), Run(doi, link=doi), Run("."))
