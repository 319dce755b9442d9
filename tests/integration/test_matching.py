"""A form with a typed applicant waits for a person; then it counts as if the applicant had been chosen."""

from pathlib import Path

import pytest
from sqlalchemy import select

from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.errors import BadInput
from processing.assessment import assess
from processing.assessment.cases import cases
from processing.register import matching, register_forms
from processing.register.kinds import KINDS
from processing.tables import DecisionRow, UnreadRow
from tests.integration import commands
from tests.integration import province_mirror as mirror
from tests.prepared_homes import Copy
from xlsforms import names

KEY, OTHER = mirror.ENTITY.format(1), mirror.ENTITY.format(2)
BY = "นางสาวจับคู่ ตัวอย่าง"
TYPED = {"applicant_key": "", "typed_name": "กลุ่มทอผ้า ตัวอย่าง 1", "typed_type": "group", "district": "5701"}


def run(home: Home) -> None:
    register_forms.run(home)
    assess.do(home, assess.due(home))


def waiting(home: Home) -> dict[str, str]:
    with reading(home.engine) as session:
        return dict(session.execute(select(UnreadRow.root_id, UnreadRow.code)).all())


def send_typed(home: Home) -> None:
    """Two applicants, and a score sheet that names the first one in words."""
    sheet = mirror.sheet(home, 1, **TYPED)
    mirror.send(home, mirror.application(home, 1), mirror.application(home, 2), sheet)
    run(home)


@pytest.fixture
def typed(any_copy: Copy) -> Home:
    return any_copy(send_typed)


def percents(home: Home) -> dict[str, int | None]:
    return {
        case.application.key: case.assessment.scores.percent for case in cases(home) if case.assessment.scores
    }


def test_it_waits_with_likely_applicants_until_a_person_decides(typed: Home) -> None:
    (one,) = matching.unmatched(typed)
    assert waiting(typed) == {one.root_id: matching.UNMATCHED}
    assert (one.form_id, one.name, one.type, one.district) == (names.ONSITE, *list(TYPED.values())[1:])
    assert one.candidates[0].applicant.key == KEY
    assert percents(typed) == {}

    assert matching.record(typed, one.root_id, KEY, BY)
    assert register_forms.due(typed) == [one.root_id]
    run(typed)
    assert (waiting(typed), matching.unmatched(typed)) == ({}, [])
    assert percents(typed) == {KEY: 10_000}
    assert register_forms.due(typed) == assess.due(typed) == []


def test_decisions_are_appended_and_the_last_one_holds(typed: Home) -> None:
    (one,) = matching.unmatched(typed)
    for key in (KEY, OTHER):
        assert matching.record(typed, one.root_id, key, BY)
        run(typed)
        assert percents(typed) == {key: 10_000}
    assert not matching.record(typed, one.root_id, OTHER, "คนอื่น")
    assert matching.record(typed, one.root_id, "", BY)
    run(typed)
    assert percents(typed) == {}
    assert waiting(typed) == {one.root_id: matching.UNMATCHED}
    with reading(typed.engine) as session:
        kept = session.scalars(select(DecisionRow).order_by(DecisionRow.number)).all()
    told = [(row.kind, row.applicant_key, row.undoes, row.recorded_by) for row in kept]
    assert told == [("match", KEY, None, BY), ("match", OTHER, 1, BY), ("revoke", OTHER, 2, BY)]


def test_a_decision_holds_for_later_edits_and_gives_way_to_a_real_choice(typed: Home) -> None:
    (one,) = matching.unmatched(typed)
    matching.record(typed, one.root_id, KEY, BY)
    sheet = mirror.sheet(typed, 1, **TYPED)
    sheet.edit = 1
    sheet.fields["remarks"] = "แก้ไข"
    mirror.send(typed, sheet)
    run(typed)
    assert percents(typed) == {KEY: 10_000}
    sheet.fields["applicant_key"] = OTHER
    mirror.send(typed, sheet)
    run(typed)
    assert percents(typed) == {OTHER: 10_000}


@pytest.mark.parametrize(
    ("root", "key", "by", "code"),
    [
        ("", KEY, "", "decision.by"),
        ("no-such-form", KEY, BY, "match.unknown_form"),
        ("app-1", KEY, BY, "match.unknown_form"),
        ("", "no-such-key", BY, "decision.unknown_applicant"),
    ],
)
def test_what_makes_no_sense_is_refused(typed: Home, root: str, key: str, by: str, code: str) -> None:
    (one,) = matching.unmatched(typed)
    with pytest.raises(BadInput) as caught:
        matching.record(typed, root or one.root_id, key, by)
    assert caught.value.code == code


def test_a_form_that_chose_its_applicant_is_not_for_matching(typed: Home) -> None:
    chosen = mirror.sheet(typed, 2, assessor="อีกคน")
    mirror.send(typed, chosen)
    with pytest.raises(BadInput) as caught:
        matching.record(typed, chosen.root_id, KEY, BY)
    assert caught.value.code == "match.not_needed"


@pytest.mark.parametrize("form_id", list(KINDS))
def test_it_works_for_every_form_that_chooses_an_applicant(any_home: Home, form_id: str) -> None:
    fields = {**TYPED, "round": "self_before"} if form_id == names.SELF_ASSESSMENT else dict(TYPED)
    form = mirror.Form(form_id, "typed", dict(fields))
    mirror.send(any_home, mirror.application(any_home, 1), form)
    register_forms.run(any_home)
    assert waiting(any_home) == {"typed": matching.UNMATCHED}
    matching.record(any_home, "typed", KEY, BY)
    register_forms.run(any_home)
    assert waiting(any_home) == {}
    with reading(any_home.engine) as session:
        table = KINDS[form_id].table
        assert session.scalars(select(table.applicant_key).where(table.root_id == "typed")).all() == [KEY]


def test_from_the_command_line(home: Home, tmp_path: Path) -> None:
    home.engine.dispose()
    folder = home.settings.home.parent
    config = folder / "mochocho.toml"
    config.write_text(f'home = "{home.settings.home.as_posix()}"\n', "utf-8")
    mirror.send(home, mirror.application(home, 1), mirror.sheet(home, 1, **TYPED))
    run(home)
    (one,) = matching.unmatched(home)

    listed = commands.call(folder, "match")
    assert listed.returncode == 0, listed.stderr
    for shown in (one.root_id, KEY, TYPED["typed_name"], "%"):
        assert shown in listed.stdout
    assert commands.call(folder, "match", one.root_id, KEY).returncode == 1
    done = commands.call(folder, "match", one.root_id, KEY, "--by", BY)
    assert (done.returncode, "recorded" in done.stdout) == (0, True)
    assert commands.call(folder, "run").returncode == 0
    assert percents(home) == {KEY: 10_000}
    assert "no form waits" in commands.call(folder, "match").stdout
    back = commands.call(folder, "match", one.root_id, "--none", "--by", BY)
    assert back.returncode == 0
