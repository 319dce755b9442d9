"""The commands for setting up: demo, init, forms, doctor."""

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.table import Table

from mochocho.app.commands.help import command, group, option, under, wrong_call
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.terminal.console import out, progress_bars, say, show, warn
from mochocho.words.sentences import Sentence, plain

if TYPE_CHECKING:
    from mochocho.app.demo.run import DemoResult

DEMO_FOLDER = Path("mochocho-demo")


@command(
    """แสดงงานทั้งเส้นทางด้วยจังหวัดสมมุติ

    ใบสมัคร 149 ใบและแบบให้คะแนนถูกส่งเหมือนโทรศัพท์ส่ง ตรวจ ให้คะแนน และรวมเล่มเป็นเอกสารของคณะกรรมการ ใน
    mochocho-demo/ ของโฟลเดอร์นี้ ทุกคนในนั้นเป็นคนสมมุติ --portal เปิดพอร์ทัลของจังหวัดนี้ต่อ ในชื่อเจ้าหน้าที่สมมุติ
    """
)
@option(
    "--portal",
    is_flag=True,
    th="แล้วเปิดพอร์ทัลของจังหวัดนี้ในเบราว์เซอร์ จนกว่าจะกด Ctrl-C",
    en="Then open the province's portal in the browser, until Ctrl-C.",
)
@option(
    "--no-browser",
    is_flag=True,
    th="ใช้กับ --portal: ไม่เปิดเบราว์เซอร์",
    en="With --portal: do not open the browser.",
)
def demo(portal: bool, no_browser: bool) -> None:
    """Show the whole road on an invented province.

    149 applications and their score sheets are sent as phones send them, checked, scored, and bound into the
    committee's packet, under mochocho-demo/ in this folder. Every person in it is invented. --portal opens
    its portal after that, signed in as an invented clerk.
    """
    if no_browser and not portal:
        raise wrong_call("--no-browser ใช้กับ --portal", "--no-browser goes with --portal")
    from mochocho.app.demo import run

    with progress_bars() as progress:
        result = run.demo(DEMO_FOLDER, progress)
    _table(result)
    say(f"เอกสารการประชุม: {result.packet}", f"packet: {result.packet}")
    show(f"manifest: {result.manifest}")
    if portal:
        _open_portal(browser=not no_browser)


def _open_portal(*, browser: bool) -> None:
    from mochocho.app.demo import late_post
    from mochocho.app.demo.sample_folder import opened_again
    from mochocho.app.demo.sample_province import chiang_rai
    from mochocho.app.portal.sample import NAME, open_sample
    from mochocho.app.portal.sample_meeting import convene

    home = opened_again(DEMO_FOLDER)
    try:
        with progress_bars() as progress:
            late_post.arrive(home, chiang_rai(), progress)
        convene(home, NAME)
        open_sample(home, browser=browser)
    finally:
        home.engine.dispose()


def _table(result: "DemoResult") -> None:
    """Print what the packet presents, in its order: a row per district, the four types, the sum."""
    grid = Table("อำเภอ", box=None, pad_edge=False, footer_style="bold", show_footer=True)
    grid.columns[0].footer = "รวม"
    every = [counts for _, counts in result.presented]
    for number, heading in enumerate(("ผู้นำ", "กลุ่ม", "เครือข่าย", "ชุมชน")):
        grid.add_column(heading, footer=str(sum(counts[number] for counts in every)), justify="right")
    grid.add_column("รวม", footer=str(sum(map(sum, every))), justify="right")
    for district, counts in result.presented:
        grid.add_row(district, *(str(n) for n in counts), str(sum(counts)))
    out.print(grid)
    say(
        f"อีก {result.blocked} รายรออยู่ เอกสารการประชุมบอกเหตุของแต่ละราย",
        f"{result.blocked} more wait, each with its reasons in the packet",
    )


@command(
    """เขียนไฟล์ตั้งค่า mochocho.toml พร้อมคำอธิบาย ไม่เขียนทับไฟล์เดิม

    ลงใน FOLDER ถ้าไม่กำหนดคือโฟลเดอร์นี้ อธิบายทุกค่าเป็นไทยและอังกฤษ --compose ทำให้ FOLDER เป็นโฟลเดอร์ที่
    Docker เปิด PostgreSQL, Redis, ผู้ทำงาน และเครื่องรับหลัง HTTPS ได้
    """
)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=".")
@option(
    "--province", default="เชียงราย", show_default=True, th="จังหวัด เป็นภาษาไทย", en="The province, in Thai."
)
@option(
    "--compose",
    is_flag=True,
    th="เขียนทุกอย่างที่ Docker Compose ต้องใช้ พร้อมรหัสผ่านใหม่",
    en="Write all that Docker Compose needs, with fresh passwords.",
)
@option(
    "--domain",
    default="",
    th="ใช้กับ --compose: ชื่อที่โทรศัพท์ใช้เรียกเซิร์ฟเวอร์",
    en="With --compose: the name by which phones reach the server.",
)
def init(folder: Path, province: str, compose: bool, domain: str) -> None:
    """Write a commented mochocho.toml; never overwrites one.

    It goes into FOLDER, this folder by default, and explains every setting in Thai and English. --compose
    makes FOLDER one from which Docker starts PostgreSQL, Redis, workers and the endpoint behind HTTPS.
    """
    from mochocho.app.init import write_compose, write_settings

    if domain and not compose:
        raise wrong_call("--domain ใช้กับ --compose", "--domain goes with --compose")
    if compose:
        for path in write_compose(folder, province, domain):
            say(f"เขียน {path} แล้ว", f"wrote {path}")
        env = folder / ".env"
        missing = plain("") if domain else Sentence(f"ตั้ง DOMAIN ใน {env} ", f"set DOMAIN in {env}, ")
        up = "docker compose up --detach --build --wait"
        say(
            f"ต่อไป: {missing.th}อ่านการตั้งค่า แล้วสั่ง `{up}` ใน {folder}",
            f"next: {missing.en}read the settings, then `{up}` in {folder}",
        )
        return
    target = write_settings(folder, province)
    say(f"เขียน {target} แล้ว", f"wrote {target}")
    say(
        "ต่อไป: อ่านและแก้ค่าที่ต่าง แล้วสั่ง `mochocho doctor` แล้วสั่ง `mochocho serve`",
        "next: read it and set what differs, then `mochocho doctor`, then `mochocho serve`",
    )


@group("แบบฟอร์มที่กรอกในโทรศัพท์")
def forms() -> None:
    """The forms that phones fill."""


@under(
    forms,
    """เขียนแบบฟอร์มของรอบนี้เป็นไฟล์สำหรับ ODK และ KoboToolbox

    OUT/odk/ สำหรับ ODK Central และ OUT/kobo/ สำหรับ KoboToolbox ไฟล์ .xlsx ใช้อัปโหลด ไฟล์ .xml คือ
    แบบเดียวกันอย่างที่โทรศัพท์อ่าน สื่อและรายชื่ออยู่ข้างกัน
    """,
)
@option(
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    th="โฟลเดอร์ที่จะเขียน",
    en="Folder to write into.",
)
@pass_invocation
def build(invocation: Invocation, out: Path) -> None:
    """Write this cycle's forms as files for ODK and KoboToolbox.

    OUT/odk/ is for ODK Central, OUT/kobo/ for KoboToolbox. The .xlsx is what staff upload; the .xml is the
    same form as a phone reads it; media stand beside them.
    """
    from mochocho.app.publishing.form_files import write_forms

    with progress_bars() as progress:
        for path in write_forms(invocation.settings, out, progress):
            show(str(path))
    if missing := invocation.settings.controller.missing:
        warn(
            f"ประกาศความเป็นส่วนตัวในใบสมัครยังไม่บอก: {missing.th} ให้ตั้งค่าใน [controller] แล้วสร้างแบบฟอร์มใหม่",
            f"the privacy notice of the application lacks: {missing.en}; set [controller] and build again",
        )


@under(
    forms,
    """เผยแพร่แบบฟอร์มของรอบนี้ให้โทรศัพท์ บนเซิร์ฟเวอร์หรือจากเครื่องนี้

    พร้อมรายชื่อและสื่อ ในรุ่นที่สร้างไว้ เผยแพร่ซ้ำไม่เปลี่ยนอะไร สิ่งที่จะทำให้ข้อมูลหายถูกปฏิเสธก่อนแก้
    สิ่งใดบนเซิร์ฟเวอร์นั้น: ช่องที่มีคำตอบแล้วแต่หายไปจากแบบฟอร์ม ช่องที่เปลี่ยนชนิด หรือรุ่นเดียวที่มีสองเนื้อหา
    """,
)
@option(
    "--to",
    "names",
    multiple=True,
    required=True,
    metavar="PLACE",
    th="central, kobo หรือ embedded คือทุกแห่งของชนิดนั้น หรือชื่อ (key) ของเซิร์ฟเวอร์ ถ้ามีหลายแห่งให้ใส่ซ้ำ",
    en="central, kobo or embedded for all of that kind, or the key of one server; repeat for more.",
)
@pass_invocation
def publish(invocation: Invocation, names: tuple[str, ...]) -> None:
    """Offer this cycle's forms to phones, on servers or from here.

    With their lists and media, under the version that they were built with. Publishing again changes nothing.
    What would lose data is refused, before anything is changed on that server: a field that holds answers and
    is not in the form any more, a field of another type, one version with two contents.
    """
    from mochocho.app.publishing.publish_forms import publish as publish_forms

    with progress_bars() as progress:
        for line in publish_forms(invocation.writable_home, names, progress):
            say(*line)


@command(
    """หาสิ่งที่จะทำให้งานหยุด และบอกวิธีแก้

    การตั้งค่า เกณฑ์มาตรฐาน โฟลเดอร์และสิทธิ์ ฐานข้อมูล แบบอักษร ดิสก์ นาฬิกา พอร์ต และที่อยู่ในคิวอาร์โค้ด
    อยู่คงหรือไม่ ยังมาถึงเครื่องนี้และผ่านได้หรือไม่ ถ้ามีผู้ทำงาน: Redis โฟลเดอร์ที่ใช้ร่วม และผู้ทำงานตอบหรือไม่
    นาฬิกาตรงกันหรือไม่ ไม่เปลี่ยนแปลงอะไร จบด้วยสถานะ 1 เมื่อมีสิ่งที่ต้องแก้ก่อน
    """
)
@pass_invocation
@click.pass_context
def doctor(ctx: click.Context, invocation: Invocation) -> None:
    """Look for what would stop the work, and say what to do.

    Settings, standards, folders and their modes, database, fonts, disk, clock, port, and whether the address
    in the QR codes lasts, still leads here and is let through. With workers: whether the broker, the shared
    folder and the workers answer, and whether the clocks agree. Changes nothing. Ends with status 1 when
    something must be mended first.
    """
    from mochocho.app.doctor.examine import examine, table

    checks = examine(invocation.config)
    table(checks)
    ctx.exit(int(any(check.state == "fail" for check in checks)))


COMMANDS = (demo, init, forms, doctor)
