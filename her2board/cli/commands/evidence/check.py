"""The action 'evidence check': every problem of a release, or what it holds."""

import argparse
from pathlib import Path

from her2board import paths
from her2board.cli.arguments import Commands
from her2board.cli.cohorts import folder_of, library_of
from her2board.cli.commands.evidence.figures import figures
from her2board.cli.curation import waiting_words
from her2board.cli.errors import CommandError
from her2board.cli.output import say
from her2board.evidence import files
from her2board.evidence.library import EvidenceLibrary
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the action."""
    commands.add_parser("check", help=tr("report every problem of the release")).set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Say what was checked. Raises CommandError for a release that is not the one reviewed."""
    library, folder = library_of(options), folder_of(options) or paths.evidence_dir()
    say(_counts(library))
    if waiting := waiting_words(folder):
        say(waiting)
    if not library.as_reviewed:
        words = tr(
            "the evidence changed locally; not as reviewed: {files}. "
            "After reviewing them run 'her2board evidence reviewed'"
        )
        raise CommandError(words.format(files=", ".join(_changed(folder))))
    return 0


def _changed(folder: Path) -> list[str]:
    """Return the files that are not as reviewed; the list of them itself where that is what changed."""
    reviewed = folder / files.REVIEWED
    listed = reviewed.read_text(encoding="utf-8", errors="replace") if reviewed.exists() else ""
    return files.not_as_reviewed(files.texts(folder), listed) or [files.RELEASE]


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
