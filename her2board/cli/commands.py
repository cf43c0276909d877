"""The commands about a case: brief, assess, demo, schema."""

import argparse
import json
import os
import sys
from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

from her2board import paths
from her2board.assessment.assess import assess
from her2board.assessment.export import to_json
from her2board.assessment.model import Assessment
from her2board.assessment.paper import Paper
from her2board.briefing.formats import bears_on
from her2board.case.checks import CaseError, future_dates
from her2board.case.identity import without_identity
from her2board.case.model import Case
from her2board.case.storage import load
from her2board.case.writing import reason, write_atomically
from her2board.cli.program import load_library
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.problems import BrokenReleaseError
from her2board.logic.truth import Truth
from her2board.wording import tr, trn

if TYPE_CHECKING:
    from her2board.briefing.model import Briefing
    from her2board.pdf.blocks import Sheet

DEMO_CASE = "cr18-untreated-asymptomatic"


class CommandError(Exception):
    """A command cannot go on; the words say what is wrong, where, and what would help."""


def told(command: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """Turn everything that can go wrong into words on standard error and exit status 1."""

    @wraps(command)
    def guarded(options: argparse.Namespace) -> int:
        try:
            status = command(options)
            sys.stdout.flush()
            return status
        except (CommandError, BrokenReleaseError) as error:
            sys.stderr.write(f"her2board: {error}\n")
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1

    return guarded


def read_case(path: Path, as_of: date | None) -> tuple[Case, date, bool]:
    """Return the case, the day it is judged for, and whether that is a meeting date rather than today.

    Raises CommandError naming file, field, value and remedy.
    """
    try:
        case = load(path)
        return case, *day_of(case, as_of)
    except CaseError as error:
        raise CommandError(_case_words(path, error)) from error


def day_of(case: Case, as_of: date | None) -> tuple[date, bool]:
    """Return the day a case is judged for, and whether that is a meeting date rather than today.

    Raises CaseError for what would be done after that day.
    """
    meeting = case.meeting.date.exact if case.meeting.date else None
    day = as_of or meeting or date.today()  # noqa: DTZ011  # reason: the edge supplies today, in local time
    if problems := future_dates(case, day):
        raise CaseError(problems)
    return day, (as_of or meeting) is not None


def _case_words(path: Path, error: CaseError) -> str:
    count = len(error.problems)
    head = trn("{path}: {n} problem; nothing was written", "{path}: {n} problems; nothing was written", count)
    lines = "".join(f"\n  {problem}" for problem in error.problems)
    return head.format(path=path, n=count) + lines


def make_page(
    case: Case,
    library: EvidenceLibrary,
    day: date,
    dated: bool,
    paper: Paper,
    annex: bool = False,
    identified: bool = False,
    tell: "Callable[[Sheet, Briefing], None] | None" = None,
    previous: Assessment | None = None,
) -> bytes:
    """Return the page of a case as PDF, the case inside it, without what identifies the patient unless ``identified``.

    ``tell`` is given its layout; ``previous``, an assessment with the same library, saves work.
    Raises CommandError when it cannot be drawn.
    """
    from her2board.briefing.compose import compose
    from her2board.pdf.enclosure import enclose
    from her2board.pdf.fonts import GlyphError
    from her2board.pdf.page import PageTooFullError
    from her2board.pdf.render import render_page

    if not identified:
        case = without_identity(case)  # neither on the page nor in the case that travels with it
    assessment = assess(case, library, day, previous)
    briefing = compose(case, assessment, library, dated, identified)
    further: list[Sheet] = []
    try:
        if annex:
            from her2board.pdf.annex import annex_sheets

            further = annex_sheets(assessment, library, paper, case)
        return render_page(briefing, library, paper, further, enclose(case, assessment, library, dated), tell)
    except GlyphError as error:
        fields = ", ".join(fields_with(case, error.characters))
        raise CommandError(f"{fields}: {error}" if fields else str(error)) from error
    except PageTooFullError as error:
        raise CommandError(str(error)) from error


def fields_with(case: Case, characters: tuple[str, ...]) -> list[str]:
    """Return the paths of the texts in which one of ``characters`` stands."""
    found: list[str] = []

    def look(value: Any, path: str) -> None:
        if isinstance(value, str):
            if any(character in value for character in characters):
                found.append(path)
        elif isinstance(value, dict):
            for key, entry in value.items():
                look(entry, f"{path}.{key}".removeprefix("."))
        elif isinstance(value, list):
            for index, entry in enumerate(value):
                look(entry, f"{path}[{index}]")

    look(case.model_dump(mode="json", exclude_none=True), "")
    return found


def write(path: Path, data: bytes, *inputs: Path) -> None:
    """Write a file whole or not at all, and never over one of ``inputs``. Raises CommandError with a way out."""
    try:
        write_atomically(path, data, inputs=inputs)
    except OSError as error:
        raise unwritable(path, error) from error


def unwritable(path: Path, error: OSError) -> CommandError:
    """Return the words for a file that could not be written."""
    return CommandError(tr("{path}: cannot be written: {why}").format(path=path, why=reason(error, path)))


def _clinic_file(options: argparse.Namespace) -> Path | None:
    """Return the file of the clinic's settings: the one that is named, else the program's own where there is one."""
    path: Path = options.settings or paths.clinic_file()
    return path if options.settings is not None or path.exists() else None


def chosen_library(options: argparse.Namespace) -> EvidenceLibrary:
    """Return the release with the clinic's settings. Raises CommandError where they cannot be used."""
    library, path = load_library(), _clinic_file(options)
    if path is None:
        return library
    from her2board.cli.settings import applied

    return applied(path, library)


def chosen_paper(options: argparse.Namespace) -> Paper:
    """Return the paper that is named, else the clinic's, else A4. Raises CommandError for unusable settings."""
    path = _clinic_file(options)
    if options.paper is not None or path is None:
        return options.paper or "a4"
    from her2board.cli.settings import read

    return read(path).paper


def _given(path: Path | None) -> tuple[Path, ...]:
    return () if path is None else (path,)


@told
def brief(options: argparse.Namespace) -> int:
    """Write the one page of a case."""
    from her2board.pdf.provenance import page_account

    case, day, dated = read_case(options.case, options.as_of)
    accounts: list[dict[str, Any]] = []

    def tell(sheet: "Sheet", shown: "Briefing") -> None:
        accounts.append(page_account(sheet, shown))

    try:
        library, paper = chosen_library(options), chosen_paper(options)
        data = make_page(case, library, day, dated, paper, options.annex, options.identified, tell)
    except CommandError as error:
        raise CommandError(tr("{path}: {why}; nothing was written").format(path=options.case, why=error)) from error
    write(options.output, data, options.case, *_given(options.settings))
    if options.json:
        sys.stdout.write(json.dumps(accounts[0], ensure_ascii=False, indent=1) + "\n")
    return 0


@told
def assess_case(options: argparse.Namespace) -> int:
    """Print the assessment of a case."""
    case, day, dated = read_case(options.case, options.as_of)
    library = chosen_library(options)
    assessment = assess(without_identity(case), library, day)
    if options.json:
        sys.stdout.write(json.dumps(to_json(assessment, library), ensure_ascii=False, indent=1) + "\n")
    else:
        sys.stdout.write(_in_words(assessment, library, dated))
    return 0


def _in_words(assessment: Assessment, library: EvidenceLibrary, dated: bool) -> str:
    today = "" if dated else tr(" (today; no meeting date)")
    lines = [tr("Case {code}, as of {day}{today}").format(code=assessment.case_code, day=assessment.as_of, today=today)]
    if assessment.pause.bypass.open:
        lines.append(tr("URGENT, as recorded: {reasons}").format(reasons=". ".join(assessment.pause.bypass.reasons)))
    lines += [f"! {found.text}" for found in assessment.contradictions]
    lines.append("\n" + tr("Options, in a fixed order"))
    for option in assessment.options:
        lines.append(f"  {option.option.name}: {option.standing_words}")
        lines += [f"    {reason}" for reason in option.because]
        for conflict in option.conflicts:
            lines.append("    " + tr("sources disagree: {topic}").format(topic=conflict.topic))
            lines += [
                "      " + " ".join(str(part) for part in (side.body, side.year or "", side.text) if part)
                for side in conflict.sides
            ]
    lines.append("\n" + tr("Cohorts: population | entry, as met / not met / cannot tell"))
    for result in assessment.cohorts:
        population, entry = result.population, result.entry
        counts = " | ".join(f"{t.met} / {t.not_met} / {t.unknown}" for t in (population, entry))
        lines.append(f"  {result.id}: {result.outcome.replace('_', ' ')}, {counts}")
        lines += [
            "    " + tr("differs: {reason}").format(reason=finding.reason)
            for finding in result.findings
            if finding.truth is Truth.NOT_MET
        ]
        if telling := [library.catalogue[name].label for name in result.waits_for]:
            lines.append("    " + tr("would tell: {facts}").format(facts=", ".join(telling)))
    lines.append("\n" + tr("Ask next"))
    lines += [f"  {ask.label} ({ask.asks}): {bears_on(ask)}" for ask in assessment.ask_next]
    return "\n".join(lines) + "\n"


@told
def demo(options: argparse.Namespace) -> int:
    """Write the briefing of a published case, say where, and open the program when there is a display."""
    source = paths.example_case(DEMO_CASE)
    case, day, dated = read_case(source, None)
    data = make_page(case, load_library(), day, dated, "a4")
    try:
        options.output.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(f"{options.output.parent}: {error.strerror}") from error
    write(options.output, data, source)
    sys.stdout.write(tr("The briefing of a published case: {path}\n").format(path=options.output.resolve()))
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or sys.platform in ("win32", "darwin")):
        sys.stdout.write(tr("There is no display, so the program was not opened.\n"))
        return 0
    sys.stdout.flush()
    from her2board.cli.program import open_program

    return open_program(source)


@told
def schema(options: argparse.Namespace) -> int:
    """Print the JSON Schema of a case file, of 'assess --json', or of every kind of evidence record."""
    from pydantic.json_schema import models_json_schema

    from her2board.case.drugs import DrugList
    from her2board.case.storage import envelope_schema
    from her2board.evidence import records
    from her2board.evidence.references import Reference

    if options.what == "case":
        document = envelope_schema()
    elif options.what == "assessment":
        from her2board.assessment.published import PublishedAssessment

        document = PublishedAssessment.model_json_schema()
    else:
        models = (
            Reference,
            records.Trial,
            records.GuidelineGroup,
            records.Conflicts,
            records.SequencingOption,
            records.Caution,
            records.LocalTherapyTrial,
            records.BackgroundNotes,
            records.Pause,
            records.Release,
            DrugList,
        )
        _, document = models_json_schema([(model, "validation") for model in models], title="her2board evidence")
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=1) + "\n")
    return 0
