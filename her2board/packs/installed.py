"""Which release of the evidence is in use: the shipped one, or one installed from a pack, and the way back.

One small file names the folder in use; it is replaced as a whole, so that a release is installed or it is not.
"""

import json
import shutil
from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from her2board import __version__
from her2board.case.writing import reason, write_atomically
from her2board.packs.errors import PackError
from her2board.packs.fingerprint import fingerprint
from her2board.packs.memory import read_seen, write_seen
from her2board.packs.record import PackRecord
from her2board.wording import tr

if TYPE_CHECKING:  # python-tuf takes a quarter of a second, and most starts only ask what is installed
    from her2board.packs.trust import Genuine

STATE = "current.json"
_TRUSTED = "trusted"
_HASH = 12
"""Digits of the content hash in the name of a folder."""


class Step(BaseModel):
    """One change of the release in use."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    at: datetime
    action: Literal["installed", "taken_back"]
    folder: str
    """Of the release in use afterwards; empty for the shipped one."""
    record: PackRecord | None = None
    why: str = ""
    """Typed by whoever installed a pack past its date, or took one back."""
    signed_by: tuple[str, ...] = ()
    """Readers whose signatures the pack carries."""
    root: str = ""
    """Fingerprint of the root that it was checked with."""


class Installed(BaseModel):
    """What was installed; without anything the shipped release is in use."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    folder: str = ""
    before: str | None = None
    """Folder in use before this one, for one step back; None where there is none."""
    steps: tuple[Step, ...] = ()

    @property
    def record(self) -> PackRecord | None:
        """Return the record of the release in use; None for the shipped one."""
        return self._step.record if self._step else None

    @property
    def signed_by(self) -> tuple[str, ...]:
        """Return the readers who signed the release in use; empty for the shipped one."""
        return self._step.signed_by if self._step else ()

    @property
    def _step(self) -> Step | None:
        return next((step for step in reversed(self.steps) if step.folder == self.folder and step.record), None)


def read_installed(place: Path) -> Installed:
    """Return what was installed in ``place``; PackError where its file cannot be read."""
    path = place / STATE
    try:
        return Installed.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return Installed()
    except (OSError, ValidationError) as error:
        why = tr("damaged; 'her2board packs shipped' goes back to the evidence the program came with")
        raise PackError(f"{path}: {why}") from error


def evidence_in_use(place: Path) -> Path | None:
    """Return the folder of the installed release; None where the shipped one is in use. Raises PackError."""
    installed = read_installed(place)
    if not installed.folder:
        return None
    folder = place / installed.folder
    if not folder.is_dir():
        why = tr("is missing; install the pack again, or go back with 'her2board packs shipped'")
        raise PackError(f"{folder}: {why}")
    return folder


def remembered(place: Path) -> dict[str, bytes]:
    """Return the signed parts that packs installed before left, by file name."""
    try:
        kept: dict[str, str] = json.loads((place / f"{_TRUSTED}.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise PackError(tr("{path}: damaged; install the program again").format(path=place / _TRUSTED)) from error
    return {name: text.encode() for name, text in kept.items()}


def install(place: Path, pack: "Genuine", now: datetime, why: str = "") -> Installed:
    """Put a checked pack in use in one step; on any error the release before stays in use.

    Raises PackError where the pack does not fit this program, and OSError.
    """
    record = pack.record
    refuse_misfit(record)
    before = read_installed(place)
    name = f"{record.number}-{record.content_hash[:_HASH]}"
    if name != before.folder:
        _unpack(place, name, pack)
    root = fingerprint(pack.root)
    step = Step(at=now, action="installed", folder=name, record=record, why=why, signed_by=pack.signed_by, root=root)
    after = Installed(
        folder=name,
        before=before.before if name == before.folder else before.folder,
        steps=(*before.steps, step),
    )
    # Remembered first: after a crash in between the pack can be installed again, and an older one cannot.
    kept = {file: body.decode() for file, body in pack.trusted.items()}
    write_atomically(place / f"{_TRUSTED}.json", json.dumps(kept).encode(), private=True)
    write_seen(place, read_seen(place).after(now.date(), record.number, record.released))
    _write(place, after)
    _forget(place, after)
    return after


def take_back(place: Path, now: datetime, why: str = "") -> Installed:
    """Put the release before in use again; PackError where there is none."""
    before = read_installed(place)
    if before.before is None:
        raise PackError(tr("there is no release to go back to"))
    step = Step(at=now, action="taken_back", folder=before.before, why=why)
    after = before.model_copy(update={"folder": before.before, "before": before.folder, "steps": (*before.steps, step)})
    _write(place, after)
    return after


def use_shipped(place: Path, now: datetime, why: str = "") -> None:
    """Put the shipped release in use, also where what was installed cannot be read; packs seen stay remembered."""
    try:
        before = read_installed(place)
    except PackError:
        (place / STATE).replace(place / f"{STATE}.damaged")
        return
    if before.folder:
        _write(place, _with_shipped(before, now, why, before.folder))


def set_aside(place: Path, now: datetime, why: str, roots: Collection[str]) -> None:
    """Take out of use what was checked with one of ``roots``, also as a step back: nobody vouches for it any more."""
    before = read_installed(place)
    vouched = {step.folder for step in before.steps if step.record and step.root not in roots} | {""}
    if before.folder not in vouched:
        _write(place, _with_shipped(before, now, why, None))
    elif before.before is not None and before.before not in vouched:
        _write(place, before.model_copy(update={"before": None}))


def _with_shipped(before: Installed, now: datetime, why: str, back: str | None) -> Installed:
    step = Step(at=now, action="taken_back", folder="", why=why)
    return before.model_copy(update={"folder": "", "before": back, "steps": (*before.steps, step)})


def refuse_misfit(record: PackRecord, program: str = __version__) -> None:
    """Raise PackError unless ``record`` says that it fits this version of the program."""
    first, last = (_version(text) for text in record.fits)
    if not first <= _version(program) < last:
        words = tr("the pack is for her2board {first} up to, not including, {last}; this is {program}")
        raise PackError(words.format(first=record.fits[0], last=record.fits[1], program=program))


def _version(text: str) -> tuple[int, ...]:
    try:
        return tuple(int(part) for part in text.split("."))
    except ValueError as error:
        raise PackError(tr("'{text}' is no version such as 0.2.0").format(text=text)) from error


def _unpack(place: Path, name: str, pack: "Genuine") -> None:
    """Write the files of a release beside its place, and rename them there at once."""
    staged = place / f"{name}.incomplete"
    shutil.rmtree(staged, ignore_errors=True)
    for file, text in pack.texts.items():
        target = staged / file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="")
    shutil.rmtree(place / name, ignore_errors=True)
    staged.rename(place / name)


def _write(place: Path, state: Installed) -> None:
    path = place / STATE
    try:
        write_atomically(path, state.model_dump_json(indent=1).encode() + b"\n", private=True)
    except OSError as error:
        raise PackError(reason(error, path)) from error


def _forget(place: Path, state: Installed) -> None:
    """Remove releases that neither are in use nor one step back."""
    for folder in place.iterdir():
        if folder.is_dir() and folder.name not in (state.folder, state.before):
            shutil.rmtree(folder, ignore_errors=True)
