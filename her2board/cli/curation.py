"""What the actions that curate the evidence share: who, which day, what was read; the lists beside a release."""

import argparse
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from msgspec import Struct
from pydantic import ValidationError

from her2board import paths
from her2board.case.reading import SMALL_FILE, read_text
from her2board.cli.arguments import Parser, day, today
from her2board.cli.cohorts import folder_of
from her2board.cli.errors import CommandError
from her2board.cli.output import write
from her2board.evidence import files
from her2board.evidence.checks import Document
from her2board.evidence.curation import log
from her2board.evidence.curation.change import Why
from her2board.evidence.curation.readings import RELEASED, Released, Waiting, queue, released
from her2board.evidence.curation.releasing import reasons
from her2board.evidence.curation.units import Value, find, values_of
from her2board.evidence.curation.watch import RELEASES, WATCH, Due, ReleaseMade, Seen, due, read_watch
from her2board.evidence.loader import documents_of
from her2board.evidence.references import Record, Source
from her2board.evidence.terms import ReadIn
from her2board.wording import tr, trn

EntryT = TypeVar("EntryT", bound=Record)


class Curated(Struct, frozen=True, dict=True):
    """A release in its folder, with the lists of who changed and read what."""

    folder: Path

    @cached_property
    def texts(self) -> dict[str, str]:
        """What its files say, by name."""
        return files.texts(self.folder)

    @cached_property
    def documents(self) -> dict[str, Document]:
        """What its files hold, by name."""
        return documents_of(self.texts)

    @cached_property
    def values(self) -> dict[str, Value]:
        """Its values by address."""
        return values_of(self.documents)

    @property
    def version(self) -> str:
        """The last release: what changes is changed since then."""
        data = self.documents[files.RELEASE].data
        return str(data.get("version")) if isinstance(data, dict) else ""

    def path(self, name: str) -> Path:
        """Return one of the lists beside the release."""
        return self.folder / log.FOLDER / name

    def text(self, name: str) -> str:
        """Return what a list says; nothing where it was not begun."""
        path = self.path(name)
        return read_text(path, SMALL_FILE) if path.exists() else ""

    def entries(self, kind: type[EntryT], name: str) -> tuple[EntryT, ...]:
        """Return the entries of a list. Raises BrokenReleaseError."""
        return log.entries(kind, self.text(name), f"{log.FOLDER}/{name}")

    @cached_property
    def changes(self) -> tuple[log.Change, ...]:
        """What was changed since the last release."""
        return tuple(one for one in self.entries(log.Change, log.CHANGES) if one.release == self.version)

    @cached_property
    def last(self) -> dict[str, Released]:
        """The values as they were in the last release. Raises CommandError where nobody kept them."""
        path = self.path(RELEASED)
        if not path.exists():
            words = tr("{path}: is missing, so nothing says what was read before; copy it from the last release")
            raise CommandError(words.format(path=path))
        return released(path.read_text(encoding="utf-8"))

    def reasons(self) -> dict[str, str]:
        """Return for each file that the release changed why. Raises BrokenReleaseError."""
        made, changes = self.entries(ReleaseMade, RELEASES), self.entries(log.Change, log.CHANGES)
        return reasons(self.version, made, changes)

    def queue(self) -> tuple[Waiting, ...]:
        """Return the values that wait for readers. Raises CommandError and BrokenReleaseError."""
        return queue(self.values, self.last, self.entries(log.Reading, log.READINGS), self.changes)

    def due(self) -> tuple[Due, ...]:
        """Return what is looked at again, what is due first at the top. Raises CommandError and BrokenReleaseError."""
        if not self.path(WATCH).exists():
            words = tr("{path}: is missing, so nothing says what is looked at; copy it from the last release")
            raise CommandError(words.format(path=self.path(WATCH)))
        watch = read_watch(self.text(WATCH), f"{log.FOLDER}/{WATCH}")
        seen = Seen(
            looks=self.entries(log.Look, log.LOOKS),
            readings=self.entries(log.Reading, log.READINGS),
            changes=self.entries(log.Change, log.CHANGES),
            last=self.last,
            releases=self.entries(ReleaseMade, RELEASES),
        )
        return due(self.values, watch, seen)

    def named(self, address: str) -> Value:
        """Return the value of an address. Raises CommandError."""
        found = find(self.values, address)
        if isinstance(found, str):
            raise CommandError(found)
        return found

    def add(self, name: str, added: tuple[Record, ...]) -> Mapping[Path, str]:
        """Return the file of a list with further entries, to be written."""
        return {self.path(name): log.with_entries(self.text(name), added)}


def curated(options: argparse.Namespace) -> Curated:
    """Return the release that is named, else the shipped one. Raises CommandError."""
    return Curated(folder_of(options) or paths.evidence_dir())


def waiting_words(folder: Path) -> str:
    """Return how many values of a release wait for readers; empty where none does, or no list says what was read.

    Raises BrokenReleaseError.
    """
    release = Curated(folder)
    n = len(release.queue()) if release.path(RELEASED).exists() else 0
    words = trn(
        "{n} value waits for readers: 'her2board evidence queue'",
        "{n} values wait for readers: 'her2board evidence queue'",
        n,
    )
    return words.format(n=n) if n else ""


def write_all(texts: Mapping[Path, str]) -> None:
    """Write files, all of them or none. Raises CommandError."""
    before = {path: path.read_bytes() for path in texts if path.exists()}
    try:
        for path, text in texts.items():
            path.parent.mkdir(exist_ok=True)
            write(path, text.encode())
            path.chmod(0o644)  # files of a release are for everyone who uses the program
    except CommandError:
        for path, data in before.items():
            if path.read_bytes() != data:
                write(path, data)
        raise


def add_who(parser: Parser) -> None:
    """Add '--as' and '--on'."""
    parser.add_argument("--as", dest="by", type=_name, required=True, metavar="NAME", help=tr("who does it"))
    parser.add_argument("--on", type=day, metavar="DATE", help=tr("the day it is recorded for (default: today)"))


def add_why(parser: Parser) -> None:
    """Add '--because', '--source', '--as' and '--on'."""
    parser.add_argument("--because", type=_name, required=True, metavar="WORDS", help=tr("the reason"))
    words = tr("what was read for it: publication, place inside it, kind of reading ({kinds})")
    kinds = ", ".join(ReadIn)
    names = ("REFERENCE", "PLACE", "KIND")
    parser.add_argument("--source", nargs=3, metavar=names, help=words.format(kinds=kinds))
    add_who(parser)


def why_of(options: argparse.Namespace, release: Curated) -> Why:
    """Return reason, name, day and source of a change. Raises CommandError."""
    return Why(release.version, options.because, options.by, options.on or today(), _source(options, release))


def _source(options: argparse.Namespace, release: Curated) -> Source | None:
    if options.source is None:
        return None
    ref, locator, read_in = options.source
    release.named(f"references/{ref}")
    try:
        return Source(ref=ref, locator=locator, read_in=ReadIn(read_in))
    except (ValueError, ValidationError) as error:
        kinds = ", ".join(ReadIn)
        words = tr("--source: '{found}' is no kind of reading; one of {kinds}")
        raise CommandError(words.format(found=read_in, kinds=kinds)) from error


def _name(text: str) -> str:
    if text.strip():
        return text.strip()
    raise argparse.ArgumentTypeError(tr("empty; some words are needed"))
