# UNTESTED on Windows: what it prints was only read back as Python on Linux.
"""Prints the version resource of the programs, for PyInstaller (bundle.py writes it to build/)."""

import re

from her2board import __version__

NAMES = {
    "CompanyName": "The her2board engineers",
    "FileDescription": "her2board: prepares a tumour-board discussion",
    "FileVersion": __version__,
    "InternalName": "her2board",
    "LegalCopyright": "The her2board engineers, Apache-2.0",
    "ProductName": "her2board",
    "ProductVersion": __version__,
}
ENGLISH, UNICODE = 0x0409, 1200


def text() -> str:
    """Return the resource in the notation that PyInstaller reads."""
    numbers = (*(int(part) for part in re.findall(r"\d+", __version__)[:3]), 0)
    strings = ", ".join(f"StringStruct({name!r}, {value!r})" for name, value in NAMES.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3f, flags=0x0, OS=0x40004,"
        f" fileType=0x1, subtype=0x0, date=(0, 0)), kids=[StringFileInfo([StringTable('{ENGLISH:04x}{UNICODE:04x}',"
        f" [{strings}])]), VarFileInfo([VarStruct('Translation', [{ENGLISH}, {UNICODE}])])])\n"
    )


if __name__ == "__main__":
    print(text(), end="")
