"""A PostgreSQL server of the tests' own: from the system's package, as its own user, on a socket, without a port."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

import psycopg

from her2board.casebook.server import Server

_NUMBERS = count(1)


def binaries() -> Path | None:
    """Return the folder of the server's programs; None where the system has none."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda place: int(place.parent.name), reverse=True)
    found = shutil.which("initdb")
    return next((place for place in places if (place / "initdb").exists()), Path(found).parent if found else None)


def why_none() -> str:
    """Return why no server can be started here; empty where one can."""
    if binaries() is None:
        return "no PostgreSQL server is installed; packaging/setup.sh dev installs it as root"
    if os.geteuid() == 0:
        try:
            pwd.getpwnam("postgres")
        except KeyError:
            return "there is no user postgres to run the server as"
    return ""


@contextmanager
def running() -> Iterator[Path]:
    """Run a server; give the folder of its socket."""
    folder = Path(mkdtemp(prefix="pg", dir="/tmp"))  # a socket's path is short
    account = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
    who = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
    if account:
        os.chown(folder, account.pw_uid, account.pw_gid)
    place = binaries()
    assert place is not None
    data = folder / "data"

    def run(*words: object) -> None:
        said = subprocess.run(
            [str(word) for word in words], capture_output=True, text=True, check=False, cwd=folder, timeout=60, **who
        )
        assert said.returncode == 0, said.stdout + said.stderr

    run(place / "initdb", "-D", data, "-U", "her2board", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
    settings = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off -c full_page_writes=off"
    try:
        run(place / "pg_ctl", "-D", data, "-l", folder / "log", "-o", settings, "-w", "start")
        try:
            yield folder
        finally:
            run(place / "pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


def fresh(folder: Path) -> Server:
    """Return an empty place for a casebook on a running server."""
    name = f"board{next(_NUMBERS)}"
    base = f"host={folder} user=her2board dbname=postgres"
    with psycopg.connect(base, autocommit=True) as db:
        db.execute(f"CREATE SCHEMA {name}")  # type: ignore[arg-type]  # reason: a name of our own
    return Server(name, f"{base} options='-c search_path={name}'")
