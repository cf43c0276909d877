"""What the window opens casebooks with and makes papers of meetings with; imported when it is first needed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from her2board.wording import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from her2board.assessment.paper import Paper
    from her2board.briefing.meeting.counts import Counts
    from her2board.briefing.meeting.gathered import Gathered
    from her2board.briefing.meeting.papers import PaperMade, PaperWanted, ToReview
    from her2board.briefing.meeting.tables import DataTable
    from her2board.casebook.book import Casebook
    from her2board.casebook.model import SignedOff
    from her2board.casebook.server import Server
    from her2board.evidence.library import EvidenceLibrary
    from her2board.gui.base.services import BookServices, PaperServices, Summarise, Where


def book_services(clinic_file: Path) -> BookServices:
    """Return how casebooks are made and opened; ``clinic_file`` holds what the clinic set for itself, if anything."""
    from her2board.gui.base.services import BookServices

    return BookServices(
        create=partial(_create, clinic_file),
        open=partial(_open, clinic_file),
        recover=partial(_recover, clinic_file),
        change_passphrase=partial(_change_passphrase, clinic_file),
        servers=partial(_servers, clinic_file),
        recovery_key=_recovery_key,
        made_again=_made_again,
        sign_off=partial(_sign_off, clinic_file),
        place=_place,
    )


def _create(clinic_file: Path, where: Where, passphrase: str, summary: Summarise) -> Casebook:
    from her2board.casebook.opening import create_casebook

    return create_casebook(_at(clinic_file, where), passphrase, summary=summary)


def _open(clinic_file: Path, where: Where, passphrase: str, summary: Summarise) -> Casebook:
    from her2board.casebook.opening import open_casebook

    return open_casebook(_at(clinic_file, where), passphrase, summary=summary)


def _recover(clinic_file: Path, where: Where, key: str, passphrase: str, summary: Summarise) -> Casebook:
    from her2board.casebook.opening import open_with_recovery_key

    return open_with_recovery_key(_at(clinic_file, where), key, passphrase, summary=summary)


def _change_passphrase(clinic_file: Path, where: Where, before: str, after: str) -> None:
    from her2board.casebook.opening import change_passphrase

    change_passphrase(_at(clinic_file, where), before, after)


def _servers(clinic_file: Path) -> Sequence[str]:
    from her2board.cli import release
    from her2board.cli.errors import CommandError

    try:
        settings = release.clinic_settings(clinic_file) if clinic_file.exists() else None
    except CommandError:  # the window reports settings it cannot read
        return ()
    return tuple(settings.servers) if settings else ()


def _at(clinic_file: Path, where: Where) -> Path | Server:
    """Return the path of a file, or the server of that name in the settings."""
    if not isinstance(where, str):
        return where
    from her2board.casebook.errors import CasebookError
    from her2board.casebook.server import Server
    from her2board.cli import release

    settings = release.clinic_settings(clinic_file)
    if settings is None or where not in settings.servers:
        raise CasebookError(tr("{name} is no longer in the settings").format(name=where))
    return Server(where, settings.servers[where])


def _recovery_key(book: Casebook) -> str:
    from her2board.casebook.stored import StoredCasebook

    assert isinstance(book, StoredCasebook)
    return book.recovery_key()


def _made_again(book: Casebook, signed: SignedOff) -> bytes:
    from her2board.casebook.stored import StoredCasebook
    from her2board.cli.signing import made_again

    assert isinstance(book, StoredCasebook)
    return made_again(book, signed)


def _sign_off(clinic_file: Path, book: Casebook, case_id: str, version: int, paper: Paper) -> tuple[bytes, SignedOff]:
    from her2board.casebook.stored import StoredCasebook
    from her2board.cli.signing import page_to_sign

    assert isinstance(book, StoredCasebook)
    return page_to_sign(book, case_id, version, paper, clinic_file)


def _place(path: Path) -> str:
    from her2board.casebook.places import place_of

    return place_of(path).words()


def paper_services() -> PaperServices:
    """Return how papers of a meeting are made."""
    from her2board.gui.base.services import PaperServices

    return PaperServices(
        make=_make_paper, to_review=_to_review, counts=_counts, counts_file=_counts_file, table_file=_table_file
    )


def _make_paper(
    found: Gathered,
    wanted: PaperWanted,
    library: EvidenceLibrary,
    today: date,
    progress: Callable[[int, int], None],
) -> PaperMade:
    from her2board.cli.papers import make_meeting_paper

    return make_meeting_paper(found, wanted, library, today, progress)


def _to_review(found: Gathered, library: EvidenceLibrary) -> Sequence[ToReview]:
    from her2board.cli.papers import to_review

    return to_review(found, library)


def _counts(book: Casebook, year: int, until: date, library: EvidenceLibrary) -> Counts:
    from her2board.cli.meeting_papers import year_counts

    return year_counts(book, year, until, library)


def _table_file(table: DataTable) -> bytes:
    from her2board.office.spreadsheet import comma_separated

    return comma_separated(table)


def _counts_file(found: Counts, suffix: str, paper: Paper) -> bytes:
    from her2board.cli.papers import counts_file

    return counts_file(found, suffix, paper)
