# UNTESTED on Windows: put together and checked on Linux, never started there.
"""Puts together the program as a folder for Windows, from wheels, and checks what is in it: portable.py [FOLDER].

Run by .venv's Python from the top of a checkout, after `make bundle` (or with HER2BOARD_BUILD=packet after
`make packet`), which makes the wheel of the program. The wheels of the others are downloaded as the lock pins them, for
Windows and Python 3.11; Python itself is put in by hand, as README.txt says. What was checked is in checked.txt beside
the folder; a fault stops it with exit status 1.
"""

import base64
import csv
import hashlib
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath

from packaging.markers import Marker

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(HERE.parent), str(ROOT)]

from bundle import dist  # noqa: E402  # reason: only now is it found

from her2board import __version__  # noqa: E402

PYTHON = "3.11"
TARGET = ("--platform", "win_amd64", "--python-version", PYTHON, "--implementation", "cp")
WINDOWS = {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows", "platform_machine": "AMD64"}
LONGEST = 150
"""Characters of a name inside the folder: leaves 100 for where it is unpacked, of the 259 that Windows opens."""
FORBIDDEN = set('<>:"|?*') | {chr(code) for code in range(32)}
WANTED = (
    "packages/her2board/_data/manifest.json",
    "packages/PySide6/Qt6Core.dll",
    "packages/PySide6/Qt6Pdf.dll",
    "packages/PySide6/plugins/platforms/qwindows.dll",
    "packages/shiboken6/Shiboken.pyd",
    "packages/apsw/__init__.cp311-win_amd64.pyd",
    "her2board.cmd",
    "her2board-cli.cmd",
    "README.txt",
    "PROTOCOL.md",
    "python/python311._pth",
)
"""Files without which it cannot start."""
LEFT_OUT = (
    *(f"PySide6/{name}" for name in ("qml", "include", "lib", "metatypes", "typesystems", "glue", "doc")),
    "PySide6/*.exe",
    "PySide6/*.pyi",
)
"""Of Qt's wheels: what only those who build programs need; some names in it are too long for Windows."""
STARTERS = {
    "her2board.cmd": '@start "" "%~dp0python\\pythonw.exe" -m her2board %*\r\n',
    "her2board-cli.cmd": '@"%~dp0python\\python.exe" -m her2board %*\r\n',
}
PATHS = "python311.zip\r\n.\r\n..\\packages\r\n"
README = """\
UNTESTED on Windows: put together and checked on Linux, never started here.

1. Unpack this folder where its path is short, such as C:\\her2board.
2. From python.org take "Windows embeddable package (64-bit)" of Python 3.11 and unpack it into the folder python,
   keeping the file python311._pth that is there.
3. Start her2board.cmd; from a console: her2board-cli.cmd --self-check

PROTOCOL.md is what to try first, on one page. Settings are kept in the home of whoever starts it.
"""


def main() -> int:
    """Put the folder together, check it, and pack it."""
    wheels = ROOT / "build" / "windows-wheels"
    name = f"her2board{'' if dist().name == 'dist' else '-packet'}-{__version__}-windows-x64-untested"
    folder = Path(sys.argv[1]) if sys.argv[1:] else ROOT / "build" / name
    download(wheels)
    (own,) = dist().glob("her2board-*.whl")
    put_together(folder, [own, *sorted(wheels.glob("*.whl"))])
    found = list(faults(folder))
    said = [f"{folder.name}: {sum(1 for _ in files(folder))} files checked", *(found or ["no fault found"])]
    folder.with_name("checked.txt").write_text("\n".join(said) + "\n", encoding="utf-8")
    print("\n".join(said))
    if found:
        return 1
    print(shutil.make_archive(str(dist() / name), "zip", folder.parent, folder.name))
    return 0


def download(wheels: Path) -> None:
    """Download the wheels that the lock pins, for Windows."""
    shutil.rmtree(wheels, ignore_errors=True)
    abis = [part for abi in ("cp311", "abi3", "none") for part in ("--abi", abi)]
    wheels.mkdir(parents=True)
    lock = wheels / "windows.lock"
    lock.write_text(for_windows((ROOT / "requirements.lock").read_text(encoding="utf-8")), encoding="utf-8")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    asked = ["--only-binary=:all:", "--require-hashes", "-r", str(lock), "-d", str(wheels)]
    subprocess.run([*command, *TARGET, *abis, *asked], check=True)


def for_windows(lock: str) -> str:
    """Return a lock as Windows reads it; pip itself would ask about the system it runs on."""
    kept = []
    for block in re.split(r"\n(?=\S)", lock):
        head = re.match(r"[\w.-]+==[^ ;\\]+\s*;([^\\\n]*)", block)
        if head is None:
            kept.append(block)
        elif Marker(head[1].strip()).evaluate(WINDOWS):
            kept.append(re.sub(r"\s*;[^\\\n]*", " ", block, count=1))
    return "\n".join(kept)


def put_together(folder: Path, wheels: list[Path]) -> None:
    """Lay out the folder: packages from wheels, starters, where Python looks, what to try."""
    shutil.rmtree(folder, ignore_errors=True)
    packages = folder / "packages"
    packages.mkdir(parents=True)
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(packages)
    for pattern in LEFT_OUT:
        for path in packages.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for scripts in packages.glob("*.data"):  # what an installer puts elsewhere; nothing here needs it
        shutil.rmtree(scripts)
    for name, text in STARTERS.items():
        (folder / name).write_bytes(text.encode())
    (folder / "python").mkdir()
    (folder / "python" / "python311._pth").write_bytes(PATHS.encode())
    (folder / "README.txt").write_bytes(README.replace("\n", "\r\n").encode())
    shutil.copyfile(HERE / "PROTOCOL.md", folder / "PROTOCOL.md")
    shutil.copyfile(ROOT / "LICENSE", folder / "LICENSE.txt")


def files(folder: Path) -> Iterator[str]:
    """Yield the names of all files in a folder, with slashes."""
    return (path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file())


def faults(folder: Path) -> Iterator[str]:
    """Yield what is wrong with the folder, one line each."""
    names = list(files(folder))
    yield from (f"{name}: is missing" for name in WANTED if name not in names)
    yield from _names(names)
    for name in names:
        if re.search(r"\.(so|dylib)(\.|$)", name):
            yield f"{name}: is for another system"
        if name.endswith((".pyd", ".dll", ".exe")) and not _for_windows(folder / name):
            yield f"{name}: is no 64-bit file for Windows"
    yield from _records(folder / "packages")
    yield from _pinned(folder / "packages")
    yield from _manifest(folder / "packages" / "her2board" / "_data")


def _names(names: list[str]) -> Iterator[str]:
    folded: dict[str, str] = {}
    for name in names:
        if len(name) > LONGEST:
            yield f"{name}: {len(name)} characters, more than {LONGEST}"
        for part in name.split("/"):
            if FORBIDDEN & set(part) or part != part.rstrip(". ") or PureWindowsPath(part).is_reserved():
                yield f"{name}: '{part}' is no name on Windows"
        if (other := folded.setdefault(name.casefold(), name)) != name:
            yield f"{name}: is the same as {other} on Windows"


def _for_windows(path: Path) -> bool:
    """Return whether a file is a 64-bit program or library for Windows (PE32+, AMD64)."""
    data = path.read_bytes()
    at = int.from_bytes(data[60:64], "little")
    return data[:2] == b"MZ" and data[at : at + 4] == b"PE\0\0" and data[at + 4 : at + 6] == b"\x64\x86"


def _records(packages: Path) -> Iterator[str]:
    """Yield every file that is not as the record of its wheel says."""
    for record in sorted(packages.glob("*.dist-info/RECORD")):
        for name, digest, _ in csv.reader(record.read_text(encoding="utf-8").splitlines()):
            path = packages / name
            if not digest or ".data/" in name or _left_out(name):
                continue
            if not path.is_file():
                yield f"{name}: is in {record.parent.name} but missing"
                continue
            made = base64.urlsafe_b64encode(hashlib.sha256(path.read_bytes()).digest()).rstrip(b"=").decode()
            if digest != f"sha256={made}":
                yield f"{name}: is not as {record.parent.name} records it"


def _left_out(name: str) -> bool:
    return any(PurePosixPath(name).match(pattern) or name.startswith(f"{pattern}/") for pattern in LEFT_OUT)


def _pinned(packages: Path) -> Iterator[str]:
    """Yield packages of the lock that are missing, or of another version."""
    there = {path.name.removesuffix(".dist-info") for path in packages.glob("*.dist-info")}
    folded = {re.sub(r"[-_.]+", "-", name).lower() for name in there}
    lock = for_windows((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    for name, version in re.findall(r"^([\w.-]+)==([^ ;\\\n]+)", lock, re.MULTILINE):
        if re.sub(r"[-_.]+", "-", f"{name}-{version}").lower() not in folded:
            yield f"{name} {version}: is pinned and not there"


def _manifest(data: Path) -> Iterator[str]:
    """Yield files of evidence and resources that are not as the program records them."""
    if not (data / "manifest.json").is_file():
        return
    recorded = json.loads((data / "manifest.json").read_text(encoding="utf-8"))["files"]
    for name, digest in recorded.items():
        if not (data / name).is_file() or hashlib.sha256((data / name).read_bytes()).hexdigest() != digest:
            yield f"{name}: is not as the program records it"


if __name__ == "__main__":
    sys.exit(main())
