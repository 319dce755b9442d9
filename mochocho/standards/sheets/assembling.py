"""Builds a pack from the rows of the sheets and checks it against every rule. Pure."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any

from mochocho.standards.rules import Loc, faults
from mochocho.standards.schema import Pack, Reconciling
from mochocho.standards.sheets import drop_downs, pack_sheets
from mochocho.standards.sheets.columns import Table
from mochocho.standards.sheets.draft import BLANK, NOWHERE, Data, Draft, Lines, of_type, sheet_of
from mochocho.standards.sheets.lines import Line, Report, Spot
from mochocho.standards.sheets.tree import dimensions_of, indicator_of
from mochocho.words import thai
from mochocho.words.model import ApplicantType, Gate
from mochocho.words.sentences import Sentence, plain

NOT_HERE = Sentence(
    "วิธีนี้ไม่ใช้ช่องนี้ ให้ลบค่าออก หรือเปลี่ยนวิธี",
    "this way of checking has no use for the cell; empty it, or choose another way",
)
_EVERY_YEAR = (2540, 2700)


def assemble(lines: Lines, report: Report, taken: Collection[str] = ()) -> Pack | None:
    """The pack these rows make, with an id that is not in `taken`; None when the report has mistakes."""
    draft = Draft(report)
    pack = Pack.model_validate(_pack(draft, lines))
    if pack.id in taken:
        said = Sentence(
            f"“{pack.id}” เป็นรหัสของชุดเดิมซึ่งแก้ไม่ได้ ให้ตั้งรหัสใหม่",
            f"“{pack.id}” is the code of an earlier pack, which never changes; take another",
        )
        report.wrong(draft.spots[("id",)], said)
    for fault in faults(pack):
        spot = _spot(draft, fault.loc)
        twin = draft.spots.get(fault.twin) if fault.twin else None
        report.wrong(spot, _like(fault.said, twin.address) if twin and twin.address else fault.said)
    return None if report.found else pack


def _like(said: Sentence, address: str) -> Sentence:
    return Sentence(f"{said.th} (ซ้ำกับ {address})", f"{said.en} (the same as {address})")


def _spot(draft: Draft, loc: Loc) -> Spot:
    """The cell of the value at `loc`, or of the item that holds it."""
    return next(draft.spots[loc[:n]] for n in range(len(loc), -1, -1) if loc[:n] in draft.spots)


def _pack(draft: Draft, lines: Lines) -> Data:
    (top,) = lines[pack_sheets.PACK.title] or [_nothing(pack_sheets.PACK)]
    draft.spots[()] = top.spots["id"]
    year = top.need("fiscal_year_be", _EVERY_YEAR[1])
    data = {
        **draft.take((), top, {"id": "id", "programme_th": "programme_th"}, {"id": "x"}),
        "fiscal_year_be": year,
        "programme_en": draft.english(("programme_en",), top, "programme_en", "programme_th"),
        **_official(draft, top),
    }
    data["pass_rule"] = {"percent": top.need("percent", 0), **draft.sourced(("pass_rule",), top, "pass_")}
    if any(key in top.values for key in ("rec_rule", "rec_above")):
        data["reconciling"] = _reconciling(draft, top)
    data["rubric_levels"] = [
        {"level": level, **draft.named(("rubric_levels", level - 1), line)}
        for level, line in _each(draft, lines, pack_sheets.RUBRIC, "level", drop_downs.LEVELS)
    ]
    data["gates"] = [
        _gate(draft, ("gates", n), Gate(gate), line)
        for n, (gate, line) in enumerate(_each(draft, lines, pack_sheets.STEPS, "gate", drop_downs.GATES))
    ]
    data["standards"] = [
        _standard(draft, lines, ApplicantType(type_), line)
        for type_, line in _each(draft, lines, pack_sheets.STANDARDS, "type", drop_downs.TYPES)
    ]
    _tell_of_strays(draft, lines)
    return data


def _reconciling(draft: Draft, top: Line) -> Data:
    above = top.limited("rec_above", Reconciling, "above", 0) if "rec_above" in top.values else None
    source = draft.sourced(("reconciling",), top, "rec_")
    return {"rule": top.get("rec_rule", "mean"), "above": above, **source}


def _nothing(table: Table) -> Line:
    """An empty line for a row that is missing.

    Its mistakes go to a report that nobody reads: the missing row itself has been reported already.
    """
    return Line(Report(), table, {}, {column.key: Spot(table.title) for column in table.columns})


def _gate(draft: Draft, at: Loc, gate: Gate, line: Line) -> Data:
    return {"code": gate, **draft.take(at, line, {"th": "th"}, {}), **draft.sourced(at, line)}


def _official(draft: Draft, top: Line) -> Data:
    """Whether a circular announced the pack, and which (all its fields, or none)."""
    official = top.need("official", False)
    given = [key for key in ("circular_number", "circular_date") if key in top.values or top.bad(key)]
    draft.spots[("official",)] = top.spots["official"]
    if not official and not given:
        return {"official": False}
    draft.spots[("circular", "number")] = top.spots["circular_number"]
    number = top.need("circular_number", NOWHERE)
    day = top.need("circular_date", None) or date(_EVERY_YEAR[0] - 543, 1, 1)
    draft.spots[("circular", "date")] = top.spots["circular_date"]
    if official:
        draft.circular = f"หนังสือที่ {number} ลงวันที่ {thai.date_words(day, thai_digits=False)}"
    return {"official": official, "circular": {"number": number, "date": day}}


def _each(
    draft: Draft, lines: Lines, table: Table, key: str, wanted: Mapping[Any, Any]
) -> list[tuple[Any, Line]]:
    """The rows of a sheet whose set of rows is fixed, in their order; a missing row is a mistake."""
    found: dict[Any, Line] = {}
    for line in lines[table.title]:
        value = line.need(key, None)
        if value in found:
            address = found[value].spots[key].address
            said = Sentence(
                f"มีแถวนี้แล้วที่ {address} ให้เหลือแถวเดียว",
                f"this row stands at {address} already; keep one of them",
            )
            line.wrong(key, said)
        elif value is not None:
            found[value] = line
    titles = [line.spots[key].sheet for line in lines[table.title]]
    for value, (word, *_) in wanted.items():
        if value not in found and not draft.missed(table):
            column = table.column(key)
            sheet = titles[0] if titles else table.title
            spot = Spot(sheet, column=column.heading, of=plain(f"“{word}” "))
            draft.report.wrong(spot, Sentence("ไม่มีแถวนี้ ให้เพิ่มกลับ", "has no row; put it back"))
    return [(value, found.get(value) or _nothing(table)) for value in wanted]


def _standard(draft: Draft, lines: Lines, type_: ApplicantType, line: Line) -> Data:
    at: Loc = ("standards", list(ApplicantType).index(type_))
    return {
        "code": type_,
        **draft.named(at, line, "", "standard_th", "unit_th"),
        "eligibility": _rules(draft, (*at, "eligibility"), lines, type_),
        "documents": _documents(draft, (*at, "documents"), lines, type_),
        "dimensions": dimensions_of(draft, (*at, "dimensions"), lines, type_),
    }


def _tell_of_strays(draft: Draft, lines: Lines) -> None:
    """Report rows that belong to no type (after checking them too) and choices that belong to no rule."""
    look: Mapping[str, Callable[[Draft, Loc, Line], object]] = {
        pack_sheets.ELIGIBILITY.title: lambda draft, at, line: _rule(draft, at, line, ()),
        pack_sheets.CHOICES.title: _choice,
        pack_sheets.DOCUMENTS.title: _document,
        pack_sheets.INDICATORS.title: indicator_of,
    }
    for title, item in look.items():
        for line in lines[title]:
            if "type" not in line.values:
                line.need("type", None)
                item(draft, ("strays",), line)
    choosing = {
        (line.get("type"), line.get("code"))
        for line in lines[pack_sheets.ELIGIBILITY.title]
        if line.get("check") == "choice"
    }
    for line in lines[pack_sheets.CHOICES.title]:
        if (line.get("type"), line.need("rule", None)) not in choosing and "type" in line.values:
            said = Sentence(
                "ไม่มีคุณสมบัติรหัสนี้ที่ตรวจแบบ “เลือกหนึ่งข้อ” ในประเภทเดียวกัน",
                "this type has no rule of this code that is checked by “เลือกหนึ่งข้อ”",
            )
            line.wrong("rule", said)


def _code(line: Line) -> str:
    """The code; where it has a mistake, a placeholder that differs in each row."""
    return f"x_{line.spots['code'].row}"


def _rules(draft: Draft, at: Loc, lines: Lines, type_: ApplicantType) -> list[Data]:
    rules = of_type(lines, pack_sheets.ELIGIBILITY, type_)
    return [
        _rule(draft, (*at, n), line, of_type(lines, pack_sheets.CHOICES, type_))
        for n, line in enumerate(rules)
    ]


def _rule(draft: Draft, at: Loc, line: Line, options: Sequence[Line]) -> Data:
    item = draft.take(at, line, {"code": "code"}, {"code": _code(line)})
    return {**item, **draft.named(at, line), "check": _check(draft, (*at, "check"), line, options)}


def _check(draft: Draft, at: Loc, line: Line, options: Sequence[Line]) -> Data:
    kind = line.need("check", "declaration")
    if kind != "duration_months" and not line.bad("check"):
        line.refuse("at_least", NOT_HERE)
    if kind != "resolution" and not line.bad("check"):
        line.refuse("proof_document", NOT_HERE)
    if kind == "duration_months":
        return {"type": kind, "at_least": line.need("at_least", 1)}
    if kind == "resolution":
        draft.spots[(*at, "proof_document")] = line.spots["proof_document"]
        proof = line.need("proof_document", None)
        if proof is None or draft.missed(pack_sheets.DOCUMENTS):
            return {"type": "declaration"}
        return {"type": kind, "proof_document": proof}
    if kind == "choice":
        return {"type": kind, "choices": _choices(draft, (*at, "choices"), line, options)}
    return {"type": kind}


def _choices(draft: Draft, at: Loc, rule: Line, options: Sequence[Line]) -> list[Data]:
    mine = [option for option in options if option.get("rule") == rule.get("code")]
    if not mine and not rule.bad("code") and not draft.missed(pack_sheets.CHOICES):
        said = Sentence(
            f"ยังไม่มีตัวเลือกของข้อนี้ในแผ่น “{pack_sheets.CHOICES.title}” ให้เพิ่มอย่างน้อยหนึ่งแถว",
            f"the sheet “{pack_sheets.CHOICES.title}” has no choice of this rule; add a row or more",
        )
        rule.wrong("check", said)
    found = [_choice(draft, (*at, n), line) for n, line in enumerate(mine)]
    return found or [{"code": "x", "th": NOWHERE, "en": NOWHERE}]


def _choice(draft: Draft, at: Loc, line: Line) -> Data:
    item = draft.take(at, line, {"code": "code", "th": "th"}, {"code": _code(line)})
    return {**item, "en": draft.english((*at, "en"), line, "en", "th")}


def _documents(draft: Draft, at: Loc, lines: Lines, type_: ApplicantType) -> list[Data]:
    draft.spots[at] = sheet_of(lines, pack_sheets.DOCUMENTS, type_)
    documents = of_type(lines, pack_sheets.DOCUMENTS, type_)
    if not documents and not draft.missed(pack_sheets.DOCUMENTS):
        draft.report.wrong(draft.spots[at], Sentence("ยังไม่มีเอกสารแม้แต่รายการเดียว", "has no document at all"))
    found = [_document(draft, (*at, n), line) for n, line in enumerate(documents)]
    return found or [{"code": "x", "capture": "signed_form", "mandatory": True, **BLANK}]


def _document(draft: Draft, at: Loc, line: Line) -> Data:
    keys = {key: key for key in ("code", "mandatory", "capture")}
    item = draft.take(at, line, keys, {"mandatory": True, "capture": "pages", "code": _code(line)})
    return {**item, **draft.named(at, line), **draft.optional(at, line, "waivable", "redact")}
