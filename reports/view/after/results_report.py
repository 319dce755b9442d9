"""What the year came to: results by district (rules.md 30), statistics against last year, and whom to look at
for กิจกรรมพัฒนาชุมชนดีเด่น (rules.md 50). Pure.
"""

from collections.abc import Mapping, Sequence

from mochocho.words.model import ApplicantType
from processing.decisions.meetings.outcomes import OUTCOMES
from reports.view.after.resolved_units import ResolvedUnit
from reports.view.arrange import TYPES
from reports.view.blocks import Block, Form, Kind, Paper
from reports.view.letters.convened import Convened
from reports.view.printed_words import ROUNDED, SAMPLE, TABLE_HEAD, TYPE, UNIT, enumerated

REPORT, STATISTICS = "รายงานผลการดำเนินงาน", "สถิติผู้สมัครและผู้ได้รับการรับรอง"
OUTSTANDING = "บัญชีรายชื่อเพื่อคัดเลือกกิจกรรมพัฒนาชุมชนดีเด่น"
_UNITS = ("ลำดับ", "ชื่อ", "ประเภท", "ร้อยละ", "มติระดับอำเภอ", "มติระดับจังหวัด", "หนังสือรับรองเลขที่")
_UNIT_WIDTHS = (5, 21, 14, 8, 11, 12, 12)
_RANKED = ("ลำดับ", "ชื่อ", "อำเภอ", "ร้อยละ", "บันทึกองค์ความรู้", "หนังสือรับรองเลขที่")
_RANKED_WIDTHS = (5, 26, 14, 9, 12, 16)
_COUNT_WIDTHS = (5, 18, 12, 12, 12, 12, 12)
NOTHING = "-"
Counts = Mapping[tuple[str, ApplicantType], int]


def results_report(c: Convened, units: Sequence[ResolvedUnit], districts: Sequence[str]) -> Paper:
    """Every applicant of the year with what both committees resolved, by district in this order; those of
    which nobody applied are named at the end.
    """
    blocks = list[Block]()
    without = list[str]()
    for district in _named(units, districts):
        own = [unit for unit in units if unit.district == district]
        title = district if district not in districts else f"อำเภอ{district}"
        if own:
            blocks.append(Block(Kind.ITEM, f"{title} จำนวน {len(own)} หน่วยงาน"))
            rows = tuple((str(n), *_results(c, unit)) for n, unit in enumerate(own, 1))
            blocks.append(Block(Kind.TABLE, cells=(_UNITS, *rows), widths=_UNIT_WIDTHS))
        else:
            without.append(title)
    if without:
        blocks.append(Block(Kind.ITEM, f"อำเภอที่ไม่มีผู้สมัคร จำนวน {len(without)} อำเภอ"))
        blocks.append(Block(Kind.PARAGRAPH, enumerated(without)))
    blocks.append(Block(Kind.PARAGRAPH, f"หมายเหตุ {ROUNDED}"))
    return _paper(c, REPORT, (), tuple(blocks))


def statistics(
    c: Convened, units: Sequence[ResolvedUnit], districts: Sequence[str], former: Counts | None
) -> Paper:
    """Applicants and certified by district and type; certified against last year, where that is known.

    `former`: how many were certified last year, by district (its name) and type; None = not known.
    """
    blocks = counted(c.occasion.year_be, units, districts, former)
    return _paper(c, STATISTICS, ("จำแนกตามอำเภอและประเภท",), tuple(blocks))


def counted(
    year_be: int, units: Sequence[ResolvedUnit], districts: Sequence[str], former: Counts | None
) -> list[Block]:
    """The tables of the statistics, each behind the item that says what it counts; digits are Arabic."""
    names = _named(units, districts)
    certified = _counts([unit for unit in units if unit.certified])
    blocks = [
        Block(Kind.ITEM, "ผู้สมัคร"),
        _table(names, _counts(units)),
        Block(Kind.ITEM, "ผู้ได้รับการรับรอง"),
        _table(names, certified),
    ]
    if former is not None:
        last = year_be - 1
        blocks += [
            Block(Kind.ITEM, f"ผู้ได้รับการรับรอง ปี {last}"),
            _table([*names, *(d for d in dict.fromkeys(d for d, _ in former) if d not in names)], former),
            Block(Kind.ITEM, f"เปรียบเทียบจำนวนผู้ได้รับการรับรองกับปี {last}"),
            _compared(certified, former),
        ]
    return [*blocks, Block(Kind.ITEM, "มติของคณะกรรมการระดับจังหวัด"), _outcomes(units)]


def outstanding_list(c: Convened, units: Sequence[ResolvedUnit]) -> Paper:
    """Whom the province certified, by type, the highest score first: the outstanding are chosen from it.
    Whose certificate was revoked is not.
    """
    blocks = list[Block]()
    for type_ in TYPES:
        own = sorted(
            (unit for unit in units if unit.certified and not unit.revoked and unit.type is type_),
            key=lambda unit: (unit.percent is None, -(unit.percent or 0)),
        )
        blocks.append(Block(Kind.ITEM, f"ประเภท{TYPE[type_]} จำนวน {len(own)} {UNIT[type_]}"))
        if not own:
            blocks.append(Block(Kind.CENTRE, "- ไม่มี -"))
            continue
        rows = tuple(
            (
                str(number),
                unit.name,
                unit.district,
                _percent(c, unit),
                f"{unit.knowledge} เรื่อง" if unit.knowledge else NOTHING,
                unit.certificate or NOTHING,
            )
            for number, unit in enumerate(own, 1)
        )
        blocks.append(Block(Kind.TABLE, cells=(_RANKED, *rows), widths=_RANKED_WIDTHS))
    note = f"หมายเหตุ เรียงตามร้อยละของคะแนนตรวจประเมินในพื้นที่ {ROUNDED}"
    blocks.append(Block(Kind.PARAGRAPH, note))
    return _paper(
        c,
        OUTSTANDING,
        ("ระดับจังหวัด จากผู้ได้รับการรับรองมาตรฐานการพัฒนาชุมชน",),
        tuple(blocks),
    )


def _paper(c: Convened, title: str, below: tuple[str, ...], blocks: tuple[Block, ...]) -> Paper:
    lines = (title, *below, f"{c.programme} ประจำปี {c.year}", c.province)
    sample = "" if c.occasion.official else SAMPLE
    return c.finished(Paper(title, Form.MEETING, blocks, title=lines, sample=sample))


def _named(units: Sequence[ResolvedUnit], districts: Sequence[str]) -> list[str]:
    """The districts in their order, then what is none of them."""
    return [*districts, *dict.fromkeys(unit.district for unit in units if unit.district not in districts)]


def _results(c: Convened, unit: ResolvedUnit) -> tuple[str, ...]:
    resolved = (OUTCOMES[one.outcome] if one else NOTHING for one in (unit.of_district, unit.resolution))
    return unit.name, TYPE[unit.type], _percent(c, unit), *resolved, unit.certificate or NOTHING


def _percent(c: Convened, unit: ResolvedUnit) -> str:
    return NOTHING if unit.percent is None else c.occasion.words.hundredths(unit.percent)


def _counts(units: Sequence[ResolvedUnit]) -> dict[tuple[str, ApplicantType], int]:
    found = dict[tuple[str, ApplicantType], int]()
    for unit in units:
        found[unit.district, unit.type] = found.get((unit.district, unit.type), 0) + 1
    return found


def _table(districts: Sequence[str], counts: Counts) -> Block:
    """District × type with sums of rows and columns."""
    head = ("ลำดับ", "อำเภอ", *(TABLE_HEAD[type_] for type_ in TYPES), "รวม")
    rows = [
        (str(n), district, *_with_sum([counts.get((district, type_), 0) for type_ in TYPES]))
        for n, district in enumerate(districts, 1)
    ]
    sums = _with_sum([sum(counts.get((district, t), 0) for district in districts) for t in TYPES])
    return Block(Kind.TABLE, cells=(head, *rows, ("", "รวม", *sums)), widths=_COUNT_WIDTHS)


def _with_sum(counts: Sequence[int]) -> tuple[str, ...]:
    return (*map(str, counts), str(sum(counts)))


def _compared(now: Counts, former: Counts) -> Block:
    rows = []
    for type_ in TYPES:
        before, after = (sum(n for (_, t), n in one.items() if t is type_) for one in (former, now))
        rows.append((TYPE[type_], *_change(before, after)))
    rows.append(("รวม", *_change(sum(former.values()), sum(now.values()))))
    return Block(Kind.TABLE, cells=(("ประเภท", "ปีก่อน", "ปีนี้", "เปลี่ยนแปลง"), *rows), widths=(20, 10, 10, 14))


def _change(before: int, after: int) -> tuple[str, str, str]:
    if before == after:
        return str(before), str(after), "เท่าเดิม"
    word = "เพิ่มขึ้น" if after > before else "ลดลง"
    return str(before), str(after), f"{word} {abs(after - before)}"


def _outcomes(units: Sequence[ResolvedUnit]) -> Block:
    head = ("มติ", *(TABLE_HEAD[type_] for type_ in TYPES), "รวม")
    rows = [
        (word, *_with_sum([sum(u.outcome is outcome and u.type is t for u in units) for t in TYPES]))
        for outcome, word in OUTCOMES.items()
    ]
    rows.append(
        ("ยังไม่มีมติ", *_with_sum([sum(u.outcome is None and u.type is t for u in units) for t in TYPES]))
    )
    return Block(Kind.TABLE, cells=(head, *rows), widths=(18, 12, 12, 12, 12, 12))
