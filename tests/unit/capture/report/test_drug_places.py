"""Where a text may name drugs is found once; every drug of it is found there."""

from support.releases import release
from support.report_texts import ReportText, report_texts

from her2board.capture.report.document import read_document
from her2board.capture.report.drug_words import drug_groups, with_drug_places


def _finds_the_same(text: ReportText) -> bool:
    vocabulary = release().vocabulary
    document = read_document(text.text, text.kind)
    known = with_drug_places(document, vocabulary)
    return all(
        drug_groups(known, vocabulary, one.start, one.end) == drug_groups(document, vocabulary, one.start, one.end)
        for one in document.sentences
    )


def test_the_same_drugs_are_found_in_a_text_whose_places_are_known() -> None:
    assert [text.id for text in report_texts() if not _finds_the_same(text)] == []


def test_a_drug_at_the_end_of_a_part_is_found_whatever_follows_it() -> None:
    text = "She had trastuzumab-based treatment and Doc/H/Perjeta, then TDM1s."
    document = with_drug_places(read_document(text, "clinic_letter"), release().vocabulary)
    for drug in ("trastuzumab", "Doc/H/Perjeta", "TDM1"):
        start = text.index(drug)
        assert drug_groups(document, release().vocabulary, start, start + len(drug))


def test_nothing_is_looked_for_in_a_sentence_without_a_drug() -> None:
    text = "She is well. We gave her capecitabine."
    document = with_drug_places(read_document(text, "clinic_letter"), release().vocabulary)
    assert document.drugs_at == (text.index("capecitabine"),)
