"""The stage that publishes the lists that forms choose from; an unchanged list is not published again.

A list is due when its present inputs are not those it was published from.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.errors import MochochoError, Terminal
from processing.assessment.cases import Casebook
from processing.chunks import batched
from processing.register.form_packs import Packs
from processing.tables import ApplicantRow
from reports.lists.list_rows import (
    NOTICES_VERSION,
    Assessor,
    ListedApplicant,
    Row,
    applicant_row,
    assessor_rows,
    plan_item_rows,
)
from sync.publish.published import made_from, put_list
from xlsforms.names import APPLICANTS, APPLICATION, ASSESSORS, PLAN_ITEMS

READ_AT_ONCE = 200  # applicants

NOTHING = "nothing"  # the input of an empty list

_OF_APPLICANTS = (APPLICANTS, PLAN_ITEMS)


def due(home: Home) -> list[str]:
    """The names of the lists to publish; an empty list is due only if it was not empty before."""
    return [
        name for name, source in made_from_now(home).items() if (made_from(home, name) or NOTHING) != source
    ]


def do(home: Home, names: Sequence[str]) -> Mapping[str, Exception]:
    """Publish these lists. Returns the errors of those that cannot be published."""
    sources = made_from_now(home)  # first: what changes while this reads is due again
    failed: dict[str, Exception] = {}
    rows_of = reader(home, names)
    for name in (n for n in sources if n in names):
        try:
            put_list(home, name, rows_of(name), sources[name])
        except MochochoError as error:  # a list that cannot be made does not stop the others
            failed[name] = error
    return failed


def reader(home: Home, names: Collection[str]) -> Callable[[str], list[Row]]:
    """A function that returns the present rows of each of these lists;
    applicants are read once for all lists.
    """
    known = _known(home) if set(names) & {*_OF_APPLICANTS} else iter(())
    some = [one for one in known if one.assessment.not_presented is None]
    return lambda name: _ROWS[name](home, some)


def made_from_now(home: Home) -> dict[str, str]:
    """What each list is computed from, named by digests and not read."""
    with reading(home.engine) as session:
        assessed = sorted((row.key, row.assessment_id) for row in session.execute(_assessed()))
    assessors = [one.model_dump(mode="json") for one in home.settings.committees.assessors]
    return {
        **dict.fromkeys(_OF_APPLICANTS, _named(home, assessed)),
        ASSESSORS: _named(home, assessors),
    }


def _named(home: Home, content: Collection[object]) -> str:
    if not content:
        return NOTHING
    named = [NOTICES_VERSION, home.pack_digest, home.province.code, list(content)]
    return hashlib.sha256(json.dumps(named, default=list).encode()).hexdigest()


def _assessed() -> Select[str, int | None]:
    query = select(ApplicantRow.key, ApplicantRow.assessment_id)
    return query.where(ApplicantRow.assessment_id.is_not(None))


def _known(home: Home) -> Iterator[ListedApplicant]:
    """Every assessed applicant, a few read at a time."""
    packs = Packs(home)
    with reading(home.engine) as session:
        for chunk in batched(sorted(row.key for row in session.execute(_assessed())), READ_AT_ONCE):
            yield from of_keys(packs, session, chunk)


def of_keys(packs: Packs, session: Session, keys: Collection[str]) -> Iterator[ListedApplicant]:
    """These applicants, all of them assessed, limited to what the field may see."""
    for case in Casebook(session).of(keys):
        application = case.application
        pack = packs.of(APPLICATION, application.form_version)
        yield ListedApplicant(
            application, pack.standard(application.type), case.assessment, case.own, case.unmade
        )


def _applicants(home: Home, some: Sequence[ListedApplicant]) -> list[Row]:
    districts = {d.code: d.name_th for d in home.province.districts}
    return [applicant_row(one, districts) for one in some]


def _plan_items(_home: Home, some: Sequence[ListedApplicant]) -> list[Row]:
    return plan_item_rows(some)


def _assessors(home: Home, _some: Sequence[ListedApplicant]) -> list[Row]:
    """Raises Terminal when the settings name a district that is not in the province."""
    codes = {d.name_th: d.code for d in home.province.districts}
    members = []
    for one in home.settings.committees.assessors:
        if unknown := [name for name in one.districts if name not in codes]:
            raise Terminal(
                f"committees.assessors: จังหวัดนี้ไม่มีอำเภอ {unknown[0]!r} ให้แก้ในการตั้งค่า",
                f"committees.assessors: {unknown[0]!r} is no district of this province; mend the settings",
            )
        members.append(Assessor(one.name, one.committee, tuple(codes[name] for name in one.districts)))
    return assessor_rows(members, f"{home.pack.fiscal_year_be}-{home.province.code}")


_ROWS: Mapping[str, Callable[[Home, Sequence[ListedApplicant]], list[Row]]] = {
    APPLICANTS: _applicants,
    PLAN_ITEMS: _plan_items,
    ASSESSORS: _assessors,
}
