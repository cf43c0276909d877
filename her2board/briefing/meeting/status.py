"""The status of a case on a list as far as it can be worked out: a suggestion, which a person sets."""

from msgspec import Struct

from her2board.briefing.meeting.comes_back import discussed
from her2board.case.terms import CarriedOut
from her2board.casebook.model import CaseSummary, Listing, Status
from her2board.wording import tr, trn

_COME_IN = ("heard", "pending")
"""Status of a discipline that has been asked."""


class Suggested(Struct, frozen=True):
    """A status, and why it is the one."""

    status: Status
    because: str


def suggested(summary: CaseSummary, listing: Listing) -> Suggested:
    """Return the status that what is recorded amounts to; never 'closed', which only a person knows."""
    outcome = listing.outcome
    if outcome.decision and outcome.carried_out == CarriedOut.YES:
        return Suggested(Status.CARRIED_OUT, tr("decision recorded as carried out"))
    if discussed(listing.model_copy(update={"status": Status.LISTED})):
        recorded = tr("decision recorded") if outcome.decision else tr("recorded as deferred")
        return Suggested(Status.DISCUSSED, recorded)
    if not summary.question:
        open_ = tr("question for the board not recorded")
    elif summary.owed:
        open_ = trn("{n} item owed", "{n} items owed", len(summary.owed)).format(n=len(summary.owed))
    else:
        return Suggested(Status.READY, tr("question recorded, nothing owed"))
    status = Status.COLLECTING if _asked(summary) else Status.LISTED
    return Suggested(status, open_ if _asked(summary) else tr("{what}, no one asked yet").format(what=open_))


def _asked(summary: CaseSummary) -> bool:
    """Return whether anybody was asked: a day is set for something owed, or a discipline was heard or is pending."""
    return any(owed.due for owed in summary.owed) or any(state in _COME_IN for _, state in summary.disciplines)
