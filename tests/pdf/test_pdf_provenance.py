"""Every number of a page is accounted for: the list the renderer writes holds it, with a place it comes from."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from support.generated import sweep
from support.pages import AS_OF, FOLDER, Made, example, make, release, text_of
from test_pdf_page import every_page

from her2board.assessment.paper import Paper
from her2board.briefing.model import Run
from her2board.briefing.zones.missing import MissingZone
from her2board.case.fields import field_by_path
from her2board.cli.main import main
from her2board.pdf.provenance import NUMERAL, numerals, page_account

_GENERATED = sweep(mixtures=5)
_WITHOUT_A_PLACE = ("count", "axis", "release", "program", "run", "reference")
"""Kinds of origin that name what was counted, drawn or made, not a field or a record."""


def printed(data: bytes) -> Counter[str]:
    """Return the numbers a reader program finds; the hash of the content is a name."""
    return Counter(NUMERAL.findall(re.sub(r"Content [0-9a-f]{12}", "", text_of(data))))


def orphans(made: Made) -> list[str]:
    """Return the numbers of a page that come from nowhere, or from a place that does not exist."""
    return [f"{n.text} in '{n.zone}': {n.origin}" for n in numerals(made.sheet) if not any(map(known(made), n.origin))]


def known(made: Made) -> Any:
    """Tell of an origin whether there is such a place in this case or this release."""

    def tell(origin: str) -> bool:
        kind, _, place = origin.partition(":")
        if kind in ("case", "gap"):
            path = re.sub(r"^absences\.", "", place)
            return path == "code" or any(p == path or p.startswith(f"{path}.") for p in field_by_path())
        if kind == "fact":
            return place in made.assessment.facts.readings
        if kind == "evidence":
            ref, _, locator = place.partition(", ")
            return bool(locator) and (ref == "program" or ref in release().references)
        return kind in _WITHOUT_A_PLACE and bool(place)

    return tell


@every_page
def test_the_list_of_numbers_is_the_numbers_of_the_printed_page(stem: str, paper: Paper) -> None:
    made = example(stem, paper)
    listed = Counter(number.text for number in numerals(made.sheet))
    assert len(listed) > 20
    assert listed == printed(made.data)


@every_page
def test_no_number_of_a_page_comes_from_nowhere(stem: str, paper: Paper) -> None:
    assert orphans(example(stem, paper)) == []


@pytest.mark.parametrize("name", _GENERATED)
def test_no_number_of_a_generated_page_comes_from_nowhere(name: str) -> None:
    made = make(_GENERATED[name](), "letter", AS_OF)
    assert Counter(n.text for n in numerals(made.sheet)) == printed(made.data)
    assert orphans(made) == []


def test_a_number_without_an_origin_would_be_noticed() -> None:
    made = example("cr18-untreated-asymptomatic")
    x, y, words = made.sheet.written[-1]
    planted = [*made.sheet.written, (x, y, (*words, Run(" 57")))]
    assert orphans(replace(made, sheet=replace(made.sheet, written=planted))) != []
    planted = [*made.sheet.written, (x, y, (Run("57", origin=("evidence:no-such-paper, abstract",)),))]
    assert orphans(replace(made, sheet=replace(made.sheet, written=planted))) != []


def test_the_account_lists_every_shortening_that_the_page_states() -> None:
    made = example("cr18-untreated-asymptomatic")
    account = page_account([made.sheet], made.shown)
    text = text_of(made.data)
    left = made.shown.get(MissingZone).left_out
    assert f"things to ask: +{left}" in account["shortened"]
    assert f"+{left} in the annex" in text
    assert f"Shortened: {len(account['shortened'])} (annex)" in text


def test_brief_prints_the_account_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "page.pdf"
    case = FOLDER / "cr18-untreated-asymptomatic.her2case"
    assert main(["brief", str(case), "-o", str(out), "--json", "--as-of", "2026-11-26"]) == 0
    account = json.loads(capsys.readouterr().out)
    assert set(account) == {"case", "shortened", "not_shown", "numbers", "runs"}
    assert {"text": "16", "zone": "Brain", "origin": ["case:brain.largest_mm"]} in account["numbers"]
    assert Counter(number["text"] for number in account["numbers"]) == printed(out.read_bytes())
