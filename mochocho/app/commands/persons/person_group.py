"""`mochocho person`: the group of commands about one person's data, and how a person is named to them."""

from mochocho.app.commands.help import group, option


@group("ข้อมูลของบุคคลหนึ่ง: อยู่ที่ใด ขอสำเนา ถอนความยินยอม ลบ")
def person() -> None:
    """One person's data: where it stands, a copy, consent, erasing it."""


NationalId = option(
    "--national-id",
    default="",
    metavar="13",
    th="เลขประจำตัวประชาชน มีขีดหรือเว้นวรรคก็ได้",
    en="National ID, with or without dashes.",
)
Telephone = option(
    "--telephone",
    default="",
    th="หมายเลขโทรศัพท์ ขึ้นต้นด้วย 0",
    en="Telephone number, beginning with 0.",
)
Name = option(
    "--name",
    default="",
    th="ชื่อและนามสกุล สะกดหรือเว้นวรรคอย่างใดก็ได้ มีหรือไม่มีคำนำหน้าก็ได้",
    en="Given name and family name in any spelling, with or without a title.",
)
Key = option("--key", default="", th="รหัสผู้สมัคร", en="Applicant's key.")
Reason = option(
    "--reason",
    required=True,
    th="เหตุที่ขอ เช่น เลขที่คำขอ ต้องมี และบันทึกไว้ในบันทึกการเข้าถึง",
    en="Why, such as the request's number; needed, and logged.",
)
