"""ทะเบียนผู้สมัครของอำเภอ and สรุปรายชื่อผู้สมัคร for the province (rules.md 21, 28, 30: 4.1)."""

from collections.abc import Iterator, Sequence
from datetime import date

from mochocho.words.model import TO_JUDGE, TO_MEND, ApplicantType, Case
from processing.rounds.calendar import Stage
from reports.view.arrange import TYPES
from reports.view.blocks import Block, Kind, Paper
from reports.view.districts.district_setting import (
    NOBODY,
    NOTHING,
    District,
    day_in_table,
    in_order,
    name_and_place,
    ready,
)
from reports.view.letters.convened import paragraphs
from reports.view.printed_words import LONG_DOTS, TYPE, UNIT, enumerated

REGISTER, LIST = "ทะเบียนผู้สมัคร", "สรุปรายชื่อผู้สมัคร"
_REGISTER = ("เลขที่", "วันที่สมัคร", "ชื่อ", "ประเภท", "ที่อยู่", "หลักฐาน")
_REGISTER_WIDTHS = (32, 75, 108, 76, 95, 67)
_LIST = ("ลำดับ", "ชื่อ", "ที่อยู่", "วันที่สมัคร", "หมายเหตุ")
_LIST_WIDTHS = (6, 28, 24, 15, 20)


def applicant_register(d: District, cases: Sequence[Case]) -> Paper:
    """Everybody who applied, by number of the register, those who were set aside among them."""
    rows = sorted(in_order(cases), key=lambda case: (case.register_no is None, case.register_no or 0))
    table = Block(
        Kind.TABLE, cells=(_REGISTER, *(_registered(d, one) for one in rows)), widths=_REGISTER_WIDTHS
    )
    note = "หมายเหตุ เลขที่ซึ่งเป็น - คือยังไม่ได้ให้เลขทะเบียน"
    some = any(one.register_no is None for one in rows)
    blocks = (table if rows else NOBODY, *paragraphs((note,) if some else ()))
    return d.paper(REGISTER, (d.as_of,), blocks, d.head)


def applicant_list(d: District, cases: Sequence[Case]) -> Paper:
    """Who is presented, by type, as the district reports it to the province by its day."""
    due = d.due(Stage.APPLICANT_LIST)
    own = [case for case in in_order(cases) if case.assessment.not_presented is None]
    below = (f"ส่งจังหวัดภายในวันที่ {d.c.date(due) if due else LONG_DOTS}", d.as_of)
    return d.paper(LIST, below, _listed(d, own, due), d.head)


def _listed(d: District, own: Sequence[Case], due: date | None) -> Iterator[Block]:
    yield from paragraphs((f"{d.name}มีผู้สมัครเข้าสู่{d.c.programme} ประจำปี {d.c.year} {_counts(own)}",))
    for number, type_ in enumerate(TYPES, 1):
        some = [case for case in own if case.application.type is type_]
        yield Block(Kind.ITEM, f"{number}. ประเภท{TYPE[type_]} จำนวน {len(some)} {UNIT[type_]}")
        rows = tuple((str(n), *_row(d, case, due)) for n, case in enumerate(some, 1))
        yield Block(Kind.TABLE, cells=(_LIST, *rows), widths=_LIST_WIDTHS) if rows else NOBODY


def _counts(own: Sequence[Case]) -> str:
    """`จำนวน 4 หน่วยงาน ได้แก่ ผู้นำชุมชน 1 คน …`"""
    if not own:
        return "จำนวน 0 หน่วยงาน"
    counts = [(type_, sum(case.application.type is type_ for case in own)) for type_ in ApplicantType]
    each = [f"{TYPE[type_]} {count} {UNIT[type_]}" for type_, count in counts if count]
    return f"จำนวน {len(own)} หน่วยงาน ได้แก่ {enumerated(each)}"


def _row(d: District, case: Case, due: date | None) -> tuple[str, ...]:
    applied = case.application.applied_on
    late = (applied - due).days if applied and due else 0
    notes = (
        f"สมัครหลังกำหนด {late} วัน" if late > 0 else "",
        "" if ready(case) else evidence(case),
    )
    return *name_and_place(d, case), day_in_table(d, applied), " ".join(filter(None, notes))


def _registered(d: District, case: Case) -> tuple[str, ...]:
    name, where = name_and_place(d, case)
    aside = "ไม่นำเสนอ" if case.assessment.not_presented else evidence(case)
    number = str(case.register_no) if case.register_no else NOTHING
    applied = day_in_table(d, case.application.applied_on)
    return number, applied, name, TYPE[case.application.type], where, aside


def evidence(case: Case) -> str:
    """Whether the evidence is in order, in few words."""
    states = [verdict.state for verdict in case.assessment.verdicts]
    lacking, asked = (sum(state in some for state in states) for some in (TO_MEND, TO_JUDGE))
    said = [f"ขาดหรือต้องแก้ {lacking} รายการ"] if lacking else []
    said += [f"รอตรวจ {asked} รายการ"] if asked else []
    if said:
        return enumerated(said)
    return "ครบ" if ready(case) else "คุณสมบัติยังไม่ครบ"
