"""The action 'packs make': a signed pack of a release."""

import argparse
from datetime import date
from pathlib import Path

from her2board import __version__, paths
from her2board.cli.arguments import Commands
from her2board.cli.cohorts import require_folder
from her2board.cli.curation import Curated, waiting_words
from her2board.cli.errors import CommandError
from her2board.cli.evidence_packs import add_keys, passphrase_of, plainly, read_file
from her2board.cli.output import say, write
from her2board.evidence import files
from her2board.evidence import yaml as strict_yaml
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.loader import load_release
from her2board.packs.record import Change, PackRecord
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the action."""
    parser = commands.add_parser("make", help=tr("make a signed pack of a release"))
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="PACK")
    add_keys(parser)
    parser.add_argument("--release", type=Path, metavar="FOLDER", help=tr("the release (default: the shipped one)"))
    parser.add_argument(
        "--number", type=int, required=True, help=tr("number of the pack: one more than the one before")
    )
    words = tr("day after which it is not installed without a reason (default: the day its review is due)")
    parser.add_argument("--valid-until", type=date.fromisoformat, metavar="DATE", help=words)
    words = tr("the release before; every file that differs needs a reason (default: as its change list says)")
    parser.add_argument("--before", type=Path, metavar="FOLDER", help=words)
    words = tr("YAML file with a reason for each file that differs ('trials/xyz.yaml: why')")
    parser.add_argument("--reasons", type=Path, metavar="FILE", help=words)
    words = tr("first version of the program it fits, and the first it no longer fits (default: this one, the next)")
    parser.add_argument("--fits", nargs=2, metavar="VERSION", default=fits(), help=words)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the pack and its detached signature. Raises CommandError and BrokenReleaseError."""
    folder = options.release or paths.evidence_dir()
    require_folder(folder)
    library = load_release(folder)
    if not library.as_reviewed:
        words = tr("{folder}: not as it was reviewed; 'her2board evidence reviewed' records a review")
        raise CommandError(words.format(folder=folder))
    if waiting := waiting_words(folder):
        raise CommandError(f"{folder}: {waiting}")
    sign(folder, _record(options, library, folder), options, passphrase_of(options, options.keys))
    return 0


def sign(folder: Path, record: PackRecord, options: argparse.Namespace, passphrase: bytes) -> None:
    """Write a pack of a release that was checked, and its detached signature. Raises CommandError."""
    from her2board.packs import keys
    from her2board.packs.make import make_pack, signed_by

    with plainly():
        pack = make_pack(folder, record, options.keys, passphrase)
        write(options.output, pack)
        said = [str(options.output)]
        if keys.held(options.keys, (keys.DETACHED,)):
            signature = options.output.with_name(options.output.name + ".sig")
            write(signature, keys.detached_signature(options.keys, pack, passphrase))
            public = options.output.with_name("her2board-packs.pem")
            write(public, keys.detached_public(options.keys, passphrase))
            said += [str(signature), str(public)]
        missing = [name for name, signed in signed_by(pack).items() if not signed]
    say("\n".join(said))
    if missing:
        say(tr("Still to be signed by: {names} ('her2board packs sign').").format(names=", ".join(missing)))


def _record(options: argparse.Namespace, library: EvidenceLibrary, folder: Path) -> PackRecord:
    release = library.release
    return PackRecord(
        number=options.number,
        release=release.version,
        released=release.as_of,
        valid_until=options.valid_until or release.review_by,
        fits=tuple(options.fits),
        content_hash=library.content_hash,
        changes=_changes(options, folder),
    )


def _changes(options: argparse.Namespace, folder: Path) -> tuple[Change, ...]:
    from her2board.packs.difference import changed_files

    if options.before is None:
        return listed_changes(folder)
    require_folder(options.before)
    differ = changed_files(files.texts(options.before), files.texts(folder))
    reasons: object = {}
    if options.reasons is not None:
        reasons, problem = strict_yaml.read(read_file(options.reasons).decode(), str(options.reasons))
        if problem is not None or not isinstance(reasons, dict):
            raise CommandError(
                str(problem) if problem else tr("{path}: no list of reasons").format(path=options.reasons)
            )
    given = {str(name): str(why) for name, why in reasons.items()} if isinstance(reasons, dict) else {}
    if lacking := [name for name in differ if not given.get(name, "").strip() and name != files.RELEASE]:
        words = tr("no reason given for {count} files that differ (--reasons): {names}")
        raise CommandError(words.format(count=len(lacking), names=", ".join(lacking)))
    return tuple(Change(record=name, why=given.get(name, tr("number and dates of the release"))) for name in differ)


def listed_changes(folder: Path) -> tuple[Change, ...]:
    """Return why the files of a release changed, as its change list says; nothing where there is none."""
    why = Curated(folder).reasons()
    if why:
        why = {**why, files.RELEASE: tr("number and dates of the release")}
    return tuple(Change(record=name, why=words) for name, words in sorted(why.items()))


def fits() -> tuple[str, str]:
    """Return the first version of the program a pack fits unless stated, and the first it no longer fits."""
    major, minor, *_ = __version__.split(".")
    return __version__, f"{major}.{int(minor) + 1}.0"
