"""A recorded name in every writing, in every text and key that a person types: cut, or pointed out."""

import json

import pytest
from support.identities import NAME, NUMBER, WORDS, WRITTEN
from support.releases import release
from support.strategies import case_of, full_case

from her2board.case.identity import with_texts, without_identity
from her2board.case.identity_review import look_through
from her2board.case.model import Case
from her2board.case.storage import dump, parse

KNOWN = release().vocabulary.words


def _planted(form: str) -> Case:
    """Return a case with ``form`` in every text and key that a person types."""
    words = iter(range(10_000))
    case = with_texts(full_case(), lambda path, _: f"{form} {next(words)}" if path.endswith("]") else form)
    identity = {"name": NAME, "record_number": NUMBER}
    return case.model_copy(update={"identity": case.identity.model_copy(update=identity)})


def _texts(case: Case) -> dict[str, str]:
    found: dict[str, str] = {}

    def note(path: str, text: str) -> str:
        found[path] = text
        return text

    with_texts(case, note)
    return found


def test_every_text_of_the_schema_that_is_no_choice_is_looked_through() -> None:
    paths = set(_texts(full_case()))
    assert {"code", "meeting.question", "meeting.consultant", "board.outstanding[0].what"} <= paths
    assert {"access.drugs[tucatinib]", "systemic.exposure[tucatinib]", "brain.lesions[1].note"} <= paths
    assert {"absences[organs.lvef_percent].owner", "patient.declines[0]", "systemic.lines[0].drugs[0]"} <= paths
    choices = ("status", "brain.modality", "absences[organs.lvef_percent].reason")
    assert not {path for path in paths if path.startswith(choices)}


@pytest.mark.parametrize("form", WRITTEN)
def test_a_written_form_is_cut_or_pointed_out_wherever_it_was_typed(form: str) -> None:
    case = _planted(form)
    pointed_out = {found.path for found in look_through(case, KNOWN)}
    left = _texts(without_identity(case, KNOWN))
    assert len(left) == len(_texts(case))
    kept = {path for path, text in _texts(case).items() if path not in pointed_out}
    assert kept == set()


def test_most_forms_are_cut_rather_than_pointed_out() -> None:
    left = {form for form in WRITTEN if not _kinds(form) & {"replaced"}}
    assert left == {"Querf.", "querfuhrt", "patientquerfurth", "J.O.Q.", "J-O Q", "QJO"}


def _kinds(form: str) -> set[str]:
    return {kind for found in look_through(_planted(form), KNOWN) for kind, _ in found.kinds}


@pytest.mark.parametrize("word", WORDS)
def test_a_name_that_is_a_word_of_its_own_is_pointed_out_and_not_cut(word: str) -> None:
    text = f"{word} or {word.lower()}: stable since May 2026, may wait; trastuzumab, Taxol"
    case = case_of({"identity.name": f"Querfurth {word}", "meeting.question": text})
    assert without_identity(case, KNOWN).meeting.question == text
    (found,) = look_through(case, KNOWN)
    assert found.path == "meeting.question"
    assert word in {words for kind, several in found.kinds for words, _ in several if kind == "like"}


def test_two_names_that_are_words_are_cut_where_they_are_written_as_one_name() -> None:
    texts = {
        "Will Young asks": "[…] asks",
        "Young, Will": "[…]",
        "young women will wait": "young women will wait",
        "Young women. Will wait": "Young women. Will wait",
    }
    for text, left in texts.items():
        case = case_of({"identity.name": "Will Young", "meeting.question": text})
        assert without_identity(case, KNOWN).meeting.question == left


def test_the_month_beside_a_name_that_is_one_stays() -> None:
    case = case_of({"identity.name": "May Querfurth", "meeting.question": "Querfurth, May 2026: May Querfurth asks"})
    assert without_identity(case, KNOWN).meeting.question == "[…], May 2026: […] asks"


def test_two_keys_that_become_one_stay_two() -> None:
    keys = {"Querfurth": True, "querfurth": False, "tucatinib": True}
    case = case_of({"identity.name": "Otti Querfurth", "access.drugs": keys})
    assert without_identity(case, KNOWN).access.drugs == {"[…]": True, "[…] (2)": False, "tucatinib": True}


@pytest.mark.parametrize("form", WRITTEN[::9])
def test_what_is_left_can_be_read_back(form: str) -> None:
    clean = without_identity(_planted(form[:20] * 2), KNOWN)
    assert parse(dump(clean)) == clean
    assert "Ottilie" not in json.dumps(clean.model_dump(mode="json"))
