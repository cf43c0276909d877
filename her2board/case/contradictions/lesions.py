"""Single lesions: axes, growth, histology and treatment against one another."""

from collections.abc import Iterator
from itertools import combinations
from math import pi

from her2board.case.contradictions.declare import Clash, Rules
from her2board.case.fields import field_by_path, value_at
from her2board.case.from_lists import FILLED
from her2board.case.growth import size_before
from her2board.case.lesions import NECROSIS, UNLIKELY_MM, narrowed, necrosis_answered
from her2board.case.model import Case
from her2board.case.terms import spoken
from her2board.case.treatment import had_local
from her2board.wording import tr

rules = Rules()


@rules.rule("largest_lesion_mm")
def millimetres_for_centimetres(case: Case) -> Iterator[Clash]:
    """A size that hardly any metastasis has, and many have at a tenth of it."""
    listed = ((f"brain.lesions[{n}].diameter_mm", one.diameter_mm) for n, one in enumerate(case.brain.lesions.items))
    for field, size in (("brain.largest_mm", case.brain.largest_mm), *listed):
        if size is not None and size.low is not None and size.low >= UNLIKELY_MM:
            text = tr("a lesion of {size}: is {tenth:g} mm meant?")
            yield Clash(text.format(size=size.shown(), tenth=size.low / 10), (field,))


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


@rules.rule("largest_lesion_mm", "measurable_cns")
def growth_against_sizes(case: Case) -> Iterator[Clash]:
    """A lesion called smaller or larger than its sizes say, or new with an earlier size."""
    for index, lesion in enumerate(case.brain.lesions.items):
        now, before = lesion.diameter_mm, size_before(lesion)
        if before is None:
            continue
        was_there = lesion.growth == "new" and before.low is not None and before.low > 0
        larger = lesion.growth == "smaller" and now is not None and now.surely_above(before)
        smaller = lesion.growth == "grown" and now is not None and before.surely_above(now)
        if was_there or larger or smaller:
            place = f"brain.lesions[{index}]"
            yield Clash(
                tr("a lesion is recorded as {growth}, with {before} before and {now} now").format(
                    growth=lesion.growth, before=before.shown(), now=now.shown() if now else tr("no size")
                ),
                (f"{place}.growth", f"{place}.earlier_sizes"),
            )


@rules.rule()
def earlier_size_after_imaging(case: Case) -> Iterator[Clash]:
    """An earlier size measured after the imaging that shows the present one."""
    imaged = case.brain.imaging_date
    for index, lesion in enumerate(case.brain.lesions.items):
        days = (size.day for size in lesion.earlier_sizes or () if size.day)
        day = next((day for day in days if imaged and day.surely_after(imaged)), None)
        if imaged and day:
            yield Clash(
                tr("the earlier size of a lesion is of {day}, after the imaging of {imaging}").format(
                    day=day.shown(), imaging=imaged.shown()
                ),
                (f"brain.lesions[{index}].earlier_sizes", "brain.imaging_date"),
            )


@rules.rule()
def two_sizes_of_one_day(case: Case) -> Iterator[Clash]:
    """Two earlier sizes of a lesion that were measured on one day and differ."""
    for index, lesion in enumerate(case.brain.lesions.items):
        dated = [size for size in lesion.earlier_sizes or () if size.mm and size.day and size.day.exact]
        for one, other in combinations(dated, 2):
            if one.mm and other.mm and one.day == other.day and narrowed(one.mm, other.mm) is None:
                place = f"brain.lesions[{index}].earlier_sizes"
                words = tr("a lesion has two sizes of one day: {one} and {other}")
                yield Clash(words.format(one=one.shown(), other=other.shown()), (place, place))


@rules.rule("cns_class", "measurable_cns", "necrosis_in_question")
def growth_against_state(case: Case) -> Iterator[Clash]:
    """A lesion that progresses, and is recorded as smaller or unchanged."""
    for index, lesion in enumerate(case.brain.lesions.items):
        if lesion.state == "treated_progressing" and lesion.growth in ("smaller", "unchanged"):
            place = f"brain.lesions[{index}]"
            yield Clash(
                tr("a lesion is recorded as progressing, yet as {growth}").format(growth=lesion.growth),
                (f"{place}.state", f"{place}.growth"),
            )


@rules.rule("cns_class", "measurable_cns")
def untreated_yet_treated(case: Case) -> Iterator[Clash]:
    """A lesion recorded as untreated, with the day of its treatment."""
    for index, lesion in enumerate(case.brain.lesions.items):
        if lesion.state == "untreated" and lesion.treated_on is not None:
            place = f"brain.lesions[{index}]"
            yield Clash(
                tr("a lesion is recorded as untreated, yet as treated on {day}").format(day=lesion.treated_on.shown()),
                (f"{place}.state", f"{place}.treated_on"),
            )


@rules.rule("cns_class", "measurable_cns", "lesion_count", "necrosis_proven")
def necrosis_against_state(case: Case) -> Iterator[Clash]:
    """Nothing but radiation necrosis in the specimen, and a lesion that is anything but stable."""
    for index, lesion in enumerate(case.brain.lesions.items):
        if lesion.histology == "necrosis" and lesion.state in ("new", "untreated", "treated_progressing"):
            place = f"brain.lesions[{index}]"
            yield Clash(
                tr("histology shows necrosis only, yet the lesion is recorded as {state}").format(
                    state=spoken(lesion.state)
                ),
                (f"{place}.histology", f"{place}.state"),
            )


@rules.rule("necrosis_in_question", "cns_class", "measurable_cns")
def necrosis_after_histology(case: Case) -> Iterator[Clash]:
    """Necrosis in question, and tumour in the histology of every progressing lesion."""
    if case.brain.necrosis_in_question and necrosis_answered(case):
        yield Clash(
            tr("radiation necrosis in question, yet histology shows tumour in every progressing lesion"),
            ("brain.necrosis_in_question", "brain.lesions"),
        )


@rules.rule(
    "cns_class",
    "necrosis_proven",
    *(f"{of}_{kind}" for of in ("prior", "last") for kind in ("radiosurgery", "wbrt", "brain_radiotherapy")),
)
def necrosis_without_radiotherapy(case: Case) -> Iterator[Clash]:
    """Radiation necrosis in a specimen, and no radiotherapy of the brain."""
    found = [index for index, lesion in enumerate(case.brain.lesions.items) if lesion.histology in NECROSIS]
    if found and had_local(case, "brain_radiotherapy").value is False:
        yield Clash(
            tr("histology shows radiation necrosis, yet no radiotherapy of the brain was given"),
            (f"brain.lesions[{found[0]}].histology", "brain.local_therapies"),
        )


@rules.rule()
def part_of_the_brain_against_sites(case: Case) -> Iterator[Clash]:
    """Brainstem or posterior fossa recorded, against the sites of the lesions."""
    facts = {"brain.brainstem": ("brainstem_lesion",), "brain.posterior_fossa": ("posterior_fossa_lesion",)}
    for path, doubtful in facts.items():
        said, listed = value_at(case, path), FILLED[path](case)
        if said is not None and listed is not None and said != listed.value:
            yield Clash(
                tr("{label}: recorded as {said}, the sites listed say otherwise").format(
                    label=tr(field_by_path()[path].info.label), said=tr("yes") if said else tr("no")
                ),
                (path, "brain.lesions"),
                doubtful,
            )


_ROOM = 2
"""So many times the volume that the diameters allow is no contradiction: they are measured in one plane."""


@rules.rule("total_volume_ml", "largest_lesion_mm", "lesion_count")
def volume_against_sizes(case: Case) -> Iterator[Clash]:
    """A total volume that so many metastases of that size cannot have; no body is larger than a ball as wide."""
    brain = case.brain
    count, largest, volume = brain.lesion_count, brain.largest_mm, brain.total_volume_ml
    if count is None or count.high is None or largest is None or largest.high is None or volume is None:
        return
    most = count.high * pi / 6 * largest.high**3 / 1000
    if volume > _ROOM * most > 0:
        yield Clash(
            tr("total volume {volume:g} mL, more than {n} metastases of at most {largest} can have").format(
                volume=volume, n=count.high, largest=largest.shown()
            ),
            ("brain.total_volume_ml", "brain.largest_mm", "brain.lesion_count"),
        )
