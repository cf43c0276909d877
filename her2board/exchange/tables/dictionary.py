"""Reads the dictionary of a REDCap project: what each variable asks, and what its codes mean."""

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from her2board.exchange.codes import normal
from her2board.exchange.tables.sheets import Sheet

HEADINGS = (
    *("Variable / Field Name", "Form Name", "Section Header", "Field Type", "Field Label"),
    *("Choices, Calculations, OR Slider Labels", "Field Note", "Text Validation Type OR Show Slider Number"),
    *("Text Validation Min", "Text Validation Max", "Identifier?"),
    *("Branching Logic (Show field only if...)", "Required Field?", "Custom Alignment"),
    *("Question Number (surveys only)", "Matrix Group Name", "Matrix Ranking?", "Field Annotation"),
)
"""The 18 headings, always the same."""
_CODED_NOTE = re.compile(r"(-?\d+)\s*=\s*([^,;|]+)")


class Question(Struct, frozen=True):
    """One variable of a project."""

    name: str
    form: str
    kind: str
    label: str
    choices: Mapping[str, str] = field(default_factory=dict)
    """Labels by code."""
    noted: Mapping[str, str] = field(default_factory=dict)
    """What codes mean that the note explains: '-99 = unknown'."""
    identifier: bool = False


class Dictionary(Struct, frozen=True):
    """The variables of a project, in order."""

    questions: tuple[Question, ...] = ()

    def of(self, heading: str) -> Question | None:
        """Return the variable of a heading of a raw export: its name, without the code of a tick box."""
        bare = heading.partition("___")[0]
        return next((question for question in self.questions if question.name == bare), None)

    def labelled(self, headings: Sequence[str]) -> tuple[str, ...]:
        """Return the headings of an export with labels as those of a raw one; others stay as they are."""
        waiting: dict[str, list[str]] = {}
        forms = list(dict.fromkeys(question.form for question in self.questions))
        for question in self.questions:
            if question.kind == "checkbox":
                for code, words in question.choices.items():
                    key = normal(f"{question.label} (choice={words})")
                    waiting.setdefault(key, []).append(f"{question.name}___{code}")
            else:
                waiting.setdefault(normal(question.label), []).append(question.name)
        waiting[normal("Complete?")] = [f"{form}_complete" for form in forms]
        for label, name in _BESIDE.items():
            waiting[normal(label)] = [name]
        found = []
        for heading in headings:
            names = waiting.get(normal(heading), [])
            found.append(names.pop(0) if names else heading)
        return tuple(found)


_BESIDE = {
    "Event Name": "redcap_event_name",
    "Repeat Instrument": "redcap_repeat_instrument",
    "Repeat Instance": "redcap_repeat_instance",
    "Data Access Group": "redcap_data_access_group",
}


def is_dictionary(sheet: Sheet) -> bool:
    """Tell whether a sheet is the dictionary of a REDCap project."""
    return HEADINGS[0] in sheet.headings and HEADINGS[4] in sheet.headings


def read_dictionary(sheet: Sheet) -> Dictionary:
    """Return the variables a dictionary describes."""
    place = {heading: number for number, heading in enumerate(sheet.headings)}

    def cell(row: tuple[str, ...], heading: str) -> str:
        return row[place[heading]] if heading in place else ""

    return Dictionary(
        tuple(
            Question(
                cell(row, HEADINGS[0]),
                cell(row, HEADINGS[1]),
                cell(row, HEADINGS[3]),
                cell(row, HEADINGS[4]),
                _choices(cell(row, HEADINGS[3]), cell(row, HEADINGS[5])),
                {code: words.strip() for code, words in _CODED_NOTE.findall(cell(row, HEADINGS[6]))},
                cell(row, HEADINGS[10]).casefold() == "y",
            )
            for _, row in sheet.rows
        )
    )


def _choices(kind: str, text: str) -> dict[str, str]:
    if kind == "yesno":
        return {"1": "Yes", "0": "No"}
    if kind == "truefalse":
        return {"1": "True", "0": "False"}
    if kind not in ("radio", "dropdown", "checkbox"):
        return {}
    pairs = (part.partition(",") for part in text.split("|"))
    return {code.strip(): words.strip() for code, comma, words in pairs if comma}
