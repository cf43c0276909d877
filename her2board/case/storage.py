"""The case file: JSON with a schema version, saved atomically with one backup."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from msgspec import Struct
from pydantic import ValidationError

from her2board.case.checks import CaseError, CaseProblem, extent_problems, problems_from, unknown_absences
from her2board.case.kept import unknown_sentences, without_outdated
from her2board.case.migrations import CURRENT, migrate
from her2board.case.model import Case
from her2board.case.reading import CASE_FILE, decoded, read_text
from her2board.case.writing import (
    RefusedError,
    back_up,
    discard,
    followed,
    keep_copy,
    kept_copies,
    put_in_place,
    refuse_unwritable,
    stage,
    write_atomically,
)
from her2board.wording import tr

FORMAT = "her2board-case"
SUFFIX = ".her2case"
_HEAD = 200
"""Bytes at the start of a case file that name its format."""


class Stored(Struct, frozen=True):
    """A case as it is read now, and the version of the file it was written in."""

    case: Case
    version: int = CURRENT

    @property
    def old(self) -> bool:
        """Return whether an earlier form of the file was read."""
        return self.version < CURRENT


def dump(case: Case) -> str:
    """Return the text of the case file; fields not recorded are left out."""
    return _text(_document(case, CURRENT))


def dump_compact(case: Case) -> str:
    """Return the same in one line, for where no person reads it."""
    return json.dumps(_document(case, CURRENT), ensure_ascii=False, separators=(",", ":"))


def _text(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _document(case: Case, version: int) -> dict[str, Any]:
    body = case.model_dump(mode="json", exclude_none=True)
    return {"format": FORMAT, "schema_version": version, "case": _without_empty(body)}


def _without_empty(body: dict[str, Any]) -> dict[str, Any]:
    """Leave out sections and lists in which nothing is recorded."""
    return {key: value for key, value in body.items() if value not in ({}, [])}


def parse(text: str) -> Case:
    """Return the case in ``text``; CaseError names every problem by line or field."""
    return parse_stored(text).case


def parse_stored(text: str) -> Stored:
    """Return the case in ``text`` with the version it was written in; CaseError names every problem."""
    try:
        document = json.loads(text, object_pairs_hook=_no_duplicates)
    except json.JSONDecodeError as error:
        message = tr("line {line}, column {column}: not JSON ({reason}); is this a case file?").format(
            line=error.lineno, column=error.colno, reason=error.msg
        )
        raise CaseError((CaseProblem("", message),)) from error
    except ValueError as error:  # a number of thousands of digits
        raise CaseError(
            (CaseProblem("", tr("not readable ({why}); is this a case file?").format(why=error)),)
        ) from error
    except RecursionError as error:
        raise CaseError((CaseProblem("", tr("nested too deeply to be a case file")),)) from error
    if problems := extent_problems(document):
        raise CaseError(problems)
    version, body = _envelope(document)
    try:
        case = Case.model_validate_json(json.dumps(migrate(version, body)))
    except ValidationError as error:
        raise CaseError(problems_from(error)) from error
    if problems := (*unknown_absences(case), *unknown_sentences(case)):
        raise CaseError(problems)
    return Stored(without_outdated(case), version)


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for name, value in pairs:
        if name in result:
            raise CaseError((CaseProblem(name, tr("duplicate field in the file; keep one")),))
        result[name] = value
    return result


def _envelope(document: Any) -> tuple[int, dict[str, Any]]:
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise CaseError(
            (CaseProblem("format", tr("this is not a case file: 'format' is not '{name}'").format(name=FORMAT)),)
        )
    if unknown := set(document) - {"format", "schema_version", "case"}:
        raise CaseError(tuple(CaseProblem(name, tr("no such field; remove it")) for name in sorted(unknown)))
    version, body = document.get("schema_version"), document.get("case")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise CaseError((CaseProblem("schema_version", tr("{value!r} is not a version number").format(value=version)),))
    if version > CURRENT:
        message = tr("version {version} is newer than this program reads ({current}); update the program").format(
            version=version, current=CURRENT
        )
        raise CaseError((CaseProblem("schema_version", message),))
    if not isinstance(body, dict):
        raise CaseError((CaseProblem("case", tr("the case itself is missing")),))
    return version, body


def load(path: Path) -> Case:
    """Return the case stored at ``path``; CaseError when it cannot be read or used."""
    return load_stored(path).case


def load_stored(path: Path) -> Stored:
    """Return the case stored at ``path`` with the version of its file; CaseError when it cannot be read or used."""
    try:
        text = read_text(path, CASE_FILE)
    except OSError as error:
        raise CaseError((CaseProblem("", tr("cannot be read: {why}").format(why=error.strerror)),)) from error
    except UnicodeDecodeError as error:
        raise CaseError((CaseProblem("", tr("not a text file in UTF-8; is this a case file?")),)) from error
    return parse_stored(text)


def save(case: Case, path: Path, *, separate: bool = False) -> Path | None:
    """Write the case to ``path`` as ``save_bytes`` does."""
    return save_bytes(dump(case).encode("utf-8"), path, separate=separate)


def save_bytes(data: bytes, path: Path, *, inputs: Iterable[Path] = (), separate: bool = False) -> Path | None:
    """Write a case file whole, keeping the file before as '.bak'; OSError leaves both as they were.

    A file of an earlier version is also copied to a name of its own, '.v1', which later saves leave alone; returned is
    that copy. A name, record number or text of a report that the case no longer holds is in none of them: see
    ``_without_removed``. What is refused and what stays of the file: see ``writing.write_atomically``. A new case file
    is its owner's alone.
    """
    refuse_unwritable(path, inputs=inputs, separate=separate)
    target = followed(path)
    staged = stage(target, data, private=True)
    try:
        version = _version_at(target)
        kept = keep_copy(target, f".v{version}") if version < CURRENT else None
        if target.exists():
            back_up(target, _without_removed(target.read_bytes(), data))
            _clean_kept_copies(target, data)
    except BaseException:
        discard(staged)
        raise
    put_in_place(staged, target)
    return kept


def _clean_kept_copies(target: Path, data: bytes) -> None:
    """Take out of the copies of earlier versions what a case no longer holds of name and record number."""
    for version in range(1, CURRENT):
        for copy in kept_copies(target, f".v{version}"):
            before = copy.read_bytes()
            if (after := _without_removed(before, data)) != before:
                put_in_place(stage(copy, after, private=True), copy)


def _without_removed(before: bytes, after: bytes) -> bytes:
    """Return the case file ``before`` without name, record number and texts that the case file ``after`` does not hold.

    It keeps its version. What is no case file, or holds none of them, is returned as it is.
    """
    if b"identity" not in before and b'"texts"' not in before:
        return before
    from her2board.case.identity import without_removed  # the window starts without

    try:
        stored, new = parse_stored(decoded(before)), parse(decoded(after))
    except (ValueError, CaseError):
        return before
    cleaned = without_removed(stored.case, new)
    texts = tuple(text for text in cleaned.texts if text in new.texts)
    cleaned = cleaned if texts == cleaned.texts else cleaned.model_copy(update={"texts": texts})
    return before if cleaned is stored.case else _text(_document(cleaned, stored.version)).encode("utf-8")


def _version_at(path: Path) -> int:
    """Return the version of the case file at ``path``; the current one where there is none that can be read."""
    try:
        return _envelope(json.loads(read_text(path, CASE_FILE)))[0]
    except (OSError, ValueError, RecursionError, CaseError):
        return CURRENT


def is_case_file(path: Path) -> bool:
    """Return whether there is a case at ``path``: by its name, or by how it begins."""
    if not path.is_file():
        return False
    try:
        with path.open("rb") as stream:
            return path.suffix.lower() == SUFFIX or FORMAT.encode() in stream.read(_HEAD)
    except OSError:
        return False


def write_export(path: Path, data: bytes, inputs: Iterable[Path]) -> None:
    """Write what is made of cases, as ``write_atomically`` does; over no case file, whichever it is of."""
    refuse_unwritable(path, inputs=inputs)
    if is_case_file(path):
        raise RefusedError(path, tr("it is a case file; choose another name"))
    write_atomically(path, data, inputs=inputs)


def envelope_schema() -> dict[str, Any]:
    """Return the JSON Schema of the case file."""
    body = Case.model_json_schema()
    definitions = body.pop("$defs", {})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "her2board case file",
        "type": "object",
        "additionalProperties": False,
        "required": ["format", "schema_version", "case"],
        "properties": {
            "format": {"const": FORMAT},
            "schema_version": {"type": "integer", "minimum": 1, "maximum": CURRENT},
            "case": body,
        },
        "$defs": definitions,
    }
