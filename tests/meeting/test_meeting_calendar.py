"""The calendar file of due days, read back with another program's library."""

from datetime import UTC, date, datetime

from icalendar import Calendar
from support.meetings import DECIDED

from her2board.briefing.meeting.calendar import DueDay, calendar

WRITTEN = datetime(2026, 12, 3, 15, 30, tzinfo=UTC)
DUE = date(2026, 12, 17)


def due(case_id: str = "c1", code: str = "BM-07", **changes: object) -> DueDay:
    values: dict[str, object] = {"meeting_id": "m", "day": DUE, "revision": 4}
    return DueDay(**{**values, "case_id": case_id, "code": code, **changes})  # type: ignore[arg-type]  # reason: a table


def test_a_due_day_is_an_all_day_entry_with_the_code_and_nothing_clinical() -> None:
    data = calendar([due()], WRITTEN)
    read = Calendar.from_ical(data)
    assert read["VERSION"] == "2.0"
    (event,) = read.walk("VEVENT")
    assert event["SUMMARY"] == "BM-07: decision due"
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (DUE, date(2026, 12, 18))
    assert event.decoded("DTSTAMP") == WRITTEN
    assert event["SEQUENCE"] == 4
    assert set(event) == {
        "UID", "DTSTAMP", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "CLASS", "TRANSP",
    }  # fmt: skip
    assert DECIDED.decision.encode() not in data


def test_an_entry_keeps_its_identity_when_its_day_is_moved_and_shares_it_with_no_other() -> None:
    def identity(one: DueDay) -> str:
        (event,) = Calendar.from_ical(calendar([one], WRITTEN)).walk("VEVENT")
        return str(event["UID"])

    assert identity(due()) == identity(due(day=DAY_LATER, revision=5, code="BM-07b"))
    assert len({identity(due()), identity(due(case_id="c2")), identity(due(meeting_id="n"))}) == 3


DAY_LATER = date(2027, 1, 7)


def test_any_code_is_kept_whole_and_no_line_is_too_long() -> None:
    codes = [
        "x" * 300,
        "\N{ARABIC LETTER MEEM}" * 300,
        "\N{CJK UNIFIED IDEOGRAPH-75C5}" * 300,
        "a;b,c\\d",
        "END:VEVENT",
    ]
    data = calendar([due(str(n), code) for n, code in enumerate(codes)], WRITTEN)
    assert [event["SUMMARY"] for event in Calendar.from_ical(data).walk("VEVENT")] == [
        f"{code}: decision due" for code in codes
    ]
    assert data.endswith(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line for line in data.split(b"\r\n"))


def test_a_line_break_in_a_code_starts_no_line_of_its_own() -> None:
    data = calendar([due(code="A\r\nATTENDEE:mailto:x@example.org\n\u2028B")], WRITTEN)
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    assert "ATTENDEE" not in event
    assert event["SUMMARY"] == "A ATTENDEE:mailto:x@example.org B: decision due"


def test_no_due_day_makes_an_empty_calendar() -> None:
    assert not Calendar.from_ical(calendar([], WRITTEN)).walk("VEVENT")
