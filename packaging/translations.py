"""Keeps the translations in step with the program: python packaging/translations.py [check].

Without an argument it brings every resources/translations/*.po up to date (new messages are added untranslated, those
that are gone are dropped) and compiles it to the .mo the program reads. With 'check' it changes nothing, reports what
is missing and ends with status 1 if anything is.

A message is a literal given to a parameter or field that is annotated ``Marked``: those of ``tr``, ``trn`` and
``mark``, and those of whatever else declares texts, such as the label of a field of the case.
"""

import ast
import re
import struct
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, get_args

from babel.messages import Catalog, Message
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
sys.path.insert(0, str(ROOT))

_MARK, _PLURAL = "Marked", "trn"
Places = dict[str, dict[int | str, None]]
"""By name of a function or class: where its texts are given, by position and by name."""


def messages(package: Path = ROOT / "her2board") -> Catalog:
    """Return every message of a package, in the order of its files."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in sorted(package.rglob("*.py"))]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    places = _places_of_texts(nodes)
    found = Catalog(fuzzy=False)
    for node in nodes:
        if isinstance(node, ast.Call):
            for message in _given(node, places):
                found.add(message)
    for text in _tables() if package.name == "her2board" else ():
        if any(sign.isalpha() for sign in text):
            found.add(text)
    return found


def _places_of_texts(nodes: Iterable[ast.AST]) -> Places:
    places: Places = {}
    for node in nodes:
        if isinstance(node, ast.ClassDef):
            fields = [part for part in node.body if isinstance(part, ast.AnnAssign)]
            names = [(part.target.id, part.annotation) for part in fields if isinstance(part.target, ast.Name)]
        elif isinstance(node, ast.FunctionDef):
            arguments = [*node.args.posonlyargs, *node.args.args]
            names = [(part.arg, part.annotation) for part in (*arguments, *node.args.kwonlyargs)]
        else:
            continue
        for place, (name, annotation) in enumerate(names):
            if isinstance(annotation, ast.Name) and annotation.id == _MARK:
                places.setdefault(node.name, {}).update({place: None, name: None})
    return places


def _given(call: ast.Call, places: Places) -> Iterator[str | tuple[str, ...]]:
    """Yield the texts that a call is given: one by one, or singular and plural together."""
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    parts = [*enumerate(call.args), *((keyword.arg, keyword.value) for keyword in call.keywords)]
    texts = [text for place, value in parts if place in places.get(name, ()) for text in _literals(value)]
    texts = [text for text in texts if any(sign.isalpha() for sign in text)]
    if name == _PLURAL and len(texts) > 1:
        yield tuple(texts)
    else:
        yield from texts


def _literals(value: ast.expr) -> Iterator[str]:
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value
    elif isinstance(value, ast.IfExp):
        yield from (*_literals(value.body), *_literals(value.orelse))


def _tables() -> Iterator[str]:
    """Yield the words that stand in tables and are translated where they are shown."""
    from her2board.case import catalogue, terms
    from her2board.case.fields import case_fields, item_fields
    from her2board.evidence import records, values
    from her2board.evidence.references import ReadIn
    from her2board.gui.base import shown
    from her2board.gui.form import help_words, sections
    from her2board.gui.results import cohort_nodes, node_parts, pause_nodes, results
    from her2board.gui.window import actions, preferences, program_info, shortcuts

    for field in case_fields():
        yield from (field.info.label, field.info.why, field.info.asks, shown.unit(field))
        for column in item_fields(field.item) if field.item else ():
            yield from (shown._HEADINGS.get(column.path, column.info.label), column.info.why)
            yield from map(shown._TERMS.get, column.choices, map(terms.spoken, column.choices))
        yield from map(shown._TERMS.get, field.choices, map(terms.spoken, field.choices))
    yield from (shown.NOT_RECORDED, shown.NOT_RECORDED.capitalize())
    yield from (terms.spoken(reason) for reason in shown.ABSENCE_REASONS)
    yield from (terms.spoken(word) for word in get_args(terms.Completeness))
    for spec in actions.ACTIONS:
        yield from (spec.text, spec.tip)
    yield from actions.MENUS.values()
    yield from (text for _, _, text in actions.SUBMENUS.values())
    yield from (section.title for section in sections.SECTIONS)
    yield from _texts(shown.LEVELS.values())
    yield from (*help_words._WHY.values(), *help_words._HOW.values())
    yield from program_info._ABOUT
    yield from (words for _, words in preferences._THEMES)
    yield from (words for _, words in shortcuts._IN_PLACE)
    yield from (title for _, title, _ in (*results._TREES, *cohort_nodes._OUTCOMES))
    yield from (title for _, title in pause_nodes._PAUSE_GROUPS)
    yield from (word for _, word in pause_nodes._STATES.values())
    yield from node_parts.TRUTH_WORDS.values()
    yield from ("Applies here", "Does not apply here", "Cannot tell")
    yield from get_args(records.CohortClass)
    yield from (design.replace("_", "-") for design in get_args(records.Design))
    yield from (kind.replace("_", " ") for kind in get_args(ReadIn))
    direction = records.Statement.model_fields["direction"].annotation
    yield from (word.replace("_", " ") for word in get_args(direction))
    yield from get_args(values.Unit)
    yield from ("criteria", "assessor")
    yield from catalogue.labels()


def _texts(groups: Iterable[Iterable[Any]]) -> Iterator[str]:
    for group in groups:
        yield from group


def read(path: Path) -> Catalog:
    """Return the translations in a .po file."""
    with path.open("rb") as stream:
        return read_po(stream, locale=path.stem)


def updated(path: Path, wanted: Catalog) -> Catalog:
    """Return the translations in a .po file with the messages wanted, and no others."""
    known = read(path)
    known.update(wanted, no_fuzzy_matching=True, update_creation_date=False)
    known.fuzzy = False
    return known


def write(path: Path, catalogue: Catalog) -> None:
    """Write a .po file and the .mo beside it."""
    with path.open("wb") as stream:
        write_po(stream, catalogue, width=0, no_location=True, ignore_obsolete=True)
    path.with_suffix(".mo").write_bytes(compiled(read(path)))


def compiled(catalogue: Catalog) -> bytes:
    """Return the .mo file of the translations; what is not translated is left out."""
    stream = BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


def problems(path: Path, wanted: Catalog) -> Iterator[str]:
    """Yield what keeps a translation from being complete: missing, gone, places to fill in that differ."""
    known = read(path)
    for message in wanted:
        if not message.id:
            continue
        translated = known.get(message.id)
        if translated is None or not all(_forms(translated.string)):
            yield f"{path.name}: not translated: {_forms(message.id)[0]}"
            continue
        for form, text in zip(_forms(message.id), _forms(translated.string), strict=True):
            if _blanks(form) != _blanks(text):
                yield f"{path.name}: places to fill in differ: {form}"
            if _mnemonics(form) != _mnemonics(text):
                yield f"{path.name}: mnemonic differs: {form}"
    for message in known:
        if message.id and wanted.get(message.id) is None:
            yield f"{path.name}: no longer used: {_forms(message.id)[0]}"
    if _texts_of_mo(path.with_suffix(".mo").read_bytes()) != _texts_of_mo(compiled(known)):
        yield f"{path.name}: the .mo beside it is not made from it"


def _texts_of_mo(data: bytes) -> list[tuple[str, ...]]:
    """Return messages with their translations; the head names the version of the tool, which makes no difference."""
    try:
        found = read_mo(BytesIO(data))
    except (OSError, ValueError, struct.error):
        return []
    return [(*_forms(message.id), *_forms(message.string)) for message in found if message.id]


def _forms(texts: str | Iterable[str] | None) -> tuple[str, ...]:
    return (texts or "",) if texts is None or isinstance(texts, str) else tuple(texts)


def _blanks(text: str) -> set[str]:
    return set(re.findall(r"\{[^}]*\}", text))


def _mnemonics(text: str) -> int:
    return len(re.findall(r"&\w", text))


def missing(catalogue: Catalog) -> list[Message]:
    """Return the messages that are not translated."""
    return [message for message in catalogue if message.id and not all(_forms(message.string))]


def main() -> int:
    """Bring the files up to date, or check them."""
    wanted = messages()
    status = 0
    for path in sorted(FOLDER.glob("*.po")):
        if sys.argv[1:] == ["check"]:
            for problem in problems(path, wanted):
                print(problem)
                status = 1
            continue
        catalogue = updated(path, wanted)
        write(path, catalogue)
        print(f"{path.name}: {len(missing(catalogue))} of {len(wanted)} not translated")
    return status


if __name__ == "__main__":
    sys.exit(main())
