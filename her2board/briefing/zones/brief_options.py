"""Options in one phrase each: name, standing and the first reason."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from msgspec import Struct

from her2board.assessment.model import Standing
from her2board.assessment.options import context_only_words, standing_words
from her2board.briefing.formats import lower, sentence
from her2board.briefing.model import Run, Words
from her2board.wording import Marked, tr

_IN_BRIEF: dict[Standing, Marked] = {
    "in_use": "In use now",
    "already_used": "Already used",
    "cannot_tell": "Needs recording",
    "for_discussion": "For discussion",
    "caution": "With a caution",
    "facts_against": "Recorded facts against",
}
"""Standings in their order where options have one phrase each."""


class BriefOption(Struct, frozen=True):
    """An option in one phrase."""

    id: str
    name: str
    standing: Standing
    context_only: bool
    """The local pathway comes first: whatever the standing, it is context."""
    order: int
    """Its place in the one order of the release."""
    reason: str
    origin: tuple[str, ...] = ()
    """Where the reason comes from."""
    local: Words = ()
    """What the clinic says of the access to it, marked."""

    @property
    def named_from(self) -> tuple[str, ...]:
        """Where the name comes from."""
        return (f"option:{self.id}",)

    @property
    def standing_words(self) -> str:
        """The standing in words."""
        return standing_words(self.standing, self.context_only)


def in_brief(options: Iterable[BriefOption]) -> Words:
    """Return options in one phrase each, those of one standing and reason together."""
    order = [*_IN_BRIEF]
    ordered = sorted(options, key=lambda option: (option.context_only, order.index(option.standing)))
    context = bool(ordered) and all(option.context_only for option in ordered)
    words = [Run(f"{sentence(context_only_words())}. ", "bold")] if context else []
    for number, (key, group) in enumerate(groupby(ordered, key=lambda option: (option.standing, option.context_only))):
        said = tr(_IN_BRIEF[key[0]])
        said = sentence(f"{context_only_words()}; {lower(said)}") if key[1] and not context else said
        words.append(Run(f"{'. ' if number else ''}{said}: ", "bold"))
        words += _by_reason(group)
    return (*words, Run("."))


def _by_reason(options: Iterable[BriefOption]) -> Iterator[Run]:
    together: dict[str, list[BriefOption]] = {}
    for option in options:
        together.setdefault(option.reason, []).append(option)
    for number, (reason, several) in enumerate(together.items()):
        if number:
            yield Run("; ")
        yield from _names({option.name: option for option in reversed(several)}.values())
        if reason:
            origin = tuple(dict.fromkeys(place for option in several for place in option.origin))
            yield Run(f" ({reason})", origin=origin)


def _names(options: Iterable[BriefOption]) -> Iterator[Run]:
    """Yield names, the last first, each with what the clinic says of it."""
    for place, option in enumerate(reversed(tuple(options))):
        if place:
            yield Run(", ")
        yield Run(option.name, origin=option.named_from)
        if option.local:
            yield from (Run(" "), *option.local)


def standing_with_reason(option: BriefOption) -> str:
    """Return standing and reason of an option in one phrase."""
    return f"{option.standing_words} ({option.reason})" if option.reason else option.standing_words
