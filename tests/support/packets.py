"""Packets of the example cases and of cases made for them, each made once."""

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from her2board.briefing.packet import PacketOptions
from her2board.cli.packets import Packet, Source, make_packet
from support.pages import AS_OF, EXAMPLES, FOLDER, release


def no_progress(_done: int, _of: int) -> None:
    """Hear of progress and do nothing."""


@cache
def _of_examples(stems: tuple[str, ...], options: PacketOptions) -> Packet:
    return make_packet([Source(FOLDER / f"{stem}.her2case") for stem in stems], options, release(), AS_OF, no_progress)


def of_examples(stems: Sequence[str] = EXAMPLES, **chosen: Any) -> Packet:
    """Return the packet of example cases."""
    return _of_examples(tuple(stems), PacketOptions(**chosen))


def of_files(paths: Iterable[Path], **chosen: Any) -> Packet:
    """Return the packet of case files."""
    return make_packet([Source(path) for path in paths], PacketOptions(**chosen), release(), AS_OF, no_progress)
