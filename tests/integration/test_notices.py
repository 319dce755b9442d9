"""Servers are told about their submissions: once, the newest state, and never because of our own notices."""

import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mochocho.app.commands.cli import cli
from mochocho.app.pipeline.conveyor import run_once
from mochocho.app.status.shown import table
from mochocho.app.status.status_figures import look
from mochocho.settings import config
from mochocho.storage.db import transaction
from mochocho.storage.home import Home
from mochocho.words.errors import MochochoError, Terminal, Transient
from mochocho.words.model import Gate, Outcome, Resolution, ReviewState
from processing.assessment import assess
from processing.decisions import record_resolutions
from processing.register import register_forms
from reports.notices import slip_papers, tell_servers
from sync import targets
from sync.tables import Seen, ServerList, Submission
from tests.integration import province_mirror as mirror
from tests.integration.held_by_servers import (
    CENTRAL,
    GROUP,
    KOBO,
    SERVERS,
    hold,
    lacking,
    promised,
    root_of,
    with_servers,
)
from xlsforms import names

MARK = re.compile(r"\[มชช\. [0-9a-f]{8}\]$")


@dataclass
class Told:
    """A server in memory, and the target that speaks with it."""

    key: str
    states: dict[str, ReviewState] = field(default_factory=dict)
    comments: dict[str, list[str]] = field(default_factory=dict)
    lists: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    calls: int = 0
    away: MochochoError | None = None
    refuses: Mapping[str, MochochoError] = field(default_factory=dict)
    ready: bool = True

    def review(self, form_id: str, root: str, state: ReviewState, comment: str) -> bool:
        self._call()
        if root in self.refuses:
            raise self.refuses[root]
        assert form_id == names.APPLICATION
        mark = MARK.search(comment)
        assert mark
        stood = any(old.endswith(mark[0]) for old in self.comments.get(root, ()))
        if not stood:
            self.comments.setdefault(root, []).append(comment)
        self.states[root] = state
        return not stood

    def put_list(self, name: str, rows: Sequence[Mapping[str, str]]) -> int:
        self._call()
        self.lists[name] = [dict(row) for row in rows]
        return len(rows)

    def lists_ready(self, _name: str) -> bool:
        return self.ready

    def _call(self) -> None:
        self.calls += 1
        if self.away:
            raise self.away


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Told]]:
    """The servers of the settings, by their keys."""
    found = {key: Told(key) for key in (CENTRAL, KOBO)}
    monkeypatch.setattr(targets, "server_target", lambda _, server: found[f"{server.kind}:{server.key}"])
    return found


def assessed(home: Home) -> None:
    register_forms.run(home)
    assess.do(home, assess.due(home))


def run(home: Home) -> list[str]:
    """Assess, then tell; returns what was due. Nothing is, afterwards."""
    assessed(home)
    due = tell_servers.due(home)
    assert tell_servers.do(home, due) == {}
    assert tell_servers.due(home) == []
    return due


def reviews(due: Sequence[str]) -> list[str]:
    return [item for item in due if "|review|" in item]


def test_what_is_missing_then_that_nothing_is(any_home: Home, world: dict[str, Told]) -> None:
    home = with_servers(any_home)
    form = lacking(home)
    hold(home, form)
    item = f"{CENTRAL}|review|{names.APPLICATION}/{root_of(1)}"
    assert run(home) == [f"{CENTRAL}|list|applicants", f"{CENTRAL}|list|plan_items", item]
    server = world[CENTRAL]
    assert server.states == {root_of(1): ReviewState.HAS_ISSUES}
    (first,) = server.comments[root_of(1)]
    assert f"- {promised(home).th} (แจ้งว่าจะส่งภายหลัง)" in first
    assert [row["status"] for row in server.lists["applicants"]] == ["incomplete"]
    form.fields[names.document(GROUP, promised(home).code)] = "attached"
    hold(home, form)
    assert item in run(home)
    assert server.states == {root_of(1): ReviewState.RECEIVED}
    assert len(server.comments[root_of(1)]) == 2
    assert [row["status"] for row in server.lists["applicants"]] == ["registered"]


def test_what_we_told_makes_nothing_due(home: Home, world: dict[str, Told]) -> None:
    home = with_servers(home)
    hold(home, lacking(home))
    run(home)
    calls = world[CENTRAL].calls
    with transaction(home.engine) as session:  # a review moves what a server says of a submission
        session.get_one(Seen, (CENTRAL, f"{names.APPLICATION}/{root_of(1)}")).fingerprint = "reviewed"
    assert run(home) == []
    assert run_once(home, stages=("register", "assess", "lists", "notices")).handled["notices"] == 0
    assert world[CENTRAL].calls == calls


def test_a_sheet_that_changes_nothing_for_the_field_is_not_told(home: Home, world: dict[str, Told]) -> None:
    home = with_servers(home)
    hold(home, lacking(home))
    run(home)
    mirror.send(home, mirror.sheet(home, 1))
    assert reviews(run(home))  # looked at again
    assert len(world[CENTRAL].comments[root_of(1)]) == 1
    assert world[CENTRAL].calls == 5  # both lists twice, one review


def test_an_edit_that_mends_nothing_is_told_anew(home: Home, world: dict[str, Told]) -> None:
    """The server itself takes an edited submission out of the state that we gave it."""
    home = with_servers(home)
    form = lacking(home)
    hold(home, form)
    run(home)
    hold(home, form)
    run(home)
    one, other = world[CENTRAL].comments[root_of(1)]
    assert one.rpartition("\n")[0] == other.rpartition("\n")[0]
    assert one != other


def test_of_several_changes_only_the_newest_is_told(home: Home, world: dict[str, Told]) -> None:
    home = with_servers(home)
    form = lacking(home)
    hold(home, form)
    assessed(home)
    due = tell_servers.due(home)
    form.fields[names.document(GROUP, promised(home).code)] = "attached"
    hold(home, form)
    assessed(home)
    assert tell_servers.do(home, due) == {}
    assert world[CENTRAL].states == {root_of(1): ReviewState.RECEIVED}
    assert len(world[CENTRAL].comments[root_of(1)]) == 1
    assert tell_servers.due(home) == []


def test_each_server_hears_of_what_it_holds(home: Home, world: dict[str, Told]) -> None:
    home = with_servers(home, 2)
    hold(home, lacking(home, 1), CENTRAL, 1)
    hold(home, mirror.application(home, 2), KOBO, 2)
    mirror.send(home, mirror.application(home, 3))  # from the embedded endpoint
    run(home)
    assert world[CENTRAL].states == {root_of(1): ReviewState.HAS_ISSUES}
    assert world[KOBO].states == {root_of(2): ReviewState.RECEIVED}
    assert [len(server.lists["applicants"]) for server in world.values()] == [3, 3]


def test_a_server_that_is_away_keeps_no_other_waiting(home: Home, world: dict[str, Told]) -> None:
    home = with_servers(home, 2)
    for number in range(1, 7):
        hold(home, lacking(home, number), CENTRAL, number)
        hold(home, lacking(home, number + 10), KOBO, number + 10)
    assessed(home)
    world[CENTRAL].away = Transient("เซิร์ฟเวอร์ไม่ตอบ", "the server does not answer")
    due = tell_servers.due(home)
    failed = tell_servers.do(home, due)
    assert set(failed) == {item for item in due if item.startswith(CENTRAL)}
    assert all(isinstance(error, Transient) for error in failed.values())
    assert world[CENTRAL].calls == tell_servers.FAILURES  # it is not asked for every item
    assert len(world[KOBO].states) == 6
    world[CENTRAL].away = None
    assert run(home) == sorted(failed, key=due.index)
    assert len(world[CENTRAL].states) == 6


def test_one_submission_that_is_refused_keeps_no_other_waiting(home: Home, world: dict[str, Told]) -> None:
    home = with_servers(home)
    for number in (1, 2, 3):
        hold(home, lacking(home, number), CENTRAL, number)
    assessed(home)
    world[CENTRAL].refuses = {root_of(2): Terminal("403: บัญชีนี้ตรวจไม่ได้", "403: the account may not review")}
    failed = tell_servers.do(home, tell_servers.due(home))
    assert list(failed) == [f"{CENTRAL}|review|{names.APPLICATION}/{root_of(2)}"] == tell_servers.due(home)
    assert sorted(world[CENTRAL].states) == [root_of(1), root_of(3)]


def test_a_server_without_its_secret_is_said_and_the_others_hear(
    home: Home, world: dict[str, Told], monkeypatch: pytest.MonkeyPatch
) -> None:
    home = with_servers(home, 2)
    hold(home, lacking(home, 1), CENTRAL, 1)
    hold(home, lacking(home, 2), KOBO, 2)

    def make(_: Home, server: config.Server) -> Told:
        if server.kind == "central":
            raise Terminal("ไม่มีรหัสผ่าน", "no password")
        return world[KOBO]

    monkeypatch.setattr(targets, "server_target", make)
    report = run_once(home, stages=("register", "assess", "notices"))
    assert {problem.said.en for problem in report.problems} == {"no password"}
    assert len(report.problems) == 3
    assert world[KOBO].states


def test_a_list_waits_until_its_server_takes_it(home: Home, world: dict[str, Told]) -> None:
    home = with_servers(home)
    hold(home, lacking(home))
    world[CENTRAL].ready = False
    assert run(home) == [f"{CENTRAL}|review|{names.APPLICATION}/{root_of(1)}"]
    assert world[CENTRAL].lists == {}
    world[CENTRAL].ready = True
    assert run(home) == [f"{CENTRAL}|list|applicants", f"{CENTRAL}|list|plan_items"]


def test_who_is_gone_leaves_the_lists_and_hears_nothing(home: Home, world: dict[str, Told]) -> None:
    home = with_servers(home)
    hold(home, lacking(home, 1), CENTRAL, 1)
    hold(home, lacking(home, 2), CENTRAL, 2)
    run(home)
    with transaction(home.engine) as session:
        session.get_one(Seen, (CENTRAL, f"{names.APPLICATION}/{root_of(2)}")).state = "deleted"
        gone = session.query(Submission).filter_by(root_id="app-2").one()
        gone.gone, gone.current_id = True, None
    assert reviews(run(home)) == []
    assert [row["name"] for row in world[CENTRAL].lists["applicants"]] == [mirror.ENTITY.format(1)]
    assert len(world[CENTRAL].comments[root_of(2)]) == 1


def test_rejected_is_what_a_committee_resolved_and_nothing_else(home: Home, world: dict[str, Told]) -> None:
    home = with_servers(home)
    hold(home, mirror.application(home, 1))
    nothing = {indicator.code: 0 for indicator in home.pack.standard(GROUP).indicators}
    mirror.send(home, mirror.sheet(home, 1, answers=nothing))
    run(home)
    assert world[CENTRAL].states == {root_of(1): ReviewState.RECEIVED}  # no points: that decides nothing
    resolution = Resolution(
        gate=Gate.DISTRICT,
        outcome=Outcome.FAIL,
        committee="คณะกรรมการอำเภอตัวอย่าง",
        meeting_no="1/2568",
        meeting_date=date(2025, 4, 20),
        reason="ขอให้พัฒนาต่อ โทร 000-000-0000",
        recorded_by="นางบันทึก ตัวอย่าง",
    )
    record_resolutions.record(home, {mirror.ENTITY.format(1): resolution})
    run(home)
    assert world[CENTRAL].states == {root_of(1): ReviewState.REJECTED}
    assert "มีมติไม่รับรอง: ขอให้พัฒนาต่อ โทร x" in world[CENTRAL].comments[root_of(1)][-1]


def test_a_closed_cycle_tells_nobody_anything(home: Home, world: dict[str, Told]) -> None:
    home = with_servers(home)
    home = replace(home, settings=home.settings.model_copy(update={"cycle_open": False}))
    hold(home, lacking(home))
    assert run(home) == []


def test_the_first_start_tells_every_submission_once(home: Home, world: dict[str, Told]) -> None:
    home = with_servers(home)
    for number in range(1, 61):  # more than a chunk
        hold(home, lacking(home, number), CENTRAL, number)
    run(home)
    assert [len(told) for told in world[CENTRAL].comments.values()] == [1] * 60
    with transaction(home.engine) as session:
        assert tell_servers.submissions_told(session) == 60


def slips(home: Home, out: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["--config", str(settings_of(home)), "slip", *words, "--out", str(out)])


def settings_of(home: Home) -> Path:
    path = home.settings.home.parent / "mochocho.toml"
    path.write_text(f'home = "{home.settings.home.as_posix()}"\n', "utf-8")
    return path


def test_slips_are_written_for_those_of_whom_something_is_wanted(home: Home, tmp_path: Path) -> None:
    here, there = home.province.districts[:2]
    far = lacking(home, 1)
    far.fields["district"] = there.code
    mirror.send(home, far, lacking(home, 2), mirror.application(home, 3))
    assessed(home)
    answer = slips(home, tmp_path / "out", "--all")
    assert answer.exit_code == 0, answer.output
    told = [line for line in answer.output.splitlines() if line.startswith(str(tmp_path / "out"))]
    assert [line.rpartition(" ")[2] for line in told] == [here.name_th, there.name_th]
    texts = [path.read_text("utf-8") for path in (tmp_path / "out").glob("*.txt")]
    assert len(texts) == len(list((tmp_path / "out").glob("*.pdf"))) == 2
    assert all(promised(home).th in text for text in texts)
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "out").iterdir()} == {0o600}


def test_a_slip_of_one_applicant(home: Home, tmp_path: Path) -> None:
    mirror.send(home, lacking(home, 1), lacking(home, 2), mirror.application(home, 3))
    assessed(home)
    one, complete = mirror.ENTITY.format(1), mirror.ENTITY.format(3)
    answer = slips(home, tmp_path / "out", one, complete, "../nobody")
    assert answer.exit_code == 0, answer.output
    (text,) = (tmp_path / "out").glob("*.txt")
    assert "กลุ่มทอผ้าตัวอย่าง ๑" in text.read_text("utf-8")
    assert "slips: 1" in answer.output
    assert f"{complete}: nothing is wanted" in answer.output
    assert slips(home, tmp_path / "out").exit_code == 2


def test_a_slip_has_the_browser_link_of_the_server_that_holds_the_application(home: Home) -> None:
    link = "https://central.example/-/single/abc?st=def"
    server = SERVERS[0].model_copy(update={"web_form": link})
    home = replace(home, settings=home.settings.model_copy(update={"servers": (server, SERVERS[1])}))
    hold(home, lacking(home, 1), CENTRAL, 1)
    hold(home, lacking(home, 2), KOBO, 2)
    assessed(home)
    assert [one.to.link for one in slip_papers.wanted(home)] == [link, ""]


def test_status_says_how_many_heard_and_how_often_we_were_overruled(
    home: Home, world: dict[str, Told], capsys: pytest.CaptureFixture[str]
) -> None:
    home = with_servers(home)
    hold(home, lacking(home))
    assessed(home)
    assert next(stage for stage in look(home).stages if stage.name == "notices").due == 3
    run(home)
    with transaction(home.engine) as session:
        for name, times in (("applicants", 2), ("plan_items", 1)):
            row = {"server": CENTRAL, "name": name, "sha256": "0", "put_at": datetime.now(UTC)}
            session.merge(ServerList(**row, overruled=times))
    now = look(home)
    notices = next(stage for stage in now.stages if stage.name == "notices")
    assert (notices.done, notices.due) == (1, 0)
    table(now, datetime.now(UTC))
    assert "as only mochocho writes it: 3" in capsys.readouterr().out
