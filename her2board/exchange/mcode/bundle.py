"""Puts the bundle of a case together, and says what of the case is not in it."""

from typing import Any

from msgspec import Struct
from pydantic import BaseModel

from her2board.case.drugs import Vocabulary
from her2board.case.fields import case_fields, item_fields, value_at
from her2board.case.model import Case
from her2board.case.table_rows import beside_entries
from her2board.exchange.mcode.brain import write_lesions, write_local_therapies
from her2board.exchange.mcode.lists import write_lists
from her2board.exchange.mcode.pieces import PROFILE, Writing
from her2board.exchange.mcode.treatment import write_decision, write_lines, write_steroid
from her2board.exchange.mcode.tumour import write_diagnoses, write_patient, write_scores, write_specimens


class Written(Struct, frozen=True):
    """A case as a bundle, and the paths of recorded values that mCODE cannot say."""

    bundle: dict[str, Any]
    left_out: tuple[str, ...]


def to_bundle(case: Case, vocabulary: Vocabulary) -> Written:
    """Return a case as a collection of mCODE resources: the same bundle for the same case, whenever it is written."""
    writing = Writing(case, vocabulary)
    write_patient(writing)
    write_diagnoses(writing)
    write_specimens(writing)
    write_lesions(writing)
    write_scores(writing)
    write_local_therapies(writing)
    write_lines(writing)
    write_steroid(writing)
    write_decision(writing)
    write_lists(writing)
    bundle = {
        "resourceType": "Bundle",
        "meta": {"profile": [f"{PROFILE}patient-bundle"]},
        "type": "collection",
        "entry": writing.entries,
    }
    left_out = [path for path in recorded_paths(case) if path not in writing.taken]
    return Written(bundle, (*left_out, *(f"absences.{path}" for path in case.absences)))


def _is_recorded(entry: BaseModel, column: str) -> bool:
    """Return whether an entry records something in a column; a no is recorded where no answer would be none."""
    value = getattr(entry, column)
    return value not in (None, ()) and value is not type(entry).model_fields[column].default


def recorded_paths(case: Case) -> list[str]:
    """Return the path of every recorded value: 'patient.ecog', 'brain.lesions[0].site'."""
    found: list[str] = []
    for field in (field for field in case_fields() if field.section):  # not code, origin and status of the case
        value = value_at(case, field.path)
        if field.kind == "table" and field.item is not None:
            entries = getattr(value, "items", value)
            for number, entry in enumerate(entries):
                columns = (column.path for column in item_fields(field.item) if _is_recorded(entry, column.path))
                found += [f"{field.path}[{number}].{column}" for column in columns]
            beside = ((one.path, value_at(case, one.path)) for one in beside_entries(field))
            found += [path for path, said in beside if said not in (None, "not_asked")]
        elif value not in (None, {}) and (value != () or field.kind == "texts"):  # an empty list of texts says 'none'
            found.append(field.path)
    return found
