"""Why documents are returned, in words that the field reads; own words beside them. Pure."""

from mochocho.words import thai

REASONS = (
    "ภาพไม่ชัด ขอให้ถ่ายใหม่ในที่สว่าง",
    "เห็นข้อความไม่ครบทั้งหน้า ขอให้ถ่ายใหม่ให้เห็นทั้งแผ่น",
    "เป็นเอกสารผิดประเภท",
    "เอกสารไม่ครบทุกหน้า",
    "ไม่มีมติหรือไม่มีลายมือชื่อ",
    "ขอให้ปิดช่องศาสนาและหมู่โลหิตก่อนถ่าย",
)

ORIGINAL_SEEN = "ตรวจสอบต้นฉบับแล้ว"
UNDONE = "เลิกทำทันทีในหน้าตรวจเอกสาร"


def reason_of(number: int | None, own: str) -> str:
    """The reason of this number (from 1; None or another = none is chosen), then the own words; '' = none."""
    chosen = REASONS[number - 1] if number is not None and 0 < number <= len(REASONS) else ""
    return " ".join(filter(None, (chosen, thai.normalise(own))))
