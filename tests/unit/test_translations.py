"""The translations: whole, in step with the program, and good for every page."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from her2board import paths

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((paths.resources_dir() / "translations").glob("*.po"))


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("translations", ROOT / "packaging" / "translations.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_translation_fits_the_program_and_lags_behind_it_by_few_words_at_most(tool, path) -> None:
    """New words may wait for a translator until a release: 'make translations' adds them, empty, and says how many."""
    wanted = tool.messages()
    told = list(tool.problems(path, wanted))
    lagging = [problem for problem in told if "not translated" in problem or "no longer used" in problem]
    assert [problem for problem in told if problem not in lagging] == []
    assert len(lagging) <= len(wanted) / 20, "\n".join(lagging)


def test_words_that_are_only_shown_from_tables_are_gathered_too(tool) -> None:
    words = {message[0] for message in tool.messages()}
    assert {"Every date is judged against it", "&Save", "Nearest published cohort", "may be considered"} <= words


def test_what_is_missing_or_does_not_fit_is_told(tool, tmp_path) -> None:
    path = tmp_path / "xx.po"
    path.write_text('msgid ""\nmsgstr "Language: xx\\n"\n\nmsgid "Wrote {path}."\nmsgstr "Scritto {file}."\n')
    path.with_suffix(".mo").write_bytes(b"")
    told = list(tool.problems(path, [("Wrote {path}.",), ("&Save",)]))
    assert told == [
        "xx.po: places to fill in differ: Wrote {path}.",
        "xx.po: not translated: &Save",
        "xx.po: the .mo beside it is not made from it",
    ]


def test_a_file_is_written_as_it_was_read(tool, tmp_path) -> None:
    path = tmp_path / "xx.po"
    known = {('a "quoted"\nline',): ('un "testo"\nqui',), ("{n} day", "{n} days"): ("{n} giorno", "{n} giorni")}
    path.write_text(tool.written(known, list(known), 'msgid ""\nmsgstr ""\n"Language: xx\\n"\n'))
    assert {message: texts for message, texts in tool.read(path).items() if message != ("",)} == known


@pytest.mark.parametrize("language", ["it", "pseudo"])
def test_every_example_has_its_page_in_another_language(language) -> None:
    """In a process of its own: some rooms put their words together when they are imported."""
    program = f"""
from her2board import paths, wording
wording.speak({language!r})
from datetime import date
from her2board.case.storage import load
from her2board.cli.pages import PageRequest, make_page
from her2board.evidence.compiled import open_release
library = open_release()
for path in sorted((paths.resources_dir() / "examples").glob("*.her2case")):
    page = make_page(PageRequest(case=load(path), library=library, day=date(2026, 11, 26)))
    print(path.stem, page.startswith(b"%PDF"), page.count(b"/Type /Page\\n") + page.count(b"/Type /Page "))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr[-800:]
    assert len(re.findall(r" True ", done.stdout)) >= 8


def test_a_language_that_awaits_review_says_so_and_is_not_the_usual_one() -> None:
    from her2board.gui.base.languages import LANGUAGES

    assert LANGUAGES[0] == ("en", "English")
    assert "awaiting a clinician's review" in dict(LANGUAGES)["it"]
    assert "Awaiting a clinician's review" in (paths.resources_dir() / "translations" / "it.po").read_text()
