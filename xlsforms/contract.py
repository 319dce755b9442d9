"""The questions every built form must have, because the readers of the answers rely on them."""

from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import Literal

from mochocho.standards.schema import Document, Indicator, Pack, Standard
from xlsforms import names

_CHOSEN = frozenset(
    {"scan", "district", "picked", "applicant_key", "applicant_name", "applicant_type", "applicant_district"}
)
_TYPED = frozenset({"not_listed", "typed_name", "typed_type"})  # asked where the applicant is not on the list
_SCORED = frozenset({"round", "numerator", "denominator", "total", "full", "percent", "remarks"})
_OF_FORM: Mapping[str, frozenset[str]] = {
    names.APPLICATION: frozenset(
        {"applicant_type", "applicant_name", "district", "district_name", "subdistrict", "subdistrict_name"}
        | {"moo", "village", "applied_on", "national_id", "phone", "address", "signature"}
        | {"consent_photo", "consent_publish", "missing_now"}
        | {"age", "occupation", "founded_be", *names.MAIN_WORKS}
        | {"lead_team", "team_name", "team_role", "team_from"}
        | {"advisers", "adviser_name", "adviser_from", "adviser_about"}
    ),
    names.PLAN: _CHOSEN
    | {"items", "item_indicator", "item_text", "item_target", "item_unit", "item_gap", "item_method"}
    | {"item_when", "item_who", "item_where", "item_evidence", "item_due"}
    | {"mentors", "mentor_name", "mentor_agency", "mentor_from"}
    | {"agreed_on", "agreed_with", "period_months", "remarks"},
    names.SELF_ASSESSMENT: _CHOSEN
    | _SCORED
    | {"interval", "assessed_on", "gap_total", "sign_applicant"}
    | {"own", "own_item", "own_indicator", "own_text", "own_target", "own_unit", "own_actual", "own_note"},
    names.ONSITE: _CHOSEN
    | _SCORED
    | {"mode", "assessor", "assessor_name", "conflict", "conflict_why", "visited_on", "location"}
    | {"entered_by", "sheet_photo", "more_sheets", "sheet_page", "sign_assessor", "sign_applicant"},
    names.SUPPLEMENT: _CHOSEN | {"also", "sent_at", "signature", "end"},
    names.KNOWLEDGE: _CHOSEN
    | {"author", "title", "solves", "place", "recorded_on", "story", "steps", "step", "assets", "asset"}
    | {"core_knowledge", "core", "strategies", "strategy", "theories", "theory"}
    | {"photos", "photo", "photo_about", "may_publish"},
}


def fields(form_id: str, pack: Pack, profile: Literal["odk", "kobo"] = "odk") -> frozenset[str]:
    """The names (names.py) that the form with this id must hold for every type of the pack."""
    found = _OF_FORM[form_id]
    if profile == "kobo" and found >= _CHOSEN:
        found |= _TYPED
    of_type = _OF_TYPE.get(form_id)
    return found.union(*map(of_type, pack.standards)) if of_type else found


def _of_application(standard: Standard) -> Iterator[str]:
    for rule in standard.eligibility:
        yield names.eligibility(standard.code, rule.code)
    for document in standard.documents:
        yield names.document(standard.code, document.code)
        yield from _sent(standard, document)


def _of_supplement(standard: Standard) -> Iterator[str]:
    for document in standard.documents:
        yield names.supplement_for(standard.code, document.code)
        yield from _sent(standard, document)
        if document.capture != "portrait":
            yield names.supplement_how(standard.code, document.code)
            yield names.supplement_page(standard.code, document.code)


def _sent(standard: Standard, document: Document) -> Iterator[str]:
    yield names.photo(standard.code, document.code)
    if document.capture != "portrait":
        yield names.pages(standard.code, document.code)
    if document.waivable:
        yield names.waived_by(standard.code, document.code)


def _of_self_assessment(standard: Standard) -> Iterator[str]:
    for dimension in standard.dimensions:
        yield names.dimension_points(dimension.code)
        yield from chain.from_iterable(map(_self_assessed, dimension.indicators))


def _self_assessed(indicator: Indicator) -> Iterator[str]:
    yield names.indicator(indicator.code)
    yield names.evidence(indicator.code)
    yield names.points(indicator.code)
    yield names.gap(indicator.code)
    if indicator.from_meetings:
        for kind in (names.meetings, names.meetings_held, names.met_on, names.present, names.members):
            yield kind(indicator.code)
        if indicator.attendance == "each":
            yield names.share(indicator.code)


def _of_onsite(standard: Standard) -> Iterator[str]:
    for dimension in standard.dimensions:
        yield names.dimension_points(dimension.code)
        yield names.dimension_photos(dimension.code)
        yield from chain.from_iterable(map(_scored, dimension.indicators))


def _scored(indicator: Indicator) -> Iterator[str]:
    yield names.indicator(indicator.code)
    yield names.evidence(indicator.code)
    yield names.points(indicator.code)
    yield names.not_assessed(indicator.code)
    yield names.not_assessed_why(indicator.code)
    if indicator.justify != "none":
        yield names.justification(indicator.code)


_OF_TYPE: Mapping[str, Callable[[Standard], Iterator[str]]] = {
    names.APPLICATION: _of_application,
    names.SELF_ASSESSMENT: _of_self_assessment,
    names.ONSITE: _of_onsite,
    names.SUPPLEMENT: _of_supplement,
}
