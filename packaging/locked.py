"""Installs exactly what lock files pin: locked.py [--pip PIP] (--python PYTHON | --target FOLDER) LOCK...

Into the environment of PYTHON, which need not have pip, and then checks that nothing is missing there; or into FOLDER.
PIP is a copy of pip to use instead of the one this Python has.
"""

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

OPTIONS = ("--no-deps", "--require-hashes")
"""The locks are complete. With its resolver on, pip would look at newer versions of whatever is asked for with an
extra, find no hash for them, and refuse: a lock would break on the day something new is published."""


def install(locks: Sequence[Path], where: Sequence[str], pip: Sequence[str] = ("-m", "pip")) -> None:
    """Install ``locks`` with bytecode; ``where`` is pip's option for the place. Raises CalledProcessError."""
    command = [sys.executable, *pip, "--disable-pip-version-check", "--no-input"]
    into, target = (where, ()) if where[0] == "--python" else ((), where)
    for lock in locks:
        asked = ("--compile", "--root-user-action=ignore", *target, "--requirement", str(lock))
        subprocess.run([*command, *into, "install", *OPTIONS, *asked], check=True)
    if into:
        subprocess.run([*command, *into, "check"], check=True)


def main() -> int:
    """Install what the command line names; return the exit status."""
    parser = argparse.ArgumentParser("locked.py", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pip", type=Path)
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--python")
    where.add_argument("--target")
    parser.add_argument("locks", type=Path, nargs="+", metavar="LOCK")
    asked = parser.parse_args()
    place = ("--python", asked.python) if asked.python else ("--target", asked.target)
    try:
        install(asked.locks, place, [str(asked.pip)] if asked.pip else ("-m", "pip"))
    except subprocess.CalledProcessError as error:
        return error.returncode or 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
