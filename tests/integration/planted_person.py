"""A home in which one invented person stands wherever a person can stand."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from PIL import Image

from mochocho.app.migrations.migrate import upgrade
from mochocho.app.portal.access import accounts
from mochocho.app.portal.access.roles import Role as AccountRole
from mochocho.settings.config import load_settings
from mochocho.storage.db import transaction
from mochocho.storage.home import Home, open_home
from processing.assessment import assess
from processing.meetings import kept
from processing.meetings.meeting import Contact, Level, Meeting, Member, Person, Signatory
from processing.register import register_forms
from processing.tables import FormerIdentityRow
from sync.openrosa.source import SpoolSource
from sync.pull.pull_source import pull
from tests import databases
from tests.builders import application, officer, onsite, post, publish, uid, xform
from tests.integration import commands
from tests.integration.commands import Office
from xlsforms import names

ID = "1000012345679"
NAME = "นางสาวกาญจนา ใจดีงาม"
OTHER = "นายสมศักดิ์ อีกคนหนึ่ง"
KEY, OTHER_KEY, FORMER_KEY = uid("sought"), uid("other"), uid("former")
SETTINGS = f'[committees]\nassessors = [{{ name = "{NAME}" }}, {{ name = "นางตั้งค่าเท่านั้น ตัวอย่าง" }}]\n'


def photo(artist: str) -> bytes:
    """A picture with somebody's name in its metadata, as cameras write it."""
    exif = Image.Exif()
    exif[0x013B] = artist.encode()
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG", exif=exif)
    return out.getvalue()


def plant(home: Home) -> None:
    """The person as a leader, in another's lead team, as assessor, committee member, officer and the rest."""
    publish(home, xform())
    publish(home, xform(names.ONSITE, files=()), names.ONSITE)
    who = officer(home, "น.ส.กาญจนา  ใจดีงาม")
    officer(home, OTHER)
    own = {
        "advisers": [{"adviser_name": OTHER, "adviser_about": f"ติดต่อ {OTHER} โทร 000-000-0099"}],
        "address": "12/3 <b>{{7*7}}</b> =1+1",
        "age": "45",
        "occupation": "ทำสวนลำไยปลูกเอง",
        "main_work_1": f"ตั้งกองทุนร่วมกับ {OTHER}",
        "applicant_name": NAME,
        "national_id": ID,
        "phone": "000-000-0012",
        "photo": "1.jpg",
    }
    team = [{"team_name": "นางกาญจนา ใจดีงาม", "team_role": "ประธาน"}, {"team_name": OTHER}]
    other = {"applicant_type": "group", "applicant_name": "กลุ่มทอผ้า", "lead_team": team}
    post(home, application(KEY, own, instance_id=uid("a")), {"1.jpg": photo(NAME)}, officer_id=who)
    post(home, application(OTHER_KEY, other, instance_id=uid("b")), officer_id=who)
    sheet = {"assessor_name": "กาญจนาใจดีงาม", "applicant_type": "group"}
    post(home, onsite(OTHER_KEY, sheet, instance_id=uid("c")), officer_id=who)
    unknown = application(uid("d"), {"applicant_name": NAME}, instance_id=uid("d"), version="unpublished")
    post(home, unknown, officer_id=who)
    pull(home, SpoolSource(home))
    register_forms.run(home)
    assess.do(home, assess.due(home))
    accounts.add(home, "kanchana", NAME, AccountRole.PROVINCE)
    person = Person(NAME, "พัฒนาการ")
    meeting = Meeting(
        Level.PROVINCE,
        "1/2568",
        day=date(2025, 5, 1),
        members=(Member(person), Member(Person(OTHER))),
        contact=Contact(name=OTHER, telephone="0000000012"),
        signatory=Signatory(name=NAME),
    )
    with transaction(home.engine) as session:
        kept.keep(session, meeting, OTHER)
        session.add(FormerIdentityRow(key=FORMER_KEY, national_id=ID))
    # posted and not read yet, and a half-written file beside it
    post(home, application(uid("e"), {"applicant_name": NAME}, instance_id=uid("e")), officer_id=who)
    (home.spool_dir / "left.tmp").write_bytes(b"x" + NAME.encode("utf-16-le"))


@contextmanager
def planted(folder: Path, url: str = "") -> Iterator[Office]:
    """The home in `folder`, with everything in it. `url`: of its database, '' = SQLite."""
    database = f'database_url = "{url}"\n' if url else ""
    opened = open_home(load_settings(commands.settings(folder, database + SETTINGS)))
    upgrade(opened.engine)
    plant(opened)
    with databases.closing(opened):
        yield Office(folder, opened)
