"""Each command does its one thing, says how it is used, and ends with the right status."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from support.command_line import commands
from support.pages import EXAMPLES, FOLDER
from support.releases import frozen
from support.strategies import case_of, lines
from support.version_1 import as_version_1

from her2board import __version__, builds
from her2board.case.storage import dump, load
from her2board.cli import release as cli_release

Run = Callable[..., Any]
UNTREATED = FOLDER / "cr18-untreated-asymptomatic.her2case"
_KEYS = {"case", "as_of", "build", "intended_use", "evidence_release", "facts", "contradictions", "cohorts", "options"}
_KEYS |= {"pause", "ask_next"}


@pytest.mark.parametrize("words", [(), *commands()], ids=lambda words: " ".join(words) or "her2board")
def test_help_is_there_for_every_command(words: tuple[str, ...], run: Run) -> None:
    done = run(*words, "--help")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith(f"usage: {' '.join(('her2board', *words))} ")


def test_the_program_says_its_version(run: Run) -> None:
    done = run("--version")
    assert (done.status, done.err) == (0, "")
    assert " ".join(done.out.split()) == f"her2board {__version__}, comparison build. {builds.claim()}"


def test_the_help_of_the_program_says_what_each_command_does(run: Run) -> None:
    listed = run("--help").out.partition("COMMAND\n")[2]
    for name in {words[0] for words in commands()}:
        assert re.search(rf"^    {name} +\w+", listed, re.MULTILINE), name


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (("brif",), "brief"),
        (("brif", "a.her2case", "-o", "b.pdf"), "brief"),
        (("evidence", "shwo", "debbrah"), "show"),
        (("brief", "a.her2case", "--otput", "b.pdf"), "--output"),
        (("evidence", "--relase", "folder", "list"), "--release"),
        (("evidence", "list", "--durg", "T-DXd"), "--drug"),
        (("packet", "a.her2case", "-o", "b.pdf", "--layout", "handuot"), "handout"),
        (("evidence", "list", "--bm-class", "Stabel"), "stable"),
    ],
    ids=lambda words: " ".join(words) if isinstance(words, tuple) else "",
)
def test_a_mistyped_command_option_or_choice_names_what_was_probably_meant(
    words: tuple[str, ...], meant: str, run: Run
) -> None:
    done = run(*words)
    assert done.status == 2
    assert f"did you mean '{meant}'" in done.err


def test_nothing_is_suggested_where_nothing_comes_close(run: Run) -> None:
    assert "did you mean" not in run("frobnicate").err


@pytest.mark.parametrize("option", ["--out", "--output", "-o"])
def test_an_option_may_be_shortened_and_joined_with_its_value(option: str, run: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.pdf"
    joined = f"{option}{'' if option == '-o' else '='}{page}"
    assert run("brief", UNTREATED, joined, "--as-of", "2026-11-26").status == 0
    assert page.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("frobnicate",), "not a command"),
        (("brief",), "required"),
        (("brief", "a.her2case"), "-o"),
        (("brief", "a.her2case", "-o", "b.pdf", "--paper", "a5"), "a5"),
        (("brief", "a.her2case", "-o", "b.pdf", "--as-of", "yesterday"), "'yesterday' is not a day; write it as"),
        (("assess", "a.her2case", "--as-of", "2026-02-30"), "'2026-02-30' is not a day; write it as"),
        (("assess", "a.her2case", "--frob"), "--frob"),
        (("evidence",), "ACTION"),
        (("evidence", "frob"), "frob"),
        (("schema", "frob"), "frob"),
        (("one.her2case", "two.her2case"), "one case file"),
        (("--frob",), "--frob"),
    ],
    ids=lambda words: " ".join(words) if isinstance(words, tuple) else "",
)
def test_wrong_use_ends_with_status_two_and_says_what_was_wrong(
    words: tuple[str, ...], said: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run(*words)
    assert done.status == 2
    assert done.out == ""
    assert said in done.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_brief_writes_one_page_and_names_in_one_line_what_is_not_on_it(
    paper: str, run: Run, tmp_path: Path, as_of: str
) -> None:
    out = tmp_path / "page.pdf"
    done = run("brief", UNTREATED, "-o", out, "--paper", paper, "--as-of", as_of)
    assert (done.status, done.out) == (0, "")
    assert re.fullmatch(rf"her2board: {out}: not on the page: .*; shortened to fit in \d places\n", done.err)
    assert [path.name for path in tmp_path.iterdir()] == ["page.pdf"]
    assert out.read_bytes().startswith(b"%PDF")


def test_brief_takes_the_place_of_an_older_page(run: Run, tmp_path: Path, as_of: str) -> None:
    out = tmp_path / "page.pdf"
    out.write_bytes(b"old")
    assert run("brief", UNTREATED, "-o", out, "--as-of", as_of).status == 0
    assert out.read_bytes().startswith(b"%PDF")


def test_the_annex_comes_behind_the_page_only_when_asked_for(
    run: Run, tmp_path: Path, as_of: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli_release, "load_library", frozen)
    for name, more in (("one", ()), ("few", ("--annex",)), ("many", ("--annex", "full"))):
        assert run("brief", UNTREATED, "-o", tmp_path / f"{name}.pdf", "--as-of", as_of, *more).status == 0
    assert len(pypdfium2.PdfDocument(tmp_path / "one.pdf")) == 1
    assert 2 <= len(pypdfium2.PdfDocument(tmp_path / "few.pdf")) <= 5
    assert len(pypdfium2.PdfDocument(tmp_path / "many.pdf")) > 5


def test_the_input_is_never_changed(run: Run, tmp_path: Path, as_of: str) -> None:
    before = UNTREATED.read_bytes()
    run("brief", UNTREATED, "-o", tmp_path / "page.pdf", "--as-of", as_of)
    run("assess", UNTREATED, "--as-of", as_of)
    assert UNTREATED.read_bytes() == before


def test_without_a_meeting_date_the_output_says_that_it_holds_for_today(run: Run) -> None:
    assert "(today; no meeting date)" in run("assess", UNTREATED).out.splitlines()[0]


def test_assess_in_words_names_options_cohorts_and_what_to_ask(run: Run, as_of: str) -> None:
    done = run("assess", UNTREATED, "--as-of", as_of)
    assert done.status == 0
    for part in (
        "Case CR18, as of 2026-11-26",
        "T-DXd: ",
        "destiny-breast12/active-untreated: ",
        "Ask next",
        "decides: whether",
    ):
        assert part in done.out


def test_assess_puts_recorded_urgency_first(run: Run, as_of: str) -> None:
    done = run("assess", FOLDER / "cr31-herniation.her2case", "--as-of", as_of)
    assert done.out.splitlines()[1].startswith("URGENT, as recorded")


@pytest.mark.parametrize("stem", EXAMPLES)
def test_assess_as_json_has_the_agreed_keys(stem: str, run: Run, as_of: str) -> None:
    done = run("assess", FOLDER / f"{stem}.her2case", "--json", "--as-of", as_of)
    assert (done.status, done.err) == (0, "")
    found = json.loads(done.out)
    assert set(found) == _KEYS
    assert found["as_of"] == as_of
    for cohort in found["cohorts"]:
        assert set(cohort) >= {"id", "outcome", "population", "entry", "findings"}
        assert cohort["outcome"] in ("all_met", "differs", "cannot_tell")
        for group in ("population", "entry"):
            assert set(cohort[group]) == {"truth", "met", "not_met", "unknown"}
        for finding in cohort["findings"]:
            assert set(finding) >= {"criterion", "group", "truth", "reason", "facts_used", "facts_missing"}
            assert finding["group"] in ("population", "entry")
            assert finding["truth"] in ("MET", "NOT_MET", "UNKNOWN")
            assert finding["reason"]
    for option in found["options"]:
        assert set(option) >= {"id", "kind", "standing", "because", "cautions", "statements", "cohorts"}
    assert set(found["pause"]) == {"bypass", "items"}


@pytest.mark.parametrize("stem", EXAMPLES)
def test_the_counts_of_a_cohort_are_those_of_its_findings(stem: str, run: Run, as_of: str) -> None:
    found = json.loads(run("assess", FOLDER / f"{stem}.her2case", "--json", "--as-of", as_of).out)
    for cohort in found["cohorts"]:
        for group in ("population", "entry"):
            truths = [finding["truth"] for finding in cohort["findings"] if finding["group"] == group]
            counts = {name: truths.count(name.upper()) for name in ("met", "not_met", "unknown")}
            truth = "NOT_MET" if counts["not_met"] else "UNKNOWN" if counts["unknown"] else "MET"
            assert cohort[group] == {"truth": truth, **counts}
        unknown = [finding for finding in cohort["findings"] if finding["truth"] == "UNKNOWN"]
        assert all(finding["facts_missing"] for finding in unknown)


def test_a_reader_that_stops_early_is_no_error(process: Run) -> None:
    code = (
        "import subprocess, sys\n"
        "p = subprocess.Popen([sys.executable, '-m', 'her2board', 'evidence', 'figures'],"
        " stdout=subprocess.PIPE, stderr=subprocess.PIPE)\n"
        "p.stdout.readline(); p.stdout.close()\n"
        "print(p.stderr.read().decode()); p.wait()\n"
    )
    assert process(code=code).out.strip() == ""


def test_the_assessment_in_words_says_what_differs_what_would_tell_and_what_sources_disagree_on(run: Run) -> None:
    done = run("assess", FOLDER / "b07-invented-complete.her2case")
    assert done.status == 0
    cohort = done.out.partition("\nCohorts")[2]
    assert "    differs: " in cohort
    assert "    needs recording: " in cohort
    options = done.out.partition("\nOptions")[2].partition("\nCohorts")[0]
    assert "    sources disagree: " in options


def test_a_clinic_sets_its_own_limit_of_age_without_touching_the_evidence(run: Run, tmp_path: Path) -> None:
    case = FOLDER / "b07-invented-complete.her2case"
    settings = tmp_path / "settings.json"
    settings.write_text('{"freshness": {"brain.imaging_date": 1}}', encoding="utf-8")
    done = run("assess", case, "--json", "--as-of", "2026-11-26", "--settings", settings)
    assert done.status == 0, done.err
    marks = [mark for fact in json.loads(done.out)["facts"].values() for mark in fact["marks"]]
    assert any("the clinic’s limit 1" in mark for mark in marks)


@pytest.mark.parametrize(
    ("named", "inches"), [((), (8.5, 11)), (("--paper", "a4"), (8.27, 11.69))], ids=["the clinic's", "named"]
)
def test_the_page_is_made_for_the_paper_that_is_named_else_for_the_clinic_s(
    named: tuple[str, ...], inches: tuple[float, float], run: Run, tmp_path: Path
) -> None:
    settings, page = tmp_path / "settings.json", tmp_path / "page.pdf"
    settings.write_text('{"paper": "letter"}', encoding="utf-8")
    done = run("brief", UNTREATED, "-o", page, "--settings", settings, *named)
    assert done.status == 0, done.err
    with pypdfium2.PdfDocument(page) as document:
        assert [round(points / 72, 2) for points in document[0].get_size()] == list(inches)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            '{"freshness": {"brain.imaging": 5}}',
            "no limit exists for brain.imaging; fields with one: patient.age_on, brain.imaging_date",
        ),
        ('{"freshness": {"brain.imaging_date": 0}}', "freshness.brain.imaging_date"),
        ('{"fresh": {}}', "fresh"),
        ("{", "not usable settings"),
    ],
)
def test_settings_that_cannot_be_used_are_reported_by_file_and_field(
    text: str, words: str, run: Run, tmp_path: Path
) -> None:
    settings = tmp_path / "settings.json"
    settings.write_text(text, encoding="utf-8")
    done = run("assess", FOLDER / "b07-invented-complete.her2case", "--settings", settings)
    assert done.status == 1
    assert str(settings) in done.err
    assert words in done.err
    assert done.out == ""


@pytest.fixture
def old_file(tmp_path: Path) -> Path:
    rows = [{"drugs": [drug], "setting": "metastatic", "start": "2024-03-20"} for drug in ("docetaxel", "pertuzumab")]
    path = tmp_path / "old.her2case"
    path.write_text(as_version_1(case_of(lines(*rows))), encoding="utf-8")
    return path


@pytest.mark.parametrize("command", ["assess", "brief", "packet"])
def test_a_file_of_an_earlier_version_says_on_standard_error_what_is_read_otherwise(
    command: str, old_file: Path, run: Run, tmp_path: Path
) -> None:
    to = () if command == "assess" else ("-o", tmp_path / "out.pdf")
    before = old_file.read_bytes()
    done = run(command, old_file, *to, "--as-of", "2026-11-26")
    assert done.status == 0
    assert "old.her2case: written by an earlier version of this program; read otherwise now:" in done.err
    assert "2 by rows, now 1: rows 1, 2 are one line" in done.err
    assert old_file.read_bytes() == before
    old_file.write_text(dump(load(old_file)), encoding="utf-8")
    assert "earlier version" not in run(command, old_file, *to, "--as-of", "2026-11-26").err
