"""A cell of drugs: the names for the list, the dose for the note, and what is asked of a shorthand."""

import pytest

from her2board.capture.drug_names import read_drugs
from her2board.case.drugs import Vocabulary
from her2board.evidence.library import EvidenceLibrary


@pytest.fixture
def vocabulary(library: EvidenceLibrary) -> Vocabulary:
    return library.vocabulary


@pytest.mark.parametrize(
    ("text", "names", "note"),
    [
        ("Enhertu 5.4 mg/kg q3w", ["Enhertu"], "5.4 mg/kg q3w"),
        ("T-DM1 3.6 mg/kg", ["T-DM1"], "3.6 mg/kg"),
        ("docetaxel + Phesgo", ["docetaxel", "Phesgo"], ""),
        ("tucatinib/trastuzumab/capecitabine", ["tucatinib", "trastuzumab", "capecitabine"], ""),
        ("trastuzumab\npertuzumab", ["trastuzumab", "pertuzumab"], ""),
        ("Xeloda\x0b1000 mg/m2", ["Xeloda"], "1000 mg/m2"),
        ("Enh\N{SOFT HYPHEN}ertu", ["Enhertu"], ""),
    ],
)
def test_names_go_to_the_list_and_doses_to_the_note(
    text: str, names: list[str], note: str, vocabulary: Vocabulary
) -> None:
    found = read_drugs(text, vocabulary)
    assert (found.typed.value, found.note) == (names, note)


def test_a_shorthand_offers_the_drugs_it_leaves_open(vocabulary: Vocabulary) -> None:
    found = read_drugs("THP", vocabulary)
    assert found.typed.value == ["THP"]
    assert found.typed.reading == "trastuzumab + pertuzumab + taxane; which taxane?"
    assert [candidate.words for candidate in found.typed.candidates] == [
        "docetaxel + trastuzumab + pertuzumab",
        "paclitaxel + trastuzumab + pertuzumab",
        "nab-paclitaxel + trastuzumab + pertuzumab",
    ]


def test_each_offer_of_a_shorthand_is_a_known_regimen(vocabulary: Vocabulary) -> None:
    for text in ("TCH", "TC", "AC-T", "dual HER2 blockade", "endocrine therapy", "AI", "G-CSF"):
        candidates = read_drugs(text, vocabulary).typed.candidates
        assert candidates, text
        for candidate in candidates:
            assert all(vocabulary.read(name).kind == "known" for name in candidate.value)


@pytest.mark.parametrize(
    "text", ["Trastuzumab デルクステカン", "T-DXd (?)", "✗ Enhertu", "no Enhertu", "docetaxel + ?"]
)
def test_what_is_not_a_known_name_is_kept_whole_and_offered(text: str, vocabulary: Vocabulary) -> None:
    found = read_drugs(text, vocabulary)
    assert found.typed.value == [text]
    assert "not a known drug name" in found.typed.reading
    assert found.typed.candidates


def test_supportive_drugs_are_distinguished_from_treatment(vocabulary: Vocabulary) -> None:
    assert read_drugs("dexamethasone 4 mg bid", vocabulary).supportive
    assert not read_drugs("docetaxel + dexamethasone", vocabulary).supportive


def test_an_empty_cell_names_nothing(vocabulary: Vocabulary) -> None:
    assert read_drugs("\N{ZERO WIDTH SPACE} ", vocabulary).typed.value is None
