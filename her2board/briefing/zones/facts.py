"""A derived fact in words: what the case says, and why it is open or what it rests on."""

import re
from dataclasses import dataclass, replace

from her2board.briefing.formats import not_recorded
from her2board.briefing.model import Run, Style, Words
from her2board.case.catalogue import fields_of
from her2board.case.model import Case
from her2board.logic.values import Facts

_FEW_ASSAYS = 3
"""Specimens whose results stay on a full page as the reason why a status is open."""


@dataclass(frozen=True, slots=True)
class FactWords:
    """A fact in words, and what a full page leaves to the annex."""

    words: Words
    why: Words


def fact_words(case: Case, facts: Facts, name: str, style: Style = "plain") -> FactWords:
    """Return a derived fact in words."""
    reading, origin = facts.read(name), (f"fact:{name}",)
    why = _apart(case, Run(f" ({reading.why})", "muted", origin=origin)) if reading.why else ()
    if reading.value is not None:
        return FactWords(_apart(case, Run(reading.shown, style, origin=origin)), why)
    gap = not_recorded(case, fields_of(name)[0])
    # an assay that decides nothing yet is nowhere else on the page, so it stays where there are few
    if name == "her2_status" and len(case.tumour.specimens.items) <= _FEW_ASSAYS:
        return FactWords((*gap, *(replace(run, style="plain") for run in why)), ())
    return FactWords(gap, why)


def _apart(case: Case, run: Run) -> Words:
    """Return our words and the sites of specimens between them, which are as long as somebody typed them."""
    sites = {specimen.site for specimen in case.tumour.specimens.items if specimen.site}
    if not sites:
        return (run,)
    longest_first = "|".join(map(re.escape, sorted(sites, key=lambda site: (-len(site), site))))
    parts = re.split(rf"(?<= \()({longest_first})(?=[,)])", run.text)
    said = replace(run, origin=("case:tumour.specimens",), free=True)
    return tuple(replace(said if place % 2 else run, text=part) for place, part in enumerate(parts) if part)
