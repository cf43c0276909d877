"""How and where something was read: lines on a source, its publication, and the links that lead there."""

import re
from collections.abc import Iterable, Iterator

from her2board.briefing.annex import reference_details
from her2board.briefing.cards.model import Link
from her2board.briefing.comparison import cite
from her2board.briefing.trial_card import Line, Part
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.references import Reference, Source
from her2board.evidence.terms import ReadIn
from her2board.wording import tr

_TRIAL_NUMBER = re.compile(r"NCT\d{8}")
"""Of ClinicalTrials.gov; other registries have no address that can be made from the number."""


def reading(library: EvidenceLibrary, sources: Iterable[Source], said: Iterable[str] = ()) -> Part:
    """Return where something was read, first- or second-hand, what a report says of it, and the publications."""
    known = tuple(dict.fromkeys(sources))
    lines = [Line(tr("Read in"), cite(library, source)) for source in known]
    lines += [Line(tr("First- or second-hand"), words) for words in dict.fromkeys(map(hand, known))]
    lines += [Line(tr("As reported"), words) for words in said]
    lines += [Line(tr("Published"), years)] if (years := _years(library, known)) else []
    return Part(tr("How it was read"), (*lines, *publications(library, known)))


def _years(library: EvidenceLibrary, sources: Iterable[Source]) -> str:
    """Return the years of the publications, each once; empty where there is none."""
    years = (library.references[source.ref].year for source in sources if source.read_in is not ReadIn.PROGRAM)
    return ", ".join(dict.fromkeys(str(year) if year else tr("year not read") for year in years))


def hand(source: Source) -> str:
    """Return whether what a source says was read first-hand."""
    if source.read_in is ReadIn.PROGRAM:
        return tr("a convention of this program, never a finding of a study")
    if source.secondary:
        return tr("second-hand \N{DAGGER}: read in a report of it, not in the publication itself")
    return tr("first-hand: {what}").format(what=tr(source.read_in.label))


def publications(library: EvidenceLibrary, sources: Iterable[Source]) -> Iterator[Line]:
    """Yield each publication once, in full."""
    for ref in dict.fromkeys(source.ref for source in sources if source.read_in is not ReadIn.PROGRAM):
        reference = library.references[ref]
        yield Line(reference.short, details_of(reference))


def details_of(reference: Reference) -> str:
    """Return a publication in full, as far as it was read."""
    return "".join(run.text for run in reference_details(reference))


def links_of(library: EvidenceLibrary, refs: Iterable[str], registry: str | None = None) -> tuple[Link, ...]:
    """Return the links of publications and of a trial's registry entry, each once."""
    references = [library.references[ref] for ref in dict.fromkeys(refs)]
    found = [link for reference in references for link in _numbers(reference)]
    for text in (registry, *(reference.registry for reference in references)):
        found += [_registry(number) for number in _TRIAL_NUMBER.findall(text or "")]
    return tuple(dict.fromkeys(found))


def _numbers(reference: Reference) -> Iterator[Link]:
    if reference.doi:
        yield Link("DOI", reference.doi, f"https://doi.org/{reference.doi}")
    if reference.pmid:
        yield Link("PubMed", reference.pmid, f"https://pubmed.ncbi.nlm.nih.gov/{reference.pmid}/")


def _registry(number: str) -> Link:
    return Link(tr("Registry"), number, f"https://clinicaltrials.gov/study/{number}")
