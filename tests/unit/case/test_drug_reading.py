"""A drug name as clinics write it: known, a shorthand that leaves a drug open, or not a known name."""

import pytest

from her2board.case.drugs import Choice, Drug, DrugClass, DrugList, Product, Vocabulary
from her2board.evidence.library import EvidenceLibrary


def wide(text: str) -> str:
    """Return ASCII letters as East Asian keyboards write them."""
    return "".join(chr(ord(letter) + 0xFEE0) for letter in text)


@pytest.fixture
def vocabulary(library: EvidenceLibrary) -> Vocabulary:
    return library.vocabulary


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        (wide("Enhertu"), "trastuzumab_deruxtecan"),
        ("T\N{NON-BREAKING HYPHEN}DXd", "trastuzumab_deruxtecan"),
        ("Enh\N{SOFT HYPHEN}ertu\N{TRADE MARK SIGN}", "trastuzumab_deruxtecan"),
        ("\N{ZERO WIDTH SPACE}Enhertu.", "trastuzumab_deruxtecan"),
        ("trastuzumab déruxtécan", "trastuzumab_deruxtecan"),
        ("Trastuzumab-Deruxtecan", "trastuzumab_deruxtecan"),
        ("trastuzumabe deruxtecana", "trastuzumab_deruxtecan"),
        ("トラスツズマブ　デルクステカン", "trastuzumab_deruxtecan"),
        ("エンハーツ点滴静注用100mg", "trastuzumab_deruxtecan"),
        ("德曲妥珠单抗", "trastuzumab_deruxtecan"),
        ("ﾄﾗｽﾂｽﾞﾏﾌﾞ", "trastuzumab"),
        ("注射用曲妥珠单抗", "trastuzumab"),
        ("Capécitabine", "capecitabine"),
        ("Zoledronsäure", "zoledronic_acid"),
        ("trastuzumab-dkst", "trastuzumab"),
        ("Kanjinti", "trastuzumab"),
        ("Hercessi", "trastuzumab"),
        ("Herceptin Hylecta", "trastuzumab"),
        ("trastuzumab biosimilar", "trastuzumab"),
        ("- Enhertu", "trastuzumab_deruxtecan"),
        ("2. Kadcyla", "trastuzumab_emtansine"),
        ("trastuzumab\nderuxtecan", "trastuzumab_deruxtecan"),
    ],
)
def test_width_case_accents_and_spelling_do_not_change_a_drug(text: str, ids: str, vocabulary: Vocabulary) -> None:
    assert vocabulary.resolve(text) == (ids,)


@pytest.mark.parametrize(
    "text",
    [
        "Trastuzumab デルクステカン",
        "Трастузумаб",
        "Enhertа",  # noqa: RUF001  # reason: the last letter is Cyrillic, which is the point
        "T-DXd (?)",
        "T-DXd?",
        "✗ Enhertu",
        "x Enhertu",
        "-Enhertu",
        "\N{MINUS SIGN}Enhertu",
        "~~Enhertu~~",
        "E\N{COMBINING LONG STROKE OVERLAY}nhertu",
        "no Enhertu",
        "Enhertu declined",
        "Enhertu planned",
        "Enhertu: no",
        "kein Enhertu",
        "Enhertu x0",
        "Enhertu 0 mg/kg",
        "without trastuzumab",
        "trastuzumab → T-DXd",
        "trastuzumab then T-DXd",
        "trastuzumab or T-DXd",
        "trastuzumab T-DXd",
        "trastuzumab + deruxtecan",
        "trastuzumab + ?",
        "trastuzumab +",
        "(Enhertu)",
        "Enhertu*",
        "Enhertu (trastuzumab)",
        "Herceptin (trastuzumab emtansine)",
        "HP (lapatinib)",
        "docetaxel/paclitaxel",
        "T-DM1/T-DXd",
        "letrozole/anastrozole",
        "other",
        "study drug",
        "trastuzumab biosimilar from abroad",
        "",
        "?",
    ],
)
def test_anything_left_over_makes_it_not_a_known_name(text: str, vocabulary: Vocabulary) -> None:
    reading = vocabulary.read(text)
    assert reading.kind == "not_known"
    assert vocabulary.resolve(text) == ()
    assert vocabulary.shown(text) == text


@pytest.mark.parametrize(
    ("text", "names", "note"),
    [
        ("Enhertu 5.4 mg/kg q3w", ("Enhertu",), "5.4 mg/kg q3w"),
        ("T-DM1 3.6 mg/kg", ("T-DM1",), "3.6 mg/kg"),
        ("capecitabine 1000 mg/m² bid d1-14", ("capecitabine",), "1000 mg/m2 bid d1-14"),
        ("weekly paclitaxel 80 mg/m2 d1,8,15", ("paclitaxel",), "weekly 80 mg/m2 d1,8,15"),
        ("Kadcyla 3,6 mg/kg alle 3 Wochen", ("Kadcyla",), "3,6 mg/kg alle 3 Wochen"),
        ("Xeloda 2x1000 mg/d p.o.", ("Xeloda",), "2x1000 mg/d p.o."),
        ("trastuzumab 8 mg/kg, then 6 mg/kg", ("trastuzumab",), "8 mg/kg, then 6 mg/kg"),
        ("carboplatin AUC 6", ("carboplatin",), "AUC 6"),
        ("TCHP x6", ("TCHP",), "x6"),
        ("6 cycles of TCHP", ("TCHP",), "6 cycles of"),
        ("Enhertu (5.4 mg/kg)", ("Enhertu",), "5.4 mg/kg"),
        ("Enhertu (trastuzumab deruxtecan)", ("Enhertu",), ""),
        ("docetaxel 75 mg/m2 + Phesgo", ("docetaxel", "Phesgo"), "docetaxel 75 mg/m2"),
        ("tucatinib / trastuzumab / capecitabine", ("tucatinib", "trastuzumab", "capecitabine"), ""),
        ("trastuzumab, pertuzumab, and docetaxel", ("trastuzumab", "pertuzumab", "docetaxel"), ""),
        ("ペルツズマブ・トラスツズマブ", ("ペルツズマブ", "トラスツズマブ"), ""),
        ("docetaxel\npertuzumab\ntrastuzumab", ("docetaxel", "pertuzumab", "trastuzumab"), ""),
    ],
)
def test_names_and_doses_are_distinguished(
    text: str, names: tuple[str, ...], note: str, vocabulary: Vocabulary
) -> None:
    reading = vocabulary.read(text)
    assert (reading.names, reading.note) == (names, note)
    assert all(vocabulary.resolve(name) for name in names)


@pytest.mark.parametrize(
    ("text", "certain", "open_"),
    [
        ("THP", {"trastuzumab", "pertuzumab"}, ("taxane",)),
        ("TH", {"trastuzumab"}, ("taxane",)),
        ("TCHP", {"carboplatin", "trastuzumab", "pertuzumab"}, ("taxane",)),
        ("TCbHP", {"carboplatin", "trastuzumab", "pertuzumab"}, ("taxane",)),
        ("TCH", {"trastuzumab"}, ("taxane", "carboplatin or cyclophosphamide")),
        ("HP", {"trastuzumab", "pertuzumab"}, ()),
        ("AC-T", {"doxorubicin", "cyclophosphamide"}, ("taxane",)),
        ("ddAC-THP", {"doxorubicin", "cyclophosphamide", "trastuzumab", "pertuzumab"}, ("taxane",)),
        ("EC-T", {"epirubicin", "cyclophosphamide"}, ("taxane",)),
        ("FEC", {"fluorouracil", "epirubicin", "cyclophosphamide"}, ()),
        ("CMF", {"cyclophosphamide", "methotrexate", "fluorouracil"}, ()),
        ("dual HER2 blockade", set(), ("anti-HER2 therapy", "second anti-HER2 drug")),
        ("endocrine therapy", set(), ("endocrine therapy",)),
        ("aromatase inhibitor", set(), ("aromatase inhibitor",)),
        ("taxane", set(), ("taxane",)),
        ("taxane + HP", {"trastuzumab", "pertuzumab"}, ("taxane",)),
    ],
)
def test_a_shorthand_names_what_is_certain_and_leaves_the_rest_open(
    text: str, certain: set[str], open_: tuple[str, ...], vocabulary: Vocabulary
) -> None:
    reading = vocabulary.read(text)
    assert set(reading.ids) - set(reading.open) == certain
    assert tuple(map(vocabulary.label, reading.open)) == open_
    assert reading.kind == ("shorthand" if open_ else "known")


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("THP (docetaxel)", {"docetaxel", "trastuzumab", "pertuzumab"}),
        ("TCHP (paclitaxel weekly)", {"paclitaxel", "carboplatin", "trastuzumab", "pertuzumab"}),
        ("TCH (docetaxel, carboplatin, trastuzumab)", {"docetaxel", "carboplatin", "trastuzumab"}),
        ("endocrine therapy (letrozole + goserelin)", {"letrozole", "goserelin"}),
        ("dual HER2 blockade (trastuzumab + pertuzumab)", {"trastuzumab", "pertuzumab"}),
        ("docetaxel (taxane)", {"docetaxel"}),
    ],
)
def test_a_bracket_may_say_which_drug_a_shorthand_means(text: str, ids: set[str], vocabulary: Vocabulary) -> None:
    assert set(vocabulary.resolve(text)) == ids
    assert not vocabulary.read(text).open


def test_a_drug_into_the_cerebrospinal_fluid_is_no_systemic_exposure(vocabulary: Vocabulary) -> None:
    for text in ("intrathecal trastuzumab", "IT methotrexate", "trastuzumab (intrathecal)"):
        reading = vocabulary.read(text)
        assert reading.route == "intrathecal"
        assert reading.names == (text,)
        assert vocabulary.resolve(text) == ()


def test_a_name_that_is_not_known_comes_with_those_it_may_mean(vocabulary: Vocabulary) -> None:
    assert "T-DXd" in vocabulary.suggestions("Trastuzumab デルクステカン")
    assert vocabulary.suggestions("✗ Enhertu") == ("T-DXd",)
    assert vocabulary.suggestions("E\N{COMBINING LONG STROKE OVERLAY}nhertu") == ("T-DXd",)
    assert vocabulary.suggestions("trastuzmab")[0] == "trastuzumab"
    assert {"docetaxel", "paclitaxel"} <= set(vocabulary.suggestions("docetaxel/paclitaxel"))
    assert vocabulary.suggestions("???") == ()


def test_half_of_a_name_beside_an_antibody_leaves_the_antibody_open(vocabulary: Vocabulary) -> None:
    assert vocabulary.groups(("trastuzumab", "deruxtecan")) == ()
    assert vocabulary.groups(("trastuzumab", "study drug")) == (frozenset({"trastuzumab"}),)


@pytest.mark.parametrize(
    "text",
    [
        "dexamethasone 4 mg bid",
        "loperamide",
        "ondansetron + dexamethasone",
        "Xgeva",
        "pegfilgrastim",
        "Keppra",
        "PPI",
        "G-CSF",
    ],
)
def test_supportive_drugs_are_a_class_of_their_own(text: str, vocabulary: Vocabulary) -> None:
    assert vocabulary.is_supportive(text)


@pytest.mark.parametrize("text", ["docetaxel", "docetaxel + dexamethasone", "supportive Enhertu", "?"])
def test_what_treats_the_disease_is_not_supportive(text: str, vocabulary: Vocabulary) -> None:
    assert not vocabulary.is_supportive(text)


def test_a_name_is_shown_short_with_its_dose(vocabulary: Vocabulary) -> None:
    assert vocabulary.shown("Enhertu 5.4 mg/kg q3w") == "T-DXd (5.4 mg/kg q3w)"
    assert vocabulary.shown("Phesgo") == "pertuzumab + trastuzumab"
    assert vocabulary.shown("intrathecal trastuzumab") == "intrathecal trastuzumab"


def _drug(id_: str, *synonyms: str) -> Drug:
    return Drug(id=id_, name=id_, short=id_, classes=("a",), synonyms=synonyms)


GROUP = DrugClass(id="a", name="group a")


def test_two_drugs_of_one_spelling_are_refused() -> None:
    with pytest.raises(ValueError, match="'X-1' means two, but 'x 1' means one"):
        DrugList(classes=(GROUP,), drugs=(_drug("one", "x 1"), _drug("two", "X-1")))


def test_a_name_without_letters_is_refused() -> None:
    with pytest.raises(ValueError, match="no letter or digit"):
        DrugList(classes=(GROUP,), drugs=(_drug("one", "..."),))


def test_a_regimen_of_unknown_drugs_is_refused() -> None:
    drugs = (_drug("one"), _drug("two"))
    with pytest.raises(ValueError, match="names 'three'"):
        DrugList(classes=(GROUP,), drugs=drugs, products=(Product(name="P", drugs=("one", "three")),))
    with pytest.raises(ValueError, match="names 'b'"):
        DrugList(classes=(GROUP,), drugs=drugs, products=(Product(name="P", open=("b",)),))
    with pytest.raises(ValueError, match="names 'three'"):
        DrugList(classes=(GROUP,), drugs=drugs, choices=(Choice(id="c", name="c", drugs=("one", "three")),))
    with pytest.raises(ValueError, match="means no drug"):
        Product(name="P")
