"""The portal as a Flask application: pages, who may open them, errors, headers."""

from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlsplit

from flask import Flask, Response, request

from mochocho.app.portal import followed_settings, problems_shown, rendering
from mochocho.app.portal.access import signed_in
from mochocho.app.portal.access.oidc import Provider
from mochocho.app.portal.menu import PAGES
from mochocho.storage.home import Home

_HERE = ["127.0.0.1", "localhost", "[::1]"]
_MOST_BYTES = 2 << 20  # of a request; a page that takes files says its own
_STATIC_SECONDS = 3600
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
    # with no-referrer a browser would send a form's origin as `null`
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def _utc_now() -> datetime:
    return datetime.now(UTC)


def create_site(home: Home, *, public_url: str = "", clock: Callable[[], datetime] = _utc_now) -> Flask:
    """The application for one home. `public_url`: the HTTPS address of the proxy before it; '' = only this
    machine opens it, over plain HTTP.
    """
    app = Flask("mochocho.app.portal", static_folder="static", template_folder="templates")
    secure = public_url.startswith("https://")
    app.config.update(
        SESSION_COOKIE_SECURE=secure,
        MAX_CONTENT_LENGTH=_MOST_BYTES,
        SEND_FILE_MAX_AGE_DEFAULT=_STATIC_SECONDS,
        # a page of another site must not reach a portal of this machine under a name of its own
        TRUSTED_HOSTS=[urlsplit(public_url).hostname, *_HERE] if public_url else _HERE,
    )
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.extensions["mochocho.home"] = home
    app.extensions["mochocho.clock"] = clock
    app.extensions["mochocho.second_factor"] = secure or home.settings.portal.second_factor == "always"
    app.extensions["mochocho.origin"] = lambda: _origin(public_url or request.host_url)
    provider = home.settings.portal.oidc
    app.extensions["mochocho.provider"] = Provider(provider) if provider else None
    followed_settings.install(app)  # first of what comes before a request
    signed_in.open_to_all(app.view_functions["static"])
    signed_in.install(app)
    rendering.install(app, PAGES)
    problems_shown.install(app)
    for page in PAGES:
        app.register_blueprint(page.blueprint)
    signed_in.every_view_says_who_may(app)
    app.after_request(_with_headers)
    return app


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _with_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
        response.headers.add("Vary", signed_in.FRAGMENT)
    return response
