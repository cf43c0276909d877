"""What keeps a release from being made, and what its changelog says."""

from support.curated import values
from support.packs import FROZEN

from her2board.evidence.curation.log import Change, Reading
from her2board.evidence.curation.readings import released, released_text
from her2board.evidence.curation.releasing import Difference, differences, lacking, notes, reasons, with_notes
from her2board.evidence.curation.watch import ReleaseMade

LAST = ReleaseMade(version="2026.11", number=4, as_of="2026-11-20", valid_until="2027-02-18")
GOOD = ReleaseMade(version="2026.12", number=5, as_of="2026-12-15", valid_until="2027-03-15")
FOUND = (
    Difference("trials/a/all/n", "changed", "1" * 16),
    Difference("trials/a/all/pfs_median", "withdrawn", "2" * 16),
    Difference("trials/b", "added", "3" * 16),
    Difference("trials/b/all", "added", "4" * 16),
)


def change(value: str, field: str | None, before: str | None, after: str | None, because: str) -> Change:
    return Change(
        release="2026.11",
        value=value,
        field=field,
        before=before,
        after=after,
        because=because,
        by="A. Writer",
        on="2026-12-01",
    )


CHANGES = (
    change("trials/a/all/n", "value", "263", "262", "Counted again"),
    change("trials/a/all/pfs_median", "withdrawn", None, "{because: Retracted}", "Retracted"),
    change("trials/b", None, None, None, "First report"),
)


def test_the_number_days_and_pack_number_follow_those_of_the_last_release() -> None:
    for changed, said in (
        ({"version": "12"}, "the number '12' is not one of a release; write it as 2027.01"),
        ({"version": "2026.10"}, "the number 2026.10 is not after that of the last release, 2026.11"),
        ({"version": "2026.11"}, "the number 2026.11 is not after that of the last release, 2026.11"),
        ({"number": 4}, "the pack number 4 is not after the last one, 4"),
        ({"as_of": "2026-11-01"}, "its day 2026-11-01 is before that of the last release, 2026-11-20"),
        ({"valid_until": "2026-12-15"}, "valid until 2026-12-15, which is not after its day 2026-12-15"),
    ):
        found = list(lacking(GOOD.model_copy(update=changed), (LAST,), (), (), ()))
        assert [words for words in found if said in words], changed
    assert list(lacking(GOOD, (LAST,), (), FOUND, CHANGES)) == []
    assert list(lacking(GOOD.model_copy(update={"version": "2026.11.1"}), (LAST,), (), (), ())) == []


def test_a_record_without_a_reason_is_named_once() -> None:
    (words,) = lacking(GOOD, (LAST,), (), FOUND, CHANGES[:2])
    assert words.startswith("trials/b: no reason is recorded; 'her2board evidence change trials/b --because")


def test_the_changelog_lists_each_record_with_reason_people_and_both_values() -> None:
    read = [
        Reading(value="trials/a/all/n", digest="1" * 16, by="B. Reader", on="2026-12-02", agrees=True),
        Reading(value="trials/a/all/n", digest="9" * 16, by="Z. Earlier", on="2026-12-02", agrees=True),
    ]
    section = notes(GOOD, FOUND, CHANGES, read)
    assert section == (
        "## 2026.12 (2026-12-15)\n\nValues: 2 added, 1 changed, 1 withdrawn.\n\n"
        "- `trials/a`: Counted again; Retracted (by A. Writer; read by B. Reader)\n"
        "  - `all/n`: value 263 -> 262\n"
        "  - `all/pfs_median`: withdrawn\n\n"
        "- `trials/b`: First report (by A. Writer; read by nobody)\n"
        "  - new, with 2 values\n"
    )
    assert with_notes("# Changes\n\nWords.\n\n## 2026.11\n\nold\n", "## 2026.12\n") == (
        "# Changes\n\nWords.\n\n## 2026.12\n\n## 2026.11\n\nold\n"
    )
    assert with_notes("", "## 2026.12\n") == "## 2026.12\n"
    assert "No value changed" in notes(GOOD, (), (), ())


def test_each_file_that_a_release_changed_has_the_reasons_of_its_values() -> None:
    said = {"trials/a.yaml": "Counted again; Retracted", "trials/b.yaml": "First report"}
    assert reasons("2026.12", (LAST, GOOD), CHANGES) == said
    for version, releases in (("2026.11", (LAST, GOOD)), ("2026.12", (GOOD,)), ("2027.01", (LAST, GOOD))):
        assert reasons(version, releases, CHANGES) == {}


def test_a_value_keeps_the_release_that_brought_it() -> None:
    now = values(FROZEN)
    last = released(released_text(now, "2026.11", {}))
    assert differences(now, last) == ()
    gone = {address: one for address, one in last.items() if address != "cautions/dpyd"}
    text = released_text(now, "2026.12", gone)
    assert [line.split("  ")[1:] for line in text.splitlines() if "2026.12" in line] == [["2026.12", "cautions/dpyd"]]
