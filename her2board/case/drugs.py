"""The drug vocabulary: one canonical name for every synonym, brand and code."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

DrugId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)


class DrugClass(_Entry):
    """A class of drugs, asked for like a drug: 'her2_tki'."""

    id: DrugId
    name: str


class Drug(_Entry):
    """One drug: canonical name, short name for the page, everything else it is called."""

    id: DrugId
    name: str
    short: str
    classes: tuple[DrugId, ...]
    synonyms: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


class Product(_Entry):
    """A product or regimen name that stands for several drugs: Phesgo, THP."""

    name: str
    drugs: Annotated[tuple[DrugId, ...], Field(min_length=1)]
    synonyms: tuple[str, ...] = ()


class DrugList(_Entry):
    """The vocabulary as it stands in its file."""

    classes: tuple[DrugClass, ...]
    drugs: tuple[Drug, ...]
    products: tuple[Product, ...] = ()

    @model_validator(mode="after")
    def _every_class_has_a_drug(self) -> Self:
        used = {id_ for drug in self.drugs for id_ in drug.classes}
        if empty := [group.id for group in self.classes if group.id not in used]:
            raise ValueError(f"no drug belongs to the class '{empty[0]}': give one the class, or remove it")
        return self


@dataclass(frozen=True)
class Vocabulary:
    """Looks drugs up by any of their names."""

    entries: DrugList

    @cached_property
    def drugs(self) -> dict[str, Drug]:
        """Drugs by id."""
        return {drug.id: drug for drug in self.entries.drugs}

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Ids of all drugs, then of all classes."""
        return (*self.drugs, *(group.id for group in self.entries.classes))

    @cached_property
    def _by_name(self) -> dict[str, tuple[str, ...]]:
        names: dict[str, tuple[str, ...]] = {key: (drug.id,) for drug in self.entries.drugs for key in _drug_keys(drug)}
        names |= {key: product.drugs for product in self.entries.products for key in _product_keys(product)}
        return names | {_key(group.id): (group.id,) for group in self.entries.classes}

    def resolve(self, name: str) -> tuple[str, ...]:
        """Return the drug ids that ``name`` stands for; empty when the name is not known."""
        return self._by_name.get(_key(name), ())

    @cached_property
    def _grouped(self) -> dict[tuple[str, ...], tuple[frozenset[str], ...]]:
        return {}

    def groups(self, names: tuple[str, ...]) -> tuple[frozenset[str], ...]:
        """Return what ``names`` stand for, each as the drugs it may be; unknown names are left out."""
        known = self._grouped.get(names)
        if known is None:  # asked for every drug and class at every keystroke
            ids = (id_ for name in names for id_ in self.resolve(name))
            known = self._grouped[names] = tuple(self.members(id_) for id_ in ids)
        return known

    def names(self) -> tuple[str, ...]:
        """All names that are understood, as written, for type-ahead."""
        drugs = (n for d in self.entries.drugs for n in (d.name, d.short, *d.synonyms, *d.brands, *d.codes))
        products = (n for p in self.entries.products for n in (p.name, *p.synonyms))
        return tuple(dict.fromkeys((*drugs, *products)))

    def label(self, id_: str) -> str:
        """Return the short name of a drug or the name of a class."""
        if id_ in self.drugs:
            return self.drugs[id_].short
        return next((group.name for group in self.entries.classes if group.id == id_), id_)

    @cached_property
    def _members(self) -> dict[str, frozenset[str]]:
        drugs = {id_: frozenset({id_}) for id_ in self.drugs}
        classes = {
            group.id: frozenset(drug.id for drug in self.entries.drugs if group.id in drug.classes)
            for group in self.entries.classes
        }
        return drugs | classes

    def members(self, id_: str) -> frozenset[str]:
        """Return the drug ids that belong to ``id_``: the drug itself, or all drugs of the class."""
        return self._members.get(id_, frozenset())


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", name.casefold())


def _drug_keys(drug: Drug) -> Iterable[str]:
    return map(_key, (drug.id, drug.name, drug.short, *drug.synonyms, *drug.brands, *drug.codes))


def _product_keys(product: Product) -> Iterable[str]:
    return map(_key, (product.name, *product.synonyms))
