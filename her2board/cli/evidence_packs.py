"""What the actions of 'packs' share: where a pack is, whom the program trusts, where packs are installed."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from her2board import paths
from her2board.case.reading import kind_words
from her2board.cli import passphrases
from her2board.cli.arguments import Parser
from her2board.cli.errors import CommandError
from her2board.cli.output import warn
from her2board.cli.roots import trusted_root
from her2board.packs.archive import LARGEST, SUFFIX
from her2board.packs.errors import PackError
from her2board.packs.follow_up import FollowUp
from her2board.packs.installed import remembered
from her2board.packs.memory import read_seen
from her2board.wording import day_words, tr

if TYPE_CHECKING:  # python-tuf takes a quarter of a second; a list of commands goes without
    from her2board.packs.trust import Genuine


@contextmanager
def plainly() -> Iterator[None]:
    """Turn what is wrong with a pack into what a command says."""
    try:
        yield
    except PackError as error:
        raise CommandError(str(error)) from error
    except OSError as error:
        raise CommandError(f"{error.filename or ''}: {error.strerror}") from error


def add_pack(parser: Parser) -> None:
    """Add the pack: a file, or a folder (a stick) with one in it."""
    parser.add_argument("pack", type=Path, metavar="PACK", help=tr("the pack, or a folder with one pack in it"))


def add_root(parser: Parser) -> None:
    """Add '--root'; only for looking: what is installed needs a root that is trusted."""
    words = tr("look with this root, where the program has none and nobody trusted one (1.root.json of the keys)")
    parser.add_argument("--root", type=Path, metavar="FILE", help=words)


def add_keys(parser: Parser) -> None:
    """Add '--keys' and '--passphrase-fd'."""
    parser.add_argument("--keys", type=Path, required=True, metavar="FOLDER", help=tr("folder of the signing keys"))
    add_passphrase(parser)


def add_passphrase(parser: Parser) -> None:
    """Add '--passphrase-fd'."""
    passphrases.add_passphrase(parser, of="the keys'")


def passphrase_of(options: argparse.Namespace, folder: Path | None) -> bytes:
    """Return the passphrase of the keys in a folder, empty for keys without one. Raises CommandError."""
    if options.passphrase_fd is None and not (folder and _locked(folder)):
        return b""
    return passphrases.passphrase(options, "Passphrase of the signing keys: ").encode()


def _locked(folder: Path) -> bool:
    from her2board.packs import keys

    with plainly():
        return keys.locked(folder)


def read_file(path: Path) -> bytes:
    """Return the bytes of a pack, read once: what is checked is what is used. Raises CommandError."""
    if path.is_dir():
        found = sorted(entry for entry in path.iterdir() if entry.suffix == SUFFIX)
        if len(found) != 1:
            words = tr("{folder}: holds {count} packs (*{suffix}); name the one that is meant")
            raise CommandError(words.format(folder=path, count=len(found), suffix=SUFFIX))
        path = found[0]
    try:
        if not path.is_file():
            raise CommandError(f"{path}: {kind_words(path.stat().st_mode)}")
        with path.open("rb") as stream:
            return stream.read(LARGEST + 1)
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error


def checked(options: argparse.Namespace, *, although_expired: bool = False) -> "Genuine":
    """Return the pack that is named, checked against what was installed before. Raises CommandError."""
    return checked_file(options.pack, getattr(options, "root", None), although_expired=although_expired)


def checked_file(path: Path, root: Path | None, *, although_expired: bool = False) -> "Genuine":
    """Return the pack in a file or folder, checked against what was installed before. Raises CommandError."""
    from her2board.packs.trust import check_pack

    place = paths.packs_dir()
    with plainly():
        known = remembered(place)
        return check_pack(read_file(path), trusted_root(root), known, now(), although_expired=although_expired)


def follow_up_words(found: FollowUp) -> str:
    """Return a figure on a signed-off page that is no longer so, in one line."""
    how = {"withdrawn": tr("withdrawn"), "changed": tr("changed")}[found.how]
    words = tr("{code}, signed off {day} by {by}: '{figure}' was {how} [{record}]")
    said = words.format(
        code=found.code,
        day=day_words(found.signed_at.date()),
        by=found.signed_by,
        figure=found.figure,
        how=how,
        record=f"{found.record}: {found.why}" if found.why else found.record,
    )
    earlier = tr("made with earlier evidence, read as with that in use")
    return said if found.same_evidence else f"{said} ({earlier})"


def warn_of_clock() -> None:
    """Say on standard error that the clock is behind a day that was seen, where it is."""
    today = datetime.now(UTC).date()
    if words := read_seen(paths.packs_dir()).clock_words(today):
        warn(words)


def now() -> datetime:
    """Return the time; a clock behind the newest day that was seen counts as that day, so that nothing revives."""
    time = datetime.now(UTC)
    seen = read_seen(paths.packs_dir()).day
    if seen is None or time.date() >= seen:
        return time
    return datetime.combine(seen, time.timetz())
