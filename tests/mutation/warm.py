"""Tries mutants warm: everything is imported and collected, one function is changed in a fork."""

import ast
import gc
import importlib
import inspect
from collections.abc import Callable
from functools import cached_property, partial
from types import CodeType, FunctionType, ModuleType
from typing import Any

import hypothesis
import hypothesis.strategies
import pydantic  # noqa: F401  # reason: imported once, before the forks
import pytest
import yaml  # noqa: F401  # reason: as above
from gathering import arguments
from known import SURVIVED, TESTS, Known, compiled, dotted, show_progress
from mutants import Mutant
from processes import outcome_of


def try_warm(mutants: list[Mutant], known: Known) -> list[tuple[str, bool]]:
    server = _Server(mutants, known)
    if pytest.main(arguments(TESTS), plugins=[server]) != pytest.ExitCode.OK:
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
                outcome = outcome_of(partial(_run_warm, swap, [items[name] for name in covering]), seconds)
            early = swap is None or self._known.ran_early(mutant, body)
            self.results.append((outcome, early))
            show_progress(
                number, len(self._mutants), mutant, outcome + (" warm" if early and outcome == SURVIVED else "")
            )
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
    module = importlib.import_module(dotted(mutant.module))
    function = _function_at(module, mutant.where)
    if function is None:
        return None
    code = _code_at(compiled(mutant), function.__qualname__.split("."))
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
