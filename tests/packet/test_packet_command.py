"""The packet command: what it writes, says, refuses, and how it is stopped."""

import re
from pathlib import Path

import pypdfium2
import pytest
from support.command_line import Run, runner
from support.packets import of_examples
from support.pages import AS_OF, EXAMPLES, FOLDER, URGENT, text_of

from her2board.cli import main
from her2board.cli.commands import packet

ONE, TWO = FOLDER / f"{EXAMPLES[0]}.her2case", FOLDER / f"{URGENT}.her2case"
BROKEN = '{"format":"her2board-case","schema_version":1,"case":{"code":"X","brain":{"largest_mm":"Ottilie"}}}'


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    packet = runner(capsys, monkeypatch, "packet")
    return lambda *words: packet(*words, "--as-of", AS_OF)


def test_it_writes_the_packet_and_shows_how_far_it_is(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "packet.pdf"
    result = run(ONE, TWO, "-o", out)
    assert (result.status, result.out) == (0, "")
    assert len(pypdfium2.PdfDocument(out)) == 3
    lines = result.err.splitlines()
    assert lines[3] == "her2board: 4 of 4 steps"
    assert [line.partition(": not on the page: ")[0] for line in lines[4:]] == [
        f"her2board: {ONE}",
        f"her2board: {TWO}",
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["packet.pdf"]


def test_with_annexes_nothing_is_named_as_left_out_and_what_was_shortened_is_counted(run: Run, tmp_path: Path) -> None:
    result = run(ONE, "--annex", "-o", tmp_path / "packet.pdf")
    assert re.fullmatch(
        rf"her2board: {ONE}: \d+ recorded values on the page, \d+ in the annex; shortened to fit in \d+ places",
        result.err.splitlines()[-1],
    )


@pytest.mark.parametrize(
    ("name", "start"), [("a.pdf", b"%PDF"), ("a.pptx", b"PK"), ("a.docx", b"PK")], ids=["pages", "slides", "document"]
)
def test_the_name_of_the_file_gives_the_layout(name: str, start: bytes, run: Run, tmp_path: Path) -> None:
    assert run(ONE, "-o", tmp_path / name).status == 0
    assert (tmp_path / name).read_bytes().startswith(start)


def test_a_case_that_cannot_be_printed_is_reported_with_its_file_and_the_status_is_one(
    run: Run, tmp_path: Path, written
) -> None:
    bad, out = written("bad", text=BROKEN), tmp_path / "packet.pdf"
    result = run(ONE, bad, "-o", out)
    assert result.status == 1
    assert "1 case could not be printed" in result.err
    assert f"{bad}: cannot be printed; a marked page takes its place" in result.err
    assert "brain.largest_mm" in result.err
    assert len(pypdfium2.PdfDocument(out)) == 3


def test_a_case_that_is_not_there_is_a_marked_page_too(run: Run, tmp_path: Path) -> None:
    result = run(ONE, tmp_path / "missing.her2case", "-o", tmp_path / "packet.pdf")
    assert result.status == 1
    assert "missing.her2case" in result.err


def test_stopping_it_writes_nothing_and_says_so(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    line = packet.ProgressLine.__call__

    def stop(self, done: int, of: int) -> None:
        line(self, done, of)
        if done == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(packet.ProgressLine, "__call__", stop)
    out = tmp_path / "packet.pdf"
    out.write_bytes(b"older")
    result = run(ONE, TWO, "-o", out)
    assert result.status == 130
    assert "stopped; nothing was written" in result.err
    assert out.read_bytes() == b"older"
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize(
    "lines", [f"{EXAMPLES[3]}\n{URGENT}.her2case\n", f"# mine\n\n  {EXAMPLES[3]}  # first\n{URGENT}\n"]
)
def test_an_order_file_sets_the_order_and_the_cases_it_leaves_out_follow(lines: str, run: Run, tmp_path: Path) -> None:
    order, out = tmp_path / "order.txt", tmp_path / "packet.pdf"
    order.write_text(lines, encoding="utf-8")
    left_out = EXAMPLES[:2]
    paths = [FOLDER / f"{stem}.her2case" for stem in (*left_out, URGENT, EXAMPLES[3])]
    assert run(*paths, "-o", out, "--order-file", order).status == 0
    assert out.read_bytes() == of_examples([EXAMPLES[3], URGENT, *left_out], order="as-given").data


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nobody\n", "line 1: 'nobody' names no case of this packet"),
        (f"{URGENT}\n{URGENT}\n", f"line 2: '{URGENT}': duplicate"),
        (b"\xff\xfe\x00", "not a text file in UTF-8"),
        (None, "cannot be read"),
    ],
    ids=["unknown", "twice", "not text", "missing"],
)
def test_an_order_file_that_cannot_be_followed_is_reported_by_line(text, said: str, run: Run, tmp_path: Path) -> None:
    order = tmp_path / "order.txt"
    if text is not None:
        order.write_bytes(text if isinstance(text, bytes) else text.encode())
    result = run(TWO, "-o", tmp_path / "packet.pdf", "--order-file", order)
    assert result.status == 1
    assert str(order) in result.err
    assert said in result.err
    assert not (tmp_path / "packet.pdf").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("-o", "a.pdf", "--layout", "slides"), "the layout 'slides' is written as .pptx"),
        (("-o", "a.xlsx"), "the layout 'pages' is written as .pdf"),
        (("-o", "a.pdf", "--layout", "handout", "--annex"), "belong to the layout 'pages'"),
        (("-o", "a.docx", "--slips"), "belong to the layout 'pages'"),
        ((ONE, "-o", "a.pdf"), "named twice"),
    ],
)
def test_what_does_not_go_together_is_refused_before_anything_is_made(
    words: tuple[object, ...], said: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(ONE, *words)
    assert result.status == 1
    assert said in result.err
    assert list(tmp_path.iterdir()) == []


def test_name_and_number_print_only_when_asked_for(run: Run, tmp_path: Path, written) -> None:
    case = written("one", {"identity": {"name": "Ottilie Querfurth", "record_number": "MRN-4711-X"}})
    for name, more in (("without", ()), ("with", ("--identified",))):
        assert run(case, "-o", tmp_path / f"{name}.pdf", *more).status == 0
    without, with_ = ((tmp_path / f"{name}.pdf").read_bytes() for name in ("without", "with"))
    assert "Without the recorded names and record numbers" in text_of(without)
    assert "WITH NAMES AND RECORD NUMBERS" in text_of(with_)
    assert "Ottilie Querfurth · record number MRN-4711-X" in text_of(with_, 1)
    assert "Querfurth" not in text_of(without) + text_of(without, 1)


@pytest.mark.parametrize("more", [(), ("--identified",), ("--paper", "letter", "--slips")])
def test_every_page_of_a_packet_carries_its_case_and_verify_agrees(
    more: tuple[str, ...], run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target, back = tmp_path / "packet.pdf", tmp_path / "back.her2case"
    assert run(ONE, TWO, "-o", target, *more).status == 0
    assert main(["verify", str(target)]) == 0
    assert capsys.readouterr().out.count("page and assessment say the same") == 2
    assert main(["open", str(target), "--case", "CR31", "-o", str(back)]) == 0
    assert back.read_bytes() == TWO.read_bytes()
