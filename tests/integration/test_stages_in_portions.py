"""Stages done in chunks, in parallel, in any order: the same rows as one run over everything."""

import itertools
import random
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select

from mochocho.storage.db import reading, transaction
from mochocho.storage.home import Home
from mochocho.words.model import Case
from processing import codec
from processing.assessment import assess
from processing.assessment import cases as casebook
from processing.register import register_forms
from processing.tables import (
    ApplicantFileRow,
    ApplicantRow,
    AssessmentRow,
    IdentityRow,
    SheetRow,
    StandingRow,
    UnreadRow,
)
from sync.mirror import queries as mirrored
from sync.openrosa.source import SpoolSource
from sync.pull import pull_source
from sync.sources.folder import FolderSource
from sync.sources.protocol import Source
from sync.tables import Submission, SubmissionVersion
from tests.builders import application, copied, post, publish, uid, xform
from tests.integration import province_mirror as mirror
from xlsforms import names

TABLES = (ApplicantRow, IdentityRow, SheetRow, ApplicantFileRow, UnreadRow)


def portions(items: Sequence[str], size: int) -> list[Sequence[str]]:
    return [items[start : start + size] for start in range(0, len(items), size)]


def side_by_side(work: Callable[[Sequence[str]], Any], ids: Sequence[str], size: int = 2) -> None:
    """Each portion twice, as when a message is delivered again while the first is being worked on."""
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, [chunk for chunk in portions(ids, size) for _ in range(2)]))


def registered(home: Home) -> list[list[tuple[Any, ...]]]:
    """The register, without what assessing writes into it."""
    with reading(home.engine) as session:
        return [
            sorted(
                tuple(str(value) for column, value in row.items() if column != "assessment_id")
                for row in session.execute(select(*table.__table__.columns)).mappings()
            )
            for table in TABLES
        ]


def crowd(home: Home) -> list[mirror.Form]:
    """Twelve who claim four keys, sheets for them and for nobody, and one that cannot be read."""
    forms = [mirror.application(home, n) for n in range(12)]
    for number, form in enumerate(forms):
        form.entity = mirror.ENTITY.format(number % 4)
    return [
        *forms,
        *(mirror.sheet(home, n) for n in range(5)),
        mirror.application(home, 20, applicant_type="village"),
    ]


@pytest.mark.parametrize("seed", range(4))
def test_who_holds_a_key_does_not_depend_on_portions_or_their_order(home: Home, seed: int) -> None:
    dice = random.Random(seed)
    mirror.send(home, *crowd(home))
    due = register_forms.due(home)
    dice.shuffle(due)
    for chunk in portions(due, 1 + seed):
        register_forms.do(home, chunk)
    apart = registered(home)

    assert register_forms.due(home) == []
    with reading(home.engine) as session:
        assert set(session.scalars(select(ApplicantRow.root_id))) == {"app-0", "app-1", "app-10", "app-11"}
    with transaction(home.engine) as session:
        for table in (ApplicantFileRow, IdentityRow, ApplicantRow, SheetRow, UnreadRow):
            session.execute(table.__table__.delete())  # type: ignore[attr-defined]
    register_forms.run(home)
    assert registered(home) == apart


@pytest.mark.parametrize("seed", range(3))
def test_when_the_holder_goes_the_next_in_line_stands(any_home: Home, seed: int) -> None:
    dice = random.Random(seed)
    forms = crowd(any_home)[:12]
    mirror.send(any_home, *forms)
    register_forms.run(any_home)
    roots = dice.sample([form.root_id for form in forms], 9)
    for gone in portions(roots, 3):
        with transaction(any_home.engine) as session:
            for submission in session.scalars(select(Submission).where(Submission.root_id.in_(gone))):
                submission.current_id = None
        for root in gone:  # the next in line may be gone as well
            register_forms.do(any_home, [root])
        with reading(any_home.engine) as session:
            left = {m.root_id for page in mirrored.pages(session, names.APPLICATION) for m in page}
            held = dict(session.execute(select(ApplicantRow.key, ApplicantRow.root_id)).all())
        claims = [(form.entity, form.root_id) for form in forms if form.root_id in left]
        first = {
            key: min(roots for _, roots in claimants)
            for key, claimants in itertools.groupby(sorted(claims), key=lambda claim: claim[0])
        }
        assert held == first
        assert register_forms.due(any_home) == []


def test_when_the_next_in_line_has_gone_too_the_one_behind_it_stands(home: Home) -> None:
    mirror.send(home, *crowd(home)[:12])
    register_forms.run(home)
    with transaction(home.engine) as session:
        going = session.scalars(select(Submission).where(Submission.root_id.in_(["app-0", "app-4"])))
        for submission in going:
            submission.current_id = None
    register_forms.do(home, ["app-0"])

    with reading(home.engine) as session:
        holder = select(ApplicantRow.root_id).where(ApplicantRow.key == mirror.ENTITY.format(0))
        assert session.scalars(holder).all() == ["app-8"]
    assert register_forms.due(home) == []


def test_registering_and_assessing_side_by_side_give_the_rows_of_one_run(any_home: Home) -> None:
    mirror.send(any_home, *crowd(any_home))
    side_by_side(lambda ids: register_forms.do(any_home, ids), register_forms.due(any_home))
    apart = registered(any_home)
    assert register_forms.due(any_home) == []
    side_by_side(lambda keys: assess.do(any_home, keys), assess.due(any_home), 1)

    assert assess.due(any_home) == []
    cases = by_key(any_home)
    with transaction(any_home.engine) as session:
        session.execute(ApplicantRow.__table__.update().values(assessment_id=None))  # type: ignore[attr-defined]
        session.execute(delete(StandingRow))
        made = session.scalars(select(AssessmentRow)).all()
        assert len(made) == len(cases) == 4
        for row in made:
            session.delete(row)
    assert registered(any_home) == apart
    assess.do(any_home, assess.due(any_home))
    assert by_key(any_home) == cases


def test_the_register_moving_on_while_others_assess_ends_where_it_should(any_home: Home) -> None:
    forms = [mirror.application(any_home, n) for n in range(6)]
    mirror.send(any_home, *forms)
    register_forms.run(any_home)
    keys = assess.due(any_home)
    for form in forms:
        form.fields["village"] = "บ้านใหม่"
    mirror.send(any_home, *forms)
    roots = register_forms.due(any_home)
    with ThreadPoolExecutor(4) as pool:
        done = [pool.submit(assess.do, any_home, keys) for _ in range(2)]
        done += [pool.submit(register_forms.do, any_home, roots) for _ in range(2)]  # type: ignore[misc]
        for one in done:
            one.result()
    register_forms.run(any_home)
    assess.do(any_home, assess.due(any_home))

    assert assess.due(any_home) == []
    assert {case.application.village for case in casebook.cases(any_home)} == {"บ้านใหม่"}


def by_key(home: Home) -> dict[str, Case]:
    return {case.application.key: case for case in casebook.cases(home)}


def test_assessing_one_applicant_reads_nobody_else(any_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    whole = codec.load

    def load(kind: Any, stored: Any) -> Any:
        value = whole(kind, stored)
        read.append(getattr(value, "key", ""))
        return value

    monkeypatch.setattr(codec, "load", load)
    mirror.send(any_home, *(mirror.application(any_home, n) for n in range(9)))
    register_forms.run(any_home)
    assess.do(any_home, [mirror.ENTITY.format(4)])

    assert set(read) == {mirror.ENTITY.format(4), ""}  # an application, and measurements
    # each file is measured, and what was found is read with the others
    assert read.count("") == 2 * len(mirror.application(any_home, 4).files)


def test_papers_can_be_read_district_by_district(home: Home) -> None:
    first, second = home.province.districts[:2]
    mirror.send(home, *(mirror.application(home, n, district=(first, second)[n % 2].code) for n in range(5)))
    register_forms.run(home)
    assess.do(home, assess.due(home))

    own = {district.code: casebook.cases(home, [district.code]) for district in (first, second)}
    assert [len(cases) for cases in own.values()] == [3, 2]
    assert all(case.application.district == code for code, cases in own.items() for case in cases)
    assert {c.application.key: c for cases in own.values() for c in cases} == by_key(home)


def spooled(home: Home, _folder: Path) -> Callable[[], Source]:
    for n in range(9):
        post(
            home, application(uid("k", n), {"photo": "1.jpg"}, instance_id=uid("a", n)), {"1.jpg": b"%d" % n}
        )
    return lambda: SpoolSource(home)


def in_a_folder(_home: Home, folder: Path) -> Callable[[], Source]:
    for n in range(9):
        copied(folder, f"f{n}", application(uid("k", n), {"photo": "1.jpg"}, instance_id=uid("a", n)))
    return lambda: FolderSource("folder:a", folder)


@pytest.mark.parametrize("kept", [spooled, in_a_folder])
def test_a_source_is_pulled_in_portions_by_those_who_never_saw_its_index(
    any_home: Home, tmp_path: Path, kept: Callable[[Home, Path], Callable[[], Source]]
) -> None:
    publish(any_home, xform())
    anew = kept(any_home, tmp_path / "phone")
    side_by_side(lambda ids: pull_source.do(any_home, anew(), ids), pull_source.due(any_home, anew()))

    assert pull_source.due(any_home, anew()) == []
    with reading(any_home.engine) as session:
        assert set(session.scalars(select(SubmissionVersion.instance_id))) == {uid("a", n) for n in range(9)}


def test_the_mirror_comes_in_pages_of_which_none_is_lost(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mirrored, "PAGE", 2)
    mirror.send(home, *(mirror.application(home, n) for n in range(5)), mirror.sheet(home, 1))
    with reading(home.engine) as session:
        paged = list(mirrored.pages(session, names.APPLICATION))
        every = mirrored.current(session, names.APPLICATION)
        some = mirrored.current(session, names.APPLICATION, ["app-3", "app-1", "none", "app-4"])

    assert [len(page) for page in paged] == [2, 2, 1]
    assert [m.root_id for m in every] == [f"app-{n}" for n in range(5)]
    assert some == [m for m in every if m.root_id in ("app-1", "app-3", "app-4")]
    assert {m.root_id for page in paged for m in page} == {m.root_id for m in every}
