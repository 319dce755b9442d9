"""How pages call what comes before a committee: districts in turn, or one district's own units. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from processing.meetings.meeting import Level


@dataclass(frozen=True, slots=True)
class TurnWords:
    """`{}`: the name of a district. `counted`: what there are so many of; `nobody`: where no unit comes."""

    counted: str
    nobody: str
    following: str
    ready: str
    begin: str
    going_on: str
    close: str
    close_last: str
    all_done: str


TURN_WORDS: Mapping[Level, TurnWords] = {
    Level.PROVINCE: TurnWords(
        counted="อำเภอ",
        nobody="ยังไม่มีหน่วยงานที่ผ่านคณะกรรมการระดับอำเภอ",
        following="ลำดับถัดไป อำเภอ{}",
        ready="พร้อมเริ่มอำเภอ{}",
        begin="เริ่มอำเภอ{}",
        going_on="กำลังนำเสนอ",
        close="ปิดวาระ อำเภอถัดไป",
        close_last="ปิดวาระอำเภอสุดท้าย",
        all_done="นำเสนอครบทุกอำเภอแล้ว",
    ),
    Level.DISTRICT: TurnWords(
        counted="วาระ",
        nobody="ยังไม่มีหน่วยงานที่เสนอคณะกรรมการของอำเภอ",
        following="พร้อมเริ่มพิจารณา",
        ready="พร้อมเริ่มพิจารณา",
        begin="เริ่มพิจารณา",
        going_on="กำลังพิจารณา",
        close="ปิดวาระ",
        close_last="ปิดวาระ",
        all_done="พิจารณาครบแล้ว",
    ),
}
