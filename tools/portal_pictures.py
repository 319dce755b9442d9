"""Take the pictures of the portal's guide: the sample province in Chromium, one a page, always the same.

`python -m tools.portal_pictures` plays the sample, works it to the day of the meeting, and writes
docs/images/portal-*. `--folder DIR` keeps the sample and uses it again; `--only NAME` keeps the other
pictures as they are.
"""

import argparse
import io
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image

from mochocho.app.access_chain import Who
from mochocho.app.asked_work import asked_erasure, asked_works
from mochocho.app.asked_work.asked_erasure import AskedErasure
from mochocho.app.asked_work.asked_works import Kind
from mochocho.app.asked_work.do_asked import do
from mochocho.app.demo import late_post, run
from mochocho.app.demo.instances import entity_id
from mochocho.app.demo.sample_province import Course, Fault, Judged, Unit, chiang_rai
from mochocho.app.portal.access import accounts
from mochocho.app.portal.access.roles import Role
from mochocho.app.portal.sample_meeting import convene
from mochocho.app.web_forms.install import install
from mochocho.settings.config import FILE_NAME, load_settings
from mochocho.storage.db import reading
from mochocho.storage.home import Home, open_home
from processing.meetings import kept
from processing.meetings.files import meeting_files
from processing.meetings.meeting import Attendance, Held, Member, Person
from processing.meetings.meeting import Role as MemberRole
from processing.meetings.new_meeting import begun
from processing.persons.sought_person import sought
from reports.typesetting.fonts import OWN
from sync.openrosa.server import Server
from tests.portal.conftest import NAMES, PASSWORD
from tests.portal.driven import Driven, driven, listening
from tools.fixed_clock import stand_at, written_then
from xlsforms.names import SUPPLEMENT

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
PLAN = replace(chiang_rai(), photo_width=800)
COLLECTED, LATE, DESK, DISTRICTS, SITTING = (
    datetime(2025, 4, 26, 2, 0, tzinfo=UTC),
    datetime(2025, 4, 27, 7, 30, tzinfo=UTC),
    datetime(2025, 4, 28, 2, 30, tzinfo=UTC),
    datetime(2025, 4, 29, 2, 12, tzinfo=UTC),
    datetime(2025, 5, 1, 2, 12, tzinfo=UTC),
)
WIDE, PHONE = (1366, 768), (390, 844)
MOST, COLOURS = 80_000, 96  # bytes of a picture, colours of a PNG
MEETING, DISTRICT, DISTRICTS_NUMBER = "province:1/2568", "5707", "1/2568"
COMMITTEE = (
    Member(Person("นายอำนวย ตัวอย่าง", "นายอำเภอแม่จัน"), MemberRole.CHAIR),
    Member(Person("นายเกษม สมมุติ", "เกษตรอำเภอแม่จัน")),
    Member(Person("นางสาวสุดา สมมุติ", "ท้องถิ่นอำเภอแม่จัน")),
    Member(Person("นายบุญมี ตัวอย่าง", "ผู้แทนภาคประชาชน")),
    Member(Person("นางวิภา ตัวอย่าง", "พัฒนาการอำเภอแม่จัน"), MemberRole.SECRETARY),
)
OF_DISTRICT = Role.DISTRICT.value
NAMESAKES = "นางละอองจันทร์ รวงชูถิ่นไทย"  # leads a network, and assesses a group of another district


def unit(wanted: Callable[[Unit], bool]) -> str:
    """The key of the first applicant of the sample of which this is true."""
    return entity_id(next(one for one in PLAN.units if wanted(one)))


SETTLED = unit(lambda one: one.course is Course.SETTLED)
APART = unit(lambda one: one.fault is Fault.APART)
RETURNED = unit(lambda one: one.judged is Judged.RETURNED)


@dataclass(frozen=True)
class Shot:
    """One picture: whose page, where, in which size, and what is done there first."""

    name: str
    role: str
    path: str
    size: tuple[int, int] = WIDE
    first: Callable[[Driven], object] | None = None


def scrolled(css: str) -> Callable[[Driven], object]:
    """The page, moved until this element begins it."""
    return lambda page: page.run("document.querySelector(arguments[0]).scrollIntoView()", css)


def explained(page: Driven) -> None:
    """What stands behind a sum, after a click on it."""
    page.click(".totals a")
    page.until("document.querySelector('#why .tree')")
    page.run("document.querySelector('.totals').scrollIntoView({block: 'center'})")


def message_shown(page: Driven) -> None:
    """The message that the field would see, once a reason is chosen."""
    page.until("document.querySelector('#picture').complete")
    page.run("document.querySelector('#r2').click()")
    page.run("document.querySelector('#r2').scrollIntoView({block: 'center'})")


def judged(page: Driven) -> None:
    """The queue after one document was accepted, which can be taken back; the whole page of the next."""
    before = page.find("#waiting").text
    page.click("button[value=accept]")
    page.becomes("#waiting", lambda said: said != before)
    page.click("[data-key=KeyV]")
    page.until("document.querySelector('[data-key=KeyV]').textContent.includes('ปกปิด')")
    page.until("document.querySelector('#picture').complete")


AT_DESK = (
    Shot("overview", "province", "/"),
    Shot("queue", "province", "/documents", first=judged),
    Shot("queue-phone", OF_DISTRICT, "/documents", PHONE, message_shown),
    Shot("applicants", "province", f"/applicants?district={DISTRICT}"),
    Shot("applicant", "province", f"/applicants/{SETTLED}"),
    Shot("person-request", "province", f"/persons?key={SETTLED}"),
    Shot("applicant-phone", OF_DISTRICT, f"/applicants/{RETURNED}", PHONE),
    Shot("number", "province", f"/applicants/{SETTLED}", first=explained),
    Shot("map", "province", f"/map/{DISTRICT}"),
    Shot("scores", "province", f"/scores/{APART}"),
    Shot("resolutions", "province", "/resolutions/district"),
    Shot("resolutions-district", "province", f"/resolutions/district/{DISTRICT}", first=scrolled("#u2")),
    Shot("calendar", "province", "/calendar"),
    Shot("arrivals", "province", "/arrivals"),
    Shot("officers", "province", "/officers"),
    Shot("meeting", "province", f"/settings/meetings/of/{MEETING}"),
    Shot("packets", "province", "/packets"),
    Shot("imports", "province", "/imports"),
    Shot("texts", "province", f"/packets/texts/invitation/{MEETING}"),
    Shot("release", "province", "/packets/release"),
    Shot("committee-copy", "viewer", "/committee-copy"),
    Shot("settings", "admin", "/settings"),
    Shot("settings-part", "admin", "/settings/calendar"),
    Shot("accounts", "admin", "/accounts"),
    Shot("history", "admin", "/history"),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--folder", type=Path, help="keep the sample there and use it again")
    parser.add_argument("--only", action="append", help="as scores, of portal-scores.png")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        played = chosen.folder or Path(temporary) / "played"
        if not (played / FILE_NAME).is_file():
            play(played)
        shutil.copytree(played, folder := Path(temporary) / "sample")
        with_own_fonts(Path(temporary))
        with closing_home(folder) as home, listening(home) as url, driven(url) as page:
            taken(home, page, chosen.only)


def with_own_fonts(folder: Path) -> None:
    """Let Chromium write Thai with the fonts of the papers, whatever this machine has installed."""
    config = folder / "fonts.conf"
    config.write_text(
        f"<fontconfig><dir>{OWN}</dir><cachedir>{folder}/fonts</cachedir></fontconfig>", "utf-8"
    )
    os.environ["FONTCONFIG_FILE"] = str(config)


@contextmanager
def closing_home(folder: Path) -> Iterator[Home]:
    """The home of the sample in this folder, with the settings of its file."""
    home = open_home(load_settings(folder / FILE_NAME))
    try:
        yield home
    finally:
        home.engine.dispose()


def play(folder: Path) -> None:
    """The sample up to the week before the meeting: what came late waits, the packet is made."""
    stand_at(COLLECTED)
    run.demo(folder, plan=PLAN)
    stand_at(LATE)
    with closing_home(folder) as home:
        late_post.arrive(home, PLAN)
        convene(home, NAMES[Role.PROVINCE])
        for role, name in NAMES.items():
            places = ("แม่จัน",) if role in (Role.DISTRICT, Role.ASSESSOR) else ()
            given = accounts.add(home, role.value, name, role, places)
            account = next(one for one in accounts.every(home) if one.login == role.value)
            accounts.change_password(home, account, given, PASSWORD)
        for kind in (Kind.PACKET, Kind.REDACTED):
            number, _ = asked_works.ask(home, kind, NAMES[Role.PROVINCE], LATE)
            do(home, number)
        written_then(home.packet_dir)
        install(home)


def taken(home: Home, page: Driven, only: Sequence[str] | None) -> None:
    """Every picture, those of the desk and of the form first, then those of the day of the meeting."""

    def keep(name: str) -> None:
        if only is None or name in only:
            written(page.driver.get_screenshot_as_png(), name)

    page.driver.execute_cdp_cmd("Emulation.setScrollbarsHidden", {"hidden": True})
    stand_at(DESK)
    signed_in = ""
    for shot in AT_DESK:
        if only is not None and shot.name not in only:
            continue
        if shot.role != signed_in:
            page.sign_in(signed_in := shot.role)
        page.size(*shot.size)
        page.open(shot.path)
        settled(page)
        if shot.first:
            shot.first(page)
        keep(shot.name)
    erasures_looked_at(home, page, keep)
    filled_in_browser(home, page, keep)
    stand_at(DISTRICTS)
    in_districts_session(home, page, keep)
    stand_at(SITTING)
    in_session(page, keep)
    after_session(home, page, keep)


def settled(page: Driven) -> None:
    """Fonts and pictures are there."""
    page.until("document.fonts.status === 'loaded' && [...document.images].every((one) => one.complete)")


def erasures_looked_at(home: Home, page: Driven, keep: Callable[[str], None]) -> None:
    """The parts in which a name of two people stands, to choose from; and what would go with an applicant."""
    by, reason = Who(None, NAMES[Role.PROVINCE], "/persons/erase"), "คำขอที่ 21/2568"
    page.sign_in("province")
    page.size(*WIDE)
    for name, person in (("erasure-parts", sought(name=NAMESAKES)), ("erasure", sought(key=RETURNED))):
        about = asked_erasure.hand_over(home, AskedErasure(person, reason, by))
        number, _ = asked_works.ask(home, Kind.ERASURE_LOOK, by.name, DESK, about)
        do(home, number)
        page.open(f"/persons/erasures/{number}")
        settled(page)
        keep(name)


def filled_in_browser(home: Home, page: Driven, keep: Callable[[str], None]) -> None:
    """The link that the portal makes, and the form to which it leads."""
    page.sign_in(OF_DISTRICT)
    page.size(*WIDE)
    page.open(f"/applicants/{RETURNED}/web-form")
    keep("web-form-link")
    page.run("document.querySelector('#form').value = arguments[0]", SUPPLEMENT)
    page.click("main button[type=submit]")
    page.until("document.querySelector('#address')")
    address = page.run("return document.querySelector('#address').value")
    server = Server(home, "127.0.0.1", 0)
    server.start()
    with closing_server(server):
        page.size(*PHONE)
        page.driver.get(server.url + re.sub(r"^https?://[^/]+", "", address))
        page.until("document.querySelector('input[type=radio]')")
        settled(page)
        keep("web-form")


@contextmanager
def closing_server(server: Server) -> Iterator[None]:
    try:
        yield
    finally:
        server.stop()


def in_districts_session(home: Home, page: Driven, keep: Callable[[str], None]) -> None:
    """The console of a district's committee, whose own account runs it, with one member standing aside."""
    with reading(home.engine) as session:
        begun_now = begun(session, home.settings, DISTRICTS_NUMBER, home.province.district(DISTRICT))
    meeting = replace(begun_now, day=DISTRICTS.date(), starts="09:00", members=COMMITTEE)
    meeting_files.keep(home, meeting, NAMES[Role.DISTRICT])
    page.sign_in(OF_DISTRICT)
    page.size(*WIDE)
    page.open(f"/sittings/of/{meeting.key}")
    come(page, len(COMMITTEE) - 1)
    pressed(page, ("#open", "#begin"), ("#begin", "#u0"), ("#pause", "#clock[data-paused]"))
    page.click("#interests summary")
    page.run("document.querySelector('#rec-unit').selectedIndex = 1")
    page.click("#recuse")
    page.until("document.querySelector('#interests .back')")
    settled(page)
    keep("district-sitting")


def come(page: Driven, members: int) -> None:
    """The first so many members are there."""
    for number in range(members):
        page.click(f"#m{number}-b")
        page.until(f"document.querySelector('#m{number} .tag.ok')")


def pressed(page: Driven, *steps: tuple[str, str]) -> None:
    """Each button, and what is seen once it is saved."""
    for step, seen in steps:
        page.click(step)
        page.until(f"document.querySelector('{seen}')")


def in_session(page: Driven, keep: Callable[[str], None]) -> None:
    """The console while the first district is considered, and what is projected at that moment."""
    page.sign_in("province")
    page.size(*WIDE)
    page.open(f"/sittings/of/{MEETING}")
    come(page, 6)
    pressed(page, ("#open", "#begin"), ("#begin", "#u0"), ("#pause", "#clock[data-paused]"))
    for row in range(3):
        page.click(f"#u{row}-pass")
        page.until(f"document.querySelector('#u{row}.pass:not(.unsaved)')")
    settled(page)
    keep("sitting")
    page.open(f"/sittings/screen/{MEETING}")
    settled(page)
    keep("screen")


def after_session(home: Home, page: Driven, keep: Callable[[str], None]) -> None:
    """The form in which it is mended who was there, of a member who left and came back; the papers."""
    with reading(home.engine) as session:
        meeting = kept.meeting_of(session, MEETING)
    assert meeting
    first, second, *others = (Attendance(one.person.name, present=True) for one in meeting.composition)
    stays = (replace(second, left="10:05"), replace(second, came="10:30"))
    held = Held("09:02", "11:40", (first, *stays, *others))
    meeting_files.keep(home, replace(meeting, held=held), NAMES[Role.PROVINCE])
    for name, path in (
        ("attendance", f"/settings/meetings/part/attendance/{MEETING}"),
        ("meeting-papers", f"/sittings/papers/{MEETING}"),
    ):
        page.open(path)
        settled(page)
        keep(name)


def written(content: bytes, name: str) -> None:
    """As PNG where that is small with few colours, else, with a photograph in it, as WebP."""
    with Image.open(io.BytesIO(content)) as picture:
        plain = picture.convert("RGB")
    few = plain.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    for suffix, drawn, how in (
        ("png", few, {"optimize": True}),
        ("webp", plain, {"quality": 60, "method": 6}),
    ):
        out = io.BytesIO()
        drawn.save(out, suffix.upper(), **how)
        path = IMAGES / f"portal-{name}.{suffix}"
        if out.tell() <= MOST:
            path.write_bytes(out.getvalue())
            print(f"{path.name}: {out.tell()} bytes", flush=True)
            return
        path.unlink(missing_ok=True)
    raise ValueError(f"{name} takes more than {MOST} bytes")


if __name__ == "__main__":
    main()
