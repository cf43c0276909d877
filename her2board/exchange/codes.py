"""What codes and words of other systems mean here, from the tables in resources/exchange."""

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

import yaml
from msgspec import Struct

from her2board import paths
from her2board.capture.date_words import plain
from her2board.case.brain_sites import part_of


class Coding(Struct, frozen=True):
    """One code as a record gives it."""

    system: str
    code: str
    display: str = ""

    @property
    def shown(self) -> str:
        """Return it in words: 'LOINC 85319-2'."""
        return f"{system_name(self.system) or self.system or '?'} {self.code}"


class Concept(Struct, frozen=True):
    """What a record says of one thing: codes, and its words."""

    codings: tuple[Coding, ...] = ()
    text: str = ""

    @property
    def words(self) -> str:
        """The text, or the name of the first code that has one, or the code."""
        displays = (coding.display for coding in self.codings if coding.display)
        return self.text or next(displays, "") or next((coding.code for coding in self.codings), "")

    @property
    def all_words(self) -> tuple[str, ...]:
        """Every text and name, each once."""
        return tuple(dict.fromkeys(filter(None, (self.text, *(coding.display for coding in self.codings)))))

    @property
    def shown(self) -> str:
        """The first code in words: 'LOINC 85319-2'; the words where there is none."""
        return self.codings[0].shown if self.codings else self.text

    def means(self, group: str) -> tuple[str, ...]:
        """Return what its codes mean of a group of meanings: of 'test', 'ecog'."""
        found = (meaning for coding in self.codings for meaning in meanings(coding.system, coding.code))
        return tuple(dict.fromkeys(m.partition(".")[2] for m in found if m.partition(".")[0] == group))

    @property
    def is_coded(self) -> bool:
        """Whether one of its codes is of a system whose codes are listed here."""
        return any(system_of(coding.system) for coding in self.codings)


@cache
def _tables() -> dict[str, Any]:
    text = (paths.resources_dir() / "exchange" / "codes.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.load(text, yaml.CBaseLoader)  # every scalar is text
    return found


@cache
def _systems() -> dict[str, str]:
    return {_bare(uri): entry["id"] for entry in _tables()["systems"] for uri in entry["uris"]}


def _bare(uri: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", uri.strip().casefold()).partition("|")[0].rstrip("/")


_LONGEST_PART = 5
_BETWEEN = frozenset(("of", "the", "in", "lesion", "to"))
"""Words that begin and end no name of a part."""
_BEGINNINGS = (
    ("snomed.info/sct/", "snomed"),
    ("hl7.org/fhir/sid/icd-10", "icd10"),
    ("medizininformatik-initiative.de/fhir/ext/modul-onko/codesystem/", "mii"),
)
"""Editions and modules: what addresses of one system begin with."""


def system_name(uri: str) -> str:
    """Return what a code system is called: 'SNOMED CT'; empty where it is none of those listed."""
    names = {"loinc": "LOINC", "snomed": "SNOMED CT", "rxnorm": "RxNorm", "icd10": "ICD-10", "atc": "ATC"}
    return names.get(system_of(uri), "")


@cache
def system_of(uri: str) -> str:
    """Return the code system an address or a name means; empty where it is none of those listed."""
    bare = _bare(uri)
    if found := _systems().get(bare):
        return found
    return next((id_ for start, id_ in _BEGINNINGS if bare.startswith(start)), "")


@cache
def _means() -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for entry in _tables()["codes"]:
        for code in entry["codes"]:
            wide = "*" if code.endswith("*") else ""
            key = (entry["system"], _key(entry["system"], code.rstrip("*")) + wide)
            found[key] = (*found.get(key, ()), entry["means"])
    return found


_BREAST_OF = re.compile(r"C50\d([12])\d")
_ICD = re.compile(r"[A-Z]\d[\dA-Z](?:\.?[\dA-Z]{1,4})?")


@cache
def _lists() -> dict[str, dict[str, str]]:
    return {entry["list"]: entry["codes"] for entry in _tables()["lists"]}


def _key(system: str, code: str) -> str:
    if system != "icd10":
        return code
    match = _ICD.match(code.strip().upper())  # of 'C50.4 G' and 'C79.3+' the category and what follows its dot
    return match[0].replace(".", "") if match else code


@cache
def _products() -> dict[str, tuple[str, ...]]:
    """Return the drugs by RxNorm code: ingredients and brands, then products and dose forms."""
    text = (paths.resources_dir() / "exchange" / "rxnorm.yaml").read_text(encoding="utf-8")
    found: dict[str, tuple[str, ...]] = {}
    for table in (_tables()["drugs"], yaml.load(text, yaml.CBaseLoader)):
        for drug, known in table.items():
            found |= {code: tuple(dict.fromkeys((*found.get(code, ()), f"drug.{drug}"))) for code in known}
    return found


@cache
def _substances() -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the drugs by system and code, of systems other than RxNorm."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for entry in _tables()["substances"]:
        for drug, codes in entry["drugs"].items():
            for code in (codes,) if isinstance(codes, str) else codes:
                drugs = tuple(f"drug.{one.strip()}" for one in drug.split("+"))
                found[(entry["system"], code)] = drugs
    return found


def covered_by(uri: str, code: str) -> tuple[str, ...]:
    """Return the forms of a drug that a code means as well: ATC does not tell liposomal doxorubicin apart."""
    listed = _tables()["covers"].get(system_of(uri), {}).get(code.strip(), ())
    return (listed,) if isinstance(listed, str) else tuple(listed)


@cache
def meanings(uri: str, code: str) -> tuple[str, ...]:
    """Return what a code means here: 'metastasis.brain'; nothing where it is not listed."""
    system = system_of(uri)
    for name, codes in _lists().items():
        if _bare(uri).endswith(name):
            return (codes[code],) if code in codes else ()
    if system == "rxnorm":
        return _products().get(code.strip(), ())
    if found := _substances().get((system, code.strip())):
        return found
    key = _key(system, code.strip())
    if found := _means().get((system, key)):
        return found
    if system == "icd10":
        wider = (_means().get((system, f"{key[:n]}*")) for n in range(len(key), 2, -1))
        return next(filter(None, wider), ())
    return ()


def sex_of(coding: Coding) -> str:
    """Return the sex that a code of breast cancer says: the fifth character of ICD-10-CM, or a word of its name."""
    key = _key("icd10", coding.code) if system_of(coding.system) == "icd10" else ""
    if match := _BREAST_OF.fullmatch(key):
        return {"1": "female", "2": "male"}[match[1]]
    said = [sex for sex in ("female", "male") if has_word(coding.display, (sex,))]
    return said[0] if len(said) == 1 and has_word(coding.display, ("breast",)) else ""


def written(meaning: str, system: str) -> Coding:
    """Return the code that is written for a meaning in a system, with the system's address and its name."""
    entry = next(e for e in _tables()["codes"] if e["means"] == meaning and e["system"] == system)
    code, display = next(iter(entry["codes"].items()))
    return Coding(address(system), code, display)


@cache
def snomed_meanings() -> frozenset[str]:
    """Return everything that a SNOMED CT code is listed for."""
    return frozenset(entry["means"] for entry in _tables()["codes"] if entry["system"] == "snomed")


def address(system: str) -> str:
    """Return the address that is written for a code system."""
    first: str = next((entry["uris"][0] for entry in _tables()["systems"] if entry["id"] == system), system)
    return {"ncit": "http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl"}.get(system, first)


def drug_code(drug: str) -> str:
    """Return the RxNorm code of the ingredient; empty where none was read."""
    return next(iter(_tables()["drugs"].get(drug, ())), "")


@cache
def words() -> Mapping[str, Any]:
    """Return the table of words."""
    text = (paths.resources_dir() / "exchange" / "words.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.load(text, yaml.CBaseLoader)
    return found


def normal(text: str) -> str:
    """Return a text in lower case, without accents, with single blanks."""
    return " ".join(plain(text).split())


def pieces(text: str) -> tuple[str, ...]:
    """Return the words of a text in lower case without accents; a question mark is one."""
    return tuple(re.findall(r"[^\W_]+|\?", normal(text)))


def has_word(text: str, names: Iterable[str]) -> bool:
    """Tell whether a text holds one of the words or phrases, whole."""
    line = _line(text)
    return any(_line(name) in line for name in names)


@lru_cache(maxsize=16384)
def _line(text: str) -> str:
    """Return the words of a text between blanks: a record asks for the same names again and again."""
    return f" {' '.join(pieces(text))} "


@cache
def _named_tests() -> dict[str, str]:
    named = [(name, test) for test, names in words()["tests"].items() for name in names]
    bare = {" ".join(pieces(name)): test for name, test in named if "%" not in name}
    return bare | {normal(name): test for name, test in named}


def test_named(text: str) -> str:
    """Return the test that a text names as a whole, perhaps with its method; empty where it names none."""
    plain_name = normal(text).rstrip(":")
    if found := _named_tests().get(plain_name):
        return found
    if "%" in plain_name:
        return ""
    line = pieces(text)
    bare = " ".join(piece for piece in line if piece not in words()["methods"])
    return _named_tests().get(" ".join(line), "") or _named_tests().get(bare, "")


_FAMILIES = {
    "er": re.compile(r"\bo?estrogen|\bostrogen|oestrogene"),
    "pr": re.compile(r"\bprogest"),
    "her2": re.compile(r"\bher-?2|\berbb-?2|c-erb"),
    "ki67": re.compile(r"\bki-?67|\bmib-?1"),
    "ecog": re.compile(r"\becog\b|\bzubrod"),
    "kps": re.compile(r"\bkarnofsky"),
    "lvef": re.compile(r"\bejection|\bejektion"),
}
_FAMILY = {"her2_ihc": "her2", "her2_status": "her2", "ish": "her2", "ish_panel": "her2", "ish_ratio": "her2"}
_FAMILY |= {"her2_copies": "her2", "er_percent": "er", "pr_percent": "pr", "ki67_percent": "ki67"}


def names_another(test: str, text: str) -> bool:
    """Tell whether a text names the thing that another test measures, and not that of ``test``."""
    family, line = _FAMILY.get(test, test), normal(text)
    named = {name for name, pattern in _FAMILIES.items() if pattern.search(line)}
    return family in _FAMILIES and bool(named) and family not in named


def place_in(text: str) -> str:
    """Return the one place of the body that a text names; empty where it names none, or several."""
    found = [place for place, names in words()["places"].items() if has_word(text, names)]
    if "chest wall" in found:
        return "chest wall" if len(found) == 1 else ""
    return found[0] if len(found) == 1 else ""


def in_brain(text: str) -> bool:
    """Tell whether a text names the brain or a part of it, and no bone or skin beside it."""
    return place_in(text) == "brain" or bool(part_inside(text))


def part_inside(text: str) -> str:
    """Return the words of a text that name a part of the brain: 'left frontal' of 'left frontal lesion'."""
    if has_word(text, words()["not_brain"]):
        return ""
    found = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text)
    for length in range(min(len(found), _LONGEST_PART), 0, -1):
        for start in range(len(found) - length + 1):
            window = found[start : start + length]
            ends = {window[0].casefold(), window[-1].casefold()}
            if not ends & _BETWEEN and part_of(" ".join(window)) is not None:
                return " ".join(window)
    return ""


def side_in(text: str) -> str:
    """Return 'left' or 'right' where a text names one of them."""
    found = [side for side in ("left", "right") if has_word(text, words()[side])]
    return found[0] if len(found) == 1 else ""
