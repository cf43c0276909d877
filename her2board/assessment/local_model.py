"""What the clinic's local file says beside one case, as values. Nothing of it is evidence."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from her2board.logic.evaluate import Finding
from her2board.logic.truth import Truth
from her2board.wording import day_words, tr

if TYPE_CHECKING:  # most clinics have no local file
    from her2board.evidence.overlay import LocalStatement, LocalTrial


class AccessHere(NamedTuple):
    """Access to an option, or to a drug or a kind of radiotherapy it needs."""

    about: str
    """The drug or the radiotherapy; empty where it is the option as a whole."""
    status: str
    """Key of the status in the local file."""
    words: str
    """'needs approval here', 'by referral to Lakeside Hospital'."""
    note: str
    looked_at: str
    stale: bool

    brief: str = ""
    """The same for where it has a phrase: 'needs approval', 'by referral'."""

    @property
    def short(self) -> str:
        """What it says, with what it is about, and that it is stale."""
        return self._dated(f"{self.about} {self.words}" if self.about else self.words)

    @property
    def shortest(self) -> str:
        """The same in a phrase."""
        return self._dated(self.brief)

    def _dated(self, words: str) -> str:
        return f"{words} ({not_since(self.looked_at)})" if self.stale else words


class OptionAccess(NamedTuple):
    """Everything the local file says of the access to one option."""

    said: tuple[AccessHere, ...]
    not_said: tuple[str, ...]
    """Drugs of it on which the file says nothing, where it does of others."""

    @property
    def short(self) -> str:
        """All of it in one line; what the file does not name is not in it, and never read as available."""
        return "; ".join(entry.short for entry in self.said)


class LocalTrialResult(NamedTuple):
    """An open trial beside the case; its criteria are those of the local file."""

    trial: "LocalTrial"
    findings: tuple[Finding, ...]
    truth: Truth | None
    """Of all its criteria together; None where the file gives none."""
    stale: bool

    def of(self, truth: Truth) -> tuple[Finding, ...]:
        """Return the findings with one truth."""
        return tuple(finding for finding in self.findings if finding.truth is truth)

    @property
    def seen(self) -> str:
        """When the clinic looked at it, and that this is too long ago."""
        return not_since(self.trial.looked_at) if self.stale else seen_on(self.trial.looked_at)


class LocalStatementResult(NamedTuple):
    """A statement of the clinic itself."""

    statement: "LocalStatement"
    stale: bool

    @property
    def seen(self) -> str:
        """Its author and day, and that this is too long ago."""
        said = self.statement
        day = not_since(said.looked_at) if self.stale else day_words(date.fromisoformat(said.looked_at))
        return f"{said.author}, {day}"


class LocalResult(NamedTuple):
    """What the local file says beside one case on one day."""

    clinic: str
    number: int
    changed_on: str
    access: Mapping[str, OptionAccess]
    """By the id of the option; only those of which it says something."""
    trials: tuple[LocalTrialResult, ...]
    statements: tuple[LocalStatementResult, ...]


def not_since(looked_at: str) -> str:
    """Return that an entry is older than its limit: 'not looked at since 2 Mar 2026'."""
    return tr("not looked at since {day}").format(day=day_words(date.fromisoformat(looked_at)))


def seen_on(looked_at: str) -> str:
    """Return 'looked at on 12 Nov 2026'."""
    return tr("looked at on {day}").format(day=day_words(date.fromisoformat(looked_at)))
