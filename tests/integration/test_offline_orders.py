"""Forms filled in without a signal and sent in any order give the same result, and nothing is lost.

Phones are JavaRosa with a folder of forms and lists. Collect's local entities are emulated: a finalised
application adds its applicant to this phone's list, and to no other's, until the server's list is downloaded.
"""

import csv
import itertools
import random
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from sqlalchemy import func, select

from mochocho.app.migrations.migrate import upgrade
from mochocho.settings.config import Settings
from mochocho.storage.db import make_engine, reading
from mochocho.storage.home import Home, open_home
from mochocho.words.model import ApplicantType
from processing.assessment import assess
from processing.assessment.cases import cases
from processing.register import register_forms
from processing.tables import UnreadRow
from reports.lists import publish_lists
from sync import officers
from sync.openrosa.officer_lists import as_csv
from sync.openrosa.source import SpoolSource
from sync.publish.published import put_form
from sync.pull.pull_source import pull
from sync.tables import Attachment, Quarantined, Submission
from tests.builders import NOON, post
from tests.engines.world import PACK, PROVINCE
from tests.headless import answers
from tests.headless.answers import DISTRICT, Answers
from tests.headless.collect import FillResult, headless
from tests.integration.province_mirror import photo
from xlsforms import names
from xlsforms.build import build_forms
from xlsforms.built import BuiltForm
from xlsforms.list_columns import COLUMNS

LISTS = (names.APPLICANTS, names.ASSESSORS, names.PLAN_ITEMS)
AMONG_THE_USUAL = 10  # orders that are tried always; all of them with `pytest -m long`


@cache
def built() -> tuple[BuiltForm, ...]:
    return build_forms(PACK, PROVINCE, "odk")


@dataclass(frozen=True)
class Sent:
    """A finalised form with its photos, and the officer whose phone it is on."""

    name: str
    xml: bytes
    files: dict[str, bytes]
    officer: int


@dataclass
class Phone:
    """A phone's forms and lists, and what was filled on it."""

    folder: Path
    officer: officers.Officer
    local: list[dict[str, str]] = field(default_factory=list)

    def download(self, home: Home) -> None:
        """Forms and lists as the server has them; an applicant the server does not know stays local."""
        for form in built():
            (self.folder / f"{form.form_id}.xml").write_text(form.xform, "utf-8")
        for name in LISTS:
            (self.folder / f"{name}.csv").write_bytes(as_csv(home, self.officer, name))
        self._with_local_applicants()

    def offered(self) -> dict[str, dict[str, str]]:
        with (self.folder / f"{names.APPLICANTS}.csv").open(encoding="utf-8", newline="") as handle:
            return {row["name"]: row for row in csv.DictReader(handle)}

    def fill(self, name: str, form_id: str, given: Answers) -> Sent:
        filled = headless().fill(self.folder / f"{form_id}.xml", given.values, repeats=given.repeats)
        assert filled.xml is not None, filled.problems
        assert filled.unused == ()
        if form_id == names.APPLICATION:
            self.local.append(answers.entity(filled))
            self._with_local_applicants()
        return Sent(name, filled.xml.encode(), _photos(filled), self.officer.id)

    def _with_local_applicants(self) -> None:
        rows = {row["name"]: row for row in self.local} | self.offered()
        with (self.folder / f"{names.APPLICANTS}.csv").open("w", encoding="utf-8", newline="") as handle:
            columns = ["name", "label", "__version", *COLUMNS[names.APPLICANTS][2:]]
            writer = csv.DictWriter(handle, columns, restval="")
            writer.writeheader()
            writer.writerows(rows.values())


def _photos(filled: FillResult) -> dict[str, bytes]:
    root = etree.fromstring(str(filled.xml).encode())
    found = [element.text or "" for element in root.iter(etree.Element) if len(element) == 0]
    return {name: photo() for name in found if name.endswith((".jpg", ".png"))}


# What happens: one officer registers and assesses without a signal, another's phone comes later


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A province that has published its forms and nothing else; copied for every order."""
    home = open_home(Settings(home=tmp_path_factory.mktemp("orders") / "home"))
    upgrade(home.engine)
    for form in built():
        put_form(home, form)
    for name in ("นางสาวหนึ่ง สมมติ", "นางสาวสอง สมมติ"):
        officers.add(home, name, [DISTRICT])
    home.engine.dispose()
    yield home
    home.engine.dispose()


@pytest.fixture(scope="module")
def story(start: Home, tmp_path_factory: pytest.TempPathFactory) -> list[Sent]:
    """Everything that both phones send about one group, each form filled once."""
    with copied(start, tmp_path_factory.mktemp("story")) as home:
        first, second = (
            Phone(tmp_path_factory.mktemp("phone"), officer)
            for officer in sorted(officers.listing(home), key=lambda o: o.id)
        )
        first.download(home)
        sent = list(_without_a_signal(first, home))
        turn(home)
        post_one(home, sent[0], 0)
        turn(home)
        second.download(home)
        sent += _after_the_download(second, home)
    return sent


def _without_a_signal(phone: Phone, home: Home) -> Iterator[Sent]:
    standard = home.pack.standard(ApplicantType.GROUP)
    given = answers.application(standard)
    later = next(d for d in standard.documents if d.capture == "pages" and d.mandatory)
    given.values[names.document(standard.code, later.code)] = "later"
    del given.values[names.photo(standard.code, later.code)]
    del given.repeats[names.pages(standard.code, later.code)]
    yield phone.fill("application", names.APPLICATION, given)
    (key,) = phone.offered()
    chosen = {"district": DISTRICT, "picked": key}
    yield phone.fill("self_before", names.SELF_ASSESSMENT, self_assessment(home, chosen))
    yield phone.fill("plan", names.PLAN, plan(home, chosen))
    scores = answers.random_answers(standard.indicators, random.Random(1))
    onsite = answers.onsite(key, scores, assessor_typed="นายหนึ่ง กรรมการ")
    yield phone.fill("first assessor", names.ONSITE, Answers(dict(onsite)))


def _after_the_download(phone: Phone, home: Home) -> Iterator[Sent]:
    standard = home.pack.standard(ApplicantType.GROUP)
    ((key, row),) = phone.offered().items()
    missing = row["missing_docs"].split()
    given = Answers({"district": DISTRICT, "picked": key})
    for code in missing:
        pages = names.photo(standard.code, code)
        given.values[names.supplement_how(standard.code, code)] = "whole"
        given.values[pages] = [f"later-{code}.jpg"]
        given.repeats[names.pages(standard.code, code)] = 1
    assert missing
    yield phone.fill("supplement", names.SUPPLEMENT, given)
    scores = answers.random_answers(standard.indicators, random.Random(2))
    onsite = answers.onsite(key, scores, assessor_typed="นางสอง กรรมการ")
    yield phone.fill("second assessor", names.ONSITE, Answers(dict(onsite)))


def self_assessment(home: Home, chosen: dict[str, str]) -> Answers:
    standard = home.pack.standard(ApplicantType.GROUP)
    scores = answers.random_answers(standard.indicators, random.Random(3))
    answered = {names.indicator(code): answer for code, answer in scores.items()}
    return Answers({**chosen, "round": "self_before", "assessed_on": "2024-12-05", **answered})


def plan(home: Home, chosen: dict[str, str]) -> Answers:
    first = home.pack.standard(ApplicantType.GROUP).indicators[0].code
    item = {"item_indicator": first, "item_text": "จัดเวทีเรียนรู้", "item_target": "4", "item_unit": "ครั้ง"}
    item |= {"item_gap": "ขาดความรู้", "item_method": "อบรม", "item_when": "มกราคม", "item_due": "2025-05-01"}
    item |= {"item_evidence": "ใบลงทะเบียน"}
    about = {"agreed_on": "2024-12-10", "agreed_with": "สมาชิกกลุ่ม", "period_months": 6}
    rows = {name: [value, value] for name, value in item.items()}
    return Answers({**chosen, **about, **rows}, {"items": 2})


# Orders


@contextmanager
def copied(home: Home, where: Path) -> Iterator[Home]:
    """The same province again, with a database and a spool of its own."""
    shutil.copy(home.settings.home / "mochocho.db", where / "mochocho.db")
    settings = home.settings.model_copy(update={"home": where})
    shutil.copytree(home.settings.home / "store", where / "store")
    engine = make_engine(settings.url)
    try:
        yield replace(home, settings=settings, engine=engine)
    finally:
        engine.dispose()


def orders(sent: Sequence[Sent]) -> list[tuple[Sent, ...]]:
    """Every order in which these can arrive: the second phone had the applicant from the server."""
    after = {"supplement", "second assessor"}
    return [
        order
        for order in itertools.permutations(sent)
        if not after & {one.name for one in itertools.takewhile(lambda one: one.name != "application", order)}
    ]


def post_one(home: Home, one: Sent, minute: int) -> None:
    post(home, one.xml, one.files, officer_id=one.officer, received_at=NOON + timedelta(minutes=minute))


def turn(home: Home) -> None:
    pull(home, SpoolSource(home))
    register_forms.run(home)
    assess.do(home, assess.due(home))
    assert publish_lists.do(home, publish_lists.due(home)) == {}


def result(home: Home) -> dict[str, Any]:
    """All that anybody gets to see in the end, and what stands aside."""
    (officer, *_) = officers.listing(home)
    with reading(home.engine) as session:
        aside = {
            table.__name__: session.scalar(select(func.count()).select_from(table))
            for table in (Quarantined, UnreadRow)
        }
        waiting = session.scalar(select(func.count()).where(Attachment.sha256.is_(None)))
        submissions = session.scalar(select(func.count()).select_from(Submission))
    return {
        "cases": cases(home),
        "lists": {name: rows(home, officer, name) for name in LISTS},
        "aside": aside | {"photos": waiting},
        "submissions": submissions,
    }


def rows(home: Home, officer: officers.Officer, name: str) -> list[dict[str, str]]:
    """A list without the versions of its rows: they count how often the province looked."""
    found = csv.DictReader(as_csv(home, officer, name).decode().splitlines())
    return [{column: value for column, value in row.items() if column != "__version"} for row in found]


def test_a_phone_offers_whom_it_registered_and_whom_the_server_knows(start: Home, tmp_path: Path) -> None:
    """Without a signal: its own applicant, for all but a supplement; with one: the same, once."""
    for name in ("home", "first", "second"):
        (tmp_path / name).mkdir()
    with copied(start, tmp_path / "home") as home:
        first, second = (Phone(tmp_path / name, officers.listing(home)[0]) for name in ("first", "second"))
        first.download(home)
        second.download(home)
        sent = next(_without_a_signal(first, home))
        (key,) = first.offered()
        assert second.offered() == {}
        listed = {"district": DISTRICT, "picked": key}
        for form_id in (names.PLAN, names.SELF_ASSESSMENT, names.ONSITE, names.KNOWLEDGE):
            assert key in choices(first, form_id, listed)
        assert choices(first, names.SUPPLEMENT, listed) == {}
        post_one(home, sent, 0)
        turn(home)
        for phone in (first, second):
            phone.download(home)
            assert [*phone.offered()] == [key]
            assert key in choices(phone, names.SUPPLEMENT, listed)


def choices(phone: Phone, form_id: str, given: Mapping[str, str]) -> Mapping[str, str]:
    filled = headless().fill(phone.folder / f"{form_id}.xml", given)
    return next(question.choices for question in filled.seen if question.name == "picked")


def test_any_order_gives_the_same_result(start: Home, story: list[Sent], tmp_path: Path) -> None:
    every = orders(story)
    assert_alike(start, every[:: len(every) // AMONG_THE_USUAL], tmp_path)


@pytest.mark.long
def test_every_order_gives_the_same_result(start: Home, story: list[Sent], tmp_path: Path) -> None:
    assert_alike(start, orders(story), tmp_path)


def assert_alike(start: Home, some: Sequence[Sequence[Sent]], folder: Path) -> None:
    """The province looks after each arrival or only once, at the end: every second order each."""
    expected: dict[str, Any] = {}
    for number, order in enumerate(some):
        (folder / str(number)).mkdir()
        with copied(start, folder / str(number)) as home:
            for minute, one in enumerate(order):
                post_one(home, one, minute)
                if number % 2:
                    turn(home)
            turn(home)
            expected = expected or result(home)
            assert result(home) == expected, [one.name for one in order]
    assert_nothing_is_lost(expected)


def assert_nothing_is_lost(found: dict[str, Any]) -> None:
    assert found["aside"] == {"Quarantined": 0, "UnreadRow": 0, "photos": 0}
    assert found["submissions"] == 6
    (case,) = found["cases"]
    assert len(case.assessment.scores.assessors) == 2
    assert len(case.own.rounds) == 1
    assert len(found["lists"][names.PLAN_ITEMS]) == 2
    (row,) = found["lists"][names.APPLICANTS]
    assert (row["missing_docs"], row["bad_pages"]) == ("", "")
    assert row["sent_at"]
