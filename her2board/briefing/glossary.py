"""Words and abbreviations of page and annex, explained; no figures, no claims."""

from her2board.wording import Marked, tr

_TERMS: tuple[tuple[str, Marked], ...] = (
    ("\N{DAGGER}", "the value was read in a secondary report, not in the publication itself"),
    (
        "all met, differs, cannot tell",
        "outcome of comparing this case with a published cohort, criterion by criterion",
    ),
    ("ADC", "antibody-drug conjugate"),
    ("ask next", "unrecorded facts, by what their answers decide: urgency, safety, kind of disease, options"),
    ("BM", "brain metastases"),
    ("board", "on the time axis: the day of the meeting"),
    ("CI", "confidence interval, with the level the source states"),
    ("CNS", "central nervous system"),
    ("CNS disease status", "stable, untreated or progressing; active means untreated or progressing"),
    ("CNS-PFS", "progression-free survival counted in the CNS only"),
    ("cohort", "a population that a study reported apart"),
    ("criteria not stated", "the text read does not name the rules by which response was judged"),
    ("ECOG, Karnofsky", "scales of performance status"),
    ("entry", "limits that a protocol measured: performance, heart, steroid dose, wash-outs, organ function"),
    ("HER2, HR, PIK3CA", "receptor status, hormone receptors, and the gene of a kinase subunit"),
    ("hippocampal avoidance", "radiotherapy of the whole brain that spares the hippocampi"),
    ("HR beside a figure", "hazard ratio"),
    ("IHC, ISH", "immunohistochemistry, in-situ hybridisation"),
    ("ILD", "interstitial lung disease or pneumonitis"),
    ("in the annex", "behind a count on the page: what did not fit there is here"),
    ("LMD", "leptomeningeal disease"),
    ("LVEF", "left ventricular ejection fraction"),
    ("n", "patients in a cohort; with a figure, those the figure was counted in"),
    ("not recorded", "nobody has said; never read as no"),
    ("not stated", "the source read says nothing of it; never read as allowed"),
    ("opinion", "a panel or an expert says so, without a trial behind it"),
    ("PFS", "progression-free survival"),
    ("population", "criteria that say who the patients of a cohort were"),
    ("post hoc", "an analysis planned after the results were known"),
    ("RANO-BM, RECIST", "sets of rules for judging response in the brain, and in the whole body"),
    ("SRS", "stereotactic radiosurgery"),
    ("standing", "what recorded facts say to an option; the order of options is fixed and says nothing"),
    ("superseded", "a later report of the same study has a newer value"),
    ("T-DM1, T-DXd", "trastuzumab emtansine, trastuzumab deruxtecan"),
    ("wash-out", "time since the last treatment; studies count to their first dose, this program to the meeting"),
    ("WBRT", "whole-brain radiotherapy"),
)


def glossary() -> tuple[tuple[str, str], ...]:
    """Return terms with their meaning, in the order of the alphabet."""
    return tuple((term, tr(meaning)) for term, meaning in _TERMS)
