"""Loads a release from YAML. Any problem refuses the whole release; all problems are told at once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from her2board import paths
from her2board.case.drugs import DrugList, Vocabulary
from her2board.evidence import files
from her2board.evidence import records as r
from her2board.evidence import yaml as strict_yaml
from her2board.evidence.checks import check
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.problems import BrokenReleaseError, Problem
from her2board.evidence.references import Reference

ModelT = TypeVar("ModelT", bound=BaseModel)
_FOLDERS: dict[str, type[BaseModel]] = dict(
    zip(
        files.FOLDERS,
        (
            Reference,
            r.Trial,
            r.GuidelineGroup,
            r.SequencingOption,
            r.Caution,
            r.LocalTherapyTrial,
            r.BackgroundNotes,
        ),
        strict=True,
    )
)
_SINGLES: dict[str, type[BaseModel]] = dict(
    zip(files.SINGLES, (r.Release, DrugList, r.Pause, r.Conflicts), strict=True)
)
MODELS = (*_SINGLES.values(), *_FOLDERS.values())
"""Every kind of record that is a file of its own."""


@dataclass
class Files:
    """The files read so far, their records, and every problem met."""

    folder: Path
    texts: dict[str, str] = field(default_factory=dict)
    records: dict[str, BaseModel] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def complain(self, file: str, location: tuple[Any, ...], message: str) -> None:
        """Note a problem at a place inside a file."""
        line = strict_yaml.line_of(self.texts[file], location) if file in self.texts else 0
        self.problems.append(Problem(file, line, message))

    def of(self, model: type[ModelT]) -> Iterator[tuple[str, ModelT]]:
        """Yield the files and records of one kind."""
        for file, record in self.records.items():
            if isinstance(record, model):
                yield file, record


def load_release(folder: Path | None = None) -> EvidenceLibrary:
    """Return the checked release in ``folder`` (the shipped one by default).

    Raises BrokenReleaseError with every problem found.
    """
    folder = folder or paths.evidence_dir()
    found = Files(folder)
    for name in files.names(folder):
        _read(found, name, _SINGLES.get(name) or _FOLDERS[name.partition("/")[0]])
    if found.problems:
        raise BrokenReleaseError(tuple(found.problems))
    library = _assemble(found)
    for file, location, message in check(library, dict(found.records)):
        found.complain(file, location, message)
    if found.problems:
        raise BrokenReleaseError(tuple(found.problems))
    return library


def _read(found: Files, name: str, model: type[BaseModel]) -> None:
    try:
        text = (found.folder / name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        found.problems.append(Problem(name, 0, f"cannot be read: {error}"))
        return
    found.texts[name] = text
    data, problem = strict_yaml.read(text, name)
    if problem is not None:
        found.problems.append(problem)
        return
    try:
        found.records[name] = model.model_validate(data)
    except ValidationError as error:
        for detail in _causes(error):
            found.complain(name, detail["loc"], _told(detail["loc"], detail["msg"], detail["input"]))


def _causes(error: ValidationError) -> list[Any]:
    """Return what is wrong without what only follows: a list counts as too short once its entry is refused."""
    details = error.errors(include_url=False)
    places = [detail["loc"] for detail in details]
    return [
        detail
        for detail in details
        if detail["type"] != "too_short"
        or not any(place != detail["loc"] and place[: len(detail["loc"])] == detail["loc"] for place in places)
    ]


def _told(location: tuple[Any, ...], message: str, value: Any) -> str:
    place = ".".join(map(str, location)) or "the document"
    shown = "" if isinstance(value, dict | tuple) else f" (found: {value!r})"
    return f"{place}: {message.removeprefix('Value error, ')}{shown}"


def _assemble(found: Files) -> EvidenceLibrary:
    def one(model: type[ModelT]) -> ModelT:
        return next(record for _, record in found.of(model))

    def many(model: type[ModelT]) -> tuple[ModelT, ...]:
        return tuple(record for _, record in found.of(model))

    return EvidenceLibrary(
        release=one(r.Release),
        vocabulary=Vocabulary(one(DrugList)),
        references={reference.id: reference for reference in many(Reference)},
        trials=many(r.Trial),
        guidelines=many(r.GuidelineGroup),
        conflicts=one(r.Conflicts).conflicts,
        options=tuple(sorted(many(r.SequencingOption), key=lambda option: (option.order, option.id))),
        cautions=many(r.Caution),
        local_therapy=many(r.LocalTherapyTrial),
        background=many(r.BackgroundNotes),
        pause=one(r.Pause),
        content_hash=files.content_hash(found.texts),
    )


def problems_of(folder: Path | None = None) -> Iterable[Problem]:
    """Return every problem of a release; nothing when it is whole."""
    try:
        load_release(folder)
    except BrokenReleaseError as error:
        return error.problems
    return ()
