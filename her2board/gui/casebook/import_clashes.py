"""What an import brought, in words, and what went on differently on both sides, as clashes to choose from."""

from collections.abc import Iterator

from her2board.case.model import Case
from her2board.casebook.model import BoardMeeting
from her2board.casebook.transfer import Conflict, Imported
from her2board.gui.casebook.clashes import CaseClash, MeetingClash
from her2board.wording import tr, trn


def import_words(found: Imported) -> str:
    """Return what became of everything in an import."""
    words = tr("{added} added, {newer} brought up to date, {same} the same, {older} newer here.").format(
        added=len(found.added), newer=len(found.newer), same=len(found.same), older=len(found.older)
    )
    if found.conflicts:
        n = len(found.conflicts)
        words += " " + trn("{n} was changed on both sides.", "{n} were changed on both sides.", n).format(n=n)
    if found.same_code:
        n = len(found.same_code)
        words += " " + trn("{n} has a code that another case has.", "{n} have codes that other cases have.", n).format(
            n=n
        )
    return "\n".join((words, *found.known))


def clashes_of(found: Imported) -> tuple[CaseClash | MeetingClash, ...]:
    """Return a clash for each case or meeting that went on differently."""
    return tuple(clash for conflict, _ in found.conflicts for clash in _clash(conflict))


def _clash(one: Conflict) -> Iterator[CaseClash | MeetingClash]:
    ours, theirs = one.ours.value, one.theirs.value
    if isinstance(ours, Case) and isinstance(theirs, Case):
        base = one.before.value if one.before and isinstance(one.before.value, Case) else None
        yield CaseClash(base, ours, theirs, one.ours.version, one.theirs.by, one.theirs.at, one.key)
    elif isinstance(ours, BoardMeeting) and isinstance(theirs, BoardMeeting):
        both = one.merged_meeting()
        assert both is not None
        yield MeetingClash(ours, *both, one.ours.version, one.theirs.by, one.theirs.at)
