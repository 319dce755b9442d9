"""Several assessors: the mean rounded down, one sheet each, who is held, in any order."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from mochocho.model import ApplicantType, Application, ScoreSheet
from mochocho.standards.load import load_pack
from processing.marks import check as check_marks
from processing.reconcile import reconcile
from processing.score import score_sheet

PACK = load_pack("2568-sample").pack
GROUP = PACK.standard(ApplicantType.GROUP)
APPLICATION = Application(
    key="k",
    root_id="r",
    instance_id="i",
    form_version="1",
    type=ApplicantType.GROUP,
    name="กลุ่มตัวอย่าง",
    district="5701",
    subdistrict="",
    village="",
    applied_on=None,
    eligibility={},
    documents={},
)
BEST = {
    i.code: {"yes_no": 1, "rubric": 5}.get(i.measure.kind, getattr(i.measure, "threshold", 0))
    for i in GROUP.indicators
}
WORST = {i.code: 1 if i.measure.kind == "rubric" else 0 for i in GROUP.indicators}


def sheet(assessor: str, answers: dict[str, int | None], root_id: str = "", **changes: object) -> ScoreSheet:
    made = ScoreSheet(
        root_id=root_id or f"root of {assessor}",
        instance_id=f"instance of {root_id or assessor}",
        form_version="1",
        applicant_key="k",
        assessor=assessor,
        visited_on=date(2025, 4, 1),
        answers=answers,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


answers_ = st.fixed_dictionaries(
    {i.code: st.sampled_from([None, WORST[i.code], BEST[i.code]]) for i in GROUP.indicators}
)
several = st.lists(answers_, min_size=1, max_size=4).map(
    lambda many: [sheet(f"กรรมการ {n}", answers) for n, answers in enumerate(many)]
)


@given(several, st.randoms(use_true_random=False))
def test_the_order_sheets_come_in_does_not_matter(sheets: list[ScoreSheet], random: object) -> None:
    shuffled = list(sheets)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert reconcile(APPLICATION, GROUP, shuffled) == reconcile(APPLICATION, GROUP, sheets)


@given(several)
def test_points_are_the_mean_of_those_who_assessed_rounded_down(sheets: list[ScoreSheet]) -> None:
    scores = reconcile(APPLICATION, GROUP, sheets).scores
    assert scores is not None
    singles = [{s.code: s.points for s in score_sheet(GROUP, one.answers).indicators} for one in sheets]
    for indicator in scores.indicators:
        given_ = [p for one in singles if (p := one[indicator.code]) is not None]
        if given_:
            assert indicator.points == sum(given_) // len(given_)
            assert min(given_) <= indicator.points <= max(given_)
        else:
            assert indicator.points is None
    assert (scores.percent is None) == any(s.points is None for s in scores.indicators)


@given(answers_)
def test_one_assessor_scores_as_the_sheet_does(answers: dict[str, int | None]) -> None:
    consensus = reconcile(APPLICATION, GROUP, [sheet("กรรมการ", answers)])
    assert consensus.scores == replace(score_sheet(GROUP, answers), assessors=("กรรมการ",))
    assert consensus.findings == ()


@given(several)
def test_whoever_differs_is_named_and_only_then(sheets: list[ScoreSheet]) -> None:
    consensus = reconcile(APPLICATION, GROUP, sheets)
    differing = {f.subject for f in consensus.findings if f.code == "score.disagreement"}
    expected = {
        i.code
        for i in GROUP.indicators
        if len({s.answers[i.code] for s in sheets if s.answers[i.code] is not None}) > 1
    }
    assert differing == expected
    assert consensus.scores is not None
    agreed = {s.code for s in consensus.scores.indicators if s.answer is not None}
    assert not agreed & differing


def test_the_last_visit_of_one_assessor_counts_and_the_other_sheet_is_named() -> None:
    early = sheet("นางกรรมการ", WORST, "b", visited_on=date(2025, 3, 1))
    late = sheet("นางกรรมการ", BEST, "a", visited_on=date(2025, 4, 1))
    for order in ([early, late], [late, early]):
        consensus = reconcile(APPLICATION, GROUP, order)
        assert consensus.counted == (late,)
        assert [(f.code, f.read_from.instance_id) for f in consensus.findings] == [
            ("sheet.duplicate_assessor", "instance of b")
        ]


def test_sheets_without_a_name_are_different_assessors() -> None:
    consensus = reconcile(APPLICATION, GROUP, [sheet("", BEST, "a"), sheet("", BEST, "b")])
    assert len(consensus.counted) == 2
    assert [f.code for f in consensus.findings] == ["sheet.no_assessor"] * 2


def test_a_sheet_from_another_district_is_held_and_one_of_unknown_sender_counts() -> None:
    held = sheet("ก", WORST, officer_districts=("5702",))
    own = sheet("ข", BEST, officer_districts=("5702", "5701"))
    consensus = reconcile(APPLICATION, GROUP, [held, own, sheet("ค", BEST)])
    assert [s.assessor for s in consensus.counted] == ["ข", "ค"]
    assert [f.code for f in consensus.findings] == ["officer.other_district"]


def test_a_sheet_of_another_type_is_not_a_sheet_of_zeros() -> None:
    leader = {i.code: 1 for i in PACK.standard(ApplicantType.LEADER).indicators}
    consensus = reconcile(APPLICATION, GROUP, [sheet("ก", leader)])
    assert consensus.scores is None
    assert [f.code for f in consensus.findings] == ["sheet.other_type"]


def test_nothing_assessed_at_all_gives_no_percent_and_no_silent_pass() -> None:
    consensus = reconcile(
        APPLICATION, GROUP, [sheet("ก", dict.fromkeys(BEST)), sheet("ข", dict.fromkeys(BEST))]
    )
    assert consensus.scores is not None
    assert consensus.scores.percent is None
    assert [f.code for f in check_marks(PACK, GROUP, consensus.scores)] == ["score.not_assessed"]


def test_a_phone_that_added_up_differently_is_noticed() -> None:
    right = score_sheet(GROUP, BEST)
    same = sheet("ก", BEST, phone_total=right.points, phone_max=right.full)
    assert reconcile(APPLICATION, GROUP, [same]).findings == ()
    other = replace(same, phone_total=right.points - 1)
    assert [f.code for f in reconcile(APPLICATION, GROUP, [other]).findings] == ["score.phone_differs"]


def test_a_score_below_the_pass_mark_says_both_numbers_in_thai_digits() -> None:
    scores = replace(score_sheet(GROUP, WORST), percent=5230)
    assert [f.message_th for f in check_marks(PACK, GROUP, scores)] == [
        "คะแนนรวมร้อยละ ๕๒.๓๐ ต่ำกว่าเกณฑ์ร้อยละ ๗๐"
    ]
    assert check_marks(PACK, GROUP, replace(scores, percent=7000)) == ()
    assert [f.code for f in check_marks(PACK, GROUP, replace(scores, percent=6999))] == ["score.below_pass"]
