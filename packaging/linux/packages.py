"""Makes the Debian package or the portable archive from dist/bundle/her2board: packages.py deb|portable.

Run by .venv's Python from the top of a checkout (`make deb`, `make portable`). The Debian package leaves libraries to
Debian that Debian has, and declares them; the portable archive brings them.
"""

import gzip
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(HERE.parent), str(ROOT)]

from bundle import build, dist, epoch  # noqa: E402  # reason: only now are both found

from her2board import __version__  # noqa: E402

BUNDLE = dist() / "bundle" / "her2board"
PACKAGE = "her2board" if build() == "match" else f"her2board-{build()}"
"""Name of the Debian package and of the archive."""
PARTS = ROOT / "build" / "parts.json"
NAME = "org.her2board.her2board"
KEPT = {"libz.so.1"}
"""Debian has it, but another version packs the page to other bytes, and then no page could be compared."""
MAINTAINER = "The her2board engineers <her2board@her2board.invalid>"
LIBRARY = Path("usr/lib/her2board")
DESCRIPTION = {
    "match": """\
prepare a tumour-board discussion (HER2-positive breast cancer)
 Compares one patient with HER2-positive breast cancer and brain metastases
 with the cohorts that published trials reported on and with what guidelines
 say, and writes one page for the multidisciplinary meeting.
 .
 Lists and explains; does not decide. Uses no network. For research and
 evaluation where it has not been assessed as a medical device.
""",
    "packet": """\
prepare a tumour-board discussion, without comparison
 Keeps, checks and lays out what was recorded of a patient with HER2-positive
 breast cancer and brain metastases, and writes one page for the
 multidisciplinary meeting. Compares nobody with published cohorts or
 treatment options; no setting makes it do so.
 .
 Does not decide. Uses no network.
""",
}
"""What each build claims."""


def portable(seconds: int) -> Path:
    """Make the archive that runs from wherever it is unpacked."""
    name = f"{PACKAGE}-{__version__}-linux-{platform.machine()}"
    target = dist() / f"{name}.tar.gz"

    def settled(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = "root"
        entry.mtime = seconds
        return entry

    with (
        target.open("wb") as raw,
        gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=seconds) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for source, inside in ((BUNDLE, name), (HERE / "README.txt", f"{name}/README.txt")):
            archive.add(source, inside, filter=settled)  # in the order of names
        archive.add(ROOT / "LICENSE", f"{name}/LICENSE.txt", filter=settled)
    return target


def deb(seconds: int) -> Path:
    """Make the Debian package; it has no scripts, so that removing it removes what it brought and nothing else."""
    architecture = subprocess.check_output(["dpkg", "--print-architecture"], text=True).strip()
    root = ROOT / "build" / "deb"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(BUNDLE, root / LIBRARY, ignore=left_to_debian)
    for program in ("her2board", "her2board-cli"):
        link = root / "usr/bin" / program
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(Path("../lib/her2board") / program)
    desktop_files(root)
    documents(root, seconds)
    control(root, architecture, depends(root))
    for path in sorted(root.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
            os.utime(path, (seconds, seconds))
    target = dist() / f"{PACKAGE}_{__version__}_{architecture}.deb"
    around = {**os.environ, "SOURCE_DATE_EPOCH": str(seconds)}
    subprocess.run(["dpkg-deb", "--root-owner-group", "-Zxz", "--build", root, target], env=around, check=True)
    return target


def left_to_debian(folder: str, names: list[str]) -> set[str]:
    """Return those of ``names`` that a Debian package brings as well."""
    parts = json.loads(PARTS.read_text(encoding="utf-8"))
    debian = {name for part in parts if part["url"].startswith("pkg:deb/") for name in part["files"]}
    inside = Path(folder).relative_to(BUNDLE)
    known = {name: (inside / name).as_posix().removeprefix("_internal/") for name in names}
    return {name for name, path in known.items() if path in debian and name not in KEPT}


def desktop_files(root: Path) -> None:
    """Lay out what a desktop needs to know the program and its files."""
    for source, place in (
        (f"{NAME}.desktop", f"applications/{NAME}.desktop"),
        (f"{NAME}.metainfo.xml", f"metainfo/{NAME}.metainfo.xml"),
        (f"{NAME}.mime.xml", f"mime/packages/{NAME}.xml"),
    ):
        lay(HERE / source, root / "usr/share" / place)
    icons = root / "usr/share/icons/hicolor"
    lay(ROOT / "resources" / "icons" / "her2board.svg", icons / "scalable/apps" / f"{NAME}.svg")
    for drawn in (ROOT / "build" / "icons").glob("*.png"):
        if int(drawn.stem) <= 256:
            lay(drawn, icons / f"{drawn.stem}x{drawn.stem}/apps" / f"{NAME}.png")


def lay(source: Path, target: Path) -> None:
    """Copy one file, making its folders."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def lay_text(text: str, target: Path) -> None:
    """Write one file, making its folders."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")


def documents(root: Path, seconds: int) -> None:
    """Write man page, completion, changelog and copyright."""
    man = root / "usr/share/man/man1"
    pack(man / "her2board.1.gz", words("man", str(seconds)))
    (man / "her2board-cli.1.gz").symlink_to("her2board.1.gz")
    completion = root / "usr/share/bash-completion/completions"
    completion.mkdir(parents=True)
    (completion / "her2board").write_bytes(words("bash"))
    (completion / "her2board-cli").symlink_to("her2board")
    doc = root / "usr/share/doc" / PACKAGE
    pack(doc / "NEWS.gz", (ROOT / "CHANGELOG.md").read_bytes())
    day = format_datetime(datetime.fromtimestamp(seconds, UTC))
    entry = f"{PACKAGE} ({__version__}) unstable; urgency=medium\n\n  * See NEWS.gz.\n\n -- {MAINTAINER}  {day}\n"
    pack(doc / "changelog.gz", entry.encode())
    lay(HERE / "copyright", doc / "copyright")
    (doc / "notices.txt").symlink_to("../../../lib/her2board/_internal/notices.txt")
    overrides = (HERE / "lintian-overrides").read_text(encoding="utf-8").replace("her2board:", f"{PACKAGE}:")
    lay_text(overrides, root / "usr/share/lintian/overrides" / PACKAGE)


def words(what: str, *more: str) -> bytes:
    """Return the man page or the completion."""
    around = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "80"}
    return subprocess.check_output([sys.executable, HERE / "words.py", what, *more], env=around)


def pack(target: Path, data: bytes) -> None:
    """Write ``data`` compressed, without a time."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(data, 9, mtime=0))


def depends(root: Path) -> str:
    """Return the packages that bring the libraries which are loaded but not inside, as dpkg-shlibdeps lists them."""
    (root / "DEBIAN").mkdir()  # by it dpkg-shlibdeps knows where the package begins
    binaries = [path for path in (root / LIBRARY).rglob("*") if path.is_file() and path.read_bytes()[:4] == b"\x7fELF"]
    folders = sorted({path.parent for path in binaries})
    work = ROOT / "build" / "shlibdeps"
    (work / "debian").mkdir(parents=True, exist_ok=True)
    (work / "debian" / "control").write_text("Source: her2board\n\nPackage: her2board\nArchitecture: any\n")
    command = ["dpkg-shlibdeps", "-O", "--ignore-missing-info", "-xher2board", *(f"-l{one}" for one in folders)]
    done = subprocess.run([*command, *binaries], cwd=work, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit("\n".join(line for line in done.stderr.splitlines() if "error" in line))
    return done.stdout.strip().removeprefix("shlibs:Depends=")


def control(root: Path, architecture: str, needed: str) -> None:
    """Write the control file and the sums of all files."""
    files = sorted(path for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    sums = "".join(f"{hashlib.md5(path.read_bytes()).hexdigest()}  {path.relative_to(root)}\n" for path in files)
    fields = {
        "Package": PACKAGE,
        "Version": __version__,
        "Architecture": architecture,
        "Maintainer": MAINTAINER,
        "Installed-Size": str(sum(path.stat().st_size for path in files) // 1024),
        "Depends": needed,
        "Recommends": "desktop-file-utils, hicolor-icon-theme, shared-mime-info",
        "Section": "science",
        "Priority": "optional",
        "Description": DESCRIPTION[build()].rstrip("\n"),
    }
    other = "her2board-packet" if build() == "match" else "her2board"
    fields |= {"Conflicts": other, "Replaces": other}  # both bring the same programs
    folder = root / "DEBIAN"
    (folder / "control").write_text("".join(f"{name}: {value}\n" for name, value in fields.items()), encoding="utf-8")
    (folder / "md5sums").write_text(sums, encoding="utf-8")


def main() -> None:
    """Make what the command line names."""
    if not re.fullmatch("deb|portable", sys.argv[1]):
        raise SystemExit(__doc__)
    made = {"deb": deb, "portable": portable}[sys.argv[1]](int(epoch()))
    print(f"{made.relative_to(ROOT)}: {made.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
