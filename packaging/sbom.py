"""Writes beside every artefact of a build what is inside it (CycloneDX 1.5), and SHA256SUMS over it all.

Run by .venv's Python from the top of a checkout (`make packages`), for the packet build with HER2BOARD_BUILD=packet.
What is inside was found by inside.py when the bundle was made; wheel and source archive carry the program and the
resources only.
"""

import hashlib
import json
import sys
import tomllib
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PARTS = ROOT / "build" / "parts.json"
FROM_BUNDLE = ("*.deb", "her2board*-linux-*.tar.gz", "*.exe", "*.dmg", "*.AppImage", "*.flatpak")
FROM_SOURCE = ("*.whl", "her2board-*.tar.gz")
SUMS = "SHA256SUMS"
LISTED = ".cdx.json"


def main() -> None:
    """Write all of it."""
    sys.path.insert(0, str(HERE))
    from bundle import dist, epoch

    made = dist()

    parts = json.loads(PARTS.read_text(encoding="utf-8"))
    own = [part for part in parts if part["url"].startswith("pkg:generic/") and part["name"] != "cpython"]
    bundled = {path for pattern in FROM_BUNDLE for path in made.glob(pattern)}
    plain = {path for pattern in FROM_SOURCE for path in made.glob(pattern)} - bundled
    for old in made.glob(f"*{LISTED}"):
        old.unlink()
    for path in sorted(bundled | plain):
        listed = parts_left(path, parts) if path in bundled else own
        text = json.dumps(bill(path, listed, int(epoch())), indent=1) + "\n"
        path.with_name(path.name + LISTED).write_text(text, encoding="utf-8")
    files = sorted(path for path in made.iterdir() if path.is_file() and path.name != SUMS)
    (made / SUMS).write_text("".join(f"{digest(path)}  {path.name}\n" for path in files), encoding="utf-8")


def parts_left(path: Path, parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the parts inside ``path``: a Debian package leaves Debian's libraries to Debian, but for the kept ones."""
    if path.suffix != ".deb":
        return parts
    sys.path.insert(0, str(HERE / "linux"))
    from packages import KEPT

    return [part for part in parts if not part["url"].startswith("pkg:deb/") or KEPT & set(part["files"])]


def bill(path: Path, parts: list[dict[str, Any]], seconds: int) -> dict[str, Any]:
    """Return the bill of materials of the artefact at ``path``, the same for the same bytes."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, digest(path))}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {
                "type": "application",
                "bom-ref": "her2board",
                "name": "her2board",
                "version": project["version"],
                "licenses": [{"expression": project["license"]}],
                "purl": f"pkg:generic/her2board@{project['version']}?file_name={path.name}",
                "hashes": [{"alg": "SHA-256", "content": digest(path)}],
            },
        },
        "components": [component(part) for part in parts],
        "dependencies": [{"ref": "her2board", "dependsOn": [part["url"] for part in parts]}],
    }


def component(part: dict[str, Any]) -> dict[str, Any]:
    """Return one part in the words of CycloneDX."""
    found = {
        "type": "library",
        "bom-ref": part["url"],
        "name": part["name"],
        "version": part["version"],
        "purl": part["url"],
        "licenses": [{"expression": part["licence"]}] if part["spdx"] else [{"license": {"name": part["licence"]}}],
    }
    return found | ({"components": part["inside"]} if part["inside"] else {})


def digest(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
