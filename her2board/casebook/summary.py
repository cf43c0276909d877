"""What a list shows and a search finds of a case, worked out from it and, where there is one, its assessment."""

from collections.abc import Iterator
from datetime import date

from her2board.assessment.assess import assess
from her2board.assessment.model import Assessment
from her2board.case.dates import PartialDate
from her2board.case.drugs import Vocabulary
from her2board.case.fields import field_by_path
from her2board.case.model import Case
from her2board.case.needed import needs
from her2board.case.recorded import recorded
from her2board.case.terms import URGENT_SIGNS
from her2board.case.treatment import given
from her2board.casebook.model import CaseSummary, Owed
from her2board.evidence.library import EvidenceLibrary
from her2board.wording import tr

_ANSWERED = ("declined", "not_applicable")
_ELSEWHERE = ("board.disciplines", "board.outstanding")
"""Required lists whose entries are owed one by one."""
_COORDINATOR = "coordinator"


def assessed_summary(case: Case, library: EvidenceLibrary, as_of: date) -> CaseSummary:
    """Return the summary of a case beside a release, with the outcome of every cohort."""
    return summary_of(case, assess(case, library, as_of), library.vocabulary)


def summary_of(case: Case, assessment: Assessment | None = None, vocabulary: Vocabulary | None = None) -> CaseSummary:
    """Return what a list shows of a case; without a vocabulary the drugs are known by their words only."""
    return CaseSummary(
        code=case.code,
        urgent=_urgent(case),
        question=case.meeting.question or "",
        cns_class=_cns_class(case),
        disciplines=tuple({entry.key: str(entry.status) for entry in case.board.disciplines}.items()),
        owed=tuple(_once(_owed(case, assessment))),
        exposures=_exposures(case, vocabulary) if vocabulary is not None else (),
        cohorts=tuple((result.id, result.outcome) for result in assessment.cohorts) if assessment else (),
        release=assessment.release if assessment else "",
        wbrt_proposed=case.meeting.wbrt_proposed,
        decision=case.board.decision or "",
        last_decision=case.meeting.last_decision or "",
        last_carried_out=case.meeting.last_decision_carried_out,
        text="\n".join(dict.fromkeys(_texts(case, vocabulary))),
    )


def _urgent(case: Case) -> bool | None:
    """Return whether a person recorded urgency; no only where every sign was answered with no."""
    said = [getattr(case.urgency, sign) for sign in (*URGENT_SIGNS, "immediate_local_therapy")]
    if case.urgency.note or any(said):
        return True
    return None if None in said[: len(URGENT_SIGNS)] else False


def _cns_class(case: Case) -> str:
    return " ".join(case.brain.cns_class or ())


def _owed(case: Case, assessment: Assessment | None) -> Iterator[Owed]:
    """Yield what is asked of disciplines, outstanding items, what is on its way, what is needed, what decides."""
    for entry in case.board.disciplines:
        if entry.status == "pending":
            name = entry.other_name or tr(entry.discipline.label)
            words = tr("Opinion before whole-brain radiation ({discipline})").format(discipline=name)
            by = entry.by or entry.discipline.department
            yield Owed(what=words, by=by, due=_day(entry.due), field="board.disciplines")
    for item in case.board.outstanding:
        if not item.done:
            yield Owed(what=item.what, by=item.owner or "", due=_day(item.due))
    for path, absence in case.absences.items():
        if absence.reason not in _ANSWERED and (known := field_by_path().get(path)):
            by = absence.owner or _knows(path)
            yield Owed(what=tr(known.info.label), by=by, due=_day(absence.due), field=path)
    for path in needs(case).needed:
        if path not in _ELSEWHERE:
            yield Owed(what=tr(field_by_path()[path].info.label), by=_knows(path), field=path)
    for ask in assessment.ask_next if assessment else ():
        if ask.field not in case.absences:
            yield Owed(what=ask.label, by=ask.owner or ask.asks or _knows(ask.field), field=ask.field)


def _once(found: Iterator[Owed]) -> Iterator[Owed]:
    """Yield each field once; what is no field of the case, by its words."""
    seen: set[tuple[str, str]] = set()
    for one in found:
        key = (one.field, one.what if one.field in ("", "board.disciplines") else "")
        if key not in seen:
            seen.add(key)
            yield one


def _knows(path: str) -> str:
    known = field_by_path().get(path)
    return (known.info.asks if known else "") or _COORDINATOR


def _day(day: PartialDate | None) -> date | None:
    """Return the last day a due date can mean."""
    return day.span.high if day else None


def _exposures(case: Case, vocabulary: Vocabulary) -> tuple[str, ...]:
    named = (name for line in case.systemic.lines.items for name in line.drugs or ())
    ids = {id_ for name in (*named, *case.systemic.exposure) for id_ in vocabulary.read(name).ids}
    drugs = frozenset[str]().union(*map(vocabulary.members, ids))
    return tuple(sorted(id_ for id_ in drugs if given(case, vocabulary, id_, False).value is True))


def _texts(case: Case, vocabulary: Vocabulary | None) -> Iterator[str]:
    """Yield everything typed, and the names of its drugs as the vocabulary knows them."""
    yield case.code
    for value in recorded(case):
        if value.kind not in ("flag", "number", "integer", "date", "size", "count", "list"):
            yield from value.words
    if vocabulary is not None:
        yield from (vocabulary.label(id_) for id_ in _exposures(case, vocabulary))
