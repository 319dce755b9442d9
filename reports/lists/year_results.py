"""What a year came to, read from a home: applicants with what both committees resolved, certificates, records
of knowledge, and last year's numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from mochocho.storage.db import reading
from mochocho.storage.home import Home
from mochocho.words.model import ApplicantType, FormerResult, Gate, Knowledge, Outcome
from processing import codec
from processing.assessment import cases
from processing.certificates.given import Given, State, corrected_names, register
from processing.tables import FormerResultRow, KnowledgeRow
from reports.view.after.resolved_units import REVOKED, ResolvedUnit, resolved_units, sorted_units


@dataclass(frozen=True, slots=True)
class YearResults:
    """`given`: the register of certificates; `former`: how many were certified last year by district and
    type, None where no results were taken over.
    """

    units: Sequence[ResolvedUnit]
    given: Sequence[Given]
    knowledge: Sequence[Knowledge]
    former: dict[tuple[str, ApplicantType], int] | None

    @property
    def standing(self) -> list[Given]:
        """The certificates that are valid."""
        return [one for one in self.given if one.state is State.VALID]

    def in_order(self, order: Sequence[tuple[str, str]]) -> "YearResults":
        """The same with its units in another order of districts."""
        return replace(self, units=sorted_units(self.units, order))


def year_results(home: Home, order: Sequence[tuple[str, str]]) -> YearResults:
    """`order`: (name, code) of the districts as they are presented; units stand in it."""
    with reading(home.engine) as session:
        given = register(home, session)
        knowledge = [codec.load(Knowledge, one) for one in session.scalars(select(KnowledgeRow.content))]
        former = [codec.load(FormerResult, one) for one in session.scalars(select(FormerResultRow.result))]
        places = dict(session.execute(select(FormerResultRow.key, FormerResultRow.district)).all())
    certificates = {one.applicant_key: REVOKED for one in given if one.state is State.REVOKED}
    certificates |= {one.applicant_key: one.certificate.no for one in given if one.state is State.VALID}
    count = dict[str, int]()
    for record in knowledge:
        count[record.applicant_key] = count.get(record.applicant_key, 0) + 1
    with cases.opened(home) as casebook:
        units = resolved_units(casebook.each(), order, certificates, count, corrected_names(given))
    names = {code: name for name, code in order}
    return YearResults(units, given, knowledge, _former(former, places, names))


def _former(
    results: Sequence[FormerResult], places: dict[str, str], names: dict[str, str]
) -> dict[tuple[str, ApplicantType], int] | None:
    if not results:
        return None
    found = dict[tuple[str, ApplicantType], int]()
    for one in results:
        if any(r.gate is Gate.PROVINCE and r.outcome is Outcome.PASS for r in one.resolutions):
            at = names.get(places[one.key], places[one.key]), one.type
            found[at] = found.get(at, 0) + 1
    return found
