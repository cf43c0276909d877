"""The clinic's local file in words, each between square brackets that begin with "local": the mark of it all."""

from collections.abc import Iterator
from datetime import date

from her2board.assessment.local_model import LocalResult, LocalStatementResult, LocalTrialResult, seen_on
from her2board.briefing.formats import listed, lower
from her2board.briefing.model import Run, Words
from her2board.case.terms import OptionKind
from her2board.evidence import local_mark
from her2board.evidence.records import SequencingOption
from her2board.logic.truth import Truth
from her2board.logic.values import Facts
from her2board.wording import day_words, tr

_NAMED = 2
"""Trials named in one phrase, and facts named before the rest is counted."""
_PLAIN = ("on_formulary", "here")
"""What needs no word where an option has one phrase."""


def marked(words: str, place: str) -> Words:
    """Return words with the mark of what is local; ``place`` names the entry: 'option/t-dxd', 'trial/id'."""
    return (Run(local_mark.marked(words), origin=(f"clinic:{place}",)),)


def local_access(local: LocalResult | None, option: SequencingOption) -> Words:
    """Return what the clinic says of the access to an option, marked; of a trial, which are open there."""
    if local is None:
        return ()
    if option.kind is OptionKind.TRIAL and not option.drugs and local.trials:
        return marked(_open_trials(local), f"option/{option.id}")
    found = local.access.get(option.id)
    return marked(found.short, f"option/{option.id}") if found else ()


def local_access_in_brief(local: LocalResult | None, option: SequencingOption) -> Words:
    """Return the same for an option in one phrase: only what is not simply available here."""
    found = local.access.get(option.id) if local else None
    if found is None:
        return local_access(local, option)
    said = [entry.shortest for entry in found.said if entry.status not in _PLAIN]
    return marked("; ".join(said), f"option/{option.id}") if said else ()


def _open_trials(local: LocalResult) -> str:
    names = [f"{result.trial.name}, {result.seen}" for result in local.trials]
    return listed(names, _NAMED)


def whose(local: LocalResult) -> str:
    """Return whose the local file is and of which day, and that it is no evidence: the legend of the mark."""
    day = day_words(date.fromisoformat(local.changed_on))
    words = tr("[local]: {clinic}'s own file of {day}, no evidence, not checked by this program")
    return words.format(clinic=local.clinic, day=day)


def trial_words(result: LocalTrialResult, facts: Facts) -> Iterator[str]:
    """Yield the parts of a trial, the first the last to go: name, day, its criteria here, for whom, contact."""
    trial = result.trial
    yield f"{trial.name} ({trial.registry})" if trial.registry else trial.name
    yield result.seen
    if read := criteria_words(result, facts):
        yield read
    yield tr("for {patients}").format(patients=trial.patients)
    yield tr("contact: {contact}").format(contact=trial.contact)


def criteria_words(result: LocalTrialResult, facts: Facts) -> str:
    """Return how the criteria that the clinic gives read on this case, never more than that; empty without any."""
    if result.truth is None:
        return ""
    against, open_ = result.of(Truth.NOT_MET), result.of(Truth.UNKNOWN)
    met = tr("{n} of {all} local criteria met").format(n=len(result.of(Truth.MET)), all=len(result.findings))
    parts = [met]
    if against:
        parts.append(tr("not met: {criteria}").format(criteria=listed((lower(f.criterion) for f in against), _NAMED)))
    if open_:
        missing = (lower(facts.read(name).label) for f in open_ for name in f.facts_missing if name in facts.readings)
        parts.append(tr("needs recording: {facts}").format(facts=listed(missing, _NAMED)))
    return "; ".join(parts)


def statement_words(result: LocalStatementResult) -> str:
    """Return a statement of the clinic with its author and day."""
    return f"{result.statement.text.rstrip('.')} ({result.seen})"


def access_with_note(local: LocalResult, option: str) -> Iterator[str]:
    """Yield everything said of the access to an option, with notes and days, for where there is room."""
    found = local.access[option]
    for entry in found.said:
        note = f"; {entry.note}" if entry.note else ""
        seen = "" if entry.stale else f" ({seen_on(entry.looked_at)})"
        yield f"{entry.short}{note}{seen}"
    if found.not_said:
        yield tr("nothing on {drugs}").format(drugs=", ".join(found.not_said))
