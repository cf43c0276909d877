"""What is inside is found, not listed by hand: locked packages, licences, bill of materials, sums."""

import hashlib
import importlib
import json
import re
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from support.pages import ROOT

Importer = Callable[[str], ModuleType]


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Importer:
    monkeypatch.setattr(sys, "path", [str(ROOT / "packaging"), str(ROOT / "packaging" / "linux"), *sys.path])
    return importlib.import_module


def entries(lock: str) -> dict[str, str]:
    """Return the entries of a lock, each with its hashes, by name."""
    parts = re.split(r"(?m)^(?=[a-zA-Z0-9])", (ROOT / lock).read_text(encoding="utf-8"))
    return {canonicalize_name(part.partition("==")[0]): part for part in parts if "==" in part}


def test_the_run_time_lock_holds_what_the_program_needs_and_no_tool_of_its_engineers() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    locked = entries("requirements.lock")
    asked = {canonicalize_name(Requirement(line).name) for line in project["dependencies"]}
    assert asked | {"pydantic-core", "shiboken6"} <= set(locked)
    assert not set(locked) & {"pytest", "mypy", "hypothesis", "pypdfium2", "hatchling"}


def test_the_development_lock_holds_every_tool_and_all_of_the_run_time_lock() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    locked = entries("requirements-dev.lock")
    assert {canonicalize_name(Requirement(line).name) for line in project["optional-dependencies"]["dev"]} <= set(
        locked
    )
    for name, entry in entries("requirements.lock").items():
        assert locked[name] in (entry, everywhere(entry))


def everywhere(entry: str) -> str:
    """Return an entry of a lock without the system it is limited to; a tool may need the package on all."""
    first, rest = entry.split("\n", 1)
    return f"{first.partition(' ; ')[0]} \\\n{rest}"


@pytest.mark.parametrize("lock", ["packaging/build.lock", "packaging/bundle.lock"])
def test_the_locks_of_the_build_agree_with_the_development_lock(lock: str) -> None:
    locked = entries("requirements-dev.lock")
    for name, entry in entries(lock).items():
        assert "--hash=sha256:" in entry
        assert locked.get(name, entry) == entry


def test_every_licence_text_is_once_in_the_notices(script: Importer) -> None:
    inside = script("inside")
    parts = [
        inside.Part("one", "1.0", "MIT", True, "pkg:pypi/one@1.0", ["one.py"], ["Text of a licence"]),
        inside.Part("two", "2.0", "MIT", True, "pkg:pypi/two@2.0", ["two.py"], ["Text of a licence\n"]),
    ]
    text = inside.notices(parts)
    assert text.count("Text of a licence") == 1
    assert "As under one." in text
    assert "- two 2.0: MIT" in text


def test_qt_without_a_text_of_its_own_gets_the_texts_of_both_licences(script: Importer) -> None:
    inside = script("inside")
    assert inside.families("LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only") == ["LGPL-3.0", "GPL-3.0"]
    for name in ("LGPL-3.0", "GPL-3.0"):
        assert "GNU" in (ROOT / "packaging" / "licences" / f"{name}.txt").read_text(encoding="utf-8")


def test_fonts_among_the_resources_are_found_with_their_licence(script: Importer) -> None:
    parts = {part.name: part for part in script("inside").of_resources()}
    assert "Open Font License" in parts["Source Sans 3"].licence
    assert any("SIL OPEN FONT LICENSE" in text.upper() for text in parts["Source Sans 3"].texts)
    assert not any("icon" in name.lower() for name in parts)
    for part in parts.values():
        assert part.version != "-"
        assert len(part.texts) > 1, part.name


@pytest.fixture
def dist(script: Importer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with invented artefacts, described by sbom.py."""
    sbom = script("sbom")
    folder = tmp_path / "dist"
    folder.mkdir()
    for name in ("her2board-1.0-linux-x86_64.tar.gz", "her2board-1.0-py3-none-any.whl", "her2board_1.0_amd64.deb"):
        (folder / name).write_bytes(name.encode())
    kinds = {
        "qt": ("LGPL-3.0-only", True, "pkg:pypi/qt@6"),
        "libx": ("see its text", False, "pkg:deb/debian/libx@1"),
        "zlib": ("Zlib", False, "pkg:deb/debian/zlib@1"),
        "font": ("OFL", False, "pkg:generic/font@3"),
    }
    parts = [
        {"name": name, "version": "1", "licence": licence, "spdx": spdx, "url": url, "inside": [],
         "files": ["libz.so.1"] if name == "zlib" else []}
        for name, (licence, spdx, url) in kinds.items()
    ]  # fmt: skip
    (tmp_path / "parts.json").write_text(json.dumps(parts), encoding="utf-8")
    monkeypatch.setitem(script("bundle").BUILDS, "match", folder)
    monkeypatch.setattr(sbom, "PARTS", tmp_path / "parts.json")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    sbom.main()
    return folder


def parts_of(path: Path) -> dict[str, object]:
    listed = json.loads(path.with_name(f"{path.name}.cdx.json").read_text(encoding="utf-8"))
    assert listed["bomFormat"] == "CycloneDX"
    assert listed["metadata"]["timestamp"] == "2023-11-14T22:13:20Z"
    return {part["name"]: part["licenses"] for part in listed["components"]}


def test_every_artefact_has_a_bill_of_what_is_in_it_with_licences(dist: Path) -> None:
    archive = parts_of(dist / "her2board-1.0-linux-x86_64.tar.gz")
    assert set(archive) == {"qt", "libx", "zlib", "font"}
    assert archive["qt"] == [{"expression": "LGPL-3.0-only"}]
    assert archive["font"] == [{"license": {"name": "OFL"}}]


def test_debian_package_lists_only_the_library_it_does_not_leave_to_debian(dist: Path) -> None:
    assert set(parts_of(dist / "her2board_1.0_amd64.deb")) == {"qt", "zlib", "font"}


def test_wheel_lists_its_fonts_only(dist: Path) -> None:
    assert set(parts_of(dist / "her2board-1.0-py3-none-any.whl")) == {"font"}


def test_sums_cover_every_file_beside_them(dist: Path) -> None:
    lines = (dist / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    listed = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    files = {path.name: path for path in dist.iterdir() if path.name != "SHA256SUMS"}
    assert set(listed) == set(files)
    for name, path in files.items():
        assert hashlib.sha256(path.read_bytes()).hexdigest() == listed[name]
