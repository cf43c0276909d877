"""Finds facts of one case that cannot both be so. Both are kept and shown; nothing is corrected."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from math import ceil, floor

from her2board.case.drugs import Vocabulary
from her2board.case.lesions import largest_listed, lesions_left, measurable_by_size
from her2board.case.model import Case, Exposure, Specimen, SystemicLine, SystemicLines
from her2board.case.receptors import amplified_by_count, specimen_her2
from her2board.case.terms import URGENT_SIGNS
from her2board.case.treatment import fully_named, had_local, line_groups, months_to_relapse, unknown_drugs
from her2board.logic.values import Span
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
    drugs = (*_drug_contradictions(case, vocabulary), *_relapse(case, vocabulary), *_access(case, vocabulary))
    return (*found, *drugs, *_free_text_drugs(case, vocabulary))


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
    if brain.comparison_date is None and "progressing" in (*(brain.cns_class or ()), *named):
        recorded_as = "brain.cns_class" if brain.cns_class and "progressing" in brain.cns_class else "brain.lesions"
        yield Contradiction(
            tr("progressing, without a comparison scan recorded"),
            (recorded_as, "brain.comparison_date"),
            ("cns_class",),
        )
    yield from _treated(case, named)
    yield from _counts(case)
    if case.meeting.wbrt_proposed and brain.leptomeninges is None and "brain.leptomeninges" not in case.absences:
        yield Contradiction(
            tr("whole-brain radiotherapy is proposed, leptomeningeal disease has not been asked"),
            ("meeting.wbrt_proposed", "brain.leptomeninges"),
        )


def _treated(case: Case, named: set[str]) -> Iterator[Contradiction]:
    brain = case.brain
    for recorded, place in ((set(brain.cns_class or ()), "brain.cns_class"), (named, "brain.lesions")):
        if {"stable", "progressing"} & recorded and had_local(case, "local_therapy").value is False:
            yield Contradiction(
                tr("class recorded as treated, yet no local therapy was given"),
                (place, "brain.local_therapies"),
                ("cns_class", "prior_local_therapy"),
            )
    resected = any(lesion.state == "resected" for lesion in brain.lesions.items)
    if resected and had_local(case, "brain_surgery").value is False:
        yield Contradiction(
            tr("a lesion is recorded as resected, yet no surgery of the brain was given"),
            ("brain.lesions", "brain.local_therapies"),
            ("cns_class", "lesion_count", "largest_lesion_mm", "prior_brain_surgery"),
        )
    if brain.necrosis_in_question and had_local(case, "brain_radiotherapy").value is False:
        yield Contradiction(
            tr("radiation necrosis in question, yet no radiotherapy of the brain was given"),
            ("brain.necrosis_in_question", "brain.local_therapies"),
            ("cns_class", "necrosis_in_question", "prior_brain_radiotherapy"),
        )


def _counts(case: Case) -> Iterator[Contradiction]:
    brain = case.brain
    surely, perhaps = lesions_left(case)
    whole = brain.lesions.completeness == "complete"
    count = brain.lesion_count
    if count is not None and brain.lesions.completeness != "not_asked":
        too_many = count.high is not None and len(surely) > count.high
        if too_many or (whole and len(surely) + len(perhaps) < count.low):
            yield Contradiction(
                tr("the number of metastases does not fit the lesion table, which lists {n}").format(
                    n=len(surely) + len(perhaps)
                ),
                ("brain.lesion_count", "brain.lesions"),
                ("lesion_count",),
            )
    if count is not None and count.high == 0 and brain.cns_class not in (None, ("stable",)):
        yield Contradiction(
            tr("no brain metastases counted, yet a class is recorded"),
            ("brain.lesion_count", "brain.cns_class"),
            ("lesion_count", "brain_metastases"),
        )
    if whole and not brain.lesions.items and brain.cns_class not in (None, ("stable",)):
        yield Contradiction(
            tr("the complete lesion table lists none, yet a class is recorded"),
            ("brain.lesions", "brain.cns_class"),
            ("lesion_count", "brain_metastases"),
        )
    at_least, at_most = largest_listed(case)
    if brain.largest_mm is not None:
        too_small = at_least is not None and brain.largest_mm < at_least
        too_large = at_most is not None and brain.largest_mm > at_most
        if too_small or too_large:
            yield Contradiction(
                tr("largest diameter {mm:g} mm, the lesion table has {table:g} mm").format(
                    mm=brain.largest_mm, table=at_least if too_small else at_most
                ),
                ("brain.largest_mm", "brain.lesions"),
                ("largest_lesion_mm",),
            )


def _sizes(case: Case) -> Iterator[Contradiction]:
    by_size = measurable_by_size(case)
    if case.brain.measurable is None or by_size in (None, case.brain.measurable):
        return
    where = next((place for place in ("largest_mm", "lesion_count") if getattr(case.brain, place) is not None), "")
    if case.brain.lesions.items:
        where = "lesions"
    yield Contradiction(
        tr("measurable CNS disease recorded as {said}, the sizes say otherwise (RANO-BM)").format(
            said=tr("yes") if case.brain.measurable else tr("no")
        ),
        ("brain.measurable", f"brain.{where}"),
        ("measurable_cns",),
    )


def _imaging(case: Case) -> Iterator[Contradiction]:
    brain = case.brain
    for index, therapy in enumerate(brain.local_therapies.items):
        if brain.imaging_date and therapy.day and therapy.day.surely_after(brain.imaging_date):
            yield Contradiction(
                tr("imaging of {imaging} is older than the local therapy of {therapy}").format(
                    imaging=brain.imaging_date.shown(), therapy=therapy.day.shown()
                ),
                ("brain.imaging_date", f"brain.local_therapies[{index}].day"),
                ("cns_class", "lesion_count", "largest_lesion_mm"),
            )


_RESULTS = ("her2_stated", "ihc", "ish", "ish_ratio", "her2_copies")


def _receptors(case: Case) -> Iterator[Contradiction]:
    for index, specimen in enumerate(case.tumour.specimens.items):
        place = f"tumour.specimens[{index}]"
        assayed = specimen_her2(specimen.model_copy(update={"her2_stated": None}))
        stated = specimen.her2_stated
        # 'low' is a part of what ASCO/CAP reports as negative: IHC 1+, or 2+ without amplification
        read = assayed | {"negative"} if assayed and "low" in assayed else assayed
        read = read | {"ultralow"} if read and specimen.ihc in ("0", "ultralow", None) and "negative" in read else read
        if stated and read and stated not in read:
            yield Contradiction(
                tr("HER2 stated as {stated}, the assay reads {assay}").format(
                    stated=stated, assay=tr(" or ").join(sorted(assayed or ()))
                ),
                (f"{place}.her2_stated", f"{place}.{_assay_field(specimen)}"),
                ("her2_status",),
            )
        yield from _assays(specimen, place)
        result = next((name for name in _RESULTS if getattr(specimen, name) is not None), None)
        if specimen.her2_tested is False and result:
            yield Contradiction(
                tr("HER2 recorded as not tested, with a result"),
                (f"{place}.her2_tested", f"{place}.{result}"),
                ("her2_status",),
            )
        yield from _percentages(specimen, place)


def _assay_field(specimen: Specimen) -> str:
    """Return the column of the result that decides: IHC where it does, else ISH, else the counts."""
    return "ihc" if specimen.ihc in ("0", "ultralow", "1+", "3+") else "ish" if specimen.ish else "her2_copies"


def _assays(specimen: Specimen, place: str) -> Iterator[Contradiction]:
    counted = amplified_by_count(specimen)
    said = {True: "positive", False: "negative"}.get(counted) if counted is not None else None
    if specimen.ish and said and specimen.ish != said:
        yield Contradiction(
            tr("ISH recorded as {ish}, ratio and copies read {said}").format(ish=specimen.ish, said=said),
            (f"{place}.ish", f"{place}.{'her2_copies' if specimen.ish_ratio is None else 'ish_ratio'}"),
            ("her2_status",),
        )
    result = said or specimen.ish
    low = specimen.ihc in ("0", "ultralow", "1+")
    if (specimen.ihc == "3+" and result == "negative") or (low and result == "positive"):
        yield Contradiction(
            tr("IHC {ihc} with ISH {ish}; a positive result counts").format(ihc=specimen.ihc, ish=result),
            (f"{place}.ihc", f"{place}.{'her2_copies' if said else 'ish'}"),
            ("her2_status",),
        )


def _percentages(specimen: Specimen, place: str) -> Iterator[Contradiction]:
    for name, status, percent in (
        ("ER", specimen.er, specimen.er_percent),
        ("PR", specimen.pr, specimen.pr_percent),
    ):
        if status and percent is not None and (status == "positive") != (percent >= 1):
            yield Contradiction(
                tr("{name} {status} with {percent:g} % stained").format(name=name, status=status, percent=percent),
                (f"{place}.{name.lower()}", f"{place}.{name.lower()}_percent"),
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
    past = patient.menopause == "postmenopausal"
    if patient.pregnant and (past or patient.sex == "male"):
        yield Contradiction(
            tr("pregnant, yet {state}").format(state=patient.menopause if past else patient.sex),
            ("patient.pregnant", "patient.menopause" if past else "patient.sex"),
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
    lines = tuple(enumerate(case.systemic.lines.items))
    for index, line in lines:
        place = f"systemic.lines[{index}]"
        if line.ongoing and line.reason_stopped:
            yield Contradiction(
                tr("line {n} is recorded as ongoing, yet with a reason for stopping").format(n=index + 1),
                (f"{place}.ongoing", f"{place}.reason_stopped"),
            )
    for (index, line), (later, following) in combinations(lines, 2):
        if following.start is None or following.continues_line:  # an added or exchanged drug may overlap
            continue
        words = {"n": index + 1, "next": later + 1, "start": following.start.shown()}
        places = f"systemic.lines[{index}]", f"systemic.lines[{later}].start"
        if line.stop and line.stop.surely_after(following.start):
            text = tr("line {n} stops {stop}, after line {next} starts {start}")
            yield Contradiction(text.format(stop=line.stop.shown(), **words), (f"{places[0]}.stop", places[1]))
        elif line.ongoing:
            text = tr("line {n} is recorded as ongoing, yet line {next} starts {start}")
            yield Contradiction(text.format(**words), (f"{places[0]}.ongoing", places[1]))


_RULES: tuple[Callable[[Case], Iterator[Contradiction]], ...] = (
    _urgency,
    _brain,
    _sizes,
    _imaging,
    _symptoms,
    _receptors,
    _lines,
    _organs,
)


def _drug_contradictions(case: Case, vocabulary: Vocabulary) -> Iterator[Contradiction]:
    """Compare the grid of drugs given with the lines, and its entries with one another."""
    lines = case.systemic.lines
    listed = _line_groups(lines.items, vocabulary)
    late = [line for line in lines.items if line.setting in ("metastatic", "maintenance")]
    metastatic = _line_groups(late, vocabulary)
    grid = [(name, _groups(name, vocabulary), exposure) for name, exposure in case.systemic.exposure.items()]
    for name, groups, exposure in grid:
        # 'not given' of a combination says nothing about its drugs
        members = groups[0] if len(groups) == 1 else frozenset()
        denied = exposure.ever is False and bool(_inside(listed, members) or exposure.metastatic)
        denied = denied or (exposure.metastatic is False and _inside(metastatic, members))
        unlisted = _unlisted(exposure, groups, lines, vocabulary)
        elsewhere = any(
            _opposed(exposure, entry) and any(group <= members for group in others) for _, others, entry in grid
        )
        if denied or unlisted or elsewhere:
            said = tr("given") if unlisted else tr("not given")
            yield Contradiction(
                tr("{drug}: recorded as {said}, other entries say otherwise").format(drug=name, said=said),
                ("systemic.exposure", "systemic.lines"),
                tuple(f"given.{id_}" for id_ in vocabulary.resolve(name)),
            )


def _opposed(denied: Exposure, other: Exposure) -> bool:
    ever = denied.ever is False and bool(other.ever or other.metastatic)
    return ever or (denied.metastatic is False and bool(other.metastatic))


def _unlisted(
    exposure: Exposure, groups: tuple[frozenset[str], ...], lines: SystemicLines, vocabulary: Vocabulary
) -> bool:
    """Tell whether a drug recorded as given is missing from a list that names everything."""
    complete = lines.completeness == "complete"
    late = [line for line in lines.items if line.setting in ("metastatic", "maintenance", None)]
    for given, whole, listed in (
        (exposure.ever, complete, lines.items),
        (exposure.metastatic, complete or lines.metastatic_complete, late),
    ):
        named = frozenset().union(*_line_groups(listed, vocabulary))
        if given and whole and fully_named(listed, vocabulary) and any(not group & named for group in groups):
            return True
    return False


def _relapse(case: Case, vocabulary: Vocabulary) -> Iterator[Contradiction]:
    recorded = case.tumour.months_since_adjuvant_her2
    counted, words, _ = months_to_relapse(case, vocabulary)
    if recorded is None or counted is None:
        return
    if isinstance(counted, Span) and _fits(recorded, counted):
        return
    yield Contradiction(
        tr("{months:g} months from adjuvant anti-HER2 therapy to relapse, the dates say {words}").format(
            months=recorded, words=words
        ),
        ("tumour.months_since_adjuvant_her2", "systemic.lines"),
        ("months_since_adjuvant_her2",),
    )


def _fits(months: float, counted: Span) -> bool:
    """Tell whether a recorded number and the dates agree: limits are whole months, parts of one are not told apart."""
    low, high = (None if end is None else _half(end) for end in (counted.low, counted.high))
    return (low is None or low <= _half(months)) and (high is None or _half(months) <= high)


def _half(months: float) -> int:
    """Return 12 for 6 months, 13 for all between 6 and 7."""
    return floor(months) + ceil(months)


def _access(case: Case, vocabulary: Vocabulary) -> Iterator[Contradiction]:
    answers: dict[str, bool] = {}
    for name, access in case.access.drugs.items():
        ids = vocabulary.resolve(name)
        for id_ in ids if access or len(ids) == 1 else ():
            if answers.setdefault(id_, access) != access:
                yield Contradiction(
                    tr("access to {drug} recorded as yes and as no").format(drug=vocabulary.label(id_)),
                    ("access.drugs",),
                    (f"access.{id_}",),
                )


def _line_groups(lines: Iterable[SystemicLine], vocabulary: Vocabulary) -> tuple[frozenset[str], ...]:
    return tuple(group for line in lines for group in line_groups(line, vocabulary))


def _inside(groups: tuple[frozenset[str], ...], members: frozenset[str]) -> bool:
    return any(group and group <= members for group in groups)


def _groups(name: str, vocabulary: Vocabulary) -> tuple[frozenset[str], ...]:
    """Return the drugs a name stands for, each as a set; a class is one set of its drugs."""
    return tuple(vocabulary.members(id_) for id_ in vocabulary.resolve(name))


def _free_text_drugs(case: Case, vocabulary: Vocabulary) -> Iterator[Contradiction]:
    for name in unknown_drugs(case, vocabulary):
        yield Contradiction(
            tr("'{name}' is not a known drug name: kept as written, and no drug can be excluded").format(name=name),
            ("systemic.lines",),
        )
