"""One page beside typst, which draws the same words at the same places with the same fonts."""

import importlib.util
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from measure import Line, environment, in_turns, line, timed

from her2board import paths
from her2board.assessment.assess import assess
from her2board.briefing.compose import compose
from her2board.case.model import Case
from her2board.evidence.library import EvidenceLibrary
from her2board.pdf.blocks import Sheet
from her2board.pdf.page import lay_out
from her2board.pdf.render import render_page
from her2board.pdf.styles import Geometry

_WEIGHTS = {"regular": '400, style: "normal"', "semibold": '600, style: "normal"', "italic": '400, style: "italic"'}
_WHOLE = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]], {more})"
_MORE = "ignore_system_fonts=True"


def source_of(sheet: Sheet, geometry: Geometry) -> str:
    """Return a sheet in typst's language: every text and every line where this program has it."""
    lines = [
        f"#set page(width: {geometry.width}pt, height: {geometry.height}pt, margin: 0pt)",
        '#set text(font: "Source Sans 3", top-edge: "baseline")',
    ]
    for shape in sheet.shapes:
        fill = f"luma({shape.fill * 100}%)" if shape.fill is not None else "none"
        stroke = f"{shape.weight}pt + luma({shape.stroke * 100}%)" if shape.stroke is not None else "none"
        points = ", ".join(f"({x:.2f}pt, {y:.2f}pt)" for x, y in shape.points)
        lines.append(f"#place(top + left, polygon(fill: {fill}, stroke: {stroke}, {points}))")
    for mark in sheet.texts:
        words = mark.text.replace("\\", "\\\\").replace('"', '\\"')
        style = f"size: {mark.size}pt, fill: luma({mark.grey * 100}%), weight: {_WEIGHTS.get(mark.font, '400')}"
        lines.append(f'#place(top + left, dx: {mark.x:.2f}pt, dy: {mark.y:.2f}pt, text({style}, "{words}"))')
    return "\n".join(lines)


def beside_typst(case: Case, library: EvidenceLibrary, as_of: date) -> Iterator[Line]:
    """Measure one page, warm and as a process, beside typst; nothing where typst is not installed."""
    if importlib.util.find_spec("typst") is None:
        print("beside typst: not measured (pip install typst, or the extra 'bench')")
        return
    import typst

    assessment, geometry = assess(case, library, as_of), Geometry("a4")
    sheet, _ = lay_out(compose(case, assessment, library), library, geometry)
    fonts = str(paths.resources_dir() / "fonts")
    with tempfile.TemporaryDirectory() as home:
        source = Path(home) / "page.typ"
        source.write_text(source_of(sheet, geometry), encoding="utf-8")
        compiler = typst.Compiler(str(source), font_paths=[fonts], ignore_system_fonts=True)
        text = source.read_bytes()

        def fresh() -> None:
            """Draw a page that differs each time, as one does while somebody types: typst remembers what it drew."""
            nonlocal text
            text = text.replace(b"\n", b"\n ", 1)
            source.write_bytes(text)
            compiler.compile(format="pdf")

        def page() -> None:
            render_page(compose(case, assessment, library), library)

        times, baselines = in_turns(lambda: timed(page), lambda: timed(fresh), 20)
        yield line("one page, warm", times, "typst, the same words placed, warm", baselines)
        around = environment(home)
        case_path = str(Path(home) / "page.her2case")
        Path(case_path).write_bytes(paths.example_case("cr18-untreated-asymptomatic").read_bytes())
        brief = [sys.executable, "-m", "her2board", "brief", case_path, "-o", f"{home}/a.pdf", "--as-of", str(as_of)]
        other = [sys.executable, "-c", _WHOLE.format(more=_MORE), str(source), f"{home}/b.pdf", fonts]

        def run(command: list[str]) -> None:
            subprocess.run(command, env=around, check=True, capture_output=True, timeout=120)

        times, baselines = in_turns(lambda: timed(lambda: run(brief)), lambda: timed(lambda: run(other)), 10)
        yield line("one page, whole process", times, "typst from Python, laid out already", baselines)
