"""Which addresses are called, and that none leads a secret to another host."""

import ipaddress
import string
from urllib.parse import unquote, urlsplit

import pytest
import requests
from hypothesis import example, given
from hypothesis import strategies as st

from mochocho.words.errors import Terminal
from sync.web.hosts import Base, refuse_address

HOSTS = (
    "central.example.go.th",
    "evil.example",
    "127.0.0.1",
    "[::1]",
    "169.254.169.254",
    "xn--o3cw4h",
    "ไทย.ไทย",
)
SCHEMES = ("http", "https", "HTTP", "file", "ftp", "gopher", "javascript", "data")
WORDS = "// / \\ @ # ? : . .. %2e %2F %5c user:pw@ https: http: :443 :80 evil.example [fe80::1]"
PIECES = st.sampled_from([*WORDS.split(), *"\t\n\0 "])
NOISE = st.lists(PIECES | st.text(max_size=3), max_size=8).map("".join)
ADDRESSES = st.builds(
    "{}://{}{}{}".format,
    st.sampled_from(SCHEMES),
    st.sampled_from(HOSTS),
    st.sampled_from(["", ":80", ":443", ":8443", ":99999", ":"]),
    NOISE,
)
BASE = "https://central.example.go.th"


def _called(url: str) -> tuple[str, str, int]:
    """Scheme, host and port to which requests would really connect."""
    wire = urlsplit(str(requests.Request("GET", url).prepare().url))
    return wire.scheme, str(wire.hostname), wire.port or {"http": 80, "https": 443}[wire.scheme]


@given(NOISE)
@example("@evil.example/")
@example("//evil.example/")
@example("\\@evil.example/")
@example(":pass@evil.example/")
@example(".evil.example/")
def test_a_path_never_leaves_the_base(noise: str) -> None:
    base = Base(f"{BASE}/office/")
    try:
        url = base.url(f"/{noise}")
    except Terminal:
        return
    assert _called(url) == ("https", "central.example.go.th", 443)
    sent = unquote(urlsplit(str(requests.Request("GET", url).prepare().url)).path)
    assert sent.startswith("/office/")
    assert ".." not in sent.split("/")


@given(ADDRESSES | NOISE)
@example(f"{BASE}.evil.example/v1")
@example(f"{BASE}@evil.example/v1")
@example(f"{BASE}\\@evil.example/v1")
@example(f"{BASE}:8443/v1")
@example("http://central.example.go.th/v1")
@example("//evil.example/v1")
def test_an_address_that_a_server_gives_is_taken_from_its_own_origin_alone(address: str) -> None:
    if address.startswith("/"):
        return
    try:
        url = Base(BASE).url(address)
    except Terminal:
        return
    assert _called(url) == ("https", "central.example.go.th", 443)


@given(ADDRESSES | NOISE)
@example("//evil.example/x")
@example("https:evil.example")
@example("//%2F")
@example("http://169.254.169.254/latest/meta-data/")
@example("file:///etc/passwd")
def test_a_redirect_is_ours_exactly_when_it_leads_to_our_origin(location: str) -> None:
    base = Base(BASE)
    try:
        hop = base.hop(f"{BASE}/v1/file", location)
        scheme, host, port = _called(hop.url)
    except (Terminal, requests.RequestException):
        return
    assert scheme == "https"
    assert hop.ours == ((host, port) == ("central.example.go.th", 443))
    assert (hop.origin.scheme, hop.origin.host.strip("[]"), hop.origin.port) == (scheme, host, port)
    assert "169.254" not in host


@pytest.mark.parametrize("same", [f"{BASE}/v1?a=b", f"{BASE}:443/v1", "HTTPS://Central.Example.GO.TH/v1"])
def test_an_address_of_the_same_origin_is_taken_as_it_is(same: str) -> None:
    assert Base(BASE).url(same) == same


def test_a_path_goes_below_the_base() -> None:
    assert (
        Base("https://example.go.th/central/").url("/v1/a?b=../c")
        == "https://example.go.th/central/v1/a?b=../c"
    )
    assert Base("http://example.go.th:8080").url("/v1") == "http://example.go.th:8080/v1"


@pytest.mark.parametrize(
    "path", ["/../admin", "/v1/..", "/v1/%2e%2e/x", "/v1/%2E./x", "/a/..\\b", "/a\r\nX: y", "/."]
)
def test_a_path_that_climbs_or_breaks_the_line_is_not_called(path: str) -> None:
    with pytest.raises(Terminal):
        Base("https://example.go.th/central").url(path)


@pytest.mark.parametrize(
    "url",
    ["ftp://example.go.th", "https://", "https://a@b.example", "https://example.go.th:99999", "example.go.th",
     "http://169.254.169.254", "http://[fe80::1]/", "file:///etc/passwd", "https://exa mple.th"],
)  # fmt: skip
def test_what_is_no_address_of_a_server_is_no_base(url: str) -> None:
    with pytest.raises(Terminal):
        Base(url)


def test_a_foreign_address_is_named_without_its_query() -> None:
    with pytest.raises(Terminal) as raised:
        Base(BASE).url("https://storage.example/photo?signature=geheim")
    assert "storage.example" in str(raised.value)
    assert "geheim" not in str(raised.value)


def test_a_redirect_to_https_of_the_same_host_says_what_to_write() -> None:
    with pytest.raises(Terminal, match="set its `url` to https://"):
        Base("http://example.go.th").hop("http://example.go.th/v1", "https://example.go.th/v1")


def test_a_redirect_never_leaves_https() -> None:
    with pytest.raises(Terminal, match="not encrypted"):
        Base(BASE).hop(f"{BASE}/v1", "http://storage.example/photo")


@given(st.integers(0, 0xFFFF), st.sampled_from(["{}", "::ffff:{}", "{}."]))
def test_the_whole_of_169_254_is_refused_however_it_is_written(rest: int, form: str) -> None:
    number = 0xA9FE0000 + rest
    dotted = str(ipaddress.IPv4Address(number))
    for written in (form.format(dotted), str(number), hex(number), f"0251.254.{rest}", f"169.0xfe.{rest}"):
        with pytest.raises(Terminal):
            refuse_address(written)


@given(st.integers(0, 2**118 - 1))
def test_the_whole_of_fe80_is_refused(rest: int) -> None:
    address = ipaddress.IPv6Address((0xFE80 << 112) + rest)
    for written in (str(address), f"[{address}]", f"{address}%eth0"):
        with pytest.raises(Terminal):
            refuse_address(written)


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "224.0.0.1", "100.100.100.200", "fd00:ec2::254"])
def test_other_addresses_inside_machines_are_refused(address: str) -> None:
    with pytest.raises(Terminal):
        refuse_address(address)


@given(st.ip_addresses(v=4) | st.text(string.ascii_lowercase + ".-", min_size=1))
def test_other_hosts_are_not(host: object) -> None:
    text = str(host)
    ip = ipaddress.ip_address(text) if isinstance(host, ipaddress.IPv4Address) else None
    if ip is None or not (
        ip.is_link_local or ip.is_multicast or ip.is_unspecified or text == "100.100.100.200"
    ):
        refuse_address(text)
