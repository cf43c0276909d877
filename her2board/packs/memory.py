"""What is remembered beside the installed evidence: the newest day and release that were seen on this computer."""

from pathlib import Path

from her2board.case.writing import write_atomically
from her2board.evidence.seen import Seen, parse_seen

_FILE = "seen.json"


def read_seen(place: Path) -> Seen:
    """Return what was seen before."""
    try:
        return parse_seen((place / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Seen()


def write_seen(place: Path, seen: Seen) -> None:
    """Remember what was seen. Raises OSError."""
    place.mkdir(parents=True, exist_ok=True)
    write_atomically(place / _FILE, seen.model_dump_json().encode() + b"\n", private=True)
