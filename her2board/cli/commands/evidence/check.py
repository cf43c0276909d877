"""The action 'evidence check': every problem of a release, or what it holds."""

import argparse

from her2board.cli.arguments import Commands
from her2board.cli.cohorts import library_of
from her2board.cli.commands.evidence.figures import figures
from her2board.cli.errors import CommandError
from her2board.cli.output import say
from her2board.evidence.library import EvidenceLibrary
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the action."""
    commands.add_parser("check", help=tr("report every problem of the release")).set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Say what was checked. Raises CommandError for a release that is not the one reviewed."""
    library = library_of(options)
    say(_counts(library))
    if not library.as_reviewed:
        words = tr("release.yaml: the files have changed since the review; after reviewing them write {hash}")
        raise CommandError(words.format(hash=library.content_hash))
    return 0


def _counts(library: EvidenceLibrary) -> str:
    cohorts = sum(1 for _ in library.cohorts())
    return tr(
        "Release {version} of {as_of}, review by {review_by}: no problems. {trials} trials, {cohorts} cohorts, "
        "{values} values, {statements} statements, {references} references. Hash {hash}."
    ).format(
        version=library.release.version,
        as_of=library.release.as_of,
        review_by=library.release.review_by,
        trials=len(library.trials),
        cohorts=cohorts,
        values=sum(1 for _ in figures(library, library.cohorts())),
        statements=len(library.statements),
        references=len(library.references),
        hash=library.content_hash[:16],
    )
