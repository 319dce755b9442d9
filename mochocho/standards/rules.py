"""What a pack must obey as a whole, when each of its items is right by itself. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from mochocho.model import ApplicantType, Gate
from mochocho.standards.schema import Choice, Dimension, Document, Numbered, Pack, ResolutionProof, Standard

Loc = tuple[str | int, ...]


class Fault(NamedTuple):
    """A broken rule: where (keys and positions from the top of the pack) and what to change, in Thai."""

    loc: Loc
    message_th: str


def faults(pack: Pack) -> Iterator[Fault]:
    """Every rule between items that the pack breaks."""
    yield from _wrong_order(("rubric_levels",), "level", [x.level for x in pack.rubric_levels], range(1, 6))
    yield from _wrong_order(("gates",), "code", [g.code for g in pack.gates], Gate)
    yield from _wrong_order(("standards",), "code", [s.code for s in pack.standards], ApplicantType)
    # Fields of the onsite form are named by these codes alone (xlsforms.names), so no two types share one.
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


def _wrong_order(at: Loc, key: str, found: Sequence[object], order: Iterable[object]) -> Iterator[Fault]:
    wanted = [str(x) for x in order]
    for n, (is_, should) in enumerate(zip(map(str, found), wanted, strict=True)):
        if is_ != should:
            message = f"“{key}” ข้อที่ {n + 1} ต้องเป็น {should} ต้องมีครบและเรียงเป็น {', '.join(wanted)}"
            yield Fault((*at, n, key), message)
            return


def _repeated(codes: Iterable[tuple[Loc, str]]) -> Iterator[Fault]:
    seen: set[str] = set()
    for loc, code in codes:
        if code in seen:
            yield Fault(loc, f"รหัส “{code}” ใช้ไปแล้ว เปลี่ยนเป็นรหัสที่ไม่ซ้ำ")
        seen.add(code)


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
        yield Fault(at, "ต้องมีใบสมัครหนึ่งรายการที่เขียน capture: signed_form และ mandatory: true")
    elif not documents[forms[0]].mandatory:
        yield Fault((*at, forms[0], "mandatory"), "ใบสมัครเป็นเอกสารบังคับ เขียน mandatory: true")
    for i in [*forms[1:], *portraits[1:]]:
        message = f"capture: {documents[i].capture} มีได้รายการเดียวในหนึ่งประเภท รายการนี้ให้เปลี่ยนเป็น pages"
        yield Fault((*at, i, "capture"), message)


def _of_numbering(at: Loc, dimensions: Sequence[Dimension]) -> Iterator[Fault]:
    parts: list[tuple[Loc, str, Numbered]] = []  # where, the code of what holds it, the part
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
        if part.code.rpartition(".")[0] != parent:
            should = f"{parent}. ตามด้วยเลข เช่น {parent}.1" if parent else "อักษรกับเลขที่ไม่มีจุด เช่น L1"
            yield Fault((*loc, "code"), f"รหัส “{part.code}” ต้องเป็น {should}")
    yield from _repeated(((*loc, "code"), part.code) for loc, parent, part in parts if parent)
