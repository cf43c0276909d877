"""The command 'assess': what a case resembles, and what to ask next."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from her2board import builds
from her2board.assessment.assess import assess
from her2board.assessment.export import to_json
from her2board.assessment.model import Assessment, CohortResult, OptionResult
from her2board.briefing.evidence_age import age_notice, out_of_date
from her2board.briefing.formats import changed_locally, not_reviewed, question_words, what_it_decides
from her2board.briefing.local_words import local_access, statement_words, trial_words, whose
from her2board.cli.arguments import Commands, add_reviewed, add_settings_and_day
from her2board.cli.cases import read_case, say_read_anew
from her2board.cli.outgoing import outgoing, say_found
from her2board.cli.output import say, say_json
from her2board.cli.release import chosen_library
from her2board.evidence.library import EvidenceLibrary
from her2board.logic.truth import Truth
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("assess", help=tr("say what a case resembles, and what to ask next"))
    parser.add_argument("case", type=Path, help=tr("the case file"))
    parser.add_argument("--json", action="store_true", help=tr("as JSON on standard output"))
    add_reviewed(parser)
    add_settings_and_day(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the assessment of a case."""
    read = read_case(options.case, options.as_of)
    library = chosen_library(options)
    say_read_anew(options.case, read.stored, library)
    leaving = outgoing(read.case, library)
    assessment = assess(leaving.case, library, read.day)
    unreviewed = say_found(str(options.case), leaving.found, options.reviewed)
    if options.json:
        say_json(to_json(assessment, library) | ({"names": "not_reviewed"} if unreviewed else {}))
    else:
        before = [not_reviewed()] if unreviewed else []
        say("\n".join((*before, *_in_words(assessment, library, read.dated))))
    return 0


def _in_words(assessment: Assessment, library: EvidenceLibrary, dated: bool) -> Iterator[str]:
    today = "" if dated else tr(" (today; no meeting date)")
    yield tr("Case {code}, as of {day}{today}").format(code=assessment.case_code, day=assessment.as_of, today=today)
    if not library.as_reviewed:
        yield changed_locally()
    if old := age_notice(library, assessment.as_of):
        yield old
    if assessment.pause.bypass.open:
        yield tr("URGENT, as recorded: {reasons}").format(reasons=". ".join(assessment.pause.bypass.reasons))
    yield from (f"! {found.text}" for found in assessment.contradictions)
    if assessment.options:
        yield "\n" + tr("Options, in a fixed order")
        for option in assessment.options:
            yield from _option(option)
            yield from (f"    {run.text}" for run in local_access(assessment.local, option.option))
        yield "\n" + tr("Cohorts: population | entry, as met / not met / cannot tell")
        if old := out_of_date(library, assessment.as_of):
            yield f"  ! {old}"
        for result in assessment.cohorts:
            yield from _cohort(result, library)
    else:
        yield "\n" + tr("Comparison is switched off in this program: no cohort and no option is listed.")
    if assessment.local:
        yield "\n" + whose(assessment.local)
        yield from (f"  {'; '.join(trial_words(one, assessment.facts))}" for one in assessment.local.trials)
        yield from (f"  {statement_words(one)}" for one in assessment.local.statements)
    yield "\n" + tr("Ask next")
    yield from (f"  {question_words(ask)} ({ask.asks}): {what_it_decides(ask)}" for ask in assessment.ask_next)
    yield "\n" + f"her2board {builds.version()}, {builds.name()}. {builds.intended_use()}"


def _option(option: OptionResult) -> Iterator[str]:
    yield f"  {option.option.name}: {option.standing_words}"
    yield from (f"    {reason}" for reason in option.because)
    for conflict in option.conflicts:
        yield "    " + tr("sources disagree: {topic}").format(topic=conflict.topic)
        for side in conflict.sides:
            yield "      " + " ".join(str(part) for part in (side.body, side.year, side.text) if part)


def _cohort(result: CohortResult, library: EvidenceLibrary) -> Iterator[str]:
    counts = " | ".join(f"{t.met} / {t.not_met} / {t.unknown}" for t in (result.population, result.entry))
    yield f"  {result.id}: {result.outcome.replace('_', ' ')}, {counts}"
    for finding in result.findings:
        if finding.truth is Truth.NOT_MET:
            yield "    " + tr("differs: {reason}").format(reason=finding.reason)
    if waits_for := [library.catalogue[name].label for name in result.waits_for]:
        yield "    " + tr("needs recording: {facts}").format(facts=", ".join(waits_for))
