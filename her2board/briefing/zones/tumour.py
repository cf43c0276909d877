"""Receptors, genetics, origin and lines in one paragraph; below it what was given, on a time axis."""

from collections.abc import Callable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from her2board.briefing.formats import joined, says, typed
from her2board.briefing.model import Line, Part, Run, Style, Words
from her2board.briefing.zones import timeline as axis
from her2board.briefing.zones.base import Form, Note, Sources, Zone
from her2board.briefing.zones.facts import fact_words
from her2board.briefing.zones.rows import RowWriter
from her2board.briefing.zones.texts import FEWEST, LEAST, clip_all, counted, text_forms
from her2board.briefing.zones.timeline import Timeline, timeline, treatments
from her2board.case.model import Case
from her2board.case.stated_lines import stated_words
from her2board.case.terms import spoken
from her2board.logic.values import Span
from her2board.wording import tr, trn


class TumourPart(Struct, frozen=True):
    """One thing known of the tumour, and what it rests on."""

    words: Words
    why: Words = ()
    """Left to the annex where the page is full."""
    discordant: bool = False
    """What it rests on is another result: on the page as long as anything typed is."""
    further: bool = False
    """Histology, stage at diagnosis or time to relapse: left to the annex before what decides today."""


class TumourZone(Struct, frozen=True):
    """The tumour part by part, and the treatments on one axis."""

    title: str
    parts: tuple[TumourPart, ...]
    cut: Words
    """How many characters of what was typed are left out; nothing where none is."""
    timeline: Timeline
    reasons_left_out: int = 0

    @property
    def words(self) -> Words:
        """All parts in one paragraph."""
        return (*joined(((*part.words, *part.why) for part in self.parts), "; "), *self.cut)


def _compose(sources: Sources) -> TumourZone:
    return TumourZone(tr("Tumour and treatment"), tuple(_parts(sources)), (), timeline(sources))


def _parts(sources: Sources) -> Iterator[TumourPart]:
    rows, tumour = RowWriter(sources), sources.case.tumour
    yield _fact(sources, "HER2 ", "her2_status", "bold")
    yield _fact(sources, tr("hormone receptors "), "hr_status", "bold", after="her2_status")
    variant = (Run(" "), *typed("tumour.pik3ca_variant", tumour.pik3ca_variant)) if tumour.pik3ca_variant else ()
    yield _fact(sources, "PIK3CA ", "pik3ca", "plain", variant)
    if tumour.origin:
        yield TumourPart((Run(spoken(tumour.origin), origin=("case:tumour.origin",)),))
    relapse = tr("relapse {} months after (neo)adjuvant anti-HER2 therapy")
    if words := rows.field("tumour.months_since_adjuvant_her2", relapse, required=False):
        yield TumourPart(words, further=True)
    if together := _found_together(rows):
        yield TumourPart(together)
    for path, form in (
        ("tumour.histology", "{}"),
        ("tumour.initial_stage", tr("at diagnosis {}")),
        ("tumour.primary_date", tr("primary {}")),
        ("tumour.metastatic_date", tr("metastatic {}")),
        ("tumour.brain_date", tr("brain {}")),
    ):
        if together and path in _TOGETHER:
            continue
        if words := rows.field(path, form, required=False):
            yield TumourPart(words, further=path in _HISTORY)
    yield TumourPart(_lines(sources), _completeness(sources.case))


_HISTORY = ("tumour.histology", "tumour.initial_stage")
_TOGETHER = ("tumour.primary_date", "tumour.metastatic_date")


def _found_together(rows: RowWriter) -> Words:
    """Return the day of primary and metastases where it is the same."""
    tumour = rows.case.tumour
    if tumour.primary_date is None or tumour.primary_date != tumour.metastatic_date:
        return ()
    words = tr("primary and metastatic {day}").format(day=tumour.primary_date.shown())
    return (Run(words, origin=tuple(f"case:{path}" for path in _TOGETHER)),)


def _lines(sources: Sources) -> Words:
    """Return how many lines of therapy there were for metastatic disease."""
    lines = sources.assessment.facts.read("metastatic_lines")
    if not lines.is_recorded:
        words = tr("lines of metastatic therapy: not recorded")
    else:
        one = Span.exactly(1) in (lines.value, lines.said)
        words = trn("{n} line of metastatic therapy", "{n} lines of metastatic therapy", 1 if one else 2)
    counted = Run(words.format(n=lines.shown), origin=("fact:metastatic_lines",))
    stated = sources.case.systemic.lines_stated
    if stated is None:
        return (counted,)
    if stated_words(stated) == lines.shown:
        return (replace(counted, origin=(*counted.origin, "case:systemic.lines_stated")),)
    beside = tr(" ({number} stated)").format(number=stated_words(stated))
    return counted, Run(beside, origin=("case:systemic.lines_stated",))


def _fact(sources: Sources, label: str, name: str, style: Style, more: Words = (), after: str = "") -> TumourPart:
    found = fact_words(sources.case, sources.assessment.facts, name, style, after)
    return TumourPart((Run(label), *found.words, *more), found.why, found.discordant)


def _completeness(case: Case) -> Words:
    """Say whether a gap between lines is a time without treatment, or only one of which nothing is recorded."""
    lines, origin = case.systemic.lines, says("systemic.lines.completeness")
    if not lines.items:
        return ()
    if lines.completeness == "complete":
        return (Run(tr(" (list complete)"), "muted", origin=origin),)
    if lines.metastatic_complete:
        of_metastatic = says("systemic.lines.metastatic_complete")
        return (Run(tr(" (metastatic list complete)"), "muted", origin=(*origin, *of_metastatic)),)
    return (Run(tr(" (list not complete)"), "muted", origin=origin),)


def _outline(zone: TumourZone) -> Iterator[Part]:
    yield Part(zone.title, (Line("", zone.words), *treatments(zone.timeline)))


def _clipped(zone: TumourZone, most: int) -> TumourZone:
    return replace(_texts(zone, 3 * most), timeline=axis.clipped(zone.timeline, most))


def _texts(zone: TumourZone, most: int, least: int = LEAST) -> TumourZone:
    parts = clip_all(zone.parts, most, least)
    return replace(zone, parts=parts, cut=counted(parts))


def _without_reasons(zone: TumourZone, discordant: bool = False) -> TumourZone:
    """Leave the reasons behind receptor status to the annex; those that name another result only where asked to."""

    def goes(part: TumourPart) -> bool:
        return bool(part.why) and (discordant or not part.discordant)

    left = sum(map(goes, zone.parts))
    parts = tuple(replace(part, why=()) if goes(part) else part for part in zone.parts)
    return replace(zone, parts=parts, cut=counted(parts), reasons_left_out=zone.reasons_left_out + left)


def _without_history(zone: TumourZone) -> TumourZone:
    """Leave histology and the stage at diagnosis to the annex."""
    parts = tuple(part for part in zone.parts if not part.further)
    return replace(zone, parts=parts, cut=counted(parts)) if len(parts) < len(zone.parts) else zone


def _on_axis(change: Callable[[Timeline], Timeline]) -> Callable[[TumourZone], TumourZone]:
    return lambda zone: replace(zone, timeline=change(zone.timeline))


def _few(at: int, most: int) -> Form[TumourZone]:
    note: Note[TumourZone] = Note(
        "earlier_treatments", lambda n: tr("earlier treatments: +{n}").format(n=n), _not_drawn
    )
    return Form(at, _on_axis(lambda line: axis.latest(line, most)), note)


def _not_drawn(zone: TumourZone) -> int:
    return zone.timeline.left_out


def _reasons_words(n: int) -> str:
    return tr("reasons behind receptors and lines: {n} in the annex").format(n=n)


_REASONS: Note[TumourZone] = Note("receptor_reasons", _reasons_words, lambda zone: zone.reasons_left_out)
_EARLIER: Note[TumourZone] = Note(
    "history", lambda _: tr("histology, stage at diagnosis, time to relapse: in the annex")
)
_UNDRAWN: Note[TumourZone] = Note("earlier_treatments", lambda _: tr("earlier treatments: not drawn"))
_LAST: Note[TumourZone] = Note(
    "earlier_treatments", lambda n: tr("earlier treatments: not drawn, +{n}").format(n=n), _not_drawn
)
ZONE = Zone(
    TumourZone,
    _compose,
    shorter=(
        *text_forms(_clipped, _on_axis(axis.fewest)),
        _few(40, 8),
        _few(120, 4),
        _few(260, 3),
        Form(130, _without_reasons, _REASONS),
        Form(395, lambda zone: _without_reasons(zone, discordant=True), _REASONS),
        Form(300, _without_history, _EARLIER),
        Form(330, _on_axis(axis.in_words), _UNDRAWN),
        Form(390, _on_axis(axis.last_line), _LAST),
        Form(420, lambda zone: _texts(zone, 5 * FEWEST, FEWEST)),
    ),
    outline=_outline,
)
