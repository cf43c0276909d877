"""The translations: complete, in step with the program, and good for every page."""

import ast
from collections.abc import Callable, Iterator
from datetime import date
from gettext import NullTranslations
from pathlib import Path

import pypdfium2
import pytest
from babel.messages import Catalog
from support.pages import ROOT
from support.releases import FROZEN
from support.scripts import packaging_script

from her2board import paths, wording
from her2board.case.catalogue import catalogue as catalogue_of_facts
from her2board.case.catalogue.declare import PER_DRUG
from her2board.case.storage import load
from her2board.cli.main import main
from her2board.cli.pages import PageRequest, make_page
from her2board.evidence.compiled import open_release
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.loader import load_release

FILES = sorted((paths.resources_dir() / "translations").glob("*.po"))
tool = packaging_script("translations")


@pytest.fixture(scope="module")
def wanted() -> Catalog:
    return tool.messages()


def found_in(folder: Path, source: str) -> list[str | tuple[str, ...]]:
    (folder / "module.py").write_text(source, encoding="utf-8")
    return [message.id for message in tool.messages(folder) if message.id]


def catalogue(*messages: str | tuple[str, str]) -> Catalog:
    made = Catalog()
    for message in messages:
        made.add(message)
    return made


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_translation_fits_the_program_and_lags_behind_it_by_few_words_at_most(path: Path, wanted: Catalog) -> None:
    """New words may wait for a translator until a release: 'make translations' adds them, empty, and says how many."""
    problems = list(tool.problems(path, wanted))
    lagging = [problem for problem in problems if "not translated" in problem or "no longer used" in problem]
    assert [problem for problem in problems if problem not in lagging] == []
    assert len(lagging) <= len(wanted) / 20, "\n".join(lagging)


def test_texts_are_found_by_their_marks(tmp_path: Path) -> None:
    source = """
def tr(message: Marked) -> str: ...
def trn(singular: Marked, plural: Marked, n: int) -> str: ...
class Info:
    label: Marked
    level: str
    why: Marked = ""
tr("shown " "in two parts"); trn("{n} day", "{n} days", 2)
tr("one" if n else "another"); tr(name); tr("%"); wording.tr("by its module")
Info("Label", "H", why="Reason"); Info(why="Other reason", label="Other label", level="not shown")
NAMES: dict[str, Marked] = {"key": "in a table"}
PAIRS: tuple[tuple[str, Marked], ...] = (("id", "in a pair"),)
OTHER: dict[str, str] = {"key": "not shown"}
print("not marked")
"""
    assert found_in(tmp_path, source) == [
        "in a table",
        "in a pair",
        "shown in two parts",
        ("{n} day", "{n} days"),
        "one",
        "another",
        "by its module",
        "Label",
        "Reason",
        "Other reason",
        "Other label",
    ]


def test_words_that_are_only_shown_from_tables_are_found_too(wanted: Catalog) -> None:
    for text in ("Every date is judged against it", "&Save", "Nearest cohort", "may be considered"):
        assert text in wanted


def test_nothing_is_translated_when_a_module_is_imported() -> None:
    """Else a language could not be chosen after it."""
    found = []
    for path in sorted((ROOT / "her2board").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        inside = {
            id(node)
            for function in ast.walk(tree)
            if isinstance(function, ast.FunctionDef | ast.Lambda)
            for body in (function.body if isinstance(function, ast.FunctionDef) else [function.body])
            for node in ast.walk(body)
        }
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and id(node) not in inside]
        names = [(call.lineno, call.func.id) for call in calls if isinstance(call.func, ast.Name)]
        found += [f"{path.name}:{line}" for line, name in names if name in ("tr", "trn")]
    assert found == []


def test_the_label_of_every_fact_is_found(wanted: Catalog, library: EvidenceLibrary) -> None:
    specs = catalogue_of_facts(library.vocabulary).values()
    assert [spec.label for spec in specs if not spec.drug and spec.label not in wanted] == []
    assert [shared.label for shared in PER_DRUG.values() if shared.label not in wanted] == []


def test_every_text_that_pages_and_commands_show_was_found(
    wanted: Catalog, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown: set[str] = set()

    class Recorder(NullTranslations):
        def gettext(self, message: str) -> str:
            shown.add(message)
            return message

        def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
            return self.gettext(msgid1)

    monkeypatch.setattr(wording, "_catalogue", Recorder())
    library = open_release()
    for example in ("b07-invented-complete", "cr03-almost-empty", "cr31-herniation"):
        path = paths.example_case(example)
        make_page(PageRequest(case=load(path), library=library, day=date(2026, 11, 26), annex="full"))
    main(["assess", str(path)])
    for arguments in (["--help"], ["evidence", "list"], ["evidence", "table"], ["evidence", "show", "her2climb"]):
        main(arguments)
    capsys.readouterr()
    assert len(shown) > 400
    assert [text for text in shown if any(map(str.isalpha, text)) and text not in wanted] == []


def test_what_is_missing_or_does_not_fit_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "xx.po"
    path.write_text('msgid ""\nmsgstr "Language: it\\n"\n\nmsgid "Wrote {path}."\nmsgstr "Scritto {file}."\n')
    path.with_suffix(".mo").write_bytes(b"")
    assert list(tool.problems(path, catalogue("Wrote {path}.", "&Save"))) == [
        "xx.po: places to fill in differ: Wrote {path}.",
        "xx.po: not translated: &Save",
        "xx.po: the .mo beside it is not made from it",
    ]


def test_an_update_keeps_translations_adds_new_texts_and_drops_those_that_are_gone(tmp_path: Path) -> None:
    path = tmp_path / "it.po"
    path.write_text(
        '# Awaiting review.\nmsgid ""\nmsgstr ""\n\nmsgid "old"\nmsgstr "vecchio"\n\nmsgid "kept"\nmsgstr "sì"\n'
    )
    wanted = catalogue("kept", ("{n} day", "{n} days"))
    tool.write(path, tool.updated(path, wanted))
    written = path.read_text(encoding="utf-8")
    assert "# Awaiting review." in written
    assert 'msgid "kept"\nmsgstr "sì"' in written
    assert "old" not in written
    assert list(tool.problems(path, wanted)) == ["it.po: not translated: {n} day"]
    tool.write(path, tool.updated(path, wanted))
    assert path.read_text(encoding="utf-8") == written


@pytest.fixture
def speak() -> Iterator[Callable[[str], None]]:
    yield wording.speak
    wording.speak("en")


@pytest.mark.parametrize(("language", "opening"), [("it", "Caso "), ("pseudo", "Çásé ")])
def test_every_example_has_its_page_in_another_language(
    language: str, opening: str, speak: Callable[[str], None]
) -> None:
    speak(language)
    library = open_release()
    for path in sorted(paths.examples_dir().glob("*.her2case")):
        data = make_page(PageRequest(case=load(path), library=library, day=date(2026, 11, 26)))
        document = pypdfium2.PdfDocument(data)
        assert len(document) == 1
        assert document[0].get_textpage().get_text_range().startswith(opening), path.name


def test_a_language_chosen_later_changes_what_tables_say_and_the_first_one_comes_back(
    speak: Callable[[str], None],
) -> None:
    case = load(paths.example_case("cr03-almost-empty"))

    def annexed() -> str:
        library = load_release(FROZEN)  # read anew in each language; its annex is short
        data = make_page(PageRequest(case=case, library=library, day=date(2026, 11, 26), annex="full"))
        return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))

    english = annexed()
    speak("pseudo")
    other = annexed()
    speak("en")
    assert annexed() == english
    for heading in ("Glossary", "interstitial lung disease or pneumonitis", "CANNOT TELL"):
        assert heading in english
        assert heading not in other


def test_a_language_that_awaits_review_says_so_and_is_not_the_usual_one() -> None:
    from her2board.gui.base.languages import LANGUAGES

    assert LANGUAGES[0] == ("en", "English")
    assert "awaiting a clinician's review" in dict(LANGUAGES)["it"]
    assert "Awaiting a clinician's review" in (paths.resources_dir() / "translations" / "it.po").read_text()
