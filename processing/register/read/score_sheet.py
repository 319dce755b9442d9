"""Reads a score sheet."""

from collections.abc import Mapping, Sequence

from mochocho.standards.schema import Indicator, Pack
from mochocho.words.errors import BadInput
from mochocho.words.ids import renewed
from mochocho.words.model import NotAssessed, Round, ScoreSheet
from processing.findings.quoting import quoted
from processing.register.read.dated import Dated
from processing.register.read.fields import Fields
from processing.register.read.indicator_answers import (
    answer,
    asked_indicators,
    computed,
    computed_fraction,
    refuse_unknown,
)
from sync.mirror.queries import Mirrored
from sync.xform.parse import Instance
from xlsforms import names

ROUNDS = (Round.ONSITE, Round.PROVINCIAL)
CHOICES = ("yes_no", "rubric")  # kinds of measures whose answers are chosen, not typed


def read_sheet(instance: Instance, received: Mirrored, pack: Pack) -> ScoreSheet:
    """A score sheet by the rules of its own form version.

    Raises BadInput when it names no applicant or round, or a typed answer is impossible. A chosen answer that
    is not among the choices is kept in `unusable`: it is not assessed, never a zero.
    """
    fields = Fields(instance.root, received.files)
    key = fields.text("applicant_key").removeprefix("uuid:")
    if not key:
        raise BadInput(
            "sheet.no_applicant",
            "แบบให้คะแนนไม่ได้ระบุผู้สมัคร ให้เลือกผู้สมัครจากรายชื่อแล้วส่งใหม่",
            "the score sheet names no applicant; have one chosen from the list and sent again",
        )
    refuse_unknown(fields, pack, "sheet")
    declared = fields.text("conflict") == "yes"
    indicators = () if declared else asked_indicators(fields, pack)
    unusable = {i.code: written for i in indicators if (written := _unusable(fields, i))}
    dated = Dated(pack, received)
    return ScoreSheet(
        root_id=received.root_id,
        instance_id=instance.instance_id,
        form_version=received.form_version,
        applicant_key=key,
        assessor=fields.words("assessor_name"),
        visited_on=dated.day(fields, "visited_on", "วันที่ตรวจประเมิน"),
        answers={i.code: None if i.code in unusable else answer(fields, i, "sheet") for i in indicators},
        evidence={i.code: photo for i in indicators if (photo := fields.file(names.evidence(i.code)))},
        phone_total=computed(fields, "total"),
        phone_max=computed(fields, "full"),
        phone_percent=computed(fields, "percent"),
        phone_exact=computed_fraction(fields),
        remarks=fields.words("remarks"),
        officer_districts=received.officer_districts,
        conflict=received.conflict,
        round=_round(fields),
        assessor_id=renewed(fields.text("assessor")),
        interest=fields.words("conflict_why") if declared else None,
        not_assessed=_not_assessed(fields, indicators),
        justifications=_written(fields, {i.code: names.justification(i.code) for i in indicators}),
        unusable=unusable,
        mode=fields.text("mode"),
        entered_by=fields.words("entered_by"),
        papers=(*fields.files("sheet_photo"), *fields.files("sheet_page")),
        # where a paper was copied says nothing about the visit
        gps="" if fields.text("mode") == "paper" else how_placed(fields),
        signed=bool(fields.files("sign_assessor")),
        applicant_signed=bool(fields.files("sign_applicant")),
        doubted=dated.doubted,
        not_offered=received.not_offered,
        received_at=received.received_at,
    )


def _round(fields: Fields) -> Round:
    """The round; a sheet that names none is of the visit."""
    written = fields.text("round") or Round.ONSITE
    if written not in ROUNDS:
        raise BadInput(
            "sheet.unknown_round",
            f"แบบให้คะแนนระบุรอบ {quoted(written)} ซึ่งไม่มีในระบบ ให้รับแบบฟอร์มฉบับล่าสุดแล้วกรอกใหม่",
            f"the score sheet is of a round {quoted(written)}, which there is not; "
            "have the newest form fetched and filled in anew",
        )
    return Round(written)


def _unusable(fields: Fields, indicator: Indicator) -> str:
    """A chosen answer that this version does not offer; '' if there is none."""
    if indicator.measure.kind not in CHOICES:
        return ""
    try:
        answer(fields, indicator, "sheet")
    except BadInput:
        return fields.words(names.indicator(indicator.code))
    return ""


def _not_assessed(fields: Fields, indicators: Sequence[Indicator]) -> dict[str, NotAssessed]:
    reasons = _written(fields, {i.code: names.not_assessed(i.code) for i in indicators})
    return {
        code: NotAssessed(reason, fields.words(names.not_assessed_why(code)))
        for code, reason in reasons.items()
    }


def _written(fields: Fields, asked: Mapping[str, str]) -> dict[str, str]:
    """The texts of those of these fields that have one, by indicator code."""
    return {code: words for code, field in asked.items() if (words := fields.words(field))}


def how_placed(fields: Fields) -> str:
    """How the place was taken.

    A fix is latitude, longitude, altitude, accuracy. An accuracy of 0 means mocked, unless the altitude is 0
    as well: that is a point placed on a map.
    """
    fix = fields.text("location").split()
    if not fix:
        return ""
    nothing = [not part.strip("-0.") for part in fix[2:4]]
    if nothing == [True, True]:
        return "placed"
    return "mocked" if nothing[1:] == [True] else "fix"
