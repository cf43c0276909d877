"""What the wheel brings along, and that the same source gives the same bytes."""

import hashlib
import json
import tarfile
import tomllib
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from support.packed import Run, build
from support.packs import make_keys
from support.pages import ROOT

import her2board
from her2board.packs.fingerprint import fingerprint


def shipped() -> set[str]:
    """Every file of evidence and resources in this tree but the compiled form, which packaging makes itself."""
    found = (path for folder in ("evidence", "resources") for path in (ROOT / folder).rglob("*") if path.is_file())
    return {path.relative_to(ROOT).as_posix() for path in found if path.name != "release.bin"}


def test_wheel_brings_every_file_of_evidence_and_resources_unchanged(data: Path) -> None:
    for name in shipped():
        assert (data / name).read_bytes() == (ROOT / name).read_bytes(), name


def test_everything_the_wheel_brings_is_recorded_by_its_hash(data: Path, recorded: dict[str, Any]) -> None:
    assert set(recorded["files"]) == shipped() | {"evidence/release.bin"}
    for name, digest in recorded["files"].items():
        assert hashlib.sha256((data / name).read_bytes()).hexdigest() == digest, name


def test_wheel_has_the_program_and_its_command_line_form(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith("entry_points.txt"))
        words = archive.read(name).decode()
    assert "[console_scripts]\nher2board-cli = her2board.cli:main" in words
    assert "[gui_scripts]\nher2board = her2board.cli:main" in words


def test_source_archive_gives_the_same_bytes_of_wheel_and_archive_elsewhere(wheel: Path, tmp_path: Path) -> None:
    archive = build(tmp_path / "archive", "sdist")
    with tarfile.open(archive) as packed:
        if hasattr(tarfile, "data_filter"):  # Python 3.11.4; Debian 12 has an earlier one, and the archive is our own
            packed.extraction_filter = tarfile.data_filter
        packed.extractall(tmp_path)
    (source,) = tmp_path.glob("her2board-*")
    assert build(tmp_path / "wheel", at=source, PYTHONHASHSEED="7").read_bytes() == wheel.read_bytes()
    assert build(tmp_path / "again", "sdist", at=source).read_bytes() == archive.read_bytes()


def test_the_packet_build_stays_one_whatever_is_written_into_it(run: Run, installed: Path, tmp_path: Path) -> None:
    root = make_keys(tmp_path / "keys", datetime.now(UTC))
    around = {"HER2BOARD_BUILD": "packet", "HER2BOARD_ROOT": str(tmp_path / "keys" / "1.root.json")}
    with zipfile.ZipFile(build(tmp_path / "packet", **around)) as archive:
        archive.extractall(installed)
    assert f"this program came with the root {fingerprint(root)}, whose keys hold" in run("packs", "list").stdout
    data = installed / "her2board" / "_data"
    example = str(data / "resources" / "examples" / "cr18-untreated-asymptomatic.her2case")
    found = json.loads(run("assess", example, "--json").stdout)
    assert (found["build"], found["cohorts"], found["options"]) == ("packet", [], [])
    (data / "resources" / "build.json").write_text('{"build": "match"}\n', encoding="utf-8")
    done = run("assess", example, "--json")
    assert done.returncode == 1
    assert "resources/build.json" in done.stderr
    assert done.stdout == ""


def test_page_of_the_installed_program_has_the_recorded_hash(
    data: Path, recorded: dict[str, Any], run: Run, tmp_path: Path
) -> None:
    page = recorded["page"]
    example = data / "resources" / "examples" / f"{page['example']}.her2case"
    target = tmp_path / "page.pdf"
    done = run("brief", str(example), "-o", str(target), "--as-of", page["as_of"])
    assert done.returncode == 0
    assert done.stderr.startswith(f"her2board: {target}: not on the page: ")
    assert done.stderr.count("\n") == 1
    assert hashlib.sha256(target.read_bytes()).hexdigest() == page["sha256"]


def test_program_and_package_say_the_same_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == her2board.__version__
