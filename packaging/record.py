"""Writes the compiled evidence and the record of what was built into a folder that holds evidence and resources."""

import sys
from datetime import UTC, datetime
from pathlib import Path

base = Path(sys.argv[1]).resolve()
sys._MEIPASS = str(base)  # type: ignore[attr-defined]  # the program then takes its files from here, as in a bundle

from her2board import __version__, paths, workarounds  # noqa: E402  # reason: only now
from her2board.cli import manifest  # noqa: E402
from her2board.cli.selfcheck import record_page  # noqa: E402
from her2board.evidence.compiled import NAME, compiled  # noqa: E402
from her2board.evidence.loader import load_release  # noqa: E402

if paths.packs_root().exists():
    from her2board.packs.root import read_root, refuse_expired

    refuse_expired(read_root(paths.packs_root().read_bytes()), datetime.now(UTC))  # one that is none stops the build
workarounds.ignore_build_date()
(paths.evidence_dir() / NAME).write_bytes(compiled(paths.evidence_dir()))
recorded = manifest.Manifest(
    version=__version__,
    evidence=load_release().content_hash,
    files=manifest.hashes(base),
    page=record_page(),
)
paths.manifest_file().write_text(recorded.model_dump_json(indent=1) + "\n", encoding="utf-8")
