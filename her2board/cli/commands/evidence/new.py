"""The action 'evidence new': a record to fill in."""

import argparse
import re
from pathlib import Path

from her2board import paths
from her2board.cli.arguments import Commands
from her2board.cli.cohorts import folder_of
from her2board.cli.errors import CommandError
from her2board.cli.output import say, write
from her2board.evidence import skeleton
from her2board.evidence import yaml as strict_yaml
from her2board.evidence.references import SLUG
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the action."""
    parser = commands.add_parser("new", help=tr("write the files of a new trial, to be filled in"))
    parser.add_argument("kind", choices=("trial",))
    words = tr("id of the trial: its registered name in lower case with hyphens, destiny-breast12")
    parser.add_argument("id", type=_slug, metavar="ID", help=words)
    words = tr("id of the publication it was read in (default: that of the trial); written too where it is new")
    parser.add_argument("--reference", type=_slug, metavar="REFERENCE", help=words)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the files and say which. Raises CommandError for an id that is taken."""
    release, templates = folder_of(options) or paths.evidence_dir(), paths.evidence_dir() / "templates"
    reference = options.reference or options.id
    trial, publication = release / "trials" / f"{options.id}.yaml", release / "references" / f"{reference}.yaml"
    if taken := _taken(options.id, trial):
        raise CommandError(tr("the id '{id}' is taken: {path}").format(id=options.id, path=taken))
    files = {trial: skeleton.new_trial(options.id, reference, templates)}
    if not publication.exists():
        files[publication] = skeleton.new_reference(reference, templates)
    for path, text in files.items():
        path.parent.mkdir(exist_ok=True)
        write(path, text.encode())
        say(str(path))
    say(tr("Fill in every key that is empty; 'her2board evidence check' says which are left."))
    return 0


def _taken(id_: str, path: Path) -> Path | None:
    """Return the file that has the name or the id of a new trial."""
    if path.exists():
        return path
    others = (
        (other, strict_yaml.read(other.read_text(encoding="utf-8"), "")[0]) for other in path.parent.glob("*.yaml")
    )
    return next((other for other, data in others if isinstance(data, dict) and data.get("id") == id_), None)


def _slug(text: str) -> str:
    if re.fullmatch(SLUG, text):
        return text
    form = re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")
    hint = tr("; write it as {form}").format(form=form) if form else ""
    raise argparse.ArgumentTypeError(tr("'{text}' is not an id").format(text=text) + hint)
