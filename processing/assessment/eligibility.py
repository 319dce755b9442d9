"""Does an applicant meet the rules of eligibility (rules.md 11-18)? Pure.

What was not answered is not known to be met, so it blocks like what is not met, under its own code.
"""

import re

from mochocho.standards.schema import Choice, DurationMonths, Eligibility, Standard
from mochocho.words.model import Application, Finding, ReadFrom
from processing.findings import finding, quoted
from xlsforms import names


def check(application: Application, standard: Standard) -> tuple[Finding, ...]:
    """Findings in the order of the pack, then answers the pack does not know."""
    found = [f for rule in standard.eligibility if (f := _rule(application, rule))]
    known = {rule.code for rule in standard.eligibility}
    found += [_unknown_field(application, code) for code in sorted(set(application.eligibility) - known)]
    return tuple(found)


def _rule(application: Application, rule: Eligibility) -> Finding | None:
    answer = application.eligibility.get(rule.code, "")
    problem = _not_answered(rule) if not answer else _problem(rule, answer)
    if problem is None:
        return None
    code, message = problem
    return finding(code, rule.code, message, blocking=True, read_from=_read_from(application, rule.code))


def _read_from(application: Application, code: str) -> ReadFrom:
    return ReadFrom(application.instance_id, names.eligibility(application.type, code))


def _not_answered(rule: Eligibility) -> tuple[str, str]:
    return "eligibility.not_answered", f"{rule.th}: ยังไม่ได้ตอบ ให้แก้ไขใบสมัครแล้วตอบข้อนี้"


def _problem(rule: Eligibility, answer: str) -> tuple[str, str] | None:
    match rule.check:
        case DurationMonths(at_least=at_least):
            return _months(rule, answer, at_least)
        case Choice(choices=choices):
            return None if answer in {c.code for c in choices} else _unknown(rule, answer)
        case _:
            return _yes(rule, answer)


def _months(rule: Eligibility, answer: str, at_least: int) -> tuple[str, str] | None:
    if not re.fullmatch("[0-9]{1,5}", answer):
        return _unknown(rule, answer)
    if int(answer) >= at_least:
        return None
    return "eligibility.not_met", f"{rule.th}: ตอบ {int(answer)} เดือน ต้องไม่น้อยกว่า {at_least} เดือน"


def _yes(rule: Eligibility, answer: str) -> tuple[str, str] | None:
    if answer == "yes":
        return None
    if answer == "no":
        return "eligibility.not_met", f"{rule.th}: ตอบว่าไม่ใช่ จึงยังไม่มีคุณสมบัติข้อนี้"
    return _unknown(rule, answer)


def _unknown(rule: Eligibility, answer: str) -> tuple[str, str]:
    return (
        "eligibility.unknown_answer",
        f"{rule.th}: คำตอบ {quoted(answer)} ไม่มีในแบบฟอร์มของรอบนี้ ให้รับแบบฟอร์มฉบับล่าสุดแล้วตอบใหม่",
    )


def _unknown_field(application: Application, code: str) -> Finding:
    return finding(
        "form.unknown_field",
        code,
        f"แบบฟอร์มมีข้อ {quoted(code)} ซึ่งไม่มีในเกณฑ์ของรอบนี้ ให้ตรวจว่าใช้แบบฟอร์มฉบับล่าสุด",
        blocking=False,
        read_from=_read_from(application, code),
    )
