"""The sections of the form, in the order of the page: how a person finds a field."""

from functools import cache

from msgspec import Struct

from her2board.case.fields import CaseField, case_fields
from her2board.wording import Marked


class Section(Struct, frozen=True):
    """One section: its id, its title, and the parts of the case it shows."""

    id: str
    title: Marked
    parts: tuple[str, ...]

    @property
    def fields(self) -> tuple[CaseField, ...]:
        """Fields in the order they are shown: a part is a field, or everything below it; '' is the rest of the case."""
        return _fields_of(self.parts)


@cache
def _fields_of(parts: tuple[str, ...]) -> tuple[CaseField, ...]:
    found = (field for part in parts for field in case_fields() if part in (field.path, field.section))
    return tuple(dict.fromkeys(found))


SECTIONS = (
    Section("meeting", "Meeting", ("code", "meeting", "")),
    Section("urgency", "Urgency", ("urgency",)),
    Section("brain", "Brain", ("brain",)),
    Section("neurology", "Neurology", ("neurology",)),
    Section("patient", "Patient", ("patient",)),
    Section("tumour", "Tumour", ("tumour",)),
    Section("systemic", "Systemic treatment", ("systemic",)),
    Section("organs", "Organs and toxicity", ("organs",)),
    Section("access", "Access", ("access",)),
    Section("board", "Board", ("board",)),
    Section("identity", "Identity", ("identity",)),
)


@cache
def section_of(path: str) -> str:
    """Return the id of the section that shows ``path``, entry numbers and parts of a field included."""
    first = path.split(".")[0] if "." in path else ""
    return next((section.id for section in SECTIONS if first in section.parts), SECTIONS[0].id)
