"""Tables as people keep them in spreadsheets, letters and mails of many countries."""

import pytest
from support.copied import Reader

from her2board.capture.tables.cells import cells_of
from her2board.capture.tables.layout import laid_out
from her2board.case.fields import item_fields
from her2board.case.model import Lesion, LocalTherapy, Specimen, SystemicLine
from her2board.evidence.library import EvidenceLibrary


@pytest.fixture
def read(library: EvidenceLibrary) -> Reader:
    return Reader(library)


def _stopped(stop: str) -> str:
    return f"Drug\tStart\tStop\nEnhertu\t03/2023\t{stop}\n"


def test_words_for_going_on_are_ongoing_and_what_only_may_be_is_asked(read: Reader) -> None:
    base = {"drugs": ["Enhertu"], "start": "2023-03"}
    for stop in ("cont.", "cont'd", "heute", "oggi", "aujourd'hui", "on treatment", "lopend"):
        assert read.values(SystemicLine, _stopped(stop)) == [{**base, "ongoing": True}], stop
    for stop in ("ongoing?", "ongoing (C8)", "ongoing since 5/23", "->", "\N{RIGHTWARDS ARROW}", "current, cycle 9"):
        (entry,) = read.values(SystemicLine, _stopped(stop))
        assert "ongoing" not in entry, stop
        assert "stop" not in entry, stop
        assert read.offers(SystemicLine, _stopped(stop)) == ["ongoing"], stop
        assert read.answered(SystemicLine, _stopped(stop), 2)["ongoing"] is True, stop
    for stop in ("not ongoing", "lost to f/u", "stopped", "on hold", "since 5/23"):
        assert read.values(SystemicLine, _stopped(stop)) == [{**base, "note": f"Stop: {stop}"}], stop
        assert not read.offers(SystemicLine, _stopped(stop)), stop


def test_an_end_is_read_behind_until_and_asked_before_more_words_which_are_kept(read: Reader) -> None:
    for stop in ("until 5/23", "bis 05/2023", "through May 2023", "jusqu'en mai 2023", "fino al 05/2023"):
        (entry,) = read.values(SystemicLine, _stopped(stop))
        assert entry["stop"] == "2023-05", stop
    for stop in ("09/2024 (PD brain)", "Sep 2024 - PD", "09/2024, toxicity"):
        (entry,) = read.values(SystemicLine, _stopped(stop))
        assert "stop" not in entry, stop
        assert read.answered(SystemicLine, _stopped(stop), 2)["stop"] == "2024-09", stop
        assert read.answered(SystemicLine, _stopped(stop), 2)["note"] == f"Stop: {stop}", stop


def test_a_part_of_a_year_is_marked_and_its_words_are_kept(read: Reader) -> None:
    (entry,) = read.entries(SystemicLine, "Drug\tStart\nEnhertu\tspring 2022\n")
    assert entry.entry == {"drugs": ["Enhertu"], "start": "2022", "note": "Start: spring 2022"}
    assert entry.marks == ("Start: 2022 (the whole of it; 'spring' is not recorded)",)


def test_a_name_that_is_chosen_keeps_what_was_written(read: Reader) -> None:
    entry = read.answered(SystemicLine, "Drug\tStart\nEnhertu (?)\t2022\n", 0)
    assert entry == {"drugs": ["T-DXd"], "start": "2022", "note": "Drug: Enhertu (?)"}


_TWO = [
    {"drugs": ["Kadcyla"], "start": "2023-03", "stop": "2024-09"},
    {"drugs": ["Enhertu"], "start": "2024-10", "ongoing": True},
]


@pytest.mark.parametrize(
    "text",
    [
        "Drug\tKadcyla\tEnhertu\nStart\t03/2023\t10/2024\nStop\t09/2024\tongoing\n",
        "Systemic therapy of Mrs X\t\t\nDrug\tStart\tStop\nKadcyla\t03/2023\t09/2024\nEnhertu\t10/2024\tongoing\n",
        "Drug\tStart\tStop\nKadcyla\t03/2023\t09/2024\nDrug\tStart\tStop\nEnhertu\t10/2024\tongoing\n",
        "• Kadcyla 03/2023 – 09/2024\n• Enhertu 10/2024 – ongoing\n",
        "1. Kadcyla: 03/2023 to 09/2024\n2. Enhertu: 10/2024 to present\n",
        "03/2023-09/2024: Kadcyla\n10/2024-today: Enhertu\n",
        "Regimen\tDates\nKadcyla\t03/2023 - 09/2024\nEnhertu\tOct 2024 - ongoing\n",
        "Rx\tC1D1\tLast cycle\nKadcyla\t03/2023\t09/2024\nEnhertu\t10/2024\tcont.\n",
        "SACT regimen\tFirst given\tLast given\nKadcyla\t03/2023\t09/2024\nEnhertu\t10/2024\tcurrent\n",
        "<table><tr><th>Drug</th><th>Start</th><th>Stop</th></tr><tr><td>Kadcyla</td><td>03/2023</td><td>09/2024"
        "</td></tr>\n<tr><td><b>Enhertu</b></td><td>10/2024</td><td>ongoing&nbsp;</td></tr></table>",
    ],
)
def test_two_treatments_are_read_however_their_list_is_laid_out(text: str, read: Reader) -> None:
    assert read.values(SystemicLine, text) == _TWO


def test_a_line_of_a_list_keeps_what_is_behind_its_dates(read: Reader) -> None:
    text = "- docetaxel + trastuzumab 01/2020 – 05/2020 (6 cycles)\n- Enhertu since Mar 2024\n"
    assert read.values(SystemicLine, text) == [
        {"drugs": ["docetaxel", "trastuzumab"], "start": "2020-01", "stop": "2020-05", "cycles": 6},
        {"drugs": ["Enhertu"], "start": "2024-03"},
    ]


def test_a_numbered_table_of_lesions_under_a_title_is_read(read: Reader) -> None:
    text = "MRI 12/2025\t\t\n#\tLocation\tDimension\n1\tL frontal\t14x9 mm\n2\tR cerebellum\t0.8 cm\n"
    assert read.values(Lesion, text) == [
        {"site": "L frontal", "diameter_mm": 14, "perpendicular_mm": 9, "note": "#: 1"},
        {"site": "R cerebellum", "diameter_mm": 8, "note": "#: 2"},
    ]
    assert read.values(Lesion, "Localisation\tDiamètre (mm)\nfrontal gauche\t12\n") == [
        {"site": "frontal gauche", "diameter_mm": 12}
    ]


def test_a_period_of_which_an_end_has_two_readings_is_not_taken(read: Reader) -> None:
    (entry,) = read.entries(SystemicLine, "Regimen\tDates\nKadcyla\t1/2/24 - 3/4/24\n")
    assert entry.entry == {"drugs": ["Kadcyla"], "note": "Dates: 1/2/24 - 3/4/24"}


def test_lines_of_values_are_no_headings_at_the_side() -> None:
    columns = item_fields(Specimen)
    rows = cells_of("Specimen\tDate\tHER2\nbiopsy\t2019\t3+\nbiopsy\t2020\t2+\n")
    assert laid_out(rows, columns).rows == rows
    rows = cells_of("Drug\tStart\nKadcyla\t2019\n")
    assert laid_out(rows, item_fields(SystemicLine)).rows == rows


def _local(kind: str, dose: str = "", site: str = "") -> str:
    return f"Treatment\tDate\tDose\tFractions\tSite\n{kind}\t03/2025\t{dose}\t\t{site}\n"


def test_radiotherapy_elsewhere_is_none_of_the_brain(read: Reader) -> None:
    kinds = {
        ("Palliative RT femur", ""): "extracranial_radiotherapy",
        ("SBRT", "liver"): "extracranial_radiotherapy",
        ("Radiotherapy", "left breast"): "extracranial_radiotherapy",
        ("Palliative RT", "spine L3"): "spinal_radiotherapy",
        ("EBRT", "T10-12"): "spinal_radiotherapy",
    }
    for (kind, site), value in kinds.items():
        assert read.values(LocalTherapy, _local(kind, "8 Gy/1#", site))[0]["kind"] == value, kind
    (entry,) = read.values(LocalTherapy, _local("SRS", "20 Gy", "L3"))
    assert "kind" not in entry
    assert read.offers(LocalTherapy, _local("SRS", "20 Gy", "L3")) == ["spinal radiotherapy"]


def test_an_operation_elsewhere_is_none_of_the_brain(read: Reader) -> None:
    kinds = {
        ("metastasectomy", "liver"): "extracranial_surgery",
        ("surgery", "left breast"): "extracranial_surgery",
        ("mastectomy", ""): "extracranial_surgery",
        ("surgery", "L3"): "spinal_surgery",
        ("OP links frontal", ""): "surgery",
        ("resection", "right parietal"): "surgery",
        ("craniotomy", ""): "surgery",
    }
    for (kind, site), value in kinds.items():
        assert read.values(LocalTherapy, _local(kind, "", site))[0]["kind"] == value, kind


def test_radiotherapy_of_which_the_kind_is_open_is_asked(read: Reader) -> None:
    in_brain = ["whole-brain radiotherapy", "radiosurgery", "other brain radiotherapy"]
    elsewhere = ["spinal radiotherapy", "extracranial radiotherapy"]
    offers = {
        ("Radiotherapy", "brain"): in_brain,
        ("RT", ""): [*in_brain, *elsewhere],
        ("SBRT", ""): elsewhere,
        ("PCI", ""): ["whole-brain radiotherapy"],
        ("resection + cavity SRS", "R parietal"): ["surgery", "radiosurgery"],
    }
    for (kind, site), offered in offers.items():
        assert "kind" not in read.values(LocalTherapy, _local(kind, "", site))[0], kind
        assert read.offers(LocalTherapy, _local(kind, "", site)) == offered, kind
    for kind in ("SRS to resection cavity", "postoperative SRS", "SRS after resection"):
        assert read.values(LocalTherapy, _local(kind))[0]["kind"] == "radiosurgery", kind
    for kind in ("RT planned", "Radiotherapy declined"):
        assert not read.offers(LocalTherapy, _local(kind)), kind


def test_a_pair_in_the_column_of_doses_is_asked_and_fractions_may_be_f(read: Reader) -> None:
    assert "dose_gy" not in read.values(LocalTherapy, _local("WBRT", "30/10"))[0]
    assert read.offers(LocalTherapy, _local("WBRT", "30/10")) == ["30 Gy in 10"]
    answered = read.answered(LocalTherapy, _local("WBRT", "30/10"), 2)
    assert (answered["dose_gy"], answered["fractions"]) == (30, 10)
    (entry,) = read.values(LocalTherapy, _local("WBRT", "30Gy/10F"))
    assert (entry["dose_gy"], entry["fractions"]) == (30, 10)


def test_er_and_pr_in_one_column_are_both_read(read: Reader) -> None:
    for heading, cell in (("HR", "ER+/PR-"), ("ER/PR", "+/-"), ("ER/PgR", "pos / neg"), ("ER", "ER pos, PR neg")):
        (entry,) = read.values(Specimen, f"Specimen\tHER2\t{heading}\nbrain\t3+\t{cell}\n")
        assert (entry["er"], entry["pr"]) == ("positive", "negative"), cell
    (entry,) = read.values(Specimen, "Specimen\tER/PR\nbrain\t90 % / 5 %\n")
    assert (entry["er_percent"], entry["pr_percent"]) == (90, 5)
    (entry,) = read.values(Specimen, "Gewebe\tHER2\t\xd6R\tPgR\nLeber\t3+\t90%\tnegativ\n")
    assert entry == {"site": "Leber", "ihc": "3+", "er_percent": 90, "pr": "negative"}


def test_receptors_in_one_column_are_read_as_far_as_they_say(read: Reader) -> None:
    (entry,) = read.values(Specimen, "Site\tReceptors\nbrain\tER- PR- HER2 3+\n")
    assert entry == {"site": "brain", "er": "negative", "pr": "negative", "ihc": "3+"}
    (entry,) = read.values(Specimen, "Site\tReceptors\nbrain\tER+/PR+/HER2-\n")
    assert entry == {"site": "brain", "er": "positive", "pr": "positive", "her2_stated": "negative"}
    (entry,) = read.values(Specimen, "Biopsy\tER/PR/HER2\nliver\t-/+/3+\n")
    assert entry == {"site": "liver", "er": "negative", "pr": "positive", "ihc": "3+"}
    (entry,) = read.values(Specimen, "Probe\tHormonrezeptoren\nMamma\tnegativ\n")
    assert entry == {"site": "Mamma", "er": "negative", "pr": "negative"}
    positive = "Probe\tHormonrezeptoren\nMamma\tpositiv\n"
    assert read.values(Specimen, positive) == [{"site": "Mamma", "note": "Hormonrezeptoren: positiv"}]
    assert read.offers(Specimen, positive) == ["ER", "PR", "ER and PR"]
    (entry,) = read.values(Specimen, "Site\tHER2 (FISH)\nbrain\tratio 2.4, copy no 6.2\n")
    assert entry == {"site": "brain", "ish_ratio": 2.4, "her2_copies": 6.2}


def test_a_word_in_the_column_of_scores_is_a_stated_status_or_asked(read: Reader) -> None:
    def specimen(cell: str) -> str:
        return f"Specimen\tHER2 IHC\nliver\t{cell}\n"

    stated = {"positive": "positive", "neg": "negative", "HER2 low": "low", "low": "low"}
    for cell, status in stated.items():
        assert read.values(Specimen, specimen(cell)) == [{"site": "liver", "her2_stated": status}], cell
    for cell, score in {"neg (1+)": "1+", "negative (0)": "0", "positive (3+)": "3+", "equivocal: 2+": "2+"}.items():
        assert read.values(Specimen, specimen(cell))[0]["ihc"] == score, cell
    assert read.offers(Specimen, specimen("equivocal")) == ["2+"]
    for cell in ("negative (3+)", "not positive", "positive?"):
        assert set(read.values(Specimen, specimen(cell))[0]) == {"site", "note"}, cell


def test_a_setting_may_say_the_number_of_the_line(read: Reader) -> None:
    def line(setting: str) -> str:
        return f"Drug\tSetting\nEnhertu\t{setting}\n"

    for setting in ("1L met", "metastatic 1L", "1st line (palliative)", "1. Linie metastasiert"):
        (entry,) = read.values(SystemicLine, line(setting))
        assert (entry["setting"], entry["line"]) == ("metastatic", 1), setting
    for setting in ("2L", "2nd line"):
        assert "setting" not in read.values(SystemicLine, line(setting))[0]
        answered = read.answered(SystemicLine, line(setting), 1)
        assert (answered["setting"], answered["line"]) == ("metastatic", 2), setting


def test_a_size_with_an_earlier_one_behind_it_is_asked_and_kept(read: Reader) -> None:
    def lesion(size: str, heading: str = "Size") -> str:
        return f"Site\t{heading}\nvermis\t{size}\n"

    for size in ("12 mm (was 8)", "12 mm (prev. 8 mm)", "1.2 cm, previously 0.8 cm", "~12mm"):
        assert "diameter_mm" not in read.values(Lesion, lesion(size))[0], size
        assert read.answered(Lesion, lesion(size), 1)["diameter_mm"] == 12, size
    assert read.answered(Lesion, lesion("12 mm (was 8)"), 1)["note"] == "Size: 12 mm (was 8)"
    assert read.offers(Lesion, lesion("14", "Diameter [cm]")) == ["14 mm", "140 mm"]
    assert read.values(Lesion, lesion("1.4", "Diameter [cm]")) == [{"site": "vermis", "diameter_mm": 14}]


def test_a_reason_says_where_it_progressed(read: Reader) -> None:
    def line(reason: str) -> dict[str, object]:
        (entry,) = read.values(SystemicLine, f"Drug\tReason stop\nKadcyla\t{reason}\n")
        return {name: entry[name] for name in ("reason_stopped", "progressed_in") if name in entry}

    where = {
        "PD CNS": "brain",
        "PD (brain)": "brain",
        "progression in liver": "body",
        "PD brain + liver": "brain_and_body",
    }
    for reason, place in where.items():
        assert line(reason) == {"reason_stopped": "progression", "progressed_in": place}, reason
    assert line("progressive disease") == line("PD") == {"reason_stopped": "progression"}
    assert line("PD trial arm") == {}


def test_words_around_a_date_and_two_dates_are_asked_and_kept(read: Reader) -> None:
    offers = {
        "stopped 02/24 due to thrombocytopenia": ["Feb 2024"],
        "last dose 02/24": ["Feb 2024"],
        "01/24 or 02/24": ["Jan 2024", "Feb 2024"],
    }
    for stop, offered in offers.items():
        assert read.offers(SystemicLine, _stopped(stop)) == offered, stop
    assert read.answered(SystemicLine, _stopped("last dose 02/24"), 2)["note"] == "Stop: last dose 02/24"
    (entry,) = read.values(SystemicLine, "Drug\tDuration\nKadcyla\t03/2023\N{EN DASH}09/2024\n")
    assert entry == {"drugs": ["Kadcyla"], "start": "2023-03", "stop": "2024-09"}


def test_headings_that_nobody_knows_are_no_lesion(read: Reader) -> None:
    (entry,) = read.values(Lesion, "Site\tAP\tTR\tCC\nL frontal\t14\t9\t11\n")
    assert entry == {"site": "L frontal", "note": "AP: 14; TR: 9; CC: 11"}


def test_a_word_that_leaves_the_state_of_a_lesion_open_is_asked(read: Reader) -> None:
    offers = {"progressive": ["treated progressing", "untreated"], "stable": ["treated stable", "untreated"]}
    for word, offered in offers.items():
        assert read.offers(Lesion, f"Site\tState\nvermis\t{word}\n") == offered, word
    assert read.values(Lesion, "Site\tState\nvermis\tnot treated\n") == [{"site": "vermis", "state": "untreated"}]


def test_long_repeated_texts_are_read_in_reasonable_time(read: Reader) -> None:
    for part in ("1 x ", "1", "1 a ", "12 Mar 2024 ", "er + ", "pd ", "1 or ", "stopped 1 ", "(1", "xx ", "1-"):
        cell = (part * 299)[:299]
        assert len(read.entries(Lesion, f"Site\tSize\nvermis\t{cell}\n")) == 1
        assert len(read.entries(SystemicLine, f"Drug\tStart\tStop\tReason\n{cell}\t{cell}\t{cell}\t{cell}\n")) == 1
        assert len(read.entries(Specimen, f"Site\tIHC\tER\tReceptors\nbrain\t{cell}\t{cell}\t{cell}\n")) == 1
    for text in ("<td>" * 50_000, "<" * 50_000 + "<tr><td>a</td>", "x " * 50_000 + "03/2023 - 04/2024"):
        assert cells_of(text)


@pytest.mark.parametrize(
    ("text", "drugs"),
    [
        ("Drug\tStart\nTrastuzumab\nderuxtecan\t2024\nKadcyla\t2023", ["Trastuzumab deruxtecan", "Kadcyla"]),
        ("Drug\tStart\nTrastuzumab-\t2024\nemtansine\t\nKadcyla\t2023", ["Trastuzumab emtansine", "Kadcyla"]),
        ("Trastuzumab\nderuxtecan\nlapatinib", ["Trastuzumab deruxtecan", "lapatinib"]),
        ("Drug\tStart\nTrastuzumab\t2020\nderuxtecan\t2024", ["Trastuzumab", "deruxtecan"]),
        ("Drug\tStart\nTrastuzumab\t\npertuzumab\t2024", ["Trastuzumab", "pertuzumab"]),
    ],
)
def test_a_name_that_a_line_break_cut_in_two_is_one_drug(text: str, drugs: list[str], read: Reader) -> None:
    assert [entry["drugs"] for entry in read.values(SystemicLine, text)] == [[drug] for drug in drugs]


def test_days_in_headings_that_have_two_readings_are_headings_all_the_same(read: Reader) -> None:
    text = "Lesion\t05/04/2026\t04/05/2026\nleft frontal\t12 mm\t8 mm"
    assert read.values(Lesion, text) == [{"site": "left frontal", "note": "05/04/2026: 12 mm; 04/05/2026: 8 mm"}]


def test_a_heading_shows_which_comes_first_in_the_days_of_the_others(read: Reader) -> None:
    (entry,) = read.values(Lesion, "Lesion\t11/18/2026\t03/12/2026\nleft frontal\t12 mm\t8 mm")
    assert entry == {"site": "left frontal", "diameter_mm": 12, "earlier_sizes": [{"mm": 8, "day": "2026-03-12"}]}
