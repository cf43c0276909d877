"""Rows of the options: in the order of the release, what is of the recorded disease kept, alerts first."""

import json
from functools import cache
from typing import Any

import pytest
from support.pages import AS_OF, FOLDER, release

from her2board.assessment.assess import assess
from her2board.briefing.compose import compose
from her2board.briefing.fit import shortenings
from her2board.briefing.model import Briefing, Words
from her2board.briefing.zones.options import OptionZone
from her2board.briefing.zones.pause import PauseZone
from her2board.case.model import Case
from her2board.case.storage import load

_INTRATHECAL = "Intrathecal trastuzumab"


def briefing(stem: str = "b07-invented-complete", **changes: Any) -> Briefing:
    """Return the briefing of an example case with other values in some fields, 'section__field'."""
    body = load(FOLDER / f"{stem}.her2case").model_dump(mode="json")
    for place, value in changes.items():
        section, _, field = place.partition("__")
        body[section][field] = value
    case = Case.model_validate_json(json.dumps(body))
    return compose(case, assess(case, release(), AS_OF), release())


@cache
def leptomeningeal() -> Briefing:
    return briefing(brain__leptomeninges="confirmed")


def text(words: Words) -> str:
    return "".join(run.text for run in words)


def names(zone: OptionZone) -> list[str]:
    return [row.name for row in zone.rows]


@pytest.mark.parametrize("stem", ["b07-invented-complete", "cr01-declined-local-therapy", "cr20-receptor-conversion"])
def test_however_few_rows_there_are_they_are_in_the_order_that_the_page_calls_fixed(stem: str) -> None:
    order = {option.name: option.order for option in release().options}
    shown = [form.get(OptionZone) for form in shortenings(briefing(stem))]
    assert {len(zone.rows) for zone in shown} >= {4, 3, 2}
    for zone in shown:
        places = [order[name] for name in names(zone)]
        assert places == sorted(places)
        folded = [option.order for option in zone.aside]
        assert folded == sorted(folded)


def test_an_option_studied_in_leptomeningeal_disease_keeps_its_row_where_that_is_recorded() -> None:
    four = next(form.get(OptionZone) for form in shortenings(leptomeningeal()) if len(form.get(OptionZone).rows) == 4)
    assert _INTRATHECAL in names(four)
    assert _INTRATHECAL in names(leptomeningeal().get(OptionZone))


def test_an_option_for_a_disease_of_which_nothing_is_recorded_has_no_row_while_others_wait() -> None:
    assert _INTRATHECAL not in names(briefing("cr31-herniation").get(OptionZone))
    assert _INTRATHECAL in names(briefing("cr20-receptor-conversion").get(OptionZone))  # recorded as probable


def test_hippocampal_avoidance_goes_with_whole_brain_radiation_unless_the_case_rules_it_out() -> None:
    assert "avoidance" in text(briefing().get(PauseZone).if_chosen)
    assert "avoidance" not in text(leptomeningeal().get(PauseZone).if_chosen)
    assert "memantine" in text(leptomeningeal().get(PauseZone).if_chosen)


def test_cognition_that_was_tested_is_not_asked_for_again() -> None:
    assert "baseline cognition" in text(briefing().get(PauseZone).if_chosen)
    tested = briefing(patient__cognition="MoCA 27 of 30")
    assert "baseline cognition" not in text(tested.get(PauseZone).if_chosen)


def test_the_caution_of_an_alert_is_named_before_the_others() -> None:
    pregnant = briefing(patient__pregnant=True, patient__menopause="premenopausal")
    cautions = {row.name: text(row.cautions) for row in pregnant.get(PauseZone).rows if row.cautions}
    assert cautions
    assert all(words.startswith("pregnancy") for words in cautions.values())
    first = {text(row.here).split("; ")[0] for row in pregnant.get(OptionZone).rows if row.here}
    assert first == {"Caution: pregnancy"}


def test_what_recorded_facts_speak_against_keeps_its_reason_longer_than_a_caution_does() -> None:
    kept = [
        {
            standing: any(o.reason for o in zone.aside if o.standing == standing)
            for standing in ("caution", "facts_against")
        }
        for zone in (form.get(OptionZone) for form in shortenings(briefing()))
    ]
    assert {"caution": False, "facts_against": True} in kept
    assert {"caution": True, "facts_against": False} not in kept


def test_a_criterion_open_in_every_row_that_is_left_is_said_once_above_them() -> None:
    forms = [form.get(OptionZone) for form in shortenings(briefing("cr11-prior-ild"))]
    six, four = forms[0], next(zone for zone in forms if len(zone.rows) == 4)
    assert "open in all rows" not in text(six.note)
    assert "open in all rows: leptomeningeal disease" in text(four.note)
    assert not any("leptomeningeal disease" in text(row.apart) for row in four.rows)


def test_a_regimen_studied_in_brain_metastases_has_its_row_before_one_that_is_not() -> None:
    for form in shortenings(briefing("cr18-untreated-asymptomatic")):
        rows = names(form.get(OptionZone))
        assert "Margetuximab + chemotherapy" not in rows or "Tucatinib + trastuzumab + capecitabine" in rows


def test_what_is_waited_for_says_what_is_recorded_of_it_so_far() -> None:
    probable = briefing("cr20-receptor-conversion").get(PauseZone)
    said = [fact.text for row in probable.rows for fact in row.facts]
    assert any(words.startswith("leptomeningeal disease \N{EN DASH} so far probable") for words in said)
    clash = briefing(organs__renal="in_range", organs__creatinine_clearance=20.0).get(OptionZone)
    tucatinib = next(row for row in clash.rows if row.name.startswith("Tucatinib + trastuzumab + cap"))
    assert "creatinine clearance \N{EN DASH} contradictory, renal function \N{EN DASH} contradictory" in text(
        tucatinib.standing
    )


def test_what_a_source_leaves_open_is_named_by_its_criterion() -> None:
    large = briefing(brain__largest_mm=26.0, brain__leptomeninges="none").get(OptionZone)
    tucatinib = next(row for row in large.rows if row.name.startswith("Tucatinib + trastuzumab + cap"))
    assert "untreated metastases of at most 20 mm (panel remark) (left open by the source)" in text(tucatinib.apart)


def test_what_is_named_as_missing_is_what_is_asked_for_first() -> None:
    rows = {row.name: text(row.standing) for row in briefing().get(OptionZone).rows}
    assert rows["T-DXd"] == "needs recording: ILD or pneumonitis ever"
    rows = {row.name: text(row.standing) for row in briefing(organs__ild_history=True).get(OptionZone).rows}
    assert rows["T-DXd"] == "needs recording: highest ILD grade"
