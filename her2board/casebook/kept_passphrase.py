"""A casebook's passphrase kept with the desktop's other secrets, where a person asks for it; never the only way in."""

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from her2board.casebook.errors import CasebookError
from her2board.wording import tr

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

_SERVICE = "her2board casebook"
_OF_KEYRING = "keyring.backends."
"""Others (``keyrings.alt``) write files that anybody can read, or go into the network."""
_REAL = 1
"""Priority from which ``keyring`` itself recommends a place."""


def may_be_kept() -> bool:
    """Return whether the library is installed; imports nothing, so what it finds is asked for by ``refuse_nowhere``."""
    return find_spec("keyring") is not None


def refuse_nowhere() -> None:
    """Raise CasebookError where this desktop keeps no secrets."""
    _backend()


def keep(where: Path | str, passphrase: str) -> None:
    """Keep the passphrase of a casebook, a file or a name on a server. Raises CasebookError."""
    backend = _backend()
    try:
        backend.set_password(_SERVICE, _name(where), passphrase)
    except Exception as error:  # the places differ in what they raise
        raise CasebookError(tr("the desktop did not keep the passphrase")) from error


def kept(where: Path | str) -> str:
    """Return the passphrase that is kept. Raises CasebookError where none is, or the desktop gives none."""
    backend = _backend()
    try:
        found = backend.get_password(_SERVICE, _name(where))
    except Exception as error:  # as above
        raise CasebookError(tr("the desktop did not give the passphrase")) from error
    if not found:
        raise CasebookError(tr("the desktop keeps no passphrase of this casebook"))
    return str(found)


def forget(where: Path | str) -> None:
    """Keep the passphrase no longer; nothing where none was. Raises CasebookError where it is still kept."""
    backend = _backend()
    try:
        if backend.get_password(_SERVICE, _name(where)) is not None:
            backend.delete_password(_SERVICE, _name(where))
    except Exception as error:  # as above
        raise CasebookError(tr("the desktop did not forget the passphrase; remove it there")) from error


def _backend() -> "KeyringBackend":
    try:
        import keyring

        found = keyring.get_keyring()
        several = getattr(found, "backends", (found,))  # of a chain the first that is real, never the next one
        real = [one for one in several if type(one).__module__.startswith(_OF_KEYRING) and one.priority >= _REAL]
    except Exception as error:  # a place that is not there raises whatever it likes
        raise CasebookError(tr("this desktop has no place for secrets")) from error
    if not real:
        raise CasebookError(tr("this desktop has no place for secrets"))
    backend: KeyringBackend = real[0]
    return backend


def _name(where: Path | str) -> str:
    return f"server {where}" if isinstance(where, str) else str(where.resolve())
