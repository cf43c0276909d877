"""From the text of a letter to what it offers."""

from collections.abc import Iterator

from measure import Line, line, timed
from support.report_texts import report_texts

from her2board.capture.report.reading import read_report
from her2board.evidence.library import EvidenceLibrary

_TWO_PAGES = 6_000
"""Characters."""
_MOST_MS = 100.0


def letter(library: EvidenceLibrary) -> Iterator[Line]:
    """Measure reading a letter of two pages, put together from invented ones, beside the time it may take."""
    text = ""
    for one in report_texts():
        if one.kind == "clinic_letter" and len(text) < _TWO_PAGES:
            text = f"{text}\n\n{one.text}"
    times = [timed(lambda: read_report(text, "clinic_letter", library.vocabulary)) for _ in range(20)]
    yield line(
        f"a letter of {len(text)} characters to its proposals",
        times,
        "the time it may take",
        [(_MOST_MS, _MOST_MS)],
        "100 ms or less",
        lambda ratio, *_: ratio <= 1,
    )
