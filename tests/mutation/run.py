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
import ast
import gc
import importlib.util
import inspect
import json
import os
import resource
import signal
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any
from zlib import crc32

import coverage
import hypothesis
import hypothesis.strategies
import pydantic  # noqa: F401  # reason: imported once, before the forks
import pytest
import yaml  # noqa: F401  # reason: as above
from mutants import Mutant, mutants_of

TOP = Path(__file__).resolve().parents[2]
BUILD = TOP / "build" / "mutation"
EXPLAINED = Path(__file__).with_name("survivors.toml")
JUDGES = (
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
_MEMORY_BYTES = 4 * 1024**3
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
        importing = tuple(f"{file}::" for file in files if _dotted(module) in Path(file).read_text(encoding="utf-8"))
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


def main() -> int:
    """Try the mutants; 0 when every survivor is explained and every explanation still needed."""
    options = _options()
    os.chdir(TOP)
    sys.path.insert(0, str(TOP))
    os.environ |= {"HYPOTHESIS_PROFILE": "mutants", "QT_QPA_PLATFORM": "offscreen"}
    BUILD.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    mutants = list(_chosen(options.only, options.one_in))
    known = _gathered()
    sample = f" (1 in {options.one_in})" if options.one_in > 1 else ""
    print(f"{len(mutants)} mutants{sample}, {len(known.tests)} tests", flush=True)
    results = tried(mutants, known)
    return _reported(mutants, results, time.monotonic() - started, whole=options.one_in == 1)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("only", nargs="*", help="files or folders to change (all that judge by default)")
    parser.add_argument("--one-in", type=int, default=1, metavar="N", help="try one mutant in N, always the same ones")
    return parser.parse_args()


def _chosen(only: list[str], one_in: int = 1) -> Iterator[Mutant]:
    files = [
        path for name in JUDGES for path in ([Path(name)] if name.endswith(".py") else sorted(Path(name).glob("*.py")))
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
    for mutant, (outcome, early) in zip(warm, _in_child(partial(_warm, warm, known)), strict=True):
        if outcome == SURVIVED and early:
            fresh.append(mutant)
        else:
            results[mutant.key] = outcome
    for number, mutant in enumerate(fresh, 1):
        results[mutant.key] = _fresh(mutant, known)
        _progress(number, len(fresh), mutant, results[mutant.key])
    return results


# Running every test once


def _gathered() -> Known:
    found = _in_child(_gather)
    return Known(
        tests={
            name: Test(seconds, {file: set(lines) for file, lines in ran.items()})
            for name, (seconds, ran) in found["tests"].items()
        },
        collected={file: set(lines) for file, lines in found["collected"].items()},
    )


def _gather() -> dict[str, Any]:
    measuring = coverage.Coverage(data_file=None, include=[f"{name}/*" if "." not in name else name for name in JUDGES])
    gatherer = _Gatherer(measuring)
    measuring.start()
    status = pytest.main(_arguments(TESTS), plugins=[gatherer])
    measuring.stop()
    if status != pytest.ExitCode.OK:
        raise RuntimeError("the tests fail without any mutant")
    data = measuring.get_data()
    ran: dict[str, dict[str, list[int]]] = {}
    for file in data.measured_files():
        for line, contexts in data.contexts_by_lineno(file).items():
            for context in contexts:
                ran.setdefault(context, {}).setdefault(Path(file).relative_to(TOP).as_posix(), []).append(line)
    collected = ran.pop("", {})
    return {
        "tests": {name: (gatherer.seconds[name], ran.get(name, {})) for name in gatherer.seconds},
        "collected": collected,
    }


class _Gatherer:
    """Notes how long each test takes and which lines it runs."""

    def __init__(self, measuring: coverage.Coverage) -> None:
        self.seconds: dict[str, float] = {}
        self._measuring = measuring

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self._measuring.switch_context(item.nodeid)
        started = time.process_time()
        try:
            return (yield)
        finally:
            self.seconds[item.nodeid] = time.process_time() - started


def _arguments(tests: Iterable[str]) -> list[str]:
    early = "-Wignore::pytest.PytestAssertRewriteWarning"  # hypothesis is imported before pytest starts, on purpose
    terse = ("--assert=plain", "--tb=no")  # why a test fails is of no interest here, and costs more than failing
    return ["-x", early, *terse, "-pno:cacheprovider", f"--basetemp={BUILD / 'tmp'}", *tests]


# Warm: everything is imported and collected, one function is changed


def _warm(mutants: list[Mutant], known: Known) -> list[tuple[str, bool]]:
    server = _Server(mutants, known)
    if pytest.main(_arguments(TESTS), plugins=[server]) != pytest.ExitCode.OK:
        raise RuntimeError("the mutants could not be tried")
    return server.results


class _Server:
    """Takes the place of the loop that runs the tests: forks for every mutant instead."""

    def __init__(self, mutants: list[Mutant], known: Known) -> None:
        self.results: list[tuple[str, bool]] = []
        self._mutants = mutants
        self._known = known

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = {item.nodeid: item for item in session.items}
        _read_release_once()
        _warm_hypothesis()
        gc.freeze()
        for number, mutant in enumerate(self._mutants, 1):
            covering = self._known.covering(mutant)
            swap = _swap_of(mutant)
            body = _body_of(mutant)
            outcome = SURVIVED
            if swap is not None:
                seconds = sum(self._known.tests[name].seconds for name in covering)
                outcome = _outcome(partial(_run_warm, swap, [items[name] for name in covering]), seconds)
            early = swap is None or self._known.ran_early(mutant, body)
            self.results.append((outcome, early))
            _progress(number, len(self._mutants), mutant, outcome + (" warm" if early and outcome == SURVIVED else ""))
        return True


def _read_release_once() -> None:
    """Give every fork the release read here: what reading it runs is tried fresh anyway."""
    from support.releases import release  # the tests' folder is on the path only now

    release()


@hypothesis.settings(max_examples=5, database=None)
@hypothesis.given(hypothesis.strategies.text(), hypothesis.strategies.integers())
def _warm_hypothesis(text: str, number: int) -> None:
    """Let hypothesis read its tables once, not in every fork."""


def _run_warm(swap: Callable[[], None], items: list[pytest.Item]) -> bool:
    swap()
    noticing = _Noticing()
    items[0].config.pluginmanager.register(noticing)
    for item, following in zip(items, [*items[1:], None], strict=True):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if noticing.noticed:
            return True
    return False


class _Noticing:
    """Sees whether a test failed."""

    noticed = False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.noticed = self.noticed or report.failed


def _body_of(mutant: Mutant) -> range:
    """Return the lines of the outermost function around a mutant, or its own."""
    for node in ast.walk(mutant.source):
        if isinstance(node, ast.FunctionDef) and node.lineno <= mutant.lines[0] <= (node.end_lineno or 0):
            return range(node.body[0].lineno, (node.end_lineno or 0) + 1)
    return mutant.lines


def _swap_of(mutant: Mutant) -> Callable[[], None] | None:
    """Return what gives the live function the code of the mutant; None for what is in no function."""
    module = importlib.import_module(_dotted(mutant.module))
    function = _function_at(module, mutant.where)
    if function is None:
        return None
    code = _code_at(_compiled(mutant), function.__qualname__.split("."))
    if code is None or code.co_freevars != function.__code__.co_freevars or _same(code, function.__code__):
        return None
    return partial(setattr, function, "__code__", code)


def _function_at(module: ModuleType, where: str) -> FunctionType | None:
    """Return the outermost function named in ``where``."""
    place: Any = module
    for name in where.split("."):
        place = vars(place).get(name)
        found = _bare(place)
        if found is not None:
            return found
        if not isinstance(place, type):
            return None
    return None


def _bare(value: Any) -> FunctionType | None:
    """Return the function inside a property, class method or validator."""
    if isinstance(value, property):
        value = value.fget
    elif isinstance(value, cached_property):
        value = value.func
    value = getattr(value, "wrapped", value)  # a validator of pydantic
    value = inspect.unwrap(getattr(value, "__func__", value))
    return value if isinstance(value, FunctionType) else None


def _code_at(code: CodeType, names: list[str]) -> CodeType | None:
    for name in names:
        inside = (part for part in code.co_consts if isinstance(part, CodeType) and part.co_name == name)
        found = next(inside, None)
        if found is None:
            return None
        code = found
    return code


def _same(one: CodeType, other: CodeType) -> bool:
    """Tell whether only what is outside the body differs, such as a default."""
    return one.replace(co_filename="") == other.replace(co_filename="")


# Fresh: everything is imported anew, one module from the source of the mutant


def _fresh(mutant: Mutant, known: Known) -> str:
    covering = known.covering(mutant)
    return _outcome(partial(_run_fresh, mutant, covering), 10 + sum(known.tests[name].seconds for name in covering))


def _run_fresh(mutant: Mutant, covering: list[str]) -> bool:
    sys.meta_path.insert(0, _Finder(mutant))  # type: ignore[arg-type]  # reason: a finder needs find_spec only
    files = dict.fromkeys(name.partition("::")[0] for name in covering)
    status = pytest.main(_arguments(files), plugins=[_Selecting(covering)])
    return status != pytest.ExitCode.OK


class _Selecting:
    """Keeps the covering tests, the quickest first."""

    def __init__(self, names: list[str]) -> None:
        self._places = {name: place for place, name in enumerate(names)}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = sorted((item for item in items if item.nodeid in self._places), key=lambda i: self._places[i.nodeid])


class _Finder:
    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant

    def find_spec(self, name: str, path: object = None, target: object = None) -> Any:
        if name != _dotted(self._mutant.module):
            return None
        return importlib.util.spec_from_loader(name, _Loader(name, self._mutant))


class _Loader(SourceFileLoader):
    def __init__(self, name: str, mutant: Mutant) -> None:
        super().__init__(name, str(TOP / mutant.module))
        self._mutant = mutant

    def get_code(self, fullname: str) -> CodeType:
        return _compiled(self._mutant)


def _compiled(mutant: Mutant) -> CodeType:
    code: CodeType = compile(mutant.tree, str(TOP / mutant.module), "exec")
    return code


def _dotted(module: str) -> str:
    return module.removesuffix(".py").replace("/", ".").removesuffix(".__init__")


# Processes


def _outcome(run: Callable[[], bool], seconds: float) -> str:
    """Run in a fork, for at most thrice the usual time; an error in the run itself counts as noticed."""
    child = os.fork()
    if not child:
        _quiet()
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
        signal.setitimer(signal.ITIMER_PROF, 10 + 3 * seconds)  # ends the process when its time is over
        try:
            noticed = run()
        except BaseException:  # noqa: BLE001  # reason: the change may raise anything, from anywhere
            noticed = True
        os._exit(1 if noticed else 0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGPROF:
        return TIMED_OUT
    return SURVIVED if status == 0 else KILLED


def _in_child(work: Callable[[], Any]) -> Any:
    """Return what ``work`` returns in a fork, so that nothing it imports stays here."""
    answer = BUILD / "answer.json"
    answer.unlink(missing_ok=True)
    child = os.fork()
    if not child:
        kept = os.dup(1)
        _quiet()
        sys.__stdout__ = os.fdopen(kept, "w")
        answer.write_text(json.dumps(work()), encoding="utf-8")
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if not answer.exists():
        raise SystemExit(f"stopped with status {status}; see build/mutation/output.txt")
    return json.loads(answer.read_text(encoding="utf-8"))


def _quiet() -> None:
    output = os.open(BUILD / "output.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(output, 1)
    os.dup2(output, 2)


# Telling


def _progress(number: int, total: int, mutant: Mutant, outcome: str) -> None:
    if outcome != KILLED:
        print(f"{number}/{total} {outcome}: {_line(mutant.key)}", file=sys.__stdout__, flush=True)


def _line(key: Key) -> str:
    return " | ".join(key)


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
        print(f"survives: {_line(key)}")
    for key in needless:
        print(f"explained, but {results.get(key, 'gone')}: {_line(key)}")
    print(
        f"{len(results)} mutants: {counts[KILLED]} killed, {counts[TIMED_OUT]} timed out, {counts[SURVIVED]} survive, "
        f"{len(unexplained)} of them unexplained; {seconds / 60:.0f} min"
    )
    return 1 if unexplained or needless else 0


if __name__ == "__main__":
    sys.exit(main())
