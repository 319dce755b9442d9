"""A pack as rows of the sheets: column key -> value. Pure."""

from collections.abc import Iterator
from typing import Any, Literal

from mochocho.standards.schema import (
    Choice,
    Component,
    Count,
    Dimension,
    DurationMonths,
    Eligibility,
    Indicator,
    Pack,
    Percent,
    ResolutionProof,
    Sourced,
    Standard,
)
from mochocho.standards.sheets import pack_sheets

Row = dict[str, Any]


def rows_of(pack: Pack) -> dict[str, list[Row]]:
    """The rows of every sheet, by its title; missing keys are empty cells."""
    return {
        pack_sheets.PACK.title: [_of_pack(pack)],
        pack_sheets.STANDARDS.title: [
            {"type": s.code, **_fields(s, "th", "en", "standard_th", "unit_th")} for s in pack.standards
        ],
        pack_sheets.ELIGIBILITY.title: [_of_rule(s, rule) for s in pack.standards for rule in s.eligibility],
        pack_sheets.CHOICES.title: [
            {"type": s.code, "rule": rule.code, "code": option.code, "th": option.th, "en": option.en}
            for s in pack.standards
            for rule in s.eligibility
            if isinstance(rule.check, Choice)
            for option in rule.check.choices
        ],
        pack_sheets.DOCUMENTS.title: [
            {
                "type": s.code,
                **_fields(document, "code", "th", "en", "mandatory", "capture", "waivable", "redact"),
            }
            for s in pack.standards
            for document in s.documents
        ],
        pack_sheets.INDICATORS.title: [row for s in pack.standards for row in _of_indicators(s)],
        pack_sheets.RUBRIC.title: [_fields(level, "level", "th", "en") for level in pack.rubric_levels],
        pack_sheets.STEPS.title: [{"gate": gate.code, **_fields(gate, "th")} for gate in pack.gates],
    }


def _fields(item: Sourced, *names: str, prefix: str = "") -> Row:
    """The named fields of an item, and its source."""
    return {f"{prefix}{name}": getattr(item, name) for name in (*names, "source", "confidence", "note")}


def _of_pack(pack: Pack) -> Row:
    row: Row = {
        "id": pack.id,
        "fiscal_year_be": pack.fiscal_year_be,
        "official": pack.official,
        "programme_th": pack.programme_th,
        "programme_en": pack.programme_en,
        "percent": pack.pass_rule.percent,
        **_fields(pack.pass_rule, prefix="pass_"),
    }
    if said := pack.reconciling:
        row |= {"rec_rule": said.rule, "rec_above": said.above, **_fields(said, prefix="rec_")}
    if pack.circular:
        row |= {"circular_number": pack.circular.number, "circular_date": pack.circular.date}
    return row


def _of_rule(standard: Standard, rule: Eligibility) -> Row:
    row = {"type": standard.code, "check": rule.check.type, **_fields(rule, "code", "th", "en")}
    if isinstance(rule.check, DurationMonths):
        row["at_least"] = rule.check.at_least
    if isinstance(rule.check, ResolutionProof):
        row["proof_document"] = rule.check.proof_document
    return row


def _of_indicators(standard: Standard) -> Iterator[Row]:
    for dimension in standard.dimensions:
        above: Row = {"type": standard.code, **of_part(dimension, "d_")}
        for component in dimension.components:
            held = {**above, **of_part(component, "c_")}
            for indicator in component.indicators:
                yield {**held, **of_indicator(indicator)}


def of_part(part: Dimension | Component, prefix: Literal["d_", "c_"]) -> Row:
    """The columns of a dimension or a component."""
    return _fields(part, "code", "th", "en", prefix=prefix)


def of_indicator(indicator: Indicator) -> Row:
    """The indicator's own columns, without those of its dimension and component."""
    names = ("code", "th", "en", "full_marks", "required_to_pass", "evidence_th", "justify", "from_meetings")
    row = {"kind": indicator.measure.kind, **_fields(indicator, *names, "attendance", "compared_with")}
    if isinstance(indicator.measure, Count | Percent):
        row["threshold"] = indicator.measure.threshold
    if isinstance(indicator.measure, Count):
        row |= {"unit_th": indicator.measure.unit_th, "unit_en": indicator.measure.unit_en}
    return row
