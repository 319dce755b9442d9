"""What differs between a released packet and the present is told by kind, in the order of the dossiers."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mochocho.words.model import ApplicantType, Gate, Outcome, Resolution
from processing import codec
from processing.decisions.chain import GENESIS, Head, canonical
from processing.meetings.meeting import Level, Meeting
from processing.releases.release import Printed, PrintedUnit, Release, Stands
from processing.releases.release_changes import Change, ChangeKind, changes_between
from processing.releases.told_changes import KINDS, counted, told

MEETING = Meeting(Level.PROVINCE, "1/2568", day=date(2025, 5, 1), starts="09:00", place="ห้องประชุมใหญ่")
ONE = PrintedUnit(
    "k1", "นายสมมุติ หนึ่ง", ApplicantType.LEADER, "พาน", Stands.DOSSIER, "i1", "a1", "r1", dossier=2, page=9
)
TWO = replace(ONE, key="k2", name="กลุ่มสมมุติ", type=ApplicantType.GROUP, dossier=1, page=5)
HELD = replace(ONE, key="k3", name="ชุมชนสมมุติ", stands=Stands.WAITING, dossier=0, page=0)
PASS = Resolution(Gate.PROVINCE, Outcome.PASS, "คณะกรรมการ", "1/2568", date(2025, 5, 1))
BEFORE = Printed(MEETING, "p", (ONE, TWO, HELD))


def changes(*units: PrintedUnit) -> tuple[Change, ...]:
    return changes_between(BEFORE, Printed(MEETING, "p", units))


def kinds(found: Iterable[Change]) -> list[tuple[ChangeKind, str]]:
    return [(one.kind, one.key) for one in found]


def test_nothing_changed_is_no_change() -> None:
    assert changes(HELD, TWO, ONE) == ()


@pytest.mark.parametrize(
    ("after", "kind", "said"),
    [
        (replace(ONE, instance="i2", result="r2"), ChangeKind.EDITED, "แก้ไขใบสมัคร"),
        (replace(ONE, result="r2"), ChangeKind.REASSESSED, "ผลตรวจเอกสาร คะแนน หรือแผนเปลี่ยน"),
        (
            replace(ONE, resolutions=(PASS,), assessment="a2"),
            ChangeKind.RESOLVED,
            "มติระดับจังหวัด: จาก “ไม่มีมติ” เป็น “รับรอง ครั้งที่ 1/2568 วันที่ 1 พฤษภาคม 2568”",
        ),
        (
            replace(ONE, name="นายสมมุติ เอก"),
            ChangeKind.RENAMED,
            "แก้ชื่อ: จาก “นายสมมุติ หนึ่ง” เป็น “นายสมมุติ เอก”",
        ),
        (replace(ONE, district="เทิง"), ChangeKind.RENAMED, "แก้อำเภอ: จาก “พาน” เป็น “เทิง”"),
        (replace(ONE, register_no=7), ChangeKind.REGISTERED, "ให้เลขทะเบียน: 7"),
        (
            replace(ONE, stands=Stands.ASIDE, result="r2", assessment="a2"),
            ChangeKind.MOVED,
            "สถานะเปลี่ยน: จาก “ผ่านระดับอำเภอ” เป็น “ถอนหรือรวมใบสมัครแล้ว”",
        ),
    ],
)
def test_one_change_is_told_once_in_its_words(after: PrintedUnit, kind: ChangeKind, said: str) -> None:
    (found,) = changes(after, TWO, HELD)
    assert (found.kind, found.key, found.dossier) == (kind, "k1", 2)
    assert told(found).th == said


def test_who_is_gone_and_who_came_is_told_in_the_order_of_the_dossiers() -> None:
    new = replace(HELD, key="k0", name="เครือข่ายสมมุติ", stands=Stands.DOSSIER)
    found = changes(new, replace(HELD, stands=Stands.DOSSIER))
    assert kinds(found) == [
        (ChangeKind.REMOVED, "k2"),
        (ChangeKind.REMOVED, "k1"),
        (ChangeKind.ADDED, "k0"),
        (ChangeKind.MOVED, "k3"),
    ]
    assert [(said.th, count) for said, count in counted(found)] == [
        ("เพิ่มเข้ามาหลังออกเอกสาร", 1),
        ("ใบสมัครถูกลบ", 2),
        ("สถานะเปลี่ยน", 1),
    ]


def test_what_changes_of_the_meeting_comes_first() -> None:
    later = replace(MEETING, day=date(2025, 5, 8), starts="13:00", place="ห้องเล็ก")
    found = changes_between(BEFORE, Printed(later, "q", (ONE, TWO)))
    assert [told(one).th for one in found] == [
        "แก้วันประชุม: จาก “1 พฤษภาคม 2568” เป็น “8 พฤษภาคม 2568”",
        "แก้เวลาเริ่มประชุม: จาก “09.00” เป็น “13.00”",
        "แก้สถานที่ประชุม: จาก “ห้องประชุมใหญ่” เป็น “ห้องเล็ก”",
        "เกณฑ์มาตรฐานของปีเปลี่ยน",
        "ใบสมัครถูกลบ: เดิม “ยังไม่ผ่านระดับอำเภอ”",
    ]


def test_every_kind_has_its_words() -> None:
    assert set(KINDS) == set(ChangeKind)


@given(
    st.lists(
        st.builds(
            PrintedUnit,
            key=st.sampled_from(["a", "b", "c"]),
            name=st.sampled_from(["ก", "ข"]),
            type=st.sampled_from(ApplicantType),
            district=st.sampled_from(["พาน", ""]),
            stands=st.sampled_from([Stands.DOSSIER, Stands.WAITING]),
            instance=st.sampled_from("ij"),
            assessment=st.just("a"),
            result=st.sampled_from("rs"),
            register_no=st.none() | st.just(1),
        ),
        unique_by=lambda unit: unit.key,
    )
)
def test_it_is_read_back_as_it_was_spelt(units: list[PrintedUnit]) -> None:
    printed = Printed(MEETING, "p", tuple(units))
    release = Release("province:1/2568", "เชียงราย", 2568, 1, 0, printed, (), Head(0, GENESIS), "ผู้ออก")
    read = codec.load(Release, codec.dump(release))
    assert read == release
    assert canonical(codec.dump(read)) == canonical(codec.dump(release))
    assert changes_between(printed, read.printed) == ()
