"""Evidence that is not as reviewed is marked wherever it is named."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from support.pages import AS_OF, FOLDER, text_of
from support.releases import FROZEN

from her2board.assessment.assess import assess
from her2board.assessment.export import to_json
from her2board.briefing.packet import foot
from her2board.case.storage import load
from her2board.cli.main import main
from her2board.cli.pages import PageRequest, make_page
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.loader import load_release
from her2board.gui.evidence.release_words import release_line, release_words

MARK = "Evidence changed locally"
CASE = load(FOLDER / "cr18-untreated-asymptomatic.her2case")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(FROZEN, tmp_path / "evidence")


def replaced(folder: Path, name: str, old: str, new: str) -> EvidenceLibrary:
    """Return the release after a change to one of its files."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return load_release(folder)


def shown(library: EvidenceLibrary) -> dict[str, str]:
    """Return what names the evidence, by where."""
    page = make_page(PageRequest(case=CASE, library=library, day=AS_OF))
    return {
        "page": " ".join(text_of(page).split()),
        "packet": foot(library),
        "window": release_line(library, date(2026, 11, 26)),
        "about": release_words(library, date(2026, 11, 26)),
    }


def test_the_release_as_reviewed_has_no_mark(folder: Path) -> None:
    library = load_release(folder)
    assert [where for where, text in shown(library).items() if MARK in text] == []
    assert to_json(assess(CASE, library, AS_OF), library)["evidence_release"]["as_reviewed"] is True


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("trials/emilia.yaml", "name: EMILIA", "name: EMILIE"),
        ("release.yaml", "review_by: '2027", "review_by: '2028"),
        (
            "release.yaml",
            "content_hash: ",
            "content_hash: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef #",
        ),
    ],
)
def test_a_changed_file_is_marked_on_page_packet_and_window(folder: Path, name: str, old: str, new: str) -> None:
    library = replaced(folder, name, old, new)
    assert [where for where, text in shown(library).items() if MARK not in text] == []
    assert to_json(assess(CASE, library, AS_OF), library)["evidence_release"]["as_reviewed"] is False


def test_the_check_names_the_files_that_changed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replaced(folder, "trials/emilia.yaml", "name: EMILIA", "name: EMILIE")
    assert main(["evidence", "--release", str(folder), "check"]) == 1
    assert "not as reviewed: trials/emilia.yaml." in capsys.readouterr().err
    assert main(["evidence", "--release", str(folder), "reviewed"]) == 0
    assert main(["evidence", "--release", str(folder), "check"]) == 0
