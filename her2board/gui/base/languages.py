"""The languages on offer. English is the program's own; another one is off until somebody chooses it."""

LANGUAGES = (
    ("en", "English"),
    ("it", "Italiano (in attesa di revisione clinica: awaiting a clinician's review)"),
)
"""Code, and name in its own words."""
