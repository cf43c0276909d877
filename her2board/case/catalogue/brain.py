"""Facts of the brain: metastases, their class, number and size, and the leptomeninges."""

from her2board.case import terms as t
from her2board.case.catalogue.declare import NOT_RECORDED, Found, answered, fact
from her2board.case.catalogue.plain import as_recorded
from her2board.case.lesions import count_words, largest_listed, lesions_left, measurable_by_size, narrowed
from her2board.case.model import Case, Count
from her2board.case.treatment import Answer, had_local
from her2board.logic.values import Among, Span, Subset
from her2board.wording import tr


@fact(
    "cns_class",
    "set",
    "brain.cns_class",
    "brain.necrosis_in_question",
    "brain.lesions",
    "brain.local_therapies",
    "brain.lesion_count",
    rule="as recorded, or from the lesion table; 'progressing' is open while necrosis is in question",
)
def cns_class(case: Case) -> Found:
    """As recorded, else untreated when no local therapy was given at all, else from the lesions."""
    brain = case.brain
    found = NOT_RECORDED
    if brain.cns_class is not None:
        found = _class_found(case, frozenset(brain.cns_class), frozenset())
    elif had_local(case, "local_therapy").value is False and _has_brain_metastases(case):
        found = _class_found(case, frozenset({"untreated"}), frozenset())
    elif brain.lesions.items:
        found = _class_of_lesions(case)
    return found


def _class_found(case: Case, has: frozenset[str], maybe: frozenset[str]) -> Found:
    """Open 'progressing' until radiation necrosis is out of question, where radiotherapy may have caused it."""
    in_question = case.brain.necrosis_in_question
    if in_question is None and had_local(case, "brain_radiotherapy").value is not False:
        in_question = True
    why = tr("not every lesion is described") if maybe else ""
    if "progressing" in has and in_question:
        has, maybe = has - {"progressing"}, maybe | {"progressing"}
        asked = case.brain.necrosis_in_question
        why = tr("radiation necrosis in question") if asked else tr("radiation necrosis: not asked")
    return Subset(has, maybe), _class_words(has, maybe), why


def _class_of_lesions(case: Case) -> Found:
    table = case.brain.lesions
    states = [lesion.state for lesion in table.items]
    has = frozenset(t.CLASS_OF_STATE[state] for state in states if state)
    whole = table.completeness == "complete" and None not in states
    maybe = frozenset() if whole else frozenset(t.CNS_CLASSES) - has
    return _class_found(case, has, maybe)


def _class_words(has: frozenset[str], maybe: frozenset[str]) -> str:
    words = tr(" and ").join(sorted(has))
    doubt = tr("perhaps {maybe}").format(maybe=", ".join(sorted(maybe))) if maybe else ""
    return ", ".join(part for part in (words, doubt) if part)


@fact(
    "brain_metastases",
    "flag",
    "brain.lesion_count",
    "brain.lesions",
    "brain.cns_class",
    "brain.local_therapies",
    label="Brain metastases",
    rule="yes when a lesion, a class or a treated lesion is recorded",
)
def brain_metastases(case: Case) -> Found:
    """Yes, no by a count of none, or open."""
    present = _has_brain_metastases(case)
    return answered(Answer(present, tr("yes") if present else tr("no") if present is False else ""))


def _has_brain_metastases(case: Case) -> bool | None:
    """Return whether there are or were brain metastases; None where it is not known."""
    brain = case.brain
    counts = [count for count in (brain.lesion_count, _lesions_listed(case)) if count]
    if brain.lesions.items or brain.cns_class or brain.local_therapies.items or any(count.low for count in counts):
        return True
    none_now = any(count.high == 0 for count in counts)
    return False if none_now and brain.local_therapies.completeness == "complete" else None


@fact(
    "leptomeningeal_disease",
    "flag",
    "brain.leptomeninges",
    rule="confirmed is yes, none is no, suspected and probable are open",
)
def leptomeningeal_disease(case: Case) -> Found:
    """Yes, no, or open while it is not confirmed."""
    status = case.brain.leptomeninges
    if status is None:
        return NOT_RECORDED
    if status in ("suspected", "probable"):
        return Among(frozenset({True, False})), status, tr("{status}, not confirmed").format(status=status)
    return Among.exactly(status == "confirmed"), status, ""


@fact(
    "lesion_count",
    "number",
    "brain.lesion_count",
    "brain.lesions",
    "brain.local_therapies",
    rule="as recorded, else the length of a complete lesion table",
)
def lesion_count(case: Case) -> Found:
    """Return the number recorded, narrowed by the lesion table where the two agree."""
    count = case.brain.lesion_count
    listed = _lesions_listed(case)
    if count is None:
        return NOT_RECORDED if listed is None else _count_found(listed)
    if listed is None or listed.low > (listed.low if count.high is None else count.high):
        return _count_found(count)
    low, high = max(count.low, listed.low), count.high
    if listed.high is not None and listed.high >= low:
        high = listed.high if high is None else min(high, listed.high)
    return _count_found(count.model_copy(update={"low": low, "high": high}))


def _lesions_listed(case: Case) -> Count | None:
    """Return the number the lesion table allows; None when it says nothing."""
    surely, perhaps = lesions_left(case)
    if case.brain.lesions.completeness == "complete":
        return Count(low=len(surely), high=len(surely) + len(perhaps))
    return Count(low=len(surely)) if surely else None


def _count_found(count: Count) -> Found:
    why = "" if count.low == count.high else tr("not an exact number")
    return Span(count.low, count.high), count_words(count), why


@fact(
    "largest_lesion_mm",
    "number",
    "brain.largest_mm",
    "brain.lesions",
    "brain.local_therapies",
    rule="as recorded, else the largest of a complete lesion table",
)
def largest_lesion_mm(case: Case) -> Found:
    """Return the largest diameter recorded, else what the lesion table allows."""
    recorded, listed = case.brain.largest_mm, largest_listed(case)
    if recorded is None:
        if listed is None:
            return NOT_RECORDED
        sizes = [lesion.diameter_mm for lesion in case.brain.lesions.items if lesion.diameter_mm]
        ranged = any(size.exact is None for size in sizes)
        why = tr("not an exact size") if ranged else tr("not every lesion is measured, or its state is not recorded")
        return listed.span, listed.shown(), "" if listed.exact is not None else why
    size = recorded if listed is None else narrowed(recorded, listed) or recorded
    return size.span, size.shown(), "" if size.exact is not None else tr("not an exact size")


@fact(
    "measurable_cns",
    "flag",
    "brain.measurable",
    "brain.lesions",
    "brain.largest_mm",
    "brain.lesion_count",
    "brain.contrast",
    "brain.necrosis_in_question",
    "brain.local_therapies",
    rule="as recorded, else by size from the lesion table (RANO-BM, 2014: 10 mm by 5 mm, with contrast)",
)
def measurable_cns(case: Case) -> Found:
    """Return what radiology recorded, else what the sizes say."""
    recorded = case.brain.measurable
    if recorded is not None:
        return answered(Answer(recorded, tr("yes") if recorded else tr("no")))
    by_size = measurable_by_size(case)
    if by_size is None:
        return NOT_RECORDED
    words = tr("yes, by the sizes recorded (RANO-BM)") if by_size else tr("no, by the sizes recorded (RANO-BM)")
    return answered(Answer(by_size, words))


@fact("brain_sites", "words", "brain.sites", label="Sites in the brain")
def brain_sites(case: Case) -> Found:
    """As recorded; outside its section of the form 'Sites' would not say of what."""
    return as_recorded(case, "brain.sites")
