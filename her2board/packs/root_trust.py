"""The root that a person trusted here, because this program came with none: on purpose, once, with the reason.

It is replaced only by a root that its own keys signed, or after somebody said that it is to be forgotten.
"""

from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from her2board.case.writing import reason, write_atomically
from her2board.packs.errors import PackError
from her2board.packs.fingerprint import fingerprint
from her2board.wording import tr

STATE = "trusted-root.json"


class TrustStep(BaseModel):
    """One change of the root that is trusted here."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    at: datetime
    action: Literal["trusted", "exchanged", "forgotten"]
    number: int
    fingerprint: str
    why: str = ""
    """Where the fingerprint was read from, or why the root was forgotten."""


class Trust(BaseModel):
    """The root that is trusted here; empty where none is."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    root: str = ""
    steps: tuple[TrustStep, ...] = ()

    @property
    def data(self) -> bytes:
        """Return the root as the bytes it came in."""
        return self.root.encode()

    @property
    def since(self) -> TrustStep | None:
        """Return the step by which a person trusted it; None where none is trusted."""
        return next((step for step in reversed(self.steps) if step.action == "trusted"), None) if self.root else None


def read_trust(place: Path) -> Trust:
    """Return what is trusted in ``place``; PackError where its file cannot be read: nothing is trusted then."""
    path = place / STATE
    try:
        found = Trust.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return Trust()
    except (OSError, ValidationError) as error:
        why = tr("damaged; 'her2board packs forget' puts it aside, then trust the root again")
        raise PackError(f"{path}: {why}") from error
    if found.root and found.steps[-1:] and found.steps[-1].fingerprint == fingerprint(found.data):
        return found
    if found.root:
        why = tr("was changed beside the program; 'her2board packs forget' puts it aside, then trust the root again")
        raise PackError(f"{path}: {why}")
    return found


def trusted(before: Trust, root: bytes, number: int, now: datetime, why: str) -> Trust:
    """Return what is trusted once a person compared the fingerprint; PackError where a root is trusted already."""
    if before.root:
        words = tr(
            "a root is trusted here already ({known}). Another takes its place only if the keys of that one signed it; "
            "else forget that one first, with a reason ('her2board packs forget')"
        )
        raise PackError(words.format(known=fingerprint(before.data)))
    return _stepped(before, "trusted", root, number, now, why)


def exchanged(before: Trust, root: bytes, number: int, now: datetime) -> Trust:
    """Return what is trusted once a newer root was followed, which the keys of the one before signed."""
    return _stepped(before, "exchanged", root, number, now, "")


def forgotten(before: Trust, now: datetime, why: str) -> Trust:
    """Return what is left of a root that was forgotten: that it was."""
    if not before.root:
        raise PackError(tr("no root is trusted here"))
    step = before.steps[-1].model_copy(update={"at": now, "action": "forgotten", "why": why})
    return Trust(steps=(*before.steps, step))


def write_trust(place: Path, trust: Trust) -> None:
    """Keep what is trusted. Raises PackError."""
    path = place / STATE
    try:
        place.mkdir(parents=True, exist_ok=True)
        write_atomically(path, trust.model_dump_json(indent=1).encode() + b"\n", private=True)
    except OSError as error:
        raise PackError(reason(error, path)) from error


def put_aside(place: Path) -> bool:
    """Put a file aside that cannot be read; return whether there was one."""
    try:
        read_trust(place)
    except PackError:
        (place / STATE).replace(place / f"{STATE}.damaged")
        return True
    return False


def _stepped(
    before: Trust, action: Literal["trusted", "exchanged"], root: bytes, number: int, now: datetime, why: str
) -> Trust:
    step = TrustStep(at=now, action=action, number=number, fingerprint=fingerprint(root), why=why)
    return Trust(root=root.decode(), steps=(*before.steps, step))
