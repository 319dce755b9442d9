"""What a skeleton may repeat and fill in: the pack and the province as a tree of words and tags."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from mochocho.model import ApplicantType
from mochocho.places import District, Province
from mochocho.standards.schema import (
    Component,
    Dimension,
    Document,
    Eligibility,
    Indicator,
    Pack,
    RubricLevel,
    Standard,
)
from xlsforms import names

YEARS_BEFORE = 2  # a date older than this many years before the cycle has B.E. and C.E. mixed up
COUNT_CEILING = 1000  # no honest count is above this, or above ten times its threshold

PARTS = ("type", "district", "level", "eligibility", "option", "document", "dimension", "indicator")
TAGS = frozenset(
    {"official", "sample", "paged", "redact", "waivable", "not_waivable", "mandatory", "optional", "evidence"}
    | {"required_to_pass", "duration_months", "declaration", "choice", "resolution"}
    | {"signed_form", "portrait", "pages", "count", "percent", "yes_no", "rubric"}
    | set(ApplicantType)
)


@dataclass(frozen=True, slots=True)
class Thing:
    """`words`: what <<…>> gives; `tags`: for `when`, most telling first; `parts`: what it may repeat."""

    words: Mapping[str, str]
    tags: tuple[str, ...] = ()
    parts: Mapping[str, tuple["Thing", ...]] = field(default_factory=dict)


def form_things(pack: Pack, province: Province) -> Thing:
    """Everything a skeleton of this year and province can say."""
    return Thing(
        words={
            "pack.year": str(pack.fiscal_year_be),
            "pack.programme_th": pack.programme_th,
            "pack.programme_en": pack.programme_en,
            "pack.pass_percent": str(pack.pass_rule.percent),
            "pack.earliest": f"{pack.fiscal_year_be - 543 - YEARS_BEFORE}-01-01",
            "form.to_sign": _to_sign(pack),
            "form.total": _by_type(pack, lambda standard: _sum(_dimension_fields(standard))),
            "form.full": _by_type(pack, lambda standard: str(_full(standard))),
        },
        tags=("official" if pack.official else "sample",),
        parts={
            "type": tuple(_type(standard) for standard in pack.standards),
            "district": tuple(_district(district) for district in province.districts),
            "level": tuple(_level(level) for level in pack.rubric_levels),
        },
    )


def _type(standard: Standard) -> Thing:
    return Thing(
        words={"type.code": standard.code, "type.th": standard.th, "type.en": standard.en},
        tags=(standard.code,),
        parts={
            "eligibility": tuple(_eligibility(standard.code, rule) for rule in standard.eligibility),
            "document": tuple(_document(standard.code, document) for document in standard.documents),
            "dimension": tuple(_dimension(dimension) for dimension in standard.dimensions),
        },
    )


def _district(district: District) -> Thing:
    words = {"district.code": district.code, "district.th": district.name_th, "district.en": district.name_en}
    return Thing(words)


def _level(level: RubricLevel) -> Thing:
    return Thing({"level.level": str(level.level), "level.th": level.th, "level.en": level.en})


def _eligibility(type_: ApplicantType, rule: Eligibility) -> Thing:
    check = rule.check
    options = check.choices if check.type == "choice" else ()
    return Thing(
        words={
            "eligibility.field": names.eligibility(type_, rule.code),
            "eligibility.th": rule.th,
            "eligibility.en": rule.en,
            "eligibility.at_least": str(check.at_least) if check.type == "duration_months" else "",
        },
        tags=(rule.code, check.type),
        parts={
            "option": tuple(
                Thing({"option.code": o.code, "option.th": o.th, "option.en": o.en}) for o in options
            )
        },
    )


def _document(type_: ApplicantType, document: Document) -> Thing:
    tags = [document.code, document.capture]
    if document.redact:
        tags.insert(1, "redact")
    if document.capture != "portrait":
        tags.append("paged")
    tags.append("waivable" if document.waivable else "not_waivable")
    tags.append("mandatory" if document.mandatory else "optional")
    return Thing(
        words={
            "document.field": names.document(type_, document.code),
            "document.pages": names.pages(type_, document.code),
            "document.photo": names.photo(type_, document.code),
            "document.waived_by": names.waived_by(type_, document.code),
            "document.th": document.th,
            "document.en": document.en,
            "document.redact": ", ".join(document.redact),
        },
        tags=tuple(tags),
    )


def _dimension(dimension: Dimension) -> Thing:
    return Thing(
        words={
            "dimension.code": dimension.code,
            "dimension.field": names.dimension_points(dimension.code),
            "dimension.th": dimension.th,
            "dimension.en": dimension.en,
            "dimension.sum": _sum([names.points(indicator.code) for indicator in dimension.indicators]),
        },
        tags=(dimension.code,),
        parts={"indicator": tuple(_indicator(c, i) for c in dimension.components for i in c.indicators)},
    )


def _indicator(component: Component, indicator: Indicator) -> Thing:
    measure = indicator.measure
    threshold = measure.threshold if measure.kind in ("count", "percent") else 0
    tags = [indicator.code, measure.kind]
    if indicator.required_to_pass:
        tags.append("required_to_pass")
    if indicator.evidence_th:
        tags.append("evidence")
    return Thing(
        words={
            "component.th": component.th,
            "component.en": component.en,
            "indicator.code": indicator.code,
            "indicator.field": names.indicator(indicator.code),
            "indicator.photo": names.evidence(indicator.code),
            "indicator.points": names.points(indicator.code),
            "indicator.screen": f"screen_{names.indicator(indicator.code)}",
            "indicator.th": indicator.th,
            "indicator.en": indicator.en,
            "indicator.threshold": str(threshold),
            "indicator.unit_th": measure.unit_th if measure.kind == "count" else "",
            "indicator.unit_en": measure.unit_en if measure.kind == "count" else "",
            "indicator.upper": str(max(COUNT_CEILING, 10 * threshold)),
            "indicator.marks": str(indicator.full_marks),
            "indicator.full": str(indicator.full_marks * 100),
            "indicator.evidence": ", ".join(indicator.evidence_th),
        },
        tags=tuple(tags),
    )


def _to_sign(pack: Pack) -> str:
    forms = [
        names.document(standard.code, document.code)
        for standard in pack.standards
        for document in standard.documents
        if document.capture == "signed_form"
    ]
    return " or ".join(f"${{{form}}} = 'signed'" for form in forms) or "false()"


def _dimension_fields(standard: Standard) -> list[str]:
    return [names.dimension_points(dimension.code) for dimension in standard.dimensions]


def _full(standard: Standard) -> int:
    return sum(indicator.full_marks * 100 for indicator in standard.indicators)


def _sum(fields: list[str]) -> str:
    """XPath: the sum, or blank while one of them is: what is not assessed must not count as zero."""
    missing = " or ".join(f"${{{field}}} = ''" for field in fields)
    return f"if({missing}, '', {' + '.join(f'${{{field}}}' for field in fields)})"


def _by_type(pack: Pack, expression: Callable[[Standard], str]) -> str:
    """XPath: the expression of the applicant's type, blank while there is none."""
    nested = "''"
    for standard in reversed(pack.standards):
        nested = f"if(${{applicant_type}} = '{standard.code}', {expression(standard)}, {nested})"
    return nested
