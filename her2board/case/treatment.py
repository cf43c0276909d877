"""Facts read from treatment lists: lines, exposure by drug, local brain therapies."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from her2board.case.dates import months_between
from her2board.case.drugs import Vocabulary
from her2board.case.line_count import METASTATIC, count_lines, progressed
from her2board.case.model import Case, LocalTherapy, SystemicLine
from her2board.case.row_dates import stopped
from her2board.case.terms import LocalKind
from her2board.case.wishes import drugs_declined
from her2board.logic.truth import Truth
from her2board.logic.values import Day, Never, Span
from her2board.wording import tr

_CURATIVE = ("neoadjuvant", "adjuvant")
_BRAIN = tuple(kind for kind in LocalKind if kind.where == "brain")
_RADIOTHERAPY = tuple(kind for kind in LocalKind if kind.what == "radiotherapy")
LOCAL_KINDS: dict[str, tuple[LocalKind, ...]] = {
    "wbrt": (LocalKind.WHOLE_BRAIN,),
    "radiosurgery": (LocalKind.RADIOSURGERY,),
    "brain_surgery": (LocalKind.SURGERY,),
    "brain_radiotherapy": tuple(kind for kind in _RADIOTHERAPY if kind in _BRAIN),
    "any_radiotherapy": _RADIOTHERAPY,
    "local_therapy": _BRAIN,
}
"""What each fact about earlier local therapy counts. Treatment outside the brain counts as radiotherapy of any site
where it is recorded; a list is complete when it names all treatment of the brain."""


class Answer(Struct, frozen=True):
    """Yes, no or not recorded, with what the case says and why it is open."""

    value: bool | None
    shown: str = ""
    why: str = ""


def line_groups(line: SystemicLine, vocabulary: Vocabulary) -> tuple[frozenset[str], ...]:
    """Return what a line names, each as the drugs it may be: one for a drug, several for a class."""
    return vocabulary.groups(line.drugs or ())


def unknown_drugs(case: Case, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the drug names of the case that the vocabulary does not know."""
    named = [name for line in case.systemic.lines.items for name in line.drugs or ()]
    return tuple(
        name
        for name in dict.fromkeys((*named, *case.systemic.exposure, *case.access.drugs))
        if not vocabulary.read(name).ids
    )


def named_drugs(case: Case, vocabulary: Vocabulary) -> frozenset[str]:
    """Return every drug that a line, the grid of drugs given, access or a refusal names, by itself or in a class."""
    named = (name for line in case.systemic.lines.items for name in line.drugs or ())
    ids = (id_ for name in (*named, *case.systemic.exposure, *case.access.drugs) for id_ in vocabulary.read(name).ids)
    declined = (id_ for text in case.patient.declines or () for id_ in drugs_declined(text, vocabulary))
    return frozenset[str]().union(*map(vocabulary.members, (*ids, *declined)))


def fully_named(lines: Iterable[SystemicLine], vocabulary: Vocabulary) -> bool:
    """Return whether every line names its drugs and all names are known: only then can a drug be excluded."""
    return all(line.drugs and all(vocabulary.read(name).ids for name in line.drugs) for line in lines)


def given(case: Case, vocabulary: Vocabulary, id_: str, metastatic: bool) -> Answer:
    """Return whether a drug (or any of a class) was given, ever or for metastatic disease."""
    wanted = vocabulary.members(id_)
    lines = case.systemic.lines
    in_lines = [line for line in lines.items if _surely(line, wanted, vocabulary)]
    hits = [line for line in in_lines if not metastatic or line.setting in METASTATIC]
    if hits:
        return Answer(True, tr("yes, {where}").format(where="; ".join(line_words(line) for line in hits)))
    stated = _stated(case, vocabulary, id_, metastatic)
    if stated is True:
        return Answer(True, tr("yes, as stated"))
    if stated is False:
        return Answer(False, tr("no, as stated"))
    if any(line.setting is None for line in in_lines):  # asked for metastatic disease, or it had been a hit
        return Answer(None, why=tr("given, but the setting is not recorded"))
    complete = lines.completeness == "complete" or (metastatic and bool(lines.metastatic_complete))
    relevant = [line for line in lines.items if not metastatic or line.setting in (*METASTATIC, None)]
    perhaps = any(group & wanted for line in relevant for group in line_groups(line, vocabulary))
    if perhaps:
        return Answer(None, why=tr("a line names a class only"))
    if any(vocabulary.intrathecal(line.drugs or ()) & wanted for line in relevant):
        return Answer(None, why=tr("given into the cerebrospinal fluid; whether through a vein is not recorded"))
    if complete and fully_named(relevant, vocabulary):
        return Answer(False, tr("no, not in the complete list"))
    return Answer(None, why=_open_list(complete, lines.completeness))


def _surely(line: SystemicLine, wanted: frozenset[str], vocabulary: Vocabulary) -> bool:
    """Return whether a line names one of ``wanted``, or a class that lies inside it."""
    return any(group <= wanted for group in line_groups(line, vocabulary))


def _open_list(complete: bool, completeness: str) -> str:
    if complete:
        return tr("a line does not name its drugs, or names one that is not known")
    return tr("treatment list not complete") if completeness == "partial" else ""


def _stated(case: Case, vocabulary: Vocabulary, id_: str, metastatic: bool) -> bool | None:
    """Return what the exposure grid says of a drug, a member of the class, or its class."""
    members = vocabulary.members(id_)
    denied = False
    for name, exposure in case.systemic.exposure.items():
        value = exposure.metastatic if metastatic else exposure.ever
        if exposure.metastatic:
            value = True
        elif exposure.ever is False:
            value = False
        ids = vocabulary.resolve(name)
        for inside in map(vocabulary.members, ids):
            if value is True and inside <= members:
                return True
            if value is False and len(ids) == 1 and members <= inside:  # without Phesgo is not without trastuzumab
                denied = True
    return False if denied else None


def progressed_on(case: Case, vocabulary: Vocabulary, id_: str) -> Answer:
    """Return whether disease progressed on a line with the drug, stopped or running.

    (Neo)adjuvant therapy counts where it was stopped for progression; a relapse after its end is none on it.
    """
    wanted = vocabulary.members(id_)
    listed = case.systemic.lines
    for line in listed.items:
        if _surely_progressed(line) and _surely(line, wanted, vocabulary):
            return Answer(True, tr("yes, {where}").format(where=line_words(line)))
    if given(case, vocabulary, id_, metastatic=False).value is False:
        return Answer(False, tr("no, not given"))
    perhaps = [line for line in listed.items if _perhaps(line, wanted, vocabulary)]
    decided = all(_surely_no_progression(line) for line in perhaps)
    if decided and listed.completeness == "complete":
        return Answer(False, tr("no, stopped for other reasons"))
    return Answer(None)


def _surely_progressed(line: SystemicLine) -> bool:
    """Return whether disease progressed on a line; of treatment that may be early the reason it stopped alone says."""
    if line.setting in _CURATIVE:
        return line.reason_stopped == "progression"
    stated = line.setting in METASTATIC or line.reason_stopped == "progression"
    return stated and progressed(line) is Truth.MET


def _surely_no_progression(line: SystemicLine) -> bool:
    """Return whether a line ended for another reason; of early treatment the reason alone says."""
    if line.setting in _CURATIVE:
        return line.reason_stopped not in (None, "progression")
    return progressed(line) is Truth.NOT_MET


def line_words(line: SystemicLine) -> str:
    """Return setting and start of a row: 'metastatic Mar 2026'."""
    when = line.start.shown() if line.start else ""
    return " ".join(part for part in (line.setting or tr("setting not recorded"), when) if part)


def metastatic_lines(case: Case, vocabulary: Vocabulary) -> tuple[Span | None, str, str]:
    """Return the number of lines of metastatic therapy, in words, and why it is open.

    Open upwards while the list is not complete. Rows are not lines: see ``line_count``.
    """
    listed = case.systemic.lines
    if listed.completeness == "not_asked":
        return None, "", ""
    count = count_lines(listed.items, vocabulary)
    basis = "; ".join((*count.merged, *count.open))
    if listed.completeness == "complete" or listed.metastatic_complete:
        return Span(count.low, count.high), count.words, basis
    if count.low == 0:
        return None, "", ""
    incomplete = tr("treatment list not complete")
    return Span(count.low, None), tr("{count} or more").format(count=count.low), "; ".join((incomplete, *count.merged))


def early_rows(case: Case, vocabulary: Vocabulary, id_: str) -> tuple[list[SystemicLine], list[SystemicLine]]:
    """Return the (neo)adjuvant rows that surely hold a drug or one of a class, and those that may."""
    wanted = vocabulary.members(id_)
    early = [line for line in case.systemic.lines.items if line.setting in (*_CURATIVE, None)]
    surely = [line for line in early if line.setting and _surely(line, wanted, vocabulary)]
    return surely, [line for line in early if _perhaps(line, wanted, vocabulary)]


def months_to_relapse(
    case: Case, vocabulary: Vocabulary, id_: str = "anti_her2"
) -> tuple[Span | Never | None, str, str]:
    """Return the months from the last (neo)adjuvant row with a drug to metastatic disease, in words, and why open.

    Of anti-HER2 therapy where no drug is named. Never when a complete list has no such row. A relapse under therapy
    counts as 0 months.
    """
    given_, perhaps = early_rows(case, vocabulary, id_)
    whole = case.systemic.lines.completeness == "complete"
    if whole and not perhaps:
        any_her2 = tr("no (neo)adjuvant anti-HER2 therapy in the complete list")
        return Never(), any_her2 if id_ == "anti_her2" else tr("no such (neo)adjuvant therapy in the complete list"), ""
    relapse = case.tumour.metastatic_date
    if relapse is None:
        return None, "", tr("date of metastatic disease not recorded") if given_ else ""
    stop = Day(_last_stop(given_).low, _last_stop(perhaps).high if whole else None)
    fewest, low = _months_apart(stop.high, relapse.span.low)
    most, high = _months_apart(stop.low, relapse.span.high)
    if high is None and not low:
        return None, "", tr("stop of the (neo)adjuvant anti-HER2 therapy not recorded") if given_ else ""
    fewest, most = fewest or tr("0 months"), most or (tr("more") if given_ else tr("more, or none given"))
    shown = fewest if fewest == most else tr("{fewest} to {most}").format(fewest=fewest, most=most)
    return Span(low or 0, high), shown, "" if low == high else tr("a date is not exact, or the list is not complete")


def months_since_early(case: Case, vocabulary: Vocabulary, id_: str, as_of: date) -> str:
    """Return how long before ``as_of`` the last (neo)adjuvant row with a drug stopped, in words; empty where open."""
    wanted = vocabulary.members(id_)
    rows = [row for row in case.systemic.lines.items if row.setting in _CURATIVE and _surely(row, wanted, vocabulary)]
    stop = _last_stop(rows)
    fewest, most = _months_apart(stop.high, as_of)[0], _months_apart(stop.low, as_of)[0]
    if not fewest or not most:
        return ""
    span = fewest if fewest == most else tr("{fewest} to {most}").format(fewest=fewest, most=most)
    return tr("ended {span} before").format(span=span)


def _perhaps(line: SystemicLine, wanted: frozenset[str], vocabulary: Vocabulary) -> bool:
    """Return whether a line may hold one of ``wanted``: named, inside a class, or not named at all."""
    return not fully_named((line,), vocabulary) or any(group & wanted for group in line_groups(line, vocabulary))


def _last_stop(lines: Iterable[SystemicLine]) -> Day:
    """Return when the last of ``lines`` stopped, no earlier than it started."""
    lines = tuple(lines)
    ends = [low for line in lines if (low := stopped(line).low)]
    stops = [stopped(line).high for line in lines]
    closed = [stop for stop in stops if stop]
    return Day(max(ends, default=None), max(closed, default=None) if len(closed) == len(stops) else None)


def _months_apart(earlier: date | None, later: date | None) -> tuple[str, float | None]:
    """Return the time between two days in words and in months: 0 where none passed, nothing where one is open."""
    if earlier is None or later is None:
        return "", None
    months, days = months_between(earlier, max(earlier, later))
    words = tr("{months} months").format(months=months)
    words += tr(" {days} days").format(days=days) if days else ""
    return words, months + days / 32  # days never fill a month, so whole months are exact


def brain_therapies(case: Case) -> tuple[LocalTherapy, ...]:
    """Return the local therapies of the brain; those elsewhere are no brain treatment."""
    return tuple(therapy for therapy in case.brain.local_therapies.items if therapy.kind.where == "brain")


def had_local(case: Case, name: str) -> Answer:
    """Return whether a kind of local therapy was given."""
    listed = case.brain.local_therapies
    hits = [therapy for therapy in listed.items if therapy.kind in LOCAL_KINDS[name]]
    if hits:
        return Answer(True, "; ".join(local_words(therapy) for therapy in hits))
    if _of_unknown_kind(case, name):
        return Answer(None, why=tr("a treatment of the brain is recorded without its kind"))
    if listed.completeness == "complete":
        return Answer(False, tr("no, not in the complete list"))
    return Answer(None, why=_open_list(False, listed.completeness))


def _of_unknown_kind(case: Case, name: str) -> list[LocalTherapy]:
    """Return the therapies that may have been of a kind, since theirs is not known."""
    unknown, kinds = LocalKind.KIND_NOT_KNOWN, LOCAL_KINDS[name]
    return [therapy for therapy in case.brain.local_therapies.items if therapy.kind is unknown and unknown not in kinds]


def last_local(case: Case, name: str) -> tuple[Day | Never | None, str, str]:
    """Return the day of the latest local therapy of a kind as a range, in words, and why it is open.

    One of unknown kind may have been the latest of this kind, or none of it.
    """
    listed = case.brain.local_therapies
    hits = [therapy for therapy in listed.items if therapy.kind in LOCAL_KINDS[name]]
    perhaps = _of_unknown_kind(case, name)
    why = tr("a treatment of the brain is recorded without its kind") if perhaps else ""
    complete = listed.completeness == "complete"
    if not hits and not perhaps:
        return (Never(), tr("none given"), "") if complete else (None, "", "")
    lows = [low for therapy in hits if therapy.day and (low := therapy.day.span.low)]
    highs = [high for therapy in (*hits, *perhaps) if therapy.day and (high := therapy.day.span.high)]
    closed = complete and len(highs) == len(hits) + len(perhaps)
    if not hits and not closed:
        return None, "", why
    shown = "; ".join(local_words(therapy) for therapy in (*hits, *perhaps))
    return Day(max(lows, default=None), max(highs) if closed else None), shown, why


def local_words(therapy: LocalTherapy) -> str:
    """Return one local therapy in a few words: 'radiosurgery, left frontal, 24 Gy in 3, Mar 2026'."""
    parts = (therapy.kind.replace("_", " "), therapy.site, local_details(therapy))
    return ", ".join(part for part in parts if part)


def local_details(therapy: LocalTherapy) -> str:
    """Return dose and day of a local therapy: '24 Gy in 3, Mar 2026'."""
    when = therapy.day.shown() if therapy.day else tr("date not recorded")
    if therapy.dose_gy is None:
        return when
    dose = tr("{dose:g} Gy").format(dose=therapy.dose_gy)
    dose += tr(" in {fractions}").format(fractions=therapy.fractions) if therapy.fractions else ""
    return f"{dose}, {when}"
