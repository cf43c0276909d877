"""Every combination of recorded urgent signs, and words alone, pass the pause; none leaves a reason to wait."""

from collections.abc import Iterator
from itertools import combinations, product

import pytest
from support.strategies import AS_OF, case_of, facts_of

from her2board.assessment.assess import assess
from her2board.assessment.pause import pause_before_wbrt
from her2board.briefing.compose import compose
from her2board.briefing.model import all_text
from her2board.briefing.zones.alert import AlertZone
from her2board.briefing.zones.pause import PauseZone
from her2board.case.model import Case
from her2board.case.terms import URGENT_SIGNS
from her2board.evidence.library import EvidenceLibrary

NOTES = (None, "Drowsy since this morning; could it wait until the board?")
SYSTEMIC = ("systemic", "intrathecal", "trial", "combination", "deferral")


def subsets() -> Iterator[tuple[str, ...]]:
    """Yield every set of signs, the empty one too."""
    for size in range(len(URGENT_SIGNS) + 1):
        yield from combinations(URGENT_SIGNS, size)


def urgent(signs: tuple[str, ...], note: str | None, others: bool | None = None) -> Case:
    recorded = {f"urgency.{sign}": sign in signs or others for sign in URGENT_SIGNS if sign in signs or others is False}
    return case_of({**recorded, **({"urgency.note": note} if note else {})})


def bypassed(signs: tuple[str, ...], note: str | None, others: bool | None, library: EvidenceLibrary) -> bool:
    """Tell whether the pause is passed; where it is, no line on waiting may stand."""
    case = urgent(signs, note, others)
    pause = pause_before_wbrt(library, case, facts_of(case, library))
    assert bool(pause.of("deferral")) is not pause.bypass.open, signs
    assert all(reason for reason in pause.bypass.reasons), signs
    return pause.bypass.open


@pytest.mark.parametrize("note", NOTES)
@pytest.mark.parametrize("others", [None, False], ids=["others not recorded", "others recorded as absent"])
def test_every_set_of_urgent_signs_and_words_alone_pass_the_pause_and_nothing_else_does(
    note: str | None, others: bool | None, library: EvidenceLibrary
) -> None:
    found = {signs: bypassed(signs, note, others, library) for signs in subsets()}
    assert len(found) == 2 ** len(URGENT_SIGNS)
    assert [signs for signs, passed in found.items() if passed is not bool(signs or note)] == []


@pytest.mark.parametrize(
    ("signs", "note"), [((), NOTES[1]), *product(((sign,) for sign in URGENT_SIGNS), NOTES)], ids=str
)
def test_with_any_urgent_sign_or_words_alone_the_page_holds_no_reason_to_wait(
    signs: tuple[str, ...], note: str | None, library: EvidenceLibrary
) -> None:
    case = urgent(signs, note)
    assessment = assess(case, library, AS_OF)
    briefing = compose(case, assessment, library)
    band = briefing.get(AlertZone)
    if not signs:
        assert "".join(run.text for run in band.words).startswith("urgent, in words")
    assert note is None or note.rstrip(". ") in "".join(run.text for run in band.words)
    assert briefing.get(PauseZone).if_waiting == ()
    said = " ".join(text for text in all_text(briefing) if text != note)
    assert "If it waits" not in said
    assert not [word for word in ("blocked", "must not proceed", "on hold", "not before") if word in said.lower()]
    context = {r.option.kind for r in assessment.options if r.standing_words.startswith("context only")}
    assert context == {r.option.kind for r in assessment.options} & set(SYSTEMIC)


def test_where_immediate_local_therapy_is_recorded_no_line_on_waiting_is_left(library: EvidenceLibrary) -> None:
    case = case_of({"urgency.immediate_local_therapy": True})
    pause = pause_before_wbrt(library, case, facts_of(case, library))
    assert not pause.bypass.open
    assert pause.of("deferral") == ()
