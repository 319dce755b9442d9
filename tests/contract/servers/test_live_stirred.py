"""Random changes on real servers, by people and by our own processes: the mirror equals what they hold.

300 steps, or as many as MOCHOCHO_TEST_STEPS says; `test_sources_alike` explains how servers are named.
"""

import os

import pytest

from tests.contract.servers.live_worlds import LIVE, make_live, told
from tests.contract.servers.test_state_machine import walk

STEPS = int(os.environ.get("MOCHOCHO_TEST_STEPS", "300"))


@pytest.mark.parametrize("name", LIVE)
def test_the_mirror_is_what_a_real_server_holds(name: str) -> None:
    told(name)
    walk(lambda folder: make_live(name, folder), STEPS, 50)
