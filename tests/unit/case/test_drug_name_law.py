"""Whatever is written around a drug name never makes it another drug, nor excludes a drug the text may mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.drug_texts import HARMLESS, UNSETTLING, only, spoiled, texts, written
from support.releases import release

from her2board.case.model import SystemicLine
from her2board.case.treatment import given as was_given

TEXTS = 10_000


def check(text: str, ids: tuple[str, ...], *, settled: bool) -> None:
    vocabulary = release().vocabulary
    found = vocabulary.resolve(text)
    assert found in ((), ids), f"{text!r} became {found}"
    assert settled or not found, f"{text!r} is read as {found}"
    case = only(SystemicLine(drugs=(text,), setting="metastatic"))
    for metastatic in (False, True):
        answer = was_given(case, vocabulary, ids[0], metastatic)
        assert answer.value is not False, f"{text!r}: {ids[0]} was excluded"


def test_ten_thousand_texts_never_become_another_drug() -> None:
    for text, ids, settled in texts(TEXTS, 20_261_129):
        check(text, ids, settled=settled)


@given(st.data())
def test_no_addition_makes_a_name_another_drug(data: st.DataObject) -> None:
    name, ids = data.draw(st.sampled_from(written()))
    additions = data.draw(
        st.lists(
            st.tuples(
                st.sampled_from((*UNSETTLING, *HARMLESS)) | st.text(max_size=4), st.integers(0, 64), st.booleans()
            ),
            min_size=1,
            max_size=3,
        )
    )
    text = spoiled(name, additions)
    assert release().vocabulary.resolve(text) in ((), ids)


@pytest.mark.parametrize(
    "text",
    ["Trastuzumab デルクステカン", "T-DXd (?)", "✗ Enhertu", "no Enhertu", "Enhertu declined", "trastuzumab → T-DXd"],
)
def test_a_complete_list_with_an_unknown_name_excludes_no_drug(text: str) -> None:
    vocabulary = release().vocabulary
    case = only(SystemicLine(drugs=(text,), setting="metastatic"))
    assert {was_given(case, vocabulary, id_, False).value for id_ in vocabulary.ids} == {None}
