"""Loads what reads reports when the review is first opened: beforehand it slowed the first keys after the start."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from her2board.case.drugs import Vocabulary

_SOME_REPORT = (
    "MRI of the brain, 14 November 2026. Comparison: 2 August 2026. Findings: two metastases. The largest in the left "
    "frontal lobe measures 18 x 15 mm, previously 11 mm. No leptomeningeal enhancement. Dexamethasone 4 mg daily."
)
"""Any report: reading one compiles most that is not a rule."""


def get_ready(vocabulary: Vocabulary) -> None:
    """Load what reads reports and compile its rules; for the worker, as it takes half a second the first time."""
    from her2board.capture.report.kinds import suggest_kind
    from her2board.capture.report.reading import read_report
    from her2board.capture.report.rules import compile_rules
    from her2board.gui.review import report  # noqa: F401  # reason: for its effect: the window need not wait for it

    compile_rules()
    read_report(_SOME_REPORT, suggest_kind(_SOME_REPORT) or "brain_mri", vocabulary)
