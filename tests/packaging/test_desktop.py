"""What a desktop reads about the program: menu entry, kind of file, man page, completion, recipes."""

import ast
import configparser
import plistlib
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from support.command_line import commands, options
from support.pages import ROOT

import her2board
from her2board.case.storage import SUFFIX
from her2board.gui.window.app import _DESKTOP_FILE

PACKAGING = ROOT / "packaging"
LINUX, WINDOWS, MACOS = (PACKAGING / name for name in ("linux", "windows", "macos"))
NAME = "org.her2board.her2board"
KIND = "application/vnd.her2board.case+json"
NOT_RUN_HERE = [
    *(WINDOWS / name for name in ("her2board.iss", "her2board.nsi", "version_resource.py")),
    *(MACOS / name for name in ("Info.plist", "entitlements.plist", "make_dmg.sh")),
    *(LINUX / name for name in ("AppImageBuilder.yml", f"{NAME}.flatpak.yml")),
]


def checked(*command: object) -> None:
    """Run a checking tool of the system, where it is installed."""
    if shutil.which(str(command[0])) is None:
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def entry() -> configparser.SectionProxy:
    reader = configparser.ConfigParser(interpolation=None)
    reader.optionxform = str  # type: ignore[assignment,method-assign]  # the names of a desktop file keep their case
    reader.read(LINUX / f"{NAME}.desktop", encoding="utf-8")
    return reader["Desktop Entry"]


@pytest.fixture(scope="module")
def man() -> str:
    return words("man", "1700000000")


def words(*what: str) -> str:
    command = [sys.executable, str(LINUX / "words.py"), *what]
    around = {"PYTHONPATH": str(ROOT)}
    return subprocess.run(command, env=around, capture_output=True, text=True, check=True, timeout=60).stdout


def test_menu_entry_opens_a_case_and_bears_the_name_the_window_gives_itself(entry: configparser.SectionProxy) -> None:
    assert entry["Exec"] == "her2board %f"
    assert entry["Icon"] == NAME == _DESKTOP_FILE
    assert entry["MimeType"].split(";")[:-1] == [KIND]


def test_case_files_are_known_by_their_ending() -> None:
    (kind,) = ElementTree.parse(LINUX / f"{NAME}.mime.xml").getroot()
    assert kind.get("type") == KIND
    patterns = [part.get("pattern") for part in kind if part.tag.endswith("glob")]
    assert patterns == [f"*{SUFFIX}"]


def test_software_centre_shows_this_version_and_the_same_names() -> None:
    metadata = ElementTree.parse(LINUX / f"{NAME}.metainfo.xml").getroot()
    assert metadata.findtext("id") == NAME
    assert metadata.findtext("launchable") == f"{NAME}.desktop"
    assert metadata.findtext("provides/mediatype") == KIND
    release = metadata.find("releases/release")
    assert release is not None
    assert release.get("version") == her2board.__version__


def test_menu_entry_keeps_the_rules_of_desktop_files() -> None:
    checked("desktop-file-validate", LINUX / f"{NAME}.desktop")


def test_metadata_keep_the_rules_of_appstream() -> None:
    checked("appstreamcli", "validate", "--no-net", LINUX / f"{NAME}.metainfo.xml")


@pytest.mark.parametrize("command", [" ".join(words) for words in commands()])
def test_man_page_has_every_command(man: str, command: str) -> None:
    assert f".SS {command}\n".replace("-", r"\-") in man


def test_man_page_has_every_option_and_its_own_fields(man: str) -> None:
    named = [rf"\fB{option}".replace("-", r"\-") for option in options() if option not in ("-h", "--help")]
    assert not [option for option in named if option not in man]
    for title in ("NAME", "SYNOPSIS", "DESCRIPTION", "EXIT STATUS", "FILES"):
        assert f".SH {title}\n" in man
    assert man.startswith(f'.TH HER2BOARD 1 "2023-11-14" "her2board {her2board.__version__}"')


def test_man_page_is_roff_without_complaint(man: str, tmp_path: Path) -> None:
    page = tmp_path / "her2board.1"
    page.write_text(man, encoding="utf-8")
    checked("groff", "-man", "-Tascii", "-ww", "-z", page)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (["ev"], ["evidence"]),
        (["evidence", "sh"], ["show"]),
        (["brief", "case.her2case", "--pap"], ["--paper"]),
        (["brief", "--paper", ""], ["a4", "letter"]),
    ],
)
def test_shell_completes_commands_actions_options_and_values(
    typed: list[str], offered: list[str], tmp_path: Path
) -> None:
    script = tmp_path / "her2board"
    script.write_text(words("bash"), encoding="utf-8")
    line = " ".join(f"'{word}'" for word in ("her2board", *typed))
    ask = f'. {script}; COMP_WORDS=({line}); COMP_CWORD={len(typed)}; _her2board; echo "${{COMPREPLY[@]}}"'
    done = subprocess.run(["bash", "-c", ask], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split() == offered


@pytest.mark.parametrize("path", NOT_RUN_HERE, ids=lambda path: path.name)
def test_recipe_that_was_never_run_says_so_at_its_top(path: Path) -> None:
    head = path.read_text(encoding="utf-8").splitlines()[:2]
    assert any("UNTESTED" in line for line in head)


def test_the_recipe_of_the_bundle_is_python() -> None:
    path = PACKAGING / "her2board.spec"
    ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@pytest.mark.parametrize("path", sorted(PACKAGING.rglob("*.sh")), ids=lambda path: path.name)
def test_shell_script_has_no_slips(path: Path) -> None:
    subprocess.run(["bash", "-n", path], check=True, timeout=60)
    checked("shellcheck", path)


def test_mac_knows_case_files_and_grants_no_network() -> None:
    info = plistlib.loads((MACOS / "Info.plist").read_bytes())
    (kind,) = info["UTExportedTypeDeclarations"]
    assert kind["UTTypeTagSpecification"]["public.filename-extension"] == [SUFFIX.removeprefix(".")]
    assert kind["UTTypeIdentifier"] in info["CFBundleDocumentTypes"][0]["LSItemContentTypes"]
    granted = plistlib.loads((MACOS / "entitlements.plist").read_bytes())
    assert not [name for name in granted if "network" in name]


def test_windows_resource_names_this_version() -> None:
    command = [sys.executable, str(WINDOWS / "version_resource.py")]
    around = {"PYTHONPATH": str(ROOT)}
    script = subprocess.run(command, env=around, capture_output=True, text=True, check=True, timeout=60).stdout
    ast.parse(script)
    assert f"StringStruct('ProductVersion', '{her2board.__version__}')" in script


def test_windows_setup_needs_no_administrator_and_removes_no_other_folder_than_its_own() -> None:
    setup = (WINDOWS / "her2board.iss").read_text(encoding="utf-8")
    assert "PrivilegesRequired=lowest" in setup
    assert "[UninstallDelete]" not in setup
    assert "HKLM" not in setup
    script = (WINDOWS / "her2board.nsi").read_text(encoding="utf-8")
    assert "RequestExecutionLevel user" in script
    assert {line.strip() for line in script.splitlines() if "RMDir /r" in line} == {r'RMDir /r "$INSTDIR\_internal"'}


def test_nsis_script_compiles_without_warning(tmp_path: Path) -> None:
    bundle = tmp_path / "bundle"
    (bundle / "_internal").mkdir(parents=True)
    (bundle / "her2board.exe").touch()
    (bundle / "_internal" / "evidence").touch()
    target = tmp_path / "her2board-setup.exe"
    given = (f"-DVERSION={her2board.__version__}", f"-DBUNDLE={bundle}", f"-DOUTPUT={target}")
    checked("makensis", "-V2", "-WX", *given, WINDOWS / "her2board.nsi")
    assert target.stat().st_size > 0
