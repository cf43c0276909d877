"""Which of the two builds this program is, and what it claims: fixed when it is packaged, by no setting.

A packet build captures, checks for completeness and lays out; it compares nobody with cohorts or options. A comparison
build compares as well. A build that does not say which it is claims the less.
"""

from functools import cache
from typing import Literal

from her2board import __version__, paths
from her2board.wording import tr

Build = Literal["match", "packet"]
NAME = "build.json"
"""File of the resources that says which build it is."""


@cache
def build() -> Build:
    """Return which build this is."""
    import json  # the first paint does without

    try:
        said = json.loads((paths.resources_dir() / NAME).read_bytes())
    except (OSError, ValueError, RecursionError):
        return "packet"
    return "match" if said == {"build": "match"} else "packet"


def compares() -> bool:
    """Return whether this build compares a case with cohorts and options."""
    return build() == "match"


def version() -> str:
    """Return the version by which a page, a signature or a message names this program: '0.1.0', '0.1.0+packet'."""
    return __version__ if compares() else f"{__version__}+packet"


def name() -> str:
    """Return how this build is called."""
    return tr("comparison build") if compares() else tr("packet build")


def intended_use() -> str:
    """Return whom every output is for, in one sentence: it is on each of them."""
    return tr("For clinicians at a multidisciplinary meeting; does not decide or replace judgement.")


def claim() -> str:
    """Return what this build does and does not do, in one sentence."""
    if compares():
        return tr(
            "Compares what was recorded with published cohorts and statements; decides nothing. "
            "For research and evaluation where it has not been assessed as a medical device."
        )
    return tr(
        "Keeps, checks and lays out what was recorded; compares nobody with published cohorts or treatment options."
    )
