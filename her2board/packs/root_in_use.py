"""Whom this program trusts to make evidence packs, in words for list, window, about box and self-check."""

import json
from datetime import date
from typing import Literal

from msgspec import Struct

from her2board.packs.fingerprint import fingerprint
from her2board.wording import day_words, tr


class RootInUse(Struct, frozen=True):
    """Whom this program trusts to make evidence packs."""

    kind: Literal["shipped", "trusted", "none"]
    data: bytes = b""
    since: date | None = None
    """The day a person trusted it."""
    why: str = ""
    """Where the fingerprint was read from."""
    unused: str = ""
    """Fingerprint of a root trusted here before the program came with another one."""
    problem: str = ""
    """Why what was trusted cannot be read."""

    @property
    def fingerprint(self) -> str:
        """Return its fingerprint in groups; empty where there is none."""
        return fingerprint(self.data) if self.data else ""

    @property
    def until(self) -> date | None:
        """Return the day until which its keys hold; None where there is none."""
        return date.fromisoformat(json.loads(self.data)["signed"]["expires"][:10]) if self.data else None


def root_words(found: RootInUse) -> tuple[str, ...]:
    """Return in words whom this program trusts, and what to know of it."""
    said = {
        "shipped": tr("Evidence packs: this program came with the root {fingerprint}, whose keys hold until {until}."),
        "trusted": tr(
            "Evidence packs: the root {fingerprint} is trusted here since {day} ({why}); its keys hold until {until}."
        ),
        "none": tr(
            "Evidence packs: this program came without a root and nobody trusted one here, so that no pack can be "
            "installed."
        ),
    }[found.kind]
    day = day_words(found.since) if found.since else ""
    until = day_words(found.until) if found.until else ""
    lines = [said.format(fingerprint=found.fingerprint, day=day, why=found.why, until=until)]
    if found.unused:
        words = tr(
            "The root {fingerprint}, which was trusted here before, is another and is not used: the one the program "
            "came with counts. Once it is forgotten, what was installed with it goes out of use."
        )
        lines.append(words.format(fingerprint=found.unused))
    return (*lines, found.problem) if found.problem else tuple(lines)
