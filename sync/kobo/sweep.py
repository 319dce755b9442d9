"""Lists every row of a project, by keyset pages, and again while the server has more rows than came.

Rows become visible out of order when submitters work in parallel, so one may appear below a page that was
read. If as many others were deleted meanwhile, one sweep may miss it: the next sweep (all begin at 0) lists
it. A row that was seen cannot be missed: its `_id` stays, and pages are cut by `_id`, never by number.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from mochocho.words.errors import Terminal, Transient
from sync.kobo.api import Api, Page
from sync.kobo.records import LIGHT, Record, record
from sync.web.again import Again
from sync.web.client import Refused

PASSES = 3

_NOT_DEPLOYED = "has not been deployed"


@dataclass(frozen=True, slots=True)
class Swept:
    """`roots`: root -> its row. `nameless`: rows without a root.

    `pages`: for the next sweep.
    """

    roots: dict[str, Record]
    nameless: tuple[int, ...]
    pages: "Pages" = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page that was read: its rows' content by `_id`, ascending; `count`: how many rows the whole query
    has.
    """

    count: int
    rows: Mapping[int, Record | None]


Pages = Mapping[int, Again[Sheet]]  # by the `_id` before a page


def sweep(api: Api, uid: str, before: Pages | None = None) -> Swept:
    """The project's rows; `before`: pages of the sweep before.

    Raises Transient where they cannot be listed completely.
    """
    pages = before or {}
    try:
        for _ in range(PASSES):
            rows, pages = _pass(api, uid, pages)
            if len(pages) <= 1 or _held_below(api, uid, max(rows)) <= len(rows):
                return _by_root(rows, pages)
    except Refused as error:
        if error.status == 400 and _NOT_DEPLOYED in error.detail:  # a draft accepts no submissions
            return Swept({}, ())
        raise
    raise Transient(
        f"โครงการ {uid} ให้ข้อมูลมาน้อยกว่าจำนวนที่บอก การดูครั้งถัดไปอาจครบ",
        f"the project {uid} gives fewer submissions than it says it has; the next look may be whole",
    )


def _pass(api: Api, uid: str, before: Pages) -> tuple[dict[int, Record | None], Pages]:
    """Go through all pages once: row -> its content, and the pages."""
    rows: dict[int, Record | None] = {}
    pages: dict[int, Again[Sheet]] = {}
    last = 0
    while True:
        pages[last] = before.get(last) or api.reader(partial(_sheet, uid, last))
        sheet = api.read(uid, {"_id": {"$gt": last}}, LIGHT, pages[last])
        rows |= sheet.rows
        # `limit` is capped silently and `next` may be missing, so the rows are counted.
        if len(sheet.rows) >= sheet.count:
            return rows, pages
        if not sheet.rows:
            raise Transient(
                f"โครงการ {uid} ให้หน้าว่างทั้งที่ยังเหลือ {sheet.count} แบบ การดูครั้งถัดไปอาจครบ",
                f"the project {uid} gives an empty page although {sheet.count} submissions are left; the "
                "next look may be whole",
            )
        last = max(sheet.rows)


def _sheet(uid: str, last: int, page: Page) -> Sheet:
    ids = _ascending(page, last, uid)
    return Sheet(page.count, {id_: record(row) for id_, row in zip(ids, page.rows, strict=True)})


def _ascending(page: Page, last: int, uid: str) -> list[int]:
    ids: list[int] = []
    for row in page.rows:
        id_ = row.get("_id")
        if not isinstance(id_, int) or id_ <= (ids[-1] if ids else last):
            raise Terminal(
                f"เซิร์ฟเวอร์ให้ข้อมูลของโครงการ {uid} มาไม่เรียงลำดับ ให้ตรวจว่าเป็น KoboToolbox",
                f"the server gives the submissions of {uid} in no order; is it a KoboToolbox?",
            )
        ids.append(id_)
    return ids


def _held_below(api: Api, uid: str, newest: int) -> int:
    """How many rows there are now up to that one."""
    return api.rows(uid, {"_id": {"$lte": newest}}, ("_id",), limit=1).count


def _by_root(rows: Mapping[int, Record | None], pages: Pages) -> Swept:
    """Of several rows of one root, which old servers have, the newest counts."""
    ordered = sorted(rows.items())
    roots = {found.root: found for _, found in ordered if found}
    return Swept(roots, tuple(id_ for id_, found in ordered if found is None), pages)
