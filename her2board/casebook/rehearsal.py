"""Compares a backup with the casebook it was made of: record by record, version by version, and the audit."""

from collections.abc import Iterator, Sequence
from itertools import islice

from her2board.casebook.storage import Storage
from her2board.casebook.stored import CASE, MEETING, SIGNED, StoredCasebook
from her2board.wording import tr

_MOST = 20
"""Problems named; one is enough."""


def differences_of(book: StoredCasebook, backup: Storage) -> Sequence[str]:
    """Return what a backup holds that the casebook never held, or lacks, in words; nothing where it is sound."""
    found = [*backup.problems(), *islice(_audit(book, backup), _MOST)]
    return [*found, *islice(_records(book, backup), _MOST)]


def _audit(book: StoredCasebook, backup: Storage) -> Iterator[str]:
    ours = book.storage.sealed()
    number = 0
    for number, text, seal in backup.sealed():
        if next(ours, None) != (number, text, seal):
            yield tr("audit entry {number} is not that of the casebook").format(number=number)
            return
    if backup.last()[0] != number:
        yield tr("the end of the audit is missing")


def _records(book: StoredCasebook, backup: Storage) -> Iterator[str]:
    """Yield records that differ; what was written since the backup was made is newer in the casebook, or gone."""
    until = backup.last()[0]
    for kind in (CASE, MEETING, SIGNED):
        held: dict[str, int] = {brief.key: brief.version for brief in backup.briefs(kind)}
        for key, version in held.items():
            here = dict(book.storage.heads(kind, key))
            there = backup.heads(kind, key)
            if here and [number for number, _ in there] != list(range(version, 0, -1)):
                yield tr("{kind} {key}: versions are missing").format(kind=kind, key=key)
            for number, _ in there if here else ():
                if backup.at(kind, key, number) != book.storage.at(kind, key, number):
                    yield tr("{kind} {key}, version {n} differs").format(kind=kind, key=key, n=number)
        later = set(book.changed_since(until)[1])
        for brief in book.storage.briefs(kind):
            if brief.key not in held and brief.key.partition(" ")[0] not in later and kind != SIGNED:
                yield tr("{kind} {key} is missing").format(kind=kind, key=brief.key)
