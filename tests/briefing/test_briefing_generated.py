"""No page of a generated case directs anyone, whatever is recorded. A few in every run, a tenth of HER2BOARD_PAGES."""

import os
import re

import pytest
from support.generated import AS_OF, sweep
from support.pages import example, release
from support.zones import labelled_rows
from test_briefing_wording import directives, evidence_texts

from her2board.assessment.assess import assess
from her2board.briefing.compose import compose
from her2board.briefing.formats import sentence
from her2board.briefing.model import Briefing, Run, runs
from her2board.briefing.zones.alert import AlertZone
from her2board.briefing.zones.options import OptionZone
from her2board.briefing.zones.pause import PauseZone
from her2board.briefing.zones.tumour import TumourZone
from her2board.pdf.page import lay_out
from her2board.pdf.provenance import page_account
from her2board.pdf.styles import Geometry

_CASES = sweep(mixtures=max(int(os.environ.get("HER2BOARD_PAGES", "120")) // 10, 9))
_DELAYING = r"\b(do not|must|not allowed|hold off|defer(red|s)?|delay(s|ed)?|still to be known|if it waits)\b"


def choices() -> set[str]:
    """Return the names of the choices before whole-brain radiation: to name one is not to ask for it."""
    pause = release().pause
    return {alternative.name for alternative in pause.alternatives} | {
        sentence(alternative.name) for alternative in pause.alternatives
    }


def own_words(briefing: Briefing) -> list[str]:
    """Return what the program says on a page: everything but what a person typed, names of alternatives included."""
    pause, zone = briefing.get(PauseZone), briefing.get(OptionZone)
    choices_ = (*(row.brief for row in pause.rows), *pause.named)
    names = (
        *(row.name for row in choices_),
        *(row.reason for row in choices_),
        *(row.label for row in labelled_rows(briefing)),
    )
    options = (*(row.brief for row in zone.rows), *zone.aside)
    return [
        *(run.text for run in runs(briefing) if not run.free),
        *names,
        *(f"{o.name}: {o.standing_words}" for o in options),
    ]


@pytest.mark.parametrize("name", _CASES)
def test_no_word_of_a_generated_page_directs_anyone(name: str) -> None:
    case = _CASES[name]()
    briefing = compose(case, assess(case, release(), AS_OF), release())
    sheet, shown = lay_out(briefing, release(), Geometry("a4"))
    texts = [*own_words(shown), *page_account([sheet], shown)["shortened"]]
    assert len(texts) > 100
    assert {text: words for text in texts if (words := directives(text))} == {}
    alert = shown.find(AlertZone)
    if alert is not None and alert.urgent:
        delaying = {text for text in texts if re.search(_DELAYING, text, re.IGNORECASE)}
        assert delaying <= choices()


def test_a_directive_on_a_generated_page_would_be_noticed() -> None:
    briefing = example("cr18-untreated-asymptomatic").briefing
    assert directives("".join(run.text for run in (*briefing.get(TumourZone).words, Run(". Start tucatinib."))))
    assert any(text for _, text in evidence_texts((release().pause,)))
