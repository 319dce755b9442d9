"""The model of ODK Central answers as a real one did,
and so does the one named in the environment, if any.
"""

import os

import pytest

from tests.contract.servers.central_conversations import (
    FOLDER,
    NAMES,
    Central,
    ModelOfCentral,
    RealCentral,
    talking,
)
from tests.contract.servers.conversations import steps


@pytest.fixture(params=["model", "real"])
def central(request: pytest.FixtureRequest) -> Central:
    if request.param == "model":
        return ModelOfCentral()
    if not os.environ.get("MOCHOCHO_CENTRAL_URL"):
        pytest.skip("MOCHOCHO_CENTRAL_URL is not set: no real server to try")
    return RealCentral()


@pytest.mark.parametrize("name", NAMES)
def test_it_answers_as_it_was_recorded(name: str, central: Central) -> None:
    with talking(central) as talk:
        said = [(step["name"], *talk.say(step)) for step in steps(FOLDER, name)]
    assert said == [(step["name"], step["status"], step["answer"]) for step in steps(FOLDER, name)]
