"""Whatever is written around a drug name never makes it another drug, nor excludes a drug the text may mean."""

import random
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from her2board.case.model import Case, Systemic, SystemicLine, SystemicLines
from her2board.case.treatment import given as was_given
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.loader import load_release

TEXTS = 10_000
UNSETTLING = (
    *("?", "(?)", "??", "✗", "✘", "❌", "☒", "~~", "→", "->", "=>", "*", "†", "!", "#", "%", "<", ">", "|", "_", "@"),
    *("\N{COMBINING LONG STROKE OVERLAY}", "\N{COMBINING ENCLOSING CIRCLE BACKSLASH}", "\N{MINUS SIGN}"),
    *(
        "デルクステカン",
        "ー",
        "德",
        "抗",
        "Й",
        "ша",
        "λ",
        "ب",
        "ש",
        "ข",
        "한",
        "ø",
        "ł",
        "\N{LATIN SMALL LETTER DOTLESS I}",
    ),
    *("no", "not", "never", "none", "declined", "refused", "stopped", "planned", "without", "instead of", "allergy to"),
    *("kein", "nicht", "ohne", "sans", "pas de", "non", "senza", "sin", "sem", "não", "ない", "未使用", "无", "停"),
    *("0 mg", "x0", "0 cycles", "q0w"),
)
HARMLESS = (
    *(
        "5.4 mg/kg",
        "q3w",
        "x6",
        "d1,8",
        "IV",
        "SC",
        "weekly",
        "600 mg",
        "every 3 weeks",
        "biosimilar",
        "AUC 5",
        "(q21d)",
    ),
    *("\N{SOFT HYPHEN}", "\N{ZERO WIDTH SPACE}", "\N{RIGHT-TO-LEFT MARK}", "\N{REGISTERED SIGN}", " ", "-", ".", ";"),
    *("+", "/", "&", ",", "(", ")", "[", "]", "=", "\n", "\t", "and", "with", "\N{COMBINING ACUTE ACCENT}", "IT"),
)


@cache
def shipped() -> EvidenceLibrary:
    return load_release()


@cache
def written() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Every name of a drug, with the drug."""
    entries = shipped().vocabulary.entries
    return tuple(
        (name, ids) for name, ids in entries.spelled() if len(ids) == 1 and ids[0] in shipped().vocabulary.drugs
    )


def spoiled(name: str, additions: list[tuple[str, int, bool]]) -> str:
    """Return the name with each addition put in at its place."""
    text = name
    for addition, place, spaced in additions:
        at = place % (len(text) + 1)
        text = f"{text[:at]} {addition} {text[at:]}" if spaced else text[:at] + addition + text[at:]
    return text


def check(text: str, ids: tuple[str, ...], *, settled: bool) -> None:
    vocabulary = shipped().vocabulary
    found = vocabulary.resolve(text)
    assert found in ((), ids), f"{text!r} became {found}"
    assert settled or not found, f"{text!r} is read as {found}"
    case = only(SystemicLine(drugs=(text,), setting="metastatic"))
    for metastatic in (False, True):
        answer = was_given(case, vocabulary, ids[0], metastatic)
        assert answer.value is not False, f"{text!r}: {ids[0]} was excluded"


def only(line: SystemicLine) -> Case:
    """Return a case whose complete list of treatment holds one line."""
    lines = SystemicLines.model_construct(completeness="complete", items=(line,))
    return empty().model_copy(update={"systemic": Systemic.model_construct(lines=lines, exposure={})})


@cache
def empty() -> Case:
    """Return a case without anything recorded."""
    return Case(code="A-1", origin="invented", source="invented")


def test_ten_thousand_texts_never_become_another_drug() -> None:
    chance = random.Random(20_261_129)
    names = written()
    for _ in range(TEXTS):
        name, ids = chance.choice(names)
        unsettling = chance.random() < 0.5
        pool = (*UNSETTLING, *HARMLESS) if unsettling else HARMLESS
        chosen = [chance.choice(pool) for _ in range(chance.randint(1, 3))]
        if unsettling:
            chosen[0] = chance.choice(UNSETTLING)
        additions = [(addition, chance.randrange(64), chance.random() < 0.6) for addition in chosen]
        check(spoiled(name, additions), ids, settled=not unsettling)


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
    assert shipped().vocabulary.resolve(text) in ((), ids)


@pytest.mark.parametrize(
    "text",
    ["Trastuzumab デルクステカン", "T-DXd (?)", "✗ Enhertu", "no Enhertu", "Enhertu declined", "trastuzumab → T-DXd"],
)
def test_a_complete_list_with_an_unknown_name_excludes_no_drug(text: str) -> None:
    vocabulary = shipped().vocabulary
    case = only(SystemicLine(drugs=(text,), setting="metastatic"))
    assert {was_given(case, vocabulary, id_, False).value for id_ in vocabulary.ids} == {None}
