"""`mochocho audit show`: who was given what of one applicant, and what was decided about it."""

from typing import TYPE_CHECKING

from mochocho.app.commands.decisions.audit_command import audit
from mochocho.app.commands.help import option, under
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.terminal.console import say, show
from mochocho.words.errors import Terminal

if TYPE_CHECKING:
    from mochocho.app.access_rows import Access


@under(
    audit,
    """แสดงว่าใครได้ดูอะไรของผู้สมัครรายหนึ่ง และมีคำวินิจฉัยใด

    บอกเวลาและเหตุผลด้วย
    KEY คือรหัสผู้สมัคร ซึ่ง `mochocho person find` บอก นับการดูไฟล์ของผู้สมัครด้วย
    ชุดเอกสารและไฟล์ส่งออกของทั้งรอบหรือทั้งอำเภออาจมีข้อมูลของรายนี้ จึงแสดงไว้ท้ายสุด
    """,
    "show",
)
@option("--person", "key", required=True, metavar="KEY", th="รหัสผู้สมัคร", en="The applicant's key.")
@pass_invocation
def show_person(invocation: Invocation, key: str) -> None:
    """Show who saw what of one applicant, and its decisions.

    When and why stands beside it.

    KEY is the applicant's key, which `mochocho person find` tells. Looking at its files counts. Packets
    and exports of the whole cycle or of a district may hold it, and come last.
    """
    from mochocho.app import access_chain
    from mochocho.app.persons.holders import holders
    from mochocho.storage.db import reading
    from processing.decisions import recorded
    from processing.decisions.office.told import titles_of
    from reports.explaining.documents_explained import decision_line
    from reports.explaining.line_tree import texts

    with reading(invocation.home.engine) as session:
        files = {sha256 for sha256, owner in holders(session).files.items() if owner == key}
        rows = access_chain.of_things(session, {key, *files}, ("export", "packet"))
        decided = recorded.about_applicant(session, key)
    own = [row for row in rows if row.about == key or row.about in files]
    whole = [row for row in rows if row not in own]
    if not own and not decided and not files:
        raise Terminal(
            f"ไม่มีบันทึกของรหัส “{key}” ให้หารหัสด้วย `mochocho person find`",
            f"nothing is logged about the key “{key}”; `mochocho person find` tells keys",
        )
    say(f"การดูและส่งออก {len(own)} ครั้ง", f"seen or exported: {len(own)}")
    _show(own)
    say(f"คำวินิจฉัยและมติ {len(decided)} ข้อ", f"decisions: {len(decided)}")
    titles = titles_of(invocation.home.pack.standards)
    for text in texts(tuple(decision_line(one, titles) for one in decided)):
        show(f"  {text}")
    say(
        f"ชุดเอกสารและไฟล์ส่งออกที่อาจมีข้อมูลของรายนี้ {len(whole)} ครั้ง",
        f"packets and exports that may hold it: {len(whole)}",
    )
    _show(whole)


def _show(rows: "list[Access]") -> None:
    from mochocho.app.access_chain import SHOWN_TH
    from mochocho.app.terminal.language import told
    from mochocho.words import thai
    from mochocho.words.days import THAILAND
    from mochocho.words.sentences import Sentence

    for row in rows:
        at = row.at.astimezone(THAILAND)
        day = f"{thai.date_short(at.date(), thai_digits=False)} {at:%H.%M}"
        when = told(Sentence(day, at.isoformat(" ", "minutes")))
        what = told(Sentence(SHOWN_TH.get(row.what, row.what), row.what))
        show("  ".join(part for part in (f"  {row.number}", when, row.name, what, row.reason) if part))
