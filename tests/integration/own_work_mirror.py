"""Plans and self-assessments in the mirror, in addition to those of province_mirror."""

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from mochocho.storage.home import Home
from mochocho.words.model import ApplicantType
from tests.integration.province_mirror import ENTITY, Form, full_answer
from xlsforms import names

Row = Mapping[str, str]


class WithRows(Form):
    """A form with repeats: name -> rows of answers."""

    rows: dict[str, Sequence[Row]]

    def xml(self, instance_id: str) -> bytes:
        written = "".join(
            f"<{repeat}>{_answers(row)}</{repeat}>" for repeat, rows in self.rows.items() for row in rows
        )
        return super().xml(instance_id).replace(b"</group>", written.encode() + b"</group>", 1)


def _answers(row: Row) -> str:
    return "".join(f"<{name}>{escape(text)}</{name}>" for name, text in row.items())


def _form(form_id: str, root_id: str, fields: dict[str, str], rows: dict[str, Sequence[Row]]) -> WithRows:
    form = WithRows(form_id, root_id, dict(fields))
    form.rows = rows
    return form


ITEM = {
    "item_indicator": "G1.1.1",
    "item_text": "จัดเวทีเรียนรู้ของสมาชิก",
    "item_target": "4",
    "item_unit": "ครั้ง",
    "item_gap": "สมาชิกใหม่ยังไม่รู้ระเบียบ",
    "item_method": "แลกเปลี่ยนเรียนรู้",
    "item_when": "ม.ค.-มี.ค. 2568",
    "item_who": "นายรู้ดี ตัวอย่าง",
    "item_where": "ต.รอบเวียง",
    "item_evidence": "ใบลงทะเบียน",
    "item_due": "2025-03-31",
}


def plan(
    home: Home,
    number: int,
    type_: ApplicantType = ApplicantType.GROUP,
    items: Sequence[Row] | None = None,
    root: str = "",
    **changes: str,
) -> WithRows:
    """A plan of applicant `number`: one sub-criterion for the first indicator of its type."""
    first = home.pack.standard(type_).indicators[0].code
    fields = {
        "applicant_key": ENTITY.format(number),
        "applicant_type": type_.value,
        "agreed_on": "2025-01-20",
        "agreed_with": "สมาชิกกลุ่ม 25 คน",
        "period_months": "9",
    }
    mentor = {"mentor_name": "นายพี่เลี้ยง ตัวอย่าง", "mentor_agency": "อบต.", "mentor_from": "partner"}
    rows = {"items": [{**ITEM, "item_indicator": first}] if items is None else items, "mentors": [mentor]}
    return _form(names.PLAN, root or f"plan-{number}", fields | changes, rows)


def self_assessment(
    home: Home,
    number: int,
    round_: str,
    type_: ApplicantType = ApplicantType.GROUP,
    answers: Mapping[str, str] | None = None,
    own: Sequence[Row] = (),
    meetings: Sequence[tuple[str, int, int]] = (("2025-02-01", 24, 30),),
    root: str = "",
    **changes: str,
) -> WithRows:
    """A self-assessment of applicant `number`: full marks unless `answers` (by indicator code) says other."""
    fields = {
        "applicant_key": ENTITY.format(number),
        "applicant_type": type_.value,
        "round": round_,
        "assessed_on": {"self_before": "2025-01-10", "self_after": "2025-03-30"}.get(round_, "2025-02-15"),
    }
    rows: dict[str, Sequence[Row]] = {"own": own}
    for indicator in home.pack.standard(type_).indicators:
        code = indicator.code
        if indicator.from_meetings:
            fields[names.meetings_held(code)] = "1" if meetings else "0"
            rows[names.meetings(code)] = [
                {names.met_on(code): day, names.present(code): str(came), names.members(code): str(of)}
                for day, came, of in meetings
            ]
        else:
            fields[names.indicator(code)] = (answers or {}).get(code, str(full_answer(indicator)))
    return _form(names.SELF_ASSESSMENT, root or f"{round_}-{number}", fields | changes, rows)
