"""Finds out what a bundle is made of, and writes the licences of it all into it.

Run by bundle.py in the environment the bundle was made from: inside.py SOURCES FOLDER PARTS. SOURCES says where every
file of the bundle in FOLDER came from; PARTS is written for sbom.py. Nothing is listed by hand but the licence texts
that wheels of Qt leave out.
"""

import json
import os
import platform
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from importlib.metadata import Distribution, distributions
from pathlib import Path

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.utils import canonicalize_name

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
MADE_BY = "pyinstaller"
"""Its loader is what the bundle starts."""
LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice|ofl)[^/]*$", re.IGNORECASE)
FAMILY = re.compile(r"\b(LGPL-3\.0|GPL-3\.0)\b")


@dataclass
class Part:
    """Something of others inside the bundle."""

    name: str
    version: str
    licence: str
    spdx: bool
    """Whether the licence is an SPDX expression."""
    url: str
    """Package URL."""
    files: list[str] = field(default_factory=list)
    """Names in the bundle."""
    texts: list[str] = field(default_factory=list)
    inside: list[dict[str, object]] = field(default_factory=list)
    """What the makers of the part say is inside it, as CycloneDX components."""


def main() -> None:
    """Write notices into the bundle and the list of parts beside it."""
    sources: dict[str, str] = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    bundle, target = Path(sys.argv[2]), Path(sys.argv[3])
    parts = [*of_python(sources), *of_system(sources), python_itself(), *of_resources()]
    owned = {name for part in parts for name in part.files}
    ours = {name for name in sources if is_ours(sources[name])}
    rest = sorted(set(sources) - owned - ours - set(of_stdlib(sources)))
    if rest:
        raise SystemExit(f"inside.py: nobody is known to own {', '.join(rest)}; their licence is not known")
    parts.sort(key=lambda part: part.name.lower())
    places = (bundle / "her2board" / "_internal", bundle / "her2board.app/Contents/Frameworks")
    for folder in filter(Path.is_dir, places):
        (folder / "notices.txt").write_text(notices(parts), encoding="utf-8")
    target.write_text(json.dumps([asdict(part) for part in parts], indent=1), encoding="utf-8")


def is_ours(source: str) -> bool:
    """Tell whether a file is of the program itself."""
    return "/site-packages/her2board/" in Path(source).as_posix() or Path(source).parent == HERE


def of_stdlib(sources: dict[str, str]) -> Iterator[str]:
    """Yield what came with Python."""
    base = Path(sys.base_prefix).resolve()
    for name, source in sources.items():
        real = Path(source).resolve()
        if (real.is_relative_to(base) and "site-packages" not in real.parts) or name == "base_library.zip":
            yield name


def of_python(sources: dict[str, str]) -> Iterator[Part]:
    """Yield the Python packages of which something is inside."""
    names: dict[str, list[str]] = {}
    for name, source in sources.items():
        names.setdefault(os.path.realpath(source), []).append(name)
    for distribution in distributions():
        files = [str(distribution.locate_file(file)) for file in distribution.files or ()]
        inside = sorted(name for file in files for name in names.get(os.path.realpath(file), ()))
        own = canonicalize_name(distribution.metadata["Name"])
        if own != "her2board" and (inside or own == MADE_BY):
            yield python_part(distribution, files, inside)


def python_part(distribution: Distribution, files: Iterable[str], inside: list[str]) -> Part:
    """Return a package with its licence texts, and what it says is in it."""
    name, version = canonicalize_name(distribution.metadata["Name"]), distribution.version
    licence, spdx = licence_of(distribution)
    found = sorted(file for file in files if ".dist-info/" in Path(file).as_posix() and LICENCE_FILE.search(file))
    texts = [Path(file).read_text(encoding="utf-8", errors="replace") for file in found]
    if not texts:
        texts = [(HERE / "licences" / f"{one}.txt").read_text(encoding="utf-8") for one in families(licence)]
    if not texts:
        raise SystemExit(
            f"inside.py: {name} {version} ({licence}) brings no licence text; add it to packaging/licences"
        )
    listed = [file for file in files if ".dist-info/sboms/" in Path(file).as_posix() and file.endswith(".json")]
    further = [one for file in sorted(listed) for one in components(Path(file))]
    return Part(name, version, licence, spdx, f"pkg:pypi/{name}@{version}", inside, texts, further)


def families(licence: str) -> list[str]:
    """Return the licences with a text of ours that an expression names; the LGPL adds to the GPL, so both."""
    named = sorted(set(FAMILY.findall(licence)), reverse=True)
    return ["LGPL-3.0", "GPL-3.0"] if "LGPL-3.0" in named else named


def components(path: Path) -> list[dict[str, object]]:
    """Return what a package's own list names, without what is only of interest to its makers."""
    kept = ("type", "name", "version", "purl", "licenses", "cpe")
    listed = json.loads(path.read_text(encoding="utf-8")).get("components", ())
    return [{key: one[key] for key in kept if key in one} for one in listed]


def licence_of(distribution: Distribution) -> tuple[str, bool]:
    """Return the licence that a package declares, and whether that is an SPDX expression."""
    metadata = distribution.metadata
    said = metadata["License-Expression"] or metadata["License"] or ""
    if not said or "\n" in said or "(see " in said:
        classes = [line for line in metadata.get_all("Classifier") or () if line.startswith("License ::")]
        said = "; ".join(line.rpartition(" :: ")[2] for line in classes)
    try:
        return str(canonicalize_license_expression(said)), True
    except InvalidLicenseExpression:
        return said, False


def of_system(sources: dict[str, str]) -> Iterator[Part]:
    """Yield the Debian packages of which a library is inside, by the source they were built from."""
    found: dict[str, Part] = {}
    for name, path in sorted(sources.items()):
        if sys.platform != "linux" or not path.startswith(("/lib/", "/usr/lib/")) or not (owner := debian_owner(path)):
            continue
        version, source = debian(owner)
        text = Path("/usr/share/doc", owner.partition(":")[0], "copyright").read_text(encoding="utf-8")
        words = "; ".join(sorted(set(re.findall(r"(?m)^License: *(\S[^\n]*)$", text)))) or "see its text"
        url = f"pkg:deb/debian/{source}@{version}"
        part = found.setdefault(source, Part(source, version, words, False, url))
        part.files.append(name)
        part.texts = [*part.texts, *({text} - set(part.texts))]
    yield from found.values()


def debian_owner(path: str) -> str:
    """Return the Debian package that owns ``path``, or an empty name."""
    for form in (path, path.removeprefix("/usr"), f"/usr{path}"):
        real = Path(path).resolve().name
        for name in (form, f"{Path(form).parent}/{real}"):
            done = subprocess.run(["dpkg", "-S", name], capture_output=True, text=True, check=False)
            if done.returncode == 0:
                return done.stdout.partition(": ")[0].partition(",")[0]
    return ""


def debian(package: str) -> tuple[str, str]:
    """Return version and source name of an installed Debian package."""
    query = ["dpkg-query", "-W", "-f", "${source:Version} ${source:Package}", package]
    version, _, source = subprocess.check_output(query, text=True).partition(" ")
    return version, source


def python_itself() -> Part:
    """Return Python and its standard library."""
    places = (Path(os.__file__).parent, Path(sys.base_prefix))
    (text, *_) = [place / "LICENSE.txt" for place in places if (place / "LICENSE.txt").is_file()] or [None]
    if text is None:
        raise SystemExit("inside.py: this Python brings no LICENSE.txt")
    version = platform.python_version()
    url = f"pkg:generic/python@{version}"
    return Part("cpython", version, "Python-2.0", True, url, [], [text.read_text(encoding="utf-8")])


def of_resources() -> Iterator[Part]:
    """Yield what others made among the resources, as resources/LICENSES.md lists it."""
    folder = ROOT / "resources"
    rows = re.findall(
        r"(?m)^\| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$", (folder / "LICENSES.md").read_text(encoding="utf-8")
    )
    for what, _, origin, licence in rows[1:]:
        if origin == "this project":
            continue
        named = [place / name for name in re.findall(r"`([^`*]+)`", licence) for place in (folder, ROOT)]
        texts = [what, *(path.read_text(encoding="utf-8") for path in named if path.is_file())]
        version = (re.findall(r"\d+(?:\.\d+)+", origin) or ["-"])[0]
        name = re.split(r" \(|,|:", what)[0].removesuffix(f" {version}")
        words = re.split(r", (?:text|notice) in", licence)[0]
        url = f"pkg:generic/{canonicalize_name(name.replace(' ', '-'))}@{version}"
        yield Part(name, version, words, False, url, [], texts)


def notices(parts: list[Part]) -> str:
    """Return names, versions and licences of all parts, then every licence text once."""
    lines = [
        "Parts of others inside her2board, and their licences.",
        "",
        "Qt and PySide6 are used under the LGPL-3.0, unchanged, as libraries of their own: whoever replaces the files",
        "in the folder PySide6 by others of the same interface runs the program with those. Their source, and the",
        "notices of what Qt itself contains, are at download.qt.io and doc.qt.io under the version given here.",
        "",
        *(f"- {part.name} {part.version}: {part.licence}" for part in parts),
    ]
    printed: dict[str, str] = {}
    for part in parts:
        lines += ["", "=" * 100, f"{part.name} {part.version}", "=" * 100]
        for text in part.texts:
            first = printed.setdefault(text.strip(), part.name)
            lines += ["", text.strip() if first == part.name else f"As under {first}."]
    return "\n".join(line.rstrip() for line in "\n".join(lines).splitlines()) + "\n"


if __name__ == "__main__":
    main()
