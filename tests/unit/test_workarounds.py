"""Workarounds: each problem as it is without them, and gone with them. Each question is put to a fresh Python.

Where a test of the first kind fails after an upgrade, the problem is solved: remove the workaround with its tests. A
version that is not solved and not guarded for fails those of the second kind.
"""

import os
import subprocess
import sys

import pytest

HEAVY = ("email", "zipfile", "socket", "PIL.ExifTags", "uharfbuzz")


def printed(code: str, **around: str) -> str:
    """Return what a program printed that ends at once, so that no clearing up follows."""
    program = f"import os, sys\n{code}\nsys.stdout.flush(); os._exit(0)"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, **around},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def imported(code: str) -> str:
    return printed(f"{code}\nprint(*(name for name in {HEAVY} if name in sys.modules))")


MODEL = "from pydantic import BaseModel\nclass Model(BaseModel): number: int"
PAGE = "from reportlab.pdfgen.canvas import Canvas\nfrom reportlab.pdfbase.ttfonts import TTFont"


def test_problem_pydantic_looks_for_plugins_with_mail_and_sockets() -> None:
    assert imported(MODEL) == "email zipfile socket"


def test_problem_reportlab_imports_pictures_and_the_shaper() -> None:
    assert imported(PAGE) == "PIL.ExifTags uharfbuzz"


@pytest.mark.parametrize("module", ["her2board.case.model", "her2board.cli", "her2board.pdf.page"])
def test_neither_a_case_nor_a_page_brings_in_mail_sockets_pictures_or_the_shaper(module: str) -> None:
    assert imported(f"import {module}") == ""


@pytest.mark.parametrize(
    "use",
    [
        "import importlib.metadata; print(importlib.metadata.version('pydantic'))",
        "from importlib.metadata import version; print(version('pydantic'))",
        "from importlib.metadata import entry_points; assert entry_points(group='console_scripts')"
        "; from importlib import metadata; print(metadata.version('pydantic'))",
    ],
)
def test_a_deferred_module_is_complete_for_whoever_uses_it(use: str) -> None:
    assert printed(f"import her2board.case.model; {use}") == printed("import pydantic; print(pydantic.VERSION)")


def test_pictures_are_there_for_whoever_needs_them() -> None:
    drawn = "from PIL import Image; print(Image.new('L', (3, 2)).size)"
    assert printed(f"import her2board.pdf.page; {drawn}; import PIL.Image; print(PIL.Image.__name__)") == (
        "(3, 2)\nPIL.Image"
    )


def test_the_shaper_can_be_imported_after_reportlab_or_before() -> None:
    assert printed("import her2board.pdf.page, uharfbuzz; print(uharfbuzz.__name__)") == "uharfbuzz"
    before = "import uharfbuzz as before; import her2board.pdf.page; import uharfbuzz as after"
    assert printed(f"{before}; print(before is after)") == "True"


def test_what_was_imported_before_is_left_alone() -> None:
    code = "import importlib.metadata as before; import her2board; import importlib.metadata as after"
    assert printed(f"{code}; print(before is after, hasattr(after, '__path__'))") == "True True"


def test_another_version_of_reportlab_is_imported_as_it_is() -> None:
    within = "from her2board import workarounds\nwith workarounds.light_reportlab('6.0'): "
    assert imported(f"{within}import reportlab.pdfbase.ttfonts") == imported(PAGE)


DATED = f"""
{PAGE}
import hashlib
canvas = Canvas("unused.pdf", invariant=1)
canvas.drawString(10, 10, "page")
print(hashlib.sha256(canvas.getpdfdata()).hexdigest())
"""
OTHER_DAY = {"SOURCE_DATE_EPOCH": "1700000000"}


def test_problem_reportlab_dates_pages_by_the_date_of_a_build() -> None:
    assert printed(DATED, **OTHER_DAY) != printed(DATED)


def test_the_date_of_a_build_changes_no_page() -> None:
    assert printed(f"from her2board import workarounds\nworkarounds.ignore_build_date()\n{DATED}", **OTHER_DAY) == (
        printed(DATED)
    )


CALLS = """
from PySide6.QtCore import QObject
named = QObject()
before = sys.getrefcount(None)
for _ in range(500): named.setObjectName("name")
print(before - sys.getrefcount(None) > 400)
"""


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is not counted from Python 3.12 on")
def test_problem_every_call_into_qt_that_returns_nothing_takes_a_reference_of_none() -> None:
    assert printed(CALLS) == "True"


def test_a_hundred_thousand_calls_into_qt_do_not_use_up_none_and_true() -> None:
    program = """
import her2board.gui
from PySide6.QtCore import QCoreApplication, QObject, Signal, QTimer
class Emitter(QObject):
    changed = Signal()
application = QCoreApplication([])
emitter, timer = Emitter(), QTimer()
for _ in range(100_000):
    emitter.changed.emit()
    timer.stop()
print("alive")
"""
    assert printed(program) == "alive"


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is not counted from Python 3.12 on")
@pytest.mark.parametrize(("version", "given"), [("6.11.4", "False"), ("6.12.0", "True"), ("6.13.0", "False")])
def test_only_the_versions_of_pyside_with_the_fault_get_references(version: str, given: str) -> None:
    counted = "print(sys.getrefcount(None) > 1 << 39)"
    assert printed(f"from her2board import workarounds\nworkarounds.keep_singletons({version!r})\n{counted}") == given


READ = "import her2board.case.model, linecache\nprint(any('pydantic' in name for name in linecache.cache))"
EASED = "from her2board import workarounds\nworkarounds.import_directly({})\n"


def test_problem_pyside_reads_and_keeps_the_source_of_every_module() -> None:
    assert printed(f"import PySide6.QtCore\n{READ}") == "True"


@pytest.mark.parametrize(("version", "read"), [("PySide6.__version__", "False"), ("'6.13.0'", "True")])
def test_no_source_is_read_with_the_version_that_is_known(version: str, read: str) -> None:
    assert printed(f"import PySide6.QtCore\n{EASED.format(version)}{READ}") == read


TURN = "print(sys.getswitchinterval())"


def test_problem_python_leaves_a_thread_its_turn_for_longer_than_a_key_takes() -> None:
    assert printed(TURN) == "0.005"


def test_the_window_has_its_turn_ten_times_as_soon() -> None:
    assert printed(f"import her2board.gui\n{TURN}") == "0.0005"


STREAMS = """
import zlib, pypdf
from her2board import workarounds
from pypdf.generic import EncodedStreamObject, NameObject
def read():
    stream = EncodedStreamObject()
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    stream._data = zlib.compress(bytes(1_000_000))
    return len(stream.get_data())
"""


def test_problem_pypdf_bounds_each_stream_and_not_all_of_them() -> None:
    bounded = "with pypdf.apply_configuration(zlib_maximum_output_length=1_500_000): print(read() + read())"
    assert printed(STREAMS + bounded) == "2000000"


def test_streams_are_counted_inside_and_no_longer_after() -> None:
    counted = "seen = []\nwith workarounds.counted_streams(seen.append): read(); read()\nread()\nprint(*seen)"
    assert printed(STREAMS + counted) == "1000000 1000000"


OPENED = """
import gc
from contextlib import nullcontext
from her2board import workarounds
import her2board.case.model, her2board.evidence.compiled as form
def walked(): gc.collect(); return len(gc.get_objects())
before = walked()
with {}: library = form.open_release()
print(walked() - before > 5_000, gc.isenabled())
"""


def test_problem_the_collector_walks_the_evidence_each_time() -> None:
    assert printed(OPENED.format("nullcontext()")) == "True True"


def test_the_collector_leaves_the_evidence_alone() -> None:
    assert printed(OPENED.format("workarounds.kept_for_good()")) == "False True"


def test_a_release_that_cannot_be_opened_leaves_the_collector_running_and_keeps_nothing() -> None:
    code = "import gc\nfrom her2board import workarounds\ntry:\n    with workarounds.kept_for_good(): raise OSError\n"
    assert printed(f"{code}except OSError: print(gc.isenabled(), gc.get_freeze_count())") == "True 0"
