"""What the programs that read the answers rely on: the questions every built form must have."""

from mochocho.standards.schema import Document, Pack, Standard
from xlsforms import names

_APPLICATION = frozenset(
    {"applicant_type", "applicant_name", "district", "district_name", "subdistrict", "village", "applied_on"}
    | {"national_id", "phone", "address", "signature"}
)
_ONSITE = frozenset(
    {"scan", "district", "picked", "applicant_key", "applicant_name", "applicant_type", "assessor"}
    | {"visited_on", "location", "total", "full", "percent", "remarks", "sign_assessor", "sign_applicant"}
)


def fields(form_id: str, pack: Pack) -> frozenset[str]:
    """The names, as of names.py, that the form of this id must hold for every type of the pack."""
    if form_id == names.APPLICATION:
        return _APPLICATION.union(*(_of_application(standard) for standard in pack.standards))
    return _ONSITE.union(*(_of_onsite(standard) for standard in pack.standards))


def _of_application(standard: Standard) -> set[str]:
    found = {names.eligibility(standard.code, rule.code) for rule in standard.eligibility}
    return found.union(*(_of_document(standard, document) for document in standard.documents))


def _of_document(standard: Standard, document: Document) -> set[str]:
    kinds = [names.document, names.photo]
    if document.capture != "portrait":
        kinds.append(names.pages)
    if document.waivable:
        kinds.append(names.waived_by)
    return {kind(standard.code, document.code) for kind in kinds}


def _of_onsite(standard: Standard) -> set[str]:
    kinds = (names.indicator, names.evidence, names.points)
    found = {kind(indicator.code) for indicator in standard.indicators for kind in kinds}
    return found | {names.dimension_points(dimension.code) for dimension in standard.dimensions}
