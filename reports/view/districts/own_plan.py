"""แผนพัฒนาตนเอง of one applicant (rules.md 22, 26, 29: 3.3)."""

from collections.abc import Iterator

from mochocho.words.model import Case, Plan, PlanItem
from reports.view.blocks import Block, Kind, Paper
from reports.view.districts.district_setting import (
    NOBODY,
    NOTHING,
    District,
    day_in_table,
    name_and_place,
    to_sign,
)
from reports.view.own.own_forms import amount
from reports.view.printed_words import LONG_DOTS, TYPE

TITLE = "แผนพัฒนาตนเอง"
_HEAD = (
    "ตัวบ่งชี้",
    "เกณฑ์ย่อยและเป้าหมาย",
    "สิ่งที่ต้องเสริมสร้าง",
    "วิธีการและเวลา",
    "ผู้รู้และสถานที่",
    "หลักฐาน",
    "แล้วเสร็จ",
)
_WIDTHS = (9, 19, 16, 20, 15, 13, 12)


def own_plan(d: District, case: Case, plan: Plan) -> Paper:
    """The plan that counts: what is to be strengthened, how, when, by whom, with which evidence."""
    name, _ = name_and_place(d, case)
    below = (f"{name} ({TYPE[case.application.type]})",)
    return d.paper(TITLE, below, [*_blocks(d, plan), to_sign("ผู้สมัคร", "พัฒนากร")])


def _blocks(d: District, plan: Plan) -> Iterator[Block]:
    agreed = d.c.date(plan.agreed_on) if plan.agreed_on else LONG_DOTS
    period = ("ระยะเวลาพัฒนา", f"{plan.period_months} เดือน") if plan.period_months else ()
    known = ("ตกลงแผนเมื่อวันที่", agreed, *period), ("ร่วมกับ", plan.agreed_with)
    yield Block(Kind.FIELDS, cells=known)
    rows = tuple(_row(d, item) for item in plan.items)
    yield Block(Kind.TABLE, cells=(_HEAD, *rows), lines=2, widths=_WIDTHS) if rows else NOBODY
    yield Block(Kind.ITEM, "ทีมพี่เลี้ยง")
    for mentor in plan.mentors:
        yield Block(Kind.DASH, f"{mentor.name} {mentor.agency}".strip())
    if not plan.mentors:
        yield NOBODY
    if plan.remarks:
        yield Block(Kind.ITEM, "หมายเหตุ")
        yield Block(Kind.PARAGRAPH, plan.remarks)


def _row(d: District, item: PlanItem) -> tuple[str, ...]:
    target = amount(item.target, item.unit, d.c.occasion.words)
    return (
        item.indicator,
        f"{item.text} เป้าหมาย {target}" if item.target is not None else item.text,
        item.gap or NOTHING,
        _both(item.method, item.when),
        _both(item.who, item.where),
        item.evidence or NOTHING,
        day_in_table(d, item.due),
    )


def _both(one: str, other: str) -> str:
    return " ".join(filter(None, (one, other))) or NOTHING
