"""What the clinic itself says beside the case: trials that are open there, and its own statements. No evidence."""

from collections.abc import Callable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from her2board.briefing.local_words import marked, statement_words, trial_words
from her2board.briefing.model import Line, Part, Words
from her2board.briefing.zones.base import Form, Note, Sources, Zone
from her2board.logic.truth import Truth
from her2board.wording import tr, trn


class LocalTrialLine(Struct, frozen=True):
    """An open trial: its parts in their order, name and day first."""

    id: str
    parts: tuple[str, ...]
    differs: bool
    """A recorded fact differs from a criterion that the clinic gives."""

    @property
    def words(self) -> Words:
        """The trial in one phrase."""
        return marked(tr("trial {words}").format(words="; ".join(self.parts)), f"trial/{self.id}")


class LocalZone(Struct, frozen=True):
    """Open trials and statements of the clinic; those without a line are counted."""

    title: str
    trials: tuple[LocalTrialLine, ...]
    statements: tuple[Words, ...]
    trials_left: int = 0
    statements_left: int = 0

    @property
    def lines(self) -> tuple[Words, ...]:
        """Everything in its order, what is left to the annex last."""
        left = []
        if self.trials_left:
            left.append(trn("{n} trial in the annex", "{n} trials in the annex", self.trials_left))
        if self.statements_left:
            left.append(trn("{n} statement in the annex", "{n} statements in the annex", self.statements_left))
        counts = (self.trials_left, self.statements_left)
        counted = "; ".join(words.format(n=n) for words, n in zip(left, filter(None, counts), strict=True))
        rest = (marked(counted, "file"),) if counted else ()
        return (*(line.words for line in self.trials), *self.statements, *rest)


def _compose(sources: Sources) -> LocalZone | None:
    local = sources.assessment.local
    if local is None or not (local.trials or local.statements):
        return None
    facts = sources.assessment.facts
    ordered = sorted(local.trials, key=lambda result: result.truth is Truth.NOT_MET)
    return LocalZone(
        tr("Local: {clinic}").format(clinic=local.clinic),
        tuple(
            LocalTrialLine(one.trial.id, tuple(trial_words(one, facts)), one.truth is Truth.NOT_MET) for one in ordered
        ),
        tuple(marked(statement_words(one), f"statement/{one.statement.id}") for one in local.statements),
    )


def _outline(zone: LocalZone) -> Iterator[Part]:
    yield Part(zone.title, tuple(Line("", words) for words in zone.lines))


# Shorter forms


def _named(at: int, parts: int, which: Callable[[LocalTrialLine], bool]) -> Form[LocalZone]:
    """Keep so many parts of some trials: with three, name, day, and how its criteria read."""

    def shorten(zone: LocalZone) -> LocalZone:
        fewer = (replace(one, parts=one.parts[:parts]) if which(one) else one for one in zone.trials)
        return replace(zone, trials=tuple(fewer))

    return Form(at, shorten, _SHORT)


def _counted(at: int, trials: int, statements: int) -> Form[LocalZone]:
    """Keep so many trials and statements, and count the others."""

    def shorten(zone: LocalZone) -> LocalZone:
        return replace(
            zone,
            trials=zone.trials[:trials],
            statements=zone.statements[:statements],
            trials_left=zone.trials_left + len(zone.trials[trials:]),
            statements_left=zone.statements_left + len(zone.statements[statements:]),
        )

    return Form(at, shorten, _SHORT)


_SHORT: Note[LocalZone] = Note("local", lambda _: tr("local entries: shortened, in full in the annex"))
ZONE = Zone(
    LocalZone,
    _compose,
    shorter=(
        _named(24, 3, lambda one: one.differs),
        _counted(30, 4, 2),
        _counted(60, 2, 1),
        _counted(229, 2, 0),
        _named(310, 3, lambda _: True),
        _counted(329, 1, 0),
        _counted(445, 0, 0),
    ),
    outline=_outline,
)
