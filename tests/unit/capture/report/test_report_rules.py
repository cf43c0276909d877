"""Every rule carries sentences that it must read and sentences that it must not."""

from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from her2board.capture.never import why_never
from her2board.capture.proposal import REASON_WORDS, TRUST_WORDS
from her2board.capture.report.document import read_document
from her2board.capture.report.matching import events
from her2board.capture.report.model import Event
from her2board.capture.report.rules import Rule, rules
from her2board.case.fields import field_by_path, field_path

FEWEST = 3


def _read(rule: Rule, text: str) -> Iterator[Event]:
    """Yield what a rule offers from a text whose sentences are all of a section it reads."""
    document = read_document(text, rule.kinds[0])
    placed = tuple(replace(sentence, role=rule.roles[0]) for sentence in document.sentences)
    return (event for event in events([rule], replace(document, sentences=placed)) if event.because is None)


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_a_rule_reads_its_sentences_and_no_other(rule: Rule) -> None:
    assert len(rule.matches) >= FEWEST
    assert len(rule.misses) >= FEWEST
    wrong = []
    for text, value in rule.matches:
        found = [event.value for event in _read(rule, text)]
        if value not in found:
            wrong.append((text, value, found))
    for text in rule.misses:
        found = [event.value for event in _read(rule, text)]
        if found:
            wrong.append((text, None, found))
    assert not wrong


def test_rules_have_names_of_their_own_and_fields_of_the_case() -> None:
    names = [rule.id for rule in rules()]
    assert len(set(names)) == len(names)
    known = field_by_path()
    for rule in rules():
        assert field_path(rule.field) in known, rule.id
        assert not why_never(rule.field), rule.id


def test_every_class_and_reason_has_words() -> None:
    assert all(TRUST_WORDS.values())
    assert all(REASON_WORDS.values())
