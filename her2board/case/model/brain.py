"""The metastases of the brain, the leptomeninges, and earlier treatment of both."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from her2board.case import terms as t
from her2board.case.dates import PartialDate
from her2board.case.model.base import DATE, NOTE, SITE, Count, Flag, Listed, Part, Short, Texts
from her2board.case.model.sizes import Millimetres
from her2board.case.terms import Info


class DatedSize(Part):
    """A diameter as it was measured before, and when."""

    mm: Millimetres | None = None
    day: PartialDate | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.mm is None and self.day is None:
            raise ValueError("an earlier size has a diameter or a day: write 8 mm Oct 2025")
        return self

    def shown(self) -> str:
        """Return it in words: '8 mm, Oct 2025'."""
        size = self.mm.shown() if self.mm else ""
        return ", ".join(filter(None, (size, self.day.shown() if self.day else "")))


class Lesion(Part):
    """One brain lesion as the report describes it."""

    site: Annotated[
        Short | None,
        Info("Site", aliases=f"location, region, lesion, lesions, lesion site, lasion, lesione, lesao, target, {SITE}"),
    ] = None
    diameter_mm: Annotated[
        Millimetres | None,
        Info(
            "Diameter",
            unit="mm",
            aliases="diameter, size, largest diameter, longest diameter, max diameter, maximum diameter, "
            "long axis, size largest, grosse, groesse, taille, dimensioni, tamano, tamanho, "
            "durchmesser, dimension, dimensions, dimensione, diametre, "
            "diametro, maximaler durchmesser, diametro massimo, dia, max size, size max, grootte, storrelse",
        ),
    ] = None
    perpendicular_mm: Annotated[
        Millimetres | None,
        Info("Perpendicular", unit="mm", aliases="perpendicular, perpendicular diameter, short axis, width"),
    ] = None
    state: Annotated[t.LesionState | None, Info("State", aliases="status, class, stato, zustand, statut, estado")] = (
        None
    )
    treated_on: Annotated[PartialDate | None, Info("Treated on", past=True, aliases="date treated, treatment date")] = (
        None
    )
    growth: Annotated[
        t.Growth | None,
        Info("Growth", aliases="change, interval change, evolution, dynamics, verlauf, evoluzione, evolucion"),
    ] = None
    earlier_sizes: Annotated[
        tuple[DatedSize, ...] | None,
        Info(
            "Earlier sizes",
            unit="mm",
            aliases="earlier size, earlier diameter, previous size, previous sizes, prior size, prior sizes, "
            "previous diameter, prior diameter, size before, baseline size, baseline diameter, serial sizes, "
            "vorgrosse, vormessung, taille precedente, dimensioni precedenti, tamano previo",
        ),
    ] = None
    """In any order; growth is computed between those whose days can be put in order."""
    histology: Annotated[
        t.LesionHistology | None,
        Info(
            "Histology",
            aliases="pathology, biopsy result, resection histology, histologic diagnosis, histologie, istologia, "
            "histologia",
        ),
    ] = None
    histology_date: Annotated[
        PartialDate | None, Info("Histology of", past=True, aliases="date of histology, histology date, pathology date")
    ] = None
    note: Annotated[Short | None, Info("Note", aliases=NOTE)] = None

    @model_validator(mode="after")
    def _sizes_are_listed(self) -> Self:
        if self.earlier_sizes == ():
            raise ValueError("earlier_sizes lists at least one, or is left out when none is recorded")
        return self


class LocalTherapy(Part):
    """One local therapy, of the brain or elsewhere; ``day`` is the operation or the last fraction."""

    kind: Annotated[
        t.LocalKind,
        Info(
            "Kind",
            aliases="type, modality, treatment, therapy, rt, procedure, technique, therapie, traitement, bestrahlung, "
            "strahlentherapie, radiotherapy, radioterapia, radiotherapie, art, verfahren, technik, tecnica, tipo, "
            "modalita, trattamento, tratamiento",
        ),
    ]
    day: Annotated[
        PartialDate | None,
        Info(
            "Day of surgery or last fraction",
            heading="Date",
            past=True,
            aliases="last fraction, date of surgery, treatment date, date completed, completion date, "
            f"end date, completed, finished, done on, given on, dates, zeitraum, ende, data fine, {DATE}",
        ),
    ] = None
    site: Annotated[Short | None, Info("Site", aliases=f"location, region, lesion, lesion site, target, {SITE}")] = None
    dose_gy: Annotated[
        float | None,
        Field(gt=0, le=100),
        Info(
            "Dose",
            unit="Gy",
            aliases="dose, total dose, prescription, prescribed dose, dosis, gesamtdosis, "
            "dose totale, dose fx, dose fractions, dose and fractions, dose fractionation, fractionation",
        ),
    ] = None
    fractions: Annotated[
        int | None,
        Field(ge=1, le=60),
        Info("Fractions", aliases="fx, no of fractions, number of fractions, #fx, fx #, fraktionen, frazioni, seances"),
    ] = None
    volume_ml: Annotated[
        float | None, Field(gt=0, le=2000), Info("Volume", unit="mL", aliases="volume, target volume")
    ] = None
    hippocampal_avoidance: Annotated[Flag | None, Info("Hippocampal avoidance", aliases="ha")] = None
    memantine: Annotated[Flag | None, Info("Memantine")] = None
    result: Annotated[Short | None, Info("Result", aliases="outcome, response")] = None


class Brain(Part):
    """Brain imaging, lesions, leptomeninges, class and earlier local therapy."""

    modality: Annotated[
        t.Modality | None,
        Info(
            "Imaging",
            "H",
            8,
            why="Contrast MRI is the reference",
            asks="radiology",
            question="With what was the brain imaged: MRI, CT or PET?",
        ),
    ] = None
    contrast: Annotated[
        Flag | None, Info("With contrast", "H", 8, asks="radiology", question="Was contrast given for {mri}?")
    ] = None
    imaging_date: Annotated[
        PartialDate | None,
        Info("Imaging date", "H", 8, asks="radiology", past=True, question="On which day was the last brain imaging?"),
    ] = None
    reported_by: Annotated[
        Short | None, Info("Reported by", "H", 8, asks="radiology", question="Who reported {mri}?")
    ] = None
    comparison_date: Annotated[
        PartialDate | None,
        Info(
            "Compared with imaging of",
            "H",
            8,
            asks="radiology",
            past=True,
            question="With imaging of which day was {mri} compared?",
        ),
    ] = None
    lesion_count: Annotated[
        Count | None,
        Info(
            "Number of metastases",
            "H",
            9,
            why="Radiosurgery statements change with it",
            asks="radiology",
            dated_by="brain.imaging_date",
            question="How many brain metastases are there on {mri}?",
        ),
    ] = None
    largest_mm: Annotated[
        Millimetres | None,
        Info(
            "Largest diameter",
            "H",
            10,
            "mm",
            "Cut-points for radiosurgery and surgery",
            "radiology",
            dated_by="brain.imaging_date",
            question="How large is the largest metastasis on {mri}, in mm?",
        ),
    ] = None
    measurable: Annotated[
        Flag | None,
        Info(
            "Measurable CNS disease",
            "H",
            10,
            why="CNS response was counted in measurable disease only",
            asks="radiology",
            dated_by="brain.imaging_date",
            question="Is there measurable CNS disease on {mri}?",
        ),
    ] = None
    total_volume_ml: Annotated[
        float | None,
        Field(ge=0, le=2000),
        Info(
            "Total volume",
            "O",
            11,
            "mL",
            asks="radiology",
            question="What is the total volume of the metastases on {mri}, in mL?",
        ),
    ] = None
    sites: Annotated[
        Texts | None,
        Info(
            "Sites",
            "S",
            12,
            why="Decides access",
            asks="radiology",
            question="In which sites of the brain are the metastases on {mri}?",
        ),
    ] = None
    brainstem: Annotated[
        Flag | None,
        Info(
            "Lesion in the brainstem",
            "S",
            12,
            asks="radiology",
            question="Is there a lesion in the brainstem on {mri}?",
        ),
    ] = None
    posterior_fossa: Annotated[
        Flag | None,
        Info(
            "Lesion in the posterior fossa",
            "S",
            12,
            asks="radiology",
            question="Is there a lesion in the posterior fossa on {mri}?",
        ),
    ] = None
    eloquent: Annotated[
        Flag | None,
        Info(
            "Lesion in eloquent cortex",
            "S",
            12,
            asks="radiology",
            question="Is there a lesion in eloquent cortex on {mri}?",
        ),
    ] = None
    near_hippocampus: Annotated[
        Flag | None,
        Info(
            "Lesion near a hippocampus",
            "S",
            12,
            why="Decides hippocampal avoidance",
            asks="radiology",
            question="Is there a lesion close to a hippocampus on {mri}?",
        ),
    ] = None
    spinal_cord: Annotated[
        Flag | None,
        Info(
            "Lesion in the spinal cord",
            "O",
            0,
            asks="radiology",
            fact="spinal_cord_lesion",
            question="Is there a lesion in the spinal cord?",
        ),
    ] = None
    oedema: Annotated[Flag | None, Info("Oedema", "S", 12, asks="radiology", question="Is there oedema on {mri}?")] = (
        None
    )
    lesions: Annotated[
        Listed[Lesion],
        Info(
            "Lesions one by one", "O", 9, asks="radiology", question="What are site and size of each lesion on {mri}?"
        ),
    ] = Field(default_factory=Listed[Lesion])
    leptomeninges: Annotated[
        t.Leptomeninges | None,
        Info(
            "Leptomeningeal disease",
            "H",
            13,
            why="A separate pathway and separate cohorts",
            asks="radiology",
            question="Is there leptomeningeal disease on {mri}?",
        ),
    ] = None
    leptomeninges_basis: Annotated[
        Short | None,
        Info(
            "Basis (MRI, cytology, signs)",
            "H",
            13,
            asks="radiology",
            question="What does the finding on the leptomeninges rest on: MRI, cytology or signs?",
        ),
    ] = None
    leptomeninges_treated: Annotated[
        Flag | None,
        Info(
            "Leptomeningeal disease treated before",
            "O",
            13,
            asks="oncology",
            fact="leptomeningeal_treated",
            question="Was leptomeningeal disease treated before?",
        ),
    ] = None
    cns_class: Annotated[
        tuple[t.CnsClass, ...] | None,
        Info(
            "CNS disease status",
            "H",
            14,
            why="Cohorts were split by it",
            asks="radiology",
            question="Are the brain metastases untreated, stable or progressing?",
        ),
    ] = None
    class_date: Annotated[
        PartialDate | None,
        Info("Class recorded on", "S", 14, past=True, question="On which day was the CNS disease status given?"),
    ] = None
    local_therapies: Annotated[
        Listed[LocalTherapy],
        Info(
            "Earlier brain treatment",
            "H",
            15,
            why="Wash-outs and re-irradiation",
            asks="radiation oncology",
            question="Which radiotherapy or surgery of the brain was done before, when, at which site and dose?",
        ),
    ] = Field(default_factory=Listed[LocalTherapy])
    necrosis_in_question: Annotated[
        Flag | None,
        Info(
            "Radiation necrosis in question",
            "S",
            16,
            why="Then 'progressing' is not known",
            asks="radiology",
            question="Is radiation necrosis in question on {mri}?",
        ),
    ] = None
    metastases_present: Annotated[
        Flag | None,
        Info(
            "Brain metastases present",
            "O",
            9,
            why="Says so where nobody counted them",
            asks="radiology",
            question="Are there brain metastases on {mri}?",
        ),
    ] = None
    csf_cytology: Annotated[
        t.Cytology | None,
        Info(
            "CSF cytology",
            "O",
            13,
            why="A positive one confirms leptomeningeal disease",
            asks="pathology",
            question="What does CSF cytology show?",
        ),
    ] = None
    csf_date: Annotated[PartialDate | None, Info("CSF taken on", "O", 13, asks="pathology", past=True)] = None

    @model_validator(mode="after")
    def _class_is_a_set(self) -> Self:
        if self.cns_class is not None:
            if not self.cns_class:
                raise ValueError("cns_class names at least one class, or is left out when not recorded")
            if len(set(self.cns_class)) < len(self.cns_class):
                raise ValueError("cns_class names a class twice")
        return self
