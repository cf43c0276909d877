"""Offers what diagnoses say: the primary tumour, metastases and where they are, with their dates."""

from collections.abc import Sequence

from her2board.capture.typed import Candidate
from her2board.case.terms import Leptomeninges
from her2board.exchange import codes
from her2board.exchange.fhir.days import read_day, surely_before
from her2board.exchange.fhir.diagnoses import BOTH, BRAIN, MENINGES, NODES, UNSPECIFIED, Diagnosis, diagnosis_of
from her2board.exchange.fhir.record import Record
from her2board.wording import tr


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
        if any(letter.isalpha() for letter in concept.words):  # a code alone is no name
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
    if brain and (not any(d.day for d in brain) or any(d.item.body.own("present") for d in brain)):
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
