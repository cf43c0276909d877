"""What is offered from reports in many styles: nothing wrong, with words that say it, and most of what is there."""

import json
import re
from typing import Any

import pytest
from support.report_texts import ReportText, missed_in, offer_of, report_texts, wrong_in

from her2board.capture.proposal import Proposal, TextSpan
from her2board.capture.report.kinds import suggest_kind
from her2board.case.model import Case

FEWEST_TEXTS = 40
LEAST_RECALL = 0.92


def test_nothing_is_offered_that_a_careful_person_does_not_take() -> None:
    assert len(report_texts()) >= FEWEST_TEXTS
    assert [found for text in report_texts() for found in wrong_in(text)] == []


def test_most_of_what_a_careful_person_takes_is_offered() -> None:
    missed = [found for text in report_texts() for found in missed_in(text)]
    there = sum(len(text.offers) for text in report_texts())
    assert 1 - len(missed) / there >= LEAST_RECALL, missed


_PASTED_AS_ANOTHER = {"pages-scan-of-the-body"}
"""Texts that are read as a kind they are not, to show that nothing comes of it."""


def test_a_suggested_kind_is_the_kind_of_the_text() -> None:
    wrong = [text.id for text in report_texts() if suggest_kind(text.text) not in (None, text.kind)]
    assert set(wrong) <= _PASTED_AS_ANOTHER


_HEADED = {
    "Department of Pathology\nER: negative\nPR: negative\nHER2 IHC: 3+\nKi-67: 40%": "pathology",
    "Histo: breast core. ER+ PR- HER2 3+.": "pathology",
    "Clinic letter 15 May 2026. Breast cancer. Copied result: LVEF 66% (MUGA).": "clinic_letter",
    "Cardio-oncology clinic 30 September 2026. Thank you for referring her. Echocardiogram: EF 48%.": "clinic_letter",
    "ECHOCARDIOGRAM\nStudy date: 26/08/2026. LVEF 61%.": "echo",
    "Head MR examination (Gd enhanced)\nexamination day 2026.05.27\n14 foci in total, maximum 22 mm": "brain_mri",
    "MRT des Schädels vom 03.09.2026. Drei Metastasen.": "brain_mri",
    "CT torace addome con mdc del 20/09/2026. Lesioni epatiche invariate.": "staging_ct",
    "Compte rendu anatomopathologique. Biopsie hépatique. RE : 0 %. HER2 : 3+.": "pathology",
    "Material received: (1) excision left chest wall skin. (2) pleural fluid. HER2 IHC 3+.": "pathology",
    "CARDIAC MRI WITH CONTRAST\nLV: EDV 138 mL, EF 56 %. RV: EF 49 %.": "echo",
    "Timeline (newest first)\nOct 2026 MRI: 4 brain mets\nJul 2025 Commenced Kadcyla. Ongoing.": "systemic_history",
    "Scheda oncologica. 1a linea: trastuzumab 05/2021 - 09/2022. 2a linea: T-DM1 dal 10/2022.": "systemic_history",
    "Subject: quick question. Hi, 55F, HER2+ brain mets, on T-DXd since 3/2026. SRS slots?": "clinic_letter",
    "Telephone review 07/10/2026. PS 2. Dex 6 mg od, brain mets known.": "clinic_letter",
    "Sprechstunde 12.05.2026. Mammakarzinom links, ED 03/2020. Hirnmetastasen.": "clinic_letter",
    "Entlassungsbrief. Aufenthalt vom 03.11.2026 bis 14.11.2026. Mammakarzinom, MRT Kopf am 4.11.": "discharge_summary",
    "9/8/26 ED. 47 F, breast cancer, fit at home.": "emergency_note",
    "HANDOVER 23:40. Found on floor. Known breast cancer, brain metastases.": "emergency_note",
    "PROTOKOLL DER TUMORKONFERENZ VOM 17.09.2026. Mammakarzinom, Hirnmetastasen.": "board_note",
    "Invoice of the department of pathology for May.": None,
    "Clinic 14 has new chairs.": None,
}
"""The heading of a text, and the kind it speaks for."""


def test_a_heading_speaks_for_the_kind_of_its_text() -> None:
    assert {text: suggest_kind(text) for text in _HEADED} == _HEADED


_SIDES = {"left": r"\bl(?:eft|t)?\b|link[es]|gauche|sinistr|izquierd", "right": r"\br(?:ight|t)?\b|rechts|droit|destr"}
_SIDES["breast"] = "breast|sein|mamma|mammella|wle"
_MONTHS = "jan|f[eé][bv]|m[aä]r|a[pvb]r|ma[iyg]|ju[nilg]|giu|ju[lil]|lug|a[ugo]|se[tp]|o[ckt]t|nov|de[czn]|dic|ene|gen"
_WORDS_OF = {
    "positive": r"pos|\+|[3-8]\s*/\s*8|%|amplif|malignant cells",
    "negative": r"neg|-|0\s*/\s*8|0 ?%|\bno|unampl|<",
    "MRI": r"mr|irm|rm\b|magn[eé]tic|enhancement",
    "CT": r"\b(?:ct[hb]?|tac|tc)\b|scanner",
    "none": r"\bno|kein|normal|assenza|absent|pas\b|sin\b|unremark",
    "suspected": r"susp|concern|consistent",
    "new": r"\bne[wu]|nuov|nouvel|not seen",
    "radiosurgery": r"radiosurg|radiochirurg|\bgk\b|stereot|sr[st]|gamma|cyber|left|right|links|rechts|gauche|droit"
    r"|\b[lr]\b|\b(?:re|li)\.",
    "whole_brain": r"whole|ganzhirn|wbrt|in toto|totalité|panencefal",
    "surgery": r"[ck]rani|rese[ck]|excis|surgery|opér",
    "falling": r"taper|riduzion|reduc|wean|ausschleich|décroiss|descend|scalar",
    "toxicity": r"toxi[cz]|tossic|ild|neuropath|pneumonit|pneumopath|interstitial|[cz]ytop|rash|diarr",
    "maintenance": r"maint|erhalt|entretien|manten",
    "neoadjuvant": r"n[eé]o-?ad[ijy]|nact|before (?:her )?surgery",
    "adjuvant": r"ad[ijy]|after (?:her )?surgery",
    "progression": r"progress?|\bp[do]d?\b",
    "metastatic": r"line|linie|l[ií]nea|ligne|\bmet\b|metasta|\b\dl\b|[12]\d{3}",
    "female": r"\bf\b|\df\b|woman|lady|female|yo f|patientin|patiente|donna|mujer|frau|femme",
    "brain": r"brain|cns|zns|cerebral",
    "body": r"leber|liver|bone|lung|nod|h?[eé]p[aá]t|polmon|oss[eä]|extracranial",
    "complete": r"\bcr\b|\brc\b|compl[eè]t",
    "partial": r"\bpr\b|\brp\b|partial|parcial",
    "lymph nodes": r"nod|linfonod|supraclav|lymphknoten",
    "liver": r"liver|h[eéè]p[aá]t|epat|leber",
    "lung": r"lung|pulmon",
    "bone": r"bone|osse|knochen",
    "stable": r"\bsd\b|stable|stabil|unchanged|unver[aä]ndert",
    "progressing": r"progre|new|increas",
    "controlled": r"stab|maintain|unver[aä]nd|respon|respuesta|no evidence of prog|decrease|control|kontroll",
    "absent": r"no (?:evidence|extracranial|active)|no fdg|ned\b|kein|without|none",
    "out_of_range": r"\d ?\(h\)",
    "wild_type": r"wild",
    "in_range": r"norm|wnl",
    "confirmed": r"confirm|proven|malignant|positive",
    "seizures": r"seizure",
    "de_novo": r"de novo",
    "recurrent": r"relaps|recurr",
    "headache": r"headache|c[eé][fp]h?al|kopfschm",
    "premenopausal": r"\bpre",
    "perimenopausal": r"\bperi",
    "postmenopausal": r"\bpost",
    "levetiracetam": r"l[eé]v[eé]tirac[eé]tam|keppra",
    "unsteadiness": r"unstead|gangunsicher",
    "improving": r"improv|better|miglior|am[eé]lior|gebessert|mejor",
    "worsening": r"wors|progressive|increasing|aggrav|peggior|verschlecht|empeor",
    "vomiting": r"vomit|vómit|emesis",
    "brain_and_body": r"brain.*(?:liver|bone|lung|nod|body)|(?:liver|bone|lung|nod|body).*brain",
    "trastuzumab": r"trast|\btras\b|hercep|\bh\b|\bt\b",
    "pertuzumab": r"pertuz|\bp\b",
    "tucatinib": r"tuc",
    "capecitabine": r"cape|\bcap\b|xeloda",
    "docetaxel": r"doce|\bdoc\b|taxotere",
    "paclitaxel": r"pacli|\bpac\b|taxol",
    "lapatinib": r"lapa|\blap\b",
}
"""Words that say a value of a closed list."""


def _says(words: str, value: Any, key: str = "") -> bool:
    """Tell whether words hold what a value is made of: its digits, its words, or a word of what it means."""
    text = " ".join(words.casefold().split())
    if isinstance(value, bool) or value is None:
        return bool(text)
    if isinstance(value, dict):
        return all(_says(words, part, name) for name, part in value.items())
    if isinstance(value, list):
        return all(_says(words, part, key) for part in value)
    if isinstance(value, int | float):
        return _number(text, value)
    if re.fullmatch(r"\d{4}(-\d\d){0,2}", value):
        return _day(text, value)
    if value in _WORDS_OF:
        return bool(re.search(_WORDS_OF[value], text))
    parts = value.casefold().split()
    return all(re.search(_SIDES.get(part, re.escape(part.rstrip("+"))), text) for part in parts)


def _number(text: str, value: float) -> bool:
    numbers = [float(found.replace(",", ".")) for found in re.findall(r"\d+(?:[.,]\d+)?", text)]
    products = {a * b for a in numbers for b in (*numbers, 2, 3, 4)}
    written = {*numbers, *products, *(n * 10 for n in numbers), *(n / 100 for n in numbers), *(n + 1 for n in numbers)}
    worded = re.search(
        r"\b(?:no|keine?|pas|single|solitary|two|zwei|drei|trois|dos|due|tre|three|four|five|six|vier|deux"
        r"|first|second|third|fourth|fifth|daily|every|bd|qds|tage|zweimal|veces|volte|fois)\b",
        text,
    )
    return any(abs(value - number) < 1e-6 for number in written) or bool(worded)


def _day(text: str, iso: str) -> bool:
    year, *rest = iso.split("-")
    digits = set(map(int, re.findall(r"\d+", text)))
    month_said = not rest or int(rest[0]) in digits or bool(re.search(_MONTHS, text))
    return bool({int(year), int(year) % 100} & digits) and month_said and (len(rest) < 2 or int(rest[1]) in digits)


@pytest.mark.parametrize("text", report_texts(), ids=lambda text: text.id)
def test_every_place_holds_the_words_its_value_is_read_from(text: ReportText) -> None:
    proposals: tuple[Proposal, ...] = offer_of(text.text, text.kind).proposals
    for proposal in proposals:
        for source, words in zip(proposal.sources, proposal.words, strict=True):
            assert isinstance(source, TextSpan)
            assert text.text[source.start : source.end] == words
        assert any(_says(" ".join(proposal.words), value) for value in proposal.values), proposal
        assert proposal.kept, proposal
    for seen in offer_of(text.text, text.kind).not_offered:
        assert isinstance(seen.source, TextSpan)
        assert text.text[seen.source.start : seen.source.end] == seen.words


def test_names_and_numbers_of_persons_are_neither_offered_nor_kept() -> None:
    for text in report_texts():
        offer = offer_of(text.text, text.kind)
        kept = " ".join(proposal.kept for proposal in offer.proposals)
        for name in ("Beispiel", "00817263", "Mrs Invented", "Dr Example"):
            assert name not in kept
        assert not any(proposal.field.startswith("identity") for proposal in offer.proposals)


def _recorded(field: str, value: Any) -> dict[str, Any]:
    """Return a case file that holds nothing but one offered value."""
    path = field.removesuffix("[]").split(".")
    inner: Any = {"completeness": "partial", "items": [value]} if field.endswith("[]") else value
    for name in reversed(path):
        inner = {name: inner}
    return {"code": "X", **inner}


def test_a_case_takes_every_value_that_is_offered() -> None:
    for text in report_texts():
        for proposal in offer_of(text.text, text.kind).proposals:
            for value in proposal.values:
                Case.model_validate_json(json.dumps(_recorded(proposal.field, value)))
