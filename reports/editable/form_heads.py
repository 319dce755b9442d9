"""What stands above and below a paper's blocks, by its official form (thai-papers.md 1-3)."""

from collections.abc import Iterator, Sequence

from lxml import etree

from reports.editable.markup import paragraph, run, tab
from reports.editable.office_styles import Style
from reports.view.blocks import Form, Paper, Signature
from reports.view.letters.convened import DAY, NUMBER, OFFICE, URGENCY

_SHORT_LABEL = 6  # letters; what is longer needs the wider place
NAME_DOTS = "." * 40
_DOTTED = (OFFICE, "เรื่อง")  # of a memo
Head = Sequence[tuple[str, str]]


def head(paper: Paper) -> Iterator[etree._Element]:
    """The paragraphs above the blocks. The place of the Garuda is left free."""
    if paper.sample:
        yield paragraph(Style.SAMPLE.id, paper.sample)
    match paper.form:
        case Form.LETTER:
            yield from _letter(paper.head)
        case Form.MEMO:
            yield from _memo(paper)
        case Form.ORDER | Form.ANNOUNCEMENT:
            if paper.signatures:
                yield paragraph(Style.EMBLEM.id)
            for line in (*paper.title, *(f"{label} {value}" for label, value in paper.head)):
                yield paragraph(Style.ORDER_TITLE.id, line)
            yield paragraph(Style.RULE.id)
        case _:
            yield from _title(paper.title)
            yield from _fields(paper.head)
            if paper.form is Form.MEETING:
                yield paragraph(Style.RULE.id)


def foot(paper: Paper) -> Iterator[etree._Element]:
    """The paragraphs below the blocks: closing, signatures, who made it."""
    if paper.closing:
        given = paper.form in (Form.ORDER, Form.ANNOUNCEMENT)
        yield paragraph((Style.GIVEN if given else Style.CLOSING).id, paper.closing)
    above = Style.SIGNED_ABOVE if paper.form is Form.PLAIN and paper.closing else Style.SIGNATURE
    for signature in paper.signatures:
        yield from _signed(signature, above, last=signature is paper.signatures[-1])
    if paper.foot:
        yield paragraph("Normal")
        yield from (paragraph(Style.FOOT.id, line) for line in paper.foot)


def _signed(signature: Signature, style: Style, *, last: bool) -> Iterator[etree._Element]:
    """A place to sign: on one page with the name and its lines, and with the places of others."""
    name = f"({signature.name or NAME_DOTS})"
    yield paragraph(style.id, name, with_next=bool(signature.lines) or not last)
    for i, line in enumerate(signature.lines, 1):
        yield paragraph(Style.POSITION.id, line, with_next=i < len(signature.lines) or not last)


def _title(lines: Sequence[str]) -> Iterator[etree._Element]:
    for i, line in enumerate(lines):
        yield paragraph((Style.SUBTITLE if i else Style.TITLE).id, line)


def _value(fields: Head, label: str) -> str:
    return next((value for name, value in fields if name == label), "")


def _letter(fields: Head) -> Iterator[etree._Element]:
    """Number at the left, the office and its address at the right, the day from the middle, then the rest."""
    yield paragraph(Style.URGENCY.id, _value(fields, URGENCY))
    number = f"{NUMBER} {_value(fields, NUMBER)}"
    yield paragraph(Style.SENDER.id, number, tab(), _value(fields, OFFICE))
    yield paragraph(Style.DAY.id, _value(fields, DAY))
    placed = {URGENCY, NUMBER, OFFICE, DAY}
    yield from _fields([one for one in fields if one[0] not in placed])


def _memo(paper: Paper) -> Iterator[etree._Element]:
    """Labels in bold, dots under what is filled in; number and day share a line."""
    if urgency := _value(paper.head, URGENCY):
        yield paragraph(Style.URGENCY.id, urgency)
    yield from (paragraph(Style.MEMO.id, line) for line in paper.title)
    shown = False
    for label, value in paper.head:
        if label in (NUMBER, DAY):
            if not shown:
                yield _number_and_day(paper.head)
            shown = True
        elif label in _DOTTED:
            yield paragraph(Style.MEMO_LINE.id, run(f"{label} ", bold=True), value, tab())
    yield from _fields([one for one in paper.head if one[0] not in (*_DOTTED, URGENCY, NUMBER, DAY)])


def _number_and_day(fields: Head) -> etree._Element:
    number, day = _value(fields, NUMBER), _value(fields, DAY)
    return paragraph(
        Style.MEMO_HALVES.id,
        run(f"{NUMBER} ", bold=True),
        number,
        tab(),
        run(f"{DAY} ", bold=True),
        day,
        tab(),
    )


def _fields(fields: Head) -> Iterator[etree._Element]:
    """One field a paragraph, its lines below each other; fields of one label are one."""
    merged: dict[str, list[str]] = {}
    for label, value in fields:
        merged.setdefault(label, []).append(value)
    for label, values in merged.items():
        style = Style.HEAD if len(label) <= _SHORT_LABEL else Style.LONG_HEAD
        yield paragraph(style.id, label, tab(), "\n".join(values))
