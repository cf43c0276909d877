"""Says which lines of a text are given now: a later one ends an earlier, and drugs of one list are one line."""

from collections.abc import Iterable

from msgspec.structs import replace

from her2board.capture.report.line_agreement import drugs_of
from her2board.capture.report.model import Event
from her2board.case.drugs import Vocabulary
from her2board.wording import tr

SINCE_RULE = "line-since"
"""The rule of a line of which a text says since when it is given, and not that it still is."""
_BESIDE = ("endocrine", "cdk46_inhibitor", "pi3k_inhibitor", "lhrh_agonist", "supportive")
"""Classes of drugs that are added to a treatment and do not end it."""
_LISTED = ("drug-list", "line-undated")
_SEVERAL = 2


def still_given(lines: Iterable[Event], vocabulary: Vocabulary) -> list[Event]:
    """Return lines; one that began 'since' a day is not called ongoing where another began after it."""
    found = list(lines)
    return [_open_end(line) if any(_ends(one, line, vocabulary) for one in found) else line for line in found]


def _open_end(line: Event) -> Event:
    value = {key: one for key, one in line.value.items() if key != "ongoing"}
    return replace(line, value=value, trust="needs_eye", asks=line.asks or tr("until when?"))


def _ends(other: Event, line: Event, vocabulary: Vocabulary) -> bool:
    """Tell whether another line may have ended one: it began later, or it is what she is given now."""
    if line.rule != SINCE_RULE or "ongoing" not in line.value or other.because is not None or other is line:
        return False
    if other.field != line.field or "drugs" not in other.value:
        return False
    beside = frozenset(drug for name in _BESIDE for drug in vocabulary.members(name))
    mine, its = drugs_of(line, vocabulary), drugs_of(other, vocabulary)
    start, later = line.value.get("start", ""), other.value.get("start", "")
    both = min(len(start), len(later))
    if both and later[:both] > start[:both]:
        return bool(its - mine - beside) or its < mine
    return not later and "ongoing" in other.value and bool(its - mine - beside)


def one_line(lines: Iterable[Event], vocabulary: Vocabulary, rules: tuple[str, ...] = _LISTED) -> list[Event]:
    """Return lines, those of which a text says only that she is on them now as one.

    Where they cannot be one, as an antibody-drug conjugate beside another drug, none of them is offered.
    """
    found = list(lines)
    now = [one for one in found if one.rule in rules and one.because is None and set(one.value) == {"drugs", "ongoing"}]
    names = dict.fromkeys(name for one in now for name in one.value["drugs"])
    drugs = [drugs_of(one, vocabulary) for one in now]
    if len(now) < _SEVERAL or len(set(drugs)) < _SEVERAL:
        return found
    every = frozenset(drug for part in drugs for drug in part)
    beside = frozenset(drug for name in _BESIDE for drug in vocabulary.members(name))
    conjugates = every & vocabulary.members("adc")
    if conjugates and every - conjugates - beside:
        return [replace(one, because="open") if one in now else one for one in found]
    first, last = min(now, key=lambda one: one.start), max(now, key=lambda one: one.end)
    asks = tr("one line? dates and setting")
    whole = replace(first, value={"drugs": list(names), "ongoing": True}, end=last.end, asks=asks)
    return [whole if one is first else one for one in found if one is first or one not in now]
