"""Facts of earlier local therapy of the brain, by kind."""

from functools import partial

from her2board.case.catalogue.declare import Found, answered, fact
from her2board.case.model import Case
from her2board.case.treatment import had_local, last_local

_FIELD = "brain.local_therapies"
_KINDS = (
    ("wbrt", "whole-brain radiotherapy", "listed as whole brain"),
    ("radiosurgery", "radiosurgery", "listed as radiosurgery"),
    ("brain_surgery", "brain surgery", "listed as surgery"),
    ("brain_radiotherapy", "brain radiotherapy", "any radiotherapy listed"),
    ("local_therapy", "local brain therapy", "any entry listed"),
)
_DATED = ("wbrt", "radiosurgery", "brain_surgery", "brain_radiotherapy")
"""Kinds from which criteria count days."""


def _prior(kind: str, case: Case) -> Found:
    return answered(had_local(case, kind))


def _last(kind: str, case: Case) -> Found:
    day, shown = last_local(case, kind)
    return day, shown, ""


for _kind, _label, _rule in _KINDS:
    _rule = f"{_rule}; 'no' only from a complete list"
    fact(f"prior_{_kind}", "flag", _FIELD, label=f"Earlier {_label}", rule=_rule)(partial(_prior, _kind))
for _kind, _label, _ in _KINDS:
    if _kind in _DATED:
        fact(f"last_{_kind}", "day", _FIELD, label=f"Last {_label}", rule="latest entry; last fraction")(
            partial(_last, _kind)
        )
