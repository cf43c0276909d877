"""Lists what a person looks at before a case leaves without names: what is replaced, and what looks like a name."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Literal

from msgspec import Struct

from her2board.case.fields import field_by_path, item_fields
from her2board.case.identity import matcher_for, with_texts
from her2board.case.kept import place_of
from her2board.case.model import Case
from her2board.case.name_matching import Matcher
from her2board.case.name_signs import SignKind, signs
from her2board.case.terms import CaseOrigin, spoken
from her2board.wording import Marked, tr, trn

FoundKind = Literal["replaced", "like", SignKind]
_KINDS: dict[FoundKind, Marked] = {
    "replaced": "replaced: {words}",
    "like": "left, may be the patient: {words}",
    "name": "left, may be a name: {words}",
    "number": "left, may be a record number: {words}",
    "birth": "left, may be a date of birth: {words}",
    "contact": "left, an address: {words}",
}


class Found(Struct, frozen=True):
    """What of one text is replaced, or is left and may say who somebody is."""

    path: str
    text: str
    """The whole text, as it is recorded."""
    kinds: tuple[tuple[FoundKind, tuple[tuple[str, int], ...]], ...]
    """By kind, what was found as it is written, and how often."""

    @property
    def label(self) -> str:
        """The field in words; in a list, with the number of the entry."""
        return _label(self.path)

    def lines(self) -> Iterator[str]:
        """Yield a line per kind."""
        for kind, words in self.kinds:
            yield tr(_KINDS[kind]).format(words=", ".join(_counted(word, n) for word, n in words))


def look_through(case: Case, known: frozenset[str]) -> tuple[Found, ...]:
    """Return, text by text, what ``without_identity`` replaces and what is left that looks like a name.

    In a published or invented case without name and record number there is nobody to look for. ``known``: folded words
    of the names of drugs.
    """
    matcher = matcher_for(case, known)
    if matcher is None and case.origin != CaseOrigin.PATIENT:
        return ()
    found: list[Found] = []
    seen: set[str] = set()

    def look(path: str, text: str) -> str:
        path, again = _of_sentence(path, case) if path.startswith(_SENTENCES) else (path, False)
        if again and text in seen:
            return text
        seen.add(text)
        if kinds := _found_in(text, matcher, known, case.patient.birth_year):
            found.append(Found(path, text, tuple((kind, tuple(words.items())) for kind, words in kinds.items())))
        return text

    with_texts(case, look)
    return tuple(found)


def look_through_texts(texts: Mapping[str, str], case: Case, known: frozenset[str]) -> tuple[Found, ...]:
    """Return the same for texts that belong to a case and are kept elsewhere, by their labels."""
    matcher = matcher_for(case, known)
    if matcher is None and case.origin != CaseOrigin.PATIENT:
        return ()
    born = case.patient.birth_year
    looked = ((label, text, _found_in(text, matcher, known, born)) for label, text in texts.items() if text)
    return tuple(
        Found(label, text, tuple((kind, tuple(words.items())) for kind, words in kinds.items()))
        for label, text, kinds in looked
        if kinds
    )


def _found_in(
    text: str, matcher: Matcher | None, known: frozenset[str], birth_year: int | None
) -> dict[FoundKind, Counter[str]]:
    found: dict[FoundKind, Counter[str]] = {}

    def note(kind: FoundKind, start: int, end: int) -> None:
        found.setdefault(kind, Counter())[" ".join(text[start:end].split())] += 1

    hits = (*matcher.cuts(text), *matcher.doubts(text)) if matcher else ()
    for hit in hits:
        note("replaced" if hit.cut else "like", hit.start, hit.end)
    rest = text
    for hit in hits:
        rest = rest[: hit.start] + " " * (hit.end - hit.start) + rest[hit.end :]
    for sign in signs(rest, known, birth_year):
        note(sign.kind, sign.start, sign.end)
    return found


def _of_sentence(path: str, case: Case) -> tuple[str, bool]:
    """Return the place of a kept sentence with its field, and whether it is the value, which is that of the field."""
    number, _, part = path.removeprefix(_SENTENCES).partition("]")
    field = case.sentences[int(number)].field.removesuffix("[]")
    return f"{_SENTENCES}{field}]{part}", part.startswith(".value")


_SENTENCES = "sentences["


def _counted(words: str, times: int) -> str:
    return words if times == 1 else trn("{words} ({n} time)", "{words} ({n} times)", times).format(words=words, n=times)


def _label(path: str) -> str:
    listed, _, entry = path.partition("[")
    key, _, column = entry.partition("]")
    if listed == "absences":
        field = field_by_path().get(key)
        name = tr("{label}: not recorded").format(label=tr(field.info.label) if field else key)
        return f"{name}, {spoken(column.removeprefix('.'))}"
    if listed == "sentences":
        place = place_of(key)
        return tr("{label}: read from").format(label=place.label if place else key)
    if listed == "texts":
        return tr("Text kept with the case")
    field = field_by_path().get(listed)
    if field is None:
        return listed
    label = tr(field.info.label)
    if key.isdigit() and field.kind == "table":
        label = tr("{label}, entry {n}").format(label=label, n=int(key) + 1)
    known = {column.path: tr(column.info.label) for column in item_fields(field.item)} if field.item else {}
    return ", ".join(part for part in (label, known.get(column.removeprefix("."), "")) if part)
