"""What a PDF of this program carries: read back, and compared with what would be made here."""

from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from her2board import builds
from her2board.assessment.paper import PAPERS
from her2board.case.checks import CaseError
from her2board.case.reading import read_whole
from her2board.case.storage import Stored
from her2board.cli.errors import CommandError
from her2board.cli.pages import Composed, PageRequest, composed
from her2board.evidence.library import EvidenceLibrary
from her2board.pdf.apart import extract_apart
from her2board.pdf.attach import with_room
from her2board.pdf.attached import digest
from her2board.pdf.enclosure import PLACEHOLDER, Basis, CarriedCase, assessment_json, bare
from her2board.pdf.extract import LARGEST_PDF
from her2board.pdf.page import lay_out
from her2board.pdf.quoting import one_line, quoted
from her2board.pdf.reading import CarriedPdf, ForeignPdfError, read_pdf
from her2board.pdf.styles import Geometry
from her2board.wording import tr


def read(path: Path) -> CarriedPdf:
    """Return what the PDF at ``path`` carries. Raises CommandError naming the file and what it lacks."""
    try:
        return read_pdf(read_whole(path, LARGEST_PDF), extract_apart)
    except OSError as error:
        raise CommandError(tr("{path}: cannot be read: {why}").format(path=path, why=error.strerror)) from error
    except ForeignPdfError as error:
        raise CommandError(f"{path}: {error}") from error


def stored_of(found: CarriedPdf, carried: CarriedCase, path: Path) -> Stored:
    """Return a carried case. Raises CommandError naming the file and every problem, in one line."""
    try:
        return found.stored(carried)
    except CaseError as error:
        raise CommandError(f"{path}: {quoted(carried.case)}: {one_line(str(error))}") from error


def written_elsewhere(basis: Basis, library: EvidenceLibrary) -> str:
    """Say what differs between the program and evidence a page was made with and those here; empty when nothing."""
    parts = []
    if basis.program != builds.version():
        parts.append(tr("program {there}, here {here}").format(there=basis.program, here=builds.version()))
    release = library.release.version
    if basis.evidence_release != release:
        parts.append(tr("evidence {there}, here {here}").format(there=basis.evidence_release, here=release))
    elif basis.evidence_hash != library.content_hash:
        parts.append(tr("evidence {there} with other content than here").format(there=release))
    if basis.local not in ("", library.overlay.digest if library.overlay else ""):
        parts.append(tr("a clinic's local file that is not the one in use here"))
    return tr("Made with {what}: it may read differently here.").format(what="; ".join(parts)) if parts else ""


def made_again(found: CarriedPdf, carried: CarriedCase, library: EvidenceLibrary) -> tuple[str, bool]:
    """Make the page and the assessment again from the carried case; say how they compare, and whether they agree."""
    if elsewhere := written_elsewhere(carried.basis, library):
        return tr("not made again. {elsewhere}").format(elsewhere=elsewhere), True
    try:
        case = found.case(carried)
    except CaseError as error:
        return tr("not made again: {why}").format(why=one_line(str(error))), False
    basis = carried.basis
    here = (library if basis.local else library.without_overlay()).with_limits(basis.limits)
    asked = PageRequest(case=case, library=here, day=basis.as_of, dated=basis.dated, identified=True)
    identified = composed(asked)
    readable = found.is_readable(carried)
    if readable and found.text_of(carried) not in _texts(asked, identified, carried):
        return tr("made again from the case it carries, the page says something else"), False
    assessment = assessment_json(identified.assessment, here)
    if found.found.files.get(carried.assessment) != digest(assessment):
        return tr("made again from the case it carries, the assessment says something else"), False
    if not readable:
        return tr("made again from the case it carries, the assessment says the same; the page is not checked"), False
    return tr("made again from the case it carries, page and assessment say the same"), True


def _texts(asked: PageRequest, identified: Composed, carried: CarriedCase) -> Iterator[str]:
    """Yield the text of the page without and with what identifies the patient, on either paper: most are the first."""
    without = replace(asked, identified=False, previous=identified.assessment)
    for request in (without, replace(without, unreviewed=True), asked):
        briefing = with_room((identified if request is asked else composed(request)).briefing)
        for paper in PAPERS:
            sheet, _ = lay_out(briefing, asked.library, Geometry(paper))
            text = "".join(mark.text for mark in sheet.texts) + carried.place
            yield bare(text.replace(PLACEHOLDER, carried.content))  # the hash itself was checked before
