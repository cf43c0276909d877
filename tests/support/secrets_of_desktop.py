"""A desktop that keeps secrets, in memory."""

import sys
from importlib.machinery import ModuleSpec
from types import ModuleType

import pytest


class Desktop:
    """A place of ``keyring``; ``priority`` says how good it is."""

    priority = 5.0

    def __init__(self) -> None:
        self.secrets: dict[tuple[str, str], str] = {}
        self.asked = 0

    def set_password(self, service: str, name: str, secret: str) -> None:
        self.secrets[service, name] = secret

    def get_password(self, service: str, name: str) -> str | None:
        self.asked += 1
        return self.secrets.get((service, name))

    def delete_password(self, service: str, name: str) -> None:
        del self.secrets[service, name]


def installed(monkeypatch: pytest.MonkeyPatch, desktop: object, of: str = "keyring.backends.fake") -> None:
    """Let ``keyring`` be there, with a place of a module of the name ``of``."""
    monkeypatch.setattr(type(desktop), "__module__", of)
    module = ModuleType("keyring")
    module.__spec__ = ModuleSpec("keyring", None)
    module.get_keyring = lambda: desktop  # type: ignore[attr-defined]  # reason: a module made up here
    monkeypatch.setitem(sys.modules, "keyring", module)
