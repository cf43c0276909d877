"""What can go wrong with a casebook, in words with a way out."""


class CasebookError(Exception):
    """A casebook that cannot be opened, read or written; the message says why and what to do."""


class WrongPassphraseError(CasebookError):
    """The passphrase or recovery key is not that of the casebook; nothing more is said."""


class DamagedError(CasebookError):
    """What is stored is not what was written."""


class BusyError(CasebookError):
    """Another program holds the casebook for longer than a call waits."""


class LockedError(CasebookError):
    """The casebook was locked; it must be opened again."""
