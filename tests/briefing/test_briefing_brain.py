"""What page and annex say of the brain: from lists where nobody recorded a summary, and all that was recorded."""

from typing import Any

import pytest
from support.pages import AS_OF, release
from support.strategies import case_of, listed, local_therapies

from her2board.assessment.assess import assess
from her2board.briefing.annex_case import case_blocks
from her2board.briefing.compose import compose
from her2board.briefing.model import runs
from her2board.briefing.outline import outline
from her2board.briefing.zones.brain import BrainZone
from her2board.briefing.zones.header import HeaderZone

COUNT = "brain.lesion_count"


def rows(recorded: dict[str, Any], **more: Any) -> dict[str, str]:
    case = case_of(recorded, **more)
    zone = compose(case, assess(case, release(), AS_OF), release()).get(BrainZone)
    return {row.label: "".join(run.text for run in row.words) for row in zone.rows}


def annex(recorded: dict[str, Any]) -> str:
    case = case_of(recorded)
    blocks = case_blocks(assess(case, release(), AS_OF), release(), case)
    return "\n".join("|".join("".join(run.text for run in cell) for cell in (b.words, *b.cells)) for b in blocks)


def test_the_page_says_what_the_list_says_and_that_it_is_from_the_list() -> None:
    lesions = listed(
        {"site": "left frontal", "diameter_mm": {"low": 12.0, "high": 15.0}, "state": "new"},
        {"site": "vermis", "diameter_mm": 8.0, "state": "new"},
    )
    found = rows({"brain.lesions": lesions})
    assert found["Lesions"] == "2, largest 12 to 15 mm (from the list)"
    assert found["Sites"] == "left frontal, vermis (from the list)"
    assert rows({"brain.lesions": lesions, "brain.largest_mm": 14.0})["Lesions"].startswith("2, largest 14 mm")


def test_metastases_without_a_number_are_said_to_be_present() -> None:
    found = rows({"brain.metastases_present": True})
    assert found["Lesions"] == "metastases present"
    assert found["Not recorded"].startswith("number of metastases, largest diameter")


def test_cytology_names_its_result_and_day_or_who_owes_it() -> None:
    found = rows({"brain.csf_cytology": "negative", "brain.csf_date": "2026-11-02", "brain.leptomeninges": "stated"})
    assert found["Leptomeninges"] == "stated, basis not recorded, cytology negative (2 Nov 2026)"
    pending = {"brain.csf_cytology": {"reason": "pending", "owner": "Dr A", "due": "2026-12-01"}}
    asked = "CSF cytology not recorded \N{EN DASH} asked of Dr A, due 1 Dec 2026"
    assert rows({"brain.leptomeninges": "suspected"}, absences=pending)["Leptomeninges"].endswith(asked)
    assert "ytology" not in rows({"brain.leptomeninges": "suspected"})["Leptomeninges"]


def test_growth_histology_and_what_is_not_of_the_brain_have_rows_of_their_own() -> None:
    found = rows(
        {
            "brain.lesions": listed(
                {"site": "pons", "growth": "grown", "histology": "necrosis", "histology_date": "2026-10"},
                {"growth": "grown"},
            ),
            "neurology.cord_symptoms": ["leg weakness"],
            "neurology.other_steroid_mg": 8.0,
            "neurology.other_steroid_reason": "spinal_cord",
            **local_therapies({"kind": "spinal_radiotherapy"}),
        }
    )
    assert found["Growth, histology"] == "2 grown, histology: pons necrosis (Oct 2026) (contradictory)"
    assert found["Elsewhere"] == (
        "of the spinal cord: leg weakness, dexamethasone 8 mg a day for the spinal cord, 1 local therapy"
    )
    assert found["Local therapy"] == "none so far"
    assert "neurological symptoms now, steroid given" in found["Not recorded"]
    assert "Symptoms" not in found


@pytest.mark.parametrize(
    ("recorded", "said"),
    [
        ({"brain.metastases_present": True}, "Brain metastases present|yes"),
        ({"brain.csf_cytology": "equivocal"}, "CSF cytology|equivocal"),
        ({"brain.csf_date": "2026-11"}, "CSF taken on|Nov 2026"),
        ({"brain.spinal_cord": False}, "Lesion in the spinal cord|no"),
        ({"neurology.other_steroid_mg": 6.0}, "dexamethasone equivalent per day|6 mg"),
        ({"neurology.other_steroid_reason": "other"}, "Reason for that steroid|other"),
        ({"neurology.cord_symptoms": ["leg weakness"]}, "Symptoms of the spinal cord|leg weakness"),
        ({"neurology.other_symptoms": ["tingling"]}, "another or unknown site|tingling"),
        (
            {"brain.lesions": listed({"earlier_sizes": [{"mm": 8.0, "day": "2026-01"}], "growth": "smaller"})},
            "Lesions one by one, entry 1|Growth: smaller; Earlier size 1: 8 mm; day of earlier size 1: Jan 2026",
        ),
        (
            {"brain.lesions": listed({"histology": "tumour", "histology_date": "2026-01", "note": "marked"})},
            "Lesions one by one, entry 1|Histology: tumour; Histology of: Jan 2026; Note: marked",
        ),
        (
            local_therapies({"kind": "kind_not_known", "result": "marked", "memantine": True}),
            "Earlier brain treatment, entry 1|Kind: brain treatment, kind not known; Memantine: yes; Result: marked",
        ),
    ],
)
def test_the_annex_has_what_no_fact_says(recorded: dict[str, Any], said: str) -> None:
    assert said in annex(recorded)


def test_growth_between_dated_sizes_is_on_page_and_in_the_annex_as_computed_here() -> None:
    sizes = [{"mm": 8.0, "day": "2025-10"}, {"mm": 12.0, "day": "2026-01"}]
    recorded = {"brain.lesions": listed({"site": "pons", "diameter_mm": 16.0, "earlier_sizes": sizes})}
    said = "by the sizes, computed here: pons +4 mm (+33 %) since Jan 2026"
    assert rows(recorded)["Growth, histology"] == said
    text = annex(recorded)
    assert "Lesions over time, computed here from the sizes recorded" in text
    assert "Lesion 1: pons|8 mm (Oct 2025), 12 mm (Jan 2026), now 16 mm: +4 mm (+33 %) since Jan 2026; +8 mm" in text
    assert "Lesions over time" not in annex({"brain.lesions": listed({"diameter_mm": 16.0})})


def test_of_metastases_that_are_not_left_nothing_is_missing() -> None:
    resected = {COUNT: {"low": 0, "high": 0}, **local_therapies({"kind": "surgery", "day": "2026-11-18"})}
    assert not {"largest diameter", "sites"} & set(rows(resected).get("Not recorded", "").split(", "))
    assert {"largest diameter", "sites"} <= set(rows({}).get("Not recorded", "").split(", "))
    case = case_of(resected)
    made = compose(case, assess(case, release(), AS_OF), release())
    said = " ".join("".join(run.text for run in line.words) for part in outline(made) for line in part.lines)
    assert "No brain metastasis left after local therapy" in said
    assert "no brain metastasis left" in "".join(run.text for run in runs(made.get(HeaderZone)))
    assert "here with resection, if the cavity is large or there are several" in said
