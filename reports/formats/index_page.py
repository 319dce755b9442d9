"""The first page of an archive or disc: every file by folder with a link; without network and script."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from urllib.parse import quote

from mochocho.storage.file_names import split
from reports.formats.medium import Entry

NAME = "index.html"
_KINDS = {".pdf": "PDF", ".xlsx": "Excel", ".csv": "CSV", ".docx": "Word", ".jpg": "ภาพ", ".png": "ภาพ"}
_LOOK = """
body{font:16px/1.6 'Leelawadee UI','TH Sarabun New','Noto Sans Thai',Tahoma,sans-serif;
color:#16202c;max-width:52rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1{font-size:1.5rem;line-height:1.35;color:#1f4468;margin:0 0 .25rem}p{color:#5f6b78;margin:0 0 1.25rem}
h2{font-size:1.05rem;color:#1f4468;border-bottom:2px solid #1f4468;padding-bottom:.25rem;margin:2rem 0 0}
ul{list-style:none;margin:0;padding:0}
li{display:flex;gap:1rem;border-bottom:1px solid #dfe4ea;padding:.45rem 0}
a{color:#0b57a4;flex:1;overflow-wrap:anywhere}span{color:#5f6b78;white-space:nowrap}
@media print{body{max-width:none;padding:0}a{color:inherit;text-decoration:none}}
"""


def page(title: str, lines: Sequence[str], entries: Iterable[Entry]) -> bytes:
    """The page's bytes. `lines`: under the title; entries in their order, named as on the medium."""
    body = "".join(_sections(list(entries)))
    said = "".join(f"<p>{escape(line)}</p>" for line in lines)
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        '<!doctype html>\n<html lang="th">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_LOOK}</style>\n</head>\n<body>\n"
        f"<h1>{escape(title)}</h1>\n{said}\n{body}</body>\n</html>\n"
    ).encode()


def _sections(entries: Sequence[Entry]) -> Iterator[str]:
    folders = dict.fromkeys(entry.path[:-1] for entry in entries)
    for folder in folders:
        own = [entry for entry in entries if entry.path[:-1] == folder]
        heading = f"<h2>{escape(' / '.join(folder))}</h2>\n" if folder else ""
        yield f"{heading}<ul>\n{''.join(map(_line, own))}</ul>\n"


def _line(entry: Entry) -> str:
    stem, suffix = split(entry.path[-1])
    link = "/".join(quote(part, safe="") for part in entry.path)
    kind = _KINDS.get(suffix.lower(), suffix.lstrip(".").upper())
    opens = f'<a href="{link}">{escape(entry.said or stem)}</a>'
    return f"<li>{opens}<span>{escape(kind)} {_size(entry.size)}</span></li>\n"


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= 100_000 else f"{max(1, round(count / 1000))} KB"
