"""The index of words: one form for the encrypted file and for the client of a server."""

from collections.abc import Sequence

TABLE = (
    "CREATE VIRTUAL TABLE word USING fts5(text, content='', contentless_delete=1, detail=none, prefix='1 2 3', "
    "tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* Co Mc'\")"
)
"""Keeps which record has a term, not where; ``search`` folds the terms."""


def match_of(terms: Sequence[str]) -> str:
    """Return the question for records that have every term; one that ends in '*' is the beginning of a term."""
    return " AND ".join(f'"{term.rstrip("*")}"{"*" if term.endswith("*") else ""}' for term in terms)
