"""Facts of earlier local therapy, by kind: of the brain, and radiotherapy of any site."""

from functools import partial

from her2board.case.catalogue.declare import NOT_RECORDED, Found, answered, fact
from her2board.case.model import Case
from her2board.case.treatment import LOCAL_KINDS, had_local, last_local, local_details
from her2board.logic.values import Among
from her2board.wording import Marked

_FIELD = "brain.local_therapies"
_KINDS: tuple[tuple[str, Marked, Marked, str], ...] = (
    ("wbrt", "Earlier whole-brain radiotherapy", "Last whole-brain radiotherapy", "listed as whole brain"),
    ("radiosurgery", "Earlier radiosurgery", "Last radiosurgery", "listed as radiosurgery"),
    ("brain_surgery", "Earlier brain surgery", "Last brain surgery", "listed as surgery"),
    ("brain_radiotherapy", "Earlier brain radiotherapy", "Last brain radiotherapy", "any radiotherapy of the brain"),
    (
        "any_radiotherapy",
        "Earlier radiotherapy of any site",
        "Last radiotherapy of any site",
        "any radiotherapy listed",
    ),
    ("local_therapy", "Earlier local brain therapy", "", "any treatment of the brain"),
)
"""Kind, whether there was any, its last day where criteria count from it, rule."""
_DOSES: tuple[tuple[str, Marked], ...] = (
    ("wbrt", "Dose of earlier whole-brain radiotherapy"),
    ("radiosurgery", "Dose of earlier radiosurgery"),
)
"""The kinds whose dose a repetition asks for."""


def _prior(kind: str, case: Case) -> Found:
    return answered(had_local(case, kind))


def _last(kind: str, case: Case) -> Found:
    return last_local(case, kind)


def _dose(kind: str, case: Case) -> Found:
    """Return the doses given; nothing while one of them is not recorded."""
    given = [one for one in case.brain.local_therapies.items if one.kind in LOCAL_KINDS[kind]]
    if not given or any(one.dose_gy is None for one in given):
        return NOT_RECORDED
    words = "; ".join(map(local_details, given))
    return Among.exactly(words), words, ""


for _kind, _label in _DOSES:
    fact(f"dose_{_kind}", "words", _FIELD, label=_label, rule="recorded when every entry has a dose")(
        partial(_dose, _kind)
    )
for _kind, _label, _, _rule in _KINDS:
    fact(f"prior_{_kind}", "flag", _FIELD, label=_label, rule=f"{_rule}; 'no' only from a complete list")(
        partial(_prior, _kind)
    )
for _kind, _, _label, _ in _KINDS:
    if _label:
        fact(f"last_{_kind}", "day", _FIELD, label=_label, rule="latest entry; last fraction")(partial(_last, _kind))
