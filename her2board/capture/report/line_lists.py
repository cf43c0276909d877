"""Takes lists of lines apart, where commas separate regimens and not the drugs of one: 'THP, T-DM1 and cape/lap'."""

import re

from msgspec.structs import replace

from her2board.capture.report.drug_words import DrugGroup, drug_groups
from her2board.capture.report.line_ends import members
from her2board.capture.report.model import Document
from her2board.case.drugs import Vocabulary

_SEPARATOR = re.compile(r",\s?(?:and\s)?|\s(?:and|&|und|et|e|y)\s")
_COMMA = re.compile(r",")
_SEVERAL = 2


def apart(document: Document, group: DrugGroup, vocabulary: Vocabulary) -> list[DrugGroup]:
    """Return the regimens of a list, each a group; a list that may be read both ways is called joined to others.

    An antibody-drug conjugate is given alone unless a sign joins it to another drug. Two regimens of several drugs
    are two lines.
    """
    if not _SEPARATOR.search(document.plain, group.start, group.end):
        return [group]
    conjugates = vocabulary.members("her2_adc")
    pieces = _pieces(document, group, vocabulary)
    if len(pieces) < _SEVERAL:
        return [replace(group, with_others=True)] if conjugates & set(group.ids) else [group]
    several = [piece for piece in pieces if len(members(piece.ids, vocabulary)) > 1]
    alone = [piece for piece in pieces if set(piece.ids) <= conjugates]
    if len(several) + len(alone) == len(pieces):
        return pieces
    if alone or len(several) > 1:
        return [replace(group, with_others=True)]
    comma = _COMMA.search(document.plain, group.start, group.end)
    return [replace(group, with_others=True)] if several and comma else [group]


def _pieces(document: Document, group: DrugGroup, vocabulary: Vocabulary) -> list[DrugGroup]:
    """Return the groups between the commas of a list; none where one of them names no drugs by itself."""
    cuts = [match.span() for match in _SEPARATOR.finditer(document.plain, group.start, group.end)]
    starts, ends = [group.start, *(end for _, end in cuts)], [*(start for start, _ in cuts), group.end]
    pieces = [
        drug_groups(document, vocabulary, start, end, listed=True) for start, end in zip(starts, ends, strict=True)
    ]
    return [one for found in pieces for one in found] if all(len(found) == 1 for found in pieces) else []
