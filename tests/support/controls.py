"""Makes a run fail in which a test was skipped that holds a control of the hazard log."""

from collections.abc import Generator, Mapping
from functools import cache

import pytest
import yaml

from support.pages import ROOT


@cache
def held() -> Mapping[str, str]:
    """Return the hazard or requirement of each test of the log, by the test's node id."""
    found: dict[str, str] = {}
    for name in ("hazards", "requirements"):
        text = (ROOT / f"packaging/safety/{name}.yaml").read_text(encoding="utf-8")
        for entry in yaml.load(text, yaml.CSafeLoader)[name]:
            for claim in entry.get("controls", [entry]):
                found |= dict.fromkeys(claim["tests"], entry["id"])
    return found


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Report a skipped test as failed where the hazard log relies on it."""
    report = yield
    owner = held().get(item.nodeid.partition("[")[0]) if report.skipped else None
    if owner:
        report.outcome = "failed"
        report.longrepr = f"{owner} of the hazard log relies on this test; it must not be skipped: {report.longrepr}"
    return report
