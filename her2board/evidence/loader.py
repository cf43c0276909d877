"""Loads a release from YAML. Any problem refuses the whole release; all problems are reported together."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from msgspec import Struct, field
from pydantic import BaseModel, ValidationError

from her2board import paths
from her2board.case.drugs import DrugList, Vocabulary
from her2board.case.reading import SMALL_FILE, read_text
from her2board.evidence import files, withdrawn
from her2board.evidence import records as r
from her2board.evidence import yaml as strict_yaml
from her2board.evidence.checks import Document, check
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.naming import Place
from her2board.evidence.problems import BrokenReleaseError, Problem
from her2board.evidence.references import Reference
from her2board.evidence.release_records import Release
from her2board.evidence.shape import shape_problems

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
_SINGLES: dict[str, type[BaseModel]] = dict(zip(files.SINGLES, (Release, DrugList, r.Pause, r.Conflicts), strict=True))
MODELS = (*_SINGLES.values(), *_FOLDERS.values())
"""Every kind of record that is a file of its own."""


class _Reading(Struct):
    """What was read of a release so far, and every problem met."""

    texts: dict[str, str] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    records: dict[str, BaseModel] = field(default_factory=dict)
    problems: dict[tuple[str, Place], Problem] = field(default_factory=dict)
    """By file and place: a value that is wrong in two ways is reported once."""

    def complain(self, file: str, place: Place, message: str) -> None:
        """Note a problem at a place inside a file."""
        if (file, place) not in self.problems:
            line = strict_yaml.line_of(self.texts[file], place) if file in self.texts else 0
            self.problems[file, place] = Problem(file, line, message)

    def of(self, model: type[ModelT]) -> tuple[ModelT, ...]:
        """Return the records of one kind."""
        return tuple(record for record in self.records.values() if isinstance(record, model))


def load_release(folder: Path | None = None, edited: Mapping[str, str] | None = None) -> EvidenceLibrary:
    """Return the checked release in ``folder`` (the shipped one by default); ``edited`` texts replace its files.

    Raises BrokenReleaseError with every problem found.
    """
    folder = folder or paths.evidence_dir()
    found = _Reading()
    for name in files.names(folder):
        _read(found, folder / name, name, (edited or {}).get(name))
    for file, place, message in check(found.documents):
        found.complain(file, place, message)
    if found.problems:
        raise BrokenReleaseError(tuple(found.problems.values()))
    return _assemble(found)


def documents_of(texts: Mapping[str, str]) -> dict[str, Document]:
    """Return what the files of a release hold, by name, however broken; None for what is not readable."""
    return {name: Document(_model_of(name), strict_yaml.read(text, name)[0]) for name, text in texts.items()}


def _model_of(name: str) -> type[BaseModel]:
    return _SINGLES.get(name) or _FOLDERS[name.partition("/")[0]]


def _read(found: _Reading, path: Path, name: str, edited: str | None) -> None:
    model = _model_of(name)
    found.documents[name] = Document(model, None)
    try:
        text = read_text(path, SMALL_FILE) if edited is None else edited
    except OSError as error:
        found.complain(name, (), f"cannot be read: {error.strerror or error}; install the program or the pack again")
        return
    except UnicodeDecodeError as error:
        found.complain(name, (), f"cannot be read: {error}")
        return
    data, problem = strict_yaml.read(text, name)
    if problem is not None:
        found.problems[name, ()] = problem
        return
    found.texts[name], found.documents[name] = text, Document(model, data)
    try:
        found.records[name] = model.model_validate(data)
    except ValidationError as error:
        for place, message in shape_problems(error, data):
            found.complain(name, place, message)


def _assemble(found: _Reading) -> EvidenceLibrary:
    (release,), (drugs,), (pause,) = found.of(Release), found.of(DrugList), found.of(r.Pause)
    (conflicts,), gone = found.of(r.Conflicts), withdrawn.withdrawn_values(found.documents)
    trials, groups, options = found.of(r.Trial), found.of(r.GuidelineGroup), found.of(r.SequencingOption)
    cautions, local, background = found.of(r.Caution), found.of(r.LocalTherapyTrial), found.of(r.BackgroundNotes)
    sides = conflicts.conflicts
    if gone:
        trials, groups = withdrawn.current_trials(trials), withdrawn.current_guidelines(groups)
        options, sides = tuple(withdrawn.current_options(options, trials)), withdrawn.current_conflicts(sides, groups)
        cautions, local = withdrawn.current(cautions), withdrawn.current_local(local)
        background = withdrawn.current_background(background)
    return EvidenceLibrary(
        release=release,
        vocabulary=Vocabulary(drugs),
        references={reference.id: reference for reference in found.of(Reference)},
        trials=trials,
        guidelines=groups,
        conflicts=sides,
        options=tuple(sorted(options, key=lambda option: (option.order, option.id))),
        cautions=cautions,
        local_therapy=local,
        background=background,
        pause=pause,
        content_hash=files.content_hash(found.texts),
        withdrawn=gone,
    )


def problems_of(folder: Path | None = None, edited: Mapping[str, str] | None = None) -> Iterable[Problem]:
    """Return every problem of a release; nothing when it can be used."""
    try:
        load_release(folder, edited)
    except BrokenReleaseError as error:
        return error.problems
    return ()
