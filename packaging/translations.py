"""Keeps the translations in step with the program: python packaging/translations.py [check].

Without an argument it brings every resources/translations/*.po up to date (new messages are added untranslated, those
that are gone are dropped) and compiles it to the .mo the program reads. With 'check' it changes nothing, reports what
is missing and ends with status 1 if anything is.

A message is a literal where the type is ``Marked``: given to a parameter or field of that type (those of ``tr`` and
``trn``, the label of a field of the case), or in a table of them (``NAMES: dict[str, Marked] = ...``). The words of
closed lists are messages too.
"""

import ast
import re
import struct
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import get_args

from babel.messages import Catalog, Message
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
sys.path.insert(0, str(ROOT))

_MARK, _PLURAL = "Marked", "trn"
Places = dict[str, set[int | str | None]]
"""By name of a function or class: where its texts are given, by position and by name."""


def messages(package: Path = ROOT / "her2board") -> Catalog:
    """Return every message of a package, in the order of its files."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in sorted(package.rglob("*.py"))]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    places = _places_of_texts(nodes)
    found = Catalog(fuzzy=False)
    for node in nodes:
        if isinstance(node, ast.Call):
            given = list(_given(node, places))
        elif isinstance(node, ast.AnnAssign) and node.value:
            given = list(_held(node.annotation, node.value))
        else:
            continue
        for message in given:
            found.add(message)
    for text in _closed_lists() if package.name == "her2board" else ():
        if any(sign.isalpha() for sign in text):
            found.add(text)
    return found


def _places_of_texts(nodes: Iterable[ast.AST]) -> Places:
    places: Places = {}
    for node in nodes:
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            for place, name, annotation in _parameters(node):
                if _is_mark(annotation):
                    places.setdefault(node.name, set()).update({place, name})
    return places


def _parameters(node: ast.ClassDef | ast.FunctionDef) -> Iterator[tuple[int | str, str, ast.expr | None]]:
    """Yield place, name and type of what a function, or a class by its fields, is called with."""
    if isinstance(node, ast.ClassDef):
        fields = [part for part in node.body if isinstance(part, ast.AnnAssign)]
        for place, field in enumerate(fields):
            yield place, ast.unparse(field.target), field.annotation
        return
    for place, part in enumerate((*node.args.posonlyargs, *node.args.args)):
        yield place, part.arg, part.annotation
    for part in node.args.kwonlyargs:
        yield part.arg, part.arg, part.annotation


def _given(call: ast.Call, places: Places) -> Iterator[str | tuple[str, ...]]:
    """Yield the texts that a call is given: one by one, or singular and plural together."""
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    parts = [*enumerate(call.args), *((keyword.arg, keyword.value) for keyword in call.keywords)]
    texts = [text for place, value in parts if place in places.get(name, ()) for text in _literals(value)]
    if name == _PLURAL and len(texts) > 1:
        yield tuple(texts)
    else:
        yield from texts


def _held(annotation: ast.expr, value: ast.expr) -> Iterator[str]:
    """Yield the texts in a table: the literals where its annotation says ``Marked``."""
    if _is_mark(annotation):
        yield from _literals(value)
    if not isinstance(annotation, ast.Subscript) or not any(map(_is_mark, ast.walk(annotation))):
        return
    types = annotation.slice.elts if isinstance(annotation.slice, ast.Tuple) else [annotation.slice]
    if isinstance(value, ast.Dict) and len(types) > 1:
        for one in value.values:
            yield from _held(types[1], one)
    elif isinstance(value, ast.Tuple | ast.List):
        alike = len(types) == 1 or isinstance(types[1], ast.Constant)  # tuple[X, ...]
        for type_, one in zip([types[0]] * len(value.elts) if alike else types, value.elts, strict=True):
            yield from _held(type_, one)


def _is_mark(annotation: ast.AST | None) -> bool:
    return isinstance(annotation, ast.Name) and annotation.id == _MARK


def _literals(value: ast.expr) -> Iterator[str]:
    if isinstance(value, ast.Constant) and isinstance(value.value, str) and any(map(str.isalpha, value.value)):
        yield value.value
    elif isinstance(value, ast.IfExp):
        yield from (*_literals(value.body), *_literals(value.orelse))


def _closed_lists() -> Iterator[str]:
    """Yield the words of the case's choices and columns, and of the terms of the evidence."""
    from her2board.case import terms
    from her2board.case.fields import case_fields, item_fields
    from her2board.casebook import model as _model  # noqa: F401  # reason: it declares closed lists
    from her2board.evidence import entries as _entries  # noqa: F401  # reason: as above
    from her2board.evidence import terms as _  # noqa: F401  # reason: it declares closed lists too

    columns = [column for field in case_fields() if field.item for column in item_fields(field.item)]
    for field in (*case_fields(), *columns):
        yield from map(field.words, field.choices)
    yield from (terms.spoken(word) for word in (*get_args(terms.AbsenceReason), *get_args(terms.Completeness)))
    yield from (entry.label for closed in terms.Term.__subclasses__() for entry in closed)


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
