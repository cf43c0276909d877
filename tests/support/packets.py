"""Packets of the example cases and of cases made for them, each made once."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from her2board.briefing.packet import PacketOptions
from her2board.cli.packets import Packet, Source, make_packet
from her2board.evidence.library import EvidenceLibrary
from support.pages import AS_OF, EXAMPLES, FOLDER
from support.releases import release


def no_progress(_done: int, _of: int) -> None:
    """Hear of progress and do nothing."""


Read = Callable[[], EvidenceLibrary]


@cache
def _of_examples(stems: tuple[str, ...], options: PacketOptions, read: Read) -> Packet:
    return of_sources([Source(FOLDER / f"{stem}.her2case") for stem in stems], options, read)


def of_examples(stems: Sequence[str] = EXAMPLES, read: Read = release, **chosen: Any) -> Packet:
    """Return the packet of example cases; with an annex of each, the frozen release makes it a short one."""
    return _of_examples(tuple(stems), PacketOptions(**chosen), read)


def of_files(paths: Iterable[Path], read: Read = release, **chosen: Any) -> Packet:
    """Return the packet of case files."""
    return of_sources([Source(path) for path in paths], PacketOptions(**chosen), read)


def of_sources(sources: Sequence[Source], options: PacketOptions, read: Read = release) -> Packet:
    """Return the packet of cases."""
    return make_packet(sources, options, read(), AS_OF, no_progress)
