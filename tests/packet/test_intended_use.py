"""Whom an output is for is said on every output: each place that writes one is listed, and a new one fails here."""

import ast
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from support.held import PLAIN, bare, held
from support.meetings import DECIDED
from support.packets import of_examples
from support.pages import FOLDER, ROOT
from support.releases import frozen, release
from support.unpacking import unpacked

from her2board import builds
from her2board.briefing.annex_choice import ANNEXES
from her2board.briefing.layouts import LAYOUTS
from her2board.briefing.meeting.calendar import calendar
from her2board.briefing.meeting.counts import counts
from her2board.briefing.meeting.papers import PAPERS, PaperWanted
from her2board.cli import main
from her2board.cli.opened_books import paper_services
from her2board.cli.papers import counts_file

STEM = "cr18-untreated-asymptomatic"
WITHOUT = {
    ".csv": "a line beside the rows would be read as a row",
}
"""Endings of files whose format has no place for a sentence."""
OUTPUTS = {
    "cli.commands.assess": "said",
    "cli.commands.brief": "page",
    "cli.commands.casebook.export": "the case as it is stored: no sentence belongs into a form that is read back",
    "cli.commands.casebook.meeting.calendar": "papers",
    "cli.commands.casebook.meeting.counts": "counts",
    "cli.commands.casebook.meeting.export": "papers",
    "cli.commands.casebook.meeting.letter": "papers",
    "cli.commands.casebook.selfaudit": "comma-separated: no place for a sentence; said where it is printed",
    "cli.commands.casebook.show": "page, as it was signed off",
    "cli.commands.casebook.sign_off": "page",
    "cli.commands.demo": "page",
    "cli.commands.export": "exchange",
    "cli.commands.import_": "a case, or what was read of one: input",
    "cli.commands.packet": "layouts",
    "cli.meeting_commands": "layouts",
    "cli.registry_tables": "exchange",
    "gui.casebook.counts_page": "counts",
    "gui.casebook.history": "page, as it was signed off; the case as it is stored",
    "gui.casebook.papers": "papers",
    "gui.casebook.self_audit_panel": "comma-separated: no place for a sentence",
    "gui.meeting.packet_dialog": "layouts",
    "gui.window.files": "page",
}
"""Every module that writes a file for somebody, and the test below that reads what it writes, or why none does."""
OF_NO_PATIENT = ("cli.commands.evidence.", "cli.commands.packs.", "cli.commands.overlay.", "cli.curation")
"""Beginnings of modules that write evidence, or what a clinic has."""
_WRITE = {"write_export", "write"}


def said_in(data: bytes) -> bool:
    """Return whether the sentence is in a file, in any writing."""
    wanted = builds.intended_use().replace("; ", ";").replace(" ", "")
    texts = ("".join(text.split()).replace("\\;", ";") for text in unpacked(data))
    return any(wanted in text for text in texts)


def test_every_module_that_writes_a_file_is_listed() -> None:
    found = {
        ".".join(path.relative_to(ROOT / "her2board").with_suffix("").parts)
        for path in (ROOT / "her2board").rglob("*.py")
        if _writes(path) and path.parent.name != "case"
    }
    of_cases = {name for name in found if not name.startswith(OF_NO_PATIENT)}
    assert of_cases - {"cli.output"} == set(OUTPUTS) - {"cli.commands.assess"}


def _writes(path: Path) -> bool:
    """Return whether a module calls what writes a file made of cases."""
    text = path.read_text(encoding="utf-8")
    if "write" not in text:
        return False
    tree = ast.parse(text)
    imported = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in ("her2board.cli.output", "her2board.case.storage")
        for alias in node.names
        if alias.name in _WRITE
    }
    return bool(imported)


def test_every_layout_and_every_annex_says_whom_it_is_for() -> None:
    for layout in LAYOUTS:
        assert said_in(of_examples((STEM,), layout=layout).data), layout
    bare_page = _pages(of_examples((STEM,), frozen).data)
    for choice in ANNEXES:  # of the small release, whose full annex is short
        pages = _pages(of_examples((STEM,), frozen, annex=choice).data)
        assert all("does not decide or replace judgement" in page for page in pages), choice
        assert (len(pages) > len(bare_page)) == (choice != "none")


def _pages(data: bytes) -> list[str]:
    from support.pages import pages_of

    return [" ".join(page.split()) for page in pages_of(data)]


def test_every_paper_of_a_meeting_says_whom_it_is_for() -> None:
    found = held((bare(PLAIN, "A"), {"outcome": DECIDED}))
    for name, kind in PAPERS.items():
        made = paper_services().make(found, PaperWanted(name, found.meeting.id), release(), date(2026, 11, 30), _heard)
        for file in made.files:
            assert said_in(file.data) != (kind.suffix in WITHOUT), name


def _heard(*_: int) -> None:
    """Hear of progress and do nothing."""


def test_counts_calendar_and_chase_mail_say_whom_they_are_for() -> None:
    year = counts([], 2026, date(2026, 12, 31))
    for suffix in (".pdf", ".xlsx"):
        assert said_in(counts_file(year, suffix, "a4")), suffix
    assert said_in(calendar((), datetime(2026, 11, 30, tzinfo=UTC)))


def test_page_assessment_and_exchange_say_whom_they_are_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = str(FOLDER / f"{STEM}.her2case")
    assert main(["brief", case, "-o", str(tmp_path / "page.pdf")]) == 0
    assert main(["export", case, "--as", "fhir", "-o", str(tmp_path / "case.json")]) == 0
    assert main(["export", case, "--as", "csv", "-o", str(tmp_path / "case.csv")]) == 0
    for name in ("page.pdf", "case.json", "case-dictionary.csv"):
        assert said_in((tmp_path / name).read_bytes()), name
    capsys.readouterr()
    assert main(["assess", case]) == 0
    assert said_in(capsys.readouterr().out.encode())
    assert main(["assess", case, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["intended_use"] == builds.intended_use()
