"""What people call the places where a person's data stands."""

from mochocho.words.sentences import Sentence
from processing.persons.sought_person import By, Certainty

# every table; tests/integration/test_person_found.py asks for a new one
TABLES = {
    "applicant": Sentence("ทะเบียนผู้สมัคร", "register of applicants"),
    "applicant_file": Sentence("ไฟล์ของผู้สมัคร", "files of applicants"),
    "asked_work": Sentence("งานที่สั่งในพอร์ทัล", "work asked for in the portal"),
    "assessment": Sentence("ผลการประเมิน", "assessments"),
    "attachment": Sentence("ไฟล์แนบของแบบ", "attached files"),
    "closing": Sentence("การปิดรอบปี", "closing of the cycle"),
    "decision": Sentence("คำวินิจฉัยและมติ", "decisions"),
    "decision_head": Sentence("คำวินิจฉัยข้อสุดท้าย", "last decision"),
    "decoder_death": Sentence("ไฟล์ที่เปิดไม่ได้", "files that cannot be opened"),
    "erased": Sentence("รหัสที่ลบแล้ว", "erased ids"),
    "erasure": Sentence("การลบข้อมูลส่วนบุคคล", "erasures"),
    "entity": Sentence("รายชื่อในโทรศัพท์", "lists on phones"),
    "entity_update": Sentence("รายชื่อในโทรศัพท์ ส่วนที่แก้", "changes of lists on phones"),
    "former_file": Sentence("ไฟล์แนบที่ถูกแทน", "replaced files"),
    "former_identity": Sentence("เลขประจำตัวของปีก่อน", "identifiers of last year"),
    "former_result": Sentence("ผลของปีก่อน", "results of last year"),
    "identity": Sentence("เลขประจำตัว โทรศัพท์ และที่อยู่", "identifiers, telephones, addresses"),
    "imprint": Sentence("รอยของหน้าเอกสาร", "imprints of pages"),
    "knowledge": Sentence("แบบบันทึกองค์ความรู้", "records of knowledge"),
    "measurement": Sentence("สิ่งที่วัดจากไฟล์", "measurements of files"),
    "meeting": Sentence("การประชุม", "meetings"),
    "notice": Sentence("สิ่งที่แจ้งเซิร์ฟเวอร์", "notices to servers"),
    "officer": Sentence("เจ้าหน้าที่ที่ใช้โทรศัพท์", "officers with a phone"),
    "packet": Sentence("เอกสารการประชุมที่ทำแล้ว", "packets that were made"),
    "plan": Sentence("แผนพัฒนาตนเอง", "self-development plans"),
    "portal_access": Sentence("บันทึกการเข้าถึง", "access log"),
    "portal_access_head": Sentence("บันทึกการเข้าถึงแถวสุดท้าย", "last row of the access log"),
    "portal_account": Sentence("บัญชีของพอร์ทัล", "accounts of the portal"),
    "portal_recovery_code": Sentence("รหัสกู้คืนของพอร์ทัล", "recovery codes"),
    "portal_session": Sentence("การเข้าใช้พอร์ทัล", "sessions of the portal"),
    "portal_sign_in": Sentence("ความพยายามเข้าใช้พอร์ทัล", "attempts to sign in"),
    "portal_sign_in_link": Sentence("ลิงก์เข้าใช้พอร์ทัล", "links to sign in"),
    "portal_used_totp": Sentence("รหัสครั้งเดียวที่ใช้แล้ว", "used codes"),
    "published_form": Sentence("แบบที่เผยแพร่", "published forms"),
    "published_list": Sentence("รายการที่เผยแพร่", "published lists"),
    "published_row": Sentence("แถวของรายการที่เผยแพร่", "rows of published lists"),
    "pulse": Sentence("สัญญาณของงาน", "pulses"),
    "quarantined": Sentence("รายการที่กักไว้", "quarantined items"),
    "quiet": Sentence("ขั้นตอนที่ไม่มีงาน", "stages without work"),
    "released_packet": Sentence("เอกสารการประชุมที่ออกแล้ว", "released packets"),
    "revision": Sentence("ลำดับการแก้", "revision"),
    "same_page": Sentence("หน้าเอกสารที่ตรงกัน", "pages that agree"),
    "score_sheet": Sentence("แบบประเมินของกรรมการ", "score sheets"),
    "seen": Sentence("สิ่งที่เซิร์ฟเวอร์มี", "what servers hold"),
    "self_assessment": Sentence("แบบประเมินตนเอง", "self-assessments"),
    "server_form": Sentence("แบบบนเซิร์ฟเวอร์", "forms on servers"),
    "server_list": Sentence("รายการบนเซิร์ฟเวอร์", "lists on servers"),
    "server_officer": Sentence("บัญชีเจ้าหน้าที่บนเซิร์ฟเวอร์", "officers' accounts on servers"),
    "server_version": Sentence("รุ่นของแบบบนเซิร์ฟเวอร์", "versions of forms on servers"),
    "sitting": Sentence("สิ่งที่บันทึกระหว่างประชุม", "what was recorded in meetings"),
    "standing": Sentence("ข้อมูลค้นหาของผู้สมัคร", "what applicants are searched by"),
    "submission": Sentence("แบบที่ส่ง", "submissions"),
    "submission_version": Sentence("รุ่นของแบบที่ส่ง", "versions of submissions"),
    "supplement": Sentence("เอกสารที่ส่งเพิ่ม", "supplements"),
    "sweep": Sentence("การดึงจากเซิร์ฟเวอร์", "pulls of servers"),
    "unread": Sentence("แบบที่ใช้ไม่ได้", "submissions that could not be used"),
    "web_link": Sentence("ลิงก์ของแบบในเบราว์เซอร์", "links to forms in a browser"),
    "work": Sentence("งานที่ค้าง", "pending work"),
}

FILES = {
    "form": Sentence("ที่เก็บ: แบบที่ส่ง (XML)", "store: submitted form (XML)"),
    "attachment": Sentence("ที่เก็บ: ไฟล์แนบ", "store: attached file"),
    "quarantined": Sentence("ที่เก็บ: รายการที่กักไว้", "store: quarantined item"),
    "store": Sentence("ที่เก็บ: ไฟล์อื่น", "store: another file"),
    "home": Sentence("ไฟล์ในโฟลเดอร์งาน", "file of the home"),
    "settings": Sentence("ไฟล์การตั้งค่า", "settings file"),
}

# what the part of a path says about whose data it is
ROLES = {
    "lead_team": Sentence("ทีมนำ", "lead team"),
    "advisers": Sentence("ที่ปรึกษา", "adviser"),
    "mentors": Sentence("ทีมพี่เลี้ยง", "mentor"),
    "assessor": Sentence("ผู้ประเมิน", "assessor"),
    "assessors": Sentence("ผู้ประเมิน", "assessor"),
    "entered_by": Sentence("ผู้บันทึกแทน", "who entered it"),
    "author": Sentence("ผู้ถอดบทเรียน", "author"),
    "members": Sentence("กรรมการ", "committee member"),
    "attendees": Sentence("ผู้เข้าประชุม", "attendee"),
    "signatory": Sentence("ผู้ลงนาม", "signatory"),
    "contact": Sentence("ผู้ประสานงาน", "contact"),
    "waived_by": Sentence("ผู้เห็นต้นฉบับ", "who saw the original"),
    "seen_by": Sentence("ผู้เห็นต้นฉบับ", "who saw the original"),
    "recorded_by": Sentence("ผู้บันทึก", "who recorded it"),
    "made_by": Sentence("ผู้ทำ", "who made it"),
    "asked_by": Sentence("ผู้สั่ง", "who asked for it"),
    "national_id": Sentence("เลขประจำตัวประชาชน", "national ID"),
    "phone": Sentence("โทรศัพท์", "telephone"),
    "address": Sentence("ที่อยู่", "address"),
    "reason": Sentence("เหตุผล", "reason"),
    "name": Sentence("ชื่อ", "name"),
    "answers": Sentence("คำตอบ", "answers"),
    "about": Sentence("ให้คำปรึกษาเรื่อง", "advises on"),
    "age": Sentence("อายุ", "age"),
    "applied_on": Sentence("วันที่สมัคร", "applied on"),
    "district": Sentence("อำเภอ", "district"),
    "documents": Sentence("เอกสาร", "documents"),
    "eligibility": Sentence("คุณสมบัติ", "eligibility"),
    "founded_be": Sentence("ปีที่ก่อตั้ง (พ.ศ.)", "founded in (B.E.)"),
    "kind": Sentence("เรื่อง", "kind"),
    "main_works": Sentence("ผลงานสำคัญ", "main works"),
    "moo": Sentence("หมู่ที่", "village number"),
    "occupation": Sentence("อาชีพ", "occupation"),
    "pages": Sentence("หน้า", "pages"),
    "photo_consent": Sentence("ยินยอมให้ใช้ภาพ", "consent to photos"),
    "publication_consent": Sentence("ยินยอมให้เผยแพร่ชื่อ", "consent to publication"),
    "recorded_at": Sentence("บันทึกเมื่อ", "recorded at"),
    "remarks": Sentence("หมายเหตุ", "remarks"),
    "role": Sentence("บทบาท", "role"),
    "round": Sentence("รอบ", "round"),
    "status": Sentence("สถานะ", "state"),
    "subdistrict": Sentence("ตำบล", "subdistrict"),
    "type": Sentence("ประเภท", "type"),
    "village": Sentence("หมู่บ้าน", "village"),
    "visited_on": Sentence("วันที่ลงพื้นที่", "visited on"),
}

CERTAINTIES = {
    Certainty.SAME: Sentence("ตรงกัน", "the same"),
    Certainty.WITHIN: Sentence("อยู่ในข้อความหรือไฟล์", "inside a text or file"),
    Certainty.NEAR: Sentence(
        "เกือบตรงกัน ให้ดูว่าเป็นคนเดียวกันหรือไม่", "nearly the same: look whether it is the person"
    ),
}
BY = {
    By.KEY: Sentence("รหัสผู้สมัคร", "applicant's key"),
    By.NATIONAL_ID: Sentence("เลขประจำตัวประชาชน", "national ID"),
    By.TELEPHONE: Sentence("โทรศัพท์", "telephone"),
    By.NAME: Sentence("ชื่อ", "name"),
}


def kind_and_role(kind_of_place: str, path: str) -> Sentence:
    """What a place is, and whose data in it where that has a name; as `Place` says both."""
    kind, part = (TABLES | FILES)[kind_of_place], role(path)
    if path in (part.th, "about"):  # of a row itself, not of an adviser in it
        return kind
    return Sentence(f"{kind.th} {part.th}".rstrip(), f"{kind.en} {part.en}".rstrip())


def role(path: str) -> Sentence:
    """Whose or which data stands at this path of a row; the path itself where nobody named it."""
    named = [ROLES[part] for part in path.split(".") if part in ROLES]
    return named[0] if named else Sentence(path, path)
