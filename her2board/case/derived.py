"""Reads every fact of the catalogue from a case, on one day. Unknown as soon as a needed input is."""

from collections.abc import Callable
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any

from her2board.case.drugs import Vocabulary
from her2board.case.facts import FactSpec
from her2board.case.fields import field_by_path
from her2board.case.lesions import largest_listed, lesions_left, measurable_by_size
from her2board.case.model import HIGHEST_GRADE, Case, Count
from her2board.case.receptors import assay_words, hormone_words, over_specimens, specimen_her2, specimen_hormone
from her2board.case.terms import URGENT_SIGNS, spoken
from her2board.case.treatment import (
    Answer,
    given,
    had_local,
    last_local,
    metastatic_lines,
    months_to_relapse,
    named_drugs,
    progressed_on,
)
from her2board.case.wishes import declined_kinds
from her2board.logic.values import Among, Facts, Reading, Span, Subset, Value
from her2board.wording import tr

Found = tuple[Value | None, str, str]
"""Value, what the case says in words, why it is open."""
_NOT_RECORDED: Found = (None, "", "")


def read_facts(case: Case, specs: dict[str, FactSpec], vocabulary: Vocabulary, as_of: date) -> Facts:
    """Return all facts of ``case`` on ``as_of``."""
    drugs = _Drugs(case, vocabulary)
    readings = {}
    for name, spec in specs.items():
        value, shown, why = _find(case, spec, drugs)
        readings[name] = Reading(name, spec.label, value, shown, why)
    return Facts(as_of, readings)


class _Drugs:
    """Reads the facts of each drug; those of drugs that nothing recorded names are alike, and read once."""

    def __init__(self, case: Case, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._case = case
        self._named = named_drugs(case, vocabulary)
        self._unnamed: dict[str, Found] = {}

    def find(self, prefix: str, id_: str) -> Found:
        members = self.vocabulary.members(id_)
        if members & self._named:
            return _per_drug(self._case, self.vocabulary, prefix, id_)
        if prefix not in self._unnamed:
            self._unnamed[prefix] = _per_drug(self._case, self.vocabulary, prefix, id_)
        return self._unnamed[prefix]


def _find(case: Case, spec: FactSpec, drugs: _Drugs) -> Found:
    prefix, _, id_ = spec.name.partition(".")
    if id_:
        return drugs.find(prefix, id_)
    if spec.name in _DERIVED:
        return _DERIVED[spec.name](case)
    if spec.name == "metastatic_lines":
        return metastatic_lines(case)
    if spec.name == "months_since_adjuvant_her2" and case.tumour.months_since_adjuvant_her2 is None:
        return months_to_relapse(case, drugs.vocabulary)
    kind, _, local = spec.name.partition("_")
    if kind == "prior":
        return _flag(had_local(case, local))
    if kind == "last":
        day, shown = last_local(case, local)
        return day, shown, ""
    return _direct(case, spec)


_getter = cache(attrgetter)


def value_at(case: Case, path: str) -> Any:
    """Return the value at a dotted path of fields."""
    return _getter(path)(case)


def _direct(case: Case, spec: FactSpec) -> Found:
    """Read a fact that is one field, as recorded."""
    path = spec.fields[0]
    value = value_at(case, path)
    if value is None:
        return _NOT_RECORDED
    if spec.kind == "number":
        dated = field_by_path()[path].info.dated_by
        day = value_at(case, dated) if dated else None
        words = f"{value:g} {spec.unit}".strip()
        return Span.exactly(value), f"{words} ({day.shown()})" if day else words, ""
    if spec.kind == "flag":
        return Among.exactly(value), tr("yes") if value else tr("no"), ""
    words = ", ".join(value) if isinstance(value, tuple) else str(value)
    return Among.exactly(words), spoken(words) if spec.kind == "choice" else words, ""


def _flag(answer: Answer) -> Found:
    value = None if answer.value is None else Among.exactly(answer.value)
    return value, answer.shown, answer.why


def _per_drug(case: Case, vocabulary: Vocabulary, prefix: str, id_: str) -> Found:
    if prefix == "access":
        named = [(vocabulary.resolve(name), value) for name, value in case.access.drugs.items()]
        answers = [value for ids, value in named if id_ in ids and (value or len(ids) == 1)]
        return _flag(Answer(answers[0], tr("yes") if answers[0] else tr("no"))) if answers else _NOT_RECORDED
    if prefix == "progressed_on":
        return _flag(progressed_on(case, vocabulary, id_))
    return _flag(given(case, vocabulary, id_, metastatic=prefix == "given_metastatic"))


def _her2_status(case: Case) -> Found:
    listed = case.tumour.specimens
    value, shown, why = over_specimens(listed.items, specimen_her2, assay_words)
    if shown and listed.completeness != "complete":
        shown += tr("; specimens not complete")  # the decisive status of the disease says what it rests on
    return value, shown, why


def _hr_status(case: Case) -> Found:
    return over_specimens(case.tumour.specimens.items, specimen_hormone, hormone_words)


def _cns_class(case: Case) -> Found:
    """As recorded, else untreated when no local therapy was given at all, else from the lesions."""
    brain = case.brain
    found = _NOT_RECORDED
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
    classes = {
        "new": "untreated",
        "untreated": "untreated",
        "treated_stable": "stable",
        "treated_progressing": "progressing",
        "resected": "stable",
    }
    table = case.brain.lesions
    states = [lesion.state for lesion in table.items]
    has = frozenset(classes[state] for state in states if state)
    whole = table.completeness == "complete" and None not in states
    maybe = frozenset() if whole else frozenset({"stable", "untreated", "progressing"}) - has
    return _class_found(case, has, maybe)


def _class_words(has: frozenset[str], maybe: frozenset[str]) -> str:
    words = tr(" and ").join(sorted(has))
    doubt = tr("perhaps {maybe}").format(maybe=", ".join(sorted(maybe))) if maybe else ""
    return ", ".join(part for part in (words, doubt) if part)


def _has_brain_metastases(case: Case) -> bool | None:
    brain = case.brain
    counts = [count for count in (brain.lesion_count, _lesions_listed(case)) if count]
    if brain.lesions.items or brain.cns_class or brain.local_therapies.items or any(count.low for count in counts):
        return True
    none_now = any(count.high == 0 for count in counts)
    return False if none_now and brain.local_therapies.completeness == "complete" else None


def _brain_metastases(case: Case) -> Found:
    present = _has_brain_metastases(case)
    return _flag(Answer(present, tr("yes") if present else tr("no") if present is False else ""))


def _leptomeningeal_disease(case: Case) -> Found:
    status = case.brain.leptomeninges
    if status is None:
        return _NOT_RECORDED
    if status in ("suspected", "probable"):
        return Among(frozenset({True, False})), status, tr("{status}, not confirmed").format(status=status)
    return Among.exactly(status == "confirmed"), status, ""


def _urgency(case: Case) -> Found:
    signs = {sign: getattr(case.urgency, sign) for sign in URGENT_SIGNS}
    labels = field_by_path()
    present = [labels[f"urgency.{sign}"].info.label for sign, value in signs.items() if value]
    if present:
        return Among.exactly(True), ", ".join(present), ""
    if all(value is False for value in signs.values()):
        return Among.exactly(False), tr("none recorded as present"), ""
    return None, "", tr("not every urgent sign is recorded") if False in signs.values() else ""


def _immediate_local_therapy(case: Case) -> Found:
    urgent, shown, _ = _urgency(case)
    if urgent == Among.exactly(True):
        return urgent, tr("yes, urgency recorded: {signs}").format(signs=shown), ""
    needed = case.urgency.immediate_local_therapy
    return _flag(Answer(needed, tr("yes") if needed else tr("no") if needed is False else ""))


def _neurologically_stable(case: Case) -> Found:
    neurology = case.neurology
    if neurology.trend == "worsening":
        return Among.exactly(False), tr("symptoms worsening"), ""
    if neurology.trend is not None:
        return Among.exactly(True), tr("symptoms {trend}").format(trend=neurology.trend), ""
    if neurology.symptoms_present is False:
        return Among.exactly(True), tr("no symptoms"), ""
    return _NOT_RECORDED


def _lesion_count(case: Case) -> Found:
    count = case.brain.lesion_count
    listed = _lesions_listed(case)
    if count is None:
        return _NOT_RECORDED if listed is None else _count_found(listed)
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


def count_words(count: Count) -> str:
    """Return a lesion count in words: '20', '5 to 8', '2 or more', 'diffuse'."""
    if count.diffuse:
        return tr("diffuse")
    if count.high is None:
        return tr("{low} or more").format(low=count.low)
    return str(count.low) if count.low == count.high else tr("{low} to {high}").format(low=count.low, high=count.high)


def _largest_lesion(case: Case) -> Found:
    if case.brain.largest_mm is not None:
        return Span.exactly(case.brain.largest_mm), f"{case.brain.largest_mm:g} mm", ""
    low, high = largest_listed(case)
    if low is None:
        return _NOT_RECORDED
    if low == high:
        return Span.exactly(low), f"{low:g} mm", ""
    words = tr("{low:g} mm or more").format(low=low)
    words = words if high is None else tr("{low:g} to {high:g} mm").format(low=low, high=high)
    return Span(low, high), words, tr("not every lesion is measured, or its state is not recorded")


def _measurable(case: Case) -> Found:
    recorded = case.brain.measurable
    if recorded is not None:
        return _flag(Answer(recorded, tr("yes") if recorded else tr("no")))
    by_size = measurable_by_size(case)
    if by_size is None:
        return _NOT_RECORDED
    words = tr("yes, by the sizes recorded (RANO-BM)") if by_size else tr("no, by the sizes recorded (RANO-BM)")
    return _flag(Answer(by_size, words))


def _dexamethasone(case: Case) -> Found:
    neurology = case.neurology
    if neurology.dexamethasone_mg is not None:
        return Span.exactly(neurology.dexamethasone_mg), f"{neurology.dexamethasone_mg:g} mg", ""
    if neurology.steroid_given is False:
        return Span.exactly(0), tr("no steroid"), ""
    if neurology.steroid_given:
        return Span(0, None), tr("steroid given"), tr("dose not recorded")
    return _NOT_RECORDED


def _steroid_given(case: Case) -> Found:
    dose, given_ = case.neurology.dexamethasone_mg, case.neurology.steroid_given
    value = given_ if given_ is not None else None if dose is None else dose > 0
    shown = "" if value is None else tr("no") if not value else f"{dose:g} mg" if dose is not None else tr("yes")
    return _flag(Answer(value, shown))


def _ild_history(case: Case) -> Found:
    organs = case.organs
    value = organs.ild_history
    if value is None and organs.ild_grade is not None:
        value = organs.ild_grade > 0
    grade = tr(", grade {grade}").format(grade=organs.ild_grade) if organs.ild_grade else ""
    return _flag(Answer(value, "" if value is None else (tr("yes") + grade) if value else tr("no")))


def _ild_grade(case: Case) -> Found:
    organs = case.organs
    if organs.ild_grade is not None:
        return Span.exactly(organs.ild_grade), str(organs.ild_grade), ""
    if organs.ild_history is None:
        return _NOT_RECORDED
    if organs.ild_history:
        return Span(1, HIGHEST_GRADE), tr("yes"), tr("grade not recorded")
    return Span.exactly(0), tr("no ILD"), ""


def _pregnant(case: Case) -> Found:
    patient = case.patient
    if patient.pregnant is not None:
        return Among.exactly(patient.pregnant), tr("yes") if patient.pregnant else tr("no"), ""
    if patient.menopause == "postmenopausal" or patient.sex == "male":
        return Among.exactly(False), tr("postmenopausal") if patient.menopause == "postmenopausal" else tr("male"), ""
    return _NOT_RECORDED


def _declines(case: Case) -> Found:
    kinds = declined_kinds(case)
    if kinds is None:
        return _NOT_RECORDED
    shown = ", ".join(value_at(case, "patient.declines")) or tr("nothing")
    return kinds, shown, tr("which options this means cannot be told") if kinds.maybe else ""


_DERIVED: dict[str, Callable[[Case], Found]] = {
    "her2_status": _her2_status,
    "hr_status": _hr_status,
    "cns_class": _cns_class,
    "brain_metastases": _brain_metastases,
    "leptomeningeal_disease": _leptomeningeal_disease,
    "urgency": _urgency,
    "immediate_local_therapy": _immediate_local_therapy,
    "neurologically_stable": _neurologically_stable,
    "lesion_count": _lesion_count,
    "largest_lesion_mm": _largest_lesion,
    "measurable_cns": _measurable,
    "dexamethasone_mg": _dexamethasone,
    "steroid_given": _steroid_given,
    "ild_history": _ild_history,
    "ild_grade": _ild_grade,
    "pregnant": _pregnant,
    "declines": _declines,
}
