"""Several assessors: the mean, one sheet each, sheets that do not count, in any order."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mochocho.standards.load import load_pack
from mochocho.standards.schema import Count, Indicator, Standard
from mochocho.words.model import ApplicantType, Application, FileRef, Finding, NotAssessed, Round, ScoreSheet
from processing.findings import saying
from processing.findings.entry import Audience
from processing.scoring.pass_rule import check as check_marks
from processing.scoring.reconcile import reconcile
from processing.scoring.score import in_range, score_sheet
from processing.scoring.sheet_remarks import must_justify
from tests.headless.answers import THIRDS

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


def by_group(_version: str) -> Standard:
    """Every form version has the same rules."""
    return GROUP


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
    assert reconcile(APPLICATION, by_group, shuffled) == reconcile(APPLICATION, by_group, sheets)


@given(several)
def test_points_are_the_exact_mean_of_those_who_assessed(sheets: list[ScoreSheet]) -> None:
    scores = reconcile(APPLICATION, by_group, sheets).scores
    assert scores is not None
    singles = [{s.code: s.points for s in score_sheet(GROUP, one.answers).indicators} for one in sheets]
    for indicator in scores.indicators:
        given_ = [p for one in singles if (p := one[indicator.code]) is not None]
        if given_:
            assert indicator.points == Fraction(sum(given_), len(given_))
            assert min(given_) <= indicator.points <= max(given_)
        else:
            assert indicator.points is None
    assert (scores.percent is None) == any(s.points is None for s in scores.indicators)


@given(answers_)
def test_one_assessor_scores_as_the_sheet_does(answers: dict[str, int | None]) -> None:
    consensus = reconcile(APPLICATION, by_group, [sheet("กรรมการ", answers)])
    expected = replace(score_sheet(GROUP, answers), assessors=("กรรมการ",), form_version="1")
    assert consensus.scores is not None
    (own,) = consensus.scores.marks
    assert own.points == tuple(indicator.points for indicator in expected.indicators)
    assert replace(consensus.scores, marks=()) == expected
    assert consensus.findings == ()


@given(several)
def test_whoever_differs_is_named_and_only_then(sheets: list[ScoreSheet]) -> None:
    consensus = reconcile(APPLICATION, by_group, sheets)
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
        consensus = reconcile(APPLICATION, by_group, order)
        assert consensus.counted == (late,)
        assert [(f.code, f.read_from.instance_id) for f in consensus.findings] == [
            ("sheet.duplicate_assessor", "instance of b")
        ]


def test_sheets_without_a_name_are_different_assessors() -> None:
    consensus = reconcile(APPLICATION, by_group, [sheet("", BEST, "a"), sheet("", BEST, "b")])
    assert len(consensus.counted) == 2
    assert [f.code for f in consensus.findings] == ["sheet.no_assessor"] * 2


def test_a_sheet_from_another_district_is_held_and_one_of_unknown_sender_counts() -> None:
    held = sheet("ก", WORST, officer_districts=("5702",))
    own = sheet("ข", BEST, officer_districts=("5702", "5701"))
    consensus = reconcile(APPLICATION, by_group, [held, own, sheet("ค", BEST)])
    assert [s.assessor for s in consensus.counted] == ["ข", "ค"]
    assert [f.code for f in consensus.findings] == ["officer.other_district"]


def test_a_sheet_of_another_type_is_not_a_sheet_of_zeros() -> None:
    leader = {i.code: 1 for i in PACK.standard(ApplicantType.LEADER).indicators}
    consensus = reconcile(APPLICATION, by_group, [sheet("ก", leader)])
    assert consensus.scores is None
    assert [f.code for f in consensus.findings] == ["sheet.other_type"]


def test_nothing_assessed_at_all_gives_no_percent_and_no_silent_pass() -> None:
    consensus = reconcile(
        APPLICATION, by_group, [sheet("ก", dict.fromkeys(BEST)), sheet("ข", dict.fromkeys(BEST))]
    )
    assert consensus.scores is not None
    assert consensus.scores.percent is None
    assert [f.code for f in check_marks(PACK, GROUP, consensus.scores)] == ["score.not_assessed"]


def test_a_phone_that_added_up_differently_is_noticed() -> None:
    same = sheet("ก", THIRDS, phone_total=4200, phone_max=6000, phone_exact=Fraction(42))
    assert reconcile(APPLICATION, by_group, [same]).findings == ()
    for other in (
        replace(same, phone_total=4199),
        replace(same, phone_max=5900),
        replace(same, phone_exact=Fraction(4199, 100)),
    ):
        assert [f.code for f in reconcile(APPLICATION, by_group, [other]).findings] == ["score.phone_differs"]


def test_a_phone_with_a_form_that_rounded_each_indicator_down_did_not_differ() -> None:
    earlier = sheet("ก", THIRDS, phone_total=4199, phone_max=6000)
    assert reconcile(APPLICATION, by_group, [earlier]).findings == ()
    other = replace(earlier, phone_total=4200)
    assert [f.code for f in reconcile(APPLICATION, by_group, [other]).findings] == ["score.phone_differs"]


def test_thirds_that_come_to_the_pass_mark_pass() -> None:
    scores = score_sheet(GROUP, THIRDS)
    assert (scores.points, scores.full, scores.percent) == (4200, 6000, 7000)
    assert check_marks(PACK, GROUP, scores) == ()


def test_what_is_just_below_the_pass_mark_is_not_rounded_up_to_it() -> None:
    scores = replace(score_sheet(GROUP, THIRDS), percent=7000 - Fraction(1, 3))
    assert [saying.said(f, Audience.COMMITTEE) for f in check_marks(PACK, GROUP, scores)] == [
        "คะแนนรวมต่ำกว่าเกณฑ์ร้อยละ ๗๐ อยู่ไม่ถึง ๐.๐๑ (พิมพ์เป็น ๗๐.๐๐ เพราะปัดเศษ)"
    ]


def test_a_score_below_the_pass_mark_says_both_numbers_in_thai_digits() -> None:
    scores = replace(score_sheet(GROUP, WORST), percent=5230)
    assert [saying.said(f, Audience.COMMITTEE) for f in check_marks(PACK, GROUP, scores)] == [
        "คะแนนรวมร้อยละ ๕๒.๓๐ ต่ำกว่าเกณฑ์ร้อยละ ๗๐"
    ]
    assert check_marks(PACK, GROUP, replace(scores, percent=7000)) == ()
    assert [f.code for f in check_marks(PACK, GROUP, replace(scores, percent=6999))] == ["score.below_pass"]


# An interest in the applicant


def codes(findings: Iterable[Finding]) -> list[str]:
    return [f.code for f in findings]


def test_whoever_declares_an_interest_is_named_and_scores_nothing() -> None:
    declaration = sheet("นางญาติ", {}, interest="เป็นพี่สาว")
    consensus = reconcile(APPLICATION, by_group, [declaration, sheet("นายกลาง", BEST)])
    assert consensus.scores is not None
    assert consensus.scores.assessors == ("นายกลาง",)
    assert (consensus.counted, consensus.declared) == ((sheet("นายกลาง", BEST),), (declaration,))
    (said,) = consensus.findings
    assert said.code == "sheet.interest_declared"
    assert saying.said(said, Audience.COMMITTEE) == "นางญาติแจ้งว่ามีส่วนได้เสียกับผู้สมัครรายนี้ (“เป็นพี่สาว”) จึงไม่ให้คะแนน"


@pytest.mark.parametrize("round_", [Round.ONSITE, Round.PROVINCIAL])
def test_a_declared_interest_holds_for_every_sheet_of_that_assessor(round_: Round) -> None:
    declaration = sheet("นางญาติ", {}, "a", interest="", assessor_id="x1")
    scoring = sheet("นางญาติ", BEST, "b", round=round_)
    consensus = reconcile(APPLICATION, by_group, [declaration, scoring], round_)
    assert consensus.scores is None
    assert "sheet.interested" in codes(consensus.findings)


def test_only_declarations_are_no_scores() -> None:
    consensus = reconcile(APPLICATION, by_group, [sheet("ก", {}, interest="ญาติ")])
    assert (consensus.scores, consensus.counted) == (None, ())


# What cannot be assessed


FIRST = GROUP.indicators[0].code


def test_what_cannot_be_assessed_is_no_zero_and_says_why() -> None:
    reasons = {FIRST: NotAssessed("no_evidence")}
    one = sheet("ก", {**BEST, FIRST: None}, not_assessed=reasons)
    alone = reconcile(APPLICATION, by_group, [one])
    assert alone.scores is not None
    assert (alone.scores.indicators[0].points, alone.scores.percent) == (None, None)
    (said,) = alone.findings
    assert said.code == "score.cannot_assess"
    assert saying.said(said, Audience.COMMITTEE).endswith("ประเมินไม่ได้ ก (ไม่มีหลักฐานให้ตรวจ)")
    both = reconcile(APPLICATION, by_group, [one, sheet("ข", BEST)])
    assert both.scores is not None
    assert both.scores.indicators[0].points == 500
    (said,) = both.findings
    assert said.code == "score.partly_assessed"
    assert "ก (ไม่มีหลักฐานให้ตรวจ) ไม่ได้ประเมิน" in saying.said(said)


def test_another_reason_is_given_in_its_own_words() -> None:
    one = sheet("ก", {**BEST, FIRST: None}, not_assessed={FIRST: NotAssessed("other", "บัญชีอยู่ที่ธนาคาร")})
    (said,) = reconcile(APPLICATION, by_group, [one]).findings
    assert "บัญชีอยู่ที่ธนาคาร" in saying.said(said)


def test_a_choice_that_the_form_did_not_offer_is_a_finding_and_no_zero() -> None:
    consensus = reconcile(APPLICATION, by_group, [sheet("ก", {**BEST, FIRST: None}, unusable={FIRST: "9"})])
    assert consensus.scores is not None
    assert consensus.scores.indicators[0].points is None
    assert codes(consensus.findings) == ["sheet.unknown_choice"]


# How a sheet was made

SIGNED = {"signed": True, "applicant_signed": True}


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"mode": "own", "gps": "fix", **SIGNED}, []),
        ({"mode": "own", "gps": "", **SIGNED}, ["sheet.no_gps"]),
        ({"mode": "own", "gps": "mocked", **SIGNED}, ["sheet.mocked_gps"]),
        ({"mode": "own", "gps": "placed", **SIGNED}, ["sheet.placed_by_hand"]),
        ({"mode": "own", "gps": "fix", **SIGNED, "signed": False}, ["sheet.not_signed"]),
        (
            {"mode": "own", "gps": "fix", **SIGNED, "applicant_signed": False},
            ["sheet.applicant_not_signed"],
        ),
        ({"mode": "paper", "papers": (FileRef("a.jpg", "aa"),)}, ["sheet.copied"]),
        ({"mode": "paper", "papers": (FileRef("a.jpg", None),)}, ["sheet.copied", "sheet.no_paper"]),
        ({"mode": "paper"}, ["sheet.copied", "sheet.no_paper"]),
    ],
)
def test_a_sheet_without_place_or_signature_is_flagged_and_counts(
    changes: dict[str, object], found: list[str]
) -> None:
    consensus = reconcile(APPLICATION, by_group, [sheet("ก", BEST, entered_by="นางธุรการ", **changes)])
    assert consensus.scores is not None
    assert consensus.scores.percent == 10_000
    assert codes(consensus.findings) == found


# The provincial round


def test_the_provincial_round_is_never_mixed_into_the_visit() -> None:
    sheets = [sheet("ก", WORST), sheet("ก", BEST, "p", round=Round.PROVINCIAL)]
    onsite, provincial = (
        reconcile(APPLICATION, by_group, sheets, r) for r in (Round.ONSITE, Round.PROVINCIAL)
    )
    assert onsite.scores == reconcile(APPLICATION, by_group, sheets[:1]).scores
    assert provincial.scores is not None
    assert provincial.scores.percent == 10_000
    assert (codes(onsite.findings), codes(provincial.findings)) == ([], [])
    flagged = replace(sheets[1], mode="own", signed=True)
    (said,) = reconcile(APPLICATION, by_group, [flagged], Round.PROVINCIAL).findings
    assert saying.said(said).startswith("รอบจังหวัด: ")


# Who is who


def test_a_typed_name_that_stands_once_on_the_list_is_the_same_assessor() -> None:
    listed = sheet("นางกรรมการ", WORST, "a", assessor_id="x1", visited_on=date(2025, 3, 1))
    typed = sheet("นางกรรมการ", BEST, "b", visited_on=date(2025, 4, 1))
    assert reconcile(APPLICATION, by_group, [listed, typed]).counted == (typed,)
    namesake = sheet("นางกรรมการ", BEST, "c", assessor_id="x2")
    assert len(reconcile(APPLICATION, by_group, [listed, typed, namesake]).counted) == 3


# However a name is written

KAEO = "นางแก้วธาร ผาเพียงดินทอง"
SAME = [
    *("นาง แก้วธาร ผาเพียงดินทอง", "นางแก้วธาร  ผาเพียงดินทอง", "นางแก้วธารผาเพียงดินทอง", "แก้วธาร ผาเพียงดินทอง"),
    *("นางสาวแก้วธาร ผาเพียงดินทอง", "ดร. แก้วธาร ผาเพียงดินทอง", "ผศ.ดร.แก้วธาร ผาเพียงดินทอง"),
    *("ว่าที่ ร.ต.หญิง แก้วธาร ผาเพียงดินทอง", "นางเเก้วธาร ผาเพียงดินทอง", "นางแก้ว\u200bธาร ผาเพียงดินทอง"),
]
NEARLY = ["นางแก้วธาน ผาเพียงดินทอง", "นางแก้วธาร ผาเพียงดินทองง", "นาง แก้วธาร ผาเพียดินทอง", "นางแกวธาร ผาเพียงดินทอง"]


@pytest.mark.parametrize("written", SAME)
@pytest.mark.parametrize("round_", [Round.ONSITE, Round.PROVINCIAL])
def test_an_interest_bars_however_the_name_is_written(written: str, round_: Round) -> None:
    sheets = [sheet(written, {}, "a", interest="ญาติ"), sheet(KAEO, BEST, "b", round=round_)]
    consensus = reconcile(APPLICATION, by_group, sheets, round_)
    assert consensus.scores is None
    (said,) = (f for f in consensus.findings if f.code == "sheet.interested")
    assert KAEO in saying.said(said)


def test_an_interest_bars_who_stands_on_the_lists_of_both_committees() -> None:
    sheets = [sheet(KAEO, {}, "a", interest="ญาติ", assessor_id="d1")]
    sheets.append(sheet(KAEO, BEST, "b", assessor_id="p1", round=Round.PROVINCIAL))
    assert reconcile(APPLICATION, by_group, sheets, Round.PROVINCIAL).scores is None


@pytest.mark.parametrize("written", SAME)
@pytest.mark.parametrize("id_", ["", "x1"])
def test_one_assessor_has_one_sheet_however_the_name_is_written(written: str, id_: str) -> None:
    first = sheet(KAEO, WORST, "z", assessor_id=id_)
    later = sheet(written, BEST, "a", visited_on=date(2025, 4, 2))
    consensus = reconcile(APPLICATION, by_group, [first, later])
    assert consensus.counted == (later,)
    assert codes(consensus.findings) == ["sheet.duplicate_assessor"]


@pytest.mark.parametrize("written", NEARLY)
@pytest.mark.parametrize("interest", [None, "ญาติ"])
def test_names_that_are_nearly_alike_are_asked_and_not_taken_for_one(
    written: str, interest: str | None
) -> None:
    one = sheet(KAEO, {} if interest else BEST, "a", interest=interest)
    consensus = reconcile(APPLICATION, by_group, [one, sheet(written, BEST, "b")])
    assert len(consensus.counted) == (1 if interest else 2)
    (asked,) = (saying.said(f) for f in consensus.findings if f.code == "sheet.alike_assessors")
    assert f"“{KAEO}”" in asked
    assert f"“{written}”" in asked
    assert ("แจ้งว่ามีส่วนได้เสีย" in asked) == (interest is not None)


def test_nearly_alike_with_an_interest_is_asked_in_the_other_round_too() -> None:
    sheets = [sheet(KAEO, {}, "a", interest="ญาติ"), sheet(NEARLY[0], BEST, "b", round=Round.PROVINCIAL)]
    assert "sheet.alike_assessors" in codes(
        reconcile(APPLICATION, by_group, sheets, Round.PROVINCIAL).findings
    )


def test_who_was_chosen_from_the_list_is_told_apart_there() -> None:
    chosen = [sheet(KAEO, BEST, "a", assessor_id="x1"), sheet(NEARLY[0], BEST, "b", assessor_id="x2")]
    assert codes(reconcile(APPLICATION, by_group, chosen).findings) == []
    respelt = [sheet(KAEO, WORST, "a", assessor_id="x1"), sheet("นางแก้ว", BEST, "b", assessor_id="x1")]
    assert len(reconcile(APPLICATION, by_group, respelt).counted) == 1


def test_one_person_may_give_marks_in_both_rounds() -> None:
    sheets = [sheet(KAEO, BEST, "a", assessor_id="d1")]
    sheets.append(sheet(KAEO, BEST, "b", assessor_id="p1", round=Round.PROVINCIAL))
    for round_ in (Round.ONSITE, Round.PROVINCIAL):
        assert codes(reconcile(APPLICATION, by_group, sheets, round_).findings) == []


# Sheets of two form versions


def changed(indicators: Mapping[str, Mapping[str, object] | None]) -> Standard:
    """The group's criteria with these indicators otherwise; None = taken out."""
    dimensions = []
    for dimension in GROUP.dimensions:
        components = []
        for component in dimension.components:
            own = tuple(
                i.model_copy(update=dict(indicators.get(i.code) or {}))
                for i in component.indicators
                if indicators.get(i.code, {}) is not None
            )
            components.append(component.model_copy(update={"indicators": own}))
        dimensions.append(dimension.model_copy(update={"components": tuple(components)}))
    return GROUP.model_copy(update={"dimensions": tuple(dimensions)})


def first_of(kind: str) -> Indicator:
    return next(i for i in GROUP.indicators if i.measure.kind == kind)


COUNTED = first_of("count")
OLD, NEW = date(2025, 3, 1), date(2025, 4, 1)


def test_each_sheet_earns_points_by_its_own_versions_rules() -> None:
    assert isinstance(COUNTED.measure, Count)
    harder = COUNTED.measure.model_copy(update={"threshold": COUNTED.measure.threshold * 2})
    versions = {"1": GROUP, "2": changed({COUNTED.code: {"measure": harder}})}
    answers = {**BEST, COUNTED.code: COUNTED.measure.threshold}
    sheets = [sheet("ก", answers, visited_on=OLD), sheet("ข", answers, form_version="2", visited_on=NEW)]
    consensus = reconcile(APPLICATION, versions.__getitem__, sheets)
    assert consensus.scores is not None
    own = next(s for s in consensus.scores.indicators if s.code == COUNTED.code)
    assert (own.points, own.full, own.answer) == ((500 + 250) // 2, 500, None)
    assert consensus.scores.form_version == "2"
    assert codes(consensus.findings) == ["sheet.other_version", "score.disagreement"]


def test_points_out_of_other_full_marks_are_put_in_proportion() -> None:
    versions = {"1": GROUP, "2": changed({COUNTED.code: {"full_marks": 20}})}
    sheets = [sheet("ก", BEST, visited_on=OLD), sheet("ข", BEST, form_version="2", visited_on=NEW)]
    scores = reconcile(APPLICATION, versions.__getitem__, sheets).scores
    assert scores is not None
    assert scores.percent == 10_000
    assert scores.full == GROUP_FULL + 1500


GROUP_FULL = sum(i.full_marks * 100 for i in GROUP.indicators)


def test_what_an_older_sheet_lacks_is_not_assessed_by_it() -> None:
    versions = {"1": changed({FIRST: None}), "2": GROUP}
    old = sheet("ก", {c: a for c, a in BEST.items() if c != FIRST}, visited_on=OLD)
    new = sheet("ข", {**BEST, FIRST: 0}, form_version="2", visited_on=NEW)
    consensus = reconcile(APPLICATION, versions.__getitem__, [old, new])
    assert consensus.scores is not None
    assert consensus.scores.indicators[0].points == 0
    assert codes(consensus.findings) == [
        "sheet.other_version",
        "sheet.indicator_lacking",
        "score.partly_assessed",
    ]
    alone = reconcile(APPLICATION, versions.__getitem__, [replace(old, visited_on=NEW)])
    assert alone.scores is not None
    assert FIRST not in {s.code for s in alone.scores.indicators}
    assert (alone.scores.percent, alone.findings) == (10_000, ())


def test_an_indicator_that_was_taken_out_is_a_finding_and_no_zero() -> None:
    versions = {"1": GROUP, "2": changed({FIRST: None})}
    new = {c: a for c, a in BEST.items() if c != FIRST}
    sheets = [sheet("ก", BEST, visited_on=OLD), sheet("ข", new, form_version="2", visited_on=NEW)]
    consensus = reconcile(APPLICATION, versions.__getitem__, sheets)
    assert consensus.scores is not None
    assert (consensus.scores.percent, consensus.scores.full) == (10_000, GROUP_FULL - 500)
    assert codes(consensus.findings) == ["sheet.other_version", "sheet.indicator_gone"]


# Reasons that the pack asks for


@pytest.mark.parametrize(
    ("justify", "kind", "asked"),
    [
        ("none", "rubric", ()),
        ("always", "rubric", (1, 2, 3, 4, 5)),
        ("extremes", "rubric", (1, 5)),
        ("extremes", "yes_no", (0, 1)),
        ("always", "count", (0, 1, 2, 3, 4)),
    ],
)
def test_a_reason_is_asked_where_the_pack_says(justify: str, kind: str, asked: tuple[int, ...]) -> None:
    indicator = first_of(kind).model_copy(update={"justify": justify})
    possible = [a for a in range(5 + (kind == "rubric")) if in_range(indicator.measure, a)]
    assert tuple(a for a in possible if must_justify(indicator, a)) == asked
    standard = changed({indicator.code: {"justify": justify}})
    for answer in possible:
        bare = sheet("ก", {**BEST, indicator.code: answer})
        said = replace(bare, justifications={indicator.code: "เห็นเอง"})
        found = codes(reconcile(APPLICATION, lambda _: standard, [bare]).findings)
        assert found == ["sheet.no_justification"] * (answer in asked)
        assert reconcile(APPLICATION, lambda _: standard, [said]).findings == ()


@pytest.mark.parametrize("interest", [None, "ญาติ"])
def test_one_name_twice_on_the_list_is_asked_where_both_give_marks(interest: str | None) -> None:
    given = {} if interest else BEST
    chosen = [sheet(KAEO, given, root, assessor_id=id_, interest=interest) for root, id_ in ("ax", "by")]
    found = codes(reconcile(APPLICATION, by_group, chosen).findings)
    assert ("sheet.alike_assessors" in found) is (interest is None)


def test_two_edits_of_one_sheet_are_told() -> None:
    found = reconcile(APPLICATION, by_group, [sheet(KAEO, BEST, conflict=True)])
    assert codes(found.findings) == ["submission.conflict"]
    assert found.scores is not None


def test_names_that_are_nearly_alike_in_one_round_are_not_asked_in_the_other() -> None:
    sheets = [sheet(KAEO, BEST, "a"), sheet(NEARLY[0], BEST, "b")]
    sheets.append(sheet("นายจังหวัด ตัวอย่าง", BEST, "c", round=Round.PROVINCIAL))
    assert codes(reconcile(APPLICATION, by_group, sheets).findings) == ["sheet.alike_assessors"]
    assert codes(reconcile(APPLICATION, by_group, sheets, Round.PROVINCIAL).findings) == []
