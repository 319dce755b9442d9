"""A unit's own forms in its dossier."""

from dataclasses import replace
from fractions import Fraction

from mochocho.words.model import ApplicantType, Case, Round
from mochocho.words.places import Province
from reports.view.own.own_forms import OwnView, own_view
from reports.view.printed_words import ROUNDED, Words
from tests.unit.reports.made_cases import PACK, Cases
from tests.unit.reports.made_own_work import with_own_work

MADE = Cases(Province.named("เชียงราย"))
NETWORK = ApplicantType.NETWORK
CASE = with_own_work(MADE.case("พาน", NETWORK, 1))
THAI = Words()


def view(case: Case) -> OwnView:
    made = own_view(case, PACK.standard(case.application.type), THAI)
    assert made is not None
    return made


def test_a_unit_that_sent_nothing_of_the_kind_has_none() -> None:
    case = MADE.case("พาน", NETWORK, 1)
    assert own_view(case, PACK.standard(NETWORK), THAI) is None


def test_each_dimension_stands_before_after_and_by_the_committee() -> None:
    shown = view(CASE)
    standard, scores = PACK.standard(NETWORK), CASE.assessment.scores
    assert scores is not None
    assert [row[1] for row in shown.rows] == [*(d.th for d in standard.dimensions), "รวม"]
    assert [row[4] for row in shown.rows[:-1]] == [
        THAI.hundredths(Fraction(d.points * 10_000, d.full)) for d in scores.dimensions
    ]
    before, after = (one.scores for one in (CASE.own.rounds[0], CASE.own.rounds[-1]))
    assert shown.rows[-1][2:] == tuple(THAI.hundredths(s.percent or 0) for s in (before, after, scores))


def test_what_is_not_assessed_is_a_dash_and_never_zero() -> None:
    one = CASE.own.rounds[0]
    first = one.scores.indicators[0]
    blank = replace(
        one.scores, indicators=(replace(first, points=None), *one.scores.indicators[1:]), percent=None
    )
    only = replace(CASE.own, rounds=(replace(one, scores=blank),))
    shown = view(replace(CASE, own=only, assessment=replace(CASE.assessment, scores=None)))
    assert shown.rows[0][2:] == ("-", "-", "-")
    assert shown.rows[1][2] != "-"
    assert shown.rows[-1][2:] == ("-", "-", "-")


def test_how_percents_are_rounded_is_said_once_in_a_dossier() -> None:
    assert ROUNDED not in view(CASE).notes  # it stands below the committee's scores
    alone = replace(CASE, assessment=replace(CASE.assessment, scores=None))
    assert view(alone).notes[-1] == ROUNDED


def test_every_meeting_is_named_beside_the_percentage_of_all_together() -> None:
    (attended,) = (line for line in view(CASE).notes if "N1.2.2" in line)
    each = "๑๕ ม.ค. ๒๕๖๘ ๑๘/๓๐ คน, ๑๕ ก.พ. ๒๕๖๘ ๒๔/๓๐ คน, ๑๕ มี.ค. ๒๕๖๘ ๒๗/๓๐ คน"
    assert attended == f"N1.2.2 ผู้เข้าประชุม/สมาชิก: {each} รวมร้อยละ ๗๖"


def test_the_plan_shows_the_last_result_of_each_sub_criterion() -> None:
    rows = [row[2:4] for row in view(CASE).plan_rows]
    assert rows[:3] == [("๔ ครั้ง", "๕"), ("๑ ฉบับ", "๑"), ("ร้อยละ ๘๐", "๖๐")]


def test_a_result_of_what_the_plan_no_longer_has_is_not_lost() -> None:
    gone = view(CASE).plan_rows[3]
    assert gone[1:4] == ("เกณฑ์ย่อย gone (ไม่อยู่ในแผนฉบับที่นับ)", "๔ ครั้ง", "๒")
    without = view(replace(CASE, own=replace(CASE.own, plan=None)))
    assert [row[1] for row in without.plan_rows] == [
        "เกณฑ์ย่อย item-1",
        "เกณฑ์ย่อย item-3",
        "เกณฑ์ย่อย item-2",
        "เกณฑ์ย่อย gone",
    ]


def test_digits_are_the_packets() -> None:
    arabic = own_view(CASE, PACK.standard(NETWORK), Words(thai_digits=False))
    assert not any(c in "๐๑๒๓๔๕๖๗๘๙" for c in str(arabic))


def test_a_plan_alone_has_no_table_of_assessments() -> None:
    shown = view(replace(CASE, own=replace(CASE.own, rounds=())))
    assert (shown.title, shown.rows, shown.plan_title) == ("", (), "แผนพัฒนาตนเอง")
    assert shown.plan_rows[0][3] == "-"


def test_rounds_in_between_are_named() -> None:
    between = [r for r in CASE.own.rounds if r.assessment.round is Round.SELF_PERIODIC]
    (line,) = (n for n in view(CASE).notes if "ระหว่าง" in n)
    assert line.startswith("ประเมินระหว่างพัฒนา ๒ ครั้ง: ๕ ก.พ. ๒๕๖๘ ร้อยละ")
    assert len(between) == 2


def test_a_plan_without_items_has_its_heading() -> None:
    plan = CASE.own.plan
    assert plan is not None
    empty = replace(CASE, own=replace(CASE.own, plan=replace(plan, items=()), rounds=()))
    assert (view(empty).plan_title, view(empty).plan_rows) == ("แผนพัฒนาตนเอง", ())
