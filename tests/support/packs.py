"""Keys, releases and packs made for tests; nothing here is trusted by any program that is shipped."""

import re
import shutil
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from her2board.evidence import files
from her2board.packs import ceremony, keys
from her2board.packs.make import make_pack
from her2board.packs.record import PackRecord
from support.pages import ROOT

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
UNTIL = date(2027, 2, 27)
FROZEN = ROOT / "tests" / "golden" / "evidence"


@dataclass(frozen=True)
class Maker:
    """Somebody who makes packs: a folder of keys and two releases, the second with one criterion changed."""

    keys: Path
    root: bytes
    first: Path
    second: Path

    def pack(
        self,
        number: int,
        release: Path | None = None,
        *,
        until: date = UNTIL,
        keys: Path | None = None,
        released: date | None = None,
    ) -> bytes:
        """Return a pack of a release, the first one where none is named."""
        folder = release or self.first
        made = record(folder, number, until)
        made = made.model_copy(update={"released": released}) if released else made
        return make_pack(folder, made, keys or self.keys)


def record(folder: Path, number: int, until: date = UNTIL) -> PackRecord:
    """Return the record of a pack that fits every version of the program."""
    return PackRecord(
        number=number,
        release=f"2026.{number}",
        released=date(2026, 11, 20) + timedelta(days=number),
        valid_until=until,
        fits=("0.0.0", "99.0.0"),
        content_hash=files.content_hash(files.texts(folder)),
    )


def make_keys(folder: Path, now: datetime, passphrase: bytes = b"") -> bytes:
    """Write every key into one folder, which no command does; return the root."""
    return ceremony.make_keys(dict.fromkeys(keys.NAMES, ceremony.Held(folder, passphrase)), now)


def replace_key(folder: Path, name: str, now: datetime) -> bytes:
    """Exchange a key in a folder that holds all of them; return the next root."""
    return ceremony.exchange_key(name, ceremony.Held(folder), [ceremony.Held(folder)], now)


def maker(folder: Path) -> Maker:
    """Return a maker of packs of the small frozen release, with everything below ``folder``."""
    first, second = folder / "first", folder / "second"
    for release in (first, second):
        shutil.copytree(FROZEN, release)
    trial = second / "trials" / "destiny-breast12.yaml"
    trial.write_text(text(trial).replace("fact: ecog, at_most: 1", "fact: ecog, at_most: 0"), encoding="utf-8")
    review(second)
    return Maker(folder / "keys", make_keys(folder / "keys", NOW), first, second)


def review(folder: Path) -> None:
    """Record the files of a release as reviewed as they are."""
    texts = files.texts(folder)
    head = re.sub(r"(?m)^content_hash:.*$", f"content_hash: {files.content_hash(texts)}", texts[files.RELEASE])
    (folder / files.RELEASE).write_text(head, encoding="utf-8")
    (folder / files.REVIEWED).write_text(files.listing({**texts, files.RELEASE: head}), encoding="utf-8")


def text(path: Path) -> str:
    """Return what a file says."""
    return path.read_text(encoding="utf-8")


def edited(made: Maker, folder: Path, name: str, old: str, new: str) -> Path:
    """Return the first release with one text of one file replaced."""
    shutil.copytree(made.first, folder)
    said = text(folder / name)
    assert old in said, old
    (folder / name).write_text(said.replace(old, new, 1), encoding="utf-8")
    review(folder)
    return folder
