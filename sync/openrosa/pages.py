"""The page shown when an officer's address is opened in a browser: one sentence and what to do, in Thai."""

from html import escape

HTML = "text/html; charset=utf-8"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "X-Robots-Tag": "noindex",
}

_PAGE = """<!doctype html>
<html lang="th">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · มชช.</title>
<style>
body {{ font: 1.15rem/1.7 "Noto Sans Thai", Sarabun, Tahoma, sans-serif; color: #222; background: #fff;
  max-width: 34em; margin: 3em auto; padding: 0 1em }}
h1 {{ font-size: 1.6rem; line-height: 1.4 }}
</style></head>
<body><h1>{title}</h1>
{paragraphs}
</body></html>
"""


def page(title: str, *paragraphs: str) -> bytes:
    """A page that loads nothing and contains no token."""
    text = "\n".join(f"<p>{escape(one)}</p>" for one in paragraphs)
    return _PAGE.format(title=escape(title), paragraphs=text).encode()
