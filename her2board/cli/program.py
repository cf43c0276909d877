"""Puts the window together and opens it: it is handed its exporter here.

What only works once the window is painted is imported where it is used: the window waits for none of it.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from her2board import paths, workarounds
from her2board.wording import tr

if TYPE_CHECKING:  # the window is painted before cases and evidence are imported
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from her2board.assessment.model import Assessment
    from her2board.assessment.paper import Paper
    from her2board.briefing.annex_choice import AnnexChoice
    from her2board.briefing.packet import PacketOptions
    from her2board.briefing.page_map import MappedPage
    from her2board.case.model import Case
    from her2board.cli.pages import PageRequest
    from her2board.evidence.library import EvidenceLibrary
    from her2board.gui.base.services import CaseInPdf


def open_program(path: Path | None, settings_folder: Path | None = None, *, read: bool = False) -> int:
    """Open the window, on the case at ``path`` when one is named; return the exit status.

    ``read`` shows the page without the form. ``settings_folder`` keeps the settings elsewhere than in the user's home.
    """
    try:
        with workarounds.kept_for_good():
            from her2board.cli.evidence_desk import evidence_services
            from her2board.cli.opened_books import book_services, paper_services
            from her2board.gui.base.services import Services
            from her2board.gui.window.app import run
    except ImportError as error:
        words = tr("her2board: the screen cannot start ({why}); run 'make demo' once to install what it needs\n")
        sys.stderr.write(words.format(why=error))
        return 1
    clinic_file = settings_folder / "clinic.json" if settings_folder else paths.clinic_file()
    services = Services(
        load_library=_load_library,
        make_page=_make_page,
        read_pdf=cases_in_pdf,
        stop_reading=_stop_reading,
        today=_today,
        make_mapped=_make_mapped,
        export_page=export_page,
        make_packet=_make_packet,
        casebooks=book_services(clinic_file),
        papers=paper_services(),
        evidence=evidence_services(),
        clinic_file=clinic_file,
        overlay_dir=settings_folder / "local" if settings_folder else paths.overlay_dir(),
        state_dir=settings_folder or paths.state_dir(),
        settings_folder=settings_folder,
        self_check=lambda: _self_check(settings_folder),
    )
    return run(services, path, read=read)


def _load_library() -> EvidenceLibrary:
    from her2board.cli.errors import CommandError
    from her2board.cli.release import whole_library
    from her2board.gui.base.services import EvidenceError

    try:
        return whole_library()
    except CommandError as error:  # what was installed is not there as it was
        raise EvidenceError(str(error)) from error


def _make_mapped(
    choice: AnnexChoice,
    case: Case,
    library: EvidenceLibrary,
    day: date,
    paper: Paper,
    previous: Assessment | None = None,
    still_asked: Callable[[], None] = lambda: None,
) -> MappedPage:
    _import_pages()
    from her2board.cli.pages import make_mapped_page

    with _refusals():
        return make_mapped_page(_request(case, library, day, paper, previous, annex=choice), still_asked)


def _make_page(
    case: Case, library: EvidenceLibrary, day: date, paper: Paper, previous: Assessment | None = None
) -> bytes:
    from her2board.cli.pages import make_page

    with _refusals():
        return make_page(_request(case, library, day, paper, previous))


@cache
def _import_pages() -> None:
    """Import what makes pages before the first one, and set it aside as the evidence is."""
    with workarounds.kept_for_good():
        import her2board.cli.pages  # noqa: F401  # reason: for its effect


@contextmanager
def _refusals() -> Iterator[None]:
    """Hand what a person can change in the case to the screen."""
    from her2board.cli.errors import CharacterError, CommandError
    from her2board.gui.base.services import PageRefusedError

    try:
        yield
    except CharacterError as error:
        raise PageRefusedError(error.why, error.paths) from error
    except CommandError as error:
        raise PageRefusedError(str(error)) from error


def export_page(
    case: Case, library: EvidenceLibrary, day: date, paper: Paper, previous: Assessment | None = None
) -> tuple[bytes, str]:
    """Return the page as PDF, and in one line what of the case is not on it."""
    from her2board.briefing.account import account
    from her2board.cli.pages import make_page

    lines: list[str] = []
    with _refusals():
        data = make_page(
            _request(case, library, day, paper, previous),
            lambda _, shown, where: lines.append(account(where, shown.shortened, "none")),
        )
    return data, lines[0]


def _request(
    case: Case,
    library: EvidenceLibrary,
    day: date,
    paper: Paper,
    previous: Assessment | None,
    *,
    annex: AnnexChoice = "none",
) -> PageRequest:
    from her2board.cli.pages import PageRequest

    meeting = case.meeting.date.exact if case.meeting.date else None
    return PageRequest(
        case=case, library=library, day=day, dated=meeting == day, paper=paper, annex=annex, previous=previous
    )


def _self_check(settings_folder: Path | None) -> tuple[tuple[str, str, str], ...]:
    from her2board.cli.selfcheck import rows

    return tuple(rows(settings_folder))


def cases_in_pdf(path: Path) -> tuple[CaseInPdf, ...]:
    """Return the cases a PDF carries, each with what differs from here. Raises CaseError when it carries none."""
    from her2board.case.checks import CaseError, CaseProblem
    from her2board.cli import carried
    from her2board.cli.errors import CommandError
    from her2board.cli.release import evidence_folder
    from her2board.evidence.compiled import open_release
    from her2board.evidence.problems import BrokenReleaseError
    from her2board.gui.base.local_file import beside_local
    from her2board.gui.base.services import CaseInPdf
    from her2board.packs.errors import PackError
    from her2board.pdf.comparing import listed
    from her2board.pdf.enclosure import Basis

    try:
        found = carried.read(path)
        stored = [carried.stored_of(found, case, path) for case in found.index.cases]
    except CommandError as error:
        raise CaseError((CaseProblem("", str(error)),)) from error
    changed = listed(found.problems())
    changes = tr("Not as it was written: {what}.").format(what=changed) if changed else ""
    try:
        library = beside_local(open_release(evidence_folder()), paths.overlay_dir())
    except (BrokenReleaseError, CommandError, PackError):  # reported where the evidence is loaded
        library = None

    def warning(basis: Basis) -> str:
        elsewhere = carried.written_elsewhere(basis, library) if library else ""
        return " ".join(part for part in (changes, elsewhere) if part)

    cases = zip(stored, found.index.cases, strict=True)
    return tuple(CaseInPdf(one, warning(case.basis)) for one, case in cases)


def _stop_reading() -> None:
    if "her2board.pdf.apart" in sys.modules:  # else no PDF was read
        from her2board.pdf import apart

        apart.stop()


def _make_packet(
    paths: Sequence[Path],
    opened: Mapping[Path, Case],
    options: PacketOptions,
    library: EvidenceLibrary,
    progress: Callable[[int, int], None],
) -> tuple[bytes, tuple[str, ...]]:
    from her2board.cli.packets import Source, make_packet

    sources = [Source(path, opened.get(path)) for path in paths]
    made = make_packet(sources, options, library, None, progress)
    return made.data, made.problems


def _today() -> date:
    return date.today()  # noqa: DTZ011  # reason: the edge supplies today, in local time
