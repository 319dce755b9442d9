"""What the endpoint tells an officer when something is wrong: one row per case, with its HTTP status.

Collect shows the sentence unchanged, so each says what happened, where the data is now, and what to do.
"""

from types import MappingProxyType
from typing import NamedTuple

from mochocho.words.errors import BadInput


class Problem(NamedTuple):
    status: int
    message_th: str


_SAFE = "ข้อมูลยังอยู่ในโทรศัพท์ครบ"
_KEPT = "จังหวัดเก็บชุดที่ส่งมานี้ไว้ตรวจสอบแล้ว"

PROBLEMS = MappingProxyType(
    {
        "token.unknown": Problem(
            403,
            f"รหัสของเครื่องนี้ใช้ไม่ได้หรือถูกยกเลิกแล้ว {_SAFE} ขอ QR ตั้งค่าใหม่จากเจ้าหน้าที่จังหวัด "
            "อย่าลบแอป อย่าเพิ่มโครงการ สแกนที่ Project management > Reconfigure with QR code แล้วส่งอีกครั้ง",
        ),
        "link.other": Problem(403, f"ลิงก์นี้ใช้ส่งแบบฟอร์มนี้หรือผู้สมัครรายนี้ไม่ได้ {_KEPT} ขอลิงก์ใหม่จากเจ้าหน้าที่"),
        "link.used": Problem(409, f"ลิงก์นี้ส่งไปแล้วหนึ่งครั้ง {_KEPT} ถ้าต้องส่งอีก ขอลิงก์ใหม่จากเจ้าหน้าที่"),
        "cycle.closed": Problem(
            403,
            f"รอบปีนี้ปิดรับข้อมูลแล้ว {_SAFE} ห้ามลบแอปหรือแบบฟอร์ม แจ้งเจ้าหน้าที่จังหวัดว่ามีแบบที่ยังไม่ได้ส่ง",
        ),
        "page.unknown": Problem(404, "ไม่พบที่อยู่นี้ในระบบ มชช. ตรวจที่อยู่เซิร์ฟเวอร์ในการตั้งค่า หรือสแกน QR ตั้งค่าอีกครั้ง"),
        "page.method": Problem(405, "ที่อยู่นี้ไม่รับคำขอแบบนี้ ใช้แอป ODK Collect ที่ตั้งค่าด้วย QR ของจังหวัด"),
        "request.malformed": Problem(400, f"คำขอจากเครื่องนี้อ่านไม่ได้ {_SAFE} ตรวจสัญญาณแล้วส่งอีกครั้ง"),
        "request.header_too_large": Problem(431, f"คำขอยาวเกินไป {_SAFE} แจ้งเจ้าหน้าที่จังหวัด"),
        "body.too_large": Problem(
            413, f"ไฟล์ที่ส่งใหญ่เกินที่ระบบรับได้ {_SAFE} ถ่ายภาพใหม่ให้ไฟล์เล็กลง (ไม่ใช้วิดีโอ) แล้วส่งอีกครั้ง"
        ),
        "officer.day_full": Problem(
            429, f"วันนี้เครื่องนี้ส่งครบปริมาณที่กำหนดแล้ว {_SAFE} ส่งใหม่วันพรุ่งนี้ หรือแจ้งเจ้าหน้าที่จังหวัด"
        ),
        "post.malformed": Problem(400, f"ข้อมูลมาไม่ครบหรือขาดระหว่างทาง {_SAFE} ตรวจสัญญาณแล้วส่งอีกครั้ง"),
        "post.no_xml": Problem(
            400, f"ไม่พบแบบฟอร์มในสิ่งที่ส่งมา {_SAFE} ส่งอีกครั้งด้วยแอป ODK Collect หรือแจ้งเจ้าหน้าที่จังหวัด"
        ),
        "post.two_xml": Problem(400, f"มีแบบฟอร์มมากกว่าหนึ่งชุดในการส่งครั้งเดียว {_KEPT} แจ้งเจ้าหน้าที่จังหวัด"),
        "post.field_too_large": Problem(413, f"มีช่องข้อมูลที่ยาวผิดปกติในสิ่งที่ส่งมา {_KEPT} แจ้งเจ้าหน้าที่จังหวัด"),
        "post.too_many_parts": Problem(413, f"จำนวนไฟล์ในการส่งครั้งเดียวมากเกินกำหนด {_KEPT} แจ้งเจ้าหน้าที่จังหวัด"),
        "instance.too_many_files": Problem(
            413, f"แบบฟอร์มชุดนี้มีไฟล์มากเกินกำหนด {_KEPT} ลดจำนวนภาพแล้วส่งเป็นชุดใหม่ หรือแจ้งเจ้าหน้าที่จังหวัด"
        ),
        "instance.too_large": Problem(
            413, f"ไฟล์ของแบบฟอร์มชุดนี้รวมกันใหญ่เกินกำหนด {_KEPT} ถ่ายภาพให้ไฟล์เล็กลง หรือแจ้งเจ้าหน้าที่จังหวัด"
        ),
        "form.unknown": Problem(
            404, f"ระบบไม่รู้จักแบบฟอร์มนี้ {_KEPT} ดาวน์โหลดแบบฟอร์มของจังหวัดใหม่ แล้วแจ้งเจ้าหน้าที่จังหวัด"
        ),
        "form.version_unknown": Problem(
            404, f"ระบบไม่รู้จักแบบฟอร์มรุ่นนี้ {_KEPT} ดาวน์โหลดแบบฟอร์มรุ่นล่าสุด แล้วแจ้งเจ้าหน้าที่จังหวัด"
        ),
        "submission.conflict": Problem(
            409, f"มีข้อมูลชุดนี้ในระบบแล้วแต่เนื้อหาไม่ตรงกัน {_KEPT}ทั้งสองชุด ห้ามลบในโทรศัพท์ และแจ้งเจ้าหน้าที่จังหวัด"
        ),
        "server.full": Problem(
            503, f"เครื่องแม่ข่ายบันทึกข้อมูลไม่ได้ในขณะนี้ (ที่เก็บข้อมูลอาจเต็ม) {_SAFE} แจ้งเจ้าหน้าที่จังหวัด แล้วส่งอีกครั้งภายหลัง"
        ),
        "server.failed": Problem(500, f"ระบบขัดข้อง {_SAFE} แจ้งเจ้าหน้าที่จังหวัด แล้วส่งอีกครั้งภายหลัง"),
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
    return BadInput(code, PROBLEMS[code].message_th)


def status_of(code: str) -> int:
    """The HTTP status of a code, of this table or of `sync.xform.parse`."""
    known = PROBLEMS.get(code)
    return known.status if known else _PARSE_STATUS.get(code, _DEFAULT_STATUS)
