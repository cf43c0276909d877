"""Tables of invented patients read as proposals: by their headings, by a dictionary, by a map that a person made."""

import io
from typing import Any

import openpyxl
import pytest
from support.releases import release

from her2board.exchange.model import Brought, UnreadableError
from her2board.exchange.sources import NamedBytes, bring, drafted
from her2board.exchange.tables.dictionary import HEADINGS
from her2board.exchange.tables.mapping import read_map, write_map


def read(*files: tuple[str, str | bytes], columns: str = "") -> tuple[Brought, ...]:
    given = [NamedBytes(name, text.encode() if isinstance(text, str) else text) for name, text in files]
    return bring(given, release().vocabulary, read_map(columns, "map.yaml") if columns else None)


def offered(record: Brought) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in record.offer.proposals:
        if one.is_entry:
            found.setdefault(one.field, []).append(one.value)
        else:
            found[one.field] = list(one.values) if one.readings else one.value
    return found


def dictionary(*rows: tuple[str, str, str, str, str, str]) -> tuple[str, str]:
    """Return a project's dictionary: name, form, kind, label, choices and note of each variable."""
    lines = [",".join(f'"{heading}"' for heading in HEADINGS)]
    for name, form, kind, label, choices, note in rows:
        lines.append(f'{name},{form},,{kind},"{label}","{choices}","{note}"' + "," * 11)
    return "dictionary.csv", "\n".join(lines)


BOTH = "brain_and_body"
SHIFTED = dictionary(
    ("study_no", "start", "text", "Study ID", "", ""),
    ("ps", "start", "radio", "ECOG", "1, 0 | 2, 1 | 3, 2 | 8, Unknown", ""),
    ("ihc", "start", "dropdown", "HER2 IHC (brain)", "10, 0 | 11, 1+ | 12, 2+ | 13, 3+ | 77, Not done", ""),
    ("er", "start", "text", "ER (%)", "", "-1 = unknown"),
    ("bm", "start", "text", "Number of brain metastases", "", "50 = too many to count"),
    ("lmd", "start", "yesno", "Leptomeningeal disease", "", ""),
    ("sites", "start", "checkbox", "Extracranial sites", "1, Bone | 2, Skin", ""),
    ("why", "drugs", "radio", "Reason stopped", "1, Progression (CNS and body) | 2, Toxicity | 9, Unknown", ""),
    ("drug", "drugs", "text", "Drugs", "", ""),
    ("from", "drugs", "text", "Start", "", ""),
)
RAW_HEADINGS = (
    "study_no,redcap_repeat_instrument,redcap_repeat_instance,ps,ihc,er,bm,lmd,sites___1,sites___2,start_complete,"
    "why,drug,from,drugs_complete"
)


def test_a_redcap_export_is_read_with_the_codes_of_its_dictionary() -> None:
    rows = ["A,,,1,12,40,50,1,0,1,2,,,,", "A,drugs,1,,,,,,,,,1,Kadcyla,2021-02,2", "B,,,8,77,-1,,,0,0,1,,,,"]
    first, second = read(("export.csv", "\n".join((RAW_HEADINGS, *rows))), SHIFTED)
    assert offered(first) == {
        "patient.ecog": 0,
        "tumour.specimens[]": [{"ihc": "2+", "er_percent": 40}],
        "brain.lesion_count": {"low": 2, "diffuse": True},
        "brain.leptomeninges": "stated",
        "systemic.extracranial_sites": ["Skin"],
        "systemic.lines[]": [
            {
                "reason_stopped": "progression",
                "progressed_in": BOTH,
                "drugs": ["Kadcyla"],
                "start": "2021-02",
            }
        ],
    }
    assert offered(second) == {"tumour.specimens[]": [{"her2_tested": False}]}
    assert "not marked as complete" in second.offer.proposals[0].asks
    assert [one.because for one in second.offer.not_offered] == ["not_given", "not_given"]


def test_a_label_that_is_the_code_of_another_choice_is_read_as_a_label_in_an_export_of_labels() -> None:
    headings = '"Study ID","Repeat Instrument",ECOG,"Extracranial sites (choice=Bone)",Complete?,Drugs,Complete?'
    (record,) = read(("labels.csv", f"{headings}\nA,,1,Checked,Complete,,"), SHIFTED)
    assert offered(record) == {"patient.ecog": 1, "systemic.extracranial_sites": ["Bone"]}


def test_what_headings_alone_say_needs_an_eye_and_names_the_column() -> None:
    (record,) = read(("cases.csv", "Patient;Karnofsky;Largest lesion (cm)\nX1;80;1,4"))
    kps, size = record.offer.proposals
    assert (kps.value, kps.trust, kps.asks) == (80, "needs_eye", "is 'Karnofsky' the column of 'Karnofsky'?")
    assert (size.value, size.derived) == (14, "1,4 cm")


def test_a_map_that_a_person_made_is_kept_and_read_with() -> None:
    files = [NamedBytes("t.csv", b"pid,ps,foo\n1,x2,y\n")]
    draft = drafted(files)
    assert (draft.drafted, draft.ignored) == (True, ("pid", "ps", "foo"))
    text = "format: her2board-columns\nrecord: pid\ncolumns:\n  ps: {field: patient.ecog, values: {x2: 2}}\n"
    assert read_map(write_map(read_map(text, "m")), "m") == read_map(text, "m")
    (record,) = read(("t.csv", "pid,ps,foo\n1,x2,y\n"), columns=text)
    assert [(one.field, one.value, one.trust) for one in record.offer.proposals] == [("patient.ecog", 2, "stated")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: b: c", "line 1"),
        ("format: other", "'format' is not"),
        ("format: her2board-columns\ncolumns:\n  x: {field: patient.nothing}", "columns.x.field: no field"),
        ("format: her2board-columns\ncolumns:\n  x: {field: patient.ecog}\n  x: {field: patient.kps}", "duplicate key"),
        ("format: her2board-columns\ncolums: {}", "colums"),
    ],
)
def test_a_map_that_cannot_be_used_says_where(text: str, said: str) -> None:
    with pytest.raises(UnreadableError, match=r"map\.yaml") as refused:
        read_map(text, "map.yaml")
    assert said in str(refused.value)


def test_rows_of_one_drug_each_become_lines_and_supportive_drugs_none() -> None:
    rows = ["P,docetaxel,14.03.2022,10.07.2022", "P,Herceptin,14.03.2022,10.07.2022", "P,ondansetron,14.03.2022,",
        "P,T-DXd,03.05.2023,", "P,paracetamol,03.05.2023,", "Q,Tukysa,2024-01,"]  # fmt: skip
    first, second = read(("drugs.csv", "\n".join(("patient id,drug,start date,stop date", *rows))))
    assert [line["drugs"] for line in offered(first)["systemic.lines[]"]] == [["docetaxel", "Herceptin"], ["T-DXd"]]
    assert offered(first)["systemic.lines[]"][0]["start"] == "2022-03-14"
    assert {one.because for one in first.offer.not_offered} == {"another_thing", "not_known"}
    assert offered(second) == {"systemic.lines[]": [{"drugs": ["Tukysa"], "start": "2024-01"}]}


def test_day_and_month_are_read_by_the_whole_table_and_else_asked() -> None:
    rows = "case,date of mri\nA,03/04/2025\n"
    scan = {"brain.modality": "MRI"}
    assert offered(read(("t.csv", rows))[0]) == {"brain.imaging_date": ["2025-04-03", "2025-03-04"], **scan}
    assert offered(read(("t.csv", f"{rows}B,25/04/2025"))[0]) == {"brain.imaging_date": "2025-04-03", **scan}


@pytest.mark.parametrize("value", ["-99", "999", "-1", "99"])
def test_a_number_that_may_mean_unknown_is_not_offered(value: str) -> None:
    (record,) = read(("t.csv", f"case,lvef\nA,{value}"))
    assert offered(record) == {}
    assert [one.because for one in record.offer.not_offered] == ["open"]


def test_a_value_that_fits_no_case_is_a_problem_and_no_proposal() -> None:
    (record,) = read(("t.csv", "case,lvef,birth year\nA,130,1802"))
    assert offered(record) == {}
    assert len(record.problems) + len(record.offer.not_offered) >= 2


def test_different_values_in_rows_of_one_patient_are_two_readings() -> None:
    (record,) = read(("t.csv", "case,ecog\nA,1\nA,2\n"))
    assert offered(record) == {"patient.ecog": [1, 2]}
    assert "different values in several rows" in record.problems[0].what


def _workbook(*rows: list[Any]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_an_excel_file_is_read_and_its_formulas_are_not_worked_out() -> None:
    from datetime import date

    data = _workbook(["case", "ecog", "MRI date", "LVEF"], ["A", 1, date(2025, 3, 4), "=50+5"])
    (record,) = read(("cases.xlsx", data))
    assert offered(record) == {"patient.ecog": 1, "brain.imaging_date": "2025-03-04", "brain.modality": "MRI"}
    assert "formula" in record.offer.not_offered[0].note


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("t.csv", b"case,ecog\n", "no headings with rows"),
        ("t.csv", b"\xff\xfa\x00", "UTF-8"),
        ("t.csv", b'case,ecog\n"A,1\n', "not a table"),
        ("t.xlsx", b"PK\x03\x04 nothing", "not an Excel file"),
        ("t.doc", b"case,ecog\nA,1\n", "neither FHIR"),
    ],
)
def test_a_file_that_is_no_table_is_refused_by_its_name(name: str, data: bytes, said: str) -> None:
    with pytest.raises(UnreadableError, match=name) as refused:
        read((name, data))
    assert said in str(refused.value)


def test_the_csv_files_of_the_mcode_extraction_are_read_together() -> None:
    condition = "mrn,conditionId,codeSystem,code,dateOfDiagnosis,verificationStatus\nM,c,http://snomed.info/sct,94225005,2024-05,confirmed"
    refuted = condition.replace("confirmed", "refuted")
    drug = "mrn,medicationId,code,codeSystem,displayText,startDate,endDate,treatmentIntent,status\nM,m,480167,http://www.nlm.nih.gov/research/umls/rxnorm,lapatinib,2022-01-03,2022-09-01,363676003,stopped"
    (record,) = read(("condition.csv", condition), ("drugs.csv", drug))
    assert offered(record) == {
        "tumour.brain_date": "2024-05",
        "systemic.lines[]": [
            {"drugs": ["lapatinib"], "setting": "metastatic", "start": "2022-01-03", "stop": "2022-09-01"}
        ],
    }
    assert offered(read(("condition.csv", refuted))[0]) == {}
