"""No log line holds a secret or identifies a person."""

import secrets
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mochocho.app.terminal.redact import redact
from mochocho.words.thai import digits

COVERED = "x-xxxx-xxxxx-xx-x"


@pytest.mark.parametrize(
    "written",
    ["1000000000009", "1-0000-00000-00-9", "1 0000 00000 00 9", digits("1000000000009")],
)
def test_a_national_id_is_covered_however_it_is_written(written: str) -> None:
    assert redact(f"row ({written}) failed") == f"row ({COVERED}) failed"


@given(
    st.from_regex(r"[0-9]{13}", fullmatch=True), st.sampled_from([" ", ",", "'", '"', "\n", "(", ":", "="])
)
def test_thirteen_digits_never_stand_between_signs(number: str, sign: str) -> None:
    assert number not in redact(f"{sign}{number}{sign}")


def test_a_token_is_covered_in_an_address_and_alone() -> None:
    token = secrets.token_urlsafe(32)
    for text in (f"GET /key/{token}/formList 200", f"http://h:1/key/{token}", f"token={token}", f"'{token}'"):
        assert token not in redact(text)


def test_a_password_in_a_url_is_covered() -> None:
    assert redact("postgresql+psycopg://me:hunter2@db/x") == "postgresql+psycopg://me:[password]@db/x"


@pytest.mark.parametrize(
    "text",
    [
        "sha256 " + "0123456789abcdef" * 4,
        f"submission {uuid.UUID(int=5, version=4)}",
        "http://127.0.0.1:8420",
        "129 of 149 on 2025-05-01 09:30",
        "photo 20250501093000.jpg",
    ],
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert redact(text) == text
