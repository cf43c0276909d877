"""Input that cannot be used: what is wrong, where, which value, what to do; and nothing written or lost."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Written = Callable[..., Path]
Run = Callable[..., Any]
BEFORE = b"the page of last week"


def line(**said: Any) -> dict[str, Any]:
    return {"systemic.lines": {"completeness": "partial", "items": [said]}}


_REFUSED: list[tuple[str, dict[str, Any], tuple[str, ...]]] = [
    ("a word for a number", {"patient.age": "fifty"}, ("patient.age", "'fifty'", "integer")),
    ("a number for a yes or no", {"urgency.urgent": 1}, ("urgency.urgent", "1", "bool")),
    ("a list for a text", {"meeting.question": ["a"]}, ("meeting.question", "string")),
    ("an unknown field", {"patient.agee": 56}, ("patient.agee", "no such field", "correct its name or remove it")),
    ("an unknown section", {"genome.x": 1}, ("genome", "no such field")),
    (
        "an impossible date",
        {"brain.imaging_date": "2025-02-30"},
        ("brain.imaging_date", "2025-02-30", "Feb 2025 has no day 30"),
    ),
    ("a date in words", {"brain.imaging_date": "last week"}, ("brain.imaging_date", "'last week'", "write 2026-03-12")),
    (
        "stop before start",
        line(drugs=["T-DXd"], start="2025-06", stop="2025-01"),
        ("systemic.lines.items[0]", "stop 2025-01", "before start 2025-06", "correct one of the two dates"),
    ),
    (
        "imaging after the meeting",
        {"brain.imaging_date": "2026-12-24"},
        ("brain.imaging_date", "24 Dec 2026", "after 26 Nov 2026", "correct one of the two"),
    ),
    ("a negative size", {"brain.largest_mm": -3}, ("brain.largest_mm", "-3", "below the smallest possible value 0")),
    ("ECOG 7", {"patient.ecog": 7}, ("patient.ecog", "7", "above the largest possible value 4")),
    (
        "IHC 4+",
        {"tumour.specimens": {"completeness": "partial", "items": [{"ihc": "4+"}]}},
        ("tumour.specimens.items[0].ihc", "'4+'", "'0', ", "'2+' or '3+'"),
    ),
    ("a code too long", {"code": "X" * 41}, ("code", "41 characters", "at most 40", "shorten")),
    ("a code of two lines", {"code": "A\n1"}, ("code", "control character U+000A", "write the code without it")),
    ("a code that turns", {"code": "A\u202e1"}, ("code", "control character U+202E", "write the code without it")),
    ("a question too long", {"meeting.question": "q" * 4001}, ("meeting.question", "4001 characters", "shorten")),
    (
        "a reason for absence of no field",
        {"absences": {"patient.agee": {"reason": "pending"}}},
        ("absences.patient.agee", "no field is called", "correct its name or remove it"),
    ),
]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    path = tmp_path / "page.pdf"
    path.write_bytes(BEFORE)
    return path


def check_refused(done: Any, case: Path, out: Path, parts: tuple[str, ...]) -> None:
    assert done.status == 1
    assert done.out == ""
    assert "Traceback" not in done.err
    for part in (str(case), *parts):
        assert part in done.err
    assert out.read_bytes() == BEFORE
    assert sorted(path.name for path in out.parent.iterdir()) == ["case.her2case", "page.pdf"]


@pytest.mark.parametrize(("changes", "parts"), [row[1:] for row in _REFUSED], ids=[row[0] for row in _REFUSED])
def test_a_case_that_cannot_be_used_is_refused_with_file_field_value_and_remedy(
    changes: dict[str, Any], parts: tuple[str, ...], run: Run, written: Written, out: Path, as_of: str
) -> None:
    case = written(changes)
    check_refused(run("brief", case, "-o", out, "--as-of", as_of), case, out, parts)


@pytest.mark.parametrize(("changes", "parts"), [row[1:] for row in _REFUSED[:6]], ids=[row[0] for row in _REFUSED[:6]])
def test_assess_refuses_the_same_cases(
    changes: dict[str, Any], parts: tuple[str, ...], run: Run, written: Written, as_of: str
) -> None:
    done = run("assess", written(changes), "--json", "--as-of", as_of)
    assert (done.status, done.out) == (1, "")
    assert all(part in done.err for part in parts)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ("line 1", "not JSON", "is this a case file?")),
        ("{\n  'format': 1\n}", ("line 2, column 3", "not JSON")),
        ("%PDF-1.7", ("line 1", "not JSON")),
        (b"\xff\xfe{\x00}\x00", ("UTF-8", "is this a case file?")),
        ("[]", ("format", "not a case file")),
        ("null", ("format", "not a case file")),
        ('{"format": "other", "schema_version": 1, "case": {}}', ("format", "not a case file")),
        ('{"format": "her2board-case", "schema_version": 1}', ("case", "missing")),
        (
            '{"format": "her2board-case", "schema_version": "1", "case": {}}',
            ("schema_version", "'1'", "version number"),
        ),
        ('{"format": "her2board-case", "schema_version": 1, "case": {}}', ("code", "required")),
        ('{"format": "her2board-case", "schema_version": 1, "case": {"code": "A"}, "x": 1}', ("x", "no such field")),
        (
            '{"format": "her2board-case", "schema_version": 1, "case": {"code": "A", "code": "B"}}',
            ("code", "duplicate field", "keep one"),
        ),
        ("[" * 100_000, ("nested too deeply",)),
    ],
    ids=[
        "empty",
        "not JSON",
        "a PDF",
        "UTF-16",
        "a list",
        "null",
        "other",
        "bare",
        "text",
        "codeless",
        "more",
        "twice",
        "deep",
    ],
)
def test_a_file_that_is_no_case_file_is_refused_with_line_or_field(
    text: str | bytes, parts: tuple[str, ...], run: Run, written: Written, out: Path
) -> None:
    case = written(text=text)
    check_refused(run("brief", case, "-o", out), case, out, parts)


def test_a_case_file_of_a_newer_program_is_refused_with_what_to_do(run: Run, written: Written, out: Path) -> None:
    case = written(text='{"format": "her2board-case", "schema_version": 999, "case": {"code": "A"}}')
    check_refused(run("brief", case, "-o", out), case, out, ("schema_version", "999", "newer", "update the program"))


def test_all_problems_are_reported_together(run: Run, written: Written, out: Path) -> None:
    case = written({"patient.ecog": 7, "brain.largest_mm": -3, "brain.imaging_date": "2025-02-30"})
    check_refused(
        run("brief", case, "-o", out), case, out, ("3 problems", "patient.ecog", "brain.largest_mm", "imaging_date")
    )


def test_a_case_of_five_megabytes_is_refused_with_the_limit(run: Run, written: Written, out: Path) -> None:
    case = written({"patient.goals": "g" * 5_000_000})
    check_refused(run("brief", case, "-o", out), case, out, ("2,000,000", "is it the file you mean?"))


@pytest.mark.parametrize("command", ["brief", "assess"])
def test_a_missing_case_file_is_named(command: str, run: Run, tmp_path: Path) -> None:
    more = ("-o", tmp_path / "page.pdf") if command == "brief" else ()
    done = run(command, tmp_path / "nowhere.her2case", *more)
    assert done.status == 1
    assert str(tmp_path / "nowhere.her2case") in done.err
    assert "No such file" in done.err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_place_of_a_case_is_named(run: Run, tmp_path: Path) -> None:
    done = run("assess", tmp_path)
    assert done.status == 1
    assert f"{tmp_path}" in done.err
    assert "it is a folder" in done.err


@pytest.mark.parametrize("where", ["nowhere/page.pdf", "case.her2case/page.pdf", "folder"])
def test_an_unwritable_place_is_named_and_nothing_is_left_there(
    where: str, run: Run, written: Written, tmp_path: Path, as_of: str
) -> None:
    case = written()
    (tmp_path / "folder").mkdir()
    done = run("brief", case, "-o", tmp_path / where, "--as-of", as_of)
    assert done.status == 1
    assert str(tmp_path / where) in done.err
    assert "choose another" in done.err
    assert "Traceback" not in done.err
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["case.her2case", "folder"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("cheerful \N{GRINNING FACE}", "'\N{GRINNING FACE}' (U+1F600)"),
        ("\N{DEVANAGARI LETTER NA}\N{DEVANAGARI LETTER MA}", "(U+0928)"),
    ],
    ids=["emoji", "Devanagari"],
)
def test_a_character_the_font_cannot_draw_is_named_with_its_field_and_nothing_is_written(
    text: str, named: str, run: Run, written: Written, out: Path, as_of: str
) -> None:
    case = written({"patient.goals": text})
    done = run("brief", case, "-o", out, "--as-of", as_of)
    assert done.status == 1
    for part in ("patient.goals", named, "write it another way"):
        assert part in done.err
    assert out.read_bytes() == BEFORE
    assert sorted(path.name for path in out.parent.iterdir()) == ["case.her2case", "page.pdf"]


def test_a_mark_that_prints_as_nothing_stops_no_page(run: Run, written: Written, out: Path, as_of: str) -> None:
    case = written({"patient.goals": "reversed \N{RIGHT-TO-LEFT OVERRIDE}txt"})
    assert run("brief", case, "-o", out, "--as-of", as_of).status == 0
    assert out.read_bytes().startswith(b"%PDF")


def test_a_character_the_font_cannot_draw_is_named_with_its_file(run: Run, written: Written, out: Path) -> None:
    case = written({"patient.goals": "\N{GRINNING FACE}"})
    assert str(case) in run("brief", case, "-o", out).err


def test_a_number_of_five_thousand_digits_is_refused_like_any_other(run: Run, written: Written, out: Path) -> None:
    text = json.dumps({"format": "her2board-case", "schema_version": 1, "case": {"code": "A", "patient": {"age": 7}}})
    case = written(text=text.replace("7", "7" * 5000))
    check_refused(run("brief", case, "-o", out), case, out, ("is this a case file?",))


def test_half_a_character_is_refused_without_quoting_the_case(run: Run, written: Written, out: Path) -> None:
    case = written(text=written({"patient.goals": "half"}).read_text().replace("half", "\\ud83d"))
    done = run("brief", case, "-o", out)
    assert "patient.goals" in done.err
    assert "Untreated multiple" not in done.err


def test_a_number_that_is_none_is_refused(run: Run, written: Written, out: Path) -> None:
    case = written(text=written({"brain.largest_mm": 7.5}).read_text().replace("7.5", "NaN"))
    check_refused(run("brief", case, "-o", out), case, out, ("brain.largest_mm", "nan"))


def test_nothing_of_the_case_is_printed_but_the_value_that_is_wrong(run: Run, written: Written, out: Path) -> None:
    private = {
        "identity.name": "Wilhelmina Featherstonehaugh",
        "identity.record_number": "MRN-778899",
        "patient.goals": "wants to see her daughter marry",
        "patient.ecog": 7,
    }
    case = written(private)
    done = run("brief", case, "-o", out)
    check_refused(done, case, out, ("patient.ecog", "7"))
    for secret in ("Featherstonehaugh", "778899", "daughter", "Liver lesions"):
        assert secret not in done.err


def test_an_unknown_drug_is_kept_flagged_and_the_page_is_made(
    run: Run, written: Written, out: Path, as_of: str
) -> None:
    case = written(line(drugs=["Wonderdrugumab"], setting="metastatic"))
    assert run("brief", case, "-o", out, "--as-of", as_of).status == 0
    assert out.read_bytes().startswith(b"%PDF")
    found = json.loads(run("assess", case, "--json", "--as-of", as_of).out)
    assert any("'Wonderdrugumab' is not a known drug name" in entry["text"] for entry in found["contradictions"])


def test_an_unknown_drug_excludes_no_drug(run: Run, written: Written, as_of: str) -> None:
    lines = {"completeness": "complete", "items": [{"drugs": ["Wonderdrugumab"], "setting": "metastatic"}]}
    found = json.loads(run("assess", written({"systemic.lines": lines}), "--json", "--as-of", as_of).out)
    assert found["facts"]["given.trastuzumab_deruxtecan"]["value"] is None


def test_a_case_with_sixty_lines_gives_its_page(run: Run, written: Written, out: Path, as_of: str) -> None:
    items = [{"drugs": ["capecitabine"], "setting": "metastatic", "start": f"{1960 + n}"} for n in range(60)]
    case = written({"systemic.lines": {"completeness": "complete", "items": items}})
    done = run("brief", case, "-o", out, "--as-of", as_of)
    assert done.status == 0
    assert "not on the page: " in done.err
    assert out.read_bytes().startswith(b"%PDF")


def test_bad_input_given_to_a_real_process_has_status_words_and_no_traceback(
    process: Run, written: Written, out: Path
) -> None:
    case = written({"patient.ecog": 7})
    check_refused(process("brief", case, "-o", out), case, out, ("patient.ecog", "7", "4"))
