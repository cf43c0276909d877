"""Before whole-brain radiotherapy: who is heard, what is known, and a bypass that lists nothing as a reason to wait."""

from typing import Any

import pytest
from support.strategies import AS_OF, case_of, specimens

from her2board.assessment.assess import assess
from her2board.assessment.model import PauseItem, PauseResult
from her2board.case.terms import URGENT_SIGNS
from her2board.evidence.library import EvidenceLibrary

FEW: dict[str, Any] = {
    "brain.lesion_count": {"low": 3, "high": 3},
    "brain.largest_mm": 12.0,
    "brain.cns_class": ["untreated"],
    "patient.ecog": 1,
    "access.radiosurgery": "here",
    "access.radiosurgery_feasible": True,
}
"""Three small metastases within reach of radiosurgery."""


def pause(recorded: dict[str, Any], library: EvidenceLibrary) -> PauseResult:
    return assess(case_of(recorded), library, AS_OF).pause


def item(group: str, id_: str, recorded: dict[str, Any], library: EvidenceLibrary) -> PauseItem:
    return next(one for one in pause(recorded, library).items if (one.group, one.id) == (group, id_))


def discipline(library: EvidenceLibrary, id_: str = "neurosurgery", **said: str) -> tuple[str, str]:
    recorded = {"board.disciplines": [{"discipline": id_, **said}]} if said else {}
    found = item("discipline", id_, recorded, library)
    return found.state, found.words


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, ("not_asked", "not yet asked")),
        ({"status": "heard", "day": "2026-11-12", "by": "AB"}, ("heard", "12 Nov 2026, AB")),
        ({"status": "heard", "view": "resectable"}, ("heard", "date not recorded: resectable")),
        ({"status": "pending", "due": "2026-11-20"}, ("pending", "asked, due 20 Nov 2026")),
        ({"status": "pending", "due": "2026-11"}, ("pending", "asked, due Nov 2026")),
        ({"status": "pending"}, ("pending", "asked, due no date named")),
        ({"status": "pending", "due": "2026-11-19", "by": "AB"}, ("late", "asked, AB, due 19 Nov 2026")),
        ({"status": "pending", "due": "2026-10"}, ("late", "asked, due Oct 2026")),
        ({"status": "pending", "due": "<2026-11"}, ("late", "asked, due before Nov 2026")),
        ({"status": "pending", "due": "<2026-12"}, ("pending", "asked, due before Dec 2026")),
        ({"status": "pending", "due": ">2026-10"}, ("pending", "asked, due after Oct 2026")),
        ({"status": "unavailable", "view": "on leave"}, ("unavailable", "unavailable: on leave")),
        ({"status": "not_needed", "by": "AB"}, ("not_needed", "not needed, AB")),
    ],
)
def test_a_discipline_is_heard_late_or_not_asked_and_these_differ(
    said: dict[str, str], expected: tuple[str, str], library: EvidenceLibrary
) -> None:
    assert discipline(library, **said) == expected


def test_of_two_entries_of_a_discipline_the_last_counts(library: EvidenceLibrary) -> None:
    entries = [{"discipline": "neurosurgery", "status": status} for status in ("pending", "heard")]
    assert item("discipline", "neurosurgery", {"board.disciplines": entries}, library).state == "heard"


def test_one_discipline_heard_is_no_other_heard(library: EvidenceLibrary) -> None:
    heard = {"board.disciplines": [{"discipline": "neurosurgery", "status": "heard"}]}
    states = {one.id: one.state for one in pause(heard, library).of("discipline")}
    assert [id_ for id_, state in states.items() if state == "heard"] == ["neurosurgery"]


@pytest.mark.parametrize(
    ("recorded", "state", "words"),
    [
        ({"patient.ecog": 3}, "not_asked", "not yet asked"),
        ({"brain.leptomeninges": "confirmed"}, "not_asked", "not yet asked"),
        (
            {
                "patient.ecog": 0,
                "patient.kps": 100,
                "neurology.symptoms_present": False,
                "brain.leptomeninges": "none",
            },
            "not_needed",
            "no recorded fact calls for it",
        ),
        ({"patient.ecog": 0}, "cannot_tell", "whether needed: not recorded"),
    ],
)
def test_a_discipline_needed_only_sometimes_says_whether_it_is(
    recorded: dict[str, Any], state: str, words: str, library: EvidenceLibrary
) -> None:
    found = item("discipline", "palliative_care", recorded, library)
    assert (found.state, found.words) == (state, words)


@pytest.mark.parametrize(
    ("recorded", "state"),
    [
        ({"patient.pregnant": True}, "not_asked"),
        ({"patient.trimester": "second"}, "not_asked"),
        ({"patient.pregnant": False}, None),
        ({}, None),
        ({"board.disciplines": [{"discipline": "obstetrics", "status": "heard"}]}, "heard"),
    ],
)
def test_obstetrics_is_asked_in_recorded_pregnancy_and_named_in_no_other_case(
    recorded: dict[str, Any], state: str | None, library: EvidenceLibrary
) -> None:
    found = [one.state for one in pause(recorded, library).of("discipline") if one.id == "obstetrics"]
    assert found == ([state] if state else [])


def test_what_must_be_known_is_known_or_open_with_its_missing_fact(library: EvidenceLibrary) -> None:
    found = item("must_know", "lesion-number", {}, library)
    assert (found.state, found.facts_missing) == ("open", ("lesion_count",))
    found = item("must_know", "lesion-number", {"brain.lesion_count": {"low": 2}}, library)
    assert (found.state, found.facts_missing) == ("known", ())
    assert found.here == "Number of metastases: 2 or more"


def test_a_recorded_no_is_known(library: EvidenceLibrary) -> None:
    assert item("must_know", "symptoms", {"neurology.symptoms_present": False}, library).state == "known"


@pytest.mark.parametrize(
    ("recorded", "state"),
    [
        (FEW, "applies"),
        ({"brain.lesion_count": {"low": 25, "high": 25}}, "does_not_apply"),
        ({**FEW, "patient.declines": ["radiosurgery"]}, "does_not_apply"),
        ({}, "cannot_tell"),
    ],
)
def test_an_alternative_applies_does_not_or_cannot_be_judged(
    recorded: dict[str, Any], state: str, library: EvidenceLibrary
) -> None:
    found = item("alternative", "radiosurgery", recorded, library)
    assert found.state == state
    assert bool(found.facts_missing) == (state == "cannot_tell")
    assert bool(found.facts_used) == (state != "cannot_tell")
    assert "Number of metastases" in found.here or "Declined" in found.here


@pytest.mark.parametrize(
    ("kind", "id_"),
    [
        ("radiosurgery", "radiosurgery"),
        ("surgery", "surgery"),
        ("deferral", "drug-wbrt-later"),
        ("combination", "drug-with-radiosurgery"),
        ("wbrt_hippocampal_memantine", "wbrt-avoidance"),
        ("supportive", "supportive"),
    ],
)
def test_an_alternative_already_considered_says_so_with_the_view(kind: str, id_: str, library: EvidenceLibrary) -> None:
    entry = {"option": kind, "view": "not for now", "by": "AB"}
    found = item("alternative", id_, {"board.considered": [entry]}, library)
    plain = item("alternative", id_, {}, library).here
    assert found.here == "; ".join(part for part in ("considered, AB: not for now", plain) if part)
    assert "considered" not in plain
    bare = item("alternative", id_, {"board.considered": [{"option": kind}]}, library).here
    assert bare == "; ".join(part for part in ("considered", plain) if part)


def test_one_alternative_considered_is_no_other_considered(library: EvidenceLibrary) -> None:
    for kind in ("radiosurgery", "deferral", "supportive"):
        options = {
            one.option
            for one in pause({"board.considered": [{"option": kind}]}, library).of("alternative")
            if one.here.startswith("considered")
        }
        assert options
        assert all(one is not None and library.options_by_id[one].kind == kind for one in options)


def test_an_alternative_follows_the_facts_it_depends_on(library: EvidenceLibrary) -> None:
    before = assess(case_of(FEW), library, AS_OF)
    after = assess(case_of({**FEW, "brain.lesion_count": {"low": 25, "high": 25}}), library, AS_OF, before)
    (found,) = (one for one in after.pause.of("alternative") if one.id == "radiosurgery")
    assert found.state == "does_not_apply"


def test_a_choice_says_what_its_option_does_with_the_cautions_of_this_case(library: EvidenceLibrary) -> None:
    assessment = assess(case_of({**FEW, "patient.ecog": 3}), library, AS_OF)
    option = next(one for one in assessment.options if one.id == "radiosurgery")
    (found,) = (one for one in assessment.pause.of("alternative") if one.id == "radiosurgery")
    assert option.standing == "caution"
    assert found.state == "applies"
    assert [caution.id for caution in found.cautions] == [caution.id for caution in option.cautions]
    assert "ecog-radiosurgery" in [caution.id for caution in found.cautions]


def test_a_choice_about_another_disease_is_only_named_until_that_is_recorded(library: EvidenceLibrary) -> None:
    for status, presupposed, state in (
        (None, False, "cannot_tell"),
        ("none", False, "does_not_apply"),
        ("confirmed", True, "applies"),
    ):
        recorded = {"neurology.symptoms_present": True, **({"brain.leptomeninges": status} if status else {})}
        found = item("alternative", "lm-radiotherapy", recorded, library)
        assert (found.presupposed, found.state) == (presupposed, state)


def test_a_choice_that_presupposes_nothing_is_offered_whatever_is_recorded(library: EvidenceLibrary) -> None:
    unconditional = {entry.id for entry in library.pause.alternatives if entry.when is None}
    assert {"radiosurgery", "surgery", "wbrt-conventional", "supportive"} <= unconditional
    for recorded in ({}, FEW):
        offered = {one.id for one in pause(recorded, library).of("alternative") if one.presupposed}
        assert unconditional <= offered


def test_when_whole_brain_radiotherapy_is_reasonable_is_shown_with_what_makes_it_so(library: EvidenceLibrary) -> None:
    for count, state in ((12, "applies"), (3, "does_not_apply")):
        found = item("reasonable", "more-than-4", {"brain.lesion_count": {"low": count, "high": count}}, library)
        assert (found.state, found.here) == (state, f"Number of metastases: {count}")
    assert item("reasonable", "palliation", {}, library).here == ""


def test_whole_brain_radiotherapy_given_before_leaves_only_its_repetition(library: EvidenceLibrary) -> None:
    given = {"kind": "whole_brain", "day": "2025-10-01", "dose_gy": 30.0, "fractions": 10}
    recorded = {
        **FEW,
        "brain.lesion_count": {"low": 8, "high": 8},
        "brain.cns_class": ["untreated"],
        "brain.local_therapies": {"completeness": "complete", "items": [given]},
        "patient.goals": "stays at home",
    }
    found = {one.id: one for one in pause(recorded, library).of("alternative")}
    assert (found["wbrt-conventional"].state, found["repeat-wbrt"].state) == ("does_not_apply", "applies")
    assert found["wbrt-conventional"].here == "Earlier whole-brain radiotherapy: whole brain, 30 Gy in 10, 1 Oct 2025"


def test_whole_brain_radiotherapy_nobody_asked_about_is_among_what_keeps_it_open(library: EvidenceLibrary) -> None:
    found = item("alternative", "wbrt-conventional", {}, library)
    assert found.state == "cannot_tell"
    assert "Earlier whole-brain radiotherapy: not recorded" in found.here
    assert "prior_wbrt" in found.facts_missing


def test_what_is_stated_without_a_condition_is_only_stated(library: EvidenceLibrary) -> None:
    states = {one.state for one in pause({}, library).of("context")}
    assert states == {"stated"}


@pytest.mark.parametrize("sign", URGENT_SIGNS)
def test_every_urgent_sign_opens_the_bypass(sign: str, library: EvidenceLibrary) -> None:
    bypass = pause({f"urgency.{sign}": True}, library).bypass
    assert bypass.open
    assert len(bypass.reasons) == 2
    assert "local therapy first" in bypass.reasons[1]


@pytest.mark.parametrize(
    "recorded",
    [
        {},
        {"neurology.symptoms_present": True, "neurology.trend": "worsening"},
        {"urgency.immediate_local_therapy": True},
        {f"urgency.{sign}": False for sign in URGENT_SIGNS},
        {"brain.largest_mm": 60.0},
        {"meeting.wbrt_proposed": True},
    ],
)
def test_nothing_but_a_recorded_urgent_sign_opens_the_bypass(
    recorded: dict[str, Any], library: EvidenceLibrary
) -> None:
    bypass = pause(recorded, library).bypass
    assert (bypass.open, bypass.reasons, bypass.recorded) == (False, (), "")


def test_the_bypass_says_who_recorded_the_urgency_and_when(library: EvidenceLibrary) -> None:
    recorded = {"urgency.urgent": True, "urgency.recorded_by": "Dr A", "urgency.recorded_on": "2026-11-19"}
    assert pause(recorded, library).bypass.recorded == "recorded by Dr A 19 Nov 2026"
    assert pause({"urgency.urgent": True}, library).bypass.recorded == "recorded"


def test_with_the_bypass_open_nothing_is_said_about_what_a_wait_needs(library: EvidenceLibrary) -> None:
    assert pause({}, library).of("deferral")
    assert pause({"urgency.urgent": True}, library).of("deferral") == ()


def test_everything_else_stays_on_the_table_with_the_bypass_open(library: EvidenceLibrary) -> None:
    calm, urgent = pause({}, library), pause({"urgency.urgent": True}, library)
    for group in ("discipline", "must_know", "alternative", "reasonable", "context", "if_chosen"):
        assert [one.id for one in calm.of(group)] == [one.id for one in urgent.of(group)]


def test_every_item_has_a_source_that_exists(library: EvidenceLibrary) -> None:
    for one in pause(specimens({"ihc": "3+"}), library).items:
        assert one.source is not None
        assert one.source.ref in library.references


def test_every_item_of_the_release_is_in_its_part_of_the_pause(library: EvidenceLibrary) -> None:
    shown, written = pause({}, library), library.pause
    parts = {
        "local_first": [written.local_first],
        "must_know": written.must_know,
        "alternative": written.alternatives,
        "reasonable": written.reasonable,
        "context": written.context,
        "if_chosen": written.if_chosen,
        "deferral": written.deferral,
    }
    for kind, items in parts.items():
        assert [item.id for item in shown.of(kind)] == [item.id for item in items], kind
    always = [role.discipline for role in written.disciplines if not role.only_when_required]
    assert [item.id for item in shown.of("discipline")] == always


def test_every_recorded_discipline_has_a_row_also_one_that_no_source_names(library: EvidenceLibrary) -> None:
    entries = [
        {"discipline": "obstetrics", "status": "heard", "day": "2026-11-12", "view": "delivery at 34 weeks"},
        {"discipline": "other", "discipline_name": "Cardiology", "status": "pending", "due": "2026-11-19"},
        {"discipline": "other", "discipline_name": "Geriatrics", "status": "heard", "day": "2026-11-12"},
        {"discipline": "other", "status": "unavailable"},
        {"discipline": "other", "discipline_name": "Geriatrics", "status": "not_needed"},
    ]
    found = pause({"board.disciplines": entries}, library).of("discipline")
    further = [(one.label, one.state, one.words) for one in found][-4:]
    assert further == [
        ("Obstetrics", "heard", "12 Nov 2026: delivery at 34 weeks"),
        ("Cardiology", "late", "asked, due 19 Nov 2026"),
        ("Geriatrics", "not_needed", "not needed"),
        ("Another discipline", "unavailable", "unavailable"),
    ]


def test_a_discipline_that_no_source_names_has_no_row_unless_it_is_recorded(library: EvidenceLibrary) -> None:
    assert {one.id for one in pause({}, library).of("discipline")}.isdisjoint({"obstetrics", "other:", "pathology"})
