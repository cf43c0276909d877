"""Says what kind of file something is, and reads files of any kind as proposals."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from her2board.case.drugs import Vocabulary
from her2board.exchange.fhir.files import is_fhir
from her2board.exchange.json_text import LARGEST_FILE
from her2board.exchange.model import Brought, Stop, UnreadableError, never
from her2board.exchange.tables.dictionary import Dictionary, is_dictionary, read_dictionary
from her2board.exchange.tables.draft import draft_map
from her2board.exchange.tables.mapping import TableMap
from her2board.exchange.tables.mcode_csv import bundles, kind_of
from her2board.exchange.tables.reading import TableReader
from her2board.exchange.tables.sheets import Sheet, read_sheets
from her2board.wording import tr

_TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm")


class NamedBytes(Struct, frozen=True):
    """A file by its name and content."""

    name: str
    data: bytes


def read_files(paths: Iterable[Path]) -> tuple[NamedBytes, ...]:
    """Return files with their content. Raises UnreadableError naming the file."""
    return tuple(NamedBytes(path.name, _content(path)) for path in paths)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            words = tr("larger than {n} MB; export fewer records")
            raise UnreadableError(str(path), words.format(n=LARGEST_FILE // 1_000_000))
        return path.read_bytes()
    except OSError as error:
        raise UnreadableError(str(path), tr("cannot be read: {why}").format(why=error.strerror)) from error


class Table(Struct, frozen=True):
    """A table of records under the headings of a raw export, with what describes it."""

    sheet: Sheet
    dictionary: Dictionary
    labels: bool
    """Whether it was exported with labels in place of codes."""

    def draft(self) -> TableMap:
        """Return the map that the headings propose."""
        return draft_map(self.sheet.headings, self.dictionary, labels=self.labels)

    def map_of(self, kept: Iterable[TableMap]) -> TableMap | None:
        """Return the map of this table among those kept, made for headings most like its own; None where none fits."""
        fitting = [one for one in kept if one.fits(self.sheet.headings, labels=self.labels)]
        return min(fitting, key=lambda one: len(one.looked_at.symmetric_difference(self.sheet.headings)), default=None)


def bring(
    files: Sequence[NamedBytes],
    vocabulary: Vocabulary,
    columns: TableMap | None = None,
    kept: Sequence[TableMap] = (),
    stop: Stop = never,
) -> tuple[Brought, ...]:
    """Return what the files give, one record for each patient. Raises UnreadableError, or StoppedError.

    ``columns`` is the map of all tables; without it each is read with what fits of ``kept``, else by its headings.
    """
    from her2board.exchange.fhir.reading import read_fhir  # read only when it is asked for

    resources = [(file.name, file.data) for file in files if is_fhir(file.data)]
    sheets = _sheets(files)
    resources += bundles(sheets)
    found = list(read_fhir(resources, vocabulary, stop)) if resources else []
    for table in _tables(sheets):
        if columns is not None and columns.labels != table.labels and any(c.values for c in columns.columns.values()):
            words = tr("the map is of an export with codes and this one has labels, or the reverse; make a map of it")
            raise UnreadableError(table.sheet.label, words)
        chosen = columns or table.map_of(kept) or table.draft()
        found += TableReader(table.sheet, chosen, vocabulary, table.dictionary).records(stop)
    return tuple(found)


def tables(files: Sequence[NamedBytes]) -> tuple[Table, ...]:
    """Return the tables whose columns a person maps. Raises UnreadableError naming file and place."""
    return tuple(_tables(_sheets(files)))


def drafted(files: Sequence[NamedBytes]) -> TableMap:
    """Return the map that the headings of the first table propose. Raises UnreadableError where there is no table."""
    found = tables(files)
    if not found:
        raise UnreadableError(files[0].name, tr("there is no table whose columns could be mapped"))
    return found[0].draft()


def _sheets(files: Sequence[NamedBytes]) -> list[Sheet]:
    found: list[Sheet] = []
    for file in files:
        if is_fhir(file.data):
            continue
        if not file.name.casefold().endswith(_TABLES):
            raise UnreadableError(file.name, tr("neither FHIR as JSON nor a table (.csv, .xlsx)"))
        sheets = read_sheets(file.name, file.data)
        if not sheets:
            raise UnreadableError(file.name, tr("no headings with rows below them"))
        found += sheets
    return found


def _dictionary(sheets: Sequence[Sheet]) -> Dictionary:
    return next((read_dictionary(sheet) for sheet in sheets if is_dictionary(sheet)), Dictionary())


def _tables(sheets: Sequence[Sheet]) -> Iterator[Table]:
    dictionary = _dictionary(sheets)
    for sheet in sheets:
        if not is_dictionary(sheet) and not kind_of(sheet):
            headings = dictionary.labelled(sheet.headings)
            yield Table(Sheet(sheet.file, sheet.name, headings, sheet.rows), dictionary, headings != sheet.headings)
