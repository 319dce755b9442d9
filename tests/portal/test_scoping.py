"""Whom an account sees: its districts, whom it names, and nobody in whom its owner has an interest."""

from datetime import date

import pytest

from mochocho.app.portal.access.account_parts.account import Account
from mochocho.app.portal.access.roles import Role
from mochocho.app.portal.access.scoping import scope
from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.model import Gate, Outcome, Resolution
from processing.assessment import assess
from processing.decisions import record_resolutions
from processing.register import register_forms
from processing.register.within_scope import sees_applicant
from tests.integration import province_mirror as mirror
from tests.integration.province_mirror import ENTITY

HERE, THERE = "5701", "5702"
NAME = "นายตรวจ ตัวอย่าง"


@pytest.fixture
def worked(any_home: Home) -> Home:
    """Two applicants here, one there; NAME declared an interest in the first."""
    for number, district in ((1, HERE), (2, HERE), (3, THERE)):
        mirror.send(any_home, mirror.application(any_home, number, district=district))
    mirror.send(any_home, mirror.sheet(any_home, 1, conflict="yes", conflict_why="พี่น้อง"))
    register_forms.run(any_home)
    assess.do(any_home, assess.due(any_home))
    return any_home


def recuse(home: Home) -> None:
    passed = Resolution(
        Gate.DISTRICT,
        Outcome.PASS,
        "คณะกรรมการตัวอย่าง",
        "1/2568",
        date(2025, 4, 10),
        "เหตุผล",
        "นางบันทึก ตัวอย่าง",
        recused=("นาย ตรวจ  ตัวอย่าง",),
    )
    record_resolutions.record(home, {ENTITY.format(2): passed})


def seen(home: Home, account: Account) -> list[int]:
    own = scope(account, home)
    with reading(home.engine) as session:
        return [n for n in (1, 2, 3) if sees_applicant(session, own, ENTITY.format(n))]


def account(role: Role, name: str = "นางอื่น ตัวอย่าง", *districts: str, only: int = 0) -> Account:
    named = frozenset({ENTITY.format(only)} if only else ())
    return Account(1, "a", name, role, frozenset(districts), named)


def test_a_scope_is_that_of_the_role(worked: Home) -> None:
    assert seen(worked, account(Role.PROVINCE)) == [1, 2, 3]
    assert seen(worked, account(Role.DISTRICT, "นางอื่น ตัวอย่าง", THERE)) == [3]
    assert seen(worked, account(Role.DISTRICT)) == []
    assert seen(worked, account(Role.ASSESSOR, "นางอื่น ตัวอย่าง", HERE)) == [1, 2]
    assert seen(worked, account(Role.ASSESSOR, only=2)) == [2]


def test_who_has_an_interest_or_is_recused_loses_that_applicant(worked: Home) -> None:
    before = seen(worked, account(Role.PROVINCE, NAME))
    recuse(worked)
    assert before == [2, 3]
    assert seen(worked, account(Role.PROVINCE, NAME)) == [3]
    assert seen(worked, account(Role.ASSESSOR, f"นาง{NAME[3:]}", HERE)) == []
    assert seen(worked, account(Role.PROVINCE)) == [1, 2, 3]
