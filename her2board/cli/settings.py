"""What a clinic sets for itself, in a file of its own; the evidence is never edited for it."""

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from her2board.case.checks import problems_from
from her2board.cli.commands import CommandError
from her2board.evidence.library import EvidenceLibrary
from her2board.wording import tr


class Settings(BaseModel):
    """``freshness``: how old a dated fact may be at the meeting, in days by field."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    freshness: dict[str, Annotated[int, Field(ge=1)]] = Field(default_factory=dict)


def applied(path: Path, library: EvidenceLibrary) -> EvidenceLibrary:
    """Return the release with the settings in ``path``. Raises CommandError naming file, field and remedy."""
    try:
        found = Settings.model_validate_json(path.read_bytes())
    except OSError as error:
        raise CommandError(tr("{path}: cannot be read ({why})").format(path=path, why=error.strerror)) from error
    except ValidationError as error:
        told = "; ".join(str(problem) for problem in problems_from(error))
        raise CommandError(tr("{path}: not usable settings: {told}").format(path=path, told=told)) from error
    limited = [limit.field for limit in library.release.freshness]
    if strangers := [field for field in found.freshness if field not in limited]:
        message = tr("{path}: freshness: no limit exists for {field}; fields with one: {fields}")
        raise CommandError(message.format(path=path, field=strangers[0], fields=", ".join(limited)))
    return library.with_limits(found.freshness)
