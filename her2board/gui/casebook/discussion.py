"""What is said of one case at a meeting: gathered until it is over, then stored as one version of meeting and case."""

from collections.abc import Mapping
from contextlib import suppress

from pydantic import ValidationError

from her2board.case.checks import problems_from
from her2board.casebook import meeting_edits as edits
from her2board.casebook.book import Kept
from her2board.casebook.drafts import Said
from her2board.casebook.model import BoardMeeting, Listing, Status
from her2board.gui.casebook.session import BookSession
from her2board.wording import tr

_BEFORE = (Status.LISTED, Status.COLLECTING, Status.READY)
_SAYS_DISCUSSED = ("outcome.decision", "outcome.deferred")


class Discussion:
    """Keeps what was said encrypted beside the casebook meanwhile, so that a crash takes nothing of it."""

    def __init__(self, session: BookSession) -> None:
        self._session = session
        self.case_id = ""
        self._base: Kept[BoardMeeting] | None = None
        self._ours: BoardMeeting | None = None
        self._draft: Listing | None = None
        self._ending = False
        session.clashed.connect(self._hand_over)

    @property
    def meeting(self) -> BoardMeeting | None:
        """The meeting as stored, and with what was said since."""
        kept = self._session.meeting
        if kept is None or self._base is None or self._ours is None:
            return kept.value if kept else None
        return edits.settled(*edits.merged(self._base.value, self._ours, kept.value))

    @property
    def listing(self) -> Listing | None:
        """What is recorded of the case, and was said since."""
        meeting = self.meeting
        return meeting.listing(self.case_id) if meeting else None

    def say(self, name: str, value: object) -> None:
        """Take in a field of the listing, or 'outcome.' and one of its outcome."""
        base = self._base or self._session.meeting
        before = self._ours or (base.value if base else None)
        if base is None or before is None:
            return
        try:
            ours = with_said(before, self.case_id, {name: value})
        except ValidationError as error:
            self._session.reported.emit("; ".join(problem.message for problem in problems_from(error)), True)
            return
        if ours != before:
            self._base, self._ours = base, ours
            self.keep()

    def keep(self, typing: Mapping[str, object] | None = None) -> None:
        """Keep what was said against a crash, and what is being typed."""
        base = self._base or self._session.meeting
        if base is None or self._session.drafts is None or not (self._ours or typing):
            return
        with suppress(ValidationError):  # what cannot be is said when its field is left
            listing = with_said(self._ours or base.value, self.case_id, typing or {}).listing(self.case_id)
            if listing is not None and listing != self._draft:
                self._write(Said(base.key, base.version, listing))
                self._draft = listing

    def _write(self, said: Said) -> None:
        assert self._session.drafts is not None
        try:
            self._session.drafts.keep_said(said)
        except OSError as error:
            why = error.strerror or type(error).__name__
            words = tr("What is said cannot be protected against a crash or power cut ({why}); it is stored at Next.")
            self._session.reported.emit(words.format(why=why), True)

    def end(self, seconds: int = 0) -> bool:
        """Store what was said, and how long it took; return whether nothing of it waits any more."""
        base, case_id = self._base or self._session.meeting, self.case_id
        if base is None or (ours := self._ours or base.value).listing(case_id) is None:
            return True
        if seconds:
            known = ours.listing(case_id)
            ours = edits.with_listing(ours, case_id, seconds=((known.seconds or 0) if known else 0) + seconds)
        if ours == base.value:
            if self._draft is not None:
                self._forget()
            return True
        self._ending = True
        stored = self._session.attempt(lambda: self._session.put(base.value, ours, base.version))
        handed_over, self._ending = not self._ending, False
        if stored:
            self._forget()
        return bool(stored) or handed_over

    def _hand_over(self, _: object) -> None:
        """Leave it to whoever chooses between both sides; the draft stays until they have."""
        if self._ending:
            self._base = self._ours = self._draft = None
            self._ending = False

    def _forget(self) -> None:
        self._base = self._ours = self._draft = None
        self._session.forget_said()


def with_said(meeting: BoardMeeting, case_id: str, said: Mapping[str, object]) -> BoardMeeting:
    """Return the meeting with what was said of a case; with a decision, or deferred, it counts as discussed."""
    for name, value in said.items():
        part, _, field = name.partition(".")
        if field:
            meeting = edits.with_outcome(meeting, case_id, **{field: value})
        else:
            meeting = edits.with_listing(meeting, case_id, **{part: value})
        listing = meeting.listing(case_id)
        if name in _SAYS_DISCUSSED and value and listing is not None and listing.status in _BEFORE:
            meeting = edits.with_listing(meeting, case_id, status=Status.DISCUSSED)
    return meeting


def store_left_behind(session: BookSession) -> tuple[str, ...]:
    """Store what was said when the program ended without storing it; return the codes of the cases."""
    drafts = session.drafts
    codes = []
    for said in drafts.said() if drafts is not None else ():
        try:
            base = session.book.meeting_at(said.meeting_id, said.version).value
        except KeyError:
            continue
        listings = tuple(said.listing if one.case_id == said.listing.case_id else one for one in base.listings)
        ours = base.model_copy(update={"listings": listings})
        if session.attempt(lambda base=base, ours=ours, said=said: session.put(base, ours, said.version)):  # type: ignore[misc]  # reason: mypy cannot type a lambda's default
            codes.append(session.code(said.listing.case_id))
            assert drafts is not None
            drafts.clear_said(said.listing.case_id)
    return tuple(codes)
