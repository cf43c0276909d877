"""Cases, versions, meetings, search and audit of a casebook; the same on every engine."""

from datetime import UTC, date, datetime

import pytest
from support.encrypted_books import Open
from support.strategies import case_of

from her2board.briefing.meeting.into_book import store_meeting
from her2board.casebook.book import CaseEdit, ConflictError, Wanted
from her2board.casebook.brief_text import brief_text, summary_in
from her2board.casebook.model import Listing, Outcome, Owed, SignedOff, Status
from her2board.casebook.search import filter_term
from her2board.casebook.stored import StoredCasebook
from her2board.casebook.summary import summary_of

QUESTION = "meeting.question"


def test_every_save_is_a_version_that_says_what_changed(book: StoredCasebook) -> None:
    key = book.add(case_of()).key
    book.save(key, case_of({QUESTION: "Radiosurgery?"}), 1)
    book.save(key, case_of({QUESTION: "Surgery?", "patient.age": 61}), 2)
    assert [(version.number, version.by) for version in book.versions(key)] == [(3, "anna"), (2, "anna"), (1, "anna")]
    assert book.versions(key)[0].changed.splitlines() == [
        "Question for the board: Surgery? (before: Radiosurgery?)",
        "Age: 61 years",
    ]
    assert book.case_at(key, 2).value.meeting.question == "Radiosurgery?"
    assert book.case(key).version == 3
    restored = book.save(key, book.case_at(key, 1).value, 3, changed="as version 1 had it")
    assert (restored.version, book.case(key).value) == (4, case_of())
    assert book.versions(key)[0].changed == "as version 1 had it"
    for missing in (lambda: book.case("none"), lambda: book.case_at(key, 5), lambda: book.meeting("none")):
        with pytest.raises(KeyError):
            missing()


def test_nobody_overwrites_what_somebody_else_saved(book: StoredCasebook, another: Open) -> None:
    key = book.add(case_of()).key
    theirs = another()
    theirs.save(key, case_of({QUESTION: "theirs"}), 1)
    with pytest.raises(ConflictError) as conflict:
        book.save(key, case_of({QUESTION: "ours"}), 1)
    assert (conflict.value.key, conflict.value.expected) == (key, 1)
    assert conflict.value.theirs is not None
    assert (conflict.value.theirs.version, conflict.value.theirs.by) == (2, "ben")
    assert conflict.value.theirs.value == case_of({QUESTION: "theirs"})
    assert len(book.versions(key)) == 2
    with pytest.raises(ConflictError):
        book.remove(key, 1)
    theirs.remove(key, 2)
    with pytest.raises(ConflictError) as conflict:
        book.save(key, case_of({QUESTION: "ours"}), 2)
    assert conflict.value.theirs is None
    assert not book.summaries()


def test_two_people_see_what_the_other_changed(book: StoredCasebook, another: Open) -> None:
    theirs = another()
    seen, _ = book.changed_since(0)
    key = theirs.add(case_of()).key
    meeting = theirs.add_meeting(date(2026, 12, 3)).key
    theirs.record("printed", key)
    newest, ids = book.changed_since(seen)
    assert set(ids) == {key, meeting}
    assert book.changed_since(newest) == (newest, ())
    assert book.find(Wanted()) == [key]
    assert list(book.summaries()) == [key]


def test_meetings_keep_their_cases_in_order_and_what_was_decided(book: StoredCasebook, another: Open) -> None:
    first, second = book.add(case_of()).key, book.add(case_of()).key
    early, late = book.add_meeting(date(2026, 12, 3), "Neuro-oncology"), book.add_meeting(date(2026, 12, 10))
    outcome = Outcome(decision="Radiosurgery", owner="Dr. Rossi", due=date(2026, 12, 20))
    listings = (Listing(case_id=second), Listing(case_id=first, status=Status.DISCUSSED, outcome=outcome))
    kept = book.save_meeting(early.value.model_copy(update={"listings": listings}), 1)
    assert kept.version == 2
    assert [one.key for one in book.meetings()] == [late.key, early.key]
    assert another().meeting(early.key).value.listings == listings
    with pytest.raises(ConflictError):
        book.save_meeting(early.value, 1)
    assert book.find(Wanted(meeting=early.key)) == [second, first]
    assert book.find(Wanted(status=frozenset({"discussed"}))) == [first]
    again = (Listing(case_id=first, status=Status.LISTED),)
    book.save_meeting(late.value.model_copy(update={"listings": again}), 1)
    assert book.find(Wanted(status=frozenset({"discussed"}))) == []  # its latest meeting counts


def test_a_meeting_and_the_cases_it_decided_are_stored_together_or_not_at_all(
    book: StoredCasebook, another: Open
) -> None:
    key, held = book.add(case_of()).key, book.add_meeting(date(2026, 12, 3))
    listing = Listing(case_id=key, outcome=Outcome(decision="Radiosurgery"))
    decided = held.value.model_copy(update={"listings": (listing,)})
    another().save(key, case_of({QUESTION: "theirs"}), 1)
    late = CaseEdit(key, case_of({"board.decision": "Radiosurgery"}), 1, "decided")
    with pytest.raises(ConflictError) as conflict:
        book.save_meeting(decided, 1, [late])
    assert (conflict.value.key, conflict.value.theirs.value.meeting.question) == (key, "theirs")
    assert (book.meeting(held.key), len(book.versions(key))) == (held, 2), "neither is stored"
    stored = store_meeting(book, held.value, decided, 1)
    assert (stored.kept.version, book.case(key).value.board.decision) == (2, "Radiosurgery")
    assert [entry.subject for entry in book.audit()[-2:]] == [held.key, key]
    assert (book.meeting_at(held.key, 1), book.verify()[0]) == (held, [])
    with pytest.raises(ConflictError) as conflict:
        store_meeting(book, held.value, decided, 1)
    assert (conflict.value.key, len(book.versions(key))) == (held.key, 3)


WORDS = (
    ("Größere Läsion", "grosse"),
    ("Größere Läsion", "LASION"),
    ("Szczęsna Łucja", "lucja szcz"),
    ("脳転移の患者情報", "患者"),
    ("脳転移の患者情報", "報"),
    ("\uff28\uff25\uff32\uff12 \uff50ositive", "her2 positive"),
    ("метастазы в мозге", "МОЗГ"),
    ("סרטן השד", "השד"),
    ("مُعالَجة", "معالج"),
    ("뇌전이 환자", "전이"),
    ("มะเร็งเต้านม", "เต้า"),
    ("T-DXd, 3rd line", "t-dx 3r"),
    ("L'Aquila", "aquila"),
)


def test_a_case_is_found_by_the_beginnings_of_its_words_in_any_script(book: StoredCasebook) -> None:
    keys = {text: book.add(case_of({QUESTION: text})).key for text in dict(WORDS)}
    for text, typed in WORDS:
        assert book.find(Wanted(typed)) == [keys[text]], typed


def test_a_case_is_found_as_it_is_now_and_not_as_it_was(book: StoredCasebook) -> None:
    key = book.add(case_of({QUESTION: "lapatinib"})).key
    book.save(key, case_of({QUESTION: "tucatinib"}), 1)
    assert book.find(Wanted("lapat")) == []
    assert book.find(Wanted("tucat")) == [key]
    book.remove(key, 2)
    assert book.find(Wanted("tucat")) == []
    assert book.find(Wanted('"* OR NEAR( tucat')) == []


def test_the_latest_saved_is_found_first_and_no_more_than_asked_for(book: StoredCasebook) -> None:
    keys = [book.add(case_of({QUESTION: "same"})).key for _ in range(5)]
    book.save(keys[1], case_of({QUESTION: "same again"}), 1)
    assert book.find(Wanted("same"), 3) == [keys[1], keys[4], keys[3]]


def test_filters_narrow_the_search(book: StoredCasebook) -> None:
    stable = book.add(case_of({"brain.cns_class": ["stable", "progressing"]})).key
    untreated = book.add(case_of({"brain.cns_class": ["untreated"]})).key
    assert book.find(Wanted(cns_class="stable")) == [stable]
    assert book.find(Wanted(cns_class="untreated")) == [untreated]
    owed = {one.by for one in book.summaries()[stable].value.owed}
    assert "radiology" in owed
    assert set(book.find(Wanted(owner="Radiology"))) == {stable, untreated}
    assert book.find(Wanted(cohort=("debbrah/cohort-5", "all_met"))) == []
    assert filter_term("a", "bc") != filter_term("ab", "c")


def test_a_signed_off_briefing_keeps_its_inputs(book: StoredCasebook, another: Open) -> None:
    key = book.add(case_of()).key
    signed = [
        SignedOff(
            case_id=key,
            version=1,
            at=datetime(2026, 11, day, tzinfo=UTC),
            by="anna",
            release="2026.11 ab",
            program="0.1.0",
            settings=(("paper", "a4"),),
            sha256="00",
        )
        for day in (28, 29)
    ]
    for one in signed:
        book.sign_off(one)
    assert another().signed_off(key) == signed[::-1]
    assert book.signed_off("another") == []


def test_the_audit_names_who_did_what_and_its_chain_holds(book: StoredCasebook, another: Open) -> None:
    key = book.add(case_of()).key
    another("ben").save(key, case_of({"patient.age": 60}), 1)
    book.record("exported", key, "page, A4")
    done = [(entry.action, entry.by, entry.subject) for entry in book.audit()]
    assert done[-4:] == [
        ("added", "anna", key),
        ("opened", "ben", ""),
        ("changed", "ben", key),
        ("exported", "anna", key),
    ]
    assert [entry.number for entry in book.audit()] == list(range(1, len(done) + 1))
    assert not book.audit_problems()
    assert book.verify() == ([], 2)


def test_what_a_list_shows_is_stored_short_and_read_as_it_was() -> None:
    said = summary_of(case_of({QUESTION: "Radiosurgery?"}))
    more = (
        Owed(what="Another word for it", by="Dr Neri", due=date(2026, 11, 20), field="brain.imaging_date"),
        Owed(what="A letter", by="", due=None),
        Owed(what="Bring the discs", by="radiology", due=date(2026, 11, 28)),
    )
    whole = said.model_copy(update={"owed": (*said.owed, *more), "urgent": False, "cohorts": (("a", "differs"),)})
    assert len(said.owed) > 3
    assert summary_in(brief_text(whole)) == whole.model_copy(update={"text": ""})
    assert "Imaging date" not in brief_text(said)
