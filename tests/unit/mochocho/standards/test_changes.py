"""The differences between two packs, in an officer's words."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from mochocho.standards.changes import Change, Sort, changes, counted
from mochocho.standards.load import load_pack
from mochocho.standards.schema import Pack
from tests.pack_strategies import packs

SAMPLE = load_pack("2568-sample").pack
Data = dict[str, Any]


def edited(edit: Callable[[Data], object]) -> tuple[Change, ...]:
    """What is said after a change of the sample's data."""
    data = SAMPLE.model_dump(mode="json")
    edit(data)
    return changes(SAMPLE, Pack.model_validate(data))


def indicator(data: Data, standard: int = 0, component: int = 0, number: int = 0) -> Data:
    found: Data = data["standards"][standard]["dimensions"][0]["components"][component]["indicators"][number]
    return found


def indicators(data: Data) -> list[Data]:
    found: list[Data] = data["standards"][0]["dimensions"][0]["components"][0]["indicators"]
    return found


def test_equal_packs_differ_in_nothing() -> None:
    assert changes(SAMPLE, SAMPLE) == ()
    assert counted(()) == {}


ONE: list[tuple[Callable[[Data], object], Sort, str, str, str, str]] = [
    (
        lambda d: indicator(d)["measure"].update(kind="rubric"),
        Sort.THRESHOLD, "ตัวบ่งชี้ L1.1.1 (ผู้นำชุมชน)", "วิธีวัด", "มี/ไม่มี", "ระดับ 1-5",
    ),
    (
        lambda d: indicator(d, component=1, number=1)["measure"].update(threshold=6),
        Sort.THRESHOLD, "ตัวบ่งชี้ L1.2.2 (ผู้นำชุมชน)", "เกณฑ์", "4", "6",
    ),
    (
        lambda d: indicator(d).update(full_marks=10),
        Sort.MARKS, "ตัวบ่งชี้ L1.1.1 (ผู้นำชุมชน)", "คะแนนเต็ม", "5", "10",
    ),
    (
        lambda d: d["pass_rule"].update(percent=80),
        Sort.MARKS, "ข้อมูลชุด", "เกณฑ์ผ่าน (ร้อยละ)", "70", "80",
    ),
    (
        lambda d: indicator(d).update(evidence_th=["ก", "ข"]),
        Sort.OTHER, "ตัวบ่งชี้ L1.1.1 (ผู้นำชุมชน)", "หลักฐาน", "แบบรับรองตนเอง / คำรับรองจากผู้นำ/คนในชุมชน", "ก / ข",
    ),
    (
        lambda d: d["standards"][0]["dimensions"][1].update(th="ด้านใหม่"),
        Sort.TEXT, "ด้าน L2 (ผู้นำชุมชน)", "ด้าน", "ด้านบริหารสังคม", "ด้านใหม่",
    ),
    (
        lambda d: d["standards"][0]["dimensions"][0]["components"][0].update(th="ใหม่"),
        Sort.TEXT, "องค์ประกอบ L1.1 (ผู้นำชุมชน)", "องค์ประกอบ", "ภูมิฐาน: สุขภาพและบุคลิกภาพ", "ใหม่",
    ),
    (
        lambda d: d["standards"][0]["documents"][4].update(mandatory=True),
        Sort.OTHER, "เอกสาร advisory_list (ผู้นำชุมชน)", "บังคับ", "ไม่ใช่", "ใช่",
    ),
    (
        lambda d: d["standards"][0]["eligibility"][0]["check"].update(at_least=24),
        Sort.THRESHOLD, "คุณสมบัติ residence_1y (ผู้นำชุมชน)", "อย่างน้อย (เดือน)", "12", "24",
    ),
    (
        lambda d: d["standards"][0]["eligibility"][3]["check"]["choices"][0].update(th="แต่งตั้ง"),
        Sort.TEXT, "ตัวเลือก formal (position_any ผู้นำชุมชน)", "ตัวเลือก", "ตำแหน่งเป็นทางการ", "แต่งตั้ง",
    ),
    (
        lambda d: d["gates"][7].update(th="ประกาศ"),
        Sort.TEXT, "ขั้นการรับรอง g8", "ชื่อขั้น", "ประกาศรับรอง", "ประกาศ",
    ),
    (
        lambda d: d["rubric_levels"][4].update(th="ดีเยี่ยม"),
        Sort.TEXT, "ระดับคะแนน 5", "ชื่อระดับ", "ดีมาก", "ดีเยี่ยม",
    ),
    (
        lambda d: d["standards"][3].update(th="หมู่บ้าน"),
        Sort.TEXT, "ประเภท ชุมชน", "ชื่อประเภท", "ชุมชน", "หมู่บ้าน",
    ),
    (
        lambda d: indicator(d).update(code="L1.1.9"),
        Sort.RENUMBERED, "ตัวบ่งชี้ L1.1.9 (ผู้นำชุมชน)", "รหัส", "L1.1.1", "L1.1.9",
    ),
    (
        lambda d: indicators(d).pop(0),
        Sort.REMOVED, "ตัวบ่งชี้ L1.1.1 (ผู้นำชุมชน)", "", "ดูแลสุขภาพกายใจ ไม่เกี่ยวข้องกับยาเสพติดและอบายมุข", "",
    ),
    (
        lambda d: indicators(d).append({**indicator(d), "code": "L1.1.3", "th": "ข้อใหม่"}),
        Sort.ADDED, "ตัวบ่งชี้ L1.1.3 (ผู้นำชุมชน)", "", "", "ข้อใหม่",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("edit", "sort", "of", "what", "before", "after"), ONE, ids=[f"{row[1].name} {row[2]}" for row in ONE]
)
def test_one_change_is_one_row(
    edit: Callable[[Data], object], sort: Sort, of: str, what: str, before: str, after: str
) -> None:
    assert edited(edit) == (Change(sort, of, what, before, after),)


def test_two_indicators_that_change_places_are_renumbered_not_reworded() -> None:
    def swap(data: Data) -> None:
        first, second = indicators(data)
        first["code"], second["code"] = second["code"], first["code"]
        indicators(data).reverse()

    found = edited(swap)
    assert [(c.sort, c.before, c.after) for c in found] == [
        (Sort.RENUMBERED, "L1.1.2", "L1.1.1"),
        (Sort.RENUMBERED, "L1.1.1", "L1.1.2"),
        (Sort.ORDER, "L1.1.2, L1.1.1", "L1.1.1, L1.1.2"),
    ]


def test_a_renumbered_indicator_tells_its_other_changes_too() -> None:
    found = edited(lambda d: indicator(d).update(code="L1.1.7", full_marks=10))
    assert counted(found) == {Sort.RENUMBERED: 1, Sort.MARKS: 1}


def test_reworded_and_renumbered_at_once_is_one_gone_and_one_new() -> None:
    found = edited(lambda d: indicator(d).update(code="L1.1.7", th="ข้อใหม่ทั้งหมด"))
    assert [c.sort for c in found] == [Sort.REMOVED, Sort.ADDED]


def test_another_order_is_said_once() -> None:
    found = edited(lambda d: d["standards"][0]["documents"].reverse())
    assert [c.sort for c in found] == [Sort.ORDER]


@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(packs(), packs())
def test_nothing_is_lost_between_any_two(old: Pack, new: Pack) -> None:
    assert changes(old, old) == ()
    there, back = changes(old, new), changes(new, old)
    assert bool(there) == (old != new)
    assert counted(there).get(Sort.ADDED, 0) == counted(back).get(Sort.REMOVED, 0)
