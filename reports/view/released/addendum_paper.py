"""ใบแทรก: what changed after a packet was released, whose pages and numbers stay. Pure."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from processing.releases.release import Release
from processing.releases.release_changes import Change
from processing.releases.told_changes import counted, told
from reports.view.arrange import UNKNOWN_DISTRICT
from reports.view.blocks import Block, Form, Kind, Paper, Signature
from reports.view.letters.convened import Convened, paragraphs
from reports.view.printed_words import SAMPLE, TYPE, enumerated

_HEAD = ("เลขแฟ้ม", "ชื่อ", "ประเภท", "อำเภอ", "สิ่งที่เปลี่ยน")
_WIDTHS = (8, 23, 17, 17, 35)
_NO_DOSSIER = "-"


def addendum_paper(c: Convened, release: Release, changes: Sequence[Change]) -> Paper:
    """The paper of this addendum. `changes`: since the release, or since the addendum before it."""
    title = f"ใบแทรกเอกสารประกอบการประชุม ฉบับที่ {release.addendum}"
    return c.finished(
        Paper(
            name=title,
            form=Form.MEETING,
            title=(title, f"การประชุม{c.committee}", c.number, c.day),
            blocks=(*paragraphs(_opening(release, changes)), *_changes(changes)),
            signatures=(Signature("", ("เลขานุการคณะกรรมการ",)),),
            sample="" if c.occasion.official else SAMPLE,
        )
    )


def _opening(release: Release, changes: Sequence[Change]) -> Iterator[str]:
    earlier = f" และใบแทรกฉบับที่ {release.addendum - 1}" if release.addendum > 1 else ""
    yield (
        f"เอกสารประกอบการประชุม ชุดที่ {release.number} ซึ่งออกแล้ว คงเดิมทุกหน้า และเลขแฟ้มไม่เปลี่ยน "
        f"ใบแทรกนี้แจ้งสิ่งที่เปลี่ยนหลังจากออกเอกสาร{earlier} รวม {len(changes)} รายการ ได้แก่ "
        f"{enumerated([f'{said.th} {count} รายการ' for said, count in counted(changes)])} "
        "ให้ถือตามใบแทรกนี้เมื่อไม่ตรงกับในเล่ม"
    )


def _changes(changes: Sequence[Change]) -> Iterator[Block]:
    of_all = [one for one in changes if not one.key]
    of_units = [one for one in changes if one.key]
    if of_all:
        yield Block(Kind.ITEM, "การประชุมและเกณฑ์")
        for one in of_all:
            yield Block(Kind.DASH, told(one).th)
    if of_units:
        yield Block(Kind.ITEM, "ผู้สมัคร")
        yield Block(Kind.TABLE, cells=(_HEAD, *_rows(of_units)), widths=_WIDTHS)


def _rows(changes: Sequence[Change]) -> Iterator[tuple[str, ...]]:
    """One for each applicant."""
    for _, some in groupby(changes, key=lambda one: one.key):
        own = list(some)
        yield (*_who(own[0]), enumerated([told(one).th for one in own]))


def _who(one: Change) -> tuple[str, ...]:
    type_ = TYPE[one.type] if one.type else ""
    return str(one.dossier or _NO_DOSSIER), one.name, type_, one.district or UNKNOWN_DISTRICT
