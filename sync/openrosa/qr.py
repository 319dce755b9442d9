"""The QR code that sets up ODK Collect for one officer (format: JSON, zlib, base64, error correction L).

A reader of the code has the officer's access: nothing here writes a file.
"""

import base64
import io
import json
import zlib
from typing import TYPE_CHECKING, Any, Literal

from mochocho.words.errors import Terminal

if TYPE_CHECKING:
    import segno

Autosend = Literal["off", "wifi_only", "cellular_only", "wifi_and_cellular"]

_MOST_CHARACTERS = 4000  # Collect reads no more
_BORDER = 4  # modules of white around it


def token_url(base: str, token: str) -> str:
    """The server address of one officer; `base`: the address given to phones, without our paths."""
    return f"{base.rstrip('/')}/key/{token}"


def settings(server_url: str, project: str, autosend: Autosend = "wifi_only") -> dict[str, Any]:
    """Collect's settings for a token URL; keys left out take Collect's defaults."""
    general = {
        "server_url": server_url,
        "app_language": "th_TH",
        "form_update_mode": "match_exactly",
        "periodic_form_updates_check": "every_one_hour",
        "automatic_update": True,
        "autosend": autosend,
        "guidance_hint": "yes_collapsed",
        "font_size": "21",
        "analytics": False,
    }
    return {"general": general, "admin": {}, "project": {"name": project, "icon": "ม", "color": "#2E7D32"}}


def encode(content: dict[str, Any]) -> str:
    """The text inside the code. Raises Terminal when it is too long for Collect."""
    compact = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    text = base64.b64encode(zlib.compress(compact, 9)).decode("ascii")
    if len(text) > _MOST_CHARACTERS:
        raise Terminal(
            "การตั้งค่ายาวเกินกว่าจะใส่ใน QR ได้ ให้ย่อชื่อโครงการหรือ `public_url`",
            "the settings are too long for a QR code: shorten the project name or `public_url`",
        )
    return text


def png(content: dict[str, Any]) -> bytes:
    """The picture to scan from a screen."""
    picture = io.BytesIO()
    _code(content).save(picture, kind="png", scale=8, border=_BORDER)
    return picture.getvalue()


def link_png(address: str) -> bytes:
    """The picture of an address that a browser opens."""
    import segno

    picture = io.BytesIO()
    segno.make(address, micro=False).save(picture, kind="png", scale=6, border=_BORDER)
    return picture.getvalue()


def svg(content: dict[str, Any]) -> str:
    """The picture to scan from paper, for the typesetter."""
    picture = io.BytesIO()
    _code(content).save(picture, kind="svg", border=_BORDER, xmldecl=False)
    return picture.getvalue().decode("ascii")


def blocks(content: dict[str, Any]) -> str:
    """The code as lines of half blocks, light on dark, for a terminal."""
    drawn = io.StringIO()
    _code(content).terminal(drawn, border=_BORDER, compact=True)
    return drawn.getvalue()


def _code(content: dict[str, Any]) -> "segno.QRCode":
    import segno

    return segno.make(encode(content), micro=False, error="l", boost_error=False)
