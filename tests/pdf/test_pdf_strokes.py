"""No line, outline or mark runs through the letters of a page, or around a part of a text only."""

from collections.abc import Iterator

from support.complete import COMPLETE, complete
from support.generated import AS_OF, sweep
from support.pages import EXAMPLES, PAPERS, Made, example, make
from support.strokes import struck

from her2board.pdf.blocks import Sheet


def _pages() -> Iterator[tuple[str, Made]]:
    yield from ((stem, example(stem)) for stem in EXAMPLES)
    yield from ((name, complete(name, PAPERS[number % 2])) for number, name in enumerate(COMPLETE))
    for number, (name, case) in enumerate(sweep(mixtures=8).items()):
        yield name, make(case(), PAPERS[number % 2], AS_OF)


def test_no_stroke_crosses_the_letters_of_a_page() -> None:
    assert {name: found for name, made in _pages() if (found := struck(made.sheet))} == {}


def test_a_stroke_through_a_text_or_an_outline_around_a_part_of_it_would_be_noticed() -> None:
    def drawn(draw: str, *at: float) -> list[str]:
        sheet = Sheet()
        sheet.text(100, 100, "a line of treatment")
        getattr(sheet, draw)(*at)
        return struck(sheet)

    assert drawn("line", 90, 97, 120, 97) == ["a line of treatment"]
    assert drawn("dashed", 110, 80, 110, 120) == ["a line of treatment"]
    assert drawn("box", 110, 90, 20, 14, None, 0.0) == ["a line of treatment"]
    assert drawn("box", 90, 90, 120, 14, None, 0.0) == []
    assert drawn("line", 90, 102, 120, 102) == []
