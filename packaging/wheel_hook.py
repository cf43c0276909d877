"""Puts evidence and resources into the wheel, with the record that the self-check compares them with."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_BUILDS = ("match", "packet")
_LEFT_OUT = shutil.ignore_patterns("release.bin", "__pycache__", ".*")  # the first is compiled anew


def _build() -> str:
    """Return which build is made: the packet build where the environment asks for it."""
    chosen = os.environ.get("HER2BOARD_BUILD") or "match"
    if chosen not in _BUILDS:
        raise ValueError(f"HER2BOARD_BUILD={chosen}: there are {' and '.join(_BUILDS)}")
    return chosen


class DataHook(BuildHookInterface[Any]):
    """Stages the data, has the program compile its evidence and make a page, and adds it all to the wheel."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Return what making a page needs: all the program depends on but the screen."""
        return [name for name in self.metadata.core.dependencies if not name.lower().startswith("pyside6")]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make ``her2board/_data``; an editable installation reads the source tree instead."""
        if version == "editable":
            return
        root = Path(self.root)
        staged = self._staged = root / "build" / f"wheel-data-{os.getpid()}"  # two builds may run at once
        shutil.rmtree(staged, ignore_errors=True)
        for name in ("evidence", "resources"):
            shutil.copytree(root / name, staged / name, ignore=_LEFT_OUT)
        (staged / "resources" / "build.json").write_text(json.dumps({"build": _build()}) + "\n", encoding="utf-8")
        if root_file := os.environ.get("HER2BOARD_ROOT"):
            (staged / "resources" / "packs").mkdir(exist_ok=True)
            shutil.copyfile(root_file, staged / "resources" / "packs" / "root.json")
        # The hash seed fixes the order of sets, so that the same source gives the same bytes.
        around = {**os.environ, "PYTHONPATH": str(root), "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
        subprocess.run([sys.executable, root / "packaging" / "record.py", staged], env=around, check=True)
        build_data["force_include"][str(staged)] = "her2board/_data"

    def finalize(self, version: str, *_: Any) -> None:
        """Remove what was staged; it is in the wheel now."""
        if version != "editable":
            shutil.rmtree(self._staged)
