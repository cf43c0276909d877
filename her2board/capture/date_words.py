"""Words in dates: months of nine languages, and what comes before a date or instead of one."""

import re
import unicodedata
from functools import cache

_MONTHS = """
    january januar janvier gennaio enero janeiro janner januari
    february februar fevrier febbraio febrero fevereiro februari
    march marz mrz mars marzo marco maerz marts maart
    april avril aprile abril
    may mai maggio mayo maio maj mei
    june juni juin giugno junio junho
    july juli juillet luglio julio julho
    august aout agosto
    september septembre settembre septiembre setembro setiembre
    october oktober octobre ottobre octubre outubro
    november novembre noviembre novembro
    december dezember decembre dicembre diciembre dezembro desember
"""
_BY_NUMBER = tuple(tuple(line.split()) for line in _MONTHS.strip().splitlines())
_SHORTEST = 3
_ONGOING = """
    ongoing|on-going|on going|present|current|currently|continuing|continues|continued|to date|till date|until now
    |till now|still on|still ongoing|today|now|running|laufend|fortlaufend|andauernd|bis heute|en cours|a ce jour
    |in corso|tuttora|en curso|actual|hasta la fecha|em curso|em andamento|ate o momento
    |cont|contd|cont'd|continue|on treatment|on therapy|still on treatment|still on therapy|heute|derzeit|aktuell
    |oggi|aujourd'hui|hoy|hoje|lopend|doorlopend|pagaende|igangværende|fortsat
    |継続中|進行中|进行中|至今|继续|继续中|持续
"""
_ONGOING_WORDS = frozenset(word.strip() for word in _ONGOING.split("|"))
BEFORE = r"<|before|prior to|vor|avant|prima (?:del|di)|antes (?:del|de)"
AFTER = r">|after|nach|apres|dopo(?: il)?|despues (?:del|de)|depois (?:do|de)"
SINCE = r"since|from|seit|ab|depuis|dal|da|desde|a partir de"
LEAD = rf"{SINCE}|on|in|am|le|the"
"""Words before a date that leave it as it is."""
UNTIL = r"until|till?|through|thru|up to|bis|jusqu'(?:en|au|a)|fino a[l]?|hasta|ate"
"""Words before the end of a treatment."""
ABOUT = r"~|≈|about|around|approx(?:\.|imately)?|c(?:irc)?a\.?|etwa|ungefahr|environ|vers|probably|\?"
"""Words before a date that is not quite known; whether it is meant is asked."""
PART_OF = (
    r"early|mid|middle of|late|beginning of|start of|end of|anfang|mitte|ende|debut|mi|fin|inizio|meta|fine"
    r"|principios de|mediados de|finales de|inicio de|meados de|final de|fim de|spring|summer|autumn|fall"
    r"|fruhling|fruhjahr|sommer|herbst|printemps|ete|automne|primavera|estate|autunno|verano|otono|outono"
    r"|q[1-4]|[1-4]q|[1-4]\.\s?quartal|(?:1st|2nd|3rd|4th|first|second|third|fourth) quarter(?: of)?|h[12]"
    r"|(?:1st|2nd|first|second) half(?: of)?|[12]\.\s?halbjahr"
)
"""Parts of a month or year; the whole of it is what is recorded."""
WINTER = r"winter|hiver|inverno|invierno"
"""The part of a year that lies in two."""
WEEKDAY = (
    r"(?:mon|tue|wed|thu|fri|sat|sun)[.,]{0,2}|(?:tues|thurs?)[.,]?|(?:mon|tues|wednes|thurs|fri|satur|sun)day,?"
    r"|(?:mo|di|mi|do|fr|sa|so)[.,]{1,2}|(?:mon|diens|donners|frei|sams|sonn)tag,?|mittwoch,?|sonnabend,?"
    r"|(?:lun|mar|mercre|jeu|vendre|same)di,?|dimanche,?|(?:lune|marte|mercole|giove|vener)di,?|sabato,?|domenica,?"
    r"|(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo),?"
)
BLANK = r"(?:x{1,4}|\?{1,4}|_{1,4}|00|unk?|nk)"
"""A day or month that nobody knows, as forms have it filled."""


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


def is_part_of(text: str) -> bool:
    """Tell whether a date names a part of a month or year, of which the whole is recorded: 'early 2024', 'Q2 2023'."""
    return re.match(rf"(?:{PART_OF})[\s/-]|\d{{4}}[\s/-]?[qh][1-4]$", plain(text).strip()) is not None


def starts_since(text: str) -> bool:
    """Tell whether a text gives when something began: 'since 5/23', 'seit Mai 2023'."""
    return re.match(rf"(?:{SINCE})\s(?=.*\d)", plain(text).strip()) is not None


def may_be_ongoing(text: str) -> bool:
    """Tell whether a text in place of the end may say that treatment goes on: 'ongoing?', 'ongoing (C8)', an arrow."""
    bare = plain(text).strip()
    if bare in ("→", "->", "=>", "-->", "...", "…"):
        return True
    first, rest = re.split(r"\s*(?=[?(,;])|\s(?=since|seit|c\d)", bare, maxsplit=1)[0], bare
    return rest != first and is_ongoing(first)


def without_until(text: str) -> str:
    """Return the end of a treatment without the word before it: of 'until 5/23', '5/23'."""
    return re.sub(rf"^\s*(?:{UNTIL})\s(?=.*\d)", "", text, flags=re.IGNORECASE)


def is_ongoing(text: str) -> bool:
    """Tell whether a text in place of the end of a treatment says that it goes on: 'ongoing', 'laufend', 'en cours'."""
    return re.sub(r"[\s.()]+", " ", plain(text)).strip() in _ONGOING_WORDS
