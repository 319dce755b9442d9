"""What is told of a meeting that cannot be kept, and what to do. The rules are in `wrong`. Pure."""

from collections.abc import Sequence

from mochocho.words.sentences import Sentence

NEEDS_DISTRICT = Sentence(
    "ต้องระบุอำเภอของจังหวัดนี้ เมื่อเป็นการประชุมระดับอำเภอ",
    "a district's meeting must name a district of this province",
)
HAS_NO_DISTRICT = Sentence(
    "การประชุมระดับจังหวัดไม่มีอำเภอ ให้เว้นว่าง หรือเปลี่ยนระดับเป็นอำเภอ",
    "a province's meeting has no district; leave it empty, or make it a district's meeting",
)
PREVIOUS_LIKE = Sentence(
    "ครั้งที่ของการประชุมครั้งก่อนต้องเขียนแบบ 1/2568 หรือเว้นว่างเมื่อไม่มี",
    "the previous meeting's number must be written like 1/2568, or left empty where there was none",
)
AGAIN_LIKE = Sentence(
    "ครั้งที่ของการประชุมที่นัดแทนต้องเขียนแบบ 1/2568 หรือเว้นว่างเมื่อไม่ได้นัดแทน",
    "the number of the meeting that is held again must be written like 1/2568, or left empty",
)
AGAIN_NEEDS_NUMBER = Sentence(
    "มีวันของการประชุมที่ไม่ครบองค์ประชุม ให้ใส่ครั้งที่ด้วย", "the meeting without a quorum has a day; give its number too"
)
AGAIN_NEEDS_DAY = Sentence(
    "ให้ใส่วันที่ของการประชุมที่ไม่ครบองค์ประชุม ซึ่งนับสิบสี่วันจากวันนั้น",
    "give the day of the meeting without a quorum: the fourteen days count from it",
)
AGAIN_NOT_BEFORE = Sentence(
    "วันที่ของการประชุมที่ไม่ครบองค์ประชุมไม่อยู่ก่อนวันประชุม ให้ตรวจวันที่",
    "the meeting without a quorum is not before this one; correct the day",
)
ENDS_TOO_EARLY = Sentence(
    "เวลาเลิกไม่อยู่หลังเวลาเริ่ม ให้ตรวจเวลา", "the end is not after the beginning; correct the time"
)
BEGINS_OUTSIDE = Sentence(
    "เวลาเริ่มนำเสนออยู่นอกเวลาประชุม ให้ตรวจเวลา",
    "the presentations begin outside the meeting's hours; correct the time",
)
HOUR_LIKE = Sentence("เวลาต้องเขียนแบบ 09:00 หรือ 13.30", "a time must be written like 09:00 or 13.30")
UNTIL_BEFORE_SINCE = Sentence(
    "วันสุดท้ายอยู่ก่อนวันแรกที่เป็นกรรมการ ให้ตรวจวันที่", "the last day as a member is before the first; correct the day"
)
NO_CHAIR = Sentence("ยังไม่มีประธานกรรมการ ให้ระบุหนึ่งคน", "there is no chair; name one")
NO_CHAIR_THAT_DAY = Sentence(
    "ไม่มีประธานกรรมการในวันประชุม ให้ตรวจวันที่ที่เป็นกรรมการ หรือเพิ่มประธานกรรมการคนใหม่",
    "no chair is in office on the meeting's day; correct the days as a member, or add the new chair",
)
TWO_CHAIRS = Sentence(
    "มีประธานกรรมการเกินหนึ่งคนในวันเดียวกัน ให้เหลือคนเดียว หรือใส่วันที่ที่เป็นกรรมการของแต่ละคน",
    "more than one is the chair on the same day; keep one, or give the days of each as a member",
)
NEEDS_FULL_NAME = Sentence("ต้องเขียนชื่อและนามสกุล", "must be a first name and a surname")
INVITED_TOO_LATE = Sentence(
    "หนังสือเชิญลงวันที่หลังวันประชุม ให้ตรวจวันที่", "the invitation is dated after the meeting; correct the day"
)
BREAK_NEEDS_NAME = Sentence("ต้องมีชื่อช่วงพัก", "a break must have a name")
BREAK_ENDS_TOO_EARLY = Sentence(
    "ช่วงพักสิ้นสุดไม่อยู่หลังเวลาเริ่มพัก ให้ตรวจเวลา", "the break's end is not after its beginning; correct the time"
)
BREAK_OUTSIDE = Sentence(
    "ช่วงพักอยู่นอกเวลาประชุม ให้ตรวจเวลา", "the break is outside the meeting's hours; correct the time"
)
BREAKS_OVERLAP = Sentence(
    "ช่วงพักนี้ทับกับช่วงพักก่อนหน้า ให้ตรวจเวลา", "the break overlaps an earlier one; correct the time"
)
FIVE_OR_SIX_ITEMS = Sentence("ระเบียบวาระมี 5 หรือ 6 วาระ", "an agenda has 5 or 6 items")
ITEM_IS_EMPTY = Sentence("ต้องมีหัวข้อหรือข้อความ", "must have a heading or a text")
PASSAGE_TWICE = Sentence("มีข้อความของส่วนนี้แล้ว ให้เหลือแถวเดียว", "this passage has a text already; keep one row")
ANNEXES_TO_THREE = Sentence(
    "เอกสารแนบของสำนักงานเป็นแนบ 1 ถึง 3 (แนบ 4 คือบัญชีรายชื่อ)",
    "the office's annexes are 1 to 3 (annex 4 is the list of applicants)",
)
ANNEX_NEEDS_TITLE = Sentence("ต้องมีชื่อเอกสารแนบ", "an annex must have a title")
ATTACH_ANNEX = Sentence(
    "แนบไฟล์ด้วยคำสั่ง `mochocho meeting annex` เท่านั้น อย่าพิมพ์รหัสไฟล์เอง",
    "attach the file with `mochocho meeting annex` alone; never type its code",
)
SIGNED_TWICE = Sentence(
    "มีฉบับลงนามของเอกสารนี้แล้ว ให้เหลือแถวเดียว", "this paper has a signed copy already; keep one row"
)
ATTACH_SIGNED = Sentence(
    "แนบไฟล์ด้วยคำสั่ง `mochocho meeting signed` เท่านั้น อย่าพิมพ์รหัสไฟล์เอง",
    "attach the file with `mochocho meeting signed` alone; never type its code",
)
NEEDS_OFFICE = Sentence("ต้องระบุหน่วยงานที่ตอบ", "must name the office that replied")
REPLY_TOO_EARLY = Sentence(
    "ตอบก่อนวันที่ของหนังสือเชิญ ให้ตรวจวันที่", "the reply came before the day of the invitation; correct the day"
)
NEEDS_ATTENDANT = Sentence(
    "ต้องระบุชื่อกรรมการ หรือชื่อผู้เข้าร่วม", "must name a member, or somebody who attends besides"
)
STAYS = Sentence(
    "ถ้าออกไปแล้วกลับเข้าประชุม ให้ใส่เวลากลับในแถวก่อนหน้า และเวลามาในแถวนี้",
    "who left and came back has the time of leaving in the earlier row, and of coming in this one",
)
BACK_TOO_EARLY = Sentence(
    "มาอีกครั้งก่อนเวลากลับในแถวก่อนหน้า ให้ตรวจเวลา", "came back before leaving in the earlier row; correct the time"
)
LEFT_TOO_EARLY = Sentence(
    "เวลากลับไม่อยู่หลังเวลามา ให้ตรวจเวลา", "left no later than having come; correct the time"
)
ABSENT_AND_PRESENT = Sentence(
    "มีเหตุที่ไม่มา แต่ระบุว่ามาประชุม ให้ตรวจ", "has a reason for being absent, but was present; correct one"
)
VOTES_LIKE = Sentence("คะแนนเสียงต้องเป็นจำนวนเต็มที่ไม่ติดลบ", "votes must be whole numbers, and not negative")


def too_long(most: int) -> Sentence:
    return Sentence(
        f"มีข้อความยาวเกิน {most} ตัวอักษร ให้แบ่งเป็นหลายย่อหน้า",
        f"a text is longer than {most} letters; part it into paragraphs",
    )


def quorum_of(quorum: int, members: int) -> Sentence:
    return Sentence(
        f"องค์ประชุม {quorum} คน แต่มีกรรมการ {members} คน ให้ตรวจจำนวน",
        f"the quorum is {quorum}, of {members} members; correct the number",
    )


def not_previous(previous: str, number: str) -> Sentence:
    return Sentence(
        f"ครั้งก่อนคือ {previous} ซึ่งไม่อยู่ก่อนครั้งที่ {number} ให้ตรวจครั้งที่",
        f"the previous meeting, {previous}, is not before {number}; correct the number",
    )


def member_twice(name: str) -> Sentence:
    return Sentence(f"“{name}” มีชื่ออยู่แล้ว ให้เหลือครั้งเดียว", f"“{name}” is listed already; keep one")


def urgency_like(usable: Sequence[str]) -> Sentence:
    return Sentence(
        f"ชั้นความเร็วต้องเป็น {' '.join(usable[:-1])} หรือ {usable[-1]} หรือเว้นว่าง",
        f"the urgency must be {' '.join(usable[:-1])} or {usable[-1]}, or left empty",
    )


def minutes_between(least: int, most: int) -> Sentence:
    return Sentence(
        f"จำนวนนาทีต้องอยู่ระหว่าง {least} ถึง {most}", f"the minutes must be between {least} and {most}"
    )


def no_such_district(name: str) -> Sentence:
    return Sentence(
        f"จังหวัดนี้ไม่มีอำเภอ “{name}” ให้ตรวจชื่อ", f"the province has no district “{name}”; correct the name"
    )


def district_twice(name: str) -> Sentence:
    return Sentence(f"ระบุอำเภอ “{name}” ซ้ำ ให้เหลือครั้งเดียว", f"the district “{name}” is listed twice; keep one")


def item_like(count: int) -> Sentence:
    return Sentence(
        f"ข้อต้องเขียนแบบ 3 หรือ 3.1 และไม่เกินวาระที่ {count}",
        f"an item must be written like 3 or 3.1, and be within the agenda's {count}",
    )


def item_twice(number: str) -> Sentence:
    return Sentence(f"ข้อ {number} ซ้ำ ให้เหลือครั้งเดียว", f"the item {number} is there twice; keep one")


def annex_twice(number: int) -> Sentence:
    return Sentence(f"มีเอกสารแนบ {number} แล้ว ให้เหลือครั้งเดียว", f"annex {number} is there already; keep one")


def office_twice(name: str) -> Sentence:
    return Sentence(f"“{name}” มีแล้ว ให้เหลือแถวเดียว", f"“{name}” is listed already; keep one row")


def no_member(name: str) -> Sentence:
    return Sentence(
        f"“{name}” ไม่อยู่ในรายชื่อกรรมการ ถ้าเป็นผู้เข้าร่วมให้ใส่ในช่องผู้เข้าร่วม",
        f"“{name}” is no member; enter those who attend besides as “ผู้เข้าร่วม”",
    )


def attendant_twice(name: str) -> Sentence:
    return Sentence(
        f"“{name}” มีแล้ว ให้เหลือแถวเดียว {STAYS.th}", f"“{name}” is listed already; keep one row; {STAYS.en}"
    )
