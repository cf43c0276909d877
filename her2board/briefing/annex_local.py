"""What the clinic's local file says, for the annexes: in full, apart from all evidence, and marked."""

from collections.abc import Iterator

from her2board.assessment.local_model import LocalResult
from her2board.assessment.model import Assessment
from her2board.briefing.annex_blocks import Block, row, section
from her2board.briefing.annex_pieces import Paragraph, Piece, Step, heading
from her2board.briefing.local_words import access_with_note, marked, statement_words, trial_words, whose
from her2board.briefing.model import Run, Words
from her2board.evidence.library import EvidenceLibrary
from her2board.logic.values import Facts
from her2board.wording import Marked, tr

_NAMED = (0.24, 0.76)


def local_blocks(assessment: Assessment, library: EvidenceLibrary) -> Iterator[Block]:
    """Yield a section with every local entry; nothing where the clinic has no local file."""
    local = assessment.local
    if local is None:
        return
    yield section(tr("Local: {clinic}").format(clinic=local.clinic))
    yield Block((Run(f"{whose(local)}.", "bold", origin=("clinic:file",)),))
    for name, words in _entries(local, assessment.facts, library):
        yield row(_NAMED, (Run(name, "bold"),), words)


def local_paragraphs(assessment: Assessment, library: EvidenceLibrary) -> Iterator[Paragraph]:
    """Yield the same for the short annex."""
    local = assessment.local
    if local is None:
        return
    yield heading(tr("Local: {clinic}").format(clinic=local.clinic))
    yield Paragraph((Run(f"{whose(local)}.", "bold", origin=("clinic:file",)),), alone=True)
    for name, words in _entries(local, assessment.facts, library):
        yield Paragraph((Run(f"{name}:", "bold"),), (Piece(words),), goes=Step.CHOICES, kind="local entries")


def _entries(local: LocalResult, facts: Facts, library: EvidenceLibrary) -> Iterator[tuple[str, Words]]:
    for result in local.trials:
        yield tr("Local trial"), marked("; ".join(trial_words(result, facts)), f"trial/{result.trial.id}")
        for finding in result.findings:
            words = f"{finding.criterion}: {tr(_TRUTHS[finding.truth.value])} ({finding.reason})"
            yield result.trial.name, marked(words, f"trial/{result.trial.id}")
    for said in local.statements:
        yield tr("Statement"), marked(statement_words(said), f"statement/{said.statement.id}")
    for option in local.access:
        words = "; ".join(access_with_note(local, option))
        yield library.options_by_id[option].name, marked(words, f"option/{option}")


_TRUTHS: dict[str, Marked] = {"MET": "met", "NOT_MET": "not met", "UNKNOWN": "cannot tell"}
