"""`mochocho person find`: where a person's data stands."""

from itertools import groupby
from typing import TYPE_CHECKING

from mochocho.app.commands.help import refuse_unsaid, under
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.commands.persons.person_group import Key, Name, NationalId, Reason, Telephone, person
from mochocho.app.terminal.console import say, show
from mochocho.app.terminal.language import told
from mochocho.words.sentences import Sentence

if TYPE_CHECKING:
    from mochocho.app.persons.found_places import Place


@under(
    person,
    """หาว่าข้อมูลของบุคคลหนึ่งอยู่ที่ใดบ้าง

    ค้นทุกตารางและทุกไฟล์: ผู้สมัคร ทีมนำ ที่ปรึกษา ทีมพี่เลี้ยง ผู้ประเมิน กรรมการ เจ้าหน้าที่ มติ การประชุม แบบที่ส่ง รายการที่กักไว้
    ข้อมูลในภาพ และแบบที่ยังไม่ได้อ่าน ใส่ได้หลายอย่าง พบอย่างใดอย่างหนึ่งก็นับ
    ชื่อที่เกือบตรงอยู่ท้ายสุด ให้เจ้าหน้าที่ดูว่าเป็นคนเดียวกันหรือไม่ ไม่แสดงเลขประจำตัวและโทรศัพท์
    ไม่ได้เปิดดูภายใน PDF Excel และ ZIP บันทึกไว้ในบันทึกการเข้าถึงก่อนแสดง
    """,
    "find",
)
@NationalId
@Telephone
@Name
@Key
@Reason
@pass_invocation
def find(invocation: Invocation, national_id: str, telephone: str, name: str, key: str, reason: str) -> None:
    """Find where one person's data stands.

    Every table and every file is searched: applicants, lead teams, advisers, mentors, assessors, committees,
    officers, decisions, meetings, submitted forms, quarantined items, photos' metadata and forms that were
    not read yet. Several things may be given; whatever holds one of them is found. Names that are nearly the
    same come last, for a person to look at. National IDs and telephones are not shown. PDF, Excel and ZIP
    files are not opened. It is logged before it is shown.
    """
    from mochocho.app.access_chain import note_at_the_command_line
    from mochocho.app.persons.found_places import find as places_of
    from mochocho.app.persons.place_words import CERTAINTIES
    from processing.persons.sought_person import Certainty, sought

    refuse_unsaid(reason=reason)
    wanted = sought(national_id, telephone, name, key)
    home = invocation.home
    places = places_of(home, wanted)
    for about in sorted({place.key for place in places if place.hit.certainty is not Certainty.NEAR}) or [""]:
        note_at_the_command_line(home, "person", about, reason)
    for certainty, found in groupby(places, key=lambda place: place.hit.certainty):
        show(told(CERTAINTIES[certainty]))
        for place in found:
            show(f"  {told(_said(place))}")
    if not places:
        say("ไม่พบข้อมูลของบุคคลนี้", "nothing of this person was found")
        return
    say(f"พบ {len(places)} แห่ง", f"places: {len(places)}")


def _said(place: "Place") -> Sentence:
    from mochocho.app.persons.place_words import BY, kind_and_role

    by = BY[place.hit.by]
    written = f" “{place.hit.written}”" if place.hit.written else ""
    at = f" [{place.at}]"
    whose = Sentence(f" ผู้สมัคร {place.key}", f" applicant {place.key}") if place.key else Sentence("", "")
    what = kind_and_role(place.kind, place.path)
    return Sentence(
        f"{what.th}: {by.th}{written}{whose.th}{at}", f"{what.en}: {by.en}{written}{whose.en}{at}"
    )
