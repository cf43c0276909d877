"""Reads a clinic's local file from YAML, and writes it; every problem is reported with line, value and remedy."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from her2board.evidence import yaml as strict_yaml
from her2board.evidence.checks import leaf_problems, unknown_name
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.naming import NamedKind, Names, Place, parts
from her2board.evidence.overlay import Overlay
from her2board.evidence.problems import Problem
from her2board.evidence.shape import shape_problems
from her2board.logic.criteria import AllOf, AnyOf, Leaf, Negation
from her2board.wording import trn

_MOST = 20
"""Problems that are named at once."""
_LONGEST = 400
"""Letters of a problem; what was written may be of any length."""
_DATED = ("formulary", "trials", "statements")


class BrokenOverlayError(Exception):
    """A local file cannot be used; ``problems`` holds everything found, the message all of it in words."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = tuple(sorted(problems))
        n = len(self.problems)
        head = trn("the local file has {n} problem:", "the local file has {n} problems:", n).format(n=n)
        more = ("…",) if n > _MOST else ()
        super().__init__("\n".join((head, *map(str, self.problems[:_MOST]), *more)))


def parse_overlay(text: str, file: str, library: EvidenceLibrary) -> Overlay:
    """Return the local file in ``text``, checked against a release; ``file`` names it in messages.

    Raises BrokenOverlayError with every problem found.
    """
    data, problem = strict_yaml.read(text, file)
    if problem is not None:
        raise BrokenOverlayError((problem,))
    found: dict[Place, str] = {}
    overlay, refused = None, None
    try:
        overlay = Overlay.model_validate(data)
    except ValidationError as error:
        refused = error
    shape = () if refused is None else (*_foreign(refused), *shape_problems(refused, data))
    for place, message in (*_names(data, library), *shape, *_ids(data, library), *_days(data)):
        found.setdefault(place, message)
    if found or overlay is None:
        raise BrokenOverlayError(
            tuple(Problem(file, strict_yaml.line_of(text, place), _cut(words)) for place, words in found.items())
        )
    return overlay


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"


def _foreign(error: ValidationError) -> Iterator[tuple[Place, str]]:
    """Yield the fields that a local file has not: whoever writes one may want to change the evidence with it."""
    for detail in error.errors(include_url=False):
        if detail["type"] == "extra_forbidden":
            words = "{field}: a local file has no such field; it adds to the evidence and can change nothing of it"
            yield tuple(detail["loc"]), words.format(field=".".join(map(str, detail["loc"])))


def _names(data: Any, library: EvidenceLibrary) -> Iterator[tuple[Place, str]]:
    """Yield what is named and does not exist, and comparisons that cannot be made."""
    known: dict[NamedKind, Collection[str]] = {
        "fact": library.catalogue,
        "drug": library.vocabulary.drugs,
        "field": [limit.field for limit in library.release.freshness],
    }
    if library.options:  # none where comparison is switched off
        known["option"] = library.options_by_id
    for place, part, value in parts(Overlay, data):
        if isinstance(part, Names):
            for words in unknown_name(part.kind, value, known):
                ids = library.vocabulary.resolve(value) if part.kind == "drug" else ()
                yield place, f"no drug has the id '{value}'; write {' and '.join(ids)}" if ids else words
        elif part is Leaf:
            yield from (((*place, *inner), words) for inner, words in leaf_problems(value, library.catalogue, known))


def _ids(data: Any, library: EvidenceLibrary) -> Iterator[tuple[Place, str]]:
    """Yield ids that something shipped has, and duplicates: what is local is never taken for a record."""
    shipped, own = _shipped(library), set[Any]()
    for part in ("trials", "statements"):
        for index, entry in enumerate(_entries(data, part)):
            id_ = _text(entry, "id")
            if id_ in shipped:
                words = (
                    "the id '{id}' belongs to {what} of the evidence, which a local file cannot replace; choose another"
                )
                yield (part, index, "id"), words.format(id=id_, what=shipped[id_])
            elif id_ in own and id_:
                yield (part, index, "id"), f"the id '{id_}' is a duplicate"
            own.add(id_)
    own.clear()
    for index, entry in enumerate(_entries(data, "formulary")):
        about = _text(entry, "drug"), _text(entry, "option")
        if about in own and any(about):
            yield ("formulary", index), f"'{about[0] or about[1]}' is a duplicate in the formulary"
        own.add(about)


def _shipped(library: EvidenceLibrary) -> dict[Any, str]:
    """Return the id of every record, with what it is."""
    pause = library.pause
    groups = (pause.alternatives, pause.reasonable, pause.context, pause.if_chosen, pause.deferral, pause.must_know)
    return {
        **dict.fromkeys((item.id for group in groups for item in group), "a point before whole-brain radiotherapy"),
        **dict.fromkeys((note.id for group in library.background for note in group.notes), "a background note"),
        **dict.fromkeys((record.id for record in library.local_therapy), "a trial"),
        **dict.fromkeys((caution.id for caution in library.cautions), "a caution"),
        **dict.fromkeys((conflict.id for conflict in library.conflicts), "a conflict"),
        **dict.fromkeys(library.references, "a reference"),
        **dict.fromkeys((group.id for group in library.guidelines), "a guideline"),
        **dict.fromkeys(library.statements, "a statement"),
        **dict.fromkeys(library.options_by_id, "an option"),
        **dict.fromkeys(library.trials_by_id, "a trial"),
    }


def _days(data: Any) -> Iterator[tuple[Place, str]]:
    """Yield what was looked at after the file was last changed: such an entry would never grow old."""
    changed = data.get("changed_on") if isinstance(data, dict) else None
    if not isinstance(changed, str):
        return
    for part in _DATED:
        for index, entry in enumerate(_entries(data, part)):
            yield from _too_late((part, index), entry, changed)
    services = data.get("radiotherapy")
    for name, entry in services.items() if isinstance(services, dict) else ():
        yield from _too_late(("radiotherapy", name), entry, changed)


def _too_late(place: Place, entry: Any, changed: str) -> Iterator[tuple[Place, str]]:
    seen = entry.get("looked_at") if isinstance(entry, dict) else None
    if isinstance(seen, str) and seen > changed:
        yield (*place, "looked_at"), f"{seen} is after the file was last changed ({changed}): correct one of both"


def _text(entry: Mapping[str, Any], name: str) -> str:
    """Return a text of an entry; empty for anything else, which is reported with its shape."""
    found = entry.get(name)
    return found if isinstance(found, str) else ""


def _entries(data: Any, part: str) -> Iterator[Mapping[str, Any]]:
    listed = data.get(part) if isinstance(data, dict) else None
    for entry in listed if isinstance(listed, tuple) else ():
        yield entry if isinstance(entry, dict) else {}


def overlay_text(overlay: Overlay) -> str:
    """Return a local file as YAML; ``parse_overlay`` reads the same from it."""
    import yaml  # written rarely; the strict reader needs the parser alone

    body: str = yaml.safe_dump(_plain(overlay), sort_keys=False, allow_unicode=True, width=110)
    return f"# Local file of a clinic, no evidence.\n{body}"


def _plain(value: Any) -> Any:
    """Return a record as lists, keys and words, without what is empty or as the program has it."""
    match value:
        case Leaf():
            operand = list(value.operand) if isinstance(value.operand, tuple) else value.operand
            return {"fact": value.fact, value.operator: operand}
        case AllOf() | AnyOf():
            return {"all" if isinstance(value, AllOf) else "any": [_plain(part) for part in value.parts]}
        case Negation():
            return {"not": _plain(value.not_)}
        case BaseModel():
            fields = type(value).model_fields
            said = ((name, getattr(value, name)) for name in fields)
            return {name: _plain(one) for name, one in said if one != fields[name].default}
        case tuple():
            return [_plain(part) for part in value]
        case str():
            return str(value)
    return value
