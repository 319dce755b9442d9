"""บันทึกข้อความที่เสนอหนังสือเชิญประชุมให้ผู้มีอำนาจลงนาม (thai-papers.md 1, 2)."""

from collections.abc import Mapping
from dataclasses import replace

from mochocho.words.model import ApplicantType
from processing.meetings.passages import Passage
from reports.view.blocks import Form, Paper
from reports.view.letters.convened import DAY, NUMBER, OFFICE, URGENCY, Convened, paragraphs, signed
from reports.view.letters.invitation import enclosures
from reports.view.letters.standard_texts import all_said, each_type, said
from reports.view.printed_words import LONG_DOTS

TITLE = "บันทึกข้อความ"


def covering_memo(c: Convened, counts: Mapping[ApplicantType, int]) -> Paper:
    """The memo that takes the invitation to its signatory. `counts`: units that will be presented."""
    letter, m = c.meeting.memo, c.meeting
    office = " ".join(letter.office) or f"{c.development_office} โทร. {m.contact.telephone or LONG_DOTS}"
    return c.finished(
        Paper(
            name="บันทึกเสนอหนังสือเชิญประชุม",
            form=Form.MEMO,
            title=(TITLE,),
            head=(
                *(((URGENCY, letter.urgency),) if letter.urgency else ()),
                (OFFICE, office),
                (NUMBER, letter.number),
                (DAY, c.date(letter.day) if letter.day else ""),
                ("เรื่อง", letter.subject or f"การประชุม{c.committee} {c.number}"),
                ("เรียน", letter.to or (f"ผู้ว่าราชการ{c.sender}" if c.provincial else f"นาย{c.sender}")),
            ),
            blocks=paragraphs(_body(c, counts)),
            signatures=signed(
                replace(m.memo_by, position=m.memo_by.position or f"พัฒนาการ{c.sender}"),
            ),
        )
    )


def _body(c: Convened, counts: Mapping[ApplicantType, int]) -> tuple[str, ...]:
    known = {
        "จำนวนหน่วยงาน": _units(counts),
        "ผู้รับหนังสือเชิญ": c.meeting.letter.to or c.invited,
        "จำนวนสิ่งที่ส่งมาด้วย": str(len(enclosures(c))),
    }
    if own := c.meeting.memo.paragraphs:
        return all_said(c, own, **known)
    passages = (Passage.MEMO_OPENING, Passage.MEMO_DONE, Passage.MEMO_CLOSING)
    return tuple(said(c, one, **known) for one in passages)


def _units(counts: Mapping[ApplicantType, int]) -> str:
    total = sum(counts.values())
    if not total:
        return ""
    of_several = sum(map(bool, counts.values())) > 1
    return f"จำนวนทั้งสิ้น {total} หน่วยงาน {'ประกอบด้วย' if of_several else 'ได้แก่'} {each_type(counts)}"
