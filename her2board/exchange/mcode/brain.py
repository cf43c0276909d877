"""Writes brain lesions with their sizes, and local therapies with dose and fractions."""

from her2board.case.dates import PartialDate
from her2board.case.model import Lesion, LocalTherapy, Millimetres
from her2board.case.terms import LocalKind
from her2board.exchange.mcode.pieces import OWN, Body, Writing, amount, coded, extension, iso

_METHODS = ("MRI", "CT")


def write_lesions(writing: Writing) -> None:
    """Write each measured lesion; one without a size, or with a range, cannot be said."""
    brain = writing.case.brain
    day = iso(brain.imaging_date)
    for number, lesion in enumerate(brain.lesions.items):
        size = _quantity(lesion.diameter_mm)
        if size is None:
            continue
        id_, path = f"lesion-{number + 1}", f"brain.lesions[{number}]"
        location = coded("site.brain", "snomed", lesion.site or "")
        paths = [f"{path}.site"] if lesion.site else []
        identifier = [{"use": "usual", "system": f"{OWN}lesion", "value": str(number + 1)}]
        writing.add("BodyStructure", id_, "tumor", *paths, identifier=identifier, location=location)
        paths = [f"{path}.diameter_mm", *(["brain.imaging_date"] if day else [])]
        across = _quantity(lesion.perpendicular_mm) if _is_exact(lesion.perpendicular_mm) else None
        paths += [f"{path}.perpendicular_mm"] if across else []
        _size(writing, f"{id_}-size", id_, day, [size, *([across] if across else [])], *paths)
        _earlier(writing, lesion, id_, path, brain.imaging_date)


def _size(writing: Writing, id_: str, lesion: str, day: str, sizes: list[Body], *paths: str) -> None:
    modality = writing.case.brain.modality
    names = ("size.longest", "size.other")
    components = [{"code": coded(names[min(n, 1)], "loinc"), "valueQuantity": size} for n, size in enumerate(sizes)]
    known = modality in _METHODS and "earlier" not in id_
    method = coded(f"method.{modality}", "snomed") if known else None
    found = (*paths, *(["brain.modality"] if known else []))
    focus = [writing.refer(lesion)]
    code = coded("test.tumour_size", "loinc")
    writing.observe(id_, "tumor-size", code, day, *found, focus=focus, method=method, component=components)


def _earlier(writing: Writing, lesion: Lesion, id_: str, path: str, imaging: PartialDate | None) -> None:
    """Write earlier sizes that have a day before the present one; else nobody can say which is earlier."""
    sizes = lesion.earlier_sizes or ()
    said = [(size.day, _quantity(size.mm)) for size in sizes]
    written = 0
    for n, (day, size) in enumerate(said):
        if day is not None and iso(day) and size and imaging is not None and iso(imaging) and imaging.surely_after(day):
            _size(writing, f"{id_}-earlier-{n + 1}", id_, iso(day), [size])
            written += 1
    if written and written == len(sizes):
        writing.taken.add(f"{path}.earlier_sizes")


def _is_exact(size: Millimetres | None) -> bool:
    return size is not None and size.exact is not None


def _quantity(size: Millimetres | None) -> Body | None:
    """Return a diameter as a quantity; a range with two ends is none."""
    if size is None:
        return None
    if size.exact is not None:
        return amount(size.exact, "mm") if size.exact else None
    if size.low is not None and size.high is not None:
        return None
    if size.low is not None:
        return amount(size.low, "mm", ">=" if size.low_included else ">") if size.low else None
    assert size.high is not None
    return amount(size.high, "mm", "<=" if size.high_included else "<") if size.high else None


def write_local_therapies(writing: Writing) -> None:
    """Write operations and courses of radiotherapy with their kind, place, dose and fractions."""
    for number, therapy in enumerate(writing.case.brain.local_therapies.items):
        path = f"brain.local_therapies[{number}]"
        day = iso(therapy.day)
        paths = [f"{path}.kind", *([f"{path}.day"] if day else []), *([f"{path}.site"] if therapy.site else [])]
        if therapy.kind.what != "radiotherapy":  # what it was is not known: no course, whose dose would say that it is
            _operation(writing, number + 1, therapy, day, paths)
        else:
            _course(writing, number + 1, therapy, day, path, paths)


def _operation(writing: Writing, number: int, therapy: LocalTherapy, day: str, paths: list[str]) -> None:
    writing.add(
        "Procedure",
        f"local-{number}",
        "cancer-related-surgical-procedure" if therapy.kind.what == "surgery" else "",
        *paths,
        identifier=writing.own("local", str(number)),
        status="completed",
        code={"text": therapy.kind.label},
        bodySite=[_place(therapy)],
        performedDateTime=day,
    )


def _place(therapy: LocalTherapy) -> Body:
    site = therapy.site or ""
    if therapy.kind == LocalKind.WHOLE_BRAIN:
        return coded("site.whole_brain", "snomed", site)
    if therapy.kind.where == "brain":
        return coded("site.brain", "snomed", site)
    return {"text": site or therapy.kind.label}


def _course(writing: Writing, number: int, therapy: LocalTherapy, day: str, path: str, paths: list[str]) -> None:
    code = coded("procedure.radiotherapy", "snomed", therapy.kind.label)
    if therapy.kind == LocalKind.RADIOSURGERY:
        code["coding"] += coded("procedure.stereotactic", "snomed")["coding"]
    doses: list[Body] = []
    if therapy.dose_gy is not None or therapy.fractions is not None:
        volume = f"volume-{number}"
        marker = [{"use": "usual", "system": f"{OWN}volume", "value": str(number)}]
        writing.add("BodyStructure", volume, "radiotherapy-volume", identifier=marker, location=_place(therapy))
        parts: list[Body] = [{"url": "volume", "valueReference": writing.refer(volume)}]
        if therapy.dose_gy is not None:
            parts.append({"url": "totalDoseDelivered", "valueQuantity": amount(round(therapy.dose_gy * 100, 3), "cGy")})
            paths.append(f"{path}.dose_gy")
        if therapy.fractions is not None:
            parts.append({"url": "fractionsDelivered", "valueUnsignedInt": therapy.fractions})
            paths.append(f"{path}.fractions")
        doses = [extension("radiotherapy-dose-delivered-to-volume", extension=parts)]
    writing.add(
        "Procedure",
        f"local-{number}",
        "radiotherapy-course-summary",
        *paths,
        identifier=writing.own("local", str(number)),
        status="completed",
        code=code,
        bodySite=[_place(therapy)],
        performedPeriod={"end": day} if day else {},
        extension=doses,
    )
