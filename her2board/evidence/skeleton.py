"""New records to fill in: the templates beside the release, with ids and with the closed lists as they are now."""

from datetime import date
from pathlib import Path
from string import Template
from textwrap import fill
from typing import get_args

from her2board.case.terms import Term
from her2board.evidence import terms, values
from her2board.evidence.references import Reference

_WIDTH = 118
_CLOSED: tuple[type[Term], ...] = (
    terms.AccessStatus,
    terms.CohortClass,
    terms.CriteriaRead,
    terms.Design,
    terms.EndpointKind,
    terms.ReadIn,
    terms.Unit,
)
_CHOICES = {
    **{closed.__name__: tuple(closed) for closed in _CLOSED},
    "Criteria": get_args(values.Criteria),
    "Assessor": get_args(values.Assessor),
    "ReferenceKind": get_args(Reference.model_fields["kind"].annotation),
}


def new_trial(id_: str, reference: str, templates: Path) -> str:
    """Return the file of a trial that was read in ``reference``."""
    return _filled(templates / "trial.yaml", id=id_, reference=reference)


def new_reference(id_: str, templates: Path) -> str:
    """Return the file of a publication."""
    return _filled(templates / "reference.yaml", id=id_)


def new_local(day: date, templates: Path) -> str:
    """Return the local file of a clinic, with every part as a comment."""
    return _filled(templates / "local.yaml", day=day.isoformat())


def _filled(template: Path, **ids: str) -> str:
    choices = {name: ", ".join(entries) for name, entries in _CHOICES.items()}
    text = Template(template.read_text(encoding="utf-8")).substitute(ids | choices)
    return "".join(_short(line) + "\n" for line in text.splitlines())


def _short(line: str) -> str:
    """Return a line of comment on as many lines as it needs."""
    if len(line) <= _WIDTH or not line.startswith("#"):
        return line
    return fill(line, _WIDTH, subsequent_indent="#   ", break_on_hyphens=False)
