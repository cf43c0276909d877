"""Case files as people write them: what the command line reads out of each, and what it says is open."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from support.command_line import Result, Run

MEETING = {"meeting": {"date": "2026-11-26"}}


def written(folder: Path, *sections: dict[str, Any]) -> Path:
    """Write an invented case of these sections, as the first form of the file had it."""
    case: dict[str, Any] = {"code": "W-1", "origin": "invented", "source": "invented", **MEETING}
    for section in sections:
        case |= section
    path = folder / "case.her2case"
    path.write_text(json.dumps({"format": "her2board-case", "schema_version": 1, "case": case}), encoding="utf-8")
    return path


def treated(*rows: dict[str, Any]) -> dict[str, Any]:
    items = [{"setting": "metastatic", **row} for row in rows]
    return {"systemic": {"lines": {"completeness": "complete", "items": items}}}


def assessed(run: Run, path: Path) -> dict[str, Any]:
    result = run("assess", path, "--json")
    assert result.status in (0, 1), result.err
    return json.loads(result.out)


NAMES = [
    "Trastuzumab デルクステカン",
    "trastuzumab 德鲁替康",
    "Trastuzumab дерукстекан",
    "T-DXd (?)",
    "✗ Enhertu",
    "Enhertu – declined",
    "no Enhertu",
    "Enhertu → T-DM1",
    "E\u0336n\u0336h\u0336e\u0336r\u0336t\u0336u\u0336",
    "kein Enhertu",
    "trastuzumab?deruxtecan",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_is_not_known_is_said_to_be_open_and_excludes_no_drug(name: str, run: Run, tmp_path: Path) -> None:
    found = assessed(run, written(tmp_path, treated({"drugs": [name], "start": "2025-07"})))
    assert any(f"'{name}' is not a known drug name" in one["text"] for one in found["contradictions"])
    facts = found["facts"]
    for drug in ("given.trastuzumab_deruxtecan", "given.trastuzumab", "given.trastuzumab_emtansine"):
        assert facts[drug]["value"] is None, drug


DRUGS, SAME = ("docetaxel", "trastuzumab", "pertuzumab"), {"start": "2024-03-20", "stop": "2024-08-15"}
REGIMENS: list[tuple[str, list[dict[str, Any]], int | dict[str, int]]] = [
    ("one row per drug, one regimen", [{"drugs": [drug], **SAME} for drug in DRUGS], 1),
    (
        "one row per drug, starts a week apart",
        [{"drugs": [d], "start": f"2024-03-{20 + n}", "ongoing": True} for n, d in enumerate(DRUGS)],
        1,
    ),
    (
        "tucatinib, trastuzumab and capecitabine in three rows",
        [{"drugs": [d], "start": "2025-02-03", "ongoing": True} for d in ("Tukysa", "Herceptin", "Xeloda")],
        1,
    ),
    (
        "two regimens, each in two rows",
        [
            {"drugs": ["paclitaxel"], "start": "2024-01-05", "stop": "2024-06-01", "reason_stopped": "progression"},
            {"drugs": ["trastuzumab"], "start": "2024-01-05", "stop": "2024-06-01", "reason_stopped": "progression"},
            {"drugs": ["lapatinib"], "start": "2024-07-01", "ongoing": True},
            {"drugs": ["capecitabine"], "start": "2024-07-02", "ongoing": True},
        ],
        2,
    ),
    (
        "a biosimilar instead of the drug",
        [
            {"drugs": ["Herceptin"], "start": "2024-01-05", "stop": "2024-06", "reason_stopped": "planned_switch"},
            {"drugs": ["Ogivri"], "start": "2024-06"},
        ],
        1,
    ),
    (
        "dexamethasone beside a regimen",
        [{"drugs": ["T-DXd"], "start": "2025-01"}, {"drugs": ["dexamethasone"], "start": "2026-01"}],
        1,
    ),
    (
        "loperamide beside a regimen",
        [{"drugs": ["Nerlynx"], "start": "2025-01"}, {"drugs": ["loperamide"], "start": "2025-06"}],
        1,
    ),
    (
        "a bone agent beside a regimen",
        [{"drugs": ["T-DM1"], "start": "2025-01"}, {"drugs": ["denosumab"], "start": "2025-09"}],
        1,
    ),
    (
        "a growth factor beside a regimen",
        [{"drugs": ["docetaxel"], "start": "2025-01"}, {"drugs": ["pegfilgrastim"], "start": "2025-03"}],
        1,
    ),
    (
        "an antiseizure drug beside a regimen",
        [{"drugs": ["T-DXd"], "start": "2025-01"}, {"drugs": ["levetiracetam"], "start": "2026-02"}],
        1,
    ),
    (
        "an antiemetic beside a regimen",
        [{"drugs": ["T-DXd"], "start": "2025-01"}, {"drugs": ["ondansetron"], "start": "2025-03"}],
        1,
    ),
]


@pytest.mark.parametrize(("rows", "lines"), [row[1:] for row in REGIMENS], ids=[row[0] for row in REGIMENS])
def test_rows_are_not_lines(rows: list[dict[str, Any]], lines: int, run: Run, tmp_path: Path) -> None:
    found = assessed(run, written(tmp_path, treated(*rows)))
    assert found["facts"]["metastatic_lines"]["value"] == lines
    assert found["contradictions"] == []


@pytest.mark.parametrize(("lvef", "percent"), [(0.61, "61"), (0.55, "55"), (0.4, "40"), (0.995, "99.5"), (1.0, "100")])
def test_an_ejection_fraction_written_as_a_part_of_one_is_asked(
    lvef: float, percent: str, run: Run, tmp_path: Path
) -> None:
    found = assessed(run, written(tmp_path, {"organs": {"lvef_percent": lvef}}))
    assert [one["text"] for one in found["contradictions"]] == [f"LVEF {lvef:g} %: is {percent} % meant?"]
    cautions = [caution["because"] for option in found["options"] for caution in option["cautions"]]
    assert all("is " in words and " % meant?" in words for words in cautions if words.startswith("LVEF"))


ORDERS: list[tuple[dict[str, Any], str]] = [
    (
        {"tumour": {"primary_date": "2024-03", "metastatic_date": "2021-03"}},
        "primary diagnosed Mar 2024, after metastatic",
    ),
    (
        {"tumour": {"primary_date": "2024-03", "brain_date": "2023"}},
        "primary diagnosed Mar 2024, after brain metastases",
    ),
    ({"tumour": {"metastatic_date": "2025", "brain_date": "2024"}}, "metastatic since 2025, after brain metastases"),
    (
        {"tumour": {"metastatic_date": "2025-06"}, **treated({"drugs": ["T-DXd"], "start": "2024-01"})},
        "metastatic since Jun 2025, after line 1 starts for metastatic disease",
    ),
    (
        {"tumour": {"primary_date": "2025"}, **treated({"drugs": ["T-DM1"], "setting": "adjuvant", "start": "2024"})},
        "primary diagnosed 2025, after line 1 starts as adjuvant therapy",
    ),
    (
        {
            "tumour": {"brain_date": "2025-06"},
            "brain": {
                "local_therapies": {"completeness": "partial", "items": [{"kind": "radiosurgery", "day": "2025-01"}]}
            },
        },
        "brain metastases since Jun 2025, after local therapy 1 of the brain",
    ),
]


@pytest.mark.parametrize(("sections", "text"), ORDERS)
def test_dates_in_an_order_that_cannot_be_are_said(
    sections: dict[str, Any], text: str, run: Run, tmp_path: Path
) -> None:
    found = assessed(run, written(tmp_path, sections))
    assert any(one["text"].startswith(text) for one in found["contradictions"]), found["contradictions"]


AGES: list[tuple[dict[str, Any], str, Any]] = [
    ({"organs": {"lvef_date": "2025-07-26"}}, "nothing here is newer than 26 Jul 2025; asked again", 52),
    ({"patient": {"age": 52, "age_on": "2025-07-26"}}, "", 52),
    ({"patient": {"age": 52, "birth_year": 1972}}, "", {"low": 53, "high": 54}),
    ({"organs": {"lvef_date": "2026-07-26"}}, None, 52),
]


@pytest.mark.parametrize(("sections", "said", "age"), AGES)
def test_an_age_of_16_months_ago_is_asked_again_or_comes_from_the_year_of_birth(
    sections: dict[str, Any], said: str | None, age: Any, run: Run, tmp_path: Path
) -> None:
    result = run("assess", written(tmp_path, {"patient": {"age": 52}}, sections), "--json")
    found = json.loads(result.out)["facts"]["age"]
    born = "birth_year" in sections.get("patient", {})
    assert found["value"] == age
    assert any("out of date" in mark for mark in found["marks"]) == (said is not None and not born)
    assert (said or "") in result.err


def test_a_page_that_other_programs_saved_agrees_and_a_changed_one_does_not(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.pdf"
    run("brief", written(tmp_path, {"patient": {"ecog": 1}}), "-o", page)
    assert "saved anew" not in run("verify", page).out

    def verified(change: Callable[[pikepdf.Pdf], object], **how: object) -> Result:
        with pikepdf.open(page) as pdf:
            change(pdf)
            pdf.save(tmp_path / "other.pdf", **how)
        return run("verify", tmp_path / "other.pdf")

    for how in (
        {"linearize": True},
        {"object_stream_mode": pikepdf.ObjectStreamMode.generate, "recompress_flate": True},
    ):
        result = verified(lambda pdf: None, **how)
        assert (result.status, result.out.splitlines()[0]) == (0, "file: saved anew by another program")
        assert "hash: agrees" in result.out
    assert verified(lambda pdf: pdf.pages[0].rotate(90, relative=True)).status == 0
    assert verified(lambda pdf: pdf.pages.append(pdf.pages[0])).status == 1, "a second page that the program never made"


@pytest.mark.parametrize(
    "question",
    ["op\xadtion", "op\u200btion", "op\u2060tion", "\u200eoption\u200e", "\ufeffoption", "op\u202dtion"],
    ids=["soft hyphen", "zero width space", "word joiner", "left-to-right", "byte order mark", "override"],
)
def test_what_prints_as_nothing_does_not_keep_a_page_from_being_made(question: str, run: Run, tmp_path: Path) -> None:
    case = written(tmp_path, {"meeting": {"date": "2026-11-26", "question": f"Is T-DXd an {question} here?"}})
    result = run("brief", case, "-o", tmp_path / "page.pdf")
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF"), result.err
