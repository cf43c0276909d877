"""What the actions on the evidence share: the release asked for, the cohorts that filters keep, citations."""

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path

from her2board.cli.arguments import Parser
from her2board.cli.errors import CommandError
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.loader import load_release
from her2board.evidence.records import Cohort, Trial, WithdrawnValue
from her2board.evidence.references import Source
from her2board.evidence.terms import CohortClass
from her2board.wording import did_you_mean, tr


def require_folder(folder: Path) -> None:
    """Raise CommandError where there is no such folder."""
    if not folder.is_dir():
        raise CommandError(tr("{path}: no such folder").format(path=folder))


def folder_of(options: argparse.Namespace) -> Path | None:
    """Return the folder of the release that is named; None for the shipped one. Raises CommandError."""
    folder: Path | None = options.release
    if folder is not None:
        require_folder(folder)
    return folder


def library_of(options: argparse.Namespace) -> EvidenceLibrary:
    """Return the release, read from its files. Raises BrokenReleaseError with every problem."""
    return load_release(folder_of(options))


def add_filters(parser: Parser) -> None:
    """Add the filters by drug, class of brain metastases and year."""
    parser.add_argument("--drug", metavar="NAME", help=tr("only trials of this drug or class, by any of its names"))
    words = tr("only cohorts of this class of brain metastases")
    parser.add_argument("--bm-class", choices=tuple(CohortClass), help=words)
    parser.add_argument("--since", type=int, metavar="YEAR", help=tr("only trials published in or after this year"))


def chosen(library: EvidenceLibrary, options: argparse.Namespace) -> list[tuple[Trial, Cohort]]:
    """Return the cohorts that the filters keep. Raises CommandError for a drug name that is not known."""
    wanted: frozenset[str] | None = None
    if options.drug is not None:
        vocabulary = library.vocabulary
        ids = vocabulary.resolve(options.drug)
        if not ids:
            hint = did_you_mean(options.drug, (*vocabulary.names(), *vocabulary.ids))
            raise CommandError(tr("'{name}' is not a known drug or class name").format(name=options.drug) + hint)
        wanted = frozenset(member for id_ in ids for member in vocabulary.members(id_))
    return [
        (trial, cohort)
        for trial, cohort in library.cohorts()
        if (wanted is None or wanted & set(cohort.study_drugs or trial.study_drugs))
        and (options.bm_class is None or cohort.cns_class == options.bm_class)
        and (options.since is None or trial.year >= options.since)
    ]


def size(cohort: Cohort) -> str:
    """Return 'n 263', or that the number was not read."""
    return f"n {cohort.n.value}" if cohort.n else tr("n not read")


def cite(library: EvidenceLibrary, source: Source) -> str:
    """Return 'Harbeck 2024, abstract', with a dagger for a secondary report."""
    mark = "\N{DAGGER}" if source.secondary else ""
    return f"{library.references[source.ref].short}{mark}, {source.locator}"


def withdrawn_lines(values: Iterable[WithdrawnValue]) -> Iterator[str]:
    """Yield what was withdrawn, a line each, under a heading; nothing where nothing was."""
    for number, value in enumerate(values):
        if not number:
            yield tr("Withdrawn, and shown nowhere:")
        about = value.withdrawn
        words = tr("  {id} ({name}): {on}, {by}: {why}")
        yield words.format(id=value.id, name=value.name, on=about.on, by=about.by, why=about.because)
