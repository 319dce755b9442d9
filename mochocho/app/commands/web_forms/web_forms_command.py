"""`mochocho webforms`: forms in a browser, for paper sheets typed at the office and corrections by a link."""

import click

from mochocho.app.commands.help import group, option, refuse_unsaid, under
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.terminal.console import out, say


@group("กรอกแบบในเบราว์เซอร์ (ทดลอง): พิมพ์จากแบบกระดาษที่สำนักงาน และลิงก์แก้ไขที่ส่งทาง LINE")
def webforms() -> None:
    """Forms filled in a browser, on trial."""


@under(
    webforms,
    """ติดตั้งโปรแกรมกรอกแบบในเบราว์เซอร์ (ODK Web Forms)

    นำมาจาก npm ตรวจทุกไฟล์กับค่าแฮชที่มากับ มชช. ต้องมี Node.js ในเครื่องนี้และต่ออินเทอร์เน็ต
    """,
)
@pass_invocation
def install(invocation: Invocation) -> None:
    """Install the programs that fill forms in a browser (ODK Web Forms).

    They come from npm, every file checked against the hashes that mochocho has; Node.js and the network are
    needed.
    """
    from mochocho.app.web_forms.install import install as take

    size = take(invocation.writable_home)
    say(f"ติดตั้งแล้ว {size / 1e6:.1f} MB", f"installed, {size / 1e6:.1f} MB")


@under(
    webforms,
    """ทำลิงก์เปิดแบบหนึ่งแบบในเบราว์เซอร์ ส่งได้ครั้งเดียวภายในเจ็ดวัน

    FORM คือรหัสของแบบ เช่น mochocho_supplement ต้องมี `mochocho serve` ที่เครื่องของผู้กรอกเข้าถึงได้ ใครมีลิงก์ก็ส่งได้
    ในชื่อของเจ้าหน้าที่คนนั้น จึงให้เฉพาะผู้ที่ต้องกรอก
    """,
)
@click.argument("form")
@click.argument("applicant", default="")
@option(
    "--officer",
    type=int,
    required=True,
    th="เลขที่เจ้าหน้าที่ผู้รับผิดชอบ จาก `mochocho officers list`",
    en="Number of the officer who answers for it, from `mochocho officers list`.",
)
@option("--by", required=True, th="ผู้ทำลิงก์", en="Who makes the link.")
@option(
    "--reason",
    default="",
    th="เลขที่คำขอแก้ไขข้อมูลหรือเหตุที่ให้ลิงก์ บันทึกไว้ในบันทึกการเข้าถึง",
    en="The number of a request to correct, or why the link is given; it is logged.",
)
@pass_invocation
def link(invocation: Invocation, form: str, applicant: str, officer: int, by: str, reason: str) -> None:
    """Make a link that opens one form in a browser.

    It sends once, within seven days. FORM is a form's id such as mochocho_supplement. `mochocho serve` must
    be within reach of whoever fills it. Whoever has the link sends in the officer's name: give it only to
    whom it is for.
    """
    from mochocho.app.access_chain import note_at_the_command_line
    from mochocho.app.web_forms.links import logged, make
    from mochocho.words import thai

    refuse_unsaid(by=by)
    if reason:
        refuse_unsaid(reason=reason)
    home = invocation.writable_home
    note_at_the_command_line(home, "web_form", applicant, logged(form, thai.normalise(reason)))
    out.print(make(home, form, applicant, officer, by), soft_wrap=True, highlight=False)
