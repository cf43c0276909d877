"""No byte of the evidence changes in silence: it is refused, read from the YAML instead, or the page is marked.

A few bytes in every run; HER2BOARD_BYTES=1000000 changes every byte of the compiled form and that many of the YAML,
HER2BOARD_BYTES=20000 every 25th and 20,000 ('make soak').
"""

import os
import shutil
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import NoReturn

import pytest

from her2board import paths
from her2board.cli import manifest
from her2board.cli.manifest import Manifest, PageRecord
from her2board.evidence import compiled as form
from her2board.evidence import files, loader
from her2board.evidence.compiled import NAME, compiled, open_release
from her2board.evidence.loader import load_release
from her2board.evidence.problems import BrokenReleaseError

_BYTES = int(os.environ.get("HER2BOARD_BYTES", "0"))
_COMPILED, _YAML = (_BYTES, _BYTES) if _BYTES else (200, 60)


class _ReadFromYamlError(Exception):
    """The compiled form was not used."""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Evidence as it is installed, compiled, in a folder of its own."""
    base = tmp_path_factory.mktemp("installed")
    shutil.copytree(paths.evidence_dir(), base / "evidence", ignore=shutil.ignore_patterns(NAME))
    (base / "evidence" / NAME).write_bytes(compiled(base / "evidence"))
    return base


def recorded(base: Path, *names: str) -> Manifest:
    """Return a manifest of some files of the evidence only: hashing all of them for each byte would take hours."""
    hashes = {f"evidence/{name}": manifest.digest((base / "evidence" / name).read_bytes()) for name in names}
    page = PageRecord(example="", as_of="", sha256="", made_with={})
    return Manifest(version="", evidence="", files=hashes, page=page)


def altered(now: Manifest, base: Path) -> bool:
    """Return whether the manifest says of one of its files that it is another."""
    return any(problem.file in now.files for problem in manifest.altered(now, base, manifest.NEEDED))


def changes(data: bytes, count: int) -> Iterator[tuple[int, bytes]]:
    """Yield places, evenly over all of them, and the data with another byte there."""
    changed = bytearray(data)
    for place in range(0, len(data), max(len(data) // count, 1)):
        changed[place] ^= 1 << place % 8
        yield place, bytes(changed)
        changed[place] = data[place]


def test_no_changed_byte_of_the_compiled_evidence_is_read(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = base / "evidence"
    data = (folder / NAME).read_bytes()
    key, now = form._key(folder), recorded(base, NAME)

    def yaml_instead(_: Path) -> NoReturn:
        raise _ReadFromYamlError

    monkeypatch.setattr(files, "names", lambda _: ())  # nothing else is changed, and listing it would take most time
    monkeypatch.setattr(form, "_key", lambda _: key)
    monkeypatch.setattr(loader, "load_release", yaml_instead)
    assert open_release(folder).as_reviewed
    assert not altered(now, base)
    found: Counter[str] = Counter()
    silent: list[int] = []
    try:
        for place, changed in changes(data, _COMPILED):
            (folder / NAME).write_bytes(changed)
            found["refused where it is installed"] += altered(now, base)
            try:
                open_release(folder)
                silent.append(place)
            except _ReadFromYamlError:
                found["read from the YAML instead"] += 1
    finally:
        (folder / NAME).write_bytes(data)
    print(f"\n{NAME}: {len(data)} bytes; {dict(found)}; silent: {len(silent)}")
    assert silent == []
    assert len(set(found.values())) == 1


def test_no_changed_byte_of_the_yaml_is_printed_unmarked(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = base / "evidence"
    monkeypatch.setattr(files, "_digest", lru_cache(maxsize=None)(files._digest))
    expected = load_release(folder)
    assert expected.as_reviewed
    names, now = list(files.names(folder)), recorded(base, *files.names(folder))
    sizes = [(folder / name).stat().st_size for name in names]
    random, found, silent = Random(1), Counter[str](), []
    whole = _read_all(folder, names)
    for number in range(_YAML):
        name = random.choices(names, sizes)[0]
        data = (folder / name).read_bytes()
        changed = bytearray(data)
        place = random.randrange(len(data))
        changed[place] = random.choice([b for b in range(256) if b != data[place]])
        (folder / name).write_bytes(changed)
        try:
            one = Manifest(**{**now.model_dump(), "files": {f"evidence/{name}": now.files[f"evidence/{name}"]}})
            found["refused where it is installed"] += altered(one, base)
            outcome = _outcome(folder, name, whole)
            if outcome == "as reviewed":
                outcome = "read as before" if load_release(folder) == expected else "silent"
            found[outcome] += 1
            silent += [f"{number}: {name}, byte {place}"] * (outcome == "silent")
        finally:
            (folder / name).write_bytes(data)
    print(f"\nYAML: {sum(sizes)} bytes, {_YAML} changed; {dict(found)}; silent: {len(silent)}")
    assert silent == []
    assert found["refused where it is installed"] == _YAML
    assert found["refused"]
    assert found["marked"]


def _read_all(folder: Path, names: list[str]) -> loader._Reading:
    found = loader._Reading()
    for name in names:
        loader._read(found, folder / name, name, None)
    return found


def _outcome(folder: Path, name: str, whole: loader._Reading) -> str:
    """Return what becomes of a release with one file changed; the other files are read once for all.

    What ``loader.check`` would find between records is not looked for: it can only refuse more.
    """
    found = loader._Reading()
    found.texts.update(whole.texts)
    found.documents.update(whole.documents)
    found.records.update(whole.records)
    del found.texts[name], found.documents[name], found.records[name]
    loader._read(found, folder / name, name, None)
    if found.problems:
        return "refused"
    order = {known: found.records[known] for known in whole.records}
    found.records.clear()
    found.records.update(order)
    try:
        library = loader._assemble(found)
    except (BrokenReleaseError, ValueError):
        return "refused"
    return "as reviewed" if library.as_reviewed else "marked"
