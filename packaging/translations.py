"""Keeps the translations in step with the program: python packaging/translations.py [check].

Without a word it brings every resources/translations/*.po up to date (new messages are added untranslated, those that
are gone go) and compiles it to the .mo the program reads. With 'check' it changes nothing, says what is missing and
ends with status 1 if anything is.
"""

import ast
import re
import struct
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, get_args

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
sys.path.insert(0, str(ROOT))

Message = tuple[str, ...]
"""One form, or singular and plural."""


def messages() -> list[Message]:
    """Return every message of the program in a fixed order: those marked where they stand, then those in tables."""
    found: dict[Message, None] = {}
    for path in sorted((ROOT / "her2board").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                for message in _marked(node.func.id, node):
                    found[message] = None
    plural = {form for message in found if len(message) > 1 for form in message}
    for text in _tables():
        if text and (text,) not in found and text not in plural:
            found[text,] = None
    return [message for message in found if any(sign.isalpha() for sign in message[0])]


def _marked(name: str, call: ast.Call) -> Iterator[Message]:
    texts = tuple(part.value if isinstance(part, ast.Constant) else None for part in call.args)
    if name == "tr" and texts and isinstance(texts[0], str):
        yield (texts[0],)
    elif name == "trn" and isinstance(texts[0], str) and isinstance(texts[1], str):
        yield (texts[0], texts[1])


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


# Files


def read(path: Path) -> dict[Message, tuple[str, ...]]:
    """Return the translations in a .po file by message."""
    found: dict[Message, tuple[str, ...]] = {}
    forms: dict[str, str] = {}
    last = ""
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if match := re.fullmatch(r'(msgid|msgid_plural|msgstr(?:\[\d\])?) "(.*)"', line):
            last = match[1]
            forms[last] = _plain(match[2])
        elif match := re.fullmatch(r'"(.*)"', line):
            forms[last] += _plain(match[1])
        elif not line.strip() and "msgid" in forms:
            message = (forms["msgid"], forms["msgid_plural"]) if "msgid_plural" in forms else (forms["msgid"],)
            found[message] = tuple(text for name, text in forms.items() if name.startswith("msgstr"))
            forms = {}
    return found


def written(known: dict[Message, tuple[str, ...]], wanted: list[Message], head: str) -> str:
    """Return a .po file with the messages wanted, as far as their translation is known."""
    parts = [head.rstrip()]
    for message in wanted:
        texts = known.get(message, ("",) * len(message))
        lines = [f"msgid {_quoted(message[0])}"]
        if len(message) > 1:
            lines.append(f"msgid_plural {_quoted(message[1])}")
            lines += [f"msgstr[{n}] {_quoted(text)}" for n, text in enumerate(texts)]
        else:
            lines.append(f"msgstr {_quoted(texts[0])}")
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def compiled(known: dict[Message, tuple[str, ...]]) -> bytes:
    """Return the .mo file of the translations; what is not translated is left out."""
    entries = sorted(
        ("\0".join(message).encode(), "\0".join(texts).encode())
        for message, texts in known.items()
        if all(texts) or message == ("",)
    )
    start = 28
    keys, texts = b"", b""
    key_table, text_table = [], []
    after_tables = start + 16 * len(entries)
    keys_length = sum(len(key) + 1 for key, _ in entries)
    for key, text in entries:
        key_table += [len(key), after_tables + len(keys)]
        text_table += [len(text), after_tables + keys_length + len(texts)]
        keys += key + b"\0"
        texts += text + b"\0"
    count = len(entries)
    head = struct.pack("<7I", 0x950412DE, 0, count, start, start + 8 * count, 0, after_tables)
    return head + struct.pack(f"<{4 * count}I", *key_table, *text_table) + keys + texts


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'


def _plain(text: str) -> str:
    signs = {"n": "\n", "t": "\t"}
    return re.sub(r"\\(.)", lambda match: signs.get(match[1], match[1]), text)


def head_of(path: Path) -> str:
    """Return the entry of the empty message with the comments above it."""
    return path.read_text(encoding="utf-8").split("\n\n", 1)[0]


def problems(path: Path, wanted: list[Message]) -> Iterator[str]:
    """Yield what keeps a translation from being whole: missing, gone, places to fill in that differ."""
    known = read(path)
    for message in wanted:
        texts = known.get(message, ("",))
        if not all(texts):
            yield f"{path.name}: not translated: {message[0]}"
            continue
        for form, text in zip(message, texts, strict=True):
            if _places(form) != _places(text):
                yield f"{path.name}: places to fill in differ: {form}"
            if _marks(form) != _marks(text):
                yield f"{path.name}: mnemonic differs: {form}"
    for message in known.keys() - set(wanted) - {("",)}:
        yield f"{path.name}: no longer used: {message[0]}"
    if path.with_suffix(".mo").read_bytes() != compiled(known):
        yield f"{path.name}: the .mo beside it is not made from it"


def _places(text: str) -> set[str]:
    return set(re.findall(r"\{[^}]*\}", text))


def _marks(text: str) -> int:
    return len(re.findall(r"&\w", text))


def main() -> int:
    """Bring the files up to date, or check them."""
    wanted = messages()
    status = 0
    for path in sorted(FOLDER.glob("*.po")):
        if sys.argv[1:] == ["check"]:
            for problem in problems(path, wanted):
                sys.stdout.write(problem + "\n")
                status = 1
            continue
        known = read(path)
        path.write_text(written(known, wanted, head_of(path)), encoding="utf-8")
        path.with_suffix(".mo").write_bytes(compiled(read(path)))
        missing = sum(not all(known.get(message, ("",))) for message in wanted)
        sys.stdout.write(f"{path.name}: {missing} of {len(wanted)} not translated\n")
    return status


if __name__ == "__main__":
    sys.exit(main())
