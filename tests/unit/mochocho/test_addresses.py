"""Addresses as people paste them: SQLAlchemy and kombu read what was meant, or they are refused."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import make_url

from mochocho.settings import addresses


def database(url: str, password: str = "") -> tuple[str, str | None, Any, str | None, int | None, str | None]:
    read = make_url(addresses.database(url, password))
    return read.drivername, read.username, read.password, read.host, read.port, read.database


@pytest.mark.parametrize(
    "scheme", ["postgres", "postgresql", "postgresql+psycopg", "postgresql+psycopg2", "POSTGRES", "psql"]
)
def test_every_name_of_postgresql(scheme: str) -> None:
    read = database(f"{scheme}://u:p@db.example.go.th:5433/mochocho")
    assert read == ("postgresql+psycopg", "u", "p", "db.example.go.th", 5433, "mochocho")


# Each as it is pasted, and what it means.
PASSWORDS = {
    "a@b": "a@b",
    "a@b@c": "a@b@c",
    "a/b": "a/b",
    "p@ss/w#rd%": "p@ss/w#rd%",
    "a#b": "a#b",
    "a?b": "a?b",
    "a?b=c": "a?b=c",
    "a:b": "a:b",
    "a%b": "a%b",
    "100%": "100%",
    "a%40b": "a@b",
    "a%25b": "a%b",
    "a+b c": "a+b c",
    "a&b=c": "a&b=c",
    "กข": "กข",
}


@pytest.mark.parametrize(("typed", "meant"), PASSWORDS.items())
def test_a_password_with_signs_that_addresses_use(typed: str, meant: str) -> None:
    read = database(f"postgresql+psycopg://u:{typed}@db:5432/m?sslmode=require")
    assert read == ("postgresql+psycopg", "u", meant, "db", 5432, "m")
    redis = kombu(addresses.broker(f"redis://:{typed}@redis:6379/3"))
    assert (redis["password"], redis["hostname"], redis["port"], redis["virtual_host"]) == (
        meant,
        "redis",
        6379,
        "3",
    )


def kombu(url: str) -> dict[str, Any]:
    read: dict[str, Any] = pytest.importorskip("kombu.utils.url").parse_url(url)
    return read


@pytest.mark.parametrize(
    ("url", "host", "database_"),
    [
        ("postgresql://db/m", "db", "m"),
        ("postgresql://u@db/m", "db", "m"),
        ("postgres://u:p@[::1]:5432/m", "::1", "m"),
        ("postgres://u@server:p@db", "db", None),
        ("postgresql+psycopg:///m?host=/var/run/postgresql", None, "m"),
        ('  "postgres://u:p@db/m"\n', "db", "m"),
        ("postgres://u:p@db/m?options=-c%20a@b", "db", "m"),
    ],
)
def test_other_shapes(url: str, host: str | None, database_: str | None) -> None:
    read = make_url(addresses.database(url))
    assert (read.host or None, read.database) == (host, database_)


def test_sqlite_and_nothing_stay_as_they_are() -> None:
    for url in ("", "sqlite:///C:\\Users\\x.db", "sqlite:////srv/มชช.db"):
        assert addresses.database(url) == url
    assert addresses.broker("") == ""


@pytest.mark.parametrize(
    ("read", "url", "words"),
    [
        (addresses.database, "mysql://u:secret@db/m", "“mysql://” is not known.*postgresql"),
        (addresses.database, "db.example.go.th", "is no address"),
        (addresses.database, "postgresql:/u:secret@db/m", "is no address"),
        (addresses.database, "postgresql://u:secret@db:99999/m", "a port is from 1"),
        (addresses.database, "postgresql://u:secret@db:port/m", "is no address"),
        (addresses.broker, "amqp://u:secret@mq", "“amqp://” is not known.*redis://"),
        (addresses.broker, "localhost:6379", "is no address"),
        (addresses.broker, "redis://", "there is no host"),
    ],
)
def test_what_is_no_address_is_named_without_its_password(read: Any, url: str, words: str) -> None:
    with pytest.raises(ValueError, match=words) as refused:
        read(url)
    assert "secret" not in str(refused.value)


def test_over_tls_the_certificate_is_looked_at_unless_told_otherwise() -> None:
    assert addresses.broker("rediss://:p@redis/0").endswith("/0?ssl_cert_reqs=required")
    assert addresses.broker("rediss://redis?ssl_ca_certs=/c.pem").endswith(
        "?ssl_ca_certs=/c.pem&ssl_cert_reqs=required"
    )
    assert addresses.broker("rediss://redis/0?ssl_cert_reqs=none").endswith("?ssl_cert_reqs=none")
    assert "ssl" not in addresses.broker("redis://redis/0")


def test_a_password_of_its_own_file_fills_the_gap_only() -> None:
    assert database("postgres://u@db/m", "a@b%41/") == ("postgresql+psycopg", "u", "a@b%41/", "db", None, "m")
    assert database("postgres://u:given@db/m", "other")[2] == "given"
    assert kombu(addresses.broker("redis://redis:6379/0", "p@q"))["password"] == "p@q"


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1).filter(lambda s: s.strip("\"' ")))
def test_any_password_that_is_coded_comes_back(password: str) -> None:
    once = addresses.database("postgresql://u@db:5432/m", password)
    assert make_url(once).password == password
    assert addresses.database(once) == once
    redis = addresses.broker("redis://db:6379/0", password)
    assert kombu(redis)["password"] == password
    assert addresses.broker(redis) == redis
