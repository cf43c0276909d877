"""A mistake in a file of worked cases names the file and the line."""

from pathlib import Path

import pytest
from support.worked import WorkedFileError, document, documents, entries


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("says: A sentence.\nsays: Another.\n", r"a-case\.yaml.*\n?.*duplicate key says"),
        ("says: A sentence.\nrecord: {a: 1, a: 2}\n", r"(?s)duplicate key a.*a-case\.yaml\", line 2"),
        ("says: A sentence.\n  record: {}\n", r"(?s)a-case\.yaml\", line 2"),
        ("- a list\n", r"a-case\.yaml: a case is a mapping, not a list"),
    ],
    ids=["a key twice", "a key twice inside", "wrong indent", "a list"],
)
def test_a_mistake_names_its_file_and_line(text: str, complaint: str, tmp_path: Path) -> None:
    path = tmp_path / "a-case.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(WorkedFileError, match=complaint):
        document(path)


def test_a_case_knows_the_line_it_begins_at(tmp_path: Path) -> None:
    path = tmp_path / "a-case.yaml"
    path.write_text("# first\nsays: One.\nas_of: 2026-11-20\n---\nsays: Two.\n", encoding="utf-8")
    first, second = documents(path)
    assert (first.where, second.where) == ("a-case.yaml:2", "a-case.yaml:5")
    assert first["as_of"] == "2026-11-20"


def test_an_entry_of_a_list_knows_its_line_and_is_a_mapping(tmp_path: Path) -> None:
    path = tmp_path / "a-case.yaml"
    path.write_text("- says: One.\n- says: Two.\n", encoding="utf-8")
    assert [entry.where for entry in entries(path)] == ["a-case.yaml:1", "a-case.yaml:2"]
    path.write_text("- says: One.\n- Two.\n", encoding="utf-8")
    with pytest.raises(WorkedFileError, match=r"a-case\.yaml: a case is a mapping, not a str: Two"):
        entries(path)


def test_a_file_of_one_case_holds_no_second(tmp_path: Path) -> None:
    path = tmp_path / "a-case.yaml"
    path.write_text("says: One.\n---\nsays: Two.\n", encoding="utf-8")
    with pytest.raises(WorkedFileError, match=r"a-case\.yaml: one document, not 2"):
        document(path)


def test_what_a_case_does_not_say_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a-case.yaml"
    path.write_text("says: One.\ncase: {}\n", encoding="utf-8")
    with pytest.raises(WorkedFileError, match=r"a-case\.yaml:1: nothing is said of 'as_of'"):
        document(path)["as_of"]
