"""Totals that are not the sum of their parts, or not the number of the units (rules.md 49, 52). Pure."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from mochocho.words.model import ApplicantType
from mochocho.words.numbers import arabic
from mochocho.words.sentences import Sentence
from reports.lint.examined import Examined
from reports.lint.lint_entry import Found, Place, error
from reports.lint.printed_texts import Typed, one_of, texts
from reports.view.blocks import Kind, Paper
from reports.view.printed_words import TYPE, UNIT

PARTS = error(
    "total.parts",
    "49",
    Sentence(
        "เขียนจำนวนทั้งสิ้น {total} แต่แต่ละประเภทรวมกันได้ {sum}", "says {total} in all, but its parts make {sum}"
    ),
    Sentence("ให้แก้ยอดรวมหรือจำนวนของประเภทที่ผิด", "mend the total or its parts"),
)
UNITS = error(
    "total.units",
    "49",
    Sentence(
        "เขียนจำนวนทั้งสิ้น {total} หน่วยงาน แต่เสนอต่อที่ประชุม {units} หน่วยงาน",
        "says {total} units, but {units} lie before the committee",
    ),
    Sentence("ให้แก้จำนวนในข้อความ หรือตรวจบัญชีรายชื่อ", "mend the text, or check the list"),
)
TYPE_DIFFERS = error(
    "total.type",
    "49",
    Sentence(
        "เขียน{type} {written} {unit} แต่เสนอต่อที่ประชุม {units} {unit}",
        "says {written} for {type}, but {units} lie before the committee",
    ),
    Sentence("ให้แก้จำนวนในข้อความ หรือตรวจบัญชีรายชื่อ", "mend the text, or check the list"),
)
ROW = error(
    "total.row",
    "52",
    Sentence("แถว “{row}” เขียนรวม {total} แต่บวกได้ {sum}", "row “{row}” says {total}, its cells make {sum}"),
    Sentence("ให้แก้ตัวเลขในแถวนี้", "mend the figures of the row"),
)
COLUMN = error(
    "total.column",
    "52",
    Sentence(
        "คอลัมน์ “{column}” เขียนรวม {total} แต่บวกได้ {sum}",
        "column “{column}” says {total}, its cells make {sum}",
    ),
    Sentence("ให้แก้ตัวเลขในคอลัมน์นี้", "mend the figures of the column"),
)
OF_DISTRICT = error(
    "total.of_district",
    "49",
    Sentence(
        "เขียนอำเภอ{district} {total} หน่วยงาน แต่เสนอต่อที่ประชุม {units} หน่วยงาน",
        "says {total} units for {district}, but {units} lie before the committee",
    ),
    Sentence("ให้แก้จำนวนในข้อความ หรือตรวจบัญชีรายชื่อ", "mend the text, or check the list"),
)
ENTRIES = (PARTS, UNITS, OF_DISTRICT, TYPE_DIFFERS, ROW, COLUMN)
SUM = "รวม"
_TYPE_OF = {unit: type_ for type_, unit in UNIT.items()}
_NAMES = {
    "ผู้นำชุมชน": ApplicantType.LEADER,
    **dict.fromkeys(("กลุ่มองค์กรชุมชน", "กลุ่ม"), ApplicantType.GROUP),
    **dict.fromkeys(("เครือข่ายองค์กรชุมชน", "เครือข่าย"), ApplicantType.NETWORK),
    "ชุมชน": ApplicantType.COMMUNITY,
}
_IN_WORDS = r"(?: ?\([ก-๙]+\))?"  # the number once more, 129 (หนึ่งร้อยยี่สิบเก้า)
UNITS_COUNTED = rf"(?P<number>[\d,]+){_IN_WORDS} ?หน่วย(?:งาน)?(?![ก-๙])"
_DECIDED = "(?<!ไม่)ผ่านการ(?:ตรวจ)?ประเมิน|รับการ(?:ตรวจ)?ประเมิน|รับการรับรอง|เสนอ(?:ขอ)?รับรอง"
_LISTED = rf" ?[\d,]+{_IN_WORDS} ?หน่วย(?:งาน)? ?(?:ได้แก่|ประกอบด้วย|แยกเป็น|แบ่งเป็น|จำแนกเป็น|คือ)"
_LISTED += rf"[^\d]{{0,40}}\d+ ?(?:{'|'.join(_TYPE_OF)})"
_TOTAL = re.compile(
    r"(?:(?P<all>ทั้งสิ้น|ทั้งหมด)|(?P<sum>รวม)(?:จำนวน|เป็น)?"
    rf"|(?:{_DECIDED})(?:แล้ว|ระดับอำเภอ)? ?(?:จำนวน)?|(?P<listed>จำนวน)(?={_LISTED})) ?{UNITS_COUNTED}"
)
_PART = re.compile(
    rf"(จำนวน|{'|'.join(_NAMES)}) ?(?:จำนวน ?)?([\d,]+){_IN_WORDS} ?({'|'.join(_TYPE_OF)}|ราย)(?![ก-๙])"
)
_OTHERS = re.compile(
    "เคย|เดิม|ภาคี|สนับสนุน|ส่วนราชการ|เอกชน|ปีก่อน|ปีที่แล้ว|ที่ผ่านมา|ไม่ผ่าน|ไม่รับรอง"
)  # these do not lie before the committee
_YEAR = re.compile(r"ปี ?(?:งบประมาณ ?)?(?:พ\.ศ\. ?)?(25\d\d)")
_SOME = re.compile(f"{_OTHERS.pattern}|อำเภอ|อบรม|รางวัล|ปี")
_SUMMED = re.compile(f"{_DECIDED}|พิจารณา")  # a bare รวม is all of them where one of these stands before it
_DISTRICT = re.compile(r"(?<!นาย)(?<!ที่ว่าการ)(?<!ระดับ)(?<!\d)(?<!\d )(?:อำเภอ|อ\.) ?([ก-๙]{3,40})[^\d]*$")
_BEFORE, _BEHIND = 40, 20  # letters
_CERTIFIED = re.compile(r"held\.|texts\.")  # what came of the meeting may be fewer
_FEWEST_PARTS = 2
Part = tuple[int, ApplicantType]


def check(looked: Examined) -> Iterator[Found]:
    """Sums in texts and tables."""
    units = Counter(unit.type for unit in looked.units)
    of_district = Counter(unit.district for unit in looked.units)
    districts = {one.name_th: of_district[one.code] for one in looked.province.districts}
    for _, some in groupby(texts(looked), _belongs_to):
        together = tuple(some)
        yield from _in_words(together, units, looked.fiscal_year_be)
        yield from _of_districts(together, districts, units.total())
    for paper in looked.papers:
        yield from _in_tables(paper)


def _belongs_to(text: Typed) -> tuple[str, str]:
    """A total and its parts stand in one list of paragraphs, or in one paper."""
    return text.place.paper, re.sub(r"\.\d+$", "", text.place.field)


def _in_words(together: Sequence[Typed], units: Counter[ApplicantType], year: int) -> Iterator[Found]:
    total: tuple[int, Place] | None = None
    parts: list[Part] = []
    for text in together:
        said = text.figures
        for found in sorted((*_TOTAL.finditer(said), *_PART.finditer(said)), key=re.Match.start):
            if found.re is _PART:
                if type_ := _TYPE_OF.get(found[3]) or _NAMES.get(found[1]):
                    if total and _is_complete(total[0], parts, type_):
                        yield from _summed(total, parts, units)
                        total, parts = None, []
                    parts.append((in_digits(found[2]) or 0, type_))
                continue
            before = said[max(0, found.start() - _BEFORE) : found.start()]
            number, closes = in_digits(found["number"]) or 0, bool(found["sum"] and parts and total is None)
            if closes:
                yield from _summed((number, text.place), parts, units)
                total = None
            else:
                yield from _summed(total, parts, units)
                total = number, text.place
            every = closes and len({type_ for _, type_ in parts}) == len(_TYPE_OF)
            parts = []
            some = found["sum"] and not every and not _SUMMED.search(before + said[found.end() :][:_BEHIND])
            if found["listed"] or some:  # of whom, nothing tells
                continue
            if all(int(other) == year for other in _YEAR.findall(before)):
                yield from _all(text, found, before, units.total())
    yield from _summed(total, parts, units)
    if total is None and {type_ for _, type_ in parts} == set(_TYPE_OF.values()):
        yield from _of_types(together, parts, units)


def _is_complete(total: int, parts: Sequence[Part], type_: ApplicantType) -> bool:
    """Whether these are all parts of the total, so that one more of that type tells something else."""
    return sum(number for number, _ in parts) == total and any(one is type_ for _, one in parts)


def _of_types(
    together: Sequence[Typed], parts: Sequence[Part], units: Counter[ApplicantType]
) -> Iterator[Found]:
    """Every type without a total; those of one district, or of another year, are not all."""
    if len(parts) == len(_TYPE_OF) and not any(_SOME.search(text.plain) for text in together):
        yield from _types(parts, units, together[0].place)


def _all(text: Typed, found: re.Match[str], before: str, units: int) -> Iterator[Found]:
    number, of_districts = in_digits(found["number"]) or 0, "ระดับอำเภอ" in found[0]
    fewer = number < units and _CERTIFIED.match(text.place.field) and not of_districts
    if number != units and not fewer and not _OTHERS.search(before) and not _DISTRICT.search(before):
        yield UNITS.at(text.place, total=number, units=units)


def _of_districts(together: Sequence[Typed], districts: Mapping[str, int], every: int) -> Iterator[Found]:
    """Numbers of one district's units, which is named before them. `districts`: name -> how many units."""
    names = one_of(districts)
    direct = re.compile(
        rf"(?<!นาย)(?<!ที่ว่าการ)(?:อำเภอ|อ\.) ?(?P<name>{names}) ?(?:มี|จำนวน|มากที่สุด|น้อยที่สุด| )*{UNITS_COUNTED}"
    )
    for text in together:
        said = {
            found.start("number"): (found["name"], found["number"]) for found in direct.finditer(text.figures)
        }
        for found in _TOTAL.finditer(text.figures):
            before = text.figures[max(0, found.start() - _BEFORE) : found.start()]
            named = _DISTRICT.search(before)
            name = next((name for name in districts if named and named[1].startswith(name)), "")
            if name and not _OTHERS.search(before):
                said.setdefault(found.start("number"), (name, found["number"]))
        for name, written in said.values():
            number, units = in_digits(written) or 0, districts[name]
            if number not in (units, every):
                yield OF_DISTRICT.at(text.place, district=name, total=number, units=units)


def _summed(
    total: tuple[int, Place] | None, parts: Sequence[Part], units: Counter[ApplicantType]
) -> Iterator[Found]:
    """What is wrong with the parts behind a total.

    Two that are wrong by as much make the same sum, so the types are looked at one by one.
    """
    if total is None or len(parts) < _FEWEST_PARTS:
        return
    if total[0] != (said := sum(number for number, _ in parts)):
        yield PARTS.at(total[1], total=total[0], sum=said)
    elif total[0] == units.total() and len({type_ for _, type_ in parts}) == len(parts):
        yield from _types(parts, units, total[1])


def _types(parts: Sequence[Part], units: Counter[ApplicantType], place: Place) -> Iterator[Found]:
    for number, type_ in parts:
        if number != units[type_]:
            yield TYPE_DIFFERS.at(
                place, type=TYPE[type_], written=number, unit=UNIT[type_], units=units[type_]
            )


def _in_tables(paper: Paper) -> Iterator[Found]:
    for block in paper.blocks:
        if block.kind is Kind.TABLE and len(block.cells) > 1:
            head, *rows = block.cells
            if head[-1] == SUM:
                yield from _rows(paper, rows)
            if rows[-1][0].startswith(SUM):
                yield from _columns(paper, head, rows)


def _rows(paper: Paper, rows: Sequence[Sequence[str]]) -> Iterator[Found]:
    for row in rows:
        *cells, total = map(in_digits, row)
        figures: list[int] = []
        for cell in reversed(cells):
            if cell is None:
                break
            figures.append(cell)
        if total is not None and figures and sum(figures) != total:
            name = next((cell for cell in row if in_digits(cell) is None), row[0])
            yield ROW.at(Place(paper.name), row=name, total=total, sum=sum(figures))


def _columns(paper: Paper, head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[Found]:
    *body, totals = rows
    for back in range(1, min(map(len, rows)) + 1):  # from the right: the first cells of the totals are joined
        total, cells = in_digits(totals[-back]), [in_digits(row[-back]) for row in body]
        figures = [cell for cell in cells if cell is not None]
        if total is not None and len(figures) == len(cells) and sum(figures) != total:
            yield COLUMN.at(Place(paper.name), column=head[-back], total=total, sum=sum(figures))


def in_digits(cell: str) -> int | None:
    """The number that is written, None where it is none."""
    plain = arabic(cell.strip()).replace(",", "")
    return int(plain) if plain.isdecimal() else None
