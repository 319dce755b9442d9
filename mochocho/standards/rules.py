"""Rules between the items of a pack, when each item is valid by itself. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from mochocho.standards.schema import (
    Choice,
    Dimension,
    Document,
    Indicator,
    Numbered,
    Pack,
    ResolutionProof,
    Standard,
)
from mochocho.words import thai
from mochocho.words.model import ApplicantType, Gate

Loc = tuple[str | int, ...]
EARLIEST_BE = 2540


class Fault(NamedTuple):
    """A broken rule: where (keys and positions from the top of the pack) and what to change, in Thai.

    `twin`: where the same value stands first, if it may occur only once.
    """

    loc: Loc
    message_th: str
    twin: Loc | None = None


def faults(pack: Pack) -> Iterator[Fault]:
    """Every rule between items that the pack breaks."""
    yield from _of_circular(pack)
    yield from _of_texts((), pack.model_dump())
    yield from _wrong_order(("rubric_levels",), "level", [x.level for x in pack.rubric_levels], range(1, 6))
    yield from _wrong_order(("gates",), "code", [g.code for g in pack.gates], Gate)
    yield from _wrong_order(("standards",), "code", [s.code for s in pack.standards], ApplicantType)
    # The on-site form names its fields by these codes only (xlsforms.names), so types must not share one.
    yield from _repeated(
        (("standards", n, "dimensions", i, "code"), dimension.code)
        for n, standard in enumerate(pack.standards)
        for i, dimension in enumerate(standard.dimensions)
    )
    for n, standard in enumerate(pack.standards):
        at: Loc = ("standards", n)
        yield from _of_eligibility((*at, "eligibility"), standard)
        yield from _of_documents((*at, "documents"), standard.documents)
        yield from _of_numbering((*at, "dimensions"), standard.dimensions)
        yield from _of_indicators((*at, "dimensions"), standard)


def _of_circular(pack: Pack) -> Iterator[Fault]:
    if pack.official and pack.circular is None:
        yield Fault(("official",), "ชุดที่เป็นทางการต้องมีเลขที่และวันที่ของหนังสือแจ้ง (circular: number, date)")
    if pack.circular and not EARLIEST_BE <= thai.be(pack.circular.date.year) <= pack.fiscal_year_be:
        message = f"ปีของหนังสือแจ้งต้องอยู่ในปี {EARLIEST_BE} ถึงปีงบประมาณ {pack.fiscal_year_be}"
        yield Fault(
            ("circular", "date"), f"{message} ตรวจว่าเขียนปี พ.ศ. หรือ ค.ศ. ถูกต้อง (ในไฟล์ YAML เขียนปี ค.ศ.)"
        )


def _of_texts(at: Loc, value: object) -> Iterator[Fault]:
    """`${name}` in a text of the pack would show another question's answer in a form."""
    if isinstance(value, str) and "${" in value:
        yield Fault(at, "ข้อความมี “${” ไม่ได้ เพราะแบบฟอร์มใช้แทนคำตอบของข้ออื่น ลบหรือเขียนเป็นคำ")
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _of_texts((*at, key), part)
    elif isinstance(value, list | tuple):
        for n, part in enumerate(value):
            yield from _of_texts((*at, n), part)


def _wrong_order(at: Loc, key: str, found: Sequence[object], order: Iterable[object]) -> Iterator[Fault]:
    wanted = [str(x) for x in order]
    for n, (is_, should) in enumerate(zip(map(str, found), wanted, strict=True)):
        if is_ != should:
            message = f"“{key}” ข้อที่ {n + 1} ต้องเป็น {should} ต้องมีครบและเรียงเป็น {', '.join(wanted)}"
            yield Fault((*at, n, key), message)
            return


def _repeated(codes: Iterable[tuple[Loc, str]]) -> Iterator[Fault]:
    seen: dict[str, Loc] = {}
    for loc, code in codes:
        if code in seen:
            yield Fault(loc, f"รหัส “{code}” ใช้ไปแล้ว เปลี่ยนเป็นรหัสที่ไม่ซ้ำ", seen[code])
        seen.setdefault(code, loc)


def _of_eligibility(at: Loc, standard: Standard) -> Iterator[Fault]:
    yield from _repeated(((*at, i, "code"), rule.code) for i, rule in enumerate(standard.eligibility))
    known = [d.code for d in standard.documents]
    for i, rule in enumerate(standard.eligibility):
        check = rule.check
        if isinstance(check, Choice):
            yield from _repeated(
                ((*at, i, "check", "choices", n, "code"), choice.code)
                for n, choice in enumerate(check.choices)
            )
        if isinstance(check, ResolutionProof) and check.proof_document not in known:
            message = f"ไม่มีเอกสารรหัส “{check.proof_document}” ในประเภทนี้ แก้เป็นรหัสหนึ่งใน {', '.join(known)}"
            yield Fault((*at, i, "check", "proof_document"), message)


def _of_documents(at: Loc, documents: Sequence[Document]) -> Iterator[Fault]:
    yield from _repeated(((*at, i, "code"), d.code) for i, d in enumerate(documents))
    forms = [i for i, d in enumerate(documents) if d.capture == "signed_form"]
    portraits = [i for i, d in enumerate(documents) if d.capture == "portrait"]
    if not forms:
        yield Fault(at, "ต้องมีใบสมัครที่ลงลายมือชื่อ (signed_form) หนึ่งรายการ และเป็นเอกสารบังคับ")
    elif not documents[forms[0]].mandatory:
        yield Fault((*at, forms[0], "mandatory"), "ใบสมัครเป็นเอกสารบังคับเสมอ (mandatory: true)")
    for i in [*forms[1:], *portraits[1:]]:
        message = f"วิธีถ่าย {documents[i].capture} มีได้รายการเดียวในหนึ่งประเภท รายการนี้ให้เปลี่ยนเป็นถ่ายทีละหน้า (pages)"
        yield Fault((*at, i, "capture"), message)


def _of_numbering(at: Loc, dimensions: Sequence[Dimension]) -> Iterator[Fault]:
    parts: list[tuple[Loc, str, Numbered]] = []  # place, parent's code, part
    for i, dimension in enumerate(dimensions):
        parts.append(((*at, i), "", dimension))
        for j, component in enumerate(dimension.components):
            here = (*at, i, "components", j)
            parts.append((here, dimension.code, component))
            parts += [
                ((*here, "indicators", n), component.code, indicator)
                for n, indicator in enumerate(component.indicators)
            ]
    for loc, parent, part in parts:
        if wrong := misnumbered(part.code, parent):
            yield Fault((*loc, "code"), wrong)
    yield from _repeated(((*loc, "code"), part.code) for loc, parent, part in parts if parent)


def misnumbered(code: str, parent: str) -> str:
    """What is wrong with the code of a part of `parent` ("": the part is a dimension); "" if nothing is."""
    if code.rpartition(".")[0] == parent:
        return ""
    should = f"{parent}. ตามด้วยเลข เช่น {parent}.1" if parent else "อักษรกับเลขที่ไม่มีจุด เช่น L1"
    return f"รหัส “{code}” ต้องเป็น {should}"


def _of_indicators(at: Loc, standard: Standard) -> Iterator[Fault]:
    for loc, indicator in _indicators(at, standard.dimensions):
        if indicator.from_meetings and indicator.measure.kind != "percent":
            message = "คิดจากการประชุม (from_meetings) ใช้ได้กับตัวบ่งชี้แบบร้อยละ (percent) เท่านั้น"
            yield Fault((*loc, "from_meetings"), message)
        if indicator.attendance != "together" and not indicator.from_meetings:
            message = "attendance ใช้ได้กับตัวบ่งชี้ที่คิดจากการประชุม (from_meetings: true) เท่านั้น"
            yield Fault((*loc, "attendance"), message)
        if wrong := _not_comparable(indicator, standard):
            yield Fault((*loc, "compared_with"), wrong)


_COMPARED_AS = {"plan": "yes_no", "self_assessments": "count", "meetings": "count", "knowledge": "yes_no"}


def _not_comparable(indicator: Indicator, standard: Standard) -> str:
    """Why the indicator's answers cannot be compared with that form; "" where they can."""
    form, _, document = indicator.compared_with.partition(":")
    kind = indicator.measure.kind
    if document:
        if kind not in ("yes_no", "count"):
            return "เทียบกับเอกสาร (document) ได้เฉพาะตัวบ่งชี้แบบ มี/ไม่มี (yes_no) หรือนับจำนวน (count)"
        known = [d.code for d in standard.documents]
        if document not in known:
            return f"ไม่มีเอกสารรหัส “{document}” ในประเภทนี้ แก้เป็นรหัสหนึ่งใน {', '.join(known)}"
    elif form and kind != _COMPARED_AS[form]:
        return f"เทียบกับ {form} ได้เฉพาะตัวบ่งชี้แบบ {_COMPARED_AS[form]}"
    if form == "meetings" and not any(i.from_meetings for i in standard.indicators):
        return "เทียบกับการประชุม (meetings) ต้องมีตัวบ่งชี้ที่คิดจากการประชุม (from_meetings) ในประเภทเดียวกัน"
    return ""


def _indicators(at: Loc, dimensions: Sequence[Dimension]) -> Iterator[tuple[Loc, Indicator]]:
    for i, dimension in enumerate(dimensions):
        for j, component in enumerate(dimension.components):
            for n, indicator in enumerate(component.indicators):
                yield (*at, i, "components", j, "indicators", n), indicator
