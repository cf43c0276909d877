"""What a casebook holds is nowhere else: not in its own files, temporary ones, logs, core files, nor on a network."""

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support.casebook_work import word
from support.encrypted_books import PASSPHRASE, created
from support.pages import ROOT
from support.strategies import case_of

from her2board.case.storage import dump

SESSIONS = int(os.environ.get("HER2BOARD_BOOK_SESSIONS", "2"))
NAMES = 10
"""Planted in each session."""
PLAIN = "opened by a person"
"""Folder of the exports that are meant to be read."""
_SCRIPT = """
import os, sys
from her2board.casebook import opening
from her2board.casebook.keys import Cost
from her2board.cli import main
opening.STATED = Cost(64, 1, 1)
for words in {commands!r}:
    os.environ["HER2BOARD_PASSPHRASE"] = {passphrase!r}
    os.environ["HER2BOARD_EXPORT_PASSPHRASE"] = "of the export"
    main(["casebook", *words])
"""
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills and searches as on POSIX systems")


def session(book: Path, cases: Path, out: Path, name: str) -> list[list[str]]:
    """Return the commands of one session at a casebook."""
    day = "2026-12-03"
    return [
        ["create", str(book)],
        ["add", str(book), str(cases)],
        ["search", str(book), name],
        ["meeting", "add", str(book), day],
        ["meeting", "case", str(book), day, "C0", "C1"],
        ["meeting", "decide", str(book), day, "C0", "--decision", f"{name} is called", "--owner", name],
        ["export", str(book), "-o", str(out / "all.her2export")],
        ["backup", str(book), "--to", str(out / "backups")],
        ["import", str(book), str(out / "all.her2export")],
        ["export", str(book), "-o", str(out / PLAIN), "--unencrypted", "--sure"],
        ["show", str(book), "C1"],
        ["audit", "verify", str(book)],
        ["verify", str(book)],
    ]


def environment(home: Path) -> dict[str, str]:
    folders = {name: str(home / name) for name in ("HOME", "TMPDIR", "XDG_STATE_HOME", "XDG_CONFIG_HOME")}
    for folder in folders.values():
        Path(folder).mkdir(parents=True, exist_ok=True)
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **folders}


def test_planted_names_are_found_nowhere_but_in_the_exports_meant_to_be_read(tmp_path: Path) -> None:
    chance, planted = random.Random(7), set[str]()
    home, secret = tmp_path / "home", tmp_path / "given"
    for number in range(SESSIONS):
        names = ["Zq" + "".join(chance.choices("bcdfghjklmnpqrstvwxz", k=9)) for _ in range(NAMES)]
        planted |= {name.lower() for name in names}
        cases = secret / str(number)
        cases.mkdir(parents=True)
        for place, name in enumerate(names):
            values = {
                "identity.name": f"{name} Maria",
                "identity.record_number": f"R-{name}",
                "meeting.question": f"{name}?",
            }
            case = case_of(values).model_copy(update={"code": f"C{place}"})
            (cases / f"{place}.her2case").write_text(dump(case), encoding="utf-8")
        out = home / "HOME" / str(number)
        where = environment(home)
        out.mkdir(parents=True)
        commands = session(out / "board.her2book", cases, out, names[0])
        script = _SCRIPT.format(commands=commands, passphrase=word(number))
        with subprocess.Popen(
            [sys.executable, "-c", script], env=where, cwd=out, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as program:
            if number % 2:
                time.sleep(chance.uniform(0.8, 2.5))  # the moment of the crash, not a wait for a result
                program.send_signal(chance.choice((signal.SIGKILL, signal.SIGABRT, signal.SIGSEGV)))
            program.communicate()
        shutil.rmtree(out / PLAIN, ignore_errors=True)
    files = [path for path in home.rglob("*") if path.is_file()]
    looked = sum(path.stat().st_size for path in files)
    leaks = {path.relative_to(home): found for path in files if (found := planted_in(path.read_bytes(), planted))}
    assert not leaks
    print(f"{len(planted)} names planted in {SESSIONS} sessions; none in {len(files)} files of {looked} bytes")
    assert any(path.suffix == ".her2book" for path in files)


def planted_in(data: bytes, planted: set[str]) -> set[str]:
    """Return the planted names in a file, in either case, in UTF-8 or UTF-16; all begin and go on alike."""
    wide = re.findall(rb"[Zz]\0[Qq]\0(?:[A-Za-z]\0){9}", data)
    found = [*re.findall(rb"[Zz][Qq][A-Za-z]{9}", data), *(text.replace(b"\0", b"") for text in wide)]
    return {text.decode().lower() for text in found} & planted


def test_a_planted_name_would_be_noticed() -> None:
    name = "Zqbcdfghjkl"
    for data in (name.encode(), name.upper().encode(), name.encode("utf-16-le")):
        assert planted_in(b"x" + data + b"x", {name.lower()}) == {name.lower()}


_CRASH = """
import os, resource, sys
from pathlib import Path
from her2board.casebook.opening import open_casebook
from her2board.cli import main
if {guarded}:
    main(["--version"])
else:
    resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)
book = open_casebook(Path({path!r}), {passphrase!r})
case = book.case(next(iter(book.summaries())))
if {limit_lifted}:
    resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)
os.abort()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="images of the memory as Linux writes them")
def test_a_crash_with_an_open_casebook_writes_no_image_of_the_memory(tmp_path: Path) -> None:
    """Nor does one where something lifts the limit, as a system that hands the image to a program does."""
    name = "Zqbcdfghjkl"
    book = created(tmp_path / "a.her2book")
    book.add(case_of({"identity.name": f"{name} Maria"}))
    book.lock()

    def crash(*, guarded: bool, limit_lifted: bool) -> list[Path]:
        """Return the files that a crash leaves."""
        place = tmp_path / f"{guarded} {limit_lifted}"
        place.mkdir()
        code = _CRASH.format(
            path=str(tmp_path / "a.her2book"), passphrase=PASSPHRASE, guarded=guarded, limit_lifted=limit_lifted
        )
        where = environment(tmp_path / "home")
        done = subprocess.run([sys.executable, "-c", code], env=where, cwd=place, capture_output=True, check=False)
        assert done.returncode == -signal.SIGABRT, done.stderr
        return list(place.iterdir())

    assert not crash(guarded=True, limit_lifted=False)
    assert not crash(guarded=True, limit_lifted=True)
    for image in crash(guarded=False, limit_lifted=True):  # none where the system hands it to a program of its own
        assert planted_in(image.read_bytes(), {name.lower()}), "the search finds what such an image holds"
        image.unlink()


@pytest.mark.skipif(shutil.which("strace") is None, reason="there is no strace to look at calls with")
def test_no_command_of_a_casebook_reaches_for_a_network(tmp_path: Path) -> None:
    cases, out, log = tmp_path / "cases", tmp_path / "out", tmp_path / "calls"
    cases.mkdir()
    out.mkdir()
    for place in range(2):
        case = case_of().model_copy(update={"code": f"C{place}"})
        (cases / f"{place}.her2case").write_text(dump(case), encoding="utf-8")
    script = _SCRIPT.format(commands=session(out / "b.her2book", cases, out, "x"), passphrase=word(0))
    done = subprocess.run(
        ["strace", "-f", "-qq", "-e", "trace=network", "-o", str(log), sys.executable, "-c", script],
        env=environment(tmp_path / "home"),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert "nothing is damaged" in done.stdout, done.stderr
    calls = [line for line in log.read_text("utf-8").splitlines() if "socket(" in line or "connect(" in line]
    assert not [line for line in calls if "AF_UNIX" not in line]
