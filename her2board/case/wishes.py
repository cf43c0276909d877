"""What a patient's recorded refusals mean for the kinds of option. Words nobody can place leave every kind open."""

import re

from her2board.case.model import Case
from her2board.case.terms import OptionKind
from her2board.logic.values import Subset

_BRAIN = r"\b(brain|cranial|intracranial|head|metastas[ei]s)\b"
_RADIOSURGERY = (OptionKind.RADIOSURGERY, OptionKind.SURGERY_RADIOSURGERY, OptionKind.COMBINATION)
_SURGERY = (OptionKind.SURGERY, OptionKind.SURGERY_RADIOSURGERY)
_UNDER_DRUGS = (OptionKind.DEFERRAL, OptionKind.CONTINUATION)
"""The kinds that cannot be without the treatment declined."""
_KINDS: tuple[tuple[str, tuple[OptionKind, ...]], ...] = (
    (r"\b(wbrt|whole[- ]brain)\b", (OptionKind.WBRT_CONVENTIONAL, OptionKind.WBRT_HIPPOCAMPAL_MEMANTINE)),
    (r"\b(radiosurgery|srs|srt|stereotactic)\b", _RADIOSURGERY),
    (r"\bintrathecal\b", (OptionKind.INTRATHECAL,)),
    (r"\b(clinical trials?|trials?)\b", (OptionKind.TRIAL,)),
    (r"\b(craniotomy|neurosurgery|brain surgery)\b", _SURGERY),
    (r"\b(shunt|csf diversion)\b", (OptionKind.CSF_DIVERSION,)),
    (r"\b(any|all) systemic (therapy|treatment)s?\b", (*_UNDER_DRUGS, OptionKind.SYSTEMIC, OptionKind.COMBINATION)),
)
_OF_BRAIN: tuple[tuple[str, tuple[OptionKind, ...]], ...] = (
    (
        r"\b(radiotherapy|radiation|irradiation)\b",
        (
            *_RADIOSURGERY,
            OptionKind.WBRT_CONVENTIONAL,
            OptionKind.WBRT_HIPPOCAMPAL_MEMANTINE,
            OptionKind.LEPTOMENINGEAL_RADIOTHERAPY,
        ),
    ),
    (r"\b(surgery|operation|resection)\b", _SURGERY),
)
"""Words that name a kind only together with the brain: 'radiotherapy' alone may mean the breast."""
_QUALIFIED = re.compile(r"\b(if|unless|until|without|except|only|not|no|for now|at first|prefers?|or)\b|\?")
_EVERY = frozenset(OptionKind)


def declined_kinds(case: Case) -> Subset | None:
    """Return the kinds of option the patient surely and perhaps declines; None when nobody recorded it.

    A refusal with a condition, or in words that name no kind, may mean any kind.
    """
    if case.patient.declines is None:
        return None
    read = [_kinds(text.casefold()) for text in case.patient.declines]
    has = frozenset[str]().union(*(kinds for kinds in read if kinds))
    if {OptionKind.SURGERY, OptionKind.RADIOSURGERY} <= has:
        has |= {OptionKind.CONTINUATION}  # the present drugs beside a local therapy of which none is left
    return Subset(has, _EVERY - has if None in read else frozenset())


def _kinds(text: str) -> frozenset[str] | None:
    """Return the kinds one entry names; None when that is not clear."""
    if _QUALIFIED.search(text):
        return None
    named = [kinds for words, kinds in _KINDS if re.search(words, text)]
    if not named and re.search(_BRAIN, text):
        named = [kinds for words, kinds in _OF_BRAIN if re.search(words, text)]
    return frozenset().union(*named) if named else None
