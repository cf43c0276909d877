"""How the program speaks: it lists and explains. No text of a page, of an annex or of the evidence directs anyone.

What a person typed into a case is theirs and is not judged here.
"""

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from support.pages import EXAMPLES, ROOT, URGENT, example, release

from her2board.briefing.annex import annex_blocks
from her2board.briefing.annex_short import short_annex
from her2board.briefing.glossary import glossary
from her2board.briefing.model import all_text, runs
from her2board.briefing.zones.footer import FooterZone
from her2board.briefing.zones.options import OptionZone
from her2board.briefing.zones.pause import PauseZone
from her2board.case.recorded import recorded
from her2board.case.terms import Term
from her2board.evidence.references import Reference

_COMMANDS = "|".join(
    (
        *("start", "stop", "give", "use", "avoid", "consider", "treat", "switch", "continue", "add"),
        *("hold", "withhold", "refer", "proceed", "choose", "defer", "delay"),
    )
)
_NEVER = (
    r"\beligib\w*",
    r"\bmatch(es|ed|ing)?\b",
    r"\bmatch score\b",
    r"\bscore of\b",
    r"\bshould\b",
    r"\bmust\b",
    r"\bought to\b",
    r"\bneeds? to be\b",
    r"\bhas to be\b",
    rf"(^|[.;:] )({_COMMANDS}) (?!date|of )",
    r"\bavoid\b",
    r"\brecommend\w*",
    r"\bwe suggest\b",
    r"\b(is|are) indicated\b",
    r"\bdo not\b",
    r"\bcontraindicat\w*",
    r"\b(drug|option|treatment|regimen) of choice\b",
    r"\bfirst choice\b",
    r"\bbest (option|treatment|regimen|choice)\b",
    r"\bpreferred\b",
    r"\bsuperior\b",
    r"\bsafe(ly)?\b",
    r"\bN/A\b",
    r"\bopen trial\b",
    r"\brecruiting\b",
    r"\bblock(s|ed|ing)?\b",
)
"""WORDING.md, table 'never write', and the commands a reader could take for one."""
_ALLOWED: dict[str, str] = {
    "WBRT can be recommended to improve progression-free survival": "CNS/AANS, in its own word, named as the source",
    "Panel recommendation": "the strength in the body's own word",
    "unless a taxane is contraindicated": "ASCO, in its own word, named as the source",
    "Generic label: capecitabine contraindicated": "the label, in its own word, named as the source",
    "named as preferred": "ASCO, in its own word, named as the source",
    "ASCO names systemic therapy as preferred": "ASCO, in its own word, named as the source",
    "no dose is proven safe in complete deficiency": "the label, in its own word, named as the source",
    "local therapy can safely be deferred": "what ASTRO asks the disciplines to decide together",
    "which the criteria here do not test": "says what the program does not do",
}
"""Phrases that stay, each with the reason: a named source speaks, or the program speaks of itself."""


@cache
def directives(text: str) -> tuple[str, ...]:
    """Return the directing words of a text, those of allowed phrases apart."""
    for phrase in _ALLOWED:
        text = text.replace(phrase, "")
    return tuple(found[0] for never in _NEVER if (found := re.search(never, text, re.IGNORECASE)))


def typed(part: Any) -> Iterator[str]:
    """Yield what people typed into a case."""
    if isinstance(part, dict):
        for key, entry in part.items():
            yield key
            yield from typed(entry)
    elif isinstance(part, list):
        for entry in part:
            yield from typed(entry)
    elif isinstance(part, str):
        yield part


def of_program(stem: str, texts: list[str]) -> list[str]:
    """Return texts without what people typed."""
    case = json.loads(example(stem).case.model_dump_json(exclude_none=True))
    words = sorted({text for text in typed(case) if len(text) > 12}, key=len, reverse=True)
    for typed_text in words:
        texts = [text.replace(typed_text, "") for text in texts]
    return texts


def evidence_texts(part: Any) -> Iterator[tuple[str, str]]:
    """Yield every text of the release with the place it is in; titles of publications are theirs."""
    if isinstance(part, Reference):
        return
    if isinstance(part, BaseModel):
        for name, value in part:
            if isinstance(value, str):
                yield f"{type(part).__name__} {getattr(part, 'id', '')}, {name}", value
            else:
                yield from evidence_texts(value)
    elif isinstance(part, tuple | list):
        for entry in part:
            yield from evidence_texts(entry)


@pytest.mark.parametrize("stem", EXAMPLES)
def test_no_text_of_a_page_directs_anyone(stem: str) -> None:
    texts = of_program(stem, list(all_text(example(stem).briefing)))
    assert len(texts) > 150
    assert {text: words for text in texts if (words := directives(text))} == {}


@pytest.mark.parametrize("stem", EXAMPLES)
def test_no_text_of_an_annex_directs_anyone(stem: str) -> None:
    made = example(stem)
    short = short_annex(made.case, made.assessment, release(), tuple(recorded(made.case)))
    blocks = (*annex_blocks(made.assessment, release(), made.case), *short.without(0))
    texts = of_program(
        stem, ["".join(run.text for run in words) for block in blocks for words in (block.words, *block.cells)]
    )
    assert len(texts) > 500
    assert {text: words for text in texts if (words := directives(text))} == {}


def words_of_program(path: Path) -> Iterator[str]:
    """Yield the texts that a module marks for translation."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("tr", "trn"):
            yield from (part.value for part in node.args if isinstance(part, ast.Constant) and type(part.value) is str)


def test_no_text_of_a_packet_and_of_its_other_layouts_directs_anyone() -> None:
    paths = [path for room in ("briefing", "pdf", "office") for path in (ROOT / "her2board" / room).glob("*.py")]
    texts = [text for path in paths for text in words_of_program(path)]
    assert len(texts) > 200
    assert {text: words for text in texts if (words := directives(text))} == {}


def test_no_text_of_the_evidence_directs_anyone() -> None:
    library = release()
    parts = (library.trials, library.guidelines, library.conflicts, library.options, library.cautions)
    texts = list(evidence_texts((parts, library.local_therapy, library.pause, library.release)))
    assert len(texts) > 1000
    found = {place: (text, words) for place, text in texts if " " in text and (words := directives(text))}
    assert found == {}


@pytest.mark.parametrize(
    "planted",
    [
        "The patient is eligible for HER2CLIMB.",
        "Matches 80 % of the criteria.",
        "The patient should receive T-DXd.",
        "Start tucatinib.",
        "No mass effect; start T-DXd now.",
        "Avoid whole-brain radiation.",
        "It is better to avoid WBRT.",
        "Radiosurgery is recommended.",
        "WBRT is contraindicated.",
        "Best option: T-DXd.",
        "WBRT is blocked until neurosurgery was heard.",
        "Consider deferring radiation.",
    ],
)
def test_a_planted_directive_is_noticed(planted: str) -> None:
    assert directives(planted)


@pytest.mark.parametrize(
    "plain",
    [
        "WBRT, hippocampal avoidance + memantine",
        "for discussion, with a caution",
        "cannot tell until recorded",
        "start date not recorded",
        "3 required items open",
        "performance scored on",
        "does not speak of this case",
    ],
)
def test_plain_words_of_the_program_are_not_taken_for_directives(plain: str) -> None:
    assert not directives(plain)


def test_every_allowed_phrase_is_still_used() -> None:
    library = release()
    parts = (library.trials, library.guidelines, library.conflicts, library.options, library.cautions)
    everything = "\n".join(text for _, text in evidence_texts((parts, library.local_therapy, library.pause)))
    assert [phrase for phrase in _ALLOWED if phrase not in everything] == []


@pytest.mark.parametrize("stem", EXAMPLES)
def test_every_page_says_that_it_does_not_decide(stem: str) -> None:
    words = example(stem).briefing.get(FooterZone).intended_use
    assert "does not decide or replace judgement" in words
    assert "clinicians at a multidisciplinary meeting" in words


@pytest.mark.parametrize("stem", EXAMPLES)
def test_the_options_are_called_a_fixed_order_and_no_ranking_and_rows_are_not_compared(stem: str) -> None:
    options = example(stem).briefing.get(OptionZone)
    note = "".join(run.text for run in options.note)
    assert "fixed order, not a ranking" in note
    assert "not compared" in note


@pytest.mark.parametrize("stem", EXAMPLES)
def test_whole_brain_radiation_is_among_the_alternatives_with_its_reasons(stem: str) -> None:
    pause = example(stem).briefing.get(PauseZone)
    names = pause.choices
    for name in ("Radiosurgery", "Surgery", "WBRT, conventional", "Supportive care"):
        assert name in names
    assert any(name.startswith("WBRT, hippocampal avoidance") for name in names)
    assert len(pause.reasonable) >= 3
    assert pause.if_chosen


def test_nothing_says_to_wait_while_urgency_is_recorded() -> None:
    assert example(URGENT).briefing.get(PauseZone).if_waiting == ()
    assert example("cr18-untreated-asymptomatic").briefing.get(PauseZone).if_waiting != ()


def test_what_is_not_recorded_is_never_called_no_unknown_or_empty() -> None:
    texts = of_program("cr03-almost-empty", [run.text for run in runs(example("cr03-almost-empty").briefing)])
    assert sum("not recorded" in text for text in texts) > 10
    assert not [text for text in texts if re.search(r"\b(unknown|N/A|n\.a\.|none)\b", text, re.IGNORECASE)]


_TO_THE_USER = {
    "Choose a pack to see what it changes.": "words of an empty list",
    "Use the evidence the program came &with": "a button",
    "Use the evidence the program came with": "a button of a message",
    "Add the cases of the meeting: their files, or PDF of this program that carry one.": "words of an empty list",
    "choose the kind of report": "the first entry of a list",
    "choose one of its readings: {id}=1 to {id}={n}": "why a command did nothing",
    "choose the patient": "the first entry of a list",
    "choose the column": "the first entry of a list",
    "Choose above whose case this is.": "which patient of a file",
    "Use a map &file…": "a button",
    "Use a map file": "the title of a choice of files",
    "{label}: choose by its number": "what a key asks for",
    "pages: add a decision slip per case": "an option of a command",
    "{path}: written as {suffixes}; use that file extension": "where to write a file",
    "Add the meeting": "a button",
    "Passphrase lost: use the recovery &key": "a button",
    "choose one of its readings: write it as 'value'": "about a list of proposals",
    "Choose a line under Ask next, or go to a field, then ask for it": "a key of the screen",
    "Add to {label}": "a key of the screen",
    "Add {n} copied to {label}": "a step to undo",
    "{name} is open in {holder}, so nothing was written; choose another name.": "where to write a file",
    "it is a case file; choose another name": "where to write a file",
    "it is {kind}, and only a file is written; choose another name": "where to write a file",
    "it is the file that is being read; choose another name": "where to write a file",
    "choose a shorter name": "where to write a file",
    "{path} is damaged: {why}; choose another backup": "which file to read",
    "add a meeting": "what a command does",
    "give the casebook another passphrase": "what a command does",
    "there is nobody to ask for the passphrase; give it by {option} or {variable}": "how to run a command",
    "{path}: something is there already; choose another name": "where to write a file",
    "the passphrase has fewer than {n} characters; choose a longer one": "how to lock a file",
    "This is text, not a table; nothing was read. Where should it be kept?": "what to do with a pasted text",
    "{path}: the layout '{layout}' is written as {suffix}; use that file extension": "where to write a file",
    "the disk is read-only; choose another": "where to write a file",
    "the disk has a fault; choose another": "where to write a file",
    "{folder} is no folder; choose another": "where to write a file",
    "add a short annex of four pages at most, or the full one with every cohort and reference": "what an option of a "
    "command does",
    "pages: add the annex of every case, short (four pages at most) or full": "what an option of a command does",
    "pages: add a blank decision slip per case": "what an option of a command does",
    "Blocks stand apart where kind, time point, criteria or assessor differ or are not stated.": "parts of a table",
    "= shares patients with the cohorts named; do not add the rows up.": "how a table is to be read",
    "What must be known": "the name of a part of the pause",
    "Switch it on with --on.": "how to run a command",
    "switch it off; nothing is counted any more": "what an option of a command does",
    "switch it on for meetings from today on": "what an option of a command does",
    "{label}: choose the access, or clear the other lines": "a line of a table of the clinic",
    "No match": "a search that found nothing",
    "no match for '{words}'": "a search that found nothing",
}
"""Commands to the person at the keyboard about files and tables, none about a patient."""


@cache
def shipped() -> tuple[str, ...]:
    """Return every text the program can show: what is marked for translation, and the words of closed lists."""
    return tuple(_shipped())


def _shipped() -> Iterator[str]:
    yield from (entry.label for closed in Term.__subclasses__() for entry in closed)
    for path in sorted((ROOT / "her2board").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("tr", "trn"):
                words = (entry.value for entry in node.args if isinstance(entry, ast.Constant))
                yield from (text for text in words if isinstance(text, str))


def test_no_shipped_text_directs_anyone() -> None:
    texts = [*shipped(), *(words for entry in glossary() for words in entry)]
    assert len(texts) > 700
    assert {text: words for text in texts if (words := directives(text)) and text not in _TO_THE_USER} == {}


def test_every_command_to_the_user_is_still_shipped() -> None:
    assert set(_TO_THE_USER) - set(shipped()) == set()
