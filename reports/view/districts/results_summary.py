"""สรุปผลการตรวจประเมินระดับอำเภอ: what the district reports to the province (rules.md 25, 30: 4.2)."""

from collections.abc import Iterator, Sequence

from mochocho.words.model import ApplicantType, Case, Gate, Outcome, Resolution, Round, Scores
from processing.decisions.meetings.outcomes import OUTCOMES
from processing.rounds.calendar import Stage
from reports.view.arrange import TYPES
from reports.view.blocks import Block, Kind, Paper, Signature
from reports.view.districts.district_setting import NOBODY, NOTHING, District, day_in_table, in_order
from reports.view.letters.convened import paragraphs
from reports.view.printed_words import LONG_DOTS, ROUNDED, TABLE_HEAD, TYPE, UNIT
from reports.view.resolved import resolution_of
from reports.wording.typed_points import in_lines

TITLE = "สรุปผลการตรวจประเมินระดับอำเภอ"
_HEAD = ("ลำดับ", "ชื่อ", "ก่อนพัฒนา", "หลังพัฒนา", "กรรมการประเมิน", "มติ", "การประชุม", "เหตุผลหรือเงื่อนไข")
_WIDTHS = (30, 84, 36, 36, 49, 61, 72, 85)


def results_summary(d: District, cases: Sequence[Case]) -> Paper:
    """By type, what each came to in percent of full marks, and what the district's committee resolved."""
    own = [case for case in in_order(cases) if case.assessment.not_presented is None]
    due = d.due(Stage.RESULTS)
    below = (f"ส่งจังหวัดภายในวันที่ {d.c.date(due) if due else LONG_DOTS}", d.as_of)
    chair = Signature("", ("ประธานกรรมการตรวจประเมินระดับอำเภอ",))
    return d.paper(TITLE, below, _blocks(d, own), d.head, chair)


def _blocks(d: District, own: Sequence[Case]) -> Iterator[Block]:
    yield Block(Kind.ITEM, "1. จำนวนตามมติของคณะกรรมการระดับอำเภอ")
    yield _counted(own)
    yield Block(Kind.ITEM, "2. ผลรายหน่วยงาน (ร้อยละของคะแนนเต็ม)")
    if not own:
        yield NOBODY
    for type_ in TYPES:
        if some := [case for case in own if case.application.type is type_]:
            yield Block(Kind.HEADING, f"ประเภท{TYPE[type_]} จำนวน {len(some)} {UNIT[type_]}")
            rows = tuple((str(n), *_row(d, case)) for n, case in enumerate(some, 1))
            yield Block(Kind.TABLE, cells=(_HEAD, *rows), widths=_WIDTHS)
    yield from paragraphs((f"หมายเหตุ {ROUNDED} เครื่องหมาย - คือยังไม่มีผล",))


def _counted(own: Sequence[Case]) -> Block:
    head = ("มติ", *(TABLE_HEAD[type_] for type_ in TYPES), "รวม")
    resolved = [(case.application.type, _outcome(case)) for case in own]
    rows = [(word, *_sums(resolved, outcome)) for outcome, word in (*OUTCOMES.items(), (None, "ยังไม่มีมติ"))]
    total = [sum(type_ is one for type_, _ in resolved) for one in TYPES]
    whole = ("รวม", *map(str, total), str(len(resolved)))
    return Block(Kind.TABLE, cells=(head, *rows, whole), widths=(18, 12, 12, 12, 12, 12))


def _sums(
    resolved: Sequence[tuple[ApplicantType, Outcome | None]], outcome: Outcome | None
) -> tuple[str, ...]:
    counts = [sum(one == (type_, outcome) for one in resolved) for type_ in TYPES]
    return (*map(str, counts), str(sum(counts)))


def _outcome(case: Case) -> Outcome | None:
    resolution = resolution_of(case, Gate.DISTRICT)
    return resolution.outcome if resolution else None


def _row(d: District, case: Case) -> tuple[str, ...]:
    rounds = {one.assessment.round: one.scores for one in case.own.rounds}
    shown = (rounds.get(Round.SELF_BEFORE), rounds.get(Round.SELF_AFTER), case.assessment.scores)
    resolution = resolution_of(case, Gate.DISTRICT)
    return case.application.name, *(_percent(d, one) for one in shown), *_resolved(d, resolution)


def _percent(d: District, scores: Scores | None) -> str:
    if scores is None or scores.percent is None:
        return NOTHING
    return d.c.occasion.words.hundredths(scores.percent)


def _resolved(d: District, resolution: Resolution | None) -> tuple[str, str, str]:
    if resolution is None:
        return "ยังไม่มีมติ", NOTHING, ""
    why = in_lines("\n".join((resolution.reason, resolution.condition)))
    return (
        OUTCOMES[resolution.outcome],
        f"{resolution.meeting_no} {day_in_table(d, resolution.meeting_date)}",
        why,
    )
