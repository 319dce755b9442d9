"""Findings about documents and files: requested, received, readable, sent later. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mochocho.words.model import Doubtful
from mochocho.words.sentences import Sentence
from processing.findings.entry import SAME, Entry, Wording, entry

_RULE = "C"
_SUPPLEMENT = "ให้ส่งด้วยแบบ “ส่งเอกสารเพิ่มเติม”"
_ONE_PAGE = "{document}{page:page}"
_REPLACED = "{document}: เอกสารถูกแทนที่หลังการวินิจฉัย"
_JUDGE_AGAIN = "ให้เปิดดูเอกสารที่มาใหม่ แล้วรับ ยกเว้น หรือส่งคืน"
_UNKNOWN_ANSWER = "คำตอบเรื่อง{document}คือ {answer:quoted} ซึ่งไม่มีในแบบฟอร์มของรอบนี้"
_NOT_BELIEVED = "แบบส่งเอกสารเพิ่มเติม: {what} {written:quoted} {doubt:doubt} จึงยังไม่นับวันที่นี้"


@dataclass(frozen=True, slots=True)
class FileProblem:
    """Why a file cannot be shown: the fact, what to do about it, and the field's words beside the document.

    `few` = '': nothing that the field could do.
    """

    said: Sentence
    mend: str
    few: str

    @property
    def th(self) -> str:
        """The office's sentence."""
        return f"{self.said.th} {self.mend}"


# The problems found by measuring and `processing.decoding` (peers.md, faults 2-4, 10, 20).
FILE_PROBLEMS: Mapping[str, FileProblem] = {
    "empty": FileProblem(Sentence("เป็นไฟล์ว่าง (0 ไบต์)", "is empty (0 bytes)"), "ให้ถ่ายภาพใหม่", "ไฟล์ว่าง"),
    "heic": FileProblem(
        Sentence("เป็นภาพชนิด HEIC ซึ่งเปิดไม่ได้ทั่วไป", "is a HEIC picture, which few programs open"),
        "ให้ตั้งกล้องเป็น “เข้ากันได้มากที่สุด” หรือ JPEG (ไอโฟน: การตั้งค่า > กล้อง > รูปแบบ) แล้วถ่ายใหม่",
        "ภาพชนิด HEIC ขอเป็น JPEG",
    ),
    "avif": FileProblem(
        Sentence("เป็นภาพชนิด AVIF ซึ่งเปิดไม่ได้ทั่วไป", "is an AVIF picture, which few programs open"),
        "ให้ตั้งกล้องเป็น JPEG แล้วถ่ายใหม่ หรือบันทึกภาพนี้เป็น JPEG แล้วส่งใหม่",
        "ภาพชนิด AVIF ขอเป็น JPEG",
    ),
    "jxl": FileProblem(
        Sentence("เป็นภาพชนิด JPEG XL ซึ่งเปิดไม่ได้ทั่วไป", "is a JPEG XL picture, which few programs open"),
        "ให้ตั้งกล้องเป็น JPEG แล้วถ่ายใหม่ หรือบันทึกภาพนี้เป็น JPEG แล้วส่งใหม่",
        "ภาพชนิด JPEG XL ขอเป็น JPEG",
    ),
    "video": FileProblem(
        Sentence("เป็นวิดีโอ ไม่ใช่ภาพนิ่ง", "is a video, not a picture"),
        "ให้ถ่ายภาพนิ่งของเอกสารแล้วส่งใหม่",
        "เป็นวิดีโอ ไม่ใช่ภาพนิ่ง",
    ),
    "unsupported": FileProblem(
        Sentence(
            "ไม่ใช่ภาพถ่าย (JPEG, PNG, WEBP) หรือ PDF แม้ชื่อไฟล์จะบอกว่าใช่",
            "is no picture (JPEG, PNG, WEBP) and no PDF, though its name says so",
        ),
        "ให้ถ่ายภาพเอกสารจากแอปแล้วส่งใหม่",
        "ไม่ใช่ภาพหรือ PDF",
    ),
    "too_large": FileProblem(
        Sentence("ไฟล์ใหญ่เกินกำหนด", "is too large"), "ให้ถ่ายภาพใหม่ด้วยแอปโดยไม่ต้องย่อเอง", "ไฟล์ใหญ่เกินกำหนด"
    ),
    "too_many_pixels": FileProblem(
        Sentence("ภาพละเอียดเกินกำหนด", "has too many pixels"),
        "ให้ลดความละเอียดของกล้องแล้วถ่ายใหม่",
        "ภาพละเอียดเกินกำหนด",
    ),
    "truncated": FileProblem(
        Sentence("ไฟล์ขาดตอนท้าย ภาพไม่ครบ", "lacks its end"), "ให้ถ่ายภาพใหม่แล้วส่งอีกครั้ง", "ไฟล์ขาดตอนท้าย"
    ),
    "damaged": FileProblem(
        Sentence("ไฟล์เสีย เปิดไม่ได้", "is damaged"), "ให้ถ่ายภาพใหม่แล้วส่งอีกครั้ง", "ไฟล์เสีย เปิดไม่ได้"
    ),
    "polyglot": FileProblem(
        Sentence("มีเนื้อหาอื่นแฝงอยู่ในไฟล์ภาพ", "has something else hidden in a picture"),
        "ให้ถ่ายภาพเอกสารจากแอปแล้วส่งใหม่",
        "มีเนื้อหาอื่นแฝงในไฟล์",
    ),
    "too_complex": FileProblem(
        Sentence("ไฟล์ซับซ้อนผิดปกติ เปิดตรวจไม่ได้", "is too complex to be opened"),
        "ให้ถ่ายภาพเอกสารจากแอปแล้วส่งใหม่",
        "ไฟล์ซับซ้อนผิดปกติ",
    ),
    "encrypted": FileProblem(
        Sentence("เป็น PDF ที่ใส่รหัสไว้", "is a PDF with a password"),
        "ให้บันทึกใหม่โดยไม่ใส่รหัส หรือถ่ายภาพแทน",
        "PDF ใส่รหัสไว้",
    ),
    "active": FileProblem(
        Sentence("เป็น PDF ที่มีคำสั่งทำงานอัตโนมัติ", "is a PDF with actions that run by themselves"),
        "ให้พิมพ์เป็น PDF ใหม่ หรือถ่ายภาพแทน",
        "PDF มีคำสั่งอัตโนมัติ",
    ),
    "form_action": FileProblem(
        Sentence(
            "เป็น PDF แบบฟอร์มที่มีปุ่มส่งข้อมูลออกหรือนำข้อมูลเข้า", "is a PDF form that sends data out or brings data in"
        ),
        "ให้พิมพ์เป็น PDF ใหม่ หรือถ่ายภาพแทน",
        "PDF มีปุ่มส่งข้อมูล",
    ),
    "attachment": FileProblem(
        Sentence("เป็น PDF ที่มีไฟล์อื่นแนบอยู่ข้างใน", "is a PDF with other files in it"),
        "ให้พิมพ์เป็น PDF ใหม่ หรือถ่ายภาพแทน",
        "PDF มีไฟล์อื่นแนบอยู่",
    ),
    "too_many_pages": FileProblem(
        Sentence("เป็น PDF ที่มีหน้ามากเกินกำหนด", "is a PDF with too many pages"),
        "ให้ส่งเฉพาะหน้าที่เกี่ยวข้อง",
        "PDF มีหน้ามากเกินกำหนด",
    ),
    "page_too_large": FileProblem(
        Sentence(
            "เป็น PDF ที่มีหน้ากว้างหรือยาวเกินกำหนด (5 เมตร)",
            "is a PDF with a page that is too wide or long (5 metres)",
        ),
        "ให้บันทึกใหม่เป็นขนาด A4 หรือถ่ายภาพแทน",
        "PDF มีหน้าใหญ่เกินกำหนด",
    ),
    "no_pages": FileProblem(
        Sentence("เป็น PDF ที่ไม่มีหน้า", "is a PDF without pages"), "ให้ส่งไฟล์ใหม่ หรือถ่ายภาพแทน", "ไม่มีภาพ"
    ),
    "set_aside": FileProblem(
        Sentence(
            "ไฟล์นี้ทำให้โปรแกรมที่ใช้เปิดหยุดทำงาน 3 ครั้ง ระบบจึงเก็บไว้โดยไม่เปิดอีก",
            "ended the program that opened it 3 times, and is kept unopened since",
        ),
        "ให้ถ่ายภาพเอกสารใหม่ด้วยแอปแล้วส่งอีกครั้ง",
        "ไฟล์ที่เปิดแล้วโปรแกรมหยุดทำงาน",
    ),
    "not_measured": FileProblem(
        Sentence("ยังเปิดตรวจไม่ได้ในเครื่องนี้", "could not be opened on this machine yet"),
        "ให้ผู้ดูแลระบบตรวจคลังไฟล์",
        "",
    ),
}


@dataclass(frozen=True, slots=True)
class Look:
    """What a picture may look like: its name, the words for what was measured, how a better one is taken."""

    name: str
    measured: str
    better: str


# In the order of `processing.photographs.all_looks`.
LOOKS: Mapping[Doubtful, Look] = {
    Doubtful.DARK: Look(
        "ภาพมืด",
        "ส่วนที่สว่างที่สุดมีความสว่าง {number} จาก 255 เกณฑ์ตั้งแต่ {threshold}",
        "ถ่ายใหม่ในที่สว่าง",
    ),
    Doubtful.BLURRED: Look(
        "ภาพไม่ชัด",
        "ความคมชัด {number} จาก 100 เกณฑ์ตั้งแต่ {threshold}",
        "ถือกล้องให้นิ่ง แตะจอที่ตัวหนังสือให้ชัดแล้วจึงถ่าย",
    ),
    Doubtful.BLANK: Look(
        "หน้าว่าง",
        "พบรอยเขียนหรือพิมพ์ {number} ใน 10,000 ส่วน เกณฑ์ตั้งแต่ {threshold}",
        "ถ่ายด้านที่มีข้อความ",
    ),
    Doubtful.BRIGHT: Look(
        "ภาพสว่างจ้า",
        "ส่วนที่เข้มที่สุดมีความสว่าง {number} จาก 255 เกณฑ์ไม่เกิน {threshold}",
        "ถ่ายใหม่โดยปิดแฟลชและไม่ให้แสงสะท้อน",
    ),
    Doubtful.SMALL: Look(
        "เอกสารในภาพเล็กเกินอ่าน",
        "ด้านยาวของกระดาษในภาพมี {number} จุด เกณฑ์ตั้งแต่ {threshold}",
        "ถ่ายใกล้ ๆ ให้กระดาษเต็มภาพ และไม่ย่อภาพ",
    ),
    Doubtful.SIDEWAYS: Look(
        "ภาพตะแคง",
        "ตัวหนังสือเรียงตามแนวตั้ง {number} ใน 100 ส่วน เกณฑ์น้อยกว่า {threshold}",
        "หมุนภาพให้อ่านได้แล้วส่งใหม่",
    ),
    Doubtful.UPSIDE_DOWN: Look(
        "ภาพกลับหัว",
        "รอยสระและวรรณยุกต์อยู่ใต้บรรทัด {number} ใน 100 ส่วน เกณฑ์น้อยกว่า {threshold}",
        "หมุนภาพให้อ่านได้แล้วส่งใหม่",
    ),
    Doubtful.CROPPED: Look(
        "ข้อความขาดที่ขอบภาพ",
        "ข้อความชิดขอบ {number} ใน 100 แห่ง เกณฑ์น้อยกว่า {threshold}",
        "ถ่ายให้เห็นกระดาษครบทั้งสี่ด้าน",
    ),
    Doubtful.SCREENSHOT: Look(
        "ภาพหน้าจอ",
        "มีลักษณะของภาพที่จับจากหน้าจอ {number} ใน 8 ข้อ เกณฑ์น้อยกว่า {threshold}",
        "ถ่ายภาพเอกสารตัวจริง",
    ),
    Doubtful.LONG: Look(
        "PDF หลายหน้า",
        "มี {number} หน้า ระบบเปิดดูเพียง {threshold} หน้าแรก",
        "ส่งเฉพาะหน้าที่เกี่ยวข้อง",
    ),
}


def _of_looks() -> Iterator[Entry]:
    """A person is asked; the field hears nothing before a person has returned the document."""
    for kind, look in LOOKS.items():
        office = f"{_ONE_PAGE}{{sheet:sheet}}: {look.name} ({look.measured}) {{where:place}}"
        mend = f"ให้เปิดดูภาพ แล้วรับหรือส่งคืนเอกสาร (ถ้าส่งคืน ให้ผู้ส่ง{look.better})"
        committee = f"{_ONE_PAGE}{{sheet:sheet}}: {look.name}"
        yield entry(f"document.looks_{kind}", _RULE, Wording(office, mend, committee))


_AGREED = "(จุดที่เหมือนกันน้อยที่สุดเหมือนกันร้อยละ {number} เกณฑ์ตั้งแต่ร้อยละ {threshold})"
_SAME_PAGE = f"{_ONE_PAGE}{{sheet:sheet}} น่าจะเป็นแผ่นเดียวกับ{{there}}{{page_there:page}}{{sheet_there:sheet}}"


def _same_page(whose: str) -> Wording:
    """A person is asked, as for what a picture looks like."""
    mend = "ให้เปิดดูทั้งสองภาพ แล้วรับหรือส่งคืนเอกสาร"
    return Wording(f"{_SAME_PAGE}{whose} {_AGREED}", mend, f"{_SAME_PAGE}{whose}")


def _of_document(said: str, mend: str, few: str = "", committee: str = "") -> Wording:
    return Wording(said, mend, committee, few, severity=None)


def _of_files() -> Iterator[Entry]:
    """Entries for each problem of a file: of a document's page, of evidence, of a photographed paper
    sheet.
    """
    for problem, why in FILE_PROBLEMS.items():
        page = _of_document(f"{_ONE_PAGE}: {why.said.th}", why.mend, why.few)
        whole = (_NO_PAGES,) if problem == "no_pages" else ()
        yield entry(f"document.{problem}", _RULE, *whole, page)
        yield entry(
            f"evidence.{problem}", "29", Wording(f"ภาพหลักฐานตัวบ่งชี้ {{indicator}}: {why.said.th}", why.mend)
        )
        yield entry(
            f"sheet.paper_{problem}",
            "29",
            Wording(f"ภาพแบบกระดาษที่{{who:assessor}}ลงลายมือชื่อ: {why.said.th}", why.mend),
        )


_NO_PAGES = _of_document("แจ้งว่าแนบ{document}แล้ว แต่ไม่มีภาพ", "ให้ถ่ายภาพเอกสารแล้วส่งใหม่", "ไม่มีภาพ")

DOCUMENTS: tuple[Entry, ...] = (
    entry("document.not_answered", _RULE, _of_document("ยังไม่ได้ตอบเรื่อง{document}", _SUPPLEMENT, "ยังไม่ได้ตอบ")),
    entry(
        "document.later",
        _RULE,
        _of_document("ยังไม่ได้ส่ง{document} (แจ้งว่าจะส่งภายหลัง)", _SUPPLEMENT, "แจ้งว่าจะส่งภายหลัง"),
    ),
    entry(
        "document.unknown_answer",
        _RULE,
        _of_document(_UNKNOWN_ANSWER, "ให้รับแบบฟอร์มฉบับล่าสุดแล้วตอบใหม่", "คำตอบไม่มีในแบบของรอบนี้"),
    ),
    entry(
        "document.signature_missing",
        _RULE,
        _of_document("{document}ยังไม่มีลายมือชื่อ", "ให้ลงลายมือชื่อบนจอหรือถ่ายภาพใบสมัครที่ลงนามแล้ว", "ยังไม่มีลายมือชื่อ"),
    ),
    entry(
        "document.not_waivable",
        _RULE,
        _of_document("{document}ยกเว้นไม่ได้ตามเกณฑ์ของรอบนี้", "ให้แนบเอกสาร", "ยกเว้นไม่ได้ในรอบนี้"),
    ),
    entry(
        "document.waiver_unnamed",
        _RULE,
        _of_document(
            "ยกเว้น{document}โดยไม่ระบุผู้ตรวจตัวจริง",
            "ให้ระบุชื่อผู้ที่ได้เห็นเอกสารตัวจริง",
            "ไม่ระบุชื่อผู้ที่เห็นตัวจริง",
        ),
    ),
    entry(
        "document.not_arrived",
        _RULE,
        _of_document(f"ภาพ{_ONE_PAGE}ยังมาไม่ถึง", "ให้เปิดโทรศัพท์ที่ใช้กรอกขณะมีสัญญาณแล้วส่งแบบฟอร์มนี้อีกครั้ง", "ยังมาไม่ถึง"),
    ),
    entry(
        "document.returned",
        "21",
        _of_document("{document}: {by:person}ส่งคืน เพราะ{reason}", _SUPPLEMENT, "ส่งคืน: {reason}"),
    ),
    entry(
        "document.replaced",
        "21",
        _of_document(
            f"{_REPLACED} ({{by:person}}ส่งคืนไว้ เพราะ{{returned}})", _JUDGE_AGAIN, committee=_REPLACED
        ),
        Wording(f"{_REPLACED} ({{by:person}}{{taken:taken}}ไว้)", _JUDGE_AGAIN, committee=_REPLACED),
    ),
    *_of_files(),
    *_of_looks(),
    entry(
        "document.same_page",
        _RULE,
        _same_page("ของผู้สมัครรายเดียวกัน"),
        _same_page(" ในใบสมัครของ{others:people}{more:more}"),
    ),
    entry(
        "portrait.not_a_picture",
        _RULE,
        _of_document(
            "{document}ต้องเป็นภาพถ่าย ไม่ใช่ PDF",
            "ให้ถ่ายภาพใหม่",
            "ต้องเป็นภาพถ่าย ไม่ใช่ PDF",
            committee="{document}เป็น PDF ไม่ใช่ภาพถ่าย",
        ),
    ),
    entry(
        "portrait.too_small",
        _RULE,
        Wording(
            "{document}มีขนาด {width}×{height} จุด เล็กกว่าที่พิมพ์ได้ชัด ({least_width}×{least_height} จุด)",
            "ควรถ่ายใหม่ให้ใกล้ขึ้น",
            field=SAME,
        ),
    ),
    entry(
        "document.shared_file",
        _RULE,
        Wording(
            "ภาพเอกสารนี้ซ้ำกับใบสมัครของ{others:people}{more:more}",
            "ให้ตรวจว่าแนบภาพถูกคน",
            field="มีภาพเอกสารซ้ำกับใบสมัครอื่น ขอให้ตรวจว่าแนบภาพถูกคน",
        ),
    ),
    entry(
        "evidence.not_arrived",
        "29",
        Wording("ภาพหลักฐานตัวบ่งชี้ {indicator}: ยังมาไม่ถึง", "ให้ส่งแบบให้คะแนนนี้อีกครั้งขณะมีสัญญาณ"),
    ),
    entry(
        "supplement.other_district",
        "21",
        Wording(
            "มีเอกสารเพิ่มเติมที่ส่งโดยเจ้าหน้าที่ของอำเภออื่น จึงเก็บไว้โดยยังไม่นำมารวม",
            "ให้เจ้าหน้าที่อำเภอของผู้สมัครตรวจและส่งใหม่",
            field=SAME,
        ),
    ),
    entry(
        "supplement.conflict",
        "",
        Wording(
            "เอกสารเพิ่มเติมถูกแก้ไขซ้อนกันสองทาง เก็บไว้ทั้งสองฉบับ",
            "ให้ตรวจว่าฉบับที่แสดงถูกต้อง",
            committee="เอกสารเพิ่มเติมถูกแก้ไขซ้อนกันสองทาง เก็บไว้ทั้งสองฉบับ และแสดงเพียงฉบับเดียว",
        ),
    ),
    entry(
        "supplement.unlikely_date",
        "",
        Wording(_NOT_BELIEVED, "{doubt:doubt_mend} แล้วแก้ไขวันและเวลาของโทรศัพท์"),
    ),
    entry(
        "supplement.clocks_disagree",
        "",
        Wording(
            "เอกสารเดียวกันส่งเพิ่มสองชุด ตามนาฬิกาของโทรศัพท์ชุดนี้เก่ากว่า แต่ส่งถึงทีหลัง จึงแสดงอีกชุดหนึ่ง",
            "ให้ตรวจว่าภาพที่แสดงเป็นชุดล่าสุด หากไม่ใช่ให้ส่งชุดนี้อีกครั้ง",
            committee=(
                "เอกสารเดียวกันส่งเพิ่มสองชุด ลำดับตามนาฬิกาของโทรศัพท์ไม่ตรงกับลำดับที่ส่งถึง "
                "จึงแสดงชุดที่ใหม่กว่าตามนาฬิกาของโทรศัพท์"
            ),
        ),
    ),
)
