"""The papers after a meeting: what they say, whom they name, and that what is typed prints as typed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pymupdf
import pytest

from mochocho.settings.config import Settings
from mochocho.storage.home import Home, open_home
from mochocho.words.model import ApplicantType, Gate, Knowledge, Outcome, Resolution, Votes
from processing.certificates.certificate import Certificate
from processing.meetings.meeting import (
    Again,
    Attendance,
    Held,
    Letter,
    Level,
    Meeting,
    Member,
    Minuted,
    Person,
    Role,
    Signatory,
)
from reports.single import letter_pages
from reports.view.after.announcement import announcement
from reports.view.after.knowledge_booklet import Recorded, booklet
from reports.view.after.minutes import minutes
from reports.view.after.resolved_units import REVOKED as ENDED
from reports.view.after.resolved_units import ResolvedUnit
from reports.view.after.results_letters import district_letters, recipient, unit_letters
from reports.view.after.results_report import outstanding_list, results_report, statistics
from reports.view.after.revocations import Revoked, announcement_of_revoked, letters_to_holders
from reports.view.arrange import TYPES
from reports.view.blocks import Block, Form, Kind, Paper, Signature
from reports.view.districts.district_setting import to_sign
from reports.view.letters.agenda import agenda
from reports.view.letters.convened import Convened
from reports.view.letters.invitation import invitation
from reports.wording import RESULTS_LETTERS, REVOCATION, read_wording
from reports.wording.wordings import ResultsLetters, Revocation
from tests.unit.reports.made_cases import occasion

TYPED = "{{7*7}} #panic() <w:br/> =1+1 *ก* _ข_ $x$ @y"
DAY = date(2025, 5, 1)
DISTRICTS = ("พาน", "เมืองเชียงราย")
LEADER, GROUP, NETWORK, COMMUNITY = TYPES


def resolution(outcome: Outcome, **more: object) -> Resolution:
    return Resolution(Gate.PROVINCE, outcome, "คณะกรรมการ", "1/2568", DAY, **more)  # type: ignore[arg-type]


UNITS = (
    ResolvedUnit(
        "k1", LEADER, "นายสมชาย ใจกล้าหาญ", "พาน", Fraction(8_250), None, resolution(Outcome.PASS), "1/2568"
    ),
    ResolvedUnit(
        "k2",
        LEADER,
        "นางปกปิด ไม่เปิดเผย",
        "เมืองเชียงราย",
        Fraction(9_000),
        None,
        resolution(Outcome.PASS),
        "2/2568",
        published=False,
    ),
    ResolvedUnit(
        "k3",
        GROUP,
        "กลุ่มทอผ้าบ้านตัวอย่าง",
        "พาน",
        Fraction(7_000),
        None,
        resolution(
            Outcome.FAIL,
            reason="ไม่มีบันทึกการประชุมกลุ่ม",
            votes=Votes(2, 4, 1),
            present=8,
            recused=("นายญาติ ตัวอย่าง",),
        ),
    ),
    ResolvedUnit(
        "k4",
        NETWORK,
        "เครือข่ายตัวอย่าง",
        "เมืองเชียงราย",
        None,
        None,
        resolution(Outcome.CONDITIONAL, condition="ส่งระเบียบของเครือข่าย", due=date(2025, 6, 30)),
    ),
    ResolvedUnit(
        "k5",
        COMMUNITY,
        "ชุมชนตัวอย่าง",
        "พาน",
        None,
        None,
        resolution(Outcome.DEFERRED, reason="เอกสารยังไม่ครบ", deferred_to="2/2568"),
    ),
    ResolvedUnit(
        "k6",
        GROUP,
        "กลุ่มจักสานตัวอย่าง",
        "พาน",
        Fraction(9_550),
        None,
        resolution(Outcome.PASS),
        "3/2568",
        knowledge=2,
    ),
)
MEMBERS = tuple(
    Member(Person(name, position), role)
    for name, position, role in (
        ("นายประธาน ตัวอย่าง", "รองผู้ว่าราชการจังหวัด", Role.CHAIR),
        ("นางกรรมการ ตัวอย่าง", "ปลัดจังหวัด", Role.MEMBER),
        ("นายติดราชการ ตัวอย่าง", "เกษตรจังหวัด", Role.MEMBER),
        ("นางสาวเลขานุการ ตัวอย่าง", "พัฒนาการจังหวัด", Role.SECRETARY),
    )
)
HELD = Held(
    "09:05",
    "14:20",
    (
        Attendance("นายประธาน ตัวอย่าง", present=True, left="10:00"),
        Attendance("นายประธาน ตัวอย่าง", present=True, came="10:45"),
        Attendance(
            "นางกรรมการ ตัวอย่าง", present=True, substitute=Person("นายแทน ตัวอย่าง", "นักวิชาการ"), left="12:00"
        ),
        Attendance("นายติดราชการ ตัวอย่าง", present=False, absent="ติดราชการ"),
        Attendance("นางสาวเลขานุการ ตัวอย่าง", present=True, online=True, came="09:30"),
        Attendance("", present=True, guest=Person("นายผู้ร่วม ตัวอย่าง", "พัฒนาการอำเภอพาน")),
    ),
    (
        Minuted("1", ("ประธานแจ้งว่าปีนี้มีผู้สมัครมากขึ้น",), "รับทราบ"),
        Minuted("3.1", ("พัฒนาการจังหวัดรายงานแนวทาง", TYPED), "รับทราบ"),
        Minuted(
            "4",
            ("ที่ประชุมพิจารณาผู้ขอรับการรับรอง",),
            "เห็นชอบตามบัญชี",
            Votes(2, 1, 0),
            ("นายแทน ตัวอย่าง เห็นว่าคะแนนยังไม่ชัดเจน",),
        ),
    ),
    Person("นายจด ตัวอย่าง", "นักวิชาการพัฒนาชุมชน"),
)
MEETING = Meeting(
    Level.PROVINCE,
    "1/2568",
    day=DAY,
    starts="09:00",
    ends="14:30",
    place="ห้องประชุมตัวอย่าง ชั้น 3",
    members=MEMBERS,
    signatory=Signatory("นายลงนาม ตัวอย่าง", "ผู้ว่าราชการจังหวัดเชียงราย"),
    held=HELD,
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    opened = open_home(Settings(home=tmp_path_factory.mktemp("after") / "home"))
    yield opened
    opened.engine.dispose()


def convened(meeting: Meeting = MEETING) -> Convened:
    return Convened(meeting, occasion())


def minutes_of(home: Home, meeting: Meeting = MEETING, units: Sequence[ResolvedUnit] = UNITS) -> Paper:
    c = convened(meeting)
    return minutes(c, agenda(c.occasion, dict.fromkeys(TYPES, 1)).blocks, units)


def letters(home: Home) -> ResultsLetters:
    return read_wording.read(ResultsLetters, RESULTS_LETTERS, home.settings.papers.wording)


def printed(home: Home, *papers: Paper) -> str:
    """All that the pages say, without spaces: lines end anywhere."""
    with pymupdf.open(stream=letter_pages.pdf(home, papers)) as document:
        return re.sub(r"\s", "", "".join(page.get_text() for page in document))


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_the_minutes_say_who_came_when_in_whose_place_and_who_did_not(home: Home) -> None:
    said = printed(home, minutes_of(home))
    for text in (
        "เมื่อวันพฤหัสบดีที่ ๑ พฤษภาคม ๒๕๖๘",
        "นายแทน ตัวอย่าง",
        "ออกจากที่ประชุมเวลา ๑๐.๐๐ น. กลับเข้าประชุมเวลา ๑๐.๔๕ น.",
        "แทน นางกรรมการ ตัวอย่าง ออกจากที่ประชุมเวลา ๑๒.๐๐ น.",
        "เข้าประชุมเวลา ๐๙.๓๐ น. ประชุมทางอิเล็กทรอนิกส์",
        "ติดราชการ",
        "นายผู้ร่วม ตัวอย่าง",
        "เริ่มประชุมเวลา ๐๙.๐๕ น.",
        "กรรมการมาประชุม ๒ คน จากกรรมการทั้งหมด ๔ คน ครบองค์ประชุม",
        "ประธานจึงเปิดการประชุม ต่อมามีกรรมการเข้าประชุมอีก ๑ คน และดำเนินการ",
        "เลิกประชุมเวลา ๑๔.๒๐ น.",
        "ผู้จดรายงานการประชุม",
    ):
        assert bare(text) in said, text
    assert said.index("ผู้ไม่มาประชุม") < said.index("นายติดราชการ") < said.index("ผู้เข้าร่วมประชุม๑".rstrip("๑"))


def test_the_minutes_give_each_item_its_text_resolution_votes_and_dissent(home: Home) -> None:
    paper = minutes_of(home)
    said = printed(home, paper)
    for text in (
        "ประธานแจ้งว่าปีนี้มีผู้สมัครมากขึ้น",
        "คะแนนเสียง เห็นชอบ ๒ เสียง ไม่เห็นชอบ ๑ เสียง งดออกเสียง ๐ เสียง",
        "ความเห็นแย้งและเหตุผล",
        "นายแทน ตัวอย่าง เห็นว่าคะแนนยังไม่ชัดเจน",
        "จำนวนทั้งสิ้น ๖ หน่วยงาน",
        "รับรอง ๓ หน่วยงาน (๒ คน และ ๑ กลุ่ม)",
        "ไม่รับรอง เหตุผล: ไม่มีบันทึกการประชุมกลุ่ม คะแนนเสียง: เห็นชอบ ๒ ไม่เห็นชอบ ๔ งดออกเสียง ๑",
        "ผู้ไม่ร่วมพิจารณา: นายญาติ ตัวอย่าง",
        "เลื่อนพิจารณา ไปครั้งที่ ๒/๒๕๖๘",
        "เงื่อนไข: ส่งระเบียบของเครือข่าย ภายในวันที่ ๓๐ มิถุนายน ๒๕๖๘",
        "นางปกปิด ไม่เปิดเผย",  # the minutes are the committee's
    ):
        assert bare(text) in said, text
    assert bare("{{๗*๗}} #panic() <w:br/> =๑+๑ *ก* _ข_ $x$ @y") in said
    items = [block.text for block in paper.blocks if block.kind is Kind.ITEM and "วาระ" in block.text]
    assert [text.split(" ")[1] for text in items] == list("๑๒๓๔๕")
    assert bare("พัฒนาการจังหวัดรายงานแนวทาง") in said
    assert "แนวทางการดำเนินงาน" in said, "the agenda's own words name the part"


def test_resolutions_about_units_stand_below_what_the_meeting_resolved_with_no_lines_to_fill_in(
    home: Home,
) -> None:
    unsaid = replace(HELD, items=(Minuted("4", ("นำเสนอแล้ว",), "", None, ("นายแทน ตัวอย่าง เห็นว่าควรรอ",)),))
    blocks = minutes_of(home, replace(MEETING, held=unsaid)).blocks
    at = next(i for i, block in enumerate(blocks) if block.text == "นำเสนอแล้ว")
    resolved, told = blocks[at + 1 : at + 3]
    assert (resolved.kind, resolved.text, resolved.lines) == (Kind.RESOLUTION, "มติที่ประชุม", 0)
    assert told.text.startswith("มติเกี่ยวกับผู้ขอรับการรับรอง จำนวนทั้งสิ้น ๖ หน่วยงาน")
    after = [block.text for block in blocks[at + 3 :]]
    assert after.index("ความเห็นแย้งและเหตุผล") < after.index("ระเบียบวาระที่ ๕ เรื่องอื่น ๆ (ถ้ามี)")


def test_votes_stand_with_the_resolution_that_they_carried(home: Home) -> None:
    said = printed(home, minutes_of(home))
    order = ("เห็นชอบตามบัญชี", "คะแนนเสียงเห็นชอบ๒เสียง", "มติเกี่ยวกับผู้ขอรับการรับรอง", "ความเห็นแย้งและเหตุผล")
    assert [said.index(one) for one in order] == sorted(said.index(one) for one in order)


def test_of_nothing_nothing_was_resolved_and_other_matters_have_lines_to_write_on(home: Home) -> None:
    blocks = minutes_of(home, replace(MEETING, held=replace(HELD, items=(Minuted("3", ("ไม่มี",)),)))).blocks
    items: dict[str, list[tuple[str, int]]] = {}
    for block in blocks:
        if block.kind is Kind.ITEM:
            items[block.text] = []
        elif items:
            items[next(reversed(items))].append((block.text, block.lines))
    told = [body for title, body in items.items() if title.startswith("ระเบียบวาระที่")]
    assert told[1] == [("- ไม่มี -", 0)]
    assert told[2] == [("ไม่มี", 0)]
    assert told[4] == [("", 2), ("มติที่ประชุม", 2)]


def test_what_the_minutes_say_beside_an_outcome_has_lines_of_its_own(home: Home) -> None:
    (table,) = [b for b in minutes_of(home).blocks if b.kind is Kind.TABLE and b.cells[0][-1] == "มติ"]
    assert table.cells[3][-1].splitlines() == [
        "ไม่รับรอง เหตุผล: ไม่มีบันทึกการประชุมกลุ่ม",
        "คะแนนเสียง: เห็นชอบ ๒ ไม่เห็นชอบ ๔ งดออกเสียง ๑",
        "ผู้ไม่ร่วมพิจารณา: นายญาติ ตัวอย่าง",
    ]


def test_minutes_of_a_meeting_of_which_nothing_is_written_are_to_be_filled_in(home: Home) -> None:
    paper = minutes_of(home, Meeting(Level.PROVINCE, "2/2568"), ())
    assert sum(block.lines for block in paper.blocks if block.kind is Kind.RESOLUTION) > 4
    assert "เริ่มประชุมเวลา............น." in printed(home, paper)


def test_dots_to_fill_in_by_hand_fit_their_cell_at_full_size(home: Home) -> None:
    unsaid = replace(HELD, attendance=(Attendance("นายติดราชการ ตัวอย่าง", present=False),))
    open_unit = replace(UNITS[0], resolution=None)
    paper = minutes_of(home, replace(MEETING, held=unsaid), (open_unit,))
    cells = [row for block in paper.blocks if block.kind is Kind.TABLE for row in block.cells]
    dots = [cell for row in cells for cell in row if cell.startswith("...")]
    assert len(dots) == 2
    with pymupdf.open(stream=letter_pages.pdf(home, [paper])) as document:
        spans = [
            span
            for page in document
            for block in page.get_text("dict")["blocks"]
            for line in block.get("lines", ())
            for span in line["spans"]
        ]
    told = {span["size"] for span in spans if span["text"].strip() in dots}
    assert told == {span["size"] for span in spans if span["text"].strip() == "เกษตรจังหวัด"}


def test_a_row_of_the_minutes_is_never_torn_by_a_page_unless_no_page_holds_it(home: Home) -> None:
    reason = "เริ่มเหตุผล " + "เอกสารยังไม่ครบถ้วน " * 12 + "จบเหตุผล"
    failed = replace(UNITS[2], resolution=resolution(Outcome.FAIL, reason=reason))
    endless = replace(UNITS[2], resolution=resolution(Outcome.FAIL, reason=f"{'x' * 24} " * 90 + "สิ้นสุด"))
    held = replace(HELD, items=(Minuted("1", ("ย่อหน้า",) * 7),))
    paper = minutes_of(home, replace(MEETING, held=held), (*[failed] * 24, endless))
    with pymupdf.open(stream=letter_pages.pdf(home, [paper])) as document:
        pages = [bare(page.get_text()) for page in document]
    rows = [(page.count("เริ่มเหตุผล"), page.count("จบเหตุผล")) for page in pages]
    assert sum(begun for begun, _ in rows) == 24
    assert all(begun == ended for begun, ended in rows), rows
    assert sum(1 for begun, _ in rows if begun) > 2, "the table goes on over pages"
    assert sum(page.count("x") for page in pages) == 24 * 90
    assert any("สิ้นสุด" in page for page in pages)
    for page in pages:
        head = page.find("ลำดับชื่อประเภทอำเภอมติ")
        assert head < 0 or "กลุ่มทอผ้า" in page[head:] or "xxx" in page[head:], "a heading without a row"


def test_minutes_and_agenda_of_a_committee_named_with_its_province_say_it_once(home: Home) -> None:
    name = "คณะกรรมการรับรองมาตรฐานการพัฒนาชุมชน จังหวัดเชียงราย"
    c = Convened(replace(MEETING, committee=name), replace(occasion(), provincial_committee=name))
    day = agenda(c.occasion, dict.fromkeys(TYPES, 1))
    said = printed(home, day, minutes(c, day.blocks, UNITS))
    assert said.count(bare(name)) > 1
    assert bare(name + "จังหวัดเชียงราย") not in said


@pytest.mark.parametrize("form", [Form.PLAIN, Form.LETTER, Form.MEETING])
def test_a_signature_never_stands_on_a_page_without_two_lines_of_text(home: Home, form: Form) -> None:
    line, last = Block(Kind.PARAGRAPH, "บรรทัด"), Block(Kind.ITEM, "เลิกประชุม")
    table = Block(Kind.TABLE, cells=(("ลำดับ", "ชื่อ"), ("๑", "ก"), ("๒", "ข")))
    head = (("ที่", "ก"), ("ส่วนราชการ", "ข"), ("วันที่", "ค"))
    papers = [
        Paper(
            "ชื่อ", form, (*[line] * many, *tail), head=head, signatures=(Signature("นายลงนาม", ("ตำแหน่ง",)),)
        )
        for tail in ((line, last), (line, table), (Block(Kind.RESOLUTION, "มติ", lines=2), last))
        for many in range(24, 40)
    ]
    with pymupdf.open(stream=letter_pages.pdf(home, papers)) as document:
        pages = [page.get_text() for page in document]
    signed = [page.split("\n(นายลงนาม)")[0] for page in pages if "\n(นายลงนาม)" in page]
    assert len(papers) == len(signed) < len(pages), "some go on over a page"
    for before in signed:
        said = [text for text in before.splitlines() if text.strip() and not text.startswith("- ")]
        assert len(said) >= 2, said


def test_lines_to_sign_on_stay_together_with_two_lines_of_text_before_them(home: Home) -> None:
    line, lines = Block(Kind.PARAGRAPH, "บรรทัด"), to_sign("ผู้สมัคร", "ผู้รับ")
    papers = [Paper("ชื่อ", Form.PLAIN, (*[line] * many, lines)) for many in range(26, 42)]
    with pymupdf.open(stream=letter_pages.pdf(home, papers)) as document:
        pages = [page.get_text() for page in document]
    signed = [page for page in pages if "ลงชื่อผู้" in page]
    assert len(papers) == len(signed) < len(pages), "some go on over a page"
    for page in signed:
        assert page.count("ลงชื่อผู้") == 2
        assert page.count("บรรทัด") >= 2


def test_too_few_members_are_no_quorum(home: Home) -> None:
    came = HELD.attendance[:1]
    few = minutes_of(
        home, Meeting(Level.PROVINCE, "1/2568", members=MEMBERS, held=Held("09:00", attendance=came))
    )
    (said,) = [block.text for block in few.blocks if "องค์ประชุม" in block.text]
    assert said.endswith("ไม่ครบองค์ประชุม ซึ่งต้องมีกรรมการอย่างน้อย ๒ คน")
    late = Attendance(MEMBERS[1].person.name, present=True, came="09:20")
    enough = minutes_of(
        home, Meeting(Level.PROVINCE, "1/2568", members=MEMBERS, held=Held("09:00", attendance=(*came, late)))
    )
    (said,) = [block.text for block in enough.blocks if "องค์ประชุม" in block.text]
    assert said.endswith(
        "อย่างน้อย ๒ คน ต่อมาเวลา ๐๙.๒๐ น. มีกรรมการอยู่ในที่ประชุม ๒ คน ครบองค์ประชุม ประธานจึงดำเนินการตามระเบียบวาระ ดังนี้"
    )


def test_minutes_of_a_meeting_called_again_say_why_so_few_are_enough(home: Home) -> None:
    called = Meeting(
        Level.PROVINCE,
        "2/2568",
        day=date(2025, 5, 14),
        members=MEMBERS[:3],
        held=Held("09:00", attendance=HELD.attendance[:1]),
        again=Again("1/2568", date(2025, 5, 1)),
    )
    (said,) = [block.text for block in minutes_of(home, called).blocks if "องค์ประชุม" in block.text]
    assert (
        "ครบองค์ประชุม เพราะนัดแทนการประชุมครั้งที่ ๑/๒๕๖๘ เมื่อวันที่ ๑ พฤษภาคม ๒๕๖๘ ซึ่งไม่ครบองค์ประชุม "
        "จึงต้องมีไม่น้อยกว่าหนึ่งในสาม ประธานจึงเปิดการประชุม" in said
    )


def test_what_was_resolved_without_a_quorum_is_told_in_the_minutes(home: Home) -> None:
    came = tuple(Attendance(one.person.name, present=True, left="10:00") for one in MEMBERS[:2])
    items = (
        Minuted("1", resolution="รับทราบ", resolved_at="09:30"),
        Minuted("3", resolution="รับทราบ", resolved_at="10:30"),
    )
    held = Held("09:00", "12:00", (*came, Attendance(MEMBERS[2].person.name, present=True)), items)
    paper = minutes_of(home, replace(MEETING, held=held), (replace(UNITS[0], took_part=1), *UNITS[1:]))
    told = [
        text
        for block in paper.blocks
        for text in (block.text, *sum(block.cells, ()))
        if "ไม่ครบองค์ประชุม" in text
    ]
    assert told == [
        "ขณะลงมติเวลา ๑๐.๓๐ น. มีกรรมการอยู่ในที่ประชุม ๑ คน ไม่ครบองค์ประชุม ซึ่งต้องมีกรรมการอย่างน้อย ๒ คน",
        "รับรอง\nไม่ครบองค์ประชุม มีผู้ร่วมพิจารณา ๑ คน",
    ]


def test_the_announcement_names_the_certified_alone_and_nobody_who_refused(home: Home) -> None:
    papers = announcement(convened(), UNITS, date(2025, 5, 9))
    said = printed(home, *papers)
    assert bare("ประกาศ ณ วันที่ ๙ พฤษภาคม พ.ศ. ๒๕๖๘") in said
    assert bare("จำนวน ๓ หน่วยงาน ได้แก่ ผู้นำชุมชน ๒ คน และกลุ่มองค์กรชุมชน ๑ กลุ่ม") in said
    assert "นายสมชาย" in said
    assert bare("๒ กลุ่มจักสานตัวอย่าง พาน ๓/๒๕๖๘") in said
    assert bare("ไม่ประสงค์ให้เผยแพร่ชื่อ จำนวน ๑ คน") in said
    for left_out in ("นางปกปิด", "กลุ่มทอผ้า", "เครือข่ายตัวอย่าง", "ชุมชนตัวอย่าง"):
        assert left_out not in said
    assert "............เดือน" in printed(home, *announcement(convened(), UNITS, None))


def test_an_announcement_leaves_to_fill_in_what_no_meeting_has_resolved_yet(home: Home) -> None:
    said = printed(home, *announcement(convened(), (), None))
    assert re.search(r"จำนวน\.+หน่วยงานได้แก่\.+", said)
    assert "ไม่มี" not in said
    none = printed(home, *announcement(convened(), UNITS[2:4], None))  # resolved, and nobody is certified
    assert "จำนวน๐หน่วยงานได้แก่ไม่มี" in none
    assert "-ไม่มี-" in none


def test_letters_tell_each_district_and_each_unit_what_concerns_it(home: Home) -> None:
    districts = dict(district_letters(convened(), UNITS, letters(home)))
    assert set(districts) == set(DISTRICTS)
    said = printed(home, districts["พาน"])
    assert bare("เรียน นายอำเภอพาน") in said
    assert bare("มีมติรับรอง ๒ หน่วยงาน เลื่อนพิจารณา ๑ หน่วยงาน และไม่รับรอง ๑ หน่วยงาน") in said
    assert "นางปกปิด" not in said
    own = {unit.key: printed(home, paper) for unit, paper in unit_letters(convened(), UNITS, letters(home))}
    assert set(own) == {"k3", "k4", "k5"}
    assert bare("มีมติไม่รับรอง โดยมีเหตุผลว่า ไม่มีบันทึกการประชุมกลุ่ม") in own["k3"]
    assert bare("ภายใน ๑๕ วันนับแต่วันที่ได้รับหนังสือฉบับนี้") in own["k3"]
    assert bare("คือ ส่งระเบียบของเครือข่าย ภายในวันที่ ๓๐ มิถุนายน ๒๕๖๘") in own["k4"]
    assert bare("เลื่อนการพิจารณาไปในการประชุมครั้งที่ ๒/๒๕๖๘") in own["k5"]
    assert bare("เรียน ประธานกลุ่มทอผ้าบ้านตัวอย่าง ตามที่ท่าน") in own["k3"]
    assert bare("เรียน ผู้แทนชุมชนตัวอย่าง ตามที่ท่าน") in own["k5"]
    assert recipient(GROUP, "OTOP บ้านดอน") == "ประธาน OTOP บ้านดอน"
    assert recipient(LEADER, "Mr. Sample") == "Mr. Sample"
    assert not any("๑๕วัน" in own[key] for key in ("k4", "k5"))


def test_a_letter_to_a_monk_opens_and_ends_as_one_and_an_office_may_say_how_it_opens(home: Home) -> None:
    monk = replace(UNITS[2], type=LEADER, name="พระครูสมมติ ฐานวีโร")
    group = replace(UNITS[2], name="พระพรบ้านตัวอย่าง")  # its letter goes to ประธานพระพรบ้านตัวอย่าง
    made = unit_letters(convened(), (monk, group), letters(home))
    to_monk, to_group = (printed(home, paper) for _, paper in made)
    assert bare("นมัสการ พระครูสมมติ ฐานวีโร ตามที่ท่าน") in to_monk
    assert bare("จึงนมัสการมาเพื่อโปรดทราบ ขอนมัสการด้วยความเคารพ (นายลงนาม ตัวอย่าง)") in to_monk
    assert "เรียน" not in to_monk
    assert bare("เรียน ประธานพระพรบ้านตัวอย่าง") in to_group
    assert "นมัสการ" not in to_group
    own = replace(MEETING, letter=Letter(to="กราบเรียน นายผู้ใหญ่ ตัวอย่าง"))
    said = printed(home, invitation(convened(own)))
    assert bare("กราบเรียน นายผู้ใหญ่ ตัวอย่าง") in said
    assert bare("จึงกราบเรียนมาเพื่อพิจารณาดำเนินการ ขอแสดงความนับถืออย่างยิ่ง") in said


def test_a_district_reads_a_letter_of_one_page_and_the_list_sent_with_it(home: Home) -> None:
    """However many units it has, the letter is signed below its text; the list's pages count from one."""
    several = [
        replace(unit, key=f"{unit.key}-{i}", district=district)
        for district, times in (("พาน", 12), ("เมืองเชียงราย", 1))
        for i in range(times)
        for unit in UNITS
    ]
    papers = [paper for _, paper in district_letters(convened(), several, letters(home))]
    with pymupdf.open(stream=letter_pages.pdf(home, papers)) as document:
        pages = [bare(page.get_text()) for page in document]
    title = bare("บัญชีผลการพิจารณารับรองตาม")
    firsts = [
        at for at, said in enumerate(pages) if bare("สิ่งที่ส่งมาด้วย บัญชีผลการพิจารณารับรอง จำนวน ๑ ชุด") in said
    ]
    assert [at for at, said in enumerate(pages) if "ขอแสดงความนับถือ(นายลงนามตัวอย่าง)" in said] == firsts
    assert [at for at, said in enumerate(pages) if said.startswith(title)] == [at + 1 for at in firsts]
    assert firsts == [0, len(pages) - 2]
    assert [said[:3] for said in pages[2:-2]] == ["-๒-", "-๓-", "-๔-"][: len(pages) - 4]
    assert not any("/บัญชี" in pages[at] or "หนังสือรับรองเลขที่" in pages[at] for at in firsts)


def test_statistics_add_up_and_are_set_against_last_year(home: Home) -> None:
    former = {("พาน", ApplicantType.LEADER): 4, ("เมืองเชียงราย", ApplicantType.GROUP): 1}
    paper = statistics(convened(), UNITS, DISTRICTS, former)
    tables = [block.cells for block in paper.blocks if block.kind is Kind.TABLE]
    assert tables[0][1:] == (
        ("๑", "พาน", "๑", "๒", "๐", "๑", "๔"),
        ("๒", "เมืองเชียงราย", "๑", "๐", "๑", "๐", "๒"),
        ("", "รวม", "๒", "๒", "๑", "๑", "๖"),
    )
    assert tables[1][-1] == ("", "รวม", "๒", "๑", "๐", "๐", "๓")
    assert tables[3][1:] == (
        ("ผู้นำชุมชน", "๔", "๒", "ลดลง ๒"),
        ("กลุ่มองค์กรชุมชน", "๑", "๑", "เท่าเดิม"),
        ("เครือข่ายองค์กรชุมชน", "๐", "๐", "เท่าเดิม"),
        ("ชุมชน", "๐", "๐", "เท่าเดิม"),
        ("รวม", "๕", "๓", "ลดลง ๒"),
    )
    assert (
        len([b for b in statistics(convened(), UNITS, DISTRICTS, None).blocks if b.kind is Kind.TABLE]) == 3
    )


def test_the_report_holds_everyone_and_the_selection_the_best_first(home: Home) -> None:
    report = printed(home, results_report(convened(), UNITS, DISTRICTS))
    assert all(bare(unit.name) in report for unit in UNITS)
    assert "๘๒.๕๐" in report
    assert "ไม่มีผู้สมัคร" not in report
    more = printed(home, results_report(convened(), UNITS, (*DISTRICTS, "แม่จัน", "เทิง")))
    assert bare("อำเภอที่ไม่มีผู้สมัคร จำนวน ๒ อำเภอ อำเภอแม่จัน และอำเภอเทิง หมายเหตุ") in more
    chosen = printed(home, outstanding_list(convened(), UNITS))
    assert chosen.index("นางปกปิด") < chosen.index("นายสมชาย") < chosen.index("กลุ่มจักสาน")
    assert "๒เรื่อง" in chosen
    assert "กลุ่มทอผ้า" not in chosen
    lost = replace(UNITS[0], certificate=ENDED)
    assert "นายสมชาย" not in printed(home, outstanding_list(convened(), (lost, *UNITS[1:])))
    assert ENDED in printed(home, results_report(convened(), (lost, *UNITS[1:]), DISTRICTS))


def test_the_booklet_prints_every_field_of_the_records_that_may_be_spread(home: Home) -> None:
    record = Knowledge(
        "r1",
        "i1",
        "v",
        "k6",
        "นางถอดบทเรียน ตัวอย่าง",
        "จักสานกู้ชุมชน",
        "รายได้น้อย",
        "บ้านตัวอย่าง",
        None,
        f"เริ่มจากคนห้าคน\n{TYPED}",
        ("รวมคน",),
        ("ครูภูมิปัญญา",),
        ("ความร่วมมือ",),
        ("ขายทางเน็ต",),
        ("เศรษฐกิจพอเพียง",),
    )
    hidden = Knowledge("r2", "i2", "v", "k6", "ก", "เรื่องที่ไม่ให้เผยแพร่", "", "", None, "", may_publish=False)
    papers = booklet(
        convened(), [Recorded(one, "กลุ่มจักสานตัวอย่าง", "กลุ่มองค์กรชุมชน", "พาน") for one in (record, hidden)]
    )
    said = printed(home, *papers)
    for text in (record.author, record.title, record.solves, record.place, *record.steps, *record.assets):
        assert bare(text) in said
    for text in (*record.core, *record.strategies, *record.theories, "เริ่มจากคนห้าคน", "<w:br/>"):
        assert bare(text) in said
    assert "ไม่ให้เผยแพร่" not in said


def test_the_same_papers_have_the_same_bytes(home: Home) -> None:
    once, again = (letter_pages.pdf(home, [minutes_of(home)]) for _ in range(2))
    assert once == again


REVOKED = (
    Revoked(
        Certificate("57", 2568, 3, ApplicantType.LEADER, DAY, "แม่ฟ้าหลวง", "นางสาวถูกเพิกถอน ตัวอย่าง", "K"),
        "ขาดคุณสมบัติ\n1. ไม่ได้อยู่ในพื้นที่\n2. {{7*7}} <w:br/>",
        published=True,
    ),
    Revoked(
        Certificate("57", 2568, 12, ApplicantType.GROUP, DAY, "แม่จัน", "กลุ่มไม่ให้เผยแพร่", "K"),
        "ออกซ้ำ",
        published=False,
    ),
)


def test_each_holder_of_a_revoked_certificate_is_told_why_and_how_to_object(home: Home) -> None:
    wording = read_wording.read(Revocation, REVOCATION, home.settings.papers.wording)
    first, second = letters_to_holders(convened(), REVOKED, wording)
    said = printed(home, first)
    for text in (
        "เลขที่ ๓/๒๕๖๘ ลงวันที่ ๑ พฤษภาคม ๒๕๖๘ ให้แก่ นางสาวถูกเพิกถอน ตัวอย่าง ประเภทผู้นำชุมชน อำเภอแม่ฟ้าหลวง",
        "โดยมีเหตุผลว่า ขาดคุณสมบัติ",
        "๒. {{๗*๗}} <w:br/>",
        "ภายใน ๑๕ วันนับแต่วันที่ได้รับหนังสือฉบับนี้",
    ):
        assert bare(text) in said, text
    assert bare("เรียน ประธานกลุ่มไม่ให้เผยแพร่") in printed(home, second)


def test_everybody_is_told_the_numbers_no_reason_and_no_name_that_is_not_to_be_published(home: Home) -> None:
    wording = read_wording.read(Revocation, REVOCATION, home.settings.papers.wording)
    said = printed(home, announcement_of_revoked(convened(), REVOKED, wording))
    for text in (
        "จำนวน ๒ ฉบับ",
        "๓/๒๕๖๘ นางสาวถูกเพิกถอน ตัวอย่าง",
        "๑๒/๒๕๖๘ ไม่ประสงค์ให้เผยแพร่ชื่อ",
        "ประกาศ ณ วันที่ ....",
    ):
        assert bare(text) in said, text
    assert "กลุ่มไม่ให้เผยแพร่" not in said
    assert "ขาดคุณสมบัติ" not in said
