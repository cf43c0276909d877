"""One option as a row: standing, nearest cohort, outcome, and what this case adds."""

from collections.abc import Iterable

from msgspec import Struct

from her2board.briefing.formats import joined
from her2board.briefing.model import Figure, Run, Words
from her2board.briefing.zones.brief_options import BriefOption
from her2board.briefing.zones.differing import Differing
from her2board.wording import tr


class OptionRow(Struct, frozen=True):
    """One option: standing, nearest cohort, its CNS outcome, and what this case adds."""

    name: str
    brief: BriefOption
    """The same in one phrase, for where a row does not fit."""
    standing: Words
    """Its standing; what it needs where that must be recorded first."""
    cohort: Words
    """The nearest cohort with its size, and how many criteria are met; a statement where there is no cohort."""
    apart: Words
    """The criteria that differ or are open, and remarks, by name; without what is so of every row."""
    differing: Differing | None
    """The same in full; None where there is no cohort."""
    outcome: Words
    figure: Figure | None
    facts: Words
    """What this case adds, a run for each: the cautions, then what is to be asked."""
    rank: int
    """Its place among the rows where there is no room for all; they are in the order of the release."""
    left_out: int = 0
    """How many of them are left to the annex."""
    local: Words = ()
    """What the clinic says of the access to it, marked."""
    chosen_above: bool = False
    """Whether the choices before whole-brain radiation name it, too."""

    @property
    def here(self) -> Words:
        """What this case adds, with how much more there is."""
        words: list[Run] = [*joined(((fact,) for fact in self.facts), "; ")]
        if words and words[0].style == "bold":
            words.insert(0, Run(tr("Caution: "), "bold"))
        if self.left_out:
            more = f"+{self.left_out}"
            words += [Run(("; " if words else "") + more, "italic", origin=("count:cautions left out",))]
        return tuple(words)


def shared_cautions(rows: Iterable[OptionRow]) -> Words:
    """Return the cautions that all rows have; nothing where there are fewer than two."""
    several = [row.facts for row in rows]
    if len(several) < 2:
        return ()
    return tuple(fact for fact in several[0] if fact.style == "bold" and all(fact in facts for facts in several[1:]))
