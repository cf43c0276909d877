"""What one condition says: a primary tumour or a metastasis, where, since when, and what contradicts it."""

from msgspec import Struct

from her2board.case.doubt import is_doubtful
from her2board.exchange import codes
from her2board.exchange.codes import Concept
from her2board.exchange.fhir.days import Day, first_day, period_day, read_day
from her2board.exchange.fhir.found import Said
from her2board.exchange.fhir.record import Item, Record
from her2board.wording import tr

BRAIN, MENINGES, BOTH, UNSPECIFIED = "brain", "meninges", "brain_or_meninges", "unspecified"
NODES = "lymph node"
_FIELDS = {BRAIN: "tumour.brain_date", BOTH: "tumour.brain_date", MENINGES: "brain.leptomeninges"}


class Diagnosis(Struct, frozen=True):
    """One condition as read."""

    item: Item
    kind: str
    """'primary' or 'metastasis'."""
    place: str
    """Of a metastasis: 'brain', 'bone', 'unspecified'."""
    day: Day
    concept: Concept
    asks: str = ""

    def said(self, value: object, *more: str) -> Said:
        """Return a value read from its code."""
        asks = "; ".join(filter(None, (self.asks, *more)))
        return self.item.said(value, "code", self.concept.words, asks)

    def dated(self, *more: str) -> Said:
        """Return its date as read."""
        asks = "; ".join(filter(None, (self.asks, self.day.asks, *more)))
        where = self.day.where or self.item.where
        return Said(
            self.day.iso,
            where,
            f"{self.concept.words}, {self.day.words}",
            "; ".join(filter(None, (asks, self.item.gate.asks))),
        )


def diagnosis_of(record: Record, item: Item) -> Diagnosis | None:
    """Return the diagnosis a condition makes; None where it is another, not known, or contradicts itself."""
    concept = item.body.concept("code")
    meant = {
        *(f"primary.{m}" for m in concept.means("primary")),
        *(f"metastasis.{m}" for m in concept.means("metastasis")),
    }
    meant -= {"primary.malignant"} if len(meant) > 1 else set()
    meant = _settled(meant)
    day = _onset(item)
    asks = ""
    if len(meant) > 1:
        _contradiction(record, item, concept, day)
        return None
    meaning = next(iter(meant), "")
    if meaning and not item.gate.because and _is_questioned(record, item, meaning, concept, day):
        return None
    if meaning == "primary.malignant":
        site = item.body.concept("bodySite")
        meaning = "primary.breast" if "breast" in site.means("site") else ""
    if not meaning and not concept.is_coded:
        meaning, asks = _in_words(concept)
        if meaning.startswith("metastasis") and _says_more(concept):
            note = tr("a primary tumour and metastases, or several places, in one diagnosis: whose date is it?")
            record.read.add(item.label)
            because = item.gate.because or "open"
            record.found.skip("tumour.metastatic_date", day.iso or None, because, item.where, concept.words, note)
            return None
    kind, _, place = meaning.partition(".")
    if not meaning and concept.is_coded:
        _unlisted(record, item, concept, day)
    if meaning == "primary.brain" or not meaning:
        return None
    if kind == "metastasis":
        place, more = _site(item, place, concept)
        asks = "; ".join(filter(None, (asks, more)))
    return Diagnosis(item, kind, place, day, concept, asks)


def _site(item: Item, place: str, concept: Concept) -> tuple[str, str]:
    """Return where a metastasis is, as far as code, site and words say, and what is looked at."""
    if own := item.body.own("site"):
        return own, ""
    asks = ""
    if place == UNSPECIFIED:
        place, asks = _place(item, concept)
    if place == "bone or bone marrow" and codes.place_in(concept.text) == "bone":
        return "bone", asks
    if place == NODES:
        nodes = tr("lymph nodes near the breast are no distant disease: which are meant?")
        return place, "; ".join(filter(None, (asks, nodes)))
    if place == "breast":
        return place, tr("a secondary tumour of the breast: or is the primary tumour meant?")
    return place, asks


def _is_questioned(record: Record, item: Item, meaning: str, concept: Concept, day: Day) -> bool:
    """Tell whether the words of a diagnosis leave its code open, deny it, or say something else; noted where so."""
    of_both = meaning.startswith("primary") and codes.has_word(concept.text, codes.words()["metastasis"])
    if _is_open(concept.text) or of_both:
        _doubted(record, item, meaning, concept, day)
        return True
    if said := _otherwise(meaning, concept):
        _contradiction(record, item, concept, day, said)
        return True
    return False


def _unlisted(record: Record, item: Item, concept: Concept, day: Day) -> None:
    """Say of a code that is not listed what its name would mean: nothing is read from the name alone."""
    meaning, _ = _in_words(concept)
    kind, _, place = meaning.partition(".")
    if not meaning or not concept.all_words:
        return
    coding = next(c for c in concept.codings if codes.system_of(c.system))
    note = tr("{code} is not a listed code; its name says '{name}'").format(code=coding.shown, name=concept.words)
    field = "tumour.primary_date" if kind == "primary" else _FIELDS.get(place, "systemic.extracranial_sites")
    value = place if field == "systemic.extracranial_sites" else day.iso or None
    record.read.add(item.label)
    record.found.skip(field, value, item.gate.because or "not_known", item.body.at("code"), concept.words, note)


def _settled(meant: set[str]) -> set[str]:
    """Leave out a wider meaning beside a narrower one of the same code list: brain or meninges beside brain."""
    if "metastasis.brain_or_meninges" in meant and meant & {"metastasis.brain", "metastasis.meninges"}:
        meant = meant - {"metastasis.brain_or_meninges"}
    if "metastasis.bone or bone marrow" in meant and meant & {"metastasis.bone", "metastasis.bone marrow"}:
        meant = meant - {"metastasis.bone or bone marrow"}
    return meant - {"metastasis.unspecified"} if len(meant) > 1 else meant


def _onset(item: Item) -> Day:
    """Return when a diagnosis was made: its onset, or when it was asserted; never when it was typed in."""
    body = item.body
    day = first_day(body, "onsetDateTime", "onsetString") or period_day(body.part("onsetPeriod"))
    if day or day.unread:
        return day
    asserted = next(iter(body.extensions("condition-assertedDate")), None)
    return read_day(asserted, "valueDateTime") if asserted else Day()


def _in_words(concept: Concept) -> tuple[str, str]:
    """Return what the words of a diagnosis without a known code mean, and what is looked at."""
    table, text = codes.words(), " ".join(concept.all_words)
    if _is_open(text):
        return "", ""
    asks = tr("read from the words '{text}', which have no known code").format(text=text)
    if codes.has_word(text, table["metastasis"]) or codes.has_word(text, table["places"]["meninges"]):
        place = codes.place_in(text)
        return (f"metastasis.{place}", asks) if place else ("metastasis.unspecified", asks)
    return ("primary.breast", asks) if codes.has_word(text, table["primary_breast"]) else ("", "")


def _is_open(text: str) -> bool:
    """Tell whether words of a diagnosis leave it open or deny it; that a type is not specified does neither."""
    line = f" {' '.join(codes.pieces(text))} "
    for phrase in codes.words()["not_specified"]:
        line = line.replace(f" {phrase} ", " ")
    doubtful = is_doubtful(line) or "?" in text
    return doubtful or codes.has_word(line, codes.words()["open"])


def _says_more(concept: Concept) -> bool:
    """Tell whether the words of a metastasis name the primary tumour as well, or several places."""
    text, table = " ".join(concept.all_words), codes.words()
    places = [place for place, names in table["places"].items() if codes.has_word(text, names)]
    return codes.has_word(text, table["primary_breast"]) or (len(places) > 1 and not codes.place_in(text))


def _place(item: Item, concept: Concept) -> tuple[str, str]:
    """Return where a metastasis is whose code does not say so: from its site, else from its words."""
    site = item.body.concept("bodySite")
    meant = {"part_of_brain": BRAIN, "whole_brain": BRAIN, "chest_wall": "chest wall", "lymph_nodes": "lymph node"}
    for name in site.means("site"):
        return meant.get(name, name), ""
    for text in (*site.all_words, concept.text):
        if not codes.has_word(text, codes.words()["open"]) and (place := codes.place_in(text)):
            return place, tr("the site is in the words '{text}' alone").format(text=text)
    return UNSPECIFIED, ""


def _doubted(record: Record, item: Item, meaning: str, concept: Concept, day: Day) -> None:
    """Note a diagnosis whose words leave open, or deny, what its code says."""
    kind, _, place = meaning.partition(".")
    field = "tumour.primary_date" if kind == "primary" else _FIELDS.get(place, "systemic.extracranial_sites")
    value = place if field == "systemic.extracranial_sites" else day.iso or None
    note = tr("its words are '{text}'").format(text=concept.text)
    record.read.add(item.label)
    record.found.skip(field, value, "uncertain", item.body.at("code"), concept.words, note)


def _otherwise(meaning: str, concept: Concept) -> str:
    """Return the words of a diagnosis that name another disease or place than its code."""
    kind, _, place = meaning.partition(".")
    wide = (UNSPECIFIED, BOTH, "malignant", NODES, "")
    for text in concept.all_words:
        said, _, named = _in_words(Concept(text=text))[0].partition(".")
        said, named = (kind, codes.place_in(text)) if kind == "metastasis" and not said else (said, named)
        if not said or _says_more(Concept(text=text)) or named in wide or place in wide:
            continue
        if said != kind or not _same_place(named, place):
            return text
    return ""


def _same_place(one: str, other: str) -> bool:
    """Tell whether one place may be meant by both: bone by bone or bone marrow."""
    return one in other or other in one


def _contradiction(record: Record, item: Item, concept: Concept, day: Day, text: str = "") -> None:
    readings = tuple(f"{coding.shown}: {coding.display or coding.code}" for coding in concept.codings)
    readings += (f"'{text}'",) if text else ()
    what = tr("the codes or words of one diagnosis contradict each other: {readings}").format(
        readings="; ".join(readings)
    )
    record.read.add(item.label)
    record.found.problem(what, item.body.at("code"), readings=readings)
    field = "tumour.brain_date" if BRAIN in concept.means("metastasis") else "tumour.metastatic_date"
    field = "tumour.primary_date" if concept.means("primary") and not concept.means("metastasis") else field
    record.found.skip(field, day.iso or None, "open", item.body.at("code"), concept.words, what)
