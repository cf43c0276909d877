"""Drugs: the grid of drugs given against the lines, dates of relapse, access, and names nobody knows."""

from collections.abc import Iterable, Iterator
from itertools import chain
from math import ceil, floor

from her2board.case.catalogue import of_drug
from her2board.case.contradictions.declare import Clash, Rules
from her2board.case.drugs import Vocabulary
from her2board.case.model import Case, Exposure, Specimen, SystemicLine, SystemicLines
from her2board.case.receptors import specimen_her2
from her2board.case.treatment import fully_named, line_groups, months_to_relapse, unknown_drugs
from her2board.logic.values import Span
from her2board.wording import tr

rules = Rules()


@rules.rule_with_drugs()
def grid_against_lines(case: Case, vocabulary: Vocabulary) -> Iterator[Clash]:
    """The grid of drugs given against the lines, and its entries against one another."""
    lines = case.systemic.lines
    listed = _line_groups(lines.items, vocabulary)
    late = [line for line in lines.items if line.setting in ("metastatic", "maintenance")]
    metastatic = _line_groups(late, vocabulary)
    grid = [(name, _groups(name, vocabulary), exposure) for name, exposure in case.systemic.exposure.items()]
    all_groups = (*listed, *chain.from_iterable(groups for _, groups, _ in grid))
    named = frozenset[str]().union(*(group for group in all_groups if len(group) == 1))
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
            yield Clash(
                tr("{drug}: recorded as {said}, other entries say otherwise").format(
                    drug=vocabulary.label(name) if name in vocabulary.ids else name, said=said
                ),
                ("systemic.exposure", "systemic.lines"),
                _said_of(name, named, vocabulary),
            )


def _said_of(name: str, named: frozenset[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return what is asked of a drug; of a class also what is asked of its drugs that are named."""
    ids = {of for id_ in vocabulary.resolve(name) for of in (id_, *sorted(vocabulary.members(id_) & named))}
    return tuple(of_drug(family, id_) for id_ in sorted(ids) for family in _FAMILIES)


_FAMILIES = ("given", "given_metastatic", "early_only", "progressed_on")


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


@rules.rule_with_drugs("months_since_adjuvant_her2")
def months_to_relapse_against_dates(case: Case, vocabulary: Vocabulary) -> Iterator[Clash]:
    """The recorded months to relapse against the dates."""
    recorded = case.tumour.months_since_adjuvant_her2
    counted, words, _ = months_to_relapse(case, vocabulary)
    if recorded is None or counted is None:
        return
    if isinstance(counted, Span) and _fits(recorded, counted):
        return
    yield Clash(
        tr("{months:g} months from adjuvant anti-HER2 therapy to relapse, the dates say {words}").format(
            months=recorded, words=words
        ),
        ("tumour.months_since_adjuvant_her2", "systemic.lines"),
    )


def _fits(months: float, counted: Span) -> bool:
    """Tell whether a recorded number and the dates agree, in whole months and what lies between two of them."""
    low, high = (None if end is None else _half(end) for end in (counted.low, counted.high))
    return (low is None or low <= _half(months)) and (high is None or _half(months) <= high)


def _half(months: float) -> int:
    """Return 12 for 6 months, 13 for all between 6 and 7."""
    return floor(months) + ceil(months)


@rules.rule_with_drugs()
def access_against_itself(case: Case, vocabulary: Vocabulary) -> Iterator[Clash]:
    """Access to one drug under two names, once yes and once no."""
    answers: dict[str, bool] = {}
    for name, access in case.access.drugs.items():
        ids = vocabulary.resolve(name)
        for id_ in ids if access or len(ids) == 1 else ():
            if answers.setdefault(id_, access) != access:
                yield Clash(
                    tr("access to {drug} recorded as yes and as no").format(drug=vocabulary.label(id_)),
                    ("access.drugs",),
                    (of_drug("access", id_),),
                )


@rules.rule_with_drugs()
def unknown_names(case: Case, vocabulary: Vocabulary) -> Iterator[Clash]:
    """Names of drugs that the vocabulary does not know."""
    for name in unknown_drugs(case, vocabulary):
        yield Clash(
            tr("'{name}' is not a known drug name: kept as written, and no drug can be excluded").format(name=name),
            ("systemic.lines",),
        )


@rules.rule_with_drugs("her2_status")
def her2_drugs_without_positive_specimen(case: Case, vocabulary: Vocabulary) -> Iterator[Clash]:
    """Drugs for HER2-positive disease in a line, and a complete list of specimens in which none is positive.

    T-DXd and other conjugates but T-DM1 are given for HER2-low disease too: a low or ultralow specimen is enough.
    """
    specimens = case.tumour.specimens
    found = [specimen_her2(specimen) for specimen in specimens.items]
    if specimens.completeness != "complete" or not found or not all(found):
        return
    positive = any("positive" in (one or ()) for one in found)
    low = any("low" in (one or ()) for one in found) or any(_ultralow(one) for one in specimens.items)
    of_low = vocabulary.members("her2_adc") - vocabulary.members("trastuzumab_emtansine")
    wanted = vocabulary.members("anti_her2") - (of_low if low else frozenset())
    for index, line in enumerate(case.systemic.lines.items):
        named = [group for group in line_groups(line, vocabulary) if group and group <= wanted]
        if named and not positive:
            words = tr("line {n} has a drug for HER2-positive disease, yet no specimen is HER2 positive")
            yield Clash(words.format(n=index + 1), (f"systemic.lines[{index}].drugs", "tumour.specimens"))
            return


def _ultralow(specimen: Specimen) -> bool:
    return "ultralow" in (specimen.ihc, specimen.her2_stated)


def _line_groups(lines: Iterable[SystemicLine], vocabulary: Vocabulary) -> tuple[frozenset[str], ...]:
    return tuple(group for line in lines for group in line_groups(line, vocabulary))


def _inside(groups: tuple[frozenset[str], ...], members: frozenset[str]) -> bool:
    return any(group and group <= members for group in groups)


def _groups(name: str, vocabulary: Vocabulary) -> tuple[frozenset[str], ...]:
    """Return the drugs a name means, each as a set; a class is one set of its drugs."""
    return tuple(vocabulary.members(id_) for id_ in vocabulary.resolve(name))
