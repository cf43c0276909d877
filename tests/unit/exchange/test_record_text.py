"""What is of a patient is laid out as a text, and each proposal has its place in it."""

import json

from support.fhir import LOINC, SNOMED, bundle, coded, observation, order, patient, quantity, read_text, resource
from support.releases import release

from her2board.capture.proposal import Cell, Element, TextSpan
from her2board.exchange.model import Brought
from her2board.exchange.record_text import record_text
from her2board.exchange.review import accepted_as, numbered
from her2board.exchange.sources import NamedBytes, bring
from her2board.exchange.tables.dictionary import HEADINGS

GIVEN = {"start": "2023-02-01", "end": "2023-02-14"}
WHOLE_BRAIN = resource(
    "Procedure",
    "p",
    status="completed",
    code={"text": "whole brain radiotherapy"},
    performedPeriod=GIVEN,
    bodySite=[coded(SNOMED, "258335003")],
)
RECORD = bundle(
    patient(gender="female", birthDate="1973", name=[{"family": "Nemo", "given": ["N"]}]),
    observation("e", coded(LOINC, "89247-1", "ECOG score"), "2025-01-07", valueInteger=1),
    observation("f", coded(LOINC, "89247-1"), "2025-01-07", valueInteger=2),
    WHOLE_BRAIN,
    order("m", "lapatinib", "2022-01", statusReason={"text": "toxicity"}),
    observation("w", "Body weight", "2025-01-07", valueQuantity=quantity(61.5, "kg")),
)


def words_at(brought: Brought, source: Element | Cell) -> str:
    laid_out = record_text(brought)
    span = laid_out.place(source)
    return laid_out.text[span.start : span.end]


def test_a_resource_is_read_line_by_line_and_what_nothing_is_said_about_is_left_out() -> None:
    (record,) = read_text(json.dumps(RECORD))
    text = record_text(record).text
    lines = [line.strip() for line in text.splitlines()]
    assert "Observation/e" in lines
    assert "code: ECOG score (LOINC 89247-1)" in lines
    assert "performed: 2023-02-01 \N{EN DASH} 2023-02-14" in lines
    assert "medication: lapatinib" in lines
    assert "family: Nemo" in lines
    assert "weight" not in text


def test_every_place_that_something_was_read_from_is_a_line_of_its_own() -> None:
    (record,) = read_text(json.dumps(RECORD))
    elements = [source for source in record.sources() if isinstance(source, Element)]
    said = {(element.resource, element.path): words_at(record, element) for element in elements}
    assert said["Patient/p", "gender"] == "gender: female"
    assert said["Observation/e", "value"] == "value: 1"
    assert said["MedicationRequest/m", "medication"] == "medication: lapatinib"
    assert "Nemo" in said["Patient/p", "name"]
    titles = {words for (_, path), words in said.items() if path and words.count("/") == 1 and " " not in words}
    assert titles == set(), "an element has no line of its own"


def test_half_a_character_in_a_name_is_no_part_of_what_is_kept() -> None:
    body = bundle(patient(gender="female"))
    body["entry"][0]["resource"]["id"] = "\ud800"
    (record,) = read_text(json.dumps(body))
    (one,) = numbered([record])
    said = accepted_as(one, "female").said
    assert said is not None
    assert said.source.place == "Patient/?, gender"


def test_a_row_shows_its_filled_cells_with_the_words_of_the_dictionary() -> None:
    described = ",".join(f'"{heading}"' for heading in HEADINGS)
    dictionary = f'{described}\nid,f,,text,Study ID{"," * 13}\nps,f,,radio,ECOG,"1, 0 | 2, 1",{"," * 11}\n'
    files = [NamedBytes("t.csv", b"id,ps,other\nA,2,\nB,1,x\n"), NamedBytes("d.csv", dictionary.encode())]
    first, second = bring(files, release().vocabulary)
    assert record_text(first).text.splitlines() == ["A, row 1", "  Study ID [id]: A", "  ECOG [ps]: 2 (1)"]
    assert words_at(first, Cell(1, "ps", "t.csv")) == "ECOG [ps]: 2 (1)"
    assert words_at(second, Cell(2, "ps", "t.csv")) == "ECOG [ps]: 1 (0)"
    assert record_text(first).place(Cell(9, "ps", "t.csv")) == TextSpan(0, 0)
