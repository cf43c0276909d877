"""What a number of the page may come from in its frame: header, footer, cuts and what is left out."""

import re
from collections.abc import Iterator

from her2board import __version__
from her2board.briefing.zones.decision import DecisionZone
from her2board.briefing.zones.pause import PauseZone
from her2board.briefing.zones.question import QuestionZone
from her2board.briefing.zones.tumour import TumourZone
from her2board.case.treatment import brain_therapies
from support.pages import AS_OF, Made
from support.tracing.counts import plural
from support.tracing.from_case import day
from support.tracing.page import CUT, Printed, words_of
from support.zones import alert_words, labelled_rows

_LEFT = re.compile(r"\+\d+")


def header_and_footer(made: Made, page: Printed) -> Iterator[str]:
    missing = made.assessment.readiness.outstanding
    library = made.library
    yield f"as of {day(AS_OF.isoformat())}"
    yield f"{len(missing)} required {plural(missing, 'item')} open"
    version = f"{library.release.version}+{library.content_hash[:8]}"
    yield f"Evidence {version} of {library.release.as_of}, review by {library.release.review_by}"
    yield f"her2board {__version__}"
    yield f"Content {made.sheet.content}"
    shorts = {reference.short for reference in library.references.values()}
    for number, (shown, short) in enumerate(page.references.items(), 1):
        if shown == number and short in shorts:
            yield f"{number} {short}"
    yield "lines: 0\N{EN DASH}100 %"
    yield "Outcome (95 % CI)"
    facts = made.assessment.facts
    yield from (f"{alert.name}: {facts.read(alert.fact).shown}" for alert in library.release.alerts if alert.fact)
    yield f"Shortened: {len(made.shown.shortened)} (annex)"
    others = len(brain_therapies(made.case)) - 1
    yield f"{others} more"
    left = _treatments_left_out(made)
    yield f"earlier treatments: +{left}"
    yield f"+{left} earlier {plural(range(left), 'treatment')} in the annex"


def _treatments_left_out(made: Made) -> int:
    """Count the treatments of the case that neither the drawing nor the words beside it show."""
    line, therapies = made.shown.get(TumourZone).timeline, made.case.brain.local_therapies.items
    words = "".join(run.text for run in line.local_words) if therapies else ""
    shown = len(line.bars) + sum(mark.treatment for mark in line.brain)
    shown += len(words.split("; ")) if words else 0
    return len(made.case.systemic.lines.items) + len(therapies) - shown


def cuts(made: Made, page: Printed) -> Iterator[str]:
    """Yield '(+n characters)' where a text really is that much longer than what comes before it."""
    before = made.briefing
    rows = (
        before.get(QuestionZone).asked,
        before.get(QuestionZone).new,
        before.get(TumourZone).words,
        before.get(DecisionZone).words,
        alert_words(before),
    )
    whole = [*rows, *(row.words for row in labelled_rows(before))]
    texts = ["".join(run.text for run in words) for words in whole]
    texts += ["".join(run.text for run in row.words) for row in before.get(PauseZone).disciplines]
    together = set(_cut_together(made))
    for index, word in enumerate(page.words):
        if _LEFT.fullmatch(word) and page.words[index + 1 : index + 2] == ("characters",):
            left = int(word)
            shown = page.words[max(index - 4, 0) : index]
            for text in texts:
                if words_of(text[: len(text) - left] + CUT)[-len(shown) :] == shown:
                    yield " ".join((*shown, word, "characters"))
            if left in together:
                yield " ".join((*shown, word, "characters"))


def _cut_together(made: Made) -> Iterator[int]:
    """Yield how much was cut of all typed texts of a row that was cut in more than one of them."""
    shown = {row.label: row.words for row in labelled_rows(made.shown)}
    for row in labelled_rows(made.briefing):
        now = [run for run in shown.get(row.label, ()) if run.free]
        if sum(run.text.endswith(CUT) for run in now) > 1:
            kept = sum(len(run.text.removesuffix(CUT)) for run in now)
            yield sum(len(run.text) for run in row.words if run.free) - kept
