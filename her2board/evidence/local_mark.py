"""The mark of what a clinic says itself; apart from the local file, which a program without one need not load."""

from her2board.wording import tr


def marked(words: str) -> str:
    """Return words between the brackets that say that they are local, wherever they are shown."""
    return tr("[local: {words}]").format(words=words)
