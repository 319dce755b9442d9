"""The endpoint dies at every write of a post: nothing half-written is read, and the next try completes it.

Death is simulated inside the process: from a certain call on, nothing reaches the disk, not even the deletion
of temporary files.
"""

import io
import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import mochocho.storage.files
from mochocho.settings.config import Settings
from mochocho.storage.db import Base, transaction
from mochocho.storage.home import Home, open_home
from sync.mirror import queries
from sync.openrosa.receiving.intake import Intake, Post
from sync.openrosa.source import SpoolSource
from sync.pull.pull_source import pull
from sync.tables import PublishedForm

XFORM = b"""<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><model>
<instance><data id="visit" version="1"/></instance>
<bind nodeset="/data/photo" type="binary"/></model></h:head>
</h:html>"""
CALLS = ["open", "fsync", "replace", "link"]


class Killed(BaseException):
    """The process is gone."""


@contextmanager
def dies_at(call: str, nth: int, *, after: bool) -> Iterator[list[int]]:
    """The nth os.<call> of the store is the last thing this process does, or the first it cannot do."""
    count, dead = [0], []

    def guard(real: Callable[..., Any], counted: bool) -> Callable[..., Any]:
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if dead:
                raise Killed
            count[0] += counted
            now = counted and count[0] == nth
            if now:
                dead.append(True)
            if now and not after:
                raise Killed
            done = real(*args, **kwargs)
            if now:
                raise Killed
            return done

        return guarded

    with pytest.MonkeyPatch.context() as patch:
        for name in CALLS:
            patch.setattr(mochocho.storage.files.os, name, guard(getattr(os, name), name == call))
        patch.setattr(Path, "unlink", guard(Path.unlink, False))
        yield count


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    home = open_home(Settings(home=tmp_path / "home"))
    Base.metadata.create_all(home.engine)
    with transaction(home.engine) as session:
        row = {"form_id": "visit", "version": "1", "title": "เยี่ยม", "current": True}
        at = datetime(2025, 5, 1, tzinfo=UTC)
        session.add(PublishedForm(**row, xform_sha256=home.store.put(XFORM), published_at=at))
    yield home
    home.engine.dispose()


def photo_of(instance_id: str) -> bytes:
    return instance_id.encode() * 1000


def post(instance_id: str) -> Post:
    meta = f"<meta><instanceID>uuid:{instance_id}</instanceID></meta>"
    xml = f'<data id="visit" version="1"><photo>1.jpg</photo>{meta}</data>'
    body = b""
    for name, content in (("xml_submission_file", xml.encode()), ("1.jpg", photo_of(instance_id))):
        head = f'--b\r\nContent-Disposition: form-data; name="{name}"; filename="{name}"\r\n\r\n'
        body += head.encode() + content + b"\r\n"
    body += b"--b--\r\n"
    kind = "multipart/form-data; boundary=b"
    return Post(1, io.BytesIO(body), len(body), kind, datetime(2025, 5, 2, tzinfo=UTC))


def whole(home: Home) -> set[str]:
    """The instances a pull finds; each must have its photo."""
    pull(home, SpoolSource(home))
    with transaction(home.engine) as session:
        found = queries.current(session, "visit")
    for record in found:
        assert [home.store.read(str(sha256)) for sha256 in record.files.values()] == [
            photo_of(record.instance_id)
        ]
    return {record.instance_id for record in found}


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("call", CALLS)
def test_a_death_at_any_write_loses_nothing_that_was_answered(home: Home, call: str, after: bool) -> None:
    answered: set[str] = set()
    deaths = 0
    for nth in range(1, 100):
        instance_id = str(uuid.uuid4())
        try:
            with dies_at(call, nth, after=after) as count:
                Intake(home).take(post(instance_id))
        except Killed:
            deaths += 1
            assert answered <= whole(home)
            Intake(home).take(post(instance_id))  # the phone, which was told nothing, sends again
        answered.add(instance_id)
        assert whole(home) == answered
        if count[0] < nth:
            break
    else:
        pytest.fail("every try died")
    assert deaths > 0
