"""Whom this program trusts to make evidence packs, in words for list, window, about box and self-check."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from her2board.packs.fingerprint import fingerprint
from her2board.wording import day_words, tr


@dataclass(frozen=True, slots=True)
class RootInUse:
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


def root_words(found: RootInUse) -> tuple[str, ...]:
    """Return in words whom this program trusts, and what to know of it."""
    said = {
        "shipped": tr("Evidence packs: this program came with the root {fingerprint}."),
        "trusted": tr("Evidence packs: the root {fingerprint} is trusted here since {day} ({why})."),
        "none": tr(
            "Evidence packs: this program came without a root and nobody trusted one here, so that no pack can be "
            "installed."
        ),
    }[found.kind]
    day = day_words(found.since) if found.since else ""
    lines = [said.format(fingerprint=found.fingerprint, day=day, why=found.why)]
    if found.unused:
        words = tr(
            "The root {fingerprint}, which was trusted here before, is another and is not used: the one the program "
            "came with counts."
        )
        lines.append(words.format(fingerprint=found.unused))
    return (*lines, found.problem) if found.problem else tuple(lines)
