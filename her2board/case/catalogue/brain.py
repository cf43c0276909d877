"""Facts of the brain: metastases, their class, number and size, and the leptomeninges."""

from her2board.case.catalogue.declare import NOT_RECORDED, Found, answered, fact, waits
from her2board.case.catalogue.plain import as_recorded
from her2board.case.from_lists import FILLED
from her2board.case.lesions import (
    NECROSIS,
    classes_listed,
    count_words,
    largest_listed,
    lesions_left,
    lesions_listed,
    measurable_by_size,
    narrowed,
    necrosis_answered,
    none_left,
    none_left_words,
    none_progressing,
    with_necrosis_open,
)
from her2board.case.model import Case, Count
from her2board.case.treatment import Answer, had_local
from her2board.logic.values import Among, Nothing, Span, Subset, Waits
from her2board.wording import tr

_LEFT = ("brain.lesions", "brain.local_therapies", "brain.lesion_count", "brain.metastases_present")
"""The fields that say whether any lesion is left."""
_UNLESS_NONE = "as recorded; no where no lesion is left"
_BY_SITES = "as recorded, else by the sites of the lesion table, or of the summary: 'no' only where all is described"
_DIFFUSE = 11
"""Metastases that 'diffuse' means at least: one more than the last number at which statements change."""


@fact(
    "cns_class",
    "set",
    "brain.cns_class",
    "brain.necrosis_in_question",
    "brain.lesions",
    "brain.local_therapies",
    "brain.lesion_count",
    "brain.metastases_present",
    rule="as recorded, or from the lesion table, and none where no lesion is left; what progresses may be stable while "
    "necrosis is in question, settled by histology of a lesion",
)
def cns_class(case: Case) -> Found:
    """As said, with what progresses open until radiation necrosis is out of question, where it may be one."""
    said = _class_said(case)
    if said is None:
        return NOT_RECORDED
    found = with_necrosis_open(case, said)
    why = tr("not every lesion is described") if said.maybe else ""
    if found != said:
        asked = case.brain.necrosis_in_question
        why = tr("radiation necrosis in question") if asked else tr("radiation necrosis: not asked")
    return found, _class_words(found, case), why


@waits("cns_class")
def class_waits_for_necrosis(case: Case) -> Waits | None:
    """Radiation necrosis, where it leaves the class open: out of question, the class is as said."""
    said = _class_said(case)
    if said is None or with_necrosis_open(case, said) == said:
        return None
    return Waits("necrosis_in_question", ((Among.exactly(False), said),))


def _class_said(case: Case) -> Subset | None:
    """As recorded, else none without a lesion, untreated when no local therapy was given at all, or from the table."""
    brain = case.brain
    if brain.cns_class is not None:
        return Subset(frozenset(brain.cns_class))
    if none_left(case):
        return Subset(frozenset())
    if had_local(case, "local_therapy").value is False and _has_brain_metastases(case):
        return Subset(frozenset({"untreated"}))
    return classes_listed(case) if brain.lesions.items else None


def _class_words(classes: Subset, case: Case) -> str:
    if classes == Subset(frozenset()):
        return none_left_words(case)
    if not classes.has:
        return tr(" or ").join(sorted(classes.maybe))
    words = tr(" and ").join(sorted(classes.has))
    doubt = tr("perhaps {maybe}").format(maybe=tr(" or ").join(sorted(classes.maybe))) if classes.maybe else ""
    return ", ".join(filter(None, (words, doubt)))


@fact(
    "brain_metastases",
    "flag",
    "brain.lesion_count",
    "brain.metastases_present",
    "brain.lesions",
    "brain.cns_class",
    "brain.local_therapies",
    label="Brain metastases",
    rule="yes when recorded so, or when a class or a lesion that is left is recorded; no when none is left, whatever "
    "was treated before",
)
def brain_metastases(case: Case) -> Found:
    """Yes, no by a count of none, or open."""
    present = _has_brain_metastases(case)
    return answered(Answer(present, tr("yes") if present else tr("no") if present is False else ""))


def _has_brain_metastases(case: Case) -> bool | None:
    """Return whether there are brain metastases; None where it is not known, as after treatment alone."""
    brain = case.brain
    if none_left(case):
        return False
    counted = brain.lesion_count is not None and brain.lesion_count.low > 0
    described = brain.metastases_present or brain.cns_class or counted or lesions_left(case)[0]
    return True if described else None


@fact(
    "leptomeningeal_disease",
    "flag",
    "brain.leptomeninges",
    "brain.csf_cytology",
    rule="confirmed, or a positive cytology, is yes, none is no; suspected, probable and stated without basis are open",
)
def leptomeningeal_disease(case: Case) -> Found:
    """Yes, no, or open while it is not confirmed."""
    status, shown = _leptomeninges(case)
    if status is None:
        return NOT_RECORDED
    if status in ("suspected", "probable"):
        why = shown if case.brain.leptomeninges == "stated" else tr("{status}, not confirmed").format(status=status)
        return Among(frozenset({True, False})), shown, why
    return Among.exactly(status == "confirmed"), shown, ""


@fact(
    "leptomeningeal_status",
    "choice",
    "brain.leptomeninges",
    "brain.csf_cytology",
    options=("none", "suspected", "probable", "confirmed"),
    rule="as recorded; stated without basis is probable or confirmed; a positive cytology, alone or with it, confirmed",
)
def leptomeningeal_status(case: Case) -> Found:
    """Return how sure leptomeningeal disease is."""
    status, shown = _leptomeninges(case)
    if status == "probable" and case.brain.leptomeninges == "stated":
        return Among(frozenset({"probable", "confirmed"})), shown, shown
    return NOT_RECORDED if status is None else (Among.exactly(status), shown, "")


def _leptomeninges(case: Case) -> tuple[str | None, str]:
    """Return the status that is read, and what the case says in words."""
    status = case.brain.leptomeninges
    if status in (None, "stated") and case.brain.csf_cytology == "positive":
        return "confirmed", tr("confirmed by cytology")
    if status is None:
        return None, ""
    return ("probable", tr("stated, basis not recorded")) if status == "stated" else (status, status)


@fact(
    "necrosis_in_question",
    "flag",
    "brain.necrosis_in_question",
    "brain.lesions",
    "brain.local_therapies",
    "brain.cns_class",
    "brain.lesion_count",
    "brain.metastases_present",
    rule="as recorded, else no when histology of every progressing lesion of a complete table shows tumour, when no "
    "radiotherapy of the brain was given, or when no lesion progresses",
)
def necrosis_in_question(case: Case) -> Found:
    """As recorded, else no where histology has answered it or it cannot arise."""
    recorded = case.brain.necrosis_in_question
    if recorded is not None:
        return answered(Answer(recorded, tr("yes") if recorded else tr("no"), tr("not settled") if recorded else ""))
    words = ""
    if necrosis_answered(case):
        words = tr("no, tumour by histology")
    elif had_local(case, "brain_radiotherapy").value is False:
        words = tr("no, no radiotherapy of the brain")
    elif none_progressing(case):
        words = tr("no, no lesion progresses")
    return (Among.exactly(False), words, "") if words else NOT_RECORDED


@fact(
    "necrosis_proven",
    "flag",
    "brain.lesions",
    label="Radiation necrosis proven by histology",
    rule="yes from the histology of any lesion; no from tumour alone in every lesion of a complete table",
)
def necrosis_proven(case: Case) -> Found:
    """Yes from one lesion; no only from all of them."""
    table = case.brain.lesions
    found = [lesion for lesion in table.items if lesion.histology in NECROSIS]
    if found:
        sites = ", ".join(lesion.site for lesion in found if lesion.site)
        return Among.exactly(True), tr("yes, {sites}").format(sites=sites) if sites else tr("yes"), ""
    every = bool(table.items) and all(lesion.histology == "tumour" for lesion in table.items)
    return (Among.exactly(False), tr("no"), "") if every and table.completeness == "complete" else NOT_RECORDED


@fact(
    "lesion_count",
    "number",
    "brain.lesion_count",
    "brain.metastases_present",
    "brain.lesions",
    "brain.local_therapies",
    rule="as recorded, else the length of a complete lesion table; diffuse or numerous is read as more than 10, the "
    "last step at which statements change (the program's own threshold)",
)
def lesion_count(case: Case) -> Found:
    """Return the number recorded, narrowed by the lesion table and by 'none present' where they agree."""
    count = _counted(case)
    if case.brain.metastases_present is False and (count is None or count.low == 0):
        count = Count(low=0, high=0)
    return NOT_RECORDED if count is None else _count_found(count)


def _counted(case: Case) -> Count | None:
    """Return what number and table say together."""
    count, listed = case.brain.lesion_count, lesions_listed(case)
    if count is None or listed is None or listed.low > (listed.low if count.high is None else count.high):
        return listed if count is None else count
    low, high = max(count.low, listed.low), count.high
    if listed.high is not None and listed.high >= low:
        high = listed.high if high is None else min(high, listed.high)
    return count.model_copy(update={"low": low, "high": high})


def _count_found(count: Count) -> Found:
    why = "" if count.low == count.high else tr("not an exact number")
    low = max(count.low, _DIFFUSE) if count.diffuse and count.high is None else count.low
    return Span(low, count.high), count_words(count), why


@fact(
    "largest_lesion_mm",
    "number",
    "brain.largest_mm",
    "brain.lesions",
    "brain.local_therapies",
    "brain.lesion_count",
    "brain.metastases_present",
    rule="as recorded, else the largest of a complete lesion table; none where no lesion is left",
)
def largest_lesion_mm(case: Case) -> Found:
    """Return the largest diameter recorded, else what the lesion table allows."""
    recorded, listed = case.brain.largest_mm, largest_listed(case)
    if recorded is None:
        if listed is None:
            return _no_size(case)
        sizes = [lesion.diameter_mm for lesion in case.brain.lesions.items if lesion.diameter_mm]
        ranged = any(size.exact is None for size in sizes)
        why = tr("not an exact size") if ranged else tr("not every lesion is measured, or its state is not recorded")
        return listed.span, listed.shown(), "" if listed.exact is not None else why
    size = recorded if listed is None else narrowed(recorded, listed) or recorded
    return size.span, size.shown(), "" if size.exact is not None else tr("not an exact size")


def _no_size(case: Case) -> Found:
    """Return that there is no size where no lesion is left."""
    return (Nothing(), none_left_words(case), "") if none_left(case) else NOT_RECORDED


@fact(
    "total_volume_ml",
    "number",
    "brain.total_volume_ml",
    *_LEFT,
    rule="as recorded; none where no lesion is left",
)
def total_volume_ml(case: Case) -> Found:
    """As recorded, or that there is no volume."""
    found = as_recorded(case, "brain.total_volume_ml")
    return _no_size(case) if found == NOT_RECORDED else found


@fact(
    "measurable_cns",
    "flag",
    "brain.measurable",
    "brain.lesions",
    "brain.largest_mm",
    "brain.lesion_count",
    "brain.metastases_present",
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


@fact("brain_sites", "words", "brain.sites", *_LEFT, label="Sites in the brain", rule="as recorded, else as listed")
def brain_sites(case: Case) -> Found:
    """As recorded; outside its section of the form 'Sites' would not say of what."""
    words = tr("none")
    return (Among.exactly(words), words, "") if _none_where(case, "brain.sites") else _as_listed(case, "brain.sites")


@fact(
    "brainstem_lesion",
    "flag",
    "brain.brainstem",
    *_LEFT,
    "brain.sites",
    rule=_BY_SITES,
)
def brainstem_lesion(case: Case) -> Found:
    """As recorded, else by the sites listed."""
    return _lies_in(case, "brain.brainstem")


@fact(
    "posterior_fossa_lesion",
    "flag",
    "brain.posterior_fossa",
    *_LEFT,
    "brain.sites",
    rule=_BY_SITES,
)
def posterior_fossa_lesion(case: Case) -> Found:
    """As recorded, else by the sites listed."""
    return _lies_in(case, "brain.posterior_fossa")


@fact("eloquent_lesion", "flag", "brain.eloquent", *_LEFT, rule=_UNLESS_NONE)
def eloquent_lesion(case: Case) -> Found:
    """As recorded."""
    return _lies_in(case, "brain.eloquent")


@fact("near_hippocampus", "flag", "brain.near_hippocampus", *_LEFT, rule=_UNLESS_NONE)
def near_hippocampus(case: Case) -> Found:
    """As recorded."""
    return _lies_in(case, "brain.near_hippocampus")


def _lies_in(case: Case, path: str) -> Found:
    """Return whether a lesion lies in a part of the brain: no where no lesion is left."""
    if _none_where(case, path):
        return Among.exactly(False), none_left_words(case), ""
    return _as_listed(case, path) if path in FILLED else as_recorded(case, path)


def _none_where(case: Case, path: str) -> bool:
    """Return whether a field about lesions is not recorded, and no lesion is left."""
    return as_recorded(case, path) == NOT_RECORDED and none_left(case)


def _as_listed(case: Case, path: str) -> Found:
    """Return what is recorded, else what the list says."""
    found, listed = as_recorded(case, path), FILLED[path](case)
    if found != NOT_RECORDED or listed is None:
        return found
    value = listed.value if isinstance(listed.value, bool) else listed.words
    return Among.exactly(value), listed.words, ""
