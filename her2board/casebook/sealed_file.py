"""An encrypted file with its own passphrase: what leaves a casebook, readable on any machine with the program.

A line that names the format, a header as a casebook's, then lines of text, compressed and encrypted in pieces. Each
piece is bound to its place and the last one is marked, so that pieces cannot be exchanged, left out or cut off.
"""

import hashlib
import os
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from her2board.case.writing import discard, put_in_place, reason, refuse_unwritable, stage
from her2board.casebook.errors import CasebookError, DamagedError
from her2board.casebook.keys import Cost, new_key, parse_header, unwrap, wrap
from her2board.wording import tr

SUFFIX = ".her2export"
_MAGIC = b"her2board-export 1\n"
_PIECE = 1 << 20
_TAG = 16
_LONGEST_LINE = 1 << 26
"""Bytes; a case of every field filled is a thousandth of it."""
_HEADER = 4_000


def write_sealed(path: Path, lines: Iterable[str], passphrase: str, name: str, cost: Cost) -> None:
    """Write lines into an encrypted file at ``path``, whole or not at all; ``name`` is an id inside its header."""
    try:
        refuse_unwritable(path)
        staged = stage(path, b"", private=True)
    except OSError as error:
        raise CasebookError(tr("{path}: {why}").format(path=path, why=reason(error, path))) from error
    try:
        with staged.open("r+b") as stream:
            _write(stream, lines, passphrase, name, cost)
            stream.flush()
            os.fsync(stream.fileno())
        put_in_place(staged, path)
    except OSError as error:
        raise CasebookError(tr("{path}: {why}").format(path=path, why=reason(error, path))) from error
    finally:
        discard(staged)


def _write(stream: BinaryIO, lines: Iterable[str], passphrase: str, name: str, cost: Cost) -> None:
    key = new_key()
    header = wrap(key, name, passphrase, cost).to_bytes()
    stream.write(_MAGIC + header)
    cipher, packer = ChaCha20Poly1305(key), zlib.compressobj()
    about, pending, place = hashlib.sha256(header).digest(), b"", 0
    for line in lines:
        pending += packer.compress(line.encode() + b"\n")
        while len(pending) > _PIECE:
            stream.write(cipher.encrypt(_nonce(place, last=False), pending[:_PIECE], about))
            pending, place = pending[_PIECE:], place + 1
    pending += packer.flush()
    while len(pending) > _PIECE:
        stream.write(cipher.encrypt(_nonce(place, last=False), pending[:_PIECE], about))
        pending, place = pending[_PIECE:], place + 1
    stream.write(cipher.encrypt(_nonce(place, last=True), pending, about))


def sealed_key(path: Path, passphrase: str) -> bytes:
    """Return the key of the file at ``path``; WrongPassphraseError, or DamagedError for what is no such file."""
    with _reading(path) as stream:
        return unwrap(parse_header(_header_of(stream, path)), passphrase)


def read_sealed(path: Path, key: bytes) -> Iterator[str]:
    """Yield the lines of the file at ``path``; DamagedError where a piece is not as it was written.

    What was yielded before that may be all that is left of a longer file: read to the end before anything is used.
    """
    unpacker, rest = zlib.decompressobj(), b""
    for piece in _pieces(path, key):
        packed = piece
        while packed:
            rest += unpacker.decompress(packed, _PIECE)
            packed = unpacker.unconsumed_tail
            *whole, rest = rest.split(b"\n")
            if len(rest) > _LONGEST_LINE:
                raise DamagedError(_damaged(path))
            yield from (line.decode() for line in whole)
    if rest or not unpacker.eof:
        raise DamagedError(_damaged(path))


def _pieces(path: Path, key: bytes) -> Iterator[bytes]:
    cipher = ChaCha20Poly1305(key)
    with _reading(path) as stream:
        about = hashlib.sha256(_header_of(stream, path)).digest()
        place, piece = 0, stream.read(_PIECE + _TAG)
        while True:
            following = stream.read(_PIECE + _TAG)
            try:
                yield cipher.decrypt(_nonce(place, last=not following), piece, about)
            except InvalidTag:
                raise DamagedError(_damaged(path)) from None
            if not following:
                return
            place, piece = place + 1, following


def _header_of(stream: BinaryIO, path: Path) -> bytes:
    if stream.readline(len(_MAGIC)) != _MAGIC:
        raise DamagedError(tr("{path} is no export of a casebook").format(path=path))
    return stream.readline(_HEADER)


@contextmanager
def _reading(path: Path) -> Iterator[BinaryIO]:
    try:
        stream = path.open("rb")
    except OSError as error:
        words = tr("{path}: cannot be read: {why}")
        raise CasebookError(words.format(path=path, why=error.strerror)) from error
    with stream:
        yield stream


def _nonce(place: int, *, last: bool) -> bytes:
    return place.to_bytes(11, "big") + bytes((last,))


def _damaged(path: Path) -> str:
    return tr("{path} is damaged or cut off; nothing was taken from it").format(path=path)
