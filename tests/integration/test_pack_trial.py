"""`assess --pack OTHER --dry-run`: whose result other criteria would change; nothing is stored."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from mochocho.app.commands.cli import cli
from mochocho.excel.workbooks import read_workbook
from mochocho.standards.load import load_pack
from mochocho.standards.schema import Pack
from mochocho.standards.written import yaml_of
from mochocho.storage.db import Base, reading
from mochocho.storage.home import Home
from mochocho.words.model import ApplicantType, Gate, GateState
from processing.assessment import assess
from processing.register import register_forms
from processing.trials.changed_results import Changed
from processing.trials.pack_trial import try_pack
from tests import databases
from tests.integration import province_mirror as mirror

SAMPLE = load_pack("2568-sample").pack


GROUP = ApplicantType.GROUP


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Home]:
    """A group with full marks, a weaker one, and one without a sheet; no test changes them."""
    with databases.home_on_sqlite(tmp_path_factory.mktemp("trial") / "home", sqlite_template) as home:
        indicators = home.pack.standard(GROUP).indicators
        weaker = {i.code: max(1, mirror.full_answer(i) - 1) for i in indicators}
        mirror.send(home, *(mirror.application(home, n) for n in (1, 2, 3)))
        mirror.send(home, mirror.sheet(home, 1), mirror.sheet(home, 2, answers=weaker))
        register_forms.run(home)
        assess.do(home, assess.due(home))
        yield home


def pack(percent: int = 70, **changes: object) -> Pack:
    """The sample with another pass mark, or with changes of the third indicator of groups, a count of 3."""
    content = SAMPLE.model_dump(mode="json") | {"id": "other"}
    content["pass_rule"]["percent"] = percent
    group = next(s for s in content["standards"] if s["code"] == "group")
    group["dimensions"][0]["components"][1]["indicators"][0] |= changes
    return Pack.model_validate(content)


def by_number(home: Home, other: Pack) -> dict[int, Changed]:
    trial = try_pack(home, other)
    assert (trial.compared, trial.failed) == (3, ())
    return {int(one.application.key[-1]): one for one in trial.changed}


def rows(home: Home) -> dict[str, int]:
    with reading(home.engine) as session:
        return {
            name: session.scalar(select(func.count()).select_from(table)) or 0
            for name, table in Base.metadata.tables.items()
        }


def test_the_same_criteria_change_nobody_and_nothing_is_stored(judged: Home) -> None:
    before = rows(judged)
    assert by_number(judged, SAMPLE) == {}
    assert by_number(judged, pack(percent=99)) != {}
    assert rows(judged) == before
    assert assess.due(judged) == []


def test_a_higher_pass_mark_turns_who_is_below_it(judged: Home) -> None:
    found = by_number(judged, pack(percent=99))
    assert set(found) == {2}
    one = found[2]
    assert one.turned
    assert one.before is not None
    assert one.after is not None
    assert (one.before.points, one.indicators, one.gates) == (one.after.points, (), ())
    assert [f.code for f in one.come] == ["score.below_pass"]
    assert one.gone == ()


def test_other_full_marks_change_points_and_name_the_indicator(judged: Home) -> None:
    code = SAMPLE.standard(GROUP).indicators[2].code
    found = by_number(judged, pack(full_marks=10))
    assert set(found) == {1, 2}
    (changed,) = found[1].indicators
    assert (changed.code, changed.before, changed.after) == (code, 500, 1000)
    assert not found[1].turned


def test_an_answer_that_the_other_criteria_do_not_offer_is_not_assessed(judged: Home) -> None:
    found = by_number(judged, pack(measure={"kind": "yes_no"}))
    assert {f.code for f in found[1].come} >= {"sheet.unknown_choice", "score.not_assessed"}
    assert found[1].after is not None
    assert found[1].after.percent is None
    assert found[1].turned


def test_a_document_that_becomes_mandatory_shuts_its_gate(judged: Home) -> None:
    content = SAMPLE.model_dump(mode="json") | {"id": "other"}
    group = next(s for s in content["standards"] if s["code"] == "group")
    group["documents"] = [one | {"mandatory": True} for one in group["documents"]]
    found = by_number(judged, Pack.model_validate(content))
    assert set(found) == {1, 2, 3}
    assert found[3].gates == ((Gate.DOCUMENTS, GateState.PASSED, GateState.FAILED),)
    assert found[3].before is None
    assert all(f.code.startswith("document.") for f in found[3].come)


Call = Callable[..., Result]


@pytest.fixture
def called(judged: Home, tmp_path: Path) -> Call:
    settings = tmp_path / "mochocho.toml"
    settings.write_text(f'home = "{judged.settings.home}"\nprovince = "เชียงราย"\n', "utf-8")
    return lambda *words: CliRunner().invoke(cli, ["--config", str(settings), "assess", *words])


def written(folder: Path, other: Pack) -> str:
    path = folder / "other.yaml"
    path.write_text(yaml_of(other), "utf-8")
    assert yaml.safe_load(path.read_text("utf-8"))["id"] == "other"
    return str(path)


def test_the_command_tells_by_its_status_and_in_excel(called: Call, tmp_path: Path) -> None:
    nobody = called("--pack", "2568-sample", "--dry-run")
    assert nobody.exit_code == 0
    assert "results that change: 0" in nobody.output
    book = tmp_path / "changes.xlsx"
    call = ("--pack", written(tmp_path, pack(percent=99)), "--dry-run", "--out", str(book))
    somebody = called(*call)
    assert somebody.exit_code == 3
    assert "results that change: 1, of which the pass rule answers otherwise: 1" in somebody.output
    (sheet,) = read_workbook(book)
    (head, row) = [[cell.text for cell in line] for line in sheet.rows]
    assert (head[2], row[2]) == ("ชื่อ", "กลุ่มทอผ้าตัวอย่าง 2")
    assert row[5] == "ถึงเกณฑ์ → ไม่ถึงเกณฑ์"


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("--dry-run",), 2),
        (("--pack", "2568-sample"), 2),
        (("--out", "x.xlsx"), 2),
        (("--pack", "no-such-pack", "--dry-run"), 1),
    ],
)
def test_a_wrong_call_and_an_unusable_pack(called: Call, words: tuple[str, ...], status: int) -> None:
    assert called(*words).exit_code == status
