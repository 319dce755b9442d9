"""The page that opens a district's folder: what is in it, by when what is due, whom to ask. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from urllib.parse import quote

from reports.view.districts.district_calendar import NOT_SET, done, state
from reports.view.districts.district_setting import District
from reports.view.printed_words import Words

STYLE = """
body{font:17px/1.6 "TH Sarabun New","Sarabun","Leelawadee UI","Noto Sans Thai",Tahoma,sans-serif;
color:#1c2733;background:#fff;max-width:54rem;margin:0 auto;padding:1.2rem}
h1{font-size:1.55rem;line-height:1.35;margin:0 0 .2rem}
h2{font-size:1.2rem;margin:1.6rem 0 .4rem;border-bottom:1px solid #b9c6d3}
p{margin:.3rem 0}table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.35rem .6rem .35rem 0;border-bottom:1px solid #dde4eb}
.wide{overflow-x:auto}ul{margin:.2rem 0;padding-left:1.3rem}li{margin:.15rem 0}
a{color:#0b4f8a}.late{color:#9b1c1c;font-weight:bold}
"""


@dataclass(frozen=True, slots=True)
class Part:
    """Files under a heading: (what it is, its path from the page)."""

    title: str
    told: str
    files: Sequence[tuple[str, str]]


def folder_page(d: District, parts: Sequence[Part]) -> str:
    """The page, in Thai; its links lead into the folder alone."""
    arabic = replace(d.c.occasion, words=Words(thai_digits=False))  # it is a screen
    d = replace(d, c=replace(d.c, occasion=arabic))
    title = f"{d.name} {d.c.province}"
    body = "".join((*_deadlines(d), *(line for part in parts for line in _part(part)), *_contact(d)))
    return (
        '<!DOCTYPE html>\n<html lang="th">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{escape(title)}</h1>\n<p>เอกสาร{escape(d.c.programme)} ประจำปี {escape(d.c.year)} "
        f"{escape(d.as_of)}</p>\n"
        "<p>คลิกชื่อเอกสารเพื่อเปิด ไม่ต้องต่ออินเทอร์เน็ต โฟลเดอร์นี้มีข้อมูลส่วนบุคคล ให้เฉพาะผู้เกี่ยวข้อง</p>\n"
        f"{body}</main>\n</body>\n</html>\n"
    )


def _deadlines(d: District) -> Iterator[str]:
    yield "<h2>กำหนดเวลา</h2>\n"
    if not d.terms:
        yield f"<p>{escape(NOT_SET)}</p>\n"
        return
    heads = "".join(f'<th scope="col">{one}</th>' for one in ("งาน", "ครบกำหนด", "ทำแล้ว", "สถานะ"))
    yield f'<div class="wide"><table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n'
    for one in d.terms:
        late = ' class="late"' if one.waits and one.days_late else ""
        cells = (d.titles[one.stage], d.c.date(one.due), done(one))
        told = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
        yield f"<tr>{told}<td{late}>{escape(state(one))}</td></tr>\n"
    yield "</tbody>\n</table></div>\n"


def _part(part: Part) -> Iterator[str]:
    if not part.files:
        return
    yield f"<h2>{escape(part.title)}</h2>\n"
    if part.told:
        yield f"<p>{escape(part.told)}</p>\n"
    yield "<ul>\n"
    for title, path in part.files:
        yield f'<li><a href="{escape(quote(path))}">{escape(title)}</a></li>\n'
    yield "</ul>\n"


def _contact(d: District) -> Iterator[str]:
    if d.office.asked:
        yield f"<h2>ติดต่อ</h2>\n<p>{escape(d.c.development_office)} {escape(d.office.asked)}</p>\n"
