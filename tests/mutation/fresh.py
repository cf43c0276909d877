"""Tries a mutant fresh: everything is imported anew, one module from the source of the mutant."""

import importlib.util
import sys
from functools import partial
from importlib.machinery import SourceFileLoader
from types import CodeType
from typing import Any

import pytest
from gathering import arguments
from known import TOP, Known, compiled, dotted
from mutants import Mutant
from processes import outcome_of


def try_fresh(mutant: Mutant, known: Known) -> str:
    covering = known.covering(mutant)
    return outcome_of(partial(_run_fresh, mutant, covering), 10 + sum(known.tests[name].seconds for name in covering))


def _run_fresh(mutant: Mutant, covering: list[str]) -> bool:
    sys.meta_path.insert(0, _Finder(mutant))  # type: ignore[arg-type]  # reason: a finder needs find_spec only
    files = dict.fromkeys(name.partition("::")[0] for name in covering)
    status = pytest.main(arguments(files), plugins=[_Selecting(covering)])
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
        if name != dotted(self._mutant.module):
            return None
        return importlib.util.spec_from_loader(name, _Loader(name, self._mutant))


class _Loader(SourceFileLoader):
    def __init__(self, name: str, mutant: Mutant) -> None:
        super().__init__(name, str(TOP / mutant.module))
        self._mutant = mutant

    def get_code(self, fullname: str) -> CodeType:
        return compiled(self._mutant)
