"""Windows without Windows: the folder put together from wheels is checked, and both installers say the same."""

import base64
import hashlib
import importlib
import re
from pathlib import Path
from types import ModuleType

import pytest
from support.pages import ROOT

from her2board.case.storage import SUFFIX

WINDOWS = ROOT / "packaging" / "windows"
ISS = (WINDOWS / "her2board.iss").read_text(encoding="utf-8")
NSI = (WINDOWS / "her2board.nsi").read_text(encoding="utf-8")
FLAGS = {
    "Files": {"recursesubdirs", "createallsubdirs", "ignoreversion"},
    "Tasks": {"unchecked"},
    "Registry": {"uninsdeletevalue", "uninsdeletekey", "dontcreatekey"},
    "Run": {"runhidden", "nowait", "postinstall", "skipifsilent"},
}
"""Flags that Inno Setup knows, of those used here."""
KEYS = {
    "Files": {"Source", "DestDir", "Flags"},
    "InstallDelete": {"Type", "Name"},
    "Icons": {"Name", "Filename", "Tasks"},
    "Tasks": {"Name", "Description", "Flags"},
    "Registry": {"Root", "Subkey", "ValueType", "ValueName", "ValueData", "Flags"},
    "Run": {"Filename", "Parameters", "StatusMsg", "Description", "Flags"},
}
PROGRAM = b"MZ" + bytes(58) + (64).to_bytes(4, "little") + b"PE\0\0\x64\x86"
"""The beginning of a 64-bit program for Windows."""


@pytest.fixture
def portable(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(WINDOWS)
    monkeypatch.syspath_prepend(ROOT / "packaging")
    return importlib.import_module("portable")


@pytest.fixture
def folder(portable: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder without a fault, of a lock with one package that only Windows needs."""
    lock = "tzdata==1.0 ; sys_platform == 'win32' \\\n    a\nother==2.0 ; sys_platform != 'win32' \\\n    b\n"
    (tmp_path / "requirements.lock").write_text(lock, encoding="utf-8")
    monkeypatch.setattr(portable, "ROOT", tmp_path)
    made = tmp_path / "made"
    for name in portable.WANTED:
        path = made / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(PROGRAM if name.endswith((".dll", ".pyd")) else b'{"files": {}}')
    record = made / "packages" / "tzdata-1.0.dist-info" / "RECORD"
    record.parent.mkdir()
    listed = "PySide6/Qt6Core.dll"
    digest = base64.urlsafe_b64encode(hashlib.sha256(PROGRAM).digest()).rstrip(b"=").decode()
    record.write_text(f"{listed},sha256={digest},9\nPySide6/qml/left-out.qml,sha256=x,9\n", encoding="utf-8")
    assert list(portable.faults(made)) == []
    return made


@pytest.mark.parametrize(
    ("name", "data", "fault"),
    [
        ("packages/PySide6/Qt6Pdf.dll", None, "packages/PySide6/Qt6Pdf.dll: is missing"),
        ("packages/PySide6/Qt6Core.dll", PROGRAM + b"x", "is not as tzdata-1.0.dist-info records it"),
        ("packages/a.dll", b"\x7fELF", "packages/a.dll: is no 64-bit file for Windows"),
        ("packages/a.cpython-311-x86_64-linux-gnu.so", b"", "is for another system"),
        ("packages/aux.py", b"", "'aux.py' is no name on Windows"),
        ("packages/a:b.py", b"", "'a:b.py' is no name on Windows"),
        ("readme.txt", b"", "is the same as README.txt on Windows"),
        ("packages/" + "x" * 150, b"", "159 characters, more than 150"),
        ("packages/tzdata-1.0.dist-info", None, "tzdata 1.0: is pinned and not there"),
        (
            "packages/her2board/_data/manifest.json",
            b'{"files": {"evidence/a.yaml": "00"}}',
            "is not as the program records",
        ),
    ],
)
def test_each_fault_of_the_folder_for_windows_is_named(
    portable: ModuleType, folder: Path, name: str, data: bytes | None, fault: str
) -> None:
    path = folder / name
    if data is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    elif path.is_dir():
        path.rename(folder / "packages" / "elsewhere-1.0.dist-info")
    else:
        path.unlink()
    found = list(portable.faults(folder))
    assert [one for one in found if fault in one], found


def test_what_only_windows_needs_is_asked_for_and_what_it_does_not_need_is_not(portable: ModuleType) -> None:
    lock = portable.for_windows((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    assert re.search(r"^tzdata==\S+ \\", lock, re.MULTILINE)
    assert ";" not in lock


def iss_lines() -> list[tuple[str, str]]:
    section, found = "", []
    for line in ISS.splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith((";", "#", " ")):
            found.append((section, line))
    return found


def test_every_line_of_the_inno_script_has_keys_flags_and_constants_that_exist() -> None:
    defined = set(re.findall(r"#define (\w+)", ISS)) | {"Version"}
    constants = {"app", "group", "userdesktop", "localappdata", "cm:CreateDesktopIcon", "cm:LaunchProgram,her2board"}
    assert ISS.count("#if") == ISS.count("#endif")
    for section, line in iss_lines():
        used = set(re.findall(r"\{([^{}]+)\}", line.replace("{{", "")))
        assert {name[1:] for name in used if name.startswith("#")} <= defined, line
        if section == "Setup":
            assert re.fullmatch(r"\w+=.+", line), line
            continue
        assert {name for name in used if not name.startswith("#")} <= constants, line
        parts = dict(part.split(":", 1) for part in re.split(r"; (?=\w+:)", line))
        assert set(parts) <= KEYS[section], line
        assert set(parts.get("Flags", "").split()) <= FLAGS.get(section, set()), line
        assert line.count('"') % 2 == 0, line


def test_every_place_the_inno_script_takes_from_is_made_by_packaging() -> None:
    assert '"..\\..\\dist\\bundle\\her2board"' in ISS
    assert '"..\\..\\dist\\packet\\bundle\\her2board"' in ISS
    for name in re.findall(r"\{app\}\\([\w.-]+\.exe)", ISS):
        assert f'name="{name.removesuffix(".exe")}"' in (ROOT / "packaging" / "her2board.spec").read_text()
    assert (WINDOWS / ISS.split("LicenseFile=")[1].splitlines()[0].replace("\\", "/")).resolve().is_file()


def test_both_installers_know_the_same_kind_of_file_and_remove_no_case() -> None:
    for script in (ISS, NSI):
        assert f"Software\\Classes\\{SUFFIX}" in script
        assert "her2board.case\\shell\\open\\command" in script
        assert not re.search(r"Documents|userdocs|\$DOCUMENTS|\.her2case\"? *;? *Type", script)
    assert "[UninstallDelete]" not in ISS
    removed = re.findall(r'^ *(?:Delete|RMDir)(?: /r)? "([^"]+)"', NSI.split("Section Uninstall")[1], re.MULTILINE)
    assert set(removed) == {
        "$INSTDIR\\_internal",
        "$INSTDIR\\her2board.exe",
        "$INSTDIR\\her2board-cli.exe",
        "$INSTDIR\\uninstall.exe",
        "$INSTDIR",
        "$SMPROGRAMS\\her2board.lnk",
    }


@pytest.mark.parametrize("path", sorted(WINDOWS.iterdir()), ids=lambda path: path.name)
def test_everything_for_windows_says_on_its_first_line_that_it_is_untested(path: Path) -> None:
    if path.is_file():
        assert "UNTESTED" in path.read_text(encoding="utf-8").splitlines()[0]


def test_the_protocol_is_one_page() -> None:
    rows = (WINDOWS / "PROTOCOL.md").read_text(encoding="utf-8").splitlines()
    steps = [row for row in rows if re.match(r"\| \d+ \|", row)]
    assert 12 <= len(steps) <= 20
    assert [row.split("|")[1].strip() for row in steps] == [str(n) for n in range(1, len(steps) + 1)]
    assert len(rows) < 40
