"""`kill -9` of a first pull at random points: the next pull continues, and fetches no complete file twice.

The model lists the requests it got. The request at which the process dies is drawn from a seed; two points
per server, ten with `pytest -m long`.
"""

import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.servers.model_worlds import CentralWorld, KoboWorld, ModelWorld
from tests.contract.servers.world import mirrored, sha256
from tests.integration import commands

SEED = int(os.environ.get("MOCHOCHO_TEST_SEED", "20261121"))
SUBMISSIONS, PHOTOS = 60, 2
LATE = 0.004  # seconds before each answer, so that several are under way when the process dies
WORLDS = {world.name: world for world in (CentralWorld, KoboWorld)}


@pytest.fixture(params=WORLDS)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ModelWorld]:
    made = WORLDS[request.param](tmp_path)
    for _ in range(SUBMISSIONS):
        file_names = made.new_names(*range(PHOTOS))
        made.submit(file_names=file_names, arrived={name: made.fresh() * 50 for name in file_names})
    made.served.faults.latency = LATE
    (server,) = made.settings()
    told = {"key": server.key, "kind": server.kind, "url": server.url, "email": server.email}
    lines = "".join(f'{name} = "{value}"\n' for name, value in told.items())
    commands.settings(
        tmp_path,
        f'\n[[servers]]\n{lines}project = 1\nsecret_file = "{tmp_path / "secret"}"\nthreads = 8\n',
    )
    yield made
    made.close()


def pulling(world: ModelWorld) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*commands.COMMAND, "pull", world.key],
        cwd=world.folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def finish(world: ModelWorld) -> None:
    with pulling(world) as process:
        assert process.wait(120) == 0, process.stderr and process.stderr.read().decode()


def downloads(world: ModelWorld) -> list[str]:
    """What was asked for of files, in that order; not what is looked for by HEAD."""
    return [one for one in world.served.faults.asked if one.startswith("GET") and "/attachments/" in one]


def stored(world: ModelWorld) -> set[str]:
    """The sha256 of what stands whole in the store."""
    root = world.home.store.root
    whole = [path for path in root.glob("??/*") if sha256(path.read_bytes()) == path.parent.name + path.name]
    return {path.parent.name + path.name for path in whole}


def killed_at(world: ModelWorld, number: int) -> None:
    """A pull that dies at the nth request for a file, where it comes to that."""
    process = pulling(world)
    asked = 0

    def kill(_method: str, target: str) -> None:
        nonlocal asked
        asked += "/attachments/" in target
        if asked >= number:
            process.kill()

    world.watch = kill
    process.wait(120)
    assert process.stderr is not None
    process.stderr.close()
    world.watch = None
    assert process.returncode != 0


def die_and_go_on(world: ModelWorld, moments: list[int]) -> None:
    """Killed at each of these moments of what was left, then finished."""
    whole: set[str] = set()
    answered: dict[str, str] = {}
    for moment in moments:
        world.served.faults.forget()
        killed_at(world, moment)
        again = {answered[one] for one in downloads(world) if one in answered}
        assert not again & whole, "downloaded twice"
        answered |= world.answered
        whole = stored(world)
        print(f"{world.name}: killed at file {moment}; {len(whole & set(answered.values()))} are whole")
    world.served.faults.forget()
    finish(world)
    asked = Counter(downloads(world))
    assert max(asked.values()) == 1
    assert not {answered[one] for one in asked if one in answered} & whole, "downloaded twice"
    world.restart()
    assert mirrored(world.home) == world.truth()
    world.served.faults.forget()
    world.pull()
    assert downloads(world) == []


def test_a_first_pull_that_is_killed_goes_on(world: ModelWorld) -> None:
    dice = random.Random(f"{SEED} {world.name}")
    die_and_go_on(world, [dice.randint(1, 60), dice.randint(1, 40)])


@pytest.mark.long
@pytest.mark.parametrize("number", range(10))
def test_a_first_pull_killed_at_any_moment_goes_on(world: ModelWorld, number: int) -> None:
    dice = random.Random(f"{SEED} {world.name} {number}")
    die_and_go_on(world, [dice.randint(1, SUBMISSIONS * PHOTOS)])
