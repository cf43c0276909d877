"""The shape of everything that is printed, without its words: 'python -m support.shapes LANGUAGE' prints it as JSON.

Two languages must give the same shape: the same zones, rows, kinds of runs, shortenings and counts. A process speaks
one language, so that nothing made in another is kept.
"""

import io
import json
import sys
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any
from unittest.mock import patch

import docx
import pptx
from msgspec import Struct
from msgspec.structs import asdict

from her2board import wording
from her2board.assessment.assess import assess
from her2board.briefing.annex import annex_blocks
from her2board.briefing.compose import compose
from her2board.briefing.fit import shortenings
from her2board.briefing.handout import handout_row
from her2board.briefing.layouts import LAYOUTS
from her2board.briefing.model import Briefing, Run
from her2board.briefing.outline import outline
from her2board.briefing.packet import PacketOptions, agenda, item, ordered
from her2board.briefing.requests import DEPARTMENTS
from her2board.case.model import Case
from her2board.case.storage import load
from her2board.office import document
from support.generated import EXTREMES
from support.packets import of_examples
from support.pages import AS_OF, EXAMPLES, FOLDER, Made, make, outside, overlapping, pages_of
from support.releases import frozen

ANNEX_OF = "cr18-untreated-asymptomatic"
CUT = "count:characters left out"
"""Of our own words a longer language cuts more."""
UNCUT = 100_000
"""Characters; where a row of the handout is cut depends on the length of words, what it is cut from does not."""
_COUNTED = (bool, int, float, date, type(None))


def shape(part: Any) -> Any:
    """Return a value with every text replaced by whether there is one."""
    if isinstance(part, tuple) and part and all(isinstance(entry, Run) for entry in part):
        return _of_words(part)
    if isinstance(part, Run):
        return _of_words((part,))
    if isinstance(part, _COUNTED):
        return str(part)
    if isinstance(part, str):
        return bool(part)
    if isinstance(part, tuple | list):
        return [shape(entry) for entry in part]
    if isinstance(part, dict):
        return {str(key): shape(entry) for key, entry in part.items()}
    if isinstance(part, Struct):
        return [type(part).__name__, *(shape(value) for value in asdict(part).values())]
    return type(part).__name__


def _of_words(words: tuple[Run, ...]) -> dict[str, Any]:
    """Return what is said in runs: what was typed, what is cited, what is missing, in which styles, from where.

    How many runs our own words take is left out: a language may put words after a name where another has none.
    """
    return {
        "typed": [(run.style, run.left_out, run.text) for run in words if run.free],
        "cited": [(len(run.refs), run.secondary) for run in words if run.refs],
        "gaps": sum(run.gap for run in words),
        "links": [run.link for run in words if run.link],
        "styles": sorted({run.style for run in words}),
        "origins": sorted({place for run in words for place in run.origin} - {CUT}),
    }


def _cases() -> Iterator[tuple[str, Case]]:
    yield from ((stem, load(FOLDER / f"{stem}.her2case")) for stem in EXAMPLES)
    yield from ((name, made()) for name, made in EXTREMES.items())


def of_page(briefing: Briefing) -> dict[str, Any]:
    """Return the shape of a briefing, and kind and count of what each shorter form leaves out.

    Texts cut after some characters are left out: a longer language has more of them.
    """
    forms = list(shortenings(briefing))
    noted = [[(entry.kind, entry.count) for entry in form.shortened if entry.kind != "long_texts"] for form in forms]
    return {
        "zones": [type(zone).__name__ for zone in briefing.zones],
        "briefing": shape(briefing.zones),
        "forms": [form for form, _ in groupby(noted)],
        "shortest": shape(forms[-1].zones),
        "outline": shape(outline(briefing)),
    }


def faults(made: Made) -> list[str]:
    """Return what is wrong with a page as it is drawn: more than one, texts over each other or in a margin."""
    pages = made.data.count(b"/Type /Page\n") + made.data.count(b"/Type /Page ")
    return [*([f"{pages} pages"] if pages != 1 else []), *overlapping(made.sheet.texts), *outside(made)]


def of_layouts() -> dict[str, Any]:
    """Return the shape of every layout of a packet of the examples, as far as it is not a page."""
    library, found = frozen(), {}
    items = []
    for given, (_, case) in enumerate(_cases(), 1):
        assessment = assess(case, library, AS_OF)
        items.append(item(given, case, assessment, compose(case, assessment, library), library))
    cover = agenda(ordered(items, "urgent-first"), PacketOptions(), library)
    found["agenda"] = [(entry.given, entry.urgent, shape(entry.counts)) for entry in cover.items]
    found["handout"] = [shape(handout_row(number, entry, UNCUT)) for number, entry in enumerate(cover.items, 1)]
    found["requests"] = {
        department: [
            (entry.given, request.path, request.required, request.late, bool(request.why), bool(request.state))
            for entry in cover.items
            for request in entry.requests
            if request.department == department
        ]
        for department in DEPARTMENTS
    }
    found["slips"] = len(pages_of(of_examples(read=frozen, layout="slips").data))
    mails = of_examples(read=frozen, layout="requests-text").data.decode()
    found["requests-text"] = [len(line) > 0 for line in mails.splitlines()]
    found["slides"] = _of_slides(of_examples(read=frozen, layout="slides").data)
    uncut = {"_SHORT": 0, "_fitting": lambda briefing, *_: (briefing, 9.0)}
    with patch.multiple(document, **uncut):  # a longer language fills a line, and two pages, sooner
        found["document"] = _of_document(of_examples(read=frozen, layout="document").data)
    assert set(LAYOUTS) - {"pages"} <= set(found), "a layout whose shape nobody looks at"
    return found


def _of_slides(data: bytes) -> list[Any]:
    """Return the kinds of shapes of each slide, and the lines of its notes, which have all of the page."""
    return [
        (
            [shape.shape_type for shape in slide.shapes],
            len(slide.notes_slide.notes_text_frame.text.splitlines()) if slide.has_notes_slide else 0,
        )
        for slide in pptx.Presentation(io.BytesIO(data)).slides
    ]


def _of_document(data: bytes) -> list[Any]:
    """Return style of each paragraph, and styles in it."""
    return [
        (paragraph.style.name, sorted({(str(run.bold), str(run.italic)) for run in paragraph.runs}))
        for paragraph in docx.Document(io.BytesIO(data)).paragraphs
    ]


def everything() -> dict[str, Any]:
    """Return the shape of pages, layouts and an annex, and what is wrong with the pages as drawn."""
    library, pages, wrong = frozen(), {}, {}
    for name, case in _cases():
        pages[name] = of_page(compose(case, assess(case, library, AS_OF), library))
        if name in EXAMPLES and (found := faults(make(case, read=frozen))):  # the fullest page holds English only
            wrong[name] = found
    case = load(FOLDER / f"{ANNEX_OF}.her2case")
    annex = [shape(block) for block in annex_blocks(assess(case, library, AS_OF), library, case)]
    return {"pages": pages, "layouts": of_layouts(), "annex": annex, "wrong": wrong}


if __name__ == "__main__":
    wording.speak(sys.argv[1])
    json.dump(everything(), sys.stdout)
