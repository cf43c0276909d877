"""Where the program's own files are: source tree, installed wheel or frozen bundle."""

import sys
from functools import cache
from pathlib import Path

PORTABLE_MARK = "her2board.portable"
"""A file of this name beside the program asks for what ``--portable`` asks for."""


@cache
def base() -> Path:
    """Folder that holds ``evidence`` and ``resources``; raises FileNotFoundError if none does."""
    package = Path(__file__).resolve().parent
    frozen = Path(getattr(sys, "_MEIPASS", package))
    for folder in (frozen, package / "_data", package.parent):
        if (folder / "evidence").is_dir() and (folder / "resources").is_dir():
            return folder
    lacking = f"no 'evidence' and 'resources' folders beside {package}"
    message = f"the installation is incomplete: {lacking}. Install it again."
    raise FileNotFoundError(message)


def evidence_dir() -> Path:
    """Folder of the shipped evidence release."""
    return base() / "evidence"


def resources_dir() -> Path:
    """Folder of fonts, icons and example cases."""
    return base() / "resources"


def handbook_dir() -> Path:
    """Folder of the handbook and its pictures."""
    return resources_dir() / "handbook"


def examples_dir() -> Path:
    """Folder of the shipped example cases."""
    return resources_dir() / "examples"


def example_case(name: str) -> Path:
    """Path of a shipped example case by its file stem."""
    return examples_dir() / f"{name}.her2case"


def clinic_file() -> Path:
    """File in which the program keeps what a clinic sets for itself; there is none until it is set."""
    from platformdirs import user_config_path  # 5 ms, which a program with its settings beside it does not need

    return user_config_path("her2board", appauthor=False, roaming=True) / "clinic.json"


def overlay_dir() -> Path:
    """Folder of the local file that is in use, with the clinic's own key; may not exist yet."""
    return clinic_file().parent / "local"


def state_dir() -> Path:
    """Folder for what the program keeps for its user between two starts; may not exist yet."""
    from platformdirs import user_state_path  # as above

    return user_state_path("her2board", appauthor=False)


def program_dir() -> Path:
    """Folder of the program: of its source tree, its installed package or its bundle."""
    return Path(sys.executable).resolve().parent if is_bundle() else base()


def packs_root() -> Path:
    """File that says whose evidence packs the program trusts; a build without one trusts what a person trusts."""
    return resources_dir() / "packs" / "root.json"


def packs_dir() -> Path:
    """Folder of the evidence that was installed from packs; may not exist yet."""
    return state_dir() / "evidence"


def manifest_file() -> Path:
    """What packaging recorded of these files; a source checkout has none."""
    return base() / "manifest.json"


def notices_file() -> Path:
    """Licences of what is inside: everything in a bundle, else the resources only."""
    everything = base() / "notices.txt"
    return everything if everything.is_file() else resources_dir() / "LICENSES.md"


def is_checkout() -> bool:
    """Return whether the program runs from its source: neither from a bundle nor from an installed package.

    A file of a checkout beside an installed program makes none of it.
    """
    source = Path(__file__).resolve().parent.parent
    installed = is_bundle() or base() != source or any(source.glob("her2board-*.dist-info"))
    return not installed and (source / "pyproject.toml").is_file()


def is_bundle() -> bool:
    """Return whether the program runs from a bundle that brings its own Python."""
    return hasattr(sys, "_MEIPASS")


def portable_settings(asked: bool) -> Path | None:
    """Folder for settings beside the program of a bundle, if asked for or marked there; else None."""
    if not is_bundle():
        return None
    beside = Path(sys.executable).resolve().parent
    return beside / "her2board-settings" if asked or (beside / PORTABLE_MARK).exists() else None
