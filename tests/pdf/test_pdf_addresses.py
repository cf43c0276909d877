"""Where the words of a page lead: to a field, fact or record that exists, and that holds the numbers of the words."""

import re
from functools import cache
from string import Formatter

import pytest
from support.generated import sweep
from support.pages import AS_OF, EXAMPLES, ROOT, Made, example, make
from support.releases import release

from her2board.briefing.addresses import Address
from her2board.briefing.cards.lookup import Cards
from her2board.briefing.page_map import PlacedRun
from her2board.case.fields import field_by_path, field_path
from her2board.case.recorded import recorded
from her2board.pdf.placing import page_map
from her2board.pdf.provenance import NUMERAL

_GENERATED = sweep(mixtures=1)
_PAGES = (*EXAMPLES, *_GENERATED)
_COMPUTED = re.compile(r"\d+\N{EN DASH}\d+\N{DOUBLE DAGGER}")
"""An interval that is computed here, as the page says of the sign."""
_SIGNS = " .,;:()+/\N{MIDDLE DOT}\N{EN DASH}"
_COUNTED = ("count", "axis", "day", "release", "program")
every_case = pytest.mark.parametrize("name", _PAGES)


@cache
def made_of(name: str) -> Made:
    return example(name) if name in EXAMPLES else make(_GENERATED[name](), "letter", AS_OF)


@cache
def cards() -> Cards:
    return Cards(release())


@cache
def runs_of(name: str) -> tuple[PlacedRun, ...]:
    return page_map([made_of(name).sheet]).runs


@cache
def own_words() -> frozenset[str]:
    """Return every phrase between what is filled in of every message of the program."""
    texts = re.findall(r'^(?:msgid|msgid_plural|) ?"(.*)"$', (ROOT / "resources/translations/it.po").read_text(), re.M)
    parts = (part for text in texts for part, *_ in Formatter().parse(text.replace("\\n", "\n")))
    return frozenset(part.strip(_SIGNS).lower() for part in parts)


def exists(made: Made, one: Address) -> bool:
    """Return whether there is what an address names."""
    if one.kind in ("field", "absence", "gap"):
        path = field_path(one.place)
        known = field_by_path()
        return path in ("code", "origin", "status") or any(
            p == path or f"{p}.".startswith(f"{path}.") or path.startswith(f"{p}.") for p in known
        )
    if one.kind == "fact":
        return one.place in made.library.catalogue
    if one.card:
        return one.place == "program" or cards().of(one.card) is not None
    return not one.leads


@every_case
def test_every_address_names_something_that_exists(name: str) -> None:
    made = made_of(name)
    found = {one for run in runs_of(name) for one in run.addresses}
    assert {one for one in found if not exists(made, one)} == set()
    assert {"field", "fact", "gap", "evidence", "reference", "form"} <= {one.kind for one in found} | {"gap"}


@every_case
def test_words_without_a_source_are_words_of_the_program(name: str) -> None:
    fixed = [run.text for run in runs_of(name) if [one.kind for one in run.addresses] == ["form"]]
    strange = [text for text in fixed if (bare := text.strip(_SIGNS).lower()) and bare not in own_words() | {"her2"}]
    assert len(fixed) > 50
    assert strange == []


class Held:
    """The text of what addresses of one page name."""

    def __init__(self, made: Made) -> None:
        self._made = made
        self._values = [
            (value.path, " ".join((value.label, *value.words, *value.plain))) for value in recorded(made.case)
        ]
        self.of = cache(self._of)

    def _of(self, one: Address) -> str:
        if one.kind == "fact":
            reading = self._made.assessment.facts.read(one.place)
            fields = self._made.library.catalogue[one.place].fields
            under = " ".join(self.of(Address("field", path)) for path in fields)
            return f"{reading.label} {reading.shown} {reading.why} {under}"
        if one.kind in ("field", "absence", "gap"):
            wanted = field_path(one.place if one.kind != "absence" else f"absences.{one.place}")
            return " ".join(text for path, text in self._values if path.startswith(wanted))
        card = cards().of(one.card) if one.card else None
        return f"{one.number} {card.plain()}" if card else ""


@every_case
def test_the_numbers_of_words_are_in_what_their_addresses_name_or_were_counted(name: str) -> None:
    held, lost = Held(made_of(name)), []
    for run in runs_of(name):
        numbers = NUMERAL.findall(_COMPUTED.sub("", run.text))
        if numbers and not any(one.kind in _COUNTED for one in run.addresses):
            text = " ".join(map(held.of, run.addresses))
            lost += [f"{number} of '{run.text}' {run.addresses}" for number in numbers if number not in text]
    assert lost == []
