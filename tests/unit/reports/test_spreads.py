"""Where assessors differ, as a dossier, `explain` and the indicator table show it."""

from dataclasses import replace

from mochocho.standards.schema import Indicator
from mochocho.words.model import ApplicantType, Round, Scores, Settled
from processing.scoring.reconcile import Agreement, reconcile
from reports.explaining.line_tree import texts
from reports.explaining.marks_explained import Answered, Answers, pass_rule, total
from reports.view.assessors.spreads import OPEN
from reports.view.printed_words import Words
from reports.view.scores import HELD, ScoresView, scores_view
from tests.pins.applicants import PACK, application, sheet

LEADER = ApplicantType.LEADER
STANDARD = PACK.standard(LEADER)
CODE = "L1.2.1"
SHEETS = [sheet(LEADER, "นายหนึ่ง"), sheet(LEADER, "นางสอง")]
APART = [replace(one, answers={**one.answers, CODE: n}) for one, n in zip(SHEETS, (2, 5), strict=True)]
BY_PEOPLE = Settled(4, "ดูแฟ้มผลงานร่วมกัน", "นายประธาน ตัวอย่าง")


def scores(agreement: Agreement) -> Scores:
    found = reconcile(application(LEADER), lambda _: STANDARD, APART, Round.ONSITE, agreement).scores
    assert found is not None
    return found


def view(agreement: Agreement) -> ScoresView:
    return scores_view(scores(agreement), LEADER, PACK, Words(thai_digits=False))


def explained(agreement: Agreement) -> str:
    found = scores(agreement)
    answers = [(one.assessor, one.answers) for one in APART]

    def given(indicator: Indicator) -> Answers:
        by = agreement.settled.get(indicator.code)
        settled = f"เหตุผล: {by.reason}" if by else ""
        return Answers([Answered(who, indicator, said.get(indicator.code)) for who, said in answers], settled)

    lines = (
        total(PACK, STANDARD, found, given, "total"),
        pass_rule(PACK, STANDARD, found),
    )
    return "\n".join(texts(lines))


def test_where_they_agree_there_is_no_table() -> None:
    found = reconcile(application(LEADER), lambda _: STANDARD, SHEETS).scores
    assert found is not None
    assert scores_view(found, LEADER, PACK, Words()).spreads == ()


def test_each_answer_what_counts_and_by_which_rule() -> None:
    (table,) = view(Agreement()).spreads
    (row,) = table.rows
    assert row.answers == ("นางสอง: ระดับ 5 ดีมาก", "นายหนึ่ง: ระดับ 2 พอใช้")
    figures = (row.lowest, row.highest, row.difference, row.counts, row.why)
    assert figures == ("2.00", "5.00", "3.00", "3.50", "ค่าเฉลี่ย")


def test_who_settled_it_and_why() -> None:
    shown = view(Agreement(above=40, settled={CODE: BY_PEOPLE}))
    (row,) = shown.spreads[0].rows
    assert row.counts == "4.00"
    assert row.why == "ประมวลเป็น ระดับ 4 ดี โดย นายประธาน ตัวอย่าง เหตุผล: ดูแฟ้มผลงานร่วมกัน"
    assert shown.figure
    text = explained(Agreement("median", settled={CODE: BY_PEOPLE}))
    assert "ใช้คำตอบที่ประมวลแล้วแทนค่ามัธยฐาน = 4.00" in text
    assert "เหตุผล: ดูแฟ้มผลงานร่วมกัน" in text


def test_what_is_open_shows_no_percentage_and_no_verdict() -> None:
    shown = view(Agreement(above=40))
    (row,) = shown.spreads[0].rows
    (marked,) = [one for group in shown.indicators for one in group.rows if one.verdict == HELD]
    assert (shown.figure, shown.caption) == ("", "รอประมวลคะแนน 1 ตัวบ่งชี้")
    assert (row.counts, marked.code) == (OPEN, CODE)
    text = explained(Agreement(above=40))
    assert f"ยังไม่มีผู้ประมวลคะแนน ({CODE})" in text
    assert "ผล: ค้างไว้" in text
    assert "ยังเทียบไม่ได้ เพราะยังประมวลคะแนนไม่ครบ" in text


def test_the_other_rules_are_explained_by_their_names() -> None:
    assert "รวมกรรมการ 2 คน: ค่ามัธยฐาน จาก 2, 5 = 3.50" in explained(Agreement("median"))


def test_the_provincial_round_has_a_table_of_its_own() -> None:
    found = scores(Agreement())
    tables = scores_view(found, LEADER, PACK, Words(), found).spreads
    assert [table.title.startswith("รอบจังหวัด") for table in tables] == [False, True]
