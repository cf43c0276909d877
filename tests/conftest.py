"""What every test may use: the shipped release, read once, and how hard the laws are tried."""

import gc
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, settings

from her2board.evidence.library import EvidenceLibrary

pytest_plugins = ("pytester", "support.controls")
pytest.register_assert_rewrite("support")
from support.releases import release  # noqa: E402  # reason: after the line above, or failures there show no values

if TYPE_CHECKING:
    from xdist.remote import Producer
    from xdist.scheduler import Scheduling

    from her2board.casebook.server import Server

# No deadline: the machine may be busy, and a law is about truth, not speed. The input is large by design.
settings.register_profile("quick", max_examples=20, deadline=None, derandomize=True, database=None)
settings.register_profile(
    "soak",
    max_examples=int(os.environ.get("HYPOTHESIS_EXAMPLES", "5000")),
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
settings.register_profile(
    "mutants",
    max_examples=24,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

# Python looks for garbage at every 700 new objects; at every 10,000 the tests take a tenth less of the processor.
gc.set_threshold(10_000, 10, 10)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: "Producer") -> "Scheduling":
    """Keep in one process what shares something expensive, so that it is made once: a page, an installed wheel."""
    from support.sharing import Sharing  # only the process that divides the tests needs it

    return Sharing(config, log)


def pytest_collection_finish() -> None:
    """Take ten thousand tests and all that is imported out of what is walked for garbage, and for leftovers."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def library() -> EvidenceLibrary:
    """The shipped evidence release."""
    return release()


@pytest.fixture(scope="session")
def server_folder() -> Iterator[Path]:
    """The socket of a running PostgreSQL server."""
    from support.postgres import running, why_none  # few tests need it

    if why := why_none():
        if os.environ.get("CI"):
            pytest.fail(why)
        pytest.skip(why)
    with running() as folder:
        yield folder


@pytest.fixture
def server(server_folder: Path) -> "Server":
    """An empty place for a casebook on a server."""
    from support.postgres import fresh  # as above

    return fresh(server_folder)


@pytest.fixture(scope="session", autouse=True)
def _alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing that somebody set on this machine reaches a test, and no test reaches the network."""

    def refuse(*_: object) -> None:
        raise AssertionError("a test reached for the network")

    nowhere = str(tmp_path_factory.getbasetemp() / "no-settings")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_CONFIG_HOME", "APPDATA"):
            patch.setenv(name, nowhere)
        patch.setattr(socket.socket, "connect", refuse)
        yield
