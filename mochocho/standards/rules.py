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
from mochocho.words.sentences import Sentence

Loc = tuple[str | int, ...]
EARLIEST_BE = 2540


class Fault(NamedTuple):
    """A broken rule: where (keys and positions from the top of the pack) and what to change.

    `twin`: where the same value stands first, if it may occur only once.
    """

    loc: Loc
    said: Sentence
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
        said = Sentence(
            "ชุดที่เป็นทางการต้องมีเลขที่และวันที่ของหนังสือแจ้ง (circular: number, date)",
            "an official pack must have the number and day of its circular (circular: number, date)",
        )
        yield Fault(("official",), said)
    if pack.circular and not EARLIEST_BE <= thai.be(pack.circular.date.year) <= pack.fiscal_year_be:
        said = Sentence(
            f"ปีของหนังสือแจ้งต้องอยู่ในปี {EARLIEST_BE} ถึงปีงบประมาณ {pack.fiscal_year_be} "
            "ตรวจว่าเขียนปี พ.ศ. หรือ ค.ศ. ถูกต้อง (ในไฟล์ YAML เขียนปี ค.ศ.)",
            f"the circular's year must be from {EARLIEST_BE} to the fiscal year {pack.fiscal_year_be}; "
            "is it of the right era? (YAML has years of the common era)",
        )
        yield Fault(("circular", "date"), said)


def _of_texts(at: Loc, value: object) -> Iterator[Fault]:
    """`${name}` in a text of the pack would show another question's answer in a form."""
    if isinstance(value, str) and "${" in value:
        said = Sentence(
            "ข้อความมี “${” ไม่ได้ เพราะแบบฟอร์มใช้แทนคำตอบของข้ออื่น ลบหรือเขียนเป็นคำ",
            "a text cannot hold “${”, which stands for another answer in forms; remove it, or write words",
        )
        yield Fault(at, said)
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
            said = Sentence(
                f"“{key}” ข้อที่ {n + 1} ต้องเป็น {should} ต้องมีครบและเรียงเป็น {', '.join(wanted)}",
                f"“{key}” of item {n + 1} must be {should}; all are needed, in the order {', '.join(wanted)}",
            )
            yield Fault((*at, n, key), said)
            return


def _repeated(codes: Iterable[tuple[Loc, str]]) -> Iterator[Fault]:
    seen: dict[str, Loc] = {}
    for loc, code in codes:
        if code in seen:
            said = Sentence(
                f"รหัส “{code}” ใช้ไปแล้ว เปลี่ยนเป็นรหัสที่ไม่ซ้ำ", f"the code “{code}” is used already; take another"
            )
            yield Fault(loc, said, seen[code])
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
            yield Fault((*at, i, "check", "proof_document"), _no_document(check.proof_document, known))


def _of_documents(at: Loc, documents: Sequence[Document]) -> Iterator[Fault]:
    yield from _repeated(((*at, i, "code"), d.code) for i, d in enumerate(documents))
    forms = [i for i, d in enumerate(documents) if d.capture == "signed_form"]
    portraits = [i for i, d in enumerate(documents) if d.capture == "portrait"]
    if not forms:
        said = Sentence(
            "ต้องมีใบสมัครที่ลงลายมือชื่อ (signed_form) หนึ่งรายการ และเป็นเอกสารบังคับ",
            "one document must be the signed application (signed_form), and be mandatory",
        )
        yield Fault(at, said)
    elif not documents[forms[0]].mandatory:
        said = Sentence(
            "ใบสมัครเป็นเอกสารบังคับเสมอ (mandatory: true)",
            "the application is always mandatory (mandatory: true)",
        )
        yield Fault((*at, forms[0], "mandatory"), said)
    for i in [*forms[1:], *portraits[1:]]:
        said = Sentence(
            f"วิธีถ่าย {documents[i].capture} มีได้รายการเดียวในหนึ่งประเภท รายการนี้ให้เปลี่ยนเป็นถ่ายทีละหน้า (pages)",
            f"one document of a type may be taken as {documents[i].capture}; take this one as pages",
        )
        yield Fault((*at, i, "capture"), said)


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


def misnumbered(code: str, parent: str) -> Sentence | None:
    """What is wrong with the code of a part of `parent` ("": the part is a dimension); None if nothing is."""
    if code.rpartition(".")[0] == parent:
        return None
    should = (
        Sentence(f"{parent}. ตามด้วยเลข เช่น {parent}.1", f"{parent}. and a number, such as {parent}.1")
        if parent
        else Sentence("อักษรกับเลขที่ไม่มีจุด เช่น L1", "a letter and a number without a point, such as L1")
    )
    return Sentence(f"รหัส “{code}” ต้องเป็น {should.th}", f"the code “{code}” must be {should.en}")


def _of_indicators(at: Loc, standard: Standard) -> Iterator[Fault]:
    for loc, indicator in _indicators(at, standard.dimensions):
        if indicator.from_meetings and indicator.measure.kind != "percent":
            said = Sentence(
                "คิดจากการประชุม (from_meetings) ใช้ได้กับตัวบ่งชี้แบบร้อยละ (percent) เท่านั้น",
                "only an indicator in percent is counted from meetings (from_meetings)",
            )
            yield Fault((*loc, "from_meetings"), said)
        if indicator.attendance != "together" and not indicator.from_meetings:
            said = Sentence(
                "attendance ใช้ได้กับตัวบ่งชี้ที่คิดจากการประชุม (from_meetings: true) เท่านั้น",
                "only an indicator counted from meetings (from_meetings: true) has attendance",
            )
            yield Fault((*loc, "attendance"), said)
        if wrong := _not_comparable(indicator, standard):
            yield Fault((*loc, "compared_with"), wrong)


_COMPARED_AS = {"plan": "yes_no", "self_assessments": "count", "meetings": "count", "knowledge": "yes_no"}


def _not_comparable(indicator: Indicator, standard: Standard) -> Sentence | None:
    """Why the indicator's answers cannot be compared with that form; None where they can."""
    form, _, document = indicator.compared_with.partition(":")
    kind = indicator.measure.kind
    if document:
        if kind not in ("yes_no", "count"):
            return Sentence(
                "เทียบกับเอกสาร (document) ได้เฉพาะตัวบ่งชี้แบบ มี/ไม่มี (yes_no) หรือนับจำนวน (count)",
                "only an indicator of yes_no or count is compared with a document",
            )
        known = [d.code for d in standard.documents]
        if document not in known:
            return _no_document(document, known)
    elif form and kind != _COMPARED_AS[form]:
        return Sentence(
            f"เทียบกับ {form} ได้เฉพาะตัวบ่งชี้แบบ {_COMPARED_AS[form]}",
            f"to be compared with {form}, an indicator must be of {_COMPARED_AS[form]}",
        )
    if form == "meetings" and not any(i.from_meetings for i in standard.indicators):
        return Sentence(
            "เทียบกับการประชุม (meetings) ต้องมีตัวบ่งชี้ที่คิดจากการประชุม (from_meetings) ในประเภทเดียวกัน",
            "to compare with meetings, an indicator of this type must be counted from them (from_meetings)",
        )
    return None


def _no_document(code: str, known: Sequence[str]) -> Sentence:
    return Sentence(
        f"ไม่มีเอกสารรหัส “{code}” ในประเภทนี้ แก้เป็นรหัสหนึ่งใน {', '.join(known)}",
        f"this type has no document “{code}”; write one of {', '.join(known)}",
    )


def _indicators(at: Loc, dimensions: Sequence[Dimension]) -> Iterator[tuple[Loc, Indicator]]:
    for i, dimension in enumerate(dimensions):
        for j, component in enumerate(dimension.components):
            for n, indicator in enumerate(component.indicators):
                yield (*at, i, "components", j, "indicators", n), indicator
