"""Runs every test once, to learn what it runs and how long it takes."""

import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import coverage
import pytest
from known import BUILD, DECIDING, TESTS, TOP, Known, Test
from processes import in_child


def gathered() -> Known:
    found = in_child(_gather)
    return Known(
        tests={
            name: Test(seconds, {file: set(lines) for file, lines in ran.items()})
            for name, (seconds, ran) in found["tests"].items()
        },
        collected={file: set(lines) for file, lines in found["collected"].items()},
    )


def _gather() -> dict[str, Any]:
    measuring = coverage.Coverage(
        data_file=None, include=[f"{name}/*" if "." not in name else name for name in DECIDING]
    )
    gatherer = _Gatherer(measuring)
    measuring.start()
    status = pytest.main(arguments(TESTS), plugins=[gatherer])
    measuring.stop()
    if status != pytest.ExitCode.OK:
        raise RuntimeError("the tests fail without any mutant")
    data = measuring.get_data()
    ran: dict[str, dict[str, list[int]]] = {}
    for file in data.measured_files():
        for line, contexts in data.contexts_by_lineno(file).items():
            for context in contexts:
                ran.setdefault(context, {}).setdefault(Path(file).relative_to(TOP).as_posix(), []).append(line)
    collected = ran.pop("", {})
    return {
        "tests": {name: (gatherer.seconds[name], ran.get(name, {})) for name in gatherer.seconds},
        "collected": collected,
    }


class _Gatherer:
    """Notes how long each test takes and which lines it runs."""

    def __init__(self, measuring: coverage.Coverage) -> None:
        self.seconds: dict[str, float] = {}
        self._measuring = measuring

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self._measuring.switch_context(item.nodeid)
        started = time.process_time()
        try:
            return (yield)
        finally:
            self.seconds[item.nodeid] = time.process_time() - started


def arguments(tests: Iterable[str]) -> list[str]:
    early = "-Wignore::pytest.PytestAssertRewriteWarning"  # hypothesis is imported before pytest starts, on purpose
    terse = ("--assert=plain", "--tb=no")  # why a test fails is of no interest here, and costs more than failing
    return ["-x", early, *terse, "-pno:cacheprovider", f"--basetemp={BUILD / 'tmp'}", *tests]
