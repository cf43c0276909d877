"""What the meeting is asked against what is recorded beside it."""

from collections.abc import Iterator

from her2board.case.contradictions.declare import Clash, Rules
from her2board.case.model import Case
from her2board.wording import tr

rules = Rules()


@rules.rule("wbrt_proposed")
def proposed_by_somebody_yet_not_proposed(case: Case) -> Iterator[Clash]:
    """Somebody proposes whole-brain radiotherapy, and it is not proposed; who that is may be a name."""
    if case.meeting.wbrt_proposed is False and case.meeting.wbrt_proposed_by:
        yield Clash(
            tr("whole-brain radiotherapy is recorded as not proposed, yet who proposes it is recorded"),
            ("meeting.wbrt_proposed", "meeting.wbrt_proposed_by"),
        )
