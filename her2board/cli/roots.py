"""Whose packs are genuine here: the root the program came with, else the one that a person trusted."""

from pathlib import Path
from typing import TYPE_CHECKING

from her2board import paths
from her2board.case.reading import read_whole
from her2board.casebook.book import Casebook
from her2board.cli.errors import CommandError
from her2board.packs import root_trust
from her2board.packs.errors import PackError
from her2board.packs.fingerprint import confirms, fingerprint, first_half
from her2board.packs.installed import read_installed, set_aside
from her2board.packs.root_in_use import RootInUse
from her2board.wording import tr

if TYPE_CHECKING:  # python-tuf takes a quarter of a second; whoever asks which root it is goes without
    from datetime import datetime

    from her2board.packs.root import RootFile

_MOST = 512_000
"""Bytes read of a root."""


def root_in_use() -> RootInUse:
    """Return the root of this program: its own before any that was trusted here."""
    try:
        trust, problem = root_trust.read_trust(paths.packs_dir()), ""
    except PackError as error:
        trust, problem = root_trust.Trust(), str(error)
    own = shipped_root()
    if own:
        apart = trust.root and not _same_line(own, trust.data)
        return RootInUse("shipped", own, unused=fingerprint(trust.data) if apart else "")
    if trust.since is None:
        return RootInUse("none", problem=problem)
    return RootInUse("trusted", trust.data, since=trust.since.at.date(), why=trust.since.why)


def shipped_root() -> bytes:
    """Return the root the program came with; empty for a build without one. Raises BrokenReleaseError.

    One that was put into its folder afterwards is refused with the other files that are not as shipped.
    """
    from her2board.cli.manifest import refuse_foreign_root

    path = paths.packs_root()
    if not path.exists():
        return b""
    refuse_foreign_root()
    return path.read_bytes()


def _same_line(one: bytes, other: bytes) -> bool:
    """Return whether two roots are the same, or the keys of one signed the other."""
    from her2board.packs.root import follows

    return one == other or follows(one, other) or follows(other, one)


def trusted_root(named: Path | None) -> bytes:
    """Return the root packs are checked with; one that is ``named`` only to look where there is none.

    Raises CommandError.
    """
    found = root_in_use()
    if found.problem:
        raise CommandError(found.problem)
    if found.data:
        if named is not None:
            raise CommandError(tr("--root: this program has a root and takes no other"))
        return found.data
    if named is None:
        words = tr(
            "this program was built without a root of trust, so no pack can be checked. Trust the root of those who "
            "make the packs once: 'Trust a root' in Help, Evidence in use, or 'her2board packs trust FILE'"
        )
        raise CommandError(words)
    return root_of(named).data


def root_of(path: Path) -> "RootFile":
    """Return the root in a file, or the newest in a folder. Raises CommandError."""
    from her2board.packs.root import read_root

    try:
        if path.is_dir():
            path = _newest_in(path)
        return read_root(read_whole(path, _MOST))
    except PackError as error:
        raise CommandError(f"{path}: {error}") from error
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror or error}") from error


def _newest_in(folder: Path) -> Path:
    numbered = {int(path.name.partition(".")[0]): path for path in folder.glob("[0-9]*.root.json")}
    if not numbered:
        raise PackError(tr("holds no root (1.root.json)"))
    return numbered[max(numbered)]


def trust_root(root: "RootFile", typed: str, why: str, now: "datetime", book: Casebook | None = None) -> None:
    """Trust a root from now on, whose fingerprint a person typed from elsewhere. Raises CommandError."""
    from her2board.packs.root import refuse_expired

    if shipped_root():
        raise CommandError(tr("this program came with a root, which counts before any other; no other is trusted"))
    if not why.strip():
        raise CommandError(tr("say where the fingerprint was read from: 'letter of 12 Nov 2026'"))
    if not confirms(typed, root.data):
        words = tr(
            "these are not the digits of this file, whose fingerprint begins with {half}. Nothing is trusted: ask who "
            "makes the packs, by another way than the stick"
        )
        raise CommandError(words.format(half=first_half(root.data)))
    try:
        refuse_expired(root, now)
        before = root_trust.read_trust(paths.packs_dir())
        after = root_trust.trusted(before, root.data, root.number, now, why.strip())
        root_trust.write_trust(paths.packs_dir(), after)
    except PackError as error:
        raise CommandError(str(error)) from error
    if book is not None:
        book.record("root_trusted", detail=f"{root.fingerprint}: {why.strip()}")


def follow_root(newest: bytes, now: "datetime", book: Casebook | None = None) -> None:
    """Keep a newer root that was followed from the one trusted here. Raises PackError."""
    trust = root_trust.read_trust(paths.packs_dir())
    if not trust.root or trust.data == newest or shipped_root():
        return
    from her2board.packs.root import read_root

    root = read_root(newest)
    root_trust.write_trust(paths.packs_dir(), root_trust.exchanged(trust, newest, root.number, now))
    if book is not None:
        book.record("root_exchanged", detail=f"{fingerprint(trust.data)} -> {root.fingerprint}")


def forget_root(why: str, now: "datetime", book: Casebook | None = None) -> None:
    """Trust the root no longer; evidence that was installed with it goes out of use too. Raises CommandError."""
    if not why.strip():
        raise CommandError(tr("say why the root is forgotten; it is kept"))
    place = paths.packs_dir()
    try:
        if root_trust.put_aside(place):
            detail, roots = tr("what was trusted could not be read"), _every_root(place)
        else:
            before = root_trust.read_trust(place)
            root_trust.write_trust(place, root_trust.forgotten(before, now, why.strip()))
            detail, roots = fingerprint(before.data), {step.fingerprint for step in before.steps}
        set_aside(place, now, why.strip(), roots)
    except PackError as error:
        raise CommandError(str(error)) from error
    if book is not None:
        book.record("root_forgotten", detail=f"{detail}: {why.strip()}")


def _every_root(place: Path) -> set[str]:
    """Return every root that packs here were checked with, but for the one the program came with."""
    own = shipped_root()
    return {step.root for step in read_installed(place).steps} - ({fingerprint(own)} if own else set())
