"""Prints the part of requirements.lock that the program itself needs, without the tools of its engineers."""

import re
import sys
import tomllib
from importlib.metadata import requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent


def needed(wanted: list[str]) -> set[str]:
    """Return the names of ``wanted`` and of everything they require on this system."""
    found: set[str] = set()
    open_ends = [Requirement(line) for line in wanted]
    while open_ends:
        requirement = open_ends.pop()
        name = canonicalize_name(requirement.name)
        if name not in found:
            found.add(name)
            extras = requirement.extras or {""}
            further = map(Requirement, requires(name) or ())
            open_ends += [
                one for one in further if not one.marker or any(one.marker.evaluate({"extra": e}) for e in extras)
            ]
    return found


def entries(lock: str) -> dict[str, str]:
    """Return the entries of a lock, each with its hashes, by name."""
    parts = re.split(r"(?m)^(?=[a-zA-Z0-9])", lock)
    return {canonicalize_name(part.partition("==")[0].partition("[")[0]): part for part in parts if "==" in part}


def main() -> None:
    """Print the entries."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    locked = entries((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    wanted = needed(project["dependencies"])
    sys.stdout.write("".join(text for name, text in locked.items() if name in wanted))


if __name__ == "__main__":
    main()
