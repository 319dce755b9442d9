"""The one-year rule for groups: not asked as the sources say, and each reading as the guide words it."""

import re
from pathlib import Path

import pytest

from mochocho.standards import load
from mochocho.standards.load import parse_pack
from mochocho.standards.schema import Declaration, DurationMonths, Pack
from mochocho.words.model import ApplicantType
from mochocho.words.places import Province
from processing.assessment.eligibility import check
from processing.findings.entry import Audience
from processing.findings.saying import said
from tests.pins.applicants import application
from xlsforms import names
from xlsforms.build import build_forms

GUIDE = Path(load.__file__).parents[2] / "docs" / "standards.th.md"
SAMPLE = (load.RELEASED / "2568-sample.yaml").read_text("utf-8")
GROUP = ApplicantType.GROUP
AGE, RESULT = re.findall(r"```yaml\n(      - code: active_1y\n.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
ASKED = names.eligibility(GROUP, "active_1y")


def pack(rule: str = "") -> Pack:
    """The sample with this rule for groups."""
    head, mark, rest = SAMPLE.replace("id: 2568-sample\n", "id: my-own\n").partition(
        '      # ไม่ใส่ข้อ "รวมตัวและดำเนินกิจกรรม'
    )
    assert mark
    return parse_pack(f"{head}{rule}{mark}{rest}".encode()).pack


def found(criteria: Pack, answer: str) -> list[str]:
    group = application(GROUP, eligibility={"member_resolution": "yes", "active_1y": answer})
    return [f.code for f in check(group, criteria.standard(GROUP))]


def test_the_sample_asks_neither() -> None:
    rules = pack().standard(GROUP).eligibility
    assert [rule.code for rule in rules] == ["member_resolution"]
    group = application(GROUP, eligibility={"member_resolution": "yes"})
    assert check(group, pack().standard(GROUP)) == ()


@pytest.mark.parametrize(
    ("answer", "codes"),
    [
        ("12", []),
        ("13", []),
        ("240", []),
        ("11", ["eligibility.not_met"]),
        ("0", ["eligibility.not_met"]),
        ("", ["eligibility.not_answered"]),
        ("yes", ["eligibility.unknown_answer"]),  # an answer to the other reading
    ],
)
def test_at_least_one_year_old(answer: str, codes: list[str]) -> None:
    assert found(pack(AGE), answer) == codes


@pytest.mark.parametrize(
    ("answer", "codes"),
    [
        ("yes", []),
        ("no", ["eligibility.not_met"]),
        ("", ["eligibility.not_answered"]),
        ("24", ["eligibility.unknown_answer"]),  # how old it is says nothing of a year's results
    ],
)
def test_the_results_of_one_year(answer: str, codes: list[str]) -> None:
    assert found(pack(RESULT), answer) == codes


def test_the_committee_reads_the_rule_and_the_months() -> None:
    group = application(GROUP, eligibility={"member_resolution": "yes", "active_1y": "11"})
    (short,) = check(group, pack(AGE).standard(GROUP))
    assert said(short, Audience.COMMITTEE).startswith("รวมตัวและดำเนินกิจกรรมในชุมชนไม่น้อยกว่า ")
    assert (dict(short.values)["months"], dict(short.values)["at_least"]) == (11, 12)


@pytest.mark.parametrize(("rule", "kind"), [(AGE, DurationMonths), (RESULT, Declaration), ("", None)])
def test_the_application_asks_groups_in_the_same_reading(rule: str, kind: type | None) -> None:
    criteria = pack(rule)
    checks = {one.code: type(one.check) for one in criteria.standard(GROUP).eligibility}
    assert checks.get("active_1y") is kind
    form = build_forms(criteria, Province.named("เชียงราย"), "odk")[0]
    bind = re.search(rf'nodeset="[^"]*/{ASKED}" type="(\w+)"', form.xform)
    assert (bind and bind[1]) == {DurationMonths: "int", Declaration: "string", None: None}[kind]
