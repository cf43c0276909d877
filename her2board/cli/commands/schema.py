"""The command 'schema': what case files, assessments, evidence files and local files look like, as JSON Schema."""

import argparse
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from her2board.assessment.published import PublishedAssessment
from her2board.case.storage import envelope_schema
from her2board.cli.arguments import Commands
from her2board.cli.output import say_json
from her2board.evidence.loader import MODELS
from her2board.evidence.overlay import Overlay
from her2board.wording import tr


def add_parser(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "schema", help=tr("print the JSON Schema of cases, of assessments, of the evidence or of local files")
    )
    parser.add_argument("what", choices=("case", "evidence", "assessment", "overlay"))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print one schema."""
    makers = {
        "case": envelope_schema,
        "evidence": _evidence,
        "assessment": PublishedAssessment.model_json_schema,
        "overlay": Overlay.model_json_schema,
    }
    say_json(makers[options.what]())
    return 0


def _evidence() -> dict[str, Any]:
    models: list[tuple[type[BaseModel], Literal["validation"]]] = [(model, "validation") for model in MODELS]
    return models_json_schema(models, title="her2board evidence")[1]
