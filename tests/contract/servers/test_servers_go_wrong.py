"""Failures of a server: one clear sentence, other sources continue, and nothing is taken to be deleted."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from mochocho.app.pipeline import pulling
from mochocho.app.status import cures, server_states
from mochocho.app.status import status_figures as status
from mochocho.settings.config import Folder
from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home, open_home
from mochocho.words.sentences import Sentence
from sync.pull import registry, schedule
from sync.tables import Seen, ServerForm
from tests import builders
from tests.contract.servers.model_worlds import CentralWorld, KoboWorld, ModelWorld
from tests.contract.servers.world import FORMS, mirrored, written
from tests.faults.test_faults_disk import LEFT, disk_of_its_own
from tests.models.central import forms
from tests.models.kobo.operations import ADMIN
from tests.small_disks import fill
from xlsforms import names

__all__ = ["disk_of_its_own"]  # a fixture

WORLDS = {world.name: world for world in (CentralWorld, KoboWorld)}
TABLET = "folder:tablet"
PAGE = b"<!DOCTYPE html><html><head><title>Nextcloud</title></head><body>Log in</body></html>"

Wrong = Callable[[Any], AbstractContextManager[None]]


@dataclass
class Office:
    """A home that reads one server and one folder, and what it held before anything went wrong."""

    world: ModelWorld
    home: Home
    tablet: Path

    def look(self) -> dict[str, Exception]:
        """As one run of the conveyor: every source, and why one could not be read."""
        return pulling.do(self.home, pulling.every(self.home), None, pulling.Asked())[0]

    def told(self) -> str:
        """What `mochocho status` says of the server."""
        with reading(self.home.engine) as session:
            found = [*server_states.look(self.home, session)]
        return "\n".join(line.en for one in found for line in server_states.lines(one, datetime.now(UTC)))

    def waits(self) -> list[Sentence]:
        """What waits for a person, as every command tells it at its end."""
        return list(cures.of_person(status.look(self.home), datetime.now(UTC), ("pull",)))

    def seen(self) -> object:
        """All that a look could move."""
        columns = list(Seen.__table__.columns)
        query = select(*columns).where(Seen.source == self.world.key).order_by(Seen.root_id)
        with reading(self.home.engine) as session:
            rows = [tuple(row) for row in session.execute(query)]
        sweep = schedule.last(self.home, self.world.key)
        return rows, sweep.whole_at, sweep.hint, sweep.vanished

    def another_form(self, number: int) -> str:
        """One more lies in the folder. Returns its root."""
        builders.copied(self.tablet, f"{number}", written(names.ONSITE, f"tablet {number}"))
        return builders.uid(f"tablet {number}")


@contextmanager
def opened(world: ModelWorld) -> Iterator[Office]:
    tablet = world.folder / "tablet"
    tablet.mkdir()
    folder = Folder(key="tablet", path=tablet)
    home = open_home(world.home.settings.model_copy(update={"folders": (folder,)}))
    registry.forget()
    office = Office(world, home, tablet)
    office.another_form(0)
    for form_id in FORMS:
        file_names = world.new_names(0)
        world.submit(form_id, file_names, {file_names[0]: world.fresh()})
    assert office.look() == {}
    yield office
    home.engine.dispose()
    registry.forget()


@pytest.fixture(params=WORLDS)
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    world = WORLDS[request.param](tmp_path)
    with opened(world) as made:
        yield made
    world.close()


# --- what goes wrong, and how it is put right


@contextmanager
def token_revoked(world: Any) -> Iterator[None]:
    old = world.secret()
    if isinstance(world, CentralWorld):
        world.model.admin.password = "another"
        world.model.expire_sessions()
        yield
        world.model.admin.password = old
    else:
        new = world.model.renew_token(ADMIN)
        yield
        world.set_secret(new)


@contextmanager
def rights_taken(world: Any) -> Iterator[None]:
    if isinstance(world, CentralWorld):
        admins = world.model.state.admins
        admins.discard(world.model.admin.id)
        yield
        admins.add(world.model.admin.id)
    else:
        assets = [world.model.assets[uid] for uid in world.uids.values()]
        kept = [asset.permissions[:] for asset in assets]
        for asset in assets:
            asset.permissions.clear()
        yield
        for asset, permissions in zip(assets, kept, strict=True):
            asset.permissions[:] = permissions


@contextmanager
def project_deleted(world: Any) -> Iterator[None]:
    held = world.model.state.projects if isinstance(world, CentralWorld) else world.model.assets
    kept = dict(held)
    held.clear()
    yield
    held |= kept


@contextmanager
def one_renamed(world: Any) -> Iterator[None]:
    if isinstance(world, CentralWorld):
        world.model.rename_form(names.APPLICATION, "other")
        yield
        world.model.rename_form("other", names.APPLICATION)
    else:
        settings = world.model.assets[world.uids[names.APPLICATION]].current.content["settings"]
        settings["id_string"] = "other"
        registry.forget()  # a project's form is read once a process, or when it changes
        yield
        settings["id_string"] = names.APPLICATION
        registry.forget()


@contextmanager
def one_deleted(world: Any) -> Iterator[None]:
    if isinstance(world, CentralWorld):
        project = world.model.state.projects[1]
        form = project.forms[names.APPLICATION]
        forms.delete(world.model.state, project, form)
        yield
        forms.restore(project, form)
    else:
        uid = world.uids[names.APPLICATION]
        kept = world.model.assets.pop(uid)
        yield
        world.model.assets[uid] = kept


@contextmanager
def one_deleted_that_was_published_from_here(world: Any) -> Iterator[None]:
    """The project is known by its uid, not found by its form."""
    with transaction(world.home.engine) as session:
        for form_id, uid in world.uids.items():
            row = ServerForm(server=world.key, form_id=form_id, version=builders.VERSION, remote_id=uid)
            row.sha256, row.published_at = "", datetime.now(UTC)
            session.add(row)
    registry.forget()
    with one_deleted(world):
        yield


@contextmanager
def one_shared_no_more(world: Any) -> Iterator[None]:
    asset = world.model.assets[world.uids[names.APPLICATION]]
    kept = asset.permissions[:]
    asset.permissions.clear()
    yield
    asset.permissions[:] = kept


def another_software(status: int, kind: str, content: bytes) -> Wrong:
    def app(_environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        start(f"{status} Said", [("Content-Type", kind)])
        return [content]

    @contextmanager
    def wrong(world: Any) -> Iterator[None]:
        model, world.model = world.model, app
        registry.forget()
        yield
        world.model = model
        registry.forget()

    return wrong


JSON = "application/json"
OTHERS = {
    "a web site": another_software(200, "text/html", PAGE),
    "a web site that does not know the page": another_software(404, "text/html", PAGE),
    "a JSON interface": another_software(200, JSON, b'{"hello": "world"}'),
    "a JSON list": another_software(200, JSON, b"[]"),
    "a JSON interface that does not know the path": another_software(404, JSON, b'{"error": "no route"}'),
    "nothing": another_software(200, JSON, b""),
}
WRONG: dict[str, tuple[Wrong, str]] = {
    "its token was revoked": (token_revoked, "password|token"),
    "its rights were taken": (rights_taken, "Project Manager|account"),
    "its project was deleted": (project_deleted, "no project|not there|project"),
    **{other: (wrong, "address|url|`url`|login page") for other, wrong in OTHERS.items()},
}


@pytest.mark.parametrize("what", WRONG)
def test_it_is_told_and_the_others_go_on_and_nothing_is_taken_for_gone(office: Office, what: str) -> None:
    wrong, sentence = WRONG[what]
    before, there = office.seen(), mirrored(office.home)
    with wrong(office.world):
        for look in range(3):
            added = office.another_form(look + 1)
            failed = office.look()
            assert set(failed) == {office.world.key}
            assert added in mirrored(office.home)
        assert office.seen() == before
        assert there.items() <= mirrored(office.home).items()
        told = office.told()
    assert re.search(sentence, told), told
    assert not re.search("unexpected|Traceback|Error\\b", told), told
    assert office.world.secret() not in told
    root = office.world.submit()
    assert office.look() == {}
    assert root in mirrored(office.home)
    assert there.items() <= mirrored(office.home).items()
    assert "since" not in office.told()


ONE_GONE: dict[str, Wrong] = {
    "renamed": one_renamed,
    "deleted": one_deleted,
    "deleted, published from here": one_deleted_that_was_published_from_here,
    "shared no more": one_shared_no_more,  # a role of Central is for a whole project
}
GONE_THERE = {"central": ("renamed", "deleted"), "kobo": tuple(ONE_GONE)}


@pytest.mark.parametrize(
    ("office", "what"), [(name, what) for name in WORLDS for what in GONE_THERE[name]], indirect=["office"]
)
def test_one_form_that_is_gone_keeps_no_other_waiting_and_is_told_once(office: Office, what: str) -> None:
    world, there = office.world, mirrored(office.home)
    with ONE_GONE[what](world):
        for look in range(3):
            added = world.submit(names.ONSITE)
            assert office.look() == {}
            assert added in mirrored(office.home)
            assert there.items() <= mirrored(office.home).items()  # what is gone still counts
            (line,) = office.waits()
            assert line.en.count(names.APPLICATION) == line.th.count(names.APPLICATION) == 1, look
            assert line.en.startswith(f"{world.key}: ")
            assert re.search("restore|shar", line.en, re.IGNORECASE) or what == "renamed", line.en
        assert "since" not in office.told()  # the look itself was whole
        quickly = pulling.do(office.home, [world.key], None)[0]
        assert quickly == {}
    root = world.submit()
    assert office.look() == {}
    assert root in mirrored(office.home)
    assert there.items() <= mirrored(office.home).items()
    assert office.waits() == []


def test_a_session_that_ended_is_begun_anew(tmp_path: Path) -> None:
    """Central's tokens live for 24 hours."""
    world = CentralWorld(tmp_path)
    with opened(world) as office:
        world.model.expire_sessions()
        root = world.submit()
        assert office.look() == {}
        assert root in mirrored(office.home)
    world.close()


@pytest.mark.parametrize("days", [-1, 1])
def test_a_clock_that_is_wrong_by_a_day_is_nothing_to_us(office: Office, days: int) -> None:
    """No time of a server is compared with ours: what comes next is seen as it always was."""
    clock = (
        office.world.model.clock if isinstance(office.world, KoboWorld) else office.world.model.state.clock
    )
    for wrong in (timedelta(days=days), timedelta(days=-days)):
        if isinstance(office.world, KoboWorld):
            clock.moment += wrong
        else:
            clock._now += wrong
        root = office.world.submit()
        office.world.edit(root)
        assert office.look() == {}
        found = {key: one for key, one in mirrored(office.home).items() if key != builders.uid("tablet 0")}
        assert found == office.world.truth()


@pytest.mark.parametrize("name", WORLDS)
def test_a_full_disk_is_told_and_what_came_stays(name: str, small_disk: Path) -> None:
    world = WORLDS[name](small_disk)
    with opened(world) as office:
        before = office.seen()
        file_names = world.new_names(0)
        root = world.submit(file_names=file_names, arrived={file_names[0]: b"." * (1 << 20)})
        ballast = fill(small_disk, LEFT)
        failed = office.look()
        assert world.key in failed
        assert "free some space" in str(failed[world.key]) or "full" in str(failed[world.key])
        assert root not in mirrored(office.home)
        rows = office.seen()
        assert rows == before
        ballast.unlink()
        assert office.look() == {}
        assert root in mirrored(office.home)
    world.close()
