"""Has every hostile PDF read as a foreign file is, and returns what each took and what is said of it."""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from her2board.pdf.apart import understood
from her2board.pdf.reading import ForeignPdfError, read_pdf
from support.hostile_pdfs import HOSTILE

_READER = Path(__file__).with_name("reading_apart.py")


@dataclass(frozen=True)
class Tried:
    """A file that was read: its size in bytes, seconds of the processor, megabytes, and the words a person is shown."""

    name: str
    size: int
    seconds: float
    megabytes: int
    refused: bool
    words: str


def tried(folder: Path, names: Iterable[str] = HOSTILE) -> Iterator[Tried]:
    """Yield each file, made in ``folder``, as it was read."""
    sizes, paths = {}, []
    for number, name in enumerate(names):
        data = HOSTILE[name]()
        paths.append(folder / f"{number}.pdf")
        paths[-1].write_bytes(data)
        sizes[name] = len(data)
    command = [sys.executable, "-I", "-S", str(_READER), json.dumps(sys.path), *map(str, paths)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for (name, size), line in zip(sizes.items(), said.splitlines(), strict=True):
        yield _tried(name, size, json.loads(line))


def _tried(name: str, size: int, used: dict[str, object]) -> Tried:
    refused, words = True, ""
    try:
        found = read_pdf(b"", lambda _: understood(str(used["answer"]).encode(), int(str(used["status"]))))
    except ForeignPdfError as error:
        words = str(error)
    else:
        refused, words = False, "; ".join(finding.words for finding in found.problems())
    return Tried(name, size, float(str(used["seconds"])), int(str(used["megabytes"])), refused, words)
