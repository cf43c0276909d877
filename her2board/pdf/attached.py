"""What a PDF of this program carries beside its pages: the name of its list, its digests, and how much of it there is.

Apart from what takes it out again, which a page that is made does not need.
"""

import hashlib

INDEX = "her2board.json"
"""Name of the attachment that lists the others."""
MOST_CASES = 2_000
MOST_PAGES = 10_000


def digest(data: bytes) -> str:
    """Return SHA-256 in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()
