"""The result of one check in both languages, and the checks' titles."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from mochocho.words.sentences import Sentence, plain

State = Literal["ok", "warn", "fail"]
NOTHING = plain("")

# Thai titles by stable name; sources and servers are shown by their key in both languages.
TITLES: Mapping[str, str] = {
    "address": "ที่อยู่ในคิวอาร์โค้ด",
    "backup": "การสำรองข้อมูล",
    "backup readers": "ผู้เปิดไฟล์สำรอง",
    "backup signer": "ผู้ลงนามไฟล์สำรอง",
    "erased list": "รายการที่ลบแล้ว",
    "broker": "Redis",
    "calendar": "วันกำหนดของรอบปี",
    "clock": "นาฬิกา",
    "clock and traces": "นาฬิกากับไฟล์เดิม",
    "clocks": "นาฬิกาตรงกัน",
    "committee": "คณะกรรมการ",
    "controller": "ผู้ควบคุมข้อมูล",
    "conveyor": "การหยิบงาน",
    "database": "ฐานข้อมูล",
    "disk": "ที่ว่างในดิสก์",
    "disk encryption": "การเข้ารหัสดิสก์",
    "emblem": "ตราบนเอกสาร",
    "firewall": "ไฟร์วอลล์",
    "folders": "โฟลเดอร์รับข้อมูล",
    "fonts": "แบบอักษร",
    "garuda": "ตราครุฑบนหนังสือ",
    "home": "โฟลเดอร์งาน",
    "log server": "เครื่องเก็บบันทึก",
    "meeting": "การประชุม",
    "network": "เครือข่าย",
    "origins": "ที่มาของเกณฑ์",
    "papers": "เอกสารการประชุม",
    "port": "พอร์ต",
    "province": "จังหวัด",
    "public_url": "ที่อยู่ให้โทรศัพท์เรียก",
    "python": "Python",
    "servers": "เซิร์ฟเวอร์",
    "settings": "ไฟล์ตั้งค่า",
    "shared folder": "โฟลเดอร์กลาง",
    "shared store": "ที่เก็บไฟล์กลาง",
    "standards": "เกณฑ์มาตรฐาน",
    "store": "ที่เก็บไฟล์",
    "time zone": "เขตเวลา",
    "way": "ทางจากโทรศัพท์",
    "workers": "ผู้ทำงาน",
}


@dataclass(frozen=True, slots=True)
class Check:
    """`fail` stops the work, `warn` is for a person to consider; `advice` says what to do.

    `name` is stable: one of TITLES, or the key of a source or a server (`folder:phone`, `kobo:south`).
    """

    name: str
    state: State
    found: Sentence
    advice: Sentence = NOTHING

    @property
    def title(self) -> Sentence:
        return Sentence(TITLES.get(self.name, self.name), self.name)
