"""Signs a briefing off: makes its page, keeps every input of it, and makes the same bytes again."""

import argparse
import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any, get_args

from her2board import builds
from her2board.assessment import clinic
from her2board.assessment.paper import Paper
from her2board.briefing.annex_choice import AnnexChoice
from her2board.case.checks import CaseError
from her2board.case.model import Case
from her2board.casebook.book import Casebook, Kept
from her2board.casebook.model import SignedOff
from her2board.casebook.stored import StoredCasebook
from her2board.cli import release
from her2board.cli.cases import day_of
from her2board.cli.errors import CommandError
from her2board.cli.outgoing import outgoing, say_found
from her2board.cli.pages import PageRequest, make_page
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.overlay_file import BrokenOverlayError, overlay_text, parse_overlay
from her2board.wording import speak, spoken_language, tr

_CLINIC = "clinic"
"""Name of the setting that holds what the clinic set for itself, as its file would."""
_LOCAL = "local"
"""Name of the setting that holds the clinic's local file; there where one was in use."""


def signed_page(book: StoredCasebook, case_id: str, options: argparse.Namespace) -> tuple[bytes, SignedOff]:
    """Return the page of the latest version of a case, and what to keep of it. Raises CommandError."""
    kept = book.case(case_id)
    try:
        day, dated = day_of(kept.value, options.as_of)
    except CaseError as error:
        raise CommandError("; ".join(map(str, error.problems))) from error
    set_here = release.chosen_settings(options)
    library = _as_set(release.local_library(), set_here)
    found = outgoing(kept.value, library, options.identified).found
    request = PageRequest(
        case=kept.value,
        library=library,
        day=day,
        dated=dated,
        paper=release.chosen_paper(options),
        annex=options.annex,
        identified=options.identified,
        unreviewed=say_found(kept.value.code, found, options.reviewed),
    )
    return _signed(book, kept, request, set_here)


def page_to_sign(
    book: StoredCasebook, case_id: str, version: int, paper: Paper, clinic_file: Path
) -> tuple[bytes, SignedOff]:
    """Return the page of a version of a case without names, which somebody looked for, and what to keep of it.

    ``clinic_file`` need not exist. Raises CommandError.
    """
    kept = book.case_at(case_id, version)
    try:
        day, dated = day_of(kept.value, None)
    except CaseError as error:
        raise CommandError("; ".join(map(str, error.problems))) from error
    set_here = release.clinic_settings(clinic_file) if clinic_file.exists() else None
    library = _as_set(release.local_library(clinic_file.parent / "local"), set_here)
    return _signed(
        book, kept, PageRequest(case=kept.value, library=library, day=day, dated=dated, paper=paper), set_here
    )


def _signed(
    book: StoredCasebook, kept: Kept[Case], request: PageRequest, set_here: clinic.Clinic | None
) -> tuple[bytes, SignedOff]:
    data = make_page(request)
    return data, SignedOff(
        case_id=kept.key,
        version=kept.version,
        at=book.now(),
        by=book.by,
        release=release_of(request.library),
        program=builds.version(),
        settings=settings_of(request, set_here),
        sha256=hashlib.sha256(data).hexdigest(),
    )


def settings_of(request: PageRequest, set_here: clinic.Clinic | None) -> tuple[tuple[str, str], ...]:
    """Return what a page was made with besides case, evidence and program."""
    said = {
        "day": request.day.isoformat(),
        "dated": json.dumps(request.dated),
        "paper": request.paper,
        "annex": request.annex,
        "identified": json.dumps(request.identified),
        "unreviewed": json.dumps(request.unreviewed),
        "language": spoken_language(),
        _CLINIC: clinic.as_file(set_here).decode() if set_here else "",
    }
    overlay = request.library.overlay
    local = {_LOCAL: overlay_text(overlay)} if overlay else {}
    return tuple((said | local).items())


def release_of(library: EvidenceLibrary) -> str:
    """Return number and content hash of a release."""
    return f"{library.release.version} {library.content_hash}"


def made_again(book: StoredCasebook, signed: SignedOff) -> bytes:
    """Return the bytes of a signed-off page, made again. Raises CommandError where they would be others."""
    library = release.load_library()
    if differing := _made_elsewhere(signed, library):
        words = tr("it was made with {what}; the same bytes come from these only")
        raise CommandError(words.format(what="; ".join(differing)))
    said: dict[str, Any] = dict(signed.settings)
    language = spoken_language()
    speak(said["language"])
    try:
        data = make_page(_request(book, signed, said, library))
    finally:
        speak(language)
    if hashlib.sha256(data).hexdigest() != signed.sha256:
        raise CommandError(tr("the page is not the one that was signed off; nothing was written"))
    return data


def request_again(book: Casebook, signed: SignedOff, library: EvidenceLibrary) -> PageRequest:
    """Return the page that was signed off as a request, with other evidence where ``library`` is not that of then."""
    return _request(book, signed, dict(signed.settings), library)


def _request(book: Casebook, signed: SignedOff, said: dict[str, Any], library: EvidenceLibrary) -> PageRequest:
    assert said["paper"] in get_args(Paper)
    assert said["annex"] in get_args(AnnexChoice)
    set_here = clinic.Clinic.model_validate_json(said[_CLINIC]) if said[_CLINIC] else None
    if text := said.get(_LOCAL):
        library = _beside(library, text)
    return PageRequest(
        case=book.case_at(signed.case_id, signed.version).value,
        library=_as_set(library, set_here),
        day=date.fromisoformat(said["day"]),
        dated=json.loads(said["dated"]),
        paper=said["paper"],
        annex=said["annex"],
        identified=json.loads(said["identified"]),
        unreviewed=json.loads(said["unreviewed"]),
    )


def _beside(library: EvidenceLibrary, text: str) -> EvidenceLibrary:
    """Return the release beside the local file that a page was made with."""
    try:
        return library.with_overlay(parse_overlay(text, _LOCAL, library))
    except BrokenOverlayError as error:
        raise CommandError(str(error)) from error


def _made_elsewhere(signed: SignedOff, library: EvidenceLibrary) -> list[str]:
    found = []
    if signed.program != builds.version():
        found.append(tr("program {there}, here {here}").format(there=signed.program, here=builds.version()))
    if signed.release != (here := release_of(library)):
        there, here = (words.replace(" ", ", ") for words in (signed.release, here))
        found.append(tr("evidence {there}, here {here}").format(there=there, here=here))
    return found


def _as_set(library: EvidenceLibrary, set_here: clinic.Clinic | None) -> EvidenceLibrary:
    if set_here is None:
        return library
    try:
        return clinic.applied(set_here, library, Path(_CLINIC))
    except clinic.ClinicError as error:
        raise CommandError(str(error)) from error
