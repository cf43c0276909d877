"""Around the decision on whole-brain radiation: when it is reasonable, what belongs to it, what a wait would need."""

from collections.abc import Iterable, Iterator
from typing import Literal

from her2board.assessment.model import PauseItem, PauseState
from her2board.briefing.formats import cited, joined, lower, typed
from her2board.briefing.model import Run, Words
from her2board.briefing.zones.base import Sources
from her2board.briefing.zones.choices import reason_of
from her2board.briefing.zones.few_words import few_words
from her2board.case.model import Case
from her2board.case.terms import SHOWS_SMALL, spoken
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.terms import PauseGroup
from her2board.logic.criteria import Leaf
from her2board.logic.values import Among
from her2board.wording import tr

_NEXT_MRI = "board.next_mri_date"
_ABSENCE = (f"case:absences.{_NEXT_MRI}",)
_MRI_DATED = "next_mri_date"
"""The fact that a dated MRI is recorded by."""
_SYMPTOMS = "symptoms"


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


def deferral(sources: Sources) -> Words:
    """Return what a wait would need, and what of it is recorded; nothing at all while urgency is recorded."""
    items = sources.assessment.pause.of(PauseGroup.DEFERRAL)
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
    needs = joined((_first_of_all(sources), *((_needed(item, sources),) for item in items)), "; ")
    words = (Run(" (", "italic"), Run(here, "italic", origin=origin), *_no_mri(sources.case), Run(")", "italic"))
    return (label, *needs, *words, Run("."))


def _first_of_all(sources: Sources) -> Words:
    """Return that local therapy comes before a wait, where symptoms are recorded; urgency leaves no wait at all."""
    assessment, trend = sources.assessment, sources.case.neurology.trend
    item = next(item for item in assessment.pause.items if item.group is PauseGroup.LOCAL_FIRST)
    if item.state != "applies":
        return ()
    said = cited(tr("local therapy first"), item.source, style="bold", of=f"pause:{item.id}")
    why = few_words(assessment.facts.read(_SYMPTOMS))
    worse = f", {spoken(trend)}" if trend == "worsening" else ""
    origin = (f"fact:{_SYMPTOMS}", "case:neurology.trend")
    return (said, Run(f" ({why}{worse})", "bold", origin=origin))


def _needed(item: PauseItem, sources: Sources) -> Run:
    """Return one thing a wait needs; the interval up to an MRI only as the guideline has it, without symptoms."""
    words = item.brief or lower(item.label)
    if _MRI_DATED in (*item.facts_used, *item.facts_missing):
        symptoms = sources.assessment.facts.read(_SYMPTOMS).value
        if symptoms == Among.exactly(True):
            return Run(lower(item.label), origin=(f"pause:{item.id}",))
        if symptoms != Among.exactly(False):
            words = tr("{interval} if there are no symptoms").format(interval=words)
    return cited(words, item.source, of=f"pause:{item.id}")


def _no_mri(case: Case) -> Words:
    """Return why there is no MRI to wait for, as recorded; else what the brain was imaged with, where it was no MRI."""
    absence, modality = case.absences.get(_NEXT_MRI), case.brain.modality
    if absence is not None and absence.reason != "pending":
        note = (Run(": ", "italic"), *typed(f"absences.{_NEXT_MRI}", absence.note, "italic")) if absence.note else ()
        reason = Run(tr("; MRI {reason}").format(reason=spoken(absence.reason)), "bold", origin=_ABSENCE)
        return (reason, *note)
    if modality is None or modality in SHOWS_SMALL:
        return ()
    words = tr("; last imaging: {modality}, not MRI").format(modality=modality)
    return (Run(words, "bold", origin=("case:brain.modality",)),)
