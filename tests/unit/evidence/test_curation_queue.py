"""Which values wait for readers: what changed since the release, until two people read it as it is now."""

from typing import Any

import pytest
from msgspec.structs import replace
from support.curated import values
from support.packs import FROZEN
from support.pages import ROOT

from her2board.evidence.curation.log import Change, Reading, entries, with_entries
from her2board.evidence.curation.readings import Waiting, queue, released, released_text
from her2board.evidence.curation.units import Value
from her2board.evidence.problems import BrokenReleaseError

FIGURE = "trials/destiny-breast12/all/pfs_median"
NOW = values(FROZEN)
LAST = released(released_text(NOW, "2026.11", {}))
CHANGED = {**NOW, FIGURE: replace(NOW[FIGURE], digest="0123456789abcdef")}


def reading(by: str, *, agrees: bool = True, digest: str = "0123456789abcdef") -> Reading:
    why = None if agrees else "the table says 17.1"
    return Reading(value=FIGURE, digest=digest, by=by, on="2026-12-01", agrees=agrees, why=why)


def change(by: str, value: str = FIGURE, field: str | None = "value") -> Change:
    return Change(release="2026.11", value=value, field=field, because="Corrected", by=by, on="2026-12-01")


def waiting(now: dict[str, Value], *readings: Reading, changes: tuple[Change, ...] = ()) -> list[Waiting]:
    return list(queue(now, LAST, readings, changes))


def test_what_came_with_the_release_waits_for_nobody() -> None:
    assert waiting(NOW) == []
    shuffled = dict(reversed(NOW.items()))
    assert waiting(shuffled) == []


def test_a_value_waits_until_two_people_agree_one_of_whom_did_not_write_it() -> None:
    wrote = (change("A. Writer"),)
    for readings, settled in (
        ((), False),
        ((reading("B. Reader"),), False),
        ((reading("B. Reader"), reading(" b.  READER ")), False),
        ((reading("A. Writer"), reading("B. Reader")), True),
        ((reading("B. Reader"), reading("C. Reader")), True),
        ((reading("B. Reader"), reading("C. Reader"), reading("D. Reader", agrees=False)), False),
        ((reading("B. Reader"), reading("C. Reader", agrees=False), reading("C. Reader")), True),
        ((reading("B. Reader"), reading("C. Reader"), reading("C. Reader", agrees=False)), False),
        ((reading("B. Reader", digest="f" * 16), reading("C. Reader", digest="f" * 16)), False),
    ):
        found = waiting(CHANGED, *readings, changes=wrote)
        assert (found == []) is settled, readings
        assert all((one.address, one.kind, one.writers) == (FIGURE, "changed", ("A. Writer",)) for one in found)


def test_two_writers_alone_do_not_settle_what_they_wrote() -> None:
    wrote = (change("A. Writer"), change("B. Writer", "trials/destiny-breast12", None))
    (one,) = waiting(CHANGED, reading("A. Writer"), reading("B. Writer"), changes=wrote)
    assert one.only_writers
    assert waiting(CHANGED, reading("A. Writer"), reading("C. Reader"), changes=wrote) == []


def test_what_was_added_or_removed_waits_as_well() -> None:
    added = {**NOW, "trials/new": Value("trials/new", "trials/new.yaml", (), {}, "a" * 16)}
    removed = {address: value for address, value in NOW.items() if address != FIGURE}
    assert [(one.address, one.kind) for one in waiting(added)] == [("trials/new", "added")]
    (gone,) = waiting(removed)
    assert (gone.address, gone.kind, gone.value) == (FIGURE, "removed", None)
    agreed = (reading("B. Reader", digest=gone.digest), reading("C. Reader", digest=gone.digest))
    assert waiting(removed, *agreed) == []


def test_every_value_of_the_shipped_release_says_which_release_brought_it() -> None:
    last = released((ROOT / "evidence" / "curation" / "released.txt").read_text(encoding="utf-8"))
    shipped = values(ROOT / "evidence")
    known = {one.digest for one in last.values()}
    as_released = sum(value.digest in known for value in shipped.values())
    assert as_released > 0.9 * len(shipped) > 2000  # another shape of the records must not make all of it unread
    assert {"2026.11", "2026.12"} <= {one.version for one in last.values()}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- {value: a, by: B, on: '2026-12-01', agrees: true}\n", "readings.yaml:1: digest: Field required"),
        ("# a\n- value: a\n  digest: '12'\n  by: B\n  'on': '2026-12-01'\n  agrees: true\n", "readings.yaml:3: digest"),
        (f"- {{value: a, digest: {'a' * 16}, by: B, on: '2026-12-01', agrees: false}}\n", "'why' is needed"),
        ("a: 1\n", "readings.yaml:1: a list is expected"),
        ("- [\n", "readings.yaml:2: not readable"),
    ],
)
def test_a_list_that_is_broken_is_reported_with_its_line(text: str, said: str) -> None:
    with pytest.raises(BrokenReleaseError) as broken:
        entries(Reading, text, "readings.yaml")
    assert said in str(broken.value)


def test_entries_are_added_below_what_is_there_and_read_back_as_they_were() -> None:
    odd: tuple[Any, ...] = (
        reading("Ärztin: 'no' # 1"),
        reading("yes", agrees=False),
        reading("12"),
        reading("x" * 300 + " y " * 40),
    )
    text = with_entries("# kept\n", odd[:2])
    both = with_entries(text, odd[2:])
    assert both.startswith(text)
    assert entries(Reading, both, "readings.yaml") == tuple(one.model_copy(update={"by": one.by}) for one in odd)
