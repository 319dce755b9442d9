"""Reads a self-development plan (rules.md 22, 26, 29). Pure."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from mochocho.standards.schema import Pack
from mochocho.words.errors import BadInput
from mochocho.words.ids import former, uuid_of
from mochocho.words.model import Mentor, Plan, PlanItem
from mochocho.words.sentences import Sentence
from processing.register.read.dated import Dated
from processing.register.read.fields import Fields
from processing.register.read.indicator_answers import whole_number
from sync.mirror.queries import Mirrored
from sync.xform.parse import Instance

FORM = "plan"
_PERIOD = Sentence("ระยะเวลาดำเนินการตามแผน", "how long the plan is carried out")
_TARGET = Sentence("เป้าหมายของเกณฑ์ย่อย", "the target of a sub-criterion")


def read_plan(instance: Instance, received: Mirrored, pack: Pack) -> Plan:
    """A plan. Raises BadInput when it names no applicant or a number is invalid."""
    fields = Fields(instance.root, received.files)
    key = fields.text("applicant_key").removeprefix("uuid:")
    if not key:
        raise BadInput(
            "plan.no_applicant",
            "แผนพัฒนาตนเองไม่ได้ระบุผู้สมัคร ให้เลือกผู้สมัครจากรายชื่อแล้วส่งใหม่",
            "the plan names no applicant; have one chosen from the list and sent again",
        )
    dated = Dated(pack, received)
    return Plan(
        root_id=received.root_id,
        instance_id=instance.instance_id,
        form_version=received.form_version,
        applicant_key=key,
        items=tuple(_numbered(_item(key, n, one, dated) for n, one in enumerate(fields.rows("items"), 1))),
        mentors=tuple(m for one in fields.rows("mentors") if (m := _mentor(one)).name),
        agreed_on=dated.day(fields, "agreed_on", "วันที่ตกลงแผน"),
        agreed_with=fields.words("agreed_with"),
        period_months=whole_number(fields, "period_months", _PERIOD, FORM),
        remarks=fields.words("remarks"),
        officer_districts=received.officer_districts,
        conflict=received.conflict,
        doubted=dated.doubted,
        not_offered=received.not_offered,
        received_at=received.received_at,
    )


def item_id(key: str, indicator: str, text: str) -> str:
    """The id of a sub-criterion: the same for the same applicant, indicator and text."""
    said = json.dumps([key, indicator, text], ensure_ascii=False)
    return uuid_of(said)


def _item(key: str, number: int, fields: Fields, dated: Dated) -> PlanItem:
    indicator, text = fields.text("item_indicator"), fields.words("item_text")
    due = dated.due(fields, "item_due", f"กำหนดแล้วเสร็จของข้อ {number}")
    return PlanItem(
        id=item_id(key, indicator, text),
        indicator=indicator,
        text=text,
        target=whole_number(fields, "item_target", _TARGET, FORM),
        unit=fields.words("item_unit"),
        gap=fields.words("item_gap"),
        method=fields.words("item_method"),
        when=fields.words("item_when"),
        who=fields.words("item_who"),
        where=fields.words("item_where"),
        evidence=fields.words("item_evidence"),
        due=due,
        due_doubted=due is None and bool(fields.text("item_due")),
    )


def _numbered(items: Iterator[PlanItem]) -> Iterator[PlanItem]:
    """The items with unique ids, even if the same sub-criterion was written twice.

    The ids of repeated ones are made from the former id, as phones hold those.
    """
    seen = Counter[str]()
    for item in items:
        seen[item.id] += 1
        yield item if seen[item.id] == 1 else replace(item, id=_again(item.id, seen[item.id]))


def _again(id_: str, number: int) -> str:
    return uuid_of(f"{former(id_)}-{number}")


def _mentor(fields: Fields) -> Mentor:
    return Mentor(fields.words("mentor_name"), fields.words("mentor_agency"), fields.text("mentor_from"))
