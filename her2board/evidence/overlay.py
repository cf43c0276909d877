"""What a clinic adds of its own: access, radiotherapy, open trials, limits of age, statements of its own.

It is no evidence. No field of it holds a figure, a criterion of a published cohort or the text of a record, so nothing
that is shipped can be changed by it; what it says is marked as local wherever it is shown.
"""

import hashlib
import unicodedata
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from her2board.case.terms import Availability
from her2board.evidence.naming import Names
from her2board.evidence.records import Drug, OptionId
from her2board.evidence.references import RealDay, Record, Slug
from her2board.evidence.terms import AccessStatus
from her2board.logic.criteria import Criterion

_HIDDEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
"""Categories of characters that nobody sees, or that turn the order or the line of what follows."""
_SIGNS = {"So", "Ps", "Pe"}
"""Signs and brackets: the program marks with them what is local, second-hand, met or to be cautious about."""
_PLAIN = "()\N{DEGREE SIGN}\N{REGISTERED SIGN}\N{COPYRIGHT SIGN}\N{TRADE MARK SIGN}"
_JOINING = "\u200c\u200d"
"""Between letters of scripts that need them."""
_DAGGERS = "\N{DAGGER}\N{DOUBLE DAGGER}"
_ACCENTS = 3
"""On one letter; more run into the lines above and below."""


def _own_words(text: str) -> str:
    """Return a text of a clinic; ValueError where it could leave its mark, or be taken for a mark of the program."""
    if not text.strip():
        raise ValueError("empty")
    accents = 0
    for letter in text:
        kind = unicodedata.category(letter)
        accents = accents + 1 if kind in ("Mn", "Me") else 0
        hidden = kind in _HIDDEN and letter not in _JOINING
        if hidden or letter in _DAGGERS or (kind in _SIGNS and letter not in _PLAIN) or accents > _ACCENTS:
            seen = f"U+{ord(letter):04X}" if hidden else f"'{letter}'"
            raise ValueError(f"{seen} is not taken in a local text: brackets and signs are the program's own marks")
    return text


OwnText = Annotated[str, AfterValidator(_own_words)]
"""A text of a clinic, without anything by which it could look like part of the evidence."""
Short = Annotated[OwnText, Field(min_length=1, max_length=160)]
_Days = Annotated[int, Field(ge=1, le=3650)]


class LocalAccess(Record):
    """Access to one drug, or to one regimen by the id of its option."""

    drug: Annotated[Drug, Names("drug")] | None = None
    option: OptionId | None = None
    status: AccessStatus
    note: Short | None = None
    """What it needs or where it comes from: 'form of the drug commission'."""
    looked_at: RealDay

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.drug is None) == (self.option is None):
            raise ValueError("name either a 'drug' or an 'option', not both and not neither")
        return self

    @property
    def key(self) -> tuple[str, str]:
        """What it is about."""
        return ("drug", self.drug) if self.drug else ("option", self.option or "")


class LocalService(Record):
    """Whether a kind of radiotherapy is given here, and if not, where."""

    access: Availability
    where: Short | None = None
    """The place of referral."""
    note: Short | None = None
    looked_at: RealDay

    @model_validator(mode="after")
    def _place_of_referral(self) -> Self:
        if self.access == "by_referral" and self.where is None:
            raise ValueError("'by_referral' needs 'where': the place of referral")
        return self


class LocalRadiotherapy(Record):
    """Radiosurgery and hippocampal avoidance at this clinic; None: nobody has said."""

    radiosurgery: LocalService | None = None
    hippocampal_avoidance: LocalService | None = None


class LocalCriterion(Record):
    """A condition of a local trial in words, and as the program compares it with a case."""

    text: Short
    when: Criterion


class LocalTrial(Record):
    """A trial that is open here, as the clinic saw it on a day."""

    id: Slug
    name: Short
    registry: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9/ .-]{3,39}$")] | None = None
    """Number in a registry: 'NCT01234567', '2023-501234-12-00'."""
    contact: Short
    looked_at: RealDay
    patients: Short
    """Which patients or cohorts it takes, in words."""
    criteria: tuple[LocalCriterion, ...] = ()


class LocalStatement(Record):
    """A statement of the clinic itself, with its author; never a guideline."""

    id: Slug
    text: Annotated[OwnText, Field(min_length=1, max_length=300)]
    author: Short
    looked_at: RealDay
    """The day it was made or last confirmed."""
    options: tuple[OptionId, ...] = ()
    """What it is about; none named, the meeting as a whole."""


class LocalLimit(Record):
    """How old a dated fact may be at the meeting, in days; it takes the place of the release's limit."""

    field: Annotated[str, Field(pattern=r"^[a-z_]+\.[a-z0-9_]+$"), Names("field")]
    days: _Days


class OwnLimits(Record):
    """After how many days an entry of each kind counts as stale, and the page says so; None: as the release says."""

    formulary: _Days | None = None
    radiotherapy: _Days | None = None
    trials: _Days | None = None
    statements: _Days | None = None


class Overlay(Record):
    """The local file of one clinic."""

    format: Literal["her2board-local-1"]
    clinic: Short
    """As it is named beside everything that is shown of it."""
    number: Annotated[int, Field(ge=1, le=999_999)]
    """One more each time it changes; an older one is not installed over a newer one."""
    changed_on: RealDay
    formulary: tuple[LocalAccess, ...] = ()
    radiotherapy: LocalRadiotherapy = LocalRadiotherapy()
    trials: tuple[LocalTrial, ...] = ()
    statements: tuple[LocalStatement, ...] = ()
    limits: tuple[LocalLimit, ...] = ()
    look_again_after: OwnLimits = OwnLimits()

    @cached_property
    def access(self) -> dict[tuple[str, str], LocalAccess]:
        """Access by what it is about: ('drug', id) or ('option', id)."""
        return {entry.key: entry for entry in self.formulary}

    @cached_property
    def facts(self) -> frozenset[str]:
        """The facts its trials compare."""
        return frozenset(name for trial in self.trials for one in trial.criteria for name in one.when.names)

    @property
    def days(self) -> dict[str, int]:
        """Its limits of age, in days by field."""
        return {limit.field: limit.days for limit in self.limits}

    @cached_property
    def digest(self) -> str:
        """SHA-256 over all it says."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    @property
    def shows_something(self) -> bool:
        """Return whether it holds more than limits of age."""
        service = self.radiotherapy
        said = (self.formulary, self.trials, self.statements, service.radiosurgery, service.hippocampal_avoidance)
        return any(said)
