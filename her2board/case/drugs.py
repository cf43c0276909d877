"""The drug vocabulary: one canonical name for every synonym, brand and code, and what is asked of a shorthand."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import cached_property
from typing import Annotated, Literal, Self
from unicodedata import combining, normalize

from msgspec import Struct
from pydantic import BaseModel, ConfigDict, Field, model_validator

from her2board.case.drug_reading import Lookup, NameReading, names_inside, read_name, unsettles
from her2board.case.drug_text import fold, name_key, pieces
from her2board.case.name_folding import words_of

DrugId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


_MOST_KEPT = 5000
"""Readings of names kept for the next time."""
_LONGEST_NAME = 300
"""Characters that a case holds of a name."""


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)


class DrugClass(_Entry):
    """A class of drugs, asked for like a drug: 'her2_tki'."""

    id: DrugId
    name: str
    synonyms: tuple[str, ...] = ()
    one_at_a_time: bool = False
    """Two of its drugs are not given together: with a slash between them they are alternatives."""
    spoken: bool = True
    """People write its name for one of its drugs; 'other' may mean any drug at all."""


class Spelling(_Entry):
    """What a drug is called in another language, and where that was read."""

    name: str
    language: Literal["de", "es", "fr", "it", "ja", "pt", "zh"]
    source: Annotated[str, Field(min_length=1)]


class Drug(_Entry):
    """One drug: canonical name, short name for the page, everything else it is called."""

    id: DrugId
    name: str
    short: str
    classes: tuple[DrugId, ...]
    synonyms: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    spellings: tuple[Spelling, ...] = ()


class Choice(_Entry):
    """Drugs of which a shorthand names one without saying which: the C of TCH."""

    id: DrugId
    name: str
    drugs: Annotated[tuple[DrugId, ...], Field(min_length=2)]
    synonyms: tuple[str, ...] = ()


class Product(_Entry):
    """A product or regimen: the drugs it certainly holds, and the groups of which it holds one drug each."""

    name: str
    drugs: tuple[DrugId, ...] = ()
    open: tuple[DrugId, ...] = ()
    """Classes or choices; which of their drugs was given is asked."""
    synonyms: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _holds_something(self) -> Self:
        if not self.drugs and not self.open:
            raise ValueError(f"'{self.name}' means no drug: give it drugs, or a class it leaves open")
        return self


class DrugList(_Entry):
    """The vocabulary as its file holds it."""

    classes: tuple[DrugClass, ...]
    drugs: tuple[Drug, ...]
    choices: tuple[Choice, ...] = ()
    products: tuple[Product, ...] = ()

    @model_validator(mode="after")
    def _every_class_has_a_drug(self) -> Self:
        used = {id_ for drug in self.drugs for id_ in drug.classes}
        if empty := [group.id for group in self.classes if group.id not in used]:
            raise ValueError(f"no drug belongs to the class '{empty[0]}': give one the class, or remove it")
        return self

    @model_validator(mode="after")
    def _every_id_is_defined(self) -> Self:
        drugs = {drug.id for drug in self.drugs}
        groups = {group.id for group in self.classes} | {choice.id for choice in self.choices}
        owners: tuple[Choice | Product, ...] = (*self.choices, *self.products)
        for owner in owners:
            open_ids = owner.open if isinstance(owner, Product) else ()
            if missing := [*(set(owner.drugs) - drugs), *(set(open_ids) - groups)]:
                raise ValueError(f"'{owner.name}' names '{missing[0]}', which is not defined here")
        return self

    @model_validator(mode="after")
    def _no_name_means_two_things(self) -> Self:
        meant: dict[str, tuple[str, tuple[str, ...]]] = {}
        for name, ids in self.spelled():
            key = name_key(name)
            if not key:
                raise ValueError(f"'{name}' has no letter or digit to be known by")
            first, known = meant.setdefault(key, (name, ids))
            if known != ids:
                raise ValueError(f"'{name}' means {' + '.join(ids)}, but '{first}' means {' + '.join(known)}")
        return self

    def spelled(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield every name with the ids it means."""
        for drug in self.drugs:
            yield from ((name, (drug.id,)) for name in (drug.id, *_names_of(drug), *_endings_of(drug)))
        for group in self.spoken_groups():
            yield from ((name, (group.id,)) for name in (group.id, group.name, *group.synonyms))
        for product in self.products:
            yield from ((name, (*product.drugs, *product.open)) for name in (product.name, *product.synonyms))

    def spoken_groups(self) -> tuple[DrugClass | Choice, ...]:
        """Return the classes and choices that people write for one of their drugs."""
        return (*(group for group in self.classes if group.spoken), *self.choices)


INDEXES = ("drugs", "ids", "words", "keys", "_members")
"""What is derived from the entries once and stored with a compiled release."""
_SUPPORTIVE = "supportive"
_LEAST_TOKEN = 4
_LEAST_STEM = 6
"""Letters that a name keeps without its last vowel."""
_CLOSE_ENOUGH = 0.84
"""Of two spellings, for a name that is only offered."""
_MOST_OFFERED = 8


class Vocabulary(Struct, frozen=True, dict=True):
    """Looks drugs up by any of their names."""

    entries: DrugList

    @cached_property
    def drugs(self) -> dict[str, Drug]:
        """Drugs by id."""
        return {drug.id: drug for drug in self.entries.drugs}

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Ids of all drugs against the disease, then of all classes; supportive drugs are asked for as a class."""
        treating = (drug.id for drug in self.entries.drugs if drug.classes != (_SUPPORTIVE,))
        return (*treating, *(group.id for group in self.entries.classes))

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of a name of a drug, class or regimen, folded: no part of a person's name that is one is cut."""
        return frozenset(word for name, _ in self.entries.spelled() for word in words_of(name))

    @cached_property
    def keys(self) -> dict[str, tuple[str, ...]]:
        """Ids by the key of each name, which is the same however the name is spelled."""
        return {name_key(name): ids for name, ids in self.entries.spelled()}

    @cached_property
    def _lookup(self) -> Lookup:
        return Lookup(self.keys, self.members, self._either)

    @cached_property
    def _read(self) -> dict[str, NameReading]:
        return {}

    def read(self, name: str) -> NameReading:
        """Return how a name is read, with everything written around it."""
        reading = self._read.get(name)
        if reading is None:  # the same few names at every keystroke
            if len(self._read) > _MOST_KEPT:
                self._read.clear()
            reading = self._read[name] = read_name(name, self._lookup)
        return reading

    def resolve(self, name: str) -> tuple[str, ...]:
        """Return the ids that ``name`` means; empty when it is not a known name.

        A drug given into the cerebrospinal fluid is no systemic exposure to it, so such a name means nothing here.
        """
        reading = self.read(name)
        return () if reading.route else reading.ids

    @cached_property
    def _grouped(self) -> dict[tuple[str, ...], tuple[frozenset[str], ...]]:
        return {}

    def groups(self, names: tuple[str, ...]) -> tuple[frozenset[str], ...]:
        """Return what the names of one line stand for, each as the drugs it may be; unknown names are left out.

        A text that says something of the others, 'declined' or '(?)', leaves none of them certain.
        """
        known = self._grouped.get(names)
        if known is None:  # asked for every drug and class at every keystroke
            unknown = [name for name in names if not self.resolve(name)]
            settled = () if any(map(unsettles, unknown)) else [name for name in names if name not in unknown]
            ids = (id_ for name in settled if not self._completed(name, unknown) for id_ in self.resolve(name))
            known = self._grouped[names] = tuple(self.members(id_) for id_ in ids)
        return known

    def _completed(self, name: str, unknown: list[str]) -> bool:
        """Tell whether an unknown name beside this one makes it another drug: 'trastuzumab' beside 'deruxtecan'."""
        ids = self.resolve(name)
        together = (self.resolve(f"{first} {second}") for other in unknown for first, second in _orders(name, other))
        return any(found and found != ids for found in together)

    def intrathecal(self, names: tuple[str, ...]) -> frozenset[str]:
        """Return the drugs that the names of a line give into the cerebrospinal fluid."""
        readings = (self.read(name) for name in names)
        ids = (id_ for reading in readings if reading.route == "intrathecal" for id_ in reading.ids)
        return frozenset[str]().union(*map(self.members, ids))

    def is_part_of_another(self, name: str) -> bool:
        """Tell whether a known name begins or ends the name of another drug: 'trastuzumab', 'setron'."""
        reading = self.read(name)
        keys = tuple(map(name_key, reading.names))
        return any(
            other.startswith(keys) or other.endswith(keys)
            for other, found in self._lookup.by_key.items()
            if not set(reading.ids) <= set(found)
        )

    def names(self) -> tuple[str, ...]:
        """All names that are understood, as written, for type-ahead."""
        drugs = (name for drug in self.entries.drugs for name in _names_of(drug))
        groups = (n for group in self.entries.spoken_groups() for n in (group.name, *group.synonyms))
        products = (n for p in self.entries.products for n in (p.name, *p.synonyms))
        return tuple(dict.fromkeys((*drugs, *products, *groups)))

    def suggestions(self, name: str) -> tuple[str, ...]:
        """Return the names an unknown text may mean, most alike first, to choose from; nothing follows from them."""
        if len(name) > _LONGEST_NAME:
            return ()
        bare = "".join(c for c in normalize("NFKC", name) if not combining(c))  # without what strikes it out
        tokens = {piece.key for piece in pieces(fold(bare)) if piece.kind == "word" and len(piece.key) >= _LEAST_TOKEN}
        alike = {close for token in tokens for close in get_close_matches(token, self._by_token, 3, _CLOSE_ENOUGH)}
        found = dict.fromkeys((self.label(id_) for id_ in names_inside(bare, self._lookup)), 1)
        for token in tokens | alike:
            for label in self._by_token.get(token, ()):
                found[label] = found.get(label, 0) + 1 + (token in tokens)
        return tuple(sorted(found, key=lambda label: -found[label]))[:_MOST_OFFERED]

    @cached_property
    def _by_token(self) -> dict[str, tuple[str, ...]]:
        """Short names of drugs by each word of their names."""
        found: dict[str, dict[str, None]] = {}
        for drug in self.entries.drugs:
            for piece in (piece for name in _names_of(drug) for piece in pieces(fold(name))):
                if piece.kind == "word" and len(piece.key) >= _LEAST_TOKEN:
                    found.setdefault(piece.key, {})[drug.short] = None
        return {token: tuple(labels) for token, labels in found.items()}

    def label(self, id_: str) -> str:
        """Return the short name of a drug or the name of a class or choice."""
        if id_ in self.drugs:
            return self.drugs[id_].short
        groups: tuple[DrugClass | Choice, ...] = (*self.entries.classes, *self.entries.choices)
        return next((group.name for group in groups if group.id == id_), id_)

    def shown(self, name: str) -> str:
        """Return a name for the page: short names, and the dose as written; one that is not known as it is written."""
        reading = self.read(name)
        if not reading.ids or reading.route:
            return name
        labels = " + ".join(map(self.label, reading.ids))
        return f"{labels} ({reading.note})" if reading.note else labels

    def is_supportive(self, name: str) -> bool:
        """Tell whether every drug of a name supports treatment and makes no line of therapy: dexamethasone."""
        supportive = self.members(_SUPPORTIVE)
        ids = self.resolve(name)
        return bool(ids) and all(self.members(id_) <= supportive for id_ in ids)

    @cached_property
    def _members(self) -> dict[str, frozenset[str]]:
        drugs = {id_: frozenset({id_}) for id_ in self.drugs}
        classes = {
            group.id: frozenset(drug.id for drug in self.entries.drugs if group.id in drug.classes)
            for group in self.entries.classes
        }
        return drugs | classes | {choice.id: frozenset(choice.drugs) for choice in self.entries.choices}

    def members(self, id_: str) -> frozenset[str]:
        """Return the drug ids that belong to ``id_``: the drug itself, or all drugs of the class or choice."""
        return self._members.get(id_, frozenset())

    def _either(self, first: tuple[str, ...], second: tuple[str, ...]) -> bool:
        groups = (self.members(group.id) for group in self.entries.classes if group.one_at_a_time)
        return first != second and any(group.intersection(first) and group.intersection(second) for group in groups)


def _names_of(drug: Drug) -> Iterable[str]:
    spellings = (spelling.name for spelling in drug.spellings)
    return (drug.name, drug.short, *drug.synonyms, *drug.brands, *drug.codes, *spellings)


def _endings_of(drug: Drug) -> Iterator[str]:
    """Yield the name of a supportive drug with the endings of other languages: ondansetrone, Pantoprazol, valproato.

    Only of supportive drugs, which make no line; a drug against the disease is known by the spellings of its sources.
    """
    if _SUPPORTIVE not in drug.classes or not drug.name.isalpha():
        return
    for name in dict.fromkeys((drug.name, drug.name.replace("th", "t"))):
        stem = name.rstrip("aeo") if name[-1] in "aeo" else name
        if len(stem) >= _LEAST_STEM:
            yield from (stem + ending for ending in ("", "a", "e", "o"))


def _orders(first: str, second: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return (first, second), (second, first)
