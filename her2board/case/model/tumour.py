"""Specimens, genetics and the dates of the disease."""

from typing import Annotated

from pydantic import Field

from her2board.case import terms as t
from her2board.case.dates import PartialDate
from her2board.case.model.base import Flag, Listed, Part, Percent, Short
from her2board.case.terms import Info


class Specimen(Part):
    """Receptors of one specimen, as tested or as stated."""

    site: Short | None = None
    day: Annotated[PartialDate | None, Info("Specimen date", past=True)] = None
    her2_tested: Flag | None = None
    ihc: t.Ihc | None = None
    ish: t.IshResult | None = None
    ish_ratio: Annotated[float | None, Field(ge=0, le=50)] = None
    her2_copies: Annotated[float | None, Field(ge=0, le=100)] = None
    her2_stated: t.Her2Stated | None = None
    er: t.ReceptorStatus | None = None
    er_percent: Percent | None = None
    pr: t.ReceptorStatus | None = None
    pr_percent: Percent | None = None
    ki67_percent: Percent | None = None
    note: Short | None = None


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
        ),
    ] = Field(default_factory=Listed[Specimen])
    histology: Annotated[Short | None, Info("Histology", "H", 19, asks="pathology")] = None
    histology_confirmed: Annotated[
        Flag | None,
        Info("Histology confirmed", "H", 19, why="Radiosurgery needs it", asks="pathology", fact="histology_confirmed"),
    ] = None
    grade: Annotated[int | None, Field(ge=1, le=3), Info("Grade", "O", 19, asks="pathology")] = None
    initial_stage: Annotated[Short | None, Info("Stage at diagnosis", "O", 19, asks="oncology")] = None
    origin: Annotated[t.Origin | None, Info("De novo or recurrent", "S", 0, asks="oncology", fact="origin")] = None
    primary_date: Annotated[PartialDate | None, Info("Primary diagnosed", "H", 19, asks="oncology", past=True)] = None
    metastatic_date: Annotated[PartialDate | None, Info("Metastatic since", "H", 19, asks="oncology", past=True)] = None
    brain_date: Annotated[PartialDate | None, Info("Brain metastases since", "H", 19, asks="oncology", past=True)] = (
        None
    )
    months_since_adjuvant_her2: Annotated[
        float | None,
        Field(ge=0, le=600),
        Info("End of (neo)adjuvant anti-HER2 therapy to relapse", "S", 0, "months", asks="oncology"),
    ] = None
    pik3ca: Annotated[t.Pik3ca | None, Info("PIK3CA", "S", 0, asks="pathology", fact="pik3ca")] = None
    pik3ca_variant: Annotated[Short | None, Info("PIK3CA variant", "O", 0, asks="pathology")] = None
    germline_brca: Annotated[Short | None, Info("Germline BRCA", "O", 0, asks="pathology")] = None
    dpyd: Annotated[
        t.Dpyd | None, Info("DPYD", "S", 0, why="Label warning of capecitabine", asks="pathology", fact="dpyd")
    ] = None
