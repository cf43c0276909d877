"""Measures speed as ratios to floors taken in the same run: ``make bench``. Nothing here passes or fails.

Prints a table and writes build/bench.json. What is measured and what would be reached is DESIGN, section 11. The
program and its floor take turns, so that a busy machine slows both; the ratio of processor time stands beside the
ratio of time on the clock, because other work on the machine lengthens only the second.
"""

import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from datetime import date
from functools import partial
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any

import yaml
from measure import ROOT, Line, Taken, environment, in_turns, line, processor, timed
from packets_bench import memory, packets, show_memory
from typst_bench import beside_typst
from window_memory import window_memory

from her2board import paths
from her2board.assessment.assess import assess
from her2board.assessment.cohorts import compare_cohorts
from her2board.assessment.gaps import ask_next
from her2board.briefing.compose import compose
from her2board.case.checks import CaseError
from her2board.case.edit import with_value
from her2board.case.fields import CaseField, case_fields
from her2board.case.model import Case
from her2board.case.storage import load
from her2board.cli.program import load_library
from her2board.evidence.compiled import NAME, compiled, open_release
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.loader import load_release
from her2board.evidence.records import Cohort, Trial
from her2board.logic.criteria import AllOf, AnyOf, Criterion, Negation
from her2board.logic.evaluate import truth_of
from her2board.logic.truth import Truth, all_of, any_of, negate
from her2board.logic.values import Facts

AS_OF = date(2026, 11, 26)
CASE = "cr18-untreated-asymptomatic"
EMPTIEST = "cr03-almost-empty"
FRAME_MS = 16.0
COHORTS = 5000
_SIGNALS = ("first_painted", "ready")
"""Signals of the main window: painted once; form and results made, the evidence being loaded."""
_BARE_WINDOW = """
import sys, time, os
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        sys.stdout.write(str(time.monotonic_ns())); sys.stdout.flush(); os._exit(0)
application = QApplication(sys.argv[:1])
window = Window(); window.setCentralWidget(QLabel("her2board")); window.resize(1280, 800); window.show()
application.exec()
"""
_PROGRAM_WINDOW = """
import sys, time, os
from her2board.cli import main
import her2board.gui.window.app as app
def stamp():
    sys.stdout.write(str(time.monotonic_ns())); sys.stdout.flush(); os._exit(0)
class Window(app.MainWindow):
    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.{signal}.connect(stamp)
app.MainWindow = Window
main([])
"""
_USABLE_WINDOW = """
import sys, time, os
from her2board.cli import main
import her2board.gui.window.app as app
def stamp(number, pages):
    if pages:
        sys.stdout.write(str(time.monotonic_ns())); sys.stdout.flush(); os._exit(0)
class Window(app.MainWindow):
    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.ready.connect(lambda: self.workbench.results.page.shown.connect(stamp))
app.MainWindow = Window
main([{case!r}])
"""
_TYPING = """
import sys, time, os, json
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from her2board.cli import main
import her2board.gui.window.app as app
WORDS = "Six untreated metastases, no symptoms; is a drug that reaches the brain an option before radiation? " * 2
class Window(app.MainWindow):
    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.ready.connect(lambda: self.workbench.results.page.shown.connect(self.begin))
        self.begun = False
    def begin(self, number, pages):
        if pages and not self.begun:
            self.begun = True
            QTimer.singleShot(500, self.type)
    def await_(self, happened, since):
        while not happened and time.monotonic() < since + 20:
            QApplication.processEvents()
            time.sleep(0.0002)
        return (happened[0] - since) * 1000
    def type(self):
        bench, found, drawn = self.workbench, [], []
        bench.live.assessed.connect(lambda _: found.append(time.monotonic()))
        bench.results.page.shown.connect(lambda *_: drawn.append(time.monotonic()))
        bench.form.go_to("meeting.question")
        field = bench.form.block_in_focus().control
        keys, findings, pages = [], [], []
        for number, letter in enumerate(WORDS):
            found.clear(); drawn.clear()
            start = time.monotonic()
            QTest.keyClick(field, letter)
            keys.append((time.monotonic() - start) * 1000)
            findings.append(self.await_(found, start))
            if number % 5 == 4:
                pages.append(self.await_(drawn, start))
        sys.stdout.write(json.dumps([keys, findings, pages])); sys.stdout.flush(); os._exit(0)
app.MainWindow = Window
main([{case!r}])
"""
_IMPORTS = "import pydantic; from reportlab.pdfgen import canvas; from reportlab.pdfbase import ttfonts"
_FONTS = "".join(
    f"\nttfonts.TTFont('{name}', r'{paths.resources_dir() / 'fonts' / name}.ttf')"
    for name in ("SourceSans3-Regular", "SourceSans3-Semibold", "SourceSans3-It")
)


Closure = Callable[[Facts], Truth]


# Start


def starts() -> Iterator[Line]:
    """Measure process start to first paint, and to the moment the workbench is there."""
    platforms = ["offscreen"] + (["xcb"] if os.environ.get("DISPLAY") else [])
    floor = "a bare PySide6 main window"
    with tempfile.TemporaryDirectory() as home:
        for name in platforms:
            around = environment(home, QT_QPA_PLATFORM=name)
            bare = partial(until_stamp, _BARE_WINDOW, around)
            painted, ready = (partial(until_stamp, _PROGRAM_WINDOW.format(signal=s), around) for s in _SIGNALS)
            times, floors = in_turns(painted, bare, 12)
            reach = "1.3x or less"
            yield line(f"start to first paint, {name}", times, floor, floors, reach, lambda ratio, *_: ratio <= 1.3)
            times, floors = in_turns(ready, bare, 12)
            yield line(f"start to form and results there, {name}", times, floor, floors)
            case = str(paths.example_case(CASE))
            usable = partial(until_stamp, _USABLE_WINDOW.format(case=case), around)
            times, floors = in_turns(usable, bare, 6)
            yield line(f"start to evidence loaded and page shown, {name}", times, floor, floors)
            yield from typing(case, around, name)


def typing(case: str, around: dict[str, str], platform_name: str) -> Iterator[Line]:
    """Measure a typing script at the window: a key taken, its findings there, its page there."""
    code = _TYPING.format(case=case)
    done = subprocess.run(
        [sys.executable, "-c", code], env=around, capture_output=True, text=True, timeout=300, check=False
    )
    if not done.stdout.startswith("[["):
        raise RuntimeError(f"nothing was typed: {done.stderr[-800:]}")
    keys, found, pages = json.loads(done.stdout)
    frame = [(FRAME_MS, FRAME_MS)]
    for what, times, reach, most in (
        ("keystroke taken", keys, "16 ms at the 99th percentile", FRAME_MS),
        ("keystroke to findings in sight", found, "", None),
        ("keystroke to a fresh page in sight", pages, "", None),
    ):
        taken = [(ms, ms) for ms in times]
        met = None if most is None else partial(_within, most)
        yield line(f"{what}, {platform_name}", taken, "one frame of 16 ms", frame, reach, met)


def _within(most: float, _ratio: float, _ms: float, last: float) -> bool:
    return last <= most


def until_stamp(code: str, around: dict[str, str]) -> Taken:
    """Start a process; return the time until it says what the clock showed."""
    before, start = processor(), time.monotonic_ns()
    done = subprocess.run(
        [sys.executable, "-c", code], env=around, capture_output=True, text=True, timeout=60, check=False
    )
    if not done.stdout.isdigit():
        raise RuntimeError(f"the window was not painted: {done.stderr[-800:]}")
    return (int(done.stdout) - start) / 1e6, processor() - before


# Findings


def answers(field: CaseField) -> tuple[Any, ...]:
    """Return values one could type into a field; none for tables."""
    simple: dict[str, tuple[Any, ...]] = {
        "flag": (True, False),
        "integer": (1, 2),
        "number": (7.0, 9.0),
        "text": ("a word", "two words"),
        "texts": (["one"], ["one", "two"]),
        "date": ("2026-10", "2026-11-02"),
        "count": ({"low": 3, "high": 3}, {"low": 2}),
    }
    if field.kind == "choices":
        return tuple([choice] for choice in field.choices)
    return field.choices if field.kind == "choice" else simple.get(field.kind, ())


def edits(case: Case) -> Iterator[Callable[[], Case]]:
    """Yield changes of one field each, field after field, that a case takes."""
    for turn in range(9):
        for field in case_fields():
            values = answers(field)
            if turn < len(values):
                change = partial(with_value, case, field.path, values[turn])
                try:
                    change()
                except CaseError:
                    continue
                yield change


def findings(case: Case, library: EvidenceLibrary, more: int) -> list[Taken]:
    """Return the times from an edit to its findings."""
    changes = list(islice(edits(case), more))
    for change in changes[:5]:
        assess(change(), library, AS_OF)
    before = assess(case, library, AS_OF)
    return [timed(lambda change=change: assess(change(), library, AS_OF, before)) for change in changes]


def many_cohorts(library: EvidenceLibrary) -> EvidenceLibrary:
    """Return the release with its trials repeated under other ids until it holds 5,000 cohorts."""
    each = sum(1 for _ in library.cohorts())
    copies = range(1, -(-COHORTS // each))
    more = (trial.model_copy(update={"id": f"{trial.id}-copy-{n}"}) for n in copies for trial in library.trials)
    return replace(library, trials=(*library.trials, *more))


def keystrokes(case: Case, library: EvidenceLibrary) -> Iterator[Line]:
    """Measure one edit to its findings, with the release and with 5,000 cohorts."""
    shipped = sum(1 for _ in library.cohorts())
    yield line(
        f"edit to findings, {shipped} cohorts",
        findings(case, library, 200),
        "one frame of 16 ms",
        [(FRAME_MS, FRAME_MS)],
        "16 ms at the 99th percentile",
        lambda _, __, last: last <= FRAME_MS,
    )
    large = many_cohorts(library)
    yield line(
        f"edit to findings, {sum(1 for _ in large.cohorts())} cohorts",
        findings(case, large, 12),
        "one frame of 16 ms",
        [(FRAME_MS, FRAME_MS)],
        "100 ms",
        lambda _, __, last: last <= 100,
    )


def closure(criterion: Criterion) -> Closure:
    """Return a criterion as a plain function that tells its truth and explains nothing."""
    match criterion:
        case Negation(not_=part):
            turned = closure(part)
            return lambda facts: negate(turned(facts))
        case AllOf(all=parts):
            needed = [closure(part) for part in parts]
            return lambda facts: all_of([part(facts) for part in needed])
        case AnyOf(any=parts):
            enough = [closure(part) for part in parts]
            return lambda facts: any_of([part(facts) for part in enough])
        case _:
            return partial(truth_of, criterion)


def silent(trial: Trial, cohort: Cohort) -> tuple[str, ...]:
    """Return the facts no source states for a cohort: each is compared with what would be notable."""
    return (*trial.not_stated, *cohort.not_stated)


def comparing(case: Case, library: EvidenceLibrary) -> Iterator[Line]:
    """Measure every cohort compared from nothing, beside closures over the same criteria without explanation."""
    for release in (library, many_cohorts(library)):
        facts = assess(case, release, AS_OF).facts
        criteria = [
            [closure(c.when) for c in (*trial.population, *trial.entry, *cohort.population, *cohort.entry)]
            + [closure(leaf) for leaf in release.implied[f"{trial.id}/{cohort.id}"]]
            + [closure(release.notable[name].when) for name in silent(trial, cohort) if name in release.notable]
            for trial, cohort in release.cohorts()
        ]

        def explained(release: EvidenceLibrary = release, facts: Facts = facts) -> Taken:
            facts.memo.clear()
            return timed(lambda: compare_cohorts(release, facts))

        def plain(criteria: list[list[Closure]] = criteria, facts: Facts = facts) -> Taken:
            return timed(lambda: [all_of([told(facts) for told in group]) for group in criteria])

        times, floors = in_turns(explained, plain, 12)
        yield line(
            f"{len(criteria)} cohorts compared from nothing",
            times,
            "closures without explanation",
            floors,
            "3x",
            lambda ratio, _, __: ratio <= 3,
        )


def asking(library: EvidenceLibrary) -> Line:
    """Measure what every answer to every unrecorded fact of a nearly empty case would settle, from nothing."""
    case = load(paths.example_case(EMPTIEST))
    found = assess(case, library, AS_OF)

    def ask() -> Taken:
        found.facts.memo.clear()
        return timed(lambda: ask_next(library, case, found.facts, found.cohorts, found.options, found.pause))

    times = [ask() for _ in range(40)]
    return line(
        f"ask next, {len(found.ask_next)} questions of a nearly empty case",
        times,
        "one frame of 16 ms",
        [(FRAME_MS, FRAME_MS)],
        "100 ms",
        lambda _, __, last: last <= 100,
    )


# Page


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

    times, floors = in_turns(page, lambda: timed(draw), 40)
    yield line(
        "one page, warm",
        times,
        "the same text drawn by bare reportlab calls",
        floors,
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
        times, floors = in_turns(lambda: process(brief), lambda: process(imports), 10)
        floor = "Python importing reportlab and pydantic"
        yield line("one page, whole process", times, floor, floors, reach, lambda ratio, *_: ratio <= 1.5)
        _, floors = in_turns(lambda: process(imports), lambda: process(fonts), 10)
        yield line("one page, whole process", times, "that, and loading the three fonts", floors)


def evidence() -> Iterator[Line]:
    """Measure reading and checking the release, beside the bare YAML loader over the same files."""
    files = sorted(paths.evidence_dir().rglob("*.yaml"))

    def bare() -> None:
        for path in files:
            yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)

    times, floors = in_turns(lambda: timed(load_library), lambda: timed(bare), 10)
    floor = "CSafeLoader alone over the same files"
    yield line(
        "evidence opened as the program does", times, floor, floors, "40 ms or less", lambda _, ms, *__: ms <= 40
    )
    yield ten_times()
    times, floors = in_turns(lambda: timed(load_release), lambda: timed(bare), 10)
    yield line(
        f"evidence read and checked, {len(files)} files",
        times,
        floor,
        floors,
    )


def ten_times() -> Line:
    """Measure opening a release of ten times the trials, beside ten times the shipped one."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "evidence"
        shutil.copytree(paths.evidence_dir(), folder)
        for path in list((folder / "trials").glob("*.yaml")):
            text = path.read_text(encoding="utf-8")
            for n in range(9):
                copy = text.replace(f"id: {path.stem}\n", f"id: {path.stem}-{n}\n", 1)
                path.with_name(f"{path.stem}-{n}.yaml").write_text(copy, encoding="utf-8")
        (folder / NAME).write_bytes(compiled(folder))
        times, floors = in_turns(lambda: timed(lambda: open_release(folder)), lambda: timed(open_release), 10)
    tenfold = [(10 * clock, 10 * cpu) for clock, cpu in floors]
    reach = "no more than ten times"
    return line("evidence of ten times the trials", times, "ten shipped releases", tenfold, reach, lambda r, *_: r <= 1)


def show(lines: list[Line]) -> None:
    """Print the table."""
    rows = [("what", "median ms", "p99 ms", "floor", "floor ms", "ratio", "cpu ratio", "reach", "reached")]
    for entry in lines:
        times = f"{entry.ms:.1f}", f"{entry.p99_ms:.1f}", entry.floor, f"{entry.floor_ms:.1f}"
        reached = {True: "yes", False: "NO", None: ""}[entry.reached]
        rows.append((entry.what, *times, f"{entry.ratio:.2f}", f"{entry.cpu_ratio:.2f}", entry.reach, reached))
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    for row in rows:
        print("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip())
    print("p99: 99th percentile of 200 edits; elsewhere the slowest run.")


def main() -> None:
    """Measure everything, print the table, write build/bench.json."""
    library, case = load_library(), load(paths.example_case(CASE))  # as the program loads it
    judged = (*keystrokes(case, library), *comparing(case, library), asking(library))
    lines = [*judged, *warm_page(case, library), *evidence(), *whole_process()]
    lines += [*packets(library), *beside_typst(case, library, AS_OF)]
    try:
        lines += [*starts(), *window_memory()]
    except (RuntimeError, subprocess.SubprocessError) as error:
        print(f"start: not measured ({error})")
    show(lines)
    kept = list(memory())
    show_memory(kept)
    target = ROOT / "build" / "bench.json"
    target.parent.mkdir(exist_ok=True)
    about = {"python": platform.python_version(), "system": platform.platform(), "processors": os.cpu_count()}
    about["load"] = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    found = {"lines": [asdict(entry) for entry in lines], "memory": [asdict(entry) for entry in kept]}
    target.write_text(
        json.dumps(
            {**about, **found},
            indent=1,
        )
        + "\n",
        encoding="utf-8",
    )
    print(f"written: {target}")


if __name__ == "__main__":
    main()
