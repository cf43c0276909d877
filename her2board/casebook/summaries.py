"""What a list shows of every case: read when it is asked for, so that a large casebook opens at once."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from her2board.casebook.book import Kept
from her2board.casebook.model import CaseSummary
from her2board.casebook.storage import Brief

_PAGE = 64
"""Briefs fetched together: whoever asks for one case of a list asks for its neighbours."""


class Summaries(Mapping[str, Kept[CaseSummary]]):
    """The summaries of cases by id, each as it was when it was first asked for.

    ``read`` returns the briefs of some ids; a case removed meanwhile is a KeyError.
    """

    def __init__(
        self,
        ids: Sequence[str],
        read: Callable[[Sequence[str]], Iterator[Brief]],
        parse: Callable[[Brief], Kept[CaseSummary]],
    ) -> None:
        self._places = {key: place for place, key in enumerate(ids)}
        self._ids, self._read, self._parse = list(ids), read, parse
        self._briefs: dict[str, Brief] = {}
        self._known: dict[str, Kept[CaseSummary]] = {}

    def __getitem__(self, key: str) -> Kept[CaseSummary]:
        if key in self._known:
            return self._known[key]
        if key not in self._briefs:
            first = self._places[key] // _PAGE * _PAGE
            self._briefs = {brief.key: brief for brief in self._read(self._ids[first : first + _PAGE])}
        found = self._known[key] = self._parse(self._briefs[key])
        return found

    def __contains__(self, key: object) -> bool:
        return key in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)
