"""The error of everything that would write into a cycle that is closed."""

from datetime import datetime

from mochocho.words import thai
from mochocho.words.days import THAILAND
from mochocho.words.errors import Terminal
from mochocho.words.sentences import Sentence


class Closed(Terminal):
    """The cycle is closed: it is read and printed, and nothing is added.

    `next_settings`: the settings of the next cycle, '' = not said.
    """

    def __init__(self, at: datetime, by: str, next_settings: str) -> None:
        day = at.astimezone(THAILAND).date()
        who = Sentence(f" โดย{by}", f" by {by}") if by else Sentence("", "")
        go_on = (
            Sentence(
                f"งานของรอบใหม่ใช้การตั้งค่า {next_settings}", f"the next cycle has the settings {next_settings}"
            )
            if next_settings
            else Sentence("รอบใหม่เริ่มด้วย `mochocho cycle new`", "`mochocho cycle new` begins the next one")
        )
        super().__init__(
            f"รอบนี้ปิดแล้วเมื่อ {thai.date_words(day, thai_digits=False)}{who.th} "
            f"อ่านและทำเอกสารได้ แต่บันทึกหรือรับเพิ่มไม่ได้ {go_on.th} "
            "ถ้าจำเป็นต้องแก้รอบนี้ ให้สั่ง `mochocho cycle reopen`",
            f"this cycle was closed on {day}{who.en}: it is read and printed, and nothing is added; "
            f"{go_on.en}; `mochocho cycle reopen`, if this one must be changed",
        )
        self.args = (at, by, next_settings)  # without them it could not be pickled by a worker process
