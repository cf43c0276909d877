"""What a de-identified export starts from."""

import json

import pytest
from support.pages import EXAMPLES, FOLDER
from support.releases import release

from her2board.case.fields import case_fields
from her2board.case.identity import without_identity
from her2board.case.model import Case, Identity
from her2board.case.storage import dump, load, parse


def _case(**sections: object) -> Case:
    return Case.model_validate_json(json.dumps({"code": "K-7", **sections}))


KNOWN = release().vocabulary.words
NAMED = {"name": "Ottilie Querfurth", "record_number": "MRN-4711-X"}


def test_every_field_marked_as_identifying_is_emptied() -> None:
    marked = [field.path for field in case_fields() if field.info.identifying]
    assert marked == ["identity.name", "identity.record_number"]
    assert without_identity(_case(identity=NAMED), KNOWN).identity == Identity()


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Ottilie Querfurth asks about driving", "[…] asks about driving"),
        ("OTTILIE  QUERFURTH, seen today", "[…], seen today"),
        ("Mrs Querfurth declines", "Mrs […] declines"),
        ("Querfurth, Ottilie (mrn-4711-x)", "[…] ([…])"),
        ("Querfurth’s daughter drives her", "[…] daughter drives her"),
        ("MRN-4711-X1 is another number", "MRN-4711-X1 is another number"),
    ],
)
def test_the_recorded_name_and_number_leave_every_free_text(text: str, left: str) -> None:
    case = _case(
        code="MRN-4711-X",
        identity=NAMED,
        meeting={"question": text},
        absences={"organs.lvef_percent": {"reason": "pending", "owner": text, "note": text}},
        board={"outstanding": [{"what": text}]},
        patient={"declines": [text]},
    )
    clean = without_identity(case, KNOWN)
    absence = clean.absences["organs.lvef_percent"]
    assert {clean.meeting.question, absence.owner, absence.note, clean.board.outstanding[0].what} == {left}
    assert clean.patient.declines == (left,)
    assert clean.code == "[…]"


def test_a_name_of_a_script_without_capitals_is_found_inside_a_sentence() -> None:
    case = _case(identity={"name": "王芳"}, meeting={"question": "患者王芳女士"})
    assert without_identity(case, KNOWN).meeting.question == "患者…女士"


def test_ordinary_words_numbers_dates_and_terms_stay_when_they_look_like_an_identifier() -> None:
    case = _case(
        identity={"name": "May de Mri", "record_number": "20"},
        meeting={"date": "2026-05-20", "question": "de novo, 20 lesions, may wait"},
        brain={"modality": "MRI"},
    )
    clean = without_identity(case, KNOWN)
    assert clean.meeting == case.meeting
    assert clean.brain == case.brain


def test_a_record_number_that_is_a_year_leaves_dates_alone() -> None:
    case = _case(identity={"record_number": "2026"}, meeting={"date": "2026-05-20"})
    assert without_identity(case, KNOWN).meeting == case.meeting


@pytest.mark.parametrize("stem", EXAMPLES)
def test_a_case_without_identity_is_the_same_case(stem: str) -> None:
    case = load(FOLDER / f"{stem}.her2case")
    assert without_identity(case, KNOWN) == case


def test_a_text_as_long_as_allowed_can_still_be_read_back() -> None:
    case = _case(identity={"name": "王芳"}, meeting={"question": "王芳" * 2000})
    clean = without_identity(case, KNOWN)
    assert parse(dump(clean)) == clean
