"""How a letter addresses whom it goes to, and how it ends: เรียน, or นมัสการ to a monk (the regulations' own
table, B.E. 2526). Pure.
"""

import re
from dataclasses import replace
from typing import Final

from reports.view.blocks import Form, Paper

USUAL, RESPECTFULLY = "เรียน", "ขอแสดงความนับถือ"
TO_MONKS = "นมัสการ"
CLOSINGS: Final = {TO_MONKS: "ขอนมัสการด้วยความเคารพ", "กราบเรียน": "ขอแสดงความนับถืออย่างยิ่ง"}
OPENINGS = (USUAL, *CLOSINGS)
_TYPED = re.compile(f"({'|'.join(CLOSINGS)}) +")  # an office may say itself how somebody is addressed
# Not members of the royal family, nor พระนคร of a place; whoever leads a temple is a monk too.
_MONK = re.compile("พระ(?!บาท|เจ้า|องค์|วรวงศ์|นคร|ราชวงศ์)|เจ้าอธิการ|(?:รอง|ผู้ช่วย)?เจ้า(?:คณะ|อาวาส)")


def greeted(paper: Paper) -> Paper:
    """The letter with the opening, the closing and the words before it that its recipient is due."""
    to = next((said for label, said in paper.head if label == USUAL), "")
    typed = _TYPED.match(to)
    opening = typed[1] if typed else TO_MONKS if _MONK.match(to) else USUAL
    if paper.form is not Form.LETTER or opening == USUAL:
        return paper
    to = to[typed.end() :] if typed else to
    head = tuple((opening, to) if label == USUAL else (label, said) for label, said in paper.head)
    blocks = tuple(replace(b, text=b.text.replace("จึงเรียนมา", f"จึง{opening}มา")) for b in paper.blocks)
    closing = CLOSINGS[opening] if paper.closing == RESPECTFULLY else paper.closing
    return replace(paper, head=head, blocks=blocks, closing=closing)
