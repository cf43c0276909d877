"""The clinic's own settings, for the command line: named on it, or in the file the program keeps them in."""

from pathlib import Path

from her2board.assessment import clinic
from her2board.cli.commands import CommandError
from her2board.evidence.library import EvidenceLibrary


def read(path: Path) -> clinic.Clinic:
    """Return the settings in ``path``. Raises CommandError naming file, field and remedy."""
    try:
        return clinic.read_clinic(path)
    except clinic.ClinicError as error:
        raise CommandError(str(error)) from error


def applied(path: Path, library: EvidenceLibrary) -> EvidenceLibrary:
    """Return the release with the settings in ``path``. Raises CommandError naming file, field and remedy."""
    try:
        return clinic.applied(read(path), library, path)
    except clinic.ClinicError as error:
        raise CommandError(str(error)) from error
