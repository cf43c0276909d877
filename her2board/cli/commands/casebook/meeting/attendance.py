"""The command 'casebook meeting attendance': who of which discipline was there."""

import argparse

from her2board.briefing.slips import attended_words
from her2board.case.terms import Discipline
from her2board.casebook.meeting_edits import with_attendance
from her2board.cli.arguments import Commands
from her2board.cli.books import add_book, add_meeting, book_of, meeting_of
from her2board.cli.errors import CommandError
from her2board.cli.output import say
from her2board.wording import tr

_CHOICES = {one.value: one for one in Discipline if one != Discipline.OTHER}
_ANSWERS = (("present", True), ("absent", False), ("not_recorded", None))


def add_parser(commands: Commands) -> None:
    """Add the command."""
    words = tr("record which disciplines attended a meeting; those not named stay as they are")
    parser = commands.add_parser("attendance", help=words)
    add_book(parser)
    add_meeting(parser)
    shown = ", ".join(_CHOICES)
    for name, _ in _ANSWERS:
        option = f"--{name.replace('_', '-')}"
        parser.add_argument(option, nargs="+", choices=_CHOICES, default=[], metavar="DISCIPLINE", help=shown)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Record it and print who attended."""
    said = {one: present for name, present in _ANSWERS for one in getattr(options, name)}
    if sum(len(getattr(options, name)) for name, _ in _ANSWERS) > len(said):
        raise CommandError(tr("a discipline is named twice; name each once"))
    with book_of(options) as book:
        kept = meeting_of(book, options.meeting)
        meeting = kept.value
        for one, present in said.items():
            meeting = with_attendance(meeting, _CHOICES[one], present)
        if meeting != kept.value:
            book.save_meeting(meeting, kept.version)
    say("".join(run.text for run in attended_words(meeting.attendance)))
    return 0
