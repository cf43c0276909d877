"""What is typed or pasted as drugs: whatever is around a name, the case holds no other drug and excludes none.

HER2BOARD_INPUTS=100000 tries that many texts ('make soak').
"""

import os

import pytest
from support.drug_texts import only, texts
from support.releases import release

from her2board.capture.drug_names import read_drugs
from her2board.case.drugs import Vocabulary
from her2board.case.model import SystemicLine
from her2board.case.treatment import given

TEXTS = int(os.environ.get("HER2BOARD_INPUTS", "2500"))


def settled(names: tuple[str, ...], vocabulary: Vocabulary) -> set[frozenset[str]]:
    """Return what the recorded names of a line certainly say was given."""
    return set(vocabulary.groups(names))


def check(text: str, ids: tuple[str, ...]) -> None:
    vocabulary = release().vocabulary
    names = tuple(read_drugs(text, vocabulary).typed.value or ())
    meant = {vocabulary.members(id_) for id_ in ids}
    assert settled(names, vocabulary) <= meant, f"{text!r} was recorded as {names}"
    case = only(SystemicLine.model_construct(drugs=names or None, setting="metastatic"))
    for metastatic in (False, True):
        assert given(case, vocabulary, ids[0], metastatic).value is not False, f"{text!r}: {ids[0]} was excluded"


def test_a_cell_with_a_name_of_a_drug_holds_no_other_drug_and_excludes_none() -> None:
    for text, ids, _ in texts(TEXTS, 20_261_130):
        check(text, ids)


@pytest.mark.parametrize("wrong", [("T-DM1",), ("trastuzumab", "pertuzumab")])
def test_the_check_fails_where_another_drug_is_recorded(wrong: tuple[str, ...]) -> None:
    vocabulary = release().vocabulary
    assert not settled(wrong, vocabulary) <= {vocabulary.members("trastuzumab")}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("docetaxel, study drug X", ["docetaxel", "study drug X"]),
        ("T-DXd; ABC-123", ["T-DXd", "ABC-123"]),
        ("docetaxel, T-DXd declined", ["docetaxel, T-DXd declined"]),
        ("trastuzumab, デルクステカン", ["trastuzumab, デルクステカン"]),
        ("Herceptin\nXeloda 1000 mg/m2\nfoo", ["Herceptin", "Xeloda", "foo"]),
        ("foo, bar", ["foo, bar"]),
    ],
)
def test_known_names_of_a_list_are_kept_beside_one_that_is_not(text: str, names: list[str]) -> None:
    assert read_drugs(text, release().vocabulary).typed.value == names
