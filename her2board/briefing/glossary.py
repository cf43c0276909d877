"""Words and abbreviations of page and annex, explained; no figures, no claims."""

from her2board.wording import tr

_TERMS: tuple[tuple[str, str], ...] = (
    ("\N{DAGGER}", tr("the value was read in a secondary report, not in the publication itself")),
    (
        "all met, differs, cannot tell",
        tr("outcome of comparing this case with a published cohort, criterion by criterion"),
    ),
    ("ADC", tr("antibody-drug conjugate")),
    ("ask next", tr("unrecorded facts, those first that bear on most cohorts, options and points")),
    ("BM", tr("brain metastases")),
    ("board", tr("on the time axis: the day of the meeting")),
    ("CI", tr("confidence interval, with the level the source states")),
    ("class", tr("of the metastases: stable, untreated, progressing; active means untreated or progressing")),
    ("CNS", tr("central nervous system")),
    ("CNS-PFS", tr("progression-free survival counted in the CNS only")),
    ("cohort", tr("a population that a study reported apart")),
    ("criteria not stated", tr("the text read does not name the rules by which response was judged")),
    ("ECOG, Karnofsky", tr("scales of performance status")),
    ("entry", tr("limits that a protocol measured: performance, heart, steroid dose, wash-outs, organ function")),
    ("HER2, HR, PIK3CA", tr("receptor status, hormone receptors, and the gene of a kinase subunit")),
    ("hippocampal avoidance", tr("radiotherapy of the whole brain that spares the hippocampi")),
    ("HR beside a figure", tr("hazard ratio")),
    ("IHC, ISH", tr("immunohistochemistry, in-situ hybridisation")),
    ("ILD", tr("interstitial lung disease or pneumonitis")),
    ("in the annex", tr("behind a count on the page: what did not fit there stands here")),
    ("LVEF", tr("left ventricular ejection fraction")),
    ("n", tr("patients in a cohort; with a figure, those the figure was counted in")),
    ("not recorded", tr("nobody has said; never read as no")),
    ("not stated", tr("the source read says nothing of it; never read as allowed")),
    ("opinion", tr("a panel or an expert says so, without a trial behind it")),
    ("PFS", tr("progression-free survival")),
    ("population", tr("criteria that say who the patients of a cohort were")),
    ("post hoc", tr("an analysis planned after the results were known")),
    ("RANO-BM, RECIST", tr("sets of rules for judging response in the brain, and in the whole body")),
    ("SRS", tr("stereotactic radiosurgery")),
    ("standing", tr("what recorded facts say to an option; the order of options is fixed and says nothing")),
    ("superseded", tr("a later report of the same study has a newer value")),
    ("T-DM1, T-DXd", tr("trastuzumab emtansine, trastuzumab deruxtecan")),
    ("wash-out", tr("time since the last treatment; studies count to their first dose, this program to the meeting")),
    ("WBRT", tr("whole-brain radiotherapy")),
)


def glossary() -> tuple[tuple[str, str], ...]:
    """Return terms with their meaning, in the order of the alphabet."""
    return _TERMS
