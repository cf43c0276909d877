"""A fact in the few words of a reason: 'no symptoms', '6 metastases', 'largest 14 mm'."""

from her2board.assessment.options import asked_first
from her2board.briefing.formats import lower
from her2board.case.terms import spoken
from her2board.evidence.library import EvidenceLibrary
from her2board.logic.values import Among, Facts, Nothing, Reading, Span
from her2board.wording import Marked, tr

_SHORT = 30
"""Characters that a value may take; a longer one is in its zone."""
_YES_OR_NO: dict[str, tuple[Marked, Marked]] = {
    "symptoms": ("symptoms", "no symptoms"),
    "immediate_local_therapy": ("immediate local therapy needed", "no immediate local therapy needed"),
    "mass_effect": ("mass effect or herniation", "no mass effect"),
    "hydrocephalus": ("hydrocephalus", "no hydrocephalus"),
    "cord_compression": ("cord compression", "no cord compression"),
    "leptomeningeal_disease": ("leptomeningeal disease", "no leptomeningeal disease"),
    "prior_brain_radiotherapy": ("earlier brain radiotherapy", "no earlier brain radiotherapy"),
    "prior_radiosurgery": ("earlier radiosurgery", "no earlier radiosurgery"),
    "prior_wbrt": ("earlier WBRT", "no earlier WBRT"),
    "her2_therapy_ongoing": ("anti-HER2 therapy goes on", "no anti-HER2 therapy now"),
    "prior_brain_surgery": ("earlier brain surgery", "no brain surgery"),
    "necrosis_in_question": ("radiation necrosis in question", "no necrosis in question"),
    "radiosurgery_feasible": ("radiosurgery feasible", "radiosurgery not feasible"),
    "surgery_feasible": ("resection feasible", "resection not feasible"),
    "near_hippocampus": ("lesion near a hippocampus", "no lesion near a hippocampus"),
}
"""Facts that need no 'yes' or 'no' behind their label."""
_WITH_VALUE: dict[str, Marked] = {
    "lesion_count": "{value} metastases",
    "largest_lesion_mm": "largest {value}",
    "cns_class": "{value}",
    "extracranial": "extracranial disease {value}",
    "leptomeningeal_status": "leptomeningeal disease {value}",
    "metastatic_lines": "{value} lines",
    "her2_status": "HER2 {value}",
    "hr_status": "hormone receptors {value}",
    "goals": "goals: {value}",
}
"""Facts whose value reads shorter than after their label."""
_ONE: dict[str, Marked] = {"lesion_count": "{value} metastasis", "metastatic_lines": "{value} line"}
_NUMBERS: dict[str, Marked] = {"ecog": "ECOG {value:g}", "kps": "Karnofsky {value:g}"}
"""Facts whose number is enough: its day is in their row."""
_REACHED: dict[str, dict[str, Marked]] = {
    "radiosurgery_access": {
        "here": "radiosurgery available",
        "by_referral": "radiosurgery by referral",
        "not_available": "radiosurgery not available",
    },
    "hippocampal_avoidance_access": {
        "here": "hippocampal avoidance available",
        "by_referral": "hippocampal avoidance by referral",
        "not_available": "hippocampal avoidance not available",
    },
}
"""What can be done here, by what is recorded of it."""
_UNSETTLED: dict[str, Marked] = {"necrosis_in_question": "necrosis or progression"}
"""Facts whose label reads as if they were so, where they are waited for."""
_ACCESS = "access."
"""Facts that say whether a drug is available at this clinic."""
_BY_VALUE = ("her2_status", "hr_status")
"""Facts whose words add what they rest on."""


def wanted(reading: Reading) -> str:
    """Return a fact that is waited for by its label, with what is recorded of it where that does not decide."""
    label = tr(_UNSETTLED[reading.name]) if reading.name in _UNSETTLED else lower(reading.label)
    if reading.said is not None:
        return tr("{label} \N{EN DASH} contradictory").format(label=label)
    if reading.value is None or reading.shown in ("", tr("yes")) or len(reading.shown) > _SHORT:
        return label
    return tr("{label} \N{EN DASH} so far {value}").format(label=label, value=reading.shown)


def awaited(name: str, library: EvidenceLibrary, facts: Facts) -> str:
    """Return a fact that is waited for in the words of ``wanted``; another where that one is asked for first."""
    return wanted(facts.read(asked_first(library, facts, name)))


def few_words(reading: Reading) -> str:
    """Return a recorded fact in few words; nothing of what is longer than a reason, which its zone says."""
    value, name = reading.value, reading.name
    if name in _YES_OR_NO and value in (Among.exactly(True), Among.exactly(False)):
        return tr(_YES_OR_NO[name][value == Among.exactly(False)])
    if name.startswith(_ACCESS) and value == Among.exactly(False):
        return tr("no access here")
    if value == Among.exactly(True) or (name == "declines" and value is not None):
        return lower(reading.label)
    if value == Among.exactly(False) and name not in _WITH_VALUE:
        return f"{lower(reading.label)}: {tr('no')}"
    if name in _NUMBERS and isinstance(value, Span) and value.low is not None and value.low == value.high:
        return tr(_NUMBERS[name]).format(value=value.low)
    if name in _REACHED and isinstance(value, Among) and len(value.possible) == 1:
        return tr(_REACHED[name][str(next(iter(value.possible)))])
    shown = reading.shown
    if name in _BY_VALUE and isinstance(value, Among):
        shown = tr(" or ").join(sorted(spoken(str(one)) for one in value.possible))
    if len(shown) > _SHORT:
        return tr("goals recorded") if name == "goals" else ""
    if isinstance(value, Nothing):
        return shown
    if name in _WITH_VALUE and value is not None:
        form = _ONE.get(name, _WITH_VALUE[name]) if value == Span.exactly(1) else _WITH_VALUE[name]
        return tr(form).format(value=shown)
    return f"{lower(reading.label)}: {shown}"
