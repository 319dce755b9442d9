"""The model of KoboToolbox answers as a real kpi did,
and so does the one named in the environment, if any.
"""

import os
from collections.abc import Iterator

import pytest

from tests.contract.servers.conversations import steps
from tests.contract.servers.kobo_conversations import FOLDER, NAMES, talking
from tests.models.kobo.app import KoboModel
from tests.models.kobo.operations import TOKEN
from tests.models.serving import serve


@pytest.fixture(params=["model", "real"])
def place(request: pytest.FixtureRequest) -> Iterator[tuple[str, str]]:
    """Address and token."""
    if request.param == "real":
        told = tuple(os.environ.get(f"MOCHOCHO_KOBO_{word}", "") for word in ("URL", "TOKEN"))
        if not all(told):
            pytest.skip("MOCHOCHO_KOBO_URL, _TOKEN are not set: no real server to try")
        yield told[0], told[1]
    else:
        with serve(KoboModel()) as served:
            yield served.url, TOKEN


@pytest.mark.parametrize("name", NAMES)
def test_it_answers_as_it_was_recorded(name: str, place: tuple[str, str]) -> None:
    with talking(*place) as talk:
        said = [(step["name"], *talk.say(step)) for step in steps(FOLDER, name)]
    assert said == [(step["name"], step["status"], step["answer"]) for step in steps(FOLDER, name)]
