"""Tables as people keep them in spreadsheets, letters and mails of many countries."""

import pytest
from support.copied import Reader

from her2board.case.model import SystemicLine
from her2board.evidence.library import EvidenceLibrary


@pytest.fixture
def read(library: EvidenceLibrary) -> Reader:
    return Reader(library)


def _stopped(stop: str) -> str:
    return f"Drug\tStart\tStop\nEnhertu\t03/2023\t{stop}\n"


def test_words_for_going_on_are_ongoing_and_what_only_may_be_is_asked(read: Reader) -> None:
    base = {"drugs": ["Enhertu"], "start": "2023-03"}
    for stop in ("cont.", "cont'd", "heute", "oggi", "aujourd'hui", "on treatment", "lopend"):
        assert read.values(SystemicLine, _stopped(stop)) == [{**base, "ongoing": True}], stop
    for stop in ("ongoing?", "ongoing (C8)", "ongoing since 5/23", "->", "\N{RIGHTWARDS ARROW}", "current, cycle 9"):
        (entry,) = read.values(SystemicLine, _stopped(stop))
        assert "ongoing" not in entry, stop
        assert "stop" not in entry, stop
        assert read.offers(SystemicLine, _stopped(stop)) == ["ongoing"], stop
        assert read.answered(SystemicLine, _stopped(stop), 2)["ongoing"] is True, stop
    for stop in ("not ongoing", "lost to f/u", "stopped", "on hold", "since 5/23"):
        assert read.values(SystemicLine, _stopped(stop)) == [{**base, "note": f"Stop: {stop}"}], stop
        assert not read.offers(SystemicLine, _stopped(stop)), stop


def test_an_end_is_read_behind_until_and_asked_before_more_words_which_are_kept(read: Reader) -> None:
    for stop in ("until 5/23", "bis 05/2023", "through May 2023", "jusqu'en mai 2023", "fino al 05/2023"):
        (entry,) = read.values(SystemicLine, _stopped(stop))
        assert entry["stop"] == "2023-05", stop
    for stop in ("09/2024 (PD brain)", "Sep 2024 - PD", "09/2024, toxicity"):
        (entry,) = read.values(SystemicLine, _stopped(stop))
        assert "stop" not in entry, stop
        assert read.answered(SystemicLine, _stopped(stop), 2)["stop"] == "2024-09", stop
        assert read.answered(SystemicLine, _stopped(stop), 2)["note"] == f"Stop: {stop}", stop


def test_a_part_of_a_year_is_marked_and_its_words_are_kept(read: Reader) -> None:
    (entry,) = read.entries(SystemicLine, "Drug\tStart\nEnhertu\tspring 2022\n")
    assert entry.entry == {"drugs": ["Enhertu"], "start": "2022", "note": "Start: spring 2022"}
    assert entry.marks == ("Start: 2022 (the whole of it; 'spring' is not recorded)",)


def test_a_name_that_is_chosen_keeps_what_was_written(read: Reader) -> None:
    entry = read.answered(SystemicLine, "Drug\tStart\nEnhertu (?)\t2022\n", 0)
    assert entry == {"drugs": ["T-DXd"], "start": "2022", "note": "Drug: Enhertu (?)"}
