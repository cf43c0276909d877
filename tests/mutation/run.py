"""Mutation testing of the decision modules: changes one small thing at a time and sees whether a test notices.

A mutant no test notices survives. Each survivor is either killed by a better test or listed in ``survivors.toml``
with the reason why nobody could see it; anything else, and an entry that no longer survives, fails the run.

Most mutants are tried warm: a process that has imported and collected everything forks, one function gets the code
of the mutant, and the tests that run the changed lines follow, the quickest first: all in the test file of the module,
then those of its package and others, ``_MOST_SECONDS`` at most. A mutant only slower tests would notice therefore
counts as a survivor.
Where importing or collecting already ran the function, and for changes outside functions, a survivor is tried again
fresh, with everything imported anew. The warm process runs no test itself, so nothing worked out with unchanged code
is carried over.
"""

import argparse
import os
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from zlib import crc32

from fresh import try_fresh
from gathering import gathered
from known import BUILD, DECIDING, KILLED, SURVIVED, TIMED_OUT, TOP, Key, Known, show_progress, text_of
from mutants import Mutant, mutants_of
from processes import in_child
from warm import try_warm

EXPLAINED = Path(__file__).with_name("survivors.toml")


def main() -> int:
    """Try the mutants; 0 when every survivor is explained and every explanation still needed."""
    options = _options()
    os.chdir(TOP)
    sys.path.insert(0, str(TOP))
    os.environ |= {"HYPOTHESIS_PROFILE": "mutants", "QT_QPA_PLATFORM": "offscreen"}
    BUILD.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    mutants = list(_chosen(options.only, options.one_in))
    known = gathered()
    sample = f" (1 in {options.one_in})" if options.one_in > 1 else ""
    print(f"{len(mutants)} mutants{sample}, {len(known.tests)} tests", flush=True)
    results = tried(mutants, known)
    return _reported(mutants, results, time.monotonic() - started, whole=options.one_in == 1)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("only", nargs="*", help="files or folders to change (all decision modules by default)")
    parser.add_argument("--one-in", type=int, default=1, metavar="N", help="try one mutant in N, always the same ones")
    return parser.parse_args()


def _chosen(only: list[str], one_in: int = 1) -> Iterator[Mutant]:
    files = [
        path
        for name in DECIDING
        for path in ([Path(name)] if name.endswith(".py") else sorted(Path(name).glob("*.py")))
    ]
    for path in files:
        if not only or any(path.is_relative_to(name) for name in only):
            found = mutants_of(path.as_posix(), path.read_text(encoding="utf-8"))
            yield from (mutant for mutant in found if crc32(repr(mutant.key).encode()) % one_in == 0)


def tried(mutants: list[Mutant], known: Known) -> dict[Key, str]:
    """Return what became of each mutant."""
    results: dict[Key, str] = {}
    warm = [mutant for mutant in mutants if known.covering(mutant)]
    results |= {mutant.key: SURVIVED for mutant in mutants if not known.covering(mutant)}
    fresh: list[Mutant] = []
    for mutant, (outcome, early) in zip(warm, in_child(partial(try_warm, warm, known)), strict=True):
        if outcome == SURVIVED and early:
            fresh.append(mutant)
        else:
            results[mutant.key] = outcome
    for number, mutant in enumerate(fresh, 1):
        results[mutant.key] = try_fresh(mutant, known)
        show_progress(number, len(fresh), mutant, results[mutant.key])
    return results


def _explained() -> dict[Key, str]:
    """Return the reason why each known survivor cannot be seen."""
    files = tomllib.loads(EXPLAINED.read_text(encoding="utf-8"))
    return {
        (file, function, change): because
        for file, functions in files.items()
        for function, changes in functions.items()
        for change, because in changes.items()
    }


def _reported(mutants: list[Mutant], results: dict[Key, str], seconds: float, whole: bool) -> int:
    reasons = _explained()
    files = {mutant.module for mutant in mutants}
    unexplained = [key for key, outcome in results.items() if outcome == SURVIVED and key not in reasons]
    untried = "gone" if whole else SURVIVED
    needless = [key for key in reasons if key[0] in files and results.get(key, untried) != SURVIVED]
    counts = Counter(results.values())
    for key in unexplained:
        print(f"survives: {text_of(key)}")
    for key in needless:
        print(f"explained, but {results.get(key, 'gone')}: {text_of(key)}")
    print(
        f"{len(results)} mutants: {counts[KILLED]} killed, {counts[TIMED_OUT]} timed out, {counts[SURVIVED]} survive, "
        f"{len(unexplained)} of them unexplained; {seconds / 60:.0f} min"
    )
    return 1 if unexplained or needless else 0


if __name__ == "__main__":
    sys.exit(main())
