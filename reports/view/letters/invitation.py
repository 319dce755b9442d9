"""หนังสือเชิญประชุม: the wording of source 004, its errors corrected (rules.md 42, 43)."""

from collections.abc import Iterator
from dataclasses import replace

from processing.meetings.meeting import A_THIRD
from processing.meetings.passages import Passage
from reports.view.blocks import Form, Paper
from reports.view.letters.convened import Convened, letter_head, paragraphs, signed
from reports.view.letters.greetings import RESPECTFULLY
from reports.view.letters.standard_texts import all_said, said

TITLE = "หนังสือเชิญประชุม"
MEMBERS_TITLE = "หนังสือเชิญกรรมการ"
_OF_THE_PROVINCE = (
    "วาระการประชุม จำนวน 1 ฉบับ",
    "ลำดับการนำเสนอข้อมูลเพื่อสนับสนุน จำนวน 1 ฉบับ",
    "แบบตอบรับ จำนวน 1 ฉบับ",
)  # rules.md 42
_OF_MEMBERS = ("วาระการประชุม จำนวน 1 ฉบับ", "แบบตอบรับ จำนวน 1 ฉบับ")


def invitation(c: Convened) -> Paper:
    """The letter that calls the meeting: the province's to its districts, a district's to the members."""
    letter = c.meeting.letter
    subject = f"การดำเนินงาน{c.programme} ประจำปี {c.year}" if c.provincial else f"เชิญประชุม{c.committee}"
    return c.finished(
        Paper(
            name=TITLE,
            form=Form.LETTER,
            head=letter_head(c, letter, subject, c.invited, enclosures(c)),
            blocks=paragraphs(_body(c)),
            closing=RESPECTFULLY,
            signatures=signed(c.meeting.signatory),
            foot=c.owner(letter) if c.provincial else (*c.owner(letter), *_copies(c)),
        )
    )


def invitation_of_members(c: Convened) -> Paper:
    """The letter that calls the members of the province's committee, under the same number and day."""
    letter = replace(c.meeting.letter, to="", enclosures=(), paragraphs=(), subject="")
    return c.finished(
        Paper(
            name=MEMBERS_TITLE,
            form=Form.LETTER,
            head=letter_head(c, letter, f"เชิญประชุม{c.committee}", f"กรรมการใน{c.committee}", _OF_MEMBERS),
            blocks=paragraphs(_to_members(c)),
            closing=RESPECTFULLY,
            signatures=signed(c.meeting.signatory),
            foot=(*c.owner(letter), *_copies(c)),
        )
    )


def enclosures(c: Convened) -> tuple[str, ...]:
    """What is sent with the letter: as its office says, else as in the sample."""
    return c.meeting.letter.enclosures or (_OF_THE_PROVINCE if c.provincial else _OF_MEMBERS)


def _copies(c: Convened) -> Iterator[str]:
    """To whom the members' letter goes besides: the offices of those who come in a member's place."""
    found = [(one.substitute, one.person.name) for one in c.meeting.composition if one.substitute]
    if found:
        yield "สำเนาส่งผู้แทนกรรมการ"
    for number, (who, member) in enumerate(found, 1):
        office = who.agency or who.position
        named = " ".join(filter(None, (who.name, who.position if who.agency else "")))
        yield f"{number}. {office or named} ({f'{named} ' if office and named else ''}แทน {member})"


def _body(c: Convened) -> tuple[str, ...]:
    order = {"สิ่งที่ส่งมาด้วย": _enclosed_order(c)}
    if own := c.meeting.letter.paragraphs:
        return all_said(c, own, **order)
    return (
        said(c, Passage.INVITATION_OPENING),
        said(c, Passage.INVITATION_CALLED, Passage.INVITATION_REQUEST, Passage.INVITATION_ANSWER, **order),
        *(() if c.provincial else _a_third_is_enough(c)),
        said(c, Passage.INVITATION_CLOSING),
    )


def _to_members(c: Convened) -> tuple[str, ...]:
    return (
        said(c, Passage.INVITATION_OPENING),
        said(c, Passage.INVITATION_CALLED, Passage.MEMBERS_REQUEST, Passage.INVITATION_ANSWER),
        *_a_third_is_enough(c),
        said(c, Passage.MEMBERS_CLOSING),
    )


def _a_third_is_enough(c: Convened) -> Iterator[str]:
    """What a letter to members must say for a third of them to be enough (Act of B.E. 2539, s. 79)."""
    if c.meeting.needs_a_third:
        yield (
            f"อนึ่ง การประชุมครั้งนี้นัดแทนการประชุม{c.called_again} "
            f"หากมีกรรมการมาประชุมไม่น้อยกว่า{A_THIRD}ของจำนวนกรรมการทั้งหมด ให้ถือว่าเป็นองค์ประชุม "
            "ตามมาตรา 79 แห่งพระราชบัญญัติวิธีปฏิบัติราชการทางปกครอง พ.ศ. 2539"
        )


def _enclosed_order(c: Convened) -> str:
    """Which enclosure the order of presentation is, where it is one."""
    lines = enclosures(c)
    found = [i for i, line in enumerate(lines, 1) if "ลำดับการนำเสนอ" in line]
    number = f" {found[0]}" if found and len(lines) > 1 else ""
    return f"(สิ่งที่ส่งมาด้วย{number})" if found else ""
