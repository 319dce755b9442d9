"""Whether an applicant meets the rules of eligibility (rules.md 11-18). Pure.

An unanswered rule is not known to be met, so it blocks as one that is not met, with a code of its own.
"""

import re
from collections.abc import Iterator, Mapping

from mochocho.standards.schema import Choice, DurationMonths, Eligibility, Standard
from mochocho.words.model import Application, Finding, ReadFrom, Ruling, Value
from processing.findings.making import finding
from xlsforms import names

NO_RULINGS: Mapping[str, Ruling] = {}

_Problem = tuple[str, dict[str, Value]]  # a code and the values of its sentences


def check(
    application: Application, standard: Standard, rulings: Mapping[str, Ruling] = NO_RULINGS
) -> tuple[Finding, ...]:
    """Findings in the order of the pack, then answers that the pack does not know.

    `rulings`: what people decided, by the code of a rule; what was found stays, but bars no more.
    """
    found = [f for rule in standard.eligibility for f in _rule(application, rule, rulings.get(rule.code))]
    known = {rule.code for rule in standard.eligibility}
    found += [_unknown_field(application, code) for code in sorted(set(application.eligibility) - known)]
    return tuple(found)


def _rule(application: Application, rule: Eligibility, ruling: Ruling | None) -> Iterator[Finding]:
    answer = application.eligibility.get(rule.code, "")
    problem = _problem(rule, answer) if answer else ("eligibility.not_answered", {})
    read_from = _read_from(application, rule.code)
    said: dict[str, Value] = {"reason": ruling.reason, "by": ruling.by} if ruling else {}
    if problem:
        code, values = problem
        ruled = said if ruling and ruling.met else {}
        yield finding(code, rule.code, read_from, rule=rule.th, **values, **ruled)
    if ruling and not ruling.met:
        yield finding("eligibility.barred", rule.code, read_from, rule=rule.th, **said)


def _read_from(application: Application, code: str) -> ReadFrom:
    return ReadFrom(application.instance_id, names.eligibility(application.type, code))


def _problem(rule: Eligibility, answer: str) -> _Problem | None:
    match rule.check:
        case DurationMonths(at_least=at_least):
            return _months(answer, at_least)
        case Choice(choices=choices):
            return None if answer in {c.code for c in choices} else _unknown(answer)
        case _:
            return _yes(answer)


def _months(answer: str, at_least: int) -> _Problem | None:
    if not re.fullmatch("[0-9]{1,5}", answer):
        return _unknown(answer)
    if int(answer) >= at_least:
        return None
    return "eligibility.not_met", {"months": int(answer), "at_least": at_least}


def _yes(answer: str) -> _Problem | None:
    if answer == "yes":
        return None
    return ("eligibility.not_met", {}) if answer == "no" else _unknown(answer)


def _unknown(answer: str) -> _Problem:
    return "eligibility.unknown_answer", {"answer": answer}


def _unknown_field(application: Application, code: str) -> Finding:
    read_from = _read_from(application, code)
    return finding("form.unknown_field", code, read_from, question=code)
