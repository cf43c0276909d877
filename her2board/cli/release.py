"""The evidence a command works with: the release, with the clinic's own settings where there are any."""

import argparse
from pathlib import Path

from her2board import paths, workarounds
from her2board.assessment import clinic
from her2board.assessment.paper import Paper
from her2board.cli.errors import CommandError
from her2board.cli.manifest import refuse_if_altered
from her2board.evidence.compiled import open_release
from her2board.evidence.library import EvidenceLibrary


def load_library() -> EvidenceLibrary:
    """Return the release in use as this build may read it: a packet build compares with nothing.

    Raises BrokenReleaseError as ``whole_library``.
    """
    return clinic.as_built(whole_library())


def whole_library() -> EvidenceLibrary:
    """Return the release in use, for looking things up too, set aside for good: no keystroke waits for the collector.

    Raises BrokenReleaseError when it cannot be used, or when files of the program are not those that were shipped.
    """
    refuse_if_altered()
    with workarounds.kept_for_good():
        return open_release(evidence_folder())


def evidence_folder() -> Path:
    """Return the folder of the release in use: installed from a pack, unless the program came with a newer one.

    Raises CommandError where what was installed is not there as it was, with a way out.
    """
    if not (paths.packs_dir() / "current.json").exists():  # nearly always; what follows imports a good deal
        return paths.evidence_dir()
    from her2board.cli.installed_evidence import folder_in_use

    return folder_in_use()


def local_library(folder: Path | None = None) -> EvidenceLibrary:
    """Return the release with the clinic's local file beside it, if one is in use; ``folder`` is where that is kept.

    Raises CommandError where the local file is not as it was installed.
    """
    library, folder = load_library(), folder or paths.overlay_dir()
    if not (folder / "installed.json").exists():  # nearly always; what follows imports a good deal
        return library
    from her2board.cli.local_files import beside_local

    return beside_local(library, folder)


def chosen_library(options: argparse.Namespace) -> EvidenceLibrary:
    """Return the release with the clinic's local file and settings. Raises CommandError where one cannot be used."""
    library, path = local_library(), _clinic_file(options)
    if path is None:
        return library
    try:
        return clinic.applied(_settings(path), library, path)
    except clinic.ClinicError as error:
        raise CommandError(str(error)) from error


def chosen_settings(options: argparse.Namespace) -> clinic.Clinic | None:
    """Return what the clinic set for itself, if anything. Raises CommandError for unusable settings."""
    return clinic_settings(options.settings)


def clinic_settings(named: Path | None) -> clinic.Clinic | None:
    """Return the settings in the file that is named, else the program's own, if any. Raises CommandError."""
    path = named or paths.clinic_file()
    return _settings(path) if named is not None or path.exists() else None


def chosen_paper(options: argparse.Namespace) -> Paper:
    """Return the paper that is named, else the clinic's, else A4. Raises CommandError for unusable settings."""
    if options.paper is not None:
        paper: Paper = options.paper
        return paper
    path = _clinic_file(options)
    return _settings(path).paper if path else "a4"


def _clinic_file(options: argparse.Namespace) -> Path | None:
    """Return the file of the clinic's settings: the one that is named, else the program's own where there is one."""
    path: Path = options.settings or paths.clinic_file()
    return path if options.settings is not None or path.exists() else None


def _settings(path: Path) -> clinic.Clinic:
    """Return the settings in ``path``. Raises CommandError naming file, field and remedy."""
    try:
        return clinic.read_clinic(path)
    except clinic.ClinicError as error:
        raise CommandError(str(error)) from error
