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


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        (
            "\u0410\u043d\u043d\u0430 \u0418\u0432\u0430\u043d\u043e\u0432\u0430",
            "\u0418\u0432\u0430\u043d\u043e\u0432\u043e\u0439",
            "[…]",
        ),
        ("\uae40\ubbfc\uc218", "\uae40 \ubbfc\uc218 asks", "[…] asks"),
        ("\u0646\u0648\u0631 \u0627\u0644\u062d\u0633\u0646", "\u0646\u0648\u0631 asks", "[…] asks"),
        ("Nguyễn Thị Minh", "NGUYEN THI MINH asks", "[…] asks"),
        ("Maria Kowalska", "Dr Kowalskiej, kowalskiego", "Dr […], kowalskiego"),
        ("Mary-Ann O’Brien", "OBrien, Maryann or O'Brien's", "[…] or […]"),
        ("Ludwig van Beethoven", "vanBeethoven; Beethoven, L. van", "[…] van"),
    ],
)
def test_names_of_other_languages_are_found_in_their_own_script(name: str, text: str, left: str) -> None:
    case = case_of({"identity.name": name, "meeting.question": text})
    assert without_identity(case, KNOWN).meeting.question == left


@pytest.mark.parametrize(
    ("text", "pointed_out"),
    [
        ("born 12.03.1961", "born 12.03.1961"),
        ("DOB: 3/12/61", "DOB: 3/12/61"),
        ("geb. 12. März 1961", "geb. 12. März 1961"),
        ("*12.03.1961", "*12.03.1961"),
        ("since 12.03.1961", "12.03.1961"),
        ("call +44 20 7946 0958", "44 20 7946 0958"),
        ("mail a.b@example.org", "a.b@example.org"),
        ("lives at 12 Elm Street", "12 Elm Street"),
        ("Bahnhofstraße 3", "Bahnhofstraße 3"),
        ("record 8812345", "record 8812345"),
        ("NHS 943 476 5919", "943 476 5919"),
        ("seen by Zwack", "Zwack"),
        ("ZWACK", "ZWACK"),
        ("MRI 12.11.2026, NCT03529110, 2024-2026, PIK3CA H1047R, 12 x 14 mm, 20 Gy/1 fx, IVb", ""),
        ("Whole-brain radiotherapy or Enhertu first? ECOG 1, Karnofsky 80, May 2026", ""),
    ],
)
def test_without_a_recorded_name_what_looks_identifying_is_pointed_out(text: str, pointed_out: str) -> None:
    found = look_through(case_of({"meeting.question": text}), KNOWN)
    words = [word for each in found for _, several in each.kinds for word, _ in several]
    assert [word for word in words if word in pointed_out] == words
    assert bool(words) is bool(pointed_out)


def test_a_published_or_invented_case_without_a_name_is_not_looked_through() -> None:
    for origin in ("published", "invented"):
        assert look_through(case_of({"meeting.question": "Zwack", "origin": origin}), KNOWN) == ()
