"""Numbers of the register: given once, in the order of the forms, never moved or used again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete

from mochocho.app.commands.cli import cli
from mochocho.excel.workbooks import read_workbook
from mochocho.storage.db import transaction
from mochocho.storage.home import Home
from mochocho.words.errors import BadInput
from processing.assessment import assess
from processing.assessment.cases import cases
from processing.decisions import recorder
from processing.decisions.decision import Decision, Kind, Registered
from processing.register import register_forms, register_numbers
from processing.register.register_numbers import Listed, give, listed, numbered, would_give
from processing.tables import ApplicantRow
from reports.packet import needed_sheets
from tests.integration import province_mirror as mirror
from tests.integration.registered import put

DAYS = (None, date(2025, 1, 5), date(2025, 1, 9))
arrivals = st.lists(
    st.lists(st.tuples(st.integers(0, 20), st.sampled_from(DAYS)), max_size=6), min_size=1, max_size=6
)


def one(n: int, day: date | None = None) -> Listed:
    return Listed(f"k{n:02}", f"r{n:02}", "group", f"ก {n}", "5701", day)


@given(arrivals)
def test_whatever_comes_when_no_number_moves_or_is_used_again(
    batches: Sequence[Sequence[tuple[int, date | None]]],
) -> None:
    """Each batch comes before the next time of numbering; who is there keeps its number."""
    register: dict[str, int] = {}
    everyone: dict[str, Listed] = {}
    for batch in batches:
        before = dict(register)
        everyone |= {f"k{n:02}": one(n, day) for n, day in batch if f"k{n:02}" not in everyone}
        known = [replace(each, number=register.get(key)) for key, each in everyone.items()]
        found = numbered(known, register.values())
        register |= {each.key: number for number, each in found}
        assert {key: register[key] for key in before} == before
        new = [each for _, each in found]
        assert new == sorted(new, key=lambda each: (each.applied_on or date.max, each.root_id))
    assert sorted(register.values()) == list(range(1, len(everyone) + 1))


def numbers(home: Home) -> dict[str, int | None]:
    return {each.key: each.number for each in listed(home)}


def test_a_late_district_gets_the_following_numbers_and_nobody_elses(any_home: Home) -> None:
    put(any_home, 5, 3, 7)
    assert [(n, each.key) for n, each in would_give(any_home)] == [(1, "k3"), (2, "k5"), (3, "k7")]
    assert set(numbers(any_home).values()) == {None}
    give(any_home, "นายทะเบียน")
    put(any_home, 1, 4)
    assert numbers(any_home) == {"k3": 1, "k5": 2, "k7": 3, "k1": None, "k4": None}
    give(any_home, "นายทะเบียน")
    assert numbers(any_home) == {"k3": 1, "k5": 2, "k7": 3, "k1": 4, "k4": 5}
    assert give(any_home, "นายทะเบียน") == []


def test_a_number_of_who_is_gone_is_never_given_again(any_home: Home) -> None:
    put(any_home, 1, 2)
    give(any_home, "นายทะเบียน")
    with transaction(any_home.engine) as session:
        session.execute(delete(ApplicantRow).where(ApplicantRow.key == "k2"))
    put(any_home, 3)
    assert [(n, each.key) for n, each in give(any_home, "นายทะเบียน")] == [(3, "k3")]


def test_who_withdraws_keeps_the_number(home: Home) -> None:
    put(home, 1, 2)
    give(home, "นายทะเบียน")
    withdrawn = Decision(Kind.WITHDRAW, "k1", reason="ย้ายออก", recorded_by="นายทะเบียน")
    recorder.record_decisions(home, [withdrawn])
    assert numbers(home) == {"k1": 1, "k2": 2}


@pytest.mark.parametrize(
    ("key", "number"),
    [("k2", 1), ("k1", 9), ("k2", 0), ("k2", -1), ("nobody", 9)],
)
def test_no_door_moves_a_number_or_uses_it_again(home: Home, key: str, number: int) -> None:
    put(home, 1)
    give(home, "นายทะเบียน")
    put(home, 2)
    with pytest.raises(BadInput, match=r"of the register|the register has no applicant"):
        recorder.record_decisions(
            home, [Decision(Kind.REGISTER, key, content=Registered(number), recorded_by="ก")]
        )
    assert numbers(home) == {"k1": 1, "k2": None}


def test_a_number_is_not_taken_back(home: Home) -> None:
    put(home, 1)
    (row,) = recorder.record_decisions(
        home, [Decision(Kind.REGISTER, "k1", content=Registered(1), recorded_by="ก")]
    )
    back = Decision(Kind.REVOKE, "k1", reason="ผิด", recorded_by="ก", undoes=row.decision.number)
    with pytest.raises(BadInput, match="gave a number of the register, which stays"):
        recorder.record_decisions(home, [back])


def test_somebody_gives_it(home: Home) -> None:
    put(home, 1)
    with pytest.raises(BadInput, match="--by"):
        give(home, " ")


def test_papers_show_the_number_and_are_made_anew_for_it(home: Home) -> None:
    mirror.send(home, mirror.application(home, 1))
    register_forms.run(home)
    assess.do(home, assess.due(home))
    before = needed_sheets.state(home)
    assert [case.register_no for case in cases(home)] == [None]
    give(home, "นายทะเบียน")
    assert [case.register_no for case in cases(home)] == [1]
    assert needed_sheets.state(home) != before
    assert assess.due(home) == []


def call(home: Home, folder: Path, *words: str) -> Result:
    settings = folder / "mochocho.toml"
    settings.write_text(f'home = "{home.settings.home}"\nprovince = "เชียงราย"\n', "utf-8")
    return CliRunner().invoke(cli, ["--config", str(settings), "register", *words])


def test_the_command_shows_gives_and_writes(home: Home, tmp_path: Path) -> None:
    put(home, 2, 1)
    assert "numbers to give: 2; nothing was recorded" in call(home, tmp_path, "--dry-run").output
    assert "1  กลุ่มตัวอย่าง 1  k1" in call(home, tmp_path, "--by", "นายทะเบียน").output
    book = tmp_path / "register.xlsx"
    assert call(home, tmp_path, "--out", str(book)).exit_code == 0
    (sheet,) = read_workbook(book)
    head, *rows = [[cell.text for cell in row] for row in sheet.rows]
    assert head[0] == "ทะเบียนเลขที่"
    assert [(row[0], row[2]) for row in rows] == [("1", "กลุ่มตัวอย่าง 1"), ("2", "กลุ่มตัวอย่าง 2")]
    for wrong in ((), ("--by", "ก", "--dry-run")):
        assert call(home, tmp_path, *wrong).exit_code == 2
    assert register_numbers.would_give(home) == []
