"""Publishing a form to the embedded endpoint, and the state digests of the mirror."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home
from mochocho.words.errors import BadInput, Terminal
from sync.mirror.queries import current
from sync.openrosa.source import SpoolSource
from sync.publish.published import put_form
from sync.pull.pull_source import pull
from sync.tables import Officer, PublishedForm
from tests.builders import JPEG, application, officer, post, publish, xform
from xlsforms import names
from xlsforms.built import BuiltForm


def built(version: str, form_id: str = "f", content: bytes | None = None) -> BuiltForm:
    text = (content or xform(form_id, version)).decode()
    return BuiltForm(form_id=form_id, version=version, title="แบบทดสอบ", xlsx=b"", xform=text)


def offered(home: Home) -> list[tuple[str, str, bool]]:
    with reading(home.engine) as session:
        return sorted(
            (row.form_id, row.version, row.current) for row in session.scalars(select(PublishedForm))
        )


def test_the_newest_version_is_offered_and_the_others_stay_acceptable(any_home: Home) -> None:
    put_form(any_home, built("1", "other"))
    put_form(any_home, built("1"))
    put_form(any_home, built("2"))

    assert offered(any_home) == [("f", "1", False), ("f", "2", True), ("other", "1", True)]
    with reading(any_home.engine) as session:
        row = session.get_one(PublishedForm, ("f", "2"))
    assert any_home.store.read(row.xform_sha256) == xform("f", "2")


def test_publishing_again_changes_nothing(any_home: Home) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: put_form(any_home, built("1")), range(4)))

    assert offered(any_home) == [("f", "1", True)]


def test_an_older_version_may_be_offered_again(any_home: Home) -> None:
    for version in ("1", "2", "1"):
        put_form(any_home, built(version))

    assert offered(any_home) == [("f", "1", True), ("f", "2", False)]


def test_a_version_never_changes_its_content(any_home: Home) -> None:
    put_form(any_home, built("1"))

    with pytest.raises(Terminal, match="build it with a new version"):
        put_form(any_home, built("1", content=xform("f", "1", files=())))
    assert offered(any_home) == [("f", "1", True)]


def test_what_is_no_form_is_not_published(any_home: Home) -> None:
    with pytest.raises(BadInput, match=r"form\.malformed"):
        put_form(any_home, built("1", content=b"<data/>"))
    assert offered(any_home) == []


def test_the_state_digest_moves_with_files_and_with_the_officers_districts(any_home: Home) -> None:
    publish(any_home, xform())
    who = officer(any_home)
    xml = application(fields={"photo": "1.jpg"})
    digests = [_state_after(any_home, lambda: post(any_home, xml, officer_id=who))]
    digests.append(_state_after(any_home, lambda: post(any_home, xml, {"1.jpg": JPEG}, officer_id=who)))
    digests.append(_state_after(any_home, lambda: _move(any_home, who)))

    assert len(set(digests)) == 3
    assert _state_after(any_home, lambda: None) == digests[-1]


def _state_after(home: Home, change: Callable[[], object]) -> str:
    change()
    pull(home, SpoolSource(home))
    with reading(home.engine) as session:
        (one,) = current(session, names.APPLICATION)
    return one.state_digest


def _move(home: Home, officer_id: int) -> None:
    with transaction(home.engine) as session:
        session.get_one(Officer, officer_id).districts = ["5702"]
