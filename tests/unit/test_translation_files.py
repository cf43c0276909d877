"""A translation is data: one that was altered, or fills in what its English does not, is not spoken."""

import hashlib
import json
import struct
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from her2board import paths, wording

MO = "resources/translations/it.mo"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    yield
    wording.speak("en")
    paths.base.cache_clear()


def made(messages: Mapping[str, str]) -> bytes:
    """Return a .mo file; forms of one message are separated by a zero."""
    pairs = sorted({"": "Content-Type: text/plain; charset=UTF-8\n", **messages}.items())
    tables, texts, start = [b"", b""], b"", 28 + 16 * len(pairs)
    for pair in pairs:
        for number, text in enumerate(pair):
            data = text.encode()
            tables[number] += struct.pack("<2I", len(data), start + len(texts))
            texts += data + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    return head + tables[0] + tables[1] + texts


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the base of a program that was installed, with a translation of its own and a manifest that lists it."""
    for name in ("evidence", "resources/translations"):
        (tmp_path / name).mkdir(parents=True)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    paths.base.cache_clear()
    ship(tmp_path, made({"Save the case": "Salva il caso"}))
    return tmp_path


def ship(base: Path, data: bytes) -> None:
    (base / MO).write_bytes(data)
    files = {MO: hashlib.sha256(data).hexdigest()}
    paths.manifest_file().write_text(json.dumps({"files": files}))


def refused(language: str = "it") -> str:
    """Return why a language is not spoken; nothing of it is used then."""
    why = wording.speak(language)
    assert (wording.spoken_language(), wording.tr("Save the case")) == ("en", "Save the case")
    return why


def test_the_translation_that_was_shipped_is_spoken(installed: Path) -> None:
    assert wording.speak("it") == ""
    assert wording.tr("Save the case") == "Salva il caso"


def test_each_changed_byte_of_it_is_noticed(installed: Path) -> None:
    data = (installed / MO).read_bytes()
    for place in range(len(data)):
        (installed / MO).write_bytes(data[:place] + bytes([data[place] ^ 0x20]) + data[place + 1 :])
        assert "is not the file that was shipped" in refused()


@pytest.mark.parametrize(
    "manifest", ["", "{", "[]", "{}", '{"files": {}}', '{"files": {"resources/translations/it.mo": 5}}']
)
def test_an_installed_program_without_its_manifest_speaks_no_translation(installed: Path, manifest: str) -> None:
    paths.manifest_file().write_text(manifest)
    (installed / "pyproject.toml").write_text('[project]\nname = "her2board"\n')
    assert "is not the file that was shipped" in refused()
    paths.manifest_file().unlink()
    assert "is not the file that was shipped" in refused()


@pytest.mark.parametrize(
    ("english", "other"),
    [
        ("{n} cases", "{n.__class__} casi"),
        ("{n} cases", "{0.__class__} casi"),
        ("{n} cases", "{n[0]} casi"),
        ("{n} cases", "{n!r} casi"),
        ("{n} cases", "{n:{n}} casi"),
        ("{n} cases", "{n:>9999999} casi"),
        ("{n} cases", "{m} casi"),
        ("{n} cases", "{n casi"),
        ("Cases", "Casi {n}"),
        ("{n} case\0{n} cases", "{n} caso\0{n.__class__} casi"),
        ("{n} case\0{n} cases", "{n} caso\0{n} casi\0{n.__class__}"),
    ],
)
def test_a_translation_that_fills_in_what_its_english_does_not_is_refused(
    installed: Path, english: str, other: str
) -> None:
    ship(installed, made({"Save the case": "Salva il caso", english: other}))
    why = refused()
    assert "fills in what its English does not" in why or "is damaged" in why


def test_a_translation_that_leaves_out_or_turns_around_what_is_filled_in_is_spoken(installed: Path) -> None:
    messages = {"{n} of {m}": "{m}: {n}", "one case\0{n} cases": "un caso\0{n} casi", "{n} days": "giorni"}
    ship(installed, made(messages))
    assert wording.speak("it") == ""


@pytest.mark.parametrize("cut", [0, 3, 27, 40, 100])
def test_a_translation_that_is_cut_short_is_refused(installed: Path, cut: int) -> None:
    ship(installed, (installed / MO).read_bytes()[:cut])
    assert "is damaged" in refused()


@pytest.mark.parametrize("language", ["", "../it", "it/../it", "IT", "it\0", "x" * 5000])
def test_what_is_no_language_is_none(installed: Path, language: str) -> None:
    assert "is no language of this program" in refused(language)


def test_a_file_of_a_checkout_beside_an_installed_program_makes_no_checkout_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site-packages" / "her2board"
    for folder in ("evidence", "resources", "her2board/_data/evidence", "her2board/_data/resources"):
        (package.parent / folder).mkdir(parents=True)
    for folder in (package.parent, package / "_data"):
        (folder / "pyproject.toml").write_text("")
    monkeypatch.setattr(paths, "__file__", str(package / "paths.py"))
    paths.base.cache_clear()
    assert not paths.is_checkout()
    (package / "_data").rename(package / "_gone")
    paths.base.cache_clear()
    assert paths.base() == package.parent
    (package.parent / "her2board-1.0.0.dist-info").mkdir()
    assert not paths.is_checkout()
