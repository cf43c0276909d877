"""What a number of the page may come from in the case: its values, dates, lines and ages."""

import json
import re
from calendar import month_abbr
from collections.abc import Iterator
from datetime import date
from typing import Any

from her2board.briefing.zones.tumour import TumourZone
from support.pages import AS_OF, Made

_DATE = re.compile(r"([<>]?)(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def _case(made: Made) -> dict[str, Any]:
    return json.loads(made.case.model_dump_json(exclude_none=True))


def _leaves(part: Any) -> Iterator[Any]:
    if isinstance(part, dict):
        for entry in part.values():
            yield from _leaves(entry)
    elif isinstance(part, list):
        for entry in part:
            yield from _leaves(entry)
    else:
        yield part


def day(text: str) -> str:
    """Return a date of the case file as people write it."""
    match = _DATE.fullmatch(text)
    assert match is not None
    bound, year, month, number = match.groups()
    words = [{"<": "before", ">": "after"}.get(bound, ""), str(int(number)) if number else ""]
    return " ".join(part for part in (*words, month_abbr[int(month)] if month else "", year) if part)


def claims(made: Made) -> Iterator[str]:
    case = _case(made)
    for leaf in _leaves(case):
        if isinstance(leaf, str):
            yield day(leaf) if _DATE.fullmatch(leaf) else leaf
    yield f"Case {case['code']}"
    yield from _measures(case)
    for specimen in case["tumour"]["specimens"]["items"]:
        if "ihc" in specimen:
            yield f"IHC {specimen['ihc']}"
        if "site" in specimen and "day" in specimen:
            yield f"{specimen['site']}, {specimen['day'].lstrip('<>')[:4]}"
        for name in ("er", "pr", "ki67"):
            yield f"{name} {specimen.get(f'{name}_percent', 0):g} %"
    for therapy in case["brain"]["local_therapies"]["items"]:
        yield f"{therapy.get('dose_gy', 0):g} Gy in {therapy.get('fractions')}"
        yield f"{therapy.get('dose_gy', 0):g} Gy"
    yield from _lines(case)
    yield from _undrawn(made)
    yield from _ages(made, case)


def _undrawn(made: Made) -> Iterator[str]:
    """Yield the lines the drawing does not show, with their number in the order of the case."""
    items = made.case.systemic.lines.items
    drawn = made.shown.get(TumourZone).timeline.drawn and any(line.start or line.stop for line in items)
    vocabulary = made.library.vocabulary
    for number, line in enumerate(items, 1):
        if drawn and (line.start or line.stop) and not made.shown.get(TumourZone).timeline.left_out:
            continue
        drugs = [" + ".join(map(vocabulary.label, vocabulary.resolve(name))) or name for name in line.drugs or ()]
        named = f"{number} {' + '.join(drugs)}" if drugs else f"Line {number}: drugs not recorded"
        yield f"{named} ({(line.setting or 'setting not recorded')}"


def _measures(case: dict[str, Any]) -> Iterator[str]:
    """Yield numbers of the case with the words and the unit they must carry."""
    forms = {
        "brain.largest_mm": "largest {:g} mm",
        "brain.total_volume_ml": "{:g} mL in all",
        "neurology.dexamethasone_mg": "dexamethasone {:g} mg a day",
        "patient.age": "Age, performance {:g}",
        "patient.ecog": "ECOG {:g}",
        "patient.kps": "Karnofsky {:g}",
        "organs.lvef_percent": "LVEF {:g} %",
        "organs.ild_grade": "earlier ILD, grade {:g}",
        "organs.neuropathy_grade": "neuropathy grade {:g}",
        "organs.diarrhoea_grade": "diarrhoea grade {:g}",
        "organs.hand_foot_grade": "hand foot grade {:g}",
        "organs.cytopenia_grade": "cytopenia grade {:g}",
    }
    for path, form in forms.items():
        section, name = path.split(".")
        if name in case.get(section, {}):
            value = case[section][name]
            yield form.partition("{")[0] if isinstance(value, dict) else form.format(value)
    count = case["brain"].get("lesion_count")
    if count:
        high = count.get("high")
        words = f"{count['low']} or more" if high is None else f"{count['low']}" if high == count["low"] else "?"
        yield f"Lesions {words}"
        yield f"{words} brain metastas{'is' if words == '1' else 'es'}"
        yield f"{words} metastas{'is' if words == '1' else 'es'}"


def _lines(case: dict[str, Any]) -> Iterator[str]:
    """Yield the number of lines of metastatic therapy, counted here."""
    lines = case["systemic"]["lines"]
    counted = [x for x in lines["items"] if x.get("setting") == "metastatic" and not x.get("continues_line")]
    whole = lines["completeness"] == "complete" or lines.get("metastatic_complete")
    words = str(len(counted)) if whole else f"{len(counted)} or more"
    yield f"{words} {'line' if words == '1' else 'lines'} of metastatic therapy"
    yield f"{words} {'line' if words == '1' else 'lines'}"


def _ages(made: Made, case: dict[str, Any]) -> Iterator[str]:
    """Yield what is too old for the meeting: its age on the day, and the limit of the release."""
    for limit in made.library.release.freshness:
        section, name = limit.field.split(".")
        written = case.get(section, {}).get(name)
        if written and len(written) == 10:
            age = (AS_OF - AS_OF.fromisoformat(written)).days
            yield f"{age} days old at the discussion, limit {limit.days}"
        if limit.field == "patient.age_on" and not written and (days := [day for day in _days(case) if day <= AS_OF]):
            age = (AS_OF - max(days)).days
            yield f"the newest in the case is {age} days old at the discussion, limit {limit.days}"


def _days(part: Any) -> Iterator[date]:
    """Yield the first day of every date in a case, that of the meeting and what is due left out."""
    entries = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for name, entry in entries:
        if isinstance(entry, str) and re.fullmatch(r"\d{4}(-\d\d){0,2}", entry) and name not in ("date", "due"):
            yield date.fromisoformat(f"{entry}-01-01"[:10])
        else:
            yield from _days(entry)


def axis(made: Made) -> Iterator[str]:
    """Yield the labels the time axis may carry: months and years between the first date and the meeting."""
    case = _case(made)
    years = [int(found[2]) for leaf in _leaves(case) if isinstance(leaf, str) and (found := _DATE.fullmatch(leaf))]
    for year in range(min(years, default=AS_OF.year), AS_OF.year + 1):
        yield str(year)
        yield from (f"{month_abbr[month]} {year}" for month in range(1, 13))
