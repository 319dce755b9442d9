"""The chain of releases tells what was changed in it, and what was cut off the chain of decisions: on both
databases.
"""

import io
from dataclasses import replace
from datetime import date

import pikepdf
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal
from mochocho.words.model import Gate, Outcome, Resolution
from processing.assessment import assess
from processing.decisions import audit, recorder
from processing.decisions.chain import Fault, Head
from processing.decisions.decision import Decision, Kind, OnCard, Seen
from processing.meetings.meeting import Annex, Level, Meeting
from processing.register import register_forms
from processing.releases import kept_releases
from processing.releases.kept_releases import KeptRelease
from processing.releases.printed_now import changes_since, printed_now
from processing.releases.release import Release, Stands
from processing.releases.release_changes import ChangeKind
from processing.releases.told_changes import told
from processing.tables import ApplicantFileRow
from reports.lint.examined_home import examined
from reports.lint.lint_meeting import lint
from tests.builders import NOON
from tests.integration import province_mirror as mirror

MEETING = Meeting(Level.PROVINCE, "1/2568", day=date(2025, 5, 1))
KEYS = [mirror.ENTITY.format(n) for n in (1, 2)]
BY = "นางบันทึก ตัวอย่าง"
ID = "1000000000009"
PASS = Resolution(
    Gate.DISTRICT, Outcome.PASS, "คณะกรรมการ", "1/2568", date(2025, 4, 10), f"ตรวจครบ {ID}", recorded_by=BY
)


@pytest.fixture
def two(any_home: Home) -> Home:
    """Two applicants, one passed by its district, whose name has a national ID in it."""
    mirror.send(
        any_home,
        mirror.application(any_home, 1, applicant_name=f"กลุ่มสมมุติ {ID}"),
        mirror.application(any_home, 2),
    )
    register_forms.run(any_home)
    recorder.record_all(any_home, [(KEYS[0], PASS)])
    assess.do(any_home, assess.due(any_home))
    return any_home


def keep(home: Home, number: int = 1, addendum: int = 0) -> KeptRelease:
    with transaction(home.engine) as session:
        head = recorder.taken_head(session)
        printed = printed_now(home, session, MEETING)
        release = Release(
            MEETING.key,
            home.province.name_th,
            2568,
            number,
            addendum,
            printed,
            (),
            Head(head.number, head.hash),
            BY,
        )
        return kept_releases.append(session, release, NOON)


def tamper(home: Home, *statements: str) -> None:
    """As somebody who owns the database does it, triggers and all."""
    gone = {
        "postgresql": ["DROP TRIGGER {0}_appended ON {1}"],
        "sqlite": ["DROP TRIGGER {0}_no_update", "DROP TRIGGER {0}_no_delete"],
    }[home.engine.dialect.name]
    triggers = [
        one.format(*names)
        for names in (("released", "released_packet"), ("decision", "decision"))
        for one in gone
    ]
    with transaction(home.engine) as session:
        for statement in (*triggers, *statements):
            session.execute(text(statement))


def broken(home: Home) -> list[int]:
    with reading(home.engine) as session:
        return kept_releases.broken(session)


def test_it_is_kept_as_it_was_and_compared_with_what_is_now(two: Home) -> None:
    kept = keep(two)
    with reading(two.engine) as session:
        again = kept_releases.kept_release(session, MEETING.key)
        assert again == kept
        assert changes_since(two, session, kept) == ()
        assert kept_releases.next_number(session, MEETING.key) == 2
        assert kept_releases.kept_release(session, "province:2/2568") is None
    held = {unit.key: unit.stands for unit in kept.release.printed.units}
    assert held == {KEYS[0]: Stands.DOSSIER, KEYS[1]: Stands.WAITING}
    assert ID not in repr(kept.release)

    recorder.record_all(two, [(KEYS[0], replace(PASS, gate=Gate.PROVINCE))])
    mirror.send(two, mirror.sheet(two, 2))
    register_forms.run(two)
    assess.do(two, assess.due(two))
    with reading(two.engine) as session:
        found = changes_since(two, session, kept)
    assert [(one.kind, one.key) for one in found] == [
        (ChangeKind.REASSESSED, KEYS[1]),
        (ChangeKind.RESOLVED, KEYS[0]),
    ]


def test_a_consent_that_was_withdrawn_since_is_told(two: Home) -> None:
    before = Decision(Kind.OBJECT, KEYS[0], "publication", reason="แจ้งทางโทรศัพท์", recorded_by=BY)
    recorder.record_decisions(two, [before])
    kept = keep(two)
    recorder.record_decisions(two, [replace(before, about="photo")])
    with reading(two.engine) as session:
        (found,) = changes_since(two, session, kept)
    assert (found.kind, found.key, told(found).th) == (
        ChangeKind.CONSENT,
        KEYS[0],
        "ถอนความยินยอมให้ใช้ภาพถ่าย",
    )


def test_what_a_person_said_of_pages_with_cards_since_is_told(two: Home) -> None:
    with reading(two.engine) as session:
        of_one = select(ApplicantFileRow.sha256).where(ApplicantFileRow.applicant_key == KEYS[0])
        pages = sorted(session.scalars(of_one.distinct()))[:3]

    def said(page: str, *, card: bool) -> None:
        about, seen = f"{page}.0", Seen(files=(page,))
        one = Decision(Kind.CARD_PAGE, KEYS[0], about, OnCard(card), "เปิดดูแล้ว", BY, seen=seen)
        recorder.record_decisions(two, [one])

    said(pages[0], card=False)
    kept = keep(two)
    said(pages[0], card=True)
    for page in pages[1:]:
        said(page, card=False)
    with reading(two.engine) as session:
        found = changes_since(two, session, kept)
    assert [(one.kind, one.key, told(one).th) for one in found] == [
        (
            ChangeKind.CARD,
            KEYS[0],
            "วินิจฉัยว่าภาพมีบัตรประจำตัว หรือเพิกถอนคำวินิจฉัยเดิม จึงปกปิดทั้งหน้า: 1 ภาพ",
        ),
        (ChangeKind.CARD, KEYS[0], "วินิจฉัยว่าภาพไม่มีบัตรประจำตัว จึงแสดงทั้งหน้า: 2 ภาพ"),
    ]


def test_an_addendum_is_the_last_that_was_told(any_home: Home) -> None:
    first, second = keep(any_home), keep(any_home, addendum=1)
    assert (first.row, second.row) == (1, 2)
    with reading(any_home.engine) as session:
        assert kept_releases.last_addendum(session, first) == second
        assert kept_releases.kept_release(session, MEETING.key) == first
        assert kept_releases.releases(session, MEETING.key) == [first, second]
    with pytest.raises(Terminal, match="released meanwhile"):
        keep(any_home, addendum=1)


def test_rows_are_only_appended(any_home: Home) -> None:
    keep(any_home)
    for statement in ("UPDATE released_packet SET content = 'x'", "DELETE FROM released_packet"):
        with pytest.raises(DatabaseError, match="only appended"), transaction(any_home.engine) as session:
            session.execute(text(statement))


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE released_packet SET recorded_by = 'x' WHERE number = 2", [2]),
        ("UPDATE released_packet SET content = '{}' WHERE number = 1", [1]),
        ("DELETE FROM released_packet WHERE number = 1", [2]),
        ("UPDATE released_packet SET number = 4 WHERE number = 3", [4]),
    ],
)
def test_what_was_done_to_the_rows_is_told(any_home: Home, statement: str, told: list[int]) -> None:
    keep(any_home)
    keep(any_home, addendum=1)
    keep(any_home, number=2)
    assert broken(any_home) == []
    tamper(any_home, statement)
    assert broken(any_home) == told


def test_decisions_that_a_release_knows_of_cannot_be_cut_off(two: Home) -> None:
    keep(two)
    tamper(two, "DELETE FROM decision", "DELETE FROM decision_head")
    assert audit.examine(two).found == (), "nothing else knows of them"
    with reading(two.engine) as session:
        heads = kept_releases.heads(session)
    (found,) = audit.examine(two, heads).found
    assert (found.fault, found.first, found.named_by) == (Fault.MISSING, 1, "province:1/2568 1")


def test_an_annex_that_acts_is_an_error_of_the_lint(home: Home) -> None:
    with pikepdf.new() as book:
        book.add_blank_page()
        book.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="http://example.org")
        content = io.BytesIO()
        book.save(content)
    meeting = replace(MEETING, annexes=(Annex(2, "คำสั่ง", home.store.put(content.getvalue()), 1),))
    told = {one.said.th for one in lint(examined(home, meeting)) if one.code == "annex.acts"}
    assert told == {
        f"ไฟล์ของเอกสารแนบ 2 มีสิ่งที่ทำงานเองหรือโยงออกนอกไฟล์ ({what})" for what in ("/OpenAction", "/URI")
    }
