"""One drug, one id, whatever a report calls it."""

import pytest

from her2board.evidence.library import EvidenceLibrary

T_DXD = ("trastuzumab_deruxtecan",)


@pytest.mark.parametrize(
    "name",
    [
        "Enhertu",
        "ENHERTU",
        "T-DXd",
        "TDXd",
        "t dxd",
        "fam-trastuzumab deruxtecan-nxki",
        "trastuzumab deruxtecan",
        "DS-8201a",
        "ds8201",
        " Enhertu® ",
    ],
)
def test_every_name_of_trastuzumab_deruxtecan_is_one_drug(name: str, library: EvidenceLibrary) -> None:
    assert library.vocabulary.resolve(name) == T_DXD


def test_phesgo_is_two_drugs(library: EvidenceLibrary) -> None:
    assert set(library.vocabulary.resolve("Phesgo")) == {"trastuzumab", "pertuzumab"}


@pytest.mark.parametrize("name", ["Kadcyla", "T-DM1", "ado-trastuzumab emtansine"])
def test_t_dm1_is_not_trastuzumab(name: str, library: EvidenceLibrary) -> None:
    assert library.vocabulary.resolve(name) == ("trastuzumab_emtansine",)


@pytest.mark.parametrize("name", ["", "  ", "-", "unobtainib", "trastuzumab biosimilar from abroad", "ABC"])
def test_a_name_nobody_knows_means_nothing(name: str, library: EvidenceLibrary) -> None:
    assert library.vocabulary.resolve(name) == ()


def test_no_name_means_two_different_things(library: EvidenceLibrary) -> None:
    entries = library.vocabulary.entries
    owners: dict[str, str] = {}
    for drug in entries.drugs:
        for name in {drug.id, drug.name, drug.short, *drug.synonyms, *drug.brands, *drug.codes}:
            assert library.vocabulary.resolve(name) == (drug.id,), name
            assert owners.setdefault(name.casefold(), drug.id) == drug.id
    for product in entries.products:
        for name in (product.name, *product.synonyms):
            assert library.vocabulary.resolve(name) == (*product.drugs, *product.open), name


def test_a_class_has_its_drugs_and_a_drug_itself(library: EvidenceLibrary) -> None:
    vocabulary = library.vocabulary
    assert {"tucatinib", "lapatinib", "neratinib", "pyrotinib"} <= vocabulary.members("her2_tki")
    assert vocabulary.members("tucatinib") == {"tucatinib"}
    assert vocabulary.members("nothing") == frozenset()
    assert "trastuzumab_deruxtecan" not in vocabulary.members("chemotherapy")
    assert "trastuzumab_deruxtecan" in vocabulary.members("anti_her2")


def test_drugs_and_classes_have_words(library: EvidenceLibrary) -> None:
    vocabulary = library.vocabulary
    assert vocabulary.label("trastuzumab_deruxtecan") == "T-DXd"
    assert vocabulary.label("her2_tki") == "HER2 tyrosine kinase inhibitor"
    assert vocabulary.label("nothing") == "nothing"
    assert {"Enhertu", "Phesgo", "tucatinib", "DS-8201a"} <= set(vocabulary.names())
    assert len(vocabulary.names()) == len(set(vocabulary.names()))


def test_every_class_of_a_drug_exists(library: EvidenceLibrary) -> None:
    entries = library.vocabulary.entries
    known = {group.id for group in entries.classes}
    assert {name for drug in entries.drugs for name in drug.classes} <= known
    assert {drug for product in entries.products for drug in product.drugs} <= set(library.vocabulary.drugs)
