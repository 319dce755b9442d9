"""The sheets of a pack's workbook: their columns and what each asks;
writing and reading both use it. Pure.
"""

from typing import Any

from pydantic import BaseModel

from mochocho.standards import schema
from mochocho.standards.sheets import drop_downs
from mochocho.standards.sheets.columns import Column, Kind, Table

_ORIGIN_HINT = (
    "หนังสือหรือเอกสารที่ข้อนี้มาจาก ถ้าไม่มีที่มาให้เขียน none ในชุดที่เป็นทางการ ข้อที่ “ตามเอกสาร” เว้นว่างได้ (ใช้เลขที่หนังสือแจ้ง)"
)
_TRUST_HINT = (
    "ตามเอกสาร = ข้อความหรือตัวเลขอ่านพบในเอกสารของทางราชการ; เรียบเรียงเอง = เราเขียนขึ้น "
    "ในชุดที่เป็นทางการเว้นว่างได้ ถือว่าเรียบเรียงเอง และเอกสารยังพิมพ์คำว่า เกณฑ์ตัวอย่าง"
)
_ENGLISH_HINT = "ข้อความอังกฤษในแบบฟอร์ม เว้นว่าง = ใช้ข้อความไทย"
_NOTE_HINT = "ถึงผู้อ่านไฟล์นี้ ไม่พิมพ์ในเอกสาร"
_TYPE_HINT = "เลือกประเภทเป้าหมายจากรายการ"


def _type() -> Column:
    return Column("type", "ประเภท", Kind.WORD, 16, _TYPE_HINT, words=drop_downs.TYPES)


def _code(hint: str, owner: type[BaseModel]) -> Column:
    return Column("code", "รหัส", Kind.CODE, 20, hint, owner, "code")


def _english(key: str, of: str, width: int, owner: type[BaseModel], part: str = "en") -> Column:
    heading = f"{of} (อังกฤษ)"
    return Column(key, heading, Kind.TEXT, width, _ENGLISH_HINT, owner, part, must=False, apart=True)


def _thai(owner: type[BaseModel], heading: str, width: int, hint: str) -> Column:
    return Column("th", heading, Kind.TEXT, width, hint, owner, "th")


def _sources(
    owner: type[BaseModel], prefix: str = "", of: str = "", apart: bool = False
) -> tuple[Column, ...]:
    def column(name: str, heading: str, kind: Kind, width: int, hint: str, **more: Any) -> Column:
        return Column(f"{prefix}{name}", heading + of, kind, width, hint, must=False, apart=apart, **more)

    return (
        column("source", "ที่มา", Kind.TEXT, 26, _ORIGIN_HINT, owner=owner, part="source"),
        column("confidence", "ความแน่ชัด", Kind.WORD, 14, _TRUST_HINT, words=drop_downs.CONFIDENCE),
        column("note", "หมายเหตุ", Kind.TEXT, 30, _NOTE_HINT, owner=owner, part="note"),
    )


PACK = Table(
    "ข้อมูลชุด",
    "หนึ่งรายการต่อแถว แก้ในช่อง “ค่า”",
    (
        Column(
            "id", "รหัสชุด", Kind.CODE, 0,
            "อักษรอังกฤษตัวเล็ก ตัวเลข หรือ - ไม่เกิน 40 ตัว เช่น chiang-rai-2569 ปีใหม่ต้องตั้งใหม่ ห้ามซ้ำกับชุดเดิม",
            schema.Pack, "id",
        ),
        Column(
            "fiscal_year_be", "ปีงบประมาณ (พ.ศ.)", Kind.WHOLE, 0, "เช่น 2569", schema.Pack, "fiscal_year_be",
        ),
        Column(
            "official", "เป็นทางการ", Kind.WORD, 0,
            "ใช่ = มีหนังสือแจ้งหลักเกณฑ์แล้ว ต้องกรอกเลขที่และวันที่ข้างล่าง และทุกข้อต้องบอกที่มา; "
            "ไม่ใช่ หรือมีข้อที่ไม่มีที่มา = พิมพ์คำว่า เกณฑ์ตัวอย่าง บนเอกสารทุกฉบับที่แสดงเกณฑ์",
            words=drop_downs.YES_NO,
        ),
        Column(
            "circular_number", "เลขที่หนังสือแจ้ง", Kind.TEXT, 0,
            "ที่ของหนังสือแจ้งหลักเกณฑ์ เช่น ชร 0019/ว 123", schema.Circular, "number", must=False,
        ),
        Column(
            "circular_date", "วันที่หนังสือแจ้ง", Kind.DAY, 0,
            "เช่น 1 ตุลาคม 2568 หรือ 1/10/2568 (พ.ศ. หรือ ค.ศ. ปีสี่หลัก)", schema.Circular, "date", must=False,
        ),
        Column(
            "programme_th", "ชื่อระบบ", Kind.TEXT, 0, "ชื่อที่พิมพ์บนเอกสาร", schema.Pack, "programme_th"
        ),
        _english("programme_en", "ชื่อระบบ", 0, schema.Pack, "programme_en"),
        Column(
            "percent", "เกณฑ์ผ่าน (ร้อยละ)", Kind.WHOLE, 0,
            "คะแนนรวมขั้นต่ำที่ถือว่าผ่าน เป็นร้อยละ 0-100", schema.PassRule, "percent",
        ),
        *_sources(schema.PassRule, "pass_", "ของเกณฑ์ผ่าน"),
        Column(
            "rec_rule", "คะแนนของกรรมการหลายคน", Kind.WORD, 0,
            "คะแนนที่ใช้เมื่อกรรมการให้ต่างกัน เว้นว่าง = ค่าเฉลี่ย", words=drop_downs.RECONCILING, must=False,
        ),
        Column(
            "rec_above", "ต่างกันเกินร้อยละนี้ต้องประมวล", Kind.WHOLE, 0,
            "0-99 ของคะแนนเต็มตัวบ่งชี้ ถ้าคะแนนสูงสุดกับต่ำสุดห่างกันเกินนี้ ผลค้างไว้จนกว่าจะมีผู้ประมวลคะแนน เว้นว่าง = ไม่ค้าง",
            must=False,
        ),
        *_sources(schema.Reconciling, "rec_", "ของการประมวลคะแนน"),
    ),
    fixed=True,
)  # fmt: skip

STANDARDS = Table(
    "ประเภท",
    "ประเภทเป้าหมายสี่ประเภท แก้ได้เฉพาะข้อความ",
    (
        Column("type", "ประเภท", Kind.WORD, 20, "สี่ประเภทนี้คงที่", words=drop_downs.TYPES, fixed=True),
        _thai(schema.Standard, "ชื่อประเภท", 26, "ชื่อที่พิมพ์บนเอกสาร"),
        Column(
            "standard_th",
            "ชื่อมาตรฐาน",
            Kind.TEXT,
            30,
            "เช่น มาตรฐานผู้นำชุมชน",
            schema.Standard,
            "standard_th",
        ),
        Column("unit_th", "หน่วยนับ", Kind.TEXT, 12, "เช่น คน กลุ่ม เครือข่าย ชุมชน", schema.Standard, "unit_th"),
        *_sources(schema.Standard),
        _english("en", "ชื่อประเภท", 26, schema.Standard),
    ),
    fixed=True,
)

ELIGIBILITY = Table(
    "คุณสมบัติ",
    "คุณสมบัติของผู้สมัคร หนึ่งข้อต่อแถว",
    (
        _type(),
        _code("รหัสของข้อ อักษรอังกฤษตัวเล็ก ตั้งแล้วไม่ควรเปลี่ยน เช่น residence_1y", schema.Eligibility),
        _thai(schema.Eligibility, "คุณสมบัติ", 46, "ข้อความตามหลักเกณฑ์"),
        Column(
            "check",
            "วิธีตรวจ",
            Kind.WORD,
            18,
            "จำนวนเดือน = ถามจำนวนเดือน; เจ้าหน้าที่รับรอง = ใช่/ไม่ใช่; "
            "เลือกหนึ่งข้อ = ตัวเลือกอยู่ในแผ่น “ตัวเลือก”; มีมติ = มีเอกสารมติเป็นหลักฐาน",
            words=drop_downs.CHECKS,
        ),
        Column(
            "at_least",
            "อย่างน้อย (เดือน)",
            Kind.WHOLE,
            12,
            "เฉพาะวิธีตรวจ “จำนวนเดือน”",
            schema.DurationMonths,
            "at_least",
        ),
        Column(
            "proof_document",
            "เอกสารหลักฐาน",
            Kind.CODE,
            24,
            "เฉพาะวิธีตรวจ “มีมติ” รหัสของเอกสารประเภทเดียวกันในแผ่น “เอกสาร”",
            schema.ResolutionProof,
            "proof_document",
        ),
        *_sources(schema.Eligibility),
        _english("en", "คุณสมบัติ", 46, schema.Eligibility),
    ),
    frozen=2,
)

CHOICES = Table(
    "ตัวเลือก",
    "ตัวเลือกของคุณสมบัติที่ตรวจแบบ “เลือกหนึ่งข้อ” หนึ่งตัวเลือกต่อแถว",
    (
        _type(),
        Column(
            "rule",
            "รหัสคุณสมบัติ",
            Kind.CODE,
            22,
            "รหัสของข้อในแผ่น “คุณสมบัติ”",
            schema.Eligibility,
            "code",
        ),
        Column("code", "รหัสตัวเลือก", Kind.CODE, 20, "อักษรอังกฤษตัวเล็ก เช่น formal", schema.ChoiceOption, "code"),
        _thai(schema.ChoiceOption, "ตัวเลือก", 40, "ข้อความที่เจ้าหน้าที่เห็นในแบบฟอร์ม"),
        _english("en", "ตัวเลือก", 40, schema.ChoiceOption),
    ),
    needed=False,
    frozen=3,
)

DOCUMENTS = Table(
    "เอกสาร",
    "เอกสารประกอบการสมัคร หนึ่งรายการต่อแถว",
    (
        _type(),
        _code("รหัสของเอกสาร อักษรอังกฤษตัวเล็ก ตั้งแล้วไม่ควรเปลี่ยน เช่น id_card_copy", schema.Document),
        _thai(schema.Document, "เอกสาร", 46, "ชื่อเอกสาร"),
        Column("mandatory", "บังคับ", Kind.WORD, 10, "ใช่ = เอกสารบังคับ; ไม่ใช่ = หากมี", words=drop_downs.YES_NO),
        Column(
            "capture",
            "วิธีถ่าย",
            Kind.WORD,
            22,
            "ใบสมัครที่ลงลายมือชื่อ (ประเภทละหนึ่ง และเป็นเอกสารบังคับ); รูปถ่ายรูปเดียว; ถ่ายทีละหน้า",
            words=drop_downs.CAPTURES,
        ),
        Column(
            "waivable",
            "ยกเว้นได้",
            Kind.WORD,
            10,
            "ใช่ = ยกเว้นได้เมื่อเจ้าหน้าที่ตรวจต้นฉบับแล้ว เว้นว่าง = ไม่ใช่",
            words=drop_downs.YES_NO,
            must=False,
        ),
        Column(
            "redact",
            "ต้องปกปิด",
            Kind.LINES,
            20,
            "สิ่งที่ต้องปกปิดก่อนถ่าย ข้อละบรรทัด (Alt+Enter) เช่น ศาสนา",
            schema.Document,
            "redact",
            must=False,
        ),
        *_sources(schema.Document),
        _english("en", "เอกสาร", 46, schema.Document),
    ),
    frozen=2,
)

_REPEATED = "เขียนซ้ำทุกแถวให้เหมือนกัน หรือเขียนแถวแรกแถวเดียวแล้วเว้นว่างแถวต่อไป ไม่ต้องผสานเซลล์"

INDICATORS = Table(
    "ตัวบ่งชี้",
    "หนึ่งตัวบ่งชี้ต่อแถว ชื่อด้านและชื่อองค์ประกอบเขียนซ้ำได้ ไม่ต้องผสานเซลล์",
    (
        _type(),
        Column(
            "d_code", "รหัสด้าน", Kind.NUMBERED, 9,
            "อักษรอังกฤษตัวใหญ่กับเลข เช่น L1 ห้ามซ้ำกับด้านของประเภทอื่น เว้นว่าง = ตามรหัสตัวบ่งชี้",
            schema.Dimension, "code", must=False,
        ),
        Column("d_th", "ด้าน", Kind.TEXT, 24, f"ชื่อด้าน {_REPEATED}", schema.Dimension, "th"),
        Column(
            "c_code", "รหัสองค์ประกอบ", Kind.NUMBERED, 11,
            "รหัสด้านตามด้วยจุดและเลข เช่น L1.2 เว้นว่าง = ตามรหัสตัวบ่งชี้", schema.Component, "code", must=False,
        ),
        Column("c_th", "องค์ประกอบ", Kind.TEXT, 26, f"ชื่อองค์ประกอบ {_REPEATED}", schema.Component, "th"),
        Column(
            "code", "รหัสตัวบ่งชี้", Kind.NUMBERED, 11,
            "รหัสองค์ประกอบตามด้วยจุดและเลข เช่น L1.2.3 ห้ามซ้ำ", schema.Indicator, "code",
        ),
        Column("th", "ตัวบ่งชี้", Kind.TEXT, 52, "ข้อความตามหลักเกณฑ์ ไม่เกิน 500 ตัวอักษร", schema.Indicator, "th"),
        Column(
            "kind", "วิธีวัด", Kind.WORD, 12,
            "นับจำนวน และ ร้อยละ: ต้องกรอกเกณฑ์; มี/ไม่มี: ได้เต็มหรือศูนย์; ระดับ 1-5: ชื่อระดับอยู่ในแผ่น “ระดับคะแนน”",
            words=drop_downs.KINDS,
        ),
        Column(
            "threshold", "เกณฑ์", Kind.WHOLE, 9,
            "จำนวน (1-10000) หรือร้อยละ (1-100) ที่ได้คะแนนเต็ม ต่ำกว่านี้ได้ตามสัดส่วน เว้นว่างเมื่อวัดแบบ มี/ไม่มี หรือ ระดับ",
        ),
        Column(
            "unit_th", "หน่วยนับ", Kind.TEXT, 13, "เฉพาะแบบนับจำนวน เช่น ครั้ง กิจกรรม คน", schema.Count, "unit_th"
        ),
        Column(
            "full_marks", "คะแนนเต็ม", Kind.WHOLE, 9,
            "1-100 เว้นว่าง = 5", schema.Indicator, "full_marks", must=False,
        ),
        Column(
            "required_to_pass", "ต้องผ่าน", Kind.WORD, 9,
            "ใช่ = ไม่ผ่านตัวบ่งชี้นี้ถือว่าไม่ผ่านทั้งหมด เว้นว่าง = ไม่ใช่", words=drop_downs.YES_NO, must=False,
        ),
        Column(
            "evidence_th", "หลักฐาน", Kind.LINES, 32,
            "สิ่งที่กรรมการขอดูได้ ข้อละบรรทัด (Alt+Enter)", schema.Indicator, "evidence_th", must=False,
        ),
        Column(
            "justify", "ให้เขียนเหตุผล", Kind.WORD, 14,
            "กรรมการต้องเขียนเหตุผลประกอบคะแนนเมื่อใด เว้นว่าง = ไม่ต้อง", words=drop_downs.JUSTIFY, must=False,
        ),
        Column(
            "from_meetings", "คิดจากการประชุม", Kind.WORD, 11,
            "เฉพาะแบบร้อยละ: ใช่ = ถามจำนวนผู้เข้าประชุมทีละครั้งแล้วคิดร้อยละให้ เว้นว่าง = ไม่ใช่",
            words=drop_downs.YES_NO, must=False,
        ),
        *_sources(schema.Indicator),
        _english("d_en", "ด้าน", 24, schema.Dimension),
        _english("c_en", "องค์ประกอบ", 26, schema.Component),
        _english("en", "ตัวบ่งชี้", 46, schema.Indicator),
        _english("unit_en", "หน่วยนับ", 14, schema.Count, "unit_en"),
        *_sources(schema.Dimension, "d_", "ของด้าน", apart=True),
        *_sources(schema.Component, "c_", "ขององค์ประกอบ", apart=True),
        Column(
            "attendance", "อ่านร้อยละการประชุม", Kind.WORD, 16,
            "เฉพาะที่คิดจากการประชุม: รวมทุกครั้ง = ผู้เข้ารวมเทียบสมาชิกรวม ทุกครั้งต้องถึง = ใช้ครั้งที่ต่ำสุด เว้นว่าง = รวมทุกครั้ง",
            words=drop_downs.ATTENDANCE, must=False, apart=True,
        ),
        Column(
            "compared_with", "เทียบกับแบบของผู้สมัคร", Kind.CODE, 22,
            "แบบของผู้สมัครที่คำตอบของกรรมการอาจขัดกัน: plan แผนพัฒนาตนเอง, "
            "self_assessments แบบประเมินตนเองระหว่างและหลังพัฒนา, "
            "meetings การประชุมที่บันทึกไว้, knowledge แบบบันทึกองค์ความรู้ หรือ document:รหัสเอกสาร เว้นว่าง = ไม่เทียบ "
            "(ข้อที่คิดจากการประชุมเทียบกับร้อยละที่คิดได้เสมอ)",
            schema.Indicator, "compared_with", must=False, apart=True,
        ),
    ),
    frozen=6,
    printed=13,
)  # fmt: skip

RUBRIC = Table(
    "ระดับคะแนน",
    "ชื่อระดับ 1-5 ของตัวบ่งชี้ที่วัดแบบ “ระดับ 1-5” แก้ได้เฉพาะข้อความ",
    (
        Column("level", "ระดับ", Kind.WORD, 9, "ห้าระดับนี้คงที่", words=drop_downs.LEVELS, fixed=True),
        _thai(schema.RubricLevel, "ชื่อระดับ", 30, "คำที่กรรมการเห็นในแบบประเมิน"),
        *_sources(schema.RubricLevel),
        _english("en", "ชื่อระดับ", 30, schema.RubricLevel),
    ),
    fixed=True,
)

STEPS = Table(
    "ขั้นการรับรอง",
    "ลำดับขั้นสู่การรับรอง แก้ได้เฉพาะข้อความ",
    (
        Column("gate", "ขั้น", Kind.WORD, 9, "แปดขั้นนี้คงที่", words=drop_downs.GATES, fixed=True),
        Column("th", "ชื่อขั้น", Kind.TEXT, 70, "คำที่พิมพ์บนเอกสาร", schema.GateName, "th"),
        *_sources(schema.GateName),
    ),
    fixed=True,
)

TABLES = (PACK, STANDARDS, ELIGIBILITY, CHOICES, DOCUMENTS, INDICATORS, RUBRIC, STEPS)
GUIDE = "คำแนะนำ"
ITEM, VALUE, ABOUT = "รายการ", "ค่า", "คำอธิบาย"  # headings of PACK, the only vertical sheet
