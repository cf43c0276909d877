"""From an assessment to the bytes of one page, and the command that writes it as a whole process."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from io import BytesIO

from measure import AS_OF, CASE, Line, Taken, environment, in_turns, line, timed

from her2board import paths
from her2board.assessment.assess import assess
from her2board.briefing.compose import compose
from her2board.case.model import Case
from her2board.evidence.library import EvidenceLibrary

_IMPORTS = "import pydantic; from reportlab.pdfgen import canvas; from reportlab.pdfbase import ttfonts"
_FONTS = "".join(
    f"\nttfonts.TTFont('{name}', r'{paths.resources_dir() / 'fonts' / name}.ttf')"
    for name in ("SourceSans3-Regular", "SourceSans3-Semibold", "SourceSans3-It")
)


def warm_page(case: Case, library: EvidenceLibrary) -> Iterator[Line]:
    """Measure one page from the assessment to its bytes, beside bare calls that draw the same text.

    The floor has fonts of its own: the program keeps the letters it cut out of a font for the page before.
    """
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    from her2board.pdf.fonts import font
    from her2board.pdf.page import lay_out
    from her2board.pdf.render import render_page
    from her2board.pdf.styles import Geometry

    assessment = assess(case, library, AS_OF)
    geometry = Geometry("a4")
    sheet, _ = lay_out(compose(case, assessment, library), library, geometry)
    for name in {mark.font for mark in sheet.texts}:
        # registered the usual way, a second font of the same name inside is the first again
        pdfmetrics._fonts[f"bare {name}"] = TTFont(f"bare {name}", font(name).face.filename)

    def page() -> Taken:
        return timed(lambda: render_page(compose(case, assessment, library), library))

    def draw() -> None:
        canvas = Canvas(BytesIO(), (geometry.width, geometry.height), invariant=1, pageCompression=1)
        for mark in sheet.texts:
            canvas.setFont(f"bare {mark.font}", mark.size)
            canvas.drawString(mark.x, geometry.height - mark.y, mark.text)
        canvas.showPage()
        canvas.save()

    times, baselines = in_turns(page, lambda: timed(draw), 40)
    yield line(
        "one page, warm",
        times,
        "the same text drawn by bare reportlab calls",
        baselines,
        "2x or less, 150 ms or less",
        lambda ratio, middle, _: ratio <= 2 and middle <= 150,
    )


def whole_process() -> Iterator[Line]:
    """Measure 'her2board brief' as a process of its own, beside Python importing what a page needs."""
    with tempfile.TemporaryDirectory() as home:
        around = environment(home)
        arguments = ["-m", "her2board", "brief", str(paths.example_case(CASE)), "-o", f"{home}/page.pdf"]
        brief = [sys.executable, *arguments, "--as-of", AS_OF.isoformat()]

        def process(command: list[str]) -> Taken:
            return timed(lambda: subprocess.run(command, env=around, check=True, capture_output=True, timeout=120))

        reach = "1.5x or less"
        imports, fonts = ([sys.executable, "-c", code] for code in (_IMPORTS, _IMPORTS + _FONTS))
        times, baselines = in_turns(lambda: process(brief), lambda: process(imports), 10)
        floor = "Python importing reportlab and pydantic"
        yield line("one page, whole process", times, floor, baselines, reach, lambda ratio, *_: ratio <= 1.5)
        _, baselines = in_turns(lambda: process(imports), lambda: process(fonts), 10)
        yield line("one page, whole process", times, "that, and loading the three fonts", baselines)
