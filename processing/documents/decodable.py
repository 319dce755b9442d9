"""Can every file that has come be opened, and is it a picture or a PDF? (peers.md, faults 2-4, 10, 20)"""

from mochocho.words.model import Finding
from processing.documents.asked import Asked

# What measuring and `processing.decoding` may find -> what is the matter, and what to do.
PROBLEMS_TH = {
    "empty": "เป็นไฟล์ว่าง (0 ไบต์) ให้ถ่ายภาพใหม่",
    "heic": (
        "เป็นภาพชนิด HEIC ซึ่งเปิดไม่ได้ทั่วไป ให้ตั้งกล้องเป็น “เข้ากันได้มากที่สุด” หรือ JPEG "
        "(ไอโฟน: การตั้งค่า > กล้อง > รูปแบบ) แล้วถ่ายใหม่"
    ),
    "avif": "เป็นภาพชนิด AVIF ซึ่งเปิดไม่ได้ทั่วไป ให้ตั้งกล้องเป็น JPEG แล้วถ่ายใหม่ หรือบันทึกภาพนี้เป็น JPEG แล้วส่งใหม่",
    "jxl": "เป็นภาพชนิด JPEG XL ซึ่งเปิดไม่ได้ทั่วไป ให้ตั้งกล้องเป็น JPEG แล้วถ่ายใหม่ หรือบันทึกภาพนี้เป็น JPEG แล้วส่งใหม่",
    "video": "เป็นวิดีโอ ไม่ใช่ภาพนิ่ง ให้ถ่ายภาพนิ่งของเอกสารแล้วส่งใหม่",
    "unsupported": "ไม่ใช่ภาพถ่าย (JPEG, PNG, WEBP) หรือ PDF แม้ชื่อไฟล์จะบอกว่าใช่ ให้ถ่ายภาพเอกสารจากแอปแล้วส่งใหม่",
    "too_large": "ไฟล์ใหญ่เกินกำหนด ให้ถ่ายภาพใหม่ด้วยแอปโดยไม่ต้องย่อเอง",
    "too_many_pixels": "ภาพละเอียดเกินกำหนด ให้ลดความละเอียดของกล้องแล้วถ่ายใหม่",
    "truncated": "ไฟล์ขาดตอนท้าย ภาพไม่ครบ ให้ถ่ายภาพใหม่แล้วส่งอีกครั้ง",
    "damaged": "ไฟล์เสีย เปิดไม่ได้ ให้ถ่ายภาพใหม่แล้วส่งอีกครั้ง",
    "polyglot": "มีเนื้อหาอื่นแฝงอยู่ในไฟล์ภาพ ให้ถ่ายภาพเอกสารจากแอปแล้วส่งใหม่",
    "too_complex": "ไฟล์ซับซ้อนผิดปกติ เปิดตรวจไม่ได้ ให้ถ่ายภาพเอกสารจากแอปแล้วส่งใหม่",
    "encrypted": "เป็น PDF ที่ใส่รหัสไว้ ให้บันทึกใหม่โดยไม่ใส่รหัส หรือถ่ายภาพแทน",
    "active": "เป็น PDF ที่มีคำสั่งทำงานอัตโนมัติ ให้พิมพ์เป็น PDF ใหม่ หรือถ่ายภาพแทน",
    "attachment": "เป็น PDF ที่มีไฟล์อื่นแนบอยู่ข้างใน ให้พิมพ์เป็น PDF ใหม่ หรือถ่ายภาพแทน",
    "too_many_pages": "เป็น PDF ที่มีหน้ามากเกินกำหนด ให้ส่งเฉพาะหน้าที่เกี่ยวข้อง",
    "no_pages": "เป็น PDF ที่ไม่มีหน้า ให้ส่งไฟล์ใหม่ หรือถ่ายภาพแทน",
    "set_aside": (
        "ไฟล์นี้ทำให้โปรแกรมที่ใช้เปิดหยุดทำงาน 3 ครั้ง ระบบจึงเก็บไว้โดยไม่เปิดอีก ให้ถ่ายภาพเอกสารใหม่ด้วยแอปแล้วส่งอีกครั้ง"
    ),
    "not_measured": "ยังเปิดตรวจไม่ได้ในเครื่องนี้ ให้ผู้ดูแลระบบตรวจคลังไฟล์",
}


def problem_of(asked: Asked, place: int) -> str:
    """The problem of one page: '' when it can be shown or has not come yet."""
    page = asked.answer.pages[place]
    if page.sha256 is None:
        return ""
    measurement = asked.measurement(page)
    return "not_measured" if measurement is None else measurement.problem


def check(asked: Asked) -> list[Finding]:
    """One finding for each page that is here and cannot be read."""
    return [
        asked.finding(f"document.{problem}", f"{asked.page_words(place)}: {PROBLEMS_TH[problem]}", place)
        for place in range(len(asked.answer.pages))
        if (problem := problem_of(asked, place))
    ]
