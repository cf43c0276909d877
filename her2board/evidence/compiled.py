"""The release in a form that opens at once, made from the YAML and never edited.

It is used only while every file of the release and the shape of the records are those it was made from, and while no
byte of it has changed; otherwise the YAML is read and checked again, so that a correction is never hidden behind an
older copy, and no figure comes from a damaged one.
"""

import hashlib
import io
import os
import pickle
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from her2board import __version__, paths
from her2board.case import drugs
from her2board.case import terms as case_terms
from her2board.evidence import files, library, records, references, release_records, terms, values
from her2board.evidence.library import EvidenceLibrary
from her2board.logic import criteria

NAME = "release.bin"
_SIZE = hashlib.sha256().digest_size
_PIECE = 1 << 16
"""Bytes read at once: more than any file of the release has."""
_BYTE_BY_BYTE = os.O_RDONLY | getattr(os, "O_BINARY", 0)
"""Windows would turn line ends."""
_MODULES = (criteria, drugs, case_terms, terms, references, values, records, release_records, library)
_INDEXES: dict[type[Any], tuple[str, ...]] = {drugs.Vocabulary: drugs.INDEXES, EvidenceLibrary: library.INDEXES}
"""By class: what is derived from its records once and stored with them."""


def open_release(folder: Path | None = None) -> EvidenceLibrary:
    """Return the release in ``folder`` (the shipped one by default) from its compiled form, or else from YAML.

    Raises BrokenReleaseError with every problem found.
    """
    folder = folder or paths.evidence_dir()
    try:
        data = (folder / NAME).read_bytes()
        stored = data[_SIZE:]
        if data[:_SIZE] == _seal(_key(folder), stored):
            return _Reader(io.BytesIO(stored)).library()
    except (OSError, EOFError, KeyError, pickle.UnpicklingError):
        pass  # not compiled, cut short or foreign, or a file of the release is missing: the loader says which
    from her2board.evidence.loader import load_release  # the YAML reader costs a tenth of a page's time

    return load_release(folder)


def compiled(folder: Path) -> bytes:
    """Return the compiled form of the release in ``folder``. Raises BrokenReleaseError."""
    import pickletools  # half a megabyte of words about a format, for those who write it only

    from her2board.evidence.loader import load_release

    stream = io.BytesIO()
    _Writer(stream).dump(load_release(folder))
    stored = pickletools.optimize(stream.getvalue())
    return _seal(_key(folder), stored) + stored


def _seal(key: bytes, stored: bytes) -> bytes:
    """Return what must precede the stored records: a keyed hash over them (BLAKE2b, 32 bytes)."""
    return hashlib.blake2b(stored, key=key, digest_size=_SIZE).digest()


def _key(folder: Path) -> bytes:
    """Return SHA-256 over the program's version, the fields of its records and the files of the release."""
    parts = [__version__.encode()]
    parts += (f"{kind.__name__} {sorted(kind.__annotations__)}".encode() for kind in _kinds().values())
    for name in files.names(folder):
        text = _bytes(f"{folder}/{name}")
        parts += (f"{name}\0{len(text)}\0".encode(), text)
    return hashlib.sha256(b"".join(parts)).digest()


def _bytes(path: str) -> bytes:
    """Return what the file holds; for hundreds of small files this takes half the time of a file object each."""
    descriptor = os.open(path, _BYTE_BY_BYTE)
    try:
        pieces = []
        while piece := os.read(descriptor, _PIECE):
            pieces.append(piece)
        return b"".join(pieces)
    finally:
        os.close(descriptor)


@cache
def _kinds() -> dict[tuple[str, str], type[Any]]:
    """Return every class of record by module and name."""
    return {
        (module.__name__, name): kind
        for module in _MODULES
        for name, kind in vars(module).items()
        if isinstance(kind, type) and kind.__module__ == module.__name__
    }


class _Writer(pickle.Pickler):
    """Writes records as class and values; equal texts and sources once."""

    def __init__(self, stream: io.BytesIO) -> None:
        super().__init__(stream, protocol=5)
        self._first: dict[str | references.Source, str | references.Source] = {}

    def reducer_override(self, value: Any) -> Any:
        if isinstance(value, BaseModel):
            return _restored, (type(value), {name: self._once(entry) for name, entry in value.__dict__.items()})
        if isinstance(value, Enum):  # Python 3.11.2 would name 'getattr', which the reader does not know
            return type(value), (value.value,)
        if isinstance(value, values.Printed):
            return values.Printed, (value.text,)
        if isinstance(value, EvidenceLibrary | drugs.Vocabulary):
            stored = (*value.__struct_fields__, *_INDEXES[type(value)])
            return _opened, (type(value), {name: getattr(value, name) for name in stored})
        return NotImplemented

    def _once(self, value: Any) -> Any:
        if type(value) is str or isinstance(value, references.Source):  # an entry of a closed list equals its key
            return self._first.setdefault(value, value)
        return value


class _Reader(pickle.Unpickler):
    """Reads records and nothing else: no name of another module is ever looked up."""

    def library(self) -> EvidenceLibrary:
        opened = self.load()
        assert isinstance(opened, EvidenceLibrary)
        return opened

    def find_class(self, module: str, name: str) -> Any:
        if module == __name__:
            return {"_restored": _restored, "_opened": _opened}[name]
        return _kinds()[module, name]


_set = object.__setattr__


@cache
def _named(kind: type[BaseModel]) -> set[str]:
    """Return the fields of a kind; one set for all its records, which are frozen."""
    return set(kind.model_fields)


def _restored(kind: type[BaseModel], fields: dict[str, Any]) -> BaseModel:
    """Return a record from values that were checked when they were read from YAML."""
    record = kind.__new__(kind)
    _set(record, "__dict__", fields)
    _set(record, "__pydantic_fields_set__", _named(kind))
    _set(record, "__pydantic_extra__", None)
    _set(record, "__pydantic_private__", None)
    return record


def _opened(kind: type[Any], stored: dict[str, Any]) -> Any:
    """Return a library or its vocabulary with everything derived from its records."""
    opened = kind(**{name: stored[name] for name in kind.__struct_fields__})
    opened.__dict__.update({name: stored[name] for name in _INDEXES[kind]})
    return opened
