"""A casebook in memory, for screens and papers: the interface of the real one, without file, key or search index.

Two of them over one ``Shelf`` are two coordinators at one casebook.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

from her2board.briefing.meeting.counts import Counts, counts
from her2board.briefing.meeting.gathered import Gathered
from her2board.briefing.meeting.papers import PAPERS, PaperFile, PaperMade, PaperWanted
from her2board.case.differences import differences
from her2board.case.model import Case
from her2board.casebook.book import CaseEdit, ConflictError, Entry, Kept, Wanted
from her2board.casebook.errors import WrongPassphraseError
from her2board.casebook.model import BoardMeeting, CaseSummary, CaseVersion, SignedOff
from her2board.casebook.summary import summary_of
from her2board.gui.base.services import BookServices, PaperServices
from her2board.wording import tr

START = datetime(2026, 11, 29, 8, 0, tzinfo=UTC)


@dataclass
class Shelf:
    """What a casebook holds, and its clock: every write is a minute later than the one before."""

    cases: dict[str, list[Kept[Case]]] = field(default_factory=dict)
    changed: dict[str, list[str]] = field(default_factory=dict)
    meetings: dict[str, list[Kept[BoardMeeting]]] = field(default_factory=dict)
    signed: list[SignedOff] = field(default_factory=list)
    summaries: dict[str, tuple[int, CaseSummary]] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    kept: dict[str, str] = field(default_factory=dict)
    ids: count = field(default_factory=lambda: count(1))

    def now(self) -> datetime:
        return START + timedelta(minutes=len(self.entries))


class MemoryBook:
    """One coordinator's view of a shelf."""

    def __init__(self, shelf: Shelf | None = None, by: str = "A. Ferri") -> None:
        self.shelf = shelf or Shelf()
        self.by = by
        self.locked = False

    def _write(self, action: str, subject: str, detail: str = "") -> datetime:
        assert not self.locked, "the casebook is locked"
        at = self.shelf.now()
        number = len(self.shelf.entries) + 1
        self.shelf.entries.append(Entry(number, at, self.by, action, subject, detail))
        return at

    def summaries(self) -> Mapping[str, Kept[CaseSummary]]:
        return self.some_summaries(list(self.shelf.cases))

    def some_summaries(self, ids: Sequence[str]) -> Mapping[str, Kept[CaseSummary]]:
        latest = {key: self.shelf.cases[key][-1] for key in ids if key in self.shelf.cases}
        return {key: Kept(key, one.version, self._summed_up(one), one.at, one.by) for key, one in latest.items()}

    def _summed_up(self, kept: Kept[Case]) -> CaseSummary:
        known = self.shelf.summaries.get(kept.key)
        if known is None or known[0] != kept.version:
            self.shelf.summaries[kept.key] = known = kept.version, summary_of(kept.value)
        return known[1]

    def find(self, wanted: Wanted, limit: int = 50) -> Sequence[str]:
        found = [kept for kept in self.summaries().values() if self._fits(kept, wanted)]
        return [kept.key for kept in sorted(found, key=lambda kept: kept.at, reverse=True)][:limit]

    def _fits(self, kept: Kept[CaseSummary], wanted: Wanted) -> bool:
        words = "".join(c if c.isalnum() else " " for c in f"{kept.value.code} {kept.value.text}").casefold().split()
        if not all(any(word.startswith(part) for word in words) for part in wanted.words.casefold().split()):
            return False
        latest = next((one for one in self.meetings() if one.value.listing(kept.key)), None)
        status = latest.value.listing(kept.key).status if latest else ""
        return (
            (not wanted.status or status in wanted.status)
            and (
                not wanted.meeting
                or any(one.key == wanted.meeting and one.value.listing(kept.key) for one in self.meetings())
            )
            and (not wanted.owner or any(owed.by == wanted.owner for owed in kept.value.owed))
            and (not wanted.cns_class or kept.value.cns_class == wanted.cns_class)
            and (not wanted.exposure or wanted.exposure in kept.value.exposures)
            and (wanted.cohort == ("", "") or wanted.cohort in kept.value.cohorts)
        )

    def with_code(self, code: str) -> Sequence[str]:
        same = code.strip().casefold()
        return [key for key, kept in self.summaries().items() if kept.value.code.strip().casefold() == same]

    def case(self, case_id: str) -> Kept[Case]:
        return self.shelf.cases[case_id][-1]

    def case_at(self, case_id: str, number: int) -> Kept[Case]:
        return self.shelf.cases[case_id][number - 1]

    def versions(self, case_id: str) -> Sequence[CaseVersion]:
        words = self.shelf.changed[case_id]
        return [
            CaseVersion(case_id=case_id, number=kept.version, at=kept.at, by=kept.by, changed=words[kept.version - 1])
            for kept in reversed(self.shelf.cases[case_id])
        ]

    def add(self, case: Case) -> Kept[Case]:
        key = f"case-{next(self.shelf.ids)}"
        kept = Kept(key, 1, case, self._write("changed", key), self.by)
        self.shelf.cases[key], self.shelf.changed[key] = [kept], [tr("first version")]
        return kept

    def save(self, case_id: str, case: Case, expected: int, *, changed: str = "") -> Kept[Case]:
        latest = self.shelf.cases[case_id][-1] if self.shelf.cases.get(case_id) else None
        if latest is None or latest.version != expected:
            raise ConflictError(case_id, expected, latest)
        what = changed or ", ".join(dict.fromkeys(tr(d.field.info.label) for d in differences(latest.value, case)))
        kept = Kept(case_id, expected + 1, case, self._write("changed", case_id), self.by)
        self.shelf.cases[case_id].append(kept)
        self.shelf.changed[case_id].append(what)
        return kept

    def remove(self, case_id: str, expected: int) -> None:
        if self.shelf.cases[case_id][-1].version != expected:
            raise ConflictError(case_id, expected, self.shelf.cases[case_id][-1])
        self._write("removed", case_id)
        del self.shelf.cases[case_id]

    def meetings(self) -> Sequence[Kept[BoardMeeting]]:
        latest = [kept[-1] for kept in self.shelf.meetings.values()]
        return sorted(latest, key=lambda kept: kept.value.day, reverse=True)

    def meeting(self, meeting_id: str) -> Kept[BoardMeeting]:
        return self.shelf.meetings[meeting_id][-1]

    def add_meeting(self, day: date, board: str = "", place: str = "") -> Kept[BoardMeeting]:
        key = f"meeting-{next(self.shelf.ids)}"
        meeting = BoardMeeting(id=key, day=day, board=board, place=place)
        kept = Kept(key, 1, meeting, self._write("changed", key), self.by)
        self.shelf.meetings[key] = [kept]
        return kept

    def meeting_at(self, meeting_id: str, number: int) -> Kept[BoardMeeting]:
        return self.shelf.meetings[meeting_id][number - 1]

    def save_meeting(self, meeting: BoardMeeting, expected: int, cases: Sequence[CaseEdit] = ()) -> Kept[BoardMeeting]:
        latest = self.shelf.meetings[meeting.id][-1]
        if latest.version != expected:
            raise ConflictError(meeting.id, expected, latest)
        for edit in cases:
            if (there := self.case(edit.case_id)).version != edit.expected:
                raise ConflictError(edit.case_id, edit.expected, there)
        for edit in cases:
            self.save(edit.case_id, edit.case, edit.expected, changed=edit.changed)
        kept = Kept(meeting.id, expected + 1, meeting, self._write("changed", meeting.id), self.by)
        self.shelf.meetings[meeting.id].append(kept)
        return kept

    def sign_off(self, signed: SignedOff) -> None:
        self._write("signed_off", signed.case_id)
        self.shelf.signed.append(signed)

    def signed_off(self, case_id: str) -> Sequence[SignedOff]:
        return [one for one in self.signed_pages() if one.case_id == case_id]

    def signed_pages(self) -> Sequence[SignedOff]:
        return tuple(reversed(self.shelf.signed))

    def remembered(self, name: str) -> str:
        return self.shelf.kept.get(name, "")

    def remember(self, name: str, text: str, action: str = "", detail: str = "") -> None:
        self.shelf.kept[name] = text
        if action:
            self._write(action, "", detail)

    def record(self, action: str, subject: str = "", detail: str = "") -> None:
        self._write(action, subject, detail)

    def audit(self) -> Sequence[Entry]:
        return tuple(self.shelf.entries)

    def audit_problems(self) -> Sequence[str]:
        return ()

    def newest(self) -> int:
        return len(self.shelf.entries)

    def changed_since(self, seen: int) -> tuple[int, Sequence[str]]:
        later = [entry for entry in self.shelf.entries[seen:] if entry.action in ("changed", "removed")]
        return len(self.shelf.entries), list(dict.fromkeys(entry.subject for entry in later))

    def lock(self) -> None:
        self.locked = True


def book_services(shelf: Shelf, passphrase: str = "correct horse battery") -> BookServices:
    """Return casebooks in memory: every path leads to the same shelf."""

    def opened(where: Path | str, typed: str, summary: object) -> MemoryBook:
        if typed != passphrase:
            raise WrongPassphraseError
        return MemoryBook(shelf)

    def recovered(_: Path, key: str, typed: str, summary: object) -> MemoryBook:
        if key != "KEY":
            raise WrongPassphraseError
        return MemoryBook(shelf)

    def made(_: Path | str, typed: str, summary: object) -> MemoryBook:
        return MemoryBook(shelf)

    def signed_off(book: MemoryBook, case_id: str, version: int, paper: str) -> tuple[bytes, SignedOff]:
        signed = SignedOff(
            case_id=case_id,
            version=version,
            at=shelf.now(),
            by=book.by,
            release="2026.12 0123",
            program="0.1.0",
            settings=(("paper", paper),),
            sha256="",
        )
        return b"%PDF signed", signed

    return BookServices(
        create=made,
        open=opened,
        recover=recovered,
        change_passphrase=lambda where, before, after: None,
        servers=lambda: ("department",),
        recovery_key=lambda book: "KEY",
        made_again=lambda book, signed: b"%PDF again",
        sign_off=signed_off,
        place=lambda path: "",
    )


def paper_services() -> PaperServices:
    """Return papers made up of their names."""

    def make(found: Gathered, wanted: PaperWanted, *_: object) -> PaperMade:
        text = f"{wanted.kind} of {len(found.cases)} cases".encode()
        return PaperMade((PaperFile(f"one{PAPERS[wanted.kind].suffix}", text),))

    def counted(book: MemoryBook, year: int, until: date, _: object) -> Counts:
        return counts([kept.value for kept in book.meetings()], year, until)

    return PaperServices(
        make=make,
        to_review=lambda found, library: (),
        counts=counted,
        counts_file=lambda found, suffix, paper: f"counts of {found.year}".encode(),
        table_file=lambda table: f"{table.name}: {len(table.rows)}".encode(),
    )
