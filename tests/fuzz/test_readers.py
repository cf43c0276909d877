"""Every reader is given changed inputs: it reads them or reports a problem of ours, and nothing else happens.

A few in every run; HER2BOARD_INPUTS=1000000 tries that many over all readers, each watched for time and memory
('make soak'). HER2BOARD_FIRST_INPUT=n goes on where an earlier run ended.
"""

import os

import pytest
from support.fuzz_targets import targets
from support.fuzzing import Target, tried

_INPUTS = int(os.environ.get("HER2BOARD_INPUTS", "0"))
_FIRST = int(os.environ.get("HER2BOARD_FIRST_INPUT", "0"))
_USUAL = 4_000
_PARTS = 8
"""Of the inputs of a reader, so that a run can be divided between processes."""
_TARGETS = {target.name: target for target in targets()}
_SHARES = sum(target.share for target in _TARGETS.values())


@pytest.mark.parametrize("part", range(_PARTS) if _INPUTS else [0])
@pytest.mark.parametrize("name", _TARGETS)
def test_a_changed_input_is_read_or_refused_in_words_of_ours(name: str, part: int) -> None:
    target: Target = _TARGETS[name]
    count = max((_INPUTS or _USUAL) * target.share // _SHARES, 1)
    numbers = range(_FIRST + part, _FIRST + count, _PARTS if _INPUTS else 1)
    found = tried(target, numbers, watched=bool(_INPUTS))
    assert not found.by_place, str(found)
