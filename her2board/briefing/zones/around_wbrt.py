"""Around the decision on whole-brain radiation: when it is reasonable, what belongs to it, what a wait would need."""

from collections.abc import Iterable, Iterator
from typing import Literal

from her2board.assessment.model import PauseItem, PauseState
from her2board.briefing.formats import cited, joined, lower, not_recorded
from her2board.briefing.model import Run, Words
from her2board.briefing.zones.base import Sources
from her2board.briefing.zones.choices import reason_of
from her2board.case.model import Case
from her2board.case.terms import SHOWS_SMALL
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.terms import PauseGroup
from her2board.logic.criteria import Leaf
from her2board.wording import tr

_NEXT_MRI = "board.next_mri_date"


def against(sources: Sources) -> Words:
    """Return what speaks here against a first course of whole-brain radiation, where no kind of it applies."""
    pause, library = sources.assessment.pause, sources.library
    options = {item.option for item in pause.of(PauseGroup.REASONABLE)}
    kinds = [item for item in pause.of(PauseGroup.ALTERNATIVE) if item.option in options]
    if not kinds or any(item.state != "does_not_apply" for item in kinds):
        return ()
    said = dict.fromkeys(reason_of(item, sources.assessment.facts, library) for item in kinds)
    words = tr("speaks against it here: {reasons}").format(reasons=", ".join(filter(None, said)))
    origin = tuple(dict.fromkeys(f"fact:{name}" for item in kinds for name in item.facts_used))
    return (Run(words, "bold", origin=(*origin, "count:further facts")),)


def reasonable(items: tuple[PauseItem, ...], against: Words, *, brief: bool = False) -> Words:
    """Return when whole-brain radiation is reasonable: in this case, what else is named, what waits for a fact.

    ``brief`` leaves out what speaks against it.
    """
    states: dict[PauseState, list[PauseItem]] = {}
    for item in items:
        states.setdefault(item.state, []).append(item)
    waiting = states.get("cannot_tell", [])
    counted = tr("+{n} (annex)").format(n=len(waiting))
    groups: tuple[Words, ...] = (
        _situations(tr("here with "), states.get("applies", []), "bold"),
        _situations("", states.get("stated", [])) if "applies" not in states else (),
        () if brief else against,
        (Run(counted, "italic", origin=("count:situations waiting",)),) if waiting else (),
    )
    return (Run(tr("WBRT reasonable: "), "bold"), *joined(groups, "; "), Run("."))


def _situations(label: str, items: list[PauseItem], style: Literal["plain", "bold"] = "plain") -> Words:
    if not items:
        return ()
    names = (
        cited((", " if n else "") + lower(item.label), item.source, style=style, of=f"pause:{item.id}")
        for n, item in enumerate(items)
    )
    return (*((Run(label),) if label else ()), *names)


def context(items: tuple[PauseItem, ...]) -> Words:
    """Return what trials say of whole-brain radiation."""
    return (Run(tr("WBRT trials: "), "bold"), *_cited_in_brief(items), Run("."))


def if_chosen(items: tuple[PauseItem, ...], library: EvidenceLibrary) -> Words:
    """Return what belongs to whole-brain radiation where it is chosen; not what facts rule out or what is recorded."""
    to_record = {
        one.id for one in library.pause.if_chosen if isinstance(one.when, Leaf) and one.when.operator == "recorded"
    }
    done = {item.id for item in items if item.state == "applies"} & to_record
    items = tuple(item for item in items if item.brief and item.state != "does_not_apply" and item.id not in done)
    return (Run(tr("If chosen: "), "bold"), *_cited_in_brief(items), Run("."))


def _cited_in_brief(items: Iterable[PauseItem]) -> Iterator[Run]:
    for index, item in enumerate(items):
        yield cited(("; " if index else "") + (item.brief or lower(item.label)), item.source, of=f"pause:{item.id}")


def deferral(items: tuple[PauseItem, ...], case: Case) -> Words:
    """Return what a wait would need, and what of it is recorded; nothing at all while urgency is recorded."""
    if not items:
        return ()
    asked = [item for item in items if item.state in ("applies", "cannot_tell")]
    recorded = [item for item in asked if item.state == "applies"]
    if len(recorded) == len(asked):
        here = tr("recorded")
    else:
        names = ", ".join(lower(item.label) for item in recorded)
        here = tr("recorded: {names}").format(names=names) if recorded else tr("not recorded")
    origin = tuple(f"fact:{name}" for item in recorded for name in item.facts_used)
    label = Run(tr("If it waits: "), "bold")
    words = (Run(" (", "italic"), Run(here, "italic", origin=origin), *_no_mri(case), Run(")", "italic"))
    return (label, *_cited_in_brief(items), *words, Run("."))


def _no_mri(case: Case) -> Words:
    """Return why there is no MRI to wait for, as recorded; else what the brain was imaged with, where it was no MRI."""
    absence, modality = case.absences.get(_NEXT_MRI), case.brain.modality
    if absence is not None and absence.reason != "pending":
        return (Run("; MRI "), *not_recorded(case, _NEXT_MRI))
    if modality is None or modality in SHOWS_SMALL:
        return ()
    words = tr("; last imaging: {modality}, not MRI").format(modality=modality)
    return (Run(words, "bold", origin=("case:brain.modality",)),)
