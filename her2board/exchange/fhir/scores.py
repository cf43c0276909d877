"""Reads performance status and ejection fraction: the latest of each, and two of one day as two readings."""

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from her2board.capture.proposal import Reason
from her2board.capture.typed import Candidate
from her2board.case.dates import PartialDate
from her2board.case.fields import field_by_path
from her2board.exchange.fhir.found import Said
from her2board.exchange.fhir.observations import Measured, digits_of
from her2board.exchange.fhir.record import Record
from her2board.wording import tr

_PERCENT = ("%", "percent", "per cent", "pct", "prozent", "{percent}")
_OF_ONE = ("1", "{fraction}", "fraction")
_SCORE_UNITS = ("", "1", "{score}", "score", "{ecogscore}", "{kpsscore}", "points", "%")


_GRADE = re.compile(r"\b(?:ecog|who|oms|zubrod)\b\D*([0-4])\b(?![\d-])", re.IGNORECASE)
_ALLOWED = {"ecog": range(5), "kps": range(0, 101, 10)}


class _Score(Struct, frozen=True):
    """One score as read."""

    value: int | float
    one: Measured
    asks: str = ""

    @property
    def said(self) -> Said:
        asks = "; ".join(filter(None, (self.asks, self.one.asks, self.one.day.asks)))
        return self.one.item.said(self.value, "value", self.one.words, asks)


def read_scores(record: Record, measured: Sequence[Measured]) -> None:
    """Offer ECOG, Karnofsky and LVEF with their days."""
    ecog = _offered(record, "patient.ecog", _read(record, measured, "ecog"))
    kps = _offered(record, "patient.kps", _read(record, measured, "kps"))
    _performance_date(record, [score for score in (ecog, kps) if score])
    lvef = _offered(record, "organs.lvef_percent", _read(record, measured, "lvef"))
    if lvef and lvef.one.day:
        _offer_day(record, "organs.lvef_date", lvef)


def _read(record: Record, measured: Sequence[Measured], test: str) -> list[_Score]:
    found = (_score(record, one) for one in measured if one.test == test)
    return [score for score in found if score is not None]


def _score(record: Record, one: Measured) -> _Score | None:
    """Return a score, or say why it is none."""
    number, asks = _number(one)
    if number is None:
        record.found.skip(one.field, None, "open", one.part.where, one.words, tr("no single number"))
        return None
    if one.test == "lvef" and one.amount and one.amount.unit.casefold() in _OF_ONE and 0 < number < 1:
        percent = round(number * 100, 2)
        said = tr("{share:g} is read as {percent:g} %").format(share=number, percent=percent)
        return _Score(int(percent) if percent == int(percent) else percent, one, said)
    wrong, bare = _percentage(one, number) if one.test == "lvef" else (_status(one, number), "")
    if wrong:
        _refuse(record, one, wrong)
        return None
    value = number if one.test == "lvef" else int(number)
    return _Score(value, one, "; ".join(filter(None, (asks, bare))))


def _percentage(one: Measured, number: float) -> tuple[str, str]:
    """Return why a number is no ejection fraction in percent, and what is looked at where it may be one."""
    amount = one.amount
    if amount and amount.unit and amount.unit.casefold() not in _PERCENT:
        return tr("'{value}' is no percentage").format(value=amount.shown), ""
    if not 1 < number <= 100:
        return tr("'{value}' is no ejection fraction in percent").format(value=one.value_words), ""
    return "", tr("the number has no unit; percent is meant?") if amount and not amount.unit else ""


def _status(one: Measured, number: float) -> str:
    """Return why a number is no performance status."""
    amount = one.amount
    names = {"ecog": tr("an ECOG status (0 to 4)"), "kps": tr("a Karnofsky score (0 to 100 in tens)")}
    if number not in _ALLOWED[one.test]:
        return tr("{value} is not {what}").format(value=one.value_words, what=names[one.test])
    if amount and amount.unit.casefold() not in _SCORE_UNITS:
        return tr("'{value}' is no score").format(value=amount.shown)
    return ""


def _number(one: Measured) -> tuple[float | None, str]:
    """Return the number a value gives, and what is looked at where it is not a plain number."""
    amount = one.amount
    if amount:
        return (None, "") if amount.comparator else (amount.number, "")
    concept = one.part.value_concept()
    if coded := concept.means(one.test):
        return float(coded[0]), ""
    graded = {match[1] for words in concept.all_words if (match := _GRADE.search(words))}
    if one.test == "ecog" and len(graded) == 1:
        return float(graded.pop()), tr("the value is the text '{text}'").format(text=concept.words)
    text = one.text or concept.text
    if text and (number := digits_of(one if one.text else _as_text(one, text))) is not None:
        return number, tr("the value is the text '{text}'").format(text=text)
    return None, ""


def _as_text(one: Measured, text: str) -> Measured:
    return replace(one, part=replace(one.part, body={"valueString": text}))


def _refuse(record: Record, one: Measured, what: str) -> None:
    record.found.problem(what, one.part.where, readings=(one.words,))
    amount = one.amount
    value = amount.number if amount else one.value_words
    record.found.skip(one.field, value, "not_known", one.part.where, one.words, what)


def _offered(record: Record, field: str, scores: list[_Score]) -> _Score | None:
    """Offer the latest score; return it where it is one. Earlier ones are seen and not offered."""
    if not scores:
        return None
    dated = [score for score in scores if score.one.day]
    latest = max((score.one.day.date for score in dated), default=None)
    now = [score for score in dated if score.one.day.date == latest] or scores
    for score in scores:
        if score not in now:
            because: Reason = "earlier" if score.one.day else "open"
            record.found.skip(field, score.value, because, score.one.part.where, score.one.words)
    values = {score.value: score for score in now}
    if len(values) == 1:
        record.found.offer(field, now[0].value, "fhir.score", [score.said for score in now])
        return now[0]
    _two(record, field, now)
    return None


def _two(record: Record, field: str, now: list[_Score]) -> None:
    readings = tuple(Candidate(score.value, score.one.words) for score in now)
    iso, label = now[0].one.day.iso, tr(field_by_path()[field].info.label)
    values, day = (
        tr(" and ").join(f"{s.value:g}" for s in now),
        PartialDate.parse(iso).shown() if iso else tr("no date"),
    )
    what = tr("{label}: {values} on the same day ({day})").format(label=label, values=values, day=day)
    record.found.problem(what, *(score.one.part.where for score in now), readings=tuple(r.words for r in readings))
    said = [score.said for score in now]
    record.found.offer(
        field, None, "fhir.score", said, trust="two_readings", readings=readings, asks=tr("which of them?")
    )


def _performance_date(record: Record, scores: list[_Score]) -> None:
    dated = {score.one.day.iso: score for score in scores if score.one.day}
    if len(dated) == 1:
        _offer_day(record, "patient.performance_date", *scores)
    elif dated:
        readings = tuple(Candidate(iso, score.one.words) for iso, score in dated.items())
        said = [score.said for score in dated.values()]
        asks = tr("ECOG and Karnofsky are of different days: which date holds?")
        record.found.offer(
            "patient.performance_date", None, "fhir.score", said, trust="two_readings", readings=readings, asks=asks
        )


def _offer_day(record: Record, field: str, *scores: _Score) -> None:
    """Offer the day of scores that are of one day; those without are no source of it."""
    dated = [score for score in scores if score.one.day]
    said = [
        Said(
            None,
            score.one.day.where or score.one.part.where,
            f"{score.one.words}, {score.one.day.words}",
            score.said.asks,
        )
        for score in dated
    ]
    record.found.offer(field, dated[0].one.day.iso, "fhir.score", said)
