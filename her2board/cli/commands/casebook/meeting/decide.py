"""The command 'casebook meeting decide': what a meeting decided about a case, and what became of it."""

import argparse
from typing import Any

from pydantic import ValidationError

from her2board.briefing.meeting.into_book import store_meeting
from her2board.case.checks import problems_from
from her2board.case.terms import CarriedOut
from her2board.casebook.model import Listing, Outcome, RadiationOutcome, Status
from her2board.cli.arguments import Commands
from her2board.cli.books import add_book, add_case, add_meeting, book_of, case_id, day_from, meeting_of
from her2board.cli.errors import CommandError
from her2board.cli.output import say, warn
from her2board.wording import tr

_TEXTS = ("decision", "dissent", "fallback", "owner", "tells_patient", "deferral_reason", "carried_out_note")
_DAYS = ("due", "carried_out_on")
_FLAGS = ("deferred", "trial_mentioned", "wbrt_proposed")
_OF_LISTING = ("status", "not_ready_because", "minutes")
_YES = {"yes": True, "no": False}


def add_parser(commands: Commands) -> None:
    """Add the command."""
    words = tr("record what was decided about a case, and later whether it was carried out; what is not named stays")
    parser = commands.add_parser("decide", help=words)
    add_book(parser)
    add_meeting(parser)
    add_case(parser)
    for name in (*_TEXTS, "minutes", "not_ready_because"):
        parser.add_argument(option(name), metavar="WORDS", help=tr("in words"))
    for name in _DAYS:
        parser.add_argument(option(name), type=day_from, metavar="DAY", help=tr("a day, as 2026-12-03"))
    for name in _FLAGS:
        parser.add_argument(option(name), choices=tuple(_YES), help=tr("yes or no; without it: not recorded"))
    words = tr("was it discussed before the treatment it is about had begun?")
    parser.add_argument("--prospective", choices=tuple(_YES), help=words)
    parser.add_argument("--wbrt-outcome", choices=[one.value for one in RadiationOutcome], help=tr("of that proposal"))
    parser.add_argument("--carried-out", choices=[one.value for one in CarriedOut], help=tr("was it carried out?"))
    parser.add_argument("--status", choices=[one.value for one in Status], help=tr("how far the case is"))
    parser.set_defaults(run=run)


def option(name: str) -> str:
    """Return a field as an option."""
    return f"--{name.replace('_', '-')}"


def run(options: argparse.Namespace) -> int:
    """Record the outcome; a case with a decision counts as discussed unless a status is named."""
    names = (*_TEXTS, *_DAYS, *_FLAGS, "wbrt_outcome", "carried_out")
    said: dict[str, Any] = {name: value for name in names if (value := getattr(options, name)) is not None}
    said |= {name: _YES[said[name]] for name in _FLAGS if name in said}
    beside = {name: value for name in _OF_LISTING if (value := getattr(options, name)) is not None}
    if options.prospective:
        beside["prospective"] = _YES[options.prospective]
    if not said and not beside:
        raise CommandError(tr("nothing to record: name a decision, or what became of it"))
    with book_of(options) as book:
        kept = meeting_of(book, options.meeting)
        key = case_id(book, options.case)
        listing = kept.value.listing(key)
        if listing is None:
            raise CommandError(tr("'{case}' is not on the list of this meeting").format(case=options.case))
        decided = _decided(listing, said, beside)
        listings = tuple(decided if one is listing else one for one in kept.value.listings)
        meeting = kept.value.model_copy(update={"listings": listings})
        known = store_meeting(book, kept.value, meeting, kept.version).known
    say(tr("recorded; status: {status}").format(status=tr(decided.status.label)))
    for one in known:
        warn(one.words())
    return 1 if any(one.refused for one in known) else 0


def _decided(listing: Listing, said: dict[str, Any], beside: dict[str, Any]) -> Listing:
    """Return the listing with what was said of it. Raises CommandError where that cannot be."""
    status: dict[str, Any] = {}
    if "carried_out" in said and said["carried_out"] == CarriedOut.YES:
        status = {"status": Status.CARRIED_OUT}
    elif "decision" in said and listing.status in (Status.LISTED, Status.COLLECTING, Status.READY):
        status = {"status": Status.DISCUSSED}
    try:
        outcome = Outcome.model_validate({**dict(listing.outcome), **said})
        return Listing.model_validate({**dict(listing), **status, **beside, "outcome": outcome})
    except ValidationError as error:
        raise CommandError("; ".join(map(str, problems_from(error)))) from error
