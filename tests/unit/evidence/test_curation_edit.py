"""One value is changed inside a file, and nothing else: on files that are shipped, all of them in 'make soak'."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from support.pages import ROOT

from her2board.evidence import files
from her2board.evidence import yaml as strict_yaml
from her2board.evidence.curation.edit import EditError, edited
from her2board.evidence.values import Printed

EVIDENCE = ROOT / "evidence"
LOOKED_AT = slice(0, None, 1 if os.environ.get("HER2BOARD_BYTES") else 9)
LONG = "A new sentence; it's long: " + "with words " * 20 + "and # no comment"
NEW = ("other", "2027-01-02", "it's: new #1, [x]", LONG, 7, Printed("15.0"), True, None)
HELD = """\
# what this is
id: one  # its name
cohorts:
  # the first
  - id: a
    note: >-
      Words on
      two lines.

    # a remark on the size
    n: {value: 3, source: {ref: x, locator: 'p. 3', read_in: registry}}
    interval:
      low: 1.0
      high: 2.0
empty:
"""


def leaves(data: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the place of every text, number and word of a document."""
    if isinstance(data, dict):
        for key, inner in data.items():
            yield from leaves(inner, (*place, key))
    elif isinstance(data, tuple):
        for index, inner in enumerate(data):
            yield from leaves(inner, (*place, index))
    else:
        yield place


def comments(text: str) -> list[str]:
    """Return the lines that are comments only, and the ends of lines that are."""
    marked = (line.partition("  # ")[2] if "  # " in line else line.strip() for line in text.splitlines())
    return [line for line in marked if line.startswith("# ")]


def test_in_a_shipped_file_one_value_is_changed_and_no_other() -> None:
    for number, name in list(enumerate(files.names(EVIDENCE)))[LOOKED_AT]:
        text = (EVIDENCE / name).read_text(encoding="utf-8")
        data, _ = strict_yaml.read(text, name)
        places = list(leaves(data))
        place, new = places[number * 7 % len(places)], NEW[number % len(NEW)]
        try:
            made = edited(text, place, new, name)
        except EditError:
            assert "*" in text, "only what an alias repeats elsewhere is refused"
            continue
        node = strict_yaml.node_at(text, place)
        start, end = node.start_mark.index, node.end_mark.index
        assert made[:start] == text[:start], name
        assert made.endswith(text[end:]), name
        found, problem = strict_yaml.read(made, name)
        assert problem is None
        changed = [one for one in places if at(found, one) != at(data, one)]
        assert changed in ([place], []), (name, place)
        assert comments(made) == comments(text)
        # an independent reader of YAML agrees on everything else
        assert len(yaml.safe_load(made)) == len(yaml.safe_load(text))


def at(data: Any, place: tuple[Any, ...]) -> Any:
    for step in place:
        data = data[step]
    return data


def test_a_key_is_added_to_the_record_it_belongs_to() -> None:
    for name in list(files.names(EVIDENCE))[files.SINGLES.index("conflicts.yaml") + 1 :][LOOKED_AT]:
        text = (EVIDENCE / name).read_text(encoding="utf-8")
        data, _ = strict_yaml.read(text, name)
        made = edited(text, ("zzz",), {"because": "it's wrong", "on": "2027-01-02"}, name, first=True)
        assert strict_yaml.read(made, name)[0] == {**data, "zzz": {"because": "it's wrong", "on": "2027-01-02"}}
        assert comments(made) == comments(text)


@pytest.mark.parametrize(
    ("place", "value", "old", "new"),
    [
        (("id",), "two words", "id: one  # its name", "id: two words  # its name"),
        (("cohorts", 0, "note"), "Short.", "note: >-\n      Words on\n      two lines.", "note: >-\n      Short."),
        (("cohorts", 0, "n", "value"), 4, "{value: 3,", "{value: 4,"),
        (("cohorts", 0, "n", "source", "locator"), "p. 4, table", "'p. 3'", "'p. 4, table'"),
        (("cohorts", 0, "interval", "low"), Printed("1.50"), "low: 1.0", "low: 1.50"),
        (("cohorts", 0, "interval", "level"), 90, "high: 2.0", "high: 2.0\n      level: 90"),
        (("cohorts", 0, "n", "extract"), "a, b", "registry}}", "registry}, extract: 'a, b'}"),
        (("empty",), "no", "empty:", "empty: no"),
    ],
)
def test_the_rest_of_the_file_stays_as_it_is(place: tuple[Any, ...], value: Any, old: str, new: str) -> None:
    assert HELD.count(old) == 1
    assert edited(HELD, place, value, "a.yaml") == HELD.replace(old, new)


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        (HELD, ("cohorts", 0, "interval"), "a.yaml:13: 'cohorts.0.interval' cannot be changed"),
        ("a: &x 1\nb: *x\n", ("b",), "edit the file by hand"),
        (HELD, ("other", "inner"), "a.yaml: there is no 'other.inner'"),
        ("a: [1\n", ("a",), "a.yaml:2: not readable as YAML"),
    ],
)
def test_what_cannot_be_changed_alone_is_refused_with_its_line(text: str, place: tuple[Any, ...], said: str) -> None:
    with pytest.raises(EditError) as refused:
        edited(text, place, 5, "a.yaml")
    assert said in str(refused.value)
