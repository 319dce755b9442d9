"""บันทึกการออกเอกสาร: what was released, by which sums its files are known, and what was overridden. Pure."""

from collections.abc import Iterator

from processing.releases.release import Release, Stands
from reports.view.blocks import Block, Form, Kind, Paper, Signature
from reports.view.letters.convened import Convened, paragraphs
from reports.view.printed_words import SAMPLE

NAME = "บันทึกการออกเอกสารประกอบการประชุม"
_FILES = ("ไฟล์", "ขนาด (ไบต์)", "รหัสตรวจสอบ (SHA-256)")
_ERRORS = ("ข้อที่พบ", "อยู่ใน", "เหตุผลที่ให้ออกเอกสาร")
_GROUP = 8  # letters of a sum


def release_note(c: Convened, release: Release) -> Paper:
    """The note on a release, which lies in its folder; its own file is not among those that it lists."""
    text = c.occasion.words.text
    title = (f"{NAME} ชุดที่ {release.number}", f"การประชุม{c.committee}", c.number, c.day)
    return Paper(
        name=NAME,
        form=Form.MEETING,
        title=tuple(map(text, title)),
        blocks=(*paragraphs(map(text, _opening(release))), *_overridden(c, release), *_files(c, release)),
        signatures=(Signature(text(release.by), ("ผู้ออกเอกสาร",)),),
        sample="" if c.occasion.official else SAMPLE,
    )


def _opening(release: Release) -> Iterator[str]:
    units = release.printed.units
    dossiers, waiting = (sum(one.stands is at for one in units) for at in (Stands.DOSSIER, Stands.WAITING))
    yield (
        f"เอกสารประกอบการประชุมชุดนี้มีแฟ้มผู้สมัคร {dossiers} แฟ้ม และรายชื่อผู้ที่ยังไม่ผ่าน {waiting} ราย "
        f"จัดทำจากคำวินิจฉัยและมติที่บันทึกถึงเลขที่ {release.decisions.number} "
        "เมื่อออกแล้วไฟล์และเลขแฟ้มไม่เปลี่ยน สิ่งที่เปลี่ยนภายหลังแจ้งเป็นใบแทรก"
    )
    if not release.overridden:
        yield "ผลตรวจเอกสารก่อนลงนาม ไม่พบข้อผิดพลาดที่ต้องแก้"


def _overridden(c: Convened, release: Release) -> Iterator[Block]:
    if not release.overridden:
        return
    text = c.occasion.words.text
    yield Block(Kind.ITEM, text(f"ข้อผิดพลาดที่พบและให้ออกเอกสารทั้งที่ยังไม่แก้ {len(release.overridden)} ข้อ"))
    rows = tuple((text(one.said), text(one.paper), text(one.reason)) for one in release.overridden)
    yield Block(Kind.TABLE, cells=(_ERRORS, *rows), widths=(42, 24, 34))


def _files(c: Convened, release: Release) -> Iterator[Block]:
    text = c.occasion.words.text
    yield Block(Kind.ITEM, "ไฟล์ในชุดเอกสาร")
    # Names and sums are for machines: in other digits they are not those of the files.
    rows = tuple((one.name, text(f"{one.size:,}"), _grouped(one.sha256)) for one in release.files)
    yield Block(Kind.TABLE, cells=(_FILES, *rows), widths=(20, 18, 62))
    yield from paragraphs(["ตรวจว่าไฟล์ไม่ถูกแก้ได้ด้วยคำสั่ง mochocho packet verify ซึ่งไม่ต้องต่อเครือข่าย"])


def _grouped(sha256: str) -> str:
    return " ".join(sha256[start : start + _GROUP] for start in range(0, len(sha256), _GROUP))
