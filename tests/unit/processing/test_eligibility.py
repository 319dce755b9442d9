"""Rules 11-18, by the kind of check."""

import pytest

from mochocho.standards.load import load_pack
from mochocho.words.model import ApplicantType, Application, Severity
from processing.assessment.eligibility import check

PACK = load_pack("2568-sample").pack
LEADER = {"residence_1y": "12", "continuous_work": "yes", "respected": "yes", "position_any": "formal"}


def codes(type_: ApplicantType, answers: dict[str, str]) -> list[tuple[str, str]]:
    application = Application("k", "r", "i", "1", type_, "ชื่อ", "5701", "", "", None, answers, {})
    found = check(application, PACK.standard(type_))
    assert all(f.read_from.path.startswith(f"el_{type_}_") for f in found)
    assert all((f.severity is Severity.WARNING) == (f.code == "form.unknown_field") for f in found)
    return [(f.code, f.subject) for f in found]


def choice() -> str:
    rule = next(r for r in PACK.standard(ApplicantType.LEADER).eligibility if r.check.type == "choice")
    return rule.check.choices[-1].code


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"residence_1y": "11"}, [("eligibility.not_met", "residence_1y")]),
        ({"residence_1y": "0"}, [("eligibility.not_met", "residence_1y")]),
        ({"residence_1y": "หนึ่งปี"}, [("eligibility.unknown_answer", "residence_1y")]),
        ({"residence_1y": "-5"}, [("eligibility.unknown_answer", "residence_1y")]),
        ({"residence_1y": ""}, [("eligibility.not_answered", "residence_1y")]),
        ({"respected": "no"}, [("eligibility.not_met", "respected")]),
        ({"respected": "ok"}, [("eligibility.unknown_answer", "respected")]),
        ({"position_any": "renamed_choice"}, [("eligibility.unknown_answer", "position_any")]),
        ({"height": "170"}, [("form.unknown_field", "height")]),
    ],
)
def test_a_leader(changes: dict[str, str], expected: list[tuple[str, str]]) -> None:
    assert codes(ApplicantType.LEADER, {**LEADER, "position_any": choice(), **changes}) == expected


@pytest.mark.parametrize("type_", list(ApplicantType))
def test_what_was_not_answered_is_not_known_to_be_met(type_: ApplicantType) -> None:
    expected = [("eligibility.not_answered", rule.code) for rule in PACK.standard(type_).eligibility]
    assert codes(type_, {}) == expected
