"""The papers before a meeting: what they say, and that whatever is typed prints as it is typed."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pymupdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from mochocho.settings.config import Papers, Settings
from mochocho.storage.home import Home, open_home
from mochocho.words.errors import Terminal
from mochocho.words.model import ApplicantType
from processing.meetings.meeting import (
    Again,
    Appointment,
    Channel,
    Contact,
    Letter,
    Level,
    Meeting,
    Member,
    OwnText,
    Person,
    Reply,
    Role,
    Signatory,
)
from processing.meetings.passages import Passage, Written, wrong_field
from reports.previews.edited_papers import standard_texts
from reports.single import letter_pages
from reports.view.blocks import Block, Form, Kind, Paper
from reports.view.letters.appointing_order import appointing_order, districts_order
from reports.view.letters.attendance_sheet import attendance_sheet
from reports.view.letters.convened import Convened
from reports.view.letters.covering_memo import covering_memo
from reports.view.letters.district_agenda import district_agenda
from reports.view.letters.hand_score_sheet import Examined, hand_score_sheet
from reports.view.letters.invitation import invitation, invitation_of_members
from reports.view.letters.opening_circular import Deadline, opening_circular
from reports.view.letters.reply_form import reply_form
from reports.view.letters.reply_tally import reply_tally
from tests import qr_reader
from tests.unit.reports.editable.office_machine import install
from tests.unit.reports.made_cases import occasion
from tests.unusual_packs import UNUSUAL

PLACE = "ห้องประชุมพวงแสด ชั้น 3 ศาลากลางจังหวัดเชียงราย อำเภอเมืองเชียงราย จังหวัดเชียงราย"
CHIANG_RAI = Meeting(
    level=Level.PROVINCE,
    number="1/2568",
    day=date(2025, 5, 1),
    starts="09:00",
    ends="14:30",
    place=PLACE,
    appointment=Appointment("6459/2567", date(2024, 11, 18)),
    letter=Letter(
        urgency="ด่วนที่สุด",
        number="ชร 0019.2/ว 0096",
        day=date(2025, 4, 25),
        refers=("หนังสือจังหวัดเชียงราย ที่ ชร 0019.2/ว 27089 ลงวันที่ 28 ตุลาคม 2567",),
        enclosures=(
            "วาระการประชุม จำนวน 1 ฉบับ",
            "ลำดับการนำเสนอข้อมูลเพื่อสนับสนุน จำนวน 1 ฉบับ",
            "แบบตอบรับ จำนวน 1 ฉบับ",
        ),
        reply_by=date(2025, 4, 28),
        office=("ศาลากลางจังหวัดเชียงราย", "ถนนแม่ฟ้าหลวง ชร 57100"),
    ),
    contact=Contact("นางสาวสมหญิง ตัวอย่าง", "นักวิชาการพัฒนาชุมชน", "0 0000 0000", "somying68@example.go.th"),
    signatory=Signatory("นายสมมติ ใจดี", "รองผู้ว่าราชการจังหวัด ปฏิบัติราชการแทน", ("ผู้ว่าราชการจังหวัดเชียงราย",)),
)  # source 004, with its errors corrected and people invented
COUNTS = dict(zip(ApplicantType, (71, 24, 14, 20), strict=True))
BARE = Meeting(Level.PROVINCE, "2/2568")
OF_A_DISTRICT = replace(
    CHIANG_RAI,
    level=Level.DISTRICT,
    district="5707",
    signatory=Signatory("นายอำเภอ ตัวอย่าง", "นายอำเภอแม่จัน"),
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return open_home(Settings(home=tmp_path_factory.mktemp("letters") / "home"))


def convened(meeting: Meeting, district: str = "") -> Convened:
    return Convened(meeting, occasion(), district)


def texts(paper: Paper) -> str:
    """Everything that the paper's blocks say."""
    return "\n".join(block.text for block in paper.blocks)


def printed(home: Home, papers: Iterable[Paper]) -> list[str]:
    """The text of each page, without white space."""
    with pymupdf.open(stream=letter_pages.pdf(home, list(papers)), filetype="pdf") as document:
        return [re.sub(r"\s", "", page.get_text()) for page in document]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_the_members_letter_of_a_meeting_called_again_says_that_a_third_is_enough() -> None:
    again = replace(CHIANG_RAI, again=Again("1/2568", date(2025, 4, 24)))
    of_district = replace(again, level=Level.DISTRICT, district="5707")
    letters = {
        "members": invitation_of_members(convened(again)),
        "district": invitation(convened(of_district, "แม่จัน")),
        "to districts": invitation(convened(again)),
        "late": invitation_of_members(convened(replace(again, day=date(2025, 5, 9)))),
    }
    told = {
        name: [block.text for block in paper.blocks if "หนึ่งในสาม" in block.text]
        for name, paper in letters.items()
    }
    said = (
        "อนึ่ง การประชุมครั้งนี้นัดแทนการประชุมครั้งที่ ๑/๒๕๖๘ เมื่อวันที่ ๒๔ เมษายน ๒๕๖๘ ซึ่งไม่ครบองค์ประชุม "
        "หากมีกรรมการมาประชุมไม่น้อยกว่าหนึ่งในสามของจำนวนกรรมการทั้งหมด ให้ถือว่าเป็นองค์ประชุม "
        "ตามมาตรา ๗๙ แห่งพระราชบัญญัติวิธีปฏิบัติราชการทางปกครอง พ.ศ. ๒๕๓๙"
    )
    assert told == {"members": [said], "district": [said], "to districts": [], "late": []}


def test_the_invitation_has_the_parts_of_source_004_in_their_order(home: Home) -> None:
    page, *more = printed(home, [invitation(convened(CHIANG_RAI))])
    assert more == []
    parts = (
        "ด่วนที่สุด",
        "ที่ ชร ๐๐๑๙.๒/ว ๐๐๙๖",
        "ศาลากลางจังหวัดเชียงราย ถนนแม่ฟ้าหลวง ชร ๕๗๑๐๐",
        "๒๕ เมษายน ๒๕๖๘",
        "เรื่อง การดำเนินงานระบบมาตรฐานการพัฒนาชุมชน (มชช.) ประจำปี ๒๕๖๘",
        "เรียน นายอำเภอทุกอำเภอ",
        "อ้างถึง หนังสือจังหวัดเชียงราย ที่ ชร ๐๐๑๙.๒/ว ๒๗๐๘๙ ลงวันที่ ๒๘ ตุลาคม ๒๕๖๗",
        "สิ่งที่ส่งมาด้วย ๑. วาระการประชุม จำนวน ๑ ฉบับ ๒. ลำดับการนำเสนอข้อมูลเพื่อสนับสนุน จำนวน ๑ ฉบับ",
        "จังหวัดเชียงรายได้กำหนดการประชุมคณะกรรมการรับรองมาตรฐานการพัฒนาชุมชนจังหวัด จังหวัดเชียงราย ครั้งที่ ๑/๒๕๖๘",
        "ในวันพฤหัสบดีที่ ๑ พฤษภาคม ๒๕๖๘ เวลา ๐๙.๐๐ - ๑๔.๓๐ น. ณ ห้องประชุมพวงแสด ชั้น ๓",
        "ตามลำดับการนำเสนอ (สิ่งที่ส่งมาด้วย ๒)",
        "ภายในวันที่ ๒๘ เมษายน ๒๕๖๘",
        "จึงเรียนมาเพื่อพิจารณาดำเนินการ",
        "ขอแสดงความนับถือ (นายสมมติ ใจดี) รองผู้ว่าราชการจังหวัด ปฏิบัติราชการแทน ผู้ว่าราชการจังหวัดเชียงราย",
        "สำนักงานพัฒนาชุมชนจังหวัดเชียงราย กลุ่มงานส่งเสริมการพัฒนาชุมชน โทรศัพท์ ๐ ๐๐๐๐ ๐๐๐๐",
        "ไปรษณีย์อิเล็กทรอนิกส์ somying68@example.go.th",
    )
    places = [page.index(squeezed(part)) for part in parts]
    assert places == sorted(places)


def test_a_place_with_a_number_in_brackets_does_not_part_the_paragraph_that_names_it() -> None:
    meeting = replace(CHIANG_RAI, place="ห้องประชุมใหญ่ (ห้องประชุม 1) ชั้น 4")
    (called,) = (one.text for one in invitation(convened(meeting)).blocks if "ห้องประชุมใหญ่" in one.text)
    assert "(สิ่งที่ส่งมาด้วย ๒) ทั้งนี้ ขอความกรุณา" in called


def test_an_invitation_of_which_nothing_is_known_has_dots(home: Home) -> None:
    (page,) = printed(home, [invitation(convened(BARE))])
    assert "ครั้งที่๒/๒๕๖๘ในวัน............ที่.................." in page
    assert "(........" in page


def test_a_districts_letter_is_its_own(home: Home) -> None:
    page = printed(home, [invitation(convened(replace(BARE, level=Level.DISTRICT), "แม่จัน"))])[0]
    for said in ("ที่ว่าการอำเภอแม่จัน", "สำนักงานพัฒนาชุมชนอำเภอแม่จัน", "มาตรฐานการพัฒนาชุมชนอำเภอแม่จัน"):
        assert said in page
    assert "กลุ่มงานส่งเสริม" not in page


TYPED = ("{{7*7}}", '#panic("x")', "<w:br/>", "=1+1", "$x$ *a* _b_ @c", "น้ำ ปั้น ผู้ ที่ ทำ กำหนด")


def test_the_offices_own_words_replace_the_body_and_print_as_typed(home: Home) -> None:
    own = replace(CHIANG_RAI, letter=replace(CHIANG_RAI.letter, paragraphs=TYPED))
    paper = invitation(Convened(own, occasion(thai_digits=False)))
    assert texts(paper).split("\n") == list(TYPED)
    assert "".join(map(squeezed, TYPED)) in printed(home, [paper])[0]


def test_a_page_that_goes_on_says_how_the_next_begins(home: Home) -> None:
    own = tuple(f"ข้อ {i} ขั้นส่งเสริมการเรียนรู้และพัฒนาตนเองของกลุ่มเป้าหมายในพื้นที่อำเภอและจังหวัด" for i in range(1, 45))
    letter = replace(CHIANG_RAI.letter, paragraphs=own)
    first, second, *_ = printed(home, [invitation(convened(replace(CHIANG_RAI, letter=letter)))])
    assert second.startswith("-๒-")
    catchword = first.rpartition("/")[2].removesuffix("...")
    assert len(catchword) > 8
    assert second.removeprefix("-๒-").startswith(catchword)


def test_a_catchword_is_of_a_rows_first_cells_and_ends_with_a_word(home: Home) -> None:
    long = "เครือข่ายองค์กรชุมชนเพื่อการอนุรักษ์ทรัพยากรธรรมชาติ"
    for name, told in (("ชุมชนบ้านดอน", "ชุมชนบ้านดอน"), (long, "เครือข่ายองค์กรชุมชน")):
        rows = tuple((str(i), name, "อำเภอพาน") for i in range(10, 70))
        table = Block(Kind.TABLE, cells=(("ที่", "ชื่อ", "อำเภอ"), *rows), widths=(2, 10, 5))
        with pymupdf.open(stream=letter_pages.pdf(home, [Paper("ก", Form.LETTER, (table,))])) as document:
            first, second, *_ = (page.get_text() for page in document)
        begun = next(number for number, _, _ in rows if f"\n{number}\n" in second)
        (said,) = (line for line in first.split("\n") if line.startswith("/"))
        assert said == f"/{begun} {told}..."


def test_two_letters_in_one_file_have_pages_of_their_own_and_no_catchword(home: Home) -> None:
    paper = invitation(convened(CHIANG_RAI))
    pages = printed(home, [paper, paper])
    assert len(pages) == 2
    assert pages[0] == pages[1]
    assert "..." not in pages[0]


DAYS = (Deadline("ใบสมัคร", None, date(2025, 1, 18)), Deadline("ตรวจประเมินในพื้นที่", date(2025, 4, 1), None))


def test_the_circular_names_the_days_of_the_cycle_before_its_last_sentence(home: Home) -> None:
    (page,) = printed(home, [opening_circular(convened(CHIANG_RAI), DAYS)])
    said = (
        "ตามกำหนด ดังนี้",
        "ใบสมัคร - ๑๘ มกราคม ๒๕๖๘",
        "ตรวจประเมินในพื้นที่ ๑ เมษายน ๒๕๖๘ ....",
        "จึงเรียนมาเพื่อพิจารณา",
    )
    assert [page.index(squeezed(one)) for one in said] == sorted(page.index(squeezed(one)) for one in said)
    own = replace(CHIANG_RAI, circular=Letter(paragraphs=("ด้วยเหตุนี้", "จึงเรียนมาเพื่อทราบ"), subject="กำหนดการ"))
    kinds = [(b.kind, b.text) for b in opening_circular(convened(own), DAYS).blocks]
    assert kinds == [
        (Kind.PARAGRAPH, "ด้วยเหตุนี้"),
        (Kind.TABLE, ""),
        (Kind.PARAGRAPH, "จึงเรียนมาเพื่อทราบ"),
    ]


def test_the_memo_takes_the_invitation_to_whoever_signs(home: Home) -> None:
    meeting = replace(CHIANG_RAI, memo_by=Signatory("นางมานี สมมติ"))
    (page,) = printed(home, [covering_memo(convened(meeting), COUNTS)])
    said = (
        "บันทึกข้อความ ส่วนราชการ สำนักงานพัฒนาชุมชนจังหวัดเชียงราย โทร. ๐ ๐๐๐๐ ๐๐๐๐",
        "เรียน ผู้ว่าราชการจังหวัดเชียงราย",
        "จำนวนทั้งสิ้น ๑๒๙ หน่วยงาน ประกอบด้วย ผู้นำชุมชน ๗๑ คน กลุ่มองค์กรชุมชน ๒๔ กลุ่ม",
        "ถึงนายอำเภอทุกอำเภอ พร้อมสิ่งที่ส่งมาด้วย จำนวน ๓ รายการ",
        "(นางมานี สมมติ) พัฒนาการจังหวัดเชียงราย",
    )
    assert [one for one in said if squeezed(one) not in page] == []
    assert "หน่วยงาน" not in texts(covering_memo(convened(meeting), {}))


def test_the_memo_names_the_types_that_there_are_and_of_the_province_both_letters() -> None:
    some = dict(zip(ApplicantType, (1, 0, 0, 2), strict=True))
    told = texts(covering_memo(convened(CHIANG_RAI), some))
    assert "จำนวนทั้งสิ้น ๓ หน่วยงาน ประกอบด้วย ผู้นำชุมชน ๑ คน และชุมชน ๒ ชุมชน\n" in told
    assert "ถึงนายอำเภอทุกอำเภอ พร้อมสิ่งที่ส่งมาด้วย จำนวน ๓ รายการ และหนังสือเชิญกรรมการ" in told
    own = texts(covering_memo(convened(OF_A_DISTRICT, "แม่จัน"), {ApplicantType.GROUP: 1}))
    assert "จำนวนทั้งสิ้น ๑ หน่วยงาน ได้แก่ กลุ่มองค์กรชุมชน ๑ กลุ่ม\n" in own
    assert "และหนังสือเชิญกรรมการ" not in own


def placed(home: Home, paper: Paper) -> list[tuple[float, float, str]]:
    """Where the words of the first page begin, and what they say, from its top to its foot."""
    with pymupdf.open(stream=letter_pages.pdf(home, [paper])) as document:
        return [(word[0], word[3], word[4]) for word in document[0].get_text("words", sort=True)]


def test_lines_below_the_first_stand_below_its_text_and_a_memos_label_beside_the_first(home: Home) -> None:
    long = "ผู้อำนวยการศูนย์ส่งเสริมการเรียนรู้ระดับอำเภอเวียงเชียงรุ้ง"
    c = convened(replace(CHIANG_RAI, members=(Member(Person("นายสมชาย ตัวอย่าง", long)),)))
    words = placed(home, appointing_order(c))
    at = next(i for i, (_, _, said) in enumerate(words) if said == "๑.")
    left = words[at + 1][0]
    below = next(x for x, y, _ in words if y > words[at][1] + 6)
    assert abs(below - left) < 1
    assert below > words[at][0] + 5
    with pymupdf.open(stream=letter_pages.pdf(home, [covering_memo(c, COUNTS)])) as document:
        label, first = (document[0].search_for(said)[0] for said in ("เรื่อง", "การประชุมคณะกรรมการ"))
    assert abs(label.y1 - first.y1) < 6


def test_a_long_paragraph_before_the_signature_leaves_its_last_two_lines_for_that_page(home: Home) -> None:
    refers = tuple(f"หนังสือจังหวัดเชียงราย ที่ ชร 0019.2/ว 27{i} ลงวันที่ 28 ตุลาคม 2567" for i in range(300, 306))
    meeting = replace(CHIANG_RAI, letter=replace(CHIANG_RAI.letter, refers=refers))
    first, second = printed(home, [invitation_of_members(convened(meeting))])
    assert squeezed("เพื่อให้การขับเคลื่อนการดำเนินงานระบบมาตรฐานการพัฒนาชุมชน") in first
    assert "เป็นผู้ประสานงานในครั้งนี้" not in first
    body = second.partition("จึงเรียนมา")[0]
    assert body.endswith("เป็นผู้ประสานงานในครั้งนี้")
    assert len(body) < 220, "two lines"


def test_several_letters_referred_to_are_numbered_once() -> None:
    for typed in (("หนังสือ ก", "คำสั่ง ข"), ("1. หนังสือ ก", "2. คำสั่ง ข")):
        paper = invitation(convened(replace(CHIANG_RAI, letter=replace(CHIANG_RAI.letter, refers=typed))))
        assert [said for label, said in paper.head if label == "อ้างถึง"] == ["๑. หนังสือ ก", "๒. คำสั่ง ข"]


MEMBERS = (
    Member(Person("นายสมชาย ตัวอย่าง", "ผู้ว่าราชการจังหวัดเชียงราย"), Role.CHAIR),
    Member(Person("นายสมหมาย สมมติ", "ปลัดจังหวัดเชียงราย")),
    Member(Person("นางสาวมานี สมมติ", "พัฒนาการจังหวัดเชียงราย"), Role.SECRETARY),
)


def test_an_order_lists_its_members_as_they_were_appointed(home: Home) -> None:
    (page,) = printed(home, [appointing_order(convened(replace(CHIANG_RAI, members=MEMBERS)))])
    said = (
        "คำสั่งจังหวัดเชียงราย ที่ ๖๔๕๙/๒๕๖๗ เรื่อง แต่งตั้งคณะกรรมการรับรองมาตรฐานการพัฒนาชุมชนจังหวัด จังหวัดเชียงราย",
        "๑. นายสมชาย ตัวอย่าง ผู้ว่าราชการจังหวัดเชียงราย ประธานกรรมการ",
        "๒. นายสมหมาย สมมติ ปลัดจังหวัดเชียงราย กรรมการ",
        "๓. นางสาวมานี สมมติ พัฒนาการจังหวัดเชียงราย กรรมการและเลขานุการ",
        "สั่ง ณ วันที่ ๑๘ พฤศจิกายน พ.ศ. ๒๕๖๗ (นายสมมติ ใจดี)",
    )
    places = [page.index(squeezed(one)) for one in said]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("number", "about"), [("", ""), ("6458/2567", ""), ("1/2568", "แม่จัน")], ids=["none", "of all", "its own"]
)
def test_the_order_of_a_districts_committee_is_the_provinces_and_named_alike_everywhere(
    number: str, about: str
) -> None:
    meeting = replace(OF_A_DISTRICT, appointment=Appointment(number), members=MEMBERS)
    c = convened(meeting, "แม่จัน")
    order, (said,) = (
        appointing_order(c),
        (b.text for b in district_agenda(c, COUNTS).blocks if b.text.startswith("ตามคำสั่ง")),
    )
    subject = f"เรื่อง แต่งตั้งคณะกรรมการตรวจประเมินเพื่อการรับรองมาตรฐานการพัฒนาชุมชนอำเภอ{about}"
    assert order.title[0] == "คำสั่งจังหวัดเชียงราย"
    assert order.title[-1] == subject
    assert said.endswith(subject)
    (signature,) = order.signatures
    assert (signature.name, signature.lines) == ("", ("ผู้ว่าราชการจังหวัดเชียงราย",))


def test_a_districts_tally_counts_members_and_says_so() -> None:
    replies = (Reply("นายสมหมาย สมมติ", date(2025, 4, 20), attends=False),)
    c = convened(replace(OF_A_DISTRICT, members=MEMBERS, replies=replies), "แม่จัน")
    told, table = reply_tally(c, [one.person.name for one in MEMBERS]).blocks[::2]
    assert told.text.startswith("เชิญ ๓ คน ตอบรับแล้ว ๑ คน เข้าร่วม ๐ คน ไม่เข้าร่วมแต่มอบหมายผู้แทน ๐ คน ไม่เข้าร่วม ๑ คน")
    assert table.cells[0][1] == "กรรมการ"


def test_who_is_sent_stands_with_the_office_once() -> None:
    replies = (
        Reply(
            "อำเภอแม่จัน", date(2025, 4, 20), attends=True, person=Person("นายมา ตัวอย่าง", "พัฒนาการอำเภอแม่จัน")
        ),
    )
    sheet = attendance_sheet(convened(replace(CHIANG_RAI, replies=replies)))
    assert sheet.blocks[-1].cells[1][1:3] == ("นายมา ตัวอย่าง", "พัฒนาการอำเภอแม่จัน")


def test_the_order_for_the_districts_says_who_belongs_to_each_committee(home: Home) -> None:
    (page,) = printed(home, [districts_order(convened(BARE))])
    assert squeezed("๑. นายอำเภอ หรือผู้ที่นายอำเภอมอบหมาย ประธานกรรมการ") in page
    assert squeezed("๔. พัฒนาการอำเภอ กรรมการและเลขานุการ") in page


def test_the_reply_form_asks_what_source_004_asks(home: Home) -> None:
    meeting = replace(CHIANG_RAI, contact=replace(CHIANG_RAI.contact, line="0000000000"))
    (page,) = printed(home, [reply_form(convened(meeting))])
    fields = ["ชื่อ-สกุล", "ตำแหน่ง", "โทรศัพท์", "โทรสาร", "มือถือ", "อีเมล"]
    assert {field: page.count(field) for field in fields[:1] + fields[3:]} == {
        "ชื่อ-สกุล": 2,
        "โทรสาร": 2,
        "มือถือ": 2,
        "อีเมล": 3,  # and in the note
    }
    assert "สามารถเข้าร่วมการประชุมไม่สามารถเข้าร่วมการประชุมโดยขอมอบหมายให้(แทน)" in page
    assert squeezed("ภายในวันที่ ๒๘ เมษายน ๒๕๖๘ ทางไปรษณีย์อิเล็กทรอนิกส์ (อีเมล) somying68@example.go.th") in page
    assert "LINEID:0000000000" in page, "the digits of a LINE ID stay as they are typed"


REPLIES = (
    Reply("อำเภอแม่จัน", date(2025, 4, 28), attends=True, person=Person("นายหนึ่ง ตัวอย่าง", "พัฒนาการอำเภอ")),
    Reply(
        "อำเภอพาน",
        date(2025, 4, 29),
        Channel.TELEPHONE,
        attends=False,
        substitute=Person("นางสอง สมมติ", "นักวิชาการ"),
    ),
    Reply("อำเภอเทิง", note="โทรแล้วไม่รับ"),
)


def test_the_tally_tells_who_is_late_who_telephoned_and_whom_to_remind(home: Home) -> None:
    asked = ("อำเภอเทิง", "อำเภอพาน", "อำเภอแม่จัน", "อำเภอแม่สาย")
    paper = reply_tally(convened(replace(CHIANG_RAI, replies=REPLIES)), asked)
    assert texts(paper).strip().split("\n") == [
        (
            "เชิญ ๔ หน่วยงาน ตอบรับแล้ว ๒ หน่วยงาน เข้าร่วม ๑ หน่วยงาน ไม่เข้าร่วมแต่มอบหมายผู้แทน ๑ หน่วยงาน "
            "ไม่เข้าร่วม ๐ หน่วยงาน ตอบหลังกำหนด ๑ หน่วยงาน ตอบทางโทรศัพท์ ๑ หน่วยงาน"
        ),
        "ยังไม่ตอบรับ ต้องทวงถาม ๒ หน่วยงาน ได้แก่ อำเภอเทิง และอำเภอแม่สาย",
    ]
    rows = {row[1]: row[2:] for row in paper.blocks[-1].cells[1:]}
    assert rows["อำเภอแม่จัน"] == ("เข้าร่วม", "นายหนึ่ง ตัวอย่าง พัฒนาการอำเภอ", "๒๘ เมษายน ๒๕๖๘ แบบตอบรับ", "")
    assert rows["อำเภอพาน"][0] == "มอบหมายผู้แทน"
    assert rows["อำเภอพาน"][3] == "ตอบหลังกำหนด"
    assert rows["อำเภอเทิง"] == ("ยังไม่ตอบรับ", "", "", "ต้องทวงถาม โทรแล้วไม่รับ")
    assert rows["อำเภอแม่สาย"] == ("ยังไม่ตอบรับ", "", "", "ต้องทวงถาม")


def test_where_nobody_is_known_to_be_asked_the_tally_is_a_form_to_fill_in() -> None:
    (table,) = reply_tally(convened(CHIANG_RAI), ()).blocks
    assert [row[0] for row in table.cells[1:]] == ["๑", "๒", "๓", "๔", "๕", "๖"]


def test_the_sheet_to_sign_has_members_guests_and_room(home: Home) -> None:
    meeting = replace(CHIANG_RAI, members=MEMBERS, replies=REPLIES)
    (page,) = printed(home, [attendance_sheet(convened(meeting))])
    people = ("นายสมชายตัวอย่าง", "นายสมหมายสมมติ", "นางสาวมานีสมมติ", "นายหนึ่งตัวอย่าง", "นางสองสมมติ")
    assert [page.index(one) for one in people] == sorted(page.index(one) for one in people)


def test_spare_rows_of_the_sheet_to_sign_fill_the_page_that_is_begun_and_no_other(home: Home) -> None:
    """Few members leave room on their page; ten leave none, with whom guests stand on the next."""
    sheets = [
        attendance_sheet(convened(replace(CHIANG_RAI, members=MEMBERS[:1] + MEMBERS[1:2] * (n - 1))))
        for n in (2, 10, 11, 12, 13, 40)
    ]
    with pymupdf.open(stream=letter_pages.pdf(home, sheets)) as document:
        said = [page.get_text() for page in document]
        lowest = [max(block[3] for block in page.get_text("blocks")) for page in document]
    ends = [i for i, page in enumerate(said, 1) if i == len(said) or "บัญชีลงลายมือชื่อ" in said[i]]
    assert len(ends) == len(sheets)
    assert [i for i, page in enumerate(said, 1) if "ผู้เข้าร่วมประชุม" in page] == ends
    row, foot = 36, 842 - 57  # points
    assert [end for end in ends if not foot - row - 12 < lowest[end - 1] < foot] == []


def test_papers_name_the_substitute_named_in_advance_and_only_who_is_a_member_on_the_day(home: Home) -> None:
    chair, second, secretary = MEMBERS
    vice = Person("นายแทน ตัวอย่าง", "รองผู้ว่าราชการจังหวัด", "ศาลากลางจังหวัด")
    members = (
        replace(chair, substitute=vice),
        replace(second, substitute=Person("", "รองปลัดจังหวัด")),
        replace(secretary, until=date(2025, 4, 30)),
        Member(Person("นางต่อมา ตัวอย่าง", "พัฒนาการจังหวัดเชียงราย"), Role.SECRETARY, since=date(2025, 5, 1)),
    )
    absent = Reply(second.person.name, date(2025, 4, 20), attends=False)
    c = convened(replace(CHIANG_RAI, members=members, replies=(absent,)))
    invited = [one.person.name for one in c.meeting.composition]
    told: dict[Callable[[Convened], Paper], str] = {
        appointing_order: "๑. นายสมชาย ตัวอย่าง ผู้ว่าราชการจังหวัดเชียงราย หรือผู้แทน",
        invitation_of_members: "๑. ศาลากลางจังหวัด (นายแทน ตัวอย่าง รองผู้ว่าราชการจังหวัด แทน นายสมชาย ตัวอย่าง) "
        "๒. รองปลัดจังหวัด (แทน นายสมหมาย สมมติ)",
        reply_form: "นายสมหมาย สมมติ รองปลัดจังหวัด",
        attendance_sheet: "ประธานกรรมการ (ผู้แทน นายแทน ตัวอย่าง รองผู้ว่าราชการจังหวัด ศาลากลางจังหวัด)",
    }
    papers = [paper(c) for paper in told]
    for paper, said in zip(papers, told.values(), strict=True):
        (page,) = printed(home, [paper])
        assert squeezed(said) in page
        assert secretary.person.name.replace(" ", "") not in page
    rows = {row[1]: row[2:4] for row in reply_tally(c, invited).blocks[-1].cells[1:]}
    assert rows[chair.person.name] == (
        "ยังไม่ตอบรับ",
        "นายแทน ตัวอย่าง รองผู้ว่าราชการจังหวัด ศาลากลางจังหวัด (ผู้แทนที่แจ้งไว้ล่วงหน้า)",
    )
    assert rows[second.person.name] == ("ไม่เข้าร่วม", "รองปลัดจังหวัด (ผู้แทนที่แจ้งไว้ล่วงหน้า)")


KEY = "10000000-0000-4000-8000-000000000001"


@pytest.mark.parametrize("type_", tuple(ApplicantType))
def test_a_sheet_to_score_by_hand_asks_every_indicator_and_has_the_applicants_code(
    home: Home, type_: ApplicantType
) -> None:
    who = Examined(KEY, type_, "นายสมมติ ใจดี", "ตำบลป่าซาง หมู่ที่ 3 อำเภอแม่จัน")
    sheet = hand_score_sheet(convened(CHIANG_RAI), who, home.pack)
    pdf = letter_pages.pdf(home, [sheet])
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        said = squeezed("".join(page.get_text() for page in document))
        picture = document[0].get_pixmap(dpi=200)
    asked = home.pack.standard(type_).indicators
    assert [i.code for i in asked if i.code not in said] == []
    assert "นายสมมติใจดี" in said
    assert qr_reader.text_in(Image.frombytes("RGB", (picture.width, picture.height), picture.samples)) == KEY


def test_levels_of_quality_that_are_too_long_for_a_line_have_one_each(home: Home) -> None:
    who = Examined(KEY, ApplicantType.LEADER, "นายก ตัวอย่าง", "ตำบลตัวอย่าง")
    for pack, rows in ((home.pack, 1), (UNUSUAL["labels of 200 characters"], 5)):
        (levels,) = (
            one for one in hand_score_sheet(convened(CHIANG_RAI), who, pack).blocks if one.kind is Kind.COUNTS
        )
        assert len(levels.cells) == rows
        assert levels.cells[0][0] == "ระดับคุณภาพ"


def test_other_scripts_stand_no_higher_beside_an_offices_font_than_beside_ours(
    home: Home, tmp_path: Path
) -> None:
    """The official font is set half as large again, so that it is as wide as ours."""
    install("TH SarabunPSK", tmp_path / "fonts")
    papers = Papers(font_dir=tmp_path / "fonts", font_family="TH SarabunPSK")
    office = replace(home, settings=Settings(home=home.settings.home, papers=papers))
    paper = Paper("ก", Form.PLAIN, (Block(Kind.PARAGRAPH, "นาย ສົມ ဦးအောင်"),))
    sizes: list[dict[bool, float]] = []
    for one in (home, office):
        with pymupdf.open(stream=letter_pages.pdf(one, [paper])) as document:
            spans = [
                span
                for block in document[0].get_text("dict")["blocks"]
                for line in block["lines"]
                for span in line["spans"]
                if span["text"].strip()
            ]
        sizes.append({"Noto" in span["font"]: round(span["size"], 1) for span in spans})
    assert sizes == [{False: 10.5, True: 10.5}, {False: 16.0, True: 10.5}]


def people() -> st.SearchStrategy[Person]:
    return st.builds(Person, TEXT, TEXT, TEXT)


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=40) | st.sampled_from(
    TYPED
)
DAY = st.none() | st.dates(date(2024, 10, 1), date(2025, 9, 30))
LINES = st.lists(TEXT, max_size=3).map(tuple)
LETTERS = st.builds(Letter, TEXT, TEXT, DAY, TEXT, LINES, LINES, LINES, DAY, TEXT, LINES, LINES)
SIGNATORIES = st.builds(Signatory, TEXT, TEXT, LINES)
MEETINGS = st.builds(
    Meeting,
    level=st.sampled_from(Level),
    number=st.just("1/2568"),
    day=DAY,
    starts=st.sampled_from(("", "09:00")),
    ends=st.sampled_from(("", "14:30")),
    place=TEXT,
    committee=TEXT,
    appointment=st.builds(Appointment, TEXT, DAY, TEXT, LINES, LINES),
    members=st.lists(
        st.builds(Member, people(), st.sampled_from(Role), st.none() | people()), max_size=3
    ).map(tuple),
    letter=LETTERS,
    contact=st.builds(Contact, TEXT, TEXT, TEXT, TEXT, TEXT),
    signatory=SIGNATORIES,
    circular=LETTERS,
    memo=LETTERS,
    memo_by=SIGNATORIES,
    replies=st.lists(
        st.builds(
            Reply, TEXT, DAY, st.sampled_from(Channel), st.none() | st.booleans(), st.none() | people()
        ),
        max_size=3,
    ).map(tuple),
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(meeting=MEETINGS)
def test_whatever_a_meeting_says_every_paper_of_it_is_printed(home: Home, meeting: Meeting) -> None:
    c = convened(meeting, "แม่จัน" if meeting.level is Level.DISTRICT else "")
    who = Examined(KEY, ApplicantType.GROUP, meeting.place, meeting.contact.name)
    papers = (
        invitation(c),
        opening_circular(c, DAYS),
        covering_memo(c, COUNTS),
        appointing_order(c),
        districts_order(c),
        reply_form(c),
        reply_tally(c, ["อำเภอพาน"]),
        attendance_sheet(c),
        hand_score_sheet(c, who, home.pack),
    )
    for paper in papers:
        assert printed(home, [paper])


def with_garuda(home: Home, file: Path) -> Home:
    return replace(home, settings=Settings(home=home.settings.home, papers=Papers(garuda=file)))


def test_the_garuda_stands_on_official_papers_as_high_as_the_rules_of_correspondence_say(
    home: Home, tmp_path: Path
) -> None:
    Image.new("RGBA", (400, 400), (200, 30, 30, 90)).save(tmp_path / "garuda.png")
    own, c = with_garuda(home, tmp_path / "garuda.png"), convened(CHIANG_RAI)
    places = {
        "letter": (invitation(c), [9.5, 1.5, 12.5, 4.5]),
        "order": (appointing_order(c), [9.5, 1.5, 12.5, 4.5]),
        "memo": (covering_memo(c, COUNTS), [3.0, 1.9, 4.5, 3.4]),
    }
    for paper, edges in places.values():
        with pymupdf.open(stream=letter_pages.pdf(own, [paper])) as document:
            (box,) = [info["bbox"] for info in document[0].get_image_info()]
        assert [round(edge * 2.54 / 72, 1) for edge in box] == edges
    with pymupdf.open(stream=letter_pages.pdf(home, [invitation(c)])) as document:
        assert document[0].get_image_info() == [], "its place stays empty without one"


def test_a_garuda_that_cannot_be_printed_is_told_and_no_letter_goes_without(
    home: Home, tmp_path: Path
) -> None:
    Image.new("RGB", (353, 353)).save(tmp_path / "small.png")
    Image.new("RGB", (400, 400)).save(tmp_path / "other.gif")
    Image.effect_noise((400, 400), 90).save(tmp_path / "whole.png")
    (tmp_path / "cut.png").write_bytes((tmp_path / "whole.png").read_bytes()[:9_000])
    for name, said in (
        ("small.png", "354"),
        ("other.gif", "PNG"),
        ("cut.png", "PNG"),
        ("gone.png", "เปิดไม่ได้"),
    ):
        with pytest.raises(Terminal, match=r"papers\.garuda") as told:
            letter_pages.pdf(with_garuda(home, tmp_path / name), [invitation(convened(CHIANG_RAI))])
        assert said in told.value.th


def test_one_passage_in_own_words_leaves_the_others_as_they_are() -> None:
    own = OwnText(Passage.INVITATION_REQUEST, ("จึงเชิญ{คณะกรรมการ} {สิ่งที่ส่งมาด้วย}", "{{7*7}} #panic()"))
    standard = [block.text for block in invitation(convened(CHIANG_RAI)).blocks]
    written = [block.text for block in invitation(convened(replace(CHIANG_RAI, texts=(own,)))).blocks]
    assert (written[0], written[-1]) == (standard[0], standard[-1])
    assert written[1].endswith(f" จึงเชิญ{convened(CHIANG_RAI).committee} (สิ่งที่ส่งมาด้วย ๒)")
    assert written[2].startswith("{{๗*๗}} #panic() ทั้งนี้ ขอความกรุณาส่งแบบตอบรับ")
    whole = replace(CHIANG_RAI, texts=(own,), letter=replace(CHIANG_RAI.letter, paragraphs=("ใน{วันประชุม}",)))
    assert [b.text for b in invitation(convened(whole)).blocks] == ["ในวันพฤหัสบดีที่ ๑ พฤษภาคม ๒๕๖๘"]


@pytest.mark.parametrize("paper", Written)
def test_standard_words_name_only_what_is_filled_in(home: Home, paper: Written) -> None:
    for level in Level:
        texts = standard_texts(home, replace(CHIANG_RAI, level=level), paper)
        assert texts
        assert [wrong_field(one.paragraphs, paper) for one in texts] == [None] * len(texts)
