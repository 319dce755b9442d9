"""The page in Thai that tells a person what is held of them; opened without this program. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from html import escape
from typing import Any
from urllib.parse import quote

from mochocho.app.persons.gathered_data import Gathered, OwnRow
from mochocho.app.persons.place_words import FILES, TABLES, role
from mochocho.words.thai import date_words

_LOOK = """
body{font:16px/1.6 'Leelawadee UI','TH Sarabun New','Noto Sans Thai',Tahoma,sans-serif;
color:#16202c;max-width:60rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1{font-size:1.5rem;color:#1f4468;margin:0 0 .25rem}
h2{font-size:1.15rem;color:#1f4468;border-bottom:2px solid #1f4468;margin:2rem 0 .5rem}
h3{font-size:1rem;margin:1.25rem 0 .25rem}table{border-collapse:collapse;width:100%}
th,td{border-bottom:1px solid #dfe4ea;padding:.3rem .5rem;text-align:left;vertical-align:top;
overflow-wrap:anywhere}
th{width:18rem;font-weight:normal;color:#5f6b78}a{color:#0b57a4}
@media(max-width:600px){th{width:9rem}}
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
# what the machine keeps for itself of a row: digests and numbers of rows say nothing to a reader
_INNER = frozenset(
    [
        "key",
        "applicant_key",
        "root_id",
        "instance_id",
        "state_digest",
        "digest",
        "sha256",
        "previous",
        "hash",
        "alike",
        "assessment_id",
        "form_version",
        "path",
        "read_from",
        "conflict",
        "misread",
        "officer_districts",
        "subdistrict_code",
    ]
)
_DAY = len("2025-05-01")
_AROUND = {"application", "content", "sheet", "result"}  # around everything else of a row
_CODED = {"type", "district"}  # whose values are codes with words
# these are long and are in the JSON file
_IN_JSON = frozenset(
    [
        "assessment",
        "standing",
        "applicant_file",
        "attachment",
        "former_file",
        "entity",
        "entity_update",
        "submission",
        "submission_version",
        "seen",
        "published_row",
        "portal_access",
        "notice",
    ]
)


def page(
    gathered: Gathered, words: Mapping[str, str], lines: Sequence[str], links: Sequence[tuple[str, str]]
) -> bytes:
    """The page's bytes. `words`: what the year's codes are called; `lines`: under the title; `links`: of each
    file its path in the archive and its name.
    """
    body = "".join((*_own(gathered.rows, words), *_mentioned(gathered), *_files(gathered, links)))
    said = "".join(f"<p>{escape(line)}</p>" for line in lines)
    title = "ข้อมูลส่วนบุคคลที่สำนักงานเก็บไว้"
    return (
        '<!doctype html>\n<html lang="th">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_LOOK}</style>\n</head>\n<body>\n<h1>{title}</h1>\n{said}\n{body}"
        "</body>\n</html>\n"
    ).encode()


def _own(rows: Sequence[OwnRow], words: Mapping[str, str]) -> Iterator[str]:
    shown = [row for row in rows if row.table not in _IN_JSON]
    if shown:
        yield "<h2>ใบสมัครและแบบของท่าน</h2>\n"
    for row in shown:
        yield f"<h3>{escape(TABLES[row.table].th)}</h3>\n<table>\n"
        for name, text in dict.fromkeys(_leaves(row.values, words)):
            yield f"<tr><th>{escape(name)}</th><td>{escape(text)}</td></tr>\n"
        yield "</table>\n"


def _leaves(value: Any, words: Mapping[str, str], path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """What it is called and what is filled in, of everything that is filled in."""
    match value:
        case dict():
            for name, one in value.items():
                if name not in _INNER:
                    yield from _leaves(one, words, path if name in _AROUND else (*path, name))
        case list():
            for number, one in enumerate(value, start=1):
                yield from _leaves(one, words, (*path, str(number)))
        case None | "":
            return
        case _:
            called = " ".join(words.get(part, role(part).th) for part in path)
            yield called, _filled_in(value, words if path and path[-1] in _CODED else {})


def _filled_in(value: Any, words: Mapping[str, str]) -> str:
    """A value as a person reads it: a code in its words, a day in Thai."""
    if isinstance(value, bool):
        return "ใช่" if value else "ไม่ใช่"
    text = str(value)
    try:
        return (
            date_words(date.fromisoformat(text), thai_digits=False)
            if len(text) == _DAY
            else words.get(text, text)
        )
    except ValueError:
        return words.get(text, text)


def _mentioned(gathered: Gathered) -> Iterator[str]:
    shown = [one for one in dict.fromkeys(gathered.mentions) if one.kind not in _IN_JSON]
    if not shown:
        return
    yield "<h2>ที่อื่นซึ่งกล่าวถึงท่าน</h2>\n<table>\n"
    for one in shown:
        where = f"{(TABLES | FILES)[one.kind].th} {role(one.path).th}".rstrip()
        yield f"<tr><th>{escape(where)}</th><td>{escape(one.text or 'มีข้อมูลของท่าน')}</td></tr>\n"
    yield "</table>\n"


def _files(gathered: Gathered, links: Sequence[tuple[str, str]]) -> Iterator[str]:
    if links:
        yield "<h2>ไฟล์ที่ส่งมากับแบบของท่าน</h2>\n<ul>\n"
        yield from (f'<li><a href="{quote(path)}">{escape(name)}</a></li>\n' for path, name in links)
        yield "</ul>\n"
    if gathered.withheld:
        yield f"<p>ไม่ได้ให้ไฟล์ของแบบประเมินของกรรมการ {gathered.withheld} ไฟล์ เพราะอาจเห็นผู้อื่น ขอดูได้ที่สำนักงาน</p>\n"
