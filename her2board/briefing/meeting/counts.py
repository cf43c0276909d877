"""What the meetings of a year amount to: counts in which 'not recorded' is always apart, and never a no."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from her2board.briefing.meeting.comes_back import discussed
from her2board.briefing.meeting.tables import Cell, DataTable
from her2board.briefing.slips import sentence_of
from her2board.case.terms import CarriedOut, Discipline
from her2board.casebook.model import Attendance, BoardMeeting, Listing, RadiationOutcome
from her2board.wording import Marked, tr, trn

Tone = Literal["yes", "part", "no", "later", "unknown", "kind"]
"""How a part is drawn: one of an answer from yes to no, not yet due, not recorded, or a kind among others."""
_USUAL = (
    Discipline.MEDICAL_ONCOLOGY,
    Discipline.RADIATION_ONCOLOGY,
    Discipline.NEUROSURGERY,
    Discipline.NEURORADIOLOGY,
)
"""Disciplines counted whether or not any meeting names them."""
_FLAGS: dict[bool | None, tuple[Marked, Tone]] = {
    True: ("yes", "yes"),
    False: ("no", "no"),
    None: ("not recorded", "unknown"),
}
_PRESENT: dict[bool | None, tuple[Marked, Tone]] = {
    True: ("present", "yes"),
    False: ("absent", "no"),
    None: ("not recorded", "unknown"),
}
_WITHOUT: tuple[Tone, ...] = ("unknown", "later")
"""Parts without an answer; a share is of those with one."""


class Part(Struct, frozen=True):
    """How often one answer was recorded, or none was."""

    label: str
    n: int
    tone: Tone


class Segment(Struct, frozen=True):
    """A part of a bar: where it begins and how long it is, as shares of the whole bar."""

    start: float
    share: float
    part: Part


class Measure(Struct, frozen=True):
    """One question asked of every case or meeting of a kind."""

    label: str
    among: str
    """What is counted: 'discussed cases'."""
    parts: tuple[Part, ...]

    @property
    def of(self) -> int:
        """How many were counted, whether or not anything is recorded of them."""
        return sum(part.n for part in self.parts)

    @property
    def unknown(self) -> int:
        """Of how many nothing is recorded."""
        return sum(part.n for part in self.parts if part.tone == "unknown")

    @property
    def known(self) -> int:
        """Of how many an answer is recorded; what is not yet due has none."""
        return sum(part.n for part in self.parts if part.tone not in _WITHOUT)

    @property
    def stacked(self) -> bool:
        """Whether the parts are drawn as one bar; kinds have a bar each."""
        return not any(part.tone == "kind" for part in self.parts)

    def share(self, part: Part) -> float | None:
        """Return the percentage of those recorded that gave this answer; None where nothing is recorded."""
        return None if not self.known or part.tone in _WITHOUT else 100 * part.n / self.known

    def segments(self) -> tuple[Segment, ...]:
        """Return what a bar is drawn from: its parts one behind the other, or each from the beginning."""
        found, start = [], 0.0
        for part in self.parts:
            share = part.n / self.of if self.of else 0.0
            found.append(Segment(start if self.stacked else 0.0, share, part))
            start += share
        return tuple(found)

    @property
    def words(self) -> str:
        """The counts in words: 'yes 31 (78 % of 40 recorded), no 9, not recorded 12; discussed cases: 52'."""
        said = []
        for part in self.parts:
            share = self.share(part) if part.tone == "yes" else None
            of = tr(" ({share:.0f}\N{NO-BREAK SPACE}% of {known} recorded)") if share is not None else ""
            said.append(f"{part.label} {part.n}" + of.format(share=share, known=self.known))
        return tr("{counts}; {among}: {n}").format(counts=", ".join(said), n=self.of, among=self.among)


class Counts(Struct, frozen=True):
    """The counts of one year."""

    year: int
    meetings: int
    cases: int
    """Different cases on any list."""
    measures: tuple[Measure, ...]

    @property
    def lead(self) -> str:
        """How many meetings and cases there were."""
        meetings = trn("{n} meeting", "{n} meetings", self.meetings).format(n=self.meetings)
        return f"{meetings}, " + trn("{n} case on its list", "{n} cases on their lists", self.cases).format(
            n=self.cases
        )


def counts(meetings: Iterable[BoardMeeting], year: int, until: date) -> Counts:
    """Return the counts of the meetings held in a year, up to and on the day ``until``."""
    held = [meeting for meeting in meetings if meeting.day.year == year and meeting.day <= until]
    listed = [one for meeting in held for one in meeting.listings]
    talked = [one for one in listed if discussed(one)]
    measures = (_of_lists(listed), *_of_discussions(talked, until), *_attendance(held))
    return Counts(year, len(held), len({one.case_id for one in listed}), measures)


def _of_lists(listed: Sequence[Listing]) -> Measure:
    named = sum(one.list_only for one in listed)
    talked = sum(map(discussed, listed))
    parts = (
        Part(tr("discussed"), talked, "kind"),
        Part(tr("named only"), named, "kind"),
        Part(tr("neither"), len(listed) - talked - named, "kind"),
    )
    return Measure(tr("Cases on the lists"), tr("entries of lists"), parts)


def _of_discussions(talked: Sequence[Listing], until: date) -> Iterator[Measure]:
    cases = tr("discussed cases")
    deferred = [one for one in talked if one.outcome.deferred]
    proposed = [one for one in talked if one.outcome.wbrt_proposed]
    yield _flags(tr("Discussed before treatment"), cases, [one.prospective for one in talked])
    yield _flags(tr("Trial mentioned"), cases, [one.outcome.trial_mentioned for one in talked])
    yield _flags(tr("Deferred"), cases, [one.outcome.deferred for one in talked])
    yield _reasons([one.outcome.deferral_reason for one in deferred])
    yield _flags(tr("Whole-brain radiotherapy proposed"), cases, [one.outcome.wbrt_proposed for one in talked])
    outcomes = Counter(one.outcome.wbrt_outcome for one in proposed)
    kinds = [Part(tr(kind.label), outcomes[kind], "kind") for kind in RadiationOutcome]
    unknown = Part(tr("not recorded"), outcomes[None], "unknown")
    yield Measure(tr("What became of that proposal"), tr("proposals"), (*kinds, unknown))
    yield _carried_out([one for one in talked if one.outcome.decision], until)


def _flags(label: str, among: str, answers: Iterable[bool | None]) -> Measure:
    return Measure(label, among, _parts(answers, _FLAGS))


def _parts(answers: Iterable[bool | None], words: dict[bool | None, tuple[Marked, Tone]]) -> tuple[Part, ...]:
    found = Counter(answers)
    return tuple(Part(tr(label), found[answer], tone) for answer, (label, tone) in words.items())


def _reasons(reasons: Iterable[str]) -> Measure:
    """Return the reasons of deferrals as they were typed, the most frequent first; spelling by case is one reason."""
    spelled: dict[str, str] = {}
    found: Counter[str] = Counter()
    for reason in reasons:
        key = " ".join(reason.split()).casefold()
        spelled.setdefault(key, " ".join(reason.split()))
        found[key] += 1
    unknown = Part(tr("not recorded"), found.pop("", 0), "unknown")
    kinds = sorted(found, key=lambda key: (-found[key], key))
    parts = (*(Part(spelled[key], found[key], "kind") for key in kinds), unknown)
    return Measure(tr("Reason for deferral"), tr("deferred cases"), parts)


def _carried_out(decided: Sequence[Listing], until: date) -> Measure:
    def answer(one: Listing) -> CarriedOut | Literal["later"] | None:
        due = one.outcome.due
        waits = one.outcome.carried_out is None and due is not None and due > until
        return "later" if waits else one.outcome.carried_out

    found = Counter(map(answer, decided))
    tones: tuple[tuple[CarriedOut, Tone], ...] = (
        (CarriedOut.YES, "yes"),
        (CarriedOut.IN_PART, "part"),
        (CarriedOut.NO, "no"),
    )
    parts = (
        *(Part(tr(kind.label), found[kind], tone) for kind, tone in tones),
        Part(tr("not yet due"), found["later"], "later"),
        Part(tr("not recorded"), found[None], "unknown"),
    )
    return Measure(tr("Decision carried out"), tr("decisions"), parts)


def _attendance(held: Sequence[BoardMeeting]) -> Iterator[Measure]:
    """Yield who attended by discipline; a meeting that does not name one has not recorded it."""
    named = dict.fromkeys(sentence_of(one) for one in _USUAL)
    named |= dict.fromkeys(_discipline(one) for meeting in held for one in meeting.attendance)
    for name in named:
        answers = [_present(meeting.attendance, name) for meeting in held]
        label = tr("Attended: {discipline}").format(discipline=name)
        yield Measure(label, tr("meetings"), _parts(answers, _PRESENT))


def _discipline(one: Attendance) -> str:
    return sentence_of(one.discipline, " ".join(one.discipline_name.split()))


def _present(attendance: Iterable[Attendance], name: str) -> bool | None:
    """Return whether anybody of a discipline was there, where several entries name it."""
    said = [one.present for one in attendance if _discipline(one) == name]
    return True if True in said else None if None in said or not said else False


def counts_table(found: Counts) -> DataTable:
    """Return a row for each answer, with how many gave none beside it."""

    def rows() -> Iterator[tuple[Cell, ...]]:
        for measure in found.measures:
            for part in measure.parts:
                if part.tone == "unknown" and (measure.of != part.n or len(measure.parts) > 1):
                    continue
                share = measure.share(part)
                none = tr("none recorded") if not measure.known else tr("not counted")
                percent: Cell = none if share is None else round(share, 1)
                answer = (found.year, measure.label, part.label, part.n)
                yield (*answer, measure.unknown, measure.of, measure.among, percent)

    heads = (
        tr("Year"),
        tr("Measure"),
        tr("Answer"),
        tr("Number"),
        tr("Not recorded"),
        tr("Of all"),
        tr("Counted"),
        tr("% of those recorded"),
    )
    return DataTable(tr("Counts {year}").format(year=found.year), heads, tuple(rows()))


def years(meetings: Iterable[BoardMeeting]) -> tuple[int, ...]:
    """Return the years with meetings, the latest first."""
    return tuple(sorted({meeting.day.year for meeting in meetings}, reverse=True))


def cleaned(meetings: Iterable[BoardMeeting], clean: Callable[[Listing], Listing]) -> tuple[BoardMeeting, ...]:
    """Return meetings with every listing as ``clean`` returns it."""
    return tuple(meeting.model_copy(update={"listings": tuple(map(clean, meeting.listings))}) for meeting in meetings)
