"""A source card as a value: parts of labelled lines, links to copy, and the cards it leads to."""

from msgspec import Struct

from her2board.briefing.trial_card import Part, plain


class Link(Struct, frozen=True):
    """A publication or registry entry outside the program; nothing is opened unless a person asks."""

    label: str
    """'DOI', 'PubMed' or 'Registry'."""
    text: str
    """What is copied: the number itself."""
    url: str


class Lead(Struct, frozen=True):
    """Another card, and what it is called here."""

    label: str
    address: str


class SourceCard(Struct, frozen=True):
    """Everything the release holds on one entry of the evidence."""

    address: str
    """'value:trial/cohort#place', 'cohort:trial/cohort', 'trial:id', 'option:id', 'statement:id', 'caution:id',
    'conflict:id', 'local:id', 'pause:id', 'note:id', 'reference:id', 'evidence:reference, place', or of the
    clinic's own file 'clinic:trial/id'."""
    kind: str
    """What it is, in words: 'Figure', 'Guideline'."""
    title: str
    parts: tuple[Part, ...]
    secondary: bool = False
    """Some of it was read in a secondary report only."""
    links: tuple[Link, ...] = ()
    leads: tuple[Lead, ...] = ()

    def plain(self) -> str:
        """Return the card as text, the links last."""
        links = "\n".join(f"{link.label}: {link.text}" for link in self.links)
        return "\n\n".join(part for part in (f"{self.kind}: {self.title}", plain(self.parts), links) if part)
