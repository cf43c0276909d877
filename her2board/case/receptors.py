"""HER2 and hormone-receptor status per specimen and over all specimens."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from her2board.case.model import Specimen
from her2board.case.terms import ReceptorStatus
from her2board.logic.values import Among
from her2board.wording import Piece, Pieces, in_pieces, tr

Possible = frozenset[str]
_CLOSED = Piece("\N{RIGHT DOUBLE QUOTATION MARK}")
_POSITIVE: Possible = frozenset({"positive"})
POSITIVE_FROM_PERCENT = 1
"""ASCO/CAP: 1 % of stained nuclei or more is positive."""


_NO_RESULT: Possible = frozenset()
"""Tested without a conclusive result, or not tested: recorded, so an older specimen may decide."""


def specimen_her2(specimen: Specimen) -> Possible | None:
    """Return what is still possible of positive, low and negative; empty without a result; None when open.

    ASCO/CAP 2018, affirmed 2023; 'low' is IHC 1+, or 2+ with negative ISH; 'ultralow' is a part of negative. An assay
    outranks a letter: a stated status counts for a specimen without assay, where "negative" may be low, and beside a
    conclusive assay that it contradicts it leaves the specimen open.
    """
    stated = _STATED[specimen.her2_stated] if specimen.her2_stated else None
    if not has_assay(specimen):
        return _NO_RESULT if stated is None and specimen.her2_tested is False else stated
    assayed = _assayed(specimen)
    if assayed == _UNRESOLVED:
        return _NO_RESULT if specimen.ish == "equivocal" else None
    return None if assayed and stated and not stated & assayed else assayed


def has_assay(specimen: Specimen) -> bool:
    """Return whether any part of a HER2 assay is recorded."""
    return (specimen.ihc, specimen.ish, specimen.ish_ratio, specimen.her2_copies) != (None, None, None, None)


_UNRESOLVED: Possible = frozenset({"positive", "low"})
"""IHC 2+ until in-situ hybridisation decides: open, since an equivocal answer would let an older specimen decide."""
_STATED: dict[str, Possible] = {
    "positive": _POSITIVE,
    "low": frozenset({"low"}),
    "ultralow": frozenset({"negative"}),
    "negative": frozenset({"negative", "low"}),  # reports that know positive and negative only count low as negative
}


def _assayed(specimen: Specimen) -> Possible | None:
    if specimen.ihc == "3+":
        return _POSITIVE
    amplified = _amplified(specimen)
    if amplified is True:
        return _POSITIVE
    if specimen.ihc in ("0", "ultralow", "1+"):
        return frozenset({"low" if specimen.ihc == "1+" else "negative"})
    if amplified is None:
        return _UNRESOLVED if specimen.ihc == "2+" else None
    return frozenset({"low"}) if specimen.ihc == "2+" else frozenset({"low", "negative"})


def _amplified(specimen: Specimen) -> bool | None:
    """Return whether in-situ hybridisation makes this specimen positive; None when it is open."""
    counted = amplified_by_count(specimen)
    if counted is not None or specimen.ish not in ("positive", "negative"):
        return counted
    return specimen.ish == "positive"


def amplified_by_count(specimen: Specimen) -> bool | None:
    """Return what ratio and copies say; copies alone decide only where no ratio could change it."""
    ratio, copies, ihc = specimen.ish_ratio, specimen.her2_copies, specimen.ihc
    if copies is None:
        return None
    if ratio is not None:
        return _dual_probe(ratio, copies, ihc)
    if copies >= 6:
        return True if ihc == "2+" else None
    return False if copies < 4 and ihc is not None else None


def counts_contradict(ish: str, ratio: float | None, copies: float | None) -> bool:
    """Return whether an ISH result is other than its ratio and copies alone suggest; one of them may be misread."""
    if ratio is None and copies is None:
        return False
    if ratio is None:
        return copies is not None and ((ish == "positive" and copies < 4) or (ish == "negative" and copies >= 6))
    amplified = (copies is None or copies >= 4) if ratio >= 2 else (copies is not None and copies >= 6)
    return ish in ("positive", "negative") and (ish == "positive") != amplified


def _dual_probe(ratio: float, copies: float, ihc: str | None) -> bool | None:
    """Apply the five dual-probe groups; groups 2 to 4 depend on IHC, and 3+ decides there alone."""
    if ratio >= 2 and copies >= 4:
        return True
    if ratio < 2 and copies < 4:
        return False
    if ihc in (None, "3+"):
        return None
    return copies >= 6 and ihc == "2+"


def specimen_hormone(specimen: Specimen) -> Possible | None:
    """Return positive when ER or PR is, negative when both are, else None.

    A specimen with a HER2 result and neither of the two was not tested for them: it erases no earlier result.
    """
    results = (specimen.er, specimen.er_percent, specimen.er_said, specimen.pr, specimen.pr_percent, specimen.pr_said)
    if not any(result is not None for result in results) and (has_assay(specimen) or specimen.her2_stated):
        return _NO_RESULT
    er = _receptor(specimen.er, specimen.er_percent)
    pr = _receptor(specimen.pr, specimen.pr_percent)
    if "positive" in (er, pr):
        return _POSITIVE
    return frozenset({"negative"}) if er == pr == "negative" else None


def _receptor(status: ReceptorStatus | None, percent: float | None) -> ReceptorStatus | None:
    if percent is not None:
        return "positive" if percent >= POSITIVE_FROM_PERCENT else "negative"
    return status


class OverSpecimens(NamedTuple):
    """A status over all specimens, what the case says, and why it is open or discordant; sites are as typed."""

    value: Among | None
    shown: Pieces
    why: Pieces
    of: Specimen | None = None
    """The specimen that decides, where one does."""
    beside: Pieces = ()
    """What the case says, for where the same specimen was named just before."""
    open: bool = False
    """Whether there is a result, and yet no status."""
    discordant: bool = False
    """Whether another specimen with a result says otherwise than the one that counts."""
    untested: Pieces = ()
    """Specimens recorded as not tested, which the status says nothing of: 'brain metastasis, 20 Nov 2026'."""


def over_specimens(
    specimens: tuple[Specimen, ...],
    judge: Callable[[Specimen], Possible | None],
    assay: Callable[[Specimen], Pieces],
) -> OverSpecimens:
    """Return the status over all specimens.

    The most recent specimen with a result counts. A specimen whose result is not recorded, and that may be
    more recent, leaves the status open; so do specimens that disagree on 'positive' in an order that is not known.
    """
    judged = [(specimen, judge(specimen)) for specimen in specimens]
    deciding = [(one, result) for one, result in judged if not outdated(one, judged)]
    results = [(specimen, result) for specimen, result in judged if result]
    everything = _listed(_words(specimen, result, assay) for specimen, result in results)
    known = [(one, result) for one, result in deciding if result]
    if not known:
        said = _listed(_named(specimen, assay) for specimen, _ in judged if assay(specimen))
        if said:
            return OverSpecimens(None, (), (Piece(tr("no conclusive result: ")), *said), open=True)
        why: Pieces = (Piece(tr("no conclusive result in the specimens recorded")),) if specimens else ()
        return OverSpecimens(None, (), why)
    pending = _listed(_words(one, _NO_RESULT, assay) for one, result in deciding if result is None)
    if pending:
        why = in_pieces(
            tr("a specimen that may be more recent has no result: {all}"), all=(*pending, Piece("; "), *everything)
        )
        return OverSpecimens(None, (), why, open=True)
    possible: Possible = frozenset().union(*(result for _, result in known))
    unordered = in_pieces(tr("specimens disagree and their order is not known: {all}"), all=everything)
    if possible > _POSITIVE:
        return OverSpecimens(None, (), unordered, open=True)
    agreed = [specimen for specimen, result in known if result == possible]
    if not agreed:  # low and negative: either way not positive
        return OverSpecimens(Among(possible), (Piece(_status(possible)),), unordered)
    discordant = not frozenset.intersection(*(result for _, result in results))
    last = agreed[-1]
    others = _listed(_words(one, result, assay) for one, result in results if one is not last)
    disagree = in_pieces(tr("specimens disagree, the most recent counts; others: {others}"), others=others)
    beside = _words(last, possible, assay, (Piece(tr("same specimen")),)) if last.site or last.day else ()
    said = _words(last, possible, assay)
    return OverSpecimens(Among(possible), said, disagree if discordant else (), last, beside, discordant=discordant)


def untested(specimens: Iterable[Specimen]) -> Pieces:
    """Return where and when the specimens were taken that nobody tested for HER2."""
    none = (one for one in specimens if one.her2_tested is False and specimen_her2(one) == _NO_RESULT)
    return _listed(filter(None, (_with_commas(_site(one), _day(one)) for one in none)))


def _site(specimen: Specimen) -> Pieces:
    return (Piece(specimen.site, typed=True),) if specimen.site else ()


def _day(specimen: Specimen) -> Pieces:
    return (Piece(specimen.day.shown()),) if specimen.day else ()


def _listed(several: Iterable[Pieces]) -> Pieces:
    """Return what is said of specimens one after the other."""
    found: list[Piece] = []
    for words in several:
        found += [Piece("; "), *words] if found else words
    return tuple(found)


def outdated(specimen: Specimen, judged: list[tuple[Specimen, Possible | None]]) -> bool:
    """Return whether a specimen with a result lies surely after this one."""
    return any(
        result and specimen.day is not None and other.day is not None and other.day.surely_after(specimen.day)
        for other, result in judged
    )


def _status(possible: Possible) -> str:
    return tr(" or ").join(sorted(possible)) or tr("open")


def _words(specimen: Specimen, result: Possible, assay: Callable[[Specimen], Pieces], named: Pieces = ()) -> Pieces:
    """Return 'positive (brain, IHC 3+, Mar 2026)'; ``named`` takes the place of where and when."""
    inside = _with_commas(named, assay(specimen)) if named else _named(specimen, assay)
    status = Piece(_status(result))
    return (status, Piece(" ("), *inside, Piece(")")) if inside else (status,)


def _named(specimen: Specimen, assay: Callable[[Specimen], Pieces]) -> Pieces:
    """Return 'brain, IHC 2+, Mar 2026'."""
    return _with_commas(_site(specimen), assay(specimen), _day(specimen))


def _with_commas(*several: Pieces) -> Pieces:
    found: list[Piece] = []
    for pieces in several:
        found += [Piece(", "), *pieces] if found and pieces else pieces
    return tuple(found)


def her2_pieces(specimen: Specimen) -> Pieces:
    """Return the HER2 assay as reported, with what the report says of it in its own words."""
    words = assay_words(specimen)
    return _with_commas((Piece(words),) if words else (), _as_said("", specimen.her2_said))


def hormone_pieces(specimen: Specimen) -> Pieces:
    """Return ER and PR as reported; in the report's own words where they are all it gives but a status."""
    words = hormone_words(specimen)
    er = _as_said("ER ", specimen.er_said) if specimen.er_percent is None else ()
    pr = _as_said("PR ", specimen.pr_said) if specimen.pr_percent is None else ()
    return _with_commas((Piece(words),) if words else (), er, pr)


def _as_said(name: str, said: str | None) -> Pieces:
    return (Piece(f"{name}\N{LEFT DOUBLE QUOTATION MARK}"), Piece(said, typed=True), _CLOSED) if said else ()


def assay_words(specimen: Specimen) -> str:
    """Return the HER2 assay as reported: 'IHC 2+, ISH positive', or 'as stated'."""
    parts = []
    if specimen.ihc:
        parts.append(tr("IHC 0 (ultralow)") if specimen.ihc == "ultralow" else f"IHC {specimen.ihc}")
    if specimen.ish:
        parts.append(f"ISH {specimen.ish}")
    elif specimen.ihc == "2+" and specimen.ish_ratio is None and specimen.her2_copies is None:
        parts.append(tr("ISH not recorded"))
    if specimen.ish_ratio is not None:
        parts.append(tr("ratio {ratio:g}").format(ratio=specimen.ish_ratio))
    if specimen.her2_copies is not None:
        parts.append(tr("{copies:g} copies").format(copies=specimen.her2_copies))
    return ", ".join(parts) or (tr("as stated") if specimen.her2_stated else "")


def hormone_words(specimen: Specimen) -> str:
    """Return ER and PR as reported: 'ER 60 %, PR negative'."""
    parts = []
    for name, status, percent in (("ER", specimen.er, specimen.er_percent), ("PR", specimen.pr, specimen.pr_percent)):
        if percent is not None:
            parts.append(f"{name} {percent:g} %")
        elif status:
            parts.append(f"{name} {status}")
    return ", ".join(parts)
