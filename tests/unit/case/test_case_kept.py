"""A kept sentence is beside the value it says, and beside no other."""

import json
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.kept import accepted, said

from her2board.capture.report.model import Kind
from her2board.case import storage
from her2board.case.again import presented_again
from her2board.case.checks import LONGEST_LIST, CaseError
from her2board.case.differences import differences
from her2board.case.edit import with_value
from her2board.case.fields import field_by_path
from her2board.case.identity import without_identity
from her2board.case.identity_review import look_through
from her2board.case.kept import sentences_at, sentences_of_entries, sentences_of_row, with_sentence, with_text
from her2board.case.model import Case, Identity, KeptText
from her2board.case.model.kept import MOST_TEXTS
from her2board.case.plain import plain_at
from her2board.case.table_rows import entries_of
from her2board.case.terms import SourceKind

LEFT = {"site": "left frontal", "diameter_mm": 12.0}
PONS = {"site": "pons", "diameter_mm": 5.0, "state": "new"}
LESIONS = "brain.lesions"


def _lesions(case: Case, *items: dict[str, Any]) -> Case:
    return with_value(case, LESIONS, {"completeness": "partial", "items": list(items)})


def _by_entry(case: Case) -> dict[int, list[str]]:
    return {n: [one.sentence for one in kept] for n, kept in sentences_of_entries(case, LESIONS).items()}


def _both() -> Case:
    return accepted(said(f"{LESIONS}[]", LEFT, "12 mm left frontal."), said(f"{LESIONS}[]", PONS, "New, pons."))


def test_a_sentence_is_beside_its_value_and_goes_with_it() -> None:
    case = accepted(said("organs.lvef_percent", 55))
    assert [one.sentence for one in sentences_at(case, "organs.lvef_percent")] == ["Echo: LVEF 55 %."]
    for other in (54, None):
        changed = with_value(case, "organs.lvef_percent", other)
        assert changed.sentences == ()
        assert with_value(changed, "organs.lvef_percent", 55).sentences == ()
    assert with_value(case, "patient.age", 60).sentences == case.sentences


def test_entries_keep_their_sentence_wherever_they_are_in_the_list() -> None:
    case = _both()
    assert _by_entry(case) == {0: ["12 mm left frontal."], 1: ["New, pons."]}
    assert _by_entry(_lesions(case, {"site": "vermis"}, PONS, LEFT)) == {2: ["12 mm left frontal."], 1: ["New, pons."]}
    assert _by_entry(_lesions(case, PONS)) == {0: ["New, pons."]}


def test_an_entry_loses_its_sentence_when_what_it_says_changes_and_not_when_more_is_recorded() -> None:
    case = _both()
    more = _lesions(case, {**LEFT, "state": "untreated"}, PONS)
    assert _by_entry(more) == {0: ["12 mm left frontal."], 1: ["New, pons."]}
    row = entries_of(field_by_path()[LESIONS]).rows(plain_at(more, LESIONS))[0]
    assert sentences_of_row(more, LESIONS, row, "diameter_mm")
    assert not sentences_of_row(more, LESIONS, row, "state")
    less = _lesions(case, {**LEFT, "diameter_mm": 13.0}, PONS)
    assert _by_entry(less) == {1: ["New, pons."]}
    assert [one.sentence for one in less.sentences] == ["New, pons."]


def test_of_more_entries_that_fit_than_sentences_none_has_one() -> None:
    case = accepted(said(f"{LESIONS}[]", {"site": "pons"}, "A lesion of the pons."))
    assert _by_entry(_lesions(case, {"site": "pons", "diameter_mm": 3.0}, {"site": "pons", "diameter_mm": 4.0})) == {}
    assert _by_entry(_lesions(case, {"site": "pons"}, {"site": "pons", "diameter_mm": 4.0})) == {
        0: ["A lesion of the pons."]
    }


def test_an_answer_about_a_drug_keeps_its_sentence() -> None:
    case = accepted(said("systemic.exposure.tucatinib", {"ever": False}, "Never received tucatinib."))
    (kept,) = sentences_of_entries(case, "systemic.exposure").values()
    assert [one.sentence for one in kept] == ["Never received tucatinib."]
    assert with_value(case, "systemic.exposure", {"tucatinib": {"ever": True}}).sentences == ()


def test_the_case_file_holds_what_it_was_read_from_and_drops_what_is_not_recorded() -> None:
    case = accepted(said("organs.lvef_percent", 55, day="2025-05-12"), case=_both())
    assert storage.parse(storage.dump(case)) == case
    body = json.loads(storage.dump(case))
    body["case"]["organs"]["lvef_percent"] = 40
    assert {one.field for one in storage.parse(json.dumps(body)).sentences} == {f"{LESIONS}[]"}
    body["case"]["sentences"][0]["field"] = "organs.lvef"
    with pytest.raises(CaseError, match=r"no field is called 'organs\.lvef'"):
        storage.parse(json.dumps(body))


def test_a_sentence_alone_is_a_difference_of_its_field() -> None:
    typed = with_value(Case(code="K1"), "organs.lvef_percent", 55)
    (found,) = differences(typed, accepted(said("organs.lvef_percent", 55), case=typed))
    assert (found.field.path, found.sentences, found.before, found.after) == (
        "organs.lvef_percent",
        True,
        None,
        ["Echo: LVEF 55 %."],
    )


def test_a_case_presented_again_keeps_the_sentences_of_what_it_keeps() -> None:
    case = accepted(said("meeting.question", "SRS?", "Question: SRS?"), said("organs.lvef_percent", 55))
    assert [one.field for one in presented_again(case).sentences] == ["organs.lvef_percent"]


def test_names_are_taken_out_of_sentences_and_the_entry_still_has_its_own() -> None:
    item = {"site": "pons, seen by Anna Zwack"}
    case = accepted(said(f"{LESIONS}[]", item, "Pons, seen by Anna Zwack, 123456.", place="Patient/zwack"))
    named = case.model_copy(update={"identity": Identity(name="Anna Zwack")})
    assert [(one.label, *one.lines()) for one in look_through(named, frozenset())] == [
        ("Lesions one by one, entry 1, Site", "replaced: Anna Zwack"),
        ("Lesions one by one: read from", "replaced: Anna Zwack", "left, may be a record number: 123456"),
        ("Lesions one by one: read from", "replaced: zwack"),
    ]
    clean = without_identity(named, frozenset())
    assert "zwack" not in storage.dump(clean).casefold()
    assert _by_entry(clean) == {0: ["Pons, seen by […], 123456."]}


def test_every_kind_of_report_has_words() -> None:
    assert {*get_args(Kind), "record", "table"} == set(SourceKind)


@given(st.permutations([LEFT, PONS, {"site": "vermis"}]), st.sets(st.integers(0, 2)))
def test_however_a_list_is_edited_a_sentence_is_beside_what_it_says(
    items: list[dict[str, Any]], gone: set[int]
) -> None:
    left = [one for n, one in enumerate(items) if n not in gone]
    case = _lesions(_both(), *left)
    said_of = {"12 mm left frontal.": LEFT, "New, pons.": PONS}
    for number, sentences in _by_entry(case).items():
        assert all(said_of[sentence] == left[number] for sentence in sentences)
    assert len(case.sentences) == sum(one in left for one in (LEFT, PONS))


def test_a_text_that_was_removed_is_in_no_copy_of_the_case(tmp_path: Path) -> None:
    path = tmp_path / "one.her2case"
    case = with_text(_both(), KeptText(kind=SourceKind.ECHO, text="LVEF 55 %, Anna Zwack."))
    storage.save(case, path)
    storage.save(with_value(case, "patient.age", 60), path)
    assert "Zwack" in (tmp_path / "one.her2case.bak").read_text(encoding="utf-8")
    storage.save(_both(), path)
    assert not any(b"Zwack" in copy.read_bytes() for copy in tmp_path.iterdir())


def test_a_case_file_as_full_as_it_may_be_is_read_again(tmp_path: Path) -> None:
    case = _both()
    for number in range(MOST_TEXTS + 1):
        case = with_text(case, KeptText(kind=SourceKind.ECHO, text=f"{number}" + "\N{GREEK SMALL LETTER MU}" * 29_000))
    for number in range(LONGEST_LIST + 5):
        case = with_sentence(case, said("code", "K1", f"{number} " + "x" * 1000))
    assert (len(case.texts), len(case.sentences)) == (MOST_TEXTS, LONGEST_LIST)
    assert case.texts[-1].text.startswith(f"{MOST_TEXTS}")
    path = tmp_path / "full.her2case"
    storage.save(case, path)
    assert storage.load(path) == case


def test_a_kept_text_is_looked_through_as_any_other_before_a_case_leaves() -> None:
    text = KeptText(kind=SourceKind.ECHO, text="Patient: Zwack, Anna, born 12.03.1954, MRN 445566. LVEF 55 %.")
    case = with_text(Case(code="K1"), text)
    (found,) = look_through(case, frozenset())
    assert found.label == "Text kept with the case"
    assert {kind for kind, _ in found.kinds} == {"name", "number", "birth"}
    named = case.model_copy(update={"identity": Identity(name="Anna Zwack", record_number="445566")})
    assert not {"Zwack", "Anna", "445566"} & set(without_identity(named, frozenset()).texts[0].text.split())
