"""The action 'packs diff': what a pack changes, and how cases read with it; nothing is changed."""

import argparse
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from her2board.assessment.clinic import as_built
from her2board.case.model import Case
from her2board.cli.arguments import Commands
from her2board.cli.cases import read_case
from her2board.cli.evidence_packs import add_pack, add_root, checked
from her2board.cli.output import say, warn
from her2board.cli.release import evidence_folder, load_library
from her2board.evidence import files
from her2board.evidence.changes import changes
from her2board.evidence.loader import load_release
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the action."""
    parser = commands.add_parser("diff", help=tr("what a pack changes, and which cases read otherwise with it"))
    add_pack(parser)
    parser.add_argument("cases", type=Path, nargs="*", metavar="CASE", help=tr("case files, or folders of them"))
    add_root(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print changed records with both values and reasons, then each case that reads otherwise. Raises CommandError."""
    from her2board.packs.difference import changed_files, reread

    pack = checked(options, although_expired=True)
    reasons = {change.record: change.why for change in pack.record.changes}
    old = evidence_folder()
    with tempfile.TemporaryDirectory() as scratch:
        new = Path(scratch)
        for name, text in pack.texts.items():
            (new / name).parent.mkdir(parents=True, exist_ok=True)
            (new / name).write_text(text, encoding="utf-8", newline="")
        for line in changes(old, new):
            why = reasons.get(line.partition(":")[0], "")
            say(f"{line}  [{why}]" if why else line)
        differ = changed_files(files.texts(old), {k: v for k, v in pack.texts.items() if k != files.REVIEWED})
        if not options.cases or not differ:
            return 0
        before, after = load_library(), as_built(load_release(new))
        read = affected = 0
        for found in reread(_cases(options.cases), before, after, differ):
            read += 1
            affected += bool(found.differs)
            for one in found.differs:
                records = ", ".join(one.records)
                say(f"{found.case}: {one.what} {one.id}: {one.before or '-'} -> {one.after or '-'}  [{records}]")
    say(tr("{affected} of {read} cases read otherwise").format(affected=affected, read=read))
    return 0


def _cases(named: list[Path]) -> Iterator[tuple[str, Case, date]]:
    from her2board.cli.errors import CommandError

    for path in named:
        for file in sorted(path.glob("*.her2case")) if path.is_dir() else (path,):
            try:
                read = read_case(file, None)
            except CommandError as error:
                warn(str(error))  # one broken file must not hide what the others say
            else:
                yield str(file), read.case, read.day
