"""What applicants share, found by index for a few of them, equals a comparison of all."""

import random

import pytest
from sqlalchemy import select

from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.model import ApplicantType
from mochocho.words.thai import national_id_check_digit
from processing.likeness import duplicate_search
from processing.register import register_forms, stored
from processing.tables import ApplicantFileRow, IdentityRow
from tests import side_by_side
from tests.integration import province_mirror as mirror
from xlsforms import names

APPLICANTS = 14


def national_id(number: int) -> str:
    first = f"10000{number:07}"
    return first + national_id_check_digit(first)


def province(home: Home, seed: int) -> None:
    """Applicants who share photos, signatures and national IDs as chance has it; one photo most have sent."""
    dice = random.Random(seed)
    photos = [mirror.photo((8, 8)) for _ in range(5)]
    for number in range(APPLICANTS):
        type_ = dice.choice([ApplicantType.LEADER, ApplicantType.LEADER, ApplicantType.GROUP])
        form = mirror.application(home, number, type_, district=dice.choice(home.province.districts).code)
        # Keys that a database's own order of letters would sort another way than their bytes do.
        form.entity = f"{dice.choice('aBcD-_')}{dice.choice('zYx')}-{number}"
        for name in form.files:
            form.files[name] = dice.choice([photos[0]] * 4 + [*photos, mirror.photo((8, 8)), None])
        if type_ is ApplicantType.LEADER:
            form.fields["national_id"] = dice.choice(["", "123", *(national_id(n) for n in range(3))])
        if dice.random() < 0.3:
            code = next(d.code for d in home.pack.standard(type_).documents if d.mandatory)
            form.fields[names.document(type_, code)] = "signed"
        mirror.send(home, form)
    register_forms.run(home)


@pytest.mark.parametrize("seed", range(3))
def test_slices_found_by_index_are_those_of_everybody_side_by_side(any_home: Home, seed: int) -> None:
    province(any_home, seed)
    with reading(any_home.engine) as session:
        keys = stored.keys(session)
        applications = list(stored.applications(session, keys).values())
        ids = dict(session.execute(select(IdentityRow.key, IdentityRow.national_id)).all())
        expected = side_by_side.slices(applications, ids, "test")
        portions = (keys[start : start + 3] for start in range(0, len(keys), 3))
        found = {
            key: own for portion in portions for key, own in duplicate_search.slices(session, portion).items()
        }

    assert found == expected
    assert any(own.same_id for own in found.values())
    assert max(others.count for own in found.values() for _, others in own.shared_files) > 4


def test_the_files_of_an_applicant_follow_every_edit(any_home: Home) -> None:
    form, sheet = mirror.application(any_home, 1), mirror.sheet(any_home, 1)
    sheet.fields[names.evidence("G1_1_1")] = "e.jpg"
    sheet.files["e.jpg"] = mirror.photo((8, 8))
    mirror.send(any_home, form, sheet)
    register_forms.run(any_home)
    before = files(any_home)
    form.files["lead_team_list-app-1.jpg"] = None
    mirror.send(any_home, form)
    register_forms.run(any_home)

    assert len(before) == len(form.files) + 1
    assert files(any_home) < before
    assert len(before) - len(files(any_home)) == 1


def files(home: Home) -> set[str]:
    with reading(home.engine) as session:
        return set(session.scalars(select(ApplicantFileRow.sha256)))
