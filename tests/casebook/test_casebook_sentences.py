"""Sentences that two coordinators keep are brought together with the values they say."""

from datetime import UTC, datetime

from support.kept import accepted, said
from support.strategies import case_of

from her2board.case.edit import with_value
from her2board.case.model import Case, KeptText
from her2board.case.terms import SourceKind
from her2board.casebook.changed_words import changed_words
from her2board.casebook.merging import merged, with_theirs
from her2board.gui.casebook.clashes import CaseClash

_AT = datetime(2026, 11, 20, tzinfo=UTC)
LVEF, AGE = "organs.lvef_percent", "patient.age"
ECHO, LETTER = said(LVEF, 55, "Echo: LVEF 55 %."), said(LVEF, 60, "LVEF of 60 % in the letter.")
OLD = said(AGE, 52, "52-year-old.")
TEXT = KeptText(kind=SourceKind.ECHO, text="LVEF 55 %.")


def _sentences(case: Case) -> list[str]:
    return [one.sentence for one in case.sentences]


def test_what_only_one_side_accepted_comes_with_its_sentence() -> None:
    before = accepted(OLD)
    ours, theirs = with_value(before, "patient.ecog", 1), accepted(ECHO, case=before)
    both = merged(before, ours, theirs)
    assert both.clashes == ()
    assert (both.case.organs.lvef_percent, _sentences(both.case)) == (55, ["52-year-old.", "Echo: LVEF 55 %."])
    gone = merged(before, with_value(before, AGE, 53), theirs)
    assert _sentences(gone.case) == ["Echo: LVEF 55 %."]


def test_two_sentences_for_one_value_are_both_kept_and_one_removed_is_not_brought_back() -> None:
    again = said(LVEF, 55, "EF 55 % by letter.")
    both = merged(case_of(), accepted(ECHO), accepted(again)).case
    assert _sentences(both) == ["Echo: LVEF 55 %.", "EF 55 % by letter."]
    without = both.model_copy(update={"sentences": both.sentences[:1]})
    assert _sentences(merged(both, without, accepted(OLD, case=both)).case) == ["Echo: LVEF 55 %.", "52-year-old."]


def test_where_both_read_different_values_each_has_its_own_sentence() -> None:
    both = merged(case_of(), accepted(ECHO), accepted(LETTER))
    (clash,) = both.clashes
    assert _sentences(both.case) == ["Echo: LVEF 55 %."]
    assert _sentences(with_theirs(both.case, clash)) == ["LVEF of 60 % in the letter."]


def test_the_side_a_person_chooses_brings_its_sentence() -> None:
    ours, theirs = accepted(ECHO), accepted(LETTER).model_copy(update={"texts": (TEXT,)})
    clash = CaseClash(case_of(code="K1"), ours, theirs, 2, "B", _AT)
    assert [(line.label, line.side) for line in clash.lines()] == [("LVEF", ""), ("Texts kept with the case", "theirs")]
    mine = clash.settled({LVEF: "mine", "texts": "mine"})
    assert (mine.organs.lvef_percent, _sentences(mine), mine.texts) == (55, ["Echo: LVEF 55 %."], ())
    other = clash.settled({LVEF: "theirs", "texts": "theirs"})
    assert (_sentences(other), other.texts) == (["LVEF of 60 % in the letter."], (TEXT,))


def test_the_history_names_what_was_read_and_which_text_went() -> None:
    typed = with_value(Case(code="K1"), LVEF, 55)
    after = accepted(ECHO, case=typed)
    assert changed_words(typed, after) == "LVEF: read from echocardiography"
    words = "text removed from the case: echocardiography (10 characters)"
    assert changed_words(after.model_copy(update={"texts": (TEXT,)}), after) == words
