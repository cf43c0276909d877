"""AES (FIPS 197), for PDFs locked against changes, whose password is empty: nothing here keeps a secret.

pypdf needs a library of binary code for it, which would be carried to every clinic for this alone. Reading only; a
file of 100 kB takes a quarter of a second, and the key of the newest kind of lock one and a half.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from struct import pack, unpack
from typing import NamedTuple

_BLOCK = 16


class _Tables(NamedTuple):
    """The substitution of bytes, its inverse, and both joined with the mixing of columns, for each byte of a word."""

    box: tuple[int, ...]
    inverse: tuple[int, ...]
    forth: tuple[tuple[int, ...], ...]
    back: tuple[tuple[int, ...], ...]


def _times(a: int, b: int) -> int:
    """Return the product in the field of AES."""
    product = 0
    while b:
        product ^= a if b & 1 else 0
        a = a << 1 ^ (0x11B if a & 0x80 else 0)
        b >>= 1
    return product


def _substituted(byte: int) -> int:
    inverse = next((other for other in range(256) if _times(byte, other) == 1), 0)
    bits = inverse * 0x101
    return (inverse ^ bits >> 7 ^ bits >> 6 ^ bits >> 5 ^ bits >> 4) & 0xFF ^ 0x63


@cache
def _tables() -> _Tables:
    box = tuple(map(_substituted, range(256)))
    inverse = tuple(map(box.index, range(256)))
    forth = [_word(*(_times(byte, by) for by in (2, 1, 1, 3))) for byte in box]
    back = [_word(*(_times(byte, by) for by in (14, 9, 13, 11))) for byte in inverse]
    return _Tables(box, inverse, _turned(forth), _turned(back))


def _word(a: int, b: int, c: int, d: int) -> int:
    return a << 24 | b << 16 | c << 8 | d


def _turned(words: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple((word >> 8 * by | word << 32 - 8 * by) & 0xFFFFFFFF for word in words) for by in range(4))


def _round_keys(key: bytes) -> list[list[int]]:
    box, length = _tables().box, len(key) // 4
    words, constant = list(unpack(f">{length}I", key)), 1
    for place in range(length, 4 * (length + 7)):
        word = words[-1]
        if place % length == 0:
            word = _each(box, (word << 8 | word >> 24) & 0xFFFFFFFF) ^ constant << 24
            constant = _times(constant, 2)
        elif length > 6 and place % length == 4:
            word = _each(box, word)
        words.append(words[place - length] ^ word)
    return [words[place : place + 4] for place in range(0, len(words), 4)]


def _each(box: Sequence[int], word: int) -> int:
    return _word(box[word >> 24], box[word >> 16 & 255], box[word >> 8 & 255], box[word & 255])


class _Cipher:
    """One direction of AES with one key; a block is four words."""

    def __init__(self, key: bytes, *, forth: bool) -> None:
        tables, keys = _tables(), _round_keys(key)
        self._forth = forth
        self._mixed, self._box = (tables.forth, tables.box) if forth else (tables.back, tables.inverse)
        if not forth:
            keys = [keys[-1], *(list(map(self._unmixed, some)) for some in keys[-2:0:-1]), keys[0]]
        self._first, self._middle, self._last = keys[0], keys[1:-1], keys[-1]

    def _unmixed(self, word: int) -> int:
        box = _tables().box
        a, b, c, d = self._mixed
        return a[box[word >> 24]] ^ b[box[word >> 16 & 255]] ^ c[box[word >> 8 & 255]] ^ d[box[word & 255]]

    def block(self, words: Sequence[int]) -> list[int]:
        """Return a block encrypted or decrypted."""
        (m0, m1, m2, m3), box = self._mixed, self._box
        a, b, c, d = (word ^ key for word, key in zip(words, self._first, strict=True))
        if self._forth:  # rows move to the left, else to the right; written out, for it is all the time there is
            for ka, kb, kc, kd in self._middle:
                a, b, c, d = (
                    m0[a >> 24] ^ m1[b >> 16 & 255] ^ m2[c >> 8 & 255] ^ m3[d & 255] ^ ka,
                    m0[b >> 24] ^ m1[c >> 16 & 255] ^ m2[d >> 8 & 255] ^ m3[a & 255] ^ kb,
                    m0[c >> 24] ^ m1[d >> 16 & 255] ^ m2[a >> 8 & 255] ^ m3[b & 255] ^ kc,
                    m0[d >> 24] ^ m1[a >> 16 & 255] ^ m2[b >> 8 & 255] ^ m3[c & 255] ^ kd,
                )
            rows = (a, b, c, d), (b, c, d, a), (c, d, a, b), (d, a, b, c)
        else:
            for ka, kb, kc, kd in self._middle:
                a, b, c, d = (
                    m0[a >> 24] ^ m1[d >> 16 & 255] ^ m2[c >> 8 & 255] ^ m3[b & 255] ^ ka,
                    m0[b >> 24] ^ m1[a >> 16 & 255] ^ m2[d >> 8 & 255] ^ m3[c & 255] ^ kb,
                    m0[c >> 24] ^ m1[b >> 16 & 255] ^ m2[a >> 8 & 255] ^ m3[d & 255] ^ kc,
                    m0[d >> 24] ^ m1[c >> 16 & 255] ^ m2[b >> 8 & 255] ^ m3[a & 255] ^ kd,
                )
            rows = (a, d, c, b), (b, a, d, c), (c, b, a, d), (d, c, b, a)
        return [
            _word(box[w >> 24], box[x >> 16 & 255], box[y >> 8 & 255], box[z & 255]) ^ key
            for (w, x, y, z), key in zip(rows, self._last, strict=True)
        ]


def _blocks(data: bytes) -> Iterator[tuple[int, ...]]:
    if len(data) % _BLOCK:
        raise ValueError(f"{len(data)} bytes are no whole number of blocks")
    return (unpack(">4I", data[place : place + _BLOCK]) for place in range(0, len(data), _BLOCK))


def ecb_decrypt(key: bytes, data: bytes) -> bytes:
    """Return blocks decrypted one by one."""
    cipher = _Cipher(key, forth=False)
    return b"".join(pack(">4I", *cipher.block(block)) for block in _blocks(data))


def cbc_decrypt(key: bytes, start: bytes, data: bytes) -> bytes:
    """Return chained blocks decrypted, padding included."""
    cipher, before, plain = _Cipher(key, forth=False), unpack(">4I", start), []
    for block in _blocks(data):
        plain.append(pack(">4I", *(a ^ b for a, b in zip(cipher.block(block), before, strict=True))))
        before = block
    return b"".join(plain)


def cbc_encrypt(key: bytes, start: bytes, data: bytes) -> bytes:
    """Return blocks encrypted and chained; the key of a locked file is worked out this way."""
    cipher, before, secret = _Cipher(key, forth=True), list(unpack(">4I", start)), []
    for block in _blocks(data):
        before = cipher.block([a ^ b for a, b in zip(block, before, strict=True)])
        secret.append(pack(">4I", *before))
    return b"".join(secret)


class StreamCipher:
    """What pypdf asks to decrypt a text or stream: the start of the chain before it, padding after it."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def decrypt(self, data: bytes, *, strict: bool = True) -> bytes:  # noqa: ARG002  # reason: pypdf hands it over
        """Return a text or stream as it was before."""
        if len(data) <= _BLOCK:
            return b""
        plain = cbc_decrypt(self._key, data[:_BLOCK], data[_BLOCK:])
        return plain[: -plain[-1]] if 0 < plain[-1] <= _BLOCK else plain
