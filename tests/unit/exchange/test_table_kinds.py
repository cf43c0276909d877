"""Tables that nobody made for this program: headings in other words, visits, plans, rows of one drug each."""

from typing import Any

import pytest
from support.releases import release

from her2board.exchange.model import Brought, StoppedError
from her2board.exchange.sources import NamedBytes, bring
from her2board.exchange.tables.dictionary import HEADINGS
from her2board.exchange.tables.headings import read_heading


def read(*tables: str) -> tuple[Brought, ...]:
    return bring([NamedBytes(f"t{n}.csv", text.encode()) for n, text in enumerate(tables)], release().vocabulary)


def offered(record: Brought) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in record.offer.proposals:
        if one.is_entry:
            found.setdefault(one.field, []).append(one.value)
        else:
            found[one.field] = list(one.values) if one.readings else one.value
    return found


def seen(record: Brought) -> list[tuple[str, Any, str]]:
    return [(one.field, one.value, one.because) for one in record.offer.not_offered]


@pytest.mark.parametrize(
    ("heading", "path", "gives"),
    [
        ("Dx date (primary)", "tumour.primary_date", {}),
        ("BM dx date", "tumour.brain_date", {}),
        ("No. of brain mets on MRI", "brain.lesion_count", {}),
        ("Biggest BM (cm)", "brain.largest_mm", {}),
        ("MRI head date", "brain.imaging_date", {"brain.modality": "MRI"}),
        ("PgR %", "tumour.specimens[].pr_percent", {}),
        ("KPS at clinic", "patient.kps", {}),
        ("Date of restaging CT", "systemic.staging_date", {}),
        ("On dexamethasone?", "neurology.steroid_given", {}),
        ("WBRT end date", "brain.local_therapies[].day", {"kind": "whole_brain"}),
        ("SRS #", "brain.local_therapies[].fractions", {"kind": "radiosurgery"}),
        ("Gamma Knife dose (Gy)", "brain.local_therapies[].dose_gy", {"kind": "radiosurgery"}),
        ("Date of craniotomy", "brain.local_therapies[].day", {"kind": "surgery"}),
        ("Brain surgery date", "brain.local_therapies[].day", {"kind": "surgery"}),
        ("Date of surgery", "brain.local_therapies[].day", {}),
        ("Date of second SRS", "", {}),
        ("HER2 of mother", "", {}),
        ("Date", "", {}),
        ("Status", "", {}),
        ("Date of birth of child", "", {}),
        ("Brain SRS planned?", "", {}),
    ],
)
def test_a_heading_is_known_by_its_words_in_any_order(heading: str, path: str, gives: dict[str, Any]) -> None:
    found = read_heading(heading)
    assert (found.path, found.gives) == (path, gives)


def test_rows_of_several_patients_without_a_known_number_are_never_read_as_one() -> None:
    records = read("Chart,Sex,ECOG\nx1,F,1\nx2,M,2\n")
    assert [offered(one) for one in records] == [
        {"patient.sex": "female", "patient.ecog": 1},
        {"patient.sex": "male", "patient.ecog": 2},
    ]
    (alone,) = read("Drug,Start\nEnhertu,2024-01-08\nTukysa,2025-01-08\n")
    assert len(offered(alone)["systemic.lines[]"]) == 2


def test_columns_of_one_kind_of_treatment_make_one_entry_and_a_planned_one_none() -> None:
    rows = ["Study no,SRS last date,SRS Gy,SRS #,WBRT last date,WBRT Gy,WBRT #"]
    rows += ["A,2024-03-05,27,3,,,", "B,planned 12/01/2026,20,1,2025-02-03,30,10"]
    first, second = read("\n".join(rows))
    surgery = {"kind": "radiosurgery", "day": "2024-03-05", "dose_gy": 27, "fractions": 3}
    assert offered(first) == {"brain.local_therapies[]": [surgery]}
    whole = {"kind": "whole_brain", "day": "2025-02-03", "dose_gy": 30, "fractions": 10}
    assert offered(second) == {"brain.local_therapies[]": [whole]}
    assert [one[2] for one in seen(second) if one[0] == "brain.local_therapies[]"] == ["planned"]


def test_rows_of_one_drug_each_are_one_line_though_one_ends_before() -> None:
    rows = ["Patient;Drug;Setting;Started;Stopped;Why stopped;Comment"]
    rows += ["A;Docetaxel;1st line mets;06/12/2021;13/06/2022;completed;"]
    rows += [
        "A;Herceptin;1st line mets;07/12/2021;22/05/2024;PD brain;",
        "A;Enhertu;2nd line mets;17/06/2024;;;ongoing",
    ]
    (record,) = read("\n".join(rows))
    first, second = offered(record)["systemic.lines[]"]
    assert first == {
        "drugs": ["Docetaxel", "Herceptin"],
        "start": "2021-12-06",
        "setting": "metastatic",
        "line": 1,
        "stop": "2024-05-22",
        "reason_stopped": "progression",
        "progressed_in": "brain",
    }
    enhertu = {"drugs": ["Enhertu"], "start": "2024-06-17", "setting": "metastatic", "line": 2, "ongoing": True}
    assert second == enhertu
    assert "ended on different days" in record.offer.proposals[0].asks


@pytest.mark.parametrize(
    ("row", "because"),
    [
        ("Neratinib,,,declined by patient,never taken", "not_done"),
        ("Enhertu,planned 03/11/2025,,,", "planned"),
        ("Tukysa,,,,awaiting funding", "planned"),
        ("Tukysa,,,planned,", "planned"),
        ("Tukysa,2024-01-08,2024-05-01,declined,", None),
        ("Tukysa,2024-01-08,2024-05-01,,entered in error", "entered_in_error"),
        ("Tukysa,2024-01-08,,,Fehleingabe", "entered_in_error"),
    ],
)
def test_a_drug_that_was_planned_or_never_given_is_no_line(row: str, because: str | None) -> None:
    (record,) = read(f"patient,drug,start,stop,why stopped,comment\nA,{row}\n")
    assert ("systemic.lines[]" in offered(record)) == (because is None)
    assert because is None or because in [one[2] for one in seen(record)]


@pytest.mark.parametrize(
    ("heading", "cell", "expected"),
    [
        ("Sex", "F", {"patient.sex": "female"}),
        ("Extracranial disease", "None", {"systemic.extracranial": "absent"}),
        ("Extracranial disease", "stable", {"systemic.extracranial": "controlled"}),
        ("Extracranial sites", "bone/liver", {"systemic.extracranial_sites": ["bone", "liver"]}),
        ("LMD", "neg", {"brain.leptomeninges": "none"}),
        ("LMD", "? suspected", {}),
        ("Number of brain metastases", "5-7", {"brain.lesion_count": {"low": 5, "high": 7}}),
        ("ECOG", "ECOG 2", {"patient.ecog": 2}),
        ("Dex mg/day", "6", {"neurology.dexamethasone_mg": 6, "neurology.steroid_given": True}),
        ("Dex mg/day", "0", {"neurology.dexamethasone_mg": 0}),
        ("LVEF %", "N/D", {}),
        ("ER %", "<1", {"tumour.specimens[]": [{"er": "negative", "er_said": "<1"}]}),
        ("HER2 IHC", "2+", {"tumour.specimens[]": [{"ihc": "2+"}]}),
    ],
)
def test_a_cell_is_read_as_people_write_it(heading: str, cell: str, expected: dict[str, Any]) -> None:
    (record,) = read(f"Study no,{heading}\nA,{cell}\n")
    assert offered(record) == expected


def test_a_date_alone_is_that_of_the_only_list_and_further_cycles_are_the_same_line() -> None:
    rows = ["patient,date,regimen", "A,2022-01-03,Trastuzumab + Docetaxel", "A,2022-01-24,Trastuzumab + Docetaxel"]
    (record,) = read("\n".join((*rows, "A,2022-02-14,Trastuzumab", "A,2022-03-07,Kadcyla")))
    assert offered(record)["systemic.lines[]"] == [
        {"drugs": ["Trastuzumab", "Docetaxel"], "start": "2022-01-03"},
        {"drugs": ["Kadcyla"], "start": "2022-03-07"},
    ]
    (record,) = read("patient,brain rt,date,dose\nA,SRS,2024-03-05,20\nA,SBRT lung,2024-01-05,50\n")
    assert offered(record)["brain.local_therapies[]"] == [{"kind": "radiosurgery", "day": "2024-03-05", "dose_gy": 20}]
    assert [one[2] for one in seen(record)] == ["another_thing"]


def test_a_size_in_another_unit_than_its_column_is_looked_at() -> None:
    (record,) = read("Study no,Largest BM (mm)\nA,2.4 cm\n")
    (proposal,) = record.offer.proposals
    assert (proposal.value, proposal.trust) == (24, "needs_eye")
    assert "'2.4 cm' in a column of mm" in proposal.asks


@pytest.mark.parametrize(
    ("words", "where"),
    [
        ("Progressive disease, brain", "brain"),
        ("Progressive disease, outside brain", "body"),
        ("progression non-CNS", "body"),
        ("progression extracranial and brain", "brain_and_body"),
        ("PD brain and body", "brain_and_body"),
    ],
)
def test_where_a_disease_progressed_is_read_with_what_turns_it_round(words: str, where: str) -> None:
    (record,) = read(f'patient,drug,start,stop,reason stopped\nA,T-DXd,2024-01,2025-01,"{words}"\n')
    assert offered(record)["systemic.lines[]"][0]["progressed_in"] == where


def _dictionary(*questions: tuple[str, str, str, str, str]) -> str:
    rows = [",".join(f'"{h}"' for h in HEADINGS)]
    for name, form, kind, label, choices in questions:
        rows.append(",".join(f'"{cell}"' for cell in (name, form, "", kind, label, choices, *[""] * 12)))
    return "\n".join(rows)


PROJECT = _dictionary(
    ("pid", "enrol", "text", "Patient", ""),
    ("vis", "visit", "text", "Visit date", ""),
    ("kps", "visit", "dropdown", "KPS at visit", "70, 70 | 90, 90 | -1, Not recorded"),
    ("eco", "visit", "radio", "ECOG at visit", "1, ECOG 0 | 2, ECOG 1"),
    ("siz", "visit", "text", "Largest brain metastasis (mm)", ""),
    ("dex", "visit", "text", "Dexamethasone, mg per day", ""),
    ("loc", "visit", "checkbox", "Extracranial locations", "1, Bone | 2, Liver | 9, None of these"),
    ("rtk", "rt", "radio", "Treatment", "1, Gamma Knife | 2, Whole-brain RT | 3, Resection"),
    ("rts", "rt", "radio", "State", "1, Done | 2, Planned | 3, Cancelled"),
    ("rtd", "rt", "text", "Last day of treatment", ""),
    ("rtl", "rt", "text", "Site", ""),
    ("dru", "sys", "checkbox", "Drugs in this line", "1, Trastuzumab | 2, Tucatinib | 3, Capecitabine | 9, Other"),
    ("dst", "sys", "text", "First dose", ""),
)
RAW = "pid,redcap_event_name,vis,kps,eco,siz,dex,loc___1,loc___2,loc___9"
RAW += ",rtk,rts,rtd,rtl,dru___1,dru___2,dru___3,dru___9,dst"


def _project(*rows: str) -> Brought:
    (record,) = read("\n".join((RAW, *rows)), PROJECT)
    return record


def test_of_several_visits_the_latest_is_offered_and_what_only_an_earlier_one_says_is_seen() -> None:
    record = _project("P,v1,2025-03-03,70,2,27,8,1,0,0,,,,,,,,,", "P,v2,2025-10-06,90,1,14,,0,1,0,,,,,,,,,")
    assert offered(record) == {
        "patient.performance_date": "2025-10-06",
        "patient.kps": 90,
        "patient.ecog": 0,
        "brain.largest_mm": 14,
        "systemic.extracranial_sites": ["Liver"],
    }
    assert ("neurology.dexamethasone_mg", 8, "earlier") in seen(record)


def test_choices_say_what_a_question_asks_and_boxes_are_added_to_each_other() -> None:
    record = _project(
        "P,t,,,,,,,,,1,1,2025-05-28,left cerebellum,,,,,",
        "P,t,,,,,,,,,2,2,2026-01-12,,,,,,",
        "P,t,,,,,,,,,3,3,2025-04-01,,,,,,",
        "P,t,,,,,,,,,,,,,1,1,1,1,2025-06-16",
    )
    assert offered(record) == {
        "brain.local_therapies[]": [{"kind": "radiosurgery", "day": "2025-05-28", "site": "left cerebellum"}],
        "systemic.lines[]": [{"drugs": ["Trastuzumab", "Tucatinib", "Capecitabine"], "start": "2025-06-16"}],
    }
    assert [one[2] for one in seen(record)] == ["planned", "not_done"]


def test_a_reading_ends_where_a_person_stops_it() -> None:
    table = NamedBytes("t.csv", b"patient,ecog\nA,1\nB,2\n")
    record = NamedBytes("r.json", b'{"resourceType": "Patient", "id": "p"}')
    for file in (table, record):
        with pytest.raises(StoppedError):
            bring([file], release().vocabulary, stop=lambda: True)
