"""A running endpoint for the home that the test module provides."""

from collections.abc import Iterator

import pytest

from mochocho.storage.home import Home
from sync.openrosa.server import Server
from tests.contract.openrosa_phone import serving


@pytest.fixture
def server(home: Home) -> Iterator[Server]:
    with serving(home) as running:
        yield running
