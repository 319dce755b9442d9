"""What the endpoint tells an officer when something is wrong: one row per case, with its HTTP status.

Collect shows the Thai sentence unchanged, so each says what happened, where the data is now, and what to do.
The English one is for logs.
"""

from types import MappingProxyType
from typing import NamedTuple

from mochocho.words.errors import BadInput
from mochocho.words.sentences import Sentence


class Problem(NamedTuple):
    status: int
    message_th: str
    message_en: str


_SAFE = Sentence("ข้อมูลยังอยู่ในโทรศัพท์ครบ", "the phone still holds everything")
_KEPT = Sentence("จังหวัดเก็บชุดที่ส่งมานี้ไว้ตรวจสอบแล้ว", "the province keeps what was sent, to look at it")

PROBLEMS = MappingProxyType(
    {
        "token.unknown": Problem(
            403,
            f"รหัสของเครื่องนี้ใช้ไม่ได้หรือถูกยกเลิกแล้ว {_SAFE.th} ขอ QR ตั้งค่าใหม่จากเจ้าหน้าที่จังหวัด "
            "อย่าลบแอป อย่าเพิ่มโครงการ สแกนที่ Project management > Reconfigure with QR code แล้วส่งอีกครั้ง",
            f"the token of this phone is unknown or revoked; {_SAFE.en}; ask the province for a new QR "
            "code, keep the app and its project, scan it at Project management > Reconfigure with QR "
            "code, and send again",
        ),
        "link.other": Problem(
            403,
            f"ลิงก์นี้ใช้ส่งแบบฟอร์มนี้หรือผู้สมัครรายนี้ไม่ได้ {_KEPT.th} ขอลิงก์ใหม่จากเจ้าหน้าที่",
            f"this link is for another form or applicant; {_KEPT.en}; ask the province for a new link",
        ),
        "link.used": Problem(
            409,
            f"ลิงก์นี้ส่งไปแล้วหนึ่งครั้ง {_KEPT.th} ถ้าต้องส่งอีก ขอลิงก์ใหม่จากเจ้าหน้าที่",
            f"this link was used once; {_KEPT.en}; ask the province for a new link to send again",
        ),
        "cycle.closed": Problem(
            403,
            f"รอบปีนี้ปิดรับข้อมูลแล้ว {_SAFE.th} ห้ามลบแอปหรือแบบฟอร์ม แจ้งเจ้าหน้าที่จังหวัดว่ามีแบบที่ยังไม่ได้ส่ง",
            f"this year takes no more data; {_SAFE.en}; keep the app and the forms, and tell the province "
            "that forms were not sent",
        ),
        "page.unknown": Problem(
            404,
            "ไม่พบที่อยู่นี้ในระบบ มชช. ตรวจที่อยู่เซิร์ฟเวอร์ในการตั้งค่า หรือสแกน QR ตั้งค่าอีกครั้ง",
            "nothing is at this address; check the server in the settings, or scan the QR code again",
        ),
        "page.method": Problem(
            405,
            "ที่อยู่นี้ไม่รับคำขอแบบนี้ ใช้แอป ODK Collect ที่ตั้งค่าด้วย QR ของจังหวัด",
            "this address takes no such request; use ODK Collect, set up by the province's QR code",
        ),
        "request.malformed": Problem(
            400,
            f"คำขอจากเครื่องนี้อ่านไม่ได้ {_SAFE.th} ตรวจสัญญาณแล้วส่งอีกครั้ง",
            f"the request cannot be read; {_SAFE.en}; check the signal and send again",
        ),
        "request.header_too_large": Problem(
            431,
            f"คำขอยาวเกินไป {_SAFE.th} แจ้งเจ้าหน้าที่จังหวัด",
            f"the request is too long; {_SAFE.en}; tell the province",
        ),
        "body.too_large": Problem(
            413,
            f"ไฟล์ที่ส่งใหญ่เกินที่ระบบรับได้ {_SAFE.th} ถ่ายภาพใหม่ให้ไฟล์เล็กลง (ไม่ใช้วิดีโอ) แล้วส่งอีกครั้ง",
            f"a file is too large to be received; {_SAFE.en}; take a smaller picture, no video, and send "
            "again",
        ),
        "officer.day_full": Problem(
            429,
            f"วันนี้เครื่องนี้ส่งครบปริมาณที่กำหนดแล้ว {_SAFE.th} ส่งใหม่วันพรุ่งนี้ หรือแจ้งเจ้าหน้าที่จังหวัด",
            f"this phone sent as much as a day allows; {_SAFE.en}; send again tomorrow, or tell the province",
        ),
        "post.malformed": Problem(
            400,
            f"ข้อมูลมาไม่ครบหรือขาดระหว่างทาง {_SAFE.th} ตรวจสัญญาณแล้วส่งอีกครั้ง",
            f"not all of it came; {_SAFE.en}; check the signal and send again",
        ),
        "post.no_xml": Problem(
            400,
            f"ไม่พบแบบฟอร์มในสิ่งที่ส่งมา {_SAFE.th} ส่งอีกครั้งด้วยแอป ODK Collect หรือแจ้งเจ้าหน้าที่จังหวัด",
            f"there is no form in what was sent; {_SAFE.en}; send it again with ODK Collect, or tell the "
            "province",
        ),
        "post.two_xml": Problem(
            400,
            f"มีแบบฟอร์มมากกว่าหนึ่งชุดในการส่งครั้งเดียว {_KEPT.th} แจ้งเจ้าหน้าที่จังหวัด",
            f"more than one form was sent at once; {_KEPT.en}; tell the province",
        ),
        "post.field_too_large": Problem(
            413,
            f"มีช่องข้อมูลที่ยาวผิดปกติในสิ่งที่ส่งมา {_KEPT.th} แจ้งเจ้าหน้าที่จังหวัด",
            f"a field of what was sent is too long; {_KEPT.en}; tell the province",
        ),
        "post.too_many_parts": Problem(
            413,
            f"จำนวนไฟล์ในการส่งครั้งเดียวมากเกินกำหนด {_KEPT.th} แจ้งเจ้าหน้าที่จังหวัด",
            f"too many files were sent at once; {_KEPT.en}; tell the province",
        ),
        "instance.too_many_files": Problem(
            413,
            f"แบบฟอร์มชุดนี้มีไฟล์มากเกินกำหนด {_KEPT.th} ลดจำนวนภาพแล้วส่งเป็นชุดใหม่ หรือแจ้งเจ้าหน้าที่จังหวัด",
            f"the form has too many files; {_KEPT.en}; send it as a new one with fewer pictures, or tell "
            "the province",
        ),
        "instance.too_large": Problem(
            413,
            f"ไฟล์ของแบบฟอร์มชุดนี้รวมกันใหญ่เกินกำหนด {_KEPT.th} ถ่ายภาพให้ไฟล์เล็กลง หรือแจ้งเจ้าหน้าที่จังหวัด",
            f"the files of the form are too large together; {_KEPT.en}; take smaller pictures, or tell the "
            "province",
        ),
        "form.unknown": Problem(
            404,
            f"ระบบไม่รู้จักแบบฟอร์มนี้ {_KEPT.th} ดาวน์โหลดแบบฟอร์มของจังหวัดใหม่ แล้วแจ้งเจ้าหน้าที่จังหวัด",
            f"this form is not known here; {_KEPT.en}; fetch the province's form anew and tell the province",
        ),
        "form.version_unknown": Problem(
            404,
            f"ระบบไม่รู้จักแบบฟอร์มรุ่นนี้ {_KEPT.th} ดาวน์โหลดแบบฟอร์มรุ่นล่าสุด แล้วแจ้งเจ้าหน้าที่จังหวัด",
            f"this version of the form is not known here; {_KEPT.en}; fetch the newest one and tell the "
            "province",
        ),
        "submission.conflict": Problem(
            409,
            f"มีข้อมูลชุดนี้ในระบบแล้วแต่เนื้อหาไม่ตรงกัน {_KEPT.th}ทั้งสองชุด ห้ามลบในโทรศัพท์ และแจ้งเจ้าหน้าที่จังหวัด",
            "a form of the same instanceID came before with other content; both are kept by the province; "
            "delete nothing on the phone and tell the province",
        ),
        "server.full": Problem(
            503,
            f"เครื่องแม่ข่ายบันทึกข้อมูลไม่ได้ในขณะนี้ (ที่เก็บข้อมูลอาจเต็ม) {_SAFE.th} แจ้งเจ้าหน้าที่จังหวัด แล้วส่งอีกครั้งภายหลัง",
            f"the server cannot store anything now (its disk may be full); {_SAFE.en}; tell the province "
            "and send again later",
        ),
        "server.failed": Problem(
            500,
            f"ระบบขัดข้อง {_SAFE.th} แจ้งเจ้าหน้าที่จังหวัด แล้วส่งอีกครั้งภายหลัง",
            f"the server failed; {_SAFE.en}; tell the province and send again later",
        ),
    }
)

# Sentences of `sync.xform.parse` are defined there; what it refuses is the sender's fault.
_PARSE_STATUS = {"xml.too_large": 413}
_DEFAULT_STATUS = 400

# Shown when an officer's address is opened in a browser.
READY = "พร้อมรับข้อมูล"
READY_MEANS = (
    "โทรศัพท์หรือคอมพิวเตอร์เครื่องนี้ติดต่อเครื่องรับข้อมูล มชช. ของจังหวัดได้ และรหัสในที่อยู่นี้ยังใช้ได้",
    "การกรอกและส่งแบบฟอร์มทำในแอป ODK Collect ที่ตั้งค่าด้วย QR ของจังหวัด ไม่ใช่ในหน้านี้",
    "ที่อยู่นี้มีรหัสประจำตัวเจ้าหน้าที่อยู่ด้วย อย่าส่งต่อหรือถ่ายภาพให้ผู้อื่น",
)
NOT_READY = "ใช้ที่อยู่นี้ไม่ได้"

RECEIVED = "ได้รับข้อมูลแล้ว ขอบคุณ"
RECEIVED_PART = "ได้รับข้อมูลส่วนนี้แล้ว กำลังรอไฟล์ที่เหลือ"
RECEIVED_AGAIN = "ได้รับข้อมูลชุดนี้ไว้แล้ว"


def problem(code: str) -> BadInput:
    """The error to raise for `code`, one of PROBLEMS."""
    known = PROBLEMS[code]
    return BadInput(code, known.message_th, known.message_en)


def status_of(code: str) -> int:
    """The HTTP status of a code, of this table or of `sync.xform.parse`."""
    known = PROBLEMS.get(code)
    return known.status if known else _PARSE_STATUS.get(code, _DEFAULT_STATUS)
