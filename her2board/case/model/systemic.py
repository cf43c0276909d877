"""Systemic treatment so far, and disease outside the brain."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from her2board.case import terms as t
from her2board.case.dates import PartialDate
from her2board.case.model.base import NOTE, Count, Flag, Listed, Part, Short, Texts
from her2board.case.terms import Info


class SystemicLine(Part):
    """One systemic treatment as given; drugs as people write them."""

    drugs: Annotated[
        tuple[Short, ...] | None,
        Info(
            "Drugs",
            aliases="drug, regimen, treatment, therapy, agent, agents, systemic therapy, "
            "systemic treatment, medication, medications, medication name, drug name, medicine, "
            "medicines, substance, protocol, chemotherapy, active ingredient, generic name, "
            "product, order, order name, medikament, wirkstoff, therapie, schema, medicament, "
            "traitement, protocole, molecule, farmaco, principio attivo, medicamento, tratamiento, "
            "tratamento, esquema, rx, sact, sact regimen, regime, drugs given, drug s, name of drug, anticancer drug, "
            "anticancer treatment, protocollo, verordnung, arzneimittel, medikation, praparat, medicinale, "
            "systemtherapie, behandlung, behandeling, behandling, trattamento, terapia, farmaci",
        ),
    ] = None
    setting: Annotated[t.Setting | None, Info("Setting", aliases="intent, intention, treatment intent")] = None
    start: Annotated[
        PartialDate | None,
        Info(
            "Start",
            past=True,
            aliases="started, from, start date, first dose, begin, began, start dt, date started, cycle 1, "
            "beginn, von, debut, inizio, inicio, date de debut, fecha de inicio, onset, ordered, "
            "c1d1, first cycle, first given, "
            "dates, period, dates of treatment, treatment dates, treatment period, from to, zeitraum, periode, "
            "periodo, seit, gestartet, dal, depuis, "
            "start of therapy, start of treatment, initiated, therapiebeginn, data inizio, startdatum",
        ),
    ] = None
    stop: Annotated[
        PartialDate | None,
        Info(
            "Stop",
            past=True,
            aliases="stopped, end, ended, to, until, stop date, end date, last dose, end dt, date stopped, "
            "discontinued, discontinued date, ende, bis, fin, fine, fim, date de fin, "
            "fecha de fin, last cycle, last given, end of therapy, end of treatment, therapieende, "
            "data fine, einddatum, completed, finished, gestoppt, al, jusqu au",
        ),
    ] = None
    cycles: Annotated[
        int | None,
        Field(ge=1, le=200),
        Info(
            "Cycles given",
            heading="Cycles",
            aliases="cycle, cycles, number of cycles, no of cycles, cycles received, zyklen, cures, cicli, ciclos",
        ),
    ] = None
    months: Annotated[
        float | None,
        Field(ge=0, le=600),
        Info(
            "Months given",
            heading="Months",
            unit="months",
            aliases="duration, months, duration in months, time on treatment, dauer, duree, durata, duracion, duracao",
        ),
    ] = None
    """Where dates are not known; with one end known they tell between which days the other lies."""
    ongoing: Annotated[Flag | None, Info("Ongoing")] = None
    best_response: Annotated[
        t.Response | None,
        Info(
            "Best response",
            aliases="response, bor, best overall response, best resp, risposta, ansprechen, reponse, respuesta",
        ),
    ] = None
    reason_stopped: Annotated[
        t.StopReason | None,
        Info(
            "Reason stopped",
            aliases="reason, reason for stopping, reason for change, reason for discontinuation, why stopped, "
            "reason discontinued, reason stop, reason stopped, stop reason, discontinuation reason, grund, motif, "
            "motivo, reason off, off treatment reason, motif d arret, cause d arret, motivo sospensione, "
            "motivo di sospensione, "
            "motivo interruzione, motivo de suspension, abbruchgrund, grund des abbruchs, beendigungsgrund",
        ),
    ] = None
    progressed_in: Annotated[
        t.ProgressionSite | None,
        Info("Progressed in", aliases="site of progression, progression site, progression in"),
    ] = None
    line: Annotated[
        int | None, Field(ge=1, le=30), Info("Line of metastatic therapy", aliases="linea, ligne, linie")
    ] = None
    """Number as recorded; rows with one number are one line. Else dates, drugs and reasons decide."""
    continues_line: Annotated[bool, Info("Continues line")] = False
    """Continues the line before: a biosimilar or subcutaneous switch, an endocrine drug added."""
    note: Annotated[Short | None, Info("Note", aliases=NOTE)] = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.start and self.stop and self.start.surely_after(self.stop):
            raise ValueError(f"stop {self.stop} lies before start {self.start}: correct one of the two dates")
        if self.ongoing and self.stop:
            raise ValueError(f"ongoing, but stopped {self.stop}: clear one of the two")
        return self


class SystemicLines(Listed[SystemicLine]):
    """The lines in order; a list can be complete for metastatic disease alone."""

    metastatic_complete: Annotated[Flag | None, Info("Metastatic lines are complete")] = None


class Exposure(Part):
    """Whether a drug was given, for when the lines themselves are not known."""

    ever: Annotated[Flag | None, Info("Ever given")] = None
    metastatic: Annotated[Flag | None, Info("For metastatic disease")] = None


class Systemic(Part):
    """Systemic treatment so far and disease outside the brain."""

    lines: Annotated[
        SystemicLines,
        Info(
            "Systemic treatment",
            "H",
            20,
            why="Lines and reasons for stopping",
            asks="oncology",
            question="Which systemic treatments were given, from when to when, and why did each end?",
        ),
    ] = Field(default_factory=SystemicLines)
    exposure: Annotated[
        dict[Short, Exposure],
        Info(
            "Given before",
            "H",
            21,
            why="Cohorts exclude by drug",
            asks="oncology",
            question="Which HER2 drugs were given before, in any setting?",
        ),
    ] = Field(default_factory=dict)
    extracranial: Annotated[
        t.Extracranial | None,
        Info(
            "Disease outside the brain",
            "H",
            22,
            why="Statements depend on it",
            asks="oncology",
            dated_by="systemic.staging_date",
            question="Is the disease outside the brain absent, controlled or progressing?",
        ),
    ] = None
    extracranial_sites: Annotated[
        Texts | None,
        Info(
            "Sites outside the brain",
            "S",
            22,
            asks="oncology",
            question="In which sites outside the brain is there disease?",
        ),
    ] = None
    staging_date: Annotated[
        PartialDate | None,
        Info(
            "Staged on",
            "H",
            22,
            asks="oncology",
            past=True,
            question="On which day was the disease outside the brain staged?",
        ),
    ] = None
    lines_stated: Annotated[
        Count | None,
        Info(
            "Number of metastatic lines, as stated",
            "O",
            20,
            why="Where the drugs are not known",
            asks="oncology",
            question="How many lines of therapy were given for metastatic disease?",
        ),
    ] = None
