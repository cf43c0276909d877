"""Lines of systemic treatment against one another."""

from collections.abc import Iterator
from itertools import combinations

from her2board.case.contradictions.declare import Clash, Rules
from her2board.case.model import Case
from her2board.wording import tr

rules = Rules()


@rules.rule()
def ongoing_yet_stopped(case: Case) -> Iterator[Clash]:
    """An ongoing line with a reason for stopping."""
    for index, line in enumerate(case.systemic.lines.items):
        if line.ongoing and line.reason_stopped:
            place = f"systemic.lines[{index}]"
            yield Clash(
                tr("line {n} is recorded as ongoing, yet with a reason for stopping").format(n=index + 1),
                (f"{place}.ongoing", f"{place}.reason_stopped"),
            )


@rules.rule()
def overlapping(case: Case) -> Iterator[Clash]:
    """A line that ends after a later one starts."""
    for (index, line), (later, following) in combinations(enumerate(case.systemic.lines.items), 2):
        if following.start is None or following.continues_line:  # an added or exchanged drug may overlap
            continue
        words = {"n": index + 1, "next": later + 1, "start": following.start.shown()}
        places = f"systemic.lines[{index}]", f"systemic.lines[{later}].start"
        if line.stop and line.stop.surely_after(following.start):
            text = tr("line {n} stops {stop}, after line {next} starts {start}")
            yield Clash(text.format(stop=line.stop.shown(), **words), (f"{places[0]}.stop", places[1]))
        elif line.ongoing:
            text = tr("line {n} is recorded as ongoing, yet line {next} starts {start}")
            yield Clash(text.format(**words), (f"{places[0]}.ongoing", places[1]))
