"""Finds the rows of a copied table with treatment that was planned, declined or called off: nothing was given."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from her2board.capture.clean_text import clean_line
from her2board.capture.date_words import plain
from her2board.capture.tables.cells import Cells
from her2board.capture.tables.columns import Target
from her2board.capture.typed import overlong
from her2board.capture.typed_dates import read_date
from her2board.wording import Marked, tr

_PLANNED = (
    r"planned|scheduled|to be (?:given|done|started|treated|scheduled)|not yet (?:given|started|done)|pending|intended"
    r"|proposed|upcoming|geplant(?:e[nrs]?)?|vorgesehen|angedacht|terminiert|prevue?s?|planifiee?s?|programmees?"
    r"|programme$|a venir"
    r"|previst[oa]|programmat[oa]|pianificat[oa]|in programma|da fare|planificad[oa]|programad[oa]|planejad[oa]"
    r"|gepland|planlagt|planerad|予定|计划"
)
_NOT_GIVEN = (
    r"(?:not|never|was not|were not) (?:given|done|started|administered|performed|received|biopsied)"
    r"|did not (?:start|receive)"
    r"|(?:patient )?(?:declined|refused)(?: by (?:the )?(?:patient|family))?|cancell?ed|called off"
    r"|nicht (?:gegeben|erfolgt|durchgefuhrt|begonnen|verabreicht|biopsiert)|abgelehnt|abgesagt|storniert"
    r"|non (?:faite?|realisee?|donnee?|administree?|recue?)"
    r"|non (?:effettuat[oa]|eseguit[oa]|somministrat[oa]|fatt[oa]|iniziat[oa])"
    r"|refusee?|annulee?|rifiutat[oa]|annullat[oa]|no (?:realizad[oa]|administrad[oa]|recibid[oa]|iniciad[oa])"
    r"|rechazad[oa]|cancelad[oa]|recusad[oa]|niet gegeven|geweigerd"
    r"|entered[ -]in[ -]error|error-entered|charted in error|voided|deleted|fehleingabe"
    r"|irrtumlich (?:erfasst|eingegeben)|geloscht|saisie? par erreur|supprimee?"
    r"|inserit[oa] per errore|eliminat[oa]|ingresad[oa] por error|eliminad[oa]"
)
_NO_DAY_YET = re.compile(
    r"tb[dac]|to be (?:determined|decided|confirmed|announced)|noch offen|da definire|da stabilire"
)
"""In place of the day of a treatment."""
_WHOLE = re.compile(
    rf"\W*(?:(?P<planned>{_PLANNED})|(?P<not>{_NOT_GIVEN}))(?!\w)(?:[\s,:(]+(?:for|in|on|fur|im|am|pour|le|per|il|el|para)?\s*"
    r"(?P<rest>\w.*?))?\W*"
)
_INSIDE = re.compile(rf"(?<!\w)(?<!as )(?:(?P<planned>{_PLANNED})|(?P<not>{_NOT_GIVEN}))(?!\w)")
_OF_A_DRUG = re.compile(
    r"(?P<name>[^,;+&/]*?)\W*(?<!\w)(?<!as )(?<!wie )(?<!come )(?<!como )(?<!comme )(?<!not )(?<!nicht )(?<!non )"
    r"(?<!no )"
    rf"(?:(?P<planned>{_PLANNED})|{_NOT_GIVEN}|denied|not approved)"
    r"(?:\s(?:by|durch|von|par|per|da|dal|por)\s[^,;+&/]+)?\W*"
    rf"|\W*(?:(?P<plan>{_PLANNED})|{_NOT_GIVEN}|(?P<no>no|never|kein(?:e[nrs]?)?|nie|pas de|jamais|nessun[oa]?"
    r"|ningun[oa]?|nunca|nenhuma?))(?:\s+|:\s*)(?!\d)(?P<of>[^,;+&/]+)"
)
"""The name of one drug, and that it was planned or not given; of several drugs it may be one of them that was not."""
_AS_WELL_GIVEN = re.compile(r"(?<!\w)(?<!not )(?<!never )(?:completed|finished|performed|done|given|delivered)(?!\w)")
"""'SRS planned and completed' is left to a person."""
_OF_STATE = re.compile(
    r"(?:(?:order|therapy|treatment|course|plan)\s)?(?:status|state|stato|stand|statut|estado|estatus)|comments?|notes?"
    r"|remarks?|bemerkung(?:en)?|remarques?|osservazioni|observaciones|"
)
"""What a column is called that says the state of a course; without headings any column may."""
_WAS_GIVEN = re.compile(
    r"(?:was\s)?(?:given|administered|performed|delivered|gegeben|durchgefuhrt|erfolgt|verabreicht|effettuat[oa]|eseguit[oa]"
    r"|somministrat[oa]|realisee?|administree?|realizad[oa]|administrad[oa])"
)
_FOOTNOTE = "footnote"
"""In place of the path of a column: what a footnote says of the row."""
_NO = frozenset(("no", "n", "nein", "non", "nao", "false"))
_GIVEN = ("ongoing", "best_response", "progressed_in")
_AS_GIVEN = ("stop", "cycles", "months")
"""Columns of a systemic line that only something given has; the second may be planned as well."""
_PLAN: Marked = "'{text}': planned, not given; not added"
_NOTHING: Marked = "'{text}': not given; not added"


class NotGiven(Struct, frozen=True):
    """Why a row is none of what was given, and the number of the cell that says so."""

    cell: int
    words: str


def not_given(
    cells: Cells, targets: Sequence[Target | None], headings: Cells, entry: Mapping[str, Any], paths: frozenset[str]
) -> NotGiven | None:
    """Return why a row of treatments or specimens is none that was given; None where nothing says so."""
    if paths.isdisjoint(("cycles", "dose_gy", "ihc")) or any(path in entry for path in _GIVEN):
        return None
    was_given = any(path in entry for path in _AS_GIVEN)
    for number, (text, target) in enumerate(zip(cells, targets, strict=True)):
        path = target.column.path if target else _FOOTNOTE if headings[number] == tr("Footnote") else ""
        if path == "drugs" and (path not in entry or ("start" in entry and _begins_with_no(text))):
            continue  # 'no therapy', which is said in words of its own; 'no trastuzumab' with a start
        line = plain(clean_line(text))
        planned = None if overlong(line) or not _is_asked(path, headings[number], paths) else _said(line, path)
        if planned is None and not path and line in _NO and _WAS_GIVEN.fullmatch(plain(headings[number]).strip(" ?")):
            planned = False
        if planned or (planned is False and not was_given):
            words = tr(_PLAN) if planned else tr(_NOTHING)
            return NotGiven(number, words.format(text=clean_line(text)))
    return None


def _begins_with_no(text: str) -> bool:
    line = plain(clean_line(text))
    found = None if overlong(line) else _OF_A_DRUG.fullmatch(line)
    return found is not None and found["no"] is not None


def says_not_given(text: str) -> bool | None:
    """Return whether the name of a treatment says that it was planned (True) or not given (False); None for neither."""
    line = plain(clean_line(text))
    return None if overlong(line) else _said(line, "kind")


def _is_asked(path: str, heading: str, paths: frozenset[str]) -> bool:
    """Tell whether a cell may say of its whole row that nothing was given; of a specimen only its day can."""
    if path in ("start", "day") or "ihc" in paths:
        return path in ("start", "day")
    return path in ("kind", "drugs", "note", "result", _FOOTNOTE) or (
        not path and bool(_OF_STATE.fullmatch(plain(heading).strip(" :")))
    )


def _said(line: str, path: str) -> bool | None:
    """Return whether a cell says that its row was planned, or was not given; None where it says neither."""
    if path == "drugs":
        of_drug = None if _AS_WELL_GIVEN.search(line) or "?" in line else _OF_A_DRUG.fullmatch(line)
        return None if of_drug is None else bool(of_drug["planned"] or of_drug["plan"])
    if path == "kind":
        found = None if _AS_WELL_GIVEN.search(line) else _INSIDE.search(line)
        return None if found is None else bool(found["planned"])
    begins = path in (_FOOTNOTE, "start", "day")
    found = _WHOLE.match(line) if begins else _WHOLE.fullmatch(line)
    if path in ("start", "day") and _NO_DAY_YET.fullmatch(line):
        return True
    if found is None or (not begins and found["rest"] and not _is_day(found["rest"])):
        return None
    if path == "result" and found["planned"]:  # the result is, not the treatment
        return None
    return bool(found["planned"])


def _is_day(text: str) -> bool:
    found = read_date(text)
    return found.value is not None or bool(found.candidates)
