"""Facts of the tumour: its receptors over all specimens."""

from typing import get_args

from her2board.case import terms as t
from her2board.case.catalogue.declare import Found, fact
from her2board.case.model import Case
from her2board.case.receptors import (
    OverSpecimens,
    her2_pieces,
    hormone_pieces,
    over_specimens,
    specimen_her2,
    specimen_hormone,
    untested,
)
from her2board.wording import Piece, joined_text, tr


def her2_over_specimens(case: Case) -> OverSpecimens:
    """Return the HER2 status over all specimens, piece by piece."""
    listed = case.tumour.specimens
    found = over_specimens(listed.items, specimen_her2, her2_pieces)
    found = found._replace(untested=untested(listed.items))
    if found.shown and listed.completeness != "complete":  # the decisive status of the disease says what it rests on
        return found._replace(shown=(*found.shown, Piece(tr("; specimens not complete"))))
    return found


def hormones_over_specimens(case: Case) -> OverSpecimens:
    """Return the status of both hormone receptors over all specimens, piece by piece."""
    return over_specimens(case.tumour.specimens.items, specimen_hormone, hormone_pieces)


def _found(over: OverSpecimens) -> Found:
    return over.value, joined_text(over.shown), joined_text(over.why)


@fact(
    "her2_status",
    "choice",
    "tumour.specimens",
    label="HER2 status",
    options=get_args(t.Her2Status),
    rule="ASCO/CAP 2018, affirmed 2023, per specimen, IHC 2+ open until in-situ hybridisation is recorded; "
    "the most recent conclusive specimen recorded counts",
)
def her2_status(case: Case) -> Found:
    """Return the status over all specimens, and that there may be more of them."""
    return _found(her2_over_specimens(case))


@fact(
    "hr_status",
    "choice",
    "tumour.specimens",
    label="Hormone receptors",
    options=get_args(t.ReceptorStatus),
    rule="positive when ER or PR is; the most recent specimen recorded with a result counts",
)
def hr_status(case: Case) -> Found:
    """Return the status of both hormone receptors over all specimens."""
    return _found(hormones_over_specimens(case))
