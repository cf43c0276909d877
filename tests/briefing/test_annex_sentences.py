"""The annex says what a value was read from; the page is the same."""

from typing import Any

from support.kept import accepted, said
from support.releases import release
from support.strategies import AS_OF

from her2board.assessment.assess import assess
from her2board.briefing.annex import annex_blocks
from her2board.briefing.annex_short import short_annex
from her2board.briefing.compose import compose
from her2board.briefing.model import runs
from her2board.case.edit import with_value
from her2board.case.model import Case
from her2board.case.terms import SourceKind
from her2board.pdf.annex import with_drawable_sentences

LESION = {"site": "pons", "diameter_mm": 8.0}
OPEN, CLOSE = "\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"


def _lines(case: Case) -> list[str]:
    blocks = annex_blocks(assess(case, release(), AS_OF), release(), case)
    return [" | ".join("".join(run.text for run in runs(part)) for part in (b.words, *b.cells)) for b in blocks]


def _case() -> Case:
    scan = {"kind": SourceKind.BRAIN_MRI, "day": "2026-11-14"}
    return accepted(
        said("organs.lvef_percent", 54),
        said("brain.lesions[]", LESION, "8 mm, pons.", **scan),
        said("systemic.exposure.tucatinib", {"ever": False}, "Never tucatinib.", SourceKind.CLINIC_LETTER),
    )


def _with_lesion(lesion: dict[str, Any]) -> Case:
    return with_value(_case(), "brain.lesions", {"completeness": "partial", "items": [lesion]})


def test_every_value_that_was_read_has_its_sentence_on_its_line() -> None:
    lines = _lines(_case())
    assert f"LVEF | 54 % \N{EM DASH} read from echocardiography: {OPEN}Echo: LVEF 55 %.{CLOSE}" in lines
    scan = f"\N{EM DASH} read from MRI of the brain, 14 Nov 2026: {OPEN}8 mm, pons.{CLOSE}"
    assert f"Lesions one by one, entry 1 | Site: pons; Diameter: 8 mm {scan}" in lines
    (given,) = (line for line in lines if "Never tucatinib." in line)
    assert given.startswith("Given before, tucatinib | ")


def test_columns_that_were_added_are_not_said_by_the_sentence() -> None:
    more = with_value(
        _case(), "brain.lesions", {"completeness": "partial", "items": [{**LESION, "state": "untreated"}]}
    )
    (line,) = (line for line in _lines(more) if "8 mm, pons." in line)
    assert "State: untreated \N{EM DASH} read from (site, diameter) MRI of the brain" in line
    assert not any("8 mm, pons." in line for line in _lines(_with_lesion({**LESION, "diameter_mm": 9.0})))


def test_the_page_does_not_change() -> None:
    case, library = _case(), release()
    bare = case.model_copy(update={"sentences": ()})
    pages = (compose(one, assess(one, library, AS_OF), library) for one in (case, bare))
    assert len(set(map(repr, pages))) == 1


def test_the_short_annex_counts_the_sentences_that_still_hold_and_says_where_they_are() -> None:
    changed = with_value(_case(), "organs.lvef_percent", 60)
    for case, count in ((_case(), "3 sentences"), (changed, "2 sentences"), (Case(code="K1"), "")):
        made = short_annex(case, assess(case, release(), AS_OF), release(), ())
        said = [run.text for part in made.paragraphs for piece in part.pieces for run in runs(piece.words)]
        assert [one[: len(count)] for one in said if "kept with the case" in one] == [count] * bool(count)


def test_a_sign_that_no_font_has_is_named_in_its_place() -> None:
    case = accepted(said("organs.lvef_percent", 54, "LVEF \U0001f9e0 54 %.", place="Observation/\U0001f9e0"))
    assert "LVEF U+1F9E0  54 %." in "".join(_lines(with_drawable_sentences(case)))
    assert "\U0001f9e0" not in "".join(_lines(with_drawable_sentences(case)))
