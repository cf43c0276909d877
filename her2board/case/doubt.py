"""Words and marks that take back, doubt or postpone what a text says: with one of them nothing is concluded."""

import unicodedata

from her2board.case.drug_text import fold, pieces

_STATUS_WORDS = """
    no not none never nil without declined refused refuses stopped discontinued held paused planned plan proposed
    considered discussed cancelled canceled possible possibly probable probably unclear unknown uncertain instead
    contraindicated allergy allergic kein keine nicht ohne abgelehnt geplant pausiert unklar sans pas refus refuse
    prevu non senza rifiutato previsto sin nunca rechazado sem nao recusado
    ない なし 未 中止 拒否 无 未用 停用 拒绝
"""
_WORDS = frozenset(_STATUS_WORDS.split())
_MARKS = frozenset("?¿~✗✘✕✖❌☒⛔→⇒⟶➔")


def is_doubtful(text: str) -> bool:
    """Tell whether a text holds a negation, a question, a refusal, a plan or a mark that strikes something out."""
    if not _MARKS.isdisjoint(text) or any(_strikes_out(letter) for letter in text):
        return True
    return any(piece.key in _WORDS for piece in pieces(fold(text)) if piece.kind == "word")


def _strikes_out(letter: str) -> bool:
    kind = unicodedata.category(letter)
    return kind == "Me" or (kind == "Mn" and "OVERLAY" in unicodedata.name(letter, ""))
