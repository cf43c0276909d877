"""Takes a folder of loose case files into a casebook, with a report of what became of each."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Literal

from msgspec import Struct

from her2board.case.checks import CaseError
from her2board.case.model import Case
from her2board.case.storage import SUFFIX, load
from her2board.casebook.book import Casebook
from her2board.wording import Marked, tr

Fate = Literal["added", "next_version", "same", "same_code", "unreadable"]
_WORDS: dict[Fate, Marked] = {
    "added": "{file}: added as {code}",
    "next_version": "{file}: stored as the next version of {code}",
    "same": "{file}: {code} is stored already, the same",
    "same_code": "{file}: left out: the casebook has another case of the code {code}, and it differs",
    "unreadable": "{file}: left out: {why}",
}


class Taken(Struct, frozen=True):
    """What became of one file."""

    file: Path
    fate: Fate
    code: str = ""
    case_id: str = ""
    """Of the case in the casebook; for ``same_code`` the one that is there."""
    why: str = ""

    @property
    def stored(self) -> bool:
        """Return whether the casebook now holds what the file says."""
        return self.fate in ("added", "next_version", "same")

    def words(self) -> str:
        """Return what became of the file, in one line."""
        return tr(_WORDS[self.fate]).format(file=self.file, code=self.code, why=self.why)


def files_at(path: Path) -> Sequence[Path]:
    """Return the case files of a folder and of those inside it, or the one file that was named."""
    return sorted(path.rglob(f"*{SUFFIX}")) if path.is_dir() else [path]


def take_in(
    book: Casebook,
    files: Iterable[Path],
    *,
    next_version: bool = False,
    progress: Callable[[Taken], None] = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
) -> Sequence[Taken]:
    """Take case files in; a case of a known code is stored as its next version only where that is asked for.

    ``stop`` is asked before each file; what was taken in until then stays, and the files after it are not looked at.
    """
    found: list[Taken] = []
    for file in files:
        if stop():
            break
        try:
            taken = _one(book, file, load(file), next_version)
        except CaseError as error:
            taken = Taken(file, "unreadable", why="; ".join(map(str, error.problems)))
        progress(taken)
        found.append(taken)
    return found


def _one(book: Casebook, file: Path, case: Case, next_version: bool) -> Taken:
    there = [book.case(key) for key in book.with_code(case.code)]
    if same := [kept for kept in there if kept.value == case]:
        return Taken(file, "same", case.code, same[0].key)
    if len(there) == 1 and next_version:
        kept = book.save(there[0].key, case, there[0].version)
        return Taken(file, "next_version", case.code, kept.key)
    if there:
        return Taken(file, "same_code", case.code, there[0].key)
    kept = book.add(case)
    return Taken(file, "added", case.code, kept.key)
