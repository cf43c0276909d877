"""The action 'evidence release': everything a release needs in one step, or what it lacks."""

import argparse
from datetime import date, timedelta
from pathlib import Path

from her2board.cli.arguments import Commands, day, today
from her2board.cli.cohorts import require_folder
from her2board.cli.commands.evidence.reviewed import sealed
from her2board.cli.commands.packs.make import fits, listed_changes, sign
from her2board.cli.curation import Curated, curated, write_all
from her2board.cli.errors import CommandError
from her2board.cli.evidence_packs import add_passphrase, passphrase_of, plainly
from her2board.cli.output import say, write
from her2board.evidence import files
from her2board.evidence.changes import changes as differing_lines
from her2board.evidence.compiled import NAME, compiled
from her2board.evidence.curation import log, releasing
from her2board.evidence.curation.edit import EditError
from her2board.evidence.curation.readings import RELEASED, released_text
from her2board.evidence.curation.watch import RELEASES, ReleaseMade
from her2board.evidence.loader import load_release
from her2board.packs.record import PackRecord
from her2board.wording import tr, trn

CHANGELOG = "CHANGELOG.md"


def add_parser(commands: Commands) -> None:
    """Add the action."""
    words = tr("make a release: check it, write its number, dates, changelog and compiled form, and sign its pack")
    parser = commands.add_parser("release", help=words)
    parser.add_argument("version", metavar="NUMBER", help=tr("number of the release: 2027.01"))
    words = tr("the day the evidence holds for (default: today)")
    parser.add_argument("--on", type=day, metavar="DATE", help=words)
    words = tr("day after which pages say that it is old (default: as many days later as amber_after_days says)")
    parser.add_argument("--valid-until", type=day, metavar="DATE", help=words)
    words = tr("number of the pack (default: one more than the last)")
    parser.add_argument("--pack-number", type=int, metavar="N", help=words)
    words = tr("the last release, so that the changelog has both values of what was edited by hand")
    parser.add_argument("--before", type=Path, metavar="FOLDER", help=words)
    parser.add_argument("--keys", type=Path, metavar="FOLDER", help=tr("folder of the signing keys; none: no pack"))
    parser.add_argument("-o", "--output", type=Path, metavar="PACK", help=tr("where to write the pack"))
    add_passphrase(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Make the release. Raises BrokenReleaseError, and CommandError with everything that it lacks."""
    if (options.keys is None) != (options.output is None):
        raise CommandError(tr("a pack needs both --keys and --output"))
    if options.before is not None:
        require_folder(options.before)
    release, passphrase = curated(options), _opened_keys(options)
    made = _checked(options, release, load_release(release.folder).release.amber_after_days)
    _write(options, release, made)
    words = tr("release {version} of {day}, valid until {until}")
    say(words.format(version=made.version, day=made.as_of, until=made.valid_until))
    if options.keys is not None:
        sign(release.folder, _pack_record(release.folder, made), options, passphrase)
    return 0


def _opened_keys(options: argparse.Namespace) -> bytes:
    """Return the passphrase, once it opened every key that signs: nothing is written for keys that do not open.

    Raises CommandError.
    """
    passphrase = passphrase_of(options, options.keys)
    if options.keys is not None:
        from her2board.packs import keys

        with plainly():
            keys.roots(options.keys)
            for name in (*keys.held(options.keys, keys.READERS), "snapshot", "timestamp"):
                keys.signer_of(options.keys, name, passphrase)
    return passphrase


def _checked(options: argparse.Namespace, release: Curated, valid_days: int) -> ReleaseMade:
    """Return the record of the release. Raises CommandError with all that is lacking."""
    before = release.entries(ReleaseMade, RELEASES)
    on: date = options.on or today()
    number = options.pack_number or (before[-1].number + 1 if before else 1)
    until = options.valid_until or on + timedelta(days=valid_days)
    made = releasing.made_release(options.version, number, on, until)
    found = releasing.differences(release.values, release.last)
    lacking = list(releasing.lacking(made, before, release.queue(), found, release.changes))
    if lacking:
        head = trn(
            "release {version} is not made; {n} thing is lacking:",
            "release {version} is not made; {n} things are lacking:",
            len(lacking),
        ).format(version=options.version, n=len(lacking))
        raise CommandError("\n".join((head, *(f"- {words}" for words in lacking))))
    return made


def _write(options: argparse.Namespace, release: Curated, made: ReleaseMade) -> None:
    """Write everything that belongs to the release, and its compiled form. Raises CommandError."""
    folder, found = release.folder, releasing.differences(release.values, release.last)
    try:
        head = releasing.head(release.texts[files.RELEASE], made)
    except EditError as error:
        raise CommandError(str(error)) from error
    load_release(folder, {files.RELEASE: head})
    changelog = folder / CHANGELOG
    text = changelog.read_text(encoding="utf-8") if changelog.exists() else ""
    lines: dict[str, list[str]] = {}
    for one in differing_lines(options.before, folder) if options.before else ():
        words = f"{one.field}: {one.before} -> {one.after}" if one.field else one.kind
        lines.setdefault(one.record, []).append(words)
    section = releasing.notes(made, found, release.changes, release.entries(log.Reading, log.READINGS), lines)
    write_all(
        {
            **{folder / name: text for name, text in sealed({**release.texts, files.RELEASE: head}).items()},
            release.path(RELEASED): released_text(release.values, made.version, release.last),
            **release.add(RELEASES, (made,)),
            changelog: releasing.with_notes(text, section),
        }
    )
    write(folder / NAME, compiled(folder))
    (folder / NAME).chmod(0o644)


def _pack_record(folder: Path, made: ReleaseMade) -> PackRecord:
    library = load_release(folder)
    return PackRecord(
        number=made.number,
        release=made.version,
        released=date.fromisoformat(made.as_of),
        valid_until=date.fromisoformat(made.valid_until),
        fits=fits(),
        content_hash=library.content_hash,
        changes=listed_changes(folder),
    )
