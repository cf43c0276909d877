"""Writes many cases as one table of a registry, with its dictionary beside it; loose files and casebooks alike."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from her2board.case.model import Case
from her2board.cli.output import write
from her2board.exchange.registry import registry_csv, registry_dictionary


def write_registry(output: Path, cases: Iterable[tuple[str, Case]], inputs: Sequence[Path] = ()) -> Path:
    """Write cases, each with its id, and the dictionary beside them; return where that is. Raises CommandError."""
    beside = output.with_name(f"{output.stem}-dictionary.csv")
    table = registry_csv(cases)
    write(beside, registry_dictionary().encode(), *inputs)
    write(output, table.encode(), *inputs)
    return beside


def ids(cases: Sequence[tuple[str, str]]) -> list[str]:
    """Return how a table calls cases: by their codes, and where several share one also by their ids in a casebook."""
    times = Counter(code for code, _ in cases)
    return [code if times[code] == 1 else f"{code} {id_}" for code, id_ in cases]
