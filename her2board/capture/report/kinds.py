"""Suggests what kind of report a text is. A person picks it; without enough words of one kind none is suggested."""

import re
from functools import cache

from her2board.capture.report.model import Kind
from her2board.capture.report.normal import normalise
from her2board.capture.report.patterns import named
from her2board.capture.report.resources import pattern_of, read_resource

_LEAST = 2
_LOOKED_AT = 20_000
"""Characters from the beginning of a text."""
_OF_THE_DISEASE = named("kinds_of_the_disease")
"""Without any of these words a text is no report for this program."""


@cache
def _signs() -> dict[Kind, tuple[tuple[re.Pattern[str], int], ...]]:
    data = read_resource("kinds").items()
    return {kind: tuple((pattern_of(one["words"]), int(one["weight"])) for one in signs) for kind, signs in data}


def suggest_kind(text: str) -> Kind | None:
    """Return the kind that most words of a text speak for; None where too few do or two kinds are equal."""
    plain = normalise(text[:_LOOKED_AT]).plain
    if not _OF_THE_DISEASE.search(plain):
        return None
    scores = {kind: sum(n for words, n in signs if words.search(plain)) for kind, signs in _signs().items()}
    best = max(scores.values())
    found = [kind for kind, score in scores.items() if score == best]
    return found[0] if best >= _LEAST and len(found) == 1 else None
