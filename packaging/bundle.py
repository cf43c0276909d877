"""Makes dist/bundle/her2board: the program with its own Python and Qt, as a folder. Linux, Windows and macOS.

With HER2BOARD_BUILD=packet in the environment it makes the build that compares nobody with cohorts or options, and
all of it goes to dist/packet instead: no setting of the installed program makes the one into the other.

Run by .venv's Python from the top of a checkout (`make bundle`). What goes inside comes from an environment that
holds the wheel and its locked dependencies only, because PyInstaller takes whatever it finds.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "packaging"
ENVIRONMENT = ROOT / "build" / "bundle-env"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
PARTS = ROOT / "build" / "parts.json"
"""What the bundle is made of; sbom.py reads it."""
BUILDS = {"match": ROOT / "dist", "packet": ROOT / "dist" / "packet"}
"""Where each of the two builds goes."""
OUTSIDE = getattr(sys, "_base_executable", sys.executable)


def main() -> None:
    """Build the wheel, its environment and the bundle."""
    around = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    around |= {"SOURCE_DATE_EPOCH": epoch(), "PYTHONHASHSEED": "0"}
    (ROOT / "build").mkdir(exist_ok=True)
    prepare(around)
    run(around, sys.executable, HERE / "icons.py")
    if os.name == "nt":
        command = [sys.executable, HERE / "windows" / "version_resource.py"]
        (ROOT / "build" / "version-resource.txt").write_bytes(
            subprocess.check_output(command, env=around | {"PYTHONPATH": str(ROOT)})
        )
    wheel = build_wheel(around)
    run(around, OUTSIDE, "-m", "pip", "--python", PYTHON, "--disable-pip-version-check", "--no-input", "--quiet",
        "install", "--compile", "--root-user-action=ignore", "--no-deps", "--force-reinstall", wheel)  # fmt: skip
    target = dist() / "bundle"
    shutil.rmtree(target, ignore_errors=True)
    work = ROOT / "build" / "pyinstaller"
    shutil.rmtree(work, ignore_errors=True)
    run(around, PYTHON, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "--distpath", target,
        "--workpath", work, HERE / "her2board.spec")  # fmt: skip
    run(around, PYTHON, HERE / "inside.py", work / "inside.json", target, PARTS)
    settle(target, int(around["SOURCE_DATE_EPOCH"]))


def epoch() -> str:
    """Return the time that every file gets: SOURCE_DATE_EPOCH, else that of the commit, in seconds."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    return given or subprocess.check_output(["git", "log", "-1", "--format=%ct"], cwd=ROOT, text=True).strip()


def build() -> str:
    """Return which of the two builds is made."""
    chosen = os.environ.get("HER2BOARD_BUILD") or "match"
    if chosen not in BUILDS:
        raise SystemExit(f"HER2BOARD_BUILD={chosen}: there are {' and '.join(BUILDS)}")
    return chosen


def dist() -> Path:
    """Return the folder of what is made."""
    return BUILDS[build()]


def prepare(around: dict[str, str]) -> None:
    """Make the environment anew when a lock has changed."""
    locks = (ROOT / "requirements.lock", HERE / "build.lock", HERE / "bundle.lock")
    stamp = ENVIRONMENT / "made-of.lock"
    made_of = "".join(lock.read_text(encoding="utf-8") for lock in locks)
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == made_of:
        return
    run(around, OUTSIDE, "-m", "venv", "--clear", "--without-pip", ENVIRONMENT)
    run(around, OUTSIDE, HERE / "locked.py", "--python", PYTHON, *locks)
    stamp.write_text(made_of, encoding="utf-8")


def build_wheel(around: dict[str, str]) -> Path:
    """Build wheel and sdist into dist/ and return the wheel."""
    target = dist()
    for old in (*target.glob("*.whl"), *target.glob("her2board-*.tar.gz")):
        old.unlink()
    run(around, PYTHON, "-m", "hatchling", "build", "-t", "sdist", "-t", "wheel", "-d", target, at=ROOT)
    (wheel,) = target.glob("*.whl")
    return wheel


def settle(folder: Path, seconds: int) -> None:
    """Give everything in ``folder`` the same time and modes."""
    for path in (folder, *folder.rglob("*")):
        if path.is_symlink():
            continue
        path.chmod(0o755 if path.is_dir() or (os.access(path, os.X_OK) and path.suffix == "") else 0o644)
        os.utime(path, (seconds, seconds))


def run(around: dict[str, str], *words: object, at: Path = ROOT / "build") -> None:
    """Run a command, away from the source so that nothing is imported from there; stop when it fails."""
    subprocess.run([str(word) for word in words], cwd=at, env=around, check=True)


if __name__ == "__main__":
    main()
