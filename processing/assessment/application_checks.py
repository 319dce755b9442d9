"""Checks of the application as a whole: its sender, its district, its date. Pure."""

from collections.abc import Iterable, Iterator

from mochocho.words.model import Application, Finding, ReadFrom, Value
from processing.findings.making import doubted, finding


def sent_from_elsewhere(application: Application) -> Finding | None:
    """An application for a district that is not the sending officer's is not accepted (issue 2, Access)."""
    if application.is_theirs(application.officer_districts):
        return None
    return _about(application, "officer.other_district", "district")


def unknown_district(application: Application, districts: frozenset[str]) -> Finding | None:
    """The district must be one of the province's."""
    if application.district in districts:
        return None
    said = {"district": application.district} if application.district else {}
    return _about(application, "applicant.unknown_district", "district", **said)


def unread_edits(application: Application, reasons: Iterable[str]) -> Iterator[Finding]:
    """A newer version came that could not be read, so the version before it is shown."""
    for reason in reasons:
        yield _about(application, "submission.edit_unread", "applicant", reason=reason)


def remarks(application: Application) -> Iterator[Finding]:
    """Findings for a person to look at; none keeps a gate shut."""
    if not application.name:
        yield _about(application, "applicant.no_name", "applicant_name")
    if application.conflict:
        yield _about(application, "submission.conflict", "applicant")
    if application.applied_on is None and not application.doubted:
        yield _about(application, "applicant.no_date", "applied_on")
    for day in application.doubted:
        yield _about(application, "applicant.unlikely_date", day.path, **doubted(day))
    for path in application.misread:
        yield _about(application, _MISREAD[path], path)


_MISREAD = {
    "phone": "applicant.no_telephone",
    "moo": "applicant.no_village_number",
    "age": "applicant.no_age",
    "founded_be": "applicant.no_founding_year",
}


def _about(application: Application, code: str, path: str, /, **values: Value) -> Finding:
    return finding(code, path, ReadFrom(application.instance_id, path), **values)
