"""The data that reading a report uses: headings of sections, words of context, patterns."""

import re
from functools import cache
from typing import Any

import yaml

from her2board import paths


@cache
def read_resource(name: str) -> Any:
    """Return the content of a file of the folder 'capture'; every scalar is text."""
    path = paths.resources_dir() / "capture" / f"{name}.yaml"
    return yaml.load(path.read_text(encoding="utf-8"), yaml.CBaseLoader)


def alternatives(patterns: list[str]) -> str:
    """Return patterns as one, the first that fits."""
    return "|".join(f"(?:{pattern})" for pattern in patterns)


BEGINS = "\x02"
"""Is before each sentence of a marked text, so that '^' is the beginning of a sentence."""
_PARTS = re.compile(
    r"(?P<behind>\(\?<[=!](?:[^()\\]|\\.|\([^()]*\))*\))"
    r"|(?P<some>\[(?:[^\]\\]|\\.)*\])|(?P<escaped>\\.)|(?P<begins>\^)|(?P<blank> )(?P<times>[?*+{])?"
)


def _spaced(match: re.Match[str]) -> str:
    if match["behind"] or match["some"]:
        return match[0].replace(" ", r"\s")
    if match["escaped"]:
        return match[0]
    if match["begins"]:
        return f"(?<![^{BEGINS}])"
    return {None: r"\s{1,3}", "?": r"\s{0,2}", "*": r"\s*", "+": r"\s+", "{": r"\s{"}[match["times"]]


def pattern_of(text: str) -> re.Pattern[str]:
    """Compile a pattern in which a blank is white space, so that a text may break its line there."""
    return re.compile(_PARTS.sub(_spaced, text), re.DOTALL)


def words(patterns: list[str]) -> re.Pattern[str]:
    """Compile patterns of whole words."""
    return pattern_of(rf"(?<!\w)(?:{alternatives(patterns)})(?!\w)")
