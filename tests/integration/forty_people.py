"""A home in which forty invented people stand wherever a person can, and every spelling of them in bytes."""

import base64
import hashlib
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PIL import Image
from sqlalchemy import select, text

from mochocho.app import access_chain
from mochocho.app.migrations.migrate import upgrade
from mochocho.app.persons.found_places import every_row
from mochocho.app.portal.access import accounts
from mochocho.app.portal.access.roles import Role as AccountRole
from mochocho.app.tables import AskedWorkRow
from mochocho.settings.config import load_settings
from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home, open_home
from mochocho.words.model import ApplicantType, FormerResult, Gate, Outcome, Resolution
from processing import codec
from processing.assessment import assess
from processing.certificates.signing import signer
from processing.decisions import recorder
from processing.decisions.chain import Head
from processing.decisions.decision import Certified, Decision, Kind
from processing.meetings import kept
from processing.meetings.meeting import Attendance, Contact, Held, Level, Meeting, Member, Person, Signatory
from processing.register import register_forms
from processing.releases import kept_releases, release_file
from processing.releases.printed_now import printed_now
from processing.releases.release import FrozenFile, Release
from processing.sittings.tables import SittingRow
from processing.tables import ApplicantRow, DecisionRow, FormerIdentityRow, FormerResultRow
from sync.openrosa.source import SpoolSource
from sync.pull.pull_source import pull
from sync.tables import Officer, PublishedRow, WebLinkRow
from tests import databases
from tests.builders import NOON, application, officer, onsite, post, publish, uid, xform
from tests.integration import commands
from tests.integration.commands import Office
from xlsforms import names

GIVEN = ("กาญจนา", "สมพร", "บุญมี", "วิไล", "ประเสริฐ", "มาลี", "สุชาติ", "อำไพ")
FAMILY = ("ใจดีงาม", "ทองประกาย", "แสนสุขล้ำ", "ศรีเมืองใหม่", "วงศ์สมมติ", "ดอนหวายงาม")
GROUP = uid("forty", "group")
MEETING = Meeting(Level.PROVINCE, "1/2568", day=date(2025, 5, 1))
BY = "นางบันทึก ตัวอย่าง"
_PAGES = "SELECT relname, pg_read_binary_file(pg_relation_filepath(oid)) FROM pg_class WHERE relfilenode > 0"
SETTINGS = """[controller]
retention_years = 5
retention_basis = "ระเบียบตัวอย่าง"
"""


@dataclass(frozen=True)
class One:
    """One of the forty."""

    number: int

    @property
    def key(self) -> str:
        return uid("forty", self.number)

    @property
    def bare_name(self) -> str:
        return f"{GIVEN[self.number % len(GIVEN)]} {FAMILY[self.number // len(GIVEN)]}"

    @property
    def name(self) -> str:
        return f"{('นาย', 'นาง', 'นางสาว')[self.number % 3]}{self.bare_name}"

    @property
    def national_id(self) -> str:
        return f"10000{31_415_926 + 7 * self.number:08}"

    @property
    def telephone(self) -> str:
        return f"000-000-{7000 + self.number}"

    @property
    def photo(self) -> bytes:
        """With the name in its metadata, as cameras write it, and pixels of its own."""
        exif = Image.Exif()
        exif[0x013B] = self.name.encode()
        out, shade = io.BytesIO(), hashlib.sha256(self.key.encode()).digest()
        Image.frombytes("RGB", (8, 8), (shade * 6)[:192]).save(out, "JPEG", exif=exif, quality=95)
        return out.getvalue()

    def needles(self) -> Iterator[bytes]:
        """What of the person may not be found in any byte: in each way in which a program may write it."""
        for said in (self.bare_name, self.national_id, self.telephone, self.telephone.replace("-", "")):
            yield from (said.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
            yield from _in_base64(said.encode())
            yield "".join(f"&#{ord(one)};" for one in said).encode()
            yield "".join(f"&#x{ord(one):x};" for one in said).encode()
            yield json.dumps(said)[1:-1].encode()
        pixels = self.photo[-120:-20]
        yield pixels
        yield from _in_base64(pixels)


def _in_base64(content: bytes) -> Iterator[bytes]:
    for before in range(3):
        whole = base64.b64encode(b"x" * before + content)
        yield whole[4 : len(whole) // 4 * 4 - 4]  # the ends hold what stands beside it


FORTY = tuple(map(One, range(40)))
# who has no application, and stands in one role alone
TEAM, ADVISER, ASSESSOR, OFFICER, ACCOUNT, MEMBER, SIGNATORY, SUBSTITUTE = map(One, range(40, 48))
SERVING = (ASSESSOR, OFFICER, ACCOUNT, MEMBER, SIGNATORY, SUBSTITUTE)


def plant(home: Home, people: tuple[One, ...]) -> None:
    """Each as leader, in a group's lead team, as its assessor, committee member, officer, in every log.

    Others stand in one of these roles alone.
    """
    publish(home, xform())
    publish(home, xform(names.ONSITE, files=("sign_assessor",)), names.ONSITE)
    for one in people:
        who = officer(home, one.name)
        own = {
            "applicant_name": one.name,
            "national_id": one.national_id,
            "phone": one.telephone,
            "photo": "1.jpg",
        }
        former = {**own, "applicant_name": one.bare_name.replace(" ", "  ")}
        first, second = uid(one.key, "first"), uid(one.key, "second")
        post(home, application(one.key, former, instance_id=first), {"1.jpg": one.photo}, officer_id=who)
        edited = application(one.key, own, instance_id=second, deprecated_id=first)
        post(home, edited, {"1.jpg": one.photo}, officer_id=who)
        sheet = {"assessor_name": one.bare_name.replace(" ", ""), "applicant_type": "group"}
        post(home, onsite(GROUP, sheet, instance_id=uid(one.key, "sheet")), officer_id=who)
        unknown = application(uid(one.key, "x"), own, instance_id=uid(one.key, "x"), version="unpublished")
        post(home, unknown, officer_id=who)
    sheet = {"assessor_name": ASSESSOR.name, "applicant_type": "group", "sign_assessor": "sign.png"}
    alone = onsite(GROUP, sheet, instance_id=uid("forty", "alone"))
    post(home, alone, {"sign.png": ASSESSOR.photo}, officer_id=officer(home, OFFICER.name))
    team = [{"team_name": one.name, "team_role": "กรรมการ"} for one in (*people, TEAM)]
    advisers = [
        {"adviser_name": one.bare_name, "adviser_about": f"โทร {one.telephone}"} for one in (*people, ADVISER)
    ]
    group = {"applicant_type": "group", "applicant_name": "กลุ่มทอผ้า", "lead_team": team, "advisers": advisers}
    post(home, application(GROUP, group, instance_id=uid("forty", "form")))
    pull(home, SpoolSource(home))
    register_forms.run(home)
    _decide(home, people)
    _write_rows(home, people)
    assess.do(home, assess.due(home))
    _release(home, people)
    _write_files(home, people)


def _decide(home: Home, people: tuple[One, ...]) -> None:
    passed = Resolution(Gate.PROVINCE, Outcome.PASS, "คณะกรรมการ", "1/2568", date(2025, 5, 1), "", BY)
    for one in people:
        why = f"{one.name} โทร {one.telephone} ยืนยัน"
        recorder.record_all(home, [(one.key, Resolution(**{**_plain(passed), "reason": why}))])
        given = Certified(
            one.number + 1,
            ApplicantType.LEADER,
            one.name,
            "เมืองเชียงราย",
            date(2025, 5, 2),
            "1/2568",
            date(2025, 5, 1),
            "k",
            "s",
        )
        recorder.record_decisions(home, [Decision(Kind.CERTIFY, one.key, "", given, "", one.name)])


def _plain(resolution: Resolution) -> dict[str, object]:
    return {name: getattr(resolution, name) for name in Resolution.__slots__}


def _write_rows(home: Home, people: tuple[One, ...]) -> None:
    meeting = Meeting(
        Level.PROVINCE,
        "1/2568",
        day=date(2025, 5, 1),
        members=tuple(Member(Person(one.name)) for one in (*people, MEMBER)),
        contact=Contact(name=SIGNATORY.name, telephone=SIGNATORY.telephone),
        signatory=Signatory(name=SIGNATORY.name),
        held=Held(attendance=(Attendance(MEMBER.name, present=True, substitute=Person(SUBSTITUTE.name)),)),
    )
    accounts.add(home, f"user{ACCOUNT.number}", ACCOUNT.name, AccountRole.DISTRICT, ("5701",))
    for one in people:
        accounts.add(home, f"user{one.number}", one.name, AccountRole.PROVINCE)
        access_chain.note_at_the_command_line(
            home, "person", one.key, f"คำขอของ {one.name} {one.national_id}"
        )
    with transaction(home.engine) as session:
        kept.keep(session, meeting, ACCOUNT.name)
        for one in people:
            place = {"subdistrict": "", "moo": "", "village": ""}
            key, alike = uid(one.key, "former"), one.bare_name
            result = FormerResult(key, 2567, ApplicantType.LEADER, one.name)
            session.add(
                FormerResultRow(
                    key=key,
                    type="leader",
                    name=one.name,
                    district="5701",
                    alike=alike,
                    place=place,
                    result=codec.dump(result),
                )
            )
            session.add(FormerIdentityRow(key=key, national_id=one.national_id))
            act = {"said": f"{one.name} แจ้งว่า {one.telephone}"}
            session.add(
                SittingRow(
                    meeting="m", number=one.number + 1, content=act, recorded_at=NOON, recorded_by=one.name
                )
            )
            session.add(
                AskedWorkRow(
                    kind="packet",
                    about=one.name,
                    slot=None,
                    state="done",
                    asked_by=one.name,
                    asked_at=NOON,
                    seen_at=NOON,
                    ended_at=NOON,
                    stage="",
                    done=0,
                    total=0,
                    said=f"ทำของ {one.name} แล้ว",
                )
            )
            session.add(
                PublishedRow(
                    list_name=names.APPLICANTS,
                    name=one.key,
                    position=one.number,
                    fields={"name": one.key, "label": one.name},
                    version=1,
                    gone=False,
                )
            )
            session.add(
                WebLinkRow(
                    token_sha256=hashlib.sha256(one.key.encode()).hexdigest(),
                    form_id=names.SUPPLEMENT,
                    applicant=one.key,
                    officer=1,
                    made_by=one.name,
                    made_at=NOON,
                    until=NOON,
                    instance="",
                )
            )


def _release(home: Home, people: tuple[One, ...]) -> None:
    papers = b"%PDF " + " ".join(one.name for one in people).encode()
    with transaction(home.engine) as session:
        head = recorder.taken_head(session)
        release = Release(
            MEETING.key,
            home.province.name_th,
            2568,
            1,
            0,
            printed_now(home, session, MEETING),
            (FrozenFile("packet.pdf", hashlib.sha256(papers).hexdigest(), len(papers)),),
            Head(head.number, head.hash),
            people[0].name,
        )
        kept_releases.append(session, release, NOON)
    folder = kept_releases.folder_of(home, release)
    folder.mkdir(parents=True)
    (folder / "packet.pdf").write_bytes(papers)
    (folder / release_file.NAME).write_bytes(release_file.written(release, signer(home.settings.home)))


def _write_files(home: Home, people: tuple[One, ...]) -> None:
    told = "\n".join(f"{one.name} {one.national_id} {one.telephone}" for one in people)
    for folder in (
        home.settings.cache_dir / "papers",
        home.settings.cache_dir / "redacted",
        home.settings.packet_dir,
    ):
        folder.mkdir(parents=True)
        (folder / "plan.json").write_text(json.dumps({"told": told}))
    (home.spool_dir / "left.tmp").write_bytes(told.encode("utf-16-le"))
    (home.store.root / ".0123456789abcdef.in").write_bytes(people[0].photo)


def rows(home: Home) -> list[tuple[str, dict[str, object]]]:
    """Everything in the database."""
    with reading(home.engine) as session:
        return [(table.name, values) for table, values in every_row(session)]


def found(office: Office, one: One, *more: Path) -> set[str]:
    """The files under the home, or tables of PostgreSQL as they lie on disk, in which any byte tells of the
    person.
    """
    needles = tuple(one.needles())
    every = [path for top in (office.home.settings.home, *more) for path in sorted(top.rglob("*"))]
    told = {path.name for path in every if path.is_file() and _holds(path.read_bytes(), needles)}
    if office.home.engine.dialect.name == "postgresql":
        with office.home.engine.connect() as connection:
            connection.execute(text("CHECKPOINT"))
            pages = connection.execute(text(_PAGES))
            told |= {name for name, content in pages if _holds(bytes(content), needles)}
    return told


def _holds(content: bytes, needles: tuple[bytes, ...]) -> bool:
    return any(needle in content for needle in needles)


@contextmanager
def planted(folder: Path, people: tuple[One, ...] = FORTY, url: str = "") -> Iterator[Office]:
    """The home in `folder`. `url`: of its database, '' = SQLite."""
    database = f'database_url = "{url}"\n' if url else ""
    opened = open_home(load_settings(commands.settings(folder, database + SETTINGS)))
    upgrade(opened.engine)
    plant(opened, people)
    with databases.closing(opened):
        yield Office(folder, opened)


def retired(office: Office, *people: One) -> None:
    """End what these serve in, as is asked before one is erased."""
    with reading(office.home.engine) as session:
        officers = {row.name: row.id for row in session.scalars(select(Officer))}
    for one in people:
        if one.name in officers:
            office.done("officers", "revoke", str(officers[one.name]))
        if one not in (OFFICER, ASSESSOR, MEMBER, SIGNATORY, SUBSTITUTE):
            office.done("portal", "accounts", "disable", f"user{one.number}")
    office.done("cycle", "close", "--by", "นางปิด ตัวอย่าง")


def registered(home: Home) -> set[str]:
    with reading(home.engine) as session:
        return set(session.scalars(select(ApplicantRow.key)))


def decided(home: Home) -> list[DecisionRow]:
    with reading(home.engine) as session:
        return list(session.scalars(select(DecisionRow).order_by(DecisionRow.number)))
