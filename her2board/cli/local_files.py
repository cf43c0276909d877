"""The clinic's local file beside the evidence of a command, and what the actions of 'overlay' share."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from her2board import paths
from her2board.case.reading import SMALL_FILE, read_whole
from her2board.cli.arguments import Parser
from her2board.cli.errors import CommandError
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.overlay_file import BrokenOverlayError
from her2board.packs.errors import PackError
from her2board.wording import tr


@contextmanager
def plainly(path: Path | None = None) -> Iterator[None]:
    """Turn what is wrong with a local file into what a command says; ``path`` names the file in front of it."""
    before = f"{path}: " if path else ""
    try:
        yield
    except (PackError, BrokenOverlayError) as error:
        raise CommandError(f"{before}{error}") from error
    except OSError as error:
        raise CommandError(f"{error.filename or path or ''}: {error.strerror or error}") from error


def beside_local(library: EvidenceLibrary, folder: Path | None = None) -> EvidenceLibrary:
    """Return the release with the clinic's local file beside it, where one is in use.

    Raises CommandError where it is not as it was installed, with the way out: it is never left out in silence.
    """
    from her2board.packs.local_installed import overlay_in_use  # brings the signatures with it

    with plainly():
        overlay = overlay_in_use(folder or paths.overlay_dir(), library)
    return library.with_overlay(overlay) if overlay else library


def add_file(parser: Parser) -> None:
    """Add the file."""
    parser.add_argument("file", type=Path, metavar="FILE", help=tr("the local file"))


def add_keys(parser: Parser) -> None:
    """Add '--keys': where the clinic's own key is."""
    words = tr("folder of the clinic's own key (default: the one kept beside the settings)")
    parser.add_argument("--keys", type=Path, metavar="FOLDER", default=paths.overlay_dir(), help=words)


def read_bytes(options: argparse.Namespace) -> bytes:
    """Return the bytes of the file that is named, read once. Raises CommandError."""
    with plainly(options.file):
        return read_whole(options.file, SMALL_FILE)
