"""The assessment of a case is the same with and without what says who the patient is, wherever it was typed."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from support.identities import NAME as FULL_NAME
from support.identities import NUMBER as RECORD_NUMBER
from support.identities import WORDS, WRITTEN
from support.releases import release
from support.strategies import AS_OF, DRUGS, cases

from her2board.assessment.assess import assess
from her2board.assessment.export import to_json
from her2board.case.identity import with_texts, without_identity
from her2board.case.model import Case

LIBRARY = release()
SITES = ("left frontal", "cerebellum", "pons", "right parietal, deep", "vermis")
REFUSED = ("whole-brain radiotherapy", "any systemic therapy", "surgery of the brain", "trials", "no radiosurgery")
TEXTS = (*DRUGS, *SITES, *REFUSED, "none", "levetiracetam", "ECOG 1", "stage IV", "liver, bone")
NAMES = (FULL_NAME, "May Stable", "Will Young", "Li Mab", "Tras Taxol", "Wait Urgent", "No Brain")


@st.composite
def named_cases(draw: st.DrawFn) -> Case:
    """Return a random case in which texts hold words the program reads, the patient's name, or both."""
    name = draw(st.sampled_from(NAMES))
    written = (*WRITTEN, *WORDS, *name.split(), name, name.upper(), name.lower(), "")

    def text(path: str, _: str) -> str:
        parts = [draw(st.sampled_from(written)), draw(st.sampled_from(TEXTS))]
        apart = draw(st.sampled_from((" ", ", ", "", " (", "-")))
        typed = apart.join(parts if draw(st.booleans()) else parts[::-1]).strip() or "x"
        return typed[:40] if path == "code" else typed

    case = with_texts(draw(cases(at_least=8)), text)
    identity = case.identity.model_copy(update={"name": name, "record_number": RECORD_NUMBER})
    return case.model_copy(update={"identity": identity})


def _decided(case: Case) -> dict[str, Any]:
    """Return an assessment without the words a person typed."""
    found = to_json(assess(case, LIBRARY, AS_OF), LIBRARY)
    return {
        "facts": {name: fact["value"] for name, fact in found["facts"].items() if not isinstance(fact["value"], str)},
        "contradictions": [(each["fields"], each["facts"]) for each in found["contradictions"]],
        "cohorts": [
            (each["id"], each["outcome"], each["population"], each["entry"], [f["truth"] for f in each["findings"]])
            for each in found["cohorts"]
        ],
        "options": [(each["id"], each["standing"]) for each in found["options"]],
        "pause": (found["pause"]["bypass"]["open"], [item["state"] for item in found["pause"]["items"]]),
        "ask_next": [(each["fields"], each["facts"], each["settles"]) for each in found["ask_next"]],
    }


@given(named_cases())
def test_taking_the_patient_out_decides_nothing(case: Case) -> None:
    assert _decided(without_identity(case, LIBRARY.vocabulary.words)) == _decided(case)
