"""Which items of a pack nobody could trace to a document. Pure.

Naming the circular makes no item official: each says for itself where it comes from (`source`, `confidence`).
"""

from collections.abc import Iterator

from mochocho.standards.schema import Dimension, Numbered, Pack, Sourced, Standard

NO_SOURCE = "none"


def is_official(pack: Pack) -> bool:
    """Whether forms and papers may leave out เกณฑ์ตัวอย่าง: announced by a circular, every item traced."""
    return pack.official and next(_untraced(pack), None) is None


def untraced(pack: Pack) -> tuple[str, ...]:
    """What has no official source, in Thai: a line for each standard; a part stands for all that is in it."""
    return tuple(_untraced(pack))


def _untraced(pack: Pack) -> Iterator[str]:
    if _lacks(pack.pass_rule):
        yield "เกณฑ์ผ่าน"
    if pack.reconciling and _lacks(pack.reconciling):
        yield "การประมวลคะแนนของกรรมการ"
    if levels := [str(level.level) for level in pack.rubric_levels if _lacks(level)]:
        yield f"ชื่อระดับ {', '.join(levels)}"
    if gates := [gate.code.value for gate in pack.gates if _lacks(gate)]:
        yield f"ชื่อขั้นตอน {', '.join(gates)}"
    for standard in pack.standards:
        if items := list(_of_standard(standard)):
            yield f"{standard.th} {', '.join(items)}"


def _of_standard(standard: Standard) -> Iterator[str]:
    if _lacks(standard):
        yield "ชื่อมาตรฐาน"
    yield from (f"คุณสมบัติ “{rule.th}”" for rule in standard.eligibility if _lacks(rule))
    yield from (f"เอกสาร “{document.th}”" for document in standard.documents if _lacks(document))
    for dimension in standard.dimensions:
        yield from _of_dimension(dimension)


def _of_dimension(dimension: Dimension) -> Iterator[str]:
    """The highest parts in which nothing has a source, and single ones in the others."""
    if all(map(_lacks, [dimension, *dimension.components, *dimension.indicators])):
        yield f"{dimension.code} ทั้งด้าน"
        return
    yield from _alone(dimension)
    for component in dimension.components:
        if all(map(_lacks, [component, *component.indicators])):
            yield f"{component.code} ทั้งองค์ประกอบ"
            continue
        yield from _alone(component)
        for indicator in component.indicators:
            yield from _alone(indicator)


def _alone(part: Numbered) -> Iterator[str]:
    if _lacks(part):
        yield part.code


def _lacks(item: Sourced) -> bool:
    return item.confidence != "official" or item.source.strip().lower() in {"", "-", NO_SOURCE, "ไม่มี"}
