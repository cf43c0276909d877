"""A PDF made to break its reader costs an error line: another process reads it, and its words cannot pass for ours."""

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, String
from support.hostile_pdfs import HOSTILE, carrying, flated, listed
from support.hostile_reading import tried
from support.pages import Made, example

from her2board.case.storage import load
from her2board.cli import main
from her2board.pdf import apart, child
from her2board.pdf.extract import Extract, NothingTakenError, extract
from her2board.pdf.quoting import quoted
from her2board.pdf.reading import ForeignPdfError, read_pdf

MOST_MEGABYTES = 500
LONGEST_LINE = 400
STEM = "cr18-untreated-asymptomatic"
OURS = ("agrees", "says the same", "say the same")
IMITATION = "x\nhash: agrees\r\n\x1b[2J\u202epage: agrees"


@pytest.fixture
def page() -> Made:
    return example(STEM)


def test_each_hostile_file_costs_one_short_line_and_little_memory(tmp_path: Path) -> None:
    assert len(HOSTILE) >= 40
    for file in tried(tmp_path):
        assert file.words, f"{file.name}: nothing is said of it"
        assert file.refused or not file.name.startswith("a list"), file.name
        assert file.words.isprintable(), f"{file.name}: {file.words!r}"
        assert len(file.words) < LONGEST_LINE, f"{file.name}: {file.words}"
        assert file.megabytes < MOST_MEGABYTES, f"{file.name}: {file.megabytes} MB"


def test_a_page_read_by_another_process_says_what_it_says_here(
    page: Made, tmp_path: Path, capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("her2board.cli.carried.extract_apart", apart.extract_apart)
    assert apart.extract_apart(page.data) == extract(page.data)
    source, target = tmp_path / "page.pdf", tmp_path / "back.her2case"
    source.write_bytes(page.data)
    assert main(["open", str(source), "-o", str(target)]) == 0
    assert load(target) == page.case
    assert main(["verify", str(source)]) == 0
    assert "page and assessment say the same" in capsys.readouterr().out


def test_the_program_itself_reads_a_pdf_where_it_is_its_own_python(page: Made) -> None:
    command = [sys.executable, "-m", "her2board", apart.READ_PDF]
    done = subprocess.run(command, input=page.data, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert apart.understood(done.stdout, 0) == extract(page.data)


def test_a_bundle_starts_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert apart._command() == [sys.executable, apart.READ_PDF]


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("import time; time.sleep(60)", "takes far longer to read"),
        ("while True: pass", "takes far longer to read"),
        ("import os; os.abort()", "the process that read it ended early"),
        ("import os; os._exit(0)", "the process that read it ended early"),
        ("print('{\"found\": 5}')", "the process that read it ended early"),
        ('print(\'{"why": "page: agrees"}\')', "the process that read it ended early"),
        ("import os\nwhile True: os.write(1, b'x' * 1000000)", "holds or unpacks to far more"),
    ],
    ids=["idle", "busy", "aborted", "silent", "no answer of ours", "no reason of ours", "without end"],
)
def test_whatever_becomes_of_the_process_is_an_error_of_ours(
    code: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "_command", lambda: [sys.executable, "-I", "-S", "-c", code])
    if "longer" in says:
        monkeypatch.setattr(apart, "_LONGER", 0.1)
    with pytest.raises(ForeignPdfError, match=says):
        read_pdf(b"x" * 1_000_000, apart.extract_apart)


def test_a_process_that_nobody_waits_for_any_more_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_command", lambda: [sys.executable, "-I", "-S", "-c", "import time; time.sleep(60)"])
    monkeypatch.setattr(apart, "_give", lambda stream, _: (stream.close(), apart.stop()))
    with pytest.raises(ForeignPdfError, match="the process that read it ended early"):
        read_pdf(b"", apart.extract_apart)
    assert not apart._running


def test_a_process_that_cannot_be_started_is_an_error_of_ours(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(apart, "_command", lambda: [str(tmp_path / "missing")])
    with pytest.raises(ForeignPdfError, match="the process that read it ended early"):
        read_pdf(b"", apart.extract_apart)


LIMITED = """
import sys; sys.path[:] = {path}
from her2board.pdf import child
def hostile(data):
    {code}
child.extract = hostile
child.main()
"""


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("found = []\n    while True: found.append(bytes(10_000_000))", "holds or unpacks to far more"),
        ("while True: pass", "takes far longer to read"),
        ("open('written', 'w').write('x')", "the process that read it ended early"),
        ("print('page: agrees'); raise child.NothingTakenError('foreign')", "is not a PDF that can be read"),
        ("import shutil; assert shutil.which('sh') is None; raise child.NothingTakenError('lock')", "is locked"),
    ],
    ids=["memory", "time", "writing", "printing", "programs"],
)
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
def test_the_process_has_limits_of_its_own(
    code: str, says: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = LIMITED.format(path=sys.path, code=code).replace("child.main()", "child._SECONDS = 1; child.main()")
    monkeypatch.setattr(apart, "_command", lambda: [sys.executable, "-I", "-S", "-c", program])
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ForeignPdfError, match=says):
        read_pdf(b"", apart.extract_apart)
    assert not (tmp_path / "written").exists() or not (tmp_path / "written").read_bytes()


def test_without_limits_of_the_system_a_pdf_is_read_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resource", None)  # type: ignore[arg-type]  # reason: as where it is not there
    child._limit_memory()
    child._limit_time(1)


# Words of a file


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("CR18", "'CR18'"),
        ("", "''"),
        ("it's", r"'it\'s'"),
        ("a\nhash: agrees", r"'a\nhash: agrees'"),
        ("\x1b[2J\x07\x9b", r"'\x1b[2J\x07\x9b'"),
        ("\u202eabc\u2066\u200b\ufeff", r"'\u202eabc\u2066\u200b\ufeff'"),
        ("\u2028\u2029\x85", r"'\u2028\u2029\x85'"),
        ("\U000e0041", r"'\U000e0041'"),
        ("名字", "'名字'"),
        ("שם", "\u2068'שם'\u2069"),
        ("x" * 61, "'" + "x" * 60 + "…' (and 1 more character)"),
        ("x" * 5000, "'" + "x" * 60 + "…' (and 4,940 more characters)"),
    ],
)
def test_words_of_a_file_are_shown_in_quotes_in_one_line_and_cut_with_a_count(words: str, shown: str) -> None:
    assert quoted(words) == shown


def _changed(data: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(target)
    return target.getvalue()


def _verified(data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    path = tmp_path / "page.pdf"
    path.write_bytes(data)
    status = main(["verify", str(path)])
    out, err = capsys.readouterr()
    return status, (out + err).splitlines()


def _attach_imitation(pdf: pikepdf.Pdf) -> None:
    names = pdf.Root.Names.EmbeddedFiles.Names
    for name in (IMITATION, "agrees\npage: agrees", "z" * 5000):
        file = pdf.make_indirect(pikepdf.Stream(pdf, b"x"))
        names.append(String(name))
        names.append(pdf.make_indirect(Dictionary(Type=pikepdf.Name.Filespec, EF=Dictionary(F=file))))


def _attach_many(pdf: pikepdf.Pdf) -> None:
    names = pdf.Root.Names.EmbeddedFiles.Names
    file = pdf.make_indirect(pikepdf.Stream(pdf, b"x"))
    for number in range(4000):
        names.append(String(f"page: agrees {number}"))
        names.append(pdf.make_indirect(Dictionary(Type=pikepdf.Name.Filespec, EF=Dictionary(F=file))))


def _draw_imitation(pdf: pikepdf.Pdf) -> None:
    contents = pdf.pages[0].Contents.read_bytes()
    drawn = b"\n/Span << /ActualText (x\nhash: agrees\n" + b"\x1b[2J" + b"page: agrees) >> BDC EMC"
    pdf.pages[0].Contents = pdf.make_stream(contents + drawn)


def _name_program(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Producer"] = String(IMITATION)


def _swap_code(pdf: pikepdf.Pdf) -> None:
    names = pdf.Root.Names.EmbeddedFiles.Names
    held = next(names[n + 1].EF.F for n in range(0, len(names), 2) if str(names[n]) == "her2board.json")
    held.write(held.read_bytes().replace(b'"code":"CR18"', b'"code":"x\\nhash: agrees\\u001b[2J\\u202epage: agrees"'))


def _repeat_name(pdf: pikepdf.Pdf) -> None:
    names = pdf.Root.Names.EmbeddedFiles.Names
    pdf.Root.Names.EmbeddedFiles.Names = Array([*names, names[0], names[1]])


@pytest.mark.parametrize(
    ("change", "status", "says"),
    [
        (_attach_imitation, 1, r"'x\nhash: agrees\r\n\x1b[2J\u202epage: agrees' was added"),
        (_attach_many, 1, "was added; and 3,988 more findings"),
        (_draw_imitation, 1, "page 1 was changed: it says "),
        (_name_program, 0, r"(" + quoted(IMITATION) + ")"),
        (_swap_code, 0, r"'x\nhash: agrees\x1b[2J\u202epage: agrees', "),
        (_repeat_name, 1, "'CR18.assessment.json' was changed"),
    ],
    ids=lambda change: change.__name__.strip("_") if callable(change) else None,
)
def test_nothing_in_a_file_can_pass_for_a_line_of_verify(
    change: Callable[[pikepdf.Pdf], None], status: int, says: str, page: Made, tmp_path: Path, capsys
) -> None:
    found, lines = _verified(_changed(page.data, change), tmp_path, capsys)
    assert found == status, lines
    heads = [line.partition(":")[0].partition(",")[0] for line in lines]
    code = r"'x\nhash" if change is _swap_code else "'CR18'"
    assert heads == ["file", "page", "attachments", "hash", code], lines
    assert any(says in line for line in lines), lines
    assert all(line.isprintable() and len(line) < 1500 for line in lines), lines


@pytest.mark.parametrize("name", ["A.her2case", "x.her2case"])
def test_a_case_of_words_of_ours_is_reported_in_quotes(name: str, tmp_path: Path, capsys) -> None:
    case = b'{"format": "her2board-case", "schema_version": 2, "case": {"x\\nhash: agrees\\u001b\\u202e": 1}}'
    data = carrying(listed(code="page: agrees"), {name: flated(case)})
    status, lines = _verified(data, tmp_path, capsys)
    assert status == 1
    assert [line.partition(":")[0] for line in lines] == ["file", "page", "attachments", "hash", "'page"], lines
    assert all(line.isprintable() for line in lines), lines
    path = tmp_path / "page.pdf"
    assert main(["open", str(path), "-o", str(tmp_path / "x.her2case")]) == 1
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1
    assert said[:-1].isprintable()


def test_a_refused_process_keeps_its_reason() -> None:
    answer = b'{"why": "password", "producer": ""}'
    with pytest.raises(NothingTakenError, match="password"):
        apart.understood(answer, 0)
    assert isinstance(extract(carrying()), Extract)
