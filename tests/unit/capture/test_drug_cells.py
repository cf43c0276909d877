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


def test_doses_are_read_in_the_manners_of_many_prescribers(vocabulary: Vocabulary) -> None:
    written = {
        "T-DM1": ("3.6mg/kg d1 q21", "q21", "C1", "1 cycle only", "2nd line", "rechallenge", "Zyklus 4"),
        "Enhertu": (
            "5,4 mg/kgKG",
            "@ 4.4",
            "80 %",
            "DL-1",
            "i.v. over 90 min",
            "from C4 4.4 mg/kg",
            "#6",
            "(2L)",
            "5.4mg/kg, 1 dose",
            "x 3 doses",
        ),
        "Xeloda": ("flat 1000 mg", "2-0-2", "1000 1-0-1", "2x1500mg", "5 tabs/d", "PRN", "bei Bedarf"),
        "paclitaxel": ("80 mg/m\N{SUPERSCRIPT TWO} wkly x12", "weekly (80)", "D1,8,15 q28", "100", "3-w\xf6chentlich"),
        "Herceptin": ("8 mg/kg LD, then 6 mg/kg q3w", "600mg q3/52", "600 sc", "(dose reduced to 250)", "(maint.)"),
    }
    for name, doses in written.items():
        for dose in doses:
            assert read_drugs(f"{name} {dose}", vocabulary).typed.value == [name], dose


def test_what_says_that_no_dose_was_given_is_no_dose(vocabulary: Vocabulary) -> None:
    for dose in ("0-0-0", "0 mg", "2023", "0 cycles", "q0", "1000 declined", "then Kadcyla", "reduced to Kadcyla"):
        assert "not a known drug name" in read_drugs(f"Enhertu {dose}", vocabulary).typed.reading, dose


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


@pytest.mark.parametrize(
    "name",
    [
        *("Ondansetrone", "ondansétron", "granisetrone", "Desametasone", "Dexamethason", "betametasone", "Prednisolon"),
        *("Pantoprazol", "pantoprazolo", "Metoclopramid", "loperamida", "valproato", "Carbamazepin", "memantina"),
    ],
)
def test_supportive_drugs_are_known_by_the_endings_of_other_languages(name: str, vocabulary: Vocabulary) -> None:
    found = read_drugs(f"{name} 4 mg", vocabulary)
    assert found.supportive
    assert (found.typed.value, found.note) == ([name], "4 mg")


@pytest.mark.parametrize("name", ["lapatiniba", "Neratinibo", "Tucatinibe?", "capecitabin0", "mesn", "ondansetronum"])
def test_an_ending_that_no_source_has_makes_no_drug_against_the_disease_known(
    name: str, vocabulary: Vocabulary
) -> None:
    assert "not a known drug name" in read_drugs(name, vocabulary).typed.reading
