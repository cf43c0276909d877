"""What leaves the program without names: every export takes its case from here."""

from msgspec import Struct

from her2board.case.identity import without_identity
from her2board.case.identity_review import Found, look_through
from her2board.case.model import Case
from her2board.cli.output import warn
from her2board.evidence.library import EvidenceLibrary
from her2board.wording import tr


class Outgoing(Struct, frozen=True):
    """A case as it leaves, and what a person looks at before it does."""

    case: Case
    found: tuple[Found, ...] = ()
    """What was replaced and what looks like a name; nothing where name and record number were asked for."""


def outgoing(case: Case, library: EvidenceLibrary, identified: bool = False) -> Outgoing:
    """Return a case as it leaves; only ``identified`` with name and record number."""
    if identified:
        return Outgoing(case)
    known = library.vocabulary.words
    return Outgoing(without_identity(case, known), look_through(case, known))


def found_words(source: str, found: tuple[Found, ...]) -> str:
    """Return field by field what was replaced in a case and what is left that looks like a name."""
    head = tr("{path}: check before it leaves without names; with --reviewed the mark 'not reviewed' is left out:")
    lines = (f"{each.label}: {line}" for each in found for line in each.lines())
    return "\n  ".join((head.format(path=source), *lines))


def say_found(source: str, found: tuple[Found, ...], reviewed: bool) -> bool:
    """Say on standard error what a person looks at; return whether the result says that nobody did."""
    if found and not reviewed:
        warn(found_words(source, found))
    return bool(found) and not reviewed
