"""Reads a table of systemic therapy: a line for each row, its columns known by their headings."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from her2board.capture.date_words import is_ongoing
from her2board.capture.proposal import Trust
from her2board.capture.report.drug_words import DrugGroup, drug_groups
from her2board.capture.report.line_outcome import place_of_progression
from her2board.capture.report.line_said import is_blinded, is_one_of_two
from her2board.capture.report.model import Document, Event, Role
from her2board.capture.report.patterns import named
from her2board.capture.report.table_rows import GIVEN, YES, Row, row_of
from her2board.case.drugs import Vocabulary
from her2board.wording import tr

FIELD = "systemic.lines[]"
_THEN, _ARROW = named("lines_then"), re.compile(r"-{1,2}>|=>|\u2192|>")
_READ: tuple[Role, ...] = ("title", "body", "findings", "impression", "technique", "earlier", "past_history", "drugs")
_COLUMNS = (
    ("line", r"^(?:line|linie|linea|ligne)(?: (?:no\.?|number|of (?:therapy|treatment)))?$|^(?:no\.?|nr\.?|#)$"),
    ("response", r"response|ansprechen|risposta|reponse|respuesta|best"),
    ("reason", r"reason|because|grund|motiv|motif|outcome|why|cause|warum|pourquoi"),
    ("setting", r"setting|intent|situation|phase"),
    ("given", GIVEN),
    (
        "dates",
        r"^(?:dates?|period|when|time|dates? (?:given|of treatment)|zeitraum|periodo|periode|dates? de traitement)$",
    ),
    ("start", r"start|from|begin|since|inizio|debut|inicio|von"),
    ("stop", r"stop|\bto\b|end|until|\bbis\b|fine|\bfin\b"),
    ("drugs", r"regimen|drug|treatment|therapy|therapie|terapia|agent|substanz|farmac|traitement|schema"),
)
_SETTINGS = (
    ("neoadjuvant", r"neo-?ad[jiy]"),
    ("adjuvant", r"(?<!neo)(?<!neo-)ad(?:[jiy]uv|j(?!\w))"),
    ("metastatic", r"metasta|palliat|(?<!\w)m(?:et|bc)(?!\w)|(?<!\w)\d ?l(?!\w)|line"),
)
_TOXIC = (
    r"(?:(?:gr(?:ade|ad|ado)?\.?|g) ?[1-4] )?(?:toxicity|(?:\w+ )?neuropathy|pneumonitis|ild|diarrh?o?ea|rash|hfs|ppe"
    r"|hand[- ]foot(?: syndrome)?|hepatotoxicity|cytopenia|neutropenia|thrombocytopenia|cardiotoxicity"
    r"|lvef (?:drop|fall|decline)"
    r"|toxizitat|tossicita|toxicite|toxicidad|durchfall|diarree|diarrea)(?:,? (?:\(?(?:grade|gr\.?|g) ?[1-4]\)?))?"
    r"(?:,? not re-?challenged)?"
)
_REASONS = (
    ("progression", r"(?:disease )?progress\w*|pd|pod|progredienz|progressione|progresion"),
    ("completed", r"completed|finished|abgeschlossen|completato|termine|completado"),
    ("toxicity", _TOXIC),
)
_RESPONSES = (
    ("complete", r"complete (?:response|remission)|cr|rc|(?:risposta|reponse|respuesta|remission) complet[ae]"),
    (
        "partial",
        r"partial (?:response|remission)|pr|rp|(?:risposta|reponse|respuesta|remission) (?:parziale|partielle|parcial)",
    ),
    ("stable", r"stable disease|stable|sd|ms|ee|(?:malattia|maladie|enfermedad) (?:stabile|stable|estable)"),
    ("progression", r"progressive disease|pd"),
)
_NOT_GIVEN = re.compile(
    r"(?<!\w)(?:plan\w*|propos\w*|consider\w*|declin\w*|refus\w*|not (?:started|given)|next|option)(?!\w)"
)
_COUNTED = re.compile(r"\s*(?:#\s?\d{1,2}|\d{1,2}[.)]|\d(?:st|nd|rd|th)? ?l(?:ine)?(?!\w)|line \d{1,2})\s?[:.-]?\s+")
"""The number of a line before its drugs."""
_PROGRESSED = re.compile(r"(?:pd|pod|(?:disease )?progress\w*)(?!\w)")
_DOUBTED = re.compile(r"\?|(?<!\w)(?:no|not|exclud\w*|suspect\w*|possibl\w*)(?!\w)")
_NUMBER = re.compile(r"(?:line |#)?(\d{1,2})(?:st|nd|rd|th)?\.? ?(?:l(?:ine)?)?(?!\w)")
_MOST_LINES = 12
_TWO = 2
_CALLED = re.compile(r"^(?:neo-?)?adj\w*\s|\s(?:neo-?)?adj(?:uvant)?\.?\s*$")
"""The setting of a line at the beginning or the end of the cell of its drugs."""
_BRACKETED = re.compile(r"\s?\([^()]*\)\s*$")


def table_lines(document: Document, vocabulary: Vocabulary) -> Iterator[Event]:
    """Yield the lines of the rows below a heading that names a regimen and its start."""
    columns: dict[str, int] = {}
    width = 0
    for sentence in document.sentences:
        row = row_of(document, sentence) if sentence.role in _READ else None
        if sentence.role == "not_given":
            continue
        if row is None:
            columns = {}
        elif found := _headings(document, row):
            columns, width = found, len(row.cells)
        elif columns and len(row.cells) == width and (value := _value(document, row, columns, vocabulary)):
            undated = not {"start", "dates"} & columns.keys()
            blinded = is_blinded(document, sentence.start, sentence.end)
            trust: Trust = "needs_eye" if undated or blinded else "stated"
            asks = tr("which drug was blinded?") if blinded else tr("dates") if undated else ""
            yield Event("line-row", FIELD, value, sentence.start, sentence.end, sentence, trust, asks=asks)


def _headings(document: Document, row: Row) -> dict[str, int]:
    if document.dates_in(row.sentence.start, row.sentence.end):
        return {}
    found: dict[str, int] = {}
    for number, (start, end) in enumerate(row.cells):
        heading = document.plain[start:end].strip()
        name = next((name for name, words in _COLUMNS if re.search(words, heading)), "")
        if name and name not in found:
            found[name] = number
    of_lines = {"start", "dates"} & found.keys() or {"line", "response"} <= found.keys()
    return found if "drugs" in found and of_lines else {}


def _value(document: Document, row: Row, columns: dict[str, int], vocabulary: Vocabulary) -> dict[str, Any] | None:
    """Return the line of a row; None where it names no one group of drugs, no settled start, or was not given."""
    if _NOT_GIVEN.search(document.plain, row.sentence.start, row.sentence.end):
        return None
    given = _cell(document, row, columns["given"]) if "given" in columns else "yes"
    if not (YES.match(given) or re.search(r"\d", given)):
        return None
    drugs, setting = _drugs(document, row, columns["drugs"], vocabulary)
    begun = "start" if "start" in columns else "dates" if "dates" in columns else ""
    starts = document.dates_in(*row.cells[columns[begun]]) if begun else ()
    period = begun == "dates" and len(starts) == _TWO and all(one.iso for one in starts)
    if not drugs or (begun and not period and (len(starts) != 1 or not starts[0].iso)):
        return None
    value: dict[str, Any] = {"drugs": drugs} | ({"start": starts[0].iso} if starts else {})
    value |= {"setting": setting} if setting else {}
    if "stop" in columns:
        stops = document.dates_in(*row.cells[columns["stop"]])
        if len(stops) == 1 and stops[0].iso:
            value["stop"] = stops[0].iso
    elif period:
        value["stop"] = starts[1].iso
    for key, column, words in (
        ("setting", "setting", _SETTINGS),
        ("reason_stopped", "reason", _REASONS),
        ("best_response", "response", _RESPONSES),
    ):
        if column in columns and (name := _named(document, row, columns[column], words, whole=key != "setting")):
            value[key] = name
    if "line" in columns:
        value = _of_line(_cell(document, row, columns["line"])) | value
    value |= _progressed(document, row, columns, value)
    said = [document.plain[slice(*row.cells[columns[one]])] for one in ("stop", "reason") if one in columns]
    if begun == "dates":
        said.append(document.plain[starts[0].end : row.cells[columns[begun]][1]].strip(" -\u2013"))
    if "stop" not in value and any(map(is_ongoing, said)):
        value["ongoing"] = True
    return value


def _of_line(cell: str) -> dict[str, Any]:
    """Return the number and the setting that a column of lines gives: '1', '2L met', 'adj'."""
    match = _NUMBER.match(cell)
    number = int(match[1]) if match else 0
    settings = [name for name, words in _SETTINGS if re.search(words, cell)]
    value: dict[str, Any] = {"setting": settings[0]} if len(settings) == 1 else {}
    return value | ({"line": number} if 0 < number <= _MOST_LINES else {})


def _progressed(document: Document, row: Row, columns: dict[str, int], value: dict[str, Any]) -> dict[str, Any]:
    """Return where a line progressed, as the cell of its reason says: 'PD liver'."""
    cell = _cell(document, row, columns["reason"]) if "reason" in columns else ""
    known = value.get("reason_stopped") == "progression" or (_PROGRESSED.match(cell) and not _DOUBTED.search(cell))
    place = place_of_progression(cell)
    return {"reason_stopped": "progression", "progressed_in": place} if known and place else {}


def _cell(document: Document, row: Row, column: int) -> str:
    return document.plain[slice(*row.cells[column])].strip()


def _drugs(document: Document, row: Row, column: int, vocabulary: Vocabulary) -> tuple[list[str], str]:
    """Return the drugs of a cell, one group of a list or a regimen by itself, and the setting written beside them."""
    start, end = row.cells[column]
    before, after = _COUNTED.match(document.plain, start, end), _BRACKETED.search(document.plain, start, end)
    called = _CALLED.search(document.plain, start, end)
    beside = " ".join(part[0] for part in (before, after, called) if part)
    settings = [name for name, one in _SETTINGS if re.search(one, beside)]
    setting = settings[0] if len(settings) == 1 else ""
    groups = [one for one in drug_groups(document, vocabulary, start, end) if one.ids]
    if any(is_one_of_two(document, row.sentence, one) for one in groups):
        return [], ""
    if len({one.ids for one in groups}) == 1:
        return list(groups[0].names), setting
    if _in_turn(document, groups):
        return list(dict.fromkeys(name for one in groups for name in one.names)), setting
    bare = document.normal.text[before.end() if before else start : after.start() if after and setting else end]
    written = " ".join(bare.split())
    of_disease = not groups and vocabulary.resolve(written) and not vocabulary.is_supportive(written)
    return ([written] if of_disease else []), setting


def _in_turn(document: Document, groups: list[DrugGroup]) -> bool:
    """Tell whether the drugs of a cell were given one after the other, as one line: 'AC followed by TH'."""
    between = [document.plain[left.end : right.start] for left, right in pairwise(groups)]
    return bool(between) and all(_THEN.search(one) or _ARROW.search(one) for one in between)


def _named(document: Document, row: Row, column: int, words: tuple[tuple[str, str], ...], *, whole: bool) -> str:
    """Return the one name whose words a cell holds, or is as a whole."""
    cell = re.sub(r"\s?\([^()]*\)$", "", document.plain[slice(*row.cells[column])].strip(" ."))
    names = [name for name, one in words if (re.fullmatch(one, cell) if whole else re.search(one, cell))]
    return names[0] if len(names) == 1 else ""
