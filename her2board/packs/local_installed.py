"""Which local file is in use here, how it came, and whose keys are known: one file, replaced as a whole.

Another clinic's file is taken with its signature only. One that was edited in this clinic may go without: whoever may
edit it here may use the key that is kept here too, so a signature would prove nothing to ourselves. It is hashed
instead, which finds what was changed beside the program, and it is called unsigned wherever its origin is named.
"""

import hashlib
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from her2board.case.writing import reason, write_atomically
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.overlay import Overlay
from her2board.evidence.overlay_file import BrokenOverlayError, parse_overlay
from her2board.packs import local_file
from her2board.packs.errors import PackError
from her2board.wording import day_words, tr

STATE = "installed.json"
NAME = "local.yaml"
"""How the text in use is called in messages."""
Origin = Literal["edited_here", "signed"]


class InUse(BaseModel):
    """A local file as it was installed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    """Its text as it came, with the signature where it has one."""
    sha256: str
    origin: Origin
    number: int
    clinic: str


class LocalState(BaseModel):
    """The file in use, if any, and the fingerprints that somebody compared, each with the clinic it belongs to."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    in_use: InUse | None = None
    known: dict[str, str] = Field(default_factory=dict)


def read_state(folder: Path) -> LocalState:
    """Return what was installed in ``folder``; PackError where its file cannot be read."""
    path = folder / STATE
    try:
        return LocalState.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return LocalState()
    except (OSError, ValidationError) as error:
        why = tr("damaged; 'her2board overlay remove' puts it aside, then install the local file again")
        raise PackError(f"{path}: {why}") from error


def text_in_use(folder: Path) -> tuple[str, InUse] | None:
    """Return the text of the local file in use and how it came; None where there is none.

    Raises PackError where it is not as it was installed.
    """
    in_use = read_state(folder).in_use
    if in_use is None:
        return None
    words = tr(
        "the local file of {clinic} is not as it was installed: something changed it beside the program. Install the "
        "file again, or remove it with 'her2board overlay remove'."
    ).format(clinic=in_use.clinic)
    data = in_use.file.encode()
    if hashlib.sha256(data).hexdigest() != in_use.sha256:
        raise PackError(words)
    if in_use.origin == "edited_here":
        return in_use.file, in_use
    try:
        carried = local_file.opened(data)
    except PackError as error:
        raise PackError(words) from error
    if carried.key is None:
        raise PackError(words)
    return carried.text, in_use


def overlay_in_use(folder: Path, library: EvidenceLibrary) -> Overlay | None:
    """Return the local file in use, read beside a release; None where there is none.

    Raises PackError where it is not as it was installed, or names what this release does not have.
    """
    found = text_in_use(folder)
    if found is None:
        return None
    try:
        return parse_overlay(found[0], NAME, library)
    except BrokenOverlayError as error:
        words = tr("{problems}\nCorrect and install it again, or remove it with 'her2board overlay remove'.")
        raise PackError(words.format(problems=error)) from error


def install(
    folder: Path, data: bytes, library: EvidenceLibrary, today: date, *, own: bool = False, compared: str = ""
) -> Overlay:
    """Put a local file in use in one step; on any error the one before stays in use.

    ``own``: it was made in this clinic, so it may go unsigned. ``compared``: the fingerprint that somebody had from the
    clinic it came from. Raises PackError, BrokenOverlayError and OSError.
    """
    state, carried = read_state(folder), local_file.opened(data)
    known = dict(state.known)
    overlay = parse_overlay(carried.text, NAME, library)
    if carried.key is None:
        if not own:
            raise PackError(_unsigned())
    elif not _is_own(folder, carried.key):
        known = _known(carried.key, overlay.clinic, known, compared)
    if date.fromisoformat(overlay.changed_on) > today:
        words = tr("changed_on {day} is after today ({today}): correct the date, or the clock of this computer")
        raise PackError(words.format(day=day_words(date.fromisoformat(overlay.changed_on)), today=day_words(today)))
    _refuse_older(overlay, data, state.in_use)
    in_use = InUse(
        file=data.decode(),
        sha256=hashlib.sha256(data).hexdigest(),
        origin="signed" if carried.key else "edited_here",
        number=overlay.number,
        clinic=overlay.clinic,
    )
    _write(folder, LocalState(in_use=in_use, known=known))
    return overlay


def remove(folder: Path) -> bool:
    """Take the local file out of use; return whether there was one. A damaged one is put aside."""
    try:
        state = read_state(folder)
    except PackError:
        (folder / STATE).replace(folder / f"{STATE}.damaged")
        return True
    if state.in_use is None:
        return False
    _write(folder, state.model_copy(update={"in_use": None}))
    return True


def _known(key: bytes, clinic: str, known: dict[str, str], compared: str) -> dict[str, str]:
    """Return the known fingerprints with that of ``key``. Raises PackError unless it is known or was compared."""
    here = local_file.fingerprint(key)
    if known.get(here) == clinic or _digits(compared) == _digits(here):
        return {**known, here: clinic}
    if compared:
        words = tr("the file is signed with the key {here}, not with {compared}: ask the clinic it came from")
        raise PackError(words.format(here=here, compared=compared))
    if here in known:
        words = tr("the key {here} is known as that of {known}, and the file names {clinic}: ask where it came from")
        raise PackError(words.format(here=here, known=known[here], clinic=clinic))
    before = [one for one, owner in known.items() if owner == clinic]
    if before:
        words = tr("{clinic} signed with the key {before} until now, and this file with {here}: ask whether it changed")
        raise PackError(words.format(clinic=clinic, before=before[-1], here=here))
    words = tr(
        "the file of {clinic} is signed with a key that is not known here yet. Ask the clinic for the fingerprint of "
        "its key by another way than the file; that of this file is {here}"
    )
    raise PackError(words.format(clinic=clinic, here=here))


def _digits(words: str) -> str:
    return "".join(words.split()).casefold()


def _is_own(folder: Path, key: bytes) -> bool:
    """Return whether ``key`` is the one kept here; a key under a passphrase is compared like any other."""
    try:
        return local_file.public_key(local_file.read_key(folder)) == key
    except (PackError, OSError):
        return False


def _refuse_older(overlay: Overlay, data: bytes, before: InUse | None) -> None:
    if before is None or before.clinic != overlay.clinic or before.file.encode() == data:
        return
    if overlay.number < before.number:
        words = tr(
            "the file is number {number} of {clinic}, and number {before} is in use: an older one is not installed "
            "over it. Where the older one is meant, remove the newer one first."
        )
        raise PackError(words.format(number=overlay.number, clinic=overlay.clinic, before=before.number))


def _unsigned() -> str:
    return tr(
        "the file is not signed. Another clinic's file is taken with its signature only: ask for the signed one. One "
        "made in this clinic is taken as it is, where you say that it was."
    )


def _write(folder: Path, state: LocalState) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / STATE
    try:
        write_atomically(path, state.model_dump_json(indent=1).encode() + b"\n", private=True)
    except OSError as error:
        raise PackError(reason(error, path)) from error
