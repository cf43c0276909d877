"""A PDF carries its case: it comes back as it was, and what was changed since is found."""

import hashlib
import io
import json
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from support.pages import AS_OF, FOLDER, Made, example, release
from support.releases import frozen

from her2board.case.checks import CaseError
from her2board.case.storage import dump, load
from her2board.cli import main
from her2board.cli import release as cli_release
from her2board.cli.pages import PageRequest, make_mapped_page, make_page
from her2board.pdf.attached import INDEX
from her2board.pdf.enclosure import content_hash, enclose, file_names
from her2board.pdf.reading import ForeignPdfError, read_pdf
from her2board.pdf.render import render_page, write_pdf

STEM = "cr18-untreated-asymptomatic"
CASE = "CR18.her2case"


@pytest.fixture
def page() -> Made:
    return example(STEM)


def changed(data: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(target)
    return target.getvalue()


def locked(data: bytes, strength: int) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        aes = {"aes": False, "metadata": False} if strength < 4 else {}
        pdf.save(target, encryption=pikepdf.Encryption(owner="owner", user="user", R=strength, **aes))
    return target.getvalue()


def attached(pdf: pikepdf.Pdf, name: str) -> pikepdf.Object:
    names = pdf.Root.Names.EmbeddedFiles.Names
    return next(names[n + 1].EF.F for n in range(0, len(names), 2) if str(names[n]) == name)


def swap(held: pikepdf.Object, old: bytes, new: bytes) -> bytes:
    """Change the first such words of a stream; fail where there are none."""
    before = held.read_bytes()
    assert old in before
    held.write(before.replace(old, new, 1))
    return held.read_bytes()


def verified(data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    path = tmp_path / "page.pdf"
    path.write_bytes(data)
    status = main(["verify", str(path)])
    out, err = capsys.readouterr()
    return status, out + err


@pytest.mark.parametrize("stem", sorted(path.stem for path in FOLDER.glob("*.her2case")))
def test_the_case_comes_back_from_the_page_as_it_was(stem: str) -> None:
    made = example(stem)
    found = read_pdf(made.data)
    (carried,) = found.index.cases
    assert found.case(carried) == made.case
    assert found.case_text(carried) == dump(made.case)
    assert not list(found.problems())


def test_the_assessment_comes_with_the_case_and_reader_programs_know_what_each_file_is(page: Made) -> None:
    with pikepdf.open(io.BytesIO(page.data)) as pdf:
        kinds = {str(spec.UF): str(spec.AFRelationship) for spec in pdf.Root.AF}
        assessment = json.loads(attached(pdf, "CR18.assessment.json").read_bytes())
        types = {str(spec.EF.F.Subtype) for spec in pdf.Root.AF}
    assert kinds == {CASE: "/Source", "CR18.assessment.json": "/Data", INDEX: "/Supplement"}
    assert assessment["case"] == "CR18"
    assert len(assessment["cohorts"]) == len(page.assessment.cohorts)
    assert types == {"/application/json"}


def test_the_footer_prints_the_hash_of_case_basis_and_text(page: Made) -> None:
    text = "".join(mark.text for mark in page.sheet.texts)
    printed = page.sheet.content
    assert text.count(f"Content {printed}") == 1
    carried = enclose(page.case, page.assessment, release())
    assert content_hash(dump(page.case), carried.basis, text.replace(printed, "")) == printed
    other = page.case.model_copy(update={"code": "CR19"})
    assert content_hash(dump(other), carried.basis, text.replace(printed, "")) != printed


def test_the_page_on_the_screen_is_drawn_as_the_one_that_is_exported_but_carries_nothing(page: Made) -> None:
    request = PageRequest(case=page.case, library=release(), day=AS_OF)
    shown, exported = make_mapped_page(request).data, make_page(request)
    with pikepdf.open(io.BytesIO(shown)) as one, pikepdf.open(io.BytesIO(exported)) as other:
        assert one.pages[0].Contents.read_bytes() == other.pages[0].Contents.read_bytes()
        assert INDEX in other.attachments
        assert not one.attachments


def test_verify_agrees_with_what_was_just_written(page: Made, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    status, words = verified(page.data, tmp_path, capsys)
    assert status == 0
    assert words.count("agrees") == 3
    assert "page and assessment say the same" in words


def test_verify_agrees_after_another_program_saved_the_file_anew(page: Made, tmp_path: Path, capsys) -> None:
    assert verified(changed(page.data, lambda pdf: None), tmp_path, capsys)[0] == 0


def test_verify_finds_a_changed_case(page: Made, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    def plant(pdf: pikepdf.Pdf) -> None:
        swap(attached(pdf, CASE), b'"largest_mm": 16.0', b'"largest_mm": 61.0')

    status, words = verified(changed(page.data, plant), tmp_path, capsys)
    assert status == 1
    assert f"attachments: '{CASE}' was changed" in words
    assert "hash: page 1 prints" in words
    assert "page: agrees" in words


def test_verify_finds_a_changed_case_even_when_the_list_was_changed_with_it(page: Made, tmp_path: Path, capsys) -> None:
    def plant(pdf: pikepdf.Pdf) -> None:
        held, index = attached(pdf, CASE), attached(pdf, INDEX)
        old = json.loads(index.read_bytes())
        text = swap(held, b'"largest_mm": 16.0', b'"largest_mm": 61.0')
        old["files"][CASE] = hashlib.sha256(text).hexdigest()
        index.write(json.dumps(old).encode())

    status, words = verified(changed(page.data, plant), tmp_path, capsys)
    assert status == 1
    assert "attachments: agrees" in words
    assert "hash: page 1 prints" in words


def test_verify_finds_a_changed_assessment(page: Made, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    def plant(pdf: pikepdf.Pdf) -> None:
        swap(attached(pdf, "CR18.assessment.json"), b'"differs"', b'"all_met"')

    status, words = verified(changed(page.data, plant), tmp_path, capsys)
    assert status == 1
    assert "'CR18.assessment.json' was changed" in words
    assert "the assessment says something else" in words


def test_verify_finds_changed_text_of_the_page(page: Made, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    def plant(pdf: pikepdf.Pdf) -> None:
        swap(pdf.pages[0].Contents, b"largest 16 mm", b"largest 61 mm")

    status, words = verified(changed(page.data, plant), tmp_path, capsys)
    assert status == 1
    assert "page: page 1 was changed" in words
    assert "hash: page 1 prints" in words
    assert "the page says something else" in words


def test_verify_finds_a_note_laid_over_the_page(page: Made, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    def plant(pdf: pikepdf.Pdf) -> None:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.FreeText,
            Rect=[50, 50, 200, 80],
            Contents=pikepdf.String("WBRT"),
            DA=pikepdf.String("/F1 9 Tf"),
        )
        pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array([note]))

    status, words = verified(changed(page.data, plant), tmp_path, capsys)
    assert status == 1
    assert "page 1 has something laid over it" in words


def test_verify_finds_pages_added_and_attachments_taken_out(page: Made, tmp_path: Path, capsys) -> None:
    def plant(pdf: pikepdf.Pdf) -> None:
        pdf.add_blank_page()
        names = pdf.Root.Names.EmbeddedFiles
        names.Names = pikepdf.Array(list(names.Names)[2:])

    status, words = verified(changed(page.data, plant), tmp_path, capsys)
    assert status == 1
    assert "page 2 was added" in words
    assert "'CR18.assessment.json' is missing" in words


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda data: changed(data, lambda pdf: pdf.Root.__delitem__("/Names")), "carries no case"),
        (lambda data: b"not a PDF at all", "is not a PDF that can be read"),
        (lambda data: data[: len(data) // 3], "is not a PDF that can be read"),
        (lambda data: b"", "is not a PDF that can be read"),
        (lambda data: locked(data, 3), "asks for a password"),
        (lambda data: locked(data, 6), "asks for a password"),
        (lambda data: render_page(example(STEM).briefing, release()), "carries no case"),
    ],
    ids=["attachments removed", "not a PDF", "cut off", "empty", "locked, RC4", "locked, AES", "page without a case"],
)
def test_what_carries_no_case_is_reported_and_never_a_fault(make, says, page: Made, tmp_path: Path, capsys) -> None:
    status, words = verified(make(page.data), tmp_path, capsys)
    assert status == 1
    assert says in words
    with pytest.raises(ForeignPdfError):
        read_pdf(make(page.data))


def test_a_page_of_another_release_is_not_made_again_and_says_why(page: Made, tmp_path: Path, capsys) -> None:
    def plant(pdf: pikepdf.Pdf) -> None:
        swap(attached(pdf, INDEX), b'"program":"', b'"program":"9.')

    status, words = verified(changed(page.data, plant), tmp_path, capsys)
    assert "not made again. Made with program 9." in words
    assert "hash: page 1 prints" in words  # the hash covers the program too
    assert status == 1


def test_open_writes_the_case_back_without_a_word(page: Made, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    source, target = tmp_path / "page.pdf", tmp_path / "back.her2case"
    source.write_bytes(page.data)
    assert main(["open", str(source), "-o", str(target)]) == 0
    assert load(target) == page.case
    assert capsys.readouterr() == ("", "")


def test_open_says_when_the_page_was_made_with_another_program(page: Made, tmp_path: Path, capsys, monkeypatch) -> None:
    source, target = tmp_path / "page.pdf", tmp_path / "back.her2case"
    source.write_bytes(page.data)
    monkeypatch.setattr("her2board.cli.carried.builds.version", lambda: "9.9")
    assert main(["open", str(source), "-o", str(target)]) == 0
    assert "Made with program 0.1.0, here 9.9: it may read differently here." in capsys.readouterr().err
    assert load(target) == page.case


def test_open_says_which_cases_a_packet_carries_and_opens_the_named_one(tmp_path: Path, capsys) -> None:
    one, two = example(STEM), example("cr31-herniation")
    source, target = tmp_path / "packet.pdf", tmp_path / "back.her2case"
    source.write_bytes(write_pdf(iter([one.sheet, two.sheet]), one.shown, one.geometry))
    assert main(["open", str(source), "-o", str(target)]) == 1
    assert "name one case with --case: 'CR18', 'CR31'" in capsys.readouterr().err
    assert main(["open", str(source), "-o", str(target), "--case", "CR31"]) == 0
    assert load(target) == two.case
    assert main(["verify", str(source)]) == 0


def test_the_same_case_gives_the_same_bytes_with_what_it_carries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli_release, "load_library", frozen)
    pages = []
    for name in ("one.pdf", "two.pdf"):
        target = tmp_path / name
        case = FOLDER / f"{STEM}.her2case"
        assert main(["brief", str(case), "-o", str(target), "--as-of", AS_OF.isoformat(), "--annex"]) == 0
        pages.append(target.read_bytes())
    assert pages[0] == pages[1]
    assert CASE in read_pdf(pages[0]).found.files


def test_neither_page_nor_attachment_holds_the_name_or_the_record_number(tmp_path: Path) -> None:
    body = json.loads((FOLDER / f"{STEM}.her2case").read_text(encoding="utf-8"))
    body["case"]["identity"] = {"name": "Quaxolotl Zenobia", "record_number": "MRN-4711-0815"}
    case, target = tmp_path / "named.her2case", tmp_path / "page.pdf"
    case.write_text(json.dumps(body), encoding="utf-8")
    assert main(["brief", str(case), "-o", str(target), "--as-of", AS_OF.isoformat()]) == 0
    with pikepdf.open(target) as pdf:
        raw = b"".join(part.read_bytes() for part in pdf.objects if isinstance(part, pikepdf.Stream))
    for planted in ("Quaxolotl", "Zenobia", "4711-0815"):
        assert planted.encode() not in raw + target.read_bytes()


def test_names_of_attachments_are_safe_and_never_alike() -> None:
    taken: set[str] = set()
    names = [file_names(code, taken)[0] for code in ("BM-7", "bm-7", "../etc/x", "名字", "", "BM 7")]
    assert names == [
        "BM-7.her2case",
        "bm-7-2.her2case",
        "etc-x.her2case",
        "名字.her2case",
        "case.her2case",
        "BM-7-3.her2case",
    ]


def test_a_carried_case_that_is_no_case_is_reported_by_field(page: Made) -> None:
    def plant(pdf: pikepdf.Pdf) -> None:
        attached(pdf, CASE).write(b'{"format": "her2board-case", "schema_version": 1, "case": {"code": 5}}')

    found = read_pdf(changed(page.data, plant))
    with pytest.raises(CaseError, match="code"):
        found.case(found.index.cases[0])
