"""Modules that libraries import whether they are needed or not: a stand-in until something of them is used."""

import sys
from functools import partial
from importlib import import_module
from types import ModuleType
from typing import Any


def defer(name: str, *functions: str) -> None:
    """Let the module ``name`` wait until something of it is used; ``functions`` may be taken by name before.

    Nothing happens where the module was imported already.
    """
    if name in sys.modules:
        return
    parent, _, child = name.rpartition(".")
    stand_in = _StandIn(name, functions)
    setattr(import_module(parent), child, stand_in)
    sys.modules[name] = stand_in


class _StandIn(ModuleType):
    def __init__(self, name: str, functions: tuple[str, ...]) -> None:
        super().__init__(name)
        for function in functions:
            setattr(self, function, partial(self._called, function))

    def _called(self, function: str, *arguments: Any, **options: Any) -> Any:
        return getattr(self._module(), function)(*arguments, **options)

    def __getattr__(self, attribute: str) -> Any:
        if attribute.startswith("__"):  # asked by the import system and by whoever walks through all modules
            raise AttributeError(attribute)
        return getattr(self._module(), attribute)

    def _module(self) -> ModuleType:
        name = self.__name__
        if sys.modules.get(name) is self:
            del sys.modules[name]
        return import_module(name)
