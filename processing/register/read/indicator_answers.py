"""Reads answers to indicators, as all kinds of assessments have them. Pure.

An impossible answer, or one to an unknown indicator, would be lost or become a zero: so the form is refused,
with the reason. `form` is the first part of the error's code.
"""

from collections.abc import Sequence
from fractions import Fraction

from mochocho.standards.schema import Indicator, Pack
from mochocho.words.errors import BadInput
from processing.findings.quoting import quoted
from processing.register.read.fields import Fields
from processing.scoring.score import in_range
from xlsforms import names


def asked_indicators(fields: Fields, pack: Pack) -> Sequence[Indicator]:
    """The indicators of the form's applicant type; if it names none, those that have an answer."""
    written = fields.text("applicant_type")
    for standard in pack.standards:
        if standard.code == written:
            return standard.indicators
    every = (i for standard in pack.standards for i in standard.indicators)
    return [i for i in every if fields.text(names.indicator(i.code))]


def answer(fields: Fields, indicator: Indicator, form: str) -> int | None:
    """The answer as written; None when there is none. Raises BadInput for an impossible answer."""
    found = whole_number(fields, names.indicator(indicator.code), f"ตัวบ่งชี้ {indicator.code}", form)
    if found is not None and not in_range(indicator.measure, found):
        message = f"ตัวบ่งชี้ {indicator.code}: คำตอบ {found} อยู่นอกช่วงที่ตอบได้ ให้แก้ไขแล้วส่งใหม่"
        raise BadInput(f"{form}.out_of_range", message)
    return found


def whole_number(fields: Fields, name: str, what_th: str, form: str) -> int | None:
    """A number that a person typed. Raises BadInput for anything else; `what_th` names the question."""
    try:
        return fields.number(name)
    except ValueError:
        message = f"{what_th}: คำตอบ {quoted(fields.text(name))} ไม่ใช่จำนวนเต็ม ให้แก้ไขแล้วส่งใหม่"
        raise BadInput(f"{form}.not_a_number", message) from None


def refuse_unknown(fields: Fields, pack: Pack, form: str) -> None:
    """Refuse a form with an answer to an indicator that the pack does not know: it would be lost."""
    known = {names.indicator(i.code) for standard in pack.standards for i in standard.indicators}
    prefix = "i_"
    for rest in fields.starting(prefix):
        if prefix + rest not in known:
            message = f"มีตัวบ่งชี้ {quoted(rest)} ซึ่งไม่มีในเกณฑ์ของรอบนี้ ให้รับแบบฟอร์มฉบับล่าสุดแล้วกรอกใหม่"
            raise BadInput(f"{form}.unknown_indicator", message)


def computed(fields: Fields, name: str) -> int | None:
    """A number computed by the phone; it writes NaN or nothing while the form is incomplete."""
    try:
        return fields.number(name)
    except ValueError:
        return None


def computed_fraction(fields: Fields) -> Fraction | None:
    """The phone's exact total in marks; None if it has none yet, and in earlier forms."""
    numerator, denominator = computed(fields, "numerator"), computed(fields, "denominator")
    return None if numerator is None or not denominator else Fraction(numerator, denominator)
