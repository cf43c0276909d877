"""Reads diagnoses: the primary tumour, metastases and where they are, with their dates."""

from collections.abc import Sequence
from dataclasses import dataclass

from her2board.capture.typed import Candidate
from her2board.case.doubt import is_doubtful
from her2board.case.terms import Leptomeninges
from her2board.exchange import codes
from her2board.exchange.codes import Concept
from her2board.exchange.fhir.days import Day, first_day, read_day, surely_before
from her2board.exchange.fhir.found import Said
from her2board.exchange.fhir.record import Item, Record
from her2board.wording import tr

BRAIN, MENINGES, BOTH, UNSPECIFIED = "brain", "meninges", "brain_or_meninges", "unspecified"
NODES = "lymph node"


_FIELDS = {BRAIN: "tumour.brain_date", BOTH: "tumour.brain_date", MENINGES: "brain.leptomeninges"}


@dataclass(frozen=True, slots=True)
class Diagnosis:
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


def read_conditions(record: Record) -> tuple[Diagnosis, ...]:
    """Offer what diagnoses say; return those that hold, for what refers to them."""
    found: list[Diagnosis] = []
    for item in record.each("Condition"):
        diagnosis = diagnosis_of(record, item)
        if diagnosis is None:
            continue
        record.read.add(item.label)
        if item.gate.contrary and item.gate.because:
            words = tr("{note}, and its status is '{status}'")
            record.found.problem(words.format(note=item.gate.note, status=item.gate.contrary), item.where)
        if item.gate.because:
            _skip(record, diagnosis)
        else:
            found.append(diagnosis)
    found += _observed_sites(record)
    _offer_primary(record, [d for d in found if d.kind == "primary"])
    _offer_metastases(record, [d for d in found if d.kind == "metastasis"])
    return tuple(found)


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
    if meaning and not item.gate.because:
        if _is_open(concept.text):
            _doubted(record, item, meaning, concept, day)
            return None
        if said := _otherwise(meaning, concept):
            _contradiction(record, item, concept, day, said)
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
    own_site = item.body.own("site")
    if kind == "metastasis" and own_site:
        place = own_site
    elif kind == "metastasis" and place == UNSPECIFIED:
        place, more = _place(item, concept)
        asks = "; ".join(filter(None, (asks, more)))
    if kind == "metastasis" and place == NODES and not own_site:
        asks = "; ".join(
            filter(None, (asks, tr("lymph nodes near the breast are no distant disease: which are meant?")))
        )
    if kind == "metastasis" and place == "breast":
        asks = tr("a secondary tumour of the breast: or is the primary tumour meant?")
    return Diagnosis(item, kind, place, day, concept, asks)


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
    day = first_day(body, "onsetDateTime", "onsetString") or read_day(body.part("onsetPeriod"), "start")
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
    for text in concept.all_words:
        said, _ = _in_words(Concept(text=text))
        kind, _, place = said.partition(".")
        wide = (UNSPECIFIED, BOTH, "malignant", NODES)
        if not said or _says_more(Concept(text=text)) or place in wide or meaning.partition(".")[2] in wide:
            continue
        if kind != meaning.partition(".")[0] or not _same_place(place, meaning.partition(".")[2]):
            return text
    return ""


def _same_place(one: str, other: str) -> bool:
    """Tell whether one place may be meant by both: bone by bone or bone marrow."""
    return one in other or other in one


def _is_of_other_sex(record: Record, diagnosis: Diagnosis) -> bool:
    """Tell whether a cancer is of a male breast, and the patient a woman, or the reverse; both are shown."""
    genders = {item.body.text("gender").casefold() for item in record.each("Patient")} & {"female", "male"}
    for coding in diagnosis.concept.codings:
        said = codes.sex_of(coding)
        if said and genders and said not in genders:
            what = tr("{code}, and the patient is {sex}")
            what = what.format(code=coding.display or coding.shown, sex=" / ".join(sorted(genders)))
            where = (diagnosis.item.where, *(item.where for item in record.each("Patient")))
            record.found.problem(what, *where, readings=(diagnosis.concept.words,))
            day = diagnosis.day.iso or None
            record.found.skip("tumour.primary_date", day, "open", where[0], diagnosis.concept.words, what)
            return True
    return False


def _contradiction(record: Record, item: Item, concept: Concept, day: Day, text: str = "") -> None:
    readings = tuple(f"{coding.shown}: {coding.display or coding.code}" for coding in concept.codings)
    readings += (f"'{text}'",) if text else ()
    what = tr("the codes or words of one diagnosis contradict each other: {readings}").format(readings="; ".join(readings))
    record.read.add(item.label)
    record.found.problem(what, item.body.at("code"), readings=readings)
    field = "tumour.brain_date" if BRAIN in concept.means("metastasis") else "tumour.metastatic_date"
    field = "tumour.primary_date" if concept.means("primary") and not concept.means("metastasis") else field
    record.found.skip(field, day.iso or None, "open", item.body.at("code"), concept.words, what)


def _skip(record: Record, diagnosis: Diagnosis) -> None:
    """Note a diagnosis that its status does not let through."""
    because = diagnosis.item.gate.because
    assert because is not None
    field, value = "tumour.primary_date", diagnosis.day.iso or None
    if diagnosis.kind == "metastasis":
        field = "tumour.brain_date" if diagnosis.place in (BRAIN, BOTH) else "systemic.extracranial_sites"
        value = value if diagnosis.place in (BRAIN, BOTH) else diagnosis.place
        if diagnosis.place == MENINGES:
            field, value = "brain.leptomeninges", "none" if because == "refuted" else "suspected"
    record.found.skip(field, value, because, diagnosis.item.where, diagnosis.concept.words, diagnosis.item.gate.note)


def _observed_sites(record: Record) -> list[Diagnosis]:
    """Return metastases that are sent as observations of their site, as German registries do."""
    found = []
    for item in record.each("Observation"):
        if "metastasis_site" not in item.body.concept("code").means("test"):
            continue
        record.read.add(item.label)
        concept = item.body.value_concept()
        place = next(iter(concept.means("metastasis")), "")
        diagnosis = Diagnosis(item, "metastasis", place, read_day(item.body, "effectiveDateTime"), concept)
        if place and item.gate.because:
            _skip(record, diagnosis)
        elif place:
            found.append(diagnosis)
    return found


def _offer_primary(record: Record, primaries: Sequence[Diagnosis]) -> None:
    found = record.found
    sides = {side: d for d in primaries if (side := side_of(d))}
    if len(sides) > 1:
        readings = tuple(f"{side}: {d.concept.words}" for side, d in sides.items())
        what = tr("right and left breast: two primary tumours, or one of them is wrong")
        found.problem(what, *(d.item.where for d in sides.values()), readings=readings)
        for each in primaries:
            if each.day:
                found.skip("tumour.primary_date", each.day.iso, "open", each.item.where, each.concept.words, what)
        return
    primaries = [d for d in primaries if not _is_of_other_sex(record, d)]
    _offer_day(record, "tumour.primary_date", [d for d in primaries if d.day])
    histologies = [(d, part) for d in primaries for part in d.item.body.extensions("histology-morphology-behavior")]
    for diagnosis, part in histologies[:1]:
        concept = part.value_concept()
        if concept.words:
            said = diagnosis.item.said(concept.words, "extension", concept.words)
            found.offer("tumour.histology", concept.words, "fhir.histology", [said])


def side_of(diagnosis: Diagnosis) -> str:
    """Return the side of a primary tumour; empty where none or both are said."""
    body = diagnosis.item.body
    sites = body.concepts("bodySite")
    said = {
        side for concept in (diagnosis.concept, *sites) for side in concept.means("side") if side in ("left", "right")
    }
    qualifiers = [part for site in body.parts("bodySite") for part in site.extensions("laterality-qualifier")]
    said |= {side for part in qualifiers for side in part.value_concept().means("side") if side in ("left", "right")}
    texts = [text for concept in (diagnosis.concept, *sites) for text in concept.all_words]
    said |= {side for text in texts if (side := codes.side_in(text))}
    return said.pop() if len(said) == 1 else ""


def _offer_day(record: Record, field: str, dated: Sequence[Diagnosis], asks: str = "") -> None:
    """Offer one date; where diagnoses give several, the readings to choose from."""
    isos = {d.day.iso: d for d in dated}
    if len(isos) == 1:
        record.found.offer(field, dated[0].day.iso, "fhir.onset", [d.dated(asks) for d in dated])
    elif isos:
        readings = tuple(Candidate(iso, f"{d.day.date.shown()}: {d.item.label}") for iso, d in sorted(isos.items()))
        said = [d.dated(asks) for d in dated]
        record.found.offer(
            field, None, "fhir.onset", said, trust="two_readings", readings=readings, asks=tr("which date?")
        )


def _offer_metastases(record: Record, metastases: Sequence[Diagnosis]) -> None:
    both = tr("this code covers brain and meninges: which of them?")
    brain = [d for d in metastases if d.place in (BRAIN, BOTH)]
    asks = both if any(d.place == BOTH for d in brain) else ""
    _offer_day(record, "tumour.brain_date", [d for d in brain if d.day], asks)
    if brain and not any(d.day for d in brain):
        record.found.offer("brain.metastases_present", True, "fhir.site", [d.said(True, asks) for d in brain])
    _offer_meninges(record, [d for d in metastases if d.place == MENINGES])
    outside = [d for d in metastases if d.place not in (BRAIN, BOTH, MENINGES)]
    named = [d for d in outside if d.place != UNSPECIFIED]
    if named:
        sites = list(dict.fromkeys(d.place for d in named))
        record.found.offer("systemic.extracranial_sites", sites, "fhir.site", [d.said(d.place) for d in named])
    _offer_metastatic(record, outside, brain)


def _offer_meninges(record: Record, found: Sequence[Diagnosis]) -> None:
    """Offer leptomeningeal disease; how sure it is, only this program's own bundles say."""
    if not found:
        return
    own = found[0].item.body.own("leptomeninges")
    sure = own if own in list(Leptomeninges) else "stated"
    asks = "" if own else tr("presence alone is said; on what basis?")
    record.found.offer("brain.leptomeninges", sure, "fhir.meninges", [d.said(sure) for d in found], asks=asks)


def _offer_metastatic(record: Record, outside: Sequence[Diagnosis], brain: Sequence[Diagnosis]) -> None:
    """Offer the earliest metastasis as start of metastatic disease, where more than the brain is dated."""
    outside = [d for d in outside if d.place != NODES]  # which may be regional
    if not any(d.day for d in outside):
        return
    dated = [d for d in (*outside, *brain) if d.day]
    first = min(dated, key=lambda d: d.day.date)
    others = [d for d in dated if d is not first and d.day.iso != first.day.iso]
    asks = "" if all(d.day for d in (*outside, *brain)) else tr("not every metastasis has a date")
    if all(surely_before(first.day.iso, d.day.iso) for d in others):
        derived = tr("earliest of {n} metastatic sites with a date").format(n=len(dated))
        record.found.offer(
            "tumour.metastatic_date",
            first.day.iso,
            "fhir.earliest",
            [first.dated()],
            trust="worked_out",
            derived=derived,
            asks=asks,
        )
    else:
        isos = dict.fromkeys(d.day.iso for d in (first, *others))
        readings = tuple(Candidate(iso, iso) for iso in isos)
        record.found.offer(
            "tumour.metastatic_date",
            None,
            "fhir.earliest",
            [d.dated() for d in (first, *others)],
            trust="two_readings",
            readings=readings,
            asks=tr("which date is earliest?"),
        )
