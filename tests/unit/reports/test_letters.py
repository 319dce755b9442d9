"""The papers before a meeting: what they say, and that whatever is typed prints as it is typed."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pymupdf
import pytest

from mochocho.settings.config import Settings
from mochocho.storage.home import Home, open_home
from processing.meetings.meeting import Appointment, Contact, Letter, Level, Meeting, Signatory
from reports.packet.assembly import occasion_of
from reports.single import letter_pages
from reports.view.blocks import Paper
from reports.view.letters.convened import Convened
from reports.view.letters.invitation import invitation
from reports.view.printed_words import Words

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
BARE = Meeting(Level.PROVINCE, "2/2568")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return open_home(Settings(home=tmp_path_factory.mktemp("letters") / "home"))


def convened(home: Home, meeting: Meeting, district: str = "") -> Convened:
    return Convened(meeting, occasion_of(home), district)


def texts(paper: Paper) -> str:
    """Everything that the paper's blocks say."""
    return "\n".join(block.text for block in paper.blocks)


def printed(home: Home, papers: Iterable[Paper]) -> list[str]:
    """The text of each page, without white space."""
    with pymupdf.open(stream=letter_pages.pdf(home, list(papers)), filetype="pdf") as document:
        return [re.sub(r"\s", "", page.get_text()) for page in document]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_the_invitation_has_the_parts_of_source_004_in_their_order(home: Home) -> None:
    page, *more = printed(home, [invitation(convened(home, CHIANG_RAI))])
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


def test_an_invitation_of_which_nothing_is_known_has_dots(home: Home) -> None:
    (page,) = printed(home, [invitation(convened(home, BARE))])
    assert "ครั้งที่๒/๒๕๖๘ในวัน............ที่.................." in page
    assert "(........" in page


def test_a_districts_letter_is_its_own(home: Home) -> None:
    page = printed(home, [invitation(convened(home, replace(BARE, level=Level.DISTRICT), "แม่จัน"))])[0]
    for said in ("ที่ว่าการอำเภอแม่จัน", "สำนักงานพัฒนาชุมชนอำเภอแม่จัน", "มาตรฐานการพัฒนาชุมชนอำเภอแม่จัน"):
        assert said in page
    assert "กลุ่มงานส่งเสริม" not in page


TYPED = ("{{7*7}}", '#panic("x")', "<w:br/>", "=1+1", "$x$ *a* _b_ @c", "น้ำ ปั้น ผู้ ที่ ทำ กำหนด")


def test_the_offices_own_words_replace_the_body_and_print_as_typed(home: Home) -> None:
    own = replace(CHIANG_RAI, letter=replace(CHIANG_RAI.letter, paragraphs=TYPED))
    arabic = replace(occasion_of(home), words=Words(thai_digits=False))
    paper = invitation(Convened(own, arabic))
    assert texts(paper).split("\n") == list(TYPED)
    assert "".join(map(squeezed, TYPED)) in printed(home, [paper])[0]


def test_a_page_that_goes_on_says_how_the_next_begins(home: Home) -> None:
    own = tuple(f"ข้อ {i} ขั้นส่งเสริมการเรียนรู้และพัฒนาตนเองของกลุ่มเป้าหมายในพื้นที่อำเภอและจังหวัด" for i in range(1, 45))
    letter = replace(CHIANG_RAI.letter, paragraphs=own)
    first, second, *_ = printed(home, [invitation(convened(home, replace(CHIANG_RAI, letter=letter)))])
    assert second.startswith("-๒-")
    catchword = first.rpartition("/")[2].removesuffix("...")
    assert len(catchword) > 8
    assert second.removeprefix("-๒-").startswith(catchword)


def test_two_letters_in_one_file_have_pages_of_their_own_and_no_catchword(home: Home) -> None:
    paper = invitation(convened(home, CHIANG_RAI))
    pages = printed(home, [paper, paper])
    assert len(pages) == 2
    assert pages[0] == pages[1]
    assert "..." not in pages[0]
