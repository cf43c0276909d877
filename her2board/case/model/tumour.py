"""Specimens, genetics and the dates of the disease."""

from typing import Annotated

from pydantic import Field

from her2board.case import terms as t
from her2board.case.dates import PartialDate
from her2board.case.model.base import DATE, NOTE, SITE, Flag, Listed, Part, Percent, Short
from her2board.case.terms import Info


class Specimen(Part):
    """Receptors of one specimen, as tested or as stated."""

    site: Annotated[
        Short | None,
        Info(
            "Site",
            aliases="location, region, specimen, specimen site, biopsy, biopsy site, sample, tissue, probe, material, "
            "gewebe, entnahmeort, sede biopsia, prelevement, muestra, materiale, campione, echantillon, gewebeprobe, "
            f"{SITE}",
        ),
    ] = None
    day: Annotated[
        PartialDate | None,
        Info(
            "Specimen date",
            heading="Date",
            past=True,
            aliases=f"biopsy date, collected, collection date, entnahmedatum, data prelievo, {DATE}",
        ),
    ] = None
    ihc: Annotated[
        t.Ihc | None, Info("IHC", aliases="her2 ihc, her2neu ihc, her2 neu ihc, her2 immunohistochemistry")
    ] = None
    ish: Annotated[
        t.IshResult | None,
        Info(
            "ISH",
            aliases="fish, ish her2 cep17, fish her2 cep17, her2 ish, her2 fish, her2 ish result, cish, sish, dish, "
            "her2 neu fish",
        ),
    ] = None
    her2_stated: Annotated[t.Her2Stated | None, Info("HER2 as stated", aliases="her2, her2 status, her2 neu")] = None
    er: Annotated[
        t.ReceptorStatus | None,
        Info(
            "ER",
            aliases="er status, oestrogen receptor, estrogen receptor, re, "
            "or, ostrogenrezeptor, oestrogenrezeptor, recettori estrogeni, recepteurs estrogenes",
        ),
    ] = None
    er_percent: Annotated[Percent | None, Info("ER stained", heading="ER", unit="%", aliases="er %")] = None
    pr: Annotated[
        t.ReceptorStatus | None,
        Info(
            "PR",
            aliases="pr status, pgr, progesterone receptor, rp, "
            "progesteronrezeptor, recettori progesterone, recepteurs progesterone",
        ),
    ] = None
    pr_percent: Annotated[Percent | None, Info("PR stained", heading="PR", unit="%", aliases="pr %, pgr %")] = None
    ki67_percent: Annotated[
        Percent | None, Info("Ki-67", unit="%", aliases="ki67, ki 67, ki67 %, ki 67 %, mib1, mib 1")
    ] = None
    ish_ratio: Annotated[
        float | None,
        Field(ge=0, le=50),
        Info("ISH ratio", aliases="ratio, fish ratio, her2 cep17 ratio, her2 cep17"),
    ] = None
    her2_copies: Annotated[
        float | None, Field(ge=0, le=100), Info("HER2 copies", aliases="copy number, her2 copy number, copies")
    ] = None
    her2_tested: Annotated[Flag | None, Info("HER2 tested")] = None
    her2_said: Annotated[
        Short | None, Info("HER2 as said", heading="HER2, as said", aliases="her2 as said, her2 comment")
    ] = None
    er_said: Annotated[
        Short | None, Info("ER as said", heading="ER, as said", aliases="er as said, er score, er allred, er h score")
    ] = None
    pr_said: Annotated[
        Short | None, Info("PR as said", heading="PR, as said", aliases="pr as said, pr score, pr allred, pr h score")
    ] = None
    """Words and scores as the report has them: Allred, H-score, '2+ (equivocal)'. No status is read from them."""
    note: Annotated[Short | None, Info("Note", aliases=NOTE)] = None


class Tumour(Part):
    """Specimens, genetics and the dates of the disease."""

    specimens: Annotated[
        Listed[Specimen],
        Info(
            "Receptor results",
            "H",
            17,
            why="HER2 decides every cohort; 18: hormone receptors",
            asks="pathology",
            question="What are HER2, ER and PR of each specimen, with site and date?",
        ),
    ] = Field(default_factory=Listed[Specimen])
    histology: Annotated[
        Short | None, Info("Histology", "H", 19, asks="pathology", question="What is the histology?")
    ] = None
    histology_confirmed: Annotated[
        Flag | None,
        Info(
            "Histology confirmed",
            "H",
            19,
            why="Radiosurgery needs it",
            asks="pathology",
            fact="histology_confirmed",
            question="Is the histology confirmed?",
        ),
    ] = None
    grade: Annotated[int | None, Field(ge=1, le=3), Info("Grade", "O", 19, asks="pathology")] = None
    initial_stage: Annotated[Short | None, Info("Stage at diagnosis", "O", 19, asks="oncology")] = None
    origin: Annotated[
        t.Origin | None,
        Info(
            "De novo or recurrent",
            "S",
            0,
            asks="oncology",
            fact="origin",
            question="Was the disease metastatic from the start, or is it a recurrence?",
        ),
    ] = None
    primary_date: Annotated[
        PartialDate | None,
        Info(
            "Primary diagnosed", "H", 19, asks="oncology", past=True, question="When was the primary tumour diagnosed?"
        ),
    ] = None
    metastatic_date: Annotated[
        PartialDate | None,
        Info("Metastatic since", "H", 19, asks="oncology", past=True, question="Since when is the disease metastatic?"),
    ] = None
    brain_date: Annotated[
        PartialDate | None,
        Info(
            "Brain metastases since",
            "H",
            19,
            asks="oncology",
            past=True,
            question="Since when are brain metastases known?",
        ),
    ] = None
    months_since_adjuvant_her2: Annotated[
        float | None,
        Field(ge=0, le=600),
        Info(
            "End of (neo)adjuvant anti-HER2 therapy to relapse",
            "S",
            0,
            "months",
            asks="oncology",
            question="How many months passed from the end of (neo)adjuvant anti-HER2 therapy to relapse?",
        ),
    ] = None
    pik3ca: Annotated[
        t.Pik3ca | None, Info("PIK3CA", "S", 0, asks="pathology", fact="pik3ca", question="Is PIK3CA mutated?")
    ] = None
    pik3ca_variant: Annotated[Short | None, Info("PIK3CA variant", "O", 0, asks="pathology")] = None
    germline_brca: Annotated[Short | None, Info("Germline BRCA", "O", 0, asks="pathology")] = None
    dpyd: Annotated[
        t.Dpyd | None,
        Info(
            "DPYD",
            "S",
            0,
            why="Label warning of capecitabine",
            asks="pathology",
            fact="dpyd",
            question="Which DPYD genotype does the patient have?",
        ),
    ] = None
