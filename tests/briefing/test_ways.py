"""Every word of a page that comes from somewhere leads there."""

import pytest
from support.pages import AS_OF, EXAMPLES, FOLDER
from support.releases import release

from her2board.briefing.cards.lookup import Cards
from her2board.briefing.cards.ways import Ways
from her2board.case.fields import field_by_path, field_path
from her2board.case.storage import load
from her2board.cli.pages import PageRequest, make_mapped_page


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_word_leads_to_a_field_of_the_form_or_to_a_card_that_exists(name: str) -> None:
    library = release()
    case = load(FOLDER / f"{name}.her2case")
    page = make_mapped_page(PageRequest(case=case, library=library, day=AS_OF)).map
    ways, cards = Ways(library), Cards(library)
    lost = []
    for run in page.runs:
        found = ways.of(run, page)
        if run.leads and not found:
            lost.append((run.text, run.addresses))
        for way in found:
            if way.kind == "card":
                assert cards.of(way.place) is not None, way
            else:
                assert field_path(way.place) in field_by_path(), way
            assert way.words
    assert lost == []


def test_a_label_leads_where_the_value_beside_it_does() -> None:
    library = release()
    case = load(FOLDER / "b07-invented-complete.her2case")
    page = make_mapped_page(PageRequest(case=case, library=library, day=AS_OF)).map
    label = next(run for run in page.runs if run.text == "Lesions")
    assert Ways(library).of(label, page)[0].place == "brain.lesion_count"
