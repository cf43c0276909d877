"""Finds facts of one case that cannot both be so. Both are kept and shown; nothing is corrected."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from her2board.case.drugs import Vocabulary
from her2board.case.model import Case, Specimen, SystemicLine
from her2board.case.receptors import specimen_her2
from her2board.case.terms import URGENT_SIGNS
from her2board.case.treatment import line_drugs, unknown_drugs
from her2board.wording import tr


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two recorded facts that disagree: in words, where they stand, and the facts that carry the mark."""

    text: str
    fields: tuple[str, ...]
    facts: tuple[str, ...] = ()


def contradictions(case: Case, vocabulary: Vocabulary) -> tuple[Contradiction, ...]:
    """Return every contradiction of the case, in the order of the form."""
    found = [found for rule in _RULES for found in rule(case)]
    return (*found, *_drug_contradictions(case, vocabulary), *_free_text_drugs(case, vocabulary))


def _urgency(case: Case) -> Iterator[Contradiction]:
    urgent = [sign for sign in URGENT_SIGNS if getattr(case.urgency, sign)]
    if urgent and case.urgency.immediate_local_therapy is False:
        yield Contradiction(
            tr("urgency is recorded, yet immediate local therapy is recorded as not needed"),
            (f"urgency.{urgent[0]}", "urgency.immediate_local_therapy"),
            ("immediate_local_therapy", "urgency"),
        )
    if case.neurology.symptoms_present is False and case.urgency.mass_effect:
        yield Contradiction(
            tr("no neurological symptoms recorded, yet mass effect"),
            ("neurology.symptoms_present", "urgency.mass_effect"),
            ("symptoms",),
        )


def _symptoms(case: Case) -> Iterator[Contradiction]:
    neurology = case.neurology
    if neurology.symptoms_present is False:
        if neurology.symptoms:
            yield Contradiction(
                tr("no neurological symptoms recorded, yet symptoms are named"),
                ("neurology.symptoms_present", "neurology.symptoms"),
                ("symptoms",),
            )
        if neurology.trend == "worsening":
            yield Contradiction(
                tr("no neurological symptoms recorded, yet worsening"),
                ("neurology.symptoms_present", "neurology.trend"),
                ("symptoms", "neurologically_stable"),
            )
        if neurology.steroid_trend == "rising":
            yield Contradiction(
                tr("no neurological symptoms recorded, yet the steroid dose is rising"),
                ("neurology.symptoms_present", "neurology.steroid_trend"),
                ("symptoms", "steroid_trend"),
            )
    dose = neurology.dexamethasone_mg
    if (neurology.steroid_given is False and dose) or (neurology.steroid_given and dose == 0):
        yield Contradiction(
            tr("steroid recorded as given: {given}, with a dose of {dose:g} mg").format(
                given=tr("yes") if neurology.steroid_given else tr("no"), dose=dose
            ),
            ("neurology.steroid_given", "neurology.dexamethasone_mg"),
            ("steroid_given", "dexamethasone_mg"),
        )


def _brain(case: Case) -> Iterator[Contradiction]:
    brain = case.brain
    states = {lesion.state for lesion in brain.lesions.items}
    named = {
        {
            "new": "untreated",
            "treated_stable": "stable",
            "resected": "stable",
            "treated_progressing": "progressing",
        }.get(state, state)
        for state in states
        if state
    }
    whole = brain.lesions.completeness == "complete" and None not in states
    if brain.cns_class is not None and brain.lesions.items:
        recorded = set(brain.cns_class)
        if named - recorded or (whole and recorded - named):
            yield Contradiction(
                tr("class recorded as {recorded}, the lesion table says {named}").format(
                    recorded=", ".join(sorted(recorded)), named=", ".join(sorted(named)) or tr("nothing")
                ),
                ("brain.cns_class", "brain.lesions"),
                ("cns_class",),
            )
    if brain.cns_class and "progressing" in brain.cns_class and brain.comparison_date is None:
        yield Contradiction(
            tr("progressing, without a comparison scan recorded"),
            ("brain.cns_class", "brain.comparison_date"),
            ("cns_class",),
        )
    treated = brain.cns_class and {"stable", "progressing"} & set(brain.cns_class)
    if treated and brain.local_therapies.completeness == "complete" and not brain.local_therapies.items:
        yield Contradiction(
            tr("class recorded as treated, yet no local therapy was given"),
            ("brain.cns_class", "brain.local_therapies"),
            ("cns_class", "prior_local_therapy"),
        )
    yield from _counts(case)
    if case.meeting.wbrt_proposed and brain.leptomeninges is None and "brain.leptomeninges" not in case.absences:
        yield Contradiction(
            tr("whole-brain radiotherapy is proposed, leptomeningeal disease has not been asked"),
            ("meeting.wbrt_proposed", "brain.leptomeninges"),
        )


def _counts(case: Case) -> Iterator[Contradiction]:
    brain = case.brain
    left = [lesion for lesion in brain.lesions.items if lesion.state != "resected"]
    whole = brain.lesions.completeness == "complete"
    count = brain.lesion_count
    if count is not None and brain.lesions.items:
        too_many = count.high is not None and len(left) > count.high
        if too_many or (whole and len(left) < count.low):
            yield Contradiction(
                tr("the number of metastases does not fit the lesion table, which lists {n}").format(n=len(left)),
                ("brain.lesion_count", "brain.lesions"),
                ("lesion_count",),
            )
    if count is not None and count.high == 0 and brain.cns_class:
        yield Contradiction(
            tr("no brain metastases counted, yet a class is recorded"),
            ("brain.lesion_count", "brain.cns_class"),
            ("lesion_count", "brain_metastases"),
        )
    sizes = [lesion.diameter_mm for lesion in brain.lesions.items if lesion.diameter_mm is not None]
    if brain.largest_mm is not None and sizes:
        measured = whole and len(sizes) == len(brain.lesions.items)
        if max(sizes) > brain.largest_mm or (measured and max(sizes) < brain.largest_mm):
            yield Contradiction(
                tr("largest diameter {mm:g} mm, the lesion table has {table:g} mm").format(
                    mm=brain.largest_mm, table=max(sizes)
                ),
                ("brain.largest_mm", "brain.lesions"),
                ("largest_lesion_mm",),
            )


def _imaging(case: Case) -> Iterator[Contradiction]:
    brain = case.brain
    for index, therapy in enumerate(brain.local_therapies.items):
        if brain.imaging_date and therapy.day and therapy.day.surely_after(brain.imaging_date):
            yield Contradiction(
                tr("imaging of {imaging} is older than the local therapy of {therapy}").format(
                    imaging=brain.imaging_date.shown(), therapy=therapy.day.shown()
                ),
                ("brain.imaging_date", f"brain.local_therapies[{index}]"),
                ("cns_class", "lesion_count", "largest_lesion_mm"),
            )


def _receptors(case: Case) -> Iterator[Contradiction]:
    for index, specimen in enumerate(case.tumour.specimens.items):
        place = (f"tumour.specimens[{index}]",)
        assayed = specimen_her2(specimen.model_copy(update={"her2_stated": None}))
        stated = specimen.her2_stated
        if stated and assayed and {stated} != assayed:
            yield Contradiction(
                tr("HER2 stated as {stated}, the assay reads {assay}").format(
                    stated=stated, assay=tr(" or ").join(sorted(assayed))
                ),
                place,
                ("her2_status",),
            )
        if stated == "positive" and specimen.ihc == "2+" and not assayed:
            yield Contradiction(
                tr("HER2 stated as positive with IHC 2+ and no conclusive ISH"), place, ("her2_status",)
            )
        if specimen.her2_tested is False and (specimen.ihc or specimen.ish or stated):
            yield Contradiction(tr("HER2 recorded as not tested, with a result"), place, ("her2_status",))
        yield from _percentages(specimen, place)


def _percentages(specimen: Specimen, place: tuple[str, ...]) -> Iterator[Contradiction]:
    for name, status, percent in (
        ("ER", specimen.er, specimen.er_percent),
        ("PR", specimen.pr, specimen.pr_percent),
    ):
        if status and percent is not None and (status == "positive") != (percent >= 1):
            yield Contradiction(
                tr("{name} {status} with {percent:g} % stained").format(name=name, status=status, percent=percent),
                place,
                ("hr_status",),
            )


def _organs(case: Case) -> Iterator[Contradiction]:
    organs = case.organs
    if (organs.ild_history is False and organs.ild_grade) or (organs.ild_history and organs.ild_grade == 0):
        yield Contradiction(
            tr("ILD history and its grade {grade} disagree").format(grade=organs.ild_grade),
            ("organs.ild_history", "organs.ild_grade"),
            ("ild_history", "ild_grade"),
        )
    patient = case.patient
    if patient.pregnant and (patient.menopause == "postmenopausal" or patient.sex == "male"):
        yield Contradiction(
            tr("pregnant, yet {state}").format(state=patient.menopause or patient.sex),
            ("patient.pregnant", "patient.menopause"),
            ("pregnant",),
        )
    if patient.ecog is not None and patient.kps is not None:
        expected = {0: (90, 100), 1: (70, 80), 2: (50, 60), 3: (30, 40), 4: (10, 20)}[patient.ecog]
        if not expected[0] - 10 <= patient.kps <= expected[1] + 10:
            yield Contradiction(
                tr("ECOG {ecog} and Karnofsky {kps} are far apart").format(ecog=patient.ecog, kps=patient.kps),
                ("patient.ecog", "patient.kps"),
                ("ecog", "kps"),
            )


def _lines(case: Case) -> Iterator[Contradiction]:
    lines = case.systemic.lines.items
    for index, (line, following) in enumerate(pairwise(lines)):
        if line.stop and following.start and line.stop.surely_after(following.start):
            yield Contradiction(
                tr("line {n} stops {stop}, after line {next} starts {start}").format(
                    n=index + 1, stop=line.stop.shown(), next=index + 2, start=following.start.shown()
                ),
                (f"systemic.lines[{index}]", f"systemic.lines[{index + 1}]"),
            )


_RULES: tuple[Callable[[Case], Iterator[Contradiction]], ...] = (
    _urgency,
    _brain,
    _imaging,
    _symptoms,
    _receptors,
    _lines,
    _organs,
)


def _drug_contradictions(case: Case, vocabulary: Vocabulary) -> Iterator[Contradiction]:
    """Compare the grid of drugs given with the lines, and its entries with one another."""
    lines = case.systemic.lines
    listed = _listed(lines.items, vocabulary)
    metastatic = _listed([line for line in lines.items if line.setting in ("metastatic", "maintenance")], vocabulary)
    grid = [(name, _members(name, vocabulary), exposure) for name, exposure in case.systemic.exposure.items()]
    given = [members for _, members, exposure in grid if exposure.ever or exposure.metastatic]
    for name, members, exposure in grid:
        denied = exposure.ever is False and (members & listed or exposure.metastatic)
        denied = denied or (exposure.metastatic is False and members & metastatic)
        unlisted = exposure.ever and lines.completeness == "complete" and not members & listed
        unlisted = unlisted or (exposure.metastatic and lines.completeness == "complete" and not members & metastatic)
        elsewhere = exposure.ever is False and any(other <= members for other in given)
        if denied or unlisted or elsewhere:
            said = tr("given") if unlisted else tr("not given")
            yield Contradiction(
                tr("{drug}: recorded as {said}, other entries say otherwise").format(drug=name, said=said),
                ("systemic.exposure", "systemic.lines"),
                tuple(f"given.{id_}" for id_ in vocabulary.resolve(name)),
            )


def _listed(lines: Iterable[SystemicLine], vocabulary: Vocabulary) -> frozenset[str]:
    return frozenset(id_ for line in lines for id_ in line_drugs(line, vocabulary))


def _members(name: str, vocabulary: Vocabulary) -> frozenset[str]:
    return frozenset(member for id_ in vocabulary.resolve(name) for member in vocabulary.members(id_))


def _free_text_drugs(case: Case, vocabulary: Vocabulary) -> Iterator[Contradiction]:
    for name in unknown_drugs(case, vocabulary):
        yield Contradiction(
            tr("'{name}' is not a known drug name: kept as written, and no drug can be excluded").format(name=name),
            ("systemic.lines",),
        )
