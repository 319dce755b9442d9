"""What a dossier says of the progress between two self-assessments: only like is compared with like."""

from dataclasses import replace

import pytest

from mochocho.standards.schema import Count, Pack, YesNo
from mochocho.words.model import ApplicantType, Assessment, Case, OwnResult, OwnWork, Round, SelfRound
from processing.scoring.score import score_sheet
from reports.view.own.own_progress import NOT_ALIKE, ProgressView, progress_view
from reports.view.printed_words import Words
from tests.pins.applicants import PACK, answers, application, assessed

TYPE = ApplicantType.NETWORK
STANDARD = PACK.standard(TYPE)
COUNTED = "N1.2.1"  # a count of 3, of 5 marks
ARABIC = Words(thai_digits=False)


def changed(**what: object) -> Pack:
    """The pack with another version of the counted indicator."""
    dimensions = tuple(
        d.model_copy(
            update={
                "components": tuple(
                    c.model_copy(
                        update={
                            "indicators": tuple(
                                i.model_copy(update=what) if i.code == COUNTED else i for i in c.indicators
                            )
                        }
                    )
                    for c in d.components
                )
            }
        )
        for d in STANDARD.dimensions
    )
    standard = STANDARD.model_copy(update={"dimensions": dimensions})
    return PACK.model_copy(
        update={"standards": tuple(standard if s.code == TYPE else s for s in PACK.standards)}
    )


def one_round(round_: Round, counted: int | None, own: int | None = None, version: str = "1") -> SelfRound:
    result = OwnResult("item", COUNTED, "จัดเวทีเรียนรู้", 4, "ครั้ง", own)
    made = assessed(
        TYPE, round_, answers={**answers(STANDARD, 9), COUNTED: counted}, own=(result,), form_version=version
    )
    return SelfRound(made, score_sheet(STANDARD, made.answers))


def shown(*rounds: SelfRound, before: Pack = PACK) -> ProgressView | None:
    empty = Assessment("k", "d", (), (), None, (), ())
    case = Case(application(TYPE), "", empty, own=OwnWork(rounds=rounds))
    return progress_view(case, lambda _form, version: before if version == "old" else PACK, ARABIC)


def rows_of(view: ProgressView | None) -> dict[str, tuple[str, ...]]:
    assert view is not None
    return {row[0] or row[1]: row[2:] for row in view.rows}


def test_nothing_stands_there_until_both_rounds_exist() -> None:
    assert shown() is None
    assert shown(one_round(Round.SELF_BEFORE, 1)) is None
    assert shown(one_round(Round.SELF_PERIODIC, 1), one_round(Round.SELF_AFTER, 1)) is None


@pytest.mark.parametrize(
    ("counted", "row"),
    [
        ((1, 3), ("1.67", "5.00", "+3.33", "5", "0.00")),
        ((3, 1), ("5.00", "1.67", "−3.33", "5", "3.33")),
        ((2, 2), ("3.33", "3.33", "0.00", "5", "1.67")),
        ((None, 3), ("-", "5.00", "-", "5", "0.00")),
        ((3, None), ("5.00", "-", "-", "5", "0.00")),
        ((None, None), ("-", "-", "-", "5", "-")),
    ],
)
def test_each_indicator_before_after_and_what_is_left(
    counted: tuple[int | None, int | None], row: tuple[str, ...]
) -> None:
    view = shown(one_round(Round.SELF_BEFORE, counted[0]), one_round(Round.SELF_AFTER, counted[1]))
    assert rows_of(view)[COUNTED] == row
    assert view is not None
    assert any("ไม่ได้ประเมินข้อนั้น" in note for note in view.notes) == (None in counted)
    assert (rows_of(view)["รวม"][2] == "-") == (None in counted)


def test_the_sum_is_exact_and_rounded_once() -> None:
    view = shown(one_round(Round.SELF_BEFORE, 1), one_round(Round.SELF_AFTER, 3))
    before, after, moved, full, left = rows_of(view)["รวม"]
    assert moved == "+3.33"
    assert float(after) - float(before) == pytest.approx(3.33, abs=0.011)
    assert float(left) == pytest.approx(float(full) - float(after))


OTHER_MEASURE = Count(kind="count", threshold=4, unit_th="ครั้ง", unit_en="times")


@pytest.mark.parametrize(
    "what",
    [
        {"measure": OTHER_MEASURE},
        {"measure": YesNo(kind="yes_no")},
        {"full_marks": 10},
        {"th": "ข้อความของเกณฑ์อีกชุดหนึ่ง"},
        {"code": "N1.2.9"},  # not asked then
    ],
)
def test_between_packs_that_differ_no_gain_is_computed_and_words_say_so(what: dict[str, object]) -> None:
    rounds = one_round(Round.SELF_BEFORE, 1, version="old"), one_round(Round.SELF_AFTER, 3)
    view = shown(*rounds, before=changed(**what))
    assert rows_of(view)[COUNTED] == ("1.67", "5.00", NOT_ALIKE, "5", "0.00")
    assert rows_of(view)["N1.1.1"][2] == "0.00"  # asked alike in both
    assert rows_of(view)["รวม"][0] == "-"
    assert rows_of(view)["รวม"][2] == NOT_ALIKE
    assert view is not None
    assert any("จึงไม่คิดส่วนที่เปลี่ยนแปลง" in note for note in view.notes)


def test_a_name_written_with_other_spaces_is_the_same_indicator() -> None:
    th = next(i.th for i in STANDARD.indicators if i.code == COUNTED)
    rounds = one_round(Round.SELF_BEFORE, 1, version="old"), one_round(Round.SELF_AFTER, 3)
    assert rows_of(shown(*rounds, before=changed(th=f" {th}  ")))[COUNTED][2] == "+3.33"


@pytest.mark.parametrize(
    ("before", "after", "row"),
    [
        (1, 3, ("1", "3", "+2", "4 ครั้ง", "1")),
        (3, 5, ("3", "5", "+2", "4 ครั้ง", "0")),
        (None, 3, ("-", "3", "-", "4 ครั้ง", "1")),
    ],
)
def test_own_sub_criteria_before_after_and_what_is_left(
    before: int | None, after: int | None, row: tuple[str, ...]
) -> None:
    view = shown(one_round(Round.SELF_BEFORE, 1, before), one_round(Round.SELF_AFTER, 3, after))
    assert view is not None
    assert view.own_rows == ((COUNTED, "จัดเวทีเรียนรู้", *row),)
    none = replace(one_round(Round.SELF_BEFORE, 1).assessment, own=())
    rounds = (SelfRound(none, score_sheet(STANDARD, none.answers)), one_round(Round.SELF_AFTER, 3, after))
    assert shown(*rounds) is not None
