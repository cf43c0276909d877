"""What a receptor status rests on: sites of specimens are typed, assay and date are the program's words."""

import json
from typing import Any

import pytest
from support.generated import overfull_case
from support.pages import AS_OF, FOLDER, make, release, text_of

from her2board.assessment.assess import assess
from her2board.briefing.compose import compose
from her2board.briefing.fit import fittings
from her2board.briefing.model import Words
from her2board.briefing.zones.header import HeaderZone
from her2board.briefing.zones.tumour import TumourZone
from her2board.case.model import Case
from her2board.case.storage import load

_LONG = "metastasis in the left frontal lobe, taken at the second operation of the same week; " * 3


def receptors(*specimens: dict[str, Any]) -> Case:
    """Return an example case whose specimens are these."""
    body = load(FOLDER / "cr18-untreated-asymptomatic.her2case").model_dump(mode="json")
    body["tumour"]["specimens"] = {"completeness": "complete", "items": list(specimens)}
    return Case.model_validate_json(json.dumps(body))


def tumour(case: Case) -> Words:
    return compose(case, assess(case, release(), AS_OF), release()).get(TumourZone).words


@pytest.mark.parametrize("site", ["brain", "positive", "brain (left), IHC 3+", "الدماغ", ".*"])
def test_only_the_site_of_the_deciding_specimen_counts_as_typed(site: str) -> None:
    words = tumour(receptors({"site": site, "ihc": "3+", "er_percent": 60.0, "day": "2026-03-02"}))
    typed = [run for run in words if run.free]
    said = "".join(run.text for run in words)
    assert [run.text for run in typed] == [site]
    assert {run.origin for run in typed} == {("case:tumour.specimens",)}
    assert f"HER2 positive ({site}, IHC 3+, 2 Mar 2026)" in said
    assert "hormone receptors positive (same specimen, ER 60 %)" in said


def test_hormone_receptors_name_their_specimen_where_it_is_another_one_than_that_of_her2() -> None:
    breast = {"site": "breast", "er_percent": 60.0, "day": "2024-05-02"}
    brain = {"site": "brain", "ihc": "3+", "day": "2026-03-02"}
    said = "".join(run.text for run in tumour(receptors(breast, brain)))
    assert "HER2 positive (brain, IHC 3+, 2 Mar 2026); hormone receptors positive (breast, ER 60 %, 2 May 2024)" in said


def test_no_specimen_is_called_the_same_where_the_status_of_her2_is_open() -> None:
    open_ = {"site": "brain", "ihc": "2+", "er_percent": 60.0, "day": "2026-03-02"}
    said = "".join(run.text for run in tumour(receptors(open_)))
    assert "hormone receptors positive (brain, ER 60 %, 2 Mar 2026)" in said


def test_the_sites_of_specimens_that_disagree_count_as_typed() -> None:
    older = {"site": "breast", "ihc": "0", "day": "2024-05-02"}
    words = tumour(receptors(older, {"site": "brain", "ihc": "3+", "day": "2026-03-02"}))
    reason = [run for run in words if run.style == "muted"]
    assert [run.text for run in reason if run.free] == ["breast"]
    assert "specimens disagree, the most recent counts" in "".join(run.text for run in reason if not run.free)


def test_a_specimen_without_a_site_leaves_nothing_typed() -> None:
    assert not [run for run in tumour(receptors({"ihc": "3+", "day": "2026-03-02"})) if run.free]


def test_a_full_page_cuts_the_site_and_keeps_assay_and_date() -> None:
    one = receptors({"site": _LONG, "ihc": "3+", "day": "2026-03-02"}).tumour.specimens
    overfull = overfull_case()
    made = make(overfull.model_copy(update={"tumour": overfull.tumour.model_copy(update={"specimens": one})}))
    said = "".join(run.text for run in made.shown.get(TumourZone).words)
    assert _LONG[:12] in said
    assert "\N{HORIZONTAL ELLIPSIS}, IHC 3+, 2 Mar 2026)" in said


@pytest.mark.parametrize(("waiting", "stays"), [(1, True), (40, False)])
def test_a_full_page_still_says_which_assay_waits_for_hybridisation(waiting: int, stays: bool) -> None:
    tested = ({"site": f"{_LONG} {n}", "ihc": "2+", "day": "2026-03-02"} for n in range(waiting))
    specimens = receptors({"site": "breast", "ihc": "3+", "day": "2019"}, *tested).tumour.specimens
    overfull = overfull_case()
    made = make(overfull.model_copy(update={"tumour": overfull.tumour.model_copy(update={"specimens": specimens})}))
    said = "".join(run.text for run in made.shown.get(TumourZone).words)
    assert said.startswith("HER2 open")
    assert (
        "\N{HORIZONTAL ELLIPSIS}, IHC 2+, ISH not recorded, 2 Mar 2026); positive (breast, IHC 3+, 2019)" in said
    ) is stays
    assert "receptor_reasons" in {entry.kind for entry in made.shown.shortened}


@pytest.mark.parametrize(
    ("absence", "says"),
    [
        (None, "HER2 not recorded; "),
        ({"reason": "pending"}, "HER2 not recorded \N{EN DASH} asked; "),
        (
            {"reason": "pending", "owner": "Dr A", "due": "2026-11-24"},
            "HER2 not recorded \N{EN DASH} asked of Dr A, due 24 Nov 2026; "
            "hormone receptors not recorded \N{EN DASH} asked of Dr A, due 24 Nov 2026; ",
        ),
    ],
)
def test_receptors_that_are_awaited_name_who_brings_them_and_when(absence: dict[str, str] | None, says: str) -> None:
    body = receptors().model_dump(mode="json")
    body["tumour"]["specimens"] = {"completeness": "not_asked"}
    body["absences"] = {"tumour.specimens": absence} if absence else {}
    assert says in "".join(run.text for run in tumour(Case.model_validate_json(json.dumps(body))))


def test_another_result_stays_on_a_page_that_gives_up_the_other_reasons() -> None:
    case = load(FOLDER / "cr20-receptor-conversion.her2case")
    shortened = fittings(compose(case, assess(case, release(), AS_OF), release()))
    said = ["".join(run.text for run in form.briefing.get(TumourZone).words) for form in shortened if form.at < 390]
    assert len(said) > 5
    assert all("others: low or negative (" in words for words in said)


def test_a_complete_list_without_a_treatment_says_that_none_was_given() -> None:
    body = load(FOLDER / "cr18-untreated-asymptomatic.her2case").model_dump(mode="json")
    for listed, words in (
        ({"completeness": "complete"}, "Systemic none given"),
        ({"completeness": "partial", "metastatic_complete": True}, "Systemic none given for metastatic disease"),
        ({"completeness": "not_asked"}, "Systemic not recorded"),
    ):
        body["systemic"]["lines"] = {**listed, "items": []}
        assert words in " ".join(text_of(make(Case.model_validate_json(json.dumps(body))).data).split())


def test_a_status_with_results_and_no_answer_is_open_and_not_unrecorded() -> None:
    old = {"site": "liver", "ihc": "3+", "day": "2025-02-10"}
    pending = {"site": "brain", "ihc": "2+", "day": "2026-11-20"}
    for case, words in ((receptors(old, pending), "HER2 open"), (receptors({"er_percent": 60.0}), "HER2 not recorded")):
        made = compose(case, assess(case, release(), AS_OF), release())
        assert "".join(run.text for run in made.get(HeaderZone).subject).startswith(words)
        assert "".join(run.text for run in made.get(TumourZone).words).startswith(words)
