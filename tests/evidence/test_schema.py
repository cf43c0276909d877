"""The published JSON Schemas say what the models say, and the release is the one that was reviewed."""

from pathlib import Path

import pytest

from her2board import paths
from her2board.cli import main
from her2board.evidence.library import EvidenceLibrary


@pytest.mark.parametrize("what", ["case", "evidence", "assessment", "overlay"])
def test_the_published_schema_equals_the_models(what: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", what]) == 0
    published = Path(paths.evidence_dir(), "schema", f"{what}.json").read_text(encoding="utf-8")
    assert capsys.readouterr().out == published, "run 'make schema' and read the difference"


def test_the_release_has_the_hash_it_was_reviewed_with(library: EvidenceLibrary) -> None:
    assert library.as_reviewed, "after reviewing the change, run 'her2board evidence reviewed'"
