"""How a contradiction is declared: the facts it concerns above the rule that finds it."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from msgspec import Struct

from her2board.case.drugs import Vocabulary
from her2board.case.model import Case


class Contradiction(Struct, frozen=True):
    """Two recorded facts that disagree: in words, the fields they are recorded in, and the facts to mark."""

    text: str
    fields: tuple[str, ...]
    facts: tuple[str, ...] = ()
    running: frozenset[str] = frozenset()
    """Drugs of which it is in doubt whether they are given now."""


class Clash(NamedTuple):
    """What a rule found: in words, and the fields that disagree; ``facts`` where they depend on what is recorded."""

    text: str
    fields: tuple[str, ...]
    facts: tuple[str, ...] = ()
    running: frozenset[str] = frozenset()
    """Drugs of which it is in doubt whether they are given now."""


RuleT = Callable[[Case], Iterator[Clash]]
RuleWithDrugsT = Callable[[Case, Vocabulary], Iterator[Clash]]


class Rules:
    """The rules of one section, in the order in which what they find is shown."""

    def __init__(self) -> None:
        self._rules: list[tuple[RuleWithDrugsT, tuple[str, ...]]] = []

    def rule(self, *facts: str) -> Callable[[RuleT], RuleT]:
        """Declare a rule; what it finds makes ``facts`` doubtful."""

        def declared(rule: RuleT) -> RuleT:
            self._rules.append((lambda case, _: rule(case), facts))
            return rule

        return declared

    def rule_with_drugs(self, *facts: str) -> Callable[[RuleWithDrugsT], RuleWithDrugsT]:
        """Declare a rule that must know the names of drugs."""

        def declared(rule: RuleWithDrugsT) -> RuleWithDrugsT:
            self._rules.append((rule, facts))
            return rule

        return declared

    def found(self, case: Case, vocabulary: Vocabulary) -> Iterator[Contradiction]:
        """Yield what disagrees in a case."""
        for rule, facts in self._rules:
            for clash in rule(case, vocabulary):
                yield Contradiction(clash.text, clash.fields, (*facts, *clash.facts), clash.running)
