"""Reads how a line of therapy ended: why, where it progressed, its best response, whether it goes on."""

import re
from typing import Any

from her2board.capture.date_words import is_ongoing
from her2board.capture.report.drug_words import DrugGroup
from her2board.capture.report.model import Document
from her2board.capture.report.patterns import named

_PROGRESSION = named("lines_progression")
_TOXICITY = named("lines_toxicity")
_COMPLETED = re.compile(
    r"(?<!\w)(?<!not )(?<!never )(?:completed|finished|abgeschlossen|completed? (?:course|treatment))(?!\w)"
)

_ASKED = re.compile(
    r"[^.;,)]{0,25}\?|\s?[:=-]\s?(?:no|none|nil|never|not|kein\w*)(?!\w)"
    r"|(?: (?:was|is|had been))? (?:feared|suspected|excluded|not confirmed|ruled out|queried|questioned)(?!\w)"
)
"""After a word of progression: 'PD in brain?' asks whether it was, 'PD: no' denies it."""
_WORD = re.compile(r"(?:disease )?(?:progress\w*(?: disease)?|progredienz|pd|pod)$")
"""The word itself, at the end of what says that there was progression: what is before it may deny it."""
_UNSURE = named("lines_progression_unsure")
_AHEAD = 25
"""Characters before a word of progression in which it may be called possible."""
_HELD_IN = re.compile(
    r"(?<!\w)(?:cr|pr|sd|response|remission|stable|controlled)(?!\w)[^.;]*?(?:,|(?<!\w)(?:but|and|with))\s"
)
"""Ahead of a word of progression: where the disease was held, 'PR in the liver but progression in the brain'."""
_HELD = re.compile(
    r"(?:[,;(]|(?<!\w)(?:but|with|and)(?!\w))(?:(?!,|;|\(|\)|(?<!\w)(?:but|with|and)(?!\w)).)*?"
    r"(?<!\w)(?:stable|controlled|clear|unchanged|respon\w+|sd|pr|cr|not|no|without)(?!\w)[^,;()]*"
)
"""Behind it: 'PD in bone, CNS stable'."""
_BEFORE_IT = 5
_RESPONDED = re.compile(r"response[^,;]{0,12}(?:pd|progress)")
_NOT_NEGATED = re.compile(
    r"(?:no|without|not|kein\w*|ohne|free|before|beyond|despite|until any|(?:absence|lack) of)\s(?:\w+\s){0,2}$"
)
_BRAIN = re.compile(
    r"(?<!\w)(?:cns|brain|intracranial|[cz]erebral\w*|hirn\w*|zns|snc|intrakraniell\w*|encefal\w*|cervello|cerveau|cerebro"
    r"|cerebell\w*|leptomening\w*)(?!\w)"
)
_BODY = named("lines_body")
_RESPONSE = (
    (
        "complete",
        r"(?<!\w)(?:complete (?:\w+ )?(?:remission|response)|cr|cmr|vollremission|komplette remission"
        r"|(?:risposta|remissione|reponse|remission|respuesta) complet[ae])(?!\w)",
    ),
    (
        "partial",
        r"(?<!\w)(?:partial (?:\w+ )?(?:remission|response)|pr|pmr|partielle (?:remission|ansprechen)"
        r"|(?:risposta|remissione|reponse|remission|respuesta) (?:parziale|partielle|parcial))(?!\w)",
    ),
    (
        "stable",
        r"(?<!\w)(?:stable disease|sd|stabile erkrankung|malattia stabile|maladie stable|enfermedad estable)(?!\w)",
    ),
    ("progression", r"(?<!\w)(?:pd|progressive disease)(?!\w)"),
)
_BEST = named("lines_best")
_SAID_RESPONSE = named("undated_response")
_TOXICITY_ALONE = named("undated_toxicity")
_SHORT_RESPONSE = re.compile(r"(?:^|[,;:(|\u2013-])\s?(CR|PR|SD)(?=\s*(?:[,;.)|]|\s[-\u2013]|$))")
_OF_LETTERS = {"CR": "complete", "PR": "partial", "SD": "stable"}
_RECEPTORS = re.compile(r"(?<!\w)(?:er|oestrogen|estrogen)(?!\w)")
"""Beside these words 'PR' is a receptor."""


def ending_of(document: Document, start: int, end: int, others: list[DrugGroup] | None = None) -> dict[str, Any]:
    """Return why a line ended, where it progressed, its best response, whether it goes on."""
    text = document.plain[start:end]
    found: dict[str, Any] = {}
    bare = text.strip(" .;,")
    if is_ongoing(bare) or re.search(
        r"(?<!\w)(?:ongoing|continuing|continues|being continued|laufend|in corso|en cours|en curso)(?!\w)", bare
    ):
        found["ongoing"] = True
    if (best := _BEST.search(text)) and (
        words := [name for name, pattern in _RESPONSE if re.search(pattern, next(filter(None, best.groups())))]
    ):
        found["best_response"] = words[0]
    progressed = _PROGRESSION.search(text)
    if (
        progressed
        and not _ASKED.match(text, progressed.end())
        and not _UNSURE.search(text[max(progressed.start() - _AHEAD, 0) : progressed.end()])
        and not _NOT_NEGATED.search(_WORD.sub("", text[: progressed.end()]))
        and not _RESPONDED.search(progressed[0])
    ):
        found["reason_stopped"] = "progression"
        begins = max((one.end() for one in _HELD_IN.finditer(progressed[0])), default=-_BEFORE_IT)
        where = text[max(progressed.start() + begins, 0) : progressed.end() + 40]
        if place := place_of_progression(where):
            found["progressed_in"] = place
    elif _TOXICITY.search(text) and not others:
        found["reason_stopped"] = "toxicity"
    elif _COMPLETED.search(text):
        found["reason_stopped"] = "completed"
    return found


def place_of_progression(text: str) -> str:
    """Return where words of progression put it, without the place that they call held: 'PD brain (liver SD)'."""
    return place_in(_HELD.sub(" ", text))


def place_in(text: str) -> str:
    """Return whether words name the brain, the body or both."""
    brain, body = bool(_BRAIN.search(text)), bool(_BODY.search(text))
    return "brain_and_body" if brain and body else "brain" if brain else "body" if body else ""


def outcome_of(document: Document, start: int, end: int, others: list[DrugGroup] | None = None) -> dict[str, Any]:
    """Return how a line ended, its best response also where that is written as 'PR' alone."""
    found = ending_of(document, start, end, others)
    if "best_response" not in found and not _RECEPTORS.search(document.plain, start, end):
        said = {_OF_LETTERS[one[1]] for one in _SHORT_RESPONSE.finditer(document.normal.cased[start:end])}
        said |= {str(one.lastgroup).rstrip("2") for one in _SAID_RESPONSE.finditer(document.plain[start:end])}
        if len(said) == 1:
            found["best_response"] = said.pop()
    if "reason_stopped" not in found and _TOXICITY_ALONE.search(document.plain[start:end]):
        found["reason_stopped"] = "toxicity"
    return found
