"""What a skeleton can repeat and fill in: the pack and the province as a tree of words and tags."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from mochocho.standards.origins import is_official
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
from mochocho.words import numbers
from mochocho.words.days import of_cycle
from mochocho.words.model import ApplicantType
from mochocho.words.places import District, Province, Subdistrict
from xlsforms import names, points

COUNT_CEILING = 1000  # no honest count is above this, or above ten times its threshold

PARTS = (
    *("type", "district", "subdistrict", "level", "eligibility", "option", "document"),
    *("dimension", "component", "indicator"),
)
TAGS = frozenset(
    {"official", "sample", "paged", "redact", "waivable", "not_waivable", "mandatory", "optional", "evidence"}
    | {"required_to_pass", "duration_months", "declaration", "choice", "resolution"}
    | {"signed_form", "portrait", "pages", "count", "percent", "yes_no", "rubric"}
    | {"justify", "justify_always", "justify_extremes", "from_meetings", "not_from_meetings"}
    | {"meetings_together", "each_meeting"}
    | {"odk", "kobo", "shared_tablets", "villages", "no_villages", "telephone", "retention"}
    | set(ApplicantType)
)


@dataclass(frozen=True, slots=True)
class Controller:
    """Who is responsible for personal data, as the forms say it; empty or None values are left out.

    `name`: empty = the province's office. `basis`: the rule by which data are kept for `years`, in Thai.
    """

    name: str = ""
    telephone: str = ""
    years: int | None = None
    basis: str = ""

    @property
    def keeps_for(self) -> bool:
        """Whether the retention can be stated: years without the rule behind them say nothing."""
        return self.years is not None and self.basis != ""


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing: `words`: the values of <<…>>; `tags`:
    for `when`, most specific first; `parts`: what can be repeated.
    """

    words: Mapping[str, str]
    tags: tuple[str, ...] = ()
    parts: Mapping[str, tuple["Thing", ...]] = field(default_factory=dict)


NOBODY = Controller()


def form_things(
    pack: Pack, province: Province, tags: tuple[str, ...] = (), controller: Controller = NOBODY
) -> Thing:
    """Everything a skeleton of this year and province can use;
    `tags`: how the form is built (the profile).
    """
    return Thing(
        words={
            "pack.year": str(pack.fiscal_year_be),
            "pack.programme_th": pack.programme_th,
            "pack.programme_en": pack.programme_en,
            "pack.pass_percent": str(pack.pass_rule.percent),
            "pack.earliest": of_cycle(pack.fiscal_year_be).first.isoformat(),
            "province.th": province.name_th,
            "province.en": province.name_en,
            **_controller(controller, province),
            "number.telephone": numbers.TELEPHONE,
            "number.village": numbers.VILLAGE,
            "number.youngest": str(numbers.AGES[0]),
            "number.oldest": str(numbers.AGES[-1]),
            "number.founded_from": str(numbers.FOUNDED_FROM),
            "form.to_sign": _to_sign(pack, names.document),
            "form.to_sign_later": _to_sign(pack, names.supplement_how),
            "form.lacking": _by_type(pack, _lacking),
            "form.sending": _by_type(pack, _sending),
            "form.numerator": _by_type(pack, lambda standard: _sum(_dimension_numerators(standard))),
            "form.denominator": _by_type(pack, lambda standard: str(points.denominator(standard))),
            "form.full": _by_type(pack, lambda standard: str(_full(standard))),
        },
        tags=("official" if is_official(pack) else "sample", *tags, *_said_of(controller)),
        parts={
            "type": tuple(_type(standard) for standard in pack.standards),
            "district": tuple(_district(district) for district in province.districts),
            "level": tuple(_level(level) for level in pack.rubric_levels),
        },
    )


def _controller(controller: Controller, province: Province) -> dict[str, str]:
    return {
        "controller.th": controller.name or f"สำนักงานพัฒนาชุมชนจังหวัด{province.name_th}",
        "controller.en": controller.name
        or f"The Community Development Office of {province.name_en} province",
        "controller.telephone": controller.telephone,
        "controller.years": "" if controller.years is None else str(controller.years),
        "controller.basis": controller.basis,
    }


def _said_of(controller: Controller) -> tuple[str, ...]:
    telephone = ("telephone",) if controller.telephone else ()
    return (*telephone, "retention") if controller.keeps_for else telephone


def _type(standard: Standard) -> Thing:
    parts = points.denominator(standard)
    return Thing(
        words={
            "type.code": standard.code,
            "type.th": standard.th,
            "type.en": standard.en,
            "type.denominator": str(parts),
        },
        tags=(standard.code,),
        parts={
            "eligibility": tuple(_eligibility(standard.code, rule) for rule in standard.eligibility),
            "document": tuple(_document(standard.code, document) for document in standard.documents),
            "dimension": tuple(_dimension(dimension, parts) for dimension in standard.dimensions),
        },
    )


def _district(district: District) -> Thing:
    words = {"district.code": district.code, "district.th": district.name_th, "district.en": district.name_en}
    return Thing(words, parts={"subdistrict": tuple(_subdistrict(s) for s in district.subdistricts)})


def _subdistrict(subdistrict: Subdistrict) -> Thing:
    return Thing(
        {
            "subdistrict.code": subdistrict.code,
            "subdistrict.th": subdistrict.name_th,
            "subdistrict.en": subdistrict.name_en,
        }
    )


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
            "document.for": names.supplement_for(type_, document.code),
            "document.how": names.supplement_how(type_, document.code),
            "document.page": names.supplement_page(type_, document.code),
            "document.code": document.code,
            "document.th": document.th,
            "document.en": document.en,
            "document.redact": ", ".join(document.redact),
        },
        tags=tuple(tags),
    )


def _dimension(dimension: Dimension, parts: int) -> Thing:
    components = tuple(_component(component, parts) for component in dimension.components)
    return Thing(
        words={
            "dimension.code": dimension.code,
            "dimension.field": names.dimension_points(dimension.code),
            "dimension.photos": names.dimension_photos(dimension.code),
            "dimension.th": dimension.th,
            "dimension.en": dimension.en,
            "dimension.numerator": names.numerator(dimension.code),
            "dimension.sum": _sum_of(
                [names.points(indicator.code) for indicator in dimension.indicators],
                [points.indicator_formula(indicator, parts) for indicator in dimension.indicators],
            ),
        },
        tags=(dimension.code,),
        parts={
            "component": components,
            "indicator": tuple(
                replace(indicator, words={**component.words, **indicator.words})
                for component in components
                for indicator in component.parts["indicator"]
            ),
        },
    )


def _component(component: Component, parts: int) -> Thing:
    return Thing(
        words={
            "component.code": component.code,
            "component.screen": f"screen_{names.flat(component.code)}",
            "component.cannot": names.cannot(component.code),
            "component.th": component.th,
            "component.en": component.en,
        },
        tags=(component.code,),
        parts={"indicator": tuple(_indicator(indicator, parts) for indicator in component.indicators)},
    )


def _indicator(indicator: Indicator, parts: int) -> Thing:
    measure = indicator.measure
    threshold = measure.threshold if measure.kind in ("count", "percent") else 0
    return Thing(
        words={
            **_indicator_fields(indicator.code),
            "indicator.code": indicator.code,
            "indicator.flat": names.flat(indicator.code),
            "indicator.th": indicator.th,
            "indicator.en": indicator.en,
            "indicator.threshold": str(threshold),
            "indicator.unit_th": measure.unit_th if measure.kind == "count" else "",
            "indicator.unit_en": measure.unit_en if measure.kind == "count" else "",
            "indicator.upper": str(max(COUNT_CEILING, 10 * threshold)),
            "indicator.marks": str(indicator.full_marks),
            "indicator.full": str(indicator.full_marks * 100),
            "indicator.earned": points.indicator_formula(indicator, parts),
            "indicator.evidence": ", ".join(indicator.evidence_th),
            "indicator.justify_when": _justify_when(indicator),
        },
        tags=_indicator_tags(indicator),
    )


def _indicator_fields(code: str) -> dict[str, str]:
    return {
        "indicator.field": names.indicator(code),
        "indicator.photo": names.evidence(code),
        "indicator.points": names.points(code),
        "indicator.gap": names.gap(code),
        "indicator.screen": f"screen_{names.indicator(code)}",
        "indicator.not_assessed": names.not_assessed(code),
        "indicator.not_assessed_why": names.not_assessed_why(code),
        "indicator.justification": names.justification(code),
        "indicator.meetings": names.meetings(code),
        "indicator.held": names.meetings_held(code),
        "indicator.met_on": names.met_on(code),
        "indicator.present": names.present(code),
        "indicator.members": names.members(code),
        "indicator.share": names.share(code),
    }


def _indicator_tags(indicator: Indicator) -> tuple[str, ...]:
    tags = [indicator.code, indicator.measure.kind]
    if indicator.required_to_pass:
        tags.append("required_to_pass")
    if indicator.evidence_th:
        tags.append("evidence")
    if indicator.justify != "none":
        tags += [f"justify_{indicator.justify}", "justify"]
    tags.append("from_meetings" if indicator.from_meetings else "not_from_meetings")
    if indicator.from_meetings:
        tags.append("each_meeting" if indicator.attendance == "each" else "meetings_together")
    return tuple(tags)


def _justify_when(indicator: Indicator) -> str:
    """XPath: whether the given answer needs a reason; false while there is no answer."""
    measure, answer = indicator.measure, f"${{{names.indicator(indicator.code)}}}"
    if indicator.justify == "none":
        return "false()"
    if indicator.justify == "always" or measure.kind == "yes_no":
        return f"{answer} != ''"
    low, high = (1, 5) if measure.kind == "rubric" else (0, measure.threshold)
    return f"{answer} != '' and ({answer} <= {low} or {answer} >= {high})"


def _to_sign(pack: Pack, question: Callable[[ApplicantType, str], str]) -> str:
    """XPath: whether a document's form is signed on this screen, by the answer to the document's question."""
    forms = [
        question(standard.code, document.code)
        for standard in pack.standards
        for document in standard.documents
        if document.capture == "signed_form"
    ]
    return " or ".join(f"${{{form}}} = 'signed'" for form in forms) or "false()"


def _lacking(standard: Standard) -> str:
    """XPath: how many of a type's rules and mandatory documents are missing, as the form counts."""
    fields = [names.eligibility(standard.code, rule.code) for rule in standard.eligibility]
    fields += [names.document(standard.code, d.code) for d in standard.documents if d.mandatory]
    return " + ".join(f"${{{names.lacking(field)}}}" for field in fields)


def _sending(standard: Standard) -> str:
    """XPath: how many photos of a type's documents a supplement sends."""
    fields = [names.document(standard.code, document.code) for document in standard.documents]
    return " + ".join(f"${{{names.sends(field)}}}" for field in fields)


def _dimension_numerators(standard: Standard) -> list[str]:
    return [names.numerator(dimension.code) for dimension in standard.dimensions]


def _full(standard: Standard) -> int:
    return sum(indicator.full_marks * 100 for indicator in standard.indicators)


def _sum(fields: list[str]) -> str:
    """XPath: the sum, blank if any of the fields is blank: not assessed must not count as zero."""
    return _sum_of(fields, [f"${{{field}}}" for field in fields])


def _sum_of(fields: list[str], terms: list[str]) -> str:
    """XPath: the sum of the terms, blank if any of the fields is blank."""
    missing = " or ".join(f"${{{field}}} = ''" for field in fields)
    return f"if({missing}, '', {' + '.join(terms)})"


def _by_type(pack: Pack, expression: Callable[[Standard], str]) -> str:
    """XPath: the expression for the applicant's type, blank while no type is chosen."""
    nested = "''"
    for standard in reversed(pack.standards):
        nested = f"if(${{applicant_type}} = '{standard.code}', {expression(standard)}, {nested})"
    return nested
