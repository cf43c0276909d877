"""Metastases: class, number, size and treatment against one another."""

from collections.abc import Iterator

from her2board.case.contradictions.declare import Clash, Rules
from her2board.case.fields import field_by_path, value_at
from her2board.case.lesions import (
    class_of,
    largest_listed,
    lesions_left,
    lesions_listed,
    measurable_by_size,
    narrowed,
    none_left,
    none_progressing,
)
from her2board.case.model import Case
from her2board.case.treatment import had_local
from her2board.wording import tr

rules = Rules()
_SURGERY = ("prior_brain_surgery", "last_brain_surgery", "prior_local_therapy")
_RADIATION = ("radiosurgery", "wbrt", "brain_radiotherapy", "any_radiotherapy")
_IRRADIATION = tuple(f"{of}_{kind}" for kind in _RADIATION for of in ("prior", "last"))
_TREATMENT = (*_SURGERY, *_IRRADIATION)
"""What a list of treatments of the brain answers; where a treated lesion is not in it, all of that is in doubt."""
_OF_IMAGING = ("cns_class", "lesion_count", "largest_lesion_mm", "total_volume_ml", "measurable_cns")
"""What imaging shows and treatment changes; not that there are metastases."""


def _classes_listed(case: Case) -> set[str]:
    return {one for lesion in case.brain.lesions.items if (one := class_of(lesion))}


@rules.rule("cns_class", "necrosis_in_question")
def class_against_table(case: Case) -> Iterator[Clash]:
    """The class recorded against that of the lesions."""
    brain, named = case.brain, _classes_listed(case)
    if brain.cns_class is None or not brain.lesions.items:
        return
    recorded = set(brain.cns_class)
    stated = all(class_of(lesion) for lesion in brain.lesions.items)
    whole = brain.lesions.completeness == "complete" and stated
    if named - recorded or (whole and recorded - named):
        yield Clash(
            tr("CNS disease status recorded as {recorded}, the lesion table says {named}").format(
                recorded=", ".join(sorted(recorded)), named=", ".join(sorted(named)) or tr("nothing")
            ),
            ("brain.cns_class", "brain.lesions"),
        )


@rules.rule("cns_class", "necrosis_in_question", *_TREATMENT)
def treated_without_treatment(case: Case) -> Iterator[Clash]:
    """A class that only treated lesions have, and no treatment."""
    recorded = set(case.brain.cns_class or ())
    for classes, place in ((recorded, "brain.cns_class"), (_classes_listed(case), "brain.lesions")):
        if {"stable", "progressing"} & classes and had_local(case, "local_therapy").value is False:
            yield Clash(
                tr("metastases recorded as treated, yet no local therapy was given"),
                (place, "brain.local_therapies"),
            )


@rules.rule("cns_class", "lesion_count", "largest_lesion_mm", "measurable_cns", *_SURGERY)
def resected_without_surgery(case: Case) -> Iterator[Clash]:
    """A resected lesion, and no surgery."""
    resected = any(lesion.state == "resected" for lesion in case.brain.lesions.items)
    if resected and had_local(case, "brain_surgery").value is False:
        yield Clash(
            tr("a lesion is recorded as resected, yet no surgery of the brain was given"),
            ("brain.lesions", "brain.local_therapies"),
        )


@rules.rule("cns_class", "necrosis_in_question", "prior_local_therapy", *_IRRADIATION)
def necrosis_without_radiotherapy(case: Case) -> Iterator[Clash]:
    """Radiation necrosis in question, and no radiotherapy."""
    if case.brain.necrosis_in_question and had_local(case, "brain_radiotherapy").value is False:
        yield Clash(
            tr("radiation necrosis in question, yet no radiotherapy of the brain was given"),
            ("brain.necrosis_in_question", "brain.local_therapies"),
        )


@rules.rule("necrosis_in_question", "cns_class")
def necrosis_where_nothing_progresses(case: Case) -> Iterator[Clash]:
    """Radiation necrosis in question, and no lesion that progresses, of which it could be asked."""
    if case.brain.necrosis_in_question and none_progressing(case):
        place = "cns_class" if case.brain.cns_class else "lesion_count" if case.brain.lesion_count else "lesions"
        yield Clash(
            tr("radiation necrosis in question, yet no lesion is recorded as progressing"),
            ("brain.necrosis_in_question", f"brain.{place}"),
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
            ("brain_metastases", *_OF_IMAGING) if count.high == 0 or not (surely or perhaps) else (),
        )


@rules.rule("lesion_count", "brain_metastases", "measurable_cns", "necrosis_in_question")
def none_left_yet_described(case: Case) -> Iterator[Clash]:
    """No metastasis is left, and what only a metastasis has: a class, a size, a place."""
    if not none_left(case):
        return
    place, words = _none_by(case)
    for path, facts in _DESCRIBED.items():
        if value_at(case, path):
            yield Clash(
                tr("{none}, yet recorded: {field}").format(none=words, field=tr(field_by_path()[path].info.label)),
                (place, path),
                facts,
            )


_DESCRIBED = {
    "brain.cns_class": ("cns_class",),
    "brain.largest_mm": ("largest_lesion_mm",),
    "brain.total_volume_ml": ("total_volume_ml",),
    "brain.brainstem": ("brainstem_lesion",),
    "brain.posterior_fossa": ("posterior_fossa_lesion",),
    "brain.eloquent": ("eloquent_lesion",),
    "brain.near_hippocampus": ("near_hippocampus",),
}
"""What is recorded of metastases that are there, and the fact it decides."""


def _none_by(case: Case) -> tuple[str, str]:
    """Return the field that says no metastasis is left, and how."""
    brain = case.brain
    if brain.lesion_count is not None and brain.lesion_count.high == 0:
        return "brain.lesion_count", tr("no brain metastases counted")
    if brain.metastases_present is False:
        return "brain.metastases_present", tr("brain metastases recorded as not present")
    return "brain.lesions", tr("the complete lesion table leaves none")


@rules.rule("lesion_count", "brain_metastases", "cns_class", "measurable_cns", "largest_lesion_mm", "total_volume_ml")
def present_against_what_is_counted(case: Case) -> Iterator[Clash]:
    """Metastases recorded as present or not, against number, table and class."""
    brain, said = case.brain, case.brain.metastases_present
    if said is None:
        return
    counts = (("lesion_count", brain.lesion_count), ("lesions", lesions_listed(case)))
    for place, count in counts:
        if count is not None and (count.high == 0 if said else count.low > 0):
            text = tr("brain metastases recorded as present, yet none is left by number or table")
            other = tr("brain metastases recorded as not present, yet number or table has some")
            yield Clash(text if said else other, ("brain.metastases_present", f"brain.{place}"))


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


@rules.rule("leptomeningeal_disease", "leptomeningeal_status")
def cytology_against_leptomeninges(case: Case) -> Iterator[Clash]:
    """A positive cytology, which confirms leptomeningeal disease, and a status that is less than confirmed."""
    status = case.brain.leptomeninges
    if case.brain.csf_cytology == "positive" and status in ("none", "suspected", "probable"):
        yield Clash(
            tr("CSF cytology is positive, yet leptomeningeal disease is recorded as {status}").format(status=status),
            ("brain.csf_cytology", "brain.leptomeninges"),
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


@rules.rule("necrosis_in_question", *_OF_IMAGING)
def imaging_before_treatment(case: Case) -> Iterator[Clash]:
    """Imaging older than a local therapy."""
    imaged = case.brain.imaging_date
    for index, therapy in enumerate(case.brain.local_therapies.items):
        if imaged and therapy.kind.where == "brain" and therapy.day and therapy.day.surely_after(imaged):
            yield Clash(
                tr("imaging of {imaging} is older than the local therapy of {therapy}").format(
                    imaging=imaged.shown(), therapy=therapy.day.shown()
                ),
                ("brain.imaging_date", f"brain.local_therapies[{index}].day"),
            )
