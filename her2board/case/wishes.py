"""What a patient's recorded refusals mean for the kinds of option. Words nobody can place leave every kind open."""

import re

from her2board.case.drugs import Vocabulary
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
_FIRST_WORDS = re.compile(r"^(any|all|more|further|additional) ", re.IGNORECASE)
"""Words before the name of a drug that leave its meaning."""
_WIDE = "chemotherapy"
"""A class that people also mean an antibody-drug conjugate by: to decline it may concern other options."""
_EVERY = frozenset(OptionKind)


def declined_kinds(case: Case, vocabulary: Vocabulary) -> Subset | None:
    """Return the kinds of option the patient surely and perhaps declines; None when nobody recorded it.

    A refusal with a condition, or in words that name no kind and no drug, may mean any kind.
    """
    if case.patient.declines is None:
        return None
    read = [_placed(text, vocabulary) for text in case.patient.declines]
    has = frozenset[str]().union(*(kinds for kinds in read if kinds))
    return Subset(has, _EVERY - has if None in read else frozenset())


def refusals_of_any_kind(case: Case, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the entries that name no kind of option and no drug: they may concern local treatment too."""
    declines = case.patient.declines or ()
    unplaced = (text for text in declines if _placed(text, vocabulary) is None)
    return tuple(text for text in unplaced if not drugs_declined(text, vocabulary))


def declined_drug(case: Case, vocabulary: Vocabulary, id_: str) -> tuple[bool | None, str]:
    """Return whether the patient declines a drug or every drug of a class, and in which words; None while open."""
    declines = case.patient.declines
    if declines is None:
        return None, ""
    members = vocabulary.members(id_)
    for text in declines:
        if any(members <= vocabulary.members(named) for named in drugs_declined(text, vocabulary)):
            return True, text
    return None if any(_placed(text, vocabulary) is None for text in declines) else False, ""


def _placed(text: str, vocabulary: Vocabulary) -> frozenset[str] | None:
    """Return the kinds one entry names, none of a drug; None when it is not clear what is meant."""
    kinds = _kinds(text.casefold())
    named = drugs_declined(text, vocabulary) if kinds is None else ()
    return frozenset() if named and _WIDE not in named else kinds


def drugs_declined(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the drugs and classes that one entry names and nothing else; a dose or a route means only that use."""
    reading = vocabulary.read(_FIRST_WORDS.sub("", text.strip()))
    whole = not (reading.note or reading.route or _QUALIFIED.search(text.casefold()))
    return reading.ids if whole else ()


def _kinds(text: str) -> frozenset[str] | None:
    """Return the kinds one entry names; None when that is not clear."""
    if _QUALIFIED.search(text):
        return None
    named = [kinds for words, kinds in _KINDS if re.search(words, text)]
    if not named and re.search(_BRAIN, text):
        named = [kinds for words, kinds in _OF_BRAIN if re.search(words, text)]
    return frozenset().union(*named) if named else None
