"""The provincial meeting of the sample as its office sets it up before the day; its people are invented."""

from dataclasses import replace

from mochocho.storage.db import reading
from mochocho.storage.home import Home
from processing.meetings.files import meeting_files
from processing.meetings.meeting import Contact, Meeting, Member, Pause, Person, Role, Signatory
from processing.meetings.new_meeting import begun

NUMBER = "1/2568"
_CHAIR = Person("นายประเสริฐ ตัวอย่าง", "รองผู้ว่าราชการจังหวัดเชียงราย")
_SECRETARY = Person("นางอรุณี สมมุติ", "พัฒนาการจังหวัดเชียงราย")
_MEMBERS = (
    Member(_CHAIR, Role.CHAIR),
    Member(Person("นายวิชัย สมมุติ", "ปลัดจังหวัดเชียงราย")),
    Member(
        Person("นางพรรณี ตัวอย่าง", "เกษตรจังหวัดเชียงราย"),
        substitute=Person("นายบุญส่ง สมมุติ", "หัวหน้ากลุ่มยุทธศาสตร์", "สำนักงานเกษตรจังหวัดเชียงราย"),
    ),
    Member(Person("นายสุรชัย สมมุติ", "ท้องถิ่นจังหวัดเชียงราย")),
    Member(Person("นางสาวสุดา ตัวอย่าง", "พาณิชย์จังหวัดเชียงราย")),
    Member(_SECRETARY, Role.SECRETARY),
    Member(Person("นายมานพ ตัวอย่าง", "ผู้อำนวยการกลุ่มงานส่งเสริมการพัฒนาชุมชน"), Role.ASSISTANT_SECRETARY),
)
_CONTACT = Contact("นางสาวกานดา ตัวอย่าง", "นักวิชาการพัฒนาชุมชนชำนาญการ", "0-0000-0000", "kanda@example.go.th")


def convene(home: Home, by: str) -> Meeting:
    """Keep and return the meeting of the sample's settings, with members, contact, signatory and pause."""
    with reading(home.engine) as session:
        known = begun(session, home.settings, NUMBER, None)
    meeting = replace(
        known,
        members=_MEMBERS,
        contact=_CONTACT,
        signatory=Signatory(_CHAIR.name, _CHAIR.position, ("ปฏิบัติราชการแทน ผู้ว่าราชการจังหวัดเชียงราย",)),
        schedule=replace(known.schedule, pauses=(Pause("12:00", "13:00"),)),
    )
    meeting_files.keep(home, meeting, by)
    return meeting
