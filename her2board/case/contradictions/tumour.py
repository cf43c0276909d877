"""Receptor results of one specimen against one another."""

from collections.abc import Callable, Iterator

from her2board.case.contradictions.declare import Clash, Rules
from her2board.case.model import Case, Specimen
from her2board.case.receptors import Possible, amplified_by_count, has_assay, outdated, specimen_her2, specimen_hormone
from her2board.wording import tr

rules = Rules()
_RESULTS = ("her2_stated", "ihc", "ish", "ish_ratio", "her2_copies")


_HER2, _HORMONES = ("her2_status",), ("hr_status",)
"""What a specimen decides; where a surely later one has a result, it decides nothing any more."""


@rules.rule()
def results_of_a_specimen(case: Case) -> Iterator[Clash]:
    """What is stated, what the assays read, whether HER2 was tested at all, and percentages; each specimen in turn."""
    for index, specimen in enumerate(case.tumour.specimens.items):
        place = f"tumour.specimens[{index}]"
        her2 = () if _outdated(specimen, case, specimen_her2) else _HER2
        hormones = () if _outdated(specimen, case, specimen_hormone) else _HORMONES
        yield from (clash._replace(facts=her2) for clash in _her2_of(specimen, place))
        yield from (clash._replace(facts=hormones) for clash in _percentages(specimen, place))


def _outdated(specimen: Specimen, case: Case, judge: Callable[[Specimen], Possible | None]) -> bool:
    return outdated(specimen, [(other, judge(other)) for other in case.tumour.specimens.items])


def _her2_of(specimen: Specimen, place: str) -> Iterator[Clash]:
    yield from _stated_against_assay(specimen, place)
    yield from _assays(specimen, place)
    result = next((name for name in _RESULTS if getattr(specimen, name) is not None), None)
    if specimen.her2_tested is False and result:
        yield Clash(tr("HER2 recorded as not tested, with a result"), (f"{place}.her2_tested", f"{place}.{result}"))


def _stated_against_assay(specimen: Specimen, place: str) -> Iterator[Clash]:
    assayed = specimen_her2(specimen.model_copy(update={"her2_stated": None}))
    stated = specimen.her2_stated
    # 'low' is a part of what ASCO/CAP reports as negative: IHC 1+, or 2+ without amplification
    read = assayed | {"negative"} if assayed and "low" in assayed else assayed
    read = read | {"ultralow"} if read and specimen.ihc in ("0", "ultralow", None) and "negative" in read else read
    if stated and read and stated not in read:
        yield Clash(
            tr("HER2 stated as {stated}, the assay reads {assay}").format(
                stated=stated, assay=tr(" or ").join(sorted(assayed or ()))
            ),
            (f"{place}.her2_stated", f"{place}.{_assay_field(specimen)}"),
        )


def _assay_field(specimen: Specimen) -> str:
    """Return the column of the result that decides: IHC where it does, else ISH, else the counts."""
    return "ihc" if specimen.ihc in ("0", "ultralow", "1+", "3+") else "ish" if specimen.ish else "her2_copies"


def _assays(specimen: Specimen, place: str) -> Iterator[Clash]:
    counted = amplified_by_count(specimen)
    said = {True: "positive", False: "negative"}.get(counted) if counted is not None else None
    if specimen.ish and said and specimen.ish != said:
        yield Clash(
            tr("ISH recorded as {ish}, ratio and copies read {said}").format(ish=specimen.ish, said=said),
            (f"{place}.ish", f"{place}.{'her2_copies' if specimen.ish_ratio is None else 'ish_ratio'}"),
        )
    result = said or specimen.ish
    low = specimen.ihc in ("0", "ultralow", "1+")
    if (specimen.ihc == "3+" and result == "negative") or (low and result == "positive"):
        yield Clash(
            tr("IHC {ihc} with ISH {ish}: the two disagree").format(ihc=specimen.ihc, ish=result),
            (f"{place}.ihc", f"{place}.{'her2_copies' if said else 'ish'}"),
        )


def _percentages(specimen: Specimen, place: str) -> Iterator[Clash]:
    for name, status, percent in (
        ("ER", specimen.er, specimen.er_percent),
        ("PR", specimen.pr, specimen.pr_percent),
    ):
        if percent is not None and 0 < percent < 1 and status != "negative":
            text = tr("{name} {percent:g} % stained: is {whole:g} % meant?")
            yield Clash(
                text.format(name=name, percent=percent, whole=round(percent * 100, 4)),
                (f"{place}.{name.lower()}_percent",),
            )
        elif status and percent is not None and (status == "positive") != (percent >= 1):
            yield Clash(
                tr("{name} {status} with {percent:g} % stained").format(name=name, status=status, percent=percent),
                (f"{place}.{name.lower()}", f"{place}.{name.lower()}_percent"),
            )


@rules.rule("histology_confirmed")
def not_confirmed_yet_tested(case: Case) -> Iterator[Clash]:
    """No histology, and receptors measured in a specimen."""
    tested = next((n for n, one in enumerate(case.tumour.specimens.items) if has_assay(one)), None)
    if case.tumour.histology_confirmed is False and tested is not None:
        yield Clash(
            tr("histology recorded as not confirmed, yet a specimen has a HER2 assay"),
            ("tumour.histology_confirmed", f"tumour.specimens[{tested}]"),
        )
