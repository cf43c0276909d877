"""What a clinic sets for itself, in a file of its own: the evidence is never edited for it.

Limits of age go into the comparison; what is available here is written into a new case, where everybody sees it
and can change it. With matching off, and in a packet build whatever is set, nothing is compared: capture,
completeness and layout remain.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from msgspec.structs import replace
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from her2board import builds
from her2board.assessment.paper import Paper
from her2board.case.checks import problems_from
from her2board.case.edit import with_value
from her2board.case.fields import value_at
from her2board.case.model import Case
from her2board.case.reading import SMALL_FILE, read_whole
from her2board.case.terms import Availability
from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.records import Consideration
from her2board.wording import tr


class ClinicError(Exception):
    """The clinic's file cannot be used; the words name file, field and remedy."""


class Clinic(BaseModel):
    """``freshness``: how old a dated fact may be at the meeting, in days by field. ``drugs``: access by drug name."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    institution: Annotated[str, Field(max_length=200)] | None = None
    preparer: Annotated[str, Field(max_length=200)] | None = None
    """Who usually prepares the cases."""
    presenter: Annotated[str, Field(max_length=200)] | None = None
    """Who usually presents them: the named consultant of new cases."""
    paper: Paper = "a4"
    matching: bool = True
    freshness: dict[str, Annotated[int, Field(ge=1)]] = Field(default_factory=dict)
    radiosurgery: Availability | None = None
    hippocampal_avoidance: Availability | None = None
    drugs: dict[str, bool] = Field(default_factory=dict)
    servers: dict[str, str] = Field(default_factory=dict)
    """Casebooks on a PostgreSQL server by name: how each is reached, in the words of PostgreSQL, without a password."""


def read_clinic(path: Path) -> Clinic:
    """Return what is in the file. Raises ClinicError."""
    try:
        return Clinic.model_validate_json(read_whole(path, SMALL_FILE))
    except OSError as error:
        raise ClinicError(tr("{path}: cannot be read ({why})").format(path=path, why=error.strerror)) from error
    except ValidationError as error:
        problems = "; ".join(str(problem) for problem in problems_from(error))
        raise ClinicError(tr("{path}: not usable settings: {problems}").format(path=path, problems=problems)) from error


def as_file(clinic: Clinic) -> bytes:
    """Return what to write so that ``read_clinic`` finds it again; what is as shipped is left out."""
    return (clinic.model_dump_json(indent=1, exclude_defaults=True) + "\n").encode()


def applied(clinic: Clinic, library: EvidenceLibrary, path: Path | str) -> EvidenceLibrary:
    """Return the release read as the clinic wants it. Raises ClinicError for a limit of a field that has none."""
    limited = [limit.field for limit in library.release.freshness]
    if unknown := [field for field in clinic.freshness if field not in limited]:
        message = tr("{path}: freshness: no limit exists for {field}; fields with one: {fields}")
        raise ClinicError(message.format(path=path, field=unknown[0], fields=", ".join(limited)))
    found = library.with_limits({**library.limits, **clinic.freshness}) if clinic.freshness else library
    return as_built(found) if clinic.matching else without_matching(found)


def as_built(library: EvidenceLibrary) -> EvidenceLibrary:
    """Return the release as this build may read it: a packet build compares with nothing, whatever is set."""
    return library if builds.compares() or not library.options else without_matching(library)


def without_matching(library: EvidenceLibrary) -> EvidenceLibrary:
    """Return the release with nothing to compare a case with: what is said of WBRT stays, of nobody in particular.

    What is said of some patients only comes after what is said of all.
    """
    pause = library.pause

    def said(items: tuple[Consideration, ...]) -> tuple[Consideration, ...]:
        ordered = sorted(items, key=lambda item: item.when is not None)
        return tuple(item.model_copy(update={"when": None}) for item in ordered)

    groups = ("alternatives", "reasonable", "context", "if_chosen", "deferral")
    plain: dict[str, Any] = {name: said(getattr(pause, name)) for name in groups}
    return replace(
        library,
        trials=(),
        options=(),
        cautions=(),
        guidelines=(),
        conflicts=(),
        pause=pause.model_copy(update=plain),
    )


def filled_in(clinic: Clinic, case: Case) -> Case:
    """Return the case with what is available here, where nothing is recorded yet."""
    access = case.access
    wanted: Mapping[str, Any] = {
        "meeting.place": clinic.institution,
        "meeting.preparer": clinic.preparer,
        "meeting.consultant": clinic.presenter,
        "access.radiosurgery": clinic.radiosurgery,
        "access.hippocampal_avoidance": clinic.hippocampal_avoidance,
        "access.drugs": {**clinic.drugs, **access.drugs},
    }
    for path, value in wanted.items():
        if path == "access.drugs" or value_at(case, path) is None:
            case = with_value(case, path, value)
    return case
