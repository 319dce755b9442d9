"""Which officer an account of a server belongs to, for any server."""

import pytest

from mochocho.settings.config import Server
from mochocho.storage.db import transaction
from mochocho.storage.home import Home
from mochocho.words.errors import Terminal
from sync.mirror import senders
from sync.tables import ServerOfficer
from tests import builders


@pytest.fixture
def officers(home: Home) -> tuple[int, int]:
    return builders.officer(home, "มาลี"), builders.officer(home, "สมศรี")


def note(home: Home, officer: int, account: str, server: str = "central:one") -> None:
    with transaction(home.engine) as session:
        session.add(ServerOfficer(server=server, officer_id=officer, remote_id=account))


def found(home: Home, **accounts: str) -> dict[str, int]:
    said = {officer.removeprefix("n"): account for officer, account in accounts.items()}
    server = Server(key="one", kind="central", url="https://x.example", accounts=said)
    return senders.officers(home, server)


def test_what_was_noted_and_what_the_settings_say_are_both_known(
    home: Home, officers: tuple[int, int]
) -> None:
    malee, somsri = officers
    note(home, somsri, "17")
    note(home, somsri, "18")  # a new phone
    note(home, malee, "17", server="central:other")
    assert found(home, **{f"n{malee}": "5"}) == {"5": malee, "17": somsri, "18": somsri}


def test_the_settings_overrule_what_was_noted(home: Home, officers: tuple[int, int]) -> None:
    malee, somsri = officers
    note(home, somsri, "17")
    assert found(home, **{f"n{malee}": "17"}) == {"17": malee}


def test_an_account_of_several_officers_names_none(home: Home, officers: tuple[int, int]) -> None:
    assert found(home, **{f"n{one}": "17" for one in officers}) == {}
    for one in officers:
        note(home, one, "18")
    assert found(home) == {}


def test_nobody_whom_nobody_hired_is_named(home: Home) -> None:
    assert found(home, n999="17") == {}


def test_a_name_where_a_number_belongs_is_refused(home: Home) -> None:
    with pytest.raises(Terminal, match="'มาลี' is no officer's number; `mochocho officers list`"):
        found(home, มาลี="17")
