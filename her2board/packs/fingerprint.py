"""The fingerprint of a root as people compare it by telephone: eight groups of four, 128 bits of its SHA-256.

``sha256sum`` of the file begins with the same digits. Who is asked to trust a root sees the first half and types the
second from a letter or a call, so that nothing can be confirmed by copying it from the screen.
"""

import hashlib

_GROUP = 4
_DIGITS = 32


def fingerprint(root: bytes) -> str:
    """Return '3f2a 91bc 07de 5566 a01b 22c4 9d10 7e8f'."""
    digits = hashlib.sha256(root).hexdigest()[:_DIGITS]
    return " ".join(digits[at : at + _GROUP] for at in range(0, _DIGITS, _GROUP))


def first_half(root: bytes) -> str:
    """Return the groups that are shown: '3f2a 91bc 07de 5566'."""
    return fingerprint(root)[: _DIGITS // 2 + _GROUP - 1]


def confirms(typed: str, root: bytes) -> bool:
    """Return whether the second half of the fingerprint was typed, alone or with the first; spaces do not matter."""
    digits = "".join(letter for letter in typed.casefold() if letter not in " \t-:\u00a0\u202f")
    whole = fingerprint(root).replace(" ", "")
    return digits in (whole, whole[_DIGITS // 2 :])
