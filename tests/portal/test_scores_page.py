"""ประมวลคะแนน: what assessors answered too differently is settled on a page, without their names."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mochocho.app.migrations.migrate import upgrade
from mochocho.settings.config import load_settings
from mochocho.standards.load import load_pack
from mochocho.standards.schema import Pack
from mochocho.standards.written import yaml_of
from mochocho.storage.db import reading
from mochocho.storage.home import Home, open_home
from processing.assessment import assess, cases
from processing.decisions import recorded
from processing.decisions.decision import Reconciled
from processing.register import register_forms
from tests.integration import commands
from tests.integration import province_mirror as mirror
from tests.portal.conftest import Browser, Clock, hidden, made_site, settle, signed_in
from tests.portal.refused import refused_at

APART, COUNTED = "G4.1.1", "G1.2.1"  # a level from 1 to 5; a number
KEY = mirror.ENTITY.format(1)
PAGE = f"/scores/{KEY}"
ONE, TWO = "นายหนึ่ง ตัวอย่าง", "นางสอง ตัวอย่าง"


def settings(folder: Path) -> str:
    """Of a province whose pack, made here, asks a person above half of full marks."""
    said = {"above": 50, "source": "none", "confidence": "reconstructed"}
    sample = load_pack("2568-sample").pack.model_dump()
    pack = Pack.model_validate({**sample, "id": "ours", "reconciling": said})
    (folder / "ours.yaml").write_text(yaml_of(pack), "utf-8")
    return 'pack = "ours.yaml"\n'


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """A province whose pack asks a person above half of full marks; one group, two assessors."""
    opened = open_home(load_settings(commands.settings(tmp_path, settings(tmp_path))))
    upgrade(opened.engine)
    settle(opened, applicants=0)
    mirror.send(
        opened,
        mirror.application(opened, 1, district="5701"),
        mirror.sheet(opened, 1, assessor=ONE, answers={APART: 1, COUNTED: 0}),
        mirror.sheet(opened, 1, assessor=TWO),
    )
    register_forms.run(opened)
    assess.do(opened, assess.due(opened))
    yield opened
    opened.engine.dispose()


@pytest.fixture
def clerk(home: Home, clock: Clock) -> Browser:
    return signed_in(made_site(home, clock), "province")


def shown(page: str) -> str:
    return hidden(page, "shown")


def settled(home: Home) -> dict[str, int]:
    with reading(home.engine) as session:
        every = recorded.about_applicant(session, KEY)
    return {one.about: one.content.answer for one in every if isinstance(one.content, Reconciled)}


def test_what_waits_is_listed_and_shown_without_names(clerk: Browser) -> None:
    assert f'href="{PAGE}"' in clerk.get("/scores").text
    page = clerk.get(PAGE).text
    assert page.count("<circle ") == 4  # two indicators, two assessors
    assert ONE not in page
    assert TWO not in page
    assert "เหลือ 2 ข้อ" in page


def test_an_item_is_settled_with_a_reason_and_counts(clerk: Browser, home: Home) -> None:
    number = shown(clerk.get(PAGE).text)
    level = {"shown": number, "indicator": APART, "answer": "๓", "reason": "ดูหลักฐานร่วมกันแล้ว"}
    for _ in range(2):  # the second as after an answer that was lost
        answer = clerk.send(f"{PAGE}/onsite", **level)
        assert (answer.status_code, answer.location) == (303, PAGE)
    assert settled(home) == {APART: 3}
    page = clerk.get(PAGE).text
    assert "เหลือ 1 ข้อ" in page
    assert "ดูหลักฐานร่วมกันแล้ว" in page
    clerk.send(f"{PAGE}/onsite", shown=shown(page), indicator=COUNTED, answer="2", reason="นับจากทะเบียน")
    assess.do(home, assess.due(home))
    (case,) = cases.cases(home)
    assert case.assessment.scores
    assert case.assessment.scores.percent is not None
    assert f'href="{PAGE}"' not in clerk.get("/scores").text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"reason": " "}, "เหตุผล"),
        ({"answer": "6"}, "ระดับต้องอยู่ระหว่าง 1 ถึง 5"),
        ({"answer": "สาม"}, "จำนวน"),
        ({"answer": ""}, ""),
        ({"indicator": "X"}, ""),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_recorded(
    clerk: Browser, home: Home, wrong: dict[str, str], said: str
) -> None:
    sent = {"indicator": APART, "answer": "3", "reason": "ตกลงร่วมกัน"} | wrong
    answer = clerk.send(f"{PAGE}/onsite", shown=shown(clerk.get(PAGE).text), **sent)
    assert answer.status_code == 422
    assert said in answer.text
    assert settled(home) == {}


def test_a_colleagues_value_since_is_shown_first(clerk: Browser, home: Home) -> None:
    number = shown(clerk.get(PAGE).text)
    clerk.send(f"{PAGE}/onsite", shown=number, indicator=APART, answer="3", reason="ตกลงร่วมกัน")
    other = {"indicator": APART, "answer": "4", "reason": "อีกความเห็นหนึ่ง"}
    answer = clerk.send(f"{PAGE}/onsite", shown=number, **other)
    assert answer.status_code == 409
    assert "ตกลงร่วมกัน" in answer.text
    assert "อีกความเห็นหนึ่ง" in answer.text
    assert settled(home) == {APART: 3}
    assert clerk.send(f"{PAGE}/onsite", shown=shown(answer.text), **other).status_code == 303
    assert settled(home) == {APART: 4}


def test_no_other_round_and_no_other_applicant(clerk: Browser) -> None:
    sent = {"shown": "0", "indicator": APART, "answer": "3", "reason": "ตกลงร่วมกัน"}
    assert clerk.send(f"{PAGE}/self", **sent).status_code == 404
    assert clerk.send(f"/scores/{mirror.ENTITY.format(9)}/onsite", **sent).status_code == 404


def test_the_chair_closes_a_round_of_sheets_and_opens_it_again(
    home: Home, tmp_path: Path, clock: Clock
) -> None:
    """The settings name a third assessor, whose sheet has not come."""
    third = "นายสาม ตัวอย่าง"
    listed = ", ".join(f'{{ name = "{name}" }}' for name in (ONE, TWO, third))
    named = f"{settings(tmp_path)}[committees]\nassessors = [{listed}]\n"
    waiting = open_home(load_settings(commands.settings(tmp_path, named)))
    try:
        assess.do(waiting, assess.due(waiting))
        clerk = signed_in(made_site(waiting, clock), "province")
        page = clerk.get(PAGE).text
        assert third in page
        assert "<circle " not in page  # nobody's answer is told yet
        assert PAGE in clerk.get(f"/applicants/{KEY}").text
        refused_at(clerk.send(f"{PAGE}/onsite/close", reason=" "), "y-onsite")
        assert clerk.send(f"{PAGE}/onsite/close", reason="กรรมการป่วย").status_code == 303
        assert "กรรมการป่วย" in clerk.get(PAGE).text
        assess.do(waiting, assess.due(waiting))
        assert clerk.get(PAGE).text.count("<circle ") == 4
        assert clerk.send(f"{PAGE}/onsite/reopen", reason="แบบที่ค้างมาแล้ว").status_code == 303
        assert clerk.send(f"{PAGE}/onsite/reopen", reason="อีกครั้ง").status_code == 422
        assert clerk.send(f"{PAGE}/self/close", reason="ไม่มีรอบนี้").status_code == 404
        assess.do(waiting, assess.due(waiting))
        assert "<circle " not in clerk.get(PAGE).text
    finally:
        waiting.engine.dispose()
