"""Where the name of a group, network, community or place may go on in the next line: between its parts only.

A part begins at a word for a place (บ้าน, ตำบล, ลุ่มน้ำ …) or at one that joins (เพื่อ, และ). What is left
between them is a name that no dictionary knows, so no line ends inside it; the typesetter sets it smaller
where it is wider than its column.
"""

import re
from collections.abc import Collection, Iterator
from itertools import pairwise

from reports.typesetting.never_parted.kept_together import glued_spaces

LONGEST_PART = 30  # letters; set at three quarters of its size, it fits the narrowest column of names

# They begin a part wherever they stand, except inside words that are no place (แม่บ้าน, หมู่บ้าน), behind another
# word for a place (ตำบลบ้านเกาะ, ต.บ้านเกาะ), and behind a mark that stays with them.
_PLACE = (
    r"(?<![(.“/])(?<!ตำบล)(?<!อำเภอ)(?<!พื้น)(?<!แม่)(?<!พ่อ)(?<!หมู่)(?<!ชาว)(?<!คน)(?<!เพื่อน)(?<!ทะเบียน)(?<!งาน)(?<!เรือน)(?<!ลูก)(?<!เจ้า)(?<!กลับ)"
    r"บ้าน(?!เรือน|เมือง|พัก|เกิด)|หมู่บ้าน|ตำบล|อำเภอ|จังหวัด|ลุ่มน้ำ"
)
# They begin one where they are words of their own.
_JOINING = r"เพื่อ(?!น)|และ|แห่ง|ประจำ|ต้าน|ระดับ"
_BEGINS = re.compile(f"(?P<place>{_PLACE})|(?P<joining>{_JOINING})")
_SPACES = re.compile(r"(?<!หมู่ที่) +(?![0-9๐-๙])")


def parts_of(name: str, word_ends: Collection[int]) -> Iterator[str]:
    """The parts of a name, each without the space at its end, which is a part of its own.

    `word_ends`: where the words of `name` end.
    """
    starts = {0, len(name)}
    for found in _BEGINS.finditer(name):
        if found["place"] or found.start() in word_ends:
            starts.add(found.start())
    for found in _SPACES.finditer(name):
        starts.update(found.span())
    for end in glued_spaces(name):
        starts.difference_update((end - 1, end))
    for start, end in pairwise(sorted(starts)):
        part = name[start:end]
        yield " " if part.isspace() else part
