"""Homes of many applicants: rows as the stages would write them, without a form for each."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select

from mochocho.storage.db import transaction
from mochocho.storage.home import Home
from mochocho.words.model import ApplicantType, Assessment
from processing import codec
from processing.assessment import assess
from processing.register import register_forms
from processing.register.index_keys import alike_key
from processing.standings.kept_standings import keep
from processing.tables import ApplicantRow, AssessmentRow
from tests.integration import province_mirror as mirror
from tests.unit.reports.made_cases import FIRST, LAST, PLACES

AT_ONCE = 500
KEY = "20000000-0000-4000-8000-{:012d}"
APPLIED = date(2024, 11, 1)


def settle(home: Home) -> None:
    """One applicant of each type, assessed: what the others are made like."""
    for number, type_ in enumerate(ApplicantType, 1):
        mirror.send(home, mirror.application(home, number, type_), mirror.sheet(home, number, type_))
    register_forms.run(home)
    assess.do(home, assess.due(home))


def add(home: Home, many: int, *, after: int = 0) -> None:
    """Add this many applicants like those that are there, over all districts and types; numbered from
    `after` on.
    """
    with transaction(home.engine) as session:
        query = select(ApplicantRow.type, AssessmentRow.result).join(
            AssessmentRow, ApplicantRow.assessment_id == AssessmentRow.id
        )
        like = {type_: codec.load(Assessment, result) for type_, result in session.execute(query)}
        codes = [district.code for district in home.province.districts]
        made = [_one(like, codes, number) for number in range(after + 1, after + many + 1)]
        for start in range(0, many, AT_ONCE):
            chunk = made[start : start + AT_ONCE]
            session.execute(insert(AssessmentRow), list(_assessments(chunk)))
            ids = dict(
                session.execute(
                    select(AssessmentRow.applicant_key, AssessmentRow.id).where(
                        AssessmentRow.applicant_key.in_([one.key for one in chunk])
                    )
                ).all()
            )
            session.execute(insert(ApplicantRow), list(_applicants(chunk, ids)))
            keep(session, list(ids.values()), {ids[one.key]: one for one in chunk})


def _one(like: dict[str, Assessment], districts: list[str], number: int) -> Assessment:
    types = [type_ for type_ in ApplicantType if type_ in like]
    type_ = types[number % len(types)]
    model = like[type_]
    assert model.counted is not None
    place = PLACES[number % len(PLACES)]
    name = (
        f"นาย{FIRST[number % len(FIRST)]} {LAST[number // 11 % len(LAST)]}ที่{number}"
        if type_ is ApplicantType.LEADER
        else f"กลุ่มตัวอย่างบ้าน{place} {number}"
    )
    key = KEY.format(number)
    application = replace(
        model.counted.application,
        key=key,
        root_id=f"many-{number}",
        instance_id=f"many-{number}-v1",
        name=name,
        village=f"บ้าน{place}",
        district=districts[number % len(districts)],
        applied_on=APPLIED + timedelta(days=number % 150),
    )
    counted = replace(model.counted, application=application)
    return replace(model, key=key, digest=f"d{number}", counted=counted)


def _assessments(made: list[Assessment]) -> Iterator[dict[str, Any]]:
    for one in made:
        yield {
            "applicant_key": one.key,
            "digest": one.digest,
            "result": codec.dump(one),
            "made_at": datetime(2025, 2, 1, tzinfo=UTC),
        }


def _applicants(made: list[Assessment], ids: dict[str, int]) -> Iterator[dict[str, Any]]:
    for one in made:
        assert one.counted is not None
        application = one.counted.application
        yield {
            "key": one.key,
            "root_id": application.root_id,
            "instance_id": application.instance_id,
            "state_digest": json.dumps(one.digest),
            "type": application.type.value,
            "name": application.name,
            "district": application.district,
            "alike": alike_key(application),
            "application": codec.dump(application),
            "assessment_id": ids[one.key],
        }
