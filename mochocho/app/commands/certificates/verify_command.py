"""The command verify-certificate: whether the province gave it, and whether it still stands."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mochocho.app.commands.help import command, option, wrong_call
from mochocho.app.commands.invocation import Invocation, pass_invocation
from mochocho.app.terminal.console import fail, say, show
from mochocho.words.errors import Terminal, reason
from mochocho.words.sentences import Sentence

if TYPE_CHECKING:
    from processing.certificates.verified import Verified

_FILE = click.Path(dir_okay=False, path_type=Path)


@command(
    """ตรวจหนังสือรับรองจากรหัสหรือคิวอาร์โค้ด

    CODE คือรหัสใต้คิวอาร์โค้ด หรือข้อความที่สแกนได้จากคิวอาร์โค้ด

    ในที่เก็บของจังหวัด ตรวจกับทะเบียน ที่อื่นตรวจได้โดยไม่ต้องต่อเครือข่าย: --key คือกุญแจสาธารณะ และ --list คือรายการที่จังหวัด
    เผยแพร่ (`mochocho certificates export-key`) จบด้วย 0 เมื่อใช้ได้ และ 1 เมื่อใช้ไม่ได้
    """,
    name="verify-certificate",
)
@click.argument("text", metavar="CODE")
@option("--key", "key_file", type=_FILE, th="ไฟล์กุญแจสาธารณะ", en="The file of public keys.")
@option("--list", "list_file", type=_FILE, th="ไฟล์รายการหนังสือรับรอง", en="The published list.")
@pass_invocation
@click.pass_context
def verify_certificate(
    ctx: click.Context, invocation: Invocation, text: str, key_file: Path | None, list_file: Path | None
) -> None:
    """Check a certificate by its code or its QR code.

    CODE is what stands below the QR code, or the text that a scan gives. In the province's home, against
    the register. Elsewhere without any network: --key is the public key, --list what the province
    published (`mochocho certificates export-key`). Ends with 0 where it holds, 1 where it does not.
    """
    from processing.certificates.verified import SPEAKS_FOR

    if list_file and not key_file:
        raise wrong_call("ใส่ --key ไฟล์กุญแจสาธารณะ คู่กับ --list", "give --key with --list")
    found = _offline(text, key_file, list_file) if key_file else _at_home(invocation, text)
    said = _said(found)
    if found.certificate and found.answer not in ("forged", "other_key"):
        for part in _facts(found):
            show(part)
    if found.answer in SPEAKS_FOR:
        say(said.th, said.en)
        return
    fail(said.th, said.en)
    ctx.exit(1)


def _at_home(invocation: Invocation, text: str) -> "Verified":
    from mochocho.storage.db import reading
    from processing.certificates.given import register
    from processing.certificates.verified import by_home

    home = invocation.home
    with reading(home.engine) as session:
        return by_home(text, register(home, session))


def _offline(text: str, key_file: Path, list_file: Path | None) -> "Verified":
    from mochocho.words.errors import BadInput
    from processing.certificates import given_out
    from processing.certificates.signing import read_pem
    from processing.certificates.verified import by_what_is_given_out

    try:
        keys = read_pem(_read(key_file))
    except ValueError:
        raise Terminal(
            f"{key_file}: ไม่ใช่ไฟล์กุญแจสาธารณะของหนังสือรับรอง ให้ขอไฟล์จากจังหวัด",
            f"{key_file}: no file of certificates' public keys; ask the province for it",
        ) from None
    try:
        listed = given_out.read(_read(list_file), keys) if list_file else None
    except BadInput:
        raise Terminal(
            f"{list_file}: ไม่ใช่รายการที่กุญแจนี้ลงนาม หรือถูกแก้ไข ให้ขอไฟล์ใหม่จากจังหวัด",
            f"{list_file}: no list that this key signed; ask the province for it",
        ) from None
    return by_what_is_given_out(text, keys, listed)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        why = reason(error)
        raise Terminal(f"{path}: เปิดไฟล์ไม่ได้ ({why.th})", f"{path}: cannot be read ({why.en})") from error


def _facts(found: "Verified") -> "list[str]":
    from mochocho.words import thai
    from reports.view.printed_words import TYPE

    one = found.certificate
    if one is None:
        return []
    day = thai.date_words(one.day, thai_digits=False)
    return [f"เลขที่ {one.no}", one.name, f"{TYPE[one.type]} อำเภอ{one.district}", f"ให้ไว้ ณ วันที่ {day}"]


def _said(found: "Verified") -> Sentence:
    from processing.certificates.verified import Answer

    number, later = found.number, found.replaced_by
    why = Sentence(f" เหตุผล: {found.why}", f": {found.why}") if found.why else Sentence("", "")
    return {
        Answer.VALID: Sentence(
            f"ใช้ได้: จังหวัดออกเลขที่ {number} ไว้และยังมีผล ให้เทียบชื่อบนกระดาษ",
            f"holds: number {number} was given and stands; compare the name on the paper",
        ),
        Answer.SIGNED: Sentence(
            "ลายมือชื่อถูกต้องตามข้อความข้างต้น แต่ยังไม่รู้ว่าถูกเพิกถอนหรือไม่ ให้ใส่ --list ไฟล์รายการที่จังหวัดเผยแพร่",
            "the signature is right for what stands above; whether it was revoked is known by --list only",
        ),
        Answer.REPLACED: Sentence(
            f"ใช้ไม่ได้: เลขที่ {number} มีเลขที่ {later} ออกแทนแล้ว",
            f"does not hold: number {number} was replaced by {later}",
        ),
        Answer.REVOKED: Sentence(
            f"ใช้ไม่ได้: เลขที่ {number} ถูกเพิกถอนแล้ว{why.th}",
            f"does not hold: number {number} was revoked{why.en}",
        ),
        Answer.UNFOUNDED: Sentence(
            f"ใช้ไม่ได้: มติที่รับรองเลขที่ {number} ไม่มีผลแล้ว ให้สอบถามจังหวัด",
            f"does not hold: the resolution behind number {number} holds no more; ask the province",
        ),
        Answer.FORGED: Sentence(
            "ใช้ไม่ได้: ข้อความในคิวอาร์โค้ดไม่ตรงกับที่จังหวัดลงนาม ถูกแก้ไขหรืออ่านไม่ครบ ให้สแกนใหม่",
            "does not hold: this is not what the province signed; altered or not read whole, scan again",
        ),
        Answer.OTHER_KEY: Sentence(
            "ตรวจไม่ได้: เป็นของจังหวัดหรือปีอื่น หรือไม่ใช่กุญแจของจังหวัดนี้ ให้ใช้กุญแจและรายการของจังหวัดและปีบนหนังสือรับรอง",
            "cannot be checked: of another province or year, or not its key; use the key and list of the "
            "province and year on the certificate",
        ),
        Answer.UNKNOWN: Sentence(
            "ใช้ไม่ได้: ไม่มีหนังสือรับรองรหัสนี้ ให้ตรวจตัวอักษรของรหัส",
            "does not hold: no certificate has this code; check its letters",
        ),
        Answer.OLD_LIST: Sentence(
            "ตรวจไม่ได้: รายการนี้เก่ากว่าหนังสือรับรอง ให้ขอรายการใหม่จากจังหวัด",
            "cannot be checked: this list is older than the certificate; ask the province for a new one",
        ),
        Answer.NO_CODE: Sentence(
            "ไม่ใช่รหัสหรือข้อความของหนังสือรับรอง รหัสมี 16 ตัว เช่น 4F7Q-0MZK-8T2B-R6XW ที่ที่ไม่มีทะเบียนให้ใส่ --list ด้วย",
            "neither code nor text of a certificate; a code has 16 letters, and elsewhere needs --list",
        ),
    }[found.answer]
