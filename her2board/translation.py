"""Reads a translation as data: as shipped, and with no place to fill in that its English message does not have."""

import hashlib
import json
import re
import struct
from collections.abc import Iterator
from gettext import GNUTranslations
from io import BytesIO
from itertools import zip_longest
from string import Formatter

from her2board import paths

_CODE = re.compile(r"[a-z]{2,3}(?:_[A-Z]{2})?")
_BRACES = re.compile(r"\{[^{}]*\}|[{}]")
_LARGEST = 4_000_000
"""Bytes; the words of the program are a thirtieth of it."""
_HEAD = struct.Struct("<7I")
_MAGIC = 0x950412DE


class RefusedTranslationError(Exception):
    """A translation that is not read; the words say why, in English."""


def read_translation(language: str) -> GNUTranslations | None:
    """Return the translation into a language; None where there is none. Raises RefusedTranslationError."""
    name = f"resources/translations/{language}.mo"
    path = paths.base() / name
    if not _CODE.fullmatch(language) or not path.is_file():
        return None
    data = path.read_bytes()
    if not paths.is_checkout() and hashlib.sha256(data).hexdigest() != _shipped(name):
        raise RefusedTranslationError(f"{name} is not the file that was shipped; install the program again")
    try:
        if altered := next(_altered(data), None):
            raise RefusedTranslationError(f"{name} fills in what its English does not: {altered[:60]!a}")
        return GNUTranslations(BytesIO(data))
    except (OSError, ValueError, LookupError, struct.error, RecursionError) as error:
        raise RefusedTranslationError(f"{name} is damaged; install the program again") from error


def _shipped(name: str) -> str | None:
    """Return the SHA-256 that packaging recorded of a file; None where none can be read."""
    try:
        recorded = json.loads(paths.manifest_file().read_bytes())["files"][name]
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return None
    return recorded if isinstance(recorded, str) else None


def _altered(data: bytes) -> Iterator[str]:
    """Yield each English message whose translation fills in anything else: it could show what it should not."""
    for message, translated in _messages(data):
        forms = zip_longest(message, translated, fillvalue=message[-1])
        if message[0] and not all(
            _BRACES.findall(a) == _BRACES.findall(b) or _fills_in(b) <= _fills_in(a) for a, b in forms
        ):
            yield message[0]


def _fills_in(text: str) -> set[tuple[str, str | None, str | None]]:
    return {(name, form, turned) for _, name, form, turned in Formatter().parse(text) if name is not None}


def _messages(data: bytes) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the forms of each message and of its translation, by the format of GNU gettext."""
    magic, version, count, originals, translations, *_ = _HEAD.unpack_from(data)
    if magic != _MAGIC or version or len(data) > _LARGEST or count * 8 > len(data):
        raise ValueError("no translation")
    for number in range(count):
        forms = []
        for table in (originals, translations):
            length, start = struct.unpack_from("<2I", data, table + 8 * number)
            if start + length > len(data):
                raise ValueError("cut short")
            forms.append(data[start : start + length].decode().split("\0"))
        yield forms[0], forms[1]
