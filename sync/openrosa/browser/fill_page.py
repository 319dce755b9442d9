"""The page in which a form is filled; it runs the programs of ODK Web Forms under rules of its own."""

import json
import secrets
from html import escape
from importlib.resources import files

from sync.openrosa.browser.programs import VUE

SCRIPT = "fill.js"
JAVASCRIPT = "text/javascript; charset=utf-8"
TITLE = "กรอกแบบในเบราว์เซอร์ (ทดลอง)"
# The programs put their styles into the page themselves, compile WebAssembly, and work in blobs.
_POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'unsafe-inline'; "
    "img-src 'self' blob: data:; font-src data:; connect-src 'self'; worker-src blob: data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

_PAGE = """<!doctype html>
<html lang="th">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · มชช.</title>
<link rel="icon" href="data:,">
<style>
body {{ font: 1rem/1.6 "Noto Sans Thai", Sarabun, Tahoma, sans-serif; color: #222; background: #f4f6f6;
  margin: 0 }}
header {{ background: #0b4a45; color: #fff; padding: .7rem 1rem }}
header p {{ margin: .2rem 0 0; font-size: .9rem }}
#said {{ max-width: 46rem; margin: 1rem auto; padding: 0 1rem; font-weight: 700 }}
#said:empty {{ display: none }}
#said.wrong {{ color: #a3261f }}
</style>
<script type="importmap" nonce="{nonce}">{imports}</script>
<script type="module" src="fill/{script}"></script>
</head>
<body>
<header><strong>{form}</strong><p>{note}</p></header>
<p id="said" role="status"></p>
<main id="form" data-form="{form_url}" data-media="{media_url}"></main>
</body></html>
"""
_NOTE = "ทดลองใช้ ปุ่ม Send คือส่ง ลิงก์นี้ส่งได้ครั้งเดียว ปิดหน้านี้ก่อนส่งแล้วสิ่งที่กรอกจะหาย ไม่ใช้ตรวจประเมินในพื้นที่"


def page(form_title: str, form_url: str, media_url: str) -> tuple[bytes, dict[str, str]]:
    """The page and its headers. `media_url`: where the form's lists are, ending in a slash; both as seen from
    the page's folder.
    """
    nonce = secrets.token_urlsafe(16)
    text = _PAGE.format(
        title=escape(TITLE),
        form=escape(form_title),
        note=escape(_NOTE),
        form_url=escape(form_url),
        media_url=escape(media_url),
        script=SCRIPT,
        nonce=nonce,
        imports=json.dumps({"imports": {"vue": f"./fill/{VUE}"}}),
    )
    headers = {
        "Content-Security-Policy": _POLICY.format(nonce=nonce),
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
        "X-Robots-Tag": "noindex",
    }
    return text.encode(), headers


def script() -> bytes:
    """What joins the programs to the endpoint."""
    return files(__package__).joinpath(SCRIPT).read_bytes()
