"""The words of drop-down lists, and other words that people write for them. Pure."""

from collections.abc import Mapping
from typing import Any

from mochocho.words.model import ApplicantType, Gate

Words = Mapping[Any, tuple[str, ...]]  # value -> the word shown, then other words accepted

TYPES: Words = {
    ApplicantType.LEADER: ("ผู้นำชุมชน", "ผู้นำ", "leader"),
    ApplicantType.GROUP: (
        "กลุ่ม/องค์กรชุมชน",
        "กลุ่ม",
        "กลุ่มองค์กรชุมชน",
        "กลุ่ม/องค์การชุมชน",
        "กลุ่มชุมชน",
        "group",
    ),
    ApplicantType.NETWORK: ("เครือข่ายองค์กรชุมชน", "เครือข่าย", "เครือข่ายชุมชน", "network"),
    ApplicantType.COMMUNITY: ("ชุมชน", "หมู่บ้าน", "community"),
}
YES_NO: Words = {
    True: ("ใช่", "yes", "true", "y", "1", "✓", "✔", "มี"),
    False: ("ไม่ใช่", "ไม่", "no", "false", "n", "0", "ไม่มี", "-"),
}
CONFIDENCE: Words = {
    "official": ("ตามเอกสาร", "official", "ทางการ"),
    "reconstructed": ("เรียบเรียงเอง", "reconstructed", "สมมุติ"),
}
KINDS: Words = {
    "count": ("นับจำนวน", "จำนวน", "count"),
    "percent": ("ร้อยละ", "%", "เปอร์เซ็นต์", "percent"),
    "yes_no": ("มี/ไม่มี", "ใช่/ไม่ใช่", "yes_no"),
    "rubric": ("ระดับ 1-5", "ระดับ", "ระดับ1–5", "rubric"),
}
CHECKS: Words = {
    "duration_months": ("จำนวนเดือน", "duration_months"),
    "declaration": ("เจ้าหน้าที่รับรอง", "รับรอง", "declaration"),
    "choice": ("เลือกหนึ่งข้อ", "เลือก", "choice"),
    "resolution": ("มีมติ", "มติ", "resolution"),
}
CAPTURES: Words = {
    "signed_form": ("ใบสมัครที่ลงลายมือชื่อ", "ใบสมัคร", "signed_form"),
    "portrait": ("รูปถ่ายรูปเดียว", "รูปถ่าย", "portrait"),
    "pages": ("ถ่ายทีละหน้า", "pages"),
}
ATTENDANCE: Words = {
    "together": ("รวมทุกครั้ง", "together", "รวม"),
    "each": ("ทุกครั้งต้องถึง", "each", "รายครั้ง"),
}
JUSTIFY: Words = {
    "none": ("ไม่ต้อง", "none", "ไม่", "-"),
    "always": ("ทุกครั้ง", "always"),
    "extremes": ("เมื่อได้ต่ำสุดหรือสูงสุด", "extremes"),
}
RECONCILING: Words = {
    "mean": ("ค่าเฉลี่ย", "เฉลี่ย", "mean"),
    "median": ("ค่ามัธยฐาน", "มัธยฐาน", "median"),
    "chair": ("คะแนนของประธาน", "ประธาน", "chair"),
}
LEVELS: Words = {n: (str(n),) for n in range(1, 6)}
GATES: Words = {gate: (gate.value,) for gate in Gate}
