"""Names as people write them, read through the register: one spelling, one person, double applications."""

import pytest

from mochocho.app.status import unprintable
from mochocho.storage.home import Home
from mochocho.words.model import Case
from processing.assessment import assess
from processing.assessment import cases as casebook
from processing.findings import saying
from processing.register import register_forms
from tests.integration import own_work_mirror as own
from tests.integration import province_mirror as mirror

PLACE = {"subdistrict_name": "โป่งงาม", "subdistrict": "570909", "moo": "11", "village": "บ้านหนองหอม"}
NAME = "กลุ่มทอผ้าบ้านดอนธาร"


def run(home: Home) -> dict[str, Case]:
    register_forms.run(home)
    assess.do(home, assess.due(home))
    assert register_forms.due(home) == assess.due(home) == []
    return {case.application.root_id: case for case in casebook.cases(home)}


def said(case: Case, code: str) -> list[str]:
    return [saying.said(f) for f in case.assessment.findings if f.code == code]


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("นายพันธ์\u0e38 สุขสิทธ์\u0e34", "นายพันธุ์ สุขสิทธิ์"),
        ("นายคํ\u0e32ปัน น้\u0e4d\u0e32", "นายคำปัน น้ำ"),
        ("นายป\uf70aา แม\uf70aจัน", "นายป่า แม่จัน"),
        ("นางเเก้ว\u200b ใจ่่ดี", "นางแก้ว ใจ่ดี"),
    ],
)
def test_a_name_is_stored_in_one_spelling(home: Home, written: str, stored: str) -> None:
    mirror.send(home, mirror.application(home, 1, applicant_name=written))
    assert run(home)["app-1"].application.name == stored


def test_a_group_that_applied_twice_is_said_to_both_as_soon_as_the_second_comes(any_home: Home) -> None:
    mirror.send(any_home, mirror.application(any_home, 1, applicant_name=NAME, **PLACE))
    assert said(run(any_home)["app-1"], "applicant.same_name") == []
    second = mirror.application(any_home, 2, applicant_name="กลุ่มทอผ้า บ้านดอนธาร", **PLACE)
    mirror.send(any_home, second)
    cases = run(any_home)
    for root, other in (("app-1", "กลุ่มทอผ้า บ้านดอนธาร"), ("app-2", NAME)):
        (message,) = said(cases[root], "applicant.same_name")
        assert other in message
    second.fields["moo"] = "12"
    mirror.send(any_home, second)
    assert [said(case, "applicant.same_name") for case in run(any_home).values()] == [[], []]


def test_nearly_the_same_name_is_asked(home: Home) -> None:
    for number, name in enumerate([NAME, "กลุ่มทอผ้าบ้านดอนทาร", "กลุ่มจักสานบ้านดอนธาร"], start=1):
        mirror.send(home, mirror.application(home, number, applicant_name=name, **PLACE))
    cases = run(home)
    assert [len(said(cases[f"app-{n}"], "applicant.alike_name")) for n in (1, 2, 3)] == [1, 1, 0]


@pytest.mark.parametrize("written", ["นาง แก้วธาร ผาเพียง", "ดร.แก้วธาร ผาเพียง", "นางแก้ว\u200bธาร ผาเพียง"])
def test_a_declared_interest_bars_however_the_name_is_spaced(home: Home, written: str) -> None:
    declaration = mirror.sheet(home, 1, assessor=written, conflict="yes", conflict_why="ญาติ")
    scoring = mirror.sheet(home, 1, assessor="นางแก้วธาร ผาเพียง", visited_on="2025-04-03")
    scoring.root_id = "another"
    mirror.send(home, mirror.application(home, 1), declaration, scoring)
    case = run(home)["app-1"]
    assert case.assessment.scores is None
    assert len(said(case, "sheet.interested")) == 1


@pytest.mark.parametrize("written", ["นาง แก้วธาร  ผาเพียง", "น.ส.แก้วธารผาเพียง", "นางแก้วธาร\u2060 ผาเพียง"])
def test_one_assessor_counts_once(home: Home, written: str) -> None:
    first = mirror.application(home, 1)
    mirror.send(home, first, mirror.sheet(home, 1, assessor=written))
    second = mirror.sheet(home, 1, assessor="นางแก้วธาร ผาเพียง", visited_on="2025-04-03")
    second.root_id = "another"
    mirror.send(home, second)
    case = run(home)["app-1"]
    assert case.assessment.scores is not None
    assert case.assessment.scores.assessors == ("นางแก้วธาร ผาเพียง",)
    assert len(said(case, "sheet.duplicate_assessor")) == 1


@pytest.mark.parametrize(
    ("name", "said_of"),
    [
        ("นายหลี่ 龘㐀", "อักษรจีน U+3400, U+9F98"),
        ("กลุ่มยิ้ม 🀀", "ภาพสัญลักษณ์ U+1F000"),
        ("กลุ่ม さくら", "อักษรญี่ปุ่น"),
        ("กลุ่ม\ue000", "อักขระเฉพาะของแบบอักษรเดิม U+E000"),
    ],
)
def test_letters_that_no_paper_can_show_are_named(home: Home, name: str, said_of: str) -> None:
    mirror.send(home, mirror.application(home, 1, applicant_name=name))
    (message,) = said(run(home)["app-1"], "text.letters_lacking")
    assert said_of in message
    (warned,) = unprintable.sentences(home)
    assert warned == f"{name}: {message}"


@pytest.mark.parametrize(
    "name", ["ນາງ ບົວວັນ ວົງສາ", "စိုင်းအောင် မြင့်", "សុខ ចាន់ធូ", "Café Đặng", "段希文", "劉德華 ☎"]
)
def test_letters_of_neighbours_are_no_finding(home: Home, name: str) -> None:
    mirror.send(home, mirror.application(home, 1, applicant_name=name))
    assert said(run(home)["app-1"], "text.letters_lacking") == []
    assert list(unprintable.sentences(home)) == []


def test_a_vowel_that_stands_on_nothing_is_told(home: Home) -> None:
    names = {
        "่นายสมชาย ใจดี": ["่นาย"],  # a tone mark before all letters
        "นายมานะ ใจดี ์": ["ดี ์"],
        "นายวิชัย ำใจดี": ["ัย ำใจด"],
        "นายกิุตติ ใจดี": ["ายกิุตติ"],  # two vowels on one letter
        "นายพันธ์ุ กีี น้ำํ เก็บ ธมฺโม": [],  # misspelt, and spelt right by us
    }
    sent = [mirror.application(home, n, applicant_name=name) for n, name in enumerate(names, start=1)]
    mirror.send(home, *sent)
    cases = run(home)
    for n, places in enumerate(names.values(), start=1):
        told = said(cases[f"app-{n}"], "text.loose_marks")
        assert [m.partition("(")[2].partition(")")[0] for m in told] == places


def test_whatever_papers_print_is_looked_at(home: Home) -> None:
    item = {**own.ITEM, "item_indicator": "G1.1.1", "item_who": "นาย龘"}
    mirror.send(home, mirror.application(home, 1), own.plan(home, 1, items=[item]))
    mirror.send(home, mirror.sheet(home, 1, assessor="นางตรวจ 龘", remarks="ดีมาก 👍"))
    mirror.send(home, own.self_assessment(home, 1, "self_before", remarks="龘"))
    case = run(home)["app-1"]
    assert sorted(m.partition("มีตัวอักษร")[0] for m in said(case, "text.letters_lacking")) == [
        "แบบประเมินตนเอง",
        "แบบให้คะแนน",
        "แผนพัฒนาตนเอง",
    ]
