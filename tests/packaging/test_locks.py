"""The locks give what they pin, with the oldest pip and the newest, on the day something newer is published.

The index is a folder of wheels without content: each package of the development lock at its pinned version, with what
the true one requires, and at a newer version.
"""

import os
import re
import subprocess
import sys
import zipfile
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from hashlib import sha256
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from support.pages import ROOT
from support.scripts import packaging_script

locked = packaging_script("locked")
NEWER = "9999.1"
DEBIAN_PIP = ROOT / "build" / "debian-pip" / "pip"
NEWEST_PIP = Path(str(metadata.distribution("pip").locate_file("pip")))
needs_debian_pip = pytest.mark.skipif(sys.version_info >= (3, 12), reason="Debian 12's pip does not run there")


def pinned(lock: str) -> Iterator[tuple[Requirement, str]]:
    """Yield the entries of a lock that apply here, each with its version."""
    for line in re.findall(r"(?m)^[a-z].*?(?= \\$)", (ROOT / lock).read_text(encoding="utf-8")):
        entry = Requirement(line)
        if entry.marker is None or entry.marker.evaluate():
            yield entry, next(iter(entry.specifier)).version


def make_wheel(folder: Path, name: str, version: str, lines: list[str]) -> Path:
    """Make a wheel that holds nothing but its metadata."""
    stem = f"{re.sub('[-.]+', '_', name)}-{version}"
    described = "\n".join(["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}", *lines, ""])
    files = {
        "METADATA": described,
        "WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = ""
    path = folder / f"{stem}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for file, text in files.items():
            archive.writestr(f"{stem}.dist-info/{file}", text)
            digest = urlsafe_b64encode(sha256(text.encode()).digest()).decode().rstrip("=")
            record += f"{stem}.dist-info/{file},sha256={digest},{len(text.encode())}\n"
        archive.writestr(f"{stem}.dist-info/RECORD", f"{record}{stem}.dist-info/RECORD,,\n")
    return path


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of wheels, and beside them each lock with their hashes in place of the true ones."""
    folder = tmp_path_factory.mktemp("index")
    hashes = {}
    for entry, version in pinned("requirements-dev.lock"):
        true = metadata.metadata(entry.name)
        lines = [f"{key}: {text}" for key in ("Requires-Dist", "Provides-Extra") for text in true.get_all(key) or ()]
        wheel = make_wheel(folder, entry.name, version, lines)
        make_wheel(folder, entry.name, NEWER, lines)
        hashes[entry.name] = sha256(wheel.read_bytes()).hexdigest()
    for lock in ("requirements.lock", "requirements-dev.lock", "packaging/build.lock"):
        lines = [f"{entry} --hash=sha256:{hashes[entry.name]}" for entry, _ in pinned(lock)]
        (folder / Path(lock).name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def python(tmp_path: Path) -> Path:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv"], check=True, timeout=60)
    return tmp_path / "venv" / "bin" / "python"


def run(index: Path, *command: object) -> subprocess.CompletedProcess[str]:
    """Run a command of Python whose pip knows no other index than the folder."""
    around = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    around |= {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(index)}
    words = [sys.executable, *map(str, command)]
    return subprocess.run(words, env=around, capture_output=True, text=True, timeout=120, check=False)


def versions(site: Path) -> dict[str, str]:
    return {canonicalize_name(one.name): one.version for one in metadata.distributions(path=[str(site)])}


@pytest.mark.parametrize(
    ("lock", "pip"),
    [
        pytest.param("requirements-dev.lock", DEBIAN_PIP, marks=needs_debian_pip, id="development, Debian's pip"),
        pytest.param("requirements-dev.lock", NEWEST_PIP, id="development, newest pip"),
        pytest.param("requirements.lock", NEWEST_PIP, id="run time, newest pip"),
    ],
)
def test_a_lock_gives_the_pinned_versions_when_newer_ones_are_published(
    lock: str, pip: Path, index: Path, python: Path
) -> None:
    done = run(index, ROOT / "packaging" / "locked.py", "--pip", pip, "--python", python, index / lock)
    assert done.returncode == 0, done.stderr
    assert "No broken requirements found." in done.stdout
    (site,) = python.parents[1].glob("lib/python*/site-packages")
    assert versions(site) == {entry.name: version for entry, version in pinned(lock)}


def test_what_builds_the_program_comes_from_its_lock_too(index: Path, tmp_path: Path) -> None:
    done = run(index, ROOT / "packaging" / "locked.py", "--target", tmp_path, index / "build.lock")
    assert done.returncode == 0, done.stderr
    assert versions(tmp_path) == {entry.name: version for entry, version in pinned("packaging/build.lock")}


def test_a_lock_that_misses_a_package_is_reported(index: Path, python: Path, tmp_path: Path) -> None:
    lock = tmp_path / "incomplete.lock"
    complete = (index / "requirements.lock").read_text(encoding="utf-8").splitlines()
    lock.write_text("\n".join(line for line in complete if not line.startswith("lxml")), encoding="utf-8")
    done = run(index, ROOT / "packaging" / "locked.py", "--python", python, lock)
    assert done.returncode != 0
    assert "requires lxml, which is not installed" in done.stdout


@needs_debian_pip
def test_with_its_resolver_on_the_pip_of_debian_refuses_the_development_lock(index: Path, tmp_path: Path) -> None:
    options = [option for option in locked.OPTIONS if option != "--no-deps"]
    lock = index / "requirements-dev.lock"
    done = run(index, DEBIAN_PIP, "install", *options, "--target", tmp_path, "--requirement", lock)
    assert done.returncode != 0
    assert "coverage[toml]" in done.stderr
