"""The same forms, held by our own endpoint, by Central or by KoboToolbox, make a packet of the same bytes."""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from mochocho.app.demo import committee
from mochocho.app.demo.instances import entity_id
from mochocho.app.demo.pretend_phone import Phone
from mochocho.app.pipeline.conveyor import run_once
from mochocho.settings import config
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from sync import officers
from sync.central.target import CentralTarget
from sync.kobo.api import open_api
from sync.kobo.target import KoboTarget
from sync.pull import registry
from sync.tables import Officer
from tests.contract.servers.model_worlds import hurried
from tests.e2e import small_province
from tests.e2e.conftest import Played, small
from tests.e2e.small_province import PLAN, Post, Province
from tests.models.central.app import EMAIL, PASSWORD, CentralModel
from tests.models.kobo.app import KoboModel
from tests.models.kobo.operations import TOKEN
from tests.models.serving import serve
from xlsforms import names
from xlsforms.build import build_forms

__all__ = ["small"]  # a fixture

Hold = Callable[[Province, Iterable[Post], ExitStack], config.Server | None]


def by_central(province: Province, sent: Iterable[Post], running: ExitStack) -> config.Server:
    """Published and fetched as the commands do it; every phone has the address that its officer is given."""
    model = CentralModel()
    served = running.enter_context(serve(model))
    server = config.Server(key="one", kind="central", url=served.url, project=1, email=EMAIL)
    target = CentralTarget(province.home, server)
    target.put_forms(build_forms(province.home.pack, province.home.province, "odk"))
    for code, officer_id in officers_by_district(province.home).items():
        officer = next(one for one in officers.listing(province.home) if one.id == officer_id)
        province.phones[code].__exit__()
        province.phones[code] = Phone(target.add_officer(officer), f"collect:{code}")
    province.send(sent)
    model.settle()  # entities are made a while after
    return server


def by_kobo(province: Province, sent: Iterable[Post], running: ExitStack) -> config.Server:
    """Forms of Kobo's profile; every officer has an account that may send."""
    model = KoboModel()
    served = running.enter_context(serve(model))
    by_district = officers_by_district(province.home)
    accounts = {str(officer_id): f"officer{code}" for code, officer_id in by_district.items()}
    server = config.Server(key="one", kind="kobo", url=served.url, accounts=accounts)
    target = KoboTarget(province.home, server, open_api(server), sleep=lambda _seconds: None)
    target.put_forms(build_forms(province.home.pack, province.home.province, "kobo"))
    for account in accounts.values():
        model.add_user(account)
        for project in model.projects():
            model.grant(project, account, "add_submissions")
    for post in sent:
        model.submit_ours(post.xml, post.files, f"officer{post.district}")
    return server


def officers_by_district(home: Home) -> dict[str, int]:
    with reading(home.engine) as session:
        return {one.districts[0]: one.id for one in session.query(Officer)}


def by_ourselves(province: Province, sent: Iterable[Post], _running: ExitStack) -> None:
    province.send(sent)


@dataclass(frozen=True)
class Sent:
    """What phones send that give each applicant the UUID of the application: KoboToolbox, which has no
    entities, knows no other. `keys`: the UUID that it had -> that one.
    """

    posts: Sequence[Post]
    keys: Mapping[str, str]


@pytest.fixture(scope="module")
def sent(small: Played) -> Sent:
    posts = small_province.posts(small.folder)
    keys = {entity_id(unit): root_of(posts, entity_id(unit)) for unit in PLAN.units}
    pattern = re.compile("|".join(keys).encode())

    def renamed(xml: bytes) -> bytes:
        return pattern.sub(lambda found: keys[found[0].decode()].encode(), xml)

    return Sent([replace(post, xml=renamed(post.xml)) for post in posts], keys)


def root_of(posts: Iterable[Post], key: str) -> str:
    """The application that created this applicant."""
    return next(
        post.instance_id
        for post in posts
        if names.APPLICATION.encode() in post.xml and key.encode() in post.xml and not post.replaces
    )


def packet(folder: Path, sent: Sent, hold: Hold) -> dict[str, bytes]:
    """What comes of these forms, held so."""
    made = Province(folder)
    with ExitStack() as running, pytest.MonkeyPatch.context() as patch:
        running.callback(registry.forget)
        running.callback(made.close)
        running.enter_context(hurried())
        patch.setenv("MOCHOCHO_SECRET_ONE", TOKEN if hold is by_kobo else PASSWORD)
        patch.setattr(committee, "entity_id", lambda unit: sent.keys[entity_id(unit)])
        server = hold(made, sent.posts, running)
        servers = () if server is None else (server,)
        settings = made.home.settings.model_copy(update={"servers": servers})
        made.home = replace(made.home, settings=settings)
        assert run_once(made.home).problems == ()
        made.resolve()
        return small_province.papers(made.packet())


@pytest.fixture(scope="module")
def ours(sent: Sent, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return packet(tmp_path_factory.mktemp("ours") / "home", sent, by_ourselves)


@pytest.mark.long
@pytest.mark.parametrize("hold", [by_central, by_kobo])
def test_the_packet_is_that_of_our_own_endpoint(
    ours: dict[str, bytes], sent: Sent, tmp_path: Path, hold: Hold
) -> None:
    made = packet(tmp_path / "home", sent, hold)
    told, told_by_us = (json.loads(one["manifest.json"]) for one in (made, ours))
    assert {**made, "manifest.json": b""} == {**ours, "manifest.json": b""}
    if hold is by_kobo:  # its instances say the same in other XML, and the manifest names what was read
        for one in (told, told_by_us):
            del one["inputs"]["instances"], one["inputs"]["assessments"]
    assert told["counts"]["passed_total"] > 0
    assert told == told_by_us
