"""Figures that a pack withdraws or changes, and the signed-off pages they are printed on."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from her2board.evidence.library import EvidenceLibrary
from her2board.evidence.records import Cohort

NAME = "withdrawn figures on signed-off pages"
"""Under which a casebook keeps the list."""


class Gone(NamedTuple):
    """What became of a figure or statement."""

    record: str
    """File of its record."""
    how: Literal["withdrawn", "changed"]


class FollowUp(BaseModel):
    """A signed-off page with a figure that is no longer so."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    case_id: str
    code: str
    version: int
    signed_at: datetime
    signed_by: str
    figure: str
    """As the page has it."""
    record: str
    how: Literal["withdrawn", "changed"]
    why: str = ""
    pack: int = 0
    same_evidence: bool = True
    """False where the page was made with an earlier release than the one it was read with now."""
    done: date | None = None
    done_note: str = ""


def gone_figures(old: EvidenceLibrary, new: EvidenceLibrary) -> dict[str, Gone]:
    """Return by address what ``new`` no longer says as ``old`` does: outcomes, sizes of cohorts, statements."""
    found: dict[str, Gone] = {}
    for trial, cohort in old.cohorts():
        id_, record = f"{trial.id}/{cohort.id}", f"trials/{trial.id}.yaml"
        now = new.cohorts_by_id.get(id_, (None, None))[1]
        found.update((place, Gone(record, how)) for place, how in _of_cohort(id_, cohort, now))
    for id_, (group, statement) in old.statements.items():
        after = new.statements.get(id_)
        if after is None or _said(after[1]) != _said(statement):
            found[f"statement:{id_}"] = Gone(f"guidelines/{group.id}.yaml", "changed" if after else "withdrawn")
    return found


def _of_cohort(id_: str, old: Cohort, new: Cohort | None) -> Iterator[tuple[str, Literal["withdrawn", "changed"]]]:
    if new is None or _number(old) != _number(new):
        yield f"cohort:{id_}", "changed" if new else "withdrawn"
    known = [_figure(endpoint) for endpoint in new.endpoints] if new else []
    alike = {_measured(endpoint) for endpoint in new.endpoints} if new else set()
    for number, endpoint in enumerate(old.endpoints):
        if _figure(endpoint) not in known:
            yield f"value:{id_}#{number}", "changed" if _measured(endpoint) in alike else "withdrawn"


def _number(cohort: Cohort) -> object:
    return cohort.n.value if cohort.n else None


def _figure(endpoint: Any) -> dict[str, Any]:
    """Return an outcome without where it was read: another place in a source changes no figure."""
    found: dict[str, Any] = _without_sources(endpoint.model_dump(exclude={"note", "extract"}))
    return found


def _without_sources(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_sources(entry) for key, entry in value.items() if key != "source"}
    return [_without_sources(entry) for entry in value] if isinstance(value, list | tuple) else value


def _measured(endpoint: Any) -> tuple[object, ...]:
    """Return what an outcome measures, whatever came out."""
    return tuple(getattr(endpoint, name) for name in ("kind", "arm", "event", "at_months", "at_weeks", "in_whom"))


def _said(statement: Any) -> tuple[object, ...]:
    return tuple(getattr(statement, name) for name in ("text", "direction", "strength"))


_LIST = TypeAdapter(tuple[FollowUp, ...])


def parse_list(text: str) -> tuple[FollowUp, ...]:
    """Return the list a casebook keeps; empty where there is none, or none that can be read."""
    try:
        return _LIST.validate_json(text) if text else ()
    except ValidationError:
        return ()


def dump_list(entries: Iterable[FollowUp]) -> str:
    """Return the list as a casebook keeps it."""
    return _LIST.dump_json(tuple(entries)).decode()


def printed_and_gone(printed: Mapping[str, str], gone: Mapping[str, Gone]) -> Iterator[tuple[str, Gone]]:
    """Yield the words of each figure on a page, by address, that is gone."""
    return ((words, gone[address]) for address, words in printed.items() if address in gone)
