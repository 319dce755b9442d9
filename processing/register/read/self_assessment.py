"""Reads an applicant's assessment of itself (rules.md 22, 29, 37). Pure."""

from mochocho.standards.schema import Indicator, Pack
from mochocho.words.errors import BadInput
from mochocho.words.ids import renewed
from mochocho.words.model import HeldMeeting, OwnResult, Round, SelfAssessment
from mochocho.words.sentences import Sentence
from processing.findings.quoting import quoted
from processing.register.read.dated import Dated
from processing.register.read.fields import Fields
from processing.register.read.indicator_answers import (
    answer,
    asked_indicators,
    computed,
    computed_fraction,
    refuse_unknown,
    whole_number,
)
from processing.scoring import attendance
from sync.mirror.queries import Mirrored
from sync.xform.parse import Instance
from xlsforms import names

FORM = "self_assessment"
ROUNDS = (Round.SELF_BEFORE, Round.SELF_PERIODIC, Round.SELF_AFTER)
_INTERVAL = Sentence("ระยะการประเมิน", "the interval of assessing")
_OWN_RESULT = Sentence("ผลตามเกณฑ์ย่อยของตนเอง", "the result of an own sub-criterion")
_NO_ROUND = Sentence(
    "ไม่ได้ระบุว่าประเมินก่อน ระหว่าง หรือหลังพัฒนา",
    "it does not say whether it was made before, while or after developing",
)

Meetings = dict[str, tuple[HeldMeeting, ...]]


def read_self_assessment(instance: Instance, received: Mirrored, pack: Pack) -> SelfAssessment:
    """A self-assessment. Raises BadInput: no applicant, no round, or an impossible answer."""
    fields = Fields(instance.root, received.files)
    key = fields.text("applicant_key").removeprefix("uuid:")
    if not key:
        raise BadInput(
            "self_assessment.no_applicant",
            "แบบประเมินตนเองไม่ได้ระบุผู้สมัคร ให้เลือกผู้สมัครจากรายชื่อแล้วส่งใหม่",
            "the self-assessment names no applicant; have one chosen from the list and sent again",
        )
    indicators = asked_indicators(fields, pack)
    refuse_unknown(fields, pack, FORM)
    dated = Dated(pack, received)
    meetings = {i.code: _meetings(fields, i, dated) for i in indicators if i.from_meetings}
    return SelfAssessment(
        root_id=received.root_id,
        instance_id=instance.instance_id,
        form_version=received.form_version,
        applicant_key=key,
        round=_round(fields),
        interval=whole_number(fields, "interval", _INTERVAL, FORM),
        assessed_on=dated.day(fields, "assessed_on", "วันที่ประเมินตนเอง"),
        answers={i.code: _answer(fields, i, meetings) for i in indicators},
        meetings={code: held for code, held in meetings.items() if held},
        own=tuple(_own(one) for one in fields.rows("own")),
        evidence={i.code: photo for i in indicators if (photo := fields.file(names.evidence(i.code)))},
        phone_total=computed(fields, "total"),
        phone_max=computed(fields, "full"),
        phone_percent=computed(fields, "percent"),
        phone_exact=computed_fraction(fields),
        remarks=fields.words("remarks"),
        officer_districts=received.officer_districts,
        conflict=received.conflict,
        signed=bool(fields.files("sign_applicant")) if fields.asks("sign_applicant") else None,
        doubted=dated.doubted,
        not_offered=received.not_offered,
        received_at=received.received_at,
    )


def _round(fields: Fields) -> Round:
    written = fields.text("round")
    if written in ROUNDS:
        return Round(written)
    said = _unknown_round(written) if written else _NO_ROUND
    raise BadInput(
        "self_assessment.unknown_round",
        f"แบบประเมินตนเอง: {said.th} ให้รับแบบฟอร์มฉบับล่าสุดแล้วกรอกใหม่",
        f"the self-assessment: {said.en}; have the newest form fetched and filled in anew",
    )


def _unknown_round(written: str) -> Sentence:
    return Sentence(
        f"ครั้งที่ประเมินคือ {quoted(written)} ซึ่งไม่มีในระบบ",
        f"it is of a round {quoted(written)}, which there is not",
    )


def _answer(fields: Fields, indicator: Indicator, meetings: Meetings) -> int | None:
    """The answer as written; attendance is computed anew from the meetings, whatever the phone computed."""
    if not indicator.from_meetings:
        return answer(fields, indicator, FORM)
    if fields.text(names.meetings_held(indicator.code)) == "0":
        return 0
    return attendance.as_read(indicator, meetings[indicator.code])


def _meetings(fields: Fields, indicator: Indicator, dated: Dated) -> tuple[HeldMeeting, ...]:
    if fields.text(names.meetings_held(indicator.code)) == "0":
        return ()
    return tuple(_meeting(one, indicator.code, dated) for one in fields.rows(names.meetings(indicator.code)))


def _meeting(fields: Fields, code: str, dated: Dated) -> HeldMeeting:
    came = Sentence(f"ตัวบ่งชี้ {code}: จำนวนผู้เข้าประชุม", f"indicator {code}: how many came to the meeting")
    asked = Sentence(f"ตัวบ่งชี้ {code}: จำนวนสมาชิก", f"indicator {code}: how many members there are")
    present = whole_number(fields, names.present(code), came, FORM)
    members = whole_number(fields, names.members(code), asked, FORM)
    if (present or 0) < 0 or (members or 0) < 0:
        raise BadInput(
            f"{FORM}.out_of_range",
            f"ตัวบ่งชี้ {code}: จำนวนผู้เข้าประชุมหรือสมาชิกต่ำกว่า 0 ให้แก้ไขแล้วส่งใหม่",
            f"indicator {code}: fewer than 0 came or are members; have it corrected and sent again",
        )
    met_on = dated.day(fields, names.met_on(code), f"วันที่ประชุมในตัวบ่งชี้ {code}")
    return HeldMeeting(met_on, present, members)


def _own(fields: Fields) -> OwnResult:
    return OwnResult(
        item=renewed(fields.text("own_item")),
        indicator=fields.text("own_indicator"),
        text=fields.words("own_text"),
        target=computed(fields, "own_target"),
        unit=fields.words("own_unit"),
        actual=whole_number(fields, "own_actual", _OWN_RESULT, FORM),
        note=fields.words("own_note"),
    )
