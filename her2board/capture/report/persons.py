"""Finds sentences that go on about another person: 'Her husband is well. He is on apixaban.'"""

import re

from msgspec.structs import replace

from her2board.capture.report.model import Role, Sentence, Span
from her2board.capture.report.normal import Normal
from her2board.capture.report.patterns import named

_OF_HER: tuple[Role, ...] = ("title", "body", "findings", "impression", "past_history", "earlier", "drugs")
"""Sections of what is said of the patient, where no other person is named."""
_SHE, _HE, _EITHER = "she", "he", "either"


def without_others(normal: Normal, found: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    """Return the sentences, those that go on about a person of the sentence before as of the family."""
    if named("persons_any").search(normal.plain) is None:
        return found
    patient = _sex_of_the_patient(normal.plain)
    marked: list[Sentence] = []
    other, before = "", (0, 0)
    for one in found:
        last, before = before, (one.start, one.end)
        if one.role not in _OF_HER:
            other = ""
        elif (relative := named("persons_relative").match(normal.plain, one.start, one.end)) is not None:
            other = _spoken_of(normal.plain, relative, one.end)
        elif _goes_on(normal.plain, one, other, patient) or _is_as_well(normal.plain, one, last):
            marked.append(replace(one, role="family"))
            continue
        else:
            other = ""
        marked.append(one)
    return tuple(marked)


def _sex_of_the_patient(plain: str) -> str:
    """Return which pronoun is the patient's: that of the first word of a text that says it; empty where none does."""
    sign = named("persons_sign").search(plain)
    return "" if sign is None else _HE if sign["he"] else _SHE


def _spoken_of(plain: str, relative: re.Match[str], end: int) -> str:
    """Return the pronoun of a person whom a sentence begins with; empty where it says how that person helps her."""
    he = _HE if relative["he"] else _EITHER if relative["either"] else _SHE
    if named("persons_attends").search(plain, relative.end(), end) and not named("persons_ill").search(
        plain, relative.end(), end
    ):
        return _HE if he == _HE else ""
    return he


def _goes_on(plain: str, sentence: Sentence, other: str, patient: str) -> bool:
    """Tell whether a sentence is about somebody else: by its pronoun, or as it has none behind one about a relative."""
    said = named("persons_pronoun").match(plain, sentence.start, sentence.end)
    if said is None:
        silent = named("persons_without_subject").match(plain, sentence.start, sentence.end)
        return bool(other and silent and not sentence.starts_line)
    pronoun = _HE if said["he"] else _SHE
    if patient and pronoun != patient:
        return True
    return other in (pronoun, _EITHER) and not sentence.starts_line


def _is_as_well(plain: str, sentence: Sentence, before: Span) -> bool:
    """Tell whether a sentence behind one that names somebody says what that person has 'herself'."""
    if sentence.starts_line or not named("persons_as_well").match(plain, sentence.start, sentence.end):
        return False
    return named("persons_any").search(plain, *before) is not None
