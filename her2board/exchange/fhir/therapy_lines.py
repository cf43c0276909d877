"""Puts medications together as lines for a person to confirm; lines are never numbered."""

from collections.abc import Sequence
from typing import Any

from her2board.capture.date_readings import show_date
from her2board.capture.proposal import Reason, Trust
from her2board.exchange.fhir.days import surely_before
from her2board.exchange.fhir.medications import DrugRow
from her2board.exchange.fhir.reasons import other_reason
from her2board.exchange.fhir.record import Record
from her2board.exchange.one_line import TOGETHER_DAYS, are_alternatives
from her2board.wording import tr

FIELD = "systemic.lines[]"


def read_lines(record: Record, rows: Sequence[DrugRow]) -> None:
    """Offer lines of drugs against the disease; supportive drugs make none."""
    treating = []
    for row in rows:
        if row.intent == "supportive" or (row.drug.ids and all(map(record.vocabulary.is_supportive, row.drug.names))):
            because: Reason = "another_thing"
            record.found.skip(
                FIELD,
                {"drugs": list(row.drug.names)},
                because,
                row.where,
                row.words,
                tr("supportive, makes no line of therapy"),
            )
        elif not row.line and (reason := other_reason(record, row.item)):
            note = tr("given for another disease: {reason}").format(reason=reason)
            record.found.skip(FIELD, {"drugs": list(row.drug.names)}, "another_thing", row.where, row.words, note)
        else:
            treating.append(row)
    for group in group_rows(treating, record):
        _offer(record, group)


def group_rows(rows: Sequence[DrugRow], record: Record) -> list[list[DrugRow]]:
    """Return the rows that may be one line: same start within two weeks, and nothing in which they differ."""
    groups: list[list[DrugRow]] = []
    own: dict[str, list[DrugRow]] = {}
    for row in rows:
        if row.line:
            if row.line not in own:
                groups.append(own.setdefault(row.line, []))
            own[row.line].append(row)
    loose = [row for row in rows if not row.line]
    dated = sorted((row for row in loose if row.start), key=lambda row: row.start.date)
    for row in dated:
        home = next((group for group in reversed(groups) if not group[0].line and _belongs(row, group, record)), None)
        if home is None:
            groups.append([row])
        else:
            home.append(row)
    groups += [[row] for row in loose if not row.start]
    return _continued(groups)


def _belongs(row: DrugRow, group: Sequence[DrugRow], record: Record) -> bool:
    first = group[0]
    low, high = first.start.date.span.low, row.start.date.span.high
    if low is None or high is None or not first.start.date.exact or not row.start.date.exact:
        near = row.start.iso == first.start.iso
    else:
        near = (high - low).days <= TOGETHER_DAYS
    same = all(_agree(getattr(row, name), {getattr(one, name) for one in group}) for name in ("intent", "setting"))
    ended = any(one.stop and surely_before(one.stop.iso, row.start.iso) for one in group)
    return near and same and not ended and not _alternatives(row, group, record)


def _agree(value: str, others: set[str]) -> bool:
    return not value or not (others - {""}) or value in others


def _alternatives(row: DrugRow, group: Sequence[DrugRow], record: Record) -> bool:
    return are_alternatives(set(row.drug.ids), {id_ for one in group for id_ in one.drug.ids}, record.vocabulary)


def _continued(groups: list[list[DrugRow]]) -> list[list[DrugRow]]:
    """Put further orders of the same drugs to the group before, where nothing else began and nothing had ended."""
    found: list[list[DrugRow]] = []
    for group in groups:
        last = found[-1] if found else None
        drugs = {id_ for row in group for id_ in row.drug.ids}
        before = {id_ for row in last or () for id_ in row.drug.ids}
        again = bool(last) and bool(drugs) and drugs <= before and not group[0].line and bool(group[0].start)
        ended = any(row.stop or row.reason for row in last or ())
        if again and last is not None and not ended and not any(row.line for row in last) and last[0].start:
            last += group
        else:
            found.append(list(group))
    return found


def _offer(record: Record, group: Sequence[DrugRow]) -> None:
    drugs = list(dict.fromkeys(name for row in group for name in row.drug.names))
    entry: dict[str, Any] = {"drugs": drugs}
    asks = [ask for row in group for ask in (row.drug.asks, row.start.asks, row.stop.asks) if ask]
    setting, asked = _setting(group)
    entry |= {"setting": setting} if setting else {}
    asks += [asked] if asked else []
    first = next((row for row in group if row.start), None)
    if first is not None:
        entry["start"] = first.start.iso
    stops = {row.stop.iso for row in group if row.stop}
    last = _last_to_end(group)
    if last:
        entry["stop"] = last[0].stop.iso
    if len(stops) > 1 or (stops and not last):
        ended = (f"{', '.join(row.drug.names)} {show_date(row.stop.iso) if row.stop else '?'}" for row in group)
        asks.append(tr("drugs ended on different days: {days}").format(days="; ".join(ended)))
    if len({row.ongoing for row in group}) == 1 and group[0].ongoing is not None:
        entry["ongoing"] = group[0].ongoing
    reason, asked = _reason(last or group)
    entry |= {"reason_stopped": reason} if reason else {}
    asks += [asked] if asked else []
    unknown = [name for row in group if not row.drug.ids for name in row.drug.names]
    if unknown:
        asks.append(tr("not a known drug name: {names}").format(names=", ".join(unknown)))
    derived = _derived(group) if len(group) > 1 else ""
    said = [row.item.said(None, "medication", row.words) for row in group]
    trust: Trust = "worked_out" if derived else "stated"
    asks += [tr("one line of therapy?")] if len(drugs) > 1 and not group[0].line else []
    record.found.offer(
        FIELD, entry, "fhir.line", said, trust=trust, derived=derived, asks="; ".join(dict.fromkeys(asks))
    )


def _last_to_end(group: Sequence[DrugRow]) -> list[DrugRow]:
    """Return the drugs with which a line ended: those that ended last, where every drug has surely ended."""
    if not all(row.stop for row in group):
        return []
    latest = max(row.stop.date for row in group)
    last = [row for row in group if row.stop.date == latest]
    others = (row for row in group if row not in last)
    return last if all(surely_before(row.stop.iso, last[0].stop.iso) for row in others) else []


def _setting(group: Sequence[DrugRow]) -> tuple[str, str]:
    settings = {row.setting for row in group if row.setting}
    if len(settings) == 1:
        return settings.pop(), ""
    intents = {row.intent for row in group if row.intent}
    if intents == {"palliative"}:
        return "metastatic", ""
    if intents == {"curative"}:
        return "", tr("curative intent: neoadjuvant or adjuvant?")
    return "", ""


def _reason(group: Sequence[DrugRow]) -> tuple[str, str]:
    reasons = {row.reason for row in group if row.reason}
    words = "; ".join(dict.fromkeys(row.reason_words for row in group if row.reason_words))
    if reasons == {"no_response"} or (not reasons and words):
        return "", tr("why it ended is said as '{words}': progression?").format(words=words)
    if len(reasons) == 1:
        return reasons.pop(), ""
    return "", tr("several reasons: {words}").format(words=words) if reasons else ""


def _derived(group: Sequence[DrugRow]) -> str:
    starts = [row.start.date for row in group if row.start]
    if group[0].line:
        return tr("marked as one line")
    if len({str(start) for start in starts}) == 1:
        return tr("same start day")
    days = [start.exact for start in starts]
    if any(day is None for day in days):
        return tr("same drugs ordered again")
    exact = [day for day in days if day is not None]
    apart = (max(exact) - min(exact)).days
    if apart <= TOGETHER_DAYS:
        return tr("started within {n} days").format(n=apart)
    return tr("same drugs ordered again, {n} orders").format(n=len(group))
