"""Names and replacing on Windows, by its rules as Python states them: it was never run there."""

import ntpath
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path, PureWindowsPath

import pytest
from support.pages import ROOT

from her2board.briefing.meeting.papers import PAPERS
from her2board.case.file_names import name_beside, suggested_name
from her2board.case.model import Case
from her2board.case.storage import SUFFIX, dump, load, write_export
from her2board.case.writing import OpenElsewhereError, backup_of, keep_copy, reason, write_atomically
from her2board.casebook.backup_files import backup_name
from her2board.casebook.header_file import key_file
from her2board.cli.papers import file_name
from her2board.gui.document.case_lock import lock_of

FORBIDDEN = set('<>:"/\\|?*') | {chr(code) for code in range(32)}
LONGEST_PATH = 259
HOME = PureWindowsPath("C:\\Users\\f.mueller-lüdenscheid\\OneDrive - Klinikum\\Tumorkonferenz Neuroonkologie\\2026")
CODES = (
    "CON", "con", "PRN.txt", "aux", "NUL ", "COM1", "com\u00b9", "LPT9.x.y", "conin$", "B-07", "A/1", "A\\1", "a:b",
    "*?",
    '"<|>"', "ends.", "ends ", ".", "..", "...", " ", "", "tab\there", "line\nbreak", "\u202eabc", "x" * 300, "ü" * 200,
    "患者" * 90, "\U0001f9e0" * 80, "x" * 79 + ". y", "CON" + "\u00a0", "~$B-07", "con .pdf",
)  # fmt: skip


def fault(name: str) -> str:
    """Return what Windows has against a name; empty where nothing."""
    if FORBIDDEN & set(name):
        return "a sign that names do not take"
    if name != name.rstrip(". "):
        return "ends in a dot or space, which Windows drops"
    if PureWindowsPath(name).is_reserved():
        return "the name of a device"
    if not name or ntpath.basename(name) != name or ntpath.splitdrive(name)[0]:
        return "no name"
    return "too long" if len(name.encode("utf-16-le")) // 2 > 255 else ""


def named_for(code: str) -> Iterator[str]:
    """Yield every name that the program makes from what a person typed as a code."""
    suggested = suggested_name(code, "case", SUFFIX, Path("/cases"))
    yield suggested.name
    for suffix in (".pdf", ".pptx", ".csv"):
        yield suggested_name(code, "case", suffix, Path("/cases")).name
    yield f"{file_name(code)}.docx"
    yield backup_of(suggested).name
    yield name_beside(suggested, ".", ".0123abcd.her2tmp").name
    yield lock_of(suggested).name
    book = suggested.with_suffix(".her2book")
    yield key_file(book).name
    yield backup_name(book, datetime(2026, 11, 30, 8, 5, 1, tzinfo=UTC), "before-restore")


def test_no_name_that_the_program_makes_is_one_that_windows_refuses_or_changes() -> None:
    found = {(code, name): why for code in CODES for name in named_for(code) if (why := fault(name))}
    assert found == {}
    meeting = [f"2026-12-03-{kind.name}{kind.suffix}" for kind in PAPERS.values()]
    assert [name for name in meeting if fault(name)] == []


def test_the_rules_find_what_windows_refuses() -> None:
    for name in ("CON", "nul.pdf", "com1.her2case", "a:b.pdf", "ends.", "ends ", "a?b", "", "x" * 256, "a\\b"):
        assert fault(name), name


def test_a_suggested_path_is_no_longer_than_windows_opens() -> None:
    for code in CODES:
        path = suggested_name(code, "case", SUFFIX, Path(str(HOME)))
        whole = str(HOME) + "\\" + path.name
        assert len(whole) + len(".bak") <= LONGEST_PATH, code


def test_no_file_that_is_shipped_has_a_name_that_windows_refuses_or_takes_for_another() -> None:
    shipped = [path for folder in ("evidence", "resources", "her2board") for path in (ROOT / folder).rglob("*")]
    names = [path.relative_to(ROOT) for path in shipped if "__pycache__" not in path.parts]
    assert len(names) > 900
    assert {str(name): why for name in names if (why := fault(name.name))} == {}
    folded = {str(name).casefold() for name in names}
    assert len(folded) == len(names)
    installed = PureWindowsPath("C:\\Users\\f.mueller-lüdenscheid\\AppData\\Local\\Programs\\her2board\\_internal")
    assert max(len(str(installed / name)) for name in names) <= LONGEST_PATH


@pytest.fixture
def held_open(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What a person has open in another program: nobody replaces it, as Windows says it."""
    held: list[Path] = []
    replace = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if Path(target) in held:
            raise PermissionError(13, "The process cannot access the file", str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    return held


def test_a_file_that_is_open_elsewhere_is_named_with_a_way_out_and_nothing_is_lost(
    held_open: list[Path], tmp_path: Path
) -> None:
    page = tmp_path / "page.pdf"
    write_export(page, b"before", ())
    held_open.append(page)
    with pytest.raises(OpenElsewhereError) as refused:
        write_export(page, b"after", ())
    words = reason(refused.value, page)
    assert "another program has it open" in words
    assert "close it there and try again" in words
    assert "folder" not in words
    assert page.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [page]
    held_open.clear()
    write_export(page, b"after", ())
    assert page.read_bytes() == b"after"


def test_a_case_that_is_open_elsewhere_keeps_its_old_version_and_its_copy(
    held_open: list[Path], tmp_path: Path
) -> None:
    path = tmp_path / f"B-07{SUFFIX}"
    write_atomically(path, dump(Case(code="B-07")).encode())
    held_open.append(path)
    with pytest.raises(OSError, match="another program has it open"):
        write_atomically(path, dump(Case(code="B-08")).encode())
    assert load(path).code == "B-07"
    assert keep_copy(path, ".old").read_bytes() == path.read_bytes()
    assert not [left for left in tmp_path.iterdir() if left.name.endswith(".her2tmp")]


def test_a_scanner_that_holds_a_file_for_a_moment_stops_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, tries = tmp_path / "page.pdf", []
    replace = Path.replace

    def at_the_second_try(self: Path, target: Path) -> Path:
        tries.append(target)
        if len(tries) == 1:
            raise PermissionError(13, "The process cannot access the file", str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", at_the_second_try)
    write_export(path, b"new", ())
    assert path.read_bytes() == b"new"
    assert len(tries) == 2
