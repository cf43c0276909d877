"""Patterns by name, compiled once from the data they are kept in."""

import re
from functools import cache

from her2board.capture.report.resources import pattern_of, read_resource

_MACRO = re.compile(r"\{([a-z_]+)\}")


@cache
def _macros() -> dict[str, str]:
    words: dict[str, str] = dict(read_resource("words"))
    side, region, tail, between = words["side"], words["region"], words["tail"], words["between"]
    words["site"] = (
        rf"(?:{side}[ ,-]\s?{between}{{0,2}}{region}(?:\s{tail}){{0,2}}"
        rf"|{between}{{0,2}}{region}(?:\s{tail}){{0,2}}(?:,?\s(?:on the )?{side}(?!\w))?)"
    )
    return words


def written_out(pattern: str) -> str:
    """Return a pattern with its shared parts."""
    known = _macros()
    for _ in range(3):
        pattern = _MACRO.sub(lambda match: known.get(match[1], match[0]), pattern)
    return pattern


def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern with its shared parts; a blank in it is any white space of a line or two."""
    return pattern_of(written_out(pattern))


@cache
def searched(pattern: str) -> re.Pattern[str]:
    """Compile a pattern that is written out, when a text is first searched with it."""
    return pattern_of(pattern)


@cache
def named(name: str) -> re.Pattern[str]:
    """Return a pattern of the file of patterns."""
    return compiled(read_resource("patterns")[name])
