"""The short annex about the case: what is outstanding, what the page does not show, the patient, dated facts."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from her2board.assessment.model import Assessment
from her2board.briefing.account import not_shown
from her2board.briefing.annex_case import counts, day_of, freshness
from her2board.briefing.annex_pieces import Paragraph, Piece, Step
from her2board.briefing.formats import MIDDLE_DOT, joined, lower, says, sentence
from her2board.briefing.model import Run, Words, runs
from her2board.briefing.requests import DEPARTMENTS, Request, requests
from her2board.case.fields import field_by_path, value_at
from her2board.case.kept import sentences_by_path
from her2board.case.model import Case
from her2board.case.recorded import Recorded, recorded
from her2board.case.sections import SECTIONS, section_of
from her2board.evidence.library import EvidenceLibrary
from her2board.logic.values import Reading
from her2board.wording import tr, trn

_ENTRY = re.compile(r"\[(\d+)\]")
_PATIENT = (
    "patient.allergies",
    "patient.current_drugs",
    "neurology.antiseizure_drugs",
    "patient.anticoagulated",
    "patient.qt_or_cyp_issue",
    "patient.frailty",
    "patient.cognition",
    "patient.cognition_date",
    "patient.psychosocial",
    "patient.carer",
    "patient.language",
    "patient.travel",
    "patient.work_or_driving",
)
"""What decides whether a plan can be carried out, whatever the page has room for."""


def outstanding(case: Case, assessment: Assessment) -> Iterator[Paragraph]:
    """Yield what is owed, a paragraph for each department: with owner, due date and what it decides."""
    owed = requests(case, assessment)
    for department in DEPARTMENTS:
        pieces = tuple(piece for request in owed if request.department == department for piece in _owed(request))
        if pieces:
            yield Paragraph((Run(f"{sentence(department)}:", "bold"),), pieces)


def _owed(request: Request) -> Iterator[Piece]:
    origin = (
        f"case:absences.{request.path}",
        *(f"case:{listed}" for listed in _LISTS if request.path.startswith(listed)),
    )
    due = tr("due {day}").format(day=request.due) if request.due else ""
    due = tr("{due}: LATE").format(due=due) if request.late else due
    parts = [part for part in (request.state, request.owner, due) if part]
    tail = (Run(f" ({', '.join(parts)})", origin=origin),) if parts else ()
    yield Piece((Run(request.what, "italic" if request.required else "plain", origin=origin), *tail))
    if request.why:
        yield Piece((Run(request.why, "muted"),), Step.DECIDES, "what an answer decides", " \N{EN DASH} ")


_LISTS = ("board.disciplines", "board.outstanding")


def patient(case: Case) -> Iterator[Paragraph]:
    """Yield allergies, drugs, frailty, cognition and social facts in one paragraph, and which are not recorded."""
    values = {path: [value for value in recorded(case) if value.path == path] for path in _PATIENT}
    pieces = [
        Piece((Run(f"{tr(field_by_path()[path].info.label)}: ", "muted"), *joined(map(_words, found), "; ")))
        for path, found in values.items()
        if found
    ]
    silent = [lower(tr(field_by_path()[path].info.label)) for path, found in values.items() if not found]
    if silent:
        names = tr("not recorded: {names}").format(names=", ".join(silent))
        pieces.append(Piece((Run(names, "italic"),)))
    yield Paragraph((), tuple(pieces))


def unshown(
    case: Case, left: Sequence[Recorded], said: Iterable[Paragraph], library: EvidenceLibrary
) -> Iterator[Paragraph]:
    """Yield every value of ``left`` that ``said`` does not say either: a paragraph for each table and section."""
    words = [run for part in said for piece in part.pieces for run in runs(piece.words)]
    still = {value.path for value in not_shown(case, words, library)}
    kept = [value for value in left if value.path in still]
    for (title, table), values in groupby(kept, key=_place):
        lead = (Run(f"{title}:", "bold"),)
        yield Paragraph(lead, tuple(_entries(values, table)), between=MIDDLE_DOT if table else "; ")


def _place(value: Recorded) -> tuple[str, bool]:
    """Return the heading a value is under: its table, else its section of the form; and whether it is a table."""
    if value.field is None:
        return tr("Not recorded, with a reason"), True
    if value.field.kind in ("table", "mapping"):
        return tr(value.field.info.label), True
    return next(tr(section.title) for section in SECTIONS if section.id == section_of(value.path)), False


def _entries(values: Iterable[Recorded], table: bool) -> Iterator[Piece]:
    """Yield the values of a section one by one, those of a table entry by entry."""
    for label, several in groupby(values, key=lambda value: value.label):
        found = list(several)
        number = _ENTRY.search(found[0].path) if table and found[0].field else None
        name = tr("entry {n}").format(n=int(number[1]) + 1) if number else label
        about = () if table and not number and found[0].field else (Run(f"{name}: ", "muted"),)
        yield Piece((*about, *joined((_named(value) for value in found), ", ")))


def _named(value: Recorded) -> Words:
    return (Run(f"{lower(value.column)}: ", "muted"), *_words(value)) if value.column else _words(value)


def _words(value: Recorded) -> Words:
    return (Run("; ".join(value.words), origin=(f"case:{value.path}", *says(value.path))),)


def facts(case: Case, assessment: Assessment, library: EvidenceLibrary) -> Iterator[Paragraph]:
    """Yield the facts that are recorded by section of the form, with date and marks, then ages against limits."""
    by_section: dict[str, list[Piece]] = {section.id: [] for section in SECTIONS}
    of_drugs: dict[str, list[Reading]] = {}
    for reading in assessment.facts.readings.values():
        if reading.is_recorded and counts(reading, library):
            if library.catalogue[reading.name].family:
                of_drugs.setdefault(reading.shown, []).append(reading)
            else:
                section = section_of(library.catalogue[reading.name].fields[0])
                by_section[section].append(_fact(_fact_words(reading, case, library)))
    for shown, several in of_drugs.items():
        if len(several) > _ALIKE:
            words = tr("{n} further drugs and classes: given before {shown}").format(n=len(several), shown=shown)
            by_section["systemic"].append(_fact((Run(words, origin=("count:drugs of which the same is said",)),)))
        else:
            by_section["systemic"] += [_fact(_fact_words(reading, case, library)) for reading in several]
    for part in SECTIONS:
        yield Paragraph((Run(f"{tr(part.title)}:", "bold"),), tuple(by_section[part.id]))
    ages = tuple(_fact(words) for words in _ages(case, assessment, library))
    yield Paragraph((Run(tr("Ages against their limits:"), "bold"),), ages)


def read_from(case: Case) -> Iterator[Paragraph]:
    """Yield how many sentences are kept for what is recorded, and where they are: four pages have no room for them."""
    sentences = sentences_by_path(case)
    kept = {id(one) for value in recorded(case) if value.field for one in sentences(value.path)}
    if kept:
        words = trn(
            "{n} sentence of a report or record is kept with the case: in full in the full annex, and in the program "
            "under What it was read from",
            "{n} sentences of reports or records are kept with the case: in full in the full annex, and in the program "
            "under What it was read from",
            len(kept),
        )
        run = Run(words.format(n=len(kept)), "muted", origin=("count:sentences that are kept",))
        yield Paragraph((Run(tr("Read from:"), "bold"),), (Piece((run,)),))


_ALIKE = 6
"""Drugs of which the same is said that are named; more are counted."""


def _fact(words: Words) -> Piece:
    return Piece(words, Step.FACTS, "facts as derived")


def _fact_words(reading: Reading, case: Case, library: EvidenceLibrary) -> Words:
    day = day_of(reading, library, case)
    notes = [part for part in ("" if day in reading.shown else day, *reading.marks, reading.why) if part]
    origin = (f"fact:{reading.name}",)
    tail = (Run(f" ({'; '.join(notes)})", "muted", origin=origin),) if notes else ()
    return (Run(f"{lower(reading.label)}: ", "muted"), Run(reading.shown or tr("none"), origin=origin), *tail)


def _ages(case: Case, assessment: Assessment, library: EvidenceLibrary) -> Iterator[Words]:
    """Yield what was dated, its day, and its age against its limit."""
    for limit in library.release.freshness:
        if value_at(case, limit.field) is not None:
            label, *further = freshness(case, assessment, limit.field, library.limits.get(limit.field, limit.days))
            yield joined(((*label, Run(":")), *further), " ")
