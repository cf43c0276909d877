"""Who was heard: a sign and a word for each state, distinguished without colour."""

from collections.abc import Callable
from typing import Any

import pytest
from support.pages import Made, example, make, text_of

from her2board.briefing.zones.pause import PauseZone
from her2board.case.model import Case
from her2board.pdf.blocks import Shape

_STATES: dict[str, dict[str, Any]] = {
    "medical_oncology": {"status": "heard", "day": "2026-11-20", "by": "Dr A"},
    "radiation_oncology": {"status": "pending", "due": "2026-12-01", "by": "Dr B"},
    "neurosurgery": {"status": "pending", "due": "2026-11-10", "by": "Dr C"},
}
"""Heard, asked, late; neuroradiology is never asked, palliative care waits for a fact."""
_SIDE = 8.0


@pytest.fixture
def page(changed: Callable[..., Case]) -> Made:
    def change(body: dict[str, Any]) -> None:
        body["board"]["disciplines"] = [{"discipline": name, **said} for name, said in _STATES.items()]

    return make(changed("cr03-almost-empty", change))


def sign(page: Made, name: str) -> tuple[tuple[object, ...], ...]:
    """Return the shapes left of a discipline's name, moved to the origin."""
    mark = next(m for m in page.sheet.texts if m.text.strip() == name and m.font == "semibold")
    left, top = mark.x - 12, mark.y - 8.0 * 0.92

    def inside(shape: Shape) -> bool:
        return all(left - 1 <= x <= left + _SIDE and top - 1 <= y <= top + _SIDE + 2 for x, y in shape.points)

    shapes = [shape for shape in page.sheet.shapes if inside(shape)]
    return tuple(
        (tuple((round(x - left, 1), round(y - top, 1)) for x, y in shape.points), shape.fill, shape.stroke)
        for shape in shapes
    )


def test_heard_asked_late_and_never_asked_have_four_signs(page: Made) -> None:
    names = ("Medical oncology", "Radiation oncology", "Neurosurgery", "Neuroradiology")
    signs = [sign(page, name) for name in names]
    assert all(signs)
    assert len(set(signs)) == 4


def test_disciplines_needed_only_if_a_fact_says_so_share_a_cell_with_a_sign_of_its_own(page: Made) -> None:
    cells = {cell.name: cell for cell in page.briefing.get(PauseZone).disciplines}
    cell = cells["Palliative care, Neuro-oncology"]
    assert cell.sign not in [other.sign for other in cells.values() if other is not cell]
    assert "".join(run.text for run in cell.words) == "whether needed: not recorded"


def test_a_discipline_never_asked_and_a_late_one_differ_in_sign_and_word(page: Made) -> None:
    text = text_of(page.data)
    assert "Neuroradiology not yet asked" in text
    assert "Neurosurgery asked, Dr C, due 10 Nov 2026" in text
    assert sign(page, "Neuroradiology") != sign(page, "Neurosurgery")


def test_every_state_says_who_and_when_in_words(page: Made) -> None:
    text = text_of(page.data)
    assert "Medical oncology 20 Nov 2026, Dr A" in text
    assert "Radiation oncology asked, Dr B, due 1 Dec 2026" in text


def test_the_bar_counts_who_was_heard(page: Made) -> None:
    assert "1/4 disciplines heard" in text_of(page.data)
    assert "0/4 disciplines heard" in text_of(example("cr03-almost-empty").data)
