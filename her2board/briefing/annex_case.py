"""The annex about the case: what is open and who owes it, facts with date and freshness, everything recorded."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from her2board.assessment.model import Assessment
from her2board.briefing.annex_blocks import Block, row, section
from her2board.briefing.formats import joined, lower, says, typed, what_it_decides
from her2board.briefing.model import Run, Words
from her2board.case.dates import PartialDate, days_between
from her2board.case.fields import field_by_path, value_at
from her2board.case.growth import growth, in_order
from her2board.case.kept import columns_said, quoted, sentences_by_path
from her2board.case.model import Case, KeptSentence
from her2board.case.recorded import Recorded, recorded
from her2board.case.terms import spoken
from her2board.evidence.library import EvidenceLibrary
from her2board.logic.values import Reading
from her2board.wording import tr, trn

_ASKED = (0.28, 0.36, 0.36)
_FACT = (0.26, 0.34, 0.16, 0.24)
_TEXT = (0.24, 0.76)
_LESIONS = ("case:brain.lesions",)
_DATED = (0.30, 0.18, 0.52)


def open_blocks(assessment: Assessment, case: Case | None) -> Iterator[Block]:
    """Yield everything outstanding: what to ask with owner and date, required fields, gaps with their reason."""
    yield section(tr("Outstanding: what to ask, of whom"))
    for ask in assessment.ask_next:
        who = tr("asked of {owner}").format(owner=ask.owner) if ask.owner else tr("{who}, not asked")
        due = tr(", due {due}").format(due=ask.due) if ask.due else ""
        yield row(
            _ASKED, (Run(ask.label, "bold"),), (Run(who.format(who=ask.asks) + due),), (Run(what_it_decides(ask)),)
        )
    for gap in assessment.readiness.outstanding:
        yield row(_ASKED, (Run(gap.label),), (Run(tr("required, not recorded"), "italic"),))
    for path, absence in sorted(case.absences.items()) if case else ():
        origin = (f"case:absences.{path}",)
        owner = tr(", {owner}").format(owner=absence.owner) if absence.owner else ""
        due = tr(", due {due}").format(due=absence.due.shown()) if absence.due else ""
        label = field_by_path()[path].info.label if path in field_by_path() else path
        why = Run(f"{tr('not recorded')}: {spoken(absence.reason)}{owner}{due}", "italic", origin=origin)
        yield row(_ASKED, (Run(label),), (why,), (Run(absence.note or "", origin=origin),))


def case_blocks(assessment: Assessment, library: EvidenceLibrary, case: Case | None) -> Iterator[Block]:
    """Yield facts with dates and marks, what is not recorded, ages against their limits, and long texts in full."""
    yield section(tr("Facts, with dates and freshness"))
    recorded = [reading for reading in assessment.facts.readings.values() if counts(reading, library)]
    for reading in recorded:
        if reading.is_recorded:
            day = day_of(reading, library, case)
            basis = "; ".join(part for part in (*reading.marks, reading.why) if part)
            cells = ((Run(reading.shown or tr("none")),), (Run(day),), (Run(basis, "muted"),))
            yield row(_FACT, (Run(reading.label),), *cells)
    missing = ", ".join(dict.fromkeys(lower(reading.label) for reading in recorded if not reading.is_recorded))
    if missing:
        yield Block((Run(tr("Not recorded: "), "bold"), Run(f"{missing}.")))
    if case is not None:
        yield section(tr("Dated facts against their limits"))
        for limit in library.release.freshness:
            days = library.limits.get(limit.field, limit.days)
            yield row(_DATED, *freshness(case, assessment, limit.field, days))
        yield from _sizes(case)
        yield from _recorded(case)


def counts(reading: Reading, library: EvidenceLibrary) -> bool:
    """Of what is said of every drug, only whether it was given is listed."""
    return library.catalogue[reading.name].family in ("", "given")


def day_of(reading: Reading, library: EvidenceLibrary, case: Case | None) -> str:
    """Return the date that is recorded for the field a fact is read from."""
    spec = library.catalogue.get(reading.name)
    field = field_by_path().get(spec.fields[0]) if spec else None
    if case is None or field is None or not field.info.dated_by:
        return ""
    day = value_at(case, field.info.dated_by)
    return day.shown() if day else tr("date not recorded")


def freshness(case: Case, assessment: Assessment, path: str, days: int) -> tuple[tuple[Run, ...], ...]:
    """Return label, date, and age against the limit, as fewest and most days."""
    label = (Run(field_by_path()[path].info.label),)
    most = trn("limit {n} day", "limit {n} days", days).format(n=days)
    day: PartialDate | None = value_at(case, path)
    if day is None:
        return label, (Run(tr("not recorded"), "italic"),), (Run(most),)
    age = days_between(day.span, assessment.as_of)
    if age is None:
        return label, (Run(day.shown()),), (Run(tr("age not known; {most}").format(most=most)),)
    low, high = age
    age_words = trn("{n} day old", "{n} days old", high).format(n=high if low == high else f"{low}\N{EN DASH}{high}")
    state = tr("within") if high <= days else tr("older than") if low > days else tr("may be older than")
    return label, (Run(day.shown()),), (Run(f"{age_words}: "), Run(state, "bold"), Run(f" {most}"))


def _sizes(case: Case) -> Iterator[Block]:
    """Yield the dated sizes of each lesion in order, and its growth between them, which is computed here."""
    grown = [(number, lesion) for number, lesion in enumerate(case.brain.lesions.items, 1) if growth(case, lesion)]
    if grown:
        yield section(tr("Lesions over time, computed here from the sizes recorded"))
    for number, lesion in grown:
        site = (Run(": "), *typed("brain.lesions", lesion.site)) if lesion.site else ()
        label = (Run(tr("Lesion {n}").format(n=number)), *site)
        now = tr("now {size}").format(size=lesion.diameter_mm.shown()) if lesion.diameter_mm else ""
        sizes = ", ".join((*(one.words for one in in_order(lesion)), now))
        steps = "; ".join(step.words for step in growth(case, lesion))
        yield row(_TEXT, label, (Run(f"{sizes}: ", origin=_LESIONS), Run(steps, "bold", origin=_LESIONS)))


def _recorded(case: Case) -> Iterator[Block]:
    """Yield every value as it was recorded: the page shows some in other words, the beginning of some, and others not.

    What identifies the patient is on the page where it was asked for, and nowhere else; reasons for absence are under
    what is outstanding.
    """
    yield section(tr("Everything recorded"))
    sentences = sentences_by_path(case)
    shown = (value for value in recorded(case) if value.field and not value.field.info.identifying)
    for label, values in groupby(shown, key=lambda value: value.label):
        found = list(values)
        words = joined((_value(value) for value in found), "; ")
        yield row(_TEXT, (Run(label),), (*words, *_read_from(sentences(found[0].path), found)))


def _read_from(sentences: Sequence[KeptSentence], values: Sequence[Recorded]) -> Iterator[Run]:
    """Yield the sentences that values of one field or entry were read from; of an entry the columns, if not all."""
    for sentence in sentences:
        said = columns_said(sentence)
        columns = [value for value in values if _column_of(value) in said]
        if _column_of(values[0]) and not columns:
            continue
        names = ", ".join(dict.fromkeys(lower(value.column) for value in columns))
        which = f" ({names})" if 0 < len(columns) < len(values) else ""
        words = tr(" \N{EM DASH} read from{which} {words}").format(which=which, words=quoted(sentence))
        yield Run(words, "muted", origin=(f"case:{values[0].path}",))


def _column_of(value: Recorded) -> str:
    """Return the column of an entry that a value is in; of the name of an entry, that; empty for a field of its own."""
    return value.path.partition("].")[2].partition(".")[0].partition("[")[0] or value.path.partition("[")[2]


def _value(value: Recorded) -> Words:
    words = Run("; ".join(value.words), origin=(f"case:{value.path}", *says(value.path)))
    return (Run(f"{value.column}: ", "muted"), words) if value.column else (words,)
