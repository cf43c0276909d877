"""Says what kind of file something is, and reads files of any kind as proposals."""

from collections.abc import Sequence
from dataclasses import dataclass

from her2board.case.drugs import Vocabulary
from her2board.exchange.fhir.files import is_fhir
from her2board.exchange.model import Brought, UnreadableError
from her2board.exchange.tables.dictionary import Dictionary, is_dictionary, read_dictionary
from her2board.exchange.tables.draft import draft_map
from her2board.exchange.tables.mapping import TableMap
from her2board.exchange.tables.mcode_csv import bundles, kind_of
from her2board.exchange.tables.reading import TableReader
from her2board.exchange.tables.sheets import Sheet, read_sheets
from her2board.wording import tr

_TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm")


@dataclass(frozen=True, slots=True)
class NamedBytes:
    """A file by its name and content."""

    name: str
    data: bytes


def bring(files: Sequence[NamedBytes], vocabulary: Vocabulary, columns: TableMap | None = None) -> tuple[Brought, ...]:
    """Return what the files give, one record for each patient. Raises UnreadableError naming file and place."""
    from her2board.exchange.fhir.reading import read_fhir  # read only when it is asked for

    resources = [(file.name, file.data) for file in files if is_fhir(file.data)]
    sheets = _sheets(files)
    resources += bundles(sheets)
    found = read_fhir(resources, vocabulary) if resources else ()
    return (*found, *_of_tables(sheets, vocabulary, columns))


def drafted(files: Sequence[NamedBytes]) -> TableMap:
    """Return the map that the headings of the first table propose. Raises UnreadableError where there is no table."""
    sheets = _sheets(files)
    dictionary = _dictionary(sheets)
    tables = [sheet for sheet in sheets if not is_dictionary(sheet) and not kind_of(sheet)]
    if not tables:
        raise UnreadableError(files[0].name, tr("there is no table whose columns could be mapped"))
    return _draft(tables[0], _named(tables[0], dictionary), dictionary)


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


def _of_tables(sheets: Sequence[Sheet], vocabulary: Vocabulary, columns: TableMap | None) -> list[Brought]:
    dictionary = _dictionary(sheets)
    found: list[Brought] = []
    for sheet in sheets:
        if is_dictionary(sheet) or kind_of(sheet):
            continue
        named = _named(sheet, dictionary)
        found += TableReader(named, columns or _draft(sheet, named, dictionary), vocabulary).records()
    return found


def _draft(sheet: Sheet, named: Sheet, dictionary: Dictionary) -> TableMap:
    return draft_map(named.headings, dictionary, labels=sheet.headings != named.headings)


def _named(sheet: Sheet, dictionary: Dictionary) -> Sheet:
    """Return a sheet under the headings of a raw export, where its dictionary says which they are."""
    return Sheet(sheet.file, sheet.name, dictionary.labelled(sheet.headings), sheet.rows)
