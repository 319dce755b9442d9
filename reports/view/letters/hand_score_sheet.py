"""แบบตรวจประเมินสำหรับกรอกด้วยมือ: the questions of the pack for one applicant, with the applicant's code."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mochocho.standards.schema import Count, Indicator, Pack, Percent, Rubric, Standard
from mochocho.words.model import ApplicantType
from reports.view.blocks import Block, Form, Kind, Paper, Signature
from reports.view.letters.convened import Convened
from reports.view.pictures import Code
from reports.view.printed_words import DOTS, LONG_DOTS, SAMPLE

TITLE = "แบบตรวจประเมินสำหรับกรรมการกรอกด้วยมือ"
BOX = "☐"
_HEAD = ("รหัส", "ตัวบ่งชี้", "คำตอบ", "ประเมินไม่ได้", "เหตุผล")
_WIDTHS = (13, 42, 45, 15, 26)
_ON_ONE_LINE = 50  # letters of all levels
_TOLD = f"ทำเครื่องหมายในช่อง {BOX} หรือเขียนจำนวน ข้อที่ประเมินไม่ได้ไม่นับเป็นศูนย์"


@dataclass(frozen=True, slots=True)
class Examined:
    """Whose sheet it is. `key`: what a form reads from a code; `place`: where the applicant is."""

    key: str
    type: ApplicantType
    name: str
    place: str


def hand_score_sheet(c: Convened, who: Examined, pack: Pack) -> Paper:
    """One applicant's sheet: as the form on a phone asks, so that it can be typed in later."""
    standard = pack.standard(who.type)
    return c.finished(
        Paper(
            name="แบบตรวจประเมิน",
            form=Form.PLAIN,
            title=(TITLE, f"{standard.standard_th} ประจำปี {pack.fiscal_year_be}"),
            head=(("ชื่อ", who.name), ("ที่อยู่", who.place)),
            blocks=(
                Block(Kind.CODE, "รหัสผู้สมัคร", code=Code(who.key)),
                Block(Kind.PARAGRAPH, _TOLD),
                _levels([f"{one.level} {one.th}" for one in pack.rubric_levels]),
                *_asked(standard),
                Block(Kind.RESOLUTION, "ความเห็นของกรรมการ", lines=3),
            ),
            closing=f"ลงชื่อ {LONG_DOTS} กรรมการ",
            signatures=(Signature("", (f"วันที่ {LONG_DOTS}",)),),
            sample="" if c.occasion.official else SAMPLE,
        )
    )


def _levels(said: Sequence[str]) -> Block:
    """What each level of quality is called: on one line, or a line each where they are too long for that."""
    label = "ระดับคุณภาพ"
    if sum(map(len, said)) <= _ON_ONE_LINE:
        return Block(Kind.COUNTS, cells=((label, *said),), widths=(len(label), *map(len, said)))
    labels = (label, *[""] * (len(said) - 1))
    return Block(Kind.COUNTS, cells=tuple(zip(labels, said, strict=True)), widths=(2, 9))


def _asked(standard: Standard) -> Iterator[Block]:
    for dimension in standard.dimensions:
        yield Block(Kind.ITEM, f"{dimension.code} {dimension.th}")
        rows = tuple((i.code, i.th, _answer(i), BOX, "") for i in dimension.indicators)
        yield Block(Kind.TABLE, cells=(_HEAD, *rows), lines=2, widths=_WIDTHS)


def _answer(indicator: Indicator) -> str:
    """Where the answer is put, and what counts as enough."""
    match indicator.measure:
        case Count(threshold=enough, unit_th=unit):
            return f"{DOTS} {unit} (เกณฑ์ {enough})"
        case Percent(threshold=enough):
            return f"ร้อยละ {DOTS} (เกณฑ์ {enough})"
        case Rubric():
            return " ".join(f"{BOX} {level}" for level in range(1, 6))
        case _:
            return f"{BOX} มี {BOX} ไม่มี"
