"""Shows words that a foreign file brings: in quotes, in one line, cut with a count, unable to pass for ours."""

import unicodedata

from her2board.wording import trn

LONGEST = 60
"""Characters that are shown."""
_APART, _END = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


def quoted(words: str, most: int = LONGEST) -> str:
    """Return words of a file in quotes: signs that are not printed, such as those that command a terminal, by number.

    A word that is written from right to left keeps to its quotes.
    """
    shown = "".join(map(_shown, words[:most]))
    if len(words) > most:
        shown += "\N{HORIZONTAL ELLIPSIS}"
    text = f"'{shown}'"
    if any(unicodedata.bidirectional(sign) in ("R", "AL", "AN") for sign in shown):
        text = _APART + text + _END
    if (more := len(words) - most) > 0:
        text += " " + trn("(and {n:,} more character)", "(and {n:,} more characters)", more).format(n=more)
    return text


def one_line(words: str, most: int = 300) -> str:
    """Return words of ours that name what a file brings, in one line and cut with a count; they come after our own."""
    joined = "; ".join(words.split("\n"))
    shown = "".join(sign if sign.isprintable() else _shown(sign) for sign in joined[:most])
    if (more := len(joined) - most) > 0:
        shown += "\N{HORIZONTAL ELLIPSIS} " + trn(
            "(and {n:,} more character)", "(and {n:,} more characters)", more
        ).format(n=more)
    return shown


def _shown(sign: str) -> str:
    if sign in "'\\":
        return "\\" + sign
    return sign if sign.isprintable() else sign.encode("unicode_escape").decode()
