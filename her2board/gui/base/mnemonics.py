"""Texts with a mnemonic, the letter after '&' that chooses them with Alt."""


def without_mnemonic(text: str) -> str:
    """Return a text as it is read: '&Save' is 'Save', 'A && B' is 'A & B'."""
    return "&".join(part.replace("&", "") for part in text.split("&&"))
