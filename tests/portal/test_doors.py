"""Every route of the portal, for every role: who may open it, what it refuses, what every answer carries.

New pages are walked by themselves: the routes are those of the site.
"""

from collections.abc import Mapping

import pytest
from flask import Flask, Response
from werkzeug.test import TestResponse

from mochocho.app.portal.access.roles import MAY, Role
from mochocho.app.portal.access.signed_in import every_view_says_who_may, needs
from mochocho.app.portal.site import HEADERS, create_site
from mochocho.storage.home import Home
from processing.scope import Permission
from tests.portal.conftest import NATIONAL_ID, ORIGIN, Browser, made_site, signed_in
from tests.portal.routes import FOREIGN, OWN, UNKNOWN, Route, routes, unsafe

OTHER_ORIGINS = ("http://evil.example", "null", "https://localhost", "http://localhost:81", "")
LEAVES = ("/signout", "/profile/password")  # those that end the session by themselves


class Walk:
    """The portal with one page more, and a browser of each role."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.site = with_a_page(home)
        self.browsers = {role: signed_in(self.site, role.value) for role in Role}
        self.routes = [route for route in routes(self.site) if route.rule.endpoint != "static"]

    def open(self, role: Role, route: Route, number: int, **headers: str) -> TestResponse:
        """As the page does it; `headers` replace what a browser would send."""
        browser = self.browsers[role]
        path = route.path(self.site, self.home, number)
        sent: Mapping[str, str] = {"Origin": ORIGIN, "X-CSRF-Token": browser.token()} | headers
        return browser.open(path, method=route.method, headers={k: v for k, v in sent.items() if v})

    def allowed(self, role: Role, route: Route) -> bool:
        return route.need not in set(Permission) or route.need in MAY[role]


def with_a_page(home: Home) -> Flask:
    """The site with routes of every kind, so that the walk holds whatever pages there are."""
    from datetime import UTC, datetime

    site = made_site(home, lambda: datetime.now(UTC))

    @needs(Permission.APPLICANTS)
    def seen(**_given: str) -> Response:
        return Response("seen", mimetype="text/plain")

    for number, rule in enumerate(("/try/<applicant:key>", "/try/<applicant:key>/<evidence:sha256>")):
        site.add_url_rule(rule, f"try{number}", seen, methods=["GET", "POST"])
    return site


@pytest.fixture(scope="module")
def walk(settled: Home) -> Walk:
    return Walk(settled)


def test_a_view_that_does_not_say_who_may_open_it_stops_the_start(settled: Home) -> None:
    site = create_site(settled)
    site.add_url_rule("/forgotten", "forgotten", lambda: "x")
    with pytest.raises(RuntimeError, match="forgotten"):
        every_view_says_who_may(site)


def test_a_foreign_key_is_answered_like_an_unknown_one(walk: Walk) -> None:
    asked = 0
    for route in walk.routes:
        for role in (Role.DISTRICT, Role.ASSESSOR):
            if not route.takes_a_key or not walk.allowed(role, route):
                continue
            foreign, unknown = walk.open(role, route, FOREIGN), walk.open(role, route, UNKNOWN)
            assert foreign.status_code == unknown.status_code == 404, f"{role} {route}"
            assert foreign.data == unknown.data, f"{role} {route}"
            asked += 1
    assert asked >= 8


def test_an_own_key_is_not_unknown(walk: Walk) -> None:
    for route in walk.routes:
        if route.takes_a_key and route.rule.rule.startswith("/try/"):
            assert walk.open(Role.DISTRICT, route, OWN).status_code == 200, route
            assert walk.open(Role.PROVINCE, route, FOREIGN).status_code == 200, route


def test_an_account_opens_what_its_role_may_and_nothing_else(walk: Walk) -> None:
    for route in walk.routes:
        for role in Role:
            if route.rule.rule in LEAVES and unsafe(route):
                continue
            status = walk.open(role, route, OWN).status_code
            if not walk.allowed(role, route):
                assert status == 403, f"{role} {route}"
            else:
                assert status < 500, f"{role} {route}"
                assert status != 403 or route.rule.rule == "/signin", f"{role} {route}"


def test_a_stranger_is_led_to_the_entrance(walk: Walk) -> None:
    for route in walk.routes:
        if route.need == "anybody":
            continue
        browser, path = walk.site.test_client(), route.path(walk.site, walk.home, OWN)
        answer = browser.open(path, method=route.method)
        if unsafe(route):
            assert answer.status_code == 403, route
        else:
            assert (answer.status_code, answer.location.partition("?")[0]) == (303, "/signin"), route
            assert (
                browser.get(route.path(walk.site, walk.home, OWN), headers={"X-Fragment": "x"}).status_code
                == 401
            )


@pytest.mark.parametrize("origin", OTHER_ORIGINS)
def test_nothing_unsafe_is_done_for_another_origin(walk: Walk, origin: str) -> None:
    for route in filter(unsafe, walk.routes):
        assert walk.open(Role.PROVINCE, route, OWN, Origin=origin).status_code == 403, route


@pytest.mark.parametrize("token", ["", "0" * 64, "another's"])
def test_nothing_unsafe_is_done_without_the_token_of_this_browser(walk: Walk, token: str) -> None:
    token = walk.browsers[Role.DISTRICT].token() if token == "another's" else token
    for route in filter(unsafe, walk.routes):
        answer = walk.open(Role.PROVINCE, route, OWN, **{"X-CSRF-Token": token})
        assert answer.status_code == 403, route


def test_a_token_in_the_address_is_none_and_no_folder_is_listed(walk: Walk) -> None:
    browser = walk.browsers[Role.PROVINCE]
    answer = browser.post(f"/profile/keys?csrf={browser.token()}", headers={"Origin": ORIGIN})
    assert answer.status_code == 403
    assert {browser.get(path).status_code for path in ("/static/", "/static/fonts", "/evidence/")} == {404}


def test_every_answer_has_its_headers(walk: Walk) -> None:
    for route in walk.routes:
        if route.rule.rule in LEAVES and unsafe(route):
            continue
        for number in (OWN, UNKNOWN):
            headers = walk.open(Role.PROVINCE, route, number).headers
            assert {name: headers[name] for name in HEADERS} == HEADERS, route
            assert headers["Cache-Control"] == "no-store", route
            assert "unsafe" not in headers["Content-Security-Policy"]


def test_no_page_holds_style_or_script_of_its_own(walk: Walk) -> None:
    for route in walk.routes:
        if unsafe(route):
            continue
        content = walk.open(Role.PROVINCE, route, OWN).data
        for inline in ("<style", " style=", "<script>", "onclick=", "javascript:"):
            assert inline.encode() not in content, f"{route}: {inline}"


def test_no_page_holds_a_national_id(walk: Walk) -> None:
    for route in walk.routes:
        for number in (OWN, 7):
            if not unsafe(route):
                assert NATIONAL_ID.encode() not in walk.open(Role.PROVINCE, route, number).data, route


def test_a_name_of_another_site_is_not_answered(site: Flask) -> None:
    for name in ("evil.example", "evil.example:8430", "localhost.evil.example"):
        assert site.test_client().get("/signin", headers={"Host": name}).status_code == 400


def test_behind_a_proxy_the_cookie_is_secure_and_of_this_host_alone(settled: Home) -> None:
    site = create_site(settled, public_url="https://office.example.go.th")
    site.test_client_class = Browser
    answer = site.test_client().get("/signin", base_url="https://office.example.go.th")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-mochocho-form=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Strict"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert site.test_client().get("/signin", headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.parametrize(("path", "status"), [("/nothing", 404), ("/signout", 405)])
def test_errors_are_thai_pages_and_fragments(walk: Walk, path: str, status: int) -> None:
    browser = walk.browsers[Role.PROVINCE]
    whole, part = browser.get(path), browser.get(path, headers={"X-Fragment": "main"})
    assert whole.status_code == part.status_code == status
    assert "<html" in whole.text
    assert "<html" not in part.text
    for answer in (whole, part):
        assert "data-problem" in answer.text
        assert "Not Found" not in answer.text
