"""Reads which local therapy is meant where its words do not say: 'palliative RT femur', 'SBRT', 'PCI', 'EBRT'."""

import re
from collections.abc import Iterable

from her2board.capture.typed import Candidate, Typed, asked
from her2board.case.doubt import is_doubtful
from her2board.wording import tr

_RADIOTHERAPY = re.compile(
    r"\b(?:x?rt|radio-?therap\w+|radiation|irradiation|ebrt|imrt|vmat|3d-?crt|sbrt|sabr|pci|strahlentherapie|bestrahlung"
    r"|radiothérapie|radioterapia|irradiazione|brachytherapy|sib|boost|protons?|proton\s(?:beam|therapy))\b|bestrahlung\b",
    re.IGNORECASE,
)
_BODY_ONLY = re.compile(r"\b(?:sbrt|sabr)\b", re.IGNORECASE)
_PROPHYLACTIC = re.compile(r"\bpci\b|\bprophylactic cranial\b", re.IGNORECASE)
_RADIATION = re.compile(
    rf"{_RADIOTHERAPY.pattern}|\b(?:f|hf)?sr[st]\b|\bwbrt\b|radiosurgery|\bgk\b|knife|\bgy\b", re.IGNORECASE
)
_SURGERY = re.compile(
    r"\b(?:surgery|operation|op|resection|resected|resektion|metastasectomy|excision|exstirpation|chirurgie|cirugía"
    r"|chirurgia|intervento)\b",
    re.IGNORECASE,
)
_OF_BODY = re.compile(
    r"\b(?:mastectomy|lumpectomy|quadrantectomy|hepatectomy|oophorectomy|ovariectomy|ablatio(?:\s+mammae)?|mastektomie|bet)\b"
    r"|\bbreast[\s-]conserving|\baxillary\s+(?:dissection|clearance)|\bsentinel",
    re.IGNORECASE,
)
_SPINE = re.compile(
    r"\b(?:spine|spinal|vertebra[el]?|wirbel\w*|rachis|colonna|columna|[ct]h?\d{1,2}-(?:[ctl]h?)?\d{1,2}"
    r"|c[1-7]|t(?:h\d|[3-9]|1[0-2])|l[1-5](?:-[ls]?\d)?|sacrum|lumbar|cervical)\b",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"\b(?:femur|hip|pelvis|pelvic|humerus|ribs?|sternum|shoulder|bones?|liver|hepatic|lungs?|pulmonary|breast|chest"
    r"|thoracic|axilla|axillary|supraclavicular|nodes?|nodal|mediastinum|adrenal|becken|leber|lunge|brust|thorax|rippen?"
    r"|knochen|os|foie|poumon|sein|bacino|fegato|polmone|mammella|hueso|mama)\b",
    re.IGNORECASE,
)
_BRAIN = re.compile(
    r"\b(?:brain|cranial|cerebr\w+|cerebell\w+|head|skull|frontal|parietal|temporal|occipital|pons|brainstem|hirn|kopf)\b",
    re.IGNORECASE,
)
_IN_BRAIN = ("whole_brain", "radiosurgery", "other_brain_radiotherapy")
_OUTSIDE = ("spinal_radiotherapy", "extracranial_radiotherapy")


def surgery_of(text: str) -> str | None:
    """Return the kind of an operation by the words for it and its site; None where these say no site, or several."""
    if _OF_BODY.search(text):
        return "extracranial_surgery"
    found = [kind for kind, site in _SURGERY_OF if site.search(text)]
    return found[0] if _SURGERY.search(text) and len(found) == 1 and not _RADIATION.search(text) else None


_SURGERY_OF = (("surgery", _BRAIN), ("spinal_surgery", _SPINE), ("extracranial_surgery", _BODY))


def read_unnamed_kind(text: str, words: dict[str, str]) -> Typed | None:
    """Return the kind that the site in a text leaves, or ask between those left open; None for no local therapy.

    ``words`` are the kinds of the list, as they are shown.
    """
    if not is_doubtful(text) and (kind := surgery_of(text)):
        return Typed(kind)
    if not (_RADIOTHERAPY.search(text) or _PROPHYLACTIC.search(text)) or is_doubtful(text):
        return None
    spine, body, brain = (bool(site.search(text)) for site in (_SPINE, _BODY, _BRAIN))
    if _PROPHYLACTIC.search(text):
        return _which(text, ("whole_brain",), words)
    if body and not spine and not brain:
        return Typed("extracranial_radiotherapy")
    if spine and not body and not brain:
        return Typed("spinal_radiotherapy")
    if brain and not spine and not body:
        return _which(text, _IN_BRAIN, words)
    return _which(text, _OUTSIDE if _BODY_ONLY.search(text) else (*_IN_BRAIN, *_OUTSIDE), words)


def is_elsewhere(site: str) -> bool:
    """Tell whether a site is of the body or the spine and not of the brain."""
    return bool(_SPINE.search(site) or _BODY.search(site)) and not _BRAIN.search(site)


def _which(text: str, kinds: Iterable[str], words: dict[str, str]) -> Typed:
    offered = (Candidate(kind, words[kind]) for kind in kinds if kind in words)
    return asked(tr("'{text}': which radiotherapy?").format(text=text), *offered)
