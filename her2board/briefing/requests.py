"""What each department still owes for a case: gathered from every place that says so, once per field."""

from collections.abc import Iterator
from datetime import date
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from her2board.assessment.model import Ask, Assessment, PauseItem
from her2board.briefing.formats import lower, sentence, what_it_decides
from her2board.case.dates import PartialDate
from her2board.case.fields import case_fields, field_by_path
from her2board.case.model import Absence, Case
from her2board.case.terms import Discipline
from her2board.evidence.terms import PauseGroup
from her2board.wording import tr

COORDINATOR = "coordinator"
DEPARTMENTS = (
    "radiology",
    "pathology",
    "oncology",
    "radiation oncology",
    "neurosurgery",
    "palliative care",
    "neuro-oncology",
    "obstetrics",
    "patient",
    COORDINATOR,
)
"""Order of the sheets; what nobody usually knows is with the coordinator, who asks."""
_ELSEWHERE = ("board.disciplines", "board.outstanding")
"""Fields whose entries are asked for one by one."""
_ANSWERED = ("declined", "not_applicable")


class Request(Struct, frozen=True):
    """Something still owed: what, by whom, by when, and why it is asked."""

    path: str
    """Field it is recorded in; words of an outstanding item that belongs to no field."""
    what: str
    department: str
    question: str = ""
    """What is asked for, as a plain question."""
    required: bool = False
    """Needed before the case counts as ready."""
    state: str = ""
    owner: str = ""
    due: str = ""
    late: bool = False
    why: str = ""
    missing: str = ""
    """What is missing, where something is recorded already."""


def requests(case: Case, assessment: Assessment, today: date | None = None) -> tuple[Request, ...]:
    """Return what is owed for a case: opinions first, then what decides most, then required fields, then the rest.

    A patient's refusal and what does not apply are answers, and are not asked for again. What is due before ``today``
    is late; without one, what is due before the day the case is judged for.
    """
    found: dict[str, Request] = {}
    for request in _all(case, assessment, today or assessment.as_of):
        known = found.get(request.path)
        found[request.path] = _merged(known, request) if known else request
    kept = [_asking(request, case) for path, request in found.items() if not _answered(case, path)]
    decides = {ask.field: place for place, ask in enumerate(assessment.ask_next)}

    def place(request: Request) -> tuple[bool, int, bool]:
        opinion = request.path.startswith("board.disciplines.")
        return not opinion, decides.get(request.path, len(decides)), not request.required

    return tuple(sorted(kept, key=place))


def _asking(request: Request, case: Case) -> Request:
    """Return a request with its question: that of the field, unless one thing in a list is asked for."""
    if request.question:
        return request
    field = field_by_path().get(request.path)
    of_one = field is not None and field.kind in ("table", "mapping") and request.what != tr(field.info.label)
    if field is None or (field.kind == "flag" and not field.info.question) or of_one:
        return replace(request, question=tr("{what}?").format(what=request.what.rstrip(".?")))
    day = case.brain.imaging_date
    mri = tr("the MRI of {day}").format(day=day.shown()) if day else tr("the last brain MRI")
    if field.info.question:
        return replace(request, question=tr(field.info.question).format(mri=mri))
    return replace(request, question=tr("What is the {label}?").format(label=lower(request.what)))


def _all(case: Case, assessment: Assessment, today: date) -> Iterator[Request]:
    yield from (_opinion(item, case, today) for item in assessment.pause.of(PauseGroup.DISCIPLINE) if _owed(item))
    for gap in assessment.readiness.outstanding:
        if gap.path not in _ELSEWHERE:
            yield Request(gap.path, gap.label, department_of(gap.path), required=True)
    for gap in assessment.readiness.stale:
        path = _dated(gap.path)
        yield Request(path, field_by_path()[path].info.label, department_of(path), state=gap.words)
    yield from (_asked(ask) for ask in assessment.ask_next)
    for path, absence in case.absences.items():
        yield _absent(path, absence, today)
    yield from _outstanding(case, today)
    yield from (Request(path, field_by_path()[path].info.label, department_of(path)) for path in _of_before(case))


def _of_before(case: Case) -> Iterator[str]:
    """Yield what is not recorded of the last decision and of the proposal."""
    meeting = case.meeting
    if meeting.last_decision is not None and meeting.last_decision_carried_out is None:
        yield "meeting.last_decision_carried_out"
    if meeting.wbrt_proposed and meeting.wbrt_proposed_by is None:
        yield "meeting.wbrt_proposed_by"


def _owed(item: PauseItem) -> bool:
    return item.state in ("pending", "late", "not_asked")


def _opinion(item: PauseItem, case: Case, today: date) -> Request:
    said = next((entry for entry in reversed(case.board.disciplines) if entry.key == item.id), None)
    question = tr("What does {discipline} say before a decision on whole-brain radiation?")
    return Request(
        path=f"board.disciplines.{item.id}",
        question=question.format(discipline=lower(item.label)),
        what=tr("Opinion before whole-brain radiation ({discipline})").format(discipline=item.label),
        department=next(one.department for one in Discipline if one == item.id.partition(":")[0]),
        state=tr("asked") if said else tr("not yet asked"),
        owner=(said.by or "") if said else "",
        due=_shown(said.due) if said else "",
        late=said is not None and _past(said.due, today),
    )


def _asked(ask: Ask) -> Request:
    department = ask.asks if ask.asks in DEPARTMENTS else department_of(ask.field)
    missing = tr(" So far: {what}.").format(what=ask.detail) if ask.detail else ""
    why = what_it_decides(ask)
    return Request(ask.field, ask.label, department, owner=ask.owner, due=ask.due, why=why, missing=missing)


def _absent(path: str, absence: Absence, today: date) -> Request:
    states = {
        "pending": tr("asked"),
        "not_done": tr("not done"),
        "not_available": tr("not available"),
    }
    info = field_by_path()[path].info
    return Request(
        path=path,
        what=info.label,
        department=department_of(path),
        required=info.level == "H",
        state=states.get(absence.reason, "") + (f" ({absence.note})" if absence.note else ""),
        owner=absence.owner or "",
        due=_shown(absence.due),
        late=_past(absence.due, today),
    )


def _outstanding(case: Case, today: date) -> Iterator[Request]:
    labels = {field.info.label.casefold(): field.path for field in case_fields()}
    for entry in case.board.outstanding:
        if entry.done:
            continue
        path = labels.get(entry.what.strip().casefold(), "")
        owner = (entry.owner or "").strip()
        named = owner.casefold() if owner.casefold() in DEPARTMENTS else COORDINATOR
        yield Request(
            path=path or f"board.outstanding: {entry.what}",
            what=sentence(entry.what),
            department=department_of(path) if path else named,
            state=tr("asked") if owner else "",
            owner=owner,
            due=_shown(entry.due),
            late=_past(entry.due, today),
        )


def _merged(one: Request, two: Request) -> Request:
    """Return both as one; what the first does not say is taken from the second."""
    return replace(
        one,
        required=one.required or two.required,
        state="; ".join(dict.fromkeys(part for part in (one.state, two.state) if part)),
        owner=one.owner or two.owner,
        due=one.due or two.due,
        late=one.late or two.late,
        why=one.why or two.why,
        missing=one.missing or two.missing,
    )


def _answered(case: Case, path: str) -> bool:
    absence = case.absences.get(path)
    return absence is not None and absence.reason in _ANSWERED


def _shown(day: PartialDate | None) -> str:
    return day.shown() if day else ""


def _past(due: PartialDate | None, today: date) -> bool:
    """Return whether every possible day of ``due`` lies before ``today``."""
    last = due.span.high if due else None
    return last is not None and last < today


@cache
def department_of(path: str) -> str:
    """Return who usually knows a field: its own word, that of the value it dates, or the coordinator."""
    asks = field_by_path()[path].info.asks or next(
        (field.info.asks for field in case_fields() if field.info.dated_by == path and field.info.asks), ""
    )
    return asks if asks in DEPARTMENTS else COORDINATOR


@cache
def _dated(path: str) -> str:
    """Return the field that the date at ``path`` belongs to, where it is one alone; else the date itself."""
    dated = [field.path for field in case_fields() if field.info.dated_by == path]
    return dated[0] if len(dated) == 1 else path
