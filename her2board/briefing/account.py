"""What of a case a page does not show: found by comparing all that is recorded with the words that were written."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from msgspec import Struct

from her2board.briefing.annex_choice import AnnexChoice
from her2board.briefing.formats import lower
from her2board.briefing.model import Run, Shortening
from her2board.case.model import Case
from her2board.case.recorded import Recorded, recorded
from her2board.evidence.library import EvidenceLibrary
from her2board.wording import tr, trn

_SAYS = "says:"
_BY_THE_HEADER = ("code", "origin", "status")
"""Fields that every page says in its header, in words of their own."""


def not_shown(case: Case, written: Iterable[Run], library: EvidenceLibrary) -> tuple[Recorded, ...]:
    """Return what is recorded in a case but not said by ``written``, in the order of the form.

    A value is said by words that come from its field, from the list it is in, or from a fact that rests on it, where
    they contain it; or by words whose origin says so. Rather named once too often than left out unsaid.
    """
    texts = _texts_by_place(written, library)
    whole = "\n".join(texts.get("", ()))
    return tuple(value for value in recorded(case) if not _by_the_header(value, whole) and not _said(value, texts))


class Placed(Struct, frozen=True):
    """Where the values are that a case records."""

    on_page: int
    """In full on the page."""
    in_annex: int
    """In the annex only."""
    left: tuple[Recorded, ...]
    """Neither on the page nor in the annex."""


def placed(
    case: Case, left: Sequence[Recorded], annexed: Iterable[Run], annex: AnnexChoice, library: EvidenceLibrary
) -> Placed:
    """Return where the values of a case are: ``left`` is not on its page, ``annexed`` was written in its annex."""
    still = tuple(left)
    if annex != "none":
        lost = {value.path for value in not_shown(case, annexed, library)}
        still = tuple(value for value in left if value.path in lost)
    return Placed(sum(1 for _ in recorded(case)) - len(left), len(left) - len(still), still)


def account(where: Placed, shortened: Sequence[Shortening], annex: AnnexChoice) -> str:
    """Return in one line what is where, what is not shown by the labels of the fields, and how much was shortened."""
    parts = []
    if annex != "none":
        page, behind = where.on_page, where.in_annex
        words = trn("{n} recorded value on the page", "{n} recorded values on the page", page).format(n=page)
        parts.append(tr("{on_page}, {n} in the annex").format(on_page=words, n=behind))
    if where.left:
        words = tr("not on the page: {fields}") if annex == "none" else tr("not on the page or in the annex: {fields}")
        parts.append(words.format(fields="; ".join(named(where.left))))
    if shortened:
        n = len(shortened)
        parts.append(trn("shortened to fit in {n} place", "shortened to fit in {n} places", n).format(n=n))
    return "; ".join(parts)


def named(left: Sequence[Recorded]) -> Iterator[str]:
    """Yield the labels of fields; of an entry of a list, with the columns in brackets."""
    for label, values in groupby(left, key=lambda value: value.label):
        columns = ", ".join(lower(value.column) for value in values if value.column)
        yield f"{label} ({columns})" if columns else label


def _texts_by_place(written: Iterable[Run], library: EvidenceLibrary) -> dict[str, list[str]]:
    """Return the texts that were written by the field or list they come from; all of them under no name."""
    texts: dict[str, list[str]] = {"": []}
    for run in written:
        texts[""].append(run.text)
        for place in _places(run, library):
            texts.setdefault(place, []).append(run.text)
    return texts


def _places(run: Run, library: EvidenceLibrary) -> Iterable[str]:
    for origin in run.origin:
        kind, _, name = origin.partition(":")
        if kind == "case":
            yield name
        elif kind == "says":
            yield _SAYS + name
        elif kind == "fact":
            yield from library.catalogue[name].fields


def _by_the_header(value: Recorded, whole: str) -> bool:
    if value.path in _BY_THE_HEADER:
        return True
    identifying = value.field is not None and value.field.info.identifying
    return identifying and all(_contains(whole, words, value.kind) for words in value.words)


def _said(value: Recorded, texts: Mapping[str, Sequence[str]]) -> bool:
    if _SAYS + value.path in texts:
        return True
    around = "\n".join(text for place in _around(value.path) for text in texts.get(place, ()))
    if value.kind in ("flag", "list"):
        return False
    if value.kind == "reason":
        return around != ""
    return all(
        f"{_SAYS}{value.path}[{n}]" in texts or any(_contains(around, form, value.kind) for form in forms)
        for n, forms in enumerate(zip(value.words, value.plain, strict=True))
    )


def _around(path: str) -> Iterable[str]:
    """Yield a path and every list or field around it."""
    yield path
    for found in re.finditer(r"[.\[]", path):
        yield path[: found.start()]


def _contains(text: str, words: str, kind: str) -> bool:
    if kind in ("text", "texts"):
        return "".join(words.split()).rstrip(".") in "".join(text.split())
    return re.search(rf"(?<![\w.,]){re.escape(words)}(?![.,]?\w)", text) is not None
