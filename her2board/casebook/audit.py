"""The audit: what was done, chained by keyed hashes so that a removed or altered entry shows.

Each seal covers the number, the text and the seal before. The head names the last entry, so that cutting off the end
shows too.
"""

import hmac
import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from msgspec import Struct

from her2board.casebook.book import Entry
from her2board.casebook.storage import Sealed, Sealing
from her2board.wording import tr

FIRST: bytes = b""
"""Seal before the first entry."""


class Line(Struct, frozen=True):
    """What is to be written into the audit."""

    at: datetime
    by: str
    action: str
    subject: str = ""
    detail: str = ""

    def text(self) -> str:
        """Return it as it is stored and sealed."""
        words = {
            "at": self.at.isoformat(),
            "by": self.by,
            "action": self.action,
            "subject": self.subject,
            "detail": self.detail,
        }
        return json.dumps({name: word for name, word in words.items() if word}, ensure_ascii=False)


def entry(number: int, text: str) -> Entry:
    """Return a stored line of the audit."""
    said = json.loads(text)
    at = datetime.fromisoformat(said["at"])
    rest = (said.get(name, "") for name in ("by", "action", "subject", "detail"))
    return Entry(number, at, *rest)


def seal(key: bytes, number: int, before: bytes, text: str) -> bytes:
    """Return the keyed hash of one entry."""
    return hmac.digest(
        key, number.to_bytes(8, "big") + len(before).to_bytes(1, "big") + before + text.encode(), "sha256"
    )


def sealing(key: bytes, lines: Sequence[Line]) -> Sealing:
    """Return what chains lines to the last entry there is."""

    def chained(number: int, before: bytes) -> list[Sealed]:
        found: list[Sealed] = []
        for place, line in enumerate(lines, number + 1):
            text = line.text()
            before = seal(key, place, before, text)
            found.append(Sealed(place, text, before))
        return found

    return chained


def chain_problems(entries: Iterable[Sealed], last: tuple[int, bytes], key: bytes) -> list[str]:
    """Return every entry that was removed or altered, in words; nothing where the audit is as it was written."""
    found: list[str] = []
    expected, before = 1, FIRST
    for number, text, stored in entries:
        if number > expected:
            found.append(_removed(expected, number - 1))
        elif not hmac.compare_digest(stored, seal(key, number, before, text)):
            found.append(tr("audit entry {number} was altered, or put in place of another").format(number=number))
        expected, before = number + 1, stored
    if last[0] >= expected:
        found.append(_removed(expected, last[0]))
    elif last != (expected - 1, before):
        found.append(tr("the head of the audit does not name its last entry, {number}").format(number=expected - 1))
    return found


def _removed(first: int, to: int) -> str:
    if first == to:
        return tr("audit entry {number} was removed").format(number=first)
    return tr("audit entries {first} to {last} were removed").format(first=first, last=to)
