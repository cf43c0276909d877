"""Which fields no source fills, with the reason: judgements, plans, names."""

from functools import cache

import yaml

from her2board import paths


@cache
def never_offered() -> dict[str, str]:
    """Return the reason for each path that is never offered; everything below a path is meant as well."""
    text = (paths.resources_dir() / "capture" / "never.yaml").read_text(encoding="utf-8")
    return {entry["field"]: entry["because"] for entry in yaml.load(text, yaml.CBaseLoader)}  # every scalar is text


def why_never(field: str) -> str:
    """Return why a field is never offered; empty where it may be."""
    reasons = never_offered()
    parts = field.removesuffix("[]").split(".")
    return next((reasons[path] for n in range(1, len(parts) + 1) if (path := ".".join(parts[:n])) in reasons), "")
