"""What an unsafe request must bring beside its cookie: a token made from that cookie. Pure."""

import hashlib
import hmac
import secrets
from urllib.parse import urlsplit

FIELD = "csrf"
HEADER = "X-CSRF-Token"


def new_cookie() -> str:
    """A value for a browser that is not signed in yet."""
    return secrets.token_urlsafe(32)


def of_cookie(cookie: str) -> str:
    """The token that belongs to a cookie; another page can neither read the one nor the other."""
    return hmac.new(cookie.encode(), b"mochocho portal form", hashlib.sha256).hexdigest()


def fits(token: str, cookie: str) -> bool:
    return bool(cookie) and hmac.compare_digest(token.encode(), of_cookie(cookie).encode())


def own_path(written: str) -> str:
    """A path of this site to go on to; "/" for anything else."""
    parts = urlsplit(written)
    within = written.startswith("/") and not written.startswith(("//", "/\\"))
    clean = not parts.scheme and not parts.netloc and "\\" not in written and written.isprintable()
    return written if within and clean else "/"
