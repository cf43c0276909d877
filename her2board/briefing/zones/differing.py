"""Where the nearest cohort of a row differs from this case, by name; what is so in every row is said once."""

from collections.abc import Container, Iterable, Iterator

from msgspec import Struct

from her2board.assessment.model import CohortResult, RemarkResult
from her2board.briefing.formats import listed, lower
from her2board.briefing.model import Run, Words
from her2board.briefing.zones.few_words import wanted
from her2board.logic.evaluate import SOURCE
from her2board.logic.truth import Truth
from her2board.logic.values import Facts
from her2board.wording import tr

_NAMED = 2
"""Criteria named before the rest is counted."""
_SHORT = 40
"""Characters that label and value of a remark may take."""


class Differing(Struct, frozen=True):
    """The criteria of one cohort that differ or are open, and what it does not state, each with where it comes from."""

    differs: tuple[str, ...]
    open: tuple[str, ...]
    remarks: tuple[str, ...]
    differs_from: tuple[str, ...]
    open_from: tuple[str, ...]
    remarks_from: tuple[str, ...]

    def words(self, everywhere: "Everywhere") -> Words:
        """Return '; not met: T-DM1 given before; open: ILD; not stated there: …', without what is said of all rows."""
        words: list[Run] = []
        for label, most, names, origin in (
            (tr("not met: "), _NAMED, self.differs, self.differs_from),
            (tr("open: "), _NAMED, [name for name in self.open if name not in everywhere.open], self.open_from),
            (
                tr("not stated there: "),
                1,
                [shown for shown in self.remarks if shown not in everywhere.remarks],
                self.remarks_from,
            ),
        ):
            if names:
                words += [
                    Run("; "),
                    Run(label, "plain" if words or not self.differs else "bold"),
                    Run(listed(names, most), origin=origin),
                ]
        return tuple(words)


class Everywhere(Struct, frozen=True):
    """What is so of the cohort of every row, and is said once."""

    open: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def words(self) -> Words:
        """What is said above the rows; nothing where nothing is so of all."""
        parts = ((tr("; open in all rows: "), self.open), (tr("; not stated in any: "), self.remarks))
        origin = ("count:findings of every row",)
        return tuple(Run(label + listed(names, _NAMED), "bold", origin=origin) for label, names in parts if names)


def differing(result: CohortResult, facts: Facts, cautioned: Container[str]) -> Differing:
    """Return where a cohort differs; a fact that a caution of the row is about needs no remark beside it."""
    against = result.of(Truth.NOT_MET)
    sources = tuple(f"evidence:{f.source.ref}, {f.source.locator}" for f in against if f.source)
    remarks = [remark for remark in result.remarks if remark.fact not in cautioned]
    return Differing(
        differs=tuple(lower(finding.criterion) for finding in against),
        open=tuple(_missing(result, facts)),
        remarks=tuple(_remarked(remark, facts) for remark in remarks),
        differs_from=(*of_facts(name for finding in against for name in finding.facts_used), *sources),
        open_from=of_facts(name for finding in result.of(Truth.UNKNOWN) for name in finding.facts_missing),
        remarks_from=of_facts(remark.fact for remark in remarks),
    )


def _remarked(remark: RemarkResult, facts: Facts) -> str:
    """Return label and value of what is recorded; of a long value, which its zone says, the label."""
    return lower(remark.shown if len(remark.shown) <= _SHORT else facts.read(remark.fact).label)


def everywhere(rows: Iterable[Differing | None]) -> Everywhere:
    """Return what is so of the cohorts of all rows that have one; nothing where there are fewer than two."""
    known = [row for row in rows if row is not None]
    if len(known) < 2:
        return Everywhere()
    return Everywhere(_in_all([row.open for row in known]), _in_all([row.remarks for row in known]))


def _in_all(groups: list[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys(groups[0]) if all(name in names for names in groups))


def _missing(result: CohortResult, facts: Facts) -> Iterator[str]:
    for finding in result.of(Truth.UNKNOWN):
        if finding.source and all(name.startswith(SOURCE) for name in finding.facts_missing):
            yield tr("{criterion} (left open by the source)").format(criterion=lower(finding.criterion))
            continue
        for name in finding.facts_missing:
            fact = name.removeprefix(SOURCE)
            reading = facts.read(fact)
            silent = tr("{label} (not stated there)").format(label=lower(reading.label))
            yield silent if name != fact else wanted(reading)


def of_facts(names: Iterable[str]) -> tuple[str, ...]:
    """Return facts, recorded or missing, as an origin; how many are not named is counted."""
    return (*(f"fact:{name.removeprefix(SOURCE)}" for name in dict.fromkeys(names)), "count:facts not named")
