"""What the tests run: which lines, how long each takes, and which of them to try for a mutant."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType

from mutants import Mutant

TOP = Path(__file__).resolve().parents[2]
BUILD = TOP / "build" / "mutation"
DECIDING = (
    "her2board/logic",
    "her2board/case/dates.py",
    "her2board/case/catalogue",
    "her2board/case/lesions.py",
    "her2board/case/receptors.py",
    "her2board/case/treatment.py",
    "her2board/evidence/lists.py",
    "her2board/assessment",
)
TESTS = (
    *("tests/unit/logic", "tests/unit/case", "tests/unit/assessment", "tests/unit/evidence/test_evidence_lists.py"),
    *("tests/worked_cases", "tests/laws/test_date_grid.py", "tests/laws/test_incremental.py"),
)
KILLED, TIMED_OUT, SURVIVED = "killed", "timed out", "survived"
_MOST_SECONDS = 8.0

Key = tuple[str, str, str]


@dataclass
class Test:
    """One test: how long it takes and which lines it runs, by file."""

    seconds: float = 0.0
    lines: dict[str, set[int]] = field(default_factory=dict)


@dataclass
class Known:
    """What running every test once has shown."""

    tests: dict[str, Test]
    collected: dict[str, set[int]]
    """Lines that importing and collecting run."""

    def covering(self, mutant: Mutant) -> list[str]:
        """Return the tests to try: those that run the changed lines; for a constant, those of its file.

        Its file is that of its tests too. A module without functions is used by the tests that import it.
        """
        wanted = set(mutant.lines)
        anything = self._is_collected(wanted, mutant.module)
        found = [
            name
            for name, test in self.tests.items()
            if (anything and not _distance(name, mutant.module))
            or ((lines := test.lines.get(mutant.module)) and (anything or lines & wanted))
        ] or self._importing(mutant.module)
        spent = 0.0
        chosen = []
        for distance, seconds, name in sorted(
            (_distance(name, mutant.module), self.tests[name].seconds, name) for name in found
        ):
            spent += seconds if distance else 0
            if spent <= _MOST_SECONDS:
                chosen.append(name)
        return chosen

    def _importing(self, module: str) -> list[str]:
        files = {name.partition("::")[0] for name in self.tests}
        importing = tuple(f"{file}::" for file in files if dotted(module) in Path(file).read_text(encoding="utf-8"))
        return [name for name in self.tests if name.startswith(importing)]

    def ran_early(self, mutant: Mutant, body: range) -> bool:
        """Tell whether importing or collecting ran any part of the function around a mutant."""
        return self._is_collected(body, mutant.module)

    def _is_collected(self, lines: Iterable[int], module: str) -> bool:
        return not self.collected.get(module, set()).isdisjoint(lines)


def _distance(test: str, module: str) -> int:
    """Return 0 for a test in the file of the module, 1 for one of its layer, 2 for any other."""
    layer, *rest = Path(module).parts[1:]
    home = f"tests/unit/{layer}/test_{layer}_"
    return 0 if test.startswith(f"{home}{'_'.join(rest)}::") else 1 if test.startswith(home) else 2


def compiled(mutant: Mutant) -> CodeType:
    code: CodeType = compile(mutant.tree, str(TOP / mutant.module), "exec")
    return code


def dotted(module: str) -> str:
    return module.removesuffix(".py").replace("/", ".").removesuffix(".__init__")


def show_progress(number: int, total: int, mutant: Mutant, outcome: str) -> None:
    if outcome != KILLED:
        print(f"{number}/{total} {outcome}: {text_of(mutant.key)}", file=sys.__stdout__, flush=True)


def text_of(key: Key) -> str:
    return " | ".join(key)
