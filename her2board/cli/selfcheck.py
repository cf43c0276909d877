"""Is the installation complete, and does it make the page it made when it was built?

Each check imports what it tries inside itself: what is broken becomes a line of the table.
"""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple

from her2board import __version__, builds, paths
from her2board.cli import manifest
from her2board.cli.manifest import Manifest, PageRecord
from her2board.evidence.problems import BrokenReleaseError, Problem
from her2board.wording import tr, trn

State = Literal["ok", "note", "FAIL"]
EXAMPLE = "cr18-untreated-asymptomatic"
_NEWLINE = "\n"


class Row(NamedTuple):
    """One line of the table; only FAIL makes the check fail."""

    subject: str
    state: State
    found: str


def run(settings_folder: Path | None) -> int:
    """Print the table; return 0 when every check passed, else 1."""
    failed = False
    sys.stdout.write(tr("her2board {version}: self-check\n").format(version=builds.version()))
    for row in rows(settings_folder):
        failed = failed or row.state == "FAIL"
        indented = row.found.replace(_NEWLINE, f"{_NEWLINE}{'':16}")
        sys.stdout.write(f"{row.subject:<10} {row.state:<4} {indented}\n")
        sys.stdout.flush()  # a Qt that cannot start ends the process at once
    sys.stdout.write((tr("The installation is incomplete.") if failed else tr("All checks passed.")) + "\n")
    return int(failed)


def rows(settings_folder: Path | None) -> Iterator[Row]:
    """Yield the table line by line."""
    yield _program()
    yield Row(tr("build"), "ok", f"{builds.name()}: {builds.claim()}")
    try:
        recorded = manifest.read()
        problem = ""
    except (BrokenReleaseError, FileNotFoundError) as error:
        recorded, problem = None, _words(error)
    if problem:
        yield Row(tr("files"), "FAIL", problem)
    elif recorded is None:
        yield Row(
            tr("files"),
            "note",
            tr("source checkout: nothing was recorded by packaging, so only the evidence is compared"),
        )
    else:
        yield _version(recorded)
        yield from _files(recorded)
    yield _guarded(tr("release"), _evidence)
    yield _guarded(tr("root"), _root)
    yield _guarded(tr("page"), lambda: _page(recorded.page if recorded else None))
    yield _guarded(tr("Qt"), _qt)
    yield _places(settings_folder)


def _guarded(subject: str, check: Callable[[], Row]) -> Row:
    try:
        return check()
    except Exception as error:  # noqa: BLE001  # reason: whatever breaks is what this check is there to report
        return Row(subject, "FAIL", _words(error))


def _words(error: Exception) -> str:
    if isinstance(error, BrokenReleaseError):
        return _listed(error.problems)
    return f"{type(error).__name__}: {error}"


def _listed(problems: Sequence[Problem]) -> str:
    return "\n".join(map(str, problems))


def _program() -> Row:
    kind = tr("bundle") if paths.is_bundle() else tr("source or installed package")
    where = Path(sys.executable if paths.is_bundle() else __file__).resolve().parent
    words = tr("{version}, {kind}, Python {python}, {system}, in {folder}").format(
        version=__version__, kind=kind, python=platform.python_version(), system=platform.system(), folder=where
    )
    return Row(tr("program"), "ok", words)


def _version(recorded: Manifest) -> Row:
    if recorded.version == __version__:
        return Row(
            tr("files"), "ok", trn("{n} recorded", "{n} recorded", len(recorded.files)).format(n=len(recorded.files))
        )
    words = tr("recorded for version {recorded}; two versions are mixed, install the program again")
    return Row(tr("files"), "FAIL", words.format(recorded=recorded.version))


def _files(recorded: Manifest) -> Iterator[Row]:
    """Yield whether fonts, evidence and the rest are the files that were recorded."""
    problems = list(manifest.altered(recorded, paths.base(), ("",)))
    names = list(recorded.files)
    for subject, begin in ((tr("fonts"), "resources/fonts/"), (tr("evidence"), "evidence/"), (tr("resources"), "")):
        mine = [problem for problem in problems if problem.file.startswith(begin)]
        count = sum(name.startswith(begin) for name in names)
        problems = [problem for problem in problems if problem not in mine]
        names = [name for name in names if not name.startswith(begin)]
        words = trn("{n} file as shipped", "{n} files as shipped", count).format(n=count)
        yield Row(subject, "FAIL" if mine else "ok", _listed(mine) or words)


def _evidence() -> Row:
    from her2board.evidence.compiled import open_release

    library = open_release()
    release = library.release
    words = tr("{version} of {as_of}, review by {review_by}, hash {hash}").format(
        version=release.version, as_of=release.as_of, review_by=release.review_by, hash=library.content_hash
    )
    if library.as_reviewed:
        return Row(tr("release"), "ok", words)
    return Row(tr("release"), "FAIL", words + "\n" + tr("not the files that were reviewed (release.yaml)"))


def _root() -> Row:
    from her2board.cli.roots import root_in_use
    from her2board.packs.root_in_use import root_words

    found = root_in_use()
    return Row(tr("root"), "note" if found.unused or found.problem else "ok", "\n".join(root_words(found)))


def record_page() -> PageRecord:
    """Make the page of the example, as of the day of the release."""
    from her2board.assessment.clinic import as_built
    from her2board.case.storage import load
    from her2board.cli.pages import PageRequest, make_page
    from her2board.evidence.compiled import open_release
    from her2board.pdf.backend import DRAWN_WITH

    library = as_built(open_release())
    day = library.release.as_of
    case = load(paths.example_case(EXAMPLE))
    data = make_page(PageRequest(case=case, library=library, day=date.fromisoformat(day)))
    made_with = {"her2board": builds.version(), "reportlab": DRAWN_WITH, "zlib": zlib.ZLIB_RUNTIME_VERSION}
    return PageRecord(example=EXAMPLE, as_of=day, sha256=manifest.digest(data), made_with=made_with)


def _page(recorded: PageRecord | None) -> Row:
    made = record_page()
    if recorded is None:
        return Row(tr("page"), "note", tr("made, nothing to compare with; hash {hash}").format(hash=made.sha256))
    if made.sha256 == recorded.sha256:
        return Row(tr("page"), "ok", tr("as recorded, hash {hash}").format(hash=made.sha256))
    differs = [
        tr("{name} {here} here, {there} then").format(name=name, here=made.made_with.get(name, "-"), there=there)
        for name, there in recorded.made_with.items()
        if made.made_with.get(name) != there
    ]
    words = tr("hash {hash}, recorded was {recorded}").format(hash=made.sha256, recorded=recorded.sha256)
    return Row(tr("page"), "FAIL", "\n".join((words, *differs)))


def _qt() -> Row:
    from her2board.gui.base.platform import qt_words

    return Row(tr("Qt"), "ok", qt_words())


def _places(settings_folder: Path | None) -> Row:
    """Return where cases, settings and temporary files can be written; the page can go elsewhere, so nothing fails."""
    from her2board.gui.base.platform import open_settings

    settings = Path(open_settings(settings_folder).fileName())
    places = {tr("home"): Path.home(), tr("settings"): settings.parent, tr("temporary"): Path(tempfile.gettempdir())}
    lines = [
        tr("{what}: {path}").format(what=what, path=path) + ("" if _writable(path) else " " + tr("(cannot be written)"))
        for what, path in places.items()
    ]
    return Row(tr("places"), "ok" if all(map(_writable, places.values())) else "note", "\n".join(lines))


def _writable(path: Path) -> bool:
    """Tell whether a file can be made in ``path``, or in the nearest folder above it that exists."""
    there = next((folder for folder in (path, *path.parents) if folder.exists()), path)
    return there.is_dir() and os.access(there, os.W_OK)
