"""The casebook over any storage: cases with their versions, meetings, sign-offs, the audit."""

import json
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn

from msgspec import Struct

from her2board.case.checks import CaseError
from her2board.case.model import Case
from her2board.case.storage import dump_compact, parse
from her2board.casebook import audit
from her2board.casebook.audit import Line
from her2board.casebook.book import CaseEdit, ConflictError, Entry, Kept, Wanted
from her2board.casebook.brief_text import brief_text, summary_in
from her2board.casebook.changed_words import changed_words
from her2board.casebook.filters import case_filters, code_filter, wanted_filters
from her2board.casebook.keys import derived, recovery_key
from her2board.casebook.model import BoardMeeting, CaseSummary, CaseVersion, SignedOff
from her2board.casebook.places import Place
from her2board.casebook.search import asked_terms, index_terms
from her2board.casebook.storage import Brief, Change, StaleError, Storage, Version
from her2board.casebook.summaries import Summaries
from her2board.wording import day_words, tr

CASE, MEETING, SIGNED = "case", "meeting", "signed"
_CHANGING = ("added", "changed", "removed", "imported")
"""Actions after which a case or meeting is another than before."""


class Hands(Struct, frozen=True):
    """Who works with a casebook and what they bring: name, clock, and how a case is summed up."""

    by: str
    now: Callable[[], datetime]
    summary: Callable[[Case], CaseSummary]


class Site(Struct, frozen=True):
    """Where a casebook is."""

    path: Path
    """The file; of one on a server, its name in the settings."""
    place: Place
    header: Callable[[], bytes]
    """Returns the wrapped key as it is kept there."""


class StoredCasebook:
    """``Casebook`` over a storage."""

    def __init__(self, storage: Storage, key: bytes, hands: Hands, site: Site) -> None:
        self.storage = storage
        self.site = site
        self._secret = bytearray(key)
        self._key = bytearray(derived(key, "audit"))
        self._hands = hands

    @property
    def by(self) -> str:
        """Who works with it."""
        return self._hands.by

    @property
    def place(self) -> Place:
        """What kind of place it is in."""
        return self.site.place

    def secret(self) -> bytes:
        """Return the key of its file, for copies of it."""
        return bytes(self._secret)

    def now(self) -> datetime:
        """Return the time, in UTC."""
        return self._hands.now()

    # Cases

    def summaries(self) -> Mapping[str, Kept[CaseSummary]]:
        """Return what a list shows of every case, by id."""
        return Summaries(self.storage.keys(CASE), lambda ids: self.storage.briefs(CASE, ids), _summary)

    def some_summaries(self, ids: Sequence[str]) -> Mapping[str, Kept[CaseSummary]]:
        """Return what a list shows of some cases, by id; those that are no longer there are left out."""
        return {brief.key: _summary(brief) for brief in self.storage.briefs(CASE, ids)}

    def find(self, wanted: Wanted, limit: int = 50) -> Sequence[str]:
        """Return ids of the cases found, the latest saved first."""
        terms = [*wanted_filters(wanted), *asked_terms(wanted.words)]
        among = self._among(wanted)
        found: list[str] = []
        before: int | None = None
        page = limit
        while len(found) < limit:
            hits = self.storage.find(terms, page, before)
            found += [key for _, key in hits if among is None or key in among]
            if len(hits) < page:
                break
            before, page = hits[-1][0], 2_000
        return found[:limit]

    def with_code(self, code: str) -> Sequence[str]:
        """Return ids of the cases of a code, upper or lower case alike, the latest saved first."""
        return [key for _, key in self.storage.find([code_filter(code)], 1_000)]

    def case(self, case_id: str) -> Kept[Case]:
        """Return the latest version of a case; KeyError where there is none."""
        return kept_case(self._latest(CASE, case_id))

    def case_at(self, case_id: str, number: int) -> Kept[Case]:
        """Return a case as one version had it; KeyError where there is none."""
        found = self.storage.at(CASE, case_id, number)
        if found is None:
            raise KeyError(case_id, number)
        return kept_case(found)

    def versions(self, case_id: str) -> Sequence[CaseVersion]:
        """Return every saved version of a case, the latest first."""
        return tuple(_case_version(case_id, number, head) for number, head in self.storage.heads(CASE, case_id))

    def add(self, case: Case) -> Kept[Case]:
        """Store a new case as version 1."""
        key = new_id()
        return self._put_case(key, case, 0, changed_words(None, case), "added")

    def save(self, case_id: str, case: Case, expected: int, *, changed: str = "") -> Kept[Case]:
        """Store the next version of a case; ConflictError unless ``expected`` is the latest."""
        before = self.storage.at(CASE, case_id, expected)
        if before is None:
            self._conflict(CASE, case_id, expected)
        words = changed or changed_words(kept_case(before).value, case)
        return self._put_case(case_id, case, expected, words, "changed")

    def _put_case(self, key: str, case: Case, expected: int, changed: str, action: str) -> Kept[Case]:
        at = self._hands.now()
        self.write(self._case_change(at, CaseEdit(key, case, expected, changed), action))
        return Kept(key, expected + 1, case, at, self._hands.by)

    def _case_change(self, at: datetime, edit: CaseEdit, action: str) -> tuple[Change, Line]:
        by, number = self._hands.by, edit.expected + 1
        brief, terms = self._brief_of_case(edit.case)
        text = dump_compact(edit.case)
        change = Change(CASE, edit.case_id, edit.expected, head(at, by, edit.changed), text, brief, terms)
        return change, Line(at, by, action, edit.case_id, tr("version {n}").format(n=number))

    def changes_of(self, cases: Sequence[CaseEdit]) -> Sequence[tuple[Change, Line]]:
        """Return the next versions of cases, to be written together with what they come from."""
        at = self._hands.now()
        return [self._case_change(at, one, "changed") for one in cases]

    def _brief_of_case(self, case: Case) -> tuple[str, str]:
        summary = self._hands.summary(case)
        return brief_text(summary), index_terms(summary.text, case_filters(summary))

    def brief_of(self, kind: str, version: Version) -> tuple[str, str]:
        """Return what is stored beside a version: what a list shows of it, and its search terms."""
        return self._brief_of_case(parse(version.payload)) if kind == CASE else (version.payload, "")

    def remove(self, case_id: str, expected: int) -> None:
        """Remove a case with its versions; the audit keeps that it was there."""
        code = self.case(case_id).value.code
        self.write((Change(CASE, case_id, expected), self._line("removed", case_id, code)))

    # Meetings

    def meetings(self) -> Sequence[Kept[BoardMeeting]]:
        """Return every meeting, the latest day first."""
        found = [kept_meeting(Version(*one)) for one in self.storage.briefs(MEETING)]
        return sorted(found, key=lambda kept: (kept.value.day, kept.key), reverse=True)

    def meeting(self, meeting_id: str) -> Kept[BoardMeeting]:
        """Return one meeting; KeyError where there is none."""
        return kept_meeting(self._latest(MEETING, meeting_id))

    def add_meeting(self, day: date, board: str = "", place: str = "") -> Kept[BoardMeeting]:
        """Store a new meeting without cases."""
        meeting = BoardMeeting(id=new_id(), day=day, board=board, place=place)
        return self._put_meeting(meeting, 0, "added", ())

    def meeting_at(self, meeting_id: str, number: int) -> Kept[BoardMeeting]:
        """Return a meeting as one version had it; KeyError where there is none."""
        found = self.storage.at(MEETING, meeting_id, number)
        if found is None:
            raise KeyError(meeting_id, number)
        return kept_meeting(found)

    def save_meeting(self, meeting: BoardMeeting, expected: int, cases: Sequence[CaseEdit] = ()) -> Kept[BoardMeeting]:
        """Store the next version of a meeting and of cases, all of them or none; ConflictError where one moved on."""
        return self._put_meeting(meeting, expected, "changed", cases)

    def _put_meeting(
        self, meeting: BoardMeeting, expected: int, action: str, cases: Sequence[CaseEdit]
    ) -> Kept[BoardMeeting]:
        at, words = self._hands.now(), meeting.model_dump_json(exclude_defaults=True)
        change = Change(MEETING, meeting.id, expected, head(at, self._hands.by, ""), words, words)
        detail = tr("meeting of {day}, version {n}").format(day=day_words(meeting.day), n=expected + 1)
        self.write((change, Line(at, self._hands.by, action, meeting.id, detail)), *self.changes_of(cases))
        return Kept(meeting.id, expected + 1, meeting, at, self._hands.by)

    # Sign-off

    def sign_off(self, signed: SignedOff) -> None:
        """Keep the exact inputs of a signed-off briefing."""
        key = f"{signed.case_id} {new_id()}"
        words = signed.model_dump_json()
        change = Change(SIGNED, key, 0, head(signed.at, signed.by, ""), words, words)
        detail = tr("version {n}, PDF {sha256}").format(n=signed.version, sha256=signed.sha256)
        self.write((change, self._line("signed_off", signed.case_id, detail)))

    def signed_off(self, case_id: str) -> Sequence[SignedOff]:
        """Return the signed-off briefings of a case, the latest first."""
        return [one for one in self.signed_pages() if one.case_id == case_id]

    def signed_pages(self) -> Sequence[SignedOff]:
        """Return the signed-off briefings of all cases, the latest first."""
        found = (SignedOff.model_validate_json(brief.brief) for brief in self.storage.briefs(SIGNED))
        return sorted(found, key=lambda one: one.at, reverse=True)

    # What is kept once

    def remembered(self, name: str) -> str:
        """Return a text that is kept under a name; empty where there is none."""
        return self.storage.setting(name) or ""

    def remember(self, name: str, text: str, action: str = "", detail: str = "") -> None:
        """Keep a text under a name, in place of the one before; with ``action`` the audit says so."""
        lines = [self._line(action, detail=detail)] if action else []
        self.storage.write((), audit.sealing(bytes(self._key), lines), ((name, text),))

    # Audit

    def record(self, action: str, subject: str = "", detail: str = "") -> None:
        """Write into the audit what changed nothing here: an export, a print."""
        self.storage.write((), audit.sealing(bytes(self._key), [self._line(action, subject, detail)]))

    def record_attempts(self, found: Sequence[tuple[datetime, str, str]]) -> None:
        """Write failed unlocks into the audit: when, by whom, and the token each was noted under; none twice."""
        known = {entry.detail for entry in self.audit() if entry.action == "unlock_failed"}
        lines = [Line(at, by, "unlock_failed", "", token) for at, by, token in found if token not in known]
        self.storage.write((), audit.sealing(bytes(self._key), lines))

    def audit(self) -> Sequence[Entry]:
        """Return the audit, the oldest first."""
        return [audit.entry(number, text) for number, text, _ in self.storage.sealed()]

    def audit_problems(self) -> Sequence[str]:
        """Return every entry of the audit that was removed or altered, in words."""
        return audit.chain_problems(self.storage.sealed(), self.storage.last(), bytes(self._key))

    def newest(self) -> int:
        """Return the newest audit number; 0 of an empty audit."""
        return self.storage.last()[0]

    def changed_since(self, seen: int) -> tuple[int, Sequence[str]]:
        """Return the newest audit number, and ids of cases and meetings changed after number ``seen``."""
        entries = [audit.entry(number, text) for number, text in self.storage.changed_after(seen)]
        newest = entries[-1].number if entries else seen
        return newest, tuple(dict.fromkeys(entry.subject for entry in entries if entry.action in _CHANGING))

    def _not_as_audited(self) -> Iterator[str]:
        """Yield cases that are not as of their latest change in the audit: put back to an earlier one, or missing."""
        latest: dict[str, int] = {}
        for entry in self.audit():
            if entry.action == "removed":
                latest.pop(entry.subject, None)
            elif entry.action in _CHANGING:
                latest[entry.subject] = entry.number
        here = {key: place for place, key in self.storage.find((), 1 << 30)}
        meetings = {*self.storage.keys(MEETING)}
        for key, number in latest.items():
            if key not in here and key not in meetings:
                yield tr("{key} is missing; the audit has its change {n} and no removal").format(key=key, n=number)
            elif key in here and here[key] != number:
                yield tr("case {key} is not as of its latest change, {n}").format(key=key, n=number)

    def recovery_key(self) -> str:
        """Return the recovery key as it is printed, and note in the audit that it was shown."""
        self.record("recovery_key_shown")
        return recovery_key(bytes(self._secret))

    def verify(self) -> tuple[Sequence[str], int]:
        """Read everything; return what is not as it was written, in words, and how many versions were read."""
        problems, count = list(self.storage.problems()), 0
        if problems:  # the rest can only repeat it
            return problems, count
        problems += [*self.audit_problems(), *self._not_as_audited()]
        for kind, read in ((CASE, kept_case), (MEETING, kept_meeting)):
            for brief in self.storage.briefs(kind):
                for number, _ in self.storage.heads(kind, brief.key):
                    count += 1
                    try:
                        read(self.storage.at(kind, brief.key, number))  # type: ignore[arg-type]  # reason: it is listed
                    except (ValueError, KeyError, CaseError) as error:
                        words = tr("{kind} {key}, version {n}: {why}")
                        problems.append(words.format(kind=kind, key=brief.key, n=number, why=error))
        return problems, count

    def lock(self) -> None:
        """Close the file and forget the key."""
        self.storage.close()
        for secret in (self._secret, self._key):
            secret[:] = bytes(len(secret))

    # Shared

    def _line(self, action: str, subject: str = "", detail: str = "") -> Line:
        return Line(self._hands.now(), self._hands.by, action, subject, detail)

    def write(self, *written: tuple[Change, Line]) -> None:
        """Write records, each with its entry in the audit, all or none; ConflictError where one moved on."""
        changes, lines = zip(*written, strict=True)
        try:
            self.storage.write(changes, audit.sealing(bytes(self._key), lines))
        except StaleError as error:
            expected = next(one.expected for one in changes if (one.kind, one.key) == (error.kind, error.key))
            self._conflict(error.kind, error.key, expected)

    def _conflict(self, kind: str, key: str, expected: int) -> NoReturn:
        found = self.storage.latest(kind, key)
        theirs = None if found is None else kept_case(found) if kind == CASE else kept_meeting(found)
        raise ConflictError(key, expected, theirs)

    def _latest(self, kind: str, key: str) -> Version:
        found = self.storage.latest(kind, key)
        if found is None:
            raise KeyError(key)
        return found

    def _among(self, wanted: Wanted) -> frozenset[str] | None:
        """Return the cases that the filters about meetings leave; None where there are none."""
        if not (wanted.meeting or wanted.status):
            return None
        kept = self.meetings()
        if wanted.meeting:
            kept = [one for one in kept if one.key == wanted.meeting]
        status: dict[str, str] = {}
        for one in kept:  # the latest first
            for listing in one.value.listings:
                status.setdefault(listing.case_id, listing.status)
        return frozenset(key for key, value in status.items() if not wanted.status or value in wanted.status)


def new_id() -> str:
    """Return an id that says nothing of what it is for."""
    return secrets.token_hex(8)


def head(at: datetime, by: str, changed: str) -> str:
    """Return what is stored of who wrote a version, when, and what changed."""
    return json.dumps({"at": at.isoformat(), "by": by, "changed": changed}, ensure_ascii=False)


def _said(text: str) -> tuple[datetime, str, str]:
    words = json.loads(text)
    return datetime.fromisoformat(words["at"]), words["by"], words["changed"]


def _summary(brief: Brief) -> Kept[CaseSummary]:
    at, by, _ = _said(brief.head)
    return Kept(brief.key, brief.version, summary_in(brief.brief), at, by)


def kept_case(found: Version) -> Kept[Case]:
    """Return a stored version as a case; CaseError where it cannot be read."""
    at, by, _ = _said(found.head)
    return Kept(found.key, found.number, parse(found.payload), at, by)


def kept_meeting(found: Version) -> Kept[BoardMeeting]:
    """Return a stored version as a meeting; ValueError where it cannot be read."""
    at, by, _ = _said(found.head)
    return Kept(found.key, found.number, BoardMeeting.model_validate_json(found.payload), at, by)


def _case_version(case_id: str, number: int, text: str) -> CaseVersion:
    at, by, changed = _said(text)
    return CaseVersion(case_id=case_id, number=number, at=at, by=by, changed=changed)
