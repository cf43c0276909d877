"""Reads procedures: operations on the brain, and radiotherapy with its kind as far as it is said."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from textwrap import shorten
from typing import Any

from msgspec.structs import replace

from her2board.capture.proposal import Reason
from her2board.capture.tables.not_given import says_not_given
from her2board.case.terms import LocalKind
from her2board.exchange import codes
from her2board.exchange.fhir.courses import (
    Places,
    Volume,
    course_in_words,
    places_of,
    techniques,
    volumes_of,
    words_of,
)
from her2board.exchange.fhir.days import Day, first_day, read_day, surely_before
from her2board.exchange.fhir.diagnoses import BOTH, BRAIN, Diagnosis
from her2board.exchange.fhir.found import Said
from her2board.exchange.fhir.record import Item, Record
from her2board.exchange.fhir.status import Gate
from her2board.wording import tr

FIELD = "brain.local_therapies[]"
_SHOWN = 80
"""Characters of a note that a question repeats."""
_LABELS = {codes.normal(kind.label): kind for kind in LocalKind}
"""Names of the kinds of this program, which its own bundles hold."""


def read_procedures(record: Record, diagnoses: Sequence[Diagnosis]) -> None:
    """Offer operations on the brain and courses of radiotherapy; plans are seen and not offered."""
    brain = frozenset(d.item.label for d in diagnoses if d.place in (BRAIN, BOTH))
    for item in map(_as_named, record.each("Procedure", "ServiceRequest")):
        if _is_phase(record, item):
            record.read.add(item.label)
        elif any(codes.has_word(text, codes.words()["other_disease"]) for text in words_of(item)):
            record.read.add(item.label)
            words = "; ".join(words_of(item))
            note = tr("for another disease")
            record.found.skip(FIELD, None, item.gate.because or "another_thing", item.where, words, note)
        elif _is_radiotherapy(item):
            record.read.add(item.label)
            if any(codes.has_word(text, codes.words()["about"]) for text in words_of(item)):
                words = "; ".join(words_of(item))
                note = tr("about radiotherapy, not the treatment itself")
                record.found.skip(FIELD, None, item.gate.because or "another_thing", item.where, words, note)
            else:
                _radiotherapy(record, item, brain)
        else:
            _operation(record, item, brain)


def _as_named(item: Item) -> Item:
    """Return a procedure that was not done, or not yet, where its name says so; with what its notes put in doubt."""
    if item.gate.because:
        return item
    said = {says_not_given(text): text for text in words_of(item)}
    if because := _because(said):
        return replace(item, gate=Gate(because, note=said.get(True) or said.get(False) or ""))
    beside = (*(note.text("text") for note in item.body.parts("note")), *item.body.concept("outcome").all_words)
    doubt = next((text for text in beside if codes.has_word(text, codes.words()["not_as_planned"])), "")
    if not doubt:
        return item
    asks = tr("the record says beside it '{text}': was it given?").format(text=shorten(doubt, _SHOWN, placeholder=" …"))
    return replace(item, gate=replace(item.gate, asks="; ".join(filter(None, (item.gate.asks, asks)))))


def _because(said: Mapping[bool | None, str]) -> Reason | None:
    return "planned" if True in said else "not_done" if False in said else None


def _is_phase(record: Record, item: Item) -> bool:
    """Tell whether it is a phase of a course that is itself in the record."""
    return any(record.follow(ref, item) for ref in item.body.references("partOf") if "Procedure" in ref)


def _is_radiotherapy(item: Item) -> bool:
    coded = item.body.concept("code").means("procedure")
    words = words_of(item)
    if coded or _coded(item) or _own_kind(item, "radiotherapy"):
        return True
    if _own_kind(item, "surgery"):
        return False
    return bool(course_in_words(item).kind) or any(
        codes.has_word(text, codes.words()["radiotherapy"]) for text in words
    )


def _coded(item: Item) -> bool:
    """Tell whether a code of the technique says that it is radiotherapy."""
    return any(concept.means("procedure") for concept in techniques(item))


def _own_kind(item: Item, what: str = "") -> LocalKind | None:
    kind = _LABELS.get(codes.normal(item.body.concept("code").text)) if item.body.own("local") else None
    return kind if kind is not None and (not what or kind.what == what) else None


def _about_brain(record: Record, item: Item, brain: AbstractSet[str]) -> bool:
    """Tell whether brain metastases, diagnoses by their labels, are the reason."""
    reasons = (
        record.follow(ref, item) for ref in (*item.body.references("reasonReference"), *item.body.references("reason"))
    )
    named = any(reason is not None and reason.label in brain for reason in reasons)
    concepts = (*item.body.concepts("reasonCode"), *item.body.concepts("reason"))
    return named or any(BRAIN in concept.means("metastasis") for concept in concepts)


def _radiotherapy(record: Record, item: Item, brain: AbstractSet[str]) -> None:
    places, said = places_of(record, item), course_in_words(item)
    kind, asks = _kind(item, places, said.kind or "", _about_brain(record, item, brain))
    words = "; ".join(words_of(item)) or item.label
    day, contrary = _last_day(item)
    if item.gate.because:
        seen = ({"kind": kind} if kind else {}) | ({"day": day.iso} if day else {})
        record.found.skip(FIELD, seen or None, item.gate.because, item.where, words, item.gate.note)
        return
    if kind == "extracranial_radiotherapy" and not _own_kind(item):
        note = tr("radiotherapy of another part of the body: {place}").format(place=places.elsewhere)
        seen = {"kind": kind} | ({"day": day.iso} if day else {})
        record.found.skip(FIELD, seen, "another_thing", item.where, words, note)
        return
    volumes, looked_at = volumes_of(record, item)
    boost = [volume for volume in volumes if not volume.whole] if kind == "whole_brain" else []
    if 0 < len(boost) < len(volumes):  # of the whole brain, what the whole brain was given
        volumes = tuple(volume for volume in volumes if volume.whole)
        left = "; ".join(map(_volume_words, boost))
        looked_at = (*looked_at, tr("a part was given another dose: {volumes}").format(volumes=left))
    asked = [asks, day.asks, *looked_at, _reason(record, item)]
    if contrary:
        record.found.problem(contrary, item.where, readings=(day.words,))
    if not kind and asks:
        record.found.problem(asks, item.where, readings=(words,))
    if contrary or not kind:
        note = contrary or asks or tr("not said of which part of the body")
        record.found.skip(FIELD, {"kind": kind} if kind else None, "open", item.where, words, note)
        return
    if said.kind and not volumes and said.dose_gy:
        asked.append(tr("dose and fractions are read from the words '{text}'").format(text=words))
    elif not _own_kind(item) and not item.body.concept("code").means("procedure") and not _coded(item):
        asked.append(tr("read from the words '{text}'").format(text=words))
    each = _each_target(kind, volumes)
    asked += [tr("one course of {n} targets, each with its dose").format(n=len(each))] if len(each) > 1 else []
    for part in each:
        own = list(asked)
        entry: dict[str, Any] = {"kind": kind} | ({"day": day.iso} if day else {})
        site = _site(item, part)
        entry |= {"site": site} if site else {}
        entry |= _amount(record, item, part, said.dose_gy, said.fractions, own)
        entry |= {"hippocampal_avoidance": True} if said.hippocampal_avoidance else {}
        listed = [item.said(None, "code", words), *_dated(day)] + [Said(None, v.where, _volume_words(v)) for v in part]
        record.found.offer(FIELD, entry, "fhir.radiotherapy", listed, asks="; ".join(dict.fromkeys(filter(None, own))))


def _each_target(kind: str, volumes: Sequence[Volume]) -> list[tuple[Volume, ...]]:
    """Return the volumes target by target, where radiosurgery gave each named one a dose of its own; else together."""
    doses = {(volume.dose_gy, volume.fractions) for volume in volumes}
    sites = {volume.site for volume in volumes}
    apart = kind == "radiosurgery" and len(doses) > 1 and "" not in sites and len(sites) == len(volumes)
    return [(volume,) for volume in volumes] if apart else [tuple(volumes)]


def _dated(day: Day) -> list[Said]:
    """Return the date as a source of its own: the words of a course do not say it."""
    return [Said(None, day.where, day.words)] if day and day.where is not None else []


def _volume_words(volume: Volume) -> str:
    dose = tr("{dose:g} Gy").format(dose=volume.dose_gy) if volume.dose_gy is not None else ""
    count = tr("{n} fractions").format(n=volume.fractions) if volume.fractions is not None else ""
    return ", ".join(filter(None, (volume.site, dose, count)))


def _kind(item: Item, places: Places, said: str, about_brain: bool) -> tuple[str, str]:
    """Return the kind of a course, and what only a person settles; no kind where the place is not known."""
    if own := _own_kind(item, "radiotherapy"):
        return str(own), ""
    named = tr("the person names the kind")
    coded = "stereotactic" in item.body.concept("code").means("procedure")
    stereotactic = coded or any("stereotactic" in concept.means("procedure") for concept in techniques(item))
    whole, brain = places.whole_brain or said == "whole_brain", places.brain or about_brain
    if (stereotactic or said == "radiosurgery") and whole:
        return "", tr("stereotactic and whole brain in one course")
    if places.elsewhere and not brain and not whole:
        return ("spinal_radiotherapy" if places.elsewhere == "spine" else "extracranial_radiotherapy"), ""
    if places.elsewhere and brain:
        return "", tr("the brain and another part of the body in one course")
    if whole:
        return "whole_brain", ""
    if said == "radiosurgery":
        return "radiosurgery", "" if brain else tr("the part of the body is not said; is it the brain?")
    if stereotactic and brain:
        return "radiosurgery", ""
    if brain and places.part:
        return "other_brain_radiotherapy", tr(
            "part of the brain; neither stereotactic nor radiosurgery is said: {named}"
        ).format(named=named)
    if brain:
        return "kind_not_known", tr("radiotherapy of the brain, whole or in part is not said: {named}").format(
            named=named
        )
    return "", ""


def _last_day(item: Item) -> tuple[Day, str]:
    """Return the last day of a procedure, and what its dates contradict."""
    body = item.body
    day = first_day(body, "performedDateTime", "occurrenceDateTime", "performedString", "occurrenceString")
    if day or day.unread:
        return day, ""
    period = body.part("performedPeriod") or body.part("occurrencePeriod")
    start, end = read_day(period, "start"), read_day(period, "end")
    if start and end and surely_before(end.iso, start.iso):
        return end, tr("end {end} before start {start}").format(end=end.words, start=start.words)
    if end:
        return end, ""
    if start:
        return Day(asks=tr("began {start}; the last day is not said").format(start=start.words), words=start.words), ""
    return Day(), ""


def _reason(record: Record, item: Item) -> str:
    """Return what is looked at where a primary tumour of the brain is the reason."""
    for concept in item.body.concepts("reasonCode"):
        if "brain" in concept.means("primary"):
            words = tr("the reason is a primary brain tumour: {reason}").format(reason=concept.words)
            record.found.problem(words, item.body.at("reasonCode"), readings=(concept.words,))
            return words
    for part in item.body.extensions("course-involves-reirradiation"):
        if part.flag("valueBoolean"):
            return tr("marked as re-irradiation")
    return ""


def _site(item: Item, volumes: Sequence[Volume]) -> str:
    named = list(dict.fromkeys(volume.site for volume in volumes if volume.site))
    if named:
        return "; ".join(named)[:300]
    if own := _own_kind(item):
        text = item.body.concept("bodySite").text
        return "" if text == own.label else text
    sites = (concept.text for concept in item.body.concepts("bodySite"))
    return next((place for text in (*sites, *words_of(item)) if (place := codes.part_inside(text))), "")


def _amount(
    record: Record,
    item: Item,
    volumes: Sequence[Volume],
    said_gy: float | None,
    said_fractions: int | None,
    asked: list[str],
) -> dict[str, Any]:
    """Return dose and fractions; of a course that was stopped only what was delivered."""
    given = {(volume.dose_gy, volume.fractions) for volume in volumes}
    if len(given) > 1:
        asked.append(tr("several volumes with different doses: {n}").format(n=len(given)))
        return {}
    dose, fractions = next(iter(given), (None, None))
    stopped = item.body.text("status").casefold() == "stopped"
    if stopped and dose is None:
        asked.append(tr("stopped before its end; what was given is not said in numbers"))
        return {}
    for mine, words in ((dose, said_gy), (fractions, said_fractions)):
        if mine is not None and words is not None and mine != words:
            what = tr("{a:g} in its numbers, {b:g} in its words").format(a=mine, b=words)
            record.found.problem(what, item.where, readings=(f"{mine:g}", f"{words:g}"))
            asked.append(what)
            return {}
    dose, fractions = dose if dose is not None else said_gy, fractions if fractions is not None else said_fractions
    return ({"dose_gy": dose} if dose is not None else {}) | ({"fractions": fractions} if fractions is not None else {})


def _operation(record: Record, item: Item, brain: AbstractSet[str]) -> None:
    """Offer an operation on the brain; others, biopsies and drains are no resection."""
    words, table = " ".join(words_of(item)), codes.words()
    own = _own_kind(item)
    opened = codes.has_word(words, table["brain_surgery"])
    removed = opened or codes.has_word(words, table["resection"])
    places = places_of(record, item)
    about = (
        places.brain
        or codes.place_in(words) == "brain"
        or bool(codes.part_inside(words))
        or _about_brain(record, item, brain)
    )
    if own is None and not removed:
        return
    record.read.add(item.label)
    if (own is None and not (opened or about)) or (own is None and places.elsewhere and not opened):
        record.found.skip(
            FIELD, None, "another_thing", item.where, words, tr("not known to be an operation on the brain")
        )
        return
    if codes.has_word(words, table["not_resection"]) and not codes.has_word(words, table["resection"]):
        record.found.skip(FIELD, None, "another_thing", item.where, words, tr("a biopsy or drain is no resection"))
        return
    kind = str(own or LocalKind.SURGERY)
    day, contrary = _last_day(item)
    if item.gate.because or contrary:
        value = {"kind": kind} | ({"day": day.iso} if day else {})
        record.found.skip(FIELD, value, item.gate.because or "open", item.where, words, item.gate.note or contrary)
        if contrary and not item.gate.because:
            record.found.problem(contrary, item.where)
        return
    site = _site(item, ())
    entry = {"kind": kind} | ({"day": day.iso} if day else {}) | ({"site": site} if site else {})
    record.found.offer(FIELD, entry, "fhir.surgery", [item.said(None, "code", words, day.asks), *_dated(day)])
