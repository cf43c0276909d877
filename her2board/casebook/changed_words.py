"""What changed between two versions of a case or a meeting, in words."""

from collections.abc import Iterator, Mapping

from her2board.case.kept import place_of, source_words, text_words
from her2board.case.model import Case
from her2board.case.recorded import Recorded, recorded
from her2board.wording import tr, trn

_MOST = 12
"""Lines of one version; the versions themselves hold the rest."""


def changed_words(before: Case | None, after: Case) -> str:
    """Return what changed, a line for each value; empty where nothing did."""
    if before is None:
        return tr("added")
    old, new = ({value.path: value for value in recorded(case)} for case in (before, after))
    lines = [*_lines(old, new), *_kept(before, after)]
    if before.code != after.code and "code" not in {*old, *new}:
        lines.insert(
            0,
            tr("{label}: {after} (before: {before})").format(
                label=tr("Case code"), after=after.code, before=before.code
            ),
        )
    more = len(lines) - _MOST
    if more > 0:
        lines[_MOST:] = [trn("and {n} more value", "and {n} more values", more).format(n=more)]
    return "\n".join(lines)


def _lines(old: Mapping[str, Recorded], new: Mapping[str, Recorded]) -> Iterator[str]:
    for path in dict.fromkeys((*new, *old)):
        was, is_ = old.get(path), new.get(path)
        if was is None and is_ is not None:
            yield tr("{label}: {after}").format(label=_label(is_), after=", ".join(is_.words))
        elif was is not None and is_ is None:
            yield tr("{label}: removed (before: {before})").format(label=_label(was), before=", ".join(was.words))
        elif was is not None and is_ is not None and was.words != is_.words:
            form = tr("{label}: {after} (before: {before})")
            yield form.format(label=_label(is_), after=", ".join(is_.words), before=", ".join(was.words))


def _kept(before: Case, after: Case) -> Iterator[str]:
    """Yield what the latest version keeps of reports and records, and the texts it keeps no more."""
    for one in after.sentences:
        if one not in before.sentences and (place := place_of(one.field)):
            words = tr("{label}: read from {source}")
            yield words.format(label=place.label, source=source_words(one.source))
    for text in after.texts:
        if text not in before.texts:
            yield tr("text kept with the case: {text}").format(text=text_words(text))
    for text in before.texts:
        if text not in after.texts:
            yield tr("text removed from the case: {text}").format(text=text_words(text))


def _label(value: Recorded) -> str:
    return f"{value.label}, {value.column}" if value.column else value.label
