"""Moves cases between casebooks: an encrypted export with its own passphrase, and its import with conflicts shown."""

import json
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct, field

from her2board.case.model import Case
from her2board.casebook import audit, meeting_edits
from her2board.casebook.book import Casebook, CaseEdit, Kept
from her2board.casebook.changed_words import changed_words
from her2board.casebook.errors import DamagedError
from her2board.casebook.keys import Cost
from her2board.casebook.meeting_edits import Clash
from her2board.casebook.merging import Merged, merged
from her2board.casebook.model import BoardMeeting
from her2board.casebook.sealed_file import read_sealed, sealed_key, write_sealed
from her2board.casebook.storage import Change, Version
from her2board.casebook.stored import CASE, MEETING, SIGNED, StoredCasebook, kept_case, kept_meeting, new_id
from her2board.wording import tr

FORMAT = "her2board-casebook-export"
VERSION = 1
Choice = Literal["ours", "theirs", "merged"]
Decided = Callable[[Casebook, BoardMeeting, BoardMeeting, Container[str]], tuple[Sequence[CaseEdit], Sequence[str]]]
"""Given a meeting before and after, and cases to leave, returns the cases with its outcomes, and what to know."""


class Conflict(Struct, frozen=True):
    """A case or meeting that went on differently in both casebooks."""

    kind: str
    key: str
    ours: Kept[Case] | Kept[BoardMeeting]
    theirs: Kept[Case] | Kept[BoardMeeting]
    before: Kept[Case] | Kept[BoardMeeting] | None
    """Last version both share; None where they share none."""

    def merged(self) -> Merged | None:
        """Return both brought together by fields; None for meetings."""
        ours, theirs, before = self.ours.value, self.theirs.value, self.before.value if self.before else None
        if not isinstance(ours, Case) or not isinstance(theirs, Case) or isinstance(before, BoardMeeting):
            return None
        return merged(before, ours, theirs)

    def merged_meeting(self) -> tuple[BoardMeeting, tuple[Clash, ...]] | None:
        """Return a meeting of both sides' changes, and what clashes, which is theirs there; None for cases."""
        ours, theirs, before = self.ours.value, self.theirs.value, self.before.value if self.before else None
        if not isinstance(ours, BoardMeeting) or not isinstance(theirs, BoardMeeting) or isinstance(before, Case):
            return None
        return meeting_edits.merged(before or BoardMeeting(id=ours.id, day=ours.day), ours, theirs)

    def clashes(self) -> bool:
        """Return whether both sides changed the same thing in different ways."""
        case, meeting = self.merged(), self.merged_meeting()
        return bool(case.clashes if case else meeting[1] if meeting else ())


class Imported(Struct):
    """What became of everything in an export, by id."""

    added: list[str] = field(default_factory=list)
    newer: list[str] = field(default_factory=list)
    """Were here with a part of their versions, and have all now."""
    same: list[str] = field(default_factory=list)
    older: list[str] = field(default_factory=list)
    """Are newer here."""
    conflicts: list[tuple[Conflict, Choice]] = field(default_factory=list)
    same_code: list[str] = field(default_factory=list)
    """Of those added: cases whose code another case here has."""
    known: list[str] = field(default_factory=list)
    """What a person has to know of cases that an imported meeting decided, line by line."""


def export_to(
    book: StoredCasebook,
    path: Path,
    passphrase: str,
    cost: Cost,
    *,
    cases: Iterable[str] | None = None,
    meetings: Iterable[str] = (),
) -> int:
    """Write cases with all their versions, and meetings with their cases, into one file; None for everything.

    Returns how many cases it holds.
    """
    if cases is None:
        chosen = [brief.key for brief in book.storage.briefs(CASE)]
        boards = [one.key for one in book.meetings()]
    else:
        boards = list(dict.fromkeys(meetings))
        listed = (one.case_id for key in boards for one in book.meeting(key).value.listings)
        there = {brief.key for brief in book.storage.briefs(CASE)}
        chosen = [key for key in dict.fromkeys((*cases, *listed)) if key in there]
    write_sealed(path, _lines(book, chosen, boards), passphrase, new_id() + new_id(), cost)
    book.record("exported", "", tr("{n} cases and {m} meetings, encrypted").format(n=len(chosen), m=len(boards)))
    return len(chosen)


def _lines(book: StoredCasebook, cases: Sequence[str], meetings: Sequence[str]) -> Iterator[str]:
    about = {"format": FORMAT, "version": VERSION, "at": book.now().isoformat(), "by": book.by}
    yield json.dumps(about, ensure_ascii=False)
    count = 0
    wanted = set(cases)
    signed = [brief.key for brief in book.storage.briefs(SIGNED) if brief.key.partition(" ")[0] in wanted]
    for kind, keys in ((CASE, cases), (MEETING, meetings), (SIGNED, signed)):
        for key in keys:
            versions = [book.storage.at(kind, key, number) for number, _ in reversed(book.storage.heads(kind, key))]
            body = [{"head": one.head, "payload": one.payload} for one in versions if one is not None]
            yield json.dumps({"kind": kind, "key": key, "versions": body}, ensure_ascii=False)
            count += 1
    yield json.dumps({"end": count})


def import_from(
    book: StoredCasebook,
    path: Path,
    passphrase: str,
    choose: Callable[[Conflict], Choice] = lambda _: "ours",
    decided: Decided = lambda *_: ((), ()),
) -> Imported:
    """Take everything of an export in; where both sides went on, ``choose`` says which is the next version here.

    ``decided`` writes the outcomes of a meeting that comes in into cases that went on here, in the same step; a case
    that is as in the export has them as they were left there.
    The file is read to its end before anything is written. A case is written with all its versions or not at all; an
    import that was broken off is finished by doing it again.
    """
    key = sealed_key(path, passphrase)
    for _ in _records(path, key):
        pass
    found = Imported()
    for kind, id_, versions in _records(path, key):
        _Taking(book, found, choose, decided).take(kind, id_, versions)
        if kind == CASE and id_ in found.added:
            code = kept_case(versions[-1]).value.code
            if len(book.with_code(code)) > 1:
                found.same_code.append(id_)
    return found


def _records(path: Path, key: bytes) -> Iterator[tuple[str, str, list[Version]]]:
    count, ended = 0, False
    for place, line in enumerate(read_sealed(path, key)):
        try:
            said: dict[str, Any] = json.loads(line)
            if place == 0:
                _refuse_newer(said, path)
            elif "end" in said:
                ended = said["end"] == count
            else:
                count += 1
                versions = [
                    Version(said["key"], number, one["head"], one["payload"])
                    for number, one in enumerate(said["versions"], 1)
                ]
                _check(said["kind"], versions)
                yield said["kind"], said["key"], versions
        except (ValueError, KeyError, TypeError) as error:
            words = tr("{path}: line {n} cannot be read: {why}; nothing of it was taken")
            raise DamagedError(words.format(path=path, n=place + 1, why=error)) from error
    if not ended:
        raise DamagedError(tr("{path}: its end is missing").format(path=path))


def _refuse_newer(said: Mapping[str, Any], path: Path) -> None:
    if said["format"] != FORMAT or said["version"] > VERSION:
        raise DamagedError(tr("{path} is of a newer version of this program; update the program").format(path=path))


def _check(kind: str, versions: Sequence[Version]) -> None:
    """Raise ValueError for what cannot be read as a case, meeting or sign-off."""
    if kind == CASE:
        for version in versions:
            kept_case(version)
    elif kind == MEETING:
        kept_meeting(versions[-1])


class _Taking(Struct, frozen=True):
    """Takes in one thing of an export after the other."""

    book: StoredCasebook
    found: Imported
    choose: Callable[[Conflict], Choice]
    decided: Decided

    def take(self, kind: str, key: str, theirs: list[Version]) -> None:
        """Take in a case, meeting or sign-off."""
        book, found = self.book, self.found
        numbers = [number for number, _ in reversed(book.storage.heads(kind, key))]
        ours = [one for number in numbers if (one := book.storage.at(kind, key, number)) is not None]
        shared = sum(1 for one, other in zip(ours, theirs, strict=False) if one == other)
        if not ours:
            self._write(kind, key, ours, theirs)
            found.added.append(key)
        elif shared == len(theirs):
            (found.same if len(ours) == len(theirs) else found.older).append(key)
        elif shared == len(ours):
            self._write(kind, key, ours, theirs[shared:])
            found.newer.append(key)
        elif ours[-1].payload == theirs[-1].payload:
            found.same.append(key)
        elif kind != SIGNED:
            conflict = _conflict(kind, key, ours, theirs, shared)
            choice = self.choose(conflict)
            if choice != "ours":
                self._resolve(conflict, choice)
            found.conflicts.append((conflict, choice))

    def _resolve(self, conflict: Conflict, choice: Choice) -> None:
        ours, theirs, expected = conflict.ours.value, conflict.theirs.value, conflict.ours.version
        both, meeting = conflict.merged(), conflict.merged_meeting()
        if meeting is not None:
            assert isinstance(ours, BoardMeeting)
            assert isinstance(theirs, BoardMeeting)
            value = meeting[0] if choice == "merged" else theirs
            self.book.save_meeting(value, expected, self._decided(ours, value))
        elif both is not None:
            assert isinstance(ours, Case)
            assert isinstance(theirs, Case)
            case = both.case if choice == "merged" else theirs
            words = tr("from an import") + "\n" + changed_words(ours, case)
            self.book.save(conflict.key, case, expected, changed=words)

    def _write(self, kind: str, key: str, ours: list[Version], versions: list[Version]) -> None:
        """Write versions after those there are; each keeps who wrote it and when."""
        book = self.book
        brief, terms = book.brief_of(kind, versions[-1])
        past = tuple((one.head, one.payload) for one in versions[:-1])
        change = Change(kind, key, len(ours), versions[-1].head, versions[-1].payload, brief, terms, past)
        detail = tr("{n} versions").format(n=len(versions))
        line = audit.Line(book.now(), book.by, "imported", key.partition(" ")[0], detail)
        edits: Sequence[CaseEdit] = ()
        if kind == MEETING:
            meeting = kept_meeting(versions[-1]).value
            before = kept_meeting(ours[-1]).value if ours else BoardMeeting(id=key, day=meeting.day)
            edits = self._decided(before, meeting)
        book.write((change, line), *book.changes_of(edits))

    def _decided(self, before: BoardMeeting, after: BoardMeeting) -> Sequence[CaseEdit]:
        found = self.found
        edits, known = self.decided(self.book, before, after, {*found.added, *found.newer, *found.same})
        found.known += known
        return edits


def _conflict(kind: str, key: str, ours: list[Version], theirs: list[Version], shared: int) -> Conflict:
    if kind == MEETING:
        board = kept_meeting(ours[shared - 1]) if shared else None
        return Conflict(kind, key, kept_meeting(ours[-1]), kept_meeting(theirs[-1]), board)
    before = kept_case(ours[shared - 1]) if shared else None
    return Conflict(kind, key, kept_case(ours[-1]), kept_case(theirs[-1]), before)
