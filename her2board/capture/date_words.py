"""Words in dates: months of six languages, and what comes before a date or instead of one."""

import re
import unicodedata
from functools import cache

_MONTHS = """
    january januar janvier gennaio enero janeiro janner
    february februar fevrier febbraio febrero fevereiro
    march marz mrz mars marzo marco maerz
    april avril aprile abril
    may mai maggio mayo maio
    june juni juin giugno junio junho
    july juli juillet luglio julio julho
    august aout agosto
    september septembre settembre septiembre setembro setiembre
    october oktober octobre ottobre octubre outubro
    november novembre noviembre novembro
    december dezember decembre dicembre diciembre dezembro
"""
_BY_NUMBER = tuple(tuple(line.split()) for line in _MONTHS.strip().splitlines())
_SHORTEST = 3
_ONGOING = """
    ongoing|on-going|on going|present|current|currently|continuing|continues|continued|to date|till date|until now
    |till now|still on|still ongoing|today|now|running|laufend|fortlaufend|andauernd|bis heute|en cours|a ce jour
    |in corso|tuttora|en curso|actual|hasta la fecha|em curso|em andamento|ate o momento
    |継続中|進行中|进行中|至今|继续|继续中|持续
"""
_ONGOING_WORDS = frozenset(word.strip() for word in _ONGOING.split("|"))
BEFORE = r"<|before|prior to|vor|avant|prima (?:del|di)|antes (?:del|de)"
AFTER = r">|after|nach|apres|dopo(?: il)?|despues (?:del|de)|depois (?:do|de)"
LEAD = r"since|from|on|in|am|seit|ab|depuis|le|dal|da|desde|a partir de|the"
"""Words before a date that leave it as it is."""
PART_OF = (
    r"early|mid|middle of|late|beginning of|start of|end of|anfang|mitte|ende|debut|mi|fin|inizio|meta|fine"
    r"|principios de|mediados de|finales de|inicio de|meados de|final de|fim de|spring|summer|autumn|fall|winter"
)
"""Parts of a month or year; the whole of it is what is recorded."""


def plain(text: str) -> str:
    """Return a text in lower case without accents."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", "".join(c for c in parts if unicodedata.category(c) != "Mn" or c > "\u3000"))


@cache
def month_of(word: str) -> int:
    """Return the number of a month written out or cut to three letters or more; 0 when it is none, or may be two."""
    bare = plain(word).rstrip(".")
    if len(bare) < _SHORTEST:
        return 0
    numbers = {number for number, names in enumerate(_BY_NUMBER, 1) if any(name.startswith(bare) for name in names)}
    return numbers.pop() if len(numbers) == 1 else 0


def is_ongoing(text: str) -> bool:
    """Tell whether a text in place of the end of a treatment says that it goes on: 'ongoing', 'laufend', 'en cours'."""
    return re.sub(r"[\s.()]+", " ", plain(text)).strip() in _ONGOING_WORDS
