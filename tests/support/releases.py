"""The two releases tests read, each once per process: the shipped one, and the frozen one of the golden pages."""

from functools import cache
from pathlib import Path

from her2board import workarounds
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.loader import load_release

FROZEN = Path(__file__).resolve().parents[1] / "golden" / "evidence"


@cache
def release() -> EvidenceLibrary:
    """Return the shipped release, read from its YAML."""
    with workarounds.kept_for_good():  # as the program does
        return load_release()


@cache
def frozen() -> EvidenceLibrary:
    """Return the small release of the golden pages: no change of the shipped one changes it."""
    return load_release(FROZEN)
