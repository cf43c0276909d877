"""Imports the scripts of ``packaging/``, which are no package."""

import importlib.util
from types import ModuleType

from support.pages import ROOT


def packaging_script(name: str) -> ModuleType:
    """Return the script ``packaging/{name}.py`` as a module of its own."""
    spec = importlib.util.spec_from_file_location(f"packaging_{name}", ROOT / "packaging" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
