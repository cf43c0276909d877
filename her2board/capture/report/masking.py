"""Masks what may name a person in a sentence that is kept: names behind titles, numbers of records, dates of birth."""

import re

from her2board.capture.report.patterns import named

MASK = "\N{HORIZONTAL ELLIPSIS}"
_TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Frau|Herr|Mme|Madame|M\.|Sig\.ra|Sig|Signora|Dott(?:\.ssa)?|Sra|Sr|Dra|Sister|Nurse)\.?\s+(?:[A-Z\u00c0-\u00dd][\w'\u2019-]*\s?){1,3}"
)
_LABELLED = re.compile(named("masking_labelled").pattern, re.IGNORECASE)
_NUMBER = re.compile(
    r"(?<![\d/.-])(?:[A-Z]{0,4}-?\d{6,}|\d{3}[ -]\d{3}[ -]\d{4}|[A-Z]{1,4}\d{2}-\d{3,}|[A-Z]{1,3}-?\d{5,})(?![\d/])"
)
_MAIL = re.compile(r"\S+@\S+\.\w+|(?:https?://|www\.)\S+")


def masked(words: str) -> str:
    """Return a sentence in one line with names and numbers of persons masked."""
    line = " ".join(words.split())
    mail = (_MAIL,) if "@" in line or "://" in line or "www." in line else ()
    for pattern in (*mail, _TITLED, _NUMBER):
        line = pattern.sub(MASK + " ", line)
    line = _LABELLED.sub(lambda match: f"{match['label']}{MASK}", line) if ":" in line or "#" in line else line
    return " ".join(line.split())
