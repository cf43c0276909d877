"""The action 'evidence change': one value with reason, day, name and what was read."""

import argparse

from her2board.cli.arguments import Commands
from her2board.cli.curation import Curated, add_why, curated, why_of, write_all
from her2board.cli.errors import CommandError
from her2board.cli.output import say
from her2board.evidence.curation.change import change, whole_record
from her2board.evidence.curation.edit import EditError
from her2board.evidence.curation.log import CHANGES, Change
from her2board.evidence.loader import problems_of
from her2board.evidence.problems import BrokenReleaseError
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the action."""
    parser = commands.add_parser("change", help=tr("change one value, or say why a record was edited or added"))
    words = tr("address of the value, as 'evidence values' lists them: kamilla/measurable/overall_response")
    parser.add_argument("value", metavar="VALUE", help=words)
    words = tr(
        "what it shall hold, as it is written in the file: value=5.6, interval.low=5.2; none: it was edited by hand"
    )
    parser.add_argument("fields", nargs="*", type=_field, metavar="FIELD=NEW", help=words)
    add_why(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Change the file and record why. Raises CommandError, and BrokenReleaseError for what does not fit."""
    release = curated(options)
    value, why = release.named(options.value), why_of(options, release)
    if not options.fields:
        write_all(release.add(CHANGES, whole_record(value, why)))
        say(tr("{value}: {why}").format(value=value.address, why=why.because))
        return 0
    document = release.documents[value.file]
    try:
        text, entries = change(release.texts[value.file], value, document, dict(options.fields), why)
    except EditError as error:
        raise CommandError(str(error)) from error
    write_change(release, value.file, text, entries)
    for entry in entries:
        before = tr("not there") if entry.before is None else entry.before
        say(f"{entry.value}: {entry.field}: {before} -> {entry.after}")
    return 0


def write_change(release: Curated, file: str, text: str, entries: tuple[Change, ...]) -> None:
    """Write an edited file and the change list, unless the release would have more problems with it.

    Raises BrokenReleaseError and CommandError; then nothing was written.
    """
    if after := tuple(problems_of(release.folder, {file: text})):
        before = {(problem.file, problem.message) for problem in problems_of(release.folder)}
        new = tuple(problem for problem in after if (problem.file, problem.message) not in before)
        if new:
            raise BrokenReleaseError(new)
    write_all({release.folder / file: text, **release.add(CHANGES, entries)})


def _field(text: str) -> tuple[str, str]:
    field, equals, new = text.partition("=")
    if equals and field.strip():
        return field.strip(), new.strip()
    raise argparse.ArgumentTypeError(tr("'{text}' is not FIELD=NEW; write it as value=5.6").format(text=text))
