"""Every combination of recorded urgent signs, and words alone, pass the pause; none leaves a reason to wait."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product

import pytest
from support.strategies import AS_OF, case_of, facts_of

from her2board.assessment.assess import assess
from her2board.assessment.pause import pause_before_wbrt
from her2board.briefing.compose import compose
from her2board.briefing.model import all_text
from her2board.briefing.zones.alert import AlertZone
from her2board.briefing.zones.pause import PauseZone
from her2board.case.catalogue import read_facts
from her2board.case.model import Case, Urgency
from her2board.case.terms import URGENT_SIGNS
from her2board.evidence.library import EvidenceLibrary
from her2board.logic.values import Facts

NOTES = (None, "Drowsy since this morning; could it wait until the board?")
SYSTEMIC = ("systemic", "intrathecal", "trial", "combination", "deferral")
_URGENCY = {f"urgency.{name}" for name in Urgency.model_fields}


def subsets() -> Iterator[tuple[str, ...]]:
    """Yield every set of signs, the empty one too."""
    for size in range(len(URGENT_SIGNS) + 1):
        yield from combinations(URGENT_SIGNS, size)


def urgent(signs: tuple[str, ...], note: str | None, others: bool | None = None) -> Case:
    recorded = {f"urgency.{sign}": sign in signs or others for sign in URGENT_SIGNS if sign in signs or others is False}
    return case_of({**recorded, **({"urgency.note": note} if note else {})})


def facts_beside(none: Facts, case: Case, library: EvidenceLibrary) -> Facts:
    """Return the facts of a case that records urgency alone: whatever else there is reads as where nothing is."""
    specs = {name: spec for name, spec in library.catalogue.items() if not _URGENCY.isdisjoint(spec.fields)}
    read = read_facts(case, specs, library.vocabulary, AS_OF)
    return replace(none, readings={**none.readings, **read.readings}).building_on(none)


def bypassed(case: Case, facts: Facts, library: EvidenceLibrary) -> bool:
    """Tell whether the pause is passed; where it is, it holds no line on waiting."""
    pause = pause_before_wbrt(library, case, facts)
    assert bool(pause.of("deferral")) is not pause.bypass.open, case.urgency
    assert all(reason for reason in pause.bypass.reasons), case.urgency
    return pause.bypass.open


@pytest.mark.parametrize("note", NOTES)
@pytest.mark.parametrize("others", [None, False], ids=["others not recorded", "others recorded as absent"])
def test_every_set_of_urgent_signs_and_words_alone_pass_the_pause_and_nothing_else_does(
    note: str | None, others: bool | None, library: EvidenceLibrary
) -> None:
    cases = {signs: urgent(signs, note, others) for signs in subsets()}
    none = facts_of(urgent((), None), library)
    pause_before_wbrt(library, urgent((), None), none)
    found = {signs: bypassed(case, facts_beside(none, case, library), library) for signs, case in cases.items()}
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
