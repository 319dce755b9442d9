"""The same forms, held by our own endpoint, by Central or by KoboToolbox, make a packet of the same bytes."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from mochocho import config
from mochocho.app.conveyor import run_once
from mochocho.app.demo.phone import Phone
from mochocho.db import reading
from mochocho.home import Home
from sync.central.target import CentralTarget
from sync.openrosa import officers
from sync.sources import registry
from sync.tables import Officer
from tests.contract.servers.model_worlds import hurried
from tests.e2e import small_province
from tests.e2e.conftest import Played, small
from tests.e2e.small_province import Post, Province
from tests.models.central.app import EMAIL, PASSWORD, CentralModel
from tests.models.kobo.app import KoboModel
from tests.models.serving import serve
from xlsforms.build import build_forms

__all__ = ["small"]  # a fixture

Hold = Callable[[Province, Iterable[Post], ExitStack], config.Server]


def by_central(province: Province, sent: Iterable[Post], running: ExitStack) -> config.Server:
    """Published and fetched as the commands do it; every phone has the address that its officer is given."""
    served = running.enter_context(serve(CentralModel()))
    server = config.Server(key="one", kind="central", url=served.url, project=1, email=EMAIL)
    target = CentralTarget(province.home, server)
    target.put_forms(build_forms(province.home.pack, province.home.province, "odk"))
    for code, officer_id in officers_by_district(province.home).items():
        officer = next(one for one in officers.listing(province.home) if one.id == officer_id)
        province.phones[code].__exit__()
        province.phones[code] = Phone(target.add_officer(officer), f"collect:{code}")
    province.send(sent)
    return server


def by_kobo(province: Province, sent: Iterable[Post], running: ExitStack) -> config.Server:
    """Forms of Kobo's profile; every officer has an account that may send."""
    model = KoboModel()
    served = running.enter_context(serve(model))
    uids = {}
    for form in build_forms(province.home.pack, province.home.province, "kobo"):
        uids[form.form_id] = model.add_form(form.xform, media=form.media, xlsx=form.xlsx)
    accounts = {}
    for code, officer_id in officers_by_district(province.home).items():
        accounts[str(officer_id)] = code
        model.add_user(code)
        for uid in uids.values():
            model.grant(model.assets[uid], code, "add_submissions")
    for post in sent:
        model.submit_ours(post.xml, post.files, post.district)
    return config.Server(key="one", kind="kobo", url=served.url, accounts=accounts)


def officers_by_district(home: Home) -> dict[str, int]:
    with reading(home.engine) as session:
        return {one.districts[0]: one.id for one in session.query(Officer)}


@contextmanager
def province(folder: Path) -> Iterator[Province]:
    made = Province(folder)
    yield made
    made.close()
    registry.forget()


@pytest.mark.parametrize(("hold", "secret"), [(by_central, PASSWORD), (by_kobo, KoboModel().token)])
def test_the_packet_is_that_of_our_own_endpoint(
    small: Played, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hold: Hold, secret: str
) -> None:
    monkeypatch.setenv("MOCHOCHO_SECRET_ONE", secret)
    with ExitStack() as running, province(tmp_path / "again") as again:
        running.enter_context(hurried())
        server = hold(again, small_province.posts(small.folder), running)
        settings = again.home.settings.model_copy(update={"servers": (server,)})
        again.home = replace(again.home, settings=settings)
        assert run_once(again.home).problems == ()
        again.resolve()
        made = small_province.papers(again.packet())
    ours = small_province.papers(small.folder)
    assert json.loads(made["manifest.json"]) == json.loads(ours["manifest.json"])
    assert made == ours
