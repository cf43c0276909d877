"""What the lines of every result share: marks, sources and the fields they lead to."""

from collections.abc import Iterable

from her2board.assessment.model import Assessment
from her2board.briefing.evidence_age import out_of_date
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.references import Source
from her2board.gui.results.signs import Mark
from her2board.gui.results.tree import Node
from her2board.logic.truth import Truth
from her2board.wording import Marked, tr

MARKS: dict[Truth, Mark] = {Truth.MET: "supports", Truth.NOT_MET: "against", Truth.UNKNOWN: "open"}
TRUTH_WORDS: dict[Truth, Marked] = {Truth.MET: "met", Truth.NOT_MET: "not met", Truth.UNKNOWN: "unknown"}


def age_nodes(assessment: Assessment, library: EvidenceLibrary) -> list[Node]:
    """Return the line above a comparison with evidence that is out of date; none before."""
    words = out_of_date(library, assessment.as_of)
    return [Node("evidence/age", words, "cautions")] if words else []


def cited(library: EvidenceLibrary, source: Source | None) -> str:
    """Return reference and place, with the mark of a secondary report."""
    if source is None or source.read_in == "program":
        return ""
    reference = library.references.get(source.ref)
    words = f"{reference.short if reference else source.ref}, {source.locator}"
    return tr("{words} (secondary report)").format(words=words) if source.secondary else words


def field_of(library: EvidenceLibrary, facts: Iterable[str]) -> str:
    """Return the field where the first of these facts is recorded; empty when none is in the case."""
    specs = (library.catalogue.get(name) for name in facts)
    return next((spec.fields[0] for spec in specs if spec is not None), "")
