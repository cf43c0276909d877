"""Cases as one flat table with a dictionary: read back they are the same cases, with the dictionary and without."""

import csv
import io

import pytest
from support.filled import FILLED
from support.releases import release
from support.round_trip import everything

from her2board import paths
from her2board.capture.never import why_never
from her2board.case.edit import with_value
from her2board.case.storage import load
from her2board.exchange.into import case_of
from her2board.exchange.registry import registry_csv, registry_dictionary
from her2board.exchange.review import Accepted, numbered
from her2board.exchange.sources import NamedBytes, bring
from her2board.exchange.tables.dictionary import HEADINGS

CASES = (FILLED, *map(load, sorted((paths.resources_dir() / "examples").glob("*.her2case"))))


@pytest.mark.parametrize("described", [True, False], ids=["with dictionary", "without"])
def test_every_case_comes_back_as_it_was(described: bool) -> None:
    files = [NamedBytes("registry.csv", registry_csv((case.code, case) for case in CASES).encode())]
    files += [NamedBytes("dictionary.csv", registry_dictionary().encode())] if described else []
    records = bring(files, release().vocabulary)
    assert [record.record for record in records] == [case.code for case in CASES]
    for record, case in zip(records, CASES, strict=True):
        offered = ((one.id, one.proposal) for one in numbered([record]))
        back = case_of(case.code, (Accepted(id_, proposal.field, proposal.value) for id_, proposal in offered))
        assert everything(back) == {path: v for path, v in everything(case).items() if not why_never(path)}
        assert record.problems == ()


_EARLIER = [{"mm": {"low": 8, "high": 9, "low_included": False}}]
HARD = case_of(
    "hard",
    (
        Accepted("1", "patient.comorbidity", []),
        Accepted("2", "brain.largest_mm", {"low": 8, "high": 10, "high_included": False}),
        Accepted("3", "systemic.exposure.tucatinib", {"ever": False}),
        Accepted("4", "brain.lesions[]", {"histology": "tumour", "earlier_sizes": _EARLIER}),
    ),
)


def test_what_is_recorded_as_none_or_never_is_not_lost_and_a_limit_stays_one() -> None:
    text = registry_csv([("hard", HARD)])
    (record,) = bring(
        [NamedBytes("r.csv", text.encode()), NamedBytes("d.csv", registry_dictionary().encode())], release().vocabulary
    )
    back = case_of("hard", (Accepted(o.id, o.proposal.field, o.proposal.value) for o in numbered([record])))
    assert everything(back) == everything(HARD)
    row = next(csv.DictReader(io.StringIO(text)))
    assert (row["patient_comorbidity"], row["brain_largest_mm"]) == ("none", "8-<10 mm")


def test_that_a_list_is_all_there_is_has_a_column() -> None:
    none = with_value(HARD, "systemic.lines", {"completeness": "complete", "items": []})
    rows = list(csv.DictReader(io.StringIO(registry_csv([("1", none)]))))
    assert (rows[0]["lines_list"], rows[0]["lesions_list"], rows[0]["local_therapies_list"]) == (
        "complete",
        "partial",
        "not_asked",
    )


def test_the_dictionary_has_redcaps_headings_and_a_row_for_every_column() -> None:
    rows = list(csv.DictReader(io.StringIO(registry_dictionary())))
    assert tuple(rows[0]) == HEADINGS
    columns = next(csv.reader(io.StringIO(registry_csv([]))))
    beside = ("redcap_repeat_instrument", "redcap_repeat_instance")
    assert [row[HEADINGS[0]] for row in rows] == [name for name in columns if name not in beside]
    assert all(len(row[HEADINGS[0]]) <= 100 and row[HEADINGS[4]] for row in rows)


def test_no_text_is_a_formula_and_no_name_is_in_the_table() -> None:
    case = FILLED.model_copy(
        update={
            "identity": FILLED.identity.model_copy(update={"name": "Nobody Nemo"}),
            "tumour": FILLED.tumour.model_copy(update={"histology": '=HYPERLINK("x")'}),
        }
    )
    text = registry_csv([("1", case)])
    assert "Nemo" not in text
    assert "'=HYPERLINK" in text
