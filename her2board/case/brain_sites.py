"""In which part of the brain a lesion lies, where its site says so in words that mean one part only."""

import re
from functools import lru_cache
from typing import Literal

from her2board.case.doubt import is_doubtful
from her2board.case.drug_text import fold

Part = Literal["brainstem", "cerebellum", "posterior fossa", "above the tentorium"]

_WORDS: dict[Part, str] = {
    "brainstem": "brainstem pons pontine midbrain mesencephalon medulla hirnstamm mittelhirn ponte tronco",
    "cerebellum": "cerebellum cerebellar vermis kleinhirn cervelet cervelletto cerebelo",
    "posterior fossa": "fossa infratentorial",
    "above the tentorium": "frontal parietal temporal occipital frontoparietal frontotemporal temporoparietal "
    "parietooccipital parieto temporooccipital temporo fronto insula insular thalamus thalamic precentral postcentral "
    "cingulate caudate putamen supratentorial frontale parietale temporale occipitale",
}
_WHERE_INSIDE = """
    left right l r bilateral midline the of in lobe lobes gyrus cortex cortical subcortical hemisphere hemispheric deep
    upper lower superior inferior anterior posterior medial lateral central rostral caudal dorsal ventral region lesion
    oblongata links rechts sinistro sinistra destro destra gauche droit droite
"""
_QUALIFIERS = frozenset(_WHERE_INSIDE.split())
"""Words that say where inside a part, and no other part."""
_PART_OF: dict[str, Part] = {word: part for part, words in _WORDS.items() for word in words.split()}


_RECORD_NUMBER = 5
"""Digits that number no lesion: a site with a record number reads the same once that is taken out."""


@lru_cache(maxsize=1000)
def part_of(site: str) -> Part | None:
    """Return the part that a site names; None where a word is not known, doubtful, or names another part as well."""
    text = fold(site).folded.replace("brain stem", "brainstem")
    words = re.findall(r"\w+", text)
    if is_doubtful(site) or re.search(r"[^\w\s,()./-]", text):
        return None
    if sum(map(str.isdigit, text)) >= _RECORD_NUMBER:
        return None
    named = {_PART_OF[word] for word in words if word in _PART_OF}
    known = all(word in _PART_OF or word in _QUALIFIERS or word.isdigit() for word in words)
    return named.pop() if known and len(named) == 1 else None


def in_brainstem(part: Part | None) -> bool | None:
    """Return whether a part is the brainstem; None where it may be."""
    return None if part in (None, "posterior fossa") else part == "brainstem"


def in_posterior_fossa(part: Part | None) -> bool | None:
    """Return whether a part lies in the posterior fossa."""
    return None if part is None else part != "above the tentorium"
