"""Killed after Central accepted a comment and before we noted it: every submission has one comment."""

import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pytest

from mochocho.app.pipeline.conveyor import run_once
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from reports.notices import tell_servers
from sync import targets
from tests import builders
from tests.integration.notice_victim import server as server_at
from tests.models.central.app import PASSWORD, CentralModel
from tests.models.serving import serve
from xlsforms import names

KILLS, MANY_KILLS = 2, 20


class SlowToAnswer:
    """A Central that takes a comment, says so to the test, and answers when it may."""

    def __init__(self, model: CentralModel) -> None:
        self.model = model
        self.taken = queue.Queue[str]()
        self.may_answer = threading.Event()

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        answer = list(self.model(environ, start))
        if environ["REQUEST_METHOD"] == "POST" and environ["PATH_INFO"].endswith("/comments"):
            self.taken.put(environ["PATH_INFO"])
            self.may_answer.wait()
        return answer


def victim(home: Home, url: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.integration.notice_victim", str(home.settings.home), url]
    return subprocess.Popen(command, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})


def noted(home: Home) -> int:
    with reading(home.engine) as session:
        return tell_servers.submissions_told(session)


def filled(home: Home, central: CentralModel, url: str, applications: int) -> Home:
    """A home that knows of applications on this Central, and has told nothing of them."""
    builders.publish(home, builders.xform())
    home = replace(home, settings=home.settings.model_copy(update={"servers": (server_at(url),)}))
    central.publish(builders.xform())
    targets.server_target(home, *home.settings.servers).put_forms([])  # the lists
    for number in range(applications):
        key, root = builders.uid("applicant", number), builders.uid("application", number)
        central.submit(builders.application(key, instance_id=root))
    central.settle()
    assert run_once(home, stages=("pull", "register", "assess")).problems == ()
    return home


@pytest.mark.parametrize("kills", [KILLS, pytest.param(MANY_KILLS, marks=pytest.mark.long)])
def test_killed_between_telling_and_noting_it(
    home: Home, monkeypatch: pytest.MonkeyPatch, kills: int
) -> None:
    monkeypatch.setenv("MOCHOCHO_SECRET_NORTH", PASSWORD)
    central = SlowToAnswer(CentralModel())
    with serve(central) as served:
        home = filled(home, central.model, served.url, kills)
        seen = set()
        for killed in range(kills):
            process = victim(home, served.url)
            seen.add(central.taken.get(timeout=120))
            process.kill()
            process.wait()
            assert noted(home) == killed  # those before it, found by their mark; not this one
        central.may_answer.set()
        assert victim(home, served.url).wait() == 0
    assert len(seen) == kills
    told = central.model.held(names.APPLICATION).values()
    assert [(len(one.comments), one.review_state) for one in told] == [(1, "hasIssues")] * kills
    assert noted(home) == kills
