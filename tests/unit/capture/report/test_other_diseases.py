"""Nothing of another disease, another part of the body or a day on which nothing was done is offered."""

from pathlib import Path

import pytest
import yaml
from support.report_texts import offer_of

from her2board.capture.report.model import Kind

_SENTENCES = yaml.load((Path(__file__).parent / "other_diseases.yaml").read_text("utf-8"), yaml.CSafeLoader)


@pytest.mark.parametrize("kind", _SENTENCES)
def test_nothing_of_another_disease_is_offered(kind: Kind) -> None:
    found = {one: [(p.field, p.values) for p in offer_of(one, kind).proposals] for one in _SENTENCES[kind]}
    assert {one: offers for one, offers in found.items() if offers} == {}


def test_an_illness_is_offered_without_the_drug_it_was_treated_with() -> None:
    letter = "PMH: DVT 2019, treated with rivaroxaban, PE 2021 (apixaban 6/12), hypertension."
    offered = {one.field: one.value for one in offer_of(letter, "clinic_letter").proposals}
    assert offered == {"patient.comorbidity": ["DVT 2019", "PE 2021", "hypertension"]}
