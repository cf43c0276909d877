"""Drug names with something written around them, as clinics do: marks, scripts, negations, doses."""

import random
from collections.abc import Iterator
from functools import cache

from her2board.case.model import Case, Systemic, SystemicLine, SystemicLines
from support.releases import release

UNSETTLING = (
    *("?", "(?)", "??", "✗", "✘", "❌", "☒", "~~", "→", "->", "=>", "*", "†", "!", "#", "%", "<", ">", "|", "_", "@"),
    *("\N{COMBINING LONG STROKE OVERLAY}", "\N{COMBINING ENCLOSING CIRCLE BACKSLASH}", "\N{MINUS SIGN}"),
    *(
        "デルクステカン",
        "ー",
        "德",
        "抗",
        "Й",
        "ша",
        "λ",
        "ب",
        "ש",
        "ข",
        "한",
        "ø",
        "ł",
        "\N{LATIN SMALL LETTER DOTLESS I}",
    ),
    *("no", "not", "never", "none", "declined", "refused", "stopped", "planned", "without", "instead of", "allergy to"),
    *("kein", "nicht", "ohne", "sans", "pas de", "non", "senza", "sin", "sem", "não", "ない", "未使用", "无", "停"),
    *("0 mg", "x0", "0 cycles", "q0w"),
)
HARMLESS = (
    *(
        "5.4 mg/kg",
        "q3w",
        "x6",
        "d1,8",
        "IV",
        "SC",
        "weekly",
        "600 mg",
        "every 3 weeks",
        "biosimilar",
        "AUC 5",
        "(q21d)",
    ),
    *("\N{SOFT HYPHEN}", "\N{ZERO WIDTH SPACE}", "\N{RIGHT-TO-LEFT MARK}", "\N{REGISTERED SIGN}", " ", "-", ".", ";"),
    *("+", "/", "&", ",", "(", ")", "[", "]", "=", "\n", "\t", "and", "with", "\N{COMBINING ACUTE ACCENT}", "IT"),
)


@cache
def written() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Every name of a drug, with the drug."""
    entries = release().vocabulary.entries
    return tuple(
        (name, ids) for name, ids in entries.spelled() if len(ids) == 1 and ids[0] in release().vocabulary.drugs
    )


def spoiled(name: str, additions: list[tuple[str, int, bool]]) -> str:
    """Return the name with each addition put in at its place."""
    text = name
    for addition, place, spaced in additions:
        at = place % (len(text) + 1)
        text = f"{text[:at]} {addition} {text[at:]}" if spaced else text[:at] + addition + text[at:]
    return text


Text = tuple[str, tuple[str, ...], bool]
"""A text, the drug of the name in it, and whether nothing around it makes that uncertain."""


def texts(count: int, seed: int) -> Iterator[Text]:
    """Yield names with one to three additions, half of them with one that makes the name uncertain."""
    chance = random.Random(seed)
    names = written()
    for _ in range(count):
        name, ids = chance.choice(names)
        unsettling = chance.random() < 0.5
        pool = (*UNSETTLING, *HARMLESS) if unsettling else HARMLESS
        chosen = [chance.choice(pool) for _ in range(chance.randint(1, 3))]
        if unsettling:
            chosen[0] = chance.choice(UNSETTLING)
        additions = [(addition, chance.randrange(64), chance.random() < 0.6) for addition in chosen]
        yield spoiled(name, additions), ids, not unsettling


def only(line: SystemicLine) -> Case:
    """Return a case whose complete list of treatment holds one line."""
    lines = SystemicLines.model_construct(completeness="complete", items=(line,))
    return empty().model_copy(update={"systemic": Systemic.model_construct(lines=lines, exposure={})})


@cache
def empty() -> Case:
    """Return a case without anything recorded."""
    return Case(code="A-1", origin="invented", source="invented")
