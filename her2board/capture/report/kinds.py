"""Suggests what kind of report a text is. A person picks it; without enough words of any kind none is suggested."""

import re
from functools import cache

from her2board.capture.report.model import Kind
from her2board.capture.report.normal import normalise
from her2board.capture.report.patterns import named
from her2board.capture.report.resources import pattern_of, read_resource

_LEAST = 2
_LOOKED_AT = 20_000
"""Characters from the beginning of a text."""
_TITLE = 130
"""Characters in which a text says what it is."""
_OF_THE_DISEASE = named("kinds_of_the_disease")
"""Without any of these words a text is no report for this program."""


@cache
def _signs() -> dict[Kind, tuple[tuple[re.Pattern[str], bool, int], ...]]:
    """Return the signs of each kind: a pattern, whether only the title is looked at, and its weight."""
    return {
        kind: tuple((pattern_of(one.get("title") or one["words"]), "title" in one, int(one["weight"])) for one in signs)
        for kind, signs in read_resource("kinds").items()
    }


def suggest_kind(text: str) -> Kind | None:
    """Return the kind that most words of a text speak for; None where too few do.

    Of kinds that are equal the letter is suggested, which is read for what any of them may say.
    """
    plain = normalise(text[:_LOOKED_AT]).plain
    if not _OF_THE_DISEASE.search(plain):
        return None
    title = plain[:_TITLE]
    scores = {
        kind: sum(weight for sign, of_title, weight in signs if sign.search(title if of_title else plain))
        for kind, signs in _signs().items()
    }
    best = max(scores.values())
    found = [kind for kind, score in scores.items() if score == best]
    if best < _LEAST:
        return None
    return "clinic_letter" if "clinic_letter" in found else found[0]
