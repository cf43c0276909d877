"""Traces every number of a printed page to the case, to an evidence record the page cites, or to a count.

A number is traced when some source text holds it among the same words: up to eight to either side, as far as the
source reaches. The counts are made here again, from the assessment; nothing is taken from the briefing.
"""

import json
import re
from calendar import month_abbr
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

from pydantic import BaseModel

from her2board import __version__
from her2board.assessment.model import OptionResult
from her2board.briefing.formats import ENDPOINT_NAMES
from her2board.evidence.records import Cohort
from her2board.evidence.references import Source
from her2board.evidence.values import Endpoint
from her2board.logic.truth import Truth
from support.pages import AS_OF, Made, release, text_of

_REACH = 8
_CITED = re.compile(r"\s*\[(\d+(?:, \d+)*)\]")
_DATE = re.compile(r"([<>]?)(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_CUT = "\N{HORIZONTAL ELLIPSIS}"
_LEFT = re.compile(r"\+\d+")
_IN_PAUSE_ZONE = ("radiosurgery", "surgery", "wbrt_hippocampal_memantine", "wbrt_conventional", "supportive")
_LANES = ("systemic", "local", "brain", "board")
_ALWAYS_NAMES = ("HER2", "HER2-positive", "HER2-negative", "anti-HER2", "PIK3CA", "her2board")


@dataclass(frozen=True)
class Stray:
    """A number nothing accounts for, with the words around it."""

    numeral: str
    context: str

    def __str__(self) -> str:
        return f"{self.numeral} in '{self.context}'"


@dataclass(frozen=True)
class Printed:
    """The text of a page without reference numbers, and those numbers."""

    words: tuple[str, ...]
    cited: frozenset[int]
    references: dict[int, str]


def printed(text: str) -> Printed:
    """Take a page's text apart."""
    cited = {int(n) for found in _CITED.findall(text) for n in found.split(", ")}
    plain = _CITED.sub("", text).replace("\N{DAGGER}", "")
    foot = plain[plain.rindex(" 1 ", 0, plain.index(". Evidence 20")) : plain.index(". Evidence 20")]
    entries = (entry.strip().partition(" ") for entry in foot.split(" \N{MIDDLE DOT} "))
    return Printed(words_of(plain), frozenset(cited), {int(n): short for n, _, short in entries})


@cache
def words_of(text: str) -> tuple[str, ...]:
    """Return words without the punctuation around them, in small letters; a cut keeps its mark."""
    cores = (word.strip(".,;:()[]'\"\N{EN DASH}\N{MIDDLE DOT}\N{DAGGER}").casefold() for word in text.split())
    return tuple(core for core in cores if core)


class Trace:
    """Everything a number of one page may come from."""

    def __init__(self, made: Made) -> None:
        self.page = printed(text_of(made.data))
        self._sources = Sources([*claims(made, self.page), *cuts(made, self.page)])
        self._axis = Sources(axis(made))
        self._names = names()

    def strays(self, text: str | None = None) -> list[Stray]:
        """Return every number of the page, or of another text in its place, that is traced to nothing."""
        page = self.page if text is None else printed(text)
        wrong = [Stray(str(n), "no such reference") for n in sorted(page.cited - set(page.references))]
        zone = range(*(_index(page.words, t) for t in ("tumour and treatment", "before whole-brain radiation")))
        for index in range(len(page.words)):
            if not self.traced(page.words, index, index in zone):
                wrong.append(Stray(page.words[index], " ".join(page.words[max(index - 5, 0) : index + 5])))
        return wrong

    def traced(self, words: tuple[str, ...], index: int, on_axis: bool) -> bool:
        """Tell whether the word at ``index`` holds no number, or one that comes from somewhere."""
        word = words[index]
        if word in self._names or not any(character.isdigit() for character in word):
            return True
        if on_axis and self._axis.hold(words, index) and _labels_follow(words[index + 1]):
            return True
        return self._sources.hold(words, index)

    def numerals(self) -> list[int]:
        """Return the places of all words with a number."""
        words = self.page.words
        return [n for n, w in enumerate(words) if w not in self._names and any(c.isdigit() for c in w)]


def _labels_follow(word: str) -> bool:
    """Tell whether the next label of the time axis, or the name of a lane, follows."""
    return word in _LANES or word.capitalize() in tuple(month_abbr)[1:] or bool(re.fullmatch(r"(19|20)\d\d", word))


def _index(words: tuple[str, ...], title: str) -> int:
    wanted = words_of(title)
    return next(n for n in range(len(words)) if words[n : n + len(wanted)] == wanted)


class Sources:
    """Source texts, looked up by a word of theirs."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._places: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        for text in dict.fromkeys(texts):
            words = words_of(text)
            for place, word in enumerate(words):
                self._places.setdefault(word, []).append((words, place))

    def hold(self, page: tuple[str, ...], index: int) -> bool:
        """Tell whether some source holds the word at ``index`` among the words around it."""
        return any(_agree(page, index, *found) for found in self._places.get(page[index], ()))


def _agree(page: tuple[str, ...], index: int, source: tuple[str, ...], place: int) -> bool:
    for step in range(1, min(_REACH, place) + 1):
        if index < step or page[index - step] != source[place - step]:
            return False
    for step in range(1, min(_REACH, len(source) - 1 - place) + 1):
        here, there = page[index + step : index + step + 1], source[place + step]
        if here and here[0].endswith(_CUT) and there.startswith(here[0].rstrip(_CUT)):
            return True
        if not here or here[0] != there:
            return False
    return True


@cache
def names() -> frozenset[str]:
    """Return names with a figure in them, which are no numbers: drugs and trials."""
    library = release()
    known = [*_ALWAYS_NAMES, *(trial.name for trial in library.trials), *library.vocabulary.names()]
    return frozenset(w for name in known for w in words_of(name) if w[0].isalpha() and any(c.isdigit() for c in w))


def claims(made: Made, page: Printed) -> Iterator[str]:
    """Yield every text a number of the page may come from."""
    yield from _from_case(made)
    yield from _from_evidence(page)
    yield from _header_and_footer(made, page)
    yield from _pause(made)
    for option in made.assessment.options:
        yield from _option(made, option)
    yield from _missing(made)


# From the case


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


def _from_case(made: Made) -> Iterator[str]:
    case = _case(made)
    for leaf in _leaves(case):
        if isinstance(leaf, str):
            yield day(leaf) if _DATE.fullmatch(leaf) else leaf
    yield f"Case {case['code']}"
    yield from _measures(case)
    for specimen in case["tumour"]["specimens"]["items"]:
        if "ihc" in specimen:
            yield f"IHC {specimen['ihc']}"
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
    drawn = made.shown.timeline.drawn and any(line.start or line.stop for line in items)
    vocabulary = release().vocabulary
    for number, line in enumerate(items, 1):
        if drawn and (line.start or line.stop) and not made.shown.timeline.left_out:
            continue
        drugs = [" + ".join(map(vocabulary.label, vocabulary.resolve(name))) or name for name in line.drugs or ()]
        yield f"{number} {' + '.join(drugs) or 'drugs not recorded'} ({(line.setting or 'setting not recorded')}"


def _measures(case: dict[str, Any]) -> Iterator[str]:
    """Yield numbers of the case with the words and the unit they must carry."""
    forms = {
        "brain.largest_mm": "largest {:g} mm",
        "brain.total_volume_ml": "{:g} mL in all",
        "neurology.dexamethasone_mg": "dexamethasone {:g} mg a day",
        "patient.age": "Age, state {:g}",
        "patient.ecog": "ECOG {:g}",
        "patient.kps": "Karnofsky {:g}",
        "organs.lvef_percent": "LVEF {:g} %",
        "organs.ild_grade": "ILD before grade {:g}",
        "organs.neuropathy_grade": "neuropathy grade {:g}",
        "organs.diarrhoea_grade": "diarrhoea grade {:g}",
        "organs.hand_foot_grade": "hand foot grade {:g}",
        "organs.cytopenia_grade": "cytopenia grade {:g}",
    }
    for path, form in forms.items():
        section, name = path.split(".")
        if name in case.get(section, {}):
            yield form.format(case[section][name])
    count = case["brain"].get("lesion_count")
    if count:
        high = count.get("high")
        words = f"{count['low']} or more" if high is None else f"{count['low']}" if high == count["low"] else "?"
        yield f"Lesions {words}"
        yield f"number of metastases: {words}"


def _lines(case: dict[str, Any]) -> Iterator[str]:
    """Yield the number of lines for metastatic disease, counted here."""
    lines = case["systemic"]["lines"]
    counted = [x for x in lines["items"] if x.get("setting") == "metastatic" and not x.get("continues_line")]
    whole = lines["completeness"] == "complete" or lines.get("metastatic_complete")
    words = str(len(counted)) if whole else f"{len(counted)} or more"
    yield f"lines for metastatic disease: {words}"


def _ages(made: Made, case: dict[str, Any]) -> Iterator[str]:
    """Yield what is too old for the meeting: its age on the day, and the limit of the release."""
    for limit in release().release.freshness:
        section, name = limit.field.split(".")
        written = case.get(section, {}).get(name)
        if written and len(written) == 10:
            age = (AS_OF - AS_OF.fromisoformat(written)).days
            yield f"{age} days old at the discussion, limit {limit.days}"


def cuts(made: Made, page: Printed) -> Iterator[str]:
    """Yield '(+n characters)' where a text really is that much longer than what stands before it."""
    before = made.briefing
    rows = (before.question, before.new, before.tumour, before.decision, before.band.words if before.band else ())
    whole = [*rows, *(row.words for row in (*before.brain, *before.patient))]
    texts = ["".join(run.text for run in words) for words in whole]
    texts += ["".join(run.text for run in row.words) for row in before.pause.disciplines]
    for index, word in enumerate(page.words):
        if _LEFT.fullmatch(word) and page.words[index + 1 : index + 2] == ("characters",):
            left = int(word)
            shown = page.words[max(index - 4, 0) : index]
            for text in texts:
                if words_of(text[: len(text) - left] + _CUT)[-len(shown) :] == shown:
                    yield " ".join((*shown, word, "characters"))


def axis(made: Made) -> Iterator[str]:
    """Yield the labels the time axis may carry: months and years between the first date and the meeting."""
    case = _case(made)
    years = [int(found[2]) for leaf in _leaves(case) if isinstance(leaf, str) and (found := _DATE.fullmatch(leaf))]
    for year in range(min(years, default=AS_OF.year), AS_OF.year + 1):
        yield str(year)
        yield from (f"{month_abbr[month]} {year}" for month in range(1, 13))


# From the evidence


def _from_evidence(page: Printed) -> Iterator[str]:
    """Yield the texts of every record that rests on a reference of this page, or on no publication."""
    shown = {ref.id for ref in release().references.values() if ref.short in page.references.values()}
    for part in _records(release()):
        source = getattr(part, "source", None)
        if isinstance(source, Source) and (source.ref in shown or source.read_in == "program"):
            yield from (value for _, value in part if isinstance(value, str) and " " in value)
    for group in release().guidelines:
        if group.ref in shown:
            yield group.body


def _records(part: Any) -> Iterator[BaseModel]:
    if isinstance(part, BaseModel):
        yield part
        for _, value in part:
            yield from _records(value)
    elif isinstance(part, tuple | list):
        for entry in part:
            yield from _records(entry)
    elif hasattr(part, "release"):
        yield from _records((part.trials, part.guidelines, part.options, part.cautions, part.pause))


def _header_and_footer(made: Made, page: Printed) -> Iterator[str]:
    missing = made.assessment.readiness.outstanding
    library = release()
    yield f"as of {day(AS_OF.isoformat())}"
    yield f"{len(missing)} required {_plural(missing, 'item')} open"
    yield f"Evidence {library.release.version} of {library.release.as_of}, review by {library.release.review_by}"
    yield f"her2board {__version__} {library.content_hash[:8]}"
    yield f"Content {made.sheet.content}"
    shorts = {reference.short for reference in library.references.values()}
    for number, (shown, short) in enumerate(page.references.items(), 1):
        if shown == number and short in shorts:
            yield f"{number} {short}"
    yield f"options in one phrase: {_in_one_phrase(made)}"
    for most in (600, 400, 280, 180, 120):
        yield f"long texts: after {most} characters"
    for most in (1, 2, 3):
        yield f"cautions of an option: beyond {most}"
    muted = sum(reason for reason, _ in groupby(made.briefing.tumour, key=lambda run: run.style == "muted"))
    yield f"reasons behind receptors and lines: {muted} in the annex"
    others = len(made.case.brain.local_therapies.items) - 1
    yield f"{others} more"
    left = _treatments_left_out(made)
    yield f"earlier treatments: +{left}"
    yield f"+{left} earlier {_plural(range(left), 'treatment')} in the annex"


def _treatments_left_out(made: Made) -> int:
    """Count the treatments of the case that neither the drawing nor the words beside it show."""
    line, therapies = made.shown.timeline, made.case.brain.local_therapies.items
    words = "".join(run.text for run in line.local_words) if therapies else ""
    shown = len(line.bars) + sum(mark.treatment for mark in line.brain)
    shown += len(words.split("; ")) if words else 0
    return len(made.case.systemic.lines.items) + len(therapies) - shown


def _in_one_phrase(made: Made) -> int:
    """Count the options of the options zone that have no row of their own."""
    options = [option for option in made.assessment.options if option.kind not in _IN_PAUSE_ZONE]
    return len(options) - len(made.shown.options.rows)


def _plural(things: Any, word: str) -> str:
    return word if len(things) == 1 else f"{word}s"


# Counts made again


def _more(labels: Iterable[str], named: Iterable[int] = (1, 2)) -> Iterator[str]:
    """Yield 'last label +n' for lists that name one or two and count the rest."""
    distinct = list(dict.fromkeys(labels))
    for most in named:
        if len(distinct) > most:
            yield f"{', '.join(distinct[:most])} +{len(distinct) - most}"


def _pause(made: Made) -> Iterator[str]:
    pause, facts = made.assessment.pause, made.assessment.facts
    roles, points = pause.of("discipline"), pause.of("must_know")
    heard = sum(said.status == "heard" for said in made.case.board.disciplines)
    needed = sum(item.state not in ("not_needed", "cannot_tell") for item in roles)
    known = sum(not item.facts_missing for item in points)
    yield f"{heard} of {needed} disciplines heard {known} of {len(points)} points known"
    for item in pause.items:
        shown = [f"{facts.read(name).label}: {facts.read(name).shown}" for name in item.facts_used]
        yield from _more(shown, (1,))
        yield from _more((facts.read(name).label for name in item.facts_missing if name in facts.readings), (1,))


def _option(made: Made, option: OptionResult) -> Iterator[str]:
    facts = made.assessment.facts
    missing = [facts.read(name).label for finding in option.findings for name in finding.facts_missing]
    yield from _more(missing)
    yield from _more(option.because)
    yield from _more([facts.read(name).label for caution in option.to_ask for name in caution.facts_missing])
    parts = (option.standing == "cannot_tell") + len(option.cautions)
    parts += bool(option.to_ask) and option.standing != "cannot_tell"
    yield from (f"+{parts - most} in the annex" for most in (1, 2, 3) if parts > most)
    if option.cohorts:
        yield from _nearest(made, option.cohorts[0])


def _nearest(made: Made, id_: str) -> Iterator[str]:
    """Yield the nearest cohort with its size and its counts, and every value measured in it."""
    found = made.assessment.cohort(id_)
    truths = Counter(finding.truth for finding in found.findings)
    met, differ, unknown = (truths[truth] for truth in (Truth.MET, Truth.NOT_MET, Truth.UNKNOWN))
    size = f"(n {found.cohort.n.value})" if found.cohort.n else "(n not read)"
    against = [finding.criterion for finding in found.of(Truth.NOT_MET)]
    listed = ", ".join(list(dict.fromkeys(against))[:2]) + (
        f" +{len(set(against)) - 2}" if len(set(against)) > 2 else ""
    )
    labels = list(dict.fromkeys(_unknown_labels(made, id_)))
    open_ = ", ".join(labels[:2]) + (f" +{len(labels) - 2}" if len(labels) > 2 else "")
    counted = (
        f"{found.trial.name}, {found.cohort.id.replace('-', ' ')} {size}: {met} met, "
        f"{differ} differ{'s' if differ == 1 else ''} ({listed}), {unknown} cannot tell"
    )
    named = made.shown.options.rows and made.shown.options.rows[0].cohort == made.briefing.options.rows[0].cohort
    yield f"{counted} ({open_})" if named else counted
    for endpoint in found.cohort.endpoints:
        if not endpoint.superseded:
            yield measured(endpoint)
            yield endpoint.criteria
            yield from _scales(endpoint, found.cohort)


def _scales(endpoint: Endpoint, cohort: Cohort) -> Iterator[str]:
    """Yield what a drawing of the outcome is labelled with: a scale of all patients, or to a round number of months."""
    whole = f"cohort n {cohort.n.value}" if cohort.n else "n not read"
    size = f"n {endpoint.counts.of}" if endpoint.counts else whole
    most = max([endpoint.value or 0, (endpoint.interval.high if endpoint.interval else 0) or 0])
    ends = ["100 %"] if endpoint.unit == "percent" else [f"{n} {endpoint.unit}" for n in range(6, 121, 6) if n > most]
    yield from (f"0 {end} {size}" for end in ends)


def _first_two(labels: Iterable[str]) -> str:
    distinct = list(dict.fromkeys(labels))
    return ", ".join(distinct[:2]) + (f" +{len(distinct) - 2}" if len(distinct) > 2 else "")


def _unknown_labels(made: Made, id_: str) -> Iterator[str]:
    facts = made.assessment.facts
    for finding in made.assessment.cohort(id_).of(Truth.UNKNOWN):
        for name in finding.facts_missing:
            silent = name.startswith("source.")
            yield facts.read(name.removeprefix("source.")).label + (": source silent" if silent else "")


def measured(endpoint: Endpoint) -> str:
    """Return a value as it must be printed: name, value, unit, interval with its level, n of N."""
    unit = {"percent": " %", "months": " months", "ratio": "", "patients": " patients"}[endpoint.unit]
    at = f" at {endpoint.at_months:g} months" if endpoint.at_months else ""
    value = "not reached" if endpoint.value is None else f"{endpoint.value:g}{unit}"
    words = f"{ENDPOINT_NAMES[endpoint.kind] if endpoint.kind != 'harm' else endpoint.event}{at} {value}"
    if endpoint.interval:
        low, high = (
            "not reached" if end is None else f"{end:g}" for end in (endpoint.interval.low, endpoint.interval.high)
        )
        words += f" ({endpoint.interval.level} % CI {low}\N{EN DASH}{high})"
    if endpoint.counts:
        n, of = endpoint.counts.n, endpoint.counts.of
        words += f" {n}/{of}" if n is not None else f" of {of}"
    return words


def _missing(made: Made) -> Iterator[str]:
    for ask in made.assessment.ask_next:
        counts = bearing(made, ask.field)
        parts = ", ".join(f"{n} {_plural(range(n), word)}" for word, n in counts.items() if n)
        when = f"due {ask.due}" if ask.due else "not asked"
        yield f"{ask.label} ({ask.owner or ask.asks}, {when}): bears on {parts}"
    text = " ".join(words_of(text_of(made.data)))
    asked = text[text.index("still missing ask next") :].count("bears on")
    yield f"+{len(made.assessment.ask_next) - asked} more in the annex"
    left = len(made.briefing.contradictions) - len(made.shown.contradictions)
    yield f"+{left} more in the annex"
    yield f"points to check: +{left}"
    gaps = made.assessment.readiness.outstanding
    sections = Counter(gap.path.partition(".")[0] for gap in gaps)
    listed = ", ".join(f"{section} {count}" for section, count in sections.items())
    yield f"{len(gaps)} required {_plural(gaps, 'field')} open: {listed}"


def bearing(made: Made, field: str) -> dict[str, int]:
    """Count the cohorts, options and points in which a fact of this field is missing."""
    catalogue, result = release().catalogue, made.assessment

    def of_field(missing: Iterable[str]) -> bool:
        return any(name in catalogue and catalogue[name].fields[0] == field for name in missing)

    cohorts = {c.id for c in result.cohorts if any(of_field(f.facts_missing) for f in c.findings)}
    options = {
        o.id
        for o in result.options
        if any(of_field(f.facts_missing) for f in o.findings) or any(of_field(c.facts_missing) for c in o.to_ask)
    }
    points = {(p.group, p.id) for p in result.pause.items if of_field(p.facts_missing)}
    return {"cohort": len(cohorts), "option": len(options), "point": len(points)}
