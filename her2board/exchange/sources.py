"""Says what kind of file something is, and reads files of any kind as proposals."""

from collections.abc import Sequence
from dataclasses import dataclass

from her2board.case.drugs import Vocabulary
from her2board.exchange.fhir.files import is_fhir
from her2board.exchange.model import Brought, UnreadableError
from her2board.wording import tr


@dataclass(frozen=True, slots=True)
class NamedBytes:
    """A file by its name and content."""

    name: str
    data: bytes


def bring(files: Sequence[NamedBytes], vocabulary: Vocabulary) -> tuple[Brought, ...]:
    """Return what the files give, one record for each patient. Raises UnreadableError naming file and place."""
    bundles = [file for file in files if is_fhir(file.data)]
    for file in files:
        if file not in bundles:
            words = tr("neither FHIR as JSON nor a table (.csv, .xlsx)")
            raise UnreadableError(file.name, words)
    from her2board.exchange.fhir.reading import read_fhir  # read only when it is asked for

    return read_fhir([(file.name, file.data) for file in bundles], vocabulary)
