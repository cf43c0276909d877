"""Metastases: class, number, size and treatment against one another."""

from collections.abc import Iterator

from her2board.case.contradictions.declare import Clash, Rules
from her2board.case.lesions import largest_listed, lesions_left, measurable_by_size, narrowed
from her2board.case.model import Case
from her2board.case.terms import CLASS_OF_STATE
from her2board.case.treatment import had_local
from her2board.wording import tr

rules = Rules()


def _classes_listed(case: Case) -> set[str]:
    return {CLASS_OF_STATE[lesion.state] for lesion in case.brain.lesions.items if lesion.state}


@rules.rule("cns_class")
def class_against_table(case: Case) -> Iterator[Clash]:
    """The class recorded against that of the lesions."""
    brain, named = case.brain, _classes_listed(case)
    if brain.cns_class is None or not brain.lesions.items:
        return
    recorded = set(brain.cns_class)
    stated = all(lesion.state for lesion in brain.lesions.items)
    whole = brain.lesions.completeness == "complete" and stated
    if named - recorded or (whole and recorded - named):
        yield Clash(
            tr("class recorded as {recorded}, the lesion table says {named}").format(
                recorded=", ".join(sorted(recorded)), named=", ".join(sorted(named)) or tr("nothing")
            ),
            ("brain.cns_class", "brain.lesions"),
        )


@rules.rule("cns_class")
def progressing_without_comparison(case: Case) -> Iterator[Clash]:
    """Progression, and no earlier scan to see it by."""
    recorded = case.brain.cns_class or ()
    if case.brain.comparison_date is None and "progressing" in (*recorded, *_classes_listed(case)):
        yield Clash(
            tr("progressing, without a comparison scan recorded"),
            ("brain.cns_class" if "progressing" in recorded else "brain.lesions", "brain.comparison_date"),
        )


@rules.rule("cns_class", "prior_local_therapy")
def treated_without_treatment(case: Case) -> Iterator[Clash]:
    """A class that only treated lesions have, and no treatment."""
    recorded = set(case.brain.cns_class or ())
    for classes, place in ((recorded, "brain.cns_class"), (_classes_listed(case), "brain.lesions")):
        if {"stable", "progressing"} & classes and had_local(case, "local_therapy").value is False:
            yield Clash(
                tr("class recorded as treated, yet no local therapy was given"),
                (place, "brain.local_therapies"),
            )


@rules.rule("cns_class", "lesion_count", "largest_lesion_mm", "prior_brain_surgery")
def resected_without_surgery(case: Case) -> Iterator[Clash]:
    """A resected lesion, and no surgery."""
    resected = any(lesion.state == "resected" for lesion in case.brain.lesions.items)
    if resected and had_local(case, "brain_surgery").value is False:
        yield Clash(
            tr("a lesion is recorded as resected, yet no surgery of the brain was given"),
            ("brain.lesions", "brain.local_therapies"),
        )


@rules.rule("cns_class", "necrosis_in_question", "prior_brain_radiotherapy")
def necrosis_without_radiotherapy(case: Case) -> Iterator[Clash]:
    """Radiation necrosis in question, and no radiotherapy."""
    if case.brain.necrosis_in_question and had_local(case, "brain_radiotherapy").value is False:
        yield Clash(
            tr("radiation necrosis in question, yet no radiotherapy of the brain was given"),
            ("brain.necrosis_in_question", "brain.local_therapies"),
        )


@rules.rule("lesion_count")
def count_against_table(case: Case) -> Iterator[Clash]:
    """The number recorded against the lesions listed."""
    count, table = case.brain.lesion_count, case.brain.lesions
    if count is None or table.completeness == "not_asked":
        return
    surely, perhaps = lesions_left(case)
    too_many = count.high is not None and len(surely) > count.high
    too_few = table.completeness == "complete" and len(surely) + len(perhaps) < count.low
    if too_many or too_few:
        yield Clash(
            tr("the number of metastases does not fit the lesion table, which lists {n}").format(
                n=len(surely) + len(perhaps)
            ),
            ("brain.lesion_count", "brain.lesions"),
        )


@rules.rule("lesion_count", "brain_metastases")
def none_yet_a_class(case: Case) -> Iterator[Clash]:
    """No metastasis, and a class that only metastases have; a resected one may be called stable."""
    brain = case.brain
    if brain.cns_class in (None, ("stable",)):
        return
    if brain.lesion_count is not None and brain.lesion_count.high == 0:
        yield Clash(
            tr("no brain metastases counted, yet a class is recorded"),
            ("brain.lesion_count", "brain.cns_class"),
        )
    if brain.lesions.completeness == "complete" and not brain.lesions.items:
        yield Clash(
            tr("the complete lesion table lists none, yet a class is recorded"),
            ("brain.lesions", "brain.cns_class"),
        )


@rules.rule("largest_lesion_mm")
def largest_against_table(case: Case) -> Iterator[Clash]:
    """The largest diameter recorded against those listed."""
    largest, listed = case.brain.largest_mm, largest_listed(case)
    if largest is not None and listed is not None and narrowed(largest, listed) is None:
        yield Clash(
            tr("largest diameter {said}, the lesion table has {listed}").format(
                said=largest.shown(), listed=listed.shown()
            ),
            ("brain.largest_mm", "brain.lesions"),
        )


@rules.rule()
def wbrt_before_leptomeninges_were_asked(case: Case) -> Iterator[Clash]:
    """Whole-brain radiotherapy is proposed, and nobody has looked at the leptomeninges."""
    asked = case.brain.leptomeninges is not None or "brain.leptomeninges" in case.absences
    if case.meeting.wbrt_proposed and not asked:
        yield Clash(
            tr("whole-brain radiotherapy is proposed, leptomeningeal disease has not been asked"),
            ("meeting.wbrt_proposed", "brain.leptomeninges"),
        )


@rules.rule("measurable_cns")
def measurable_against_sizes(case: Case) -> Iterator[Clash]:
    """What radiology calls measurable against the sizes recorded."""
    brain, by_size = case.brain, measurable_by_size(case)
    if brain.measurable is None or by_size in (None, brain.measurable):
        return
    where = next((place for place in ("largest_mm", "lesion_count") if getattr(brain, place) is not None), "")
    if brain.lesions.items:
        where = "lesions"
    yield Clash(
        tr("measurable CNS disease recorded as {said}, the sizes say otherwise (RANO-BM)").format(
            said=tr("yes") if brain.measurable else tr("no")
        ),
        ("brain.measurable", f"brain.{where}"),
    )


@rules.rule("measurable_cns", "largest_lesion_mm")
def axes_out_of_order(case: Case) -> Iterator[Clash]:
    """A lesion that measures more across than along its longest diameter."""
    for index, lesion in enumerate(case.brain.lesions.items):
        longest, across = lesion.diameter_mm, lesion.perpendicular_mm
        if longest is not None and across is not None and across.surely_above(longest):
            place = f"brain.lesions[{index}]"
            yield Clash(
                tr("a lesion measures {across} across, more than its longest diameter of {longest}").format(
                    across=across.shown(), longest=longest.shown()
                ),
                (f"{place}.diameter_mm", f"{place}.perpendicular_mm"),
            )


@rules.rule("cns_class", "lesion_count", "largest_lesion_mm", "measurable_cns")
def imaging_before_treatment(case: Case) -> Iterator[Clash]:
    """Imaging older than a local therapy."""
    imaged = case.brain.imaging_date
    for index, therapy in enumerate(case.brain.local_therapies.items):
        if imaged and therapy.day and therapy.day.surely_after(imaged):
            yield Clash(
                tr("imaging of {imaging} is older than the local therapy of {therapy}").format(
                    imaging=imaged.shown(), therapy=therapy.day.shown()
                ),
                ("brain.imaging_date", f"brain.local_therapies[{index}].day"),
            )
