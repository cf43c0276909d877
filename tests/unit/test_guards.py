"""What keeps every test to itself: no settings of this machine, and no network."""

import socket

import pytest

from her2board import paths


def test_a_test_that_reaches_for_the_network_fails() -> None:
    with socket.socket() as one, pytest.raises(AssertionError, match="reached for the network"):
        one.connect(("127.0.0.1", 9))


def test_the_settings_of_this_machine_reach_no_test() -> None:
    assert "no-settings" in paths.clinic_file().parts
    assert not paths.clinic_file().exists()
