"""Dossiers and แนบ ๔ of applicants with much, with little and with unusual names, as their pages are read."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pymupdf
import pytest

from mochocho.storage.files import Store
from mochocho.words.model import ApplicantType, AssessorMarks, Case, FileRef, GateState
from mochocho.words.places import Province
from reports.packet.volumes import books
from reports.typesetting.fonts import face
from reports.typesetting.printing import Printer, whole_names
from reports.typesetting.typesetter import Typesetter
from tests.torn_words import lines_of
from tests.unit.reports.bound_sheets import as_bound
from tests.unit.reports.made_cases import Cases, arranged, occasion, of, pack_of, photo
from tests.unit.reports.made_own_work import with_own_work

PROVINCE = Province.named("เชียงราย")
LEADER, GROUP, NETWORK, COMMUNITY = ApplicantType
LONG = "เครือข่ายองค์กรชุมชนเพื่อการอนุรักษ์ทรัพยากรธรรมชาติและสิ่งแวดล้อมลุ่มน้ำแม่ลาวตอนบน"
LAO = "ທ້າວ ສົມພອນ ແກ້ວມະນີວົງ"
PLAIN = "กลุ่มทอผ้าบ้านวังฝนแก้ว"
MANY = "ชุมชนบ้านห้วยหมอกขาว"
REFUSED = "นางสาวไม่ประสงค์ ให้ใช้ภาพ"
PLANNED = "นายตั้งใจ จะพัฒนา"
GAP = " ".join(["สมาชิกยังขาดทักษะการจัดทำบัญชีครัวเรือนและการวางแผนการผลิตร่วมกัน"] * 7)  # 500 letters, as a form takes
PHOTOS = 40
CORNERS = pytest.approx(7.6)  # points of their labels
A_THIRD = (2.5 + 25.2 / 3) / 29.7  # of the height of a page, from its top


class Read:
    """The pages of one dossier."""

    def __init__(self, pages: list[pymupdf.Page]) -> None:
        self.pages = pages

    @property
    def text(self) -> str:
        return bare("".join(page.get_text() for page in self.pages))

    @property
    def upright(self) -> list[pymupdf.Page]:
        return [page for page in self.pages if page.rect.height > page.rect.width]


def bare(text: str) -> str:
    return "".join(text.split())


def with_photos(case: Case, store: Store) -> Case:
    files = [FileRef(f"{no}.jpg", store.put(photo(("evidence", no), 400, 300))) for no in range(PHOTOS)]
    return replace(case, evidence=tuple(("C1.1.1", file) for file in files))


def with_three_assessors(case: Case) -> Case:
    scores = case.assessment.scores
    assert scores is not None
    points = tuple(one.points for one in scores.indicators)
    names = ("นางหนึ่ง ตรวจดี", "นายสอง ตรวจดี", "นางสาม ตรวจดี")
    marks = tuple(AssessorMarks(name, date(2025, 4, 2), points) for name in names)
    return replace(case, assessment=replace(case.assessment, scores=replace(scores, marks=marks)))


def with_minutes_as_pdf(case: Case, store: Store) -> Case:
    """Two pages, of which each is filled with its own grey."""
    minutes = pymupdf.open()
    for grey in (0.2, 0.6):
        page = minutes.new_page(width=595, height=842)
        page.draw_rect(page.rect, color=None, fill=(grey, grey, grey))
    file = FileRef("minutes.pdf", store.put(minutes.tobytes()))
    first, second, *others = case.assessment.verdicts
    verdicts = (first, replace(second, pages=(file,), sheets=(2,)), *others)
    return replace(case, assessment=replace(case.assessment, verdicts=verdicts))


def with_much_planned(case: Case) -> Case:
    """All that a plan and the last self-assessment may say, the gap as long as the form takes it."""
    own = with_own_work(case).own
    assert own.plan is not None
    first, *others = own.plan.items
    said = replace(first, gap=GAP, who="นางรู้ จริง", where="ศูนย์เรียนรู้บ้านวังฝน")
    plan = replace(own.plan, items=(said, *others), remarks="ขอปรับแผนหลังน้ำลด")
    *before, last = own.rounds
    results = tuple(replace(one, note="มีใบลงทะเบียน") for one in last.assessment.own)
    last = replace(last, assessment=replace(last.assessment, remarks="จะขยายผลไปหมู่ที่ 4", own=results))
    return replace(case, own=replace(own, plan=plan, rounds=(*before, last)))


def with_nothing(case: Case) -> Case:
    """Only its name is known, and that its district passed it."""
    application = replace(
        case.application, subdistrict="", village="", applied_on=None, documents={}, portrait=None
    )
    passed = tuple(gate for gate in case.assessment.gates if gate.state is GateState.PASSED)
    known = replace(case.assessment, verdicts=(), scores=None, gates=passed[-1:], resolutions=())
    return replace(
        case, application=application, assessment=known, evidence=(), remarks=(), masked_id="", sources=()
    )


@pytest.fixture(scope="module")
def typesetter(tmp_path_factory: pytest.TempPathFactory) -> Typesetter:
    folder = tmp_path_factory.mktemp("edges")
    return Typesetter(folder / "store", folder / "cache", face(None, ""), thai_digits=True)


@pytest.fixture(scope="module")
def cases(typesetter: Typesetter) -> list[Case]:
    store = Store(Path(typesetter.store))
    made = Cases(PROVINCE, store, pictures=3)
    refused = made.case("แม่จัน", LEADER, 3, named=REFUSED)
    return [
        made.case("แม่จัน", NETWORK, 1, named=LONG),
        made.case("แม่จัน", LEADER, 1, named=LAO),
        with_photos(made.case("แม่จัน", COMMUNITY, 1, named=MANY), store),
        with_nothing(made.case("แม่จัน", LEADER, 2, named="นายมีแต่ ชื่อ")),
        with_minutes_as_pdf(with_three_assessors(made.case("แม่จัน", GROUP, 1, named=PLAIN)), store),
        replace(refused, application=replace(refused.application, photo_consent=False)),
        with_much_planned(made.case("แม่จัน", LEADER, 4, named=PLANNED)),
    ]


@pytest.fixture(scope="module")
def papers(typesetter: Typesetter, cases: list[Case]) -> dict[str, pymupdf.Document]:
    printer = Printer(typesetter, whole_names(PROVINCE))
    groups = arranged(cases, PROVINCE, ("พาน", "แม่จัน"))
    found: dict[str, pymupdf.Document] = {}
    for part in books(groups, pack_of, occasion(), None)[0].parts:
        if part.paper in ("names", "order", "dossier"):
            sheet = printer.sheet(part, of(cases, part.keys))
            with as_bound(typesetter, sheet) as document:
                found.setdefault(part.paper, pymupdf.open()).insert_pdf(document)
    return found


@pytest.fixture(scope="module")
def read(papers: dict[str, pymupdf.Document]) -> dict[str, Read]:
    """Each dossier by the name at its top."""
    return {_name(own[0]): Read(own) for own in _dossiers(papers["dossier"])}


def _dossiers(document: pymupdf.Document) -> Iterator[list[pymupdf.Page]]:
    own: list[pymupdf.Page] = []
    for page in document:
        if own and re.search(r"[๐-๙]+-๑\n", page.get_text()):
            yield own
            own = []
        own.append(page)
    yield own


def _name(page: pymupdf.Page) -> str:
    spans = [s for b in page.get_text("dict")["blocks"] for line in b.get("lines", ()) for s in line["spans"]]
    large = max(span["size"] for span in spans if span["bbox"][1] < 150)
    return bare("".join(span["text"] for span in spans if span["size"] == large and span["bbox"][1] < 150))


@pytest.mark.parametrize("name", [LONG, LAO, PLAIN, MANY])
def test_a_name_stands_whole_on_its_dossier_and_in_the_list(
    read: dict[str, Read], papers: dict[str, pymupdf.Document], name: str
) -> None:
    assert bare(name) in read[bare(name)].text
    listed = papers["names"][0]
    assert bare(name) in bare(listed.get_text())
    words = listed.get_text("words")
    assert all(listed.rect.contains(pymupdf.Rect(word[:4])) for word in words)


def test_a_column_of_names_ends_its_lines_between_parts_and_a_long_part_between_words(
    papers: dict[str, pymupdf.Document],
) -> None:
    lines = papers["names"][0].get_text().split("\n")
    assert any(line.endswith("เพื่อการอนุรักษ์") for line in lines)
    for part in ("ทรัพยากรธรรมชาติ", "และสิ่งแวดล้อม", "ลุ่มน้ำแม่ลาวตอนบน", "บ้านวังฝนแก้ว", "บ้านห้วยหมอกขาว"):
        assert any(part in line for line in lines)


def test_forty_photos_are_all_shown_none_over_another_and_each_with_its_caption(
    read: dict[str, Read],
) -> None:
    dossier = read[bare(MANY)]
    shown = [
        (page.number, pymupdf.Rect(one["bbox"]))
        for page in dossier.upright
        for one in page.get_image_info()
        if (one["width"], one["height"]) == (400, 300)
    ]
    assert len(shown) == PHOTOS + 1  # the first is also the scene at the top
    for no, (page, box) in enumerate(shown):
        assert not any(page == other and box.intersects(it) for other, it in shown[no + 1 :])
    assert dossier.text.count("C1.1.1") >= PHOTOS


def test_an_applicant_with_nothing_but_a_name_says_so_everywhere_on_one_sheet_of_paper(
    read: dict[str, Read],
) -> None:
    dossier = read["นายมีแต่ชื่อ"]
    assert len(dossier.pages) <= 2
    for said in (
        *("ผลการประเมินตามตัวบ่งชี้:ยังไม่มีข้อมูล", "มติระดับอำเภอยังไม่มีข้อมูล", "ไม่มีรูปถ่าย", "ไม่มีข้อตรวจพบ"),
        *("พื้นที่อำเภอแม่จัน", "วันที่สมัคร-", "ไม่ได้ตอบ"),
    ):
        assert said in dossier.text


def test_three_assessors_have_a_column_each_beside_what_was_agreed(read: dict[str, Read]) -> None:
    text = read[bare(PLAIN)].text
    assert "เต็มคนที่๑คนที่๒คนที่๓ได้ผล" in text
    assert "นางหนึ่งตรวจดี(คนที่๑ตรวจวันที่๒เมษายน๒๕๖๘)" in text


def test_what_a_plan_and_self_assessments_say_is_told_below_each_target(read: dict[str, Read]) -> None:
    text = read[bare(PLANNED)].text
    for said in (
        f"สิ่งที่ยังขาด{bare(GAP)}วิธีพัฒนาอบรมกำหนดเวลาม.ค.ผู้รู้หรือหน่วยงานนางรู้จริงแหล่งเรียนรู้ศูนย์เรียนรู้บ้านวังฝนหลักฐานที่จะเก็บใบลงทะเบียน",
        "หลักฐานหรือปัญหาหลังพัฒนามีใบลงทะเบียน",
        *("หมายเหตุ:ขอปรับแผนหลังน้ำลด", "สรุปผลและสิ่งที่จะทำต่อ(หลังพัฒนา):จะขยายผลไปหมู่ที่๔"),
    ):
        assert said in text
    assert not any("สิ่งที่ยังขาด" in dossier.text for name, dossier in read.items() if name != bare(PLANNED))


def test_where_the_photo_may_not_be_used_there_is_none_and_the_committee_is_told(
    read: dict[str, Read],
) -> None:
    dossier = read[bare(REFUSED)]
    for said in ("ไม่ยินยอมให้พิมพ์ภาพถ่าย", "ความยินยอมไม่ยินยอมให้ใช้ภาพถ่าย"):
        assert said in dossier.text
    assert "ภาพประกอบการตรวจประเมิน" not in dossier.text
    assert dossier.upright[0].get_image_info() == [
        one for one in dossier.upright[0].get_image_info() if one["width"] == one["height"]
    ]


def test_a_district_with_nobody_has_a_row_of_noughts_and_no_heading_in_the_list(
    papers: dict[str, pymupdf.Document],
) -> None:
    assert re.search(r"-พาน๐๐๐๐๐", bare(papers["order"][0].get_text()))
    assert "อำเภอพาน" not in papers["names"][0].get_text()
    assert "อำเภอแม่จัน" in papers["names"][0].get_text()


def test_a_corner_of_the_chart_is_called_by_its_code_and_its_first_word(read: dict[str, Read]) -> None:
    pages = [page for dossier in read.values() for page in dossier.upright]
    said = [line.text.strip() for page in pages for line in lines_of(page) if line.size == CORNERS]
    assert {"L1.4 การวางแผนพัฒนา", "ตนเอง"} <= set(said), "the label goes on in a second line"
    assert [line for line in said if re.fullmatch(r"[A-Z][1-9.]*|[๐-๙]+", line)] == []


def test_no_dossier_ends_on_a_page_that_is_less_than_a_third_full(read: dict[str, Read]) -> None:
    for dossier in read.values():
        last = dossier.upright[-1]
        ends = max(
            *(block[3] for block in last.get_text("blocks")),
            *(one["bbox"][3] for one in last.get_image_info()),
            0,
        )
        assert len(dossier.upright) == 1 or ends / last.rect.height > A_THIRD - 0.02


def test_pages_of_documents_fill_half_a_sheet_each_and_print_of_ten_points_stays_above_five(
    read: dict[str, Read],
) -> None:
    sheets = [page for dossier in read.values() for page in dossier.pages if page not in dossier.upright]
    boxes = [pymupdf.Rect(one["bbox"]) for page in sheets for one in page.get_image_info()]
    assert boxes
    a4 = 595  # points: what a page of a document is wide
    assert all(10 * box.width / a4 > 5 for box in boxes)
    assert all(len(page.get_image_info()) <= 2 for page in sheets)


def test_each_page_of_a_pdf_is_drawn_large(read: dict[str, Read]) -> None:
    dossier = read[bare(PLAIN)]
    assert "ที่มีมติสมัครหน้า๑" in dossier.text
    (sheet,) = (page for page in dossier.pages if "ที่มีมติสมัครหน้า๑" in bare(page.get_text()))
    greys = []
    for box in sorted((pymupdf.Rect(one["bbox"]) for one in sheet.get_image_info()), key=lambda it: it.x0):
        assert box.height > 450  # points: a sheet on its side is 595 high
        middle = pymupdf.Rect(box.x0 + 60, box.y0 + 60, box.x1 - 60, box.y1 - 60)
        greys.append(sheet.get_pixmap(clip=middle).pixel(20, 20)[0])
    assert greys == pytest.approx([0.2 * 255, 0.6 * 255], abs=6)
