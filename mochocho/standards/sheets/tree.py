"""The sheet of indicators as a tree: dimension, component, indicator. Pure."""

from collections.abc import Callable, Mapping, Sequence

from mochocho.standards import schema
from mochocho.standards.rules import Loc, misnumbered
from mochocho.standards.sheets import drop_downs, pack_sheets
from mochocho.standards.sheets.draft import BLANK, Data, Draft, Lines, of_type, sheet_of
from mochocho.standards.sheets.lines import Line
from mochocho.words.model import ApplicantType
from mochocho.words.sentences import Sentence


def dimensions_of(draft: Draft, at: Loc, lines: Lines, type_: ApplicantType) -> list[Data]:
    """The dimensions of one type: rows grouped by code, in the order in which codes first appear."""
    all_lines = of_type(lines, pack_sheets.INDICATORS, type_)
    draft.spots[at] = sheet_of(lines, pack_sheets.INDICATORS, type_)
    placed = []
    for line in all_lines:
        if _placed(line):
            placed.append(line)
        else:
            indicator_of(draft, ("unplaced",), line)  # reports the other mistakes of the row
    if not all_lines and not draft.missed(pack_sheets.INDICATORS):
        draft.report.wrong(draft.spots[at], Sentence("ยังไม่มีตัวบ่งชี้แม้แต่ข้อเดียว", "has no indicator at all"))
    dimensions = []
    for i, (code, group) in enumerate(_grouped(placed, "d_code").items()):
        here = (*at, i)
        components = []
        for j, (part, held) in enumerate(_grouped(group, "c_code").items()):
            there = (*here, "components", j)
            indicators = [indicator_of(draft, (*there, "indicators", n), line) for n, line in enumerate(held)]
            components.append({**_part(draft, there, held, "c_", part), "indicators": indicators})
        dimensions.append({**_part(draft, here, group, "d_", code), "components": components})
    return dimensions or [_stand_in(type_)]


def _stand_in(type_: ApplicantType) -> Data:
    code = f"Z9{list(ApplicantType).index(type_)}"
    indicator = {"code": f"{code}.1.1", "measure": {"kind": "yes_no"}, **BLANK}
    return {
        "code": code,
        **BLANK,
        "components": [{"code": f"{code}.1", **BLANK, "indicators": [indicator]}],
    }


def _placed(line: Line) -> bool:
    """Whether a row's dimension and component are known; empty codes are taken from the indicator's code."""
    line.need("code", None)
    if line.bad("code") or line.bad("d_code") or line.bad("c_code"):
        return False
    component, dot, _ = line.values["code"].rpartition(".")
    if "c_code" not in line.values:
        if not dot or "." not in component:
            said = Sentence(
                "รหัสตัวบ่งชี้ต้องมีสามส่วน เช่น L1.2.3", "an indicator's code has three parts, such as L1.2.3"
            )
            line.wrong("code", said)
            return False
        line.values["c_code"], line.spots["c_code"] = component, line.spots["code"]
    if "d_code" not in line.values:
        line.values["d_code"], line.spots["d_code"] = (
            line.values["c_code"].split(".")[0],
            line.spots["c_code"],
        )
    return _numbered(line)


def _numbered(line: Line) -> bool:
    """Whether each of a row's codes begins with the code before it.

    A row that fails is left out of the tree, where it would make other rows look like duplicates.
    """
    parent, well = "", True
    for key in ("d_code", "c_code", "code"):
        if wrong := misnumbered(line.values[key], parent):
            line.wrong(key, wrong)
            well = False
        parent = line.values[key]
    return well


def _grouped(lines: Sequence[Line], key: str) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.values[key], []).append(line)
    return found


def _part(draft: Draft, at: Loc, lines: Sequence[Line], prefix: str, code: str) -> Data:
    """A dimension or component from its rows, all of which must say the same about it."""
    draft.spots[(*at, "code")] = lines[0].spots[f"{prefix}code"]
    first = lines[0]
    for key in (f"{prefix}{part}" for part in ("th", "en", "source", "confidence", "note")):
        said = [line for line in lines if key in line.values]
        for line in said[1:]:
            if line.values[key] != said[0].values[key]:
                where = said[0].spots[key].address
                differs = Sentence(
                    f"ต้องเหมือนกับช่อง {where} เพราะเป็นรหัส {code} เดียวกัน หรือเว้นว่าง",
                    f"must be as in {where}, which is of the same code {code}, or empty",
                )
                line.wrong(key, differs)
        if said:
            first.values[key], first.spots[key] = said[0].values[key], said[0].spots[key]
    return {"code": code, **draft.named(at, first, prefix)}


def indicator_of(draft: Draft, at: Loc, line: Line) -> Data:
    """The indicator of one row, without its dimension and component."""
    optional = (
        "full_marks",
        "required_to_pass",
        "evidence_th",
        "justify",
        "from_meetings",
        "attendance",
        "compared_with",
    )
    draft.spots[(*at, "code")] = line.spots["code"]
    measure = _MEASURES[line.need("kind", "")](draft, (*at, "measure"), line)
    if line.bad("kind") or draft.missed(pack_sheets.DOCUMENTS):
        line.values.pop("compared_with", None)  # whether it fits cannot be said
    return {
        "code": line.need("code", None),
        **draft.named(at, line),
        **draft.optional(at, line, *optional, "compared_with"),
        "measure": measure,
    }


Measure = Callable[[Draft, Loc, Line], Data]


def _count(draft: Draft, at: Loc, line: Line) -> Data:
    return {
        "kind": "count",
        "threshold": line.limited("threshold", schema.Count, "threshold", 1),
        **draft.take(at, line, {"unit_th": "unit_th"}, {}),
        "unit_en": draft.english((*at, "unit_en"), line, "unit_en", "unit_th"),
    }


def _percent(_: Draft, __: Loc, line: Line) -> Data:
    if line.get("unit_th") not in drop_downs.KINDS["percent"]:  # people write ร้อยละ there as well
        said = Sentence(
            "ตัวบ่งชี้แบบร้อยละไม่ใช้หน่วยนับ ให้ลบออก หรือเปลี่ยนวิธีวัด",
            "an indicator in percent has no unit; empty the cell, or choose another measure",
        )
        line.refuse("unit_th", said)
    return {"kind": "percent", "threshold": line.limited("threshold", schema.Percent, "threshold", 1)}


def _without(kind: str) -> Measure:
    def measure(_: Draft, __: Loc, line: Line) -> Data:
        for key in ("threshold", "unit_th"):
            said = Sentence(
                f"วิธีวัด “{drop_downs.KINDS[kind][0]}” ไม่ใช้ช่องนี้ ให้ลบค่าออก หรือเปลี่ยนวิธีวัด",
                f"the measure “{drop_downs.KINDS[kind][0]}” has no use for the cell; empty it",
            )
            line.refuse(key, said)
        return {"kind": kind}

    return measure


def _unknown(_: Draft, __: Loc, ___: Line) -> Data:
    """The measure when its kind has a mistake: its other columns cannot be checked."""
    return {"kind": "yes_no"}


_MEASURES: Mapping[str, Measure] = {
    "count": _count,
    "percent": _percent,
    "yes_no": _without("yes_no"),
    "rubric": _without("rubric"),
    "": _unknown,
}
