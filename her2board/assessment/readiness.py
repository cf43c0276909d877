"""What is still missing before a case is ready, and which dated facts are too old for the meeting."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from her2board.assessment.model import Gap, Readiness
from her2board.case.ages import newest_day
from her2board.case.by_section import BySection
from her2board.case.catalogue import of_drug, of_regimen
from her2board.case.contradictions import Contradiction
from her2board.case.dates import PartialDate, days_between
from her2board.case.fields import case_fields, field_by_path, value_at
from her2board.case.model import Case
from her2board.case.needed import is_recorded, needs
from her2board.evidence.library import EvidenceLibrary
from her2board.logic.values import Facts
from her2board.wording import tr

_AGE_ON = "patient.age_on"


def readiness(case: Case, library: EvidenceLibrary, as_of: date, known: BySection | None = None) -> Readiness:
    """Return the required fields that are neither recorded, filled from a list nor given a reason, and stale dates.

    ``known``, made for the case, saves work.
    """
    labels = field_by_path()
    outstanding = tuple(Gap(path, labels[path].info.label, "") for path in needs(case, known).needed)
    return Readiness(outstanding, stale(case, library, as_of))


def knows_patient(case: Case) -> bool:
    """Return whether anything about the patient is recorded, or why not; the meeting and the clinic do not count."""
    parts = ("urgency", "brain", "neurology", "patient", "tumour", "systemic", "organs", "board")
    return bool(case.absences) or any(is_recorded(case, field) for field in case_fields() if field.section in parts)


def stale(case: Case, library: EvidenceLibrary, as_of: date) -> tuple[Gap, ...]:
    """Return dated facts that are, or may be, older at ``as_of`` than their limit."""
    gaps = []
    for limit in library.release.freshness:
        if limit.field == _AGE_ON and case.patient.birth_year is not None:
            continue  # the age is that of the discussion
        day: PartialDate | None = value_at(case, limit.field)
        undated = limit.field == _AGE_ON and day is None and case.patient.age is not None
        if undated:  # no older than this, if it is as new as anything here
            day = newest_day(case, as_of)
        age = days_between(day.span, as_of) if day is not None else None
        most = library.limits.get(limit.field, limit.days)
        if age is None or age[1] <= most:
            continue
        form = tr("{days} days old") if age[0] == age[1] else tr("up to {days} days old")
        form = tr("date not recorded; the newest in the case is {days} days old") if undated else form
        known = form.format(days=age[1])
        if limit.field in library.limits:
            words = tr("{age} at the discussion, the clinic’s limit {limit}")
        else:
            words = tr("{age} at the discussion, limit {limit}")
        words = words.format(age=known, limit=most)
        gaps.append(Gap(limit.field, field_by_path()[limit.field].info.label, words))
    return tuple(gaps)


def marked(facts: Facts, found: tuple[Contradiction, ...], old: tuple[Gap, ...], library: EvidenceLibrary) -> Facts:
    """Return the facts with a mark on every contradicted or stale one; a contradicted one has no value to compare."""
    marks: dict[str, list[str]] = {}
    for contradiction in found:
        for name in dict.fromkeys((*contradiction.facts, *_derived(contradiction, library))):
            marks.setdefault(name, []).append(tr("contradicted: {text}").format(text=contradiction.text))
    unsettled = {
        name: facts.readings[name]._replace(marks=tuple(words)).unsettled()
        for name, words in marks.items()
        if name in facts.readings
    }
    stale_too = {
        name: reading._replace(marks=(*reading.marks, words))
        for name, words in _out_of_date(facts, old, library)
        for reading in (unsettled.get(name, facts.readings[name]),)
    }
    return replace(facts, readings={**facts.readings, **unsettled, **stale_too})


def _derived(contradiction: Contradiction, library: EvidenceLibrary) -> Iterator[str]:
    """Yield what is asked of the regimens with a drug of which it is in doubt whether it was given, or is now.

    And how long ago early treatment with a drug was, where that is in doubt.
    """
    if "months_since_adjuvant_her2" in contradiction.facts:
        yield from (name for name, spec in library.readable.items() if spec.family == "months_since_early")
    for regimen in library.regimens.values():
        if any(of_drug("given_metastatic", part) in contradiction.facts for part in regimen.parts):
            yield of_regimen("together", regimen.id)
        if any(library.vocabulary.members(part) & contradiction.running for part in regimen.parts):
            yield of_regimen("in_use", regimen.id)


def _out_of_date(facts: Facts, old: tuple[Gap, ...], library: EvidenceLibrary) -> Iterator[tuple[str, str]]:
    """Yield each recorded fact whose date is too old, with its mark."""
    ages = {gap.path: gap.words for gap in old}
    paths = field_by_path()
    for name, spec in library.readable.items():
        words = ages.get(paths[spec.fields[0]].info.dated_by)
        if words and facts.recorded(name):
            yield name, tr("out of date: {words}").format(words=words)
