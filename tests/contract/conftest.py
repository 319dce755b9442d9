"""A running endpoint over whatever home the test module gives it."""

from collections.abc import Iterator

import pytest

from mochocho.storage.home import Home
from sync.openrosa.server import Server
from tests.contract.openrosa_phone import serving


@pytest.fixture
def server(home: Home) -> Iterator[Server]:
    with serving(home) as running:
        yield running
