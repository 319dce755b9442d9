"""The words of the officers' phone papers: the setup sheet in five steps, and the sealed sheet. Pure.

Buttons have the names of ODK Collect v2026.3: in English before the QR code is read, then in its Thai
translation, and in English where that is missing.
"""

from dataclasses import dataclass
from typing import Literal

from reports.view.applicant_names import Name
from reports.view.printed_words import Words, enumerated

CONFIGURE, BY_HAND = "Configure with QR code", "Manually enter project details"
SCAN = "Scan configuration QR code"
START, READY, SENT = "สร้างแบบสำรวจใหม่", "แบบฟอร์มพร้อมส่ง", "แบบสำรวจที่ส่งแล้ว"
DRAFT, SEND, FINALIZE = "บันทึกเป็นฉบับร่าง", "ส่งแบบสำรวจ", "Finalize"
RECONFIGURE = "การตั้งค่า > Project management > Reconfigure with QR code"
SHOP, APP = "Google Play", "ODK Collect"

MOST_DISTRICTS = 4  # named in the text; more are only counted

NETWORK = {
    "hotspot": "ต่อ Wi-Fi ที่เครื่องรับข้อมูลของสำนักงานเปิดไว้ (ฮอตสปอต) ถ้าโทรศัพท์เตือนว่าไม่มีอินเทอร์เน็ต ให้เลือกใช้ต่อไป",
    "name": (
        "ต่อ Wi-Fi ของสำนักงาน วงเดียวกับเครื่องรับข้อมูล ใช้ Android 12 ขึ้นไปที่อัปเดตแล้ว และปิด DNS ส่วนตัว (Private DNS)"
    ),
    "address": "ต่อ Wi-Fi ของสำนักงาน วงเดียวกับเครื่องรับข้อมูล",
    "internet": "ใช้อินเทอร์เน็ตของโทรศัพท์ หรือ Wi-Fi ใดก็ได้",
    "machine": "ที่อยู่ของเครื่องรับข้อมูลยังเรียกจากโทรศัพท์ไม่ได้ แจ้งเจ้าหน้าที่จังหวัดก่อน",
}
LEAVES = {
    "wifi_only": "แบบจะออกไปเองเมื่อโทรศัพท์ต่อ Wi-Fi",
    "cellular_only": "แบบจะออกไปเองเมื่อมีสัญญาณมือถือ",
    "wifi_and_cellular": "แบบจะออกไปเองเมื่อมีสัญญาณ",
    "off": f"แล้วเปิด {READY} เลือกแบบและแตะส่ง",
}


@dataclass(frozen=True, slots=True)
class Posting:
    """An officer and the way to the server: `reach` is a key of NETWORK, `autosend` one of LEAVES."""

    name: str
    districts: tuple[str, ...]
    province: str
    project: str
    server: str
    reach: str
    autosend: Literal["off", "wifi_only", "cellular_only", "wifi_and_cellular"]


@dataclass(frozen=True, slots=True)
class Step:
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Screens:
    """The texts on the five drawn phones."""

    shop: str
    app: str
    install: str
    configure: str
    by_hand: str
    scan: str
    start: str
    forms: tuple[str, ...]
    end: str
    draft: str
    send: str


@dataclass(frozen=True, slots=True)
class Setup:
    title: str
    facts: tuple[tuple[str, str | Name], ...]
    steps: tuple[Step, ...]
    screens: Screens
    notes_title: str
    notes: tuple[str, ...]
    drawn: str


@dataclass(frozen=True, slots=True)
class Sealed:
    """One sheet folded twice: the outside, the inside with the code, the flap over it."""

    mark: str
    to: Name
    at: str
    sender: str
    subject: str
    inside: Name
    steps: tuple[str, ...]
    warning: str
    folding: tuple[str, ...]


def setup(posting: Posting, forms: tuple[str, ...], words: Words) -> Setup:
    """The setup sheet, which holds no secret. `forms`: their titles, in order."""
    send = FINALIZE if posting.autosend == "off" else SEND
    return Setup(
        title="ตั้งค่าโทรศัพท์รับแบบ มชช. ใน ๕ ขั้น" if words.thai_digits else "ตั้งค่าโทรศัพท์รับแบบ มชช. ใน 5 ขั้น",
        facts=(
            ("เจ้าหน้าที่", Name(posting.name, person=True)),
            ("พื้นที่", _where(posting, words)),
            ("ที่อยู่เครื่องรับข้อมูล", posting.server),
            ("เครือข่าย", NETWORK[posting.reach]),
        ),
        steps=(
            Step("ติดตั้งแอป", f"เปิด {SHOP} ค้นหา {APP} แล้วติดตั้ง (Android 8 ขึ้นไป)"),
            Step("เริ่มตั้งค่า", f"เปิดแอป แตะ {CONFIGURE} และอนุญาตให้ใช้กล้อง"),
            Step("สแกน QR ของท่าน", "ให้ QR ที่จังหวัดมอบให้อยู่เต็มกรอบ แล้วเก็บหรือทำลาย QR"),
            Step(
                "ดูว่าแบบมาครบ",
                f"แตะ {START} รอจนครบ {words.text(len(forms))} แบบ ถ้ายังไม่มา แตะลูกศรวน",
            ),
            Step("กรอกแล้วส่ง", f"กรอกได้โดยไม่มีสัญญาณ เสร็จแล้วแตะ {send} {LEAVES[posting.autosend]}"),
        ),
        screens=Screens(SHOP, APP, "ติดตั้ง", CONFIGURE, BY_HAND, SCAN, START, forms, forms[0], DRAFT, send),
        notes_title="ควรรู้",
        notes=(
            f"ส่งแล้วจริง: แบบย้ายจาก {READY} ไปอยู่ที่ {SENT}",
            "แอปมีโครงการอื่นอยู่แล้ว: แตะวงกลมมุมขวาบน เลือก Add project แล้วสแกน",
            f"ได้ QR ใหม่แทนของเดิม: อย่าลบแอป อย่าเพิ่มโครงการ แตะวงกลมมุมขวาบน {RECONFIGURE} แบบที่ค้างอยู่จึงส่งต่อได้",
            "แอปบอกว่ารหัสถูกยกเลิก: ข้อมูลยังอยู่ในโทรศัพท์ครบ ขอ QR ใหม่จากจังหวัด",
            "QR คือกุญแจของท่าน อย่าถ่ายภาพหรือส่งต่อ โทรศัพท์หาย แจ้งจังหวัดทันที",
        ),
        drawn="ภาพวาดแสดงตำแหน่งปุ่ม หน้าจอจริงอาจต่างไปตามรุ่นของแอป",
    )


def sealed(posting: Posting, words: Words) -> Sealed:
    """The words around the code; the code itself goes directly to the typesetter."""
    return Sealed(
        mark="เฉพาะผู้รับ ห้ามเปิดเผย",
        to=Name(posting.name, person=True),
        at=_where(posting, words),
        sender=f"จาก สำนักงานพัฒนาชุมชนจังหวัด{posting.province}",
        subject="QR ตั้งค่าแอป ODK Collect",
        inside=Name(posting.name, person=True),
        steps=(
            f"เครือข่าย: {NETWORK[posting.reach]}",
            f"เครื่องใหม่: เปิดแอป {APP} แตะ {CONFIGURE} แล้วสแกน",
            f"แทน QR เดิม: แตะวงกลมมุมขวาบน {RECONFIGURE} แล้วสแกน",
            "ตั้งค่าเสร็จแล้ว ทำลายใบนี้",
        ),
        warning="ผู้ที่มี QR นี้ส่งและอ่านข้อมูลในชื่อของท่านได้ ถ้าใบนี้ถูกเปิดก่อนถึงมือท่าน อย่าสแกน แจ้งจังหวัดให้ออกใหม่",
        folding=(
            "พับส่วนนี้ขึ้นทับ QR ตามเส้นประ",
            "พับส่วนบนไปด้านหลัง ให้ชื่อผู้รับอยู่ด้านนอก",
            "ปิดสองข้างและด้านบนด้วยเทปหรือลวดเย็บ",
        ),
    )


def _where(posting: Posting, words: Words) -> str:
    named = posting.districts[:MOST_DISTRICTS]
    more = len(posting.districts) - len(named)
    listed = f"{' '.join(named)} และอีก {words.text(more)} อำเภอ" if more else enumerated(named)
    return f"อำเภอ{listed} จังหวัด{posting.province}"
