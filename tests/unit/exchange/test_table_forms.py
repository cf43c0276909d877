"""Tables as spreadsheets and registries hand them out: titles, shares, code pages, tick boxes, events, visits."""

import io
from typing import Any

import openpyxl
import pytest
from support.releases import release

from her2board.exchange.model import Brought, UnreadableError
from her2board.exchange.sources import NamedBytes, bring
from her2board.exchange.tables.dictionary import HEADINGS


def read(*tables: str | bytes) -> tuple[Brought, ...]:
    files = [table.encode() if isinstance(table, str) else table for table in tables]
    return bring([NamedBytes(f"t{n}.csv", data) for n, data in enumerate(files)], release().vocabulary)


def offered(record: Brought) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in record.offer.proposals:
        if one.is_entry:
            found.setdefault(one.field, []).append(one.value)
        else:
            found[one.field] = list(one.values) if one.readings else one.value
    return found


def asked(record: Brought, field: str) -> str:
    return next(one.asks for one in record.offer.proposals if one.field == field)


def dictionary(*rows: tuple[str, ...]) -> str:
    filled = [(name, form, "", kind, label, choices, *[""] * 12) for name, form, kind, label, choices in rows]
    return "\n".join(",".join(f'"{cell}"' for cell in row) for row in (HEADINGS, *filled))


def _workbook(rows: list[list[Any]], shares: tuple[str, ...] = ()) -> bytes:
    book, stream = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    for cell in shares:
        book.active[cell].number_format = "0.0%"
    book.save(stream)
    return stream.getvalue()


def test_a_title_above_the_headings_is_none() -> None:
    rows = [["Brain metastases registry, 30 Nov 2025"], [], ["ID", "ECOG", "KPS"], ["X1", 1, 80], ["X2", 2, 70]]
    records = read(_workbook(rows))
    assert [(record.record, offered(record)["patient.ecog"]) for record in records] == [("X1", 1), ("X2", 2)]
    (only,) = read("Registry of brain metastases\n\nID,ECOG\nX1,1\n")
    assert offered(only)["patient.ecog"] == 1
    (single,) = read(_workbook([["ECOG"], [1]]))
    assert offered(single)["patient.ecog"] == 1


def test_a_share_that_a_cell_shows_as_percent_is_that_percentage() -> None:
    rows = [["ID", "ER (%)", "PR (%)", "LVEF (%)"], ["X1", 0.95, 0.005, 0.6]]
    found = offered(read(_workbook(rows, ("B2", "C2", "D2")))[0])
    (specimen,) = found["tumour.specimens[]"]
    assert (specimen["er_percent"], specimen["pr_percent"], found["organs.lvef_percent"]) == (95, 0.5, 60)


def test_a_table_in_the_code_page_of_excel_in_western_europe_is_read_and_another_is_not() -> None:
    table = "Fallnummer;Geschlecht;Größter Durchmesser (mm);Datum MRT\n101;w;17,5;03.11.2025\n"
    (record,) = read(table.encode("cp1252"))
    assert (record.record, offered(record)["brain.largest_mm"]) == ("101", 17.5)
    for data in (table.encode("mac_roman"), "ID;ECOG\nŁódź;1\n".encode("cp1250"), b"ID;ECOG\n\xff\x00;1\n"):
        with pytest.raises(UnreadableError, match="UTF-8"):
            read(data)


BOXES = "Type of treatment (choice=SRS),Type of treatment (choice=WBRT),Type of treatment (choice=Extracranial)"


@pytest.mark.parametrize(
    ("ticks", "kinds"),
    [
        ("Checked,Unchecked,Unchecked", ["radiosurgery"]),
        ("Unchecked,Checked,Unchecked", ["whole_brain"]),
        ("Unchecked,Unchecked,Checked", []),
        ("Checked,Checked,Unchecked", []),
        ("Unchecked,Unchecked,Unchecked", []),
    ],
)
def test_the_one_tick_says_the_kind_of_treatment(ticks: str, kinds: list[str]) -> None:
    (record,) = read(f"Record ID,{BOXES},Dose (Gy),Fractions\nL-1,{ticks},20,5\n")
    assert [entry["kind"] for entry in offered(record).get("brain.local_therapies[]", [])] == kinds
    assert not any("is required" in problem.what for problem in record.problems)
    if not kinds:
        assert record.offer.not_offered


@pytest.mark.parametrize("choices", ["Chemotherapy,Surgery", "Surgery", "Chemotherapy,Endocrine,Surgery,WBRT"])
def test_a_tick_beside_treatments_of_the_breast_is_none_of_the_brain(choices: str) -> None:
    boxes = [f"Prior therapies (choice={choice})" for choice in choices.split(",")]
    (record,) = read(f"Record ID,ECOG,{','.join(boxes)}\nL-1,1,{','.join('Checked' for _ in boxes)}\n")
    assert offered(record) == {"patient.ecog": 1}


def test_readings_of_codes_are_shown_with_what_they_mean() -> None:
    ecog = ("ps", "base", "radio", "ECOG performance status", "1, ECOG 0 | 2, ECOG 1 | 3, ECOG 2")
    project = dictionary(("study_id", "base", "text", "Study ID", ""), ecog)
    (record,) = read("study_id,ps\n7,2\n7,3\n", project)
    (proposal,) = record.offer.proposals
    assert [(one.value, one.words) for one in proposal.readings] == [(1, "ps: 2 (ECOG 1)"), (2, "ps: 3 (ECOG 2)")]


def test_what_only_an_earlier_event_says_needs_an_eye() -> None:
    table = "record_id,redcap_event_name,dexamethasone dose (mg),ecog\n7,baseline_arm_1,8,1\n7,followup_arm_1,,1\n"
    (record,) = read(table)
    assert "said at 'baseline_arm_1', and not at 'followup_arm_1'" in asked(record, "neurology.dexamethasone_mg")
    assert "still hold" not in asked(record, "patient.ecog")


def test_a_specimen_that_every_visit_repeats_is_one() -> None:
    (record,) = read("mrn,her2_ihc,er,num_brain_mets\nA9,3+,Pos,2\nA9,3+,Pos,4\nA9,2+,Pos,4\n")
    assert [entry["ihc"] for entry in offered(record)["tumour.specimens[]"]] == ["3+", "2+"]
    assert "one specimen?" in asked(record, "tumour.specimens[]")


def test_a_unit_behind_an_underscore_is_one() -> None:
    assert offered(read("mrn,largest_cm\nA9,1.2\n")[0])["brain.largest_mm"] == 12
