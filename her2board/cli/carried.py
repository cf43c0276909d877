"""The commands about a PDF that carries its cases: open, verify."""

import argparse
import sys
from pathlib import Path

from her2board import __version__
from her2board.assessment.assess import assess
from her2board.case.checks import CaseError
from her2board.case.model import Case
from her2board.case.storage import save_bytes
from her2board.cli.commands import CommandError, told, unwritable
from her2board.cli.program import load_library
from her2board.evidence.library import EvidenceLibrary
from her2board.pdf.enclosure import Basis, CarriedCase, bare
from her2board.pdf.reading import PARTS, CarriedPdf, ForeignPdfError, read_pdf
from her2board.wording import tr


def read(path: Path) -> CarriedPdf:
    """Return what the PDF at ``path`` carries. Raises CommandError naming the file and what it lacks."""
    try:
        return read_pdf(path.read_bytes())
    except OSError as error:
        raise CommandError(tr("{path}: cannot be read: {why}").format(path=path, why=error.strerror)) from error
    except ForeignPdfError as error:
        raise CommandError(f"{path}: {error}") from error


def written_elsewhere(basis: Basis, library: EvidenceLibrary) -> str:
    """Say what differs between the program and evidence a page was made with and those here; empty when nothing."""
    parts = []
    if basis.program != __version__:
        parts.append(tr("program {there}, here {here}").format(there=basis.program, here=__version__))
    release = library.release.version
    if basis.evidence_release != release:
        parts.append(tr("evidence {there}, here {here}").format(there=basis.evidence_release, here=release))
    elif basis.evidence_hash != library.content_hash:
        parts.append(tr("evidence {there} with other content than here").format(there=release))
    return tr("Made with {what}: it may read differently here.").format(what="; ".join(parts)) if parts else ""


@told
def open_pdf(options: argparse.Namespace) -> int:
    """Write the case a PDF carries to a file, or open the program on it."""
    if options.output is None:
        from her2board.cli.program import open_program

        read(options.pdf)
        return open_program(options.pdf)
    found = read(options.pdf)
    carried = _chosen(found, options.case, options.pdf)
    case_of(found, carried, options.pdf)
    for disagreement in found.disagreements():
        sys.stderr.write(f"her2board: {options.pdf}: {disagreement.words}\n")
    if differs := written_elsewhere(carried.basis, load_library()):
        sys.stderr.write(f"her2board: {options.pdf}: {differs}\n")
    try:
        save_bytes(found.files[carried.case], options.output, inputs=[options.pdf])
    except OSError as error:
        raise unwritable(options.output, error) from error
    return 0


def case_of(found: CarriedPdf, carried: CarriedCase, path: Path) -> Case:
    """Return a carried case. Raises CommandError naming the file and every problem."""
    try:
        return found.case(carried)
    except CaseError as error:
        raise CommandError(f"{path}: {carried.case}: {error}") from error


def _chosen(found: CarriedPdf, code: str | None, path: Path) -> CarriedCase:
    named = [carried for carried in found.index.cases if code in (None, carried.code)]
    if len(named) == 1:
        return named[0]
    codes = ", ".join(carried.code for carried in found.index.cases)
    raise CommandError(tr("{path}: name one case with --case: {codes}").format(path=path, codes=codes))


@told
def verify(options: argparse.Namespace) -> int:
    """Say for page, attachments and hash whether they agree with what was written, and with what is made here."""
    found = read(options.pdf)
    library = load_library()
    problems = list(found.disagreements())
    for part in PARTS:
        words = [problem.words for problem in problems if problem.part == part]
        told_ = "; ".join(words) if words else tr("agrees")
        sys.stdout.write(f"{part}: {told_}\n")
    differ = False
    for carried in found.index.cases:
        words_, same = _made_again(found, carried, library)
        sys.stdout.write(f"{carried.code}, {carried.content}: {words_}\n")
        differ |= not same
    return 1 if problems or differ else 0


def _made_again(found: CarriedPdf, carried: CarriedCase, library: EvidenceLibrary) -> tuple[str, bool]:
    """Make the page and the assessment again from the carried case; say how they compare, and whether they agree."""
    if elsewhere := written_elsewhere(carried.basis, library):
        return tr("not made again. {elsewhere}").format(elsewhere=elsewhere), True
    try:
        case = found.case(carried)
    except CaseError as error:
        return tr("not made again: {why}").format(why=error), False
    texts, assessment = _again(case, carried, library.with_limits(carried.basis.limits))
    if found.text_of(carried) not in texts:
        return tr("made again from the case it carries, the page says something else"), False
    if found.files.get(carried.assessment) != assessment.encode():
        return tr("made again from the case it carries, the assessment says something else"), False
    return tr("made again from the case it carries, page and assessment say the same"), True


def _again(case: Case, carried: CarriedCase, library: EvidenceLibrary) -> tuple[set[str], str]:
    """Return the text of the page on either paper, with and without what identifies the patient; the assessment."""
    from her2board.assessment.paper import PAPERS
    from her2board.briefing.compose import compose
    from her2board.pdf.attach import with_room
    from her2board.pdf.enclosure import PLACEHOLDER, assessment_text
    from her2board.pdf.page import lay_out
    from her2board.pdf.styles import Geometry

    basis = carried.basis
    assessment = assess(case, library, basis.as_of)
    briefings = [compose(case, assessment, library, basis.dated, identified) for identified in (False, True)]
    sheets = [lay_out(with_room(one), library, Geometry(paper))[0] for one in briefings for paper in PAPERS]
    texts = ("".join(mark.text for mark in sheet.texts) + carried.place for sheet in sheets)
    printed = {bare(text.replace(PLACEHOLDER, carried.content)) for text in texts}  # the hash itself was checked before
    return printed, assessment_text(assessment, library)
