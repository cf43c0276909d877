"""Reads a drug name with everything written around it. A name is known only when nothing is left over."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Literal

from msgspec import Struct, field

from her2board.case.doubt import is_doubtful
from her2board.case.drug_text import Folded, Piece, dose_at, fold, pieces

Ids = tuple[str, ...]
_LONGEST_NAME = 12
"""Words and marks of the longest name known."""
_BETWEEN_LINES = (",", ";", "\n")
"""After these a dose may follow the drug it belongs to, and nothing at all at the end of a line."""


class NameReading(Struct, frozen=True):
    """How one text is read. Without ``ids`` it is not a known name, and nothing may be concluded from it."""

    written: str
    ids: Ids = ()
    """Drugs, and groups of which one drug is meant."""
    open: Ids = ()
    """Those of ``ids`` that are groups: which of their drugs was given is asked."""
    names: tuple[str, ...] = ()
    """The names alone, as written: what a list of drugs holds."""
    note: str = ""
    """Dose, schedule and route, as written."""
    route: Literal["", "intrathecal"] = ""

    @property
    def kind(self) -> Literal["known", "shorthand", "not_known"]:
        """Known drugs, a shorthand that leaves a drug open, or not a known name."""
        return "shorthand" if self.open else "known" if self.ids else "not_known"


_DEEPEST_BRACKET = 3
"""Brackets inside each other; a text of hundreds is no name."""


class Lookup(Struct, frozen=True):
    """What the reading needs of a vocabulary."""

    by_key: Mapping[str, Ids]
    members: Callable[[str], frozenset[str]]
    either: Callable[[Ids, Ids], bool]
    """Return whether two drugs with a slash between them are alternatives: 'docetaxel/paclitaxel'."""


def read_name(text: str, lookup: Lookup) -> NameReading:
    """Read 'Enhertu 5.4 mg/kg q3w', 'docetaxel + Phesgo', 'THP (docetaxel)'; 'no Enhertu' is not a known name."""
    folded = fold(text)
    parts = _Reader(folded, tuple(pieces(folded)), lookup).parts(inside=False)
    if parts is None or any(
        part.follows == "/" and lookup.either(last.ids, part.ids) for last, part in pairwise(parts)
    ):
        return NameReading(text)
    ids = tuple(dict.fromkeys(id_ for part in parts for id_ in part.ids))
    return NameReading(
        text,
        ids,
        tuple(id_ for id_ in ids if len(lookup.members(id_)) > 1),
        tuple(dict.fromkeys(folded.original(part.start, part.end) for part in parts)),
        _note(folded, parts),
        "intrathecal" if any(part.intrathecal for part in parts) else "",
    )


def _note(folded: Folded, parts: Sequence["_Part"]) -> str:
    """Return the doses as written, each with its drug where there are several."""
    doses = [" ".join(folded.original(*place) for place in part.doses) for part in parts]
    if len(parts) == 1:
        return doses[0]
    named = zip((folded.original(part.start, part.end) for part in parts), doses, strict=True)
    return "; ".join(f"{name} {dose}" for name, dose in named if dose)


def unsettles(text: str) -> bool:
    """Tell whether a text in a list of drugs is no drug but says something of the others: 'declined', '?', '✗'."""
    return is_doubtful(text) or not any(piece.kind == "word" for piece in pieces(fold(text)))


def names_inside(text: str, lookup: Lookup) -> Ids:
    """Return what the known names inside a text mean, whatever is around them: only to be offered."""
    folded = fold(text)
    return tuple(dict.fromkeys(_Reader(folded, tuple(pieces(folded)), lookup).names()))


class _Part(Struct):
    """What is between two separators: one drug or regimen with its doses."""

    follows: str = ""
    ids: Ids = ()
    start: int = 0
    end: int = 0
    doses: list[tuple[int, int]] = field(default_factory=list)
    intrathecal: bool = False

    def named(self, ids: Ids, start: int, end: int) -> bool:
        """Take a name; False when it is another drug than the one already named here."""
        if self.ids:
            return set(self.ids) == set(ids)
        self.ids, self.start, self.end = ids, self.start if self.intrathecal else start, end
        return True

    def given_by(self, route: Piece) -> None:
        """Take the route into the name itself: it is another use of the drug."""
        if not self.ids:
            self.start = route.start
        self.end = route.end
        self.intrathecal = True


class _Reader:
    """Walks over the pieces of one text."""

    def __init__(self, folded: Folded, found: tuple[Piece, ...], lookup: Lookup) -> None:
        self._folded = folded
        self._pieces = found
        self._lookup = lookup
        self._at = 0
        self._depth = 0

    def parts(self, *, inside: bool) -> list[_Part] | None:
        """Return the drugs up to the end of the text or bracket; None as soon as something is left over."""
        parts = [_Part()]
        while self._at < len(self._pieces):
            piece = self._pieces[self._at]
            if piece.kind == "close":
                self._at += 1
                return _tidied(parts, inside=True) if inside else None
            if not self._step(piece, parts):
                return None
        return None if inside else _tidied(parts, inside=False)

    def names(self) -> Iterator[str]:
        """Yield what each known name means."""
        while self._at < len(self._pieces):
            name = self._name()
            if name is None:
                self._at += 1
            else:
                yield from name[0]

    def _step(self, piece: Piece, parts: list[_Part]) -> bool:
        """Take one name, dose, separator or bracket; False when it is none of these."""
        part = parts[-1]
        if (name := self._name()) is not None:
            return part.named(*name)
        if piece.kind in ("word", "mark") and (dose := dose_at(self._folded, piece.start)):
            if dose.kind == "route":
                part.given_by(dose)
            else:
                part.doses.append((dose.start, dose.end))
            while self._at < len(self._pieces) and self._pieces[self._at].start < dose.end:
                self._at += 1
            return True
        self._at += 1
        if piece.kind == "separator":
            if piece.key != "=":
                parts.append(_Part(piece.key))
            return bool(piece.key != "=" or part.ids)
        return piece.kind == "open" and self._bracket(part)

    def _name(self) -> tuple[Ids, int, int] | None:
        """Return the longest name that begins here, with its place."""
        first = self._at
        if self._pieces[first].kind != "word":
            return None
        key, found = "", None
        for place, piece in enumerate(self._pieces[first : first + _LONGEST_NAME], first):
            key += _in_key(piece)
            if piece.kind in ("word", "close") and (ids := self._lookup.by_key.get(key)):
                found = ids, self._pieces[first].start, piece.end
                self._at = place + 1
        return found

    def _bracket(self, part: _Part) -> bool:
        """Take a bracket behind a name: its doses, the same drug again, or the drug that a shorthand left open."""
        if self._depth == _DEEPEST_BRACKET:
            return False
        self._depth += 1
        inner = self.parts(inside=True)
        self._depth -= 1
        if inner is None:
            return False
        part.doses += [place for entry in inner for place in entry.doses]
        if any(entry.intrathecal for entry in inner):
            part.intrathecal, part.end = True, self._pieces[self._at - 1].end
        again = tuple(dict.fromkeys(id_ for entry in inner for id_ in entry.ids))
        if again and set(again) != set(part.ids):
            narrowed = self._narrowed(part.ids, again)
            if narrowed != part.ids:
                part.end = self._pieces[self._at - 1].end
            part.ids = narrowed
        return bool(part.ids) or not again

    def _narrowed(self, ids: Ids, again: Ids) -> Ids:
        """Return what a name means once its bracket says which drugs; nothing when the two disagree."""
        members = self._lookup.members
        groups = [id_ for id_ in ids if len(members(id_)) > 1]
        certain = [id_ for id_ in ids if id_ not in groups]
        if not groups:
            return ids if all(set(ids) <= members(id_) for id_ in again) else ()
        chosen = [id_ for id_ in again if id_ not in certain]
        if 0 < len(again) - len(chosen) < len(certain) or not all(len(members(id_)) == 1 for id_ in chosen):
            return ()
        if not certain and len(groups) == 1:
            return again if members(groups[0]).issuperset(again) else ()
        for id_ in chosen:
            group = next((group for group in groups if id_ in members(group)), None)
            if group is None:
                return ()
            groups.remove(group)
        return (*chosen, *certain, *groups)


def _in_key(piece: Piece) -> str:
    """Return how a piece counts inside a name; a line break inside a name is a space."""
    if piece.kind == "separator":
        return "" if piece.key == "\n" else "+"
    return piece.key


def _tidied(parts: list[_Part], *, inside: bool) -> list[_Part] | None:
    """Return the parts that name drugs, doses given to the drug before; None when a separator has nothing to part."""
    kept: list[_Part] = []
    for part in parts:
        if part.ids:
            kept.append(part)
        elif part.doses and kept and part.follows in (*_BETWEEN_LINES, "/"):
            kept[-1].doses += part.doses
        elif (part.doses or part.intrathecal) and inside:
            kept.append(part)
        elif part.doses or part.intrathecal or part.follows not in _BETWEEN_LINES:
            return None
    return kept or None
