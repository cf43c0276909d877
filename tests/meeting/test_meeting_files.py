"""Letters of decisions and the meeting as a table, read back with other programs' libraries."""

import csv
import io
from datetime import date, datetime

import docx
import openpyxl
import pytest
from support.held import OTHER, PLAIN, bare, held
from support.meetings import DECIDED, with_section
from support.releases import release

from her2board.briefing.meeting.gathered import Gathered
from her2board.briefing.meeting.tables import DataTable
from her2board.casebook.model import Attendance, Outcome
from her2board.cli.meeting_papers import meeting_export, meeting_letters
from her2board.office.spreadsheet import comma_separated, workbook

NAME, NUMBER = "Ottilie Querfurth", "4711-0815"
ROLES = (
    Attendance(discipline="medical_oncology", present=True, names="Dr Verdi"),
    Attendance(discipline="neurosurgery", present=False),
    Attendance(discipline="other", discipline_name="Genetics"),
)
SCRIPTS = ("\N{ARABIC LETTER MEEM}\N{ARABIC LETTER REH} " * 90, "\N{CJK UNIFIED IDEOGRAPH-75C5}" * 300, "x" * 300)


def letter_of(found: Gathered, **options: object) -> tuple[list[str], str, docx.document.Document]:
    """Return the paragraphs of its only letter, its foot, and the document."""
    made = meeting_letters(found, release(), "a4", **options)  # type: ignore[arg-type]  # reason: options by name
    ((_, data),) = made.letters
    document = docx.Document(io.BytesIO(data))
    lines = [paragraph.text for paragraph in document.paragraphs]
    return lines, document.sections[0].footer.paragraphs[0].text, document


def sheets_of(found: Gathered, **options: object) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows of every sheet of its workbook."""
    data, _ = meeting_export(found, release(), ".xlsx", **options)  # type: ignore[arg-type]  # reason: options by name
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def first_case(found: Gathered, **options: object) -> dict[object, object]:
    """Return the first case of its workbook by the names of the columns."""
    head, row, *_ = sheets_of(found, **options)["Cases"]
    return dict(zip(head, row, strict=True))


# Letters


def test_a_letter_says_what_was_asked_who_was_there_what_was_decided_and_who_does_it_by_when() -> None:
    case = bare(PLAIN, "BM-7", question="Radiosurgery or whole-brain radiotherapy?")
    lines, foot, document = letter_of(held((case, {"outcome": DECIDED}), attendance=ROLES))
    assert lines[:-1] == [
        "Decision of the tumour board: case BM-7",
        "Tumour board 3 Dec 2026 \N{MIDDLE DOT} Neuro-oncology board \N{MIDDLE DOT} Room 4",
        "Question for the board",
        "Radiosurgery or whole-brain radiotherapy?",
        "Who attended",
        "present: medical oncology (Dr Verdi); absent: neurosurgery; not recorded: Genetics",
        "Decision",
        DECIDED.decision,
        "Dissent",
        DECIDED.dissent,
        "Fallback",
        DECIDED.fallback,
        "Owner of the decision",
        "Dr Rossi",
        "Due",
        "17 Dec 2026",
        "Who tells the patient",
        "Dr Bianchi",
    ]
    assert "Recorded by" in lines[-1]
    assert "For clinicians at a multidisciplinary meeting; does not decide or replace judgement" in foot
    assert round(document.sections[0].page_width.mm) == 210


def test_what_is_not_recorded_is_never_blank_in_a_letter() -> None:
    case = bare(PLAIN, "BM-7", question=None)
    lines, _, _ = letter_of(held((case, {"outcome": Outcome(deferred=True, deferral_reason="MRI missing")})))
    said = dict(zip(lines[2::2], lines[3::2], strict=False))
    assert said["Deferred"] == "MRI missing"
    for part in ("Question for the board", "Who attended", "Decision", "Dissent", "Owner of the decision", "Due"):
        assert said[part] == "not recorded"


def test_there_is_a_letter_for_each_decision_and_the_others_are_named() -> None:
    plain = bare(PLAIN, "A")
    found = held(
        (plain, {}),
        (plain.model_copy(update={"code": "B"}), {"outcome": DECIDED}),
        (plain.model_copy(update={"code": "C"}), {"outcome": Outcome(deferred=False)}),
    )
    made = meeting_letters(found, release(), "letter")
    assert [code for code, _ in made.letters] == ["B"]
    assert made.undecided == ("A", "C")
    assert meeting_letters(held(), release(), "a4").letters == ()


def test_a_letter_names_the_patient_only_where_it_was_asked_to() -> None:
    case = with_section(bare(PLAIN, "BM-7", question=f"What for {NAME}?"), "identity", name=NAME, record_number=NUMBER)
    found = held((case, {"outcome": DECIDED.model_copy(update={"decision": f"{NAME} has radiosurgery."})}))
    lines, foot, _ = letter_of(found)
    assert "Querfurth" not in " ".join(lines)
    assert foot.startswith("NOT REVIEWED FOR NAMES. Without the recorded names")
    assert letter_of(found, reviewed=True)[1].startswith("Without the recorded names")
    assert meeting_letters(found, release(), "a4").unreviewed[0].startswith("BM-7: check before it leaves")
    lines, foot, _ = letter_of(found, identified=True)
    assert lines[1] == f"{NAME} \N{MIDDLE DOT} {NUMBER}"
    assert f"{NAME} has radiosurgery." in lines
    assert foot.startswith("WITH NAMES AND RECORD NUMBERS")


def test_the_longest_texts_in_any_script_are_whole_in_a_letter() -> None:
    for text in SCRIPTS:
        outcome = Outcome(decision=text * 10, owner=text[:300])
        lines, _, _ = letter_of(held((bare(PLAIN, "BM-7"), {"outcome": outcome})))
        assert text * 10 in lines
        assert text[:300] in lines


# Tables


def test_every_column_of_the_export_is_named_and_says_what_is_not_recorded() -> None:
    case = with_section(bare(OTHER, "BM-7"), "meeting", question="Radiosurgery?", date=None)
    row = first_case(held((case, {"reason": "new lesion"})))
    assert None not in row
    assert len(row) == 35
    assert row["Meeting"] == datetime(2026, 12, 3)  # noqa: DTZ001  # reason: a day has no zone in a workbook
    assert (row["Case"], row["Order"], row["Status"], row["Reason for listing"]) == ("BM-7", 1, "listed", "new lesion")
    unknown = [name for name, value in row.items() if value == "not recorded"]
    assert {"Before treatment", "Trial mentioned", "Deferred", "Decision carried out", "Due", "Decision"} <= {*unknown}
    assert row["Last decision"] == "none in the casebook"
    decided = first_case(held((case, {"prospective": False, "seconds": 0, "outcome": DECIDED})))
    assert (decided["Before treatment"], decided["Seconds discussed"], decided["Trial mentioned"]) == ("no", 0, "yes")
    assert decided["Due"] == datetime(2026, 12, 17)  # noqa: DTZ001  # reason: as above
    assert decided["Decision"] == DECIDED.decision


def test_the_workbook_has_what_is_owed_and_who_attended_on_sheets_of_their_own() -> None:
    sheets = sheets_of(held((bare(PLAIN, "BM-7"), {}), attendance=ROLES))
    assert list(sheets) == ["Cases", "Owed", "Attendance"]
    assert sheets["Attendance"] == [
        ("Discipline", "Present", "Names"),
        ("Medical oncology", "yes", "Dr Verdi"),
        ("Neurosurgery", "no", "not recorded"),
        ("Genetics", "not recorded", "not recorded"),
    ]
    assert sheets["Owed"][0] == ("Case", "What", "Owed by", "Due")
    assert {row[0] for row in sheets["Owed"][1:]} == {"BM-7"}
    empty = sheets_of(held())
    assert [len(rows) for rows in empty.values()] == [1, 1, 1]


FORMULAS = ('=HYPERLINK("http://x","y")', "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\N{FULLWIDTH EQUALS SIGN}1")


def test_no_cell_is_read_as_a_formula() -> None:
    for text in FORMULAS:
        found = held((bare(PLAIN, "BM-7"), {"reason": text, "outcome": Outcome(decision=text)}))
        data, _ = meeting_export(found, release(), ".xlsx")
        (row,) = openpyxl.load_workbook(io.BytesIO(data))["Cases"].iter_rows(min_row=2)
        assert {cell.data_type for cell in row} <= {"s", "n", "d"}
        assert text in [cell.value for cell in row]
        data, _ = meeting_export(found, release(), ".csv")
        head, cells = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
        assert dict(zip(head, cells, strict=True))["Reason for listing"] == f"'{text}"


def test_the_csv_has_the_same_cases_whole_with_the_mark_of_its_encoding() -> None:
    found = held(
        *((bare(PLAIN, f"C-{n}"), {"reason": text, "minutes": f'{text}\n"{text}"'}) for n, text in enumerate(SCRIPTS))
    )
    data, _ = meeting_export(found, release(), ".csv")
    assert data.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert [row[head.index("Reason for listing")] for row in rows] == [*SCRIPTS]
    assert [row[head.index("Minutes")] for row in rows] == [f'{text}\n"{text}"' for text in SCRIPTS]
    assert rows[0][head.index("Meeting")] == "2026-12-03"
    assert [row["Reason for listing"] for row in (first_case(found),)] == [SCRIPTS[0]]


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_an_export_names_the_patient_only_where_it_was_asked_to(suffix: str) -> None:
    case = with_section(bare(PLAIN, NUMBER), "identity", name=NAME, record_number=NUMBER)
    case = with_section(case, "board", outstanding=())
    typed = f"for {NAME}"
    found = held((case, {"reason": typed, "minutes": typed, "outcome": Outcome(decision=typed, owner=typed)}))

    def text(**options: bool) -> str:
        data, _ = meeting_export(found, release(), suffix, **options)
        if suffix == ".csv":
            return data.decode("utf-8-sig")
        book = openpyxl.load_workbook(io.BytesIO(data))
        return repr([list(sheet.iter_rows(values_only=True)) for sheet in book])

    assert not any(word in text() for word in ("Querfurth", "Ottilie", NUMBER))
    assert "NOT REVIEWED FOR NAMES" in text()
    assert "NOT REVIEWED" not in text(reviewed=True)
    assert all(word in text(identified=True) for word in (NAME, NUMBER, "WITH NAMES", "Record number"))


def test_the_same_meeting_gives_the_same_bytes() -> None:
    found = held((bare(PLAIN, "BM-7"), {"outcome": DECIDED}), attendance=ROLES)
    assert meeting_export(found, release(), ".xlsx") == meeting_export(found, release(), ".xlsx")
    assert meeting_letters(found, release(), "a4") == meeting_letters(found, release(), "a4")


def test_days_numbers_and_texts_keep_their_kind() -> None:
    table = DataTable("T", ("day", "n", "share", "text"), ((date(2026, 12, 3), 3, 0.5, "007"),))
    (row,) = openpyxl.load_workbook(io.BytesIO(workbook((table,), "T")))["T"].iter_rows(min_row=2, values_only=True)
    assert row == (datetime(2026, 12, 3), 3, 0.5, "007")  # noqa: DTZ001  # reason: as above
    assert comma_separated(table).decode("utf-8-sig") == "day,n,share,text\r\n2026-12-03,3,0.5,007\r\n"
